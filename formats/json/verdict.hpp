// A verdict, kept: blocks are borrowed, and the reviews of claims are written behind them.
#pragma once

#include <cstdint>
#include <dossier/plugin.hpp>
#include <string>

namespace dossier::formats {

/// dossier_verdict, with texts of its own.
struct Verdict {
    std::string claim_id, statement, direction, agreement, certainty, coverage;
    std::uint64_t n_articles, n_clusters;
    std::uint64_t supports, refutes, mixed, neutral, silent, not_assessable;
    double direction_share, agreement_value, coverage_share;  ///< NaN: not defined
    bool fragile;

    explicit Verdict(dossier_verdict const& verdict)
        : claim_id(view(verdict.claim_id)),
          statement(view(verdict.statement)),
          direction(view(verdict.direction)),
          agreement(view(verdict.agreement)),
          certainty(view(verdict.certainty)),
          coverage(view(verdict.coverage)),
          n_articles(verdict.n_articles),
          n_clusters(verdict.n_clusters),
          supports(verdict.supports),
          refutes(verdict.refutes),
          mixed(verdict.mixed),
          neutral(verdict.neutral),
          silent(verdict.silent),
          not_assessable(verdict.not_assessable),
          direction_share(verdict.direction_share),
          agreement_value(verdict.agreement_value),
          coverage_share(verdict.coverage_share),
          fragile(verdict.fragile != 0) {}
};

}  // namespace dossier::formats
