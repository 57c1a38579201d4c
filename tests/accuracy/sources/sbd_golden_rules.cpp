// The golden rules of sentence segmentation (Pragmatic Segmenter), and the other English cases of its test suite.
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "accuracy.hpp"
#include "dossier/sources/sentences.hpp"
#include "dossier/sources/unicode.hpp"

namespace accuracy {
namespace {

/// White space is compared folded: the rules leave it out at the ends of their sentences.
bool is_split_as_stated(nlohmann::json const& rule) {
    auto const text = rule.at("text").get<std::string>();
    std::vector<std::string> found, wanted;
    for (auto const& [begin, end] : dossier::split_sentences(text))
        found.push_back(dossier::sources::folded(text.substr(begin, end - begin)));
    for (auto const& sentence : rule.at("sentences"))
        wanted.push_back(dossier::sources::folded(sentence.get<std::string>()));
    return found == wanted;
}

Figure share_right(std::filesystem::path const& file, std::string metric, double target) {
    std::ifstream lines(file);
    Figure figure{"text/sbd_golden_rules", std::move(metric), Part::all, 0.0, target, 0, target > 0.0, {}};
    std::size_t n_right = 0;
    for (std::string line; std::getline(lines, line); ++figure.n)
        if (is_split_as_stated(nlohmann::json::parse(line))) ++n_right;
    if (figure.n > 0) figure.value = static_cast<double>(n_right) / static_cast<double>(figure.n);
    figure.note = std::to_string(n_right) + " of " + std::to_string(figure.n);
    return figure;
}

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    auto const folder = corpora / "text/sbd_golden_rules";
    return {share_right(folder / "golden_rules_en.jsonl", "golden rules", 51.0 / 52.0),
            share_right(folder / "other_english_specs.jsonl", "other English cases", 0.0)};
}

Registered const registered("sources", 70, measure);

}  // namespace
}  // namespace accuracy
