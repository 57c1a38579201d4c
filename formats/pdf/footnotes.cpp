#include "footnotes.hpp"

#include <algorithm>
#include <array>

namespace dossier::pdf {

std::string superscript(std::size_t number) {
    static constexpr std::array<char const*, 10> digits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string out;
    for (char const digit : std::to_string(number))
        out += digits[static_cast<std::size_t>(digit - '0')];
    return out;
}

void Footnotes::expect(std::string const& anchor) {
    auto& footnote = by_link_["#" + anchor];
    if (footnote) return;
    footnote = std::make_unique<Footnote>();
    footnote->number = ++n_expected_;
    footnote->anchor = anchor;
}

void Footnotes::retire() {
    for (auto& [link, footnote] : by_link_)
        retired_.push_back(std::move(footnote));
    by_link_.clear();
}

Footnote* Footnotes::find(std::string const& link) {
    if (by_link_.empty()) return nullptr;
    auto const found = by_link_.find(link);
    return found == by_link_.end() ? nullptr : found->second.get();
}

Footnote const* Footnotes::find(std::string const& link) const {
    if (by_link_.empty()) return nullptr;
    auto const found = by_link_.find(link);
    return found == by_link_.end() ? nullptr : found->second.get();
}

std::size_t Footnotes::number_of(std::string const& link) const {
    auto const* const footnote = find(link);
    return footnote == nullptr ? 0 : footnote->number;
}

std::vector<Footnote*> Footnotes::unplaced() {
    std::vector<Footnote*> unplaced;
    for (auto& [link, footnote] : by_link_)
        if (!footnote->is_placed) unplaced.push_back(footnote.get());
    std::sort(unplaced.begin(), unplaced.end(), [](auto const* a, auto const* b) { return a->number < b->number; });
    return unplaced;
}

std::vector<Footnote*> Footnotes::referred_by(std::vector<Span> const& spans, Line const& line) {
    std::vector<Footnote*> referred;
    if (by_link_.empty()) return referred;
    for (auto const& piece : line.pieces) {
        auto* const footnote = find(spans[piece.span].link);
        bool const is_wanted = footnote != nullptr && !footnote->is_placed && !footnote->spans.empty();
        if (is_wanted && std::find(referred.begin(), referred.end(), footnote) == referred.end())
            referred.push_back(footnote);
    }
    return referred;
}

std::string Footnotes::back_anchor(Footnote const& footnote) {
    return "\x01"
           "back-" +
           std::to_string(footnote.number);  // no anchor of a report looks like this
}

}  // namespace dossier::pdf
