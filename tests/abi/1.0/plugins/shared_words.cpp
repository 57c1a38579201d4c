// Shared words: a stance engine that fits on a page. A sentence with enough of the statement's words supports the claim,
// and refutes it where it holds a denial and the statement none, or the other way round.
//
// It is there to be replaced: a neural model that answers the same question goes where stance_of() is.
// [guide: engine]
#include <dossier/plugin.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace {

using dossier::Judgement;
using dossier::Option;
using dossier::OptionValues;

constexpr std::size_t shortest_word = 4;  // shorter ones carry little
constexpr std::array<std::string_view, 6> denials = {"not", "no", "never", "without", "doesn't", "isn't"};

/// Lower-case words of ASCII letters; apostrophes belong to them.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (char const c : text) {
        bool const upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || c == '\'')
            words.back() += upper ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

bool denies(std::vector<std::string> const& words) {
    return std::any_of(words.begin(), words.end(), [](std::string const& word) {
        return std::find(denials.begin(), denials.end(), word) != denials.end();
    });
}

class SharedWords final : public dossier::StanceEngine {
public:
    static std::vector<Option> options() {
        return {Option::real("share", 0.8, 0.1, 1.0, "The share of the statement's words that a sentence must hold.")};
    }
    explicit SharedWords(OptionValues const& options) : share_(options.real("share")) {}

    void judge(dossier::Question const& question, dossier::Judgements& out) override {
        auto const statement = words_of(question.statement());
        auto const& sentences = question.sentences();
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            if (!sentences[i].may_be_judged()) continue;
            auto const words = words_of(sentences[i].text);
            auto const shared = share_of(statement, words);
            if (shared >= share_) out.judge(i, stance_of(statement, words, shared));
        }
    }

private:
    static double share_of(std::vector<std::string> const& statement, std::vector<std::string> const& words) {
        std::size_t n_long = 0, n_shared = 0;
        for (auto const& word : statement) {
            if (word.size() < shortest_word) continue;
            ++n_long;
            n_shared += std::find(words.begin(), words.end(), word) != words.end() ? 1 : 0;
        }
        return n_long == 0 ? 0.0 : static_cast<double>(n_shared) / static_cast<double>(n_long);
    }
    static Judgement stance_of(std::vector<std::string> const& statement, std::vector<std::string> const& words,
                               double shared) {
        bool const alike = denies(statement) == denies(words);
        Judgement judgement;
        judgement.direction = alike ? 1 : -1;
        judgement.strength = shared;
        judgement.reason = alike ? "shares the statement's words" : "shares the statement's words, but only one denies";
        return judgement;
    }

    double share_;
};

}  // namespace

DOSSIER_ENGINE(SharedWords, "shared-words", "Stances by the words that sentence and statement share")
// [end: engine]
