// What md4c reads in a Markdown file, as JSON: {"tables": [[[cell, …], …], …], "outline": [kind, …], "html": [tag, …]}.
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "formats/markdown/md4c_reader.hpp"

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    std::ifstream in(argv[1], std::ios::binary);
    std::string file{std::istreambuf_iterator<char>(in), {}};
    if (file.rfind("---\n", 0) == 0) file.erase(0, file.find("\n---\n") + 5);  // front matter is YAML
    auto const read = dossier::test::read_markdown(file);
    nlohmann::json out{{"tables", nlohmann::json::array()},
                       {"outline", read.outline},
                       {"html", read.html},
                       {"other_spans", read.other_spans}};
    for (auto const& table : read.tables) {
        auto rows = nlohmann::json::array();
        for (auto const& row : table.rows) {
            auto cells = nlohmann::json::array();
            for (auto const& cell : row)
                cells.push_back(cell.text);
            rows.push_back(std::move(cells));
        }
        out["tables"].push_back(std::move(rows));
    }
    std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}
