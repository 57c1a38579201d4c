#include "dossier/sources/records/record_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "dossier/sources/document.hpp"
#include "dossier/sources/html_tokens.hpp"
#include "dossier/sources/records/record_stream.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

// --- markup ---

constexpr std::size_t max_tag_bytes = 200;
constexpr std::size_t max_tag_name_bytes = 30;
constexpr std::size_t max_entity_bytes = 40;

constexpr auto inline_tags =
    std::to_array<std::string_view>({"i", "b", "u", "em", "strong", "sub", "sup", "inf", "span", "font", "italic",
                                     "bold", "sc", "small", "tt", "a", "underline"});
constexpr auto paragraph_tags =
    std::to_array<std::string_view>({"p", "br", "div", "title", "sec", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul",
                                     "ol", "abstract", "abstracttext", "list", "list-item", "label"});
enum class Tag { none, in_line, paragraph };

template <std::size_t N>
bool holds(std::array<std::string_view, N> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The tag that begins at text[0] == '<'; its length goes to `length`.
Tag tag_at(std::string_view text, std::size_t& length) {
    auto const end = text.substr(0, max_tag_bytes).find('>');
    if (end == std::string_view::npos) return Tag::none;
    auto name = text.substr(1, end - 1);
    if (name.starts_with('/')) name.remove_prefix(1);
    name = name.substr(0, std::min(name.find(' '), name.find('/')));
    if (name.size() > max_tag_name_bytes) return Tag::none;
    auto const lower = ascii_lower(name);
    std::string_view local = lower;
    if (auto const colon = local.find(':'); colon != std::string_view::npos) local.remove_prefix(colon + 1);
    length = end + 1;
    if (holds(inline_tags, local)) return Tag::in_line;
    return holds(paragraph_tags, local) ? Tag::paragraph : Tag::none;
}

/// What the entity at text[0] == '&' stands for, where it is closed; empty: it is none. Its length goes to `length`.
std::string resolved_entity(std::string_view text, std::size_t& length) {
    auto const end = text.substr(0, max_entity_bytes).find(';');
    if (end == std::string_view::npos) return {};
    auto entity = entity_at(text.substr(0, end + 1));
    if (entity.length != end + 1) return {};
    length = entity.length;
    return std::move(entity.characters);
}

void append_resolved_part(MappedText& to, std::string_view value, MappedText const& from, std::size_t begin,
                          std::size_t length) {
    auto const origin = from.origin_begin(begin);
    to.append_resolved(value, origin, from.origin_end(begin + length) - origin);
}

// --- paragraphs ---

constexpr auto no_abstract = std::to_array<std::string_view>(
    {"[no abstract available]", "no abstract available", "no abstract", "abstract not available",
     "no abstract provided", "n/a", "na", "none", "null", "nan", "[no abstract]", "not available"});

bool stands_for_none(std::string_view text) {
    text = trimmed(text);
    if (text.size() > 40) return false;
    auto lower = ascii_lower(text);
    if (lower.ends_with('.')) lower.pop_back();
    return std::find(no_abstract.begin(), no_abstract.end(), lower) != no_abstract.end();
}

bool is_line_break(char c) noexcept {
    return c == '\n' || c == '\r';
}

struct Part {
    std::size_t begin = 0, end = 0;
    [[nodiscard]] bool empty() const noexcept { return begin == end; }
};

Part trimmed_part(std::string_view text, Part part) noexcept {
    auto const inner = trimmed(text.substr(part.begin, part.end - part.begin));
    if (inner.empty()) return {part.begin, part.begin};
    auto const begin = static_cast<std::size_t>(inner.data() - text.data());
    return {begin, begin + inner.size()};
}

/// Characters of a part, line breaks and the white space around them as single spaces.
void append_folded(MappedText& to, MappedText const& from, Part part) {
    std::string_view const text = from.text();
    auto at = part.begin;
    while (at < part.end) {
        auto const line_end = line_end_after(text.substr(0, part.end), at);
        auto inner = line_end;
        while (inner > at && line_end != part.end && (text[inner - 1] == ' ' || text[inner - 1] == '\t'))
            --inner;
        to.append_part(from, at, inner);
        auto next = line_end;
        while (next < part.end && (is_line_break(text[next]) || text[next] == ' ' || text[next] == '\t'))
            ++next;
        if (next < part.end) append_resolved_part(to, " ", from, inner, next - inner);
        at = next;
    }
}

Block block_of(MappedText const& text, Part part, BlockKind kind) {
    Block block;
    block.kind = kind;
    block.single_line = false;
    block.marked_body = kind == BlockKind::paragraph;
    append_folded(block.text, text, part);
    return block;
}

/// Where the paragraph that begins at `begin` ends: at a line break after the end of a sentence, or before an empty line.
std::size_t paragraph_end(std::string_view text, std::size_t begin) noexcept {
    char last = '\0';  // that is no white space
    auto line_begin = begin;
    for (auto at = line_end_after(text, begin); at < text.size(); at = line_end_after(text, at)) {
        auto const line = trimmed(text.substr(line_begin, at - line_begin));
        if (!line.empty()) last = line.back();
        auto next = at;
        std::size_t breaks = 0;
        while (next < text.size() && (is_line_break(text[next]) || text[next] == ' ' || text[next] == '\t')) {
            breaks += text[next] == '\n' || (text[next] == '\r' && !(next + 1 < text.size() && text[next + 1] == '\n'));
            ++next;
        }
        bool const sentence_ends = last == '.' || last == '!' || last == '?';
        if (breaks > 1 || sentence_ends || next == text.size()) return at;
        at = line_begin = next;
    }
    return text.size();
}

// --- labels of structured abstracts ---

constexpr std::size_t max_label_bytes = 80;

/// A label in capitals begins with one of these words.
constexpr auto label_words = std::to_array<std::string_view>(
    {"aim",          "aims",        "analysis",     "animals",        "approach",     "background",
     "basic",        "case",        "clinical",     "comparison",     "conclusion",   "conclusions",
     "context",      "data",        "design",       "diagnosis",      "discussion",   "eligibility",
     "ethics",       "evaluation",  "evidence",     "experimental",   "exposure",     "exposures",
     "findings",     "funding",     "goal",         "goals",          "history",      "hypothesis",
     "implications", "importance",  "inclusion",    "interpretation", "intervention", "interventions",
     "introduction", "key",         "keywords",     "level",          "limitation",   "limitations",
     "main",         "material",    "materials",    "measurement",    "measurements", "measures",
     "method",       "methodology", "methods",      "objective",      "objectives",   "observations",
     "outcome",      "outcomes",    "participants", "patient",        "patients",     "perspective",
     "population",   "primary",     "principal",    "problem",        "procedure",    "procedures",
     "prospero",     "protocol",    "purpose",      "question",       "rationale",    "recommendations",
     "registration", "relevance",   "research",     "result",         "results",      "sample",
     "scope",        "search",      "secondary",    "selection",      "setting",      "settings",
     "significance", "significant", "sources",      "statistical",    "study",        "subjects",
     "summary",      "systematic",  "treatment",    "trial",          "types",        "unlabelled",
     "what",         "why"});
/// A label in lower case is one of these as a whole.
constexpr auto whole_labels = std::to_array<std::string_view>({"abstract",
                                                               "aim",
                                                               "aims",
                                                               "animals",
                                                               "background",
                                                               "background and aims",
                                                               "background and objectives",
                                                               "background and purpose",
                                                               "clinical significance",
                                                               "conclusion",
                                                               "conclusions",
                                                               "conclusions and clinical importance",
                                                               "conclusions and relevance",
                                                               "context",
                                                               "data sources",
                                                               "design",
                                                               "discussion",
                                                               "findings",
                                                               "funding",
                                                               "hypothesis",
                                                               "implications",
                                                               "importance",
                                                               "interpretation",
                                                               "intervention",
                                                               "interventions",
                                                               "introduction",
                                                               "limitations",
                                                               "main outcome measures",
                                                               "material and methods",
                                                               "materials and methods",
                                                               "measurements",
                                                               "method",
                                                               "methods",
                                                               "methods and results",
                                                               "methods/design",
                                                               "objective",
                                                               "objectives",
                                                               "outcome measures",
                                                               "outcomes",
                                                               "participants",
                                                               "patients and methods",
                                                               "purpose",
                                                               "rationale",
                                                               "result",
                                                               "results",
                                                               "setting",
                                                               "significance",
                                                               "study design",
                                                               "subjects",
                                                               "summary",
                                                               "trial registration"});

bool has_lower(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_label_char(char c) noexcept {
    return is_ascii_alpha(c) || c == ' ' || c == '/' || c == '&' || c == '-' || c == ',' || c == '(' || c == ')' ||
           c == '\'';
}

/// Length of the label that begins at `begin`, its colon included; 0: there is none.
std::size_t label_at(std::string_view text, std::size_t begin, std::size_t end) {
    if (begin >= end || text[begin] < 'A' || text[begin] > 'Z') return 0;
    auto colon = begin;
    while (colon < end && colon - begin < max_label_bytes && is_label_char(text[colon]))
        ++colon;
    if (colon + 1 >= end || text[colon] != ':' || (text[colon + 1] != ' ' && !is_line_break(text[colon + 1]))) return 0;
    auto const label = text.substr(begin, colon - begin);
    auto const lower = ascii_lower(label);
    bool known = holds(whole_labels, lower);
    if (!known && !has_lower(label) && label.size() >= 4)
        known = holds(label_words, std::string_view(lower).substr(0, lower.find_first_of(" /,&-(")));
    return known ? colon + 1 - begin : 0;
}

/// Begin of the next sentence after `at`; `end`: there is none.
std::size_t next_sentence(std::string_view text, std::size_t at, std::size_t end) noexcept {
    for (; at + 1 < end; ++at) {
        bool const mark = text[at] == '.' || text[at] == '?' || text[at] == '!' || text[at] == ')' || text[at] == ']' ||
                          text[at] == ';';
        if (!mark || !is_space(static_cast<unsigned char>(text[at + 1]))) continue;
        auto next = at + 1;
        while (next < end && is_space(static_cast<unsigned char>(text[next])))
            ++next;
        return next;
    }
    return end;
}

bool begins_notice(std::string_view text) noexcept {
    return text.starts_with("©") || text.starts_with("Copyright ©") || text.starts_with("Copyright (") ||
           text.starts_with("Copyright of ") || text.starts_with("(c) 20") || text.starts_with("(C) 20") ||
           text.starts_with("(c) 19") || text.starts_with("(C) 19");
}

class AbstractBlocks {
public:
    AbstractBlocks(MappedText const& text, std::vector<Block>& blocks) noexcept
        : mapped_(text), text_(text.text()), blocks_(blocks) {}

    void append() {
        for (std::size_t begin = 0; begin < text_.size() && blocks_.size() <= max_blocks;) {
            auto const end = paragraph_end(text_, begin);
            append_paragraph(trimmed_part(text_, {begin, end}));
            begin = end;
            while (begin < text_.size() && (is_line_break(text_[begin]) || text_[begin] == ' ' || text_[begin] == '\t'))
                ++begin;
        }
    }

private:
    // Labels and notices stand at the begin of a sentence.
    void append_paragraph(Part rest) {
        auto sentence = rest.begin;
        while (sentence < rest.end && blocks_.size() <= max_blocks) {
            if (begins_notice(text_.substr(sentence, rest.end - sentence))) {
                add({rest.begin, sentence}, BlockKind::paragraph);
                add({sentence, rest.end}, BlockKind::paragraph);
                blocks_.back().furniture = true;
                return;
            }
            auto const label = label_at(text_, sentence, rest.end);
            if (label > 0) {
                add({rest.begin, sentence}, BlockKind::paragraph);
                add({sentence, sentence + label}, BlockKind::heading);
                rest.begin = sentence + label;
                sentence = trimmed_part(text_, rest).begin;
                if (sentence == rest.end) return;
                if (label_at(text_, sentence, rest.end) == 0) sentence = next_sentence(text_, sentence, rest.end);
                continue;
            }
            sentence = next_sentence(text_, sentence, rest.end);
        }
        add(rest, BlockKind::paragraph);
    }

    void add(Part part, BlockKind kind) {
        part = trimmed_part(text_, part);
        if (part.empty()) return;
        blocks_.push_back(block_of(mapped_, part, kind));
        if (kind == BlockKind::heading) blocks_.back().heading_level = 2;
    }

    MappedText const& mapped_;
    std::string_view text_;
    std::vector<Block>& blocks_;
};

}  // namespace

MappedText without_markup(MappedText from) {
    std::string_view const text = from.text();
    auto at = text.find_first_of("<&");
    if (at == std::string_view::npos) return from;
    MappedText to;
    std::size_t taken = 0;
    for (; at != std::string_view::npos && to.n_pieces() <= max_entities; at = text.find_first_of("<&", at)) {
        std::size_t length = 0;
        std::string entity;
        auto tag = Tag::none;
        if (text[at] == '<')
            tag = tag_at(text.substr(at), length);
        else
            entity = resolved_entity(text.substr(at), length);
        if (tag == Tag::none && entity.empty()) {
            ++at;
            continue;
        }
        to.append_part(from, taken, at);
        if (tag == Tag::paragraph) append_resolved_part(to, "\n", from, at, length);
        if (!entity.empty()) append_resolved_part(to, entity, from, at, length);
        at += length;
        taken = at;
    }
    to.append_part(from, taken, text.size());
    return to;
}

Block title_block(MappedText const& text) {
    auto block = block_of(text, trimmed_part(text.text(), {0, text.text().size()}), BlockKind::heading);
    block.title = true;
    block.heading_level = 1;
    return block;
}

void append_abstract(MappedText const& text, std::vector<Block>& blocks) {
    if (stands_for_none(text.text())) return;
    AbstractBlocks(text, blocks).append();
}

}  // namespace dossier::sources
