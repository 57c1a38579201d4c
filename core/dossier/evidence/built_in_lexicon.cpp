#include <stdexcept>

#include "dossier/evidence/lexicon.hpp"

namespace dossier {

// Made by compile_lexicon of config/lexicon/en.toml when the program is built.
extern char const compiled_lexicon[];
extern std::size_t const compiled_lexicon_size;
extern char const* const compiled_lexicon_sha256;

Lexicon make_built_in_lexicon() {
    auto decoded = Lexicon::decode({compiled_lexicon, compiled_lexicon_size});
    if (!decoded) throw std::logic_error("the lexicon within the program is damaged");
    return std::move(*decoded);
}

Lexicon const& built_in_lexicon() {
    static Lexicon const lexicon = make_built_in_lexicon();
    return lexicon;
}

std::string built_in_lexicon_sha256() {
    return compiled_lexicon_sha256;
}

}  // namespace dossier
