#include "golden/text_diff.hpp"

#include <algorithm>
#include <vector>

namespace dossier::test {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool is_text(std::string_view bytes) {
    return bytes.find('\0') == std::string_view::npos && !bytes.starts_with("%PDF");
}

std::string binary_difference(std::string_view expected, std::string_view actual) {
    auto const shorter = std::min(expected.size(), actual.size());
    std::size_t at = 0;
    while (at < shorter && expected[at] == actual[at])
        ++at;
    return std::to_string(expected.size()) + " bytes expected, " + std::to_string(actual.size()) +
           " found, first difference at byte " + std::to_string(at) + "\n";
}

/// How many equal lines two line lists end in, beyond the first `from` lines of each.
std::size_t equal_tail(std::vector<std::string_view> const& a, std::vector<std::string_view> const& b,
                       std::size_t from) {
    std::size_t n = 0;
    while (n < a.size() - from && n < b.size() - from && a[a.size() - 1 - n] == b[b.size() - 1 - n])
        ++n;
    return n;
}

void add_lines(std::string& out, char sign, std::vector<std::string_view> const& lines, std::size_t begin,
               std::size_t end, std::size_t most) {
    auto const last = std::min(end, begin + most);
    for (std::size_t i = begin; i < last; ++i)
        out.append(1, sign).append(std::to_string(i + 1)).append(": ").append(lines[i]).append("\n");
    if (last < end) out.append(1, sign).append("… ").append(std::to_string(end - last)).append(" more lines\n");
}

}  // namespace

std::string difference(std::string_view expected, std::string_view actual, std::size_t most_lines) {
    if (expected == actual) return {};
    if (!is_text(expected) || !is_text(actual)) return binary_difference(expected, actual);
    auto const before = lines_of(expected), after = lines_of(actual);
    std::size_t first = 0;
    while (first < before.size() && first < after.size() && before[first] == after[first])
        ++first;
    auto const tail = equal_tail(before, after, first);
    std::string shown;
    add_lines(shown, '-', before, first, before.size() - tail, most_lines);
    add_lines(shown, '+', after, first, after.size() - tail, most_lines);
    return shown.empty() ? "the files differ in their last line break only\n" : shown;
}

}  // namespace dossier::test
