#include "blocks.hpp"

#include "style.hpp"

namespace dossier::pdf {

namespace {
std::string owned_text(dossier_text text) {
    return std::string(view(text));
}
}  // namespace

Runs owned_runs(dossier_run const* runs, std::size_t n_runs) {
    Runs owned;
    for (std::size_t i = 0; i < n_runs; ++i)
        owned.push_back({runs[i].style, owned_text(runs[i].text), owned_text(runs[i].link)});
    return owned;
}

std::string shown_stance(Output& output, dossier_text stance) {
    dossier_column column{};
    column.size = sizeof column;
    column.kind = DOSSIER_CELL_STANCE;
    dossier_cell cell{};
    cell.kind = DOSSIER_CELL_STANCE;
    cell.text = stance;
    return output.shown(column, cell);
}

DocumentFacts owned(dossier_document const& document) {
    DocumentFacts facts{owned_text(document.title),
                        owned_text(document.as_of),
                        owned_text(document.language),
                        owned_text(document.generator),
                        {}};
    for (auto const* verdict : verdicts_of(document))
        facts.verdicts.push_back({owned_text(verdict->statement), owned_text(verdict->direction),
                                  owned_text(verdict->agreement), owned_text(verdict->certainty),
                                  owned_text(verdict->coverage), verdict->n_clusters, verdict->supports,
                                  verdict->refutes, verdict->mixed, verdict->fragile != 0});
    return facts;
}

TableBegin owned(dossier_table const& table) {
    TableBegin out;
    out.caption = owned_text(table.caption);
    out.anchor = owned_text(table.anchor);
    for (auto const* column : columns_of(table))
        out.columns.push_back({owned_text(column->title), column->kind});
    return out;
}

Quote owned(dossier_quote const& quote, Output& output) {
    Quote out;
    out.text = owned_text(quote.text);
    out.path = owned_text(quote.locator.path);
    out.url = owned_text(quote.locator.url);
    out.line = quote.locator.line;
    out.page = quote.locator.page;
    out.anchor = owned_text(quote.anchor);
    out.back = owned_text(quote.back);
    out.comment = owned_text(quote.comment);
    out.stance = owned_text(quote.stance);
    if (!out.stance.empty()) out.stance_shown = shown_stance(output, quote.stance);
    return out;
}

namespace {
constexpr std::size_t per_block = 64;
}  // namespace

std::size_t weight(TableRow const& row) {
    std::size_t sum = per_block;
    for (auto const& cell : row.cells)
        sum += sizeof cell + cell.shown.size() + cell.target.size();
    return sum;
}

std::size_t weight(Block const& block) {
    if (auto const* row = std::get_if<TableRow>(&block)) return weight(*row);
    if (auto const* quote = std::get_if<Quote>(&block)) return per_block + quote->text.size() + quote->comment.size();
    if (auto const* chart = std::get_if<Chart>(&block))
        return per_block + 64 * chart->categories.size() + 8 * (chart->values.size() + chart->weights.size());
    if (auto const* paragraph = std::get_if<Paragraph>(&block)) {
        std::size_t sum = per_block;
        for (auto const& run : paragraph->runs)
            sum += sizeof run + run.text.size();
        return sum;
    }
    return per_block;
}

}  // namespace dossier::pdf
