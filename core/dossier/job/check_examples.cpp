#include "dossier/job/check_examples.hpp"

#include <algorithm>
#include <utility>

#include "dossier/findings/article_stance.hpp"
#include "dossier/job/job_file.hpp"

namespace dossier {
namespace {

Article article_of(Phrase const& example) {
    Article article;
    article.id = article.path = "example";
    article.format = "text";
    article.language = "en";
    Sentence sentence;
    sentence.text = example.text;
    sentence.bytes = {0, example.text.size()};
    sentence.line = 1;
    if (example.text.ends_with('?')) sentence.role = SentenceRole::question;
    article.sentences.push_back(std::move(sentence));
    return article;
}

/// Why the example came out as it did: the first thing decided about it.
std::string reason_for(ArticleEvidence const& evidence, std::string const& claim_id) {
    for (auto const& decision : evidence.decisions)
        if (decision.claim_id == claim_id) return "cue \"" + decision.cue + "\": " + decision.reason;
    return "no cue of the claim occurs in it";
}

bool is_one_of(std::span<std::string const> ids, std::string const& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class ExampleCheck {
public:
    ExampleCheck(Engine const& engine, ClaimRegistry const& registry, Severity severity, Diagnostics& diagnostics)
        : engine_(engine), registry_(registry), severity_(severity), diagnostics_(diagnostics) {}

    void run(std::span<std::string const> decided_elsewhere) {
        for (auto const& claim : registry_.claims) {
            if (is_one_of(decided_elsewhere, claim.id)) continue;
            for (auto const& example : claim.examples.supports)
                expect(claim, example, Stance::supports);
            for (auto const& example : claim.examples.refutes)
                expect(claim, example, Stance::refutes);
            for (auto const& example : claim.examples.silent)
                expect(claim, example, Stance::silent);
        }
    }

private:
    void expect(Claim const& claim, Phrase const& example, Stance expected) {
        auto const article = article_of(example);
        auto const evidence = engine_.analyse(article, true);
        auto stance = Stance::silent;
        for (auto const& row : article_stances(article, evidence, registry_))
            if (row.claim_id == claim.id && row.condition_id.empty()) stance = row.stance;
        // A sentence that takes no side is as good as one that says nothing.
        if (stance == expected || (expected == Stance::silent && stance == Stance::neutral)) return;
        auto diagnostic = diagnostic_at(severity_, "DOS0120", example.place,
                                        "this example of the claim \"" + claim.id + "\" should come out as " +
                                            name_of(expected) + ", but comes out as " + name_of(stance));
        diagnostic.notes.push_back(reason_for(evidence, claim.id));
        diagnostics_.add(std::move(diagnostic));
    }

    Engine const& engine_;
    ClaimRegistry const& registry_;
    Severity severity_;
    Diagnostics& diagnostics_;
};

}  // namespace

void check_examples(Engine const& engine, ClaimRegistry const& registry, std::span<std::string const> decided_elsewhere,
                    Severity severity, Diagnostics& diagnostics) {
    ExampleCheck(engine, registry, severity, diagnostics).run(decided_elsewhere);
}

void warn_of_claims_without_cues(Engine const& engine, ClaimRegistry const& registry,
                                 std::span<std::string const> decided_elsewhere, Diagnostics& diagnostics) {
    for (auto const& id : engine.claims_without_cues()) {
        if (is_one_of(decided_elsewhere, id)) continue;
        auto const* claim = registry.find_claim(id);
        auto diagnostic =
            diagnostic_at(Severity::warning, "DOS0121", claim->place,
                          "the claim \"" + id + "\" has no cues, and its statement is too little to go on");
        diagnostic.notes.push_back(
            "add phrases under `supports` and `refutes`; until then no article is assessable on it");
        diagnostics.add(std::move(diagnostic));
    }
}

}  // namespace dossier
