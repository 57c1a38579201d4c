// Registry quality: what a registry's cues do in a job's articles, and what an analyst would look at again.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

/// In fewer articles that could be read, what a cue does not do says nothing about the cue: then only what is surely wrong
/// is told.
inline constexpr std::size_t least_articles_for_quality = 5;
/// A quote that counts for at least so many claims is told (DOS0145).
inline constexpr std::size_t many_claims = 4;
/// A cue must stand in so many headings, titles, questions and boilerplate, and in more of them than in the main text, to be
/// told (DOS0146).
inline constexpr std::size_t many_places_outside = 3;

/// What became of one cue, over all articles. Counts are places where it was found.
struct CueUse {
    std::size_t n_main_text = 0;    ///< in sentences that may be quoted
    std::size_t n_counted = 0;      ///< of them those that count
    std::size_t n_in_longer = 0;    ///< of them those within a longer cue of the claim, which decides instead
    std::size_t n_headings = 0;     ///< in titles, headings, questions and fragments
    std::size_t n_boilerplate = 0;  ///< in menus, newsletter blocks and the like
    std::string longer;             ///< the longer cue that it was within first

    [[nodiscard]] std::size_t found() const noexcept { return n_main_text + n_headings + n_boilerplate; }
};

/// Takes articles batch by batch and keeps counts only; the same articles give the same messages, on however many threads.
class RegistryQuality {
public:
    /// Borrows the registry.
    /// @param decided_elsewhere  ids of claims that engines of plugins decide: what informs them is not known here
    RegistryQuality(ClaimRegistry const& registry, Lexicon const& lexicon,
                    std::vector<std::string> decided_elsewhere = {});
    ~RegistryQuality();

    /// Reads each article with the stance engine, and its boilerplate by itself.
    void add(std::span<Article const> articles, unsigned n_threads);

    /// The use of a cue as written under `supports` or `refutes`.
    [[nodiscard]] CueUse const& use_of(std::string_view claim, bool supports, std::string_view cue) const;

    /// Notes, each at its cue or claim: DOS0140 a cue that is never found, DOS0141 one that is only found within longer ones,
    /// DOS0143 one that says the same as another, DOS0144 a claim that no article informs, DOS0145 a quote that counts for
    /// many claims, DOS0146 a cue that is mostly found outside the main text; and as a warning DOS0142, two cues of one claim
    /// that count against each other on the same words. At most 20 messages of a code, then how many more.
    void report(Diagnostics& diagnostics) const;

private:
    struct Cue;
    struct Counts;
    struct SharedQuote;
    struct Conflict;

    [[nodiscard]] Counts counts_of(Article const& article) const;
    /// The number of the cue that was decided on; nullopt: it is none of the registry's own.
    [[nodiscard]] std::optional<std::size_t> number_of(std::size_t claim, Decision const& decision) const;
    void count_cues(Article const& article, ArticleEvidence const& evidence, Counts& counts) const;
    void count_conflicts(std::string const& place, std::string const& quote, std::size_t claim,
                         std::span<Decision const* const> decisions, Counts& counts) const;
    void count_boilerplate(Article const& article, Counts& counts) const;
    void count_quotes_of(Article const& article, ArticleEvidence const& evidence, Counts& counts) const;
    void merge(Counts&& counts);
    void report_cues(std::size_t claim, Diagnostics& found) const;
    void report_twins(std::size_t claim, Diagnostics& found) const;
    void report_claim(std::size_t claim, Diagnostics& found) const;
    void report_conflicts(Diagnostics& found) const;
    void report_shared_quotes(Diagnostics& found) const;
    [[nodiscard]] bool is_found(std::size_t claim) const;

    ClaimRegistry const& registry_;
    Engine engine_;
    std::vector<Cue> cues_;                                     ///< by claim, supports before refutes, registry order
    std::vector<std::pair<std::size_t, std::size_t>> cues_of_;  ///< by claim: first and one past the last
    std::map<std::string_view, std::size_t> claims_;            ///< number by id
    std::vector<std::string> not_asked_;    ///< ids of claims that are decided elsewhere, or not at all
    std::vector<std::size_t> n_informing_;  ///< by claim: articles that support, refute or are mixed
    std::vector<SharedQuote> shared_;       ///< the most shared ones, sorted
    std::size_t n_shared_ = 0;
    std::vector<Conflict> conflicts_;  ///< first place of each pair of cues
    std::size_t n_articles_ = 0;       ///< that could be read
};

}  // namespace dossier
