#include "dossier/plugin/assemble.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/plugin/block_codec.hpp"

namespace dossier {
namespace {

dossier_text as_text(std::string_view text) noexcept {
    return {text.data(), text.size()};
}

/// Sends a report's blocks on with its anchors, and links to them, prefixed.
class Prefixed {
public:
    /// @param context  empty: quotes come without what stands around them
    Prefixed(std::string prefix, BlockReceiver const& next, ContextLookup const& context)
        : prefix_(std::move(prefix)), next_(next), context_(context) {}

    void operator()(dossier_block const& block) {
        texts_.clear();
        switch (block.kind) {
            case DOSSIER_HEADING: return heading(*static_cast<dossier_heading const*>(block.content));
            case DOSSIER_PARAGRAPH: return paragraph(*static_cast<dossier_paragraph const*>(block.content));
            case DOSSIER_QUOTE: return quote(*static_cast<dossier_quote const*>(block.content));
            case DOSSIER_NOTE: return note(*static_cast<dossier_note const*>(block.content));
            case DOSSIER_TABLE_BEGIN: return table(*static_cast<dossier_table const*>(block.content));
            case DOSSIER_ROW: return row(*static_cast<dossier_row const*>(block.content));
            case DOSSIER_CHART: return chart(*static_cast<dossier_chart const*>(block.content));
            case DOSSIER_CALLOUT: return callout(*static_cast<dossier_callout const*>(block.content));
            default: next_(block);
        }
    }

private:
    /// "anchor" as "prefix-anchor"; no anchor stays none.
    dossier_text anchor(dossier_text anchor) {
        return anchor.size == 0 ? anchor : kept(prefix_ + "-" + std::string(anchor.data, anchor.size));
    }
    /// "#anchor" as "#prefix-anchor"; addresses of other places as they are.
    dossier_text link(dossier_text link) {
        if (link.size == 0 || *link.data != '#') return link;
        return kept("#" + prefix_ + "-" + std::string(link.data + 1, link.size - 1));
    }
    dossier_text kept(std::string text) {
        auto const& stored = texts_.emplace_back(std::make_unique<std::string>(std::move(text)));
        return as_text(*stored);
    }
    std::vector<dossier_run> runs(dossier_run const* runs, std::size_t n_runs) {
        std::vector<dossier_run> changed(runs, runs + n_runs);
        for (auto& run : changed)
            run.link = link(run.link);
        return changed;
    }
    void heading(dossier_heading heading) {
        heading.anchor = anchor(heading.anchor);
        next_({DOSSIER_HEADING, 0, &heading});
    }
    void paragraph(dossier_paragraph paragraph) {
        auto const changed = runs(paragraph.runs, paragraph.n_runs);
        paragraph.runs = changed.data();
        next_({DOSSIER_PARAGRAPH, 0, &paragraph});
    }
    void quote(dossier_quote quote) {
        quote.anchor = anchor(quote.anchor);
        quote.back = link(quote.back);
        auto const context = context_ ? context_(quote) : QuoteContext{};
        quote.before = as_text(context.before), quote.after = as_text(context.after);
        next_({DOSSIER_QUOTE, 0, &quote});
    }
    void note(dossier_note note) {
        auto const changed = runs(note.runs, note.n_runs);
        note.runs = changed.data();
        note.anchor = anchor(note.anchor);
        next_({DOSSIER_NOTE, 0, &note});
    }
    void table(dossier_table table) {
        table.anchor = anchor(table.anchor);
        next_({DOSSIER_TABLE_BEGIN, 0, &table});
    }
    void row(dossier_row row) {
        std::vector<dossier_cell> cells(row.cells, row.cells + row.n_cells);
        for (auto& cell : cells)
            cell.target = link(cell.target);
        row.cells = cells.data();
        row.anchor = anchor(row.anchor);
        next_({DOSSIER_ROW, 0, &row});
    }
    void chart(dossier_chart chart) {
        chart.anchor = anchor(chart.anchor);
        next_({DOSSIER_CHART, 0, &chart});
    }
    void callout(dossier_callout callout) {
        auto const changed = runs(callout.runs, callout.n_runs);
        callout.runs = changed.data();
        next_({DOSSIER_CALLOUT, 0, &callout});
    }

    std::string prefix_;
    BlockReceiver const& next_;
    ContextLookup const& context_;
    std::vector<std::unique_ptr<std::string>> texts_;  ///< of the current block; its texts point here
};

void send_flow(Spool const& flow, std::string const& section_anchor, BlockReceiver const& receiver,
               ContextLookup const& context) {
    Prefixed prefixed(section_anchor, receiver, context);
    Spool::Reader reader(flow);
    BlockDecoder decoder;
    for (auto bytes = reader.next(); !bytes.empty(); bytes = reader.next()) {
        auto const* const block = decoder.decode(bytes);
        if (block == nullptr) throw Failure(FailureKind::io, "a temporary file was changed while it was in use");
        prefixed(*block);
    }
}

/// What stands in a section whose report failed.
void send_failure(DocumentPart const& part, BlockReceiver const& receiver) {
    dossier_heading heading{};
    heading.size = sizeof heading;
    heading.level = 1;
    heading.text = as_text(part.report);
    receiver({DOSSIER_HEADING, 0, &heading});
    dossier_run const run{0, 0, as_text(part.failure), {}};
    dossier_callout callout{};
    callout.size = sizeof callout;
    callout.tone = DOSSIER_CALLOUT_FAILURE;
    callout.title = as_text("This part is missing");
    callout.runs = &run, callout.n_runs = 1;
    receiver({DOSSIER_CALLOUT, 0, &callout});
}

void send_section(DocumentPart const& part, std::string const& section_anchor, BlockReceiver const& receiver,
                  ContextLookup const& context) {
    dossier_section const section{sizeof section, as_text(part.report), as_text(section_anchor)};
    receiver({DOSSIER_SECTION_BEGIN, 0, &section});
    if (part.flow != nullptr)
        send_flow(*part.flow, section_anchor, receiver, context);
    else
        send_failure(part, receiver);
    receiver({DOSSIER_SECTION_END, 0, nullptr});
}

std::set<std::string> note_anchors_of(std::span<DocumentPart const> parts, std::span<std::string const> sections) {
    std::set<std::string> anchors;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].flow == nullptr) continue;
        for (auto const& anchor : parts[i].flow->note_anchors())
            anchors.insert(sections[i] + "-" + anchor);
    }
    return anchors;
}

/// True if anchors prefixed with one could be the same as anchors prefixed with the other.
bool clash(std::string_view a, std::string_view b) {
    auto const begins = [](std::string_view longer, std::string_view shorter) {
        return longer == shorter ||
               (longer.size() > shorter.size() && longer.starts_with(shorter) && longer[shorter.size()] == '-');
    };
    return begins(a, b) || begins(b, a);
}

/// Borrows from `verdicts`.
std::vector<dossier_verdict> abi_verdicts(std::vector<Verdict> const& verdicts) {
    auto const number = [](std::optional<double> value) {
        return value.value_or(std::numeric_limits<double>::quiet_NaN());
    };
    std::vector<dossier_verdict> shown;
    for (auto const& from : verdicts) {
        if (shown.size() == most_verdicts) break;
        dossier_verdict to{};
        to.size = sizeof to;
        to.claim_id = as_text(from.claim_id), to.statement = as_text(from.statement);
        to.direction = as_text(from.direction), to.agreement = as_text(from.agreement);
        to.certainty = as_text(from.certainty), to.coverage = as_text(from.coverage);
        to.n_articles = from.n_articles, to.n_clusters = from.n_clusters;
        to.supports = from.supports, to.refutes = from.refutes, to.mixed = from.mixed, to.neutral = from.neutral;
        to.silent = from.silent, to.not_assessable = from.not_assessable;
        to.direction_share = number(from.direction_share), to.agreement_value = number(from.agreement_value);
        to.coverage_share = number(from.coverage_share);
        to.fragile = from.fragile ? 1 : 0;
        shown.push_back(to);
    }
    return shown;
}

}  // namespace

std::vector<std::string> section_anchors(std::span<DocumentPart const> parts) {
    std::vector<std::string> anchors;
    for (auto const& part : parts) {
        auto const taken = [&](std::string const& candidate) {
            return std::any_of(anchors.begin(), anchors.end(),
                               [&](std::string const& earlier) { return clash(earlier, candidate); });
        };
        auto candidate = part.report;
        for (std::size_t n = anchors.size() + 1; taken(candidate); ++n)
            candidate = std::to_string(n) + "-" + part.report;
        anchors.push_back(std::move(candidate));
    }
    return anchors;
}

void assemble(DocumentHead const& head, std::span<DocumentPart const> parts, std::uint64_t carries,
              BlockReceiver const& receiver, ContextLookup const& context) {
    auto const sections = section_anchors(parts);
    auto const note_anchors = note_anchors_of(parts, sections);
    BlockReceiver const lowered = Lowering(carries, note_anchors, receiver);
    auto const verdicts = abi_verdicts(head.verdicts);
    dossier_document const document{sizeof document,        as_text(head.title),     as_text(head.as_of),
                                    as_text(head.language), as_text(head.generator), verdicts.data(),
                                    verdicts.size()};
    bool const carries_context = (carries & DOSSIER_CARRIES_CONTEXT) != 0;
    lowered({DOSSIER_DOCUMENT_BEGIN, 0, &document});
    for (std::size_t i = 0; i < parts.size(); ++i)
        send_section(parts[i], sections[i], lowered, carries_context ? context : ContextLookup{});
    lowered({DOSSIER_DOCUMENT_END, 0, nullptr});
}

}  // namespace dossier
