// Statement model: whether a passage supports, refutes or leaves open a claim of which nothing but the statement is known.
//
// A linear model over named features (words shared, denials, directions of effect, numbers, hedges). Its weights are data,
// config/statement_model/en.toml, fitted by scripts/fit-statement-model on sets that permit it; what each feature added to a
// decision is kept, so that every verdict can be told back.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/evidence.hpp"

namespace dossier {

class Lexicon;

/// What a passage can be to a statement. The order of the probabilities in StatementVerdict.
enum class PassageStance { supports, refutes, mixed, neutral };
inline constexpr std::size_t n_passage_stances = 4;
/// "supports", "refutes", "mixed", "neutral".
[[nodiscard]] char const* name_of(PassageStance stance) noexcept;

/// Which of them may be answered. All but mixed unless said otherwise.
struct PassageStances {
    bool supports = true, refutes = true, mixed = false, neutral = true;
};

struct StatementVerdict {
    PassageStance stance = PassageStance::neutral;
    /// By PassageStance, calibrated, summing to 1; 0 for those that were not to be answered.
    std::array<double, n_passage_stances> probabilities{};
    std::array<double, n_passage_stances> scores{};  ///< by PassageStance, of all of them
    double temperature = 1.0;                        ///< scores are divided by it before the softmax
    double confidence = 0.0;                         ///< of `stance`
    std::vector<Contribution> contributions;  ///< towards `stance`, largest first; their products sum to its score
};

/// A claim's statement, taken apart once: terms, polarity, degree, numbers, direction. A question ("Does coffee …?") is
/// read as the statement that it asks about.
class ReadStatement {
public:
    ReadStatement(std::string_view statement, Lexicon const& lexicon);
    ~ReadStatement();
    ReadStatement(ReadStatement&&) noexcept;
    ReadStatement& operator=(ReadStatement&&) noexcept;

    /// Why no passage can be judged by it: "too little to go on: add cues"; empty: it can.
    [[nodiscard]] std::string const& problem() const noexcept;
    /// Patterns of the phrase language (claims/phrase_pattern.hpp) that find sentences worth judging, one for each content
    /// word (Parts::words), in its order: a sentence in which none is found shares no content with the statement. Empty:
    /// the word cannot be looked for.
    [[nodiscard]] std::vector<std::string> const& terms() const noexcept;

    struct Parts;
    [[nodiscard]] Parts const& parts() const noexcept { return *parts_; }

private:
    std::unique_ptr<Parts const> parts_;
};

/// Only read once built; one serves all threads.
class StatementModel {
public:
    /// The weights of config/statement_model/en.toml as they were when this program was built.
    [[nodiscard]] static StatementModel const& built_in();
    /// Weights in the form of that file: what the fitting script wrote. Without [questions], the weights of statements serve
    /// questions too. @throws std::runtime_error says what is wrong with it
    [[nodiscard]] static StatementModel read(std::string_view toml);
    ~StatementModel();
    StatementModel(StatementModel&&) noexcept;
    /// SHA-256 over that file, the word classes and the word links: part of what decides a run's results.
    [[nodiscard]] static std::string built_in_sha256();

    /// Judges one passage, of one or more sentences. The same passage gives the same verdict, whatever was judged before.
    /// @param statement  one without a problem()
    [[nodiscard]] StatementVerdict judge(ReadStatement const& statement, std::string_view passage,
                                         PassageStances const& allowed = {}) const;

    /// The features by themselves, for the fitting script: name and value, by name. Values of 0 are left out.
    [[nodiscard]] std::vector<Contribution> features(ReadStatement const& statement, std::string_view passage) const;

    struct Weights;

private:
    explicit StatementModel(std::unique_ptr<Weights const> weights) noexcept;
    std::unique_ptr<Weights const> weights_;
};

}  // namespace dossier
