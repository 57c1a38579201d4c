// Any bytes as a file of any kind: within the bounds, and no article stands outside the file that it came from.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dossier/sources/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    dossier::InputOptions options;
    options.max_article_bytes = 64u << 10;
    options.max_container_bytes = 1u << 20;
    options.max_container_files = 64;
    options.max_container_depth = 3;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    std::string const file = "refs.csv.zip";
    std::size_t n_files = 0;
    dossier::Diagnostics diagnostics;
    dossier::for_each_input_in(
        bytes, file, "refs", options, nullptr,
        [&](dossier::ArticleInput&& input) {
            bool const inside = input.path.starts_with(file) && input.path.find("/../") == std::string::npos;
            bool const bounded = input.bytes.size() <= options.max_article_bytes &&
                                 (input.problem.empty() || input.bytes.empty() || input.origin.record != 0);
            if (!inside || !bounded) std::abort();
            if (input.origin.record == 0 && ++n_files > options.max_container_files + 1) std::abort();
            return true;
        },
        diagnostics);
    return 0;
}
