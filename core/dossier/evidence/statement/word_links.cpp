#include "dossier/evidence/statement/word_links.hpp"

#include <optional>
#include <string>

namespace dossier {

extern char const* const word_links_text;

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        auto const end = text.find(separator);
        if (end != 0) parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return parts;
}

std::string_view line_at(std::string_view text, std::size_t at) {
    auto const begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
    return text.substr(begin, text.find('\n', begin) - begin);
}

/// Binary search over the bytes of the table: lines are sorted, so nothing has to be read first.
std::optional<std::string_view> find_line(std::string_view word) {
    static std::string_view const text = word_links_text;
    std::size_t low = 0, high = text.size();
    while (low < high) {
        auto const line = line_at(text, low + (high - low) / 2);
        auto const begin = static_cast<std::size_t>(line.data() - text.data());
        auto const key = line.starts_with('#') ? std::string_view() : line.substr(0, line.find('\t'));
        if (key == word) return line;
        if (key < word)
            low = begin + line.size() + 1;
        else
            high = begin;
    }
    return std::nullopt;
}

/// Regular inflections, the likeliest base first.
std::vector<std::string> base_forms(std::string_view word) {
    std::vector<std::string> forms{std::string(word)};
    auto const without = [&](std::string_view ending, std::string_view instead) {
        if (word.size() > ending.size() + 2 && word.ends_with(ending))
            forms.push_back(std::string(word.substr(0, word.size() - ending.size())) + std::string(instead));
    };
    without("ies", "y");
    without("ied", "y");
    without("s", "");
    without("es", "");
    without("ed", "e");
    without("ed", "");
    without("ing", "");
    without("ing", "e");
    for (auto const ending : {std::string_view("ing"), std::string_view("ed")}) {
        auto const stem = word.substr(0, word.size() - std::min(word.size(), ending.size()));
        if (word.ends_with(ending) && stem.size() > 3 && stem.back() == stem[stem.size() - 2])  // "stopped"
            forms.emplace_back(stem.substr(0, stem.size() - 1));
    }
    return forms;
}

}  // namespace

WordLinks links_of(std::string_view word) {
    WordLinks links;
    for (auto const& form : base_forms(word)) {
        auto const line = find_line(form);
        if (!line) continue;
        auto rest = *line;
        std::string_view fields[4];
        for (auto& field : fields) {
            auto const end = rest.find('\t');
            field = rest.substr(0, end);
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
        links.is_known = true;
        links.commonness = fields[1].empty() ? 0 : fields[1].front() - '0';
        links.synonyms = split(fields[2], ',');
        links.antonyms = split(fields[3], ',');
        return links;
    }
    return links;
}

}  // namespace dossier
