// Config table: the keys of a TOML table, declared once. Validator, JSON Schema and reference page read this.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

/// What a key holds. Texts may not be empty or hold control characters; lists may not be empty.
enum class ConfigType {
    text,
    identifier,    ///< lower-case letters, digits and hyphens
    reference,     ///< the id of another table
    phrase,        ///< in the pattern language of claims/phrase_pattern.hpp
    path,          ///< relative, '/' separated
    date,          ///< a TOML date or a text, YYYY-MM-DD
    partial_date,  ///< the same, or YYYY-MM, or a year
    integer,
    number,  ///< an integer will do
    boolean,
    texts,
    arguments,  ///< texts of which some may be the same: a program and what it is given
    references,
    phrases,
    paths,
    globs,
    table,   ///< [name], its keys in `table`
    tables,  ///< [[name]], its keys in `table`
    options  ///< [name]: any keys with plain values, and tables of such; the plugin knows what they mean
};

struct ConfigTable;

struct ConfigKey {
    std::string_view name;
    ConfigType type = ConfigType::text;
    bool required = false;
    std::string_view fallback = {};                             ///< the default as TOML; empty: none
    std::string_view doc = {};                                  ///< what it means, one sentence
    std::vector<std::string_view> allowed = {};                 ///< the texts it may be; empty: any
    double minimum = -std::numeric_limits<double>::infinity();  ///< of a number, inclusive
    double maximum = std::numeric_limits<double>::infinity();
    ConfigTable const* table = nullptr;  ///< of a table or tables
};

/// One kind of table. Keys are listed in the order in which a person would write them.
struct ConfigTable {
    std::string_view title;  ///< as messages name it: "[registry]", "[[claim]]"; of the whole file: ""
    std::string_view doc;
    std::vector<ConfigKey> keys;

    [[nodiscard]] ConfigKey const* find(std::string_view name) const noexcept;
};

/// "a text", "a list of phrases", … as messages and pages say it.
[[nodiscard]] std::string_view words_for(ConfigType type) noexcept;

/// JSON Schema (draft 2020-12) of a whole file, two spaces a level. Ends in a line break.
/// @param title  "Dossier claim registry"
/// @param file   what it is called by default: "claims.toml"; also the last part of its $id
[[nodiscard]] std::string json_schema(ConfigTable const& file_table, std::string_view title, std::string_view file);

/// Every table and key of a whole file in Markdown: a section a table, a row a key. Ends in a line break.
[[nodiscard]] std::string markdown_reference(ConfigTable const& file_table);

}  // namespace dossier
