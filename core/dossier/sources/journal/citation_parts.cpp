#include "dossier/sources/journal/citation_parts.hpp"

#include <algorithm>
#include <utility>

#include "dossier/sources/metadata.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {

std::string bare_doi(std::string_view text) {
    auto const begin = text.find("10.");
    if (begin == std::string_view::npos || text.find('/', begin) == std::string_view::npos) return {};
    auto doi = ascii_lower(text.substr(begin));
    if (auto const end = doi.find_first_of(" \t\r\n<>\""); end != std::string::npos) doi.resize(end);
    return doi.find('/') == std::string::npos ? std::string() : doi;
}

std::string date_of(std::string_view year, std::string_view month, std::string_view day) {
    auto const numeric = [](std::string_view text) {
        return !text.empty() && text.size() <= 2 && std::all_of(text.begin(), text.end(), is_ascii_digit);
    };
    auto const padded = [](std::string_view text) { return (text.size() == 1 ? "0" : "") + std::string(text); };
    std::string text(year);
    if (numeric(month)) {
        text += '-' + padded(month);
        if (numeric(day)) text += '-' + padded(day);
        return iso_date(text);
    }
    if (month.empty()) return iso_date(text);
    auto const worded =
        iso_date((numeric(day) ? std::string(day) + ' ' : std::string()) + std::string(month) + ' ' + text);
    return worded.empty() ? iso_date(text) : worded;
}

std::string earliest(std::vector<std::string> const& dates) {
    std::string best;
    for (auto const& date : dates)
        if (date.size() > best.size() || (date.size() == best.size() && date < best)) best = date;
    return best;
}

std::string name_of_author(std::string const& surname, std::string const& given) {
    if (surname.empty() || given.empty()) return surname + given;
    return surname + ", " + given;
}

std::string byline_of(std::vector<std::string> const& authors) {
    constexpr std::size_t named = 6;
    std::string line;
    for (std::size_t i = 0; i < std::min(authors.size(), named); ++i) {
        auto const comma = authors[i].find(", ");
        if (i > 0) line += ", ";
        line +=
            comma == std::string::npos ? authors[i] : authors[i].substr(comma + 2) + ' ' + authors[i].substr(0, comma);
    }
    return authors.size() > named ? line + " et al." : line;
}

void state(Document& document, std::string key, std::string value, std::string origin) {
    if (!value.empty()) document.metadata.push_back({std::move(key), std::move(value), std::move(origin)});
}

void add_once(std::vector<std::string>& values, std::string value) {
    constexpr std::size_t most = 500;
    if (!value.empty() && values.size() < most && std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(std::move(value));
}

}  // namespace dossier::sources
