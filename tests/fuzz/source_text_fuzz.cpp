// Any bytes under any label: the text is valid UTF-8, and every character has its own bytes in the file, in order.
//
// The first byte chooses the label, the rest is the file.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dossier/sources/source_text.hpp"
#include "dossier/sources/unicode.hpp"

namespace {

using namespace dossier::sources;

constexpr auto labels = std::to_array<std::string_view>({"", "utf-8", "iso-8859-1", "shift_jis", "gb18030", "big5",
                                                         "big5-hkscs", "euc-kr", "euc-jp", "koi8-r", "iso-8859-15",
                                                         "utf-16", "iso-2022-jp", "windows-874", "none"});

// Every offset is looked up, and each look-up may walk 1 KiB.
constexpr std::size_t max_bytes = 4096;

void require(bool holds) {
    if (!holds) std::abort();
}

void check(SourceText const& source, std::size_t size) {
    auto const text = source.text();
    require(is_valid_utf8(text));
    require(!source.encoding().empty());
    std::size_t previous = source.to_source(0);
    for (std::size_t at = 0; at < text.size();) {
        auto const begin = source.to_source(at);
        require(begin >= previous && begin < size);
        require(source.to_text(begin) == at);
        previous = begin + 1;
        at += code_point_at(text, at).length;
    }
    require(source.to_source(text.size()) == size);
    require(source.to_text(size) == text.size());
    for (std::size_t at = 0; at <= size; ++at)
        require(source.to_text(at) <= text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    if (size == 0) return 0;
    std::string_view const file(reinterpret_cast<char const*>(bytes) + 1, std::min(size - 1, max_bytes));
    SourceText const source(file, labels[bytes[0] % labels.size()]);
    check(source, file.size());
    LineCounter lines(source.text());
    require(lines.line_at(source.text().size()) >= lines.line_at(source.text().size() / 2));
    return 0;
}
