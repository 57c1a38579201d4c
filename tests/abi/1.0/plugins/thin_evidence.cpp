// Thin evidence: claims that rest on few independent sources, with every word they rest on.
// [guide: report]
#include <dossier/plugin.hpp>

#include <string>
#include <vector>

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::Option;
using dossier::OptionValues;
using dossier::Quoted;

class ThinEvidence final : public dossier::Report {
public:
    // [guide: options]
    static std::vector<Option> options() {
        return {Option::integer("enough", 3, 1, 1000, "Claims with fewer independent sources than this are shown.")};
    }
    explicit ThinEvidence(OptionValues const& options) : enough_(options.integer("enough")) {}
    // [end: options]

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        out.heading(1, "Thin evidence", "thin-evidence");
        auto const claims = thin_claims(analysis);
        if (claims.empty()) {
            out.paragraph("Every claim rests on at least " + std::to_string(enough_) + " independent sources.");
            return;
        }
        write_table(claims, out);
        for (auto const& claim : claims)
            write_quotes(analysis, claim, out);
    }

private:
    // [guide: ranges]
    std::vector<dossier::Consensus> thin_claims(dossier::Analysis const& analysis) const {
        std::vector<dossier::Consensus> claims;
        for (auto const& claim : analysis.consensus())
            if (claim.supports + claim.refutes + claim.mixed < enough_) claims.push_back(claim);
        return claims;
    }
    // [end: ranges]

    // [guide: table]
    static void write_table(std::vector<dossier::Consensus> const& claims, dossier::Blocks& out) {
        auto table = out.table("Claims on thin evidence",
                               {Column::text("claim", "Claim"),
                                Column::integer("sources", "Sources", "independent sources that take a stance"),
                                Column::percent("supporting", "Supporting", 0, "empty: no source takes a side")},
                               "claims");
        for (auto const& claim : claims)
            table.row(Cell(claim.statement).to("#" + anchor_of(claim)), claim.supports + claim.refutes + claim.mixed,
                      claim.direction_share);
    }
    // [end: table]

    // [guide: quotes]
    static void write_quotes(dossier::Analysis const& analysis, dossier::Consensus const& claim, dossier::Blocks& out) {
        out.heading(2, claim.statement, anchor_of(claim));
        bool silent = true;
        for (auto const& evidence : analysis.evidence(claim.claim_id)) {
            Quoted quoted(evidence);
            quoted.stance = evidence.direction;
            quoted.back = "#claims";
            out.quote(quoted);
            silent = false;
        }
        if (silent) out.paragraph("No article says anything on it.");
    }
    // [end: quotes]

    static std::string anchor_of(dossier::Consensus const& claim) { return "claim-" + claim.claim_id; }

    std::int64_t enough_;
};

}  // namespace

DOSSIER_REPORT(ThinEvidence, "thin-evidence", "Claims that rest on few independent sources, with their quotes")
// [end: report]
