#include "dossier/evidence/phrase_index.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "dossier/evidence/word_hash.hpp"

namespace dossier {

namespace {

constexpr std::size_t shortest_stem = 3;           // bytes; parse_phrase asks for three letters
constexpr std::size_t max_steps = 2000;            // per starting word; only repeated words in many gaps come near
constexpr std::size_t max_steps_of_text = 40'000;  // however many words of it start phrases with gaps
constexpr std::size_t max_matches_of_text = 20'000;

/// Which of two matches of one phrase says more precisely where it stands.
bool better(PhraseMatch const& a, PhraseMatch const& b) {
    auto const gaps = [](PhraseMatch const& m) { return m.last - m.first + 1 - m.n_named(); };
    return std::tuple(b.n_named(), gaps(a), a.first) < std::tuple(a.n_named(), gaps(b), b.first);
}

bool overlap(PhraseMatch const& a, PhraseMatch const& b) {
    return a.first <= b.last && b.first <= a.last;
}

/// Only letters and digits: the word is its own and only token.
bool is_one_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

std::size_t spread(std::uint64_t key) {
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15u) >> 32);
}

}  // namespace

std::size_t PhraseMatch::n_named() const noexcept {
    return static_cast<std::size_t>(std::popcount(named));
}

namespace {

/// `named` of `match`, as if it began at word `first`; what lies before that is left out.
std::uint64_t named_from(PhraseMatch const& match, std::uint32_t first) {
    auto const shift = std::int64_t{first} - std::int64_t{match.first};
    if (shift >= 64 || shift <= -64) return 0;
    return shift >= 0 ? match.named >> shift : match.named << -shift;
}

}  // namespace

bool PhraseMatch::contains(PhraseMatch const& other) const noexcept {
    return (other.named & ~named_from(*this, other.first)) == 0;
}

bool PhraseMatch::shares_words(PhraseMatch const& other) const noexcept {
    return (other.named & named_from(*this, other.first)) != 0 || (named & named_from(other, first)) != 0;
}

namespace {

/// Does some phrase match twice? Only few matches are looked through.
bool may_repeat(std::vector<PhraseMatch>::const_iterator begin, std::vector<PhraseMatch>::const_iterator end) {
    constexpr std::ptrdiff_t few = 24;
    if (end - begin > few) return true;
    for (auto a = begin; a != end; ++a)
        for (auto b = a + 1; b != end; ++b)
            if (a->phrase == b->phrase) return true;
    return false;
}

}  // namespace

void keep_best_matches(std::vector<PhraseMatch>& matches, std::size_t from) {
    if (matches.size() - from < 2) return;
    auto const begin = matches.begin() + static_cast<std::ptrdiff_t>(from);
    if (may_repeat(begin, matches.end())) {
        std::sort(begin, matches.end(), [](auto const& a, auto const& b) {
            return std::tie(a.phrase, a.first, a.last, a.named) < std::tie(b.phrase, b.first, b.last, b.named);
        });
        auto kept = begin;
        for (auto it = begin + 1; it != matches.end(); ++it) {
            if (kept->phrase != it->phrase || !overlap(*kept, *it))
                *++kept = *it;
            else if (better(*it, *kept))
                *kept = *it;
        }
        matches.erase(kept + 1, matches.end());
    }
    std::sort(begin, matches.end(), [](auto const& a, auto const& b) {
        return std::tie(a.first, a.last, a.phrase) < std::tie(b.first, b.last, b.phrase);
    });
}

bool parts_phrases(Token const& token) noexcept {
    return token.before > Mark::comma || token.opens > 0 || token.closes > 0;
}

std::uint32_t WordTable::find_slot(std::string_view word, std::uint32_t hash) const noexcept {
    for (auto at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
        auto const& slot = slots_[at];
        if (slot.number == none) return none;
        if (slot.hash == hash && std::string_view(letters_).substr(slot.begin, slot.length) == word) return slot.number;
    }
}

std::uint32_t WordTable::add(std::string_view word, std::uint32_t hash, std::uint32_t number) {
    if (auto const known = find(word, hash); known != none) return known;
    if (2 * (size_ + 1) > slots_.size()) grow();
    auto at = hash & (slots_.size() - 1);
    while (slots_[at].number != none)
        at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {hash, number, static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(word.size())};
    letters_ += word;
    filter_[hash % filter_bits / 64] |= std::uint64_t{1} << (hash % 64);
    ++size_;
    return number;
}

void WordTable::grow() {
    if (filter_.empty()) filter_.resize(filter_bits / 64);
    std::vector<Slot> slots(std::max<std::size_t>(64, 2 * slots_.size()));
    for (auto const& slot : slots_) {
        if (slot.number == none) continue;
        auto at = slot.hash & (slots.size() - 1);
        while (slots[at].number != none)
            at = (at + 1) & (slots.size() - 1);
        slots[at] = slot;
    }
    slots_ = std::move(slots);
}

std::uint32_t PhraseIndex::word_symbol(std::string_view text, std::uint32_t hash) {
    auto const symbol = words_.add(text, hash, n_symbols_);
    if (symbol == n_symbols_) {
        ++n_symbols_;
        starts_.push_back(none);
    }
    return symbol;
}

std::uint32_t PhraseIndex::stem_symbol(std::string_view text) {
    if (text.size() < shortest_stem) {  // the tail of a hyphenated stem; matches nothing
        starts_.push_back(none);
        return n_symbols_++;
    }
    auto const start = text.substr(0, shortest_stem);
    auto const fresh = static_cast<std::uint32_t>(stems_.size());
    auto const first = stem_starts_.add(start, hash_of_word(start), fresh);
    auto last = none;
    for (auto at = first; first != fresh && at != none; at = stems_[at].next) {
        if (stems_[at].text == text) return stems_[at].symbol;
        last = at;
    }
    if (last != none) stems_[last].next = fresh;
    stems_.push_back({std::string(text), n_symbols_, none});
    starts_.push_back(none);
    return n_symbols_++;
}

std::uint32_t PhraseIndex::new_node() {
    nodes_.emplace_back();
    return static_cast<std::uint32_t>(nodes_.size() - 1);
}

std::size_t PhraseIndex::slot_of(std::uint64_t key) const noexcept {
    auto at = spread(key) & (edges_.size() - 1);
    while (edges_[at].key != key && edges_[at].key != no_key)
        at = (at + 1) & (edges_.size() - 1);
    return at;
}

std::uint32_t PhraseIndex::next(std::uint32_t node, std::uint32_t symbol) const noexcept {
    if (node == 0) return starts_[symbol];
    if (edges_.empty()) return none;
    auto const key = std::uint64_t{node} << 32 | symbol;
    auto const& edge = edges_[slot_of(key)];
    return edge.key == key ? edge.child : none;
}

void PhraseIndex::grow_edges() {
    std::vector<Edge> old(std::max<std::size_t>(64, 2 * edges_.size()));
    old.swap(edges_);
    for (auto const& edge : old)
        if (edge.key != no_key) edges_[slot_of(edge.key)] = edge;
}

std::uint32_t PhraseIndex::child(std::uint32_t node, std::uint32_t symbol) {
    if (auto const known = next(node, symbol); known != none) return known;
    auto const fresh = new_node();
    if (node == 0) return starts_[symbol] = fresh;
    nodes_[node].symbols |= bit_of(symbol);
    add_edge({std::uint64_t{node} << 32 | symbol, fresh});
    return fresh;
}

void PhraseIndex::add_edge(Edge const& edge) {
    if (2 * (n_edges_ + 1) > edges_.size()) grow_edges();
    edges_[slot_of(edge.key)] = edge;
    ++n_edges_;
}

std::uint32_t PhraseIndex::gap_child(std::uint32_t node) {
    if (nodes_[node].gap == none) {
        auto const fresh = new_node();
        nodes_[node].gap = fresh;
    }
    return nodes_[node].gap;
}

/// A hyphenated word is matched part by part, so that it also finds the words written apart.
void PhraseIndex::add_symbols(PhraseElement const& element, std::vector<std::uint32_t>& symbols) {
    bool const stem = element.kind == PhraseElement::Kind::stem;
    if (element.kind == PhraseElement::Kind::gap) {
        symbols.push_back(none);
    } else if (is_one_word(element.text)) {
        symbols.push_back(stem ? stem_symbol(element.text) : word_symbol(element.text, hash_of_word(element.text)));
    } else {
        auto const parts = tokenize(element.text);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            bool const is_stem = stem && i + 1 == parts.size() && !element.text.ends_with('-');
            symbols.push_back(is_stem ? stem_symbol(parts[i].text) : word_symbol(parts[i].text, parts[i].hash));
        }
    }
}

/// Part by part, from everywhere that the parts before it lead: no variant is ever written out.
std::uint32_t PhraseIndex::add(PhrasePattern const& pattern) {
    struct Place {
        std::uint32_t node = 0;
        bool behind_gap = false;
    };
    auto const phrase = n_phrases_++;
    std::vector<Place> places(1), next_places;
    std::vector<std::uint32_t> symbols;  // of one alternative; none: a gap
    for (auto const& alternatives : pattern.parts) {
        next_places.clear();
        for (auto const& alternative : alternatives) {
            symbols.clear();
            for (auto const& element : alternative)
                add_symbols(element, symbols);
            for (auto place : places) {
                for (auto const symbol : symbols) {
                    bool const is_gap = symbol == none;
                    if (!is_gap || !place.behind_gap)
                        place.node = is_gap ? gap_child(place.node) : child(place.node, symbol);
                    place.behind_gap = is_gap;
                }
                next_places.push_back(place);
            }
        }
        places.swap(next_places);
    }
    for (auto const& place : places) {
        auto& ends = nodes_[place.node].phrases;
        if (place.node == 0 || (ends != none && ends_[ends].phrase == phrase)) continue;
        ends_.push_back({phrase, ends});
        ends = static_cast<std::uint32_t>(ends_.size() - 1);
    }
    return phrase;
}

std::uint32_t PhraseIndex::first_stem(std::string_view word) const noexcept {
    if (stems_.empty() || word.size() < shortest_stem) return none;
    auto const start = word.substr(0, shortest_stem);
    return stem_starts_.find(start, hash_of_word(start));
}

struct PhraseIndex::Symbols {
    struct OfWord {
        std::uint32_t begin = 0, end = 0;  ///< within all
        std::uint64_t bits = 0;            ///< bit_of each
    };
    std::vector<std::uint32_t> all;
    std::vector<OfWord> words;
    std::vector<std::uint32_t> starts;  ///< words of which a symbol starts a phrase
};

void PhraseIndex::collect_symbols(Tokens const& tokens, Symbols& symbols) const {
    symbols.all.clear();
    symbols.starts.clear();
    symbols.words.resize(tokens.size());
    auto* word = symbols.words.data();
    for (auto const& token : tokens) {
        word->begin = static_cast<std::uint32_t>(symbols.all.size());
        word->bits = 0;
        bool starts = false;
        auto const add = [&](std::uint32_t symbol) {
            symbols.all.push_back(symbol);
            word->bits |= bit_of(symbol);
            starts |= starts_[symbol] != none;
        };
        if (auto const symbol = words_.find(token.text, token.hash); symbol != none) add(symbol);
        for (auto stem = first_stem(token.text); stem != none; stem = stems_[stem].next)
            if (token.text.starts_with(stems_[stem].text)) add(stems_[stem].symbol);
        word->end = static_cast<std::uint32_t>(symbols.all.size());
        if (starts) symbols.starts.push_back(static_cast<std::uint32_t>(word - symbols.words.data()));
        ++word;
    }
}

/// What is looked at again and again, by plain pointers: nearly all steps lead nowhere.
struct PhraseIndex::Walk {
    Token const* tokens;
    std::size_t n_tokens;
    Symbols::OfWord const* words;
    std::uint32_t const* symbols;
    Node const* nodes;
    std::vector<PhraseMatch>& matches;
    std::size_t max_matches;
    std::size_t first = 0;
    std::size_t steps = 0, steps_of_text = 0;

    /// Counts a step.
    [[nodiscard]] bool may_step() noexcept { return ++steps <= max_steps && ++steps_of_text <= max_steps_of_text; }
    /// Whether nothing can follow where `node` is reached and `token` comes next.
    [[nodiscard]] bool ends_at(Node const& node, std::size_t token) const noexcept {
        return node.gap == none && (token == n_tokens || (node.symbols & words[token].bits) == 0);
    }
};

/// `token` is read at the node `from`.
void PhraseIndex::take(Walk& walk, std::uint32_t from, std::size_t token, std::uint64_t named) const {
    auto const& word = walk.words[token];
    if (from != 0 && (walk.nodes[from].symbols & word.bits) == 0) return;
    auto const offset = token - walk.first;
    auto const now = offset < 64 ? named | std::uint64_t{1} << offset : named;
    for (auto k = word.begin; k < word.end; ++k) {
        auto const to = next(from, walk.symbols[k]);
        if (to == none) continue;
        for (auto end = walk.nodes[to].phrases; end != none; end = ends_[end].next)
            if (walk.matches.size() < walk.max_matches)
                walk.matches.push_back({ends_[end].phrase, static_cast<std::uint32_t>(walk.first),
                                        static_cast<std::uint32_t>(token), now});
        if (walk.may_step() && !walk.ends_at(walk.nodes[to], token + 1)) step(walk, to, token + 1, now);
    }
}

/// `node` is reached and `token` comes next.
void PhraseIndex::step(Walk& walk, std::uint32_t node, std::size_t token, std::uint64_t named) const {
    bool const starts = token == walk.first;
    if (token < walk.n_tokens && (starts || !parts_phrases(walk.tokens[token]))) take(walk, node, token, named);
    auto const gap = walk.nodes[node].gap;
    if (gap == none) return;
    for (auto at = token; at <= token + max_gap && at < walk.n_tokens && !parts_phrases(walk.tokens[at]); ++at)
        take(walk, gap, at, named);
}

void PhraseIndex::find(Tokens const& tokens, std::vector<PhraseMatch>& matches) const {
    thread_local Symbols symbols;  // as long as the longest text asked about
    collect_symbols(tokens, symbols);
    if (symbols.starts.empty()) return;
    auto const from = matches.size();
    Walk walk{tokens.begin(), tokens.size(), symbols.words.data(),      symbols.all.data(),
              nodes_.data(),  matches,       from + max_matches_of_text};
    for (auto const first : symbols.starts) {
        walk.first = first;
        walk.steps = 0;
        if (walk.may_step()) step(walk, 0, first, 0);
    }
    keep_best_matches(matches, from);
}

}  // namespace dossier
