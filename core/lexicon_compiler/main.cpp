// compile_lexicon en.toml en.cpp: reads a lexicon when Dossier is built and writes it as a source file that holds what was read, so that
// no run of Dossier need do so: its phrases multiply out to some hundred thousand nodes of the index.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "dossier/evidence/lexicon.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"

namespace {

using namespace dossier;

constexpr std::size_t max_lexicon_bytes = std::size_t{1} << 20;

/// A string literal in lines; what is not a plain character is written as three octal digits.
void write_literal(std::ostream& out, std::string_view bytes) {
    constexpr std::size_t in_a_line = 128;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(in_a_line, bytes.size()))) {
        out << "\n    \"";
        for (char const c : bytes.substr(0, in_a_line)) {
            auto const byte = static_cast<unsigned char>(c);
            bool const is_plain = byte >= ' ' && byte < 0x7F && c != '"' && c != '\\' && c != '?';
            char const octal[] = {'\\', static_cast<char>('0' + (byte >> 6)), static_cast<char>('0' + (byte >> 3 & 7)),
                                  static_cast<char>('0' + (byte & 7))};
            out.write(is_plain ? &c : octal, is_plain ? 1 : sizeof octal);
        }
        out << '"';
    }
}

int compile(std::string const& input, std::string const& output) {
    auto const text = read_file(input, max_lexicon_bytes);
    if (text.problem != ReadProblem::none) {
        std::fprintf(stderr, "%s: error: %s\n", input.c_str(), words_for(text.problem));
        return 1;
    }
    Diagnostics diagnostics;
    auto const lexicon = read_lexicon(text.bytes, std::filesystem::path(input).filename().string(), diagnostics);
    for (auto const& item : diagnostics.items())
        std::fprintf(stderr, "%s:%zu:%zu: error: %s [%s]\n", input.c_str(), item.place.line, item.place.column,
                     item.message.c_str(), item.code.c_str());
    if (diagnostics.has_errors()) return 1;
    auto const bytes = lexicon.encode();
    std::ofstream out(output, std::ios::binary);
    out << "// Made by compile_lexicon; do not edit.\n#include <cstddef>\n\nnamespace dossier {\n\n"
           "extern char const compiled_lexicon[];\nextern std::size_t const compiled_lexicon_size;\n"
           "extern char const* const compiled_lexicon_sha256;\nchar const* const compiled_lexicon_sha256 = \""
        << sha256_hex(text.bytes) << "\";\nstd::size_t const compiled_lexicon_size = " << bytes.size()
        << ";\nchar const compiled_lexicon[] =";
    write_literal(out, bytes);
    out << ";\n\n}  // namespace dossier\n";
    out.close();
    return out ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::fputs("usage: compile_lexicon LEXICON SOURCE\n", stderr);
        return 2;
    }
    return compile(argv[1], argv[2]);
} catch (std::exception const& error) {
    std::fprintf(stderr, "compile_lexicon: error: %s\n", error.what());
    return 1;
}
