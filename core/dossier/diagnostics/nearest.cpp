// The nearest name: optimal string alignment distance (Damerau-Levenshtein with each transposition edited
// once).
#include <utf8proc.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"

namespace dossier {
namespace {

using Letters = std::vector<utf8proc_int32_t>;

constexpr std::size_t longest_name = 100;  // a longer one is no misspelt name

/// Code points in lower case, '-' and '_' alike; invalid bytes stand for themselves.
Letters letters_of(std::string_view word) {
    Letters letters;
    auto const* bytes = reinterpret_cast<utf8proc_uint8_t const*>(word.data());
    for (std::size_t offset = 0; offset < word.size() && letters.size() <= longest_name;) {
        utf8proc_int32_t letter = 0;
        auto const read =
            utf8proc_iterate(bytes + offset, static_cast<utf8proc_ssize_t>(word.size() - offset), &letter);
        letters.push_back(read > 0 ? (letter == '-' ? '_' : utf8proc_tolower(letter)) : bytes[offset]);
        offset += read > 0 ? static_cast<std::size_t>(read) : 1;
    }
    return letters;
}

std::size_t distance(Letters const& a, Letters const& b) {
    std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last = std::move(last);
        last = std::move(row);
        row.assign(b.size() + 1, i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            bool const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row[b.size()];
}

/// Words joined by '_' that begin or end the other: "direction" in "usual_direction".
bool is_part_of(Letters const& part, Letters const& whole) {
    if (part.size() < 4 || part.size() >= whole.size()) return false;
    auto const rest = whole.size() - part.size();
    return (std::equal(part.begin(), part.end(), whole.begin()) && whole[part.size()] == '_') ||
           (std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(rest)) &&
            whole[rest - 1] == '_');
}

/// Some letters of the other in their order, the first among them: "md" of "markdown".
bool abbreviates(Letters const& word, Letters const& whole) {
    if (word.size() < 2 || word.size() >= whole.size() || word.front() != whole.front()) return false;
    auto next = word.begin();
    for (auto const letter : whole)
        if (next != word.end() && *next == letter) ++next;
    return next == word.end();
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<std::string const> candidates) {
    auto const letters = letters_of(word);
    if (letters.empty() || letters.size() > longest_name) return {};
    std::string_view best, containing, abbreviated;
    std::size_t abbreviations = 0;
    auto best_distance = longest_name;
    for (auto const& candidate : candidates) {
        auto const other = letters_of(candidate);
        if (other.size() > longest_name) continue;
        // One slip in three letters; a name of which nothing is left right is another name.
        auto const longer = std::max(letters.size(), other.size());
        auto const slips = distance(letters, other);
        if (slips <= (longer + 2) / 3 && slips < std::min(letters.size(), other.size()) && slips < best_distance) {
            best = candidate;
            best_distance = slips;
        }
        if (containing.empty() && (is_part_of(letters, other) || is_part_of(other, letters))) containing = candidate;
        if (abbreviates(letters, other) && ++abbreviations == 1) abbreviated = candidate;
    }
    if (!best.empty()) return best;
    if (!containing.empty()) return containing;
    return abbreviations == 1 ? abbreviated : std::string_view();
}

}  // namespace dossier
