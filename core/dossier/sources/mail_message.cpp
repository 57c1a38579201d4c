#include "dossier/sources/mail_message.hpp"

#include <algorithm>
#include <string>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t most_header_bytes = 64u << 10;
constexpr std::size_t most_name_bytes = 76;

/// Bytes of the field's name before its colon; 0: the line is no field of a header.
std::size_t name_of_field(std::string_view line) noexcept {
    auto const size = line.substr(0, most_name_bytes).find(':');
    if (size == std::string_view::npos) return 0;
    bool const is_name = std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(size),
                                     [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c) || c == '-'; });
    return is_name ? size : 0;
}

bool encodes_body(std::string_view name, std::string_view value) {
    auto const key = ascii_lower(name), what = ascii_lower(trimmed(value));
    if (key == "content-type") return what.starts_with("multipart/");
    return key == "content-transfer-encoding" && (what == "quoted-printable" || what == "base64");
}

}  // namespace

bool is_encoded_mail(std::string_view bytes) {
    auto rest = bytes.substr(0, most_header_bytes);
    bool encoded = false;
    for (bool first = true; !rest.empty(); first = false) {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto const line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (trimmed(line).empty()) return encoded && !first;
        if (!first && (line.front() == ' ' || line.front() == '\t')) continue;  // the field before it goes on
        auto const size = name_of_field(line);
        if (size == 0) return false;
        encoded = encoded || encodes_body(line.substr(0, size), line.substr(size + 1));
    }
    return false;
}

}  // namespace dossier::sources
