#include "flow.hpp"

#include <algorithm>
#include <array>

namespace dossier::pdf {

namespace {

constexpr int intro_level = 0;

double heading_leading(int level, double size) {
    return size * (level == intro_level ? 1.45 : 1.22);
}

struct HeadingLook {
    double size, gap_before, gap_after;
    Face face;
    Color color;
};

HeadingLook heading_look(int level, double body) {
    switch (level) {
        case intro_level: return {body, 6.5, 6.5, Face::sans, ink};
        case 1: return {body * 1.85, 26, 9, Face::sans_bold, navy};
        case 2: return {body * 1.35, 20, 6, Face::sans_bold, navy};
        case 3: return {body * 1.12, 15, 4, Face::sans_bold, navy};
        case 4: return {body, 12, 3, Face::sans_bold, ink};
        default: return {body, 10, 3, Face::sans_bold_oblique, muted};
    }
}

}  // namespace

Flow::Flow(PageSetup const& setup, FontSet& fonts) : setup_(setup), typesetter_(fonts), landscape_(setup.landscape) {
    add_page();
}

void Flow::add_page() {
    pages_.push_back(std::make_unique<Page>(page_width(), page_height()));
    pages_.back()->head = running_head_;
    y = top();
    gap_ = 0;
}

void Flow::new_page() {
    add_page();
}

void Flow::new_page_if_used() {
    if (!waiting_.empty()) start(0);
    if (y > top()) add_page();
}

double Flow::other_width(bool landscape) const noexcept {
    return (landscape ? setup_.height : setup_.width) - 2 * setup_.margin - indented();
}

void Flow::turn(bool landscape) {
    if (landscape == landscape_) return;
    landscape_ = landscape;
    if (y > top()) return add_page();
    pages_.back()->width = page_width(), pages_.back()->height = page_height();
}

void Flow::anchor(std::string const& name, double at_y) {
    constexpr double air = 10;  // a reader lands a little above
    if (!name.empty()) anchors_.try_emplace(name, Place{pages_.back().get(), std::max(0.0, at_y - air)});
}

void Flow::heading(int level, std::string text, std::string anchor_name) {
    auto const look = heading_look(level, body_size());
    std::vector<Span> spans{{{look.face, look.size, look.color}, text, {}, false}};
    waiting_.push_back({level, std::move(text), std::move(anchor_name), std::move(spans), indented()});
}

void Flow::introduce(std::vector<Span> spans) {
    waiting_.push_back({intro_level, {}, {}, std::move(spans), indented()});
}

void Flow::start(double height) {
    auto headings = std::move(waiting_);
    waiting_.clear();
    std::vector<std::vector<SetLine>> lines;
    double needed = height + gap_;
    for (auto const& heading : headings) {
        auto const look = heading_look(heading.level, body_size());
        lines.push_back(set(heading.spans, heading_leading(heading.level, look.size), heading.indent - indented()));
        needed += look.gap_after + look.gap_before;
        for (auto const& line : lines.back())
            needed += line.height;
    }
    if (needed > room() && y > top()) add_page();
    if (!headings.empty()) draw_headings(std::move(headings), lines);
    if (y > top()) y += gap_;
    gap_ = 0;
    for (auto const& name : std::exchange(waiting_anchors_, {}))
        anchor(name, y);
    draw_marker();
}

void Flow::draw_headings(std::vector<WaitingHeading> headings, std::vector<std::vector<SetLine>> const& lines) {
    for (std::size_t i = 0; i < headings.size(); ++i) {
        auto const& heading = headings[i];
        auto const look = heading_look(heading.level, body_size());
        gap(look.gap_before);
        if (y > top()) y += gap_;
        gap_ = 0;
        if (heading.level == 1) {
            running_head_ = heading.text;
            if (page().head.empty() || y <= top() + 1) page().head = heading.text;
        }
        anchor(heading.anchor, y);
        if (heading.level != intro_level)
            bookmarks_.push_back({heading.level, heading.text, {&page(), std::max(0.0, y - 10)}});
        for (auto const& line : lines[i]) {
            if (line.height > room() && y > top()) add_page();  // a heading longer than a page
            page().text(fonts(), *line.spans, line.line, left() + line.indent, y + line.ascent);
            y += line.height;
        }
        if (heading.level == 1) {
            page().fill({setup_.margin + heading.indent, y + 2.5, 36, 2}, {0x0b, 0x68, 0xad});
            y += 4.5;
        }
        gap(look.gap_after);
    }
}

void Flow::draw_marker() {
    if (marker_.empty()) return;
    std::vector<Span> const spans{{{Face::sans, body_size(), muted}, std::exchange(marker_, {}), {}, false}};
    auto const line = typesetter_.single_line(spans, 60);
    constexpr double to_text = 5;
    page().text(fonts(), spans, line, left() - to_text - line.width, y + body_size() * 1.08);
}

std::vector<SetLine> Flow::set(std::vector<Span> const& spans, double leading, double indent_by, double right) {
    std::vector<SetLine> set_lines;
    double const measure = std::max(20.0, width() - indent_by - right);
    for (auto& line : typesetter_.lines(spans, measure)) {
        double const flush = line.right_to_left ? measure - line.width : 0.0;
        set_lines.push_back({&spans, std::move(line), leading, leading * 0.76, indent_by + flush, 0});
    }
    return set_lines;
}

void Flow::draw_fragment(std::vector<SetLine> const& lines, std::size_t first, std::size_t last, Box const& box) {
    double height = box.pad_top + box.pad_bottom;
    for (auto i = first; i < last; ++i)
        height += lines[i].height + (i > first ? lines[i].gap : 0);
    double const box_left = left() + box.indent;
    if (box.fill) page().fill({box_left, y, width() - box.indent, height}, *box.fill);
    if (box.rule) page().fill({box_left, y, box.rule_width, height}, *box.rule);
    y += box.pad_top;
    for (auto i = first; i < last; ++i) {
        if (i > first) y += lines[i].gap;
        page().text(fonts(), *lines[i].spans, lines[i].line, left() + lines[i].indent, y + lines[i].ascent);
        y += lines[i].height;
    }
    y += box.pad_bottom;
}

void Flow::put(std::vector<SetLine> lines, Box const& box) {
    if (lines.empty()) return;
    double const padding = box.pad_top + box.pad_bottom;
    auto const height_of = [&](std::size_t first, std::size_t last) {
        double height = padding;
        for (auto i = first; i < last; ++i)
            height += lines[i].height + (i > first ? lines[i].gap : 0);
        return height;
    };
    // Short texts stay whole, longer ones begin with two lines.
    constexpr std::size_t whole_up_to = 3;
    bool const is_boxed = box.fill || box.rule;
    bool const keep_whole = lines.size() <= whole_up_to || (is_boxed && height_of(0, lines.size()) < full_room() / 4);
    start(height_of(0, keep_whole ? lines.size() : 2));
    for (std::size_t first = 0; first < lines.size();) {
        auto last = first;
        while (last < lines.size() && height_of(first, last + 1) <= room())
            ++last;
        if (last == first && y > top()) {
            add_page();
            continue;
        }
        last = std::max(last, first + 1);
        bool const one_left_over = last + 1 == lines.size();
        if (one_left_over && last - first > 2) --last;  // two lines at least on the next page
        draw_fragment(lines, first, last, box);
        first = last;
        if (first < lines.size()) add_page();
    }
}

std::vector<std::unique_ptr<Page>> Flow::finish() {
    if (!waiting_.empty() || !marker_.empty() || !waiting_anchors_.empty()) start(0);
    if (pages_.size() > 1 && pages_.back()->content.empty()) {
        auto const* const unused = pages_.back().get();
        bool const is_target = std::any_of(anchors_.begin(), anchors_.end(),
                                           [&](auto const& entry) { return entry.second.page == unused; });
        if (!is_target) pages_.pop_back();
    }
    return std::move(pages_);
}

}  // namespace dossier::pdf
