// statement_features CORPORA SET...: one line a pair: set, id, group, part, label, features ("name=value", by tabs). Pairs of the
// sets "strangers" and "turned" are made: statements beside passages of other statements, beside themselves and their contraries.
#include <cstdio>

#include "dossier/evidence/lexicon.hpp"
#include "statement_pairs.hpp"

namespace accuracy {

bool is_kept_aside(std::string_view name) noexcept {  // as in tests/accuracy/main.cpp
    unsigned hash = 2166136261u;
    for (char const c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash % 3 == 0;
}

}  // namespace accuracy

namespace {

using Pairs = std::vector<accuracy::StatementPair>;

void print(char const* set, accuracy::StatementPair const& pair) {
    dossier::ReadStatement const statement(pair.statement, dossier::built_in_lexicon());
    std::printf("%s\t%s\t%s\t%s\t%s", set, pair.id.c_str(), pair.group.c_str(),
                pair.part == accuracy::Part::aside ? "aside" : "tuned", name_of(pair.label));
    for (auto const& feature : dossier::StatementModel::built_in().features(statement, pair.passage))
        std::printf("\t%s=%.6g", feature.feature.c_str(), feature.value);
    std::printf("\n");
}

/// A statement beside a passage about something else, of the same part.
accuracy::StatementPair stranger_of(Pairs const& pairs, std::size_t at) {
    auto stranger = pairs[at];
    stranger.label = dossier::PassageStance::neutral;
    for (std::size_t step = 1; step < pairs.size(); ++step) {
        auto const& other = pairs[(at + 97 * step) % pairs.size()];
        if (other.part != stranger.part || other.group == stranger.group) continue;
        stranger.passage = other.passage;
        break;
    }
    return stranger;
}

/// "Masks are useful." turned: "Masks are not useful.", and back; empty: it has no verb to turn.
std::string turned(std::string const& statement) {
    for (auto const* verb : {" is ", " are ", " was ", " were ", " can ", " will ", " should "}) {
        auto const at = statement.find(verb);
        if (at == std::string::npos) continue;
        auto const behind = at + std::string_view(verb).size();
        auto other = statement;
        return statement.compare(behind, 4, "not ") == 0 ? other.erase(behind, 4) : other.insert(behind, "not ");
    }
    return {};
}

/// A statement beside itself and its contrary, and its contrary beside both.
void print_turned(accuracy::StatementPair pair) {
    auto const contrary = turned(pair.statement);
    if (contrary.empty()) return;
    for (auto const& statement : {pair.statement, contrary})
        for (auto const& passage : {pair.statement, contrary}) {
            auto made = pair;
            made.statement = statement;
            made.passage = passage;
            made.label = statement == passage ? dossier::PassageStance::supports : dossier::PassageStance::refutes;
            print("turned", made);
        }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: statement_features CORPORA SET...\n");
        return 2;
    }
    for (int i = 2; i < argc; ++i) {
        auto const pairs = accuracy::statement_pairs(argv[1], argv[i]);
        for (auto const& pair : pairs)
            print(argv[i], pair);
        if (std::string_view(argv[i]) == "evidence_inference") continue;  // its trials share most of their words
        for (std::size_t at = 0; at < pairs.size(); ++at)
            print("strangers", stranger_of(pairs, at));
        if (std::string_view(argv[i]) == "pubmedqa") continue;  // questions
        for (auto const& pair : pairs)
            print_turned(pair);
    }
    return 0;
}
