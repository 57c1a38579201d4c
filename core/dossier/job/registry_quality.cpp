#include "dossier/job/registry_quality.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>
#include <variant>

#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/diagnostics/bounded_messages.hpp"
#include "dossier/diagnostics/counted.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/job/parallel.hpp"

namespace dossier {

namespace {

constexpr std::size_t most_shared_quotes = 10;
constexpr std::size_t longest_quote_shown = 160;

std::string in_quotes(std::string_view text) {
    if (text.size() <= longest_quote_shown) return "\"" + std::string(text) + "\"";
    auto end = longest_quote_shown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end;
    return "\"" + std::string(text.substr(0, end)) + "…\"";
}

std::string place_of(Article const& article, Sentence const& sentence) {
    return article.path + (sentence.page == 0 ? "" : ", p. " + std::to_string(sentence.page) + ", line ") +
           (sentence.page == 0 ? ":" : "") + std::to_string(sentence.line);
}

/// The article's boilerplate alone, as if it were main text, so that the engine looks for cues in it.
std::optional<Article> boilerplate_of(Article const& article) {
    Article copy;
    for (auto const& sentence : article.sentences) {
        if (sentence.role != SentenceRole::boilerplate) continue;
        copy.sentences.push_back(sentence);
        copy.sentences.back().role = SentenceRole::statement;
    }
    if (copy.sentences.empty()) return std::nullopt;
    copy.id = article.id;
    copy.path = article.path;
    copy.language = article.language;
    return copy;
}

/// Is `inner` found within the words of `outer`, a longer cue?
bool lies_within(Decision const& inner, Decision const& outer) {
    return outer.begin <= inner.begin && inner.end <= outer.end && outer.end - outer.begin > inner.end - inner.begin;
}

std::set<std::vector<std::string>> ways_to_write(std::string const& cue) {
    std::set<std::vector<std::string>> ways;
    auto const parsed = parse_phrase(cue);
    if (auto const* pattern = std::get_if<PhrasePattern>(&parsed))
        for (auto const& variant : pattern->variants()) {
            std::vector<std::string> words;
            for (auto const& element : variant)
                words.push_back(element.text + (element.kind == PhraseElement::Kind::stem ? "*" : ""));
            ways.insert(std::move(words));
        }
    return ways;
}

}  // namespace

struct RegistryQuality::Cue {
    Phrase const* phrase = nullptr;
    bool supports = true;
    CueUse use;
};

struct RegistryQuality::SharedQuote {
    std::vector<std::size_t> claims;
    std::string place, quote;
};

struct RegistryQuality::Conflict {
    std::size_t supporting = 0, refuting = 0;  ///< numbers of cues
    std::string place, quote;
};

/// What one article adds.
struct RegistryQuality::Counts {
    std::map<std::size_t, CueUse> uses;  ///< by cue
    std::vector<std::size_t> informed;   ///< claims
    std::vector<SharedQuote> shared;
    std::vector<Conflict> conflicts;
};

RegistryQuality::RegistryQuality(ClaimRegistry const& registry, Lexicon const& lexicon,
                                 std::vector<std::string> decided_elsewhere)
    : registry_(registry),
      engine_(registry, lexicon),
      not_asked_(std::move(decided_elsewhere)),
      n_informing_(registry.claims.size()) {
    for (auto const& id : engine_.claims_without_cues())  // told already (DOS0121)
        not_asked_.push_back(id);
    for (std::size_t i = 0; i < registry.claims.size(); ++i) {
        auto const& claim = registry.claims[i];
        auto const first = cues_.size();
        for (auto const& cue : claim.supports)
            cues_.push_back({&cue, true, {}});
        for (auto const& cue : claim.refutes)
            cues_.push_back({&cue, false, {}});
        cues_of_.emplace_back(first, cues_.size());
        claims_.emplace(claim.id, i);
    }
}

RegistryQuality::~RegistryQuality() = default;

namespace {

/// Decisions of one claim on one sentence.
struct SentenceDecisions {
    std::size_t claim = 0, sentence = 0;
    std::vector<Decision const*> decisions;
};

std::vector<SentenceDecisions> by_sentence(ArticleEvidence const& evidence,
                                           std::map<std::string_view, std::size_t> const& claims) {
    std::map<std::pair<std::size_t, std::size_t>, std::vector<Decision const*>> found;
    for (auto const& decision : evidence.decisions)
        if (decision.decided_by == decided_by_rules)
            found[{claims.at(decision.claim_id), decision.sentence}].push_back(&decision);
    std::vector<SentenceDecisions> groups;
    for (auto& [key, decisions] : found)
        groups.push_back({key.first, key.second, std::move(decisions)});
    return groups;
}

}  // namespace

std::optional<std::size_t> RegistryQuality::number_of(std::size_t claim, Decision const& decision) const {
    for (auto i = cues_of_[claim].first; i < cues_of_[claim].second; ++i)
        if (cues_[i].supports == decision.cue_supports && cues_[i].phrase->text == decision.cue) return i;
    return std::nullopt;  // no cue of the registry's own
}

void RegistryQuality::count_cues(Article const& article, ArticleEvidence const& evidence, Counts& counts) const {
    for (auto const& group : by_sentence(evidence, claims_)) {
        auto const& sentence = article.sentences[group.sentence];
        for (auto const* decision : group.decisions) {
            auto const cue = number_of(group.claim, *decision);
            if (!cue) continue;
            auto& use = counts.uses[*cue];
            if (!may_be_quoted(sentence.role)) {
                ++use.n_headings;
                continue;
            }
            ++use.n_main_text;
            if (decision->counted) {
                ++use.n_counted;
                continue;
            }
            auto const longer = std::find_if(group.decisions.begin(), group.decisions.end(),
                                             [&](Decision const* other) { return lies_within(*decision, *other); });
            if (longer == group.decisions.end()) continue;
            ++use.n_in_longer;
            if (use.longer.empty()) use.longer = (*longer)->cue;
        }
        count_conflicts(place_of(article, sentence), sentence.text, group.claim, group.decisions, counts);
    }
}

void RegistryQuality::count_conflicts(std::string const& place, std::string const& quote, std::size_t claim,
                                      std::span<Decision const* const> decisions, Counts& counts) const {
    for (auto const* one : decisions)
        for (auto const* other : decisions) {
            bool const same_words = one->begin == other->begin && one->end == other->end;
            if (!same_words || !one->counted || !other->counted || !one->cue_supports || other->cue_supports ||
                one->direction == other->direction)
                continue;
            auto const supporting = number_of(claim, *one), refuting = number_of(claim, *other);
            if (supporting && refuting) counts.conflicts.push_back({*supporting, *refuting, place, quote});
        }
}

void RegistryQuality::count_boilerplate(Article const& article, Counts& counts) const {
    auto const boilerplate = boilerplate_of(article);
    if (!boilerplate) return;
    for (auto const& decision : engine_.analyse(*boilerplate, true).decisions)
        if (auto const cue = number_of(claims_.at(decision.claim_id), decision)) ++counts.uses[*cue].n_boilerplate;
}

void RegistryQuality::count_quotes_of(Article const& article, ArticleEvidence const& evidence, Counts& counts) const {
    std::map<std::size_t, std::set<std::size_t>> claims_by_sentence;
    for (auto const& item : evidence.items)
        if (item.direction != Direction::neutral) claims_by_sentence[item.sentence].insert(claims_.at(item.claim_id));
    for (auto const& [number, claims] : claims_by_sentence) {
        if (claims.size() < many_claims || number >= article.sentences.size()) continue;
        auto const& sentence = article.sentences[number];
        counts.shared.push_back({{claims.begin(), claims.end()}, place_of(article, sentence), sentence.text});
    }
    for (auto const& stance : article_stances(article, evidence, registry_))
        if (stance.condition_id.empty() &&
            (stance.stance == Stance::supports || stance.stance == Stance::refutes || stance.stance == Stance::mixed))
            counts.informed.push_back(claims_.at(stance.claim_id));
}

RegistryQuality::Counts RegistryQuality::counts_of(Article const& article) const {
    Counts counts;
    auto const evidence = engine_.analyse(article, true);
    count_cues(article, evidence, counts);
    count_boilerplate(article, counts);
    count_quotes_of(article, evidence, counts);
    return counts;
}

void RegistryQuality::merge(Counts&& counts) {
    for (auto const& [number, more] : counts.uses) {
        auto& use = cues_[number].use;
        use.n_main_text += more.n_main_text;
        use.n_counted += more.n_counted;
        use.n_in_longer += more.n_in_longer;
        use.n_headings += more.n_headings;
        use.n_boilerplate += more.n_boilerplate;
        if (use.longer.empty()) use.longer = more.longer;
    }
    for (auto const claim : counts.informed)
        ++n_informing_[claim];
    for (auto& conflict : counts.conflicts) {
        bool const known = std::any_of(conflicts_.begin(), conflicts_.end(), [&](Conflict const& other) {
            return other.supporting == conflict.supporting && other.refuting == conflict.refuting;
        });
        if (!known) conflicts_.push_back(std::move(conflict));
    }
    n_shared_ += counts.shared.size();
    std::move(counts.shared.begin(), counts.shared.end(), std::back_inserter(shared_));
    std::stable_sort(shared_.begin(), shared_.end(),
                     [](SharedQuote const& a, SharedQuote const& b) { return a.claims.size() > b.claims.size(); });
    if (shared_.size() > most_shared_quotes) shared_.resize(most_shared_quotes);
}

void RegistryQuality::add(std::span<Article const> articles, unsigned n_threads) {
    std::vector<std::optional<Counts>> counts(articles.size());
    for_each_index(articles.size(), n_threads, [&](std::size_t i) {
        if (articles[i].status == ArticleStatus::ok) counts[i] = counts_of(articles[i]);
    });
    for (auto& one : counts) {
        if (!one) continue;
        ++n_articles_;
        merge(std::move(*one));
    }
}

CueUse const& RegistryQuality::use_of(std::string_view claim, bool supports, std::string_view cue) const {
    auto const [first, last] = cues_of_[claims_.at(claim)];
    for (auto i = first; i < last; ++i)
        if (cues_[i].supports == supports && cues_[i].phrase->text == cue) return cues_[i].use;
    assert(false && "no such cue");
    static CueUse const none;
    return none;
}

bool RegistryQuality::is_found(std::size_t claim) const {
    auto const [first, last] = cues_of_[claim];
    for (auto i = first; i < last; ++i)
        if (cues_[i].use.found() > 0) return true;
    return false;
}

// --- messages -------------------------------------------------------------------------------------------------------

void RegistryQuality::report_claim(std::size_t claim, Diagnostics& found) const {
    if (n_informing_[claim] > 0 ||
        std::find(not_asked_.begin(), not_asked_.end(), registry_.claims[claim].id) != not_asked_.end())
        return;
    auto const [first, last] = cues_of_[claim];
    auto diagnostic = diagnostic_at(
        Severity::note, "DOS0144", registry_.claims[claim].place,
        "none of the " + counted(n_articles_, "article") + " informs the claim \"" + registry_.claims[claim].id + "\"");
    std::size_t n_places = 0;
    for (auto i = first; i < last; ++i)
        n_places += cues_[i].use.found();
    if (last == first)
        diagnostic.notes.emplace_back("it has no cues of its own");
    else if (n_places == 0)
        diagnostic.notes.push_back("none of its " + counted(last - first, "cue") +
                                   " is found; `dossier check --coverage` shows how the articles put it");
    else
        diagnostic.notes.push_back("its cues are found in " + counted(n_places, "place") +
                                   ", and none counts; `dossier explain --claim` says why");
    found.add(std::move(diagnostic));
}

void RegistryQuality::report_cues(std::size_t claim, Diagnostics& found) const {
    auto const [first, last] = cues_of_[claim];
    for (auto i = first; i < last; ++i) {
        auto const& [phrase, supports, use] = cues_[i];
        auto const outside = use.n_headings + use.n_boilerplate;
        if (use.found() == 0) {
            if (is_found(claim))  // else the claim's own note says so once
                found.add(diagnostic_at(Severity::note, "DOS0140", phrase->place,
                                        "this cue is found in none of the " + counted(n_articles_, "article")));
        } else if (use.n_main_text > 0 && use.n_in_longer == use.n_main_text) {
            auto diagnostic = diagnostic_at(Severity::note, "DOS0141", phrase->place,
                                            "this cue never decides: it is found " + counted(use.n_main_text, "time") +
                                                ", always within a longer cue of the claim");
            diagnostic.notes.push_back("longer cue: " + use.longer);
            found.add(std::move(diagnostic));
        }
        if (outside >= many_places_outside && outside > use.n_main_text) {
            auto diagnostic = diagnostic_at(Severity::note, "DOS0146", phrase->place,
                                            "this cue is mostly found where nothing is quoted");
            diagnostic.notes.push_back(std::to_string(use.n_boilerplate) + " in boilerplate, " +
                                       std::to_string(use.n_headings) +
                                       " in titles, headings, questions and fragments, " +
                                       std::to_string(use.n_main_text) + " in the main text");
            found.add(std::move(diagnostic));
        }
    }
}

/// Two cues of one side whose ways to be written are the same, or of which one has them all.
void RegistryQuality::report_twins(std::size_t claim, Diagnostics& found) const {
    auto const [first, last] = cues_of_[claim];
    std::vector<std::set<std::vector<std::string>>> ways;
    for (auto i = first; i < last; ++i)
        ways.push_back(ways_to_write(cues_[i].phrase->text));
    for (std::size_t i = 0; i < ways.size(); ++i)
        for (std::size_t j = 0; j < ways.size(); ++j) {
            bool const same_side = cues_[first + i].supports == cues_[first + j].supports;
            bool const all_in = std::includes(ways[j].begin(), ways[j].end(), ways[i].begin(), ways[i].end());
            if (i == j || !same_side || ways[i].empty() || !all_in || (ways[i] == ways[j] && i < j)) continue;
            auto diagnostic =
                diagnostic_at(Severity::note, "DOS0143", cues_[first + i].phrase->place,
                              "this cue finds nothing that \"" + cues_[first + j].phrase->text + "\" does not find");
            auto const& place = cues_[first + j].phrase->place;
            diagnostic.notes.push_back("that cue: " + place.file + ":" + std::to_string(place.line) + ":" +
                                       std::to_string(place.column));
            found.add(std::move(diagnostic));
            break;
        }
}

void RegistryQuality::report_conflicts(Diagnostics& found) const {
    for (auto const& conflict : conflicts_) {
        auto const& refuting = *cues_[conflict.refuting].phrase;
        auto const& supporting = *cues_[conflict.supporting].phrase;
        auto diagnostic = diagnostic_at(
            Severity::warning, "DOS0142", refuting.place,
            "\"" + refuting.text + "\" and \"" + supporting.text + "\" count the same words against each other");
        diagnostic.notes.push_back("under supports: " + supporting.place.file + ":" +
                                   std::to_string(supporting.place.line) + ":" +
                                   std::to_string(supporting.place.column));
        diagnostic.notes.push_back(conflict.place + ": " + in_quotes(conflict.quote));
        found.add(std::move(diagnostic));
    }
}

void RegistryQuality::report_shared_quotes(Diagnostics& found) const {
    for (auto const& shared : shared_) {
        std::string ids;
        for (auto const claim : shared.claims)
            ids += (ids.empty() ? "" : ", ") + registry_.claims[claim].id;
        auto diagnostic = diagnostic_at(Severity::note, "DOS0145", registry_.claims[shared.claims.front()].place,
                                        "one quote counts for " + counted(shared.claims.size(), "claim") + ": " + ids);
        diagnostic.notes.push_back(shared.place + ": " + in_quotes(shared.quote));
        found.add(std::move(diagnostic));
    }
    if (n_shared_ <= shared_.size()) return;
    auto more = diagnostic_at(Severity::note, "DOS0145", registry_.claims[shared_.back().claims.front()].place,
                              std::to_string(n_shared_ - shared_.size()) + " more quotes count for " +
                                  std::to_string(many_claims) + " claims or more");
    found.add(std::move(more));
}

void RegistryQuality::report(Diagnostics& diagnostics) const {
    Diagnostics found;
    for (std::size_t i = 0; i < registry_.claims.size(); ++i)
        report_twins(i, found);
    report_conflicts(found);
    report_shared_quotes(found);
    if (n_articles_ >= least_articles_for_quality)
        for (std::size_t i = 0; i < registry_.claims.size(); ++i) {
            report_claim(i, found);
            report_cues(i, found);
        }
    BoundedMessages bounded;
    for (auto const& diagnostic : found.items()) {
        Diagnostics one;
        one.add(diagnostic);
        bounded.add(one, diagnostic.place.file, diagnostics);
    }
    bounded.tell_the_rest(diagnostics);
}

}  // namespace dossier
