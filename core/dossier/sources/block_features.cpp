#include "dossier/sources/block_features.hpp"

#include <algorithm>
#include <array>

#include "dossier/sources/byline.hpp"
#include "dossier/sources/metadata.hpp"
#include "dossier/sources/page_furniture.hpp"
#include "dossier/sources/stock_phrases.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr auto english_words = std::to_array<std::string_view>(
    {"a",    "an",  "and",  "are",  "as",   "at",  "be",   "by", "can", "for",  "from", "has",
     "have", "how", "in",   "is",   "it",   "not", "of",   "on", "or",  "that", "the",  "this",
     "to",   "was", "were", "what", "with", "you", "your", "we", "our", "more", "do"});
constexpr auto foreign_words = std::to_array<std::string_view>(
    {"de",   "del", "el",    "los",   "las",  "una", "para", "con", "por", "der",  "die",  "das",  "und",  "ein",
     "eine", "mit", "auf",   "nicht", "le",   "la",  "les",  "des", "du",  "et",   "est",  "pour", "avec", "il",
     "che",  "di",  "della", "per",   "sono", "het", "een",  "van", "en",  "voor", "niet", "och",  "att",  "det",
     "som",  "og",  "af",    "nie",   "jest", "się", "uma",  "não", "os",  "aún",  "hay",  "esta", "este"});

// Bytes that part words.
template <std::size_t n>
constexpr std::array<bool, 256> bytes_of(char const (&separators)[n]) {
    std::array<bool, 256> bytes{};
    for (std::size_t i = 0; i + 1 < n; ++i)
        bytes[static_cast<unsigned char>(separators[i])] = true;
    return bytes;
}

template <typename Take>
void for_each_part(std::string_view text, std::array<bool, 256> const& separators, Take const& take) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && !separators[static_cast<unsigned char>(text[end])])
            ++end;
        take(text.substr(at, end - at));
        at = end + 1;
    }
}

template <auto const& wanted>
std::size_t count_of(std::string_view text) {
    static StockLines const words(wanted);
    static constexpr auto separators = bytes_of(" .,;:!?()\"");
    std::size_t found = 0;
    for_each_part(text, separators, [&](std::string_view word) { found += words.has(word); });
    return found;
}

bool is_foreign_line(std::string_view text, std::size_t words) {
    if (words < 2 || words > 20 || count_of<english_words>(text) > 0) return false;
    auto const foreign = count_of<foreign_words>(text);
    bool const accented = std::any_of(text.begin(), text.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte == 0xC3 || byte == 0xC4 || byte == 0xC5 || (byte >= 0xD0 && byte <= 0xD9);
    });
    return foreign >= 2 || (foreign == 1 && (words <= 6 || accented));
}

BlockFeatures features_of(Block const& block) {
    BlockFeatures f;
    std::string_view const text = trimmed(block.text.text());
    f.text = comparable(text.substr(0, looked_at_bytes));
    f.words = count_words(text.substr(0, 20 * looked_at_bytes));
    f.terminated = is_terminated(text);
    f.question = is_question(text);
    // A paragraph may tell its whole sentence in links; a line of a menu is nothing but one.
    bool const sentence = block.marked_body && f.terminated && f.words >= 10;
    f.links = block.link_bytes * 10 > text.size() * (sentence ? 8 : 6);
    if (f.words <= 30) f.furniture = is_furniture_line(f.text) || is_menu_line(f.text);
    auto const phrases = furniture_phrases_in(f.text);
    f.strong_phrase = phrases.strong;
    f.furniture = f.furniture || (phrases.strong && f.words <= 60);
    f.weak = f.words <= 25 && phrases.weak;
    f.publisher_voice = f.words <= 40 && phrases.publisher_voice;
    f.foreign = !block.marked_body && is_foreign_line(f.text, f.words);
    return f;
}

// Words of verbs that carry a clause.
constexpr auto finite_verbs = std::to_array<std::string_view>(
    {"am",   "are",  "can",  "cannot", "could", "did",    "do",    "does",    "found", "had",   "has",
     "have", "is",   "may",  "might",  "must",  "said",   "says",  "shall",   "show",  "shows", "should",
     "was",  "were", "will", "would",  "isn't", "aren't", "don't", "doesn't", "can't", "won't"});

// A headline may name a year.
bool has_day(BlockFeatures const& f, std::string_view text) {
    return std::count_if(f.text.begin(), f.text.end(), is_ascii_digit) >= 6 || !iso_date(text).empty();
}

}  // namespace

bool is_terminated(std::string_view text) noexcept {
    text = trimmed(text);
    while (!text.empty()) {
        auto const [last, length] = code_point_before(text, text.size());
        if (last == '.' || last == '!' || last == '?' || last == ':' || last == 0x2026 || last == 0x3002 ||
            last == 0xFF1F)
            return !text.ends_with("[...") && !text.ends_with("[\u2026");
        bool const closer = last == '"' || last == '\'' || last == ')' || last == ']' || last == 0x201D ||
                            last == 0x2019 || last == 0xBB || last == '*' || last == '_';
        if (!closer) return false;
        text.remove_suffix(length);
    }
    return false;
}

bool is_question(std::string_view text) noexcept {
    text = trimmed(text);
    while (!text.empty()) {
        auto const [last, length] = code_point_before(text, text.size());
        if (last == '?' || last == 0xFF1F) return true;
        if (last != '"' && last != '\'' && last != ')' && last != 0x201D && last != 0x2019 && last != '!') return false;
        text.remove_suffix(length);
    }
    return false;
}

std::vector<BlockFeatures> features_of_blocks(Document const& document) {
    std::vector<BlockFeatures> features;
    features.reserve(document.blocks.size());
    for (auto const& block : document.blocks)
        features.push_back(features_of(block));
    return features;
}

bool is_running_text(Block const& block, BlockFeatures const& f) noexcept {
    if (block.furniture || block.outside || f.furniture || f.weak || f.links || f.foreign) return false;
    if (block.kind == BlockKind::heading || block.kind == BlockKind::caption || block.kind == BlockKind::code)
        return false;
    if (f.words >= 40) return true;
    return f.terminated && !f.question && f.words >= (block.kind == BlockKind::list_item ? 16u : 11u);
}

bool has_finite_verb(std::string_view comparable_text) {
    return count_of<finite_verbs>(comparable_text) > 0;
}

bool is_clause(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) return false;
    if (text.front() == '"') text.remove_prefix(1);
    if (text.empty() || !is_upper(code_point_at(text, 0).value)) return false;
    std::size_t words = 0, capitals = 0;
    for (std::size_t at = 0; at < text.size(); ++words) {
        auto const end = std::min(text.find(' ', at), text.size());
        if (words > 0 && at < end && is_upper(code_point_at(text, at).value)) ++capitals;
        at = end + 1;
    }
    return capitals * 2 < words && has_finite_verb(comparable(text));
}

bool is_dateline(BlockFeatures const& f) {
    return f.words <= 8 && !f.terminated && std::count_if(f.text.begin(), f.text.end(), is_ascii_digit) >= 3 &&
           (f.text.find("20") != std::string::npos || f.text.find("19") != std::string::npos) &&
           f.text.find('%') == std::string::npos;
}

bool is_publication_line(BlockFeatures const& f, std::string_view text) {
    if (f.words > 20 || f.words == 0) return false;
    if (!name_in_byline(text).empty() || (is_dateline(f) && has_day(f, text))) return true;
    static constexpr std::array<std::string_view, 14> starts = {
        "posted by",    "posted on",     "posted in", "written by", "reviewed by", "medically reviewed",
        "fact checked", "last modified", "updated",   "published",  "date:",       "photo",
        "image",        "picture"};
    return std::any_of(starts.begin(), starts.end(),
                       [&](std::string_view start) { return f.text.starts_with(start); }) ||
           f.text.starts_with("last updated");
}

Appeal appeal_of(BlockFeatures const& f) {
    if (f.words == 0 || f.words > 40 || f.text.find('"') != std::string::npos) return {};
    return {f.publisher_voice, f.text.ends_with('!') || begins_as_appeal(f.text)};
}

}  // namespace dossier::sources
