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
        case RuleKind::experiencer:
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

bool hides(RuleHit const& longer, RuleHit const& shorter) {
    if (longer.rule->value == "leaves open") return false;  // "…; others found nothing" is a rule of its own
    auto const kind = longer.rule->kind, other = shorter.rule->kind;
    if (kind == RuleKind::pseudo && other != RuleKind::pseudo && changes_reading(other) &&
        longer.match.shares_words(shorter.match))
        return !shorter.match.contains(longer.match);              // "more likely to … than" is no "more … than"
    if (kind == RuleKind::degree_nil && other == RuleKind::frame)  // "next to no risk"
        return longer.match.shares_words(shorter.match);
    bool const concerned =
        kind == RuleKind::frame || (kind == RuleKind::negation && other == RuleKind::frame)
            ? other == RuleKind::contrast || other == RuleKind::negation || other == RuleKind::frame
            : (changes_reading(kind) && changes_reading(other)) ||
                  (kind == RuleKind::pseudo &&
                   (other == RuleKind::frame || other == RuleKind::terminator || other == RuleKind::opener));
    return concerned && longer.match.contains(shorter.match) && longer.match.n_named() > shorter.match.n_named();
}

constexpr std::size_t max_parenthesis = 8;       // words between commas in the middle of a verb group
constexpr std::size_t max_relative_clause = 14;  // words between commas behind a relative pronoun
constexpr std::size_t max_to_denial = 8;         // words between "and" and the denial of its clause
constexpr std::size_t max_subject = 5;           // words between "and" and the verb of its clause

/// ", a beta blocker, causes"
bool opens_apposition(std::string_view word) {
    return word == "a" || word == "an" || word == "the" || word == "one" || word == "another";
}

bool is_relative(std::string_view word) {
    return word == "which" || word == "who" || word == "whose" || word == "where";
}

bool is_number(std::string_view word) {
    static constexpr std::string_view numbers[] = {
        "one",    "two",    "three",  "four",   "five",  "six",   "seven", "eight",    "nine",    "ten",
        "eleven", "twelve", "twenty", "thirty", "forty", "fifty", "half",  "hundreds", "hundred", "thousands"};
    return (!word.empty() && word.front() >= '0' && word.front() <= '9') ||
           std::find(std::begin(numbers), std::end(numbers), word) != std::end(numbers);
}

/// "an hour", "a third": one of a measure.
bool is_single_measure(Tokens const& tokens, std::size_t at) {
    static constexpr std::string_view measures[] = {
        "second",   "minute",   "hour",    "day",     "week",  "fortnight", "month",     "year",
        "decade",   "century",  "third",   "quarter", "fifth", "tenth",     "dozen",     "hundred",
        "thousand", "million",  "billion", "percent", "metre", "meter",     "kilometre", "mile",
        "kilo",     "kilogram", "gram",    "pound",   "litre", "percentage"};
    return at + 1 < tokens.size() && (tokens[at].text == "a" || tokens[at].text == "an") &&
           std::find(std::begin(measures), std::end(measures), tokens[at + 1].text) != std::end(measures);
}

bool is_auxiliary(std::string_view word) {
    static constexpr std::string_view auxiliaries[] = {"do",     "does", "did",   "don't", "doesn't", "didn't", "is",
                                                       "are",    "was",  "were",  "has",   "have",    "had",    "can",
                                                       "cannot", "may",  "might", "will",  "would",   "should", "must"};
    return std::find(std::begin(auxiliaries), std::end(auxiliaries), word) != std::end(auxiliaries);
}

bool is_coordinator(std::string_view word) {
    return word == "and" || word == "or" || word == "nor" || word == "but" || word == "yet";
}

/// Where clauses are opened and closed by something else than brackets: at token i, so many of each.
struct Brackets {
    std::vector<unsigned char> opens, closes;

    explicit Brackets(std::size_t n) : opens(n, 0), closes(n, 0) {}
    void enclose(std::size_t first, std::size_t next) { ++opens[first], ++closes[next]; }
};

/// "while" and its like open a subordinate clause at the start of a sentence, and contrast with what follows its comma.
bool is_fronted_contrast(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::contrast;
}

bool is_conjunction(std::string_view word) {
    return word == "and" || word == "or";
}

/// "no-till farming": part of a name, which denies nothing.
bool is_tied_no(PhraseMatch const& match, Tokens const& tokens) {
    auto const next = match.last + 1;
    return match.first == match.last && tokens[match.first].text == "no" && next < tokens.size() && tokens[next].joined;
}

/// "helped none": a full verb, known or recognised by its ending, right before the words.
bool stands_behind_verb(PhraseMatch const& words, Tokens const& tokens, std::vector<RuleHit> const& hits) {
    if (words.first == 0 || tokens[words.first].before != Mark::none) return false;
    auto const before = words.first - 1;
    if (is_auxiliary(tokens[before].text)) return false;
    return tokens[before].text.ends_with("ed") || std::any_of(hits.begin(), hits.end(), [&](RuleHit const& hit) {
               return hit.match.first == before && hit.match.last == before &&
                      (hit.rule->kind == RuleKind::verb || hit.rule->value == "finite");
           });
}

/// std::erase_if for what looks at the other hits too: which ones go is decided before the first one goes. Mostly none does.
template <class Predicate>
void decide_and_erase(std::vector<RuleHit>& hits, Predicate const& goes) {
    auto const first = std::find_if(hits.begin(), hits.end(), goes);
    if (first == hits.end()) return;
    thread_local std::vector<unsigned char> gone;  // of those behind the first
    gone.clear();
    for (auto hit = first + 1; hit != hits.end(); ++hit)
        gone.push_back(goes(*hit) ? 1 : 0);
    auto kept = first;
    for (std::size_t i = 0; i < gone.size(); ++i)
        if (gone[i] == 0) *kept++ = first[static_cast<std::ptrdiff_t>(i) + 1];
    hits.erase(kept, hits.end());
}

/// "…, and, in rare cases, seizures": what stands right behind a conjunction belongs to what comes.
bool begins_conjunct(RuleHit const& hit, Tokens const& tokens) {
    if (hit.rule->scope != RuleScope::backward || hit.rule->predicative || hit.match.first == 0) return false;
    auto const& before = tokens[hit.match.first - 1].text;
    bool const something_follows = hit.match.last + 1 < tokens.size();
    return something_follows && (before == "and" || before == "or" || before == "but" || before == "yet");
}

std::uint64_t bit_of(RuleKind kind) {
    static_assert(n_rule_kinds <= 64);
    return std::uint64_t{1} << static_cast<unsigned>(kind);
}

/// The first of the hits, which are ordered by place, that can reach `token` if none is more than `longest` words long.
std::size_t first_within(std::vector<RuleHit> const& hits, std::size_t token, std::size_t longest) {
    auto const found = std::lower_bound(hits.begin(), hits.end(), token < longest ? 0 : token - longest + 1,
                                        [](RuleHit const& hit, std::size_t at) { return hit.match.first < at; });
    return static_cast<std::size_t>(found - hits.begin());
}

/// A denial within a longer one still acts where the longer one does not, unless that says that nothing before it is denied.
bool leaves_standing(LexiconRule const& longer, LexiconRule const& shorter) {
    return longer.kind == RuleKind::negation && !(longer.value == "ahead" && shorter.scope == RuleScope::backward);
}

/// Two phrases of one rule on the same words are one hit. `hits` are ordered by place.
bool is_found_before(std::vector<RuleHit> const& hits, std::size_t at) {
    auto const& hit = hits[at];
    for (auto i = at; i-- > 0 && hits[i].match.first == hit.match.first;)
        if (hits[i].rule == hit.rule && hits[i].match.last == hit.match.last && hits[i].match.named == hit.match.named)
            return true;
    return false;
}

std::size_t longest_of(std::vector<RuleHit> const& hits) {
    std::size_t longest = 1;
    for (auto const& hit : hits)
        longest = std::max<std::size_t>(longest, hit.match.last - hit.match.first + 1);
    return longest;
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

void SentenceContext::read(Tokens const& tokens, Lexicon const& lexicon) {
    tokens_ = &tokens;
    hits_.clear();
    inner_denials_.clear();
    clauses_.assign(tokens.size(), 0);
    segments_.assign(tokens.size(), 0);
    coordinates_.assign(tokens.size(), 0);
    find_hits(lexicon);
    split();
    set_scopes();
}

RuleHit const* SentenceContext::at(std::size_t token, RuleKind kind) const noexcept {
    if (token >= kinds_.size() || (kinds_[token] & bit_of(kind)) == 0) return nullptr;
    for (auto i = first_within(hits_, token, longest_); i < hits_.size() && hits_[i].match.first <= token; ++i)
        if (hits_[i].rule->kind == kind && hits_[i].match.names(token)) return &hits_[i];
    return nullptr;
}

void SentenceContext::mark_kinds() {
    kinds_.assign(tokens_->size(), 0);
    for (auto const& hit : hits_)
        for (auto token = hit.match.first; token <= hit.match.last; ++token)
            if (hit.match.names(token)) kinds_[token] |= bit_of(hit.rule->kind);
}

void SentenceContext::find_hits(Lexicon const& lexicon) {
    thread_local std::vector<PhraseMatch> matches;  // as many as the richest sentence has
    thread_local std::vector<RuleHit> all;
    matches.clear();
    all.clear();
    lexicon.index().find(*tokens_, matches);
    for (auto const& match : matches) {
        auto const& rule = lexicon.rule_of(match.phrase);
        auto const next = match.last + 1;
        bool const tied = rule.scope == RuleScope::backward ? (*tokens_)[match.first].joined
                                                            : next < tokens_->size() && (*tokens_)[next].joined;
        if ((!rule.joined || tied) && !is_tied_no(match, *tokens_)) all.push_back({&rule, match, 1, 0});
    }
    // A predicative adjective has nothing behind it that it could belong to.
    constexpr auto ends_group = [](RuleKind kind) {
        return kind == RuleKind::stopword || kind == RuleKind::opener || kind == RuleKind::contrast ||
               kind == RuleKind::terminator;
    };
    thread_local std::vector<unsigned char> group_ends;
    group_ends.assign(tokens_->size(), 0);
    for (auto const& hit : all)
        group_ends[hit.match.first] |= ends_group(hit.rule->kind);
    auto const stands_alone = [&](RuleHit const& hit) {
        auto const next = hit.match.last + 1;
        return next >= tokens_->size() || (*tokens_)[next].before != Mark::none || (*tokens_)[next].closes > 0 ||
               (*tokens_)[next].opens > 0 || group_ends[next];
    };
    auto const is_final = [&](RuleHit const& hit) {
        auto const next = hit.match.last + 1;
        return next >= tokens_->size() || (*tokens_)[next].before > Mark::comma || (*tokens_)[next].closes > 0;
    };
    std::erase_if(all, [&](RuleHit const& hit) {
        bool const ends_sentence = hit.rule->value == "final" || hit.rule->value == "denies" ||
                                   hit.rule->value == "affirms" || hit.rule->value == "leaves open";
        return hit.rule->predicative && !(ends_sentence ? is_final(hit) : stands_alone(hit));
    });
    decide_and_erase(all, [&](RuleHit const& hit) {
        return hit.rule->behind_verb && !stands_behind_verb(hit.match, *tokens_, all);
    });
    std::erase_if(all, [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::negation && begins_conjunct(hit, *tokens_);
    });
    // "is not bitter, but all …": the denial does not reach the quantifier.
    auto const is_broken = [&](PhraseMatch const& match) {
        for (auto i = match.first + 1; i <= match.last; ++i)
            if (tokens_->at(i).before != Mark::none) return true;
        return std::any_of(all.begin(), all.end(), [&](RuleHit const& other) {
            if (other.rule->kind == RuleKind::pseudo && other.match.shares_words(match))
                return !match.contains(other.match);  // "does not harm sleep at all"
            return (other.rule->kind == RuleKind::contrast || other.rule->kind == RuleKind::terminator) &&
                   other.match.first > match.first && other.match.first <= match.last;
        });
    };
    decide_and_erase(all,
                     [&](RuleHit const& hit) { return hit.rule->kind == RuleKind::partial && is_broken(hit.match); });
    // "He bought a desk that helped to": no infinitive of purpose.
    auto const has_verb = [&](PhraseMatch const& match) {
        auto const before = std::string_view(tokens_->at(match.last - 1).text);
        return (match.last - 1 > match.first && before.ends_with("ed")) ||
               std::any_of(all.begin(), all.end(), [&](RuleHit const& other) {
                   return other.rule->kind == RuleKind::verb && other.match.first > match.first &&
                          other.match.first < match.last;
               });
    };
    decide_and_erase(all, [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::hypothetical && hit.rule->value == "purpose" &&
               hit.match.last > hit.match.first && (is_broken(hit.match) || has_verb(hit.match));
    });
    // "where salt is lowered, the risk falls": nothing is lowered there but the salt.
    std::erase_if(all, [&](RuleHit const& hit) {
        auto const last = hit.match.last;
        return hit.rule->kind == RuleKind::mitigation && last > hit.match.first && hit.match.names(last - 1) &&
               tokens_->at(last).before != Mark::none;
    });
    // "it still works": only in front of a clause does "still" contrast.
    std::erase_if(all, [&](RuleHit const& hit) {
        auto const& token = (*tokens_)[hit.match.first];
        return hit.rule->kind == RuleKind::contrast && token.text == "still" && hit.match.first > 0 &&
               token.before == Mark::none;
    });
    auto const counts_at = [&](std::size_t at) {
        return at < tokens_->size() && (is_number((*tokens_)[at].text) || is_single_measure(*tokens_, at));
    };
    // "slept no less than the others": only before a number a fixed phrase.
    std::erase_if(all, [&](RuleHit const& hit) {
        auto const last = hit.match.last;
        return hit.rule->kind == RuleKind::pseudo && last == hit.match.first + 2 &&
               tokens_->at(last - 2).text == "no" && tokens_->at(last - 1).text == "less" &&
               tokens_->at(last).text == "than" && !counts_at(last + 1);
    });
    // "fewer than five", "less than an hour": counts, and compares nothing.
    std::erase_if(all, [&](RuleHit const& hit) {
        if (hit.rule->kind != RuleKind::comparison && hit.rule->kind != RuleKind::frame) return false;
        auto than = hit.match.last;
        if (hit.match.first == than && hit.rule->value == "less") ++than;
        return than < tokens_->size() && (*tokens_)[than].text == "than" && counts_at(than + 1);
    });
    longest_ = longest_of(all);
    for (std::size_t at = 0; at < all.size(); ++at) {
        auto const& hit = all[at];
        if (is_found_before(all, at)) continue;
        bool hidden = false, only_by_denials = hit.rule->kind == RuleKind::negation;
        for (auto i = first_within(all, hit.match.first, longest_);
             (!hidden || only_by_denials) && i < all.size() && all[i].match.first <= hit.match.last; ++i) {
            if (!hides(all[i], hit)) continue;
            hidden = true;
            only_by_denials &= leaves_standing(*all[i].rule, *hit.rule);
        }
        if (!hidden)
            hits_.push_back(hit);
        else if (only_by_denials)
            inner_denials_.push_back(hit);
    }
    mark_kinds();
}

namespace {

/// The place of the next comma or stronger mark behind `first`, at most `reach` words on; n: none.
std::size_t next_mark(Tokens const& tokens, std::size_t first, std::size_t reach) {
    for (auto i = first + 1; i < tokens.size() && i <= first + reach; ++i)
        if (tokens[i].before != Mark::none || tokens[i].opens > 0 || tokens[i].closes > 0) return i;
    return tokens.size();
}

/// What interrupts a clause: "does not, it must be said, cause", "coffee, which is a drink, keeps", "not – as a rule – ".
Brackets parentheses_in(SentenceContext const& context) {
    auto const& tokens = context.tokens();
    Brackets found(tokens.size());
    auto const is_verb = [&](std::size_t i) { return context.at(i, RuleKind::verb) != nullptr; };
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        auto const mark = tokens[i].before;
        if (mark != Mark::comma && mark != Mark::dash) continue;
        bool const relative = is_relative(tokens[i].text);
        auto const end =
            next_mark(tokens, i, relative || opens_apposition(tokens[i].text) ? max_relative_clause : max_parenthesis);
        if (end >= tokens.size() || tokens[end].before != mark || is_coordinator(tokens[i].text) ||
            is_coordinator(tokens[end].text))
            continue;
        auto const* denial = context.at(i - 1, RuleKind::negation);
        bool const splits_verbs = (is_verb(i - 1) && !tokens[i - 1].text.ends_with("ing")) ||
                                  (denial && denial->match.first == denial->match.last);
        bool const parts_subject =
            is_verb(end) && (relative || opens_apposition(tokens[i].text) || context.at(i, RuleKind::pronoun));
        if (!splits_verbs && !parts_subject && mark == Mark::comma) continue;
        found.enclose(i, end);
        i = end;
    }
    return found;
}

/// "…, they insist.", "…, she says, as if …": who says what stands before it.
bool ends_report(Tokens const& tokens, RuleHit const& hit) {
    auto const next = hit.match.last + 1;
    return hit.rule->scope == RuleScope::backward && tokens[hit.match.first].before == Mark::comma &&
           (next >= tokens.size() || tokens[next].before != Mark::none || tokens[next].closes > 0);
}

/// ", and alcohol makes it worse": a clause with a subject and a verb of its own.
bool starts_coordinate(SentenceContext const& context, std::size_t at) {
    auto const& tokens = context.tokens();
    if (tokens[at].before != Mark::comma || (tokens[at].text != "and" && tokens[at].text != "or")) return false;
    for (auto i = at + 2; i < tokens.size() && i <= at + max_subject && tokens[i].before == Mark::none; ++i)
        if (context.at(i, RuleKind::verb) || tokens[i].text == "still" || tokens[i].text == "never") return true;
    return false;
}

/// "To examine sleep, and it found …": a main clause follows the enquiry whose words end at `last`. Behind "whether" and its like
/// a noun may go on with what is asked ("whether tea helps, and coffee harms"), and only a pronoun opens a clause of its own.
bool ends_enquiry(SentenceContext const& context, std::size_t last, std::size_t at) {
    static constexpr std::string_view asking[] = {"whether", "if",  "that",  "how",  "why",
                                                  "what",    "who", "which", "when", "where"};
    static constexpr std::string_view pronouns[] = {"it", "they", "he", "she", "we", "i", "there"};
    auto const& tokens = context.tokens();
    auto const is_one_of = [](auto const& words, std::string_view word) {
        return std::find(std::begin(words), std::end(words), word) != std::end(words);
    };
    if (!starts_coordinate(context, at) || tokens[at].text != "and" || is_one_of(asking, tokens[at + 1].text))
        return false;
    bool const asks_clause = std::any_of(tokens.begin() + last, tokens.begin() + at,
                                         [&](Token const& token) { return is_one_of(asking, token.text); });
    return !asks_clause || is_one_of(pronouns, tokens[at + 1].text);
}

/// ", however," in the middle of a clause belongs to it.
bool is_parenthetic(Tokens const& tokens, PhraseMatch const& match) {
    return tokens[match.first].before == Mark::comma && tokens[match.last].comma_after;
}

/// What the rules that begin with a word do to the sentence there.
struct WordRules {
    bool starts_clause = false, starts_segment = false, opens = false;
    bool contrasts = false, after_comma = false, parenthetic = false;
    bool reports_behind = false;  // "…, they insist"
};

}  // namespace

void SentenceContext::split() {
    auto const& tokens = *tokens_;
    auto const parentheses = parentheses_in(*this);
    std::vector<WordRules> rules(tokens.size());
    for (auto const& hit : hits_) {
        auto const first = hit.match.first;
        switch (hit.rule->kind) {
            case RuleKind::contrast:
                rules[first].starts_segment = true;
                rules[first].contrasts = is_fronted_contrast(hit);
                rules[first].parenthetic = is_parenthetic(tokens, hit.match);
                break;
            case RuleKind::terminator: rules[first].starts_clause = true; break;
            case RuleKind::opener:
            case RuleKind::frame: rules[first].opens = true; break;
            case RuleKind::after_comma: rules[first].after_comma = true; break;
            case RuleKind::doubted:
            case RuleKind::reported: rules[first].reports_behind |= ends_report(tokens, hit); break;
            default: break;
        }
    }
    std::uint32_t clause = 0, last_clause = 0, segment = 0, coordinate = 0;
    bool verb_seen = false;  // in this clause
    std::vector<std::uint32_t> outer;
    bool fronted = false, fronted_contrast = false, fresh = true;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto const& token = tokens[i];
        bool new_clause = false, new_segment = false;
        if (i > 0) {
            for (int k = 0; k < token.closes + parentheses.closes[i] && !outer.empty(); ++k) {
                clause = outer.back();
                outer.pop_back();
            }
            for (int k = 0; k < token.opens + parentheses.opens[i] && outer.size() < 64; ++k) {
                outer.push_back(clause);
                clause = ++last_clause;
            }
            bool const resumes = parentheses.closes[i] > 0;
            new_segment =
                token.before == Mark::semicolon || (rules[i].starts_segment && (verb_seen || !rules[i].parenthetic));
            new_clause = (token.before > Mark::comma && !resumes) || rules[i].starts_clause;
            if (token.before == Mark::comma && !resumes) {
                new_clause |= (rules[i].after_comma && !rules[i].reports_behind) || fronted;
                new_segment |= fronted && fronted_contrast;
            }
            if (verb_seen && starts_coordinate(*this, i)) {
                new_clause = true;
                ++coordinate;
            }
        }
        if (new_segment) ++segment;
        if (new_clause || new_segment) clause = ++last_clause;
        fresh = i == 0 || new_clause || new_segment;
        if (fresh) {
            // "No, …" and "Yes, …" answer; "no fever, cough or rash" denies a list.
            bool const answers = (token.text == "no" || token.text == "yes") && token.comma_after;
            // "In patients whose kidneys are weak, …": the relative clause ends where the phrase ends that it belongs to.
            bool const goes_on = fronted && is_relative(token.text) && token.before == Mark::none;
            fronted = rules[i].opens || rules[i].contrasts || answers || goes_on;
            fronted_contrast =
                rules[i].contrasts && tokens[i].text != "but" && tokens[i].text != "yet" && !tokens[i].comma_after;
        }
        verb_seen = (verb_seen && !fresh) || at(i, RuleKind::verb) != nullptr;
        clauses_[i] = clause;
        segments_[i] = segment;
        coordinates_[i] = coordinate;
    }
}

bool SentenceContext::acts(RuleHit const& inner_denial, PhraseMatch const& phrase) const noexcept {
    auto const takes_its_place = [&](RuleHit const& other) {
        return other.rule->kind == RuleKind::negation && hides(other, inner_denial) && other.governs(phrase);
    };
    // "Wolves, which had not been seen for years, attacked": a comma ends what is denied behind "seen".
    for (auto i = inner_denial.match.last + 1; i <= phrase.first; ++i)
        if ((*tokens_)[i].before == Mark::comma) return false;
    return inner_denial.governs(phrase) && std::none_of(hits_.begin(), hits_.end(), takes_its_place) &&
           std::none_of(inner_denials_.begin(), inner_denials_.end(), takes_its_place);
}

void SentenceContext::set_scopes() {
    for (auto& hit : hits_)
        set_scope(hit);
    for (auto& hit : inner_denials_)
        set_scope(hit);
}

void SentenceContext::set_scope(RuleHit& hit) const {
    auto const& tokens = *tokens_;
    auto const n = static_cast<std::uint32_t>(tokens.size());
    auto const starts_at = [&](std::uint32_t token, auto const& is_meant) {
        for (auto i = first_within(hits_, token, 1); i < hits_.size() && hits_[i].match.first == token; ++i)
            if (is_meant(hits_[i])) return true;
        return false;
    };
    auto const limited = [](std::uint32_t steps, std::size_t reach) { return reach == 0 || steps < reach; };
    auto const& rule = *hit.rule;
    auto const first = hit.match.first, last = hit.match.last;
    auto const same = [&](std::uint32_t a, std::uint32_t b) {
        return rule.scope == RuleScope::segment ? segments_[a] == segments_[b] : clauses_[a] == clauses_[b];
    };
    auto end = last, begin = first;
    auto const first_that =
        std::find_if(tokens.begin() + last, tokens.end(), [](Token const& token) { return token.text == "that"; });
    auto const says_that = [&](std::uint32_t before) { return first_that < tokens.begin() + before; };
    auto const denial_follows = [&](std::uint32_t at) {
        for (auto i = at + 1; i < n && i <= at + max_to_denial && tokens[i].before == Mark::none; ++i)
            if (starts_at(i, [](RuleHit const& other) {
                    return other.rule->kind == RuleKind::negation && other.rule->until_same;
                }))
                return true;
        return false;
    };
    // "has not been opened does not spoil": the second denial has a verb of its own.
    auto const ends_before = [&](std::uint32_t i) {
        bool const behind_comma = tokens[i].before == Mark::comma;
        // "E-bikes, unlike mopeds, are …"
        if (rule.kind == RuleKind::frame && tokens[first].before == Mark::comma && behind_comma) return true;
        // "is more likely than tea to cause": the infinitive is said of the subject.
        if (rule.kind == RuleKind::frame && rule.value == "yardstick" && tokens[i].text == "to") return true;
        // "denies fever, no cough": each item of the list has a denial of its own.
        if (rule.kind == RuleKind::negation && rule.until_same && behind_comma &&
            starts_at(i, [](RuleHit const& other) {
                return other.rule->kind == RuleKind::negation && other.rule->until_same && !other.rule->until_verb;
            }))
            return true;
        // "does not harm, they insist": that they insist is not denied.
        if (rule.scope == RuleScope::forward && behind_comma && starts_at(i, [&](RuleHit const& other) {
                return (other.rule->kind == RuleKind::doubted || other.rule->kind == RuleKind::reported) &&
                       ends_report(tokens, other);
            }))
            return true;
        // "do not prevent crashes, only injuries": what is left of it is asserted.
        if (rule.kind == RuleKind::negation && behind_comma && i + 1 < n &&
            (tokens[i].text == "only" || tokens[i].text == "merely" || tokens[i].text == "just") &&
            !at(i + 1, RuleKind::opener))
            return true;
        // "had never taken it, and no link emerged": what comes is denied by itself.
        if (rule.kind == RuleKind::negation && rule.until_same && behind_comma && is_conjunction(tokens[i].text) &&
            denial_follows(i) && !says_that(i))
            return true;
        // "a history of asthma, with wheezing", "…, now with a cough": what comes behind the comma is of today.
        if (rule.kind == RuleKind::historical && rule.until_verb && behind_comma &&
            (tokens[i].text == "with" || tokens[i].text == "now" || tokens[i].text == "presenting"))
            return true;
        // "To examine sleep, and it found …": what was found is no longer asked.
        if (rule.kind == RuleKind::question && behind_comma && ends_enquiry(*this, last, i)) return true;
        // "It is wrong to say that it fails: it works." What explains is said by the author.
        if (rule.scope == RuleScope::segment && tokens[i].before == Mark::colon && i > last + 1) return true;
        if (rule.until_verb && at(i, RuleKind::verb) && !tokens[i].text.ends_with("ing")) return true;
        // "relieves stress instead of curing …": what is denied behind it is not treated.
        if (rule.kind == RuleKind::mitigation && starts_at(i, [](RuleHit const& other) {
                return other.rule->kind == RuleKind::negation && other.rule->until_verb;
            }))
            return true;
        // "Helmets that nobody wears do not help": the second verb is that of what the relative clause belongs to.
        if (rule.kind == RuleKind::negation && first > 0 && i > last + 1 &&
            (tokens[first - 1].text == "that" || is_relative(tokens[first - 1].text)) &&
            (is_auxiliary(tokens[i].text) ? !is_auxiliary(tokens[i - 1].text)
                                          : at(i, RuleKind::verb) && tokens[i - 1].text != "to"))
            return true;
        auto const is_same = [&](RuleHit const& other) {
            return other.rule == hit.rule ||
                   (!rule.value.empty() && other.rule->value == rule.value && other.rule->kind == rule.kind);
        };
        return rule.until_same && starts_at(i, is_same) && !says_that(i);
    };
    if (rule.scope == RuleScope::inside) {
        hit.scope_first = first;
        hit.scope_last = last;
        return;
    }
    if (rule.scope == RuleScope::forward || rule.scope == RuleScope::both || rule.scope == RuleScope::segment)
        for (auto i = last + 1; i < n && limited(i - last - 1, rule.reach); ++i) {
            if (ends_before(i)) break;
            if (same(i, last)) end = i;
        }
    // "Some found it; others found nothing": both halves are about one thing.
    bool const goes_beyond = rule.value == "beyond a semicolon" && first > 0 && tokens[first].before == Mark::semicolon;
    if (rule.scope == RuleScope::backward || rule.scope == RuleScope::both)
        for (auto i = first; i-- > 0 && limited(first - 1 - i, rule.reach);)
            if (same(i, first) || (goes_beyond && same(i, first - 1))) begin = i;
    if (rule.scope == RuleScope::none) return;
    hit.scope_first = rule.scope == RuleScope::forward || rule.scope == RuleScope::segment ? last + 1 : begin;
    hit.scope_last = rule.scope == RuleScope::backward ? first - 1 : end;
    if (rule.scope == RuleScope::backward && first == 0) hit.scope_first = 1, hit.scope_last = 0;
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
