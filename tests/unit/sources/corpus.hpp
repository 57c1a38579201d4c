// Corpora beside the checkout: tests that need them skip with a printed reason where they are absent.
#pragma once

#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/read_article.hpp"

namespace corpus {

inline std::filesystem::path folder(std::string const& name) {
    return std::filesystem::path(DOSSIER_SOURCE_DIR) / ".." / "shared" / "corpora" / name;
}

inline std::string bytes_of(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string gunzipped(std::filesystem::path const& path) {
    std::string out;
    gzFile const file = gzopen(path.c_str(), "rb");
    if (file == nullptr) return out;
    char buffer[1 << 16];
    for (int n = gzread(file, buffer, sizeof buffer); n > 0; n = gzread(file, buffer, sizeof buffer))
        out.append(buffer, static_cast<std::size_t>(n));
    gzclose(file);
    return out;
}

inline std::vector<std::string> lines_of(std::filesystem::path const& path) {
    std::vector<std::string> lines;
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    return lines;
}

/// Rows of a TSV file without its head, by column.
inline std::vector<std::vector<std::string>> rows_of(std::filesystem::path const& path) {
    std::vector<std::vector<std::string>> rows;
    for (auto const& line : lines_of(path)) {
        std::vector<std::string> cells(1);
        for (char const c : line) {
            if (c == '\t')
                cells.emplace_back();
            else
                cells.back() += c;
        }
        rows.push_back(std::move(cells));
    }
    if (!rows.empty()) rows.erase(rows.begin());
    return rows;
}

/// A file known by its path falls into the third kept aside while tuning, by a hash that no platform changes.
inline bool is_kept_aside(std::string_view name) {
    unsigned hash = 2166136261u;
    for (char const c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash % 3 == 0;
}

inline bool is_admissible(dossier::SentenceRole role) {
    return role == dossier::SentenceRole::statement || role == dossier::SentenceRole::list_item ||
           role == dossier::SentenceRole::quotation;
}

inline dossier::Article read(std::string const& path, std::string_view bytes,
                             dossier::Diagnostics* diagnostics = nullptr, dossier::ReadOptions const& options = {}) {
    dossier::Diagnostics own;
    return dossier::read_article("article", path, bytes, options, diagnostics ? *diagnostics : own);
}

}  // namespace corpus
