// Sources: what each article is, how far it can be relied on, and which of them are one source.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::strong;
using dossier::shared::article_named;
using dossier::shared::counted;
using dossier::shared::joined;
using dossier::shared::joined_at_most;
using dossier::shared::or_empty;

/// A row of the view `articles`.
struct Source {
    std::string article_id, title, url, status, status_reason;
    bool truncated = false, animal = false, conflicted = false;
    std::optional<std::int64_t> level;
    std::string risk_of_bias, study_design, population, conflict_of_interest, funding, rests_on, press_release, author,
        published, publisher;
    std::string proposed, path, format, language;
    std::int64_t n_sentences = 0;
    std::string cluster_id;

    bool is_ok() const { return status == "ok"; }
    /// Whether the column was read out of the text, not declared by a person.
    bool is_proposed(std::string_view column) const {
        return ("," + proposed + ",").find("," + std::string(column) + ",") != std::string::npos;
    }
    /// The value of a column; one that nobody declared says so.
    Cell shown(std::string_view column, std::string const& value) const {
        return value.empty() ? Cell() : Cell(value + (is_proposed(column) ? " (proposed)" : ""));
    }
    /// What to be careful about, in a word or two each.
    std::vector<std::string> cautions() const {
        std::vector<std::string> words;
        if (!is_ok()) words.emplace_back("not assessable");
        if (truncated) words.emplace_back("cut off");
        if (animal) words.emplace_back("indirect: animals or cells");
        if (conflicted) words.emplace_back("conflict of interest");
        if (risk_of_bias == "high") words.emplace_back("high risk of bias");
        return words;
    }
};

Source read_source(dossier::Row const& r) {
    Source source;
    source.article_id = r.text(0), source.title = r.text(1), source.url = r.text(2);
    source.status = r.text(3), source.status_reason = r.text(4);
    source.truncated = r.integer(5) != 0, source.animal = r.integer(6) != 0, source.conflicted = r.integer(7) != 0;
    if (r.has(8)) source.level = r.integer(8);
    source.risk_of_bias = r.text(9), source.study_design = r.text(10), source.population = r.text(11);
    source.conflict_of_interest = r.text(12), source.funding = r.text(13), source.rests_on = r.text(14);
    source.press_release = r.text(15), source.author = r.text(16), source.published = r.text(17);
    source.publisher = r.text(18), source.proposed = r.text(19), source.path = r.text(20), source.format = r.text(21);
    source.language = r.text(22), source.n_sentences = r.integer(23), source.cluster_id = r.text(24);
    return source;
}

constexpr std::string_view sources_sql =
    "SELECT article_id, title, url, status, status_reason, truncated, animal, conflicted, level_of_evidence, "
    "risk_of_bias,"
    " study_design, population, conflict_of_interest, funding, rests_on, press_release, author, published, publisher,"
    " proposed, path, format, language, n_sentences, cluster_id FROM articles";

/// By article_id, as everywhere; numbered from 1 in this order.
dossier::Rows<Source> sources_of(dossier::Analysis const& analysis, std::string const& where = {}) {
    return analysis.query<Source>(std::string(sources_sql) + where + " ORDER BY article_id", {}, read_source);
}

std::int64_t count(dossier::Analysis const& analysis, std::string const& where) {
    for (auto const& n : analysis.query<std::int64_t>("SELECT count(*) FROM articles" + where, {},
                                                      [](dossier::Row const& r) { return r.integer(0); }))
        return n;
    return 0;
}

/// A reason to be careful, and the articles that have it.
struct Caution {
    char const* where;
    char const *one, *several;  ///< what follows the number
    char const* meaning;
    std::string (*detail)(Source const&);
};

constexpr std::array cautions = {
    Caution{" WHERE status <> 'ok'", "article could not be assessed", "articles could not be assessed",
            "What they say is not known, which is not the same as silence.",
            [](Source const& source) { return source.status_reason; }},
    Caution{" WHERE truncated", "article is cut off", "articles are cut off",
            "Where the part that is left is silent on a claim, nothing is known of what the article says.",
            [](Source const& source) { return source.status_reason; }},
    Caution{" WHERE animal", "article rests on animals or cells", "articles rest on animals or cells",
            "This is indirect evidence on people, however few such articles there are.",
            [](Source const& source) {
                return source.study_design + (source.study_design.empty() || source.population.empty() ? "" : ", ") +
                       source.population;
            }},
    Caution{
        " WHERE conflicted", "article has a conflict of interest", "articles have a conflict of interest",
        "What such a source gains if readers believe it is no proof that it is wrong, but a reason to look for others.",
        [](Source const& source) { return source.conflict_of_interest; }},
    Caution{" WHERE risk_of_bias = 'high'", "article is at high risk of bias", "articles are at high risk of bias",
            "As a person appraised it.", [](Source const& source) { return source.study_design; }},
    Caution{" WHERE status = 'ok' AND NOT truncated AND status_reason IS NOT NULL", "article comes with a remark",
            "articles come with a remark", "", [](Source const& source) { return source.status_reason; }},
};

class Sources final : public dossier::Report {
public:
    explicit Sources(dossier::OptionValues const& options)
        : values_(options.boolean("values")),
          files_(options.boolean("files")),
          max_named_(options.integer("max_named")) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::boolean("values", true, "list every value with who stated it"),
                dossier::Option::boolean("files", true, "list what was read of each file"),
                dossier::Option::integer("max_named", 20, 1, 10000,
                                         "articles named under each caution and in each shared source")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        out.heading(1, "Sources", "sources");
        if (!say_how_many(analysis, out)) return;
        say_cautions(analysis, out);
        tabulate_sources(analysis, out);
        tabulate_shared_sources(analysis, out);
        tabulate_overlap(analysis, out);
        if (values_) tabulate_values(analysis, out);
        if (files_) tabulate_files(analysis, out);
    }

private:
    /// @return false when there is nothing else to say
    static bool say_how_many(dossier::Analysis const& analysis, dossier::Blocks& out) {
        auto const run = analysis.run();
        if (run.n_articles == 0) {
            out.callout(DOSSIER_CALLOUT_INFO, "No articles", "The job found no article.");
            return false;
        }
        auto text = strong(counted(run.n_articles, "article", "articles") + ", " +
                           counted(run.n_clusters, "independent source", "independent sources"));
        auto const n_proposed = count(analysis, " WHERE proposed IS NOT NULL");
        text += ". Copies, rewrites of one press release and articles that rest on one study count once. ";
        text += n_proposed == 0 ? "All that is known about them was declared by a person."
                                : "Of " + counted(n_proposed, "article", "articles") +
                                      " something was read out of the text and declared by nobody: such a value is"
                                      " marked “proposed”.";
        out.paragraph(text);
        return true;
    }

    void say_cautions(dossier::Analysis const& analysis, dossier::Blocks& out) const {
        std::vector<dossier::Text> items;
        for (auto const& caution : cautions)
            if (auto const n = count(analysis, caution.where); n > 0) items.push_back(in_words(analysis, caution, n));
        if (items.empty()) return;
        out.heading(2, "What to be careful about", "source-cautions");
        out.list(items);
    }

    dossier::Text in_words(dossier::Analysis const& analysis, Caution const& caution, std::int64_t n) const {
        std::string names;
        std::int64_t n_named = 0;
        for (auto const& source : sources_of(analysis, caution.where)) {
            if (n_named++ == max_named_) break;
            auto const detail = caution.detail(source);
            names += (names.empty() ? "" : "; ") + article_named(source.title, source.article_id) +
                     (detail.empty() ? "" : " (" + detail + ")");
        }
        if (n > max_named_) names += "; and " + std::to_string(n - max_named_) + " more";
        std::string const meaning = caution.meaning;
        return strong(counted(n, caution.one, caution.several)) + (": " + names + ".") +
               (meaning.empty() ? "" : " " + meaning);
    }

    static void tabulate_sources(dossier::Analysis const& analysis, dossier::Blocks& out) {
        out.heading(2, "Every article", "source-list");
        {
            auto table = out.table(
                "Appraisal of every article",
                {Column::integer("number", "No."), Column::text("article", "Article"),
                 Column::text("study_design", "Design", "Study design or kind of text. Empty: not stated."),
                 Column::integer("level", "Level", "Oxford 2011 level, by design alone. Empty: the table has none."),
                 Column::text("population", "Population", "Who or what was studied. Empty: not stated."),
                 Column::text("risk_of_bias", "Risk of bias", "As a person appraised it. Empty: nobody did."),
                 Column::text("conflict_of_interest", "Conflict of interest", "Empty: no sign of one was found."),
                 Column::text("same_source", "One source with", "Numbers of the articles that count with it as one."),
                 Column::text("cautions", "Careful", "Empty: nothing was noticed."),
                 Column::id("article_id", "Article id"), Column::id("cluster_id", "Cluster id")},
                "appraisal");
            auto const partners = numbers_by_cluster(analysis);
            std::int64_t number = 0;
            for (auto const& source : sources_of(analysis)) {
                ++number;
                table.row(number, Cell(source.title.empty() ? source.article_id : source.title).to(source.url),
                          source.shown("study_design", source.study_design), source.level,
                          source.shown("population", source.population),
                          source.shown("risk_of_bias", source.risk_of_bias),
                          source.shown("conflict_of_interest", source.conflict_of_interest),
                          or_empty(others(partners, source.cluster_id, number)), or_empty(joined(source.cautions())),
                          source.article_id, source.cluster_id);
            }
        }
        out.note(
            "Levels are those of the Oxford 2011 Levels of Evidence (OCEBM) for questions of common harms: 1 systematic"
            " review of randomised trials, 2 randomised trial, 3 non-randomised trial, cohort or follow-up study, 4 "
            "case"
            " series or case-control study, 5 mechanism, animals or cells. The table has no level for news, opinion,"
            " guidelines and narrative reviews. The level looks at the design only, never at how well it was carried "
            "out.",
            "note-levels");
    }

    using Numbers = std::map<std::string, std::vector<std::int64_t>>;

    /// Numbers of the articles of each independent source that has several.
    static Numbers numbers_by_cluster(dossier::Analysis const& analysis) {
        Numbers numbers;
        for (auto const& [cluster_id, number] : analysis.query<std::pair<std::string, std::int64_t>>(
                 "SELECT cluster_id, number FROM (SELECT cluster_id, cluster_reason,"
                 " row_number() OVER (ORDER BY article_id) AS number FROM articles)"
                 " WHERE cluster_reason IS NOT NULL ORDER BY number",
                 {}, [](dossier::Row const& r) { return std::pair(r.text(0), r.integer(1)); }))
            numbers[cluster_id].push_back(number);
        return numbers;
    }

    static std::string others(Numbers const& numbers, std::string const& cluster_id, std::int64_t own) {
        std::vector<std::string> parts;
        if (auto const found = numbers.find(cluster_id); found != numbers.end())
            for (auto const number : found->second)
                if (number != own) parts.push_back(std::to_string(number));
        return joined_at_most(std::move(parts), 20, ", ");
    }

    /// Articles that count as one source; of many the first are named.
    struct SharedSource {
        std::string cluster_id, reason;
        std::vector<std::string> names;
    };
    static std::vector<SharedSource> shared_sources(dossier::Analysis const& analysis) {
        std::vector<SharedSource> shared;
        for (auto const& one :
             analysis.query<SharedSource>("SELECT cluster_id, cluster_reason, article_id FROM articles"
                                          " WHERE cluster_reason IS NOT NULL ORDER BY cluster_id, article_id",
                                          {}, [](dossier::Row const& r) {
                                              return SharedSource{r.text(0), r.text(1), {r.text(2)}};
                                          })) {
            if (shared.empty() || shared.back().cluster_id != one.cluster_id)
                shared.push_back(one);
            else
                shared.back().names.push_back(one.names.front());
        }
        return shared;
    }

    void tabulate_shared_sources(dossier::Analysis const& analysis, dossier::Blocks& out) const {
        auto const shared = shared_sources(analysis);
        out.heading(2, "Which articles are one source", "source-clusters");
        if (shared.empty()) {
            out.paragraph(
                "Every article is an independent source: no copies, shared studies or shared press releases"
                " were found.");
            return;
        }
        auto table = out.table("Articles that count as one source",
                               {Column::text("cluster_id", "Source"), Column::integer("n_articles", "Articles"),
                                Column::text("articles", "Which"), Column::text("reason", "Why they are one")},
                               "shared-sources");
        for (auto const& one : shared)
            table.row(one.cluster_id, one.names.size(), joined_at_most(one.names, static_cast<std::size_t>(max_named_)),
                      one.reason);
    }

    static void tabulate_overlap(dossier::Analysis const& analysis, dossier::Blocks& out) {
        struct Overlap {
            std::string statement;
            std::int64_t citations, studies, articles;
            std::optional<double> covered_area;
            std::string band, reason, claim_id;
        };
        std::vector<Overlap> overlaps;
        for (auto const& one : analysis.query<Overlap>(
                 "SELECT c.statement, o.citations, o.studies, o.articles, o.covered_area, o.band, o.reason, o.claim_id"
                 " FROM overlap o LEFT JOIN claims c ON c.claim_id = o.claim_id"
                 " WHERE o.claim_position = 0 OR o.articles > 0 ORDER BY o.claim_position",
                 {}, [](dossier::Row const& r) {
                     return Overlap{r.has(0) ? r.text(0) : "All articles",
                                    r.integer(1),
                                    r.integer(2),
                                    r.integer(3),
                                    r.real(4),
                                    r.text(5),
                                    r.text(6),
                                    r.text(7)};
                 }))
            overlaps.push_back(one);
        if (overlaps.empty()) return;
        out.heading(2, "How far they rest on the same studies", "source-overlap");
        if (std::none_of(overlaps.begin(), overlaps.end(), [](Overlap const& one) { return one.covered_area; })) {
            out.paragraph("Overlap is not defined: " + overlaps.front().reason + ".");
            return;
        }
        {
            auto table = out.table(
                "Overlap of the studies that articles name",
                {Column::text("claim", "Claim", "The articles that inform it."),
                 Column::integer("articles", "Articles", "That name any study (c)."),
                 Column::integer("studies", "Studies", "Different ones (r)."),
                 Column::integer("citations", "Named", "Times that studies are named (N)."),
                 Column::percent("covered_area", "Covered area", 1, "(N - r) / (r c - r). Empty: not defined."),
                 Column::text("band", "Overlap"), Column::text("reason", "Why not defined"),
                 Column::id("claim_id", "Claim id")},
                "overlap");
            for (auto const& one : overlaps)
                table.row(one.statement, one.articles, one.studies, one.citations, one.covered_area, or_empty(one.band),
                          or_empty(one.reason), or_empty(one.claim_id));
        }
        out.note(
            "The corrected covered area is meant for reviews that name the studies that they include; it is shown here"
            " of all articles that name studies, of whatever kind. It is 0 % where no study is named twice and 100 % "
            "where"
            " all articles name the same. It looks at articles; those that are one source count once in every verdict, "
            "however much they overlap."
            " Bands: below 5 % slight, below 10 % moderate, below 15 % high, else very high; they are a convention"
            " whose empirical basis is contested. Studies are told apart by DOI, PMID, PMC and trial number in lists"
            " of references, and by what an article is declared to rest on. Claims on which no informative article"
            " names a study have no row.",
            "note-overlap");
    }

    static void tabulate_values(dossier::Analysis const& analysis, dossier::Blocks& out) {
        out.heading(2, "Who stated what", "source-values");
        auto table = out.table(
            "Every value, and whether a person declared it",
            {Column::text("article_id", "Article"), Column::text("key", "Key"), Column::text("value", "Value"),
             Column::text("basis", "Basis", "declared: by a person. proposed: read out of the text.")},
            "values");
        for (auto const& source : sources_of(analysis)) {
            auto const say = [&](char const* key, std::string const& value) {
                if (!value.empty())
                    table.row(source.article_id, key, value, source.is_proposed(key) ? "proposed" : "declared");
            };
            say("title", source.title), say("author", source.author), say("published", source.published);
            say("publisher", source.publisher), say("study_design", source.study_design);
            say("population", source.population), say("risk_of_bias", source.risk_of_bias);
            say("conflict_of_interest", source.conflict_of_interest), say("funding", source.funding);
            say("rests_on", source.rests_on), say("press_release", source.press_release);
        }
    }

    static void tabulate_files(dossier::Analysis const& analysis, dossier::Blocks& out) {
        out.heading(2, "What was read", "source-files");
        auto table = out.table(
            "What was read of each file",
            {Column::text("article_id", "Article"), Column::text("path", "File"), Column::text("format", "Format"),
             Column::text("language", "Language", "Empty: too little text to tell."),
             Column::integer("n_sentences", "Sentences", "That may be quoted."), Column::text("status", "Status"),
             Column::text("reason", "Remark")},
            "files");
        for (auto const& source : sources_of(analysis))
            table.row(source.article_id, source.path, source.format, or_empty(source.language), source.n_sentences,
                      !source.is_ok()    ? "not assessable"
                      : source.truncated ? "cut off"
                                         : "ok",
                      or_empty(source.status_reason));
    }

    bool values_, files_;
    std::int64_t max_named_;
};

}  // namespace

DOSSIER_REPORT(Sources, "sources",
               "Appraisal of every source: design, population, risk of bias, conflicts, independence")
