// Config check: a document against its key table, and values out of a table with the declared defaults.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/claims/config_document.hpp"
#include "dossier/claims/config_table.hpp"

namespace dossier {

/// Tells every mistake that the key table alone can see: unknown and missing keys, wrong types, empty texts and lists,
/// control characters, words and numbers out of range, dates and ids that are none, phrases that cannot be used.
/// @param bad_phrase  code of a phrase that cannot be used
void check_config(ConfigDocument const& document, ConfigTable const& file_table, ConfigCodes const& codes,
                  std::string_view bad_phrase, Diagnostics& diagnostics);

/// A TOML table seen through its key table. What is missing or of a wrong type reads as the declared default, so that
/// later checks go on after a mistake that has been told.
class ConfigView {
public:
    /// @param node   nullptr: no such table; everything is its default
    ConfigView(ConfigNode const* node, ConfigTable const& table) : node_(node), table_(&table) {}

    /// The value as written; nullptr when absent or of a wrong type.
    [[nodiscard]] ConfigNode const* value(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return value(key) != nullptr; }
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] double number(std::string_view key) const;
    [[nodiscard]] bool flag(std::string_view key) const;
    /// The items of a list that are texts.
    [[nodiscard]] std::vector<ConfigNode const*> texts(std::string_view key) const;
    [[nodiscard]] ConfigView table(std::string_view key) const;
    [[nodiscard]] std::vector<ConfigView> tables(std::string_view key) const;
    [[nodiscard]] ConfigNode const* node() const noexcept { return node_; }
    /// Where a message about the table as a whole belongs.
    [[nodiscard]] Place place() const { return node_ != nullptr ? node_->place : Place{}; }

private:
    [[nodiscard]] std::string_view fallback(std::string_view key) const;

    ConfigNode const* node_;
    ConfigTable const* table_;
};

}  // namespace dossier
