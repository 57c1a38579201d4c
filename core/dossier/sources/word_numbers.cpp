#include "dossier/sources/word_numbers.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t least_places = 64;

}  // namespace

WordNumbers::WordNumbers() : tags_(least_places), numbers_(least_places) {}

std::uint16_t WordNumbers::add(std::string_view word) {
    constexpr std::size_t most_words = 65'534;
    if (auto const known = find(word); known != 0) return known;
    if (words_.size() >= most_words) return 0;
    words_.emplace_back(word);
    ends_.push_back(ends_of(word));
    if (words_.size() * 2 > tags_.size()) grow();
    auto const place = place_of(word, ends_.back());
    tags_[place] = tag_of(hash_of(ends_.back()));
    return numbers_[place] = static_cast<std::uint16_t>(words_.size());
}

void WordNumbers::grow() {
    auto const n_places = tags_.size() * 2;
    tags_.assign(n_places, 0);
    numbers_.assign(n_places, 0);
    for (std::size_t i = 0; i + 1 < words_.size(); ++i) {
        auto const place = place_of(words_[i], ends_[i]);
        tags_[place] = tag_of(hash_of(ends_[i]));
        numbers_[place] = static_cast<std::uint16_t>(i + 1);
    }
}

}  // namespace dossier::sources
