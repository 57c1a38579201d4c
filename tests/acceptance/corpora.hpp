// Corpora: labelled data beside the source tree, for tests that measure; they skip where it is absent.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace dossier::test {

inline std::filesystem::path corpora() {
    return DOSSIER_SOURCE_DIR "/../shared/corpora";
}

inline std::vector<std::string> split(std::string const& text, char separator) {
    std::vector<std::string> parts(1);
    for (char const c : text) {
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

using Row = std::map<std::string, std::string>;

/// Rows of a tab separated file by the names of its first line.
inline std::vector<Row> read_tsv(std::filesystem::path const& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    auto const names = split(line, '\t');
    std::vector<Row> rows;
    while (std::getline(file, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        auto const cells = split(line, '\t');
        Row row;
        for (std::size_t i = 0; i < names.size() && i < cells.size(); ++i)
            row[names[i]] = cells[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace dossier::test
