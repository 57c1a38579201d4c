// my-report: every claim with the independent sources for and against it, and their words.
#include <dossier/plugin.hpp>

namespace {

class MyReport final : public dossier::Report {
public:
    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        out.heading(1, "Who says what", "who-says-what");
        write_counts(analysis, out);
        for (auto const& claim : analysis.claims()) {
            out.heading(2, claim.statement);
            for (auto const& evidence : analysis.evidence(claim.claim_id))
                out.quote(dossier::Quoted(evidence));
        }
    }

private:
    static void write_counts(dossier::Analysis const& analysis, dossier::Blocks& out) {
        auto table = out.table("Independent sources for and against",
                               {dossier::Column::text("claim", "Claim"), dossier::Column::integer("supports", "For"),
                                dossier::Column::integer("refutes", "Against")});
        for (auto const& claim : analysis.consensus())
            table.row(claim.statement, claim.supports, claim.refutes);
    }
};

}  // namespace

DOSSIER_REPORT(MyReport, "my-report", "Every claim with the sources for and against it, and their words")
