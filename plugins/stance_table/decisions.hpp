// Decisions: which stances a person decided in place of the engine.
#pragma once

#include <dossier/plugin.hpp>

#include <map>
#include <string>
#include <tuple>

#include "stance_table/subjects.hpp"

namespace stance_table {

class Decisions {
public:
    explicit Decisions(dossier::Analysis const& analysis);

    /// "decided by jm; engine said mixed", "decided by engine".
    std::string decision_on(dossier::Stance const& stance) const;
    /// Who decided in place of the engine; whether conditions explain a mixed stance, or it contradicts itself.
    dossier::Cell remark_on(dossier::Stance const& stance) const;
    /// The column that holds remarks.
    static dossier::Column column_of_remarks();
    /// Below a table whose cells hold stances alone: which of them are a person's.
    void say_overrides(Subjects const& subjects, dossier::Blocks& out) const;

private:
    std::string override_of(dossier::Stance const& stance) const;

    using Key = std::tuple<std::string, std::string, std::string>;  // claim, article, condition
    std::map<Key, std::string> overrides_;                          // whose decision
};

}  // namespace stance_table
