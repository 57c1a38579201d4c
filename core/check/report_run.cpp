#include "report_run.hpp"

#include <algorithm>
#include <utility>

#include "dossier/model/digest.hpp"
#include "dossier/plugin/block_codec.hpp"
#include "dossier/plugin/block_grammar.hpp"
#include "dossier/store/analysed_quotes.hpp"
#include "instance.hpp"

namespace dossier::check {
namespace {

constexpr std::uint64_t most_blocks = 2'000'000;

/// Answers whether a quote is one of the analysis.
QuoteChecks checks_against(AnalysedQuotes& quotes) {
    QuoteChecks checks;
    checks.quote = [&quotes](dossier_quote const& quote) -> std::optional<std::string> {
        auto const article = quotes.article(view(quote.locator.article_id));
        if (!article) return "the analysis has no article `" + std::string(view(quote.locator.article_id)) + "`";
        ByteRange const bytes{static_cast<std::size_t>(quote.locator.byte_begin),
                              static_cast<std::size_t>(quote.locator.byte_end)};
        if (quotes.number_of(article->number, bytes, view(quote.text)) >= 0) return std::nullopt;
        return "the analysis has no such words at bytes " + std::to_string(bytes.begin) + " to " +
               std::to_string(bytes.end) + " of article `" + article->id + "`";
    };
    checks.cell = [&quotes](std::int64_t number, std::string_view text) -> std::optional<std::string> {
        auto const quote = quotes.quote(number);
        if (quote && quote->text == text) return std::nullopt;
        return "quote " + std::to_string(number) + " of the analysis reads otherwise";
    };
    return checks;
}

bool is_number(std::uint32_t kind) noexcept {
    return kind == DOSSIER_CELL_INTEGER || kind == DOSSIER_CELL_REAL || kind == DOSSIER_CELL_PERCENT ||
           kind == DOSSIER_CELL_INTERVAL;
}

bool has_number(dossier_block const& block) {
    if (block.kind == DOSSIER_CHART) return static_cast<dossier_chart const*>(block.content)->n_values != 0;
    if (block.kind != DOSSIER_ROW) return false;
    auto const& row = *static_cast<dossier_row const*>(block.content);
    bool number = false;
    for (std::size_t i = 0; i < row.n_cells; ++i) {
        if (row.cells[i].kind == DOSSIER_CELL_QUOTE) return false;  // its own locator stands beside it
        number = number || is_number(row.cells[i].kind);
    }
    return number;
}

/// Whether a call does nothing but end what is open. The C++ layer does that in destructors, which cannot pass a status on.
bool only_ends(dossier_block const* blocks, std::size_t n_blocks) {
    return n_blocks != 0 && std::all_of(blocks, blocks + n_blocks, [](dossier_block const& block) {
               return block.kind == DOSSIER_TABLE_END || block.kind == DOSSIER_LIST_END ||
                      block.kind == DOSSIER_ITEM_END;
           });
}

class Listener {
public:
    Listener(ReportManners const& manners, CheckHost const& host, ReportOutcome& outcome)
        : manners_(manners), host_(host), outcome_(outcome) {
        if (manners.check_quotes) quotes_.emplace(manners.host.analysis);
        grammar_.emplace(quotes_ ? checks_against(*quotes_) : QuoteChecks{});
    }
    [[nodiscard]] dossier_sink sink() { return {sizeof(dossier_sink), this, &take}; }
    void finish() {
        outcome_.sha256 = digest_.hex();
        if (manners_.check_grammar && !outcome_.broken) outcome_.broken = grammar_->finish();
    }

private:
    static dossier_status take(void* self, dossier_block const* blocks, std::size_t n_blocks) {
        return static_cast<Listener*>(self)->take(blocks, n_blocks);
    }
    dossier_status take(dossier_block const* blocks, std::size_t n_blocks) {
        ++outcome_.n_calls;
        bool const ends = only_ends(blocks, n_blocks);
        if (refused_ && !ends) ++outcome_.n_after_refusal;
        bool const failing = manners_.failing_call != 0 && outcome_.n_calls >= manners_.failing_call && !ends;
        if (failing || outcome_.n_blocks > most_blocks) refused_ = true;
        outcome_.refused = refused_;
        outcome_.flooded = outcome_.n_blocks > most_blocks;
        if (refused_) return manners_.refusal;
        for (std::size_t i = 0; i < n_blocks; ++i)
            take(blocks[i]);
        // As the worker does it: the report learns of its mistake at once.
        return outcome_.broken ? dossier_status{DOSSIER_BAD_BLOCK} : dossier_status{DOSSIER_OK};
    }
    void take(dossier_block const& block) {
        ++outcome_.n_blocks;
        if (!manners_.check_grammar || outcome_.broken) return;
        encoded_.clear();
        if (auto problem = encode_block(block, encoded_)) {
            outcome_.broken =
                "block " + std::to_string(outcome_.n_blocks) + " (" + block_name(block.kind) + "): " + *problem;
            return;
        }
        digest_.update(encoded_);
        outcome_.broken = grammar_->check(*decoder_.decode(encoded_));
        if (host_.n_queries == 0 && outcome_.number_from_nowhere.empty() && !outcome_.broken && has_number(block))
            outcome_.number_from_nowhere =
                "block " + std::to_string(outcome_.n_blocks) + " (" + block_name(block.kind) + ")";
    }

    ReportManners const& manners_;
    CheckHost const& host_;
    ReportOutcome& outcome_;
    std::optional<AnalysedQuotes> quotes_;
    std::optional<BlockGrammar> grammar_;
    BlockDecoder decoder_;
    Sha256 digest_;
    std::string encoded_;
    bool refused_ = false;
};

}  // namespace

ReportOutcome run_report(dossier_component const& component, ReportManners const& manners) {
    ReportOutcome outcome;
    CheckHost host(manners.host);
    Instance instance(component, host);
    if (auto failure = host.failure(instance.created())) throw RuleBroken("create: " + *failure);
    Listener listener(manners, host, outcome);
    auto const sink = listener.sink();
    outcome.status = component.run(instance.get(), host.table(), &sink);
    outcome.failure = host.failure(outcome.status);
    listener.finish();
    outcome.n_rows = host.n_rows, outcome.open_queries = host.open_queries;
    outcome.n_rows_after_refusal = host.n_after_refusal;
    instance.destroy();
    return outcome;
}

}  // namespace dossier::check
