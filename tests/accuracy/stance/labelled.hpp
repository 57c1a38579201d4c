// Labelled rows of tab separated files, and the figures counted on them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace accuracy {

/// One row by the names of the first line.
using Row = std::map<std::string, std::string>;

/// Rows of a tab separated file without quoting. @throws std::runtime_error
[[nodiscard]] std::vector<Row> read_labelled(std::filesystem::path const& path);

/// Yes or no against yes or no.
struct YesNo {
    std::size_t hits = 0, false_alarms = 0, misses = 0;

    void add(bool wanted, bool found) noexcept;
    [[nodiscard]] double precision() const noexcept;  ///< 1 when nothing was found
    [[nodiscard]] double recall() const noexcept;     ///< 1 when nothing was wanted
    [[nodiscard]] double f() const noexcept;          ///< harmonic mean of both
};

/// One of several classes against one of several classes.
class Confusion {
public:
    void add(std::string const& wanted, std::string const& found);
    [[nodiscard]] double macro_f() const;     ///< mean of F1 over the classes that were wanted or found
    [[nodiscard]] std::string table() const;  ///< one line a wanted class, and its precision, recall and F1

private:
    [[nodiscard]] YesNo of(std::string const& name) const;
    std::map<std::string, std::map<std::string, std::size_t>> counts_;  ///< [wanted][found]
};

/// DOSSIER_ACCURACY_DETAILS is set: show what went wrong, of the tuned part only.
[[nodiscard]] bool shows_details();

}  // namespace accuracy
