// Markdown: blocks from md4c's callbacks, whose text points into the input.
#include <md4c.h>

#include <limits>

#include "dossier/sources/document.hpp"
#include "dossier/sources/front_matter.hpp"
#include "dossier/sources/html_tokens.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

class MarkdownReader {
public:
    MarkdownReader(std::string_view text, Document& document) noexcept : text_(text), document_(document) {}

    void read(std::size_t begin) {
        MD_PARSER parser{};
        parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEURLAUTOLINKS;
        parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            return of(self).enter_block(type, detail);
        };
        parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) { return of(self).leave_block(type); };
        parser.enter_span = [](MD_SPANTYPE type, void*, void* self) { return of(self).enter_span(type); };
        parser.leave_span = [](MD_SPANTYPE type, void*, void* self) { return of(self).leave_span(type); };
        parser.text = [](MD_TEXTTYPE type, MD_CHAR const* text, MD_SIZE size, void* self) {
            return of(self).take_text(type, {text, size});
        };
        auto const body = text_.substr(begin);
        bool const fits = body.size() <= std::numeric_limits<MD_SIZE>::max() / 4;
        bool const whole = fits && md_parse(body.data(), static_cast<MD_SIZE>(body.size()), &parser, this) == 0;
        if (!whole && !document_.overfull) document_.troubles.emplace_back("could not be read to its end as Markdown");
        end_block();
    }

private:
    static MarkdownReader& of(void* self) noexcept { return *static_cast<MarkdownReader*>(self); }

    int enter_block(MD_BLOCKTYPE type, void* detail) {
        end_block();
        switch (type) {
            case MD_BLOCK_QUOTE: ++quotes_; break;
            case MD_BLOCK_LI: ++items_; break;
            case MD_BLOCK_H: level_ = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level); break;
            case MD_BLOCK_CODE: code_ = true; break;
            case MD_BLOCK_HTML:
                html_ = true;
                html_begin_ = html_end_ = 0;
                break;
            case MD_BLOCK_TH:
            case MD_BLOCK_TD: cell_ = true; break;
            default: break;
        }
        return stop();
    }

    int leave_block(MD_BLOCKTYPE type) {
        end_block();
        switch (type) {
            case MD_BLOCK_QUOTE: --quotes_; break;
            case MD_BLOCK_LI: --items_; break;
            case MD_BLOCK_H: level_ = 0; break;
            case MD_BLOCK_CODE: code_ = false; break;
            case MD_BLOCK_HTML: take_html(); break;
            case MD_BLOCK_TH:
            case MD_BLOCK_TD: cell_ = false; break;
            default: break;
        }
        return stop();
    }

    int enter_span(MD_SPANTYPE type) noexcept {
        if (type == MD_SPAN_A) ++links_;
        if (type == MD_SPAN_IMG) ++images_;
        return 0;
    }
    int leave_span(MD_SPANTYPE type) noexcept {
        if (type == MD_SPAN_A) --links_;
        if (type == MD_SPAN_IMG) --images_;
        return 0;
    }

    int take_text(MD_TEXTTYPE type, std::string_view piece) {
        if (html_) return take_html_piece(piece);
        MappedText& target = images_ > 0 ? caption_.text : block_.text;
        auto const before = target.text().size();
        switch (type) {
            case MD_TEXT_HTML: break;
            case MD_TEXT_BR:
            case MD_TEXT_SOFTBR: target.append_resolved("\n", last_end_, 1); break;
            case MD_TEXT_NULLCHAR: target.append_resolved("\uFFFD", last_end_, 1); break;
            case MD_TEXT_ENTITY: take_entity(target, piece); break;
            default: take_verbatim(target, piece); break;
        }
        if (links_ > 0 && images_ == 0) block_.link_bytes += target.text().size() - before;
        return 0;
    }

    bool in_input(std::string_view piece) const noexcept {
        return piece.data() >= text_.data() && piece.data() + piece.size() <= text_.data() + text_.size();
    }
    std::size_t offset_of(std::string_view piece) const noexcept {
        return static_cast<std::size_t>(piece.data() - text_.data());
    }

    void take_verbatim(MappedText& target, std::string_view piece) {
        if (!in_input(piece)) {  // md4c's own line break or space
            target.append_resolved(piece, last_end_, 0);
            return;
        }
        target.append(piece, offset_of(piece));
        last_end_ = offset_of(piece) + piece.size();
    }

    void take_entity(MappedText& target, std::string_view piece) {
        auto const entity = entity_at(piece);
        if (entity.length == 0 || ++entities_ > max_entities) return take_verbatim(target, piece);
        if (in_input(piece)) last_end_ = offset_of(piece) + piece.size();
        target.append_resolved(entity.characters, last_end_ - piece.size(), piece.size());
    }

    int take_html_piece(std::string_view piece) noexcept {
        if (!in_input(piece)) return 0;
        if (html_end_ == 0) html_begin_ = offset_of(piece);
        html_end_ = offset_of(piece) + piece.size();
        return 0;
    }

    void take_html() {
        html_ = false;
        if (html_end_ <= html_begin_) return;
        auto part = read_html(text_.substr(html_begin_, html_end_ - html_begin_));
        for (auto& block : part.blocks) {
            block.text.shift(html_begin_);
            block.outside = false;
            document_.blocks.push_back(std::move(block));
        }
        for (auto& trouble : part.troubles)
            if (document_.troubles.size() < 4) document_.troubles.push_back(std::move(trouble));
    }

    void end_block() {
        auto const n_before = document_.blocks.size();
        if (!trimmed(block_.text.text()).empty()) {
            block_.kind = code_         ? BlockKind::code
                          : level_ > 0  ? BlockKind::heading
                          : cell_       ? BlockKind::table_cell
                          : quotes_ > 0 ? BlockKind::quotation
                          : items_ > 0  ? BlockKind::list_item
                                        : BlockKind::paragraph;
            block_.heading_level = level_;
            block_.marked_body = true;
            block_.single_line = block_.text.text().find('\n') == std::string::npos;
            document_.blocks.push_back(std::move(block_));
        }
        if (!trimmed(caption_.text.text()).empty()) {
            caption_.kind = BlockKind::caption;
            bool const first = n_before < document_.blocks.size() &&
                               caption_.text.origin_begin(0) < document_.blocks.back().text.origin_begin(0);
            document_.blocks.insert(document_.blocks.end() - (first ? 1 : 0), std::move(caption_));
        }
        block_ = {};
        caption_ = {};
        if (document_.blocks.size() > max_blocks || entities_ > max_entities) document_.overfull = true;
    }

    // What md4c takes as "stop here".
    [[nodiscard]] int stop() const noexcept { return document_.overfull ? 1 : 0; }

    std::string_view text_;
    Document& document_;
    Block block_, caption_;
    int quotes_ = 0, items_ = 0, level_ = 0, links_ = 0, images_ = 0;
    bool code_ = false, cell_ = false, html_ = false;
    std::size_t entities_ = 0, html_begin_ = 0, html_end_ = 0, last_end_ = 0;
};

}  // namespace

Document read_markdown(std::string_view text) {
    Document document;
    auto front = read_front_matter(text);
    document.metadata = std::move(front.metadata);
    document.front_matter_broken = front.broken_line > 0;
    document.front_matter_line = front.broken_line;
    MarkdownReader(text, document).read(front.end);
    return document;
}

}  // namespace dossier::sources
