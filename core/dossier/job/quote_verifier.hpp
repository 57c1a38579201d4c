// Quote verifier: no report shows a quote that is not in its article, word for word, at the place it names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin.h"
#include "dossier/sources/input.hpp"
#include "dossier/sources/read_article.hpp"

namespace dossier {

/// A report may quote what the analysis quoted, no more. When an article is quoted for the first time, the file that it
/// stands in is read again from disk, once, and every quote of every article in it is compared with what stands there.
/// Where the file has changed since it was analysed (or is gone), the quotes are those analysed, and a warning (DOS0601)
/// says so. Not for several threads.
class QuoteVerifier {
public:
    /// @param articles  as analysed; must outlive this
    /// @param evidence  one per article, in the same order; must outlive this
    QuoteVerifier(Job const& job, std::vector<Article> const& articles, std::vector<ArticleEvidence> const& evidence,
                  bool allow_unsandboxed);

    /// @return nullopt if the quote stands, else why it does not, as one clause
    [[nodiscard]] std::optional<std::string> check(dossier_quote const& quote);

    /// Warnings about articles that changed, by article id.
    [[nodiscard]] Diagnostics warnings() const;

private:
    struct Quote {
        ByteRange bytes;
        std::string_view text;
        bool stands = true;
    };
    struct Quoted {
        Article const* article = nullptr;
        ArticleEvidence const* evidence = nullptr;
        std::vector<Quote> quotes;  ///< those that were analysed, by range; empty until the file was read again
        std::string problem;        ///< why the file itself cannot vouch for quotes; empty: it can
    };
    static bool precedes(Quote const& a, Quote const& b) noexcept;
    void read_again(std::string const& file);
    void compare(ArticleInput const& input, Quoted& quoted) const;

    Job const& job_;
    ReadOptions read_options_;
    std::map<std::string_view, Quoted, std::less<>> by_id_;                         ///< articles with quotes only
    std::map<std::string_view, std::vector<Quoted*>, std::less<>> unread_by_file_;  ///< files not read again yet
};

}  // namespace dossier
