#include "dossier/sources/metadata.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "dossier/sources/block_features.hpp"
#include "dossier/sources/byline.hpp"
#include "dossier/sources/calendar.hpp"
#include "dossier/sources/html_metadata.hpp"
#include "dossier/sources/title_in_text.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t blocks_for_byline = 40;  // bylines and dates stand near the top
constexpr std::size_t max_line_bytes = 200;

constexpr auto months = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});
constexpr auto month_tails = std::to_array<std::string_view>(
    {"uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"});

int month_of(std::string_view word) {
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (!word.starts_with(months[i])) continue;
        auto const tail = word.substr(3);
        if (tail.empty() || tail == month_tails[i] || (i == 8 && tail == "t")) return static_cast<int>(i + 1);
    }
    return 0;
}

int number_of(std::string_view digits) noexcept {
    int value = 0;
    for (char const c : digits)
        value = value * 10 + (c - '0');
    return value;
}

bool is_year(int value, std::size_t digits) noexcept {
    return digits == 4 && value >= 1800 && value <= 2199;
}

std::string two(int value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string date_from(int year, int month, int day) {
    if (month < 1 || month > 12) return std::to_string(year);
    if (!is_date(year, month, day)) return std::to_string(year) + '-' + two(month);
    return std::to_string(year) + '-' + two(month) + '-' + two(day);
}

// "2021-03-04", "2021/3/4", "2021-03" with any time after it; empty: no such date.
std::string numeric_date(std::string_view text) {
    for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
        if (at > 0 && (is_ascii_digit(text[at - 1]) || text[at - 1] == '.')) continue;
        std::array<int, 3> parts{};
        std::size_t n = 0, from = at;
        std::array<std::size_t, 3> digits{};
        while (n < 3) {
            std::size_t end = from;
            while (end < text.size() && end - from < 5 && is_ascii_digit(text[end]))
                ++end;
            if (end == from) break;
            digits[n] = end - from;
            parts[n++] = number_of(text.substr(from, end - from));
            from = end;
            if (from >= text.size() || (text[from] != '-' && text[from] != '/')) break;
            ++from;
        }
        if (n >= 2 && is_year(parts[0], digits[0]) && parts[1] >= 1 && parts[1] <= 12)
            return date_from(parts[0], parts[1], n == 3 ? parts[2] : 0);
    }
    return {};
}

struct Token {
    std::string text;
    bool number;
};

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size() && tokens.size() < 60;) {
        bool const number = is_ascii_digit(text[at]);
        if (!number && !is_ascii_alpha(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && (number ? is_ascii_digit(text[end]) : is_ascii_alpha(text[end])))
            ++end;
        tokens.push_back({ascii_lower(text.substr(at, end - at)), number});
        at = end;
        // "4th March"
        if (number && (text.substr(at, 2) == "st" || text.substr(at, 2) == "nd" || text.substr(at, 2) == "rd" ||
                       text.substr(at, 2) == "th"))
            at += 2;
    }
    return tokens;
}

std::string worded_date(std::string_view text) {
    auto const tokens = tokens_of(text);
    auto const number = [&](std::size_t i, std::size_t max_digits) {
        return i < tokens.size() && tokens[i].number && tokens[i].text.size() <= max_digits ? number_of(tokens[i].text)
                                                                                            : 0;
    };
    auto const year = [&](std::size_t i) {
        int const value = number(i, 4);
        return i < tokens.size() && is_year(value, tokens[i].text.size()) ? value : 0;
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        int const month = tokens[i].number ? 0 : month_of(tokens[i].text);
        if (month == 0) continue;
        if (int const y = year(i + 2); y > 0 && number(i + 1, 2) > 0) return date_from(y, month, number(i + 1, 2));
        if (int const y = year(i + 1); y > 0) return date_from(y, month, i > 0 ? number(i - 1, 2) : 0);
    }
    return {};
}

void state(Stated& stated, std::string value, std::string origin, bool proposed) {
    if (stated.value.empty() && !value.empty()) stated = {std::move(value), std::move(origin), proposed};
}

Stated* field_of(Article& article, std::string_view key) noexcept {
    if (key == "title") return &article.title;
    if (key == "author") return &article.author;
    if (key == "published") return &article.published;
    if (key == "publisher") return &article.publisher;
    if (key == "url") return &article.url;
    if (key == "study_design") return &article.study_design;
    if (key == "population") return &article.population;
    if (key == "conflict_of_interest") return &article.conflict_of_interest;
    if (key == "funding") return &article.funding;
    if (key == "rests_on") return &article.rests_on;
    if (key == "risk_of_bias") return &article.risk_of_bias;
    return nullptr;
}

// What readers see as the page's title has nothing of the site's name behind it.
bool is_top_heading(Document const& document, std::string_view title) {
    auto const wanted = comparable(title);
    return std::any_of(document.blocks.begin(), document.blocks.end(), [&](Block const& block) {
        return block.kind == BlockKind::heading && block.heading_level == 1 && block.text.text().size() <= 1000 &&
               comparable(block.text.text()) == wanted;
    });
}

std::string value_for(Document const& document, MetadataItem const& item, std::string_view site, bool structured) {
    if (item.key == "published") {
        auto date = iso_date(item.value);
        return date.empty() && item.origin == "front matter" ? item.value : date;
    }
    if (item.key == "title" && !structured && item.origin != "front matter") {
        if (is_top_heading(document, item.value)) return item.value;
        return without_site_suffix(item.value, item.origin == "title element" ? site : site.empty() ? "\n" : site);
    }
    if (item.key == "author" && ascii_lower(item.value).starts_with("by ")) return item.value.substr(3);
    return item.value;
}

// Of the words of `title`, at least half stand in the title element. Some sites state a description as the headline.
bool agrees_with_title_element(Document const& document, std::string_view title) {
    auto const element = std::find_if(document.metadata.begin(), document.metadata.end(),
                                      [](MetadataItem const& item) { return item.origin == "title element"; });
    if (element == document.metadata.end() || count_words(element->value) < 3) return true;
    auto const shown = comparable(element->value), stated = comparable(title);
    std::size_t n = 0, n_shown = 0;
    for (std::size_t at = 0; at < stated.size(); ++n) {
        auto const end = std::min(stated.find(' ', at), stated.size());
        if (shown.find(stated.substr(at, end - at)) != std::string::npos) ++n_shown;
        at = end + 1;
    }
    return n_shown * 2 >= n;
}

// Software fills in the site's name where nobody said more. It is the author, or the title, when nothing else is.
bool is_name_of_site(Document const& document, MetadataItem const& item) {
    if (item.key != "author" && item.key != "title") return false;
    auto const name = comparable(item.value);
    return std::any_of(document.metadata.begin(), document.metadata.end(), [&](MetadataItem const& other) {
        return other.key == "publisher" && comparable(other.value) == name;
    });
}

void state_from_format(Document const& document, bool structured, Article& article) {
    std::string site;
    for (auto const& item : document.metadata)
        if (item.key == "publisher" && site.empty()) site = item.value;
    for (bool const names_of_site : {false, true})
        for (auto const& item : document.metadata) {
            bool const declared = item.key == "title" && item.origin.starts_with("JSON-LD");
            if (declared && !agrees_with_title_element(document, item.value)) continue;
            if (!structured && item.origin != "front matter" && is_name_of_site(document, item) != names_of_site)
                continue;
            if (auto* const field = field_of(article, item.key))
                state(*field, value_for(document, item, site, structured), item.origin, item.origin != "front matter");
        }
}

// The page's own first heading is what readers see as its title; it settles how much of the title element is the site's.
void state_heading_title(Document const& document, Article& article) {
    if (article.title.origin == "front matter") return;
    std::string only;
    std::size_t n = 0;
    for (auto const& block : document.blocks)
        if (block.kind == BlockKind::heading && block.heading_level == 1 && !block.furniture &&
            count_words(block.text.text()) >= 2 && n++ == 0)
            only = folded(block.text.text());
    if (only.empty() || only.size() > 300) return;
    bool const weak = article.title.value.empty() || article.title.origin == "title element";
    bool const within = comparable(article.title.value).find(comparable(only)) != std::string::npos;
    if (article.title.value.empty() || (weak && (n == 1 || within))) article.title = {only, "first heading", true};
}

// A year and a day have five digits at least.
bool may_hold_day(std::string_view text) {
    return text.size() <= max_line_bytes && std::count_if(text.begin(), text.end(), is_ascii_digit) >= 5;
}

std::string line_of(Block const& block) {
    return block.text.text().size() <= max_line_bytes ? folded(block.text.text()) : std::string();
}

void state_byline(Document const& document, Article& article) {
    std::size_t looked_at = 0;
    for (auto const& block : document.blocks) {
        if (block.furniture) continue;
        if (++looked_at > blocks_for_byline && !block.byline) break;
        if (block.text.text().size() > max_line_bytes) continue;
        if (auto name = name_in_byline(block.text.text()); !name.empty())
            return state(article.author, std::move(name), "byline", true);
    }
}

// A line of its own that states a date: "Published: March 4, 2021". An update is not a publication.
void state_dateline(Document const& document, Article& article) {
    std::size_t looked_at = 0;
    for (auto const& block : document.blocks) {
        if (block.furniture) continue;
        if (++looked_at > blocks_for_byline) break;
        if (!may_hold_day(block.text.text())) continue;
        auto const line = line_of(block);
        if (line.empty() || count_words(line) > 14 || is_terminated(line)) continue;
        auto const lower = ascii_lower(line);
        if (lower.find("updated") != std::string::npos || lower.find("reviewed") != std::string::npos ||
            lower.find("copyright") != std::string::npos)
            continue;
        bool const labelled = lower.find("publish") != std::string::npos || lower.find("posted") != std::string::npos ||
                              lower.starts_with("date") || lower.starts_with("by ");
        if (!labelled && count_words(line) > 6) continue;
        if (auto date = iso_date(line); date.size() == 10)
            return state(article.published, std::move(date), "date line", true);
    }
}

}  // namespace

std::string iso_date(std::string_view text) {
    auto const inner = trimmed(text);
    if (inner.size() == 4 && std::all_of(inner.begin(), inner.end(), is_ascii_digit) && is_year(number_of(inner), 4))
        return std::string(inner);
    if (inner.size() == 8 && std::all_of(inner.begin(), inner.end(), is_ascii_digit) &&
        is_year(number_of(inner.substr(0, 4)), 4))
        return date_from(number_of(inner.substr(0, 4)), number_of(inner.substr(4, 2)), number_of(inner.substr(6, 2)));
    if (auto date = numeric_date(inner); !date.empty()) return date;
    return worded_date(inner);
}

void state_metadata(Document const& document, std::vector<BlockFeatures> const& features, Format format,
                    Article& article) {
    state_from_format(document, is_structured(format), article);
    if (format == Format::text)
        state(article.title, title_in_text(document, features), "first lines", true);
    else
        state_heading_title(document, article);
    if (article.author.value.empty()) state_byline(document, article);
    if (article.published.value.empty()) state_dateline(document, article);
}

}  // namespace dossier::sources
