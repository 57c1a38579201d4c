// Quote verifier: no report shows a quote that is not in its article, word for word, at the place it names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin.h"
#include "dossier/sources/quote_check.hpp"

namespace dossier {

/// Reads each quoted article again from disk, once, and compares. Where the file has changed since it was analysed (or is
/// gone), the quote is compared with the sentences analysed, and a warning (DOS0601) says so. Not for several threads.
class QuoteVerifier {
public:
    /// @param articles  as analysed; must outlive this
    QuoteVerifier(Job const& job, std::vector<Article> const& articles);

    /// @return nullopt if the quote stands, else why it does not, as one clause
    [[nodiscard]] std::optional<std::string> check(dossier_quote const& quote);

    /// Warnings about articles that changed, by article id.
    [[nodiscard]] Diagnostics warnings() const;

private:
    struct Opened {
        Article const* article = nullptr;
        std::optional<QuoteChecker> checker;
        std::string problem;  ///< why the file itself cannot vouch for quotes; empty: it can
    };
    Opened& open(std::string_view article_id);

    Job const& job_;
    std::map<std::string, Article const*, std::less<>> articles_;
    std::map<std::string, Opened, std::less<>> opened_;
};

}  // namespace dossier
