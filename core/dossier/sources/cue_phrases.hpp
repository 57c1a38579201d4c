// Cue phrases: tables of wordings, found in sentences word by word.
//
// A wording is items with a space between:
//   trial        the word
//   random*      words that begin so
//   was|were     one of several words, each may end in *
//   _3           up to three words of any kind
//   #            a number in digits, also among others: #|two|three
// Words are runs of letters and digits in lower case; a hyphen separates words, so "double-blind" is "double blind". A wording
// never runs over a full stop, a colon or a semicolon; commas, quotes and brackets are passed over.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::sources {

/// The words of one sentence.
class CueWords {
public:
    /// @param text  as comparable() gives it; words beyond the first 400 are not looked at
    explicit CueWords(std::string_view text);

    [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }
    [[nodiscard]] std::string const& operator[](std::size_t i) const noexcept { return words_[i].text; }
    /// A full stop, colon or semicolon stands before word i.
    [[nodiscard]] bool breaks_before(std::size_t i) const noexcept { return words_[i].hard_break; }
    /// A comma or any of those stands before word i.
    [[nodiscard]] bool pauses_before(std::size_t i) const noexcept { return words_[i].pause; }

private:
    struct Word {
        std::string text;
        bool hard_break, pause;
    };
    std::vector<Word> words_;
};

/// Words [begin, end) of a sentence.
struct CueMatch {
    std::size_t cue = 0;  ///< which row of the table
    std::size_t begin = 0, end = 0;
};

/// A table of wordings, made ready once.
class CuePhrases {
public:
    explicit CuePhrases(std::span<std::string_view const> wordings);

    /// Every row that matches, in order of place; the shortest match of a row from each place.
    [[nodiscard]] std::vector<CueMatch> find_in(CueWords const& words) const;
    [[nodiscard]] bool any_in(CueWords const& words) const;

private:
    struct Item {
        std::vector<std::string> words;  ///< lower case; with a final '*': beginnings; "#": any number
        std::size_t gap = 0;             ///< > 0: up to so many words of any kind
    };
    using Wording = std::vector<Item>;
    [[nodiscard]] static bool fits(Item const& item, std::string const& word) noexcept;
    [[nodiscard]] static std::size_t end_of_match(Wording const& wording, CueWords const& words, std::size_t from);

    std::vector<Wording> wordings_;
    std::array<std::vector<std::uint32_t>, 37 * 37>
        by_start_;  ///< rows by the first two characters of their first word
};

/// The table `wordings`, an array with a name of its own, made ready when it is first asked for.
template <auto const& wordings>
[[nodiscard]] CuePhrases const& made() {
    static CuePhrases const phrases(wordings);
    return phrases;
}

/// What is said of a thing instead of saying that it is there.
/// "not a randomised trial", "without", "no", "non-", "rather than"
[[nodiscard]] bool is_denied(CueWords const& words, CueMatch const& match);
/// "randomised trials are needed", "future trials should", "ongoing trials"
[[nodiscard]] bool is_wished_for(CueWords const& words, CueMatch const& match);

}  // namespace dossier::sources
