// The flow of blocks down the pages: room, breaks, spacing, headings that stay with what follows, boxes across pages.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "footnotes.hpp"
#include "page.hpp"
#include "pdf_file.hpp"
#include "structure.hpp"
#include "style.hpp"
#include "text.hpp"

namespace dossier::pdf {

/// A line ready to be put on a page: its spans must outlive it.
struct SetLine {
    std::vector<Span> const* spans = nullptr;
    Line line;
    double height = 0;  ///< from this line's top to the next one's
    double ascent = 0;  ///< from its top to its baseline
    double indent = 0;  ///< from the left edge of the flow
    double gap = 0;     ///< extra room above, dropped at the top of a page
};

/// What stands behind lines of text, on every page they reach.
struct Box {
    std::optional<Color> fill;
    std::optional<Color> rule;  ///< a bar along the left edge
    double rule_width = 2.2;
    double pad_top = 0, pad_bottom = 0;
    double indent = 0;  ///< of the box itself
};

class Flow {
public:
    Flow(PageSetup const& setup, FontSet& fonts);

    [[nodiscard]] Typesetter& typesetter() noexcept { return typesetter_; }
    [[nodiscard]] FontSet& fonts() noexcept { return typesetter_.fonts(); }
    [[nodiscard]] Structure& structure() noexcept { return *structure_; }
    [[nodiscard]] PageSetup const& setup() const noexcept { return setup_; }
    [[nodiscard]] double body_size() const noexcept { return setup_.body_size; }

    // Where things go. All in points.
    [[nodiscard]] double left() const noexcept { return setup_.margin + indented(); }
    [[nodiscard]] double width() const noexcept { return page_width() - 2 * setup_.margin - indented(); }
    [[nodiscard]] double top() const noexcept { return setup_.margin + 8; }
    [[nodiscard]] double bottom() const noexcept { return page_height() - setup_.margin - 6; }
    [[nodiscard]] double room() const noexcept { return bottom() - notes_height_ - y; }
    [[nodiscard]] double full_room() const noexcept { return bottom() - top(); }
    [[nodiscard]] Page& page() noexcept { return *pages_.back(); }
    double y = 0;  ///< the upper edge of what comes next

    void indent(double by) noexcept { indent_ += by; }
    /// Asks for at least this much room above what comes next; the largest wish counts, none at the top of a page.
    void gap(double height) noexcept { gap_ = std::max(gap_, height); }
    /// Makes sure that `height` fits below any waiting headings, on a new page if need be, and draws those headings.
    void start(double height);
    /// Ends the page. Waiting headings go with what follows.
    void new_page();
    /// Ends the page unless nothing is on it.
    void new_page_if_used();
    /// Upright or on its side, from the next page on; breaks the page if it differs from the present one's.
    void turn(bool landscape);
    [[nodiscard]] bool turned() const noexcept { return landscape_; }
    [[nodiscard]] double other_width(bool landscape) const noexcept;

    /// Draws, once something follows it, a heading with bookmark and anchor. In the structure it stands here.
    void heading(int level, std::string text, std::string anchor);
    /// Draws, once something follows it, a short paragraph that belongs to what follows.
    void introduce(std::vector<Span> spans);
    /// A mark ("•", "3.") left of the line that comes next. In the structure it stands here.
    void marker(std::string text);
    /// Gives a mark that still waits a line of its own.
    void settle_marker();
    void anchor(std::string const& name, double at_y);
    void anchor_here(std::string const& name) { waiting_anchors_.push_back(name); }

    /// Breaks spans into lines as wide as the flow less `indent` and `right`.
    std::vector<SetLine> set(std::vector<Span> const& spans, double leading, double indent = 0, double right = 0,
                             Alignment alignment = Alignment::ragged);
    /// The same for running text, which the job may want justified.
    std::vector<SetLine> set_prose(std::vector<Span> const& spans, double leading, double indent = 0,
                                   double right = 0) {
        return set(spans, leading, indent, right, setup_.justify ? Alignment::justified : Alignment::ragged);
    }
    /// Puts lines down, over as many pages as they need, never one line alone where that can be helped. Lines of the
    /// same spans make one element.
    void put(std::vector<SetLine> lines, Box const& box = {}, Role role = Role::paragraph);

    [[nodiscard]] std::size_t n_pages() const noexcept { return pages_.size(); }
    /// Something that whoever runs the job should know.
    void warn(std::string message) { warnings_.push_back(std::move(message)); }
    [[nodiscard]] std::vector<std::string> const& warnings() const noexcept { return warnings_; }

    // ---- Footnotes
    [[nodiscard]] Footnotes& footnotes() noexcept { return footnotes_; }
    /// Height of the footnotes that the line would bring to its page.
    double height_of_notes(std::vector<Span> const& spans, Line const& line);
    /// Puts the footnotes that the line refers to at the foot of this page, where `below`, what is still to come between
    /// y and them, leaves room.
    void place_notes(std::vector<Span> const& spans, Line const& line, double below = 0);

    /// Ends the flow: draws what is still waiting, hands the pages over. They need the structure for as long as they live.
    std::vector<std::unique_ptr<Page>> finish();
    std::unique_ptr<Structure> take_structure() { return std::move(structure_); }
    [[nodiscard]] std::map<std::string, Place>& anchors() noexcept { return anchors_; }
    [[nodiscard]] std::vector<Bookmark>& bookmarks() noexcept { return bookmarks_; }

private:
    struct WaitingHeading {
        int level;
        std::string text, anchor;
        std::vector<Span> spans;
        double indent;  ///< of the flow where it was said
        Structure::Part part;
    };
    struct Marker {
        std::string text;
        Structure::Part part = Structure::artifact;
    };
    [[nodiscard]] double page_width() const noexcept { return landscape_ ? setup_.height : setup_.width; }
    [[nodiscard]] double page_height() const noexcept { return landscape_ ? setup_.width : setup_.height; }
    /// However deep lists are nested, half the width stays for text.
    [[nodiscard]] double indented() const noexcept { return std::min(indent_, setup_.width / 2 - setup_.margin); }
    void add_page();
    [[nodiscard]] std::vector<SetLine> set_note(Footnote const& footnote);
    void draw_notes();
    [[nodiscard]] Structure::Part waiting_part();
    void draw_headings(std::vector<WaitingHeading> const& headings, std::vector<std::vector<SetLine>> const& lines);
    void draw_heading(WaitingHeading const& heading, std::vector<SetLine> const& lines);
    void draw_marker();
    void draw_fragment(std::vector<SetLine> const& lines, std::size_t first, std::size_t last, Box const& box,
                       Role role);
    /// Says which element the line is of, then draws it.
    void draw_line(SetLine const& line, Role role);
    void end_element();

    PageSetup setup_;
    Typesetter typesetter_;
    std::unique_ptr<Structure> structure_;
    bool landscape_ = false;
    double indent_ = 0, gap_ = 0;
    std::vector<std::unique_ptr<Page>> pages_;
    std::vector<WaitingHeading> waiting_;
    std::vector<std::string> waiting_anchors_;
    Marker marker_;
    std::vector<Span> const* element_ = nullptr;  ///< the words of the element that lines are being put down of
    std::string running_head_;
    std::vector<std::string> warnings_;
    Footnotes footnotes_;
    std::vector<Footnote*> page_notes_;  ///< at the foot of the present page
    double notes_height_ = 0;
    std::map<std::string, Place> anchors_;
    std::vector<Bookmark> bookmarks_;
};

}  // namespace dossier::pdf
