// Text, dates and addresses as Excel can hold them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::formats {

/// A cell holds 32,767 units of UTF-16; this leaves room for the sentence that says where the text goes on.
inline constexpr std::size_t longest_cell = 32'000;

/// `text` cleaned, with line feeds for its line breaks and nothing that XML forbids. Not limited in length.
[[nodiscard]] std::string cell_text(std::string_view text);

/// `text` with "_x0041_" written so that Excel shows these seven characters and not the "A" it would read.
[[nodiscard]] std::string escaped(std::string_view text);

/// `text` in pieces that each fit into a cell once they are escaped; one empty piece if it is empty.
[[nodiscard]] std::vector<std::string_view> pieces_of(std::string_view text);

/// How wide `text` is, in digits of the default font: its longest line, East Asian characters counting twice.
[[nodiscard]] std::size_t width_of(std::string_view text) noexcept;

/// How many lines `text` takes in a column of `width` digits, near enough.
[[nodiscard]] std::size_t lines_of(std::string_view text, std::size_t width) noexcept;

/// The day as spreadsheets count, from 1899-12-30. nullopt unless `date` is a whole date ("2026-11-22") of the calendar
/// that all spreadsheets count alike, from 1900-03-01 to 9999-12-31.
[[nodiscard]] std::optional<double> day_number(std::string_view date) noexcept;

/// Seconds from 1970 to the beginning of `date`; of 1980-01-01 if that is no whole date.
[[nodiscard]] long long seconds_since_1970(std::string_view date) noexcept;

/// `address` as a link may hold it, its unusual characters percent-encoded; nullopt if no document may lead to it
/// (formats/shared/web_address.hpp), or if it is then longer than Excel allows (2,079 characters, of which 255 behind the "#").
[[nodiscard]] std::optional<std::string> linkable(std::string_view address);

}  // namespace dossier::formats
