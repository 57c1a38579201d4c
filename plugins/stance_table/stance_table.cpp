// Stance table: what each article says on each claim, and the words it says it with.
#include <dossier/plugin.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include "shared/wording.hpp"
#include "stance_table/sections.hpp"

namespace stance_table {
namespace {

using dossier::strong;
using namespace dossier::shared;

void say_summary(dossier::Run const& run, Subjects const& subjects, Settings const& settings, dossier::Blocks& out) {
    out.paragraph(strong(counted(run.n_claims, "claim", "claims")) + " against " +
                  strong(counted(run.n_articles, "article", "articles")) + ", which are " +
                  strong(counted(run.n_clusters, "independent source", "independent sources")) +
                  (settings.quotes ? ". A stance leads to the words it rests on." : "."));
    if (subjects.claims().empty()) out.callout(DOSSIER_CALLOUT_WARNING, "No claims", "The registry holds no claims.");
    if (subjects.sources().empty())
        out.callout(DOSSIER_CALLOUT_WARNING, "No articles", "No article was read, so no stance is known.");
    for (auto const& source : subjects.sources())
        if (source.article.status != "ok" && subjects.fit_side_by_side())
            out.callout(
                DOSSIER_CALLOUT_WARNING, source.mark() + " could not be assessed",
                source.name() + ": " +
                    (source.article.status_reason.empty() ? "no reason is known" : source.article.status_reason));
}

class StanceTable final : public dossier::Report {
public:
    explicit StanceTable(dossier::OptionValues const& options)
        : settings_{static_cast<std::size_t>(options.integer("max_quotes")), options.boolean("quotes"),
                    options.boolean("silent"), options.boolean("long_table"), options.boolean("flat")} {}

    static std::vector<dossier::Option> options() {
        return {
            dossier::Option::integer("max_quotes", 5, 1, 10000,
                                     "quotes shown per claim and article; one for each side and condition always is"),
            dossier::Option::boolean("quotes", true, "show the quotes below the table"),
            dossier::Option::boolean("silent", false,
                                     "give silence a row too, wherever each stance has a row of its own"),
            dossier::Option::boolean("long_table", true,
                                     "end with a tidy table of every stance, one row each, by the ids of claim,"
                                     " condition and article"),
            dossier::Option::boolean("flat", false,
                                     "nothing but one table for large jobs: a row for each article that takes a stance"
                                     " on a claim, with one quote; the other options then say nothing")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        out.heading(1, "Stance table", "stance-table");
        if (settings_.flat) return tabulate_flat(analysis, out);
        Subjects const subjects(analysis);
        say_summary(analysis.run(), subjects, settings_, out);
        if (!subjects.empty()) {
            say_stances(analysis, subjects, out);
        } else if (!subjects.sources().empty()) {
            say_articles(subjects, out);
        }
    }

private:
    void say_stances(dossier::Analysis const& analysis, Subjects const& subjects, dossier::Blocks& out) const {
        auto const targets = settings_.quotes ? QuoteTargets(analysis, settings_.max_quotes) : QuoteTargets();
        Decisions const decisions(analysis);
        Contents const contents{analysis, settings_, subjects, targets, decisions};
        if (subjects.fit_side_by_side())
            tabulate_side_by_side(contents, out);
        else
            tabulate_by_claim(contents, out);
        decisions.say_overrides(subjects, out);
        out.note(
            "Stances: supports, refutes, mixed (says both), neutral (discusses it, takes no side), silent (could be"
            " read and says nothing), not assessable (could not be read, or is cut off where it might have said"
            " more). Only the first three inform a claim.",
            "note-stances");
        if (settings_.quotes) say_evidence(contents, out);
        say_articles(subjects, out);
        if (settings_.long_table) tabulate_every_stance(contents, out);
    }

    Settings settings_;
};

}  // namespace
}  // namespace stance_table

DOSSIER_REPORT(stance_table::StanceTable, "stance-table", "What each article says on each claim, with the quotes")
