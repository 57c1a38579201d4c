#include "escaping.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "document_generator.hpp"
#include "dossier/plugin/utf8.hpp"

namespace dossier::check {
namespace {

using Problem = std::optional<std::string>;

std::string around(std::string_view bytes, std::size_t at) {
    auto const begin = at - std::min<std::size_t>(at, 20);
    return "\"" + printable(bytes.substr(begin, 80), 200) + "\"";
}

// ---- HTML

Problem html(std::string_view, std::string_view bytes) {
    for (std::string_view const attack : {"<script>canary", "\"><img src=x onerror=canary",
                                          "</style></title></textarea>", "href=\"javascript:", "<!-- --><![CDATA["})
        if (auto const at = bytes.find(attack); at != bytes.npos)
            return "text became markup: " + around(bytes, at) + "; write < > & \" ' as references wherever text stands";
    return std::nullopt;
}

// ---- Markdown

/// Whether what stands at `at` is text all the same: escaped, or in a code span of its line.
bool is_plain(std::string_view bytes, std::size_t at) {
    if (at > 0 && bytes[at - 1] == '\\') return true;
    auto const line = at == 0 ? 0 : bytes.rfind('\n', at - 1) + 1;
    return std::count(bytes.begin() + static_cast<std::ptrdiff_t>(line),
                      bytes.begin() + static_cast<std::ptrdiff_t>(at), '`') %
               2 ==
           1;
}

/// What stands behind the front matter, which is YAML and no markup.
std::string_view body_of(std::string_view bytes) {
    if (!bytes.starts_with("---\n")) return bytes;
    auto const end = bytes.find("\n---\n", 3);
    return end == std::string_view::npos ? bytes : bytes.substr(end + 5);
}

Problem markdown(std::string_view, std::string_view file) {
    auto const bytes = body_of(file);
    for (std::string_view const attack : {"<script>canary", "<img src=x", "[canary](javascript:", "![canary]("})
        for (auto at = bytes.find(attack); at != bytes.npos; at = bytes.find(attack, at + 1))
            if (!is_plain(bytes, at))
                return "text became markup: " + around(bytes, at) +
                       "; put a backslash before signs that mean something";
    if (auto const at = bytes.find("\n# canary"); at != bytes.npos)
        return "text became a heading: " + around(bytes, at) + "; put a backslash before the # that begins a line";
    return std::nullopt;
}

// ---- CSV

/// Reads RFC 4180, field by field.
class CsvReader {
public:
    explicit CsvReader(std::string_view bytes) : rest_(bytes) {
        if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    }
    struct Field {
        std::string text;
        bool last = false;  ///< of its record
    };
    /// Nothing at the end, or where the quoting breaks off.
    std::optional<Field> next() {
        if (rest_.empty()) return std::nullopt;
        Field field;
        if (rest_.front() == '"' && !quoted(field.text)) {
            broken_ = true;
            return std::nullopt;
        }
        auto const end = std::min(rest_.find_first_of(",;\t\r\n"), rest_.size());
        field.text += rest_.substr(0, end);
        rest_.remove_prefix(end);
        field.last = rest_.empty() || rest_.front() == '\r' || rest_.front() == '\n';
        if (rest_.starts_with("\r\n"))
            rest_.remove_prefix(2);
        else if (!rest_.empty())
            rest_.remove_prefix(1);
        return field;
    }
    [[nodiscard]] bool broken() const noexcept { return broken_; }

private:
    bool quoted(std::string& text) {
        for (rest_.remove_prefix(1); !rest_.empty(); rest_.remove_prefix(1)) {
            if (rest_.front() != '"') {
                text += rest_.front();
            } else if (rest_.size() > 1 && rest_[1] == '"') {
                text += '"';
                rest_.remove_prefix(1);
            } else {
                rest_.remove_prefix(1);
                return true;
            }
        }
        return false;
    }
    std::string_view rest_;
    bool broken_ = false;
};

Problem csv(std::string_view name, std::string_view bytes) {
    if (!name.empty() && !name.ends_with(".csv") && !name.ends_with(".tsv")) return std::nullopt;
    CsvReader reader(bytes);
    std::size_t width = 0, n_fields = 0, n_records = 0;
    while (auto const field = reader.next()) {
        ++n_fields;
        for (std::string_view const attack : {"=canary", "+canary", "-canary", "@canary", "\tcanary"})
            if (field->text.starts_with(attack))
                return "a cell begins like a formula: " + around(field->text, 0) + "; put an apostrophe before it";
        if (!field->last) continue;
        if (++n_records == 1) width = n_fields;
        if (n_fields != width && !name.empty())
            return "record " + std::to_string(n_records) + " has " + std::to_string(n_fields) +
                   " fields, the first has " + std::to_string(width) +
                   "; text with commas, quotes and line breaks stands in quotes";
        n_fields = 0;
    }
    if (reader.broken()) return "a quoted field has no end; quotes within it are doubled";
    return std::nullopt;
}

// ---- JSON

bool holds(nlohmann::json const& value, std::string const& text) {
    if (value.is_string()) return value.get_ref<std::string const&>().find(text) != std::string::npos;
    return std::any_of(value.begin(), value.end(),
                       [&](nlohmann::json const& part) { return value.is_structured() && holds(part, text); });
}

Problem json(std::string_view name, std::string_view bytes) {
    if (!name.empty() && !name.ends_with(".json")) return std::nullopt;
    auto const value = nlohmann::json::parse(bytes, nullptr, false);
    if (value.is_discarded()) return "it is not JSON; quotes, backslashes and control characters are escaped";
    for (auto const* text : {"<script>canary</script>", "{\"canary\": [1, null]}", "a,b;c\td\"e\"\"f"})
        if (!holds(value, text))
            return "the text " + around(text, 0) + " is in none of its strings; text stays what it was";
    return std::nullopt;
}

}  // namespace

EscapingCheck escaping_check(std::string_view media_type) {
    constexpr std::array<std::pair<std::string_view, EscapingCheck>, 4> checks = {
        {{"text/html", &html}, {"text/markdown", &markdown}, {"text/csv", &csv}, {"application/json", &json}}};
    auto const type = media_type.substr(0, media_type.find(';'));
    for (auto const& [known, check] : checks)
        if (type == known) return check;
    return nullptr;
}

}  // namespace dossier::check
