// Quotes: every sentence that a verdict rests on, with its place and how it was read.
#include <dossier/plugin.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "shared/quotes.hpp"
#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::strong;
using namespace dossier::shared;

/// A row of the view `evidence` with what its claim and article are called.
struct Entry {
    dossier::Evidence evidence;
    std::int64_t quote_number = 0;
    std::int64_t claim_number = 0, article_number = 0;  ///< from 1, in the order of registry and reading
    std::string statement, title;
};

Entry read_entry(dossier::Row const& r) {
    dossier::Evidence one;
    one.evidence_id = r.text(0), one.claim_id = r.text(1), one.article_id = r.text(2), one.direction = r.text(3);
    one.strength = r.real(4).value_or(0.0), one.hedged = r.integer(5) != 0, one.attribution = r.text(6);
    one.condition_id = r.text(7), one.quote = r.text(8), one.byte_begin = r.integer(9), one.byte_end = r.integer(10);
    one.line = r.integer(11), one.page = r.integer(12), one.rule = r.text(13), one.path = r.text(14);
    one.url = r.text(15), one.causal_strength = r.text(16), one.decided_by = r.text(17), one.confidence = r.real(18);
    return {std::move(one), r.integer(19), r.integer(20), r.integer(21), r.text(22), r.text(23)};
}

class Quotes final : public dossier::Report {
public:
    explicit Quotes(dossier::OptionValues const& options)
        : by_article_(options.text("by") == "article"),
          neutral_(options.boolean("neutral")),
          flat_(options.boolean("flat")) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::text("by", "claim", {"claim", "article"}, "what the quotes are grouped by"),
                dossier::Option::boolean("neutral", true, "with the quotes that discuss a claim and take no side"),
                dossier::Option::boolean("flat", false,
                                         "nothing but one table, a row a quote, for spreadsheets and programs")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        condition_names_ = condition_names(analysis);
        out.heading(1, "Quotes", "quotes");
        if (flat_) return tabulate(analysis, out);
        say_quotes(analysis, out);
        out.note(
            "Quotes are word for word, white space folded; lines and bytes are those of the file. Strength is 1 for a "
            "plain"
            " assertion; hedges and reports lower it. Confidence is the calibrated chance that the direction is right,"
            " given where there is one.",
            "note-quotes");
    }

private:
    dossier::Rows<Entry> rows(dossier::Analysis const& analysis) const {
        std::string sql =
            "SELECT e.evidence_id, e.claim_id, e.article_id, e.direction, e.strength, e.hedged, e.attribution,"
            " e.condition_id, e.quote, e.byte_begin, e.byte_end, e.line, e.page, e.rule, e.path, e.url,"
            " e.causal_strength, e.decided_by, e.confidence, e.quote_number, e.claim_position, e.article_position,"
            " c.statement, a.title FROM evidence e JOIN claims c ON c.position = e.claim_position"
            " JOIN articles a ON a.position = e.article_position";
        if (!neutral_) sql += " WHERE e.direction <> 'neutral'";
        sql += by_article_ ? " ORDER BY e.article_position, e.claim_position, e.byte_begin, e.evidence_id"
                           : " ORDER BY e.evidence_id";
        return analysis.query<Entry>(sql, {}, read_entry);
    }

    void say_quotes(dossier::Analysis const& analysis, dossier::Blocks& out) const {
        std::int64_t group = 0, part = 0, n = 0;
        for (auto const& entry : rows(analysis)) {
            auto const new_group = by_article_ ? entry.article_number : entry.claim_number;
            auto const new_part = by_article_ ? entry.claim_number : entry.article_number;
            if (new_group != group)
                out.heading(2, by_article_ ? name_of(entry) : entry.statement, anchor_of_group(entry));
            if (new_group != group || new_part != part)
                out.paragraph(strong(by_article_ ? entry.statement : name_of(entry)));
            group = new_group, part = new_part, ++n;
            say_quote(entry, out);
        }
        if (n == 0) out.callout(DOSSIER_CALLOUT_INFO, "No quotes", "No sentence of any article bears on a claim.");
    }

    static std::string name_of(Entry const& entry) {
        return entry.title.empty() ? entry.evidence.article_id : entry.title;
    }

    std::string anchor_of_group(Entry const& entry) const {
        return by_article_ ? "article-" + std::to_string(entry.article_number)
                           : claim_anchor(entry.evidence.claim_id, static_cast<std::size_t>(entry.claim_number));
    }

    void say_quote(Entry const& entry, dossier::Blocks& out) const {
        auto const& one = entry.evidence;
        dossier::Quoted quoted(one);
        quoted.anchor = one.evidence_id;
        quoted.back = "#" + anchor_of_group(entry);
        quoted.stance = one.direction;
        quoted.comment = comment_on(one, condition_name(one)) + "; strength " + number_shown(one.strength);
        if (one.confidence) quoted.comment += "; confidence " + number_shown(*one.confidence);
        if (one.decided_by != "engine") quoted.comment += "; decided by " + one.decided_by;
        out.quote(quoted);
    }

    std::string condition_name(dossier::Evidence const& one) const {
        auto const found = condition_names_.find(one.condition_id);
        return found == condition_names_.end() ? one.condition_id : found->second;
    }

    /// Row by row as the database gives them; nothing is kept.
    void tabulate(dossier::Analysis const& analysis, dossier::Blocks& out) const {
        auto table = out.table("Every quote, one row each",
                               {Column::text("evidence_id", "No."), Column::text("claim_id", "Claim"),
                                Column::text("article_id", "Article"), Column::stance("direction", "Direction"),
                                Column::quote("quote", "Quote"), Column::text("file", "File"),
                                Column::integer("line", "Line", "The line it begins on; of a PDF, within its page."),
                                Column::integer("page", "Page", "Empty: the source has no pages."),
                                Column::integer("byte_begin", "From byte"), Column::integer("byte_end", "To byte"),
                                Column::text("condition_id", "Condition", "Empty: none."),
                                Column::text("attribution", "Attribution", "Who says it and how."),
                                Column::text("hedged", "Hedged", "yes or no."),
                                Column::text("causal_strength", "Link", "What kind of link it states."),
                                Column::real("strength", "Strength", 2, "1 for a plain assertion."),
                                Column::real("confidence", "Confidence", 2,
                                             "Calibrated chance that the direction is right. Empty: not calibrated."),
                                Column::text("rule", "Rule", "Which cue decided and what turned it."),
                                Column::text("decided_by", "Decided by")},
                               "every-quote");
        for (auto const& entry : rows(analysis)) {
            auto const& one = entry.evidence;
            table.row(one.evidence_id, one.claim_id, one.article_id, one.direction,
                      Cell::quote(one.quote, entry.quote_number), one.path, one.line,
                      one.page > 0 ? Cell(one.page) : Cell(), one.byte_begin, one.byte_end, or_empty(one.condition_id),
                      one.attribution, one.hedged ? "yes" : "no", one.causal_strength, one.strength, one.confidence,
                      one.rule, one.decided_by);
        }
    }

    bool by_article_, neutral_, flat_;
    std::map<std::string, std::string> condition_names_;
};

}  // namespace

DOSSIER_REPORT(Quotes, "quotes", "Every quote with its place, and how it was read")
