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
//
// All tables are looked for at once: the first time a sentence is asked for any of them, one pass over its words finds the
// matches of every table.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::sources {

/// Words [begin, end) of a sentence.
struct CueMatch {
    std::size_t cue = 0;  ///< which row of the table
    std::size_t begin = 0, end = 0;
    std::uint8_t table = 0;  ///< number of the CueTable
};

/// The words of one sentence and what every CueTable finds in them.
class CueWords {
public:
    /// @param text    as comparable() gives it, outlives this; words beyond the first 400 are not looked at
    /// @param memory  for what is found, outlives this
    explicit CueWords(std::string_view text, std::pmr::memory_resource* memory = std::pmr::get_default_resource());
    explicit CueWords(std::same_as<std::string> auto&&) = delete;

    [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept {
        return text_.substr(words_[i].begin, words_[i].size);
    }
    /// A full stop, colon or semicolon stands before word i.
    [[nodiscard]] bool breaks_before(std::size_t i) const noexcept { return words_[i].hard_break; }
    /// A comma or any of those stands before word i.
    [[nodiscard]] bool pauses_before(std::size_t i) const noexcept { return words_[i].pause; }

    /// The sentence has more words than are looked at.
    [[nodiscard]] bool are_not_all() const noexcept { return not_all_; }

    struct Word {
        std::uint32_t begin = 0, size = 0;  ///< in the text
        std::uint16_t number = 0;           ///< among the words that wordings name; 0: none of them
        bool hard_break = false, pause = false;
    };

private:
    friend class CueTable;
    std::string_view text_;
    std::pmr::vector<Word> words_;
    std::pmr::vector<CueMatch> matches_;  // by table, then in order of place
    std::uint64_t tables_ = 0;            // bit k: table k has a match
    bool not_all_ = false;
};

/// A table of wordings. All tables exist before the first sentence is read: see made().
class CueTable {
public:
    /// @param wordings  outlives the table
    explicit CueTable(std::span<std::string_view const> wordings);

    /// Every row that matches, in order of place; the shortest match of a row from each place.
    [[nodiscard]] std::span<CueMatch const> find_in(CueWords const& words) const noexcept;
    [[nodiscard]] bool any_in(CueWords const& words) const noexcept { return (words.tables_ >> number_ & 1u) != 0; }

private:
    std::uint8_t number_;
};

/// Makes the table of `wordings` before main() begins.
template <auto const& wordings>
struct MadeCueTable {
    static inline CueTable const table{wordings};
};

/// The table `wordings`, an array with a name of its own.
template <auto const& wordings>
[[nodiscard]] CueTable const& made() noexcept {
    return MadeCueTable<wordings>::table;
}

/// What is said of a thing instead of saying that it is there.
/// "not a randomised trial", "without", "no", "non-", "rather than"
[[nodiscard]] bool is_denied(CueWords const& words, CueMatch const& match);
/// "randomised trials are needed", "future trials should", "ongoing trials"
[[nodiscard]] bool is_wished_for(CueWords const& words, CueMatch const& match);

}  // namespace dossier::sources
