// What two reports say of readers: how far they agree with each other and with the engine.
#pragma once

#include <dossier/plugin.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/wording.hpp"

namespace dossier::shared {

/// A row of the view `rater_agreement`, and how many people's annotations count.
struct RaterAgreement {
    std::string comparison, coefficient;
    std::optional<double> value, ci_low, ci_high, observed;
    std::int64_t n_units = 0, n_raters = 0, n_ratings = 0;
    std::string status, note;
    std::int64_t n_people = 0;

    /// Who was compared: "2 raters"; "the engine and 3 people", where each pair is of the engine and one of them.
    [[nodiscard]] std::string readers() const {
        return comparison == "detector and people" ? "the engine and " + counted(n_people, "person", "people")
                                                   : counted(n_raters, "rater", "raters");
    }
    /// Why the coefficient has no value, and what else is to be known of it.
    [[nodiscard]] std::string remark() const {
        auto const why = why_undefined();
        return why.empty() || note.empty() ? why + note : why + "; " + note;
    }

private:
    [[nodiscard]] std::string why_undefined() const {
        if (status == "no-variation") return "not defined: all readings are alike";
        if (status == "one-rater") return "not defined: there is one rater only";
        if (status == "no-overlap") return "not defined: nothing was read by two";
        if (status == "no-data") return "not defined: there are no readings";
        return {};
    }
};

inline std::vector<RaterAgreement> rater_agreement(Analysis const& analysis) {
    std::vector<RaterAgreement> rows;
    for (auto const& row : analysis.query<RaterAgreement>(
             "SELECT comparison, coefficient, value, ci_low, ci_high, observed_agreement, n_units, n_raters, n_ratings,"
             " status, note, (SELECT count(DISTINCT who) FROM annotations WHERE status IN ('applied', 'compared'))"
             " FROM rater_agreement ORDER BY position",
             {}, [](Row const& r) {
                 return RaterAgreement{r.text(0),    r.text(1),    r.real(2),    r.real(3), r.real(4),  r.real(5),
                                       r.integer(6), r.integer(7), r.integer(8), r.text(9), r.text(10), r.integer(11)};
             }))
        rows.push_back(row);
    return rows;
}

/// One row for each coefficient; there has to be one.
inline void tabulate_agreement(std::vector<RaterAgreement> const& rows, std::string const& name, Blocks& out) {
    auto table = out.table(
        "How far readers agree (95 % bootstrap intervals)",
        {Column::text("comparison", "Between"), Column::text("coefficient", "Coefficient"),
         Column::real("value", "Value", 3), Column::interval("interval", "Interval", 3),
         Column::percent("observed", "Agree", 0, "share of pairs of readings that are alike"),
         Column::integer("units", "Compared",
                         "Between raters: questions (claim, article, condition) that two or more answered. Detector and"
                         " people: pairs of the engine's and one person's answer to a question."),
         Column::text("raters", "Readers", "who was compared"), Column::integer("ratings", "Readings"),
         Column::text("remark", "Remark")},
        name);
    for (auto const& row : rows)
        table.row(row.comparison, row.coefficient, row.value, Cell::interval(row.ci_low, row.ci_high), row.observed,
                  row.n_units, row.readers(), row.n_ratings, row.remark());
}

/// How often a person said something, by what the engine says.
using Confusion = std::map<std::string, std::map<std::string, std::int64_t>>;

inline Confusion confusion(Analysis const& analysis) {
    Confusion counts;
    struct Pair {
        std::string detector, person;
        std::int64_t n = 0;
    };
    for (auto const& row : analysis.query<Pair>("SELECT detector, person, n FROM confusion", {}, [](Row const& r) {
             return Pair{r.text(0), r.text(1), r.integer(2)};
         }))
        counts[row.detector][row.person] = row.n;
    return counts;
}

/// One row for each stance that the engine has; there has to be one.
inline void tabulate_confusion(Confusion const& counts, Blocks& out) {
    constexpr std::array<char const*, 6> stances{"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"};
    std::vector<Column> columns{Column::stance("engine", "Engine says")};
    for (auto const* stance : stances)
        columns.push_back(Column::integer(stance, "Person: " + stance_in_words(stance)));
    auto table = out.table("How often the engine said one thing and a person another", columns, "confusion");
    for (auto const* detector : stances) {
        auto const row = counts.find(detector);
        if (row == counts.end()) continue;
        std::vector<Cell> cells{Cell(detector)};
        for (auto const* person : stances) {
            auto const n = row->second.find(person);
            cells.push_back(Cell(n == row->second.end() ? std::int64_t{0} : n->second));
        }
        table.cells_row(cells);
    }
}

}  // namespace dossier::shared
