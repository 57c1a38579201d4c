// What a Markdown file says to md4c, GitHub's dialect: the second opinion on what the format wrote.
#pragma once

#include <md4c.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier::test {

/// What a byte of text stands under; the first three are the ABI's styles.
inline constexpr std::uint32_t mark_emphasis = 1, mark_strong = 2, mark_code = 4, mark_link = 8;

struct ReadText {
    std::string text;                  ///< line breaks within it as "\n"
    std::vector<std::uint32_t> marks;  ///< one for each byte of `text`
    std::vector<std::string> links;    ///< destinations, in order
};
struct ReadTable {
    std::vector<MD_ALIGN> alignment;
    std::vector<std::vector<ReadText>> rows;  ///< the head is the first
};
struct ReadMarkdown {
    std::vector<std::string> outline;  ///< kinds of blocks as they begin: "h2", "p", "table", "ul", "li", "quote", …
    std::vector<std::pair<unsigned, ReadText>> headings;
    std::vector<ReadText> paragraphs;
    std::vector<ReadText> items;  ///< texts of tight list items
    std::vector<ReadTable> tables;
    std::vector<std::string> html;         ///< raw HTML, piece by piece
    std::vector<std::string> other_spans;  ///< spans that the format never writes: images, strikethrough
};

class Md4cReader {
public:
    explicit Md4cReader(std::string_view markdown) {
        MD_PARSER parser{};
        parser.flags = MD_DIALECT_GITHUB;
        parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            return static_cast<Md4cReader*>(self)->enter(type, detail);
        };
        parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
            return static_cast<Md4cReader*>(self)->leave(type);
        };
        parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
            return static_cast<Md4cReader*>(self)->span(type, detail, true);
        };
        parser.leave_span = [](MD_SPANTYPE type, void* detail, void* self) {
            return static_cast<Md4cReader*>(self)->span(type, detail, false);
        };
        parser.text = [](MD_TEXTTYPE type, MD_CHAR const* text, MD_SIZE size, void* self) {
            return static_cast<Md4cReader*>(self)->text(type, {text, size});
        };
        if (md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, this) != 0)
            throw std::runtime_error("md4c refuses the text");
    }
    ReadMarkdown result;

private:
    int enter(MD_BLOCKTYPE type, void* detail) {
        current_ = {};
        switch (type) {
            case MD_BLOCK_DOC:
            case MD_BLOCK_THEAD:
            case MD_BLOCK_TBODY: return 0;
            case MD_BLOCK_QUOTE: return begin("quote");
            case MD_BLOCK_UL: return begin("ul");
            case MD_BLOCK_OL: return begin("ol");
            case MD_BLOCK_LI:
                if (static_cast<MD_BLOCK_LI_DETAIL*>(detail)->is_task != 0) result.other_spans.emplace_back("task");
                return begin("li");
            case MD_BLOCK_HR: return begin("hr");
            case MD_BLOCK_H:
                level_ = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
                return begin("h" + std::to_string(level_));
            case MD_BLOCK_CODE: return begin("code");
            case MD_BLOCK_HTML: return begin("html");
            case MD_BLOCK_P: return begin("p");
            case MD_BLOCK_TABLE: result.tables.emplace_back(); return begin("table");
            case MD_BLOCK_TR: result.tables.back().rows.emplace_back(); return 0;
            case MD_BLOCK_TH:
                result.tables.back().alignment.push_back(static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align);
                return 0;
            case MD_BLOCK_TD: return 0;
        }
        return 0;
    }
    int begin(std::string kind) {
        result.outline.push_back(std::move(kind));
        return 0;
    }
    int leave(MD_BLOCKTYPE type) {
        switch (type) {
            case MD_BLOCK_H: result.headings.emplace_back(level_, current_); break;
            case MD_BLOCK_P: result.paragraphs.push_back(current_); break;
            case MD_BLOCK_LI:
                if (!current_.text.empty()) result.items.push_back(current_);
                break;
            case MD_BLOCK_TH:
            case MD_BLOCK_TD: result.tables.back().rows.back().push_back(current_); break;
            default: break;
        }
        current_ = {};
        return 0;
    }
    int span(MD_SPANTYPE type, void* detail, bool entered) {
        static std::map<MD_SPANTYPE, std::uint32_t> const known{{MD_SPAN_EM, mark_emphasis},
                                                                {MD_SPAN_STRONG, mark_strong},
                                                                {MD_SPAN_CODE, mark_code},
                                                                {MD_SPAN_A, mark_link}};
        auto const mark = known.find(type);
        if (mark == known.end()) {
            if (entered) result.other_spans.push_back("span " + std::to_string(type));
            return 0;
        }
        marks_ = entered ? marks_ | mark->second : marks_ & ~mark->second;
        if (entered && type == MD_SPAN_A) {
            auto const& href = static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
            std::string link;
            for (int i = 0; href.substr_offsets[i] < href.size; ++i) {
                auto const from = href.substr_offsets[i], to = href.substr_offsets[i + 1];
                std::string_view const part(href.text + from, to - from);
                link += href.substr_types[i] == MD_TEXT_ENTITY ? decoded(part) : std::string(part);
            }
            current_.links.push_back(link);
        }
        return 0;
    }
    int text(MD_TEXTTYPE type, std::string_view text) {
        switch (type) {
            case MD_TEXT_HTML: result.html.emplace_back(text); return 0;
            case MD_TEXT_NULLCHAR: return add("\xEF\xBF\xBD");
            case MD_TEXT_BR:
            case MD_TEXT_SOFTBR: return add("\n");
            case MD_TEXT_ENTITY: return add(decoded(text));
            default: return add(text);
        }
    }
    int add(std::string_view text) {
        current_.text += text;
        current_.marks.resize(current_.text.size(), marks_);
        return 0;
    }
    static std::string decoded(std::string_view entity) {
        if (entity == "&lt;") return "<";
        if (entity == "&gt;") return ">";
        if (entity == "&amp;") return "&";
        if (entity.substr(0, 2) != "&#") return "(entity " + std::string(entity.substr(1)) + ")";
        auto const value = static_cast<std::uint32_t>(std::stoul(std::string(entity.substr(2))));
        auto const byte = [](std::uint32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
        if (value < 0x80) return {byte(value)};
        if (value < 0x800) return {byte(0xC0 | value >> 6), byte(0x80 | (value & 0x3F))};
        if (value < 0x10000)
            return {byte(0xE0 | value >> 12), byte(0x80 | (value >> 6 & 0x3F)), byte(0x80 | (value & 0x3F))};
        return {byte(0xF0 | value >> 18), byte(0x80 | (value >> 12 & 0x3F)), byte(0x80 | (value >> 6 & 0x3F)),
                byte(0x80 | (value & 0x3F))};
    }
    ReadText current_;
    unsigned level_ = 0;
    std::uint32_t marks_ = 0;
};

inline ReadMarkdown read_markdown(std::string_view markdown) {
    return Md4cReader(markdown).result;
}

}  // namespace dossier::test
