#include "stance/labelled.hpp"

#include <cstdio>
#include <cstdlib>
#include <set>
#include <sstream>

#include "corpus_file.hpp"

namespace accuracy {

namespace {

std::vector<std::string> cells_of(std::string const& line) {
    std::vector<std::string> cells(1);
    for (char const c : line) {
        if (c == '\t')
            cells.emplace_back();
        else if (c != '\r')
            cells.back() += c;
    }
    return cells;
}

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::vector<Row> read_labelled(std::filesystem::path const& path) {
    std::istringstream text(bytes_of(path));
    std::string line;
    std::getline(text, line);
    auto const names = cells_of(line);
    std::vector<Row> rows;
    while (std::getline(text, line)) {
        auto const cells = cells_of(line);
        Row row;
        for (std::size_t i = 0; i < names.size(); ++i)
            row[names[i]] = i < cells.size() ? cells[i] : "";
        rows.push_back(std::move(row));
    }
    return rows;
}

void YesNo::add(bool wanted, bool found) noexcept {
    hits += wanted && found;
    false_alarms += !wanted && found;
    misses += wanted && !found;
}

double YesNo::precision() const noexcept {
    return share(hits, hits + false_alarms);
}

double YesNo::recall() const noexcept {
    return share(hits, hits + misses);
}

double YesNo::f() const noexcept {
    return share(2 * hits, 2 * hits + false_alarms + misses);
}

void Confusion::add(std::string const& wanted, std::string const& found) {
    ++counts_[wanted][found];
}

YesNo Confusion::of(std::string const& name) const {
    YesNo counts;
    for (auto const& [wanted, row] : counts_)
        for (auto const& [found, n] : row) {
            if (wanted == name && found == name) counts.hits += n;
            if (wanted != name && found == name) counts.false_alarms += n;
            if (wanted == name && found != name) counts.misses += n;
        }
    return counts;
}

double Confusion::macro_f() const {
    std::set<std::string> names;
    for (auto const& [wanted, row] : counts_) {
        names.insert(wanted);
        for (auto const& [found, n] : row)
            names.insert(found);
    }
    double sum = 0.0;
    for (auto const& name : names)
        sum += of(name).f();
    return names.empty() ? 0.0 : sum / static_cast<double>(names.size());
}

std::string Confusion::table() const {
    std::string text;
    for (auto const& [wanted, row] : counts_) {
        text += "  " + wanted + ":";
        for (auto const& [found, n] : row)
            text += " " + found + "=" + std::to_string(n);
        auto const counts = of(wanted);
        char figures[64];
        std::snprintf(figures, sizeof figures, "  P %.3f R %.3f F %.3f\n", counts.precision(), counts.recall(),
                      counts.f());
        text += figures;
    }
    return text;
}

bool shows_details() {
    return std::getenv("DOSSIER_ACCURACY_DETAILS") != nullptr;
}

}  // namespace accuracy
