// annotations.toml out of any bytes. What is read can be written, and then reads the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config_checks.hpp"
#include "dossier/job/annotations.hpp"

namespace {

using namespace dossier;

bool say_the_same(Annotation const& a, Annotation const& b) {
    return a.role == b.role && a.who == b.who && a.when == b.when && a.claim_id == b.claim_id &&
           a.article_id == b.article_id && a.condition_id == b.condition_id && a.stance == b.stance && a.why == b.why &&
           a.quote_sha256 == b.quote_sha256 && a.article_sha256 == b.article_sha256 &&
           a.statement_sha256 == b.statement_sha256;
}

void check_written(std::vector<Annotation> const& items) {
    std::vector<AnnotationText> texts;
    for (auto const& item : items)
        texts.push_back({item, {}});
    Diagnostics diagnostics;
    auto const again = parse_annotations(annotations_as_toml(texts), "annotations.toml", diagnostics);
    fuzz::require_that(again.has_value() && again->items.size() == items.size(), "what is written can be read");
    for (std::size_t i = 0; i < items.size(); ++i)
        fuzz::require_that(say_the_same(items[i], again->items[i]), "what is written reads the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string const text(reinterpret_cast<char const*>(bytes), size);
    auto const annotations =
        fuzz::check_reading([&](Diagnostics& found) { return parse_annotations(text, "annotations.toml", found); },
                            "annotations.toml", text);
    if (annotations) check_written(annotations->items);
    return 0;
}
