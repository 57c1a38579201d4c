#include "front_matter.hpp"

#include <algorithm>
#include <cmath>

#include "table.hpp"

namespace dossier::pdf {

namespace {

constexpr Color accent{0x0b, 0x68, 0xad};

void draw_title_in(Flow& flow, DocumentFacts const& facts, double size) {
    flow.page().fill({flow.left(), flow.y, 60, 4}, accent);
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
}

// ---- Verdicts

std::string votes_of(Verdict const& verdict) {
    std::string votes;
    auto const add = [&](char const* symbol, std::uint64_t n) {
        if (n > 0) votes += (votes.empty() ? "" : "  ") + std::string(symbol) + "\u00a0" + std::to_string(n);
    };
    add("▲", verdict.supports), add("▼", verdict.refutes), add("◆", verdict.mixed);
    return (votes.empty() ? "none" : votes) + " of\u00a0" + std::to_string(verdict.n_clusters);
}

TableRow row_of(Verdict const& verdict) {
    TableRow row;
    auto const direction = verdict.direction + (verdict.fragile ? ", fragile" : "");
    for (auto const& words :
         {verdict.statement, direction, verdict.agreement, verdict.certainty, verdict.coverage, votes_of(verdict)})
        row.cells.push_back({words, {}, {}});
    return row;
}

std::string explanation_of(std::vector<Verdict> const& verdicts, std::size_t n_shown) {
    std::string words;
    if (n_shown < verdicts.size()) {
        auto const more = verdicts.size() - n_shown;
        words = "And " + std::to_string(more) + (more == 1 ? " more claim" : " more claims") + ". ";
    }
    words += "Sources: independent ones that support (▲), refute (▼) or are mixed (◆), of all that were looked at.";
    bool const any_fragile = std::any_of(verdicts.begin(), verdicts.begin() + static_cast<std::ptrdiff_t>(n_shown),
                                         [](auto const& verdict) { return verdict.fragile; });
    if (any_fragile) words += " Fragile: leaving out one of them gives another verdict.";
    return words;
}

void draw_verdicts(Flow& flow, std::vector<Verdict> const& verdicts, std::size_t n_shown) {
    if (n_shown == 0) return;
    TableBegin begin;
    begin.caption = "What the sources say";
    for (auto const* title : {"Claim", "Direction", "Agreement", "Certainty", "Coverage", "Sources"})
        begin.columns.push_back({title, DOSSIER_CELL_TEXT});
    begin.columns.back().kind = DOSSIER_CELL_DATE;  // like dates, counts are not broken
    TableLayout table(flow, begin);
    for (std::size_t i = 0; i < n_shown; ++i)
        table.row(row_of(verdicts[i]));
    table.end();
    double const size = flow.body_size() * 0.84;
    std::vector<Span> const words{{{Face::sans, size, muted}, explanation_of(verdicts, n_shown), {}, false}};
    flow.y += 5;
    flow.put(flow.set(words, size * 1.4));
    flow.gap(22);
}

// ---- Contents

struct ContentsEntry {
    Bookmark const* bookmark;
    std::size_t page_number;
    std::string target;
};

void draw_leader(Flow& flow, double begin, double end, double baseline, double size) {
    double const step = size * 0.45;  // dots stand in columns, whatever the entries' lengths
    double const right = flow.left() + flow.width();
    std::vector<Point> ends;
    for (double x = right - step * std::floor((right - begin) / step); x < end; x += step)
        ends.push_back({x, baseline - 0.4}), ends.push_back({x + 0.7, baseline - 0.4});
    flow.page().lines(ends, {0.7, strong_line});
}

/// @param air  1: as loose as it is set where there is room
void draw_entry(Flow& flow, ContentsEntry const& entry, double air) {
    bool const top_level = entry.bookmark->level == 1;
    double const size = flow.body_size() * (top_level ? 1.05 : 1.0), leading = size * (1.22 + 0.28 * air);
    double const indent = top_level ? 0 : 14;
    constexpr double number_width = 34;
    TextStyle const style{top_level ? Face::sans_bold : Face::sans, size, top_level ? navy : ink};
    std::vector<Span> const spans{{style, entry.bookmark->title, {}, false}};
    std::vector<Span> const number{{style, " " + std::to_string(entry.page_number), {}, false}};
    auto lines = flow.set(spans, leading, indent, number_width);
    if (!lines.empty()) lines.back().line.space_at_end = true;  // the number is a word of its own
    if (top_level) flow.gap(2 + 5 * air);
    flow.start(static_cast<double>(lines.size()) * leading);
    double const begin = flow.y;
    double end_of_text = flow.left() + indent;
    Tag const item(flow.structure(), Role::contents_entry);
    Tag const link(flow.structure(), Role::link);
    for (auto const& line : lines) {
        flow.page().text(flow.fonts(), *line.spans, line.line, flow.left() + line.indent, flow.y + line.ascent);
        end_of_text = flow.left() + line.indent + line.line.width;
        flow.y += line.height;
    }
    if (lines.empty()) flow.y += leading;
    auto const digits = flow.typesetter().single_line(number, number_width);
    double const right = flow.left() + flow.width(), baseline = flow.y - leading + leading * 0.76;
    flow.page().text(flow.fonts(), number, digits, right - digits.width, baseline);
    draw_leader(flow, end_of_text + 5, right - digits.width - 4, baseline, size);
    flow.page().link({flow.left(), begin, flow.width(), flow.y - begin}, entry.target);
}

void draw_contents(Flow& flow, std::vector<ContentsEntry> const& entries, std::size_t n_before, double air) {
    std::vector<Span> const heading{{{Face::sans_bold, flow.body_size() * 1.35, navy}, "Contents", {}, false}};
    Tag const contents(flow.structure(), Role::contents);
    flow.put(flow.set(heading, flow.body_size() * 1.7), {}, Role::caption);
    flow.gap(6);
    for (auto entry : entries) {
        entry.page_number += n_before;
        draw_entry(flow, entry, air);
    }
}

std::vector<ContentsEntry> entries_of(std::vector<Bookmark> const& bookmarks,
                                      std::vector<std::unique_ptr<Page>> const& body,
                                      std::map<std::string, Place>& anchors) {
    std::map<Page const*, std::size_t> number_of;
    for (auto const& page : body)
        number_of.emplace(page.get(), number_of.size() + 1);
    constexpr std::ptrdiff_t most_entries = 400;  // beyond that only the first level is listed
    auto const is_shallow = [](Bookmark const& bookmark) { return bookmark.level <= 2; };
    int const deepest = std::count_if(bookmarks.begin(), bookmarks.end(), is_shallow) > most_entries ? 1 : 2;
    std::vector<ContentsEntry> entries;
    for (auto const& bookmark : bookmarks) {
        if (bookmark.level > deepest) continue;
        auto const name =
            "\x01"
            "contents-" +
            std::to_string(entries.size());  // no anchor of a report looks like this
        anchors[name] = bookmark.place;
        entries.push_back({&bookmark, number_of[bookmark.place.page], "#" + name});
    }
    return entries;
}

class CoverMaker {
public:
    CoverMaker(PageSetup const& setup, FontSet& fonts, DocumentFacts const& facts,
               std::vector<ContentsEntry> const& entries)
        : setup_(setup), fonts_(fonts), facts_(facts), entries_(entries) {}

    Cover make() {
        n_verdicts_ = verdicts_that_fit();
        for (double const air : {1.0, 0.5, 0.0})
            if (auto cover = draw(1, air); cover.pages.size() == 1) return cover;
        return draw(draw(1, 1.0).pages.size(), 1.0);
    }

private:
    void draw_top(Flow& flow, std::size_t n_verdicts, double air) {
        flow.page().bare = true;
        flow.y += 12 + 36 * air;
        draw_title_in(flow, facts_, flow.body_size() * 2.7);
        flow.gap(14 + 10 * air);
        draw_verdicts(flow, facts_.verdicts, n_verdicts);
    }
    /// As many as leave room to the contents, or to the first third of them.
    std::size_t verdicts_that_fit() {
        Flow contents(setup_, fonts_);
        draw_contents(contents, entries_, 1, 0);
        double const most_wanted = contents.full_room() * 0.33;
        bool const is_one_page = contents.finish().size() == 1;
        double const wanted = is_one_page ? std::min(most_wanted, contents.y - contents.top() + 16) : most_wanted;
        constexpr std::size_t most = 24;
        for (auto n = std::min(facts_.verdicts.size(), most); n > 1; --n) {
            Flow flow(setup_, fonts_);
            auto const* const first_page = &flow.page();
            draw_top(flow, n, 0);
            if (&flow.page() == first_page && flow.room() > wanted) return n;
        }
        return std::min<std::size_t>(facts_.verdicts.size(), 1);
    }
    Cover draw(std::size_t n_before, double air) {
        Flow flow(setup_, fonts_);
        draw_top(flow, n_verdicts_, air);
        draw_contents(flow, entries_, n_before, air);
        auto pages = flow.finish();
        return {flow.take_structure(), std::move(pages)};
    }

    PageSetup const& setup_;
    FontSet& fonts_;
    DocumentFacts const& facts_;
    std::vector<ContentsEntry> const& entries_;
    std::size_t n_verdicts_ = 0;
};

}  // namespace

void draw_title(Flow& flow, DocumentFacts const& facts) {
    draw_title_in(flow, facts, flow.body_size() * 2.3);
    flow.gap(10);
}

Cover cover_of(PageSetup const& setup, FontSet& fonts, DocumentFacts const& facts,
               std::vector<Bookmark> const& bookmarks, std::vector<std::unique_ptr<Page>> const& body,
               std::map<std::string, Place>& anchors) {
    auto const entries = entries_of(bookmarks, body, anchors);
    auto upright = setup;
    upright.may_turn = false;  // the cover is one sheet
    return CoverMaker(upright, fonts, facts, entries).make();
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
        page.begin_furniture();
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
