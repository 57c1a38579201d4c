// What rows and quotes can be filtered by: which claim, source and condition they are about.
#pragma once

#include <dossier/plugin.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::html {

/// What a column says about its rows. Known by kind and key, see docs/formats/html.md.
enum class Role { none, claim, source, condition, stance };

[[nodiscard]] Role role_of(dossier_column const& column) noexcept;

/// The values of one facet, numbered from 1. Whoever fills it in beforehand closes it: other texts then are no value.
class Facet {
public:
    /// `name` is another name of the value shown as `label`. The first meaning of a name counts.
    void know(std::string_view name, std::string_view label);
    /// The value that `text` names: as a whole, behind a mark such as "[3] ", or with more behind a comma, bracket, colon
    /// or dash. nullopt: none, or `text` is blank. An open facet takes any text for a new value.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view text);
    /// What find gives, but a text of exactly one name.
    [[nodiscard]] std::optional<std::size_t> find_exactly(std::string_view text) const;
    /// The values that find has given, by number.
    [[nodiscard]] std::vector<std::pair<std::size_t, std::string>> used() const;

private:
    std::optional<std::size_t> use(std::size_t number);
    std::map<std::string, std::size_t, std::less<>> numbers_;  ///< by name
    std::vector<std::string> labels_;                          ///< by number, less one
    std::vector<bool> used_;
    std::map<std::string, std::size_t, std::less<>> by_label_;
    bool closed_ = false;
};

/// The facets of a document.
struct Facets {
    Facet claims, sources, conditions;
    bool without_condition = false;  ///< some row is about a claim as a whole

    /// @param document  its verdicts name the claims
    /// @param output    whose analysis names articles and conditions; where it has none, texts stand for themselves
    void learn(dossier_document const& document, Output const& output);
};

}  // namespace dossier::html
