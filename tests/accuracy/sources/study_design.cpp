// What is it? Designs proposed from text, against hand-made labels (ketamine), what title and abstract say in so many words
// (evidence_inference), and the publication types of PubMed records.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <pugixml.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "accuracy.hpp"
#include "corpus_file.hpp"
#include "dossier/sources/input.hpp"
#include "dossier/sources/proposals.hpp"
#include "dossier/sources/read_article.hpp"

namespace accuracy {
namespace {

namespace fs = std::filesystem;
using dossier::Article;
using dossier::Stated;

bool details() {
    return std::getenv("DOSSIER_ACCURACY_DETAILS") != nullptr;
}

Article read(fs::path const& path) {
    dossier::Diagnostics diagnostics;
    auto name = path.filename();
    if (name.extension() == ".gz") name = name.stem();
    return dossier::read_article("a", name.string(), bytes_of(path), {}, diagnostics);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

bool says(std::string const& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

// --- ketamine ---

/// The kinds of our vocabulary that an analyst would accept for a label of the gold file.
struct Accepted {
    std::string_view label;
    std::array<std::string_view, 2> kinds;
};
constexpr std::array<Accepted, 5> accepted{{
    {"news report of an animal study", {"news report of an animal study", ""}},
    {"news aggregation", {"news aggregation", ""}},
    {"clinic marketing page", {"marketing page", ""}},
    {"health information page", {"health information page", ""}},
    {"counselling blog", {"health information page", "opinion"}},  // a blog that explains; it has no view of its own
}};

bool is_accepted(std::string const& label, std::string const& kind) {
    for (auto const& [start, kinds] : accepted)
        if (label.starts_with(start)) return kind == kinds[0] || (!kinds[1].empty() && kind == kinds[1]);
    return false;
}

std::vector<std::vector<std::string>> rows_of(fs::path const& path) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream text(bytes_of(path));
    for (std::string line; std::getline(text, line);) {
        std::vector<std::string> cells(1);
        for (char const c : line) {
            if (c == '\t')
                cells.emplace_back();
            else
                cells.back() += c;
        }
        cells.resize(6);
        rows.push_back(std::move(cells));
    }
    if (!rows.empty()) rows.erase(rows.begin());
    return rows;
}

std::vector<Figure> ketamine(fs::path const& corpora) {
    std::size_t right = 0, all = 0;
    for (auto const& row : rows_of(corpora / "ketamine" / "gold-metadata.tsv")) {
        auto const article = read(corpora / "ketamine" / "articles" / row[0]);
        auto const check = [&](char const* what, bool is_right, std::string const& value) {
            ++all;
            right += is_right;
            if (!is_right && details()) std::printf("  %s: %s is \"%s\"\n", row[0].c_str(), what, value.c_str());
        };
        check("title", article.title.value == row[1], article.title.value);
        check("author", article.author.value == row[2], article.author.value);
        check("date", article.published.value == row[3], article.published.value);
        check("kind of source", is_accepted(row[4], article.study_design.value), article.study_design.value);
        check("truncated", article.truncated == says(row[4], "cut off"), article.truncated ? "yes" : "no");
        bool const sells = article.conflict_of_interest.value == "sells the treatment";
        check("conflict of interest", row[5].empty() ? article.conflict_of_interest.value.empty() : sells,
              article.conflict_of_interest.value);
    }
    return {{"ketamine", "share of gold-metadata fields", Part::all,
             static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(all, 1)), 1.0, all, true, ""}};
}

// --- full texts ---

struct Counts {
    std::size_t both = 0, only_proposed = 0, only_said = 0;

    void add(bool proposed, bool said) {
        both += proposed && said;
        only_proposed += proposed && !said;
        only_said += !proposed && said;
    }
    [[nodiscard]] double precision() const {
        return both + only_proposed == 0 ? 1.0 : static_cast<double>(both) / static_cast<double>(both + only_proposed);
    }
    [[nodiscard]] double recall() const {
        return both + only_said == 0 ? 1.0 : static_cast<double>(both) / static_cast<double>(both + only_said);
    }
};

std::string text_below(pugi::xml_node node) {
    std::string text;
    struct Walker : pugi::xml_tree_walker {
        std::string* out;
        bool for_each(pugi::xml_node& at) override {
            *out += std::string(at.value()) + " ";
            return true;
        }
    } walker;
    walker.out = &text;
    node.traverse(walker);
    return text;
}

enum class Label { randomised, not_randomised, unclear };

/// Random assignment in the words that reporting guidelines ask for: in the title, or as a deed in the abstract. Independent
/// of the rules that propose: no context, no negation, on the XML itself. An abstract that only names a randomised trial may
/// speak of another one; it is left out.
Label label_of(std::string const& xml) {
    pugi::xml_document document;
    document.load_buffer(xml.data(), xml.size());
    auto const meta = document.select_node("//article-meta").node();
    auto const title = lower(text_below(meta.select_node("title-group").node())),
               abstract = lower(text_below(meta.child("abstract")));
    auto const random = [](std::string const& text) { return says(text, "randomised") || says(text, "randomized"); };
    if (random(title)) return Label::randomised;
    for (auto const* deed : {"randomly assigned", "randomly allocated", "were randomised", "were randomized",
                             "randomly divided", "will be randomised", "will be randomized"})
        if (says(abstract, deed)) return Label::randomised;
    return random(abstract) ? Label::unclear : Label::not_randomised;
}

std::vector<Figure> full_texts(fs::path const& corpora) {
    std::array<Counts, 2> counts;
    std::array<std::size_t, 2> n{}, n_unclear{};
    std::vector<fs::path> paths;
    for (auto const& entry : fs::directory_iterator(corpora / "text" / "jats" / "evidence_inference" / "open"))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (auto const& path : paths) {
        auto const name = path.filename().string();
        bool const aside = is_kept_aside(name);
        auto const article = read(path);
        auto const label = label_of(bytes_of(path));
        bool const said = label == Label::randomised;
        bool const proposed = says(article.study_design.value, "randomised trial");
        n_unclear[aside] += label == Label::unclear;
        if (label == Label::unclear) continue;
        counts[aside].add(proposed, said);
        ++n[aside];
        if (proposed != said && !aside && details())
            std::printf("  %s: %s, \"%s\" (%s)\n    %s\n", name.c_str(), said ? "randomised" : "not randomised",
                        article.study_design.value.c_str(), article.study_design.origin.c_str(),
                        article.title.value.c_str());
    }
    std::vector<Figure> figures;
    for (bool const aside : {false, true}) {
        auto const part = aside ? Part::aside : Part::tuned;
        auto const note = "against title and abstract; " + std::to_string(n_unclear[aside]) + " unclear left out";
        figures.push_back({"text/jats/evidence_inference", "randomised trials: precision", part,
                           counts[aside].precision(), 0.9, n[aside], true, note});
        figures.push_back({"text/jats/evidence_inference", "randomised trials: recall", part, counts[aside].recall(),
                           0.9, n[aside], true, note});
    }
    return figures;
}

// --- records that PubMed typed ---

std::string family_of(std::string const& design) {
    if (design.starts_with("randomised trial") || design.starts_with("clinical trial")) return "trial";
    if (design.starts_with("systematic review") || design.starts_with("meta-analysis") ||
        design.starts_with("narrative review") || design.starts_with("scoping review"))
        return "review";
    return {};
}

/// Records of the reference libraries, each with its text long enough to tell anything from.
void for_each_record(fs::path const& corpora, void (*take)(Article const&, void*), void* state) {
    std::vector<fs::path> paths;
    for (auto const& entry : fs::recursive_directory_iterator(corpora / "references" / "bib_formats"))
        if (entry.is_regular_file() && entry.path().filename() != "zotero_export.bib.xz" &&
            entry.path().filename() != "zotero_export.csv.xz" && entry.path().filename() != "zotero_export.ris.xz")
            paths.push_back(entry.path());  // of the library in four formats one
    std::sort(paths.begin(), paths.end());
    for (auto const& path : paths) {
        dossier::Diagnostics diagnostics;
        auto name = path.filename();
        if (name.extension() == ".xz") name = name.stem();
        auto const article_of = [&](dossier::ArticleInput&& input) {
            auto const article = dossier::read_article(input, {}, diagnostics);
            if (article.sentences.size() >= 4) take(article, state);
            return true;
        };
        dossier::for_each_input_in(bytes_of(path), name.string(), "r", {}, nullptr, article_of, diagnostics);
    }
}

/// What is proposed where the record states nothing but title and abstract.
Article proposed_from_text(Article const& stated) {
    auto bare = stated;
    bare.citation = {};
    bare.study_design = bare.population = {};
    dossier::sources::propose(bare, {});
    return bare;
}

struct Tally {
    std::map<std::string, std::array<Counts, 2>> counts;
    std::array<std::size_t, 2> n{};

    void add(std::string const& truth, std::string const& proposed, Article const& stated, Stated const& why) {
        bool const aside = is_kept_aside(stated.title.value);
        ++n[aside];
        for (auto& [value, both] : counts)
            both[aside].add(proposed == value, truth == value);
        if (truth != proposed && !aside && details())
            std::printf("  %s: %s, but proposed \"%s\" (%s)\n    %s\n", stated.path.c_str(), truth.c_str(),
                        proposed.c_str(), why.origin.c_str(), stated.title.value.c_str());
    }
    void report(char const* what, char const* against, std::vector<Figure>& figures) const {
        for (auto const& [value, both] : counts)
            for (bool const aside : {false, true}) {
                auto const part = aside ? Part::aside : Part::tuned;
                auto const metric = std::string(what) + " " + value;
                figures.push_back({"references/bib_formats", metric + ": precision", part, both[aside].precision(), 0.0,
                                   n[aside], false, against});
                figures.push_back({"references/bib_formats", metric + ": recall", part, both[aside].recall(), 0.0,
                                   n[aside], false, against});
            }
    }
};

struct RecordTallies {
    Tally types{{{"trial", {}}, {"review", {}}}, {}};
    Tally subjects{{{"human", {}}, {"animal", {}}}, {}};
};

void add_record(Article const& stated, void* state) {
    auto& tallies = *static_cast<RecordTallies*>(state);
    auto const bare = proposed_from_text(stated);
    if (auto const type = family_of(stated.study_design.value);
        !type.empty() && stated.study_design.origin.starts_with("publication type: "))
        tallies.types.add(type, family_of(bare.study_design.value), stated, bare.study_design);
    bool humans = false, animals = false;
    for (auto const& keyword : stated.citation.keywords) {
        humans = humans || keyword == "Humans";
        animals = animals || keyword == "Animals";
    }
    if (humans != animals)
        tallies.subjects.add(humans ? "human" : "animal", bare.population.value, stated, bare.population);
}

std::vector<Figure> typed_records(fs::path const& corpora) {
    RecordTallies tallies;
    for_each_record(corpora, add_record, &tallies);
    std::vector<Figure> figures;
    tallies.types.report("design", "title and abstract alone against the stated type", figures);
    tallies.subjects.report("population", "title and abstract alone against MeSH headings", figures);
    return figures;
}

std::vector<Figure> measure(fs::path const& corpora) {
    std::vector<Figure> figures;
    for (auto const part : {ketamine, full_texts, typed_records})
        for (auto& figure : part(corpora))
            figures.push_back(std::move(figure));
    return figures;
}

Registered const registered("sources", 80, measure);

}  // namespace
}  // namespace accuracy
