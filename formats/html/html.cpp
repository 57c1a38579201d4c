// HTML: one file that browsers show as it is, with nothing loaded from elsewhere.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <dossier/plugin.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chart.hpp"
#include "facets.hpp"
#include "markup.hpp"
#include "page.hpp"
#include "table.hpp"
#include "verdicts.hpp"

namespace {

using dossier::Option;
using dossier::OptionValues;
using dossier::Output;
using dossier::view;
using namespace dossier::html;

constexpr std::size_t write_size = 64 * 1024;

/// Beyond this browsers take minutes and gigabytes: see docs/formats/html.md, limits.
constexpr std::size_t max_page_bytes = 128 * 1024 * 1024;

struct Tone {
    std::string_view css_class, name;
};
Tone tone_of(std::uint32_t tone) noexcept {
    switch (tone) {
        case DOSSIER_CALLOUT_WARNING: return {"warning", "Warning"};
        case DOSSIER_CALLOUT_FAILURE: return {"failure", "Failure"};
        default: return {"info", "Note"};
    }
}

class Html final : public dossier::Format {
public:
    static std::vector<Option> options() {
        return {
            Option::text("theme", "auto", {"auto", "light", "dark"},
                         "Light or dark; \"auto\" follows the reader's system. Printed pages are always light."),
            Option::boolean("scripts", true,
                            "Put in the script for filters, sorting, search and the quote panel; without it the page "
                            "is complete but still."),
            Option::integer("max_rows", 5000, 1, 200000,
                            "Rows of one table that are shown; the page says how many more there are, and the formats "
                            "csv, json and markdown have all.")};
    }
    Html(OptionValues const& options, Output& output)
        : output_(output),
          max_rows_(static_cast<std::size_t>(options.integer("max_rows"))),
          table_({max_rows_, options.boolean("scripts")}, output, facets_) {
        head_.theme = options.text("theme");
        head_.scripts = options.boolean("scripts");
    }

    void begin_document(dossier_document const& document) override {
        head_.title = view(document.title);
        head_.as_of = view(document.as_of);
        head_.language = view(document.language);
        head_.generator = view(document.generator);
        if (head_.scripts) facets_.learn(document, output_);
        for (auto const* const verdict : dossier::verdicts_of(document))
            keep(*verdict);
    }

    void end_document() override {
        auto const verdicts =
            verdicts_markup(verdicts_, claim_anchors_, max_rows_, [this](double value) { return two_decimals(value); });
        if (!verdicts.empty()) entries_.insert(entries_.begin(), {1, "Verdicts", "Verdicts"});
        write(page_begin(head_));
        write("<div class=\"page\">\n" + contents(entries_) + "<main id=\"Main\" tabindex=\"-1\">\n" + verdicts);
        if (head_.scripts) write(filter_bar(facets_));
        write(body_);
        write("</main>\n</div>\n" + page_end(head_));
        if (!buffer_.empty()) output_.write(buffer_);
    }

    void begin_section(dossier_section const& section) override {
        say("<section class=\"report\"" + id_attribute(view(section.anchor)) + ">\n");
    }

    void end_section() override {
        close_parts(1);
        if (!notes_.empty())
            say("<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"Notes " +
                std::to_string(n_notes_said_ + 1) + " to " + std::to_string(n_notes_) + "\">\n<ol>\n" + notes_ +
                "</ol>\n</section>\n");
        notes_.clear();
        n_notes_said_ = n_notes_;
        say("</section>\n");
    }

    /// The document's title has level 1. A heading and what follows it are a part, which parts of deeper levels stand in.
    void heading(dossier_heading const& heading) override {
        auto const level = std::clamp(heading.level, 1u, 6u);
        std::string const statement(view(heading.text));
        auto const claim = facets_.claims.find_exactly(statement);
        if (list_depth_ == 0) {
            close_parts(level);
            parts_.push_back({level, claim});
            say("<section" + (claim ? attribute("data-claim", std::to_string(*claim)) : std::string()) + ">\n");
        }
        auto id = id_attribute(view(heading.anchor));
        auto name = std::string(view(heading.anchor));
        if (id.empty()) {
            name = "Part-" + std::to_string(++n_unnamed_);
            id = attribute("id", name);
        } else {
            claim_anchors_.try_emplace(statement, name);
        }
        auto const tag = "h" + std::to_string(std::min(level + 1, 6u));
        auto const text = trimmed(statement);
        say("<" + tag + id + ">" + text + "</" + tag + ">\n");
        if (!text.empty()) entries_.push_back({level, name, text});
    }

    void paragraph(dossier_paragraph const& paragraph) override {
        auto const text = styled(paragraph.runs, paragraph.n_runs);
        if (text.empty()) return;
        say("<p" + source_of_lead(paragraph) + ">" + text, "</p>\n");
    }

    void begin_list(dossier_list const& list) override {
        list_ends_.emplace_back(list.ordered != 0 ? "</ol>\n" : "</ul>\n");
        ++list_depth_;
        say(list.ordered != 0 ? "<ol>\n" : "<ul>\n");
    }
    void end_list() override {
        --list_depth_;
        say(list_ends_.back());
        list_ends_.pop_back();
    }
    void begin_item() override { say("<li>"); }
    void end_item() override { say("</li>\n"); }

    void quote(dossier_quote const& quote) override {
        auto const text = trimmed(view(quote.text));
        auto markup =
            "<figure class=\"quote\"" + id_attribute(view(quote.anchor)) + attribute("data-stance", view(quote.stance));
        if (head_.scripts) {
            auto source = facets_.sources.find(view(quote.locator.article_id));
            if (!source) source = facets_.sources.find(view(quote.locator.path));
            if (source) markup += attribute("data-source", std::to_string(*source));
            if (auto const claim = claim_of_part()) markup += attribute("data-claim", std::to_string(*claim));
        }
        markup +=
            ">\n<blockquote><p>" + text + "</p></blockquote>\n" + context(quote, text) + "<figcaption>" + origin(quote);
        say(markup, "</figcaption>\n</figure>\n");
    }

    void note(dossier_note const& note) override {
        auto const text = styled(note.runs, note.n_runs);
        if (!takes_mark_) {  // nothing before it that a mark could stand at: the note itself stands here
            say("<p class=\"note\"" + id_attribute(view(note.anchor)) + "><strong>Note:</strong> " + text + "</p>\n");
            return;
        }
        auto const number = std::to_string(++n_notes_);
        auto const anchor = id_attribute(view(note.anchor));
        std::string const id = anchor.empty() ? "Note-" + number : std::string(view(note.anchor));
        body_ += "<sup class=\"mark\"><a id=\"Mark-" + number + "\" role=\"doc-noteref\" href=\"#" + id +
                 "\" aria-label=\"Note " + number + "\">" + number + "</a></sup>";
        notes_ += "<li id=\"" + id + "\" value=\"" + number + "\"><p>" + text + " <a href=\"#Mark-" + number +
                  "\" role=\"doc-backlink\" aria-label=\"Back to the text of note " + number + "\">↩</a></p></li>\n";
    }

    void begin_table(dossier_table const& table) override { say(table_.begin(table, claim_of_part())); }
    void row(dossier_row const& row) override { say(table_.row(row)); }
    void end_table() override { say(table_.end()); }

    void chart(dossier_chart const& chart) override { say(chart_markup(chart, output_, table_)); }

    void callout(dossier_callout const& callout) override {
        auto const tone = tone_of(callout.tone);
        auto const title = trimmed(view(callout.title));
        say("<div role=\"note\" class=\"callout " + std::string(tone.css_class) + "\">\n<p class=\"callout-title\">" +
            std::string(tone.name) + (title.empty() ? "" : ": " + title) + "</p>\n");
        auto const text = styled(callout.runs, callout.n_runs);
        if (text.empty())
            say("</div>\n");
        else
            say("<p>" + text, "</p>\n</div>\n");
    }

    void page_break() override { say("<hr class=\"page-break\"/>\n"); }

private:
    /// A heading and what follows it.
    struct Part {
        unsigned level;
        std::optional<std::size_t> claim;  ///< that the heading states
    };

    void keep(dossier_verdict const& verdict) {
        // Newer hosts send longer verdicts; the texts live for this call only.
        auto kept = verdict;
        kept.size = sizeof kept;
        for (auto* const text :
             {&kept.claim_id, &kept.statement, &kept.direction, &kept.agreement, &kept.certainty, &kept.coverage}) {
            verdict_texts_.push_back(std::make_unique<std::string>(view(*text)));
            *text = dossier::as_text(*verdict_texts_.back());
        }
        verdicts_.push_back(kept);
    }

    /// Adds markup that no note's mark can be added to.
    void say(std::string_view markup) {
        body_ += std::exchange(pending_end_, {});
        body_ += markup;
        takes_mark_ = false;
        if (body_.size() > max_page_bytes)
            throw dossier::PluginError(
                "the page would be larger than " + std::to_string(max_page_bytes / 1024 / 1024) +
                " MB, which browsers cannot show; take fewer reports, a smaller max_rows, or the formats csv or json");
    }
    /// Adds text that a note may follow; `end` closes it.
    void say(std::string_view markup, std::string end) {
        say(markup);
        pending_end_ = std::move(end);
        takes_mark_ = true;
    }

    void close_parts(unsigned level) {
        for (; !parts_.empty() && parts_.back().level >= level; parts_.pop_back())
            say("</section>\n");
    }
    [[nodiscard]] std::optional<std::size_t> claim_of_part() const {
        for (auto part = parts_.rbegin(); part != parts_.rend(); ++part)
            if (part->claim) return part->claim;
        return std::nullopt;
    }

    /// A paragraph that begins with a source's name goes with its quotes.
    std::string source_of_lead(dossier_paragraph const& paragraph) {
        if (!head_.scripts || paragraph.n_runs == 0) return {};
        auto const source = facets_.sources.find_exactly(view(paragraph.runs[0].text));
        return source ? attribute("data-source", std::to_string(*source)) : std::string();
    }

    static std::string context(dossier_quote const& quote, std::string const& text) {
        if (!DOSSIER_HAS(&quote, dossier_quote, after)) return {};
        auto const before = trimmed(view(quote.before)), after = trimmed(view(quote.after));
        if (before.empty() && after.empty()) return {};
        return "<details class=\"context\"><summary>In its context</summary>\n<p>" +
               (before.empty() ? before : before + " ") + "<mark>" + text + "</mark>" +
               (after.empty() ? after : " " + after) + "</p>\n</details>\n";
    }

    std::string two_decimals(double value) {
        dossier_column const column{sizeof column, {}, {}, DOSSIER_CELL_REAL, 2, {}, 0, 0};
        dossier_cell number{};
        number.kind = DOSSIER_CELL_REAL, number.real = value;
        return output_.shown(column, number);
    }

    /// Where a quote stands and what it says.
    std::string origin(dossier_quote const& quote) {
        std::string markup;
        auto const add = [&](std::string_view css_class, std::string const& part) {
            if (part.empty()) return;
            markup += (markup.empty() ? "<span class=\"" : " <span class=\"") + std::string(css_class) + "\">" + part +
                      "</span>";
        };
        if (quote.stance.size > 0) {
            dossier_column const column{sizeof column, {}, {}, DOSSIER_CELL_STANCE, 0, {}, 0, 0};
            dossier_cell stance{};
            stance.kind = DOSSIER_CELL_STANCE, stance.text = quote.stance;
            add("stance", stance_markup(output_.shown(column, stance)));
        }
        auto const& locator = quote.locator;
        auto const page = locator.page == 0 ? std::string() : ", p. " + std::to_string(locator.page);
        add("place", trimmed(view(locator.path.size == 0 ? locator.article_id : locator.path)) + page + ", line " +
                         std::to_string(locator.line) + ", bytes " + std::to_string(locator.byte_begin) + "–" +
                         std::to_string(locator.byte_end));
        add("comment", trimmed(view(quote.comment)));
        if (!link_attributes(view(locator.url)).empty()) add("source", linked("source", view(locator.url)));
        if (!link_attributes(view(quote.back)).empty()) add("back", linked("back", view(quote.back)));
        return markup;
    }

    void write(std::string_view bytes) {
        for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), write_size))) {
            buffer_ += bytes.substr(0, write_size);
            if (buffer_.size() >= write_size) {
                output_.write(buffer_);
                buffer_.clear();
            }
        }
    }

    Output& output_;
    std::size_t max_rows_;
    PageHead head_;
    Facets facets_;
    TableWriter table_;
    std::vector<dossier_verdict> verdicts_;
    std::vector<std::unique_ptr<std::string>> verdict_texts_;  ///< what they point to
    std::map<std::string, std::string> claim_anchors_;         ///< of the first heading of each text
    std::vector<Entry> entries_;
    std::string body_;         ///< kept: the contents stand before it
    std::string pending_end_;  ///< closes the last text, to which a note's mark can be added
    bool takes_mark_ = false;
    std::string notes_;  ///< of the section, to be said at its end
    std::vector<Part> parts_;
    std::vector<std::string> list_ends_;
    std::size_t list_depth_ = 0, n_notes_ = 0, n_notes_said_ = 0, n_unnamed_ = 0;
    std::string buffer_;
};

}  // namespace

DOSSIER_FORMAT(Html, "html", "One self-contained page with filters, search and every quote in its context", "text/html",
               DOSSIER_CARRIES_CHARTS | DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_NOTES | DOSSIER_CARRIES_CONTEXT, false)
