#include "layout.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "chart.hpp"

namespace dossier::pdf {

namespace {

constexpr double item_indent = 17;

Face face_of(std::uint32_t style) {
    bool const strong = (style & DOSSIER_STRONG) != 0, emphasis = (style & DOSSIER_EMPHASIS) != 0;
    if ((style & DOSSIER_CODE) != 0) return strong ? Face::mono_bold : Face::mono;
    if (strong) return emphasis ? Face::sans_bold_oblique : Face::sans_bold;
    return emphasis ? Face::sans_oblique : Face::sans;
}

/// "example.org" of "https://example.org/a/b": what a link to a source is called.
std::string site_of(std::string const& url) {
    auto const scheme = url.find("://");
    if (scheme == std::string::npos) return url;
    auto const begin = scheme + 3;
    return url.substr(begin, url.find_first_of("/?#", begin) - begin);
}

struct CalloutLook {
    Color fill, rule;
    char const* symbol;
};
CalloutLook callout_look(std::uint32_t tone) {
    switch (tone) {
        case DOSSIER_CALLOUT_WARNING: return {{0xfd, 0xf5, 0xe3}, {0xb0, 0x7a, 0x00}, "⚠"};
        case DOSSIER_CALLOUT_FAILURE: return {{0xfb, 0xee, 0xe9}, {0xb8, 0x47, 0x0c}, "✕"};
        default: return {{0xec, 0xf3, 0xfa}, {0x0b, 0x68, 0xad}, "ℹ"};
    }
}

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

}  // namespace

void Layout::lay(Block const& block) {
    flow_.fonts().trim();
    if (held_) {  // a line that introduces quotes stays with the first of them
        auto const held = *std::exchange(held_, std::nullopt);
        if (std::holds_alternative<Quote>(block))
            flow_.introduce(spans_of(held.runs, {Face::sans, flow_.body_size(), ink}));
        else
            put(held);
    }
    std::visit(
        Overloaded{[&](SectionBegin const& one) { section(one); }, [&](SectionEnd const&) { end_section(); },
                   [&](Heading const& one) { flow_.heading(one.level, one.text, one.anchor); },
                   [&](Paragraph const& one) { paragraph(one); }, [&](ListBegin const& one) { begin_list(one); },
                   [&](ListEnd const&) { end_list(); }, [&](ItemBegin const&) { begin_item(); },
                   [&](ItemEnd const&) { end_item(); }, [&](Quote const& one) { quote(one); },
                   [&](Note const& one) { note(one); }, [&](TableBegin const& one) { table_.emplace(flow_, one); },
                   [&](TableRow const& one) {
                       if (table_) table_->row(one);
                   },
                   [&](TableEnd const&) {
                       if (table_) table_->end();
                       table_.reset();
                   },
                   [&](Chart const& one) { chart(one); }, [&](Callout const& one) { callout(one); },
                   [&](PageBreak const&) { flow_.new_page_if_used(); }},
        block);
}

void Layout::section(SectionBegin const& section) {
    if (!first_section_) flow_.new_page_if_used();
    first_section_ = false;
    flow_.anchor_here(section.anchor);
    flow_.structure().open(Role::section);
}

void Layout::chart(Chart const& one) {
    flow_.structure().open_figure(one.alternative);
    draw_chart(flow_, one);
    flow_.structure().close();
}

std::vector<Span> Layout::spans_of(Runs const& runs, TextStyle const& base) const {
    std::vector<Span> spans;
    for (auto const& run : runs) {
        auto style = base;
        style.face = face_of(run.style);
        if ((run.style & DOSSIER_CODE) != 0) style.size *= 0.93;
        spans.push_back({style, run.text, run.link, false});
        auto const number = flow_.footnotes().number_of(run.link);
        bool const goes_on = &run != &runs.back() && (&run + 1)->link == run.link;
        if (number != 0 && !goes_on) spans.push_back({style, superscript(number), run.link, false});
    }
    return spans;
}

void Layout::end() {
    if (held_) put(*std::exchange(held_, std::nullopt));
}

void Layout::paragraph(Paragraph const& one) {
    constexpr std::size_t longest_introduction = 200;  // bytes: a line or two
    std::size_t size = 0;
    for (auto const& run : one.runs)
        size += run.text.size();
    if (lists_.empty() && size <= longest_introduction)
        held_ = one;
    else
        put(one);
}

void Layout::put(Paragraph const& one) {
    double const size = flow_.body_size();
    auto const spans = spans_of(one.runs, {Face::sans, size, ink});
    bool const in_list = !lists_.empty();
    flow_.gap(in_list ? 2.5 : 6.5);
    flow_.put(flow_.set_prose(spans, size * 1.45));
    flow_.gap(in_list ? 2.5 : 6.5);
}

void Layout::begin_list(ListBegin const& list) {
    lists_.push_back({list.ordered, 0});
    flow_.structure().open(list.ordered ? Role::numbers : Role::bullets);
}

void Layout::end_list() {
    if (lists_.empty()) return;
    lists_.pop_back();
    flow_.structure().close();
    flow_.gap(6.5);
}

void Layout::begin_item() {
    flow_.settle_marker();
    flow_.indent(item_indent);
    if (lists_.empty()) return;
    auto& list = lists_.back();
    static constexpr std::array<char const*, 3> bullets{"•", "–", "◦"};
    flow_.gap(2.5);
    flow_.structure().open(Role::item);
    flow_.marker(list.ordered ? std::to_string(++list.n_items) + "." : bullets[(lists_.size() - 1) % bullets.size()]);
    flow_.structure().open(Role::item_body);
}

void Layout::end_item() {
    flow_.settle_marker();
    flow_.indent(-item_indent);
    if (lists_.empty()) return;
    flow_.structure().close();
    flow_.structure().close();
}

void Layout::quote(Quote const& one) {
    double const size = flow_.body_size(), small = size * 0.86;
    auto const colors = stance_colors(one.stance);
    std::vector<Span> const text{{{Face::serif, size, ink}, "“" + one.text + "”", {}, false}};
    std::vector<Span> comment;
    if (!one.stance_shown.empty())
        comment.push_back({{Face::sans_bold, small, colors.text}, one.stance_shown, {}, false});
    if (!one.comment.empty())
        comment.push_back({{Face::sans, small, muted}, (comment.empty() ? "" : "  ·  ") + one.comment, {}, false});
    std::vector<Span> locator;
    TextStyle const quiet{Face::sans, small, muted};
    std::string place = one.path;
    if (one.page > 0) place += (place.empty() ? "p. " : ", p. ") + std::to_string(one.page);
    if (one.line > 0) place += (place.empty() ? "line " : ", line ") + std::to_string(one.line);
    if (!place.empty()) locator.push_back({quiet, place, {}, false});
    auto const separate = [&] {
        if (!locator.empty()) locator.push_back({quiet, "  ·  ", {}, false});
    };
    if (!one.url.empty()) separate(), locator.push_back({quiet, site_of(one.url), one.url, false});
    if (!one.back.empty()) separate(), locator.push_back({quiet, "↩ back", one.back, false});

    constexpr double indent = 12;
    auto lines = flow_.set_prose(text, size * 1.42, indent);
    for (auto const* const spans : {&comment, &locator}) {
        auto more = flow_.set(*spans, small * 1.35, indent);
        if (!more.empty()) more.front().gap = spans == &comment || comment.empty() ? 2.0 : 0.5;
        for (auto& line : more)
            lines.push_back(std::move(line));
    }
    Box box;
    box.rule = one.stance.empty() ? strong_line : colors.text;
    box.pad_top = box.pad_bottom = 1.5;
    flow_.gap(9);
    flow_.anchor_here(one.anchor);
    Tag const tag(flow_.structure(), Role::block_quote);
    flow_.put(std::move(lines), box);
    flow_.gap(9);
}

void Layout::expect_notes(std::vector<Block> const& blocks) {
    std::set<std::string> notes;
    for (auto const& block : blocks)
        if (auto const* const one = std::get_if<Note>(&block); one != nullptr && !one->anchor.empty())
            notes.insert("#" + one->anchor);
    if (notes.empty()) return;
    auto const refer = [&](std::string const& link) {
        if (notes.count(link) > 0) flow_.footnotes().expect(link.substr(1));
    };
    auto const refer_in = [&](Runs const& runs) {
        for (auto const& run : runs)
            if (!run.text.empty()) refer(run.link);
    };
    for (auto const& block : blocks) {
        if (auto const* const paragraph = std::get_if<Paragraph>(&block)) refer_in(paragraph->runs);
        if (auto const* const callout = std::get_if<Callout>(&block)) refer_in(callout->runs);
        if (auto const* const row = std::get_if<TableRow>(&block))
            for (auto const& cell : row->cells)
                if (!cell.shown.empty()) refer(cell.target);
    }
    for (auto const& block : blocks)
        if (auto const* const one = std::get_if<Note>(&block))
            if (auto* const footnote = flow_.footnotes().find("#" + one->anchor)) prepare_footnote(*footnote, *one);
}

void Layout::prepare_footnote(Footnote& footnote, Note const& one) {
    if (!footnote.spans.empty()) return;
    TextStyle const style{Face::sans, flow_.body_size() * 0.84, muted};
    footnote.part = flow_.structure().new_part();
    footnote.spans = spans_of(one.runs, style);
    footnote.spans.insert(footnote.spans.begin(),
                          {style, superscript(footnote.number), "#" + Footnotes::back_anchor(footnote), false});
    footnote.spans.insert(footnote.spans.begin() + 1, {style, " ", {}, false});
    auto const lines = flow_.set(footnote.spans, style.size * 1.35);
    bool const too_tall = static_cast<double>(lines.size()) * style.size * 1.35 > flow_.full_room() / 5;
    if (too_tall) flow_.footnotes().forget(footnote);
}

/// Footnotes that found no foot of a page to stand on.
void Layout::end_section() {
    for (auto* const footnote : flow_.footnotes().unplaced()) {
        DrawnAs const in_part(flow_.structure(), footnote->part);
        put_note(footnote->spans, footnote->anchor);
        footnote->is_placed = true;
    }
    flow_.footnotes().retire();
    flow_.structure().close();
}

void Layout::note(Note const& one) {
    auto* const footnote = one.anchor.empty() ? nullptr : flow_.footnotes().find("#" + one.anchor);
    if (footnote != nullptr && !std::exchange(footnote->is_said, true)) return flow_.structure().insert(footnote->part);
    double const size = flow_.body_size() * 0.88;
    auto spans = spans_of(one.runs, {Face::sans, size, muted});
    spans.insert(spans.begin(), {{Face::sans_bold, size, muted}, "Note  ", {}, false});
    put_note(spans, one.anchor);
}

void Layout::put_note(std::vector<Span> const& spans, std::string const& anchor) {
    flow_.gap(6);
    flow_.anchor_here(anchor);
    Tag const tag(flow_.structure(), Role::note);
    flow_.put(flow_.set_prose(spans, flow_.body_size() * 0.88 * 1.4));
    flow_.gap(6);
}

void Layout::callout(Callout const& one) {
    double const size = flow_.body_size();
    auto const look = callout_look(one.tone);
    constexpr double indent = 12, right = 8;
    std::vector<Span> const title{{{Face::sans_bold, size, look.rule}, std::string(look.symbol) + "  ", {}, false},
                                  {{Face::sans_bold, size, ink}, one.title, {}, false}};
    auto const text = spans_of(one.runs, {Face::sans, size, ink});
    auto lines = flow_.set(title, size * 1.42, indent, right);
    for (auto& line : flow_.set_prose(text, size * 1.42, indent, right))
        lines.push_back(std::move(line));
    Box box;
    box.fill = look.fill, box.rule = look.rule;
    box.rule_width = 3;
    box.pad_top = box.pad_bottom = 5;
    flow_.gap(10);
    Tag const tag(flow_.structure(), Role::division);
    flow_.put(std::move(lines), box);
    flow_.gap(10);
}

}  // namespace dossier::pdf
