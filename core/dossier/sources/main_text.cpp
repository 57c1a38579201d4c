#include "dossier/sources/main_text.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "dossier/sources/byline.hpp"
#include "dossier/sources/page_furniture.hpp"
#include "dossier/sources/title_in_text.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

using Features = BlockFeatures;

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
        return !numbers || f.words >= 40 || has_finite_verb(f.text);
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

}  // namespace

std::vector<BlockRole> judge_blocks(Document const& document, std::vector<BlockFeatures>& features, Format format,
                                    std::string_view title) {
    return Judge(document, features, format, title).judge();
}

}  // namespace dossier::sources
