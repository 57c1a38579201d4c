#include "dossier/sources/web_address.hpp"

#include <algorithm>

namespace dossier {
namespace {

constexpr std::size_t max_address_bytes = 2000;

bool may_stand_in_address(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::optional<std::string> web_address(std::string_view text) {
    if (text.size() > max_address_bytes || !std::all_of(text.begin(), text.end(), may_stand_in_address))
        return std::nullopt;
    auto const mark = text.find("://");
    if (mark == std::string_view::npos) return std::nullopt;
    std::string address(text);
    std::transform(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(mark), address.begin(), lower);
    auto const scheme = std::string_view(address).substr(0, mark);
    if (scheme != "http" && scheme != "https") return std::nullopt;
    auto const host = std::string_view(address).substr(mark + 3);
    if (host.empty() || host.front() == '/' || host.front() == '?' || host.front() == '#') return std::nullopt;
    return address;
}

}  // namespace dossier
