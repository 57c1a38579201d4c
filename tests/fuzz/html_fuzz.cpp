// HTML: whatever the markup is: blocks stand within the source, sentences at their byte ranges.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dossier/sources/document.hpp"
#include "dossier/sources/source_text.hpp"
#include "fuzz_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace dossier::sources;
    std::string_view const input(reinterpret_cast<char const*>(bytes), size);
    SourceText const source(input, "UTF-8");
    fuzz::check_places(read_html(source.text()), source.text().size());
    fuzz::check_article(Format::html, input);
    return 0;
}
