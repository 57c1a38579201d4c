// Registries for eight headlines of FNC-1, each measured on every pair of its headline but the articles that were read when
// its cues were written.
//
// The headlines were chosen before anything was measured: of each event the headline with most related articles among
// those that some article refutes, and of these the eight with most related articles. The split is that of fnc1_pairs:
// the rules of the engine were tuned on the headlines of five events; the registries of the other three were written when
// the rules stood. Besides the articles read for cues, those are left out that were seen while rules were tuned.
// DOSSIER_ACCURACY_DETAILS=1 prints the confusion matrices.
#include <set>
#include <stdexcept>

#include "accuracy.hpp"
#include "dossier/claims/registry_file.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/findings/article_stance.hpp"
#include "stance/fnc1_pairs.hpp"
#include "stance/labelled.hpp"

namespace {

using accuracy::Part;
using accuracy::fnc1::Confusion;
using accuracy::fnc1::Pairs;

struct Headline {
    char const* registry;        ///< tests/accuracy/stance/fnc1/….toml
    char const* row;             ///< id of a pair that has it
    std::set<std::string> read;  ///< ids of articles that are left out
};

std::vector<Headline> const& headlines() {
    static std::vector<Headline> const all = {
        {"third-breast", "fnc-143", {"561", "1128", "1244", "1490", "1617", "1924", "2392", "2425", "2486"}},
        {"ransom-threat", "fnc-59", {"196", "749", "1665", "1729", "2229"}},
        {"segregated-seats", "fnc-1470", {"284", "519", "1691", "1887"}},
        {"sinai-offer", "fnc-3454", {"485", "870", "1270"}},
        {"lost-eye", "fnc-2471", {"437", "1504", "1566"}},
        {"werewolf-godson", "fnc-195", {"101", "328", "697", "711", "802"}},
        {"operating-room-selfie", "fnc-890", {"90", "182", "301", "580", "685"}},
        {"giant-crab", "fnc-455", {"128", "293", "489"}}};
    return all;
}

dossier::ClaimRegistry registry_of(Headline const& headline) {
    auto const path = std::filesystem::path(DOSSIER_SOURCE_DIR) / "tests/accuracy/stance/fnc1" /
                      (std::string(headline.registry) + ".toml");
    dossier::Diagnostics diagnostics;
    auto registry = dossier::load_registry(path, path.string(), diagnostics);
    if (!registry) throw std::runtime_error(render(diagnostics.items(), dossier::MessageFormat::human));
    return *std::move(registry);
}

std::string text_of(Headline const& headline, Pairs const& set) {
    for (auto const& pair : set.pairs)
        if (pair.id == headline.row) return pair.headline;
    throw std::runtime_error(std::string("FNC-1 has no pair ") + headline.row);
}

/// The set knows no mixed articles: one that says both takes no side.
dossier::Stance answer_for(dossier::Article const& article, dossier::Engine const& engine,
                           dossier::ClaimRegistry const& registry) {
    auto const stance = dossier::article_stances(article, engine.analyse(article, false), registry).front().stance;
    switch (stance) {
        case dossier::Stance::mixed: return dossier::Stance::neutral;
        case dossier::Stance::not_assessable: return dossier::Stance::silent;
        default: return stance;
    }
}

std::vector<accuracy::Figure> measure(std::filesystem::path const& corpora) {
    auto const set = accuracy::fnc1::read_pairs(corpora);
    Confusion tuned, aside, all;
    for (auto const& headline : headlines()) {
        auto const registry = registry_of(headline);
        dossier::Engine const engine(registry, dossier::built_in_lexicon());
        auto const text = text_of(headline, set);
        Confusion of_headline;
        bool is_aside = false;
        for (auto const& pair : set.pairs) {
            if (pair.headline != text) continue;
            is_aside |= pair.aside && pair.label != dossier::Stance::silent;
            if (headline.read.contains(pair.body_id)) continue;
            of_headline.add(pair.label, answer_for(set.articles.at(pair.body_id), engine, registry));
        }
        all.add(of_headline);
        (is_aside ? aside : tuned).add(of_headline);
        if (accuracy::shows_details()) of_headline.print(headline.registry);
    }
    return {{"stance/fnc1", "macro-F1, registries of headlines", Part::tuned, tuned.macro_f1(), 0.60, tuned.size(),
             false, tuned.note()},
            {"stance/fnc1", "macro-F1, registries of headlines", Part::aside, aside.macro_f1(), 0.60, aside.size(),
             true, aside.note()},
            {"stance/fnc1", "macro-F1, registries of headlines", Part::all, all.macro_f1(), 0.60, all.size(), true,
             all.note()}};
}

accuracy::Registered const registered("stance", 400, measure);

}  // namespace
