#include "dossier/evidence/phrase_index.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace dossier {

namespace {

constexpr std::size_t shortest_stem = 3;  // bytes; parse_phrase asks for three letters
constexpr std::size_t max_steps = 2000;   // per starting word; only repeated words in many gaps come near

/// A phrase stays within one stretch of text.
bool parts_phrases(Token const& token) {
    return token.before > Mark::comma || token.opens > 0 || token.closes > 0;
}

/// Which of two matches of one phrase says more precisely where it stands.
bool better(PhraseMatch const& a, PhraseMatch const& b) {
    auto const gaps = [](PhraseMatch const& m) { return m.last - m.first + 1 - m.n_named(); };
    return std::tuple(b.n_named(), gaps(a), a.first) < std::tuple(a.n_named(), gaps(b), b.first);
}

bool overlap(PhraseMatch const& a, PhraseMatch const& b) {
    return a.first <= b.last && b.first <= a.last;
}

/// Only letters and digits: the word is its own and only token.
bool is_one_word(std::string const& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

/// One phrase, one place: of overlapping matches of the same phrase the best stays.
void keep_best(std::vector<PhraseMatch>& matches, std::size_t from) {
    auto const begin = matches.begin() + static_cast<std::ptrdiff_t>(from);
    std::sort(begin, matches.end(), [](auto const& a, auto const& b) {
        return std::tuple(a.phrase, a.first, a.last, a.named) < std::tuple(b.phrase, b.first, b.last, b.named);
    });
    std::vector<PhraseMatch> kept;
    for (auto it = begin; it != matches.end(); ++it) {
        if (!kept.empty() && kept.back().phrase == it->phrase && overlap(kept.back(), *it)) {
            if (better(*it, kept.back())) kept.back() = *it;
        } else {
            kept.push_back(*it);
        }
    }
    std::sort(kept.begin(), kept.end(), [](auto const& a, auto const& b) {
        return std::tuple(a.first, a.last, a.phrase) < std::tuple(b.first, b.last, b.phrase);
    });
    matches.resize(from);
    matches.insert(matches.end(), kept.begin(), kept.end());
}

}  // namespace

std::size_t PhraseMatch::n_named() const noexcept {
    return static_cast<std::size_t>(std::popcount(named));
}

bool PhraseMatch::contains(PhraseMatch const& other) const noexcept {
    for (std::size_t token = other.first; token <= other.last; ++token)
        if (other.names(token) && !names(token)) return false;
    return true;
}

std::uint32_t PhraseIndex::symbol(std::string const& text, bool stem) {
    auto const [entry, fresh] = (stem ? stems_ : words_).try_emplace(text, n_symbols_);
    if (fresh) ++n_symbols_;
    return entry->second;
}

std::uint32_t PhraseIndex::child(std::uint32_t node, std::uint32_t symbol) {
    auto const [entry, fresh] = nodes_[node].next.try_emplace(symbol, static_cast<std::uint32_t>(nodes_.size()));
    auto const id = entry->second;
    if (fresh) nodes_.emplace_back();
    return id;
}

std::uint32_t PhraseIndex::gap_child(std::uint32_t node) {
    if (nodes_[node].gap == none) {
        nodes_[node].gap = static_cast<std::uint32_t>(nodes_.size());
        nodes_.emplace_back();
    }
    return nodes_[node].gap;
}

std::uint32_t PhraseIndex::add(PhrasePattern const& pattern) {
    auto const phrase = n_phrases_++;
    for (auto const& variant : pattern.variants) {
        std::uint32_t node = 0;
        for (auto const& element : variant) {
            if (element.kind == PhraseElement::Kind::gap) {
                node = gap_child(node);
                continue;
            }
            bool const stem = element.kind == PhraseElement::Kind::stem;
            if (is_one_word(element.text)) {
                node = child(node, symbol(element.text, stem));
                continue;
            }
            // A hyphenated word is matched part by part, so that it also finds the words written apart.
            auto const parts = tokenize(element.text);
            for (std::size_t i = 0; i < parts.size(); ++i)
                node =
                    child(node, symbol(parts[i].text, stem && i + 1 == parts.size() && !element.text.ends_with('-')));
        }
        if (node != 0 && (nodes_[node].phrases.empty() || nodes_[node].phrases.back() != phrase))
            nodes_[node].phrases.push_back(phrase);
    }
    return phrase;
}

void PhraseIndex::symbols_of(std::string const& word, std::vector<std::uint32_t>& symbols) const {
    symbols.clear();
    if (auto const found = words_.find(word); found != words_.end()) symbols.push_back(found->second);
    std::string prefix;
    for (auto length = shortest_stem; length <= word.size(); ++length) {
        prefix.assign(word, 0, length);
        if (auto const found = stems_.find(prefix); found != stems_.end()) symbols.push_back(found->second);
    }
}

struct PhraseIndex::Walk {
    Tokens const& tokens;
    std::vector<std::vector<std::uint32_t>> const& symbols;  ///< per token
    std::size_t first;
    std::vector<PhraseMatch>& matches;
    std::size_t steps = 0;
};

/// `node` is reached and `token` comes next.
void PhraseIndex::step(Walk& walk, std::uint32_t node, std::size_t token, std::uint64_t named) const {
    if (++walk.steps > max_steps) return;
    auto const take = [&](std::uint32_t from, std::size_t at) {
        for (auto const symbol : walk.symbols[at])
            if (auto const next = nodes_[from].next.find(symbol); next != nodes_[from].next.end()) {
                auto const offset = at - walk.first;
                auto const now = offset < 64 ? named | std::uint64_t{1} << offset : named;
                for (auto const phrase : nodes_[next->second].phrases)
                    walk.matches.push_back(
                        {phrase, static_cast<std::uint32_t>(walk.first), static_cast<std::uint32_t>(at), now});
                step(walk, next->second, at + 1, now);
            }
    };
    bool const starts = token == walk.first;
    if (token < walk.tokens.size() && (starts || !parts_phrases(walk.tokens[token]))) take(node, token);
    if (nodes_[node].gap == none) return;
    for (auto at = token; at <= token + max_gap && at < walk.tokens.size() && !parts_phrases(walk.tokens[at]); ++at)
        take(nodes_[node].gap, at);
}

void PhraseIndex::find(Tokens const& tokens, std::vector<PhraseMatch>& matches) const {
    auto const from = matches.size();
    std::vector<std::vector<std::uint32_t>> symbols(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i)
        symbols_of(tokens[i].text, symbols[i]);
    for (std::size_t first = 0; first < tokens.size(); ++first) {
        if (symbols[first].empty()) continue;
        Walk walk{tokens, symbols, first, matches, 0};
        step(walk, 0, first, 0);
    }
    keep_best(matches, from);
}

}  // namespace dossier
