// Damaged UTF-8: every case of utf8tests.txt decoded with U+FFFD where it says so, byte for byte.
#include <fstream>
#include <string>
#include <vector>

#include "accuracy.hpp"
#include "dossier/sources/source_text.hpp"

namespace accuracy {
namespace {

struct Case {
    std::string name, bytes, expected;
};

/// "num: invalid hex: …" has a space that "num:invalid hex:…" does not.
std::string without_leading_space(std::string text) {
    if (text.starts_with(' ')) text.erase(0, 1);
    return text;
}

int digit_of(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// "C0 AF" and "EFBFBD EFBFBD" alike; "nothing" is no byte.
std::string bytes_in(std::string const& hex) {
    if (hex == "nothing") return {};
    std::string bytes;
    int high = -1;
    for (char const c : hex) {
        int const digit = digit_of(c);
        if (digit < 0) continue;
        if (high < 0) {
            high = digit;
            continue;
        }
        bytes += static_cast<char>(high * 16 + digit);
        high = -1;
    }
    return bytes;
}

/// Number, kind, and the rest as it stands.
std::vector<std::string> fields_of(std::string const& line) {
    auto const kind = line.find(':');
    auto const rest = kind == std::string::npos ? kind : line.find(':', kind + 1);
    if (rest == std::string::npos) return {};
    return {line.substr(0, kind), without_leading_space(line.substr(kind + 1, rest - kind - 1)), line.substr(rest + 1)};
}

/// "num:valid:text", "num:valid hex:in" and "num:invalid hex:in:when skipping:when replacing".
std::vector<Case> cases_in(std::filesystem::path const& file) {
    std::vector<Case> cases;
    std::ifstream lines(file, std::ios::binary);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') continue;
        auto const fields = fields_of(line);
        if (fields.empty()) continue;
        if (fields[1] == "valid")
            cases.push_back({fields[0], fields[2], fields[2]});
        else if (fields[1] == "valid hex")
            cases.push_back({fields[0], bytes_in(fields[2]), bytes_in(fields[2])});
        else if (fields[1] == "invalid hex")
            cases.push_back({fields[0], bytes_in(fields[2].substr(0, fields[2].find(':'))),
                             bytes_in(fields[2].substr(fields[2].rfind(':') + 1))});
    }
    return cases;
}

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    Figure figure{"hostile/utf8_stress", "cases decoded byte-exact", Part::all, 0.0, 1.0, 0, true, {}};
    std::size_t n_right = 0;
    for (auto const& [name, bytes, expected] : cases_in(corpora / "hostile/utf8_stress/utf8tests.txt")) {
        ++figure.n;
        // Stands in text, as in a file; the encoding is stated, so that none is guessed from three bytes.
        std::string const surrounded = "a" + bytes + "z";
        dossier::sources::SourceText const text(surrounded, "utf-8");
        if (text.text() == "a" + expected + "z")
            ++n_right;
        else
            figure.note += (figure.note.empty() ? "wrong: " : ", ") + name;
    }
    if (figure.n > 0) figure.value = static_cast<double>(n_right) / static_cast<double>(figure.n);
    return {figure};
}

Registered const registered("sources", 72, measure);

}  // namespace
}  // namespace accuracy
