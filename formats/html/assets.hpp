// The page's style and script, as the files of the same names say them.
#pragma once

#include <string_view>

namespace dossier::html {

extern std::string_view const light_css;  ///< declarations of the colours on paper
extern std::string_view const dark_css;   ///< and in the dark
extern std::string_view const page_css;
extern std::string_view const page_js;

}  // namespace dossier::html
