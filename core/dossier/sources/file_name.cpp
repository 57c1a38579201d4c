#include "dossier/sources/file_name.hpp"

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {

std::string extension_of(std::string_view path) {
    auto const name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
    auto const dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? std::string() : ascii_lower(name.substr(dot + 1));
}

}  // namespace dossier::sources
