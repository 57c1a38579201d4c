// Negation, the past and other people in clinical reports: the context rules on text they were not written for.
#include <cstdint>
#include <cstdio>

#include "accuracy.hpp"
#include "dossier/evidence/context.hpp"
#include "stance/labelled.hpp"

namespace accuracy {
namespace {

using dossier::PhraseMatch;
using dossier::RuleKind;
using dossier::Tokens;

/// Where the concept stands, matched word by word; named is empty when it is not there.
PhraseMatch find_concept(Tokens const& sentence, Tokens const& words) {
    for (std::uint32_t i = 0; !words.empty() && i + words.size() <= sentence.size(); ++i) {
        PhraseMatch match{0, i, static_cast<std::uint32_t>(i + words.size() - 1), 0};
        for (std::size_t k = 0; k < words.size() && sentence[i + k].text == words[k].text; ++k)
            if (k < 64) match.named |= std::uint64_t{1} << k;
        if (match.n_named() == words.size()) return match;
    }
    return {};
}

struct Read {
    bool negated = false, historical = false, of_other = false;
};

/// Direction, scope and terminators decide what governs the concept; two denials cancel out.
Read read(std::string const& sentence, std::string const& concept_words) {
    auto const tokens = dossier::tokenize(sentence);
    auto const match = find_concept(tokens, dossier::tokenize(concept_words));
    if (match.named == 0) return {};
    dossier::SentenceContext const context(tokens, dossier::built_in_lexicon());
    std::size_t denials = 0;
    Read found;
    for (auto const& hit : context.hits()) {
        if (!hit.governs(match)) continue;
        auto const kind = hit.rule->kind;
        denials += kind == RuleKind::negation;
        found.historical |= kind == RuleKind::historical;
        found.of_other |= kind == RuleKind::experiencer;
    }
    for (auto const& hit : context.inner_denials())  // as the engine reads them
        denials += context.acts(hit, match);
    found.negated = denials % 2 == 1;
    return found;
}

struct Counts {
    YesNo denied, past, other;
    std::size_t n = 0;
};

void show(char const* what, bool wanted, bool found, Row const& row) {
    if (wanted != found && shows_details())
        std::printf("  %s %s: %s | %s\n", what, wanted ? "missed" : "false alarm", row.at("concept").c_str(),
                    row.at("sentence").c_str());
}

/// Rows of one sentence, and rows that repeat a sentence, stay on one side.
std::string group_of(Row const& row) {
    std::string name = row.at("sentence");
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return name;
}

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    Counts tuned, aside;
    for (auto const& row : read_labelled(corpora / "stance" / "negex" / "open.tsv")) {
        bool const is_aside = is_kept_aside(group_of(row));
        auto& counts = is_aside ? aside : tuned;
        auto const found = read(row.at("sentence"), row.at("concept"));
        bool const negated = row.at("negation") == "negated", historical = row.at("temporality") == "historical",
                   of_other = row.at("experiencer") != "patient";
        counts.denied.add(negated, found.negated);
        counts.past.add(historical, found.historical);
        counts.other.add(of_other, found.of_other);
        ++counts.n;
        if (is_aside) continue;
        show("negation", negated, found.negated, row);
        show("historical", historical, found.historical, row);
        show("experiencer", of_other, found.of_other, row);
    }
    std::vector<Figure> figures;
    for (auto const part : {Part::tuned, Part::aside}) {
        auto const& counts = part == Part::tuned ? tuned : aside;
        figures.push_back({"stance/negex", "negation F1", part, counts.denied.f(), 0.97, counts.n, true, ""});
        figures.push_back(
            {"stance/negex", "historical F1", part, counts.past.f(), 0.75, counts.n, true, "ConText: .665 over all"});
    }
    YesNo others = tuned.other;
    others.hits += aside.other.hits;
    others.false_alarms += aside.other.false_alarms;
    others.misses += aside.other.misses;
    figures.push_back({"stance/negex", "experiencer F1", Part::all, others.f(), 0.0, tuned.n + aside.n, false,
                       std::to_string(others.hits + others.misses) + " of another person, " +
                           std::to_string(others.false_alarms) + " false alarms"});
    return figures;
}

Registered const registered("stance", 100, measure);

}  // namespace
}  // namespace accuracy
