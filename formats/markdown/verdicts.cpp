#include "verdicts.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <dossier/plugin.hpp>
#include <utility>

#include "inline_text.hpp"

namespace dossier::formats {
namespace {

/// Every digit that counts, and a point: YAML 1.1 takes "1" for an integer and "1e-5" for a text.
std::string yaml_number(double value) {
    if (!std::isfinite(value)) return "null";
    char digits[400];
    auto const end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed).ptr;
    std::string const number(digits, end);
    return number.find('.') == std::string::npos ? number + ".0" : number;
}

using Members = std::vector<std::pair<char const*, std::string>>;

Members members_of(dossier_verdict const& verdict) {
    return {{"claim_id", yaml_quoted(view(verdict.claim_id))},
            {"statement", yaml_quoted(view(verdict.statement))},
            {"direction", yaml_quoted(view(verdict.direction))},
            {"agreement", yaml_quoted(view(verdict.agreement))},
            {"certainty", yaml_quoted(view(verdict.certainty))},
            {"coverage", yaml_quoted(view(verdict.coverage))},
            {"n_articles", std::to_string(verdict.n_articles)},
            {"n_clusters", std::to_string(verdict.n_clusters)},
            {"supports", std::to_string(verdict.supports)},
            {"refutes", std::to_string(verdict.refutes)},
            {"mixed", std::to_string(verdict.mixed)},
            {"neutral", std::to_string(verdict.neutral)},
            {"silent", std::to_string(verdict.silent)},
            {"not_assessable", std::to_string(verdict.not_assessable)},
            {"direction_share", yaml_number(verdict.direction_share)},
            {"agreement_value", yaml_number(verdict.agreement_value)},
            {"coverage_share", yaml_number(verdict.coverage_share)},
            {"fragile", verdict.fragile != 0 ? "true" : "false"}};
}

std::string table_row(std::vector<std::string> const& cells) {
    std::string row = "|";
    for (auto const& cell : cells)
        row += " " + cell + " |";
    return row;
}

}  // namespace

std::vector<std::string> verdicts_in_yaml(dossier_document const& document) {
    std::vector<std::string> lines;
    for (auto const* const verdict : verdicts_of(document)) {
        if (lines.empty()) lines.emplace_back("verdicts:");
        char const* indent = "  - ";
        for (auto const& [key, value] : members_of(*verdict))
            lines.push_back(std::exchange(indent, "    ") + std::string(key) + ": " + value);
    }
    return lines;
}

std::vector<std::string> verdicts_as_table(dossier_document const& document) {
    std::vector<std::string> lines;
    for (auto const* const verdict : verdicts_of(document)) {
        if (lines.empty()) {
            lines = {
                table_row({"Claim", "Direction", "Agreement", "Certainty", "Coverage", "Supports", "Refutes", "Mixed"}),
                table_row({"---", "---", "---", "---", "---", "---:", "---:", "---:"})};
        }
        auto const direction = escaped(view(verdict->direction)) + (verdict->fragile != 0 ? ", fragile" : "");
        lines.push_back(table_row({escaped(view(verdict->statement)), direction, escaped(view(verdict->agreement)),
                                   escaped(view(verdict->certainty)), escaped(view(verdict->coverage)),
                                   std::to_string(verdict->supports), std::to_string(verdict->refutes),
                                   std::to_string(verdict->mixed)}));
    }
    return lines;
}

}  // namespace dossier::formats
