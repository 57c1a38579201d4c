#include "dossier/job/inputs_digest.hpp"

#include <array>
#include <charconv>

namespace dossier {
namespace {

/// The shortest text that reads back as this number.
template <class Number>
std::string number_text(Number number) {
    std::array<char, 32> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr};
}

}  // namespace

void InputsDigest::add(std::string_view text) {
    digest_.update(text);
    digest_.update(std::string_view("\0", 1));
}

void InputsDigest::add(std::string_view path, ByteRange bytes, std::string_view sha256, std::string_view context) {
    add(path);
    add(number_text(bytes.begin));
    add(sha256);
    add(context);
}

std::string InputsDigest::finish(Job const& job) {
    for (auto const& source : job.declared) {
        for (auto const* value :
             {&source.path, &source.title, &source.author, &source.published, &source.publisher, &source.url,
              &source.study_design, &source.conflict_of_interest, &source.funding, &source.rests_on, &source.population,
              &source.risk_of_bias, &source.press_release, &source.doi})
            add(*value);
        add(number_text(source.weight));
        add(source.independent ? "independent" : "");
        add(source.retracted ? "retracted" : "");
    }
    return digest_.hex();
}

}  // namespace dossier
