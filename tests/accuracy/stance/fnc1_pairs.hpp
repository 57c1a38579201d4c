// The headline-article pairs of FNC-1, and which of them are kept aside: articles that a headline joins are one event, and an
// event is looked at while tuning or kept aside as a whole.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/evidence.hpp"

namespace accuracy::fnc1 {

struct Pair {
    std::string id, headline, body_id;
    dossier::Stance label = dossier::Stance::silent;
    bool aside = false;
};

struct Pairs {
    std::vector<Pair> pairs;
    std::map<std::string, dossier::Article> articles;  ///< by body id
};

[[nodiscard]] Pairs read_pairs(std::filesystem::path const& corpora);

/// The four classes of the set, in the order of a confusion matrix.
inline constexpr std::array classes = {dossier::Stance::supports, dossier::Stance::refutes, dossier::Stance::neutral,
                                       dossier::Stance::silent};

/// What was answered for what was asked: rows are labels, columns answers.
class Confusion {
public:
    void add(dossier::Stance label, dossier::Stance answer);
    void add(Confusion const& other);

    [[nodiscard]] std::size_t size() const noexcept { return n_; }
    [[nodiscard]] double f1(std::size_t of) const;
    [[nodiscard]] double macro_f1() const;
    /// The organisers' score: a quarter for related or not, three more for the exact class of what is related; as a share
    /// of the most that can be had.
    [[nodiscard]] double weighted_score() const;
    /// "F1 .52 .41 .83 .98 of supports, refutes, neutral, silent"
    [[nodiscard]] std::string note() const;
    void print(char const* title) const;

private:
    std::array<std::array<std::size_t, 4>, 4> counts_{};
    std::size_t n_ = 0;
};

}  // namespace accuracy::fnc1
