// CSV: what published samples say their files hold.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "accuracy.hpp"
#include "corpus_file.hpp"
#include "dossier/sources/records/delimited.hpp"
#include "dossier/sources/records/record_splitter.hpp"

namespace accuracy {
namespace {

using dossier::sources::Format;
using Json = nlohmann::json;
using Row = std::vector<std::string>;

struct Table {
    Row header;
    std::vector<Row> rows;
    bool complained = false;
};

Table read_table(std::string const& bytes) {
    dossier::sources::MemoryStream stream(bytes);
    std::map<std::string, std::string> const columns = {{"title", "foo"}, {"abstract", "bar"}};
    auto const splitter = dossier::sources::make_record_splitter(Format::csv, stream, columns, 1u << 20);
    Table table;
    for (dossier::sources::RecordSlice slice; splitter->next(slice);) {
        auto const document = dossier::sources::read_record(Format::csv, slice.bytes, *splitter->context());
        table.complained = table.complained || !slice.broken.empty() || !document.troubles.empty();
        if (!slice.broken.empty()) continue;
        Row row;
        for (auto const& cell : dossier::sources::cells_of(slice.bytes, splitter->context()->separator))
            row.push_back(dossier::sources::value_of(slice.bytes, cell));
        table.rows.push_back(std::move(row));
    }
    table.header = splitter->context()->header;
    table.complained = table.complained || !splitter->context()->trouble.empty();
    return table;
}

/// The copy of a sample may have other line ends than its JSON.
void fold_line_ends(Table& table) {
    for (auto& row : table.rows)
        for (auto& cell : row)
            std::erase(cell, '\r');
}

bool is_empty(Row const& row) {
    return std::all_of(row.begin(), row.end(), [](std::string const& cell) { return cell.empty(); });
}

/// Rows of the sample's JSON; those without any text are no records for us. An array of arrays holds the head too.
Table expected_table(Json const& json, Row const& header) {
    Table table;
    for (auto const& entry : json) {
        Row row;
        if (entry.is_array())
            row = entry.get<Row>();
        else
            for (auto const& name : header)
                row.push_back(entry.value(name, "(missing)"));
        if (entry.is_array() && table.header.empty())
            table.header = std::move(row);
        else if (!is_empty(row))
            table.rows.push_back(std::move(row));
    }
    if (table.header.empty()) table.header = header;
    return table;
}

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    auto const folder = corpora / "hostile/csv_conformance";
    std::size_t n = 0, n_right = 0, n_bad = 0, n_told = 0;
    for (auto const& [csvs, jsons] : {std::pair{folder / "csv-spectrum/csvs", folder / "csv-spectrum/json"},
                                      std::pair{folder / "csv-test-data/csv", folder / "csv-test-data/json"}}) {
        std::vector<std::filesystem::path> paths;
        for (auto const& entry : std::filesystem::directory_iterator(csvs))
            paths.push_back(entry.path());
        std::sort(paths.begin(), paths.end());
        for (auto const& path : paths) {
            auto table = read_table(bytes_of(path));
            if (path.stem().string().starts_with("bad-")) {
                ++n_bad;
                n_told += table.complained;
                if (!table.complained && std::getenv("DOSSIER_ACCURACY_DETAILS") != nullptr)
                    std::fprintf(stderr, "%s: no complaint\n", path.c_str());
                continue;
            }
            if (path.stem() == "location_coordinates") continue;  // its JSON is not what the file holds
            auto expected =
                expected_table(Json::parse(bytes_of(jsons / (path.stem().string() + ".json"))), table.header);
            fold_line_ends(table);
            fold_line_ends(expected);
            bool const right = table.header == expected.header && table.rows == expected.rows;
            ++n;
            n_right += right;
            if (!right && std::getenv("DOSSIER_ACCURACY_DETAILS") != nullptr)
                std::fprintf(stderr, "%s: differs\n", path.c_str());
        }
    }
    return {{"hostile/csv_conformance", "files read as their JSON says", Part::all,
             static_cast<double>(n_right) / static_cast<double>(n), 1.0, n, true,
             "rows without any text are no records; line ends folded; location_coordinates left out, its JSON is of "
             "other data"},
            {"hostile/csv_conformance", "broken files told", Part::all,
             static_cast<double>(n_told) / static_cast<double>(n_bad), 1.0, n_bad, true, ""}};
}

Registered const registered("sources", 410, measure);

}  // namespace
}  // namespace accuracy
