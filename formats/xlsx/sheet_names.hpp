// Names of sheets: unique, at most 31 characters, none that spreadsheets refuse.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace dossier::formats {

class SheetNames {
public:
    /// Takes a name as it is: "Contents".
    void reserve(std::string const& name) { add(name); }
    /// "Every stance" for the anchor "stance-table-every-stance" of the section "stance-table"; where that is taken, with
    /// the section's name, and where that is taken too, with a number.
    [[nodiscard]] std::string take(std::string_view anchor, std::string_view section);

private:
    /// Returns whether it was free.
    bool add(std::string const& name);
    std::set<std::string> taken_;                      ///< in small letters
    std::map<std::string, std::size_t> next_numbers_;  ///< of names, in small letters, that are given with a number
};

/// The name of the nth sheet of a table, from 1: "Stances", "Stances (2)". Unlike any that SheetNames gives.
[[nodiscard]] std::string continued_name(std::string const& name, std::size_t nth);

}  // namespace dossier::formats
