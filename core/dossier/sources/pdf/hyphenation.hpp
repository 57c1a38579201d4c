// Words broken at the end of a line: whether their hyphen belongs to the word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace dossier::sources {

/// What becomes of the end of one line and the begin of the next in running text.
struct LineJoint {
    bool space = true;              ///< the line break stands for a space
    std::size_t dropped_bytes = 0;  ///< hyphen at the end of the first line that is none of the word
};

/// Decides by the words of the document itself, as far as they tell.
class Hyphenation {
public:
    /// @param text  of the document; must outlive this object. It is looked through when the first hyphen is asked for.
    explicit Hyphenation(std::string_view text) noexcept : text_(text) {}

    /// @param before, after  two lines that follow each other
    [[nodiscard]] LineJoint joint(std::string_view before, std::string_view after);

private:
    [[nodiscard]] bool knows(std::string_view word);
    void learn_words();

    std::string_view text_;
    std::vector<std::uint64_t> words_;  // hashes of the words that stand whole on a line, sorted
    bool learnt_ = false;
};

}  // namespace dossier::sources
