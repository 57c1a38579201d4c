# Writes the files FILES of FOLDER as C++ string constants to TO: "page.css" becomes dossier::html::page_css.
set(source "// Written by embed.cmake; do not edit.\n#include \"assets.hpp\"\n\nnamespace dossier::html {\n")
foreach(name IN LISTS FILES)
    file(READ ${FOLDER}/${name} content)
    string(REGEX REPLACE "[^a-z]" "_" constant ${name})
    string(APPEND source "\nstd::string_view const ${constant} = R\"embedded(${content})embedded\";\n")
endforeach()
string(APPEND source "\n}  // namespace dossier::html\n")
file(WRITE ${TO} "${source}")
