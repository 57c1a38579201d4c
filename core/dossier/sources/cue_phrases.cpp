#include "dossier/sources/cue_phrases.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <tuple>
#include <utility>

#include "dossier/model/byte_masks.hpp"
#include "dossier/sources/unicode.hpp"
#include "dossier/sources/word_numbers.hpp"

namespace dossier::sources {
namespace {

using Words = std::string_view;
constexpr std::size_t max_words = 400;
constexpr std::size_t max_tables = 64;     // bits of CueWords::tables_
constexpr std::size_t longest_match = 63;  // words; places within a match are bits of a word

constexpr auto denials =
    std::to_array<Words>({"no", "not", "non", "never", "neither", "nor", "without", "cannot", "lack", "lacks",
                          "lacking", "absence", "instead", "rather", "unlike", "few", "nothing"});
constexpr auto wishes_before = std::to_array<Words>(
    {"need",  "needs", "needed",   "future",  "further",  "more",     "ongoing", "upcoming",   "planned", "larger",
     "until", "await", "awaiting", "require", "requires", "required", "should",  "additional", "warrant", "warrants"});
constexpr auto wishes_after =
    std::to_array<Words>({"needed", "required", "warranted", "necessary", "lacking", "should", "must", "would", "could",
                          "underway", "awaited", "planned", "missing"});

bool is_one_of(std::span<Words const> list, Words word) noexcept {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<Words> split(Words text, char separator) {
    std::vector<Words> parts;
    while (!text.empty()) {
        auto const end = std::min(text.find(separator), text.size());
        if (end > 0) parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

bool is_gap(Words item) noexcept {
    return item.size() == 2 && item[0] == '_';
}

// What stands between two words. A point within a number or an abbreviation is none that ends anything.
void mark_breaks(CueWords::Word& word, Words between) noexcept {
    for (std::size_t i = 0; i < between.size(); ++i) {
        auto const c = between[i];
        bool const point = c == '.' && i + 1 < between.size() && between[i + 1] == ' ';
        word.hard_break = word.hard_break || point || c == ';' || c == ':' || c == '!' || c == '?';
        word.pause = word.pause || c == ',' || c == '(' || c == ')';
    }
    word.pause = word.pause || word.hard_break;
}

std::vector<std::span<Words const>>& registered_tables() {
    static std::vector<std::span<Words const>> tables;
    return tables;
}

/// The wordings of all tables. Words are numbers here: that of the word itself where a wording names it, else that of the
/// longest beginning ("random*") it has, or of "#".
class CueAutomaton {
public:
    explicit CueAutomaton(std::vector<std::span<Words const>> const& tables) {
        for (auto const& wordings : tables)
            for (auto const wording : wordings)
                name_words(wording);
        std::vector<std::vector<Start>> starts(vocabulary_.size() + 1u);
        for (std::size_t table = 0; table < tables.size(); ++table)
            for (std::size_t cue = 0; cue < tables[table].size(); ++cue)
                add_row(static_cast<std::uint8_t>(table), cue, tables[table][cue], starts);
        for (std::size_t number = 0; number < starts.size(); ++number) {
            auto const begin = static_cast<std::uint32_t>(starts_.size());
            starts_.insert(starts_.end(), starts[number].begin(), starts[number].end());
            known_.push_back(
                {sign_of(static_cast<std::uint16_t>(number)), begin, static_cast<std::uint32_t>(starts_.size())});
        }
    }

    /// Numbers the words and finds what they match: by table, then by place, then by cue.
    /// @param words  of `text`, at most max_words
    void read(Words text, std::span<CueWords::Word> words, std::vector<CueMatch>& found) const {
        Sentence sentence;
        sentence.words = words;
        for (std::size_t i = 0; i < words.size(); ++i) {
            auto& word = words[i];
            word.number = number_of(text.substr(word.begin, word.size));
            auto const& known = known_of(word.number);
            sentence.signs[i] = known.sign;
            sentence.present |= known.sign;
            sentence.breaks[i / 64] |= static_cast<std::uint64_t>(word.hard_break) << i % 64;
            sentence.starters[sentence.n_starters] = static_cast<std::uint16_t>(i);
            sentence.n_starters += known.starts_begin != known.starts_end;
        }
        sentence.signs[words.size()] = 0;
        find_in(sentence, found);
    }

private:
    /// What a word of the vocabulary is to the rows.
    struct Known {
        std::uint64_t sign = 0;                          // sign_of() its number
        std::uint32_t starts_begin = 0, starts_end = 0;  // within starts_: rows whose first item it fits
    };
    struct Sentence {
        std::span<CueWords::Word const> words;
        std::array<std::uint64_t, max_words / 64 + 2> breaks{};  // which words have a full stop before them, as bits
        std::uint64_t present = 0;                               // signs of all words
        std::size_t n_starters = 0;
        // As far as they are written:
        std::array<std::uint64_t, max_words + 1> signs;     // of each word, and none behind the last
        std::array<std::uint16_t, max_words + 1> starters;  // places of the words that may begin a match

        /// Bit k: a full stop stands before word i + k.
        [[nodiscard]] std::uint64_t breaks_from(std::size_t i) const noexcept {
            auto const low = breaks[i / 64] >> i % 64;
            return i % 64 == 0 ? low : low | breaks[i / 64 + 1] << (64 - i % 64);
        }
    };

    [[nodiscard]] Known const& known_of(std::uint16_t number) const noexcept { return known_.data()[number]; }

    [[nodiscard]] std::uint16_t number_of(Words word) const noexcept {
        if (auto const number = vocabulary_.find(word); number != 0) return number;
        if (is_ascii_digit(word.front())) return any_number_;
        if (word.size() < 2) return 0;
        for (auto i = first_beginning_[start_of(word)]; i != 0; i = beginnings_[i - 1u].next)
            if (word.starts_with(beginnings_[i - 1u].text)) return beginnings_[i - 1u].number;
        return 0;
    }

    void find_in(Sentence const& sentence, std::vector<CueMatch>& found) const {
        found.clear();
        for (auto const i : std::span(sentence.starters).first(sentence.n_starters)) {
            auto const after = whatever_follows | sentence.signs[i + 1u];
            for (auto const& start : starts_with(sentence.words[i].number)) {
                if ((start.needed & sentence.present) == 0 || (start.also_needed & sentence.present) == 0 ||
                    (start.next & after) == 0)
                    continue;
                auto const& row = rows_[start.row];
                if (auto const length = match_length(row, sentence, i); length > 0)
                    found.push_back({row.cue, i, i + length, row.table});
            }
        }
        if (found.size() < 2) return;
        std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) {
            return std::tie(a.table, a.begin, a.cue) < std::tie(b.table, b.begin, b.cue);
        });
    }

    struct Item {
        std::vector<std::uint16_t> numbers;  // of the words that fit, sorted
        std::size_t gap = 0;                 // > 0: up to so many words of any kind
        std::uint64_t signs = 0;             // sign_of() each of the numbers
        /// @param sign  of that number
        [[nodiscard]] bool fits(std::uint16_t number, std::uint64_t sign) const noexcept {
            return (signs & sign) != 0 && std::find(numbers.begin(), numbers.end(), number) != numbers.end();
        }
    };
    /// A beginning of words, without its star.
    struct Beginning {
        Words text;
        std::uint16_t number;
        std::uint16_t next;  // place, from 1, of a shorter one that starts with the same letters; 0: there is none
    };
    /// A row that may begin with a word, and the signs of the words of which one must follow: anywhere, and next to it.
    struct Start {
        std::uint64_t needed, also_needed, next;
        std::uint32_t row;
    };
    struct Row {
        std::uint8_t table;
        std::size_t cue;
        std::vector<Item> items;
    };

    void name_words(Words wording) {
        for (auto const item : split(wording, ' '))
            for (auto const word : is_gap(item) ? std::vector<Words>() : split(item, '|'))
                name_word(word);
    }

    // The first two letters, in five bits each.
    static std::size_t start_of(Words word) noexcept {
        return (static_cast<unsigned char>(word[0]) & 31u) << 5 | (static_cast<unsigned char>(word[1]) & 31u);
    }

    // "random*" and "#" have a number of their own, under which no word can be looked up.
    void name_word(Words word) {
        auto const known = vocabulary_.size();
        auto const number = vocabulary_.add(word);
        if (vocabulary_.size() == known) return;
        if (word == "#") any_number_ = number;
        if (word.back() != '*') return;
        auto const begin = word.substr(0, word.size() - 1);
        assert(begin.size() >= 2);
        auto* place = &first_beginning_[start_of(begin)];
        while (*place != 0 && beginnings_[*place - 1u].text.size() >= begin.size())
            place = &beginnings_[*place - 1u].next;
        auto const shorter = std::exchange(*place, static_cast<std::uint16_t>(beginnings_.size() + 1));
        beginnings_.push_back({begin, number, shorter});
    }

    // Most rows need a word that a sentence does not have: one bit for each 63rd word tells so.
    static std::uint64_t sign_of(std::uint16_t number) noexcept {
        return number == 0 ? 0 : std::uint64_t{1} << number % 63;
    }
    static constexpr std::uint64_t whatever_follows = std::uint64_t{1} << 63;

    // Of the two items behind the first that have fewest of them.
    static std::pair<std::uint64_t, std::uint64_t> signs_of_rarest(std::vector<Item> const& items) {
        std::pair rarest{~std::uint64_t{0}, ~std::uint64_t{0}};
        for (std::size_t i = 1; i < items.size(); ++i) {
            if (items[i].gap > 0) continue;
            auto signs = items[i].signs;
            if (std::popcount(signs) < std::popcount(rarest.first)) std::swap(signs, rarest.first);
            if (std::popcount(signs) < std::popcount(rarest.second)) rarest.second = signs;
        }
        return rarest;
    }

    static std::uint64_t signs_of_second(std::vector<Item> const& items) {
        return items.size() > 1 && items[1].gap == 0 ? items[1].signs : whatever_follows;
    }

    [[nodiscard]] std::span<Start const> starts_with(std::uint16_t number) const noexcept {
        auto const& known = known_of(number);
        return {starts_.data() + known.starts_begin, starts_.data() + known.starts_end};
    }

    void add_row(std::uint8_t table, std::size_t cue, Words wording, std::vector<std::vector<Start>>& starts) {
        Row row{table, cue, {}};
        [[maybe_unused]] std::size_t longest = 0;
        for (auto const part : split(wording, ' ')) {
            row.items.push_back(item_of(part));
            longest += std::max<std::size_t>(row.items.back().gap, 1);
        }
        assert(longest <= longest_match && row.items.front().gap == 0);
        auto const [needed, also_needed] = signs_of_rarest(row.items);
        for (auto const number : row.items.front().numbers)
            starts[number].push_back(
                {needed, also_needed, signs_of_second(row.items), static_cast<std::uint32_t>(rows_.size())});
        rows_.push_back(std::move(row));
    }

    [[nodiscard]] Item item_of(Words part) const {
        Item item;
        if (is_gap(part)) {
            item.gap = static_cast<std::size_t>(part[1] - '0');
            return item;
        }
        for (auto const alternative : split(part, '|'))
            add_fitting(alternative, item.numbers);
        std::sort(item.numbers.begin(), item.numbers.end());
        item.numbers.erase(std::unique(item.numbers.begin(), item.numbers.end()), item.numbers.end());
        for (auto const number : item.numbers)
            item.signs |= sign_of(number);
        return item;
    }

    void add_fitting(Words alternative, std::vector<std::uint16_t>& numbers) const {
        numbers.push_back(vocabulary_.find(alternative));
        bool const digits = alternative == "#";
        if (!digits && alternative.back() != '*') return;
        auto const begin = alternative.substr(0, alternative.size() - 1);
        for (std::uint16_t number = 1; number <= vocabulary_.size(); ++number) {
            auto const& word = vocabulary_.word(number);
            if (digits ? is_ascii_digit(word.front()) : word.starts_with(begin)) numbers.push_back(number);
        }
    }

    // Bit k of `reached`: the items so far can match k words from `from`. All places go on at once: no backtracking, so
    // no blow-up.
    static std::size_t match_length(Row const& row, Sentence const& sentence, std::size_t from) noexcept {
        auto const left = sentence.words.size() - from;
        auto const passable =
            (left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1) & (~sentence.breaks_from(from) | 1u);
        std::uint64_t reached = 1;
        for (auto const& item : row.items) {
            for (std::size_t i = 0; i < item.gap; ++i)
                reached |= (reached & passable) << 1;
            if (item.gap > 0) continue;
            std::uint64_t next = 0;
            for (auto places = reached & passable; places != 0; places &= places - 1) {
                auto const k = static_cast<std::size_t>(std::countr_zero(places));
                if (item.fits(sentence.words[from + k].number, sentence.signs[from + k]))
                    next |= std::uint64_t{1} << (k + 1);
            }
            if (next == 0) return 0;
            reached = next;
        }
        return static_cast<std::size_t>(std::countr_zero(reached));
    }

    WordNumbers vocabulary_;
    std::vector<Beginning> beginnings_;
    std::array<std::uint16_t, 1024>
        first_beginning_{};  // that starts with these letters, the longest; as Beginning::next
    std::uint16_t any_number_ = 0;
    std::vector<Row> rows_;
    std::vector<Start> starts_;  // of each word, word by word
    std::vector<Known> known_;   // by number
};

}  // namespace

CueWords::CueWords(Words text, std::pmr::memory_resource* memory) : text_(text), words_(memory), matches_(memory) {
    words_.reserve(std::min(max_words, text.size() / 4 + 1));
    std::size_t last_end = 0;
    for_each_run(text, IsWordByte{}, [&](std::size_t begin, std::size_t end) {
        auto const between = text.substr(last_end, begin - last_end);
        last_end = end;
        bool const one_sign = between.size() == 1;
        if (one_sign && between[0] == '\'' && !words_.empty()) {  // "don't"
            words_.back().size = static_cast<std::uint32_t>(end - words_.back().begin);
            return true;
        }
        if (words_.size() == max_words) return false;
        Word word{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin), 0, false, false};
        if (!one_sign || between[0] != ' ') mark_breaks(word, between);
        words_.push_back(word);
        return true;
    });
    not_all_ = words_.size() == max_words;
    static CueAutomaton const automaton(registered_tables());
    thread_local std::vector<CueMatch> found;  // as many as the richest sentence has
    automaton.read(text, words_, found);
    matches_.assign(found.begin(), found.end());
    for (auto const& match : matches_)
        tables_ |= std::uint64_t{1} << match.table;
}

CueTable::CueTable(std::span<Words const> wordings) : number_(static_cast<std::uint8_t>(registered_tables().size())) {
    assert(number_ < max_tables);
    registered_tables().push_back(wordings);
}

std::span<CueMatch const> CueTable::find_in(CueWords const& words) const noexcept {
    if (!any_in(words)) return {};
    auto const& matches = words.matches_;
    auto const [begin, end] = std::equal_range(matches.begin(), matches.end(), CueMatch{0, 0, 0, number_},
                                               [](auto const& a, auto const& b) { return a.table < b.table; });
    return {begin, end};
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
