// Captured plain text: blocks are runs of lines; wrapped lines are joined, short lines stand alone.
#include <algorithm>

#include "dossier/sources/document.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

struct Line {
    std::size_t begin = 0, end = 0;  // without its line break and white space at either end
    bool empty() const noexcept { return begin == end; }
};

struct Marker {
    std::size_t length = 0;  // with the white space after it; 0: no item
};

Marker bullet_at(std::string_view line) noexcept {
    if (line.empty()) return {};
    auto const [first, length] = code_point_at(line, 0);
    bool const sign = first == 0x2022 || first == 0x25E6 || first == 0x25AA || first == 0x25CF || first == 0x2023 ||
                      first == 0x2043 || first == 0xB7 || first == 0x25A0 || first == 0x25BA;
    bool const ascii_sign = first == '*' || first == '-' || first == '+' || first == 0x2013;
    std::size_t at = length;
    if (!sign && !ascii_sign) {
        at = 0;
        while (at < line.size() && at < 3 && is_ascii_digit(line[at]))
            ++at;
        if (at == 0 || at >= line.size() || (line[at] != '.' && line[at] != ')')) return {};
        ++at;
    }
    std::size_t const after_sign = at;
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t'))
        ++at;
    if (at == line.size() || (at == after_sign && !sign)) return {};
    return {at};
}

class LineReader {
public:
    explicit LineReader(std::string_view text) noexcept
        : text_(text), next_newline_(text.find('\n')), next_return_(text.find('\r')) {}
    bool next(Line& line) noexcept {
        if (at_ >= text_.size()) return false;
        if (next_newline_ < at_) next_newline_ = text_.find('\n', at_);
        if (next_return_ < at_) next_return_ = text_.find('\r', at_);
        std::size_t const end = std::min({next_newline_, next_return_, text_.size()});
        auto const raw = text_.substr(at_, end - at_);
        auto const inner = trimmed(raw);
        line.begin = inner.empty() ? at_ : static_cast<std::size_t>(inner.data() - text_.data());
        line.end = line.begin + inner.size();
        at_ = end;
        if (at_ < text_.size() && text_[at_] == '\r') ++at_;
        if (at_ < text_.size() && text_[at_] == '\n' && (at_ == end || text_[at_ - 1] == '\r')) ++at_;
        return true;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0, next_newline_, next_return_;
};

constexpr std::size_t least_wrapped = 60;  // bytes of a line that may have been cut at the margin

bool ends_a_sentence(std::string_view line) noexcept {
    while (!line.empty()) {
        auto const [last, length] = code_point_before(line, line.size());
        if (last == '.' || last == '!' || last == '?' || last == ':' || last == 0x2026) return true;
        if (last != '"' && last != '\'' && last != ')' && last != ']' && last != 0x201D && last != 0x2019) return false;
        line.remove_suffix(length);
    }
    return false;
}

// Hard-wrapped text: the line before is long for this file and breaks off, and this one carries on.
bool carries_on(std::string_view previous, std::string_view line, std::size_t wrap_width) noexcept {
    // "… to see fewer" and "prescriptions …": cut in the middle of a clause, however few lines of the file are.
    if (previous.size() >= least_wrapped && !ends_a_sentence(previous) && !line.empty() && line[0] >= 'a' &&
        line[0] <= 'z')
        return true;
    if (wrap_width == 0 || previous.size() + 24 < wrap_width) return false;
    if (!ends_a_sentence(previous)) return true;
    return previous.size() > 60 && previous.size() <= wrap_width && line.size() > 0;
}

// The width at which the file's lines are wrapped; 0: each line is a paragraph, as in captures.
std::size_t wrap_width_of(std::string_view text) noexcept {
    LineReader lines(text);
    Line line;
    std::size_t n_long = 0, n_unended = 0, widest = 0;
    bool previous_unended = false;
    while (lines.next(line)) {
        auto const words = text.substr(line.begin, line.end - line.begin);
        if (previous_unended && !words.empty()) ++n_unended;
        previous_unended = false;
        if (words.size() < 48) continue;
        widest = std::max(widest, words.size());
        ++n_long;
        previous_unended = !ends_a_sentence(words);
    }
    if (n_long < 3 || widest > 160) return 0;
    return n_unended * 2 >= n_long ? widest : 0;
}

class Blocks {
public:
    Blocks(std::string_view text, std::vector<Block>& out) noexcept : text_(text), out_(out) {}

    void take(Line line, std::size_t wrap_width) {
        auto const words = text_.substr(line.begin, line.end - line.begin);
        if (line.empty()) return end();
        if (auto const marker = bullet_at(words); marker.length > 0) {
            end();
            block_.kind = BlockKind::list_item;
            add({line.begin + marker.length, line.end});
            return;
        }
        if (words.starts_with(">")) return take_quoted(line);
        if (!block_.text.empty() && carries_on(previous_, words, wrap_width)) {
            block_.text.append_resolved(" ", previous_end_, line.begin - previous_end_);
            block_.single_line = false;
        } else {
            end();
        }
        add(line);
    }

    void end() {
        if (!block_.text.empty()) out_.push_back(std::move(block_));
        block_ = {};
        previous_ = {};
    }

private:
    void take_quoted(Line line) {
        end();
        auto const inner = trimmed(text_.substr(line.begin + 1, line.end - line.begin - 1));
        if (inner.empty()) return;
        block_.kind = BlockKind::quotation;
        add({static_cast<std::size_t>(inner.data() - text_.data()), line.end});
    }

    void add(Line line) {
        previous_ = text_.substr(line.begin, line.end - line.begin);
        previous_end_ = line.end;
        block_.text.append(previous_, line.begin);
    }

    std::string_view text_;
    std::vector<Block>& out_;
    Block block_;
    std::string_view previous_;
    std::size_t previous_end_ = 0;
};

}  // namespace

Document read_text(std::string_view text) {
    Document document;
    Blocks blocks(text, document.blocks);
    auto const wrap_width = wrap_width_of(text);
    LineReader lines(text);
    Line line;
    while (!document.overfull && lines.next(line)) {
        blocks.take(line, wrap_width);
        document.overfull = document.blocks.size() > max_blocks;
    }
    blocks.end();
    return document;
}

}  // namespace dossier::sources
