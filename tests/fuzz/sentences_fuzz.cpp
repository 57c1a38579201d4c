// Sentences of any text, valid UTF-8 or not: in order, none over another, only white space left out, none over the limit.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dossier/sources/sentence_roles.hpp"
#include "dossier/sources/sentences.hpp"
#include "dossier/sources/unicode.hpp"

namespace {

using namespace dossier;

void require(bool holds) {
    if (!holds) std::abort();
}

void check(std::string_view text, std::vector<SentenceSpan> const& spans, std::size_t max_bytes) {
    std::size_t at = 0;
    for (auto const& [begin, end] : spans) {
        require(at <= begin && begin < end && end <= text.size() && end - begin <= max_bytes);
        require(sources::trimmed(text.substr(at, begin - at)).empty());
        require(sources::trimmed(text.substr(begin, end - begin)).size() == end - begin);
        at = end;
    }
    require(sources::trimmed(text.substr(at)).empty());
}

void check_roles(std::string_view text, std::vector<SentenceSpan> const& spans) {
    sources::QuotedParts const quoted(text);
    for (auto const& span : spans) {
        auto const sentence = sources::folded(text.substr(span.begin, span.end - span.begin));
        auto const role = sources::role_of({sources::BlockRole::main, sentence, false, false, quoted.hold(span)});
        require(!may_be_quoted(role) || !sources::asks(sentence));
        require(sources::item_mark_length(sentence) <= sentence.size());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(bytes), size);
    for (std::size_t const max_bytes : {std::size_t{4096}, std::size_t{64}})
        check(text, split_sentences(text, max_bytes), max_bytes);
    check_roles(text, split_sentences(text));
    return 0;
}
