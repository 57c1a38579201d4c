# cmake "-DINPUTS=a;b" -DVARIABLE=ab_sha256 -DOUTPUT=ab.cpp -P embed_digest.cmake
# Compiles in, as `char const* const dossier::ab_sha256`, the SHA-256 of texts put after each other.
set(all "")
foreach(input IN LISTS INPUTS)
    file(READ ${input} text)
    string(APPEND all "${text}")
endforeach()
string(SHA256 digest "${all}")
file(WRITE ${OUTPUT} "// Made by embed_digest.cmake; do not edit.
namespace dossier {

extern char const* const ${VARIABLE};
char const* const ${VARIABLE} = \"${digest}\";

}  // namespace dossier
")
