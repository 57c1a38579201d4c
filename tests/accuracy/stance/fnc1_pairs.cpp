#include "stance/fnc1_pairs.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "accuracy.hpp"
#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/sources/read_article.hpp"
#include "stance/labelled.hpp"

namespace accuracy::fnc1 {

namespace {

std::size_t place_of(dossier::Stance stance) {
    auto const found = std::find(classes.begin(), classes.end(), stance);
    if (found == classes.end()) throw std::runtime_error("no class of FNC-1");
    return static_cast<std::size_t>(found - classes.begin());
}

dossier::Stance stance_named(std::string const& name) {
    for (auto const stance : classes)
        if (name == dossier::name_of(stance)) return stance;
    throw std::runtime_error("FNC-1: label " + name);
}

/// Joins bodies by the headlines they are related to: the event of a body goes by its smallest id.
class Events {
public:
    int of(int body) {
        auto const [entry, fresh] = parent_.try_emplace(body, body);
        if (fresh || entry->second == body) return body;
        return entry->second = of(entry->second);
    }
    void join(int a, int b) {
        auto const first = of(a), second = of(b);
        parent_[std::max(first, second)] = std::min(first, second);
    }

private:
    std::map<int, int> parent_;
};

void keep_events_aside(std::vector<Pair>& pairs) {
    Events events;
    std::map<std::string, int> body_of_headline;
    for (auto const& pair : pairs) {
        if (pair.label == dossier::Stance::silent) continue;
        int const body = std::stoi(pair.body_id);
        events.join(body_of_headline.try_emplace(pair.headline, body).first->second, body);
    }
    for (auto& pair : pairs)
        pair.aside = is_kept_aside(std::to_string(events.of(std::stoi(pair.body_id))));
}

dossier::Article article_of(std::string const& body_id, std::string const& body) {
    dossier::Diagnostics diagnostics;
    return dossier::read_article(body_id, body_id + ".txt", body, {}, diagnostics);
}

}  // namespace

Pairs read_pairs(std::filesystem::path const& corpora) {
    Pairs read;
    for (auto const& row : read_labelled(corpora / "stance/fnc1/open_pairs.tsv"))
        read.pairs.push_back({row.at("id"), row.at("claim"), row.at("body_id"), stance_named(row.at("label")), false});
    keep_events_aside(read.pairs);
    for (auto const& row : read_labelled(corpora / "stance/fnc1/open_bodies.tsv"))
        read.articles.emplace(row.at("body_id"), article_of(row.at("body_id"), row.at("body")));
    return read;
}

void Confusion::add(dossier::Stance label, dossier::Stance answer) {
    ++counts_[place_of(label)][place_of(answer)];
    ++n_;
}

void Confusion::add(Confusion const& other) {
    for (std::size_t label = 0; label < classes.size(); ++label)
        for (std::size_t answer = 0; answer < classes.size(); ++answer)
            counts_[label][answer] += other.counts_[label][answer];
    n_ += other.n_;
}

double Confusion::f1(std::size_t of) const {
    std::size_t labelled = 0, answered = 0;
    for (std::size_t other = 0; other < classes.size(); ++other) {
        labelled += counts_[of][other];
        answered += counts_[other][of];
    }
    auto const both = static_cast<double>(labelled + answered);
    return both > 0 ? 2.0 * static_cast<double>(counts_[of][of]) / both : 0.0;
}

double Confusion::macro_f1() const {
    double sum = 0.0;
    for (std::size_t i = 0; i < classes.size(); ++i)
        sum += f1(i);
    return sum / static_cast<double>(classes.size());
}

double Confusion::weighted_score() const {
    double score = 0.0, most = 0.0;
    auto const silent = place_of(dossier::Stance::silent);
    for (std::size_t label = 0; label < classes.size(); ++label)
        for (std::size_t answer = 0; answer < classes.size(); ++answer) {
            auto const n = static_cast<double>(counts_[label][answer]);
            bool const related = label != silent;
            most += n * (related ? 1.0 : 0.25);
            if (related == (answer != silent)) score += n * 0.25;
            if (related && label == answer) score += n * 0.75;
        }
    return most > 0 ? score / most : 0.0;
}

std::string Confusion::note() const {
    std::string text = "F1";
    for (std::size_t i = 0; i < classes.size(); ++i) {
        char figure[16];
        std::snprintf(figure, sizeof figure, " %.2f", f1(i));
        text += figure;
    }
    return text + " of supports, refutes, neutral, silent";
}

void Confusion::print(char const* title) const {
    std::printf("%s\n%-10s", title, "");
    for (auto const answer : classes)
        std::printf("%9s", dossier::name_of(answer));
    std::printf("\n");
    for (std::size_t label = 0; label < classes.size(); ++label) {
        std::printf("%-10s", dossier::name_of(classes[label]));
        for (auto const n : counts_[label])
            std::printf("%9zu", n);
        std::printf("\n");
    }
}

}  // namespace accuracy::fnc1
