// Risk factors: what is said to raise or lower the outcome, by how many independent sources, and in which words.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::strong;
using namespace dossier::shared;

constexpr std::size_t most_bars = 40;  // more factors do not fit a page that a person can read
constexpr char const* cautions_count =
    "Animal studies and sources with a conflict of interest have bars like others: the table names them.";
constexpr char const* outside_interval = "lies outside its own interval: a misprint somewhere";

std::string in_words(std::string const& direction) {
    return direction == "no_effect" ? "no effect" : direction;
}

/// What to be careful about in an article.
struct Caution {
    bool animal = false, conflicted = false;
};

/// A factor and the sentences that name it.
struct Entry {
    dossier::RiskFactor factor;
    std::vector<dossier::RiskMention> mentions;
    std::size_t number = 0;

    /// "factor-high-dose"; by number where the id would make too long an anchor.
    std::string anchor() const { return anchor_of("factor", factor.factor_id, number); }
};

class RiskFactors final : public dossier::Report {
public:
    explicit RiskFactors(dossier::OptionValues const& options)
        : chart_(options.boolean("chart")),
          max_quotes_(static_cast<std::size_t>(options.integer("max_quotes"))),
          quotes_(options.boolean("quotes")),
          quantities_(options.boolean("quantities")) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::boolean("chart", true, "draw the harvest plot"),
                dossier::Option::integer("max_quotes", 10, 1, 10000, "quotes shown per factor"),
                dossier::Option::boolean("quotes", true, "show the quotes below the tables"),
                dossier::Option::boolean("quantities", true, "list the numbers that the articles give")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        read(analysis);
        out.heading(1, "Risk factors", "risk-factors");
        say_summary(out);
        if (!named_.empty() && chart_) draw_harvest(out);
        if (!named_.empty()) tabulate_factors(out);
        say_unnamed(out);
        if (quotes_ && !named_.empty()) say_quotes(out);
        if (quantities_) say_quantities(analysis, out);
    }

private:
    void read(dossier::Analysis const& analysis) {
        for (auto const& article : analysis.articles())
            titles_[article.article_id] = !article.title.empty()       ? article.title
                                          : !article.author.empty()    ? article.author + " (no title)"
                                          : !article.publisher.empty() ? article.publisher + " (no title)"
                                                                       : article.article_id,
            clusters_[article.article_id] = article.cluster_id;
        for (auto const& [id, caution] : analysis.query<std::pair<std::string, Caution>>(
                 "SELECT article_id, animal, conflicted FROM articles WHERE animal OR conflicted", {},
                 [](dossier::Row const& r) {
                     return std::pair(r.text(0), Caution{r.integer(1) != 0, r.integer(2) != 0});
                 }))
            cautions_[id] = caution;
        for (auto const& condition : analysis.conditions())
            conditions_[condition.condition_id] = condition.name;
        std::size_t number = 0;
        for (auto const& factor : analysis.risk_factors()) {
            Entry entry{factor, {}, ++number};
            for (auto const& mention : analysis.risk_mentions(factor.factor_id))
                entry.mentions.push_back(mention);
            (entry.mentions.empty() ? unnamed_ : named_).push_back(entry);
        }
    }

    void say_summary(dossier::Blocks& out) const {
        auto const n = static_cast<std::int64_t>(named_.size() + unnamed_.size());
        if (n == 0) {
            out.callout(DOSSIER_CALLOUT_INFO, "No risk factors", "The registry asks about no risk factors.");
            return;
        }
        out.paragraph(
            "Of " + counted(n, "factor", "factors") + " in the registry, " +
            strong(counted(static_cast<std::int64_t>(named_.size()), "is named", "are named")) +
            ". A factor raises or lowers its outcome when at least 70 % of the independent sources that say which way"
            " say so; otherwise its direction is unclear.");
    }

    // ---- The harvest plot (Ogilvie et al. 2008): factor by direction, a bar for each independent source

    /// Independent sources that say a factor moves the outcome one way, and those of them that report a study for it.
    struct Bars {
        std::set<std::string> sources, with_evidence;
    };

    /// By direction. A source that says which way somewhere does not count as unclear as well.
    std::map<std::string, Bars> bars_of(Entry const& entry) const {
        std::map<std::string, Bars> bars;
        std::set<std::string> tells;
        for (auto const& mention : entry.mentions) {
            auto const& source = clusters_.at(mention.article_id);
            auto& [sources, with_evidence] = bars[mention.direction];
            sources.insert(source);
            if (mention.with_evidence) with_evidence.insert(source);
            if (mention.direction != "unclear") tells.insert(source);
        }
        for (auto const& source : tells)
            bars["unclear"].sources.erase(source), bars["unclear"].with_evidence.erase(source);
        return bars;
    }

    /// raises and lowers, and what else some source says.
    std::vector<std::string> directions_said() const {
        std::vector<std::string> directions{"raises", "lowers"};
        for (auto const* other : {"no_effect", "unclear"})
            if (std::any_of(named_.begin(), named_.end(),
                            [&](auto const& entry) { return !bars_of(entry)[other].sources.empty(); }))
                directions.push_back(other);
        return directions;
    }

    void draw_harvest(dossier::Blocks& out) const {
        if (named_.size() > most_bars) {
            out.note("There are more than " + std::to_string(most_bars) + " factors: the table stands for the chart.");
            return;
        }
        dossier::Chart chart;
        chart.kind = DOSSIER_CHART_HARVEST;
        chart.title = "Independent sources by factor and direction";
        chart.anchor = "harvest";
        chart.category_title = "factor", chart.value_title = "independent sources";
        auto const directions = directions_said();
        for (auto const& direction : directions)
            chart.series.push_back(in_words(direction));
        for (auto const& entry : named_) {
            chart.categories.push_back(entry.factor.name);
            auto bars = bars_of(entry);
            for (auto const& direction : directions) {
                chart.values.push_back(static_cast<double>(bars[direction].sources.size()));
                chart.weights.push_back(static_cast<double>(bars[direction].with_evidence.size()));
            }
        }
        chart.alternative =
            "Harvest plot: for each factor and direction as many bars as independent sources say so; filled where a "
            "source"
            " reports or cites a study for it, hollow for a mere mention. A source that says both ways has a bar in "
            "each." +
            std::string(cautions_.empty() ? "" : " " + std::string(cautions_count));
        out.chart(chart);
    }

    void tabulate_factors(dossier::Blocks& out) const {
        auto table = out.table(
            "Factors that the articles name",
            {Column::text("factor", "Factor"), Column::text("outcome", "Outcome", "What the factor moves."),
             Column::text("direction", "Direction", "raises, lowers, no effect or unclear, by independent sources."),
             Column::integer("n_clusters", "Sources", "Independent sources that name it."),
             Column::integer("n_articles", "Articles", "Articles that name it."),
             Column::integer("n_with_evidence", "With evidence",
                             "Of these articles, those that report or cite a study for it."),
             Column::text("conditions", "Conditions", "Conditions under which it is named. Empty: none."),
             Column::text("careful", "Careful", "Sources to be careful with. Empty: none is known."),
             Column::id("factor_id", "Factor id")},
            "factors");
        for (auto const& entry : named_)
            table.cells_row(
                {Cell(entry.factor.name).to(quotes_ ? "#" + entry.anchor() : ""), or_empty(entry.factor.outcome),
                 Cell(in_words(entry.factor.direction)), Cell(entry.factor.n_clusters), Cell(entry.factor.n_articles),
                 Cell(n_with_evidence(entry)), or_empty(conditions_of(entry)), or_empty(cautions_on(entry)),
                 Cell(entry.factor.factor_id)},
                "row-" + entry.anchor());
    }

    static std::int64_t n_with_evidence(Entry const& entry) {
        std::set<std::string> articles;
        for (auto const& mention : entry.mentions)
            if (mention.with_evidence) articles.insert(mention.article_id);
        return static_cast<std::int64_t>(articles.size());
    }

    /// "1 animal study, 2 with a conflict of interest": independent sources that name it.
    std::string cautions_on(Entry const& entry) const {
        std::set<std::string> animal, conflicted;
        for (auto const& mention : entry.mentions) {
            auto const found = cautions_.find(mention.article_id);
            if (found == cautions_.end()) continue;
            if (found->second.animal) animal.insert(clusters_.at(mention.article_id));
            if (found->second.conflicted) conflicted.insert(clusters_.at(mention.article_id));
        }
        std::vector<std::string> parts;
        if (!animal.empty())
            parts.push_back(counted(static_cast<std::int64_t>(animal.size()), "animal study", "animal studies"));
        if (!conflicted.empty()) parts.push_back(std::to_string(conflicted.size()) + " with a conflict of interest");
        return joined(parts);
    }

    std::string conditions_of(Entry const& entry) const {
        std::set<std::string> names;
        for (auto const& mention : entry.mentions)
            if (!mention.condition_id.empty()) names.insert(condition_name(mention.condition_id));
        std::string text;
        for (auto const& name : names)
            text += (text.empty() ? "" : "; ") + name;
        return text;
    }

    std::string condition_name(std::string const& condition_id) const {
        auto const found = conditions_.find(condition_id);
        return found == conditions_.end() ? condition_id : found->second;
    }

    void say_unnamed(dossier::Blocks& out) const {
        if (unnamed_.empty()) return;
        std::string names;
        for (auto const& entry : unnamed_)
            names += (names.empty() ? "" : ", ") + entry.factor.name;
        out.paragraph(strong("Named by no article: ") + names + ".");
    }

    void say_quotes(dossier::Blocks& out) const {
        out.heading(2, "What the articles say", "factor-quotes");
        for (auto const& entry : named_) {
            out.heading(3, entry.factor.name, entry.anchor());
            std::size_t n_shown = 0;
            for (auto const& mention : entry.mentions) {
                if (n_shown == max_quotes_) break;
                dossier::Quoted quoted(mention);
                quoted.anchor = "factor" + std::to_string(entry.number) + "-" + std::to_string(++n_shown);
                quoted.back = "#row-" + entry.anchor();
                quoted.comment = comment_on(mention);
                out.quote(quoted);
            }
            if (auto const more = static_cast<std::int64_t>(entry.mentions.size() - n_shown); more > 0)
                out.paragraph(counted(more, "further quote", "further quotes") + " not shown.");
        }
    }

    std::string comment_on(dossier::RiskMention const& mention) const {
        std::string text = titles_.at(mention.article_id) + ": " + in_words(mention.direction);
        if (!mention.condition_id.empty()) text += ", " + condition_name(mention.condition_id);
        text += mention.with_evidence ? "; reports or cites a study" : "; cites no study here";
        auto const found = cautions_.find(mention.article_id);
        if (found == cautions_.end()) return text;
        return text + (found->second.animal ? "; animal study" : "") +
               (found->second.conflicted ? "; conflict of interest" : "");
    }

    // ---- Numbers

    /// The same sentence may hold several numbers: it is quoted once.
    using Place = std::tuple<std::string, std::int64_t, std::int64_t>;
    static Place place_of(dossier::Quantity const& quantity) {
        return {quantity.article_id, quantity.byte_begin, quantity.byte_end};
    }

    void say_quantities(dossier::Analysis const& analysis, dossier::Blocks& out) const {
        std::vector<dossier::Quantity> quantities;
        for (auto const& quantity : analysis.quantities())
            quantities.push_back(quantity);
        if (quantities.empty()) return;
        std::map<Place, std::string> anchors;
        for (auto const& quantity : quantities)
            anchors.emplace(place_of(quantity), "number-" + std::to_string(anchors.size() + 1));
        out.heading(2, "Numbers", "numbers");
        tabulate_quantities(quantities, anchors, out);
        out.note(
            "“Up to” and “less than” bound a number from above, “at least” and “more than” from below: such a number "
            "is no"
            " estimate. Numbers are listed, not pooled.",
            "note-numbers");
        if (quotes_) quote_quantities(quantities, anchors, out);
    }

    /// As many decimals as the numbers have, and no more.
    static int decimals_in(std::vector<dossier::Quantity> const& quantities) {
        constexpr int most_decimals = 6;
        int decimals = 0;
        for (auto const& quantity : quantities)
            for (auto const& number : {std::optional(quantity.estimate), quantity.ci_low, quantity.ci_high})
                if (number) decimals = std::max(decimals, decimals_of(*number));
        return std::min(decimals, most_decimals);
    }

    void tabulate_quantities(std::vector<dossier::Quantity> const& quantities,
                             std::map<Place, std::string> const& anchors, dossier::Blocks& out) const {
        auto table =
            out.table("Numbers that the articles give",
                      {Column::text("as_stated", "As stated"),
                       Column::text("measure", "Measure", "%, OR, RR, HR, IRR, PR, MD or SMD."),
                       Column::text("comparator", "Comparator", "“=” for a plain number; others bound it."),
                       Column::real("estimate", "Number", decimals_in(quantities), "30 for 30 %."),
                       Column::interval("interval", "Interval", decimals_in(quantities), "Empty: none is stated."),
                       Column::percent("level", "Level", 0, "Level of the interval. Empty: not stated."),
                       Column::text("population", "Who was counted", "Empty: not stated."),
                       Column::text("denominator", "Out of", "How many were counted. Empty: not stated."),
                       Column::text("article", "Article"),
                       Column::text("remark", "Remark", "What to check before the number is used. Empty: nothing."),
                       Column::id("article_id", "Article id")},
                      "quantities");
        for (auto const& quantity : quantities)
            table.cells_row({Cell(quantity.text).to(quotes_ ? "#" + anchors.at(place_of(quantity)) : ""),
                             Cell(quantity.measure), Cell(quantity.comparator), Cell(quantity.estimate),
                             Cell::interval(quantity.ci_low, quantity.ci_high), Cell(quantity.ci_level),
                             or_empty(quantity.population), or_empty(quantity.denominator),
                             Cell(titles_.at(quantity.article_id)),
                             or_empty(quantity.outside_interval ? outside_interval : ""), Cell(quantity.article_id)});
    }

    static void quote_quantities(std::vector<dossier::Quantity> const& quantities,
                                 std::map<Place, std::string> const& anchors, dossier::Blocks& out) {
        std::set<Place> said;
        for (auto const& quantity : quantities) {
            if (!said.insert(place_of(quantity)).second) continue;
            dossier::Quoted quoted(quantity);
            quoted.anchor = anchors.at(place_of(quantity));
            quoted.back = "#quantities";
            quoted.comment = quantity.outside_interval     ? outside_interval
                             : quantity.population.empty() ? "it is not stated who was counted"
                                                           : "";
            out.quote(quoted);
        }
    }

    bool chart_;
    std::size_t max_quotes_;
    bool quotes_, quantities_;
    std::map<std::string, std::string> clusters_;  ///< article_id -> cluster_id
    std::map<std::string, Caution> cautions_;      ///< by article_id; others have none
    std::vector<Entry> named_, unnamed_;
    std::map<std::string, std::string> titles_, conditions_;
};

}  // namespace

DOSSIER_REPORT(RiskFactors, "risk-factors", "What raises or lowers the outcome, with sources, conditions and quotes")
