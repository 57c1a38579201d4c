#include "dossier/sources/pdf/pdf_blocks.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "dossier/sources/block_features.hpp"
#include "dossier/sources/metadata.hpp"
#include "dossier/sources/pdf/hyphenation.hpp"
#include "dossier/sources/pdf/pdf_metadata.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t looked_at_bytes = 1000;      // of a passage, for what it is
constexpr std::size_t open_paragraph_blocks = 12;  // how many captions, notes and heads may interrupt a paragraph
constexpr std::size_t max_references = 5000;
constexpr std::size_t narrowest_column = 40;  // bytes of its widest line

constexpr auto caption_words = std::to_array<std::string_view>(
    {"figure", "fig.", "fig", "table", "box", "scheme", "chart", "supplementary figure", "supplementary table",
     "appendix table", "appendix figure", "exhibit", "extended data fig."});
constexpr auto section_words = std::to_array<std::string_view>({"abstract",
                                                                "contents",
                                                                "table of contents",
                                                                "summary",
                                                                "introduction",
                                                                "background",
                                                                "methods",
                                                                "method",
                                                                "results",
                                                                "discussion",
                                                                "conclusion",
                                                                "conclusions",
                                                                "limitations",
                                                                "objective",
                                                                "objectives",
                                                                "aims",
                                                                "design",
                                                                "setting",
                                                                "participants",
                                                                "interventions",
                                                                "main outcome measures",
                                                                "findings",
                                                                "interpretation",
                                                                "funding",
                                                                "keywords",
                                                                "key words",
                                                                "materials and methods",
                                                                "methods and materials",
                                                                "patients and methods",
                                                                "statistical analysis",
                                                                "acknowledgements",
                                                                "acknowledgments",
                                                                "author contributions",
                                                                "competing interests",
                                                                "conflicts of interest",
                                                                "conflict of interest",
                                                                "declaration of interests",
                                                                "data availability",
                                                                "supplementary material",
                                                                "appendix",
                                                                "case report",
                                                                "case presentation",
                                                                "ethics",
                                                                "results and discussion"});
constexpr auto reference_words =
    std::to_array<std::string_view>({"references", "reference list", "bibliography", "literature cited", "works cited",
                                     "cited literature", "references and notes", "literature"});
constexpr auto note_starts = std::to_array<std::string_view>({"correspondence to",
                                                              "corresponding author",
                                                              "e-mail",
                                                              "email:",
                                                              "downloaded from",
                                                              "copyright ",
                                                              "©",
                                                              "all rights reserved",
                                                              "this is an open access article",
                                                              "this article is distributed",
                                                              "to cite this",
                                                              "how to cite",
                                                              "received:",
                                                              "received ",
                                                              "accepted:",
                                                              "edited by",
                                                              "reviewed by",
                                                              "issn ",
                                                              "doi:",
                                                              "doi ",
                                                              "https://doi.org",
                                                              "http://dx.doi.org",
                                                              "https://",
                                                              "http://",
                                                              "www."});

template <std::size_t n>
bool is_one_of(std::array<std::string_view, n> const& words, std::string_view text) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

char32_t first_letter(std::string_view text) {
    return text.empty() ? 0 : code_point_at(text, 0).value;
}

bool begins_upper(std::string_view text) {
    return is_upper(first_letter(text));
}
bool begins_lower(std::string_view text) {
    return is_lower(first_letter(text));
}

/// "2", "2.1", "2.1.", "IV." in front of a heading: how many bytes, with the space behind; 0: none.
std::size_t section_number(std::string_view line) {
    auto end = line.find_first_not_of("0123456789.");
    if (end == 0 && line.find_first_not_of("IVXL") != 0) {
        end = line.find_first_not_of("IVXL");
        if (end == std::string_view::npos || line[end] != '.') return 0;
        ++end;
    }
    if (end == 0 || end == std::string_view::npos || end > 8 || line[end] != ' ' || line.front() == '.') return 0;
    return end + 1;
}

/// A bullet, or the number or letter of an item, with the space behind; 0: none.
std::size_t item_mark(std::string_view line) {
    for (std::string_view const bullet : {"\u2022", "\u25CF", "\u25E6", "\u25AA", "\u25A0", "\u2023", "\u2043",
                                          "\u00B7", "\uF0B7", "\u27A2", "\u2713", "-", "\u2013", "*"})
        if (line.starts_with(bullet) && line.substr(bullet.size()).starts_with(' ')) return bullet.size() + 1;
    bool const open = line.starts_with('(');
    auto const begin = open ? std::size_t{1} : 0;
    auto end = begin;
    while (end < line.size() && end - begin < 3 && is_ascii_digit(line[end]))
        ++end;
    if (end == begin && end < line.size() && line[end] >= 'a' && line[end] <= 'h') ++end;
    if (end == begin || end + 1 >= line.size()) return 0;
    bool const closed = line[end] == ')' || (!open && line[end] == '.' && is_ascii_digit(line[begin]));
    return closed && line[end + 1] == ' ' ? end + 2 : 0;
}

bool is_caption(std::string_view line) {
    auto const text = comparable(line.substr(0, looked_at_bytes));
    for (auto const word : caption_words) {
        if (!text.starts_with(word)) continue;
        auto at = word.size();
        if (at < text.size() && text[at] == ' ') ++at;
        if (at < text.size() && text[at] == 's') ++at;  // "Table S1"
        auto const digits = at;
        while (at < text.size() && (is_ascii_digit(text[at]) || text[at] == '.'))
            ++at;
        if (at == digits) continue;
        if (at < text.size() && text[at] >= 'a' && text[at] <= 'f' && (at + 1 == text.size() || text[at + 1] == ' '))
            ++at;
        if (at == text.size() || text[at - 1] == '.' ||
            std::string_view(":|-").find(text[at]) != std::string_view::npos)
            return true;
        // "Table 2 Outcomes at one year" is one, "Table 2 shows" is not.
        return text[at] == ' ' && at + 1 < line.size() && line.find(' ') != std::string_view::npos &&
               begins_upper(trimmed(line.substr(std::min(at, line.size()))));
    }
    return false;
}

bool is_section_word(std::string_view line) {
    auto text = comparable(line);
    while (!text.empty() && (text.back() == ':' || text.back() == '.'))
        text.pop_back();
    return is_one_of(section_words, text);
}

bool is_reference_heading(std::string_view line) {
    auto const number = section_number(line);
    auto text = comparable(line.substr(number));
    while (!text.empty() && (text.back() == ':' || text.back() == '.'))
        text.pop_back();
    return is_one_of(reference_words, text);
}

bool is_capitals(std::string_view line) {
    std::size_t n = 0;
    for (std::size_t at = 0; at < line.size();) {
        auto const [value, length] = code_point_at(line, at);
        if (is_lower(value)) return false;
        n += is_upper(value) ? 1 : 0;
        at += length;
    }
    return n >= 4;
}

/// A line that is a heading by its form, whatever stands around it.
bool is_heading_line(std::string_view line) {
    if (line.size() > 120 || count_words(line) > 14 || line.empty()) return false;
    if (is_section_word(line) || is_reference_heading(line)) return true;
    bool const stopped = line.ends_with('.') || line.ends_with(',') || line.ends_with(';');
    if (stopped) return false;
    auto const number = section_number(line);
    if (number != 0) {
        auto const rest = line.substr(number);
        return begins_upper(rest) && count_words(rest) <= 12 && count_words(rest) >= 1 && !is_terminated(rest);
    }
    return is_capitals(line) && count_words(line) <= 10;
}

/// A passage without a blank line within: what one paragraph at most is made of.
struct Passage {
    std::size_t first = 0, last = 0;  // numbers of lines, both within
};

bool is_note(std::string_view line) {
    auto const text = comparable(line.substr(0, looked_at_bytes));
    if (std::any_of(note_starts.begin(), note_starts.end(),
                    [&](std::string_view start) { return text.starts_with(start); }))
        return true;
    for (std::string_view const mark : {"*", "\u2020", "\u2021", "\u00A7", "\u00B6"})
        if (line.starts_with(mark) && line.size() > mark.size() && !line.substr(mark.size()).starts_with(' '))
            return true;
    return false;
}

/// "Ada Smith, Jean B. Doe and Li Wei": words with capitals and what stands between names.
bool may_be_names(std::string_view line) {
    std::size_t n_names = 0;
    for (std::size_t at = 0; at < line.size();) {
        auto const end = std::min(line.find_first_of(" ,;", at), line.size());
        auto const word = line.substr(at, end - at);
        at = end + 1;
        if (word.empty() || word == "and" || word == "&" || word == "de" || word == "van" || word == "von") continue;
        if (!begins_upper(word)) return false;
        ++n_names;
    }
    return n_names >= 2 && n_names <= 40;
}

/// Whether the title ends with `here`: below it stand, shorter, the names of its authors, or the date.
bool ends_title(std::string_view here, std::string_view next) {
    if (next.size() > looked_at_bytes) return false;
    if (count_words(next) <= 6 && !iso_date(next).empty()) return true;
    bool const listed = next.find(',') != std::string_view::npos || next.find(" and ") != std::string_view::npos;
    return may_be_names(next) && (listed || next.size() * 2 < here.size());
}

class BlockMaker {
public:
    BlockMaker(std::string_view text, std::vector<PdfLine> const& lines) : lines_(lines), hyphenation_(text) {}

    Document make() {
        for (std::size_t i = 0; i < lines_.size() && !document_.overfull;) {
            if (lines_[i].text.empty()) {
                ++i;
            } else if (lines_[i].furniture) {
                add_furniture(i++);
            } else {
                i = take_passages(i);
            }
        }
        return std::move(document_);
    }

private:
    // --- from lines to passages ---

    /// Takes the lines up to the next gap, and returns the number of the line behind.
    std::size_t take_passages(std::size_t first) {
        std::size_t end = first;
        while (end < lines_.size() && !lines_[end].text.empty() && !lines_[end].furniture &&
               lines_[end].page == lines_[first].page)
            ++end;
        std::size_t widest = 0;
        for (auto i = first; i < end; ++i)
            widest = std::max(widest, lines_[i].text.size());
        if (is_table(first, end)) {
            for (auto i = first; i < end && !document_.overfull; ++i)
                add({i, i}, BlockKind::table_cell);
            return end;
        }
        for (auto begin = first; begin < end && !document_.overfull;) {
            auto last = begin;
            while (last + 1 < end && !breaks_between(begin, last, widest))
                ++last;
            take_passage({begin, last});
            begin = last + 1;
        }
        return end;
    }

    /// Whether a paragraph ends with line `last` of a passage that began with line `begin`.
    [[nodiscard]] bool breaks_between(std::size_t begin, std::size_t last, std::size_t widest) const {
        auto const here = lines_[last].text, next = lines_[last + 1].text;
        bool const bullet = item_mark(next) != 0 && static_cast<unsigned char>(next.front()) >= 0x80;
        if (bullet || (item_mark(next) != 0 && (item_mark(lines_[begin].text) != 0 || is_terminated(here))))
            return true;
        if (last == begin && is_heading_line(here) && !begins_lower(next)) return true;
        if (is_heading_line(next) && (is_terminated(here) || is_section_word(next)) && !begins_lower(next)) return true;
        if (is_caption(next) && is_terminated(here)) return true;
        if (in_head() && ends_title(here, next)) return true;
        // A last line is short, and a first line begins with a capital.
        return is_terminated(here) && here.size() * 10 < widest * 7 && begins_upper(next);
    }

    /// Whether nothing of the text has come yet, only what stands above it on the first page.
    [[nodiscard]] bool in_head() const {
        return document_.blocks.size() < 8 &&
               std::none_of(document_.blocks.begin(), document_.blocks.end(),
                            [](Block const& block) { return !block.furniture && is_terminated(block.text.text()); });
    }

    /// Rows and cells: many short lines of which none is a sentence's end.
    [[nodiscard]] bool is_table(std::size_t first, std::size_t end) const {
        if (end - first < 3) return false;
        std::size_t n_numbers = 0, n_words = 0, n_ended = 0;
        for (auto i = first; i < end; ++i) {
            auto const text = lines_[i].text.substr(0, looked_at_bytes);
            n_numbers += static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_ascii_digit));
            n_words += count_words(text);
            n_ended += is_terminated(text) ? 1 : 0;
        }
        auto const n = end - first;
        if (n_ended * 5 > n) return false;
        return n_words <= 2 * n || n_numbers >= n_words;
    }

    // --- what a passage is ---

    void take_passage(Passage passage) {
        auto const line = lines_[passage.first].text;
        bool const one_line = passage.first == passage.last;
        if (in_references_ && !ends_references(passage)) return add_reference(passage);
        in_references_ = false;
        if (one_line && is_reference_heading(line)) {
            add(passage, BlockKind::heading);
            document_.blocks.back().furniture = true;
            in_references_ = true;
            return;
        }
        if (is_caption(line)) return add(passage, BlockKind::caption);
        if (continues(passage)) return extend(passage);
        if (is_note(line)) return add_note(passage);
        if (one_line && is_heading_line(line)) return add(passage, BlockKind::heading);
        if (item_mark(line) != 0) return add(passage, BlockKind::list_item);
        add(passage, BlockKind::paragraph);
    }

    /// Whether the passage is the rest of the paragraph that stands open, over a column, a page or a caption.
    [[nodiscard]] bool continues(Passage passage) const {
        if (!open_ || document_.blocks.size() - *open_ > open_paragraph_blocks) return false;
        auto const& block = document_.blocks[*open_];
        auto const first = lines_[passage.first];
        if (first.page > lines_[open_end_].page + 1) return false;
        std::string_view const before = block.text.text();
        if (is_terminated(before)) return false;
        if (begins_lower(first.text))
            return (count_words(first.text) >= 2 || is_terminated(first.text)) && !may_head(block, passage);
        bool const broken_word = before.ends_with('-') && is_letter(first_letter(first.text));
        return broken_word || (before.ends_with(',') && before.size() >= 50 && item_mark(first.text) == 0);
    }

    /// A line of its own that ends long before the column does was not broken: it is a heading.
    [[nodiscard]] bool may_head(Block const& block, Passage below) const {
        if (!block.single_line || block.kind != BlockKind::paragraph) return false;
        std::size_t widest = 0;
        for (auto i = below.first; i <= below.last; ++i)
            widest = std::max(widest, lines_[i].text.size());
        return widest >= narrowest_column && block.text.text().size() * 2 < widest;
    }

    void extend(Passage passage) {
        auto& block = document_.blocks[*open_];
        append(block.text, lines_[open_end_].end(), lines_[passage.first]);
        append_rest(block.text, passage);
        block.single_line = false;
        block.marked_body = true;
        open_end_ = passage.last;
    }

    [[nodiscard]] bool ends_references(Passage passage) const {
        auto const line = lines_[passage.first].text;
        return passage.first == passage.last && is_section_word(line) && !is_reference_heading(line);
    }

    void add_reference(Passage passage) {
        add(passage, BlockKind::list_item);
        auto& block = document_.blocks.back();
        block.furniture = true;
        open_.reset();
        auto& references = document_.citation.references;
        for (auto& doi : dois_in(block.text.text()))
            if (references.size() < max_references) references.push_back("doi:" + std::move(doi));
    }

    void add_note(Passage passage) {
        auto const open = open_;
        auto const open_end = open_end_;
        add(passage, BlockKind::paragraph);
        document_.blocks.back().furniture = true;
        open_ = open, open_end_ = open_end;
    }

    void add_furniture(std::size_t line) { add_note({line, line}); }

    // --- blocks ---

    void add(Passage passage, BlockKind kind) {
        if (document_.blocks.size() >= max_blocks) {
            document_.overfull = true;
            return;
        }
        auto const& first = lines_[passage.first];
        Block block;
        block.kind = kind;
        block.page = first.page;
        block.single_line = passage.first == passage.last;
        block.marked_body = kind == BlockKind::paragraph && !block.single_line;
        auto const mark = kind == BlockKind::list_item ? item_mark(first.text) : 0;
        block.text.append(first.text.substr(mark), first.begin + mark);
        append_rest(block.text, passage);
        if (block.text.empty()) return;
        document_.blocks.push_back(std::move(block));
        if (kind != BlockKind::paragraph && kind != BlockKind::list_item) {
            if (kind == BlockKind::heading) open_.reset();
            return;
        }
        open_ = document_.blocks.size() - 1;
        open_end_ = passage.last;
    }

    void append_rest(MappedText& text, Passage passage) {
        for (auto i = passage.first + 1; i <= passage.last; ++i)
            append(text, lines_[i - 1].end(), lines_[i]);
    }

    /// Adds a line behind what ended at `end` in the source.
    void append(MappedText& text, std::size_t end, PdfLine const& line) {
        auto const joint = hyphenation_.joint(std::string_view(text.text()), line.text);
        if (joint.dropped_bytes != 0) text.drop_end(joint.dropped_bytes);
        if (joint.space) text.append_resolved(" ", end, line.begin - end);
        text.append(line.text, line.begin);
    }

    std::vector<PdfLine> const& lines_;
    Hyphenation hyphenation_;
    Document document_;
    std::optional<std::size_t> open_;  // number of the block that the next passage may go on with
    std::size_t open_end_ = 0;         // its last line
    bool in_references_ = false;
};

}  // namespace

Document pdf_blocks(std::string_view text, std::vector<PdfLine> const& lines) {
    return BlockMaker(text, lines).make();
}

}  // namespace dossier::sources
