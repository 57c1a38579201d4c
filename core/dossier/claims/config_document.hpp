// Config document: a TOML file as plain values, each with its place, in the order in which the file has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"

namespace dossier {

struct ConfigEntry;

/// One value of a TOML file.
struct ConfigNode {
    enum class Kind { text, integer, real, boolean, date, time, date_time, list, table };
    Kind kind = Kind::table;
    Place place;       ///< of the value as written, quotes included; of a [table] its header; of the file none
    std::string text;  ///< of a text; of a date YYYY-MM-DD
    std::int64_t integer = 0;
    double real = 0.0;  ///< of an integer too
    bool boolean = false;
    std::vector<ConfigNode> items;     ///< of a list
    std::vector<ConfigEntry> entries;  ///< of a table, by place

    [[nodiscard]] ConfigEntry const* find(std::string_view key) const noexcept;
};

struct ConfigEntry {
    std::string key;
    Place place;  ///< of the key
    ConfigNode value;
};

/// "a text", "a whole number", … as messages say it.
[[nodiscard]] std::string_view words_for(ConfigNode::Kind kind) noexcept;

/// A file that was read.
struct ConfigDocument {
    std::string shown;  ///< how messages name it
    std::string bytes;
    ConfigNode root;
    std::vector<std::size_t> line_begins;  ///< byte offset of each line

    /// Line `number` (from 1) without its line break; empty when there is none.
    [[nodiscard]] std::string_view line(std::size_t number) const noexcept;
    /// The same for a message to show. A person looks at the first messages, so a document gives lines of 4 MiB in all and
    /// then none (empty): a file of one long line is not copied for each of its items.
    [[nodiscard]] std::string line_to_show(std::size_t number) const;
    /// An error at `place`, with its line_to_show().
    [[nodiscard]] Diagnostic error(std::string_view code, Place const& place, std::string message) const;
    /// Where bytes [offset, offset + length) of a text's value stand, if it is written on one line without escapes;
    /// else the place of the whole text.
    [[nodiscard]] Place place_inside(ConfigNode const& text, std::size_t offset, std::size_t length) const;

    mutable std::size_t shown_bytes = 0;  ///< of lines_to_show() so far
};

/// Codes of what can be wrong with any config file; a registry has its own, a job has its own.
struct ConfigCodes {
    std::string_view unreadable, not_toml, unknown_key, missing, wrong_type, empty, control_character, not_allowed,
        out_of_range, bad_date, twice, bad_id;
};

inline constexpr std::size_t largest_config = 1u << 20;  ///< bytes; a larger file is refused
inline constexpr std::size_t deepest_config = 64;        ///< brackets within brackets
inline constexpr std::size_t longest_dotted_key = 32;    ///< parts

/// Reads and parses a file.
///
/// @param shown   how messages name it
/// @param naming  the error to add when the file cannot be read, placed where the file was named; it gets its code,
///                and its message is completed with the reason. nullopt: the file itself is the place
/// @return nullopt after adding an error
[[nodiscard]] std::optional<ConfigDocument> read_config(std::filesystem::path const& path, std::string const& shown,
                                                        ConfigCodes const& codes, Diagnostics& diagnostics,
                                                        std::optional<Diagnostic> naming = std::nullopt);

/// Parses the bytes of a file.
[[nodiscard]] std::optional<ConfigDocument> parse_config(std::string bytes, std::string const& shown,
                                                         ConfigCodes const& codes, Diagnostics& diagnostics);

/// A word from a file as a message quotes it: in quotation marks, cut when very long.
[[nodiscard]] std::string in_quotes(std::string_view word);

/// "; did you mean "x"?", or nothing when no candidate is near.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::vector<std::string> const& candidates);

/// "conditions: a, b, c"; long lists end in "and 7 more"; "no conditions" never: "conditions: none".
[[nodiscard]] std::string listed(std::string_view head, std::vector<std::string> const& names);

}  // namespace dossier
