#include "dossier/sources/sentences.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "dossier/sources/lost_line_breaks.hpp"
#include "dossier/sources/unicode.hpp"
#include "dossier/sources/word_numbers.hpp"

namespace dossier {
namespace {

using namespace sources;

// A stop after these never ends a sentence: a name or a number follows. Lower case.
constexpr auto never_final = std::to_array<std::string_view>(
    {"adj",  "adm",  "ald",  "brig", "capt", "cf",   "cmdr",  "col",  "comdr", "cpl",    "det",  "dr", "drs", "ens",
     "fig",  "figs", "gen",  "gov",  "hon",  "insp", "lieut", "lt",   "maj",   "messrs", "mlle", "mm", "mme", "mr",
     "mrs",  "ms",   "msgr", "mt",   "nos",  "pp",   "pres",  "prof", "rep",   "reps",   "rev",  "rs", "sec", "sen",
     "sens", "sfc",  "sgt",  "sr",   "st",   "supt", "surg",  "viz",  "vol",   "vols",   "vs"});

// A stop after these ends a sentence only before a word that begins one. Lower case.
constexpr auto abbreviations = std::to_array<std::string_view>(
    {"al",    "alt",       "approx", "apr",     "apt",  "assn", "assoc",  "aug",   "ave",   "avg",  "biol", "bldg",
     "blvd",  "bros",      "btw",    "ca",      "chap", "chem", "clin",   "cm",    "co",    "conc", "corp", "ct",
     "dec",   "def",       "dept",   "diam",    "dist", "e.g",  "ed",     "eds",   "eq",    "esp",  "est",  "etc",
     "exp",   "ext",       "f.e",    "fax",     "feb",  "fri",  "ft",     "govt",  "hosp",  "hr",   "hrs",  "i.e",
     "i.v",   "inc",       "incl",   "inj",     "jan",  "jr",   "kg",     "km",    "lb",    "lbs",  "ltd",  "max",
     "med",   "mg",        "min",    "misc",    "ml",   "mon",  "neg",    "nov",   "oct",   "op",   "orig", "oz",
     "par",   "pharmacol", "pos",    "psychol", "pvt",  "rd",   "ref",    "refs",  "repr",  "resp", "sat",  "sci",
     "sept",  "seq",       "soln",   "sp",      "spp",  "st",   "subcut", "subsp", "suppl", "tab",  "tel",  "temp",
     "trans", "univ",      "var",    "ver",     "vers", "wk",   "wt",     "yr",    "yrs"});

// Before a number these are abbreviations, else words.
constexpr auto before_numbers =
    std::to_array<std::string_view>({"art", "ch", "eq", "fig", "no", "nr", "p", "para", "pp", "sec", "tab", "vol"});

// Words that often begin a sentence and seldom a name: after "U.S." or "Inc." they say that a new sentence begins.
constexpr auto sentence_starters = std::to_array<std::string_view>(
    {"a",     "after", "all",  "although", "an",   "and",     "another", "as",    "at",   "because", "before", "both",
     "but",   "by",    "did",  "do",       "does", "each",    "even",    "every", "few",  "finally", "for",    "from",
     "he",    "her",   "here", "his",      "how",  "however", "i",       "if",    "in",   "is",      "it",     "its",
     "many",  "may",   "more", "most",     "my",   "no",      "not",     "now",   "of",   "on",      "one",    "or",
     "other", "our",   "she",  "since",    "so",   "some",    "such",    "that",  "the",  "their",   "then",   "there",
     "these", "they",  "this", "those",    "to",   "under",   "we",      "what",  "when", "while",   "who",    "you"});

// In lower case they begin a sentence after a stop, where the writer does without capitals. No prepositions: "conc. of"
// may be an abbreviation that nobody has listed.
constexpr auto lower_starters = std::to_array<std::string_view>(
    {"also", "and", "are",  "because", "but",    "can",   "did",  "do",    "does",  "he",   "how",  "i",
     "if",   "is",  "it",   "its",     "just",   "lol",   "many", "maybe", "my",    "no",   "not",  "please",
     "plus", "she", "so",   "some",    "thanks", "that",  "the",  "there", "these", "they", "this", "those",
     "was",  "we",  "what", "when",    "where",  "which", "who",  "why",   "you",   "your"});

// Words of two letters that may be the last of a sentence and that no abbreviation looks like.
constexpr auto short_last_words = std::to_array<std::string_view>(
    {"be", "do", "go", "he", "in", "is", "it", "me", "of", "on", "so", "to", "up", "us"});

// Ends of host names: "Example.Com" is one, not two sentences.
constexpr auto host_ends = std::to_array<std::string_view>({"co", "com", "edu", "gov", "info", "net", "org", "uk"});

// What a word is to the stop beside it; several may hold.
enum WordKind : std::uint8_t {
    ends_nothing = 1,      // never_final
    abbreviates = 2,       // abbreviations
    precedes_number = 4,   // before_numbers
    starts_sentence = 8,   // sentence_starters
    starts_in_lower = 16,  // lower_starters
    is_short_last = 32,    // short_last_words
    ends_host = 64         // host_ends
};

/// All those words, found with one look.
class WordKinds {
public:
    WordKinds() : kinds_(1) {
        add(never_final, ends_nothing);
        add(abbreviations, abbreviates);
        add(before_numbers, precedes_number);
        add(sentence_starters, starts_sentence);
        add(lower_starters, starts_in_lower);
        add(short_last_words, is_short_last);
        add(host_ends, ends_host);
    }
    /// 0: none of them.
    [[nodiscard]] unsigned of(std::string_view lower_word) const noexcept { return kinds_[words_.find(lower_word)]; }

private:
    void add(std::span<std::string_view const> words, WordKind kind) {
        for (auto const word : words) {
            auto const number = words_.add(word);
            kinds_.resize(words_.size() + 1);
            kinds_[number] = static_cast<std::uint8_t>(kinds_[number] | kind);
        }
    }
    WordNumbers words_;
    std::vector<std::uint8_t> kinds_;  // by number of the word
};

unsigned kinds_of(std::string_view lower_word) {
    static WordKinds const kinds;
    return kinds.of(lower_word);
}

bool is_terminator(char32_t c) noexcept {
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}
bool is_closer(char32_t c) noexcept {
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == 0x201D || c == 0x2019 || c == 0xBB ||
           c == 0x203A;
}
bool is_opener(char32_t c) noexcept {
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == 0x201C || c == 0x2018 || c == 0xAB || c == 0xA1 ||
           c == 0xBF || c == '_' || c == '*';
}

constexpr bool may_be_terminator(char c) noexcept {
    return c == '.' || c == '!' || c == '?' || static_cast<unsigned char>(c) >= 0xE2;
}

// Bytes at which, within a word, nothing begins or ends.
constexpr auto ordinary_bytes = [] {
    std::array<bool, 256> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto const c = static_cast<char>(i);
        bytes[i] = !may_be_terminator(c) && std::string_view(" ()[]").find(c) == std::string_view::npos;
    }
    return bytes;
}();

constexpr std::size_t max_parenthesis = 400;  // bytes; what is longer is no parenthesis but a passage

// One stop, with all that belongs to it.
struct Stop {
    std::size_t begin = 0;  // of the terminator
    std::size_t end = 0;    // past further terminators, closers and footnote marks
    std::size_t next = 0;   // of the next character that is no white space, or the end of the text
    bool exclaims = false;  // has ! or ?
    bool ellipsis = false;
    bool closed = false;  // closers follow the terminator
};

class Splitter {
public:
    Splitter(std::string_view text, std::size_t max_bytes)
        : text_(text), max_bytes_(std::max<std::size_t>(max_bytes, 64)) {
        constexpr std::size_t bytes_per_sentence = 64;  // more or less
        spans_.reserve(text.size() / bytes_per_sentence + 1);
    }

    std::vector<SentenceSpan> split() {
        for (std::size_t at = 0; at < text_.size();) {
            if (at > 0 && text_[at - 1] != ' ') at = past_plain_words(at);
            if (at == text_.size()) break;
            if (starts_next_item(at)) {
                begin_sentence(at);
                at = std::max(item_end_, at + 1);
                continue;
            }
            if (starts_word(at) && may_begin_line(at) && has_lost_line_break(text_, begin_, at)) begin_sentence(at);
            if (!may_be_terminator(text_[at])) {
                track(at);
                ++at;
                continue;
            }
            auto const c = code_point_at(text_, at);
            if (!is_terminator(c.value)) {
                track(at);
                at += c.length;
                continue;
            }
            auto const stop = stop_at(at);
            if (ends_sentence(stop)) {
                close(stop.end);
                begin_ = stop.next;
                depth_ = 0;
            } else {
                for (std::size_t i = stop.begin; i < stop.end; ++i)
                    track(i);
            }
            at = stop.end;
        }
        close(text_.size());
        return std::move(spans_);
    }

private:
    void begin_sentence(std::size_t at) {
        close(at);
        begin_ = at;
        depth_ = 0;
    }

    [[nodiscard]] bool starts_word(std::size_t at) const noexcept {
        return at > begin_ && at >= item_end_ && text_[at - 1] == ' ' && text_[at] != ' ' && text_[at] != '\n';
    }

    [[nodiscard]] std::size_t past_ordinary(std::size_t at) const noexcept {
        while (at < text_.size() && ordinary_bytes[static_cast<unsigned char>(text_[at])])
            ++at;
        return at;
    }

    // Words at which, by their first letters, no sentence begins and nothing else is to be seen.
    [[nodiscard]] std::size_t past_plain_words(std::size_t at) noexcept {
        at = past_ordinary(at);
        if (last_item_.style != 0 || begins_with_label()) return at;
        while (at + 1 < text_.size() && text_[at] == ' ' &&
               is_within_line(text_[at + 1], text_[at - 1], at + 1 - begin_))
            at = past_ordinary(at + 2);
        return at;
    }

    [[nodiscard]] bool has_label_at(std::size_t at) const noexcept {
        constexpr std::size_t longest = 120;
        auto const is_blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
        std::size_t end = at;
        while (end < text_.size() && end - at < longest && !is_blank(text_[end]))
            ++end;
        return end > at && text_[end - 1] == ':';
    }

    [[nodiscard]] bool begins_with_label() noexcept {
        if (labels_of_ != begin_) {
            has_label_ = has_label_at(begin_);
            labels_of_ = begin_;
        }
        return has_label_;
    }

    // Nearly all words stand within a line, as they and what is before them show at once.
    [[nodiscard]] bool may_begin_line(std::size_t at) noexcept {
        return begins_with_label() || at < 2 || !is_within_line(text_[at], text_[at - 2], at - begin_);
    }

    // --- items of a list that was run together: "1) One 2) Two", "a. One b. Two", "\u2022 One \u2022 Two" ---

    struct Marker {
        char style = 0;  // '1' or 'a', or the last byte of a bullet; 0: none
        int value = 0;
        std::size_t length = 0;  // without the white space after it
    };

    Marker marker_at(std::size_t at) const noexcept {
        for (std::string_view const bullet : {"\u2022", "\u2043"})
            if (text_.substr(at, bullet.size()) == bullet) {
                auto const numbered =
                    number_marker_at(at + bullet.size() + (text_.substr(at + bullet.size(), 1) == " " ? 1 : 0));
                std::size_t const tail = numbered.length > 0 ? text_.substr(at + bullet.size(), 1) == " " ? 1 : 0 : 0;
                return {bullet.back(), 0, bullet.size() + tail + numbered.length};
            }
        return number_marker_at(at);
    }

    Marker number_marker_at(std::size_t at) const noexcept {
        Marker marker;
        std::size_t end = at;
        while (end < text_.size() && end - at < 2 && is_ascii_digit(text_[end]))
            marker.value = marker.value * 10 + (text_[end++] - '0');
        if (end > at)
            marker.style = '1';
        else if (end < text_.size() && text_[end] >= 'a' && text_[end] <= 'z') {
            marker.style = 'a';
            marker.value = text_[end++] - 'a' + 1;
        }
        std::size_t const signs = end;
        while (end < text_.size() && end - signs < 2 && (text_[end] == '.' || text_[end] == ')'))
            ++end;
        if (end == signs || end >= text_.size() || text_[end] != ' ') return {};
        marker.length = end - at;
        return marker;
    }

    // Only a block that begins as a list is one, and only the next number goes on with it.
    bool starts_next_item(std::size_t at) noexcept {
        if (at == 0) {
            last_item_ = marker_at(0);
            if (last_item_.style == '1' || last_item_.style == 'a')
                last_item_.style = last_item_.value == 1 ? last_item_.style : '\0';
            item_end_ = last_item_.style ? last_item_.length : 0;
            return false;
        }
        if (last_item_.style == 0 || text_[at - 1] != ' ') return false;
        auto const marker = marker_at(at);
        if (marker.style != last_item_.style || (marker.value != 0 && marker.value != last_item_.value + 1))
            return false;
        last_item_ = marker;
        item_end_ = at + marker.length;
        return true;
    }

    // Parentheses that are open: a stop within them ends nothing, unless the sentence began with them.
    void track(std::size_t at) noexcept {
        if ((text_[at] == '(' || text_[at] == '[') && closes_within_reach(at)) {
            ++depth_;
            opened_ = at;
        }
        if ((text_[at] == ')' || text_[at] == ']') && depth_ > 0) --depth_;
    }

    static bool is_closing(char c) noexcept { return c == ')' || c == ']'; }

    // What is never closed was a slip of the pen.
    bool closes_within_reach(std::size_t at) noexcept {
        if (next_closing_ <= at)
            for (next_closing_ = at; next_closing_ < text_.size() && !is_closing(text_[next_closing_]);)
                ++next_closing_;
        return next_closing_ - at < max_parenthesis;
    }

    Stop stop_at(std::size_t at) const noexcept {
        Stop stop;
        stop.begin = stop.end = at;
        std::size_t n_stops = 0;
        while (stop.end < text_.size()) {
            auto const c = code_point_at(text_, stop.end);
            if (!is_terminator(c.value)) break;
            ++n_stops;
            if (c.value == '!' || c.value == '?') stop.exclaims = true;
            if (c.value == 0x2026) stop.ellipsis = true;
            stop.end += c.length;
            if (n_stops == 1 && leaves_out_before(at)) break;
            // ". . ." is one ellipsis
            if (c.value == '.' && text_.substr(stop.end, 2) == " .") {
                stop.end += 1;
                stop.ellipsis = true;
            }
        }
        if (n_stops >= 2 && !stop.exclaims) stop.ellipsis = true;
        take_closers(stop);
        stop.next = past_space(stop.end);
        if (auto const emoticon = stop.next > stop.end ? emoticon_length(text_, stop.next) : 0; emoticon > 0) {
            stop.end = stop.next + emoticon;
            stop.next = past_space(stop.end);
        }
        return stop;
    }

    // "compounds. . . . The practice": the first of four spaced dots ends the sentence, the others leave words out.
    [[nodiscard]] bool leaves_out_before(std::size_t at) const noexcept {
        constexpr std::string_view four_dots = ". . . . ";
        if (at == begin_ || text_[at - 1] == ' ' || !text_.substr(at).starts_with(four_dots)) return false;
        return at + four_dots.size() < text_.size() && is_upper(code_point_at(text_, at + four_dots.size()).value);
    }

    [[nodiscard]] std::size_t past_space(std::size_t at) const noexcept {
        while (at < text_.size()) {
            auto const c = code_point_at(text_, at);
            if (!is_space(c.value)) break;
            at += c.length;
        }
        return at;
    }

    void take_closers(Stop& stop) const noexcept {
        while (stop.end < text_.size()) {
            auto const c = code_point_at(text_, stop.end);
            if (is_closer(c.value) && !(is_opener(c.value) && opens_at(stop.end, c.length))) {
                stop.end += c.length;
                stop.closed = true;
            } else if (depth_ > 0 && text_.substr(stop.end, 2) == " )") {
                stop.end += 2;
                stop.closed = true;
            } else if (c.value == '[' && footnote_end(stop.end) > 0) {
                stop.end = footnote_end(stop.end);
            } else {
                break;
            }
        }
    }

    // A straight quote directly before a letter opens ("Yes."No" is typing error; He left."Why" is not).
    bool opens_at(std::size_t at, std::size_t length) const noexcept {
        if (at + length >= text_.size()) return false;
        return is_letter(code_point_at(text_, at + length).value) && text_[at] != '\'';
    }

    // "[12]" and "[3,4]" after a stop belong to the sentence before.
    std::size_t footnote_end(std::size_t at) const noexcept {
        std::size_t end = at + 1;
        while (end < text_.size() && end < at + 12 &&
               (is_ascii_digit(text_[end]) || text_[end] == ',' || text_[end] == '-'))
            ++end;
        return end > at + 1 && end < text_.size() && text_[end] == ']' ? end + 1 : 0;
    }

    // The run of non-space bytes before `at`, at most 40.
    std::string_view token_before(std::size_t at) const noexcept {
        std::size_t begin = at;
        while (begin > begin_ && at - begin < 40 && text_[begin - 1] != ' ' && text_[begin - 1] != '\n' &&
               text_[begin - 1] != '\t')
            --begin;
        return text_.substr(begin, at - begin);
    }

    std::string_view word_at(std::size_t at) const noexcept {
        while (at < text_.size() && is_opener(code_point_at(text_, at).value))
            at += code_point_at(text_, at).length;
        std::size_t end = at;
        while (end < text_.size() && end < at + 40 && (is_ascii_alpha(text_[end]) || text_[end] == '\''))
            ++end;
        return text_.substr(at, end - at);
    }

    // The first letter or digit at or after `at`, looking past opening quotes and parentheses.
    char32_t first_of(std::size_t at) const noexcept {
        for (int i = 0; i < 4 && at < text_.size(); ++i) {
            auto const c = code_point_at(text_, at);
            if (!is_opener(c.value)) return c.value;
            at += c.length;
        }
        return 0;
    }

    bool ends_sentence(Stop const& stop) {
        if (stop.begin < item_end_) return false;
        if (stop.next >= text_.size()) return true;
        if (depth_ > 0 && !began_with_parenthesis() && !closes_parenthesis(stop) &&
            stop.begin - opened_ < max_parenthesis)
            return false;
        char32_t const first = first_of(stop.next);
        if (stop.next == stop.end) return ends_without_space(stop, first);
        if (stop.exclaims) return ends_after_exclamation(stop, first);
        if (stop.ellipsis && stop.begin == begin_) return false;
        if (stop.ellipsis)
            return !continues_after_ellipsis(stop) && !cites(stop) && (is_upper(first) || is_digit(first));
        if (is_lower(first)) return ends_before_lower(stop);
        if (starts_item_in_parentheses(stop.next)) return true;
        if (first == ',' || first == ';' || first == ':' || first == ')' || first == 0x2014) return false;
        if (stop.closed) return !cites(stop);
        return ends_after_word(stop, first);
    }

    // "What now? - Nothing." and "Really? yes" end; "Why? and how", said of somebody, closed by a quote, does not.
    bool ends_after_exclamation(Stop const& stop, char32_t first) {
        if (stop.begin > begin_ && text_[stop.begin - 1] == ':') return false;
        if (is_lower(first)) return ends_before_lower(stop);
        if (first == '-' || first == 0x2013 || first == 0x2014) return starts_turn(stop.next);
        return first != ',' && first != ';';
    }

    // "- Posted like sentinels": a dash, then a sentence.
    bool starts_turn(std::size_t at) const noexcept {
        std::size_t const word = past_space(at + code_point_at(text_, at).length);
        return word < text_.size() && word > at + code_point_at(text_, at).length &&
               is_upper(code_point_at(text_, word).value);
    }

    // Lower case begins a sentence where it is an address, a brand, or the writer does without capitals.
    bool ends_before_lower(Stop const& stop) {
        if (starts_brand(stop.next)) return true;
        auto const rest = text_.substr(stop.next, 8);
        if (rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.")) return true;
        if (starts_item_in_parentheses(stop.next)) return true;
        if (text_[stop.next] < 'a' || text_[stop.next] > 'z') return false;
        auto const last_word = token_before(stop.begin);
        if (stop.exclaims)
            return !stop.closed && !(last_word.size() > 1 && is_upper(code_point_at(last_word, 0).value));
        if (!without_capitals_) without_capitals_ = lacks_capitals(text_);
        if (*without_capitals_ && ascii_lower(last_word) == "etc") return true;
        if (!is_plain_word(last_word)) return false;
        if (*without_capitals_) return true;
        return !stop.closed && (kinds_of(word_at(stop.next)) & starts_in_lower) != 0;
    }

    // "(a) one (b) two", "(i) one (ii) two"
    bool starts_item_in_parentheses(std::size_t at) const noexcept {
        if (text_[at] != '(') return false;
        auto const closing = text_.substr(at, 7).find(") ");
        if (closing == std::string_view::npos || closing < 2) return false;
        auto const mark = text_.substr(at + 1, closing - 1);
        if (mark.size() == 1) return is_ascii_digit(mark[0]) || (mark[0] >= 'a' && mark[0] <= 'z');
        return mark.find_first_not_of("ivx") == std::string_view::npos;
    }

    // A word that no abbreviation looks like: three letters or more, a vowel, not listed.
    static bool is_plain_word(std::string_view token) {
        while (!token.empty() && (is_closer(code_point_at(token, 0).value) || is_opener(code_point_at(token, 0).value)))
            token.remove_prefix(code_point_at(token, 0).length);
        auto const word = ascii_lower(token);
        auto const kinds = kinds_of(word);
        if (token.size() < 3) return (kinds & is_short_last) != 0;
        if ((kinds & (abbreviates | ends_nothing | precedes_number)) != 0) return false;
        auto const digits = std::count_if(word.begin(), word.end(), is_ascii_digit);
        return word.find('.') == std::string::npos && (digits > 0 || word.find_first_of("aeiouy") != std::string::npos);
    }

    // The text begins in lower case or has "i" as a word: somebody who does without capitals.
    static bool lacks_capitals(std::string_view text) noexcept {
        if (text.size() > 1 && text[0] >= 'a' && text[0] <= 'z' && text[1] >= 'a' && text[1] <= 'z') return true;
        if (text.starts_with("i ")) return true;
        auto const head = text.substr(0, 4096);
        for (auto at = head.find('i'); at != std::string_view::npos; at = head.find('i', at + 1)) {
            auto const behind = head.substr(at + 1, 3);
            if (at > 0 && head[at - 1] == ' ' && (behind.starts_with(' ') || behind == "'m ")) return true;
        }
        return false;
    }

    // "the thing is . . . I didn't": spaced dots within a sentence, three of them, leave words out.
    bool continues_after_ellipsis(Stop const& stop) const noexcept {
        auto const dots = text_.substr(stop.begin, stop.end - stop.begin);
        return dots == ". . ." && stop.begin > begin_ && text_[stop.begin - 1] == ' ';
    }

    bool began_with_parenthesis() const noexcept {
        return begin_ < text_.size() && (text_[begin_] == '(' || text_[begin_] == '[');
    }
    bool closes_parenthesis(Stop const& stop) const noexcept {
        auto const tail = text_.substr(stop.begin, stop.end - stop.begin);
        return tail.find(')') != std::string_view::npos || tail.find(']') != std::string_view::npos;
    }
    // "[...]" (Smith 55)." : what is left out in brackets, then where it stands.
    bool cites(Stop const& stop) const noexcept {
        return text_[stop.next] == '(' &&
               text_.substr(stop.begin, stop.end - stop.begin).find(']') != std::string_view::npos;
    }
    // "iPhone", "eBay", "mRNA": lower case, but may begin a sentence.
    bool starts_brand(std::size_t at) const noexcept {
        return at + 1 < text_.size() && text_[at] >= 'a' && text_[at] <= 'z' && text_[at + 1] >= 'A' &&
               text_[at + 1] <= 'Z';
    }

    // "pain.However, it" ends; "U.S.A", "3.5", "example.com", "e.g.x", "Yahoo!s" do not.
    bool ends_without_space(Stop const& stop, char32_t first) const noexcept {
        if (stop.closed) return is_upper(first) && stop.end - stop.begin > 1;
        if (!is_upper(first)) return false;
        auto const before = token_before(stop.begin);
        if (before.size() < 3 || is_in_address(before)) return false;
        auto const last = code_point_before(text_, stop.begin);
        if (!is_lower(last.value) && !is_digit(last.value) && !stop.exclaims) return false;
        auto const next = word_at(stop.next);
        auto const next_kinds = kinds_of(ascii_lower(next));
        if ((next_kinds & ends_host) != 0) return false;
        if (next.size() < 2 || (next.size() < 40 && has_capitals_after_first(next))) return false;
        if (is_digit(last.value) && (next_kinds & starts_sentence) == 0) return false;
        // "Node.Js" and "Jane.Doe@": a stop or an at sign directly after the word means a name.
        std::size_t const after = stop.next + next.size();
        if (after < text_.size() &&
            (text_[after] == '@' || text_[after] == '/' || text_[after] == '_' || text_[after] == '('))
            return false;
        if (after + 1 < text_.size() && text_[after] == '.' && is_ascii_alpha(text_[after + 1]) &&
            before.find('.') != std::string_view::npos)
            return false;
        return true;
    }

    static bool has_capitals_after_first(std::string_view word) noexcept {
        return std::any_of(word.begin() + 1, word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    }
    static bool is_in_address(std::string_view token) noexcept {
        return token.find("://") != std::string_view::npos || token.find('@') != std::string_view::npos ||
               token.starts_with("www.") || token.find('/') != std::string_view::npos;
    }

    bool ends_after_word(Stop const& stop, char32_t first) const noexcept {
        auto token = token_before(stop.begin);
        while (!token.empty() && is_opener(code_point_at(token, 0).value))
            token.remove_prefix(code_point_at(token, 0).length);
        if (token.empty()) return true;
        if (token.ends_with("\u00B0") && is_digit(first)) return false;
        if (is_list_number(token, stop)) return false;
        std::string const word = ascii_lower(token);
        std::string const next = ascii_lower(word_at(stop.next));
        bool const starter = (kinds_of(next) & starts_sentence) != 0;
        auto const kinds = kinds_of(word);
        if (is_digit(first) && (kinds & precedes_number) != 0) return false;
        if ((kinds & ends_nothing) != 0 && !(word == "sec" || word == "st" || word == "sr" || word == "mt"))
            return false;
        if (word == "st" || word == "sr" || word == "mt" || word == "sec") return starter && word != "mt";
        if (word == "p.s" || (token == "PS" && stop.begin - token.size() == begin_)) return false;
        if (word == "ph.d" || word == "m.d" || word == "b.sc" || word == "m.sc" || word == "m.a" || word == "b.a")
            return starter;
        if (is_initial(token)) return ends_after_initial(token, next, starter);
        if (has_inner_stops(token)) return ends_after_acronym(word, next, starter);
        if ((kinds & abbreviates) != 0) {
            if (word == "al" || word == "etc") return is_upper(first) && (word == "etc" || starter);
            return starter || (is_upper(first) && is_measured_unit(token, word)) ||
                   (is_upper(first) && (word == "co" || word == "jr" || word == "inc" || word == "ltd") && starter);
        }
        return true;
    }

    // "It weighed 0.7 kg. Observers …": a unit behind a number is followed by no name.
    bool is_measured_unit(std::string_view token, std::string_view lower_word) const noexcept {
        static constexpr auto units = std::to_array<std::string_view>(
            {"cm", "ft", "hr", "hrs", "kg", "km", "lb", "lbs", "mg", "min", "ml", "oz", "yrs"});
        if (std::find(units.begin(), units.end(), lower_word) == units.end()) return false;
        auto at = static_cast<std::size_t>(token.data() - text_.data());
        while (at > begin_ && (text_[at - 1] == ' ' || text_[at - 1] == '\xA0' || text_[at - 1] == '\xC2'))
            --at;
        return at > begin_ && is_ascii_digit(text_[at - 1]);
    }

    // "1." or "a." at the begin of the sentence numbers it.
    bool is_list_number(std::string_view token, Stop const& stop) const noexcept {
        if (stop.begin - token.size() > begin_ + 4) return false;
        if (token.size() > 3) return false;
        bool const digits = std::all_of(token.begin(), token.end(), is_ascii_digit);
        return static_cast<std::size_t>(stop.begin - begin_) <= token.size() + 3 && (digits || token.size() == 1);
    }

    static bool is_initial(std::string_view token) noexcept {
        auto const c = code_point_at(token, 0);
        return c.length == token.size() && is_letter(c.value);
    }

    // "Albert I. Jones" but "you and I. Did you", "hepatitis C. The virus", "vitamin D. However".
    bool ends_after_initial(std::string_view token, std::string_view next, bool starter) const noexcept {
        if (token == "p" || token == "c" || token == "v") return false;
        if (next.size() <= 1 && next != "i" && next != "a") return false;
        if (token == "I") return starter || next == "did" || next == "would" || next == "what";
        return starter;
    }

    static bool has_inner_stops(std::string_view token) noexcept {
        auto const dot = token.find('.');
        if (dot == std::string_view::npos || dot > 3) return false;
        std::size_t run = 0;
        for (char const c : token) {
            if (c == '.')
                run = 0;
            else if (!is_ascii_alpha(c) || ++run > 3)
                return false;
        }
        return true;
    }

    bool ends_after_acronym(std::string_view word, std::string_view next, bool starter) const noexcept {
        if (word == "e.g" || word == "i.e" || word == "f.e" || word == "cf") return false;
        if (word == "a.m" || word == "p.m")
            return starter || next == "mr" || next == "mrs" || next == "ms" || next == "dr"
                       ? !(word == "a.m" && (next == "mr" || next == "mrs" || next == "dr" || next == "ms") && !starter)
                       : false;
        return starter;
    }

    void close(std::size_t end) {
        auto const inner = trimmed(text_.substr(begin_, end > begin_ ? end - begin_ : 0));
        if (inner.empty()) return;
        std::size_t begin = static_cast<std::size_t>(inner.data() - text_.data());
        end = begin + inner.size();
        while (end - begin > max_bytes_) {
            auto const cut = cut_before(begin, begin + max_bytes_);
            add(begin, cut);
            begin = cut;
        }
        add(begin, end);
    }

    void add(std::size_t begin, std::size_t end) {
        auto const inner = trimmed(text_.substr(begin, end - begin));
        if (inner.empty()) return;
        auto const at = static_cast<std::size_t>(inner.data() - text_.data());
        spans_.push_back({at, at + inner.size()});
    }

    std::size_t cut_before(std::size_t begin, std::size_t limit) const noexcept {
        auto const space = text_.substr(begin, limit - begin).find_last_of(" \n\t");
        if (space != std::string_view::npos && space > 0) return begin + space;
        // Between characters; of a row of stray continuation bytes each is one.
        std::size_t cut = limit;
        while (limit - cut < 4 && (static_cast<unsigned char>(text_[cut]) & 0xC0u) == 0x80)
            --cut;
        return limit - cut < 4 ? cut : limit;
    }

    std::string_view text_;
    std::size_t max_bytes_;
    std::optional<bool> without_capitals_;  // nothing: nobody has asked
    std::size_t begin_ = 0;
    std::size_t depth_ = 0, opened_ = 0, next_closing_ = 0;
    std::size_t labels_of_ = std::string_view::npos;  // has_label_ is of the sentence that begins here
    bool has_label_ = false;                          // its first word ends in a colon
    Marker last_item_;
    std::size_t item_end_ = 0;
    std::vector<SentenceSpan> spans_;
};

}  // namespace

std::vector<SentenceSpan> split_sentences(std::string_view block, std::size_t max_bytes) {
    return Splitter(block, max_bytes).split();
}

}  // namespace dossier
