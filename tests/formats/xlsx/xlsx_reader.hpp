// Reads a workbook back with libarchive and pugixml, knowing nothing of what wrote it.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <cstddef>
#include <map>
#include <pugixml.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace dossier::test {

/// The files of a ZIP archive by name; throws std::runtime_error if it is broken.
inline std::map<std::string, std::string> unzipped(std::string const& bytes) {
    std::map<std::string, std::string> files;
    auto* const archive = ::archive_read_new();
    ::archive_read_support_format_zip(archive);
    if (::archive_read_open_memory(archive, bytes.data(), bytes.size()) != ARCHIVE_OK)
        throw std::runtime_error("not an archive");
    archive_entry* entry = nullptr;
    int status = 0;
    while ((status = ::archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        auto& file = files[::archive_entry_pathname(entry)];
        std::string room(65536, '\0');
        la_ssize_t n_read = 0;
        while ((n_read = ::archive_read_data(archive, room.data(), room.size())) > 0)
            file.append(room, 0, static_cast<std::size_t>(n_read));
        if (n_read < 0) throw std::runtime_error(::archive_error_string(archive));
    }
    if (status != ARCHIVE_EOF) throw std::runtime_error(::archive_error_string(archive));
    ::archive_read_free(archive);
    return files;
}

struct ReadCell {
    bool is_number = false;
    std::string text;    ///< as the file has it; the digits of a number
    std::string format;  ///< number format
    bool is_wrapped = false, is_bold = false;
    std::string fill;  ///< "FFE1EEF8"; empty: none
    std::string link;  ///< address, or "'Sheet'!A1"; empty: none
};

struct ReadSheet {
    std::string name;
    std::map<std::size_t, std::map<std::size_t, ReadCell>> rows;  ///< by row and column, from 0
    std::vector<double> widths;
    std::string filter, pane;  ///< "A1:B3", "A2"
    std::map<std::size_t, double> heights;
    std::size_t n_formulas = 0;

    [[nodiscard]] std::string text(std::size_t row, std::size_t column) const {
        auto const at = rows.find(row);
        if (at == rows.end()) return {};
        auto const cell = at->second.find(column);
        return cell == at->second.end() ? std::string() : cell->second.text;
    }
    [[nodiscard]] ReadCell const& cell(std::size_t row, std::size_t column) const { return rows.at(row).at(column); }
    [[nodiscard]] std::vector<std::string> texts(std::size_t row, std::size_t n_columns) const {
        std::vector<std::string> all;
        for (std::size_t column = 0; column < n_columns; ++column)
            all.push_back(text(row, column));
        return all;
    }
};

/// "BC12" as row 11 and column 54.
inline std::pair<std::size_t, std::size_t> row_and_column(std::string const& name) {
    std::size_t column = 0, at = 0;
    for (; at < name.size() && name[at] >= 'A' && name[at] <= 'Z'; ++at)
        column = 26 * column + static_cast<std::size_t>(name[at] - 'A' + 1);
    return {std::stoul(name.substr(at)) - 1, column - 1};
}

/// A text as a spreadsheet reads it: "_x0041_" is an A.
inline std::string unescaped(std::string const& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const is_escape = text.compare(i, 2, "_x") == 0 && i + 6 < text.size() && text[i + 6] == '_' &&
                               text.find_first_not_of("0123456789abcdefABCDEF", i + 2) == i + 6;
        if (!is_escape) {
            result += text[i];
            continue;
        }
        auto const value = std::stoul(text.substr(i + 2, 4), nullptr, 16);
        if (value > 0x7F) throw std::runtime_error("an escape that the format has no reason for");
        result += static_cast<char>(value);
        i += 6;
    }
    return result;
}

class ReadWorkbook {
public:
    explicit ReadWorkbook(std::string const& bytes) : files(unzipped(bytes)) {
        for (auto const& [name, content] : files)
            if (name.size() > 4 && (name.substr(name.size() - 4) == ".xml" || name.substr(name.size() - 5) == ".rels"))
                (void)parsed(name);
        read_styles();
        auto const workbook = parsed("xl/workbook.xml");
        std::size_t number = 0;
        for (auto const& sheet : workbook.child("workbook").child("sheets").children("sheet")) {
            order.push_back(sheet.attribute("name").value());
            sheets[order.back()] = read_sheet(order.back(), ++number);
        }
    }
    [[nodiscard]] ReadSheet const& sheet(std::string const& name) const {
        auto const at = sheets.find(name);
        if (at == sheets.end()) throw std::runtime_error("no sheet is called " + name);
        return at->second;
    }
    std::map<std::string, std::string> files;
    std::vector<std::string> order;
    std::map<std::string, ReadSheet> sheets;

private:
    struct Style {
        std::string format, fill;
        bool is_wrapped = false, is_bold = false;
    };

    [[nodiscard]] pugi::xml_document parsed(std::string const& name) const {
        pugi::xml_document document;
        auto const& content = files.at(name);
        auto const result =
            document.load_buffer(content.data(), content.size(), pugi::parse_default | pugi::parse_ws_pcdata);
        if (!result) throw std::runtime_error(name + ": " + result.description());
        return document;
    }

    void read_styles() {
        auto const document = parsed("xl/styles.xml");
        auto const root = document.child("styleSheet");
        std::map<std::string, std::string> formats{{"1", "0"}, {"2", "0.00"}};
        for (auto const& format : root.child("numFmts").children("numFmt"))
            formats[format.attribute("numFmtId").value()] = format.attribute("formatCode").value();
        std::vector<std::string> fills;
        for (auto const& fill : root.child("fills").children("fill"))
            fills.push_back(fill.child("patternFill").child("fgColor").attribute("rgb").value());
        std::vector<bool> bold;
        for (auto const& font : root.child("fonts").children("font"))
            bold.push_back(!font.child("b").empty());
        for (auto const& xf : root.child("cellXfs").children("xf"))
            styles_.push_back({formats[xf.attribute("numFmtId").value()], fills.at(xf.attribute("fillId").as_uint()),
                               xf.child("alignment").attribute("wrapText").as_bool(),
                               bold.at(xf.attribute("fontId").as_uint())});
    }

    ReadSheet read_sheet(std::string const& name, std::size_t number) {
        ReadSheet sheet;
        sheet.name = name;
        auto const file = "xl/worksheets/sheet" + std::to_string(number) + ".xml";
        auto const document = parsed(file);
        auto const root = document.child("worksheet");
        for (auto const& column : root.child("cols").children("col"))
            for (auto i = column.attribute("min").as_uint(); i <= column.attribute("max").as_uint(); ++i)
                sheet.widths.push_back(column.attribute("width").as_double());
        sheet.filter = root.child("autoFilter").attribute("ref").value();
        auto const pane = root.child("sheetViews").child("sheetView").child("pane");
        if (std::string(pane.attribute("state").value()) == "frozen")
            sheet.pane = pane.attribute("topLeftCell").value();
        read_rows(root, sheet);
        read_links(root, number, sheet);
        return sheet;
    }

    void read_rows(pugi::xml_node const& root, ReadSheet& sheet) {
        for (auto const& row : root.child("sheetData").children("row")) {
            auto const n_row = row.attribute("r").as_uint() - 1;
            if (row.attribute("ht")) sheet.heights[n_row] = row.attribute("ht").as_double();
            if (sheet.rows.count(n_row) != 0) throw std::runtime_error("a row stands twice");
            auto& cells = sheet.rows[n_row];
            for (auto const& cell : row.children("c")) {
                auto const [r, c] = row_and_column(cell.attribute("r").value());
                if (r != n_row) throw std::runtime_error("a cell in a foreign row");
                if (cell.child("f")) ++sheet.n_formulas;
                auto const& style = styles_.at(cell.attribute("s").as_uint());
                bool const is_text = std::string(cell.attribute("t").value()) == "inlineStr";
                auto const text = is_text ? unescaped(cell.child("is").child("t").text().get())
                                          : std::string(cell.child("v").text().get());
                bool const is_new =
                    cells
                        .emplace(
                            c, ReadCell{!is_text, text, style.format, style.is_wrapped, style.is_bold, style.fill, {}})
                        .second;
                if (!is_new) throw std::runtime_error("a cell stands twice");
            }
        }
    }

    void read_links(pugi::xml_node const& root, std::size_t number, ReadSheet& sheet) {
        std::map<std::string, std::string> targets;
        auto const file = "xl/worksheets/_rels/sheet" + std::to_string(number) + ".xml.rels";
        if (files.count(file) != 0) {
            auto const document = parsed(file);
            for (auto const& relation : document.child("Relationships").children("Relationship"))
                targets[relation.attribute("Id").value()] = relation.attribute("Target").value();
        }
        for (auto const& link : root.child("hyperlinks").children("hyperlink")) {
            auto const [row, column] = row_and_column(link.attribute("ref").value());
            std::string const id = link.attribute("r:id").value();
            std::string const location = link.attribute("location").value();
            auto const external = id.empty() ? std::string() : targets.at(id);
            sheet.rows.at(row).at(column).link =
                external + (external.empty() || location.empty() ? "" : "#") + location;
        }
    }

    std::vector<Style> styles_;
};

}  // namespace dossier::test
