#include "dossier/sources/pdf/pdf_lines.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>

#include "dossier/sources/block_features.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t edge_lines = 4;           // a running head or foot has no more
constexpr std::size_t longest_furniture = 200;  // bytes of one such line
constexpr std::size_t longest_page_number = 5;  // digits
constexpr std::size_t shortest_foot = 12;       // bytes, where its place does not show what it is

/// Numbers of a page's lines that hold text.
using Page = std::vector<std::size_t>;

std::vector<Page> pages_of(std::vector<PdfLine> const& lines) {
    std::vector<Page> pages(lines.empty() ? 0 : lines.back().page);
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (!lines[i].text.empty()) pages[lines[i].page - 1].push_back(i);
    return pages;
}

/// The line with its numbers as "#": what is the same on every page.
std::string pattern_of(std::string_view line) {
    if (line.size() > longest_furniture) return {};
    std::string pattern;
    for (char const c : comparable(line)) {
        if (!is_ascii_digit(c))
            pattern += c;
        else if (!pattern.ends_with('#'))
            pattern += '#';
    }
    return pattern;
}

/// "Table 2", "Figure 1" and list numbers come again and again, too, but they are no running heads.
bool may_run(std::string const& pattern) {
    if (pattern.empty()) return false;
    return !pattern.starts_with("table #") && !pattern.starts_with("figure #") && !pattern.starts_with("fig. #");
}

/// The number of a line that may be a page number: "7", "- 7 -", "Page 7", "7 of 12", "7/12".
std::optional<long> page_number(std::string_view line) {
    auto text = comparable(line);
    if (text.starts_with("page ")) text.erase(0, 5);
    auto const begin = text.find_first_of("0123456789");
    if (begin == std::string::npos || text.find_first_not_of("0123456789-|[]()./ of") != std::string::npos) return {};
    auto const end = std::min(text.find_first_not_of("0123456789", begin), text.size());
    if (end - begin > longest_page_number || text.find_first_not_of("-|[]( ") < begin) return {};
    auto const rest = trimmed(std::string_view(text).substr(end));
    bool const counts = rest.starts_with("of ") || rest.starts_with('/');
    if (!counts && rest.find_first_not_of("-|])") != std::string_view::npos) return {};
    long number = 0;
    std::from_chars(text.data() + begin, text.data() + end, number);
    return number;
}

bool is_roman(std::string_view line) {
    return !line.empty() && line.size() <= 7 && line.find_first_not_of("ivxl") == std::string_view::npos;
}

class FurnitureMarker {
public:
    explicit FurnitureMarker(std::vector<PdfLine>& lines) : lines_(lines), pages_(pages_of(lines)) {
        note_inner_lines();
    }

    void mark() {
        mark_page_numbers();
        mark_roman_numbers();
        for (bool const top : {true, false})
            mark_running_lines(top);
        mark_lines_of_most_pages();
    }

private:
    /// The outermost line that is not marked yet.
    [[nodiscard]] std::optional<std::size_t> at_edge(Page const& page, bool top) const {
        for (std::size_t k = 0; k < page.size(); ++k) {
            auto const line = top ? page[k] : page[page.size() - 1 - k];
            if (!lines_[line].furniture) return line;
        }
        return std::nullopt;
    }

    // From the edge inwards, line by line, as long as something comes again.
    void mark_running_lines(bool top) {
        for (std::size_t depth = 0; depth < edge_lines; ++depth) {
            std::map<std::string, std::vector<std::size_t>> places;
            for (auto const& page : pages_)
                if (auto const line = at_edge(page, top)) {
                    auto pattern = pattern_of(lines_[*line].text);
                    if (may_run(pattern)) places[std::move(pattern)].push_back(*line);
                }
            bool found = false;
            for (auto const& [pattern, these] : places) {
                if (these.size() < enough() || are_of_the_text(these)) continue;
                found = true;
                for (auto const line : these)
                    lines_[line].furniture = true;
            }
            if (!found) return;
        }
    }

    // Columns and boxes may put a running foot into the midst of the reading order.
    void mark_lines_of_most_pages() {
        if (pages_.size() < 4) return;
        std::map<std::string, std::vector<std::size_t>> places;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (lines_[i].furniture || lines_[i].text.size() < shortest_foot || !ends_block(i)) continue;
            auto pattern = pattern_of(lines_[i].text);
            if (!may_run(pattern)) continue;
            auto& these = places[std::move(pattern)];
            if (these.empty() || lines_[these.back()].page != lines_[i].page) these.push_back(i);
        }
        for (auto const& [pattern, these] : places)
            if (these.size() * 2 >= pages_.size() && !are_of_the_text(these))
                for (auto const line : these)
                    lines_[line].furniture = true;
    }

    // --- lines of the text that come again by chance, or because the text does ---

    /// Whether most of these lines, which are alike, are none that runs along the pages.
    [[nodiscard]] bool are_of_the_text(std::vector<std::size_t> const& lines) const {
        auto const n = std::count_if(lines.begin(), lines.end(), [&](std::size_t line) {
            return comes_again_within_page(line) || stands_in_sentence(line);
        });
        return static_cast<std::size_t>(n) * 2 > lines.size();
    }

    void note_inner_lines() {
        for (auto const& page : pages_)
            for (std::size_t k = edge_lines; k + edge_lines < page.size(); ++k)
                if (auto pattern = pattern_of(lines_[page[k]].text); !pattern.empty())
                    inner_lines_[std::move(pattern)].push_back(page[k]);
    }

    /// At another place than the top and the bottom.
    [[nodiscard]] bool comes_again_within_page(std::size_t line) const {
        auto const alike = inner_lines_.find(pattern_of(lines_[line].text));
        if (alike == inner_lines_.end()) return false;
        auto const page = lines_[line].page;
        auto const first = std::lower_bound(alike->second.begin(), alike->second.end(), page,
                                            [&](std::size_t i, std::size_t p) { return lines_[i].page < p; });
        for (auto i = first; i != alike->second.end() && lines_[*i].page == page; ++i)
            if (*i != line) return true;
        return false;
    }

    /// Whether a sentence runs into the line or out of it. A line with numbers, or shorter than its column, may be a head
    /// above a line that goes on from the page before.
    [[nodiscard]] bool stands_in_sentence(std::size_t line) const {
        auto const text = lines_[line].text;
        auto const before = text_before(line);
        if (before && begins_lower(text) && !is_address(text) && !is_terminated(lines_[*before].text)) return true;
        bool const last = line + 1 == lines_.size() || lines_[line + 1].page != lines_[line].page;
        if (last || has_number(text) || is_terminated(text)) return false;
        auto const next = lines_[line + 1].text;
        return begins_lower(next) && text.size() * 5 >= next.size() * 4;
    }

    /// The line above in the same block; above the first line of a page, the last of the page before.
    [[nodiscard]] std::optional<std::size_t> text_before(std::size_t line) const {
        if (line == 0) return std::nullopt;
        auto const page = lines_[line].page;
        bool const below_another = lines_[line - 1].page == page;
        if (below_another) return lines_[line - 1].text.empty() ? std::nullopt : std::optional(line - 1);
        if (has_number(lines_[line].text)) return std::nullopt;
        for (std::size_t i = line; i-- > 0 && lines_[i].page + 1 >= page;)
            if (!lines_[i].text.empty() && !lines_[i].furniture) return i;
        return std::nullopt;
    }

    static bool has_number(std::string_view text) noexcept {
        return std::any_of(text.begin(), text.end(), is_ascii_digit);
    }

    /// Names such as "eLife" are no words of a sentence.
    static bool begins_lower(std::string_view text) noexcept {
        auto const word = text.substr(0, text.find(' '));
        return !text.empty() && is_lower(code_point_at(text, 0).value) &&
               std::none_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    }

    static bool is_address(std::string_view text) noexcept {
        return text.starts_with("www.") || text.starts_with("doi") || text.find("://") != std::string_view::npos ||
               text.find('@') != std::string_view::npos;
    }

    /// Heads may differ from chapter to chapter, and between left and right pages.
    [[nodiscard]] std::size_t enough() const noexcept { return pages_.size() <= 4 ? 2 : 3; }

    /// Whether the line stands at an end of a block of text, where page numbers are.
    [[nodiscard]] bool ends_block(std::size_t line) const noexcept {
        bool const first = line == 0 || lines_[line - 1].text.empty() || lines_[line - 1].page != lines_[line].page;
        bool const last =
            line + 1 == lines_.size() || lines_[line + 1].text.empty() || lines_[line + 1].page != lines_[line].page;
        return first || last;
    }

    // The number that grows by one from page to page.
    void mark_page_numbers() {
        std::map<long, std::vector<std::size_t>> by_distance;  // from the page's place in the file
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (lines_[i].text.empty() || lines_[i].text.size() > 40 || !ends_block(i)) continue;
            if (auto const number = page_number(lines_[i].text)) {
                auto& these = by_distance[*number - static_cast<long>(lines_[i].page)];
                if (these.empty() || lines_[these.back()].page != lines_[i].page)
                    these.push_back(i);
                else
                    these.back() = i;  // of several on a page the last
            }
        }
        auto const most = std::max_element(by_distance.begin(), by_distance.end(), [](auto const& a, auto const& b) {
            return a.second.size() < b.second.size();
        });
        if (most == by_distance.end()) return;
        bool const alone = pages_.size() == 1 && is_last(most->second.front());
        if (!alone && (most->second.size() < 2 || most->second.size() * 3 < pages_.size())) return;
        for (auto const line : most->second)
            lines_[line].furniture = true;
    }

    // Of front matter: "iv" as the first or last line of a page.
    void mark_roman_numbers() {
        for (auto const& page : pages_) {
            if (page.size() < 2) continue;
            for (auto const line : {page.front(), page.back()})
                if (is_roman(lines_[line].text)) lines_[line].furniture = true;
        }
    }

    [[nodiscard]] bool is_last(std::size_t line) const noexcept {
        auto const& page = pages_[lines_[line].page - 1];
        return page.size() > 1 && page.back() == line;
    }

    std::vector<PdfLine>& lines_;
    std::vector<Page> pages_;
    std::map<std::string, std::vector<std::size_t>> inner_lines_;  // by pattern, in order
};

}  // namespace

std::vector<PdfLine> pdf_lines(std::string_view text) {
    std::vector<PdfLine> lines;
    std::size_t page = 1;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find_first_of("\n\f", at), text.size());
        auto const line = trimmed(text.substr(at, end - at));
        bool const page_ends = end < text.size() && text[end] == '\f';
        // Line breaks and form feeds are white space: a page's end is no line of its own.
        if (!line.empty())
            lines.push_back({line, static_cast<std::size_t>(line.data() - text.data()), page, false});
        else if (!page_ends)
            lines.push_back({{}, at, page, false});
        if (page_ends) ++page;
        at = end + 1;
    }
    return lines;
}

void mark_furniture(std::vector<PdfLine>& lines) {
    FurnitureMarker(lines).mark();
}

}  // namespace dossier::sources
