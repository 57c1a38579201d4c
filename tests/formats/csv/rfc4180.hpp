// A reader of RFC 4180 that forgives nothing, independent of the code under test.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::test {

using CsvRows = std::vector<std::vector<std::string>>;

/// Reads fields and records; throws std::runtime_error at the first byte that the grammar has no place for.
/// @param line_break  between records: "\r\n", or "\n" for files that are not strict about it
class Rfc4180 {
public:
    explicit Rfc4180(std::string_view bytes, char separator = ',', std::string_view line_break = "\r\n")
        : rest_(bytes), separator_(separator), line_break_(line_break) {}

    CsvRows rows() {
        CsvRows rows;
        while (!rest_.empty())
            rows.push_back(record());
        return rows;
    }

private:
    std::vector<std::string> record() {
        std::vector<std::string> fields{field()};
        while (take(std::string_view(&separator_, 1)))
            fields.push_back(field());
        if (!take(line_break_) && !rest_.empty()) throw std::runtime_error("a field goes on behind its quotes");
        return fields;
    }
    std::string field() { return take("\"") ? quoted() : bare(); }
    std::string quoted() {
        std::string text;
        while (true) {
            auto const quote = rest_.find('"');
            if (quote == std::string_view::npos) throw std::runtime_error("a quoted field never ends");
            text += rest_.substr(0, quote);
            rest_.remove_prefix(quote + 1);
            if (!take("\"")) return text;
            text += '"';
        }
    }
    std::string bare() {
        std::size_t end = 0;
        while (end < rest_.size() && rest_[end] != separator_ && rest_.substr(end, line_break_.size()) != line_break_) {
            if (rest_[end] == '"') throw std::runtime_error("a quotation mark in a bare field");
            if (rest_[end] == '\r' || rest_[end] == '\n') throw std::runtime_error("a line break in a bare field");
            ++end;
        }
        std::string const text(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return text;
    }
    bool take(std::string_view text) {
        if (rest_.substr(0, text.size()) != text) return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    std::string_view rest_;
    char separator_;
    std::string_view line_break_;
};

}  // namespace dossier::test
