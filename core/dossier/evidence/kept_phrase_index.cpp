// How a phrase index is made small and kept, so that it need not be built again.
#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

#include "dossier/evidence/phrase_index.hpp"
#include "dossier/evidence/word_hash.hpp"

namespace dossier {

void WordTable::encode(std::string& bytes) const {
    auto words = slots_;
    std::erase_if(words, [](Slot const& slot) { return slot.number == none; });
    std::sort(words.begin(), words.end(), [](Slot const& a, Slot const& b) { return a.number < b.number; });
    put(bytes, static_cast<std::uint32_t>(words.size()));
    for (auto const& slot : words) {
        put(bytes, slot.number);
        put_text(bytes, std::string_view(letters_).substr(slot.begin, slot.length));
    }
}

WordTable WordTable::decode(ByteReader& bytes) {
    constexpr std::size_t smallest = 8;
    WordTable table;
    for (auto n = bytes.take_count(smallest); n > 0 && !bytes.failed(); --n) {
        auto const number = bytes.take<std::uint32_t>();
        auto const word = bytes.take_text();
        table.add(word, hash_of_word(word), number);
    }
    return table;
}

/// From the last node to the first, since a node is older than those behind it: of each is told what can be found from it.
struct PhraseIndex::Sharing {
    using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  ///< by symbol: the node behind it
    struct Meaning {
        std::uint32_t gap = none;
        std::vector<std::uint32_t> phrases;
        Edges edges;
        auto operator<=>(Meaning const&) const = default;
    };

    explicit Sharing(PhraseIndex const& index) : same_as(index.nodes_.size()) {
        std::vector<Edges> edges(index.nodes_.size());
        for (auto const& edge : index.edges_)
            if (edge.key != no_key)
                edges[edge.key >> 32].emplace_back(static_cast<std::uint32_t>(edge.key), edge.child);
        for (auto node = static_cast<std::uint32_t>(index.nodes_.size()); node-- > 0;) {
            Meaning meaning;
            auto const& [gap, phrases, symbols] = index.nodes_[node];
            if (gap != none) meaning.gap = same_as[gap];
            for (auto end = phrases; end != none; end = index.ends_[end].next)
                meaning.phrases.push_back(index.ends_[end].phrase);
            meaning.edges = std::move(edges[node]);
            for (auto& [symbol, child] : meaning.edges)
                child = same_as[child];
            std::sort(meaning.edges.begin(), meaning.edges.end());
            same_as[node] = node == 0 ? 0 : nodes.try_emplace(std::move(meaning), node).first->second;
        }
    }

    std::vector<std::uint32_t> same_as;  ///< by node: the one that stands for it
    std::map<Meaning, std::uint32_t> nodes;
};

void PhraseIndex::share_endings() {
    Sharing const sharing(*this);
    std::vector<std::pair<std::uint32_t, Sharing::Meaning const*>> kept;
    for (auto const& [meaning, node] : sharing.nodes)
        kept.emplace_back(node, &meaning);
    std::sort(kept.begin(), kept.end());
    std::vector<std::uint32_t> new_number(nodes_.size());
    for (std::uint32_t i = 0; i < kept.size(); ++i)
        new_number[kept[i].first] = i + 1;
    auto const now = [&](std::uint32_t node) { return node == none ? none : new_number[sharing.same_as[node]]; };

    for (auto& start : starts_)
        start = now(start);
    auto const gap_of_root = now(nodes_.front().gap);
    nodes_.assign(1, {});
    nodes_.front().gap = gap_of_root;
    ends_.clear();
    edges_.clear();
    n_edges_ = 0;
    for (auto const& [old, meaning] : kept) {
        auto const node = new_node();
        nodes_[node].gap = now(meaning->gap);
        for (auto phrase = meaning->phrases.rbegin(); phrase != meaning->phrases.rend(); ++phrase) {
            ends_.push_back({*phrase, nodes_[node].phrases});
            nodes_[node].phrases = static_cast<std::uint32_t>(ends_.size() - 1);
        }
        for (auto const& [symbol, child] : meaning->edges) {
            nodes_[node].symbols |= bit_of(symbol);
            add_edge({std::uint64_t{node} << 32 | symbol, now(child)});
        }
    }
}

void PhraseIndex::encode(std::string& bytes) const {
    put(bytes, n_phrases_);
    words_.encode(bytes);
    stem_starts_.encode(bytes);
    put(bytes, static_cast<std::uint32_t>(stems_.size()));
    for (auto const& stem : stems_) {
        put_text(bytes, stem.text);
        put(bytes, stem.symbol);
        put(bytes, stem.next);
    }
    put(bytes, n_symbols_);
    for (auto const start : starts_)
        put(bytes, start);
    put(bytes, static_cast<std::uint32_t>(ends_.size()));
    for (auto const& end : ends_) {
        put(bytes, end.phrase);
        put(bytes, end.next);
    }
    put(bytes, static_cast<std::uint32_t>(nodes_.size()));
    for (auto const& node : nodes_) {
        put(bytes, node.gap);
        put(bytes, node.phrases);
    }
    auto edges = edges_;
    std::erase_if(edges, [](Edge const& edge) { return edge.key == no_key; });
    std::sort(edges.begin(), edges.end(), [](Edge const& a, Edge const& b) { return a.key < b.key; });
    put(bytes, static_cast<std::uint32_t>(edges.size()));
    for (auto const& edge : edges) {
        put(bytes, edge.key);
        put(bytes, edge.child);
    }
}

PhraseIndex PhraseIndex::decode(ByteReader& bytes) {
    PhraseIndex index;
    index.n_phrases_ = bytes.take<std::uint32_t>();
    index.words_ = WordTable::decode(bytes);
    index.stem_starts_ = WordTable::decode(bytes);
    index.stems_.resize(bytes.take_count(12));
    for (auto& stem : index.stems_) {
        stem.text = bytes.take_text();
        stem.symbol = bytes.take<std::uint32_t>();
        stem.next = bytes.take<std::uint32_t>();
    }
    index.starts_.resize(bytes.take_count(4));
    index.n_symbols_ = static_cast<std::uint32_t>(index.starts_.size());
    for (auto& start : index.starts_)
        start = bytes.take<std::uint32_t>();
    index.ends_.resize(bytes.take_count(8));
    for (auto& end : index.ends_) {
        end.phrase = bytes.take<std::uint32_t>();
        end.next = bytes.take<std::uint32_t>();
    }
    index.nodes_.resize(bytes.take_count(8));
    for (auto& node : index.nodes_) {
        node.gap = bytes.take<std::uint32_t>();
        node.phrases = bytes.take<std::uint32_t>();
    }
    auto const n_edges = bytes.take_count(12);
    index.edges_.resize(std::bit_ceil(2 * n_edges + 2));
    for (std::size_t i = 0; i < n_edges && !bytes.failed(); ++i) {
        auto const key = bytes.take<std::uint64_t>();
        index.nodes_[key >> 32].symbols |= bit_of(static_cast<std::uint32_t>(key));
        index.add_edge({key, bytes.take<std::uint32_t>()});
    }
    return index;
}

}  // namespace dossier
