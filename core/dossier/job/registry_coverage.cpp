#include "dossier/job/registry_coverage.hpp"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "dossier/diagnostics/counted.hpp"
#include "dossier/evidence/tokens.hpp"

namespace dossier {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_wordings = 100'000, most_sentences = 1'000'000;
constexpr std::size_t most_examples = 3, most_words = 2;
constexpr std::size_t longest_sentence = 2000;  // bytes; longer ones are no sentences

/// 64-bit FNV-1a: the same on every machine.
std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037u;
    for (char const c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash;
}

/// Words that stand between subject and outcome and say nothing of how they are linked. Words that do are kept, stopwords
/// or not.
std::set<std::string, std::less<>> function_words_of(Lexicon const& lexicon) {
    std::set<std::string, std::less<>> words, kept;
    for (auto const& rule : lexicon.rules()) {
        bool const links = rule.kind == RuleKind::causal || rule.kind == RuleKind::association ||
                           rule.kind == RuleKind::raises || rule.kind == RuleKind::lowers;
        if (!links && rule.kind != RuleKind::stopword && rule.kind != RuleKind::hedge) continue;
        for (auto const& phrase : rule.phrases) {
            auto const parsed = parse_phrase(phrase.text);
            if (auto const* pattern = std::get_if<PhrasePattern>(&parsed))
                for (auto const& variant : pattern->variants())
                    if (variant.size() == 1) (links ? kept : words).insert(variant.front().text);
        }
    }
    for (auto const& word : kept)
        words.erase(word);
    return words;
}

bool overlap(PhraseMatch const& a, PhraseMatch const& b) {
    return a.first <= b.last && b.first <= a.last;
}

std::size_t distance(PhraseMatch const& a, PhraseMatch const& b) {
    return a.last < b.first ? b.first - a.last : a.first - b.last;
}

std::string place_of(UncoveredSentence const& sentence) {
    return sentence.path + (sentence.page == 0 ? ":" : ", p. " + std::to_string(sentence.page) + ", line ") +
           std::to_string(sentence.line);
}

}  // namespace

RegistryCoverage::RegistryCoverage(ClaimRegistry const& registry, Lexicon const& lexicon)
    : function_words_(function_words_of(lexicon)) {
    for (auto const& phrase : registry.about)
        add_phrase(phrase.text, Role::subject);
    for (auto const& phrase : registry.outcome_terms)
        add_phrase(phrase.text, Role::outcome);
    add_phrase(registry.outcome, Role::outcome);
    for (auto const& claim : registry.claims) {
        add_phrase(claim.outcome, Role::outcome);
        for (auto const& phrase : claim.about)
            add_phrase(phrase.text, Role::subject);
        for (auto const* cues : {&claim.supports, &claim.refutes})
            for (auto const& phrase : *cues)
                add_phrase(phrase.text, Role::cue);
    }
    totals_.names_no_subject = std::find(roles_.begin(), roles_.end(), Role::subject) == roles_.end();
    totals_.names_no_outcome = std::find(roles_.begin(), roles_.end(), Role::outcome) == roles_.end();
}

/// The same words may have several roles: each is a phrase of its own.
void RegistryCoverage::add_phrase(std::string const& text, Role role) {
    auto const parsed = parse_phrase(text);
    auto const* pattern = std::get_if<PhrasePattern>(&parsed);
    if (!pattern) return;
    index_.add(*pattern);
    roles_.push_back(role);
    texts_.push_back(text);
}

/// The content words between subject and outcome that stand nearest to the outcome.
std::string RegistryCoverage::words_around(Tokens const& tokens, PhraseMatch const& subject,
                                           PhraseMatch const& outcome) const {
    std::vector<std::string> words;
    auto const is_content = [&](std::size_t i) {
        std::string_view const word = tokens[i].text;
        return word.size() > 1 && function_words_.find(word) == function_words_.end();
    };
    bool const subject_first = subject.last < outcome.first;
    if (subject_first) {
        for (std::size_t i = outcome.first; i-- > subject.last + 1 && words.size() < most_words;)
            if (is_content(i)) words.insert(words.begin(), std::string(tokens[i].text));
    } else {
        for (std::size_t i = outcome.last + 1; i < subject.first && words.size() < most_words; ++i)
            if (is_content(i)) words.emplace_back(tokens[i].text);
    }
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : " … ") + word;
    return text;
}

void RegistryCoverage::add_sentence(Article const& article, Sentence const& sentence) {
    if (sentence.text.size() > longest_sentence) return;
    auto const tokens = tokenize(sentence.text);
    std::vector<PhraseMatch> matches;
    index_.find(tokens, matches);
    bool has_cue = false;
    std::optional<std::pair<PhraseMatch, PhraseMatch>> nearest;
    for (auto const& subject : matches) {
        has_cue = has_cue || roles_[subject.phrase] == Role::cue;
        if (roles_[subject.phrase] != Role::subject) continue;
        for (auto const& outcome : matches) {
            if (roles_[outcome.phrase] != Role::outcome || overlap(subject, outcome)) continue;
            if (!nearest || distance(subject, outcome) < distance(nearest->first, nearest->second))
                nearest = {subject, outcome};
        }
    }
    if (!nearest) return;
    if (seen_.size() >= most_sentences) {
        totals_.cut_off = true;
        return;
    }
    if (!seen_.insert(hash_of(sentence.text)).second) return;
    ++(has_cue ? totals_.n_covered : totals_.n_sentences);
    if (has_cue) return;

    auto const& [subject, outcome] = *nearest;
    auto const words = words_around(tokens, subject, outcome);
    auto const& outcome_text = texts_[outcome.phrase];
    auto const key = std::pair((subject.last < outcome.first ? "before " : "after ") + words, outcome_text);
    if (wordings_.size() >= most_wordings && !wordings_.contains(key)) {
        totals_.cut_off = true;
        return;
    }
    auto& wording = wordings_[key];
    if (wording.n_sentences++ == 0) {
        wording.words = words;
        wording.outcome = outcome_text;
        wording.cue = words.empty()                  ? outcome_text
                      : subject.last < outcome.first ? words + " … " + outcome_text
                                                     : outcome_text + " … " + words;
    }
    if (auto& last = last_article_[key]; last != article.path) {
        last = article.path;
        ++wording.n_articles;
    }
    if (wording.examples.size() < most_examples)
        wording.examples.push_back({article.id, article.path, sentence.line, sentence.page, sentence.text});
}

void RegistryCoverage::add(std::span<Article const> articles) {
    for (auto const& article : articles) {
        if (article.status != ArticleStatus::ok) continue;
        ++totals_.n_articles;
        if (totals_.names_no_subject || totals_.names_no_outcome) continue;
        for (auto const& sentence : article.sentences)
            if (may_be_quoted(sentence.role)) add_sentence(article, sentence);
    }
}

CoverageReport RegistryCoverage::report() const {
    auto report = totals_;
    for (auto const& [key, wording] : wordings_)
        report.wordings.push_back(wording);
    std::stable_sort(report.wordings.begin(), report.wordings.end(), [](auto const& a, auto const& b) {
        return std::pair(a.n_articles, a.n_sentences) > std::pair(b.n_articles, b.n_sentences);
    });
    return report;
}

std::string coverage_as_text(CoverageReport const& report, std::size_t most) {
    if (report.names_no_subject)
        return "no subject is named: add `about` to [registry], then its sentences can be looked for\n";
    if (report.names_no_outcome)
        return "no outcome is named: add `outcome_terms` to [registry], or `outcome` to claims, then sentences that "
               "name it can "
               "be looked for\n";
    auto out = counted(report.n_sentences, "sentence") + " of " + counted(report.n_articles, "article") +
               (report.n_sentences == 1 ? " names" : " name") + " the subject and an outcome and " +
               (report.n_sentences == 1 ? "holds" : "hold") + " no cue; " + counted(report.n_covered, "sentence") +
               (report.n_covered == 1 ? " holds" : " hold") + " one\n";
    auto const shown = std::min(most, report.wordings.size());
    for (std::size_t i = 0; i < shown; ++i) {
        auto const& wording = report.wordings[i];
        out += "\n  " + counted(wording.n_articles, "article") + ", " + counted(wording.n_sentences, "sentence") +
               ": \"" + wording.cue + "\"\n";
        for (auto const& example : wording.examples)
            out += "    " + place_of(example) + ": \"" + example.text + "\"\n";
    }
    if (shown < report.wordings.size())
        out += "\n  and " + counted(report.wordings.size() - shown, "wording") + " more (--json shows all)\n";
    if (report.cut_off) out += "\n  there are more sentences than were looked at\n";
    return out;
}

std::string coverage_as_json(CoverageReport const& report) {
    Json wordings = Json::array();
    for (auto const& wording : report.wordings) {
        Json examples = Json::array();
        for (auto const& example : wording.examples)
            examples.push_back({{"article", example.article_id},
                                {"path", example.path},
                                {"page", example.page == 0 ? Json(nullptr) : Json(example.page)},
                                {"line", example.line},
                                {"sentence", example.text}});
        wordings.push_back({{"cue", wording.cue},
                            {"words", wording.words},
                            {"outcome", wording.outcome},
                            {"n_articles", wording.n_articles},
                            {"n_sentences", wording.n_sentences},
                            {"examples", std::move(examples)}});
    }
    Json const all = {{"n_articles", report.n_articles},
                      {"n_sentences_without_cue", report.n_sentences},
                      {"n_sentences_with_cue", report.n_covered},
                      {"names_subject", !report.names_no_subject},
                      {"names_outcome", !report.names_no_outcome},
                      {"cut_off", report.cut_off},
                      {"wordings", std::move(wordings)}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace dossier
