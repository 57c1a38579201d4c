// The grammar of blocks (plugin.h): what a report may say, checked block by block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "dossier/plugin.h"

namespace dossier {

/// Asked for every quote of a report. Answers why the quote may not stand ("these bytes of a.txt read otherwise"), or
/// nullopt if it stands in the article where its locator says. Must not be kept beyond the call.
using QuoteCheck = std::function<std::optional<std::string>(dossier_quote const&)>;

/// The same for cells that give a quote by its number.
using QuoteCellCheck = std::function<std::optional<std::string>(std::int64_t quote_number, std::string_view text)>;

/// Both.
struct QuoteChecks {
    QuoteCheck quote;     ///< empty: quotes are not compared with the articles
    QuoteCellCheck cell;  ///< empty: cells are not
};

/// Checks one report's flow. Every message names the block by number (from 1), kind and rule:
/// "block 12 (row): it has 3 cells, but its table has 4 columns".
class BlockGrammar {
public:
    explicit BlockGrammar(QuoteCheck check_quote = {}) : BlockGrammar(QuoteChecks{std::move(check_quote), {}}) {}
    explicit BlockGrammar(QuoteChecks checks);

    /// @return nullopt, or the rule the block breaks. After a message the flow is lost; ask no more.
    [[nodiscard]] std::optional<std::string> check(dossier_block const& block);
    /// To be called after the last block: what is still open, and links that lead nowhere.
    [[nodiscard]] std::optional<std::string> finish();

    [[nodiscard]] std::uint64_t n_blocks() const noexcept { return n_blocks_; }
    /// Anchors of NOTE blocks: they vanish where a format does not carry notes.
    [[nodiscard]] std::set<std::string> const& note_anchors() const noexcept { return note_anchors_; }

private:
    struct OpenTable {
        std::vector<std::uint32_t> kinds;  ///< of its columns
    };
    enum class Open : unsigned char { list, item };

    std::optional<std::string> rule_broken_by(dossier_block const& block);
    std::optional<std::string> place(dossier_block const& block);
    std::optional<std::string> heading(dossier_heading const& heading);
    std::optional<std::string> quote(dossier_quote const& quote);
    std::optional<std::string> table(dossier_table const& table);
    std::optional<std::string> row(dossier_row const& row);
    std::optional<std::string> chart(dossier_chart const& chart);
    std::optional<std::string> callout(dossier_callout const& callout);
    std::optional<std::string> runs(dossier_run const* runs, std::size_t n_runs);
    std::optional<std::string> anchor(std::string_view anchor);
    std::optional<std::string> link(std::string_view link);

    QuoteChecks checks_;
    std::uint64_t n_blocks_ = 0;
    std::uint32_t heading_level_ = 0;
    std::vector<Open> open_;
    std::optional<OpenTable> table_;
    std::unordered_set<std::string> anchors_;
    std::set<std::string> links_;  ///< "#anchor" links whose anchor has not come yet, without the '#'
    std::set<std::string> note_anchors_;
};

}  // namespace dossier
