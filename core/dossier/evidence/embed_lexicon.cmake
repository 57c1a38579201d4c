# cmake -DINPUT=en.toml -DOUTPUT=built_in_lexicon.cpp -P embed_lexicon.cmake
# Compiles the lexicon in, so that the program and the file cannot drift apart.
file(READ ${INPUT} text)
string(LENGTH "${text}" length)
set(pieces "")
set(at 0)
while(at LESS length)  # compilers need not take string literals longer than 64 KiB
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND pieces "R\"lexicon(${piece})lexicon\"\n    ")
    math(EXPR at "${at} + 8000")
endwhile()
file(WRITE ${OUTPUT} "// Made from ${NAME}; do not edit.
namespace dossier {

extern char const* const built_in_lexicon_text;
char const* const built_in_lexicon_text =
    ${pieces};

}  // namespace dossier
")
