#include "flow.hpp"

#include <algorithm>
#include <utility>

#include "unicode.hpp"

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

Flow::Flow(PageSetup const& setup, FontSet& fonts)
    : setup_(setup),
      typesetter_(fonts),
      structure_(std::make_unique<Structure>(setup.tagged)),
      landscape_(setup.landscape) {
    add_page();
}

void Flow::add_page() {
    draw_notes();
    pages_.push_back(std::make_unique<Page>(page_width(), page_height(), *structure_));
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

Structure::Part Flow::waiting_part() {
    auto const part = structure_->new_part();
    structure_->insert(part);
    return part;
}

void Flow::heading(int level, std::string text, std::string anchor_name) {
    auto const look = heading_look(level, body_size());
    std::vector<Span> spans{{{look.face, look.size, look.color}, text, {}, false}};
    waiting_.push_back({level, std::move(text), std::move(anchor_name), std::move(spans), indented(), waiting_part()});
}

void Flow::introduce(std::vector<Span> spans) {
    waiting_.push_back({intro_level, {}, {}, std::move(spans), indented(), waiting_part()});
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
    if (!headings.empty()) draw_headings(headings, lines);
    if (y > top()) y += gap_;
    gap_ = 0;
    for (auto const& name : std::exchange(waiting_anchors_, {}))
        anchor(name, y);
    draw_marker();
}

void Flow::draw_headings(std::vector<WaitingHeading> const& headings, std::vector<std::vector<SetLine>> const& lines) {
    for (std::size_t i = 0; i < headings.size(); ++i) {
        DrawnAs const in_part(*structure_, headings[i].part);
        bool const is_heading = headings[i].level != intro_level;
        Tag const tag(*structure_, is_heading ? heading_role(headings[i].level) : Role::paragraph);
        draw_heading(headings[i], lines[i]);
    }
}

void Flow::draw_heading(WaitingHeading const& heading, std::vector<SetLine> const& lines) {
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
        bookmarks_.push_back(
            {heading.level, shortened(heading.text, longest_bookmark), {&page(), std::max(0.0, y - 10)}});
    for (auto const& line : lines) {
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

void Flow::settle_marker() {
    if (marker_.text.empty()) return;
    start(body_size() * 1.45);
    y += body_size() * 1.45;
}

void Flow::marker(std::string text) {
    settle_marker();
    marker_ = {std::move(text), waiting_part()};
}

void Flow::draw_marker() {
    if (marker_.text.empty()) return;
    auto const marker = std::exchange(marker_, {});
    DrawnAs const in_part(*structure_, marker.part);
    Tag const tag(*structure_, Role::label);
    std::vector<Span> const spans{{{Face::sans, body_size(), muted}, marker.text, {}, false}};
    auto const line = typesetter_.single_line(spans, 60);
    constexpr double to_text = 5;
    page().text(fonts(), spans, line, left() - to_text - line.width, y + body_size() * 1.08);
}

std::vector<SetLine> Flow::set(std::vector<Span> const& spans, double leading, double indent_by, double right,
                               Alignment alignment) {
    std::vector<SetLine> set_lines;
    double const measure = std::max(20.0, width() - indent_by - right);
    for (auto& line : typesetter_.lines(spans, measure, alignment)) {
        double const flush = line.right_to_left ? measure - line.width : 0.0;
        set_lines.push_back({&spans, std::move(line), leading, leading * 0.76, indent_by + flush, 0});
    }
    return set_lines;
}

void Flow::draw_fragment(std::vector<SetLine> const& lines, std::size_t first, std::size_t last, Box const& box,
                         Role role) {
    double height = box.pad_top + box.pad_bottom;
    for (auto i = first; i < last; ++i)
        height += lines[i].height + (i > first ? lines[i].gap : 0);
    double const box_left = left() + box.indent;
    if (box.fill) page().fill({box_left, y, width() - box.indent, height}, *box.fill);
    if (box.rule) page().fill({box_left, y, box.rule_width, height}, *box.rule);
    y += box.pad_top;
    for (auto i = first; i < last; ++i) {
        if (i > first) y += lines[i].gap;
        draw_line(lines[i], role);
    }
    y += box.pad_bottom;
}

void Flow::end_element() {
    if (element_ != nullptr) structure_->close();
    element_ = nullptr;
}

void Flow::draw_line(SetLine const& line, Role role) {
    if (line.spans != element_) {
        end_element();
        structure_->open(role);
        element_ = line.spans;
    }
    page().text(fonts(), *line.spans, line.line, left() + line.indent, y + line.ascent);
    y += line.height;
    place_notes(*line.spans, line.line);
}

void Flow::put(std::vector<SetLine> lines, Box const& box, Role role) {
    if (lines.empty()) return;
    double const padding = box.pad_top + box.pad_bottom;
    auto const height_of = [&](std::size_t first, std::size_t last) {
        double height = padding;
        for (auto i = first; i < last; ++i)
            height +=
                lines[i].height + (i > first ? lines[i].gap : 0) + height_of_notes(*lines[i].spans, lines[i].line);
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
        draw_fragment(lines, first, last, box, role);
        first = last;
        if (first < lines.size()) add_page();
    }
    end_element();
}

// ---- Footnotes -----------------------------------------------------------------------------------------------------

namespace {
constexpr double above_notes = 12, between_notes = 2;
}

std::vector<SetLine> Flow::set_note(Footnote const& footnote) {
    double const indent_before = std::exchange(indent_, 0);  // the foot of the page is not part of any list
    auto lines = set(footnote.spans, body_size() * 0.84 * 1.35);
    indent_ = indent_before;
    return lines;
}

double Flow::height_of_notes(std::vector<Span> const& spans, Line const& line) {
    double height = 0;
    for (auto const* const footnote : footnotes_.referred_by(spans, line)) {
        height += page_notes_.empty() && height == 0 ? above_notes : between_notes;
        for (auto const& note_line : set_note(*footnote))
            height += note_line.height;
    }
    return height;
}

void Flow::place_notes(std::vector<Span> const& spans, Line const& line, double below) {
    for (auto* const footnote : footnotes_.referred_by(spans, line)) {
        anchor(Footnotes::back_anchor(*footnote), y);
        double height = page_notes_.empty() ? above_notes : between_notes;
        for (auto const& note_line : set_note(*footnote))
            height += note_line.height;
        if (height + below > room()) continue;  // it is set with the others, at the end
        footnote->is_placed = true;
        page_notes_.push_back(footnote);
        notes_height_ += height;
    }
}

void Flow::draw_notes() {
    if (page_notes_.empty()) return;
    double const flow_y = y, indent_before = std::exchange(indent_, 0);
    y = bottom() - notes_height_ + above_notes;
    page().line(left(), y - 5, left() + 80, y - 5, 0.5, strong_line);
    for (auto const* const footnote : std::exchange(page_notes_, {})) {
        DrawnAs const in_part(*structure_, footnote->part);
        Tag const note(*structure_, Role::note);
        Tag const paragraph(*structure_, Role::paragraph);
        anchor(footnote->anchor, y);
        for (auto const& line : set_note(*footnote)) {
            page().text(fonts(), *line.spans, line.line, left() + line.indent, y + line.ascent);
            y += line.height;
        }
        y += between_notes;
    }
    y = flow_y, indent_ = indent_before;
    notes_height_ = 0;
}

std::vector<std::unique_ptr<Page>> Flow::finish() {
    if (!waiting_.empty() || !marker_.text.empty() || !waiting_anchors_.empty()) start(0);
    if (pages_.size() > 1 && pages_.back()->is_empty()) {
        auto const* const unused = pages_.back().get();
        bool const is_target = std::any_of(anchors_.begin(), anchors_.end(),
                                           [&](auto const& entry) { return entry.second.page == unused; });
        if (!is_target) pages_.pop_back();
    }
    draw_notes();
    structure_->close_all();
    return std::move(pages_);
}

}  // namespace dossier::pdf
