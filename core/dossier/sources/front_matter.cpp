#include "dossier/sources/front_matter.hpp"

#include <array>
#include <charconv>
#include <string>
#include <system_error>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_front_matter_bytes = 64u << 10;

struct KnownKey {
    std::string_view written, key;
};
constexpr auto known_keys = std::to_array<KnownKey>({
    {"title", "title"},
    {"author", "author"},
    {"authors", "author"},
    {"date", "published"},
    {"published", "published"},
    {"publisher", "publisher"},
    {"source", "publisher"},
    {"site", "publisher"},
    {"journal", "publisher"},
    {"url", "url"},
    {"link", "url"},
    {"canonical", "url"},
    {"language", "language"},
    {"lang", "language"},
    {"study_design", "study_design"},
    {"study-design", "study_design"},
    {"population", "population"},
    {"conflict_of_interest", "conflict_of_interest"},
    {"conflict-of-interest", "conflict_of_interest"},
    {"risk_of_bias", "risk_of_bias"},
    {"risk-of-bias", "risk_of_bias"},
    {"funding", "funding"},
    {"rests_on", "rests_on"},
    {"rests-on", "rests_on"},
    {"doi", "doi"},
    {"pmid", "pmid"},
});

std::string_view known(std::string_view written) noexcept {
    for (auto const& entry : known_keys)
        if (entry.written == written) return entry.key;
    return {};
}

/// An appraisal is one of three words, here and in sources.toml. Other writers' front matter states how many people live
/// in a town as its population.
bool may_be_value_of(std::string_view key, std::string_view value) noexcept {
    if (key == "pmid") return !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
    if (key == "population") return value == "human" || value == "animal" || value == "in vitro";
    return key != "risk_of_bias" || value == "low" || value == "some concerns" || value == "high";
}

void append_code_point(std::string& out, unsigned value) {
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = 0xFFFD;
    if (value < 0x80) {
        out += static_cast<char>(value);
    } else if (value < 0x800) {
        out += static_cast<char>(0xC0 | (value >> 6));
        out += static_cast<char>(0x80 | (value & 0x3F));
    } else {
        if (value < 0x10000) {
            out += static_cast<char>(0xE0 | (value >> 12));
        } else {
            out += static_cast<char>(0xF0 | (value >> 18));
            out += static_cast<char>(0x80 | ((value >> 12) & 0x3F));
        }
        out += static_cast<char>(0x80 | ((value >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (value & 0x3F));
    }
}

// Escapes that YAML's and TOML's double-quoted strings share: \" \\ \/ \n \t \r \x41 \u00E9 \U0001F600.
// What is none of them stays as it is written.
std::string without_escapes(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        char const kind = text[at + 1];
        std::size_t const digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        unsigned value = 0;
        auto const number = text.substr(at + 2, digits);
        auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), value, 16);
        if (digits > 0 && number.size() == digits && error == std::errc{} && end == number.data() + number.size()) {
            append_code_point(out, value);
            at += 1 + digits;
        } else if (kind == '"' || kind == '\\' || kind == '/') {
            out += kind;
            ++at;
        } else if (kind == 'n' || kind == 't' || kind == 'r') {
            out += ' ';
            ++at;
        } else {
            out += '\\';
        }
    }
    return out;
}

// "It \"works\"" and 'it''s' without their quotes.
std::string unquoted(std::string_view value) {
    value = trimmed(value);
    if (value.size() < 2 || (value.front() != '"' && value.front() != '\'') || value.back() != value.front())
        return std::string(value);
    auto const inner = value.substr(1, value.size() - 2);
    if (value.front() == '"') return without_escapes(inner);
    std::string out;
    for (std::size_t at = 0; at < inner.size(); ++at) {
        out += inner[at];
        if (inner.substr(at, 2) == "''") ++at;
    }
    return out;
}

// Where the item of a one-line list that begins at the front of `list` ends: at a comma outside quotes.
std::size_t end_of_item(std::string_view list) noexcept {
    char quote = 0;
    for (std::size_t at = 0; at < list.size(); ++at) {
        if (quote == '"' && list[at] == '\\')
            ++at;
        else if (quote != 0)
            quote = list[at] == quote ? '\0' : quote;
        else if (list[at] == ',')
            return at;
        else if ((list[at] == '"' || list[at] == '\'') && trimmed(list.substr(0, at)).empty())
            quote = list[at];
    }
    return list.size();
}

std::string scalar(std::string_view value) {
    value = trimmed(value);
    if (value.size() < 2 || value.front() != '[' || value.back() != ']') {
        // A comment after an unquoted value.
        if (!value.empty() && value.front() != '"' && value.front() != '\'')
            if (auto const comment = value.find(" #"); comment != std::string_view::npos)
                value = value.substr(0, comment);
        return folded(unquoted(value));
    }
    std::string joined;
    value = value.substr(1, value.size() - 2);
    while (!value.empty()) {
        auto const comma = end_of_item(value);
        auto const one = folded(unquoted(value.substr(0, comma)));
        if (!one.empty()) joined += (joined.empty() ? "" : ", ") + one;
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return joined;
}

class Reader {
public:
    Reader(std::string_view text, char separator) noexcept : text_(text), separator_(separator) {}

    FrontMatter read(std::string_view fence) {
        take_line();  // the opening fence
        while (at_ < text_.size() && at_ < max_front_matter_bytes) {
            auto const line = take_line();
            auto const inner = trimmed(line);
            if (inner == fence || (fence == "---" && inner == "...")) {
                found_.end = at_;
                return std::move(found_);
            }
            take(line, inner);
        }
        return {};  // never closed: a thematic break, not front matter
    }

private:
    std::string_view take_line() noexcept {
        auto const end = std::min(text_.find('\n', at_), text_.size());
        auto const line = text_.substr(at_, end - at_);
        at_ = std::min(end + 1, text_.size());
        ++line_;
        return line;
    }

    void take(std::string_view line, std::string_view inner) {
        if (inner.empty() || inner.front() == '#') return;
        if (inner.starts_with("- ")) return take_item(inner.substr(2));
        if (line.front() == ' ' || line.front() == '\t') return;  // a nested value
        auto const separator = inner.find(separator_);
        if (separator == std::string_view::npos || separator == 0) {
            if (found_.broken_line == 0 && !(separator_ == '=' && inner.front() == '[')) found_.broken_line = line_;
            return;
        }
        auto const written = ascii_lower(trimmed(inner.substr(0, separator)));
        key_ = known(written);
        auto value = scalar(inner.substr(separator + 1));
        if (key_.empty() || value.empty()) return;
        if (key_ == "pmid" && ascii_lower(value).starts_with("pmid:"))
            value = std::string(trimmed(std::string_view(value).substr(5)));
        if (!may_be_value_of(key_, value)) return pass_over();
        found_.metadata.push_back({std::string(key_), std::move(value), "front matter", line_});
    }

    void pass_over() {
        if (found_.broken_line == 0) found_.broken_line = line_;
        key_ = {};
    }

    void take_item(std::string_view item) {
        if (key_.empty()) return;
        auto const value = scalar(item);
        if (!may_be_value_of(key_, value)) return pass_over();
        if (!found_.metadata.empty() && found_.metadata.back().key == key_)
            found_.metadata.back().value += ", " + value;
        else
            found_.metadata.push_back({std::string(key_), value, "front matter", line_});
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0, line_ = 0;
    std::string_view key_;
    FrontMatter found_;
};

}  // namespace

FrontMatter read_front_matter(std::string_view text) {
    for (std::string_view const fence : {"---", "+++"}) {
        auto const first = text.substr(0, std::min(text.find('\n'), text.size()));
        if (first.starts_with(fence) && trimmed(first) == fence)
            return Reader(text, fence == "---" ? ':' : '=').read(fence);
    }
    return {};
}

}  // namespace dossier::sources
