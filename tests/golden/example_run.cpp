#include "golden/example_run.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "dossier/model/digest.hpp"

namespace dossier::test {

namespace fs = std::filesystem;

fs::path example_folder() {
    return fs::path(DOSSIER_SOURCE_DIR) / "examples" / "01-first-report";
}

ExampleRun run_job(fs::path const& job, fs::path const& output, Environment const& environment) {
    return {run_program({DOSSIER_PROGRAM, "run", job.string(), "--output", output.string()}, environment),
            output / "latest"};
}

std::vector<std::string> documents_of(fs::path const& published) {
    auto files = files_below(fs::canonical(published));
    std::erase(files, "analysis.sqlite");
    std::erase(files, "manifest.json");
    return files;
}

std::string sha256_sums(fs::path const& published, std::vector<std::string> const& files) {
    std::string sums;
    for (auto const& file : files)
        sums += sha256_hex(bytes_of(published / file)) + "  " + file + "\n";
    return sums;
}

std::vector<std::vector<std::string>> rows_of_tsv(fs::path const& file) {
    std::istringstream lines(bytes_of(file));
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(lines, line);)
        rows.push_back(split(line + "\t", '\t'));
    for (auto& row : rows) {
        row.pop_back();  // what stands after the tab that we added
        if (row.size() != rows.front().size()) throw std::runtime_error(file.string() + ": ragged row " + row.front());
    }
    if (rows.size() < 2) throw std::runtime_error(file.string() + ": no rows");
    rows.erase(rows.begin());
    return rows;
}

std::vector<std::string> split(std::string const& text, char separator) {
    std::vector<std::string> parts;
    if (text.empty()) return parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        auto const end = std::min(text.find(separator, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

}  // namespace dossier::test
