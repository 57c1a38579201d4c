# cmake -DINPUT=a.toml -DNAME=config/a.toml -DVARIABLE=a_text -DOUTPUT=a.cpp -P embed_text.cmake
# Compiles a file in as `char const* const dossier::a_text`, so that the program and the file cannot drift apart.
file(READ ${INPUT} text)
string(LENGTH "${text}" length)
set(pieces "")
set(at 0)
while(at LESS length)  # compilers need not take string literals longer than 64 KiB
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND pieces "R\"file(${piece})file\"\n    ")
    math(EXPR at "${at} + 8000")
endwhile()
file(WRITE ${OUTPUT} "// Made from ${NAME}; do not edit.
namespace dossier {

extern char const* const ${VARIABLE};
char const* const ${VARIABLE} =
    ${pieces};

}  // namespace dossier
")
