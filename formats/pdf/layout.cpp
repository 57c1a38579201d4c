#include "layout.hpp"

#include <algorithm>
#include <array>
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
    std::visit(Overloaded{[&](SectionBegin const& one) { section(one); },
                          [&](Heading const& one) { flow_.heading(one.level, one.text, one.anchor); },
                          [&](Paragraph const& one) { paragraph(one); },
                          [&](ListBegin const& one) {
                              lists_.push_back({one.ordered, 0});
                          },
                          [&](ListEnd const&) {
                              if (!lists_.empty()) lists_.pop_back();
                              flow_.gap(6.5);
                          },
                          [&](ItemBegin const&) { begin_item(); }, [&](ItemEnd const&) { end_item(); },
                          [&](Quote const& one) { quote(one); }, [&](Note const& one) { note(one); },
                          [&](TableBegin const& one) { table_.emplace(flow_, one); },
                          [&](TableRow const& one) {
                              if (table_) table_->row(one);
                          },
                          [&](TableEnd const&) {
                              if (table_) table_->end();
                              table_.reset();
                          },
                          [&](Chart const& one) { draw_chart(flow_, one); }, [&](Callout const& one) { callout(one); },
                          [&](PageBreak const&) { flow_.new_page_if_used(); }},
               block);
}

void Layout::section(SectionBegin const& section) {
    if (!first_section_) flow_.new_page_if_used();
    first_section_ = false;
    flow_.anchor_here(section.anchor);
}

std::vector<Span> Layout::spans_of(Runs const& runs, TextStyle const& base) const {
    std::vector<Span> spans;
    for (auto const& run : runs) {
        auto style = base;
        style.face = face_of(run.style);
        if ((run.style & DOSSIER_CODE) != 0) style.size *= 0.93;
        spans.push_back({style, run.text, run.link, false});
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
    flow_.put(flow_.set(spans, size * 1.45));
    flow_.gap(in_list ? 2.5 : 6.5);
}

void Layout::begin_item() {
    flow_.indent(item_indent);
    if (lists_.empty()) return;
    auto& list = lists_.back();
    static constexpr std::array<char const*, 3> bullets{"•", "–", "◦"};
    flow_.gap(2.5);
    flow_.marker(list.ordered ? std::to_string(++list.n_items) + "." : bullets[(lists_.size() - 1) % bullets.size()]);
}

void Layout::end_item() {
    flow_.indent(-item_indent);
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
    auto lines = flow_.set(text, size * 1.42, indent);
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
    flow_.put(std::move(lines), box);
    flow_.gap(9);
}

void Layout::note(Note const& one) {
    double const size = flow_.body_size() * 0.88;
    auto spans = spans_of(one.runs, {Face::sans, size, muted});
    spans.insert(spans.begin(), {{Face::sans_bold, size, muted}, "Note  ", {}, false});
    flow_.gap(6);
    flow_.anchor_here(one.anchor);
    flow_.put(flow_.set(spans, size * 1.4));
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
    for (auto& line : flow_.set(text, size * 1.42, indent, right))
        lines.push_back(std::move(line));
    Box box;
    box.fill = look.fill, box.rule = look.rule;
    box.rule_width = 3;
    box.pad_top = box.pad_bottom = 5;
    flow_.gap(10);
    flow_.put(std::move(lines), box);
    flow_.gap(10);
}

// ---- Front matter and furniture -------------------------------------------------------------------------------------

void Layout::title_block() {
    draw_title(flow_, facts_, false);
}

void draw_title(Flow& flow, DocumentFacts const& facts, bool cover) {
    double const size = flow.body_size() * (cover ? 2.7 : 2.3);
    if (cover) flow.y += 60;
    flow.page().fill({flow.left(), flow.y, 60, 4}, {0x0b, 0x68, 0xad});
    flow.y += 12;
    std::vector<Span> const title{{{Face::sans_bold, size, navy}, facts.title, {}, false}};
    std::vector<Span> date;
    double const small = flow.body_size();
    if (!facts.as_of.empty()) date.push_back({{Face::sans, small, ink}, "As of " + facts.as_of, {}, false});
    if (!facts.generator.empty())
        date.push_back({{Face::sans, small, muted}, (date.empty() ? "" : "  ·  ") + facts.generator, {}, false});
    flow.put(flow.set(title, size * 1.2));
    flow.y += 5;
    flow.put(flow.set(date, small * 1.45));
    flow.y += 8;
    flow.page().line(flow.left(), flow.y, flow.left() + flow.width(), flow.y, 0.6, hairline);
    flow.y += 6;
    flow.gap(cover ? 24 : 10);
}

namespace {

void draw_contents_entry(Flow& flow, Bookmark const& bookmark, std::size_t page_number, std::string const& target) {
    bool const top_level = bookmark.level == 1;
    double const size = flow.body_size() * (top_level ? 1.05 : 1.0);
    double const indent = top_level ? 0 : 14;
    constexpr double number_width = 34;
    TextStyle const style{top_level ? Face::sans_bold : Face::sans, size, top_level ? navy : ink};
    std::vector<Span> const spans{{style, bookmark.title, {}, false}};
    std::vector<Span> const number{
        {{Face::sans, size, top_level ? navy : ink}, std::to_string(page_number), {}, false}};
    auto const lines = flow.set(spans, size * 1.5, indent, number_width);
    if (top_level) flow.gap(7);
    flow.start(static_cast<double>(lines.size()) * size * 1.5);
    double const begin = flow.y;
    double end_of_text = flow.left();
    for (auto const& line : lines) {
        flow.page().text(flow.fonts(), *line.spans, line.line, flow.left() + line.indent, flow.y + line.ascent);
        end_of_text = flow.left() + line.indent + line.line.width;
        flow.y += line.height;
    }
    if (lines.empty()) flow.y += size * 1.5;
    auto const digits = flow.typesetter().single_line(number, number_width);
    double const right = flow.left() + flow.width();
    double const baseline = flow.y - size * 1.5 + size * 1.5 * 0.76;
    flow.page().text(flow.fonts(), number, digits, right - digits.width, baseline);
    double const leader_begin = end_of_text + 6, leader_end = right - digits.width - 6;
    if (leader_end > leader_begin) flow.page().line(leader_begin, baseline, leader_end, baseline, 0.35, hairline);
    flow.page().links.push_back({{flow.left(), begin, flow.width(), flow.y - begin}, target});
}

}  // namespace

std::vector<std::unique_ptr<Page>> cover_pages(PageSetup const& setup, FontSet& fonts, DocumentFacts const& facts,
                                               std::vector<Bookmark> const& bookmarks,
                                               std::vector<std::unique_ptr<Page>> const& body,
                                               std::map<std::string, Place>& anchors) {
    std::map<Page const*, std::size_t> number_of;
    for (auto const& page : body)
        number_of.emplace(page.get(), number_of.size() + 1);
    constexpr std::size_t most_entries = 400;  // beyond that only the first level is listed
    int const deepest = std::count_if(bookmarks.begin(), bookmarks.end(), [](auto const& b) { return b.level <= 2; }) >
                                static_cast<std::ptrdiff_t>(most_entries)
                            ? 1
                            : 2;
    auto const draw = [&](std::size_t n_before) {
        Flow flow(setup, fonts);
        flow.page().bare = true;
        draw_title(flow, facts, true);
        std::vector<Span> const heading{{{Face::sans_bold, flow.body_size() * 1.35, navy}, "Contents", {}, false}};
        flow.put(flow.set(heading, flow.body_size() * 1.7));
        flow.gap(6);
        for (std::size_t i = 0; i < bookmarks.size(); ++i) {
            if (bookmarks[i].level > deepest) continue;
            auto const target =
                "\x01"
                "contents-" +
                std::to_string(i);  // no anchor of a report can look like this
            anchors[target] = bookmarks[i].place;
            draw_contents_entry(flow, bookmarks[i], n_before + number_of[bookmarks[i].place.page], "#" + target);
        }
        return flow.finish();
    };
    auto pages = draw(1);
    return pages.size() == 1 ? std::move(pages) : draw(pages.size());
}

void draw_furniture(PageSetup const& setup, FontSet& fonts, DocumentFacts const& facts,
                    std::vector<std::unique_ptr<Page>> const& pages) {
    Typesetter typesetter(fonts);
    double const size = setup.body_size * 0.8;
    TextStyle const style{Face::sans, size, muted};
    std::vector<Span> const title{{style, facts.title, {}, false}};
    std::vector<Span> const as_of{{style, facts.as_of.empty() ? std::string() : "As of " + facts.as_of, {}, false}};
    for (std::size_t i = 0; i < pages.size(); ++i) {
        auto& page = *pages[i];
        if (page.bare) continue;
        double const left = setup.margin, right = page.width - setup.margin, width = right - left;
        double const head = setup.margin - 9, foot = page.height - setup.margin + 14;
        std::vector<Span> const running{{style, page.head, {}, false}};
        std::vector<Span> const number{
            {style, "Page " + std::to_string(i + 1) + " of " + std::to_string(pages.size()), {}, false}};
        auto const put = [&](std::vector<Span> const& spans, double y, bool at_right) {
            auto const line = typesetter.single_line(spans, width * 0.48);
            page.text(fonts, spans, line, at_right ? right - line.width : left, y);
        };
        if (i > 0) {  // the first page says its title itself
            put(title, head, false);
            put(running, head, true);
            page.line(left, head + 4, right, head + 4, 0.4, hairline);
        }
        put(as_of, foot, false);
        put(number, foot, true);
    }
}

}  // namespace dossier::pdf
