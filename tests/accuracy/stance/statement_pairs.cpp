#include "statement_pairs.hpp"

#include <fstream>
#include <map>
#include <numeric>
#include <stdexcept>

namespace accuracy {

namespace {

using dossier::PassageStance;

std::vector<std::vector<std::string>> rows_of(std::filesystem::path const& path) {
    std::ifstream file(path);
    std::vector<std::vector<std::string>> rows;
    std::string line;
    std::getline(file, line);  // column names
    while (std::getline(file, line)) {
        auto& cells = rows.emplace_back(1);
        for (char const c : line) {
            if (c == '\t')
                cells.emplace_back();
            else
                cells.back() += c;
        }
    }
    return rows;
}

PassageStance stance_called(std::string const& name) {
    for (auto const stance :
         {PassageStance::supports, PassageStance::refutes, PassageStance::mixed, PassageStance::neutral})
        if (name == name_of(stance)) return stance;
    throw std::runtime_error("no stance is called " + name);
}

/// One statement for each prompt, of three kinds by turns, so that each kind is true of some and false of others.
StatementPair trial_pair(std::vector<std::string> const& row, std::size_t number) {
    static constexpr struct {
        char const *verb, *label;
    } kinds[] = {{" increases ", "increased"}, {" decreases ", "decreased"}, {" has no effect on ", "no_difference"}};
    auto const& kind = kinds[number % 3];
    StatementPair pair;
    pair.id = row.at(0);
    pair.statement = row.at(3) + kind.verb + row.at(2) + " compared with " + row.at(4) + ".";
    pair.passage = row.at(5).substr(0, row.at(5).find(" || "));
    pair.label = row.at(6) == kind.label ? PassageStance::supports : PassageStance::refutes;
    pair.group = row.at(1);
    return pair;
}

/// Groups by shared statements and passages; the name of a group is the id of its first pair.
void set_groups(std::vector<StatementPair>& pairs) {
    std::vector<std::size_t> parent(pairs.size());
    std::iota(parent.begin(), parent.end(), 0u);
    auto const root = [&](std::size_t i) {
        while (parent[i] != i)
            i = parent[i] = parent[parent[i]];
        return i;
    };
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < pairs.size(); ++i)
        for (auto const& text : {"s" + pairs[i].statement, "p" + pairs[i].passage}) {
            auto const a = root(first.try_emplace(text, i).first->second), b = root(i);
            parent[std::max(a, b)] = std::min(a, b);
        }
    for (std::size_t i = 0; i < pairs.size(); ++i)
        pairs[i].group = pairs[root(i)].id;
}

}  // namespace

std::vector<StatementPair> statement_pairs(std::filesystem::path const& corpora, std::string const& set) {
    bool const of_trials = set == "evidence_inference";
    std::vector<StatementPair> pairs;
    for (auto const& row : rows_of(corpora / "stance" / set / "open.tsv"))
        pairs.push_back(of_trials ? trial_pair(row, pairs.size())
                                  : StatementPair{row.at(0), row.at(1), row.at(2), stance_called(row.at(3)), {}, {}});
    if (!of_trials) set_groups(pairs);
    for (auto& pair : pairs)
        pair.part = is_kept_aside(pair.group) ? Part::aside : Part::tuned;
    return pairs;
}

dossier::PassageStances stances_of(std::vector<StatementPair> const& pairs) {
    dossier::PassageStances stances{false, false, false, false};
    for (auto const& pair : pairs) {
        stances.supports |= pair.label == PassageStance::supports;
        stances.refutes |= pair.label == PassageStance::refutes;
        stances.mixed |= pair.label == PassageStance::mixed;
        stances.neutral |= pair.label == PassageStance::neutral;
    }
    return stances;
}

}  // namespace accuracy
