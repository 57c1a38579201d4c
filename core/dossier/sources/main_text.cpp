#include "dossier/sources/main_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <utility>

#include "dossier/model/byte_masks.hpp"
#include "dossier/sources/language.hpp"
#include "dossier/sources/metadata.hpp"
#include "dossier/sources/page_furniture.hpp"
#include "dossier/sources/stock_phrases.hpp"
#include "dossier/sources/unicode.hpp"
#include "dossier/sources/word_numbers.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t longest_head = 600;  // blocks above the text of a capture: menus of hundreds of links are met
constexpr std::size_t near_text = 15;      // blocks above the text among which the title is sought first
constexpr std::size_t far_from_text = 40;
constexpr long words_against_a_stretch = 6;  // of running text, for a line of another kind in it

using Features = BlockFeatures;

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

Features features_of(Block const& block) {
    Features f;
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

bool is_running_text(Block const& block, Features const& f) noexcept {
    if (block.furniture || block.outside || f.furniture || f.weak || f.links || f.foreign) return false;
    if (block.kind == BlockKind::heading || block.kind == BlockKind::caption || block.kind == BlockKind::code)
        return false;
    if (f.words >= 40) return true;
    return f.terminated && !f.question && f.words >= (block.kind == BlockKind::list_item ? 16u : 11u);
}

// Words of verbs that carry a clause.
constexpr auto finite_verbs = std::to_array<std::string_view>(
    {"am",   "are",  "can",  "cannot", "could", "did",    "do",    "does",    "found", "had",   "has",
     "have", "is",   "may",  "might",  "must",  "said",   "says",  "shall",   "show",  "shows", "should",
     "was",  "were", "will", "would",  "isn't", "aren't", "don't", "doesn't", "can't", "won't"});

// A sentence that lacks nothing but its stop: begins with a capital, has a verb, and is not written As a Headline Is.
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
    return capitals * 2 < words && count_of<finite_verbs>(comparable(text)) > 0;
}

bool is_dateline(Features const& f) {
    return f.words <= 8 && !f.terminated && std::count_if(f.text.begin(), f.text.end(), is_ascii_digit) >= 3 &&
           (f.text.find("20") != std::string::npos || f.text.find("19") != std::string::npos) &&
           f.text.find('%') == std::string::npos;
}

// A headline may name a year.
bool has_day(Features const& f, std::string_view text) {
    return std::count_if(f.text.begin(), f.text.end(), is_ascii_digit) >= 6 || !iso_date(text).empty();
}

// A line that tells of the article: who wrote it, when, who took its picture. It may stand beside text, furniture does not.
bool is_publication_line(Features const& f, std::string_view text) {
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

// A short passage in which the publisher turns to its readers, or that shouts or orders: an appeal, if it stands among
// furniture.
struct Appeal {
    bool by_voice = false, by_form = false;
};

Appeal appeal_of(Features const& f) {
    if (f.words == 0 || f.words > 40 || f.text.find('"') != std::string::npos) return {};
    return {f.publisher_voice, f.text.ends_with('!') || begins_as_appeal(f.text)};
}

class Judge {
public:
    Judge(Document const& document, std::vector<BlockFeatures>& features, Format format, std::string_view title)
        : blocks_(document.blocks), features_(features), format_(format), title_(comparable(title)) {
        format_ == Format::html ? note_copies() : note_repetitions();
        for (std::size_t i = 0; i < blocks_.size(); ++i)
            features_[i].body = is_running_text(blocks_[i], features_[i]) && !features_[i].neighbour_repeated;
        for (auto const& item : document.metadata)
            if (item.key == "author" && count_words(item.value) >= 2) authors_.push_back(comparable(item.value));
        mark_appeals();
        find_title();
        find_body();
    }

    std::vector<BlockRole> judge() {
        std::vector<BlockRole> roles;
        roles.reserve(blocks_.size());
        for (std::size_t i = 0; i < blocks_.size(); ++i) {
            roles.push_back(judge_block(i));
            text_above_ = text_above_ || roles.back() == BlockRole::main || roles.back() == BlockRole::list_item ||
                          roles.back() == BlockRole::quotation;
        }
        clear_link_runs(roles);
        return roles;
    }

private:
    // The blocks of each text that stands there more than once, in order of place.
    template <typename IsWanted, typename Take>
    void for_each_repeated_text(IsWanted const& is_wanted, Take const& take) const {
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < blocks_.size(); ++i)
            if (is_wanted(i)) places.push_back(i);
        std::stable_sort(places.begin(), places.end(),
                         [&](auto a, auto b) { return features_[a].text < features_[b].text; });
        for (std::size_t begin = 0, end = 0; begin < places.size(); begin = end) {
            while (end < places.size() && features_[places[end]].text == features_[places[begin]].text)
                ++end;
            if (end - begin >= 2) take(std::span(places).subspan(begin, end - begin));
        }
    }

    void note_repetitions() {
        auto const has_text = [&](std::size_t i) { return !features_[i].text.empty(); };
        for_each_repeated_text(has_text, [&](std::span<std::size_t const> places) {
            // The first copy of a sentence is the article's; a line that comes twice may be a menu's or a picture's.
            auto const& first = features_[places.front()];
            bool const sentence = first.terminated && !first.question && first.words >= 4;
            for (std::size_t k = sentence ? 1 : 0; k < places.size(); ++k) {
                features_[places[k]].repeated = k > 0 || features_[places[k]].words <= 12;
                bool const beside = (k > 0 && places[k] - places[k - 1] <= 2) ||
                                    (k + 1 < places.size() && places[k + 1] - places[k] <= 2);
                features_[places[k]].neighbour_repeated = beside && features_[places[k]].words <= 40;
            }
        });
    }

    // Markup tells menus from text, so a line of the article may come again ("Serves four."). A paragraph that does is a
    // pull quote or the summary above it: the paragraph stays, its copies go.
    void note_copies() {
        auto const is_paragraph = [&](std::size_t i) {
            return features_[i].words > 12 && !blocks_[i].furniture && !blocks_[i].outside &&
                   blocks_[i].kind != BlockKind::caption;
        };
        for_each_repeated_text(is_paragraph, [&](std::span<std::size_t const> places) {
            if (places.size() != 2) return;  // a set question, not a copy
            auto const kept =
                std::find_if(places.begin(), places.end(), [&](auto i) { return blocks_[i].marked_body; });
            for (auto const i : places)
                features_[i].repeated = i != (kept != places.end() ? *kept : places.front());
        });
    }

    // Furniture spreads to the appeals beside it, at most three in a row.
    void mark_appeals() {
        std::vector<Appeal> appeals;
        for (auto const& f : features_)
            appeals.push_back(appeal_of(f));
        auto const [head, tail] = plain_text(appeals);
        for (int pass = 0; pass < 3; ++pass) {
            std::vector<std::size_t> found;
            for (std::size_t i = 0; i < blocks_.size(); ++i) {
                auto const& [by_voice, by_form] = appeals[i];
                if (!(by_voice || by_form) || is_furniture(i)) continue;
                bool const above = i == 0 || is_furniture(i - 1),
                           below = i + 1 == blocks_.size() || is_furniture(i + 1);
                bool const in_margin = i < head || i > tail;
                if (by_voice ? (above && i > 0) || (below && i + 1 < blocks_.size()) : in_margin && above && below)
                    found.push_back(i);
            }
            if (found.empty()) return;
            for (auto const i : found) {
                features_[i].furniture = true;
                features_[i].body = false;
            }
        }
    }

    // First and last block of running text that is no appeal.
    std::pair<std::size_t, std::size_t> plain_text(std::vector<Appeal> const& appeals) const {
        std::size_t head = blocks_.size(), tail = blocks_.size();
        for (std::size_t i = 0; i < blocks_.size(); ++i) {
            if (!features_[i].body || appeals[i].by_voice || appeals[i].by_form) continue;
            head = std::min(head, i);
            tail = i;
        }
        return {head, tail};
    }

    bool is_furniture(std::size_t i) const {
        auto const& f = features_[i];
        if (is_publication_line(f, blocks_[i].text.text())) return false;
        return blocks_[i].furniture || f.furniture || f.links || (f.weak && f.words <= 14) ||
               (f.words <= 8 && section_opened_by(f.text) != SectionOpening::none);
    }

    bool is_title(std::size_t i) const {
        auto const& f = features_[i];
        if (title_.empty() || f.words > 40) return false;
        auto const line = without_title_label(f.text);
        return line == title_ || (!is_ascii(line) && comparable(line) == title_);
    }

    // What a capture has above its title is the site's head.
    void find_title() {
        if (format_ != Format::text) return;
        for (std::size_t i = 0; i < std::min(blocks_.size(), longest_head); ++i) {
            if (is_title(i)) {
                title_at_ = i;
                return;
            }
            if (features_[i].words >= 40) return;
        }
    }

    void find_body() {
        first_body_ = blocks_.size();
        for (std::size_t i = title_at_; i < blocks_.size(); ++i) {
            if (!features_[i].body) continue;
            first_body_ = std::min(first_body_, i);
            last_body_ = i;
            body_words_ += features_[i].words;
        }
        if (format_ == Format::html && first_body_ < blocks_.size()) extend_body();
        // Nothing but short lines: none of them stands before or after anything.
        if (first_body_ == blocks_.size() && !blocks_.empty()) {
            first_body_ = title_at_;
            last_body_ = blocks_.size() - 1;
        }
    }

    // In the part of a page that holds the article, its text goes on as long as there are paragraphs and items.
    void extend_body() {
        for (std::size_t i = blocks_.size(); i-- > last_body_ + 1;) {
            auto const& f = features_[i];
            if (blocks_[i].furniture || blocks_[i].outside || f.furniture || f.weak || f.links || f.words < 4) continue;
            if (!blocks_[i].marked_body && blocks_[i].kind != BlockKind::table_cell) continue;
            last_body_ = i;
            return;
        }
    }

    BlockRole judge_block(std::size_t i) {
        auto const& block = blocks_[i];
        auto const& f = features_[i];
        words_before_ += f.body ? f.words : 0;
        if (is_title(i)) return BlockRole::title;
        if (block.furniture || block.outside || i < title_at_) return BlockRole::boilerplate;
        if (is_about_author(i)) return BlockRole::boilerplate;
        if (leaves_inset(i)) closing_ = in_links_ = false;
        if (opens_section(i)) return BlockRole::boilerplate;
        if (closing_) return BlockRole::boilerplate;
        if (in_links_) {
            if (!(f.body && f.words >= 20) && !(block.kind == BlockKind::heading && format_ != Format::text))
                return BlockRole::boilerplate;
            in_links_ = false;
        }
        if (f.furniture || f.links || f.foreign) return BlockRole::boilerplate;
        if (f.weak && (f.words <= 14 || !f.terminated || i < first_body_ || i > last_body_))
            return BlockRole::boilerplate;
        if (format_ == Format::text && is_teaser(i)) return BlockRole::boilerplate;
        if (f.neighbour_repeated) return BlockRole::fragment;
        if (f.repeated)
            return f.words > 12 ? BlockRole::boilerplate : f.terminated ? BlockRole::fragment : BlockRole::heading;
        return judge_content(i);
    }

    // "Ada Smith is a reporter in Paris." below the text, or in the author's box.
    bool is_about_author(std::size_t i) const {
        auto const& f = features_[i];
        if (blocks_[i].bio && f.terminated && f.words >= 8) return true;
        return i + 3 > last_body_ && f.terminated && f.words <= 120 &&
               std::any_of(authors_.begin(), authors_.end(), [&](std::string const& author) {
                   if (!f.text.starts_with(author)) return false;
                   auto const rest = std::string_view(f.text).substr(author.size());
                   return rest.starts_with(" is ") || rest.starts_with(" (") || rest.starts_with(", ") ||
                          rest.starts_with(" was ") || rest.starts_with(" writes ") || rest.starts_with(" covers ");
               });
    }

    // A short line that trails off is the begin of another article.
    bool is_teaser(std::size_t i) const noexcept {
        auto const& f = features_[i];
        return f.words <= 25 && (f.text.ends_with("...") || f.text.ends_with("\u2026")) &&
               (i < first_body_ || i >= last_body_);
    }

    bool is_section_heading(Block const& block, Features const& f) const noexcept {
        if (block.kind == BlockKind::list_item || block.kind == BlockKind::quotation) return false;
        return block.kind == BlockKind::heading || (f.words <= 8);
    }

    bool opens_section(std::size_t i) {
        auto const& f = features_[i];
        if (!is_section_heading(blocks_[i], f)) return false;
        auto const opening = section_opened_by(f.text);
        if (opening == SectionOpening::none) return false;
        if (may_head_text(f.text) && prose_follows(i) && !is_near_end(i)) return false;
        if (!closing_) inset_in_ = blocks_[i].box != body_box_ ? body_box_ : 0;
        if (opening == SectionOpening::closing && is_near_end(i))
            closing_ = true;
        else if (opening == SectionOpening::links || section_opened_by(f.text) == SectionOpening::closing)
            in_links_ = !has_text_below(i);
        return true;
    }

    // Text stands above, and little of it below.
    bool is_near_end(std::size_t i) const noexcept {
        std::size_t const left = body_words_ - std::min(words_before_, body_words_);
        return i > first_body_ && text_above_ && left * 100 <= body_words_ * 35;
    }

    // Sentences, and no entries of a list of literature.
    bool prose_follows(std::size_t i) const {
        if (i + 1 >= blocks_.size()) return false;
        auto const& block = blocks_[i + 1];
        auto const& f = features_[i + 1];
        bool const marked = block.furniture || block.outside || f.furniture || f.weak || f.links;
        if (marked || block.kind != BlockKind::paragraph || !f.terminated || f.words < 4) return false;
        bool const numbers = std::any_of(f.text.begin(), f.text.end(), is_ascii_digit);
        return !numbers || f.words >= 40 || count_of<finite_verbs>(f.text) > 0;
    }

    // A heading in a box of its own ends with it: below, the box goes on that held the text above.
    bool leaves_inset(std::size_t i) noexcept {
        if (inset_in_ != 0 && features_[i].body && blocks_[i].box == inset_in_ && (closing_ || in_links_)) return true;
        if (features_[i].body && !closing_ && !in_links_ && blocks_[i].marked_body) body_box_ = blocks_[i].box;
        return false;
    }

    // "Sources" over running text in the midst of an article is a heading like any other.
    bool has_text_below(std::size_t i) const noexcept {
        return i + 1 < blocks_.size() && features_[i + 1].body && features_[i + 1].words >= 20;
    }

    BlockRole judge_content(std::size_t i) const {
        auto const& block = blocks_[i];
        auto const& f = features_[i];
        if (f.words == 0) return BlockRole::fragment;
        if ((block.byline && f.words <= 14 && !f.terminated) || is_dateline(f) ||
            !name_in_byline(block.text.text()).empty())
            return BlockRole::fragment;
        switch (block.kind) {
            case BlockKind::heading: return judge_heading(i);
            case BlockKind::caption:
            case BlockKind::code: return BlockRole::fragment;
            case BlockKind::table_cell: return f.terminated && f.words >= 8 ? BlockRole::main : BlockRole::fragment;
            case BlockKind::list_item: return judge_item(i);
            case BlockKind::quotation: return BlockRole::quotation;
            case BlockKind::paragraph: break;
        }
        return judge_paragraph(i);
    }

    // The headings of a page that stand above or below its text are the site's, but for the one right above it.
    BlockRole judge_heading(std::size_t i) const noexcept {
        if (format_ != Format::html) return BlockRole::heading;
        if (i > last_body_) return BlockRole::boilerplate;
        return i > first_body_ || i + 1 == first_body_ ? BlockRole::heading : BlockRole::fragment;
    }

    BlockRole judge_item(std::size_t i) const noexcept {
        bool const before = i < first_body_ && !features_[i].terminated;
        if (before && format_ != Format::markdown) return BlockRole::boilerplate;
        return BlockRole::list_item;
    }

    BlockRole judge_paragraph(std::size_t i) const {
        auto const& f = features_[i];
        if (f.question && f.words <= 25 && is_one_sentence(i)) return BlockRole::heading;
        if (!f.terminated) return judge_unended(i);
        if (f.body) return BlockRole::main;
        if (is_label(f)) return BlockRole::heading;
        if (format_ == Format::text && i < first_body_ && f.words < 8 && !leads_in(i)) return BlockRole::boilerplate;
        if (i > last_body_ && f.words < 5) return BlockRole::boilerplate;
        return BlockRole::main;
    }

    // A short sentence between the title, or nothing, and the first paragraph: "Unlike opioids, it acts fast."
    bool leads_in(std::size_t i) const {
        auto const& f = features_[i];
        auto const [by_voice, by_form] = appeal_of(f);
        bool const below_title = i == title_at_ + 1 && is_title(title_at_);
        return f.words >= 4 && !by_voice && !by_form && !f.question && (below_title || i + 1 == first_body_);
    }

    static bool is_label(Features const& f) noexcept { return f.words <= 8 && f.text.ends_with(':'); }

    bool is_one_sentence(std::size_t i) const noexcept {
        std::string_view const text = trimmed(blocks_[i].text.text());
        auto const stop = text.find_first_of(".!?");
        return stop == std::string_view::npos || text.size() - stop <= 4 || stop == text.rfind('?');
    }

    BlockRole judge_unended(std::size_t i) const noexcept {
        auto const& f = features_[i];
        if (blocks_[i].cut_off) return BlockRole::main;
        std::string_view const text = blocks_[i].text.text();
        bool const has_sentences =
            text.find(". ") != std::string_view::npos || text.find("? ") != std::string_view::npos;
        if (f.words >= 25 || (has_sentences && f.words >= 14) || (blocks_[i].marked_body && f.words >= 16))
            return BlockRole::main;
        if (f.words > 16 && stands_in_text(i) && is_clause(text)) return BlockRole::main;
        bool const at_margin = format_ == Format::html && (i < first_body_ || i > last_body_);
        if (f.words <= 16 && !at_margin) return BlockRole::heading;
        return BlockRole::fragment;
    }

    bool stands_in_text(std::size_t i) const noexcept {
        return i > 0 && i + 1 < blocks_.size() && features_[i - 1].body && features_[i + 1].body;
    }

    // Three or more short lines in a row that are no sentences are a menu or a table of contents, but for the last, which
    // may be the heading of what follows. Markdown and HTML mark their headings.
    void clear_link_runs(std::vector<BlockRole>& roles) const {
        if (format_ != Format::text) return;
        for (std::size_t begin = 0; begin < roles.size();) {
            std::size_t end = begin;
            while (end < roles.size() && is_short_line(end, roles[end]))
                ++end;
            if (end - begin >= 3)
                for (std::size_t i = begin; i + 1 < end; ++i)
                    if (roles[i] == BlockRole::heading && !features_[i].question) roles[i] = BlockRole::boilerplate;
            begin = end + 1;
        }
    }

    bool is_short_line(std::size_t i, BlockRole role) const noexcept {
        return role == BlockRole::title || role == BlockRole::boilerplate ? features_[i].words <= 16
                                                                          : role == BlockRole::heading;
    }

    std::vector<Block> const& blocks_;
    std::vector<Features>& features_;
    Format format_;
    std::string title_;
    std::vector<std::string> authors_;  // comparable
    std::size_t title_at_ = 0;
    std::size_t first_body_ = 0, last_body_ = 0;
    std::size_t body_words_ = 0, words_before_ = 0;
    bool closing_ = false, in_links_ = false;
    bool text_above_ = false;  // some block was found to be the article's
    std::uint32_t body_box_ = 0,
                  inset_in_ = 0;  // boxes of HTML: of the last paragraph; that a section stands apart from
};

constexpr auto title_labels = std::to_array<std::string_view>({"post:", "title:", "article:", "headline:"});

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

std::vector<BlockRole> judge_blocks(Document const& document, std::vector<BlockFeatures>& features, Format format,
                                    std::string_view title) {
    return Judge(document, features, format, title).judge();
}

std::string_view without_title_label(std::string_view line) noexcept {
    for (auto const label : title_labels)
        if (line.size() > label.size() && line[label.size() - 1] == label.back() &&
            ascii_lower(line.substr(0, label.size())) == label)
            return trimmed(line.substr(label.size()));
    return line;
}

namespace {

// A line above the text of a capture that may be its title.
struct TitleCandidate {
    std::string text;
    std::size_t block = 0, words = 0;
    int score = 0;
    bool repeated = false;
};

// Which content words of some lines stand in the text, too: those of its title do, those of a menu do not.
class SharedWords {
public:
    void add_line(std::string_view comparable_line) {
        for_each_stem(comparable_line, [&](std::string_view stem) { stems_.add(stem); });
        seen_.resize(stems_.size() + 1);
    }
    /// @pre the lines were added
    void read(std::string_view comparable_text) {
        for_each_stem(comparable_text, [&](std::string_view stem) { seen_[stems_.find(stem)] = true; });
    }
    /// Share of the content words of a line that the text has; 0 for a line that has none.
    [[nodiscard]] double share_of(std::string_view comparable_line) const {
        std::size_t n = 0, known = 0;
        for_each_stem(comparable_line, [&](std::string_view stem) {
            ++n;
            auto const number = stems_.find(stem);
            known += number != 0 && seen_[number];
        });
        return n > 0 ? static_cast<double>(known) / static_cast<double>(n) : 0.0;
    }

private:
    template <typename Take>
    static void for_each_stem(std::string_view text, Take const& take) {
        constexpr auto is_part = [](ByteBlock c) {
            auto const sign = (c == '.') | (c == ',') | (c == ';') | (c == ':') | (c == '!') | (c == '?') | (c == '/');
            return ~((c == ' ') | (c == 0) | sign | (c == '(') | (c == ')') | (c == '"') | (c == '\'') | (c == '-') |
                     (c == '|'));
        };
        for_each_run(text, is_part, [&](std::size_t begin, std::size_t end) {
            if (end - begin >= 4) take(text.substr(begin, std::min<std::size_t>(end - begin, 6)));
            return true;
        });
    }
    WordNumbers stems_;
    std::vector<bool> seen_;  // by number of the stem
};

// The lines before the text, and what stands among them.
class TitleSearch {
public:
    TitleSearch(std::vector<Block> const& blocks, std::vector<Features> const& features)
        : blocks_(blocks), features_(features) {
        find_text();
        collect();
    }

    std::string best() {
        lower_what_stands_above_a_menu();
        lower_what_stands_far_above_the_text();
        raise_what_stands_above_the_byline();
        weigh_shared_words();
        TitleCandidate const* best = nullptr;
        for (auto const& candidate : candidates_)
            if (candidate.score > (best ? best->score : 0)) best = &candidate;
        return best ? best->text : std::string();
    }

private:
    // The stretch that has most words of running text, each short line in it counted against it: teasers among the menus
    // of a page are no begin of its article.
    void find_text() {
        long sum = 0, best = 0;
        std::size_t begin = 0;
        head_ = blocks_.size();
        for (std::size_t i = 0; i < blocks_.size(); ++i) {
            auto const& f = features_[i];
            bool const running = is_running_text(blocks_[i], f);
            if (sum <= 0) {
                sum = 0;
                begin = i;
            }
            sum += running ? static_cast<long>(std::min<std::size_t>(f.words, 200)) : -words_against_a_stretch;
            if (sum <= best) continue;
            best = sum;
            head_ = begin;
            text_ends_ = i;
        }
    }

    void collect() {
        std::size_t short_lines = 0;
        for (std::size_t i = head_ - std::min(head_, longest_head); i < head_; ++i) {
            auto const& f = features_[i];
            if (is_running_text(blocks_[i], f)) continue;
            short_lines = f.words <= 3 && !f.terminated ? short_lines + 1 : 0;
            // Four short lines in a row are a menu, too.
            if (is_menu_word(f.text) || is_menu_line(f.text) || short_lines >= 4) menu_ends_ = i;
            if (is_publication_line(f, trimmed(blocks_[i].text.text())))
                byline_ = std::min(byline_, i);
            else
                take(i, f);
        }
    }

    // A title shares words with its text; a line that comes again and does not is a menu's.
    void weigh_shared_words() {
        if (candidates_.empty()) return;
        SharedWords shared;
        for (auto const& candidate : candidates_)
            shared.add_line(comparable(candidate.text.substr(0, looked_at_bytes)));
        std::size_t words = 0;
        for (std::size_t i = head_; i < blocks_.size() && i <= text_ends_ && words < 600; ++i) {
            if (!is_running_text(blocks_[i], features_[i])) continue;
            shared.read(features_[i].text);
            words += features_[i].words;
        }
        for (auto& candidate : candidates_) {
            auto const share = shared.share_of(comparable(candidate.text.substr(0, looked_at_bytes)));
            candidate.score += share >= 0.75 ? 4 : share >= 0.5 ? 2 : share >= 0.25 ? 0 : -2;
            if (candidate.repeated) candidate.score += share >= 0.5 ? 6 : 2;
        }
    }

    void take(std::size_t i, Features const& f) {
        auto const whole = trimmed(blocks_[i].text.text());
        auto const line = without_title_label(whole);
        bool const labelled = line.size() != whole.size();
        bool const sentence = f.terminated && !f.question;
        if (f.words < 2 || f.words > 30 || sentence || f.foreign || blocks_[i].kind == BlockKind::list_item) return;
        if (!labelled && (f.furniture || section_opened_by(f.text) != SectionOpening::none)) return;
        int score = f.words >= 5 ? 5 : f.words == 4 ? 4 : f.words == 3 ? 2 : 1;
        if (labelled) score += 8;
        bool const repeated = f.words >= 3 && times(comparable(line)) >= 2;
        if (f.weak) score -= 3;
        candidates_.push_back({folded(line), i, f.words, score, repeated});
    }

    /// How many short lines of the document say the same, a label before it left out.
    std::size_t times(std::string const& comparable_line) {
        if (short_lines_.empty()) collect_short_lines();
        auto const [begin, end] = std::equal_range(short_lines_.begin(), short_lines_.end(), comparable_line);
        return static_cast<std::size_t>(end - begin);
    }

    void collect_short_lines() {
        short_lines_.reserve(blocks_.size());
        for (std::size_t i = 0; i < blocks_.size(); ++i) {
            std::string_view const text = blocks_[i].text.text();
            if (text.size() > 300) continue;
            auto const line = without_title_label(text);
            if (line.size() == text.size())
                short_lines_.emplace_back(features_[i].text);
            else
                short_lines_.emplace_back(unlabelled_.emplace_back(comparable(line)));
        }
        std::sort(short_lines_.begin(), short_lines_.end());
    }

    // The site's name and its motto stand above its menu, the title of an article below.
    void lower_what_stands_above_a_menu() {
        for (auto& candidate : candidates_)
            if (candidate.block < menu_ends_) candidate.score -= candidate.block <= 1 ? 2 : 1;
    }

    void lower_what_stands_far_above_the_text() {
        if (head_ <= near_text) return;
        for (auto& candidate : candidates_)
            if (candidate.block + near_text < head_) candidate.score -= candidate.block + far_from_text < head_ ? 5 : 3;
    }

    void raise_what_stands_above_the_byline() {
        for (std::size_t k = 0; k < candidates_.size(); ++k)
            if (is_above_byline(k) && candidates_[k].words >= 3 && !sums_up(k)) candidates_[k].score += 2;
    }

    // Directly, or with a short line between them that may be the author's name alone.
    bool is_above_byline(std::size_t k) const noexcept {
        auto const at = candidates_[k].block;
        if (at + 1 == byline_) return candidates_[k].words >= 5 || k == 0 || candidates_[k - 1].block + 1 != at;
        return at + 2 == byline_ && k + 1 < candidates_.size() && candidates_[k + 1].block == at + 1 &&
               candidates_[k + 1].words < 5;
    }

    // A line between title and byline that says in more words what the article is about. What stands above the title may
    // also be the motto below the site's name.
    bool sums_up(std::size_t k) const noexcept {
        if (k == 0) return false;
        auto const &line = candidates_[k], &above = candidates_[k - 1], &first = candidates_.front();
        if (above.block == 1 && first.block == 0 && first.words <= 3) return false;
        return line.words > 14 || (above.words >= 6 && line.words * 5 >= above.words * 7);
    }

    std::vector<Block> const& blocks_;
    std::vector<Features> const& features_;
    std::vector<std::string_view> short_lines_;  // comparable, sorted
    std::deque<std::string> unlabelled_;         // those without their label
    std::vector<TitleCandidate> candidates_;
    std::size_t menu_ends_ = 0;
    std::size_t head_ = 0;       // number of blocks above the text
    std::size_t text_ends_ = 0;  // its last block
    std::size_t byline_ = std::string::npos;
};

}  // namespace

std::string title_in_text(Document const& document, std::vector<BlockFeatures> const& features) {
    return TitleSearch(document.blocks, features).best();
}

namespace {

constexpr auto byline_starts = std::to_array<std::string_view>(
    {"by ", "by: ", "written by ", "written by: ", "author: ", "posted by ", "words by ", "story by ", "column by ",
     "opinion by ", "comment by ", "analysis by ", "essay by ", "report by ", "text by ", "guest post by "});

// Most lines are none, as their first letters tell. What is no ASCII may be left out when the line is folded.
bool may_be_byline(std::string_view line) noexcept {
    constexpr std::size_t told_by = 3;
    std::size_t at = 0;
    while (at < line.size() && static_cast<unsigned char>(line[at]) <= ' ')
        ++at;
    auto const head = line.substr(at, told_by);
    if (head.size() < told_by || !is_ascii(head)) return true;
    return std::any_of(byline_starts.begin(), byline_starts.end(), [&](std::string_view start) {
        return ascii_lower(head[0]) == start[0] && (ascii_lower(head[1]) == start[1]);
    });
}

// "Ada Smith, 4 May 2023" -> "Ada Smith"; "Monday, 4 May 2023" stays as it is.
std::string without_day(std::string name) {
    auto const comma = name.find(", ");
    if (comma == std::string::npos || count_words(name.substr(0, comma)) < 2) return name;
    for (auto at = comma; at != std::string::npos; at = name.find(", ", at + 1)) {
        auto const rest = std::string_view(name).substr(at + 2);
        if (count_words(rest) <= 4 && iso_date(rest).size() == 10) return name.substr(0, at);
    }
    return name;
}

}  // namespace

std::string name_in_byline(std::string_view line) {
    if (!may_be_byline(line)) return {};
    auto text = folded(line);
    if (text.size() > 160 || text.size() < 6) return {};
    std::string const lower = ascii_lower(text);
    std::size_t begin = 0;
    for (auto const start : byline_starts)
        if (lower.starts_with(start)) begin = std::max(begin, start.size());
    if (begin == 0) return {};
    text.erase(0, begin);
    // What follows the name: " | Jan 3", " on March 4", " - 5 min read".
    for (std::string_view const stop : {" | ", " on ", " - ", " \u2013 ", " \u2014 ", " \u00B7 ", " \u2022 ",
                                        " Updated", " Published", " Posted", " at "})
        if (auto const at = text.find(stop); at != std::string::npos && at > 0) text.erase(at);
    text = without_day(std::move(text));
    // A name: every word begins with a capital, but for particles; "By comparison, the drug" is none.
    std::size_t words = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find(' ', at), text.size());
        auto const word = std::string_view(text).substr(at, end - at);
        bool const particle = word == "and" || word == "de" || word == "van" || word == "von" || word == "der" ||
                              word == "la" || word == "&" || word == "in" || word == "of";
        if (!particle && !word.empty() && !is_upper(code_point_at(word, 0).value)) return {};
        ++words;
        at = end + 1;
    }
    bool const ends_like_a_sentence = text.ends_with('.') && words > 5;
    return words >= 1 && words <= 14 && !ends_like_a_sentence ? text : std::string();
}

}  // namespace dossier::sources
