#include "dossier/sources/cue_phrases.hpp"

#include <algorithm>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

using Words = std::string_view;
constexpr std::size_t max_words = 400;

constexpr auto denials =
    std::to_array<Words>({"no", "not", "non", "never", "neither", "nor", "without", "cannot", "lack", "lacks",
                          "lacking", "absence", "instead", "rather", "unlike", "few", "nothing"});
constexpr auto wishes_before = std::to_array<Words>(
    {"need",  "needs", "needed",   "future",  "further",  "more",     "ongoing", "upcoming",   "planned", "larger",
     "until", "await", "awaiting", "require", "requires", "required", "should",  "additional", "warrant", "warrants"});
constexpr auto wishes_after =
    std::to_array<Words>({"needed", "required", "warranted", "necessary", "lacking", "should", "must", "would", "could",
                          "underway", "awaited", "planned", "missing"});

std::size_t slot(char c) noexcept {
    if (c >= 'a' && c <= 'z') return static_cast<std::size_t>(c - 'a') + 1;
    if (c >= '0' && c <= '9') return static_cast<std::size_t>(c - '0') + 27;
    return 0;
}

std::size_t start_of(Words word) noexcept {
    return (word.empty() ? 0 : slot(word[0])) * 37 + (word.size() < 2 ? 0 : slot(word[1]));
}

bool is_one_of(std::span<Words const> list, std::string const& word) noexcept {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<std::string> split(Words text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        auto const end = std::min(text.find(separator), text.size());
        if (end > 0) parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

bool is_word_byte(char c) noexcept {
    return is_ascii_alpha(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

CueWords::CueWords(Words text) {
    bool hard_break = false, pause = false;
    for (std::size_t at = 0; at < text.size() && words_.size() < max_words;) {
        char const c = text[at];
        if (!is_word_byte(c)) {
            // A point within a number or an abbreviation is none that ends anything.
            bool const point = c == '.' && at + 1 < text.size() && text[at + 1] != ' ';
            hard_break = hard_break || c == ';' || c == ':' || c == '!' || c == '?' || (c == '.' && !point);
            pause = pause || hard_break || c == ',' || c == '(' || c == ')';
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() &&
               (is_word_byte(text[end]) || (text[end] == '\'' && end + 1 < text.size() && is_word_byte(text[end + 1]))))
            ++end;
        words_.push_back({std::string(text.substr(at, end - at)), hard_break, pause});
        hard_break = pause = false;
        at = end;
    }
}

CuePhrases::CuePhrases(std::span<Words const> wordings) {
    for (auto const wording : wordings) {
        Wording made;
        for (auto const& part : split(wording, ' ')) {
            Item item;
            if (part.size() == 2 && part[0] == '_')
                item.gap = slot(part[1]) - 27;
            else
                item.words = split(part, '|');
            made.push_back(std::move(item));
        }
        auto const row = static_cast<std::uint32_t>(wordings_.size());
        std::vector<std::size_t> starts;
        for (auto const& word : made.front().words) {
            if (word != "#") starts.push_back(start_of(word));
            for (std::size_t k = 0; word == "#" && k < 10 * 37; ++k)
                starts.push_back(slot('0') * 37 + k);
        }
        std::sort(starts.begin(), starts.end());
        starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
        for (auto const start : starts)
            by_start_[start].push_back(row);
        wordings_.push_back(std::move(made));
    }
}

bool CuePhrases::fits(Item const& item, std::string const& word) noexcept {
    return std::any_of(item.words.begin(), item.words.end(), [&](std::string const& wanted) {
        if (wanted == "#") return is_ascii_digit(word[0]);
        return wanted.back() == '*' ? word.starts_with(Words(wanted).substr(0, wanted.size() - 1)) : word == wanted;
    });
}

// The set of places that could be reached, item by item: no backtracking, so no blow-up.
std::size_t CuePhrases::end_of_match(Wording const& wording, CueWords const& words, std::size_t from) {
    std::vector<std::size_t> places{from}, next;
    for (auto const& item : wording) {
        next.clear();
        for (auto const place : places) {
            if (item.gap == 0) {
                bool const runs_on = place < words.size() && (place == from || !words.breaks_before(place));
                if (runs_on && fits(item, words[place])) next.push_back(place + 1);
                continue;
            }
            for (std::size_t to = place; to <= std::min(place + item.gap, words.size()); ++to) {
                if (to > place && words.breaks_before(to - 1)) break;
                next.push_back(to);
            }
        }
        if (next.empty()) return 0;
        std::sort(next.begin(), next.end());
        next.erase(std::unique(next.begin(), next.end()), next.end());
        std::swap(places, next);
    }
    return places.front();
}

std::vector<CueMatch> CuePhrases::find_in(CueWords const& words) const {
    std::vector<CueMatch> found;
    for (std::size_t i = 0; i < words.size(); ++i)
        for (auto const row : by_start_[start_of(words[i])])
            if (fits(wordings_[row].front(), words[i]))
                if (auto const end = end_of_match(wordings_[row], words, i); end > i) found.push_back({row, i, end});
    return found;
}

bool CuePhrases::any_in(CueWords const& words) const {
    return !find_in(words).empty();
}

bool is_denied(CueWords const& words, CueMatch const& match) {
    for (std::size_t i = match.begin, n = 0; i > 0 && n < 4 && !words.pauses_before(i); --i, ++n)
        if (is_one_of(denials, words[i - 1]) || words[i - 1].ends_with("n't")) return true;
    return false;
}

bool is_wished_for(CueWords const& words, CueMatch const& match) {
    for (std::size_t i = match.begin, n = 0; i > 0 && n < 5 && !words.pauses_before(i); --i, ++n)
        if (is_one_of(wishes_before, words[i - 1])) return true;
    for (std::size_t i = match.end, n = 0; i < words.size() && n < 6 && !words.pauses_before(i); ++i, ++n)
        if (is_one_of(wishes_after, words[i])) return true;
    return false;
}

}  // namespace dossier::sources
