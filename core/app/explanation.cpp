#include "explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

std::vector<Decision const*> decisions_on(Explanation const& e) {
    std::vector<Decision const*> decisions;
    for (auto const& decision : e.evidence.decisions)
        if (decision.claim_id == e.claim.id) decisions.push_back(&decision);
    std::stable_sort(decisions.begin(), decisions.end(),
                     [](auto const* a, auto const* b) { return a->sentence < b->sentence; });
    return decisions;
}

std::string words_at(std::string const& text, std::size_t begin, std::size_t end) {
    begin = std::min(begin, text.size());
    return text.substr(begin, std::min(end, text.size()) - begin);
}

void describe(std::string& out, Decision const& decision, Sentence const& sentence) {
    auto const into = std::back_inserter(out);
    fmt::format_to(into, "    {} cue \"{}\" matches \"{}\"\n", decision.cue_supports ? "supporting" : "refuting",
                   decision.cue, words_at(sentence.text, decision.begin, decision.end));
    for (auto const& modifier : decision.modifiers) {
        fmt::format_to(into, "      {}: \"{}\"", modifier.kind, modifier.text);
        if (modifier.scope_end > modifier.scope_begin)
            fmt::format_to(into, " over \"{}\"", words_at(sentence.text, modifier.scope_begin, modifier.scope_end));
        out += '\n';
    }
    if (decision.counted)
        fmt::format_to(into, "      -> counts as {}: {}\n", name_of(decision.direction), decision.reason);
    else
        fmt::format_to(into, "      -> refused: {}\n", decision.reason);
}

/// "articles/a.html:12", "articles/a.pdf, p. 3, line 12".
std::string place_of(Article const& article, Sentence const& sentence) {
    return sentence.page == 0 ? fmt::format("{}:{}", article.path, sentence.line)
                              : fmt::format("{}, p. {}, line {}", article.path, sentence.page, sentence.line);
}

void describe_sentences(std::string& out, Explanation const& e) {
    auto last = static_cast<std::size_t>(-1);
    for (auto const* decision : decisions_on(e)) {
        if (decision->sentence >= e.article.sentences.size()) continue;
        auto const& sentence = e.article.sentences[decision->sentence];
        if (decision->sentence != last)
            fmt::format_to(std::back_inserter(out), "\n  {} (bytes {}-{}, {})\n  \"{}\"\n",
                           place_of(e.article, sentence), sentence.bytes.begin, sentence.bytes.end,
                           name_of(sentence.role), sentence.text);
        last = decision->sentence;
        describe(out, *decision, sentence);
    }
    if (last == static_cast<std::size_t>(-1)) out += "\n  no cue of this claim occurs in the article\n";
}

std::size_t count_neutral(Explanation const& e) {
    return static_cast<std::size_t>(std::count_if(e.evidence.items.begin(), e.evidence.items.end(), [&](auto const& i) {
        return i.claim_id == e.claim.id && i.direction == Direction::neutral;
    }));
}

/// "5 of 6 directional quotes point one way: 0.83, at or above 0.70".
std::string sum_of(ArticleStance const& stance) {
    auto const n = stance.n_supporting + stance.n_refuting;
    if (n == 0) return "no directional quote";
    auto const most = std::max(stance.n_supporting, stance.n_refuting);
    auto const share = static_cast<double>(most) / static_cast<double>(n);
    return fmt::format("{} supporting, {} refuting; {} of {} point one way: {:.2f}, {} 0.70", stance.n_supporting,
                       stance.n_refuting, most, n, share, share >= 0.70 ? "at or above" : "below");
}

void describe_sum(std::string& out, Explanation const& e) {
    auto const into = std::back_inserter(out);
    if (!e.article.status_reason.empty()) fmt::format_to(into, "\n  article: {}\n", e.article.status_reason);
    if (e.article.truncated)
        out += "\n  the capture of this article breaks off: what is missing cannot be called silent\n";
    out += "\n  sum, over distinct quotes (docs/explanations/how-a-stance-is-decided.md)\n";
    for (auto const* stance : e.stances) {
        fmt::format_to(into, "    {}: {} -> {}", stance->condition_id.empty() ? "overall" : stance->condition_id,
                       sum_of(*stance), name_of(stance->stance));
        if (stance->decided_by != "engine") fmt::format_to(into, " (decided by {})", stance->decided_by);
        if (stance->explained_by_conditions) out += " (explained by conditions)";
        if (stance->internally_contradictory) out += " (contradicts itself)";
        out += '\n';
    }
    if (auto const n = count_neutral(e); n > 0) fmt::format_to(into, "    {} neutral quotes take no side\n", n);
}

Json as_json(Modifier const& modifier) {
    return {{"kind", modifier.kind},
            {"text", modifier.text},
            {"begin", modifier.begin},
            {"end", modifier.end},
            {"scope_begin", modifier.scope_begin},
            {"scope_end", modifier.scope_end}};
}

Json as_json(Decision const& decision, Sentence const& sentence) {
    Json modifiers = Json::array();
    for (auto const& modifier : decision.modifiers)
        modifiers.push_back(as_json(modifier));
    return {{"page", sentence.page == 0 ? Json(nullptr) : Json(sentence.page)},
            {"line", sentence.line},
            {"byte_begin", sentence.bytes.begin},
            {"byte_end", sentence.bytes.end},
            {"role", name_of(sentence.role)},
            {"sentence", sentence.text},
            {"cue", decision.cue},
            {"cue_side", decision.cue_supports ? "supports" : "refutes"},
            {"match_begin", decision.begin},
            {"match_end", decision.end},
            {"modifiers", std::move(modifiers)},
            {"counted", decision.counted},
            {"direction", decision.counted ? Json(name_of(decision.direction)) : Json(nullptr)},
            {"reason", decision.reason}};
}

Json as_json(ArticleStance const& stance) {
    return {{"condition", stance.condition_id},
            {"stance", name_of(stance.stance)},
            {"n_supporting", stance.n_supporting},
            {"n_refuting", stance.n_refuting},
            {"decided_by", stance.decided_by},
            {"explained_by_conditions", stance.explained_by_conditions},
            {"internally_contradictory", stance.internally_contradictory}};
}

}  // namespace

std::string explain_as_text(Explanation const& e) {
    std::string out = fmt::format("{}: {}\n{}: {}\n", e.claim.id, e.claim.statement, e.article.id,
                                  e.article.title.value.empty() ? e.article.path : e.article.title.value);
    describe_sentences(out, e);
    describe_sum(out, e);
    return out;
}

std::string explain_as_json(Explanation const& e) {
    Json decisions = Json::array();
    for (auto const* decision : decisions_on(e))
        if (decision->sentence < e.article.sentences.size())
            decisions.push_back(as_json(*decision, e.article.sentences[decision->sentence]));
    Json stances = Json::array();
    for (auto const* stance : e.stances)
        stances.push_back(as_json(*stance));
    Json const explained = {{"claim", e.claim.id},
                            {"statement", e.claim.statement},
                            {"article", e.article.id},
                            {"path", e.article.path},
                            {"status_reason", e.article.status_reason},
                            {"truncated", e.article.truncated},
                            {"decisions", std::move(decisions)},
                            {"stances", std::move(stances)}};
    return explained.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace dossier
