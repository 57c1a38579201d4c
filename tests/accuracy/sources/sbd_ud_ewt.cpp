// Sentences of English web text against UD English EWT, paragraph by paragraph: a sentence is right when both its ends are.
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "accuracy.hpp"
#include "dossier/sources/sentences.hpp"

namespace accuracy {
namespace {

struct Score {
    std::size_t gold = 0, found = 0, right = 0;

    void add(Score const& other) noexcept { gold += other.gold, found += other.found, right += other.right; }
    [[nodiscard]] double precision() const noexcept { return share_of(found); }
    [[nodiscard]] double recall() const noexcept { return share_of(gold); }
    [[nodiscard]] double f() const noexcept {
        return gold + found == 0 ? 0.0 : 2.0 * static_cast<double>(right) / static_cast<double>(gold + found);
    }

private:
    [[nodiscard]] double share_of(std::size_t whole) const noexcept {
        return whole == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(whole);
    }
};

/// A paragraph is its sentences joined by a space.
void score_paragraph(std::vector<std::string> const& sentences, Score& score) {
    std::string text;
    std::vector<dossier::SentenceSpan> gold;
    for (auto const& sentence : sentences) {
        if (!text.empty()) text += ' ';
        gold.push_back({text.size(), text.size() + sentence.size()});
        text += sentence;
    }
    auto const found = dossier::split_sentences(text);
    score.gold += gold.size();
    score.found += found.size();
    for (auto const& span : found)
        for (auto const& wanted : gold)
            if (span == wanted) ++score.right;
}

std::string three_digits(double value) {
    char text[16];
    std::snprintf(text, sizeof text, "%.3f", value);
    return text;
}

constexpr double target = 0.92;  // of the whole set; its parts are shown to tell what tuning has done

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    std::string const set = "text/sbd_ud_ewt";
    std::ifstream lines(corpora / set / "open.jsonl");
    Score tuned, aside;
    for (std::string line; std::getline(lines, line);) {
        auto const document = nlohmann::json::parse(line);
        auto& score = is_kept_aside(document.at("doc").get<std::string>()) ? aside : tuned;
        for (auto const& paragraph : document.at("paragraphs"))
            score_paragraph(paragraph.get<std::vector<std::string>>(), score);
    }
    auto whole = tuned;
    whole.add(aside);
    bool const only_aside_falls_short = whole.f() >= target && aside.f() < target;
    auto const figure = [&](Part part, Score const& score, char const* note = "") {
        return Figure{
            set,
            "F of sentences",
            part,
            score.f(),
            target,
            score.gold,
            part == Part::all || !only_aside_falls_short,
            "precision " + three_digits(score.precision()) + ", recall " + three_digits(score.recall()) + note};
    };
    return {figure(Part::all, whole), figure(Part::tuned, tuned),
            figure(Part::aside, aside, only_aside_falls_short ? "; alone it is below the target of the set" : "")};
}

Registered const registered("sources", 71, measure);

}  // namespace
}  // namespace accuracy
