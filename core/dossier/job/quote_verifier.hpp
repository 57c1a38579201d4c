// Quote verifier: no report shows a quote that is not in its article, word for word, at the place it names.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin.h"
#include "dossier/sources/input.hpp"
#include "dossier/sources/read_article.hpp"

namespace dossier {

/// A report may quote what the analysis quoted, no more. When an article is quoted for the first time, the file that it
/// stands in is read again from disk, once, and every quote of every article in it is compared with what stands there.
/// Where the file has changed since it was analysed (or is gone), the quotes are those analysed, and a warning (DOS0601)
/// says so. Where all quotes of an article were compared with its bytes when these were read in this very run, and the file
/// has not been touched since, it is not read again. What was analysed is looked up in the database: memory grows by bits for each article. Not for several threads.
class QuoteVerifier {
public:
    /// @param database  analysis.sqlite of the run, finished
    /// @param checked   StreamedAnalysis::checked; borrowed
    /// @throws Failure (store) when it cannot be read
    QuoteVerifier(Job const& job, std::filesystem::path const& database, bool allow_unsandboxed,
                  std::span<std::uint64_t const> checked = {});
    ~QuoteVerifier();

    /// @return nullopt if the quote stands, else why it does not, as one clause
    [[nodiscard]] std::optional<std::string> check(dossier_quote const& quote);

    /// The same for a cell that gives a quote by its number (view `stances`, quote_number).
    [[nodiscard]] std::optional<std::string> check_cell(std::int64_t quote_number, std::string_view text);

    /// Warnings about articles that changed, by article id.
    [[nodiscard]] Diagnostics warnings() const;

private:
    class Analysed;
    struct KnownArticle;
    [[nodiscard]] bool is_checked(KnownArticle const& article) const;
    bool mark_compared(KnownArticle const& article);
    void compare_once(KnownArticle const& article);
    void compare(ArticleInput const& input, KnownArticle const& article);
    [[nodiscard]] std::optional<std::string> refused(KnownArticle const& article, std::int64_t quote_number,
                                                     std::uint64_t begin, std::uint64_t end);

    struct Problem {
        std::string path, sha256, what;
    };
    Job const& job_;
    ReadOptions read_options_;
    InputOptions input_options_;
    std::unique_ptr<Analysed> analysed_;
    std::span<std::uint64_t const> checked_;
    std::vector<bool> is_compared_;            ///< by number of the article
    std::map<std::string, Problem> problems_;  ///< by article id: why the file itself cannot vouch for quotes
    std::set<std::int64_t> fallen_;            ///< numbers of quotes that do not stand
};

}  // namespace dossier
