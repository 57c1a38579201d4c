// Runs every kept input, and the empty one, through its fuzz target: what once broke a reader must not break it again.
//
//   fuzz_corpus FOLDER         every input below FOLDER/<reader>/
//   fuzz_corpus FOLDER READER  those of one reader; the input is named before it is run
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "corpus_targets.hpp"

namespace {

std::vector<std::filesystem::path> inputs_in(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> inputs;
    if (!std::filesystem::is_directory(folder)) return inputs;
    for (auto const& entry : std::filesystem::directory_iterator(folder))
        if (entry.is_regular_file()) inputs.push_back(entry.path());
    std::sort(inputs.begin(), inputs.end());
    return inputs;
}

std::vector<std::uint8_t> bytes_of(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The bytes in a block of their own size, so that AddressSanitizer sees a read beyond them.
void run(FuzzTarget const& target, std::vector<std::uint8_t> bytes) {
    bytes.shrink_to_fit();
    target.run(bytes.data(), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2 && argc != 3) {
        std::fputs("usage: fuzz_corpus FOLDER [READER]\n", stderr);
        return 2;
    }
    std::string_view const only = argc == 3 ? argv[2] : "";
    std::size_t n = 0;
    for (auto const& target : fuzz_targets()) {
        if (!only.empty() && only != target.reader) continue;
        run(target, {});
        auto const inputs = inputs_in(std::filesystem::path(argv[1]) / target.reader);
        for (auto const& input : inputs) {
            if (!only.empty()) std::fprintf(stderr, "%s\n", input.c_str());
            run(target, bytes_of(input));
        }
        std::printf("%s: %zu inputs\n", target.reader, inputs.size());
        std::fflush(stdout);
        ++n;
    }
    return n != 0 ? 0 : 1;
}
