// my-engine: a sentence speaks on a claim if it holds all long words of the claim's statement, or forms of them.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t shortest_word = 4;  // shorter ones carry little

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Lower-case words of ASCII letters.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (char const c : text) {
        if (lower(c) >= 'a' && lower(c) <= 'z')
            words.back() += lower(c);
        else if (!words.back().empty())
            words.emplace_back();
    }
    return words;
}

bool holds(std::vector<std::string> const& words, std::string const& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether `words` hold this word or one that begins with it: "eased" for "ease".
bool holds_form_of(std::vector<std::string> const& words, std::string const& word) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string const& one) { return one.compare(0, word.size(), word) == 0; });
}

bool holds_long_words_of(std::vector<std::string> const& words, std::vector<std::string> const& statement) {
    return std::all_of(statement.begin(), statement.end(), [&](std::string const& word) {
        return word.size() < shortest_word || holds_form_of(words, word);
    });
}

class MyEngine final : public dossier::StanceEngine {
public:
    void judge(dossier::Question const& question, dossier::Judgements& out) override {
        auto const statement = words_of(question.statement());
        auto const& sentences = question.sentences();
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            auto const words = words_of(sentences[i].text);
            if (!sentences[i].may_be_judged() || !holds_long_words_of(words, statement)) continue;
            dossier::Judgement judgement;
            judgement.direction = holds(words, "not") == holds(statement, "not") ? 1 : -1;
            judgement.reason = "holds the statement's words";
            out.judge(i, judgement);
        }
    }
};

}  // namespace

DOSSIER_ENGINE(MyEngine, "my-engine", "Stances by the words of the statement")
