#include "dossier/evidence/context.hpp"

#include <algorithm>

namespace dossier {

namespace {

/// Rules that change a reading: of these, the longer phrase hides the shorter one within it.
bool changes_reading(RuleKind kind) {
    switch (kind) {
        case RuleKind::negation:
        case RuleKind::pseudo:
        case RuleKind::contrast:
        case RuleKind::hedge:
        case RuleKind::historical:
        case RuleKind::hypothetical:
        case RuleKind::question:
        case RuleKind::doubted:
        case RuleKind::recommendation:
        case RuleKind::mitigation:
        case RuleKind::comparison:
        case RuleKind::degree_nil:
        case RuleKind::degree_low:
        case RuleKind::degree_high:
        case RuleKind::reported:
        case RuleKind::belief:
        case RuleKind::rebuttal:
        case RuleKind::partial:
        case RuleKind::rebuts_previous: return true;
        default: return false;
    }
}

bool shares_words(PhraseMatch const& a, PhraseMatch const& b) {
    for (auto token = a.first; token <= a.last; ++token)
        if (a.names(token) && b.names(token)) return true;
    return false;
}

bool hides(RuleHit const& longer, RuleHit const& shorter) {
    auto const kind = longer.rule->kind, other = shorter.rule->kind;
    if (kind == RuleKind::pseudo && other != RuleKind::pseudo && changes_reading(other) &&
        shares_words(longer.match, shorter.match))
        return !shorter.match.contains(longer.match);  // "more likely to … than" is no "more … than"
    bool const concerned =
        kind == RuleKind::frame
            ? other == RuleKind::contrast || other == RuleKind::negation
            : (changes_reading(kind) && changes_reading(other)) ||
                  (kind == RuleKind::pseudo &&
                   (other == RuleKind::frame || other == RuleKind::terminator || other == RuleKind::opener));
    return concerned && longer.match.n_named() > shorter.match.n_named() && longer.match.contains(shorter.match);
}

/// "while" and its like open a subordinate clause at the start of a sentence, and contrast with what follows its comma.
bool is_fronted_contrast(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::contrast;
}

}  // namespace

bool RuleHit::governs(PhraseMatch const& phrase) const noexcept {
    bool governed = false;
    for (auto token = phrase.first; token <= phrase.last; ++token) {
        if (!phrase.names(token)) continue;
        if (match.names(token)) return false;
        governed |= token >= scope_first && token <= scope_last;
    }
    return governed;
}

SentenceContext::SentenceContext(Tokens const& tokens, Lexicon const& lexicon)
    : tokens_(&tokens), clauses_(tokens.size(), 0), segments_(tokens.size(), 0) {
    find_hits(lexicon);
    split();
    set_scopes();
}

RuleHit const* SentenceContext::at(std::size_t token, RuleKind kind) const noexcept {
    for (auto const& hit : hits_)
        if (hit.rule->kind == kind && hit.match.names(token)) return &hit;
    return nullptr;
}

void SentenceContext::find_hits(Lexicon const& lexicon) {
    std::vector<PhraseMatch> matches;
    lexicon.index().find(*tokens_, matches);
    std::vector<RuleHit> all;
    all.reserve(matches.size());
    for (auto const& match : matches) {
        auto const& rule = lexicon.rule_of(match.phrase);
        auto const next = match.last + 1;
        bool const tied = rule.scope == RuleScope::backward ? (*tokens_)[match.first].joined
                                                            : next < tokens_->size() && (*tokens_)[next].joined;
        if (!rule.joined || tied) all.push_back({&rule, match, 1, 0});
    }
    // A predicative adjective has nothing behind it that it could belong to.
    auto const stands_alone = [&](RuleHit const& hit) {
        auto const next = hit.match.last + 1;
        return next >= tokens_->size() || (*tokens_)[next].before != Mark::none || (*tokens_)[next].closes > 0 ||
               (*tokens_)[next].opens > 0 || std::any_of(all.begin(), all.end(), [&](RuleHit const& other) {
                   auto const kind = other.rule->kind;
                   return other.match.first == next && (kind == RuleKind::stopword || kind == RuleKind::opener ||
                                                        kind == RuleKind::contrast || kind == RuleKind::terminator);
               });
    };
    std::erase_if(all, [&](RuleHit const& hit) { return hit.rule->predicative && !stands_alone(hit); });
    // "is not bitter, but all …": the denial does not reach the quantifier.
    auto const is_broken = [&](PhraseMatch const& match) {
        for (auto i = match.first + 1; i <= match.last; ++i)
            if (tokens_->at(i).before != Mark::none) return true;
        return std::any_of(all.begin(), all.end(), [&](RuleHit const& other) {
            if (other.rule->kind == RuleKind::pseudo && shares_words(other.match, match))
                return !match.contains(other.match);  // "does not harm sleep at all"
            return (other.rule->kind == RuleKind::contrast || other.rule->kind == RuleKind::terminator) &&
                   other.match.first > match.first && other.match.first <= match.last;
        });
    };
    std::erase_if(all, [&](RuleHit const& hit) { return hit.rule->kind == RuleKind::partial && is_broken(hit.match); });
    for (auto const& hit : all)
        if (std::none_of(all.begin(), all.end(), [&](RuleHit const& other) { return hides(other, hit); }))
            hits_.push_back(hit);
}

void SentenceContext::split() {
    auto const& tokens = *tokens_;
    std::vector<unsigned char> starts_clause(tokens.size(), 0), starts_segment(tokens.size(), 0),
        opens(tokens.size(), 0);
    std::vector<unsigned char> contrasts(tokens.size(), 0), after_comma(tokens.size(), 0);
    for (auto const& hit : hits_) {
        auto const first = hit.match.first;
        switch (hit.rule->kind) {
            case RuleKind::contrast:
                starts_segment[first] = 1;
                contrasts[first] = is_fronted_contrast(hit);
                break;
            case RuleKind::terminator: starts_clause[first] = 1; break;
            case RuleKind::opener:
            case RuleKind::frame: opens[first] = 1; break;
            case RuleKind::after_comma: after_comma[first] = 1; break;
            default: break;
        }
    }
    std::uint32_t clause = 0, last_clause = 0, segment = 0;
    std::vector<std::uint32_t> outer;
    bool fronted = false, fronted_contrast = false, fresh = true;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto const& token = tokens[i];
        bool new_clause = false, new_segment = false;
        if (i > 0) {
            for (int k = 0; k < token.closes && !outer.empty(); ++k) {
                clause = outer.back();
                outer.pop_back();
            }
            for (int k = 0; k < token.opens && outer.size() < 64; ++k) {
                outer.push_back(clause);
                clause = ++last_clause;
            }
            new_segment = token.before == Mark::semicolon || starts_segment[i];
            new_clause = token.before > Mark::comma || starts_clause[i];
            if (token.before == Mark::comma) {
                new_clause |= after_comma[i] || fronted;
                new_segment |= fronted && fronted_contrast;
            }
        }
        if (new_segment) ++segment;
        if (new_clause || new_segment) clause = ++last_clause;
        fresh = i == 0 || new_clause || new_segment;
        if (fresh) {
            // "No, …" and "Yes, …" answer; "no fever, cough or rash" denies a list.
            bool const answers = (token.text == "no" || token.text == "yes") && token.comma_after;
            fronted = opens[i] || contrasts[i] || answers;
            fronted_contrast =
                contrasts[i] && tokens[i].text != "but" && tokens[i].text != "yet" && !tokens[i].comma_after;
        }
        clauses_[i] = clause;
        segments_[i] = segment;
    }
}

void SentenceContext::set_scopes() {
    auto const& tokens = *tokens_;
    auto const n = static_cast<std::uint32_t>(tokens.size());
    auto const limited = [](std::uint32_t steps, std::size_t reach) { return reach == 0 || steps < reach; };
    for (auto& hit : hits_) {
        auto const& rule = *hit.rule;
        auto const first = hit.match.first, last = hit.match.last;
        auto const same = [&](std::uint32_t a, std::uint32_t b) {
            return rule.scope == RuleScope::segment ? segments_[a] == segments_[b] : clauses_[a] == clauses_[b];
        };
        auto end = last, begin = first;
        // "has not been opened does not spoil": the second denial has a verb of its own.
        auto const ends_before = [&](std::uint32_t i) {
            bool const behind_comma = tokens[i].before == Mark::comma;
            // "E-bikes, unlike mopeds, are …"
            if (rule.kind == RuleKind::frame && tokens[first].before == Mark::comma && behind_comma) return true;
            // "denies fever, no cough": each item of the list has a denial of its own.
            if (rule.kind == RuleKind::negation && rule.until_same && behind_comma &&
                std::any_of(hits_.begin(), hits_.end(), [&](RuleHit const& other) {
                    return other.match.first == i && other.rule->kind == RuleKind::negation && other.rule->until_same &&
                           !other.rule->until_verb;
                }))
                return true;
            if (rule.until_verb && at(i, RuleKind::verb) && !tokens[i].text.ends_with("ing")) return true;
            return rule.until_same &&
                   std::any_of(
                       hits_.begin(), hits_.end(),
                       [&](RuleHit const& other) { return other.rule == hit.rule && other.match.first == i; }) &&
                   std::none_of(tokens.begin() + last, tokens.begin() + i,
                                [](Token const& token) { return token.text == "that"; });
        };
        if (rule.scope == RuleScope::inside) {
            hit.scope_first = first;
            hit.scope_last = last;
            continue;
        }
        if (rule.scope == RuleScope::forward || rule.scope == RuleScope::both || rule.scope == RuleScope::segment)
            for (auto i = last + 1; i < n && limited(i - last - 1, rule.reach); ++i) {
                if (ends_before(i)) break;
                if (same(i, last)) end = i;
            }
        if (rule.scope == RuleScope::backward || rule.scope == RuleScope::both)
            for (auto i = first; i-- > 0 && limited(first - 1 - i, rule.reach);)
                if (same(i, first)) begin = i;
        if (rule.scope == RuleScope::none) continue;
        hit.scope_first = rule.scope == RuleScope::forward || rule.scope == RuleScope::segment ? last + 1 : begin;
        hit.scope_last = rule.scope == RuleScope::backward ? first - 1 : end;
        if (rule.scope == RuleScope::backward && first == 0) hit.scope_first = 1, hit.scope_last = 0;
    }
}

Modifier describe(RuleHit const& hit, Tokens const& tokens, std::string_view sentence) {
    Modifier modifier;
    modifier.kind = name_of(hit.rule->kind);
    modifier.begin = tokens[hit.match.first].begin;
    modifier.end = tokens[hit.match.last].end;
    modifier.text = std::string(sentence.substr(modifier.begin, modifier.end - modifier.begin));
    if (hit.scope_first <= hit.scope_last) {
        modifier.scope_begin = tokens[hit.scope_first].begin;
        modifier.scope_end = tokens[hit.scope_last].end;
    } else {
        modifier.scope_begin = modifier.begin;
        modifier.scope_end = modifier.end;
    }
    return modifier;
}

}  // namespace dossier
