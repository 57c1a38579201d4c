// Main text measured on pages whose article text is known.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "corpus.hpp"

namespace {

using dossier::SentenceRole;

std::vector<std::string> tokens_of(std::string const& text) {
    std::vector<std::string> tokens;
    std::string word;
    for (char const c : text + " ") {
        auto const byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || byte == '_' || byte >= 0x80)
            word += c;
        else if (!word.empty())
            tokens.push_back(std::exchange(word, {}));
    }
    return tokens;
}

std::map<std::string, int> shingles_of(std::string const& text) {
    auto const tokens = tokens_of(text);
    std::map<std::string, int> shingles;
    for (std::size_t i = 0; i + 4 <= tokens.size(); ++i)
        ++shingles[tokens[i] + ' ' + tokens[i + 1] + ' ' + tokens[i + 2] + ' ' + tokens[i + 3]];
    return shingles;
}

// The benchmark's own metric: mean precision and recall of 4-gram shingles over pages, F1 of the means.
struct Score {
    double precision = 0, recall = 0;
    int pages = 0;

    double add(std::string const& found, std::string const& wanted) {
        auto const a = shingles_of(found), b = shingles_of(wanted);
        double hits = 0, n_found = 0, n_wanted = 0;
        for (auto const& [shingle, n] : a) {
            n_found += n;
            if (auto const other = b.find(shingle); other != b.end()) hits += std::min(n, other->second);
        }
        for (auto const& [shingle, n] : b)
            n_wanted += n;
        double const p = n_found > 0 ? hits / n_found : n_wanted > 0 ? 0 : 1, r = n_wanted > 0 ? hits / n_wanted : 1;
        precision += p;
        recall += r;
        ++pages;
        return p + r > 0 ? 2 * p * r / (p + r) : 0;
    }
    double f1() const {
        double const p = precision / pages, r = recall / pages;
        return 2 * p * r / (p + r);
    }
    void print(char const* name) const {
        std::cout << "  " << name << ": " << pages << " pages, F1 " << f1() << ", precision " << precision / pages
                  << ", recall " << recall / pages << "\n";
    }
};

std::string article_text(dossier::Article const& article) {
    std::string text;
    for (auto const& sentence : article.sentences)
        if (sentence.role != SentenceRole::boilerplate && sentence.role != SentenceRole::title &&
            sentence.role != SentenceRole::fragment)
            text += sentence.text + '\n';
    return text;
}

TEST(MainText, OfNewsPagesIsFound) {
    auto const folder = corpus::folder("text/html_article_extraction") / "open";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the article extraction benchmark is not there: " << folder;
    auto const truth = nlohmann::json::parse(corpus::bytes_of(folder / "ground-truth.json"));
    Score tuned, aside;
    for (auto const& [id, page] : truth.items()) {
        auto const article = corpus::read(id + ".html", corpus::gunzipped(folder / "html" / (id + ".html.gz")));
        bool const kept = corpus::is_kept_aside(id);
        double const f = (kept ? aside : tuned).add(article_text(article), page["articleBody"].get<std::string>());
        if (!kept && f < 0.85)
            std::cout << "    " << f << " " << id.substr(0, 12) << " " << page.value("url", "") << "\n";
    }
    std::cout << "article extraction:\n";
    tuned.print("tuned on");
    aside.print("kept aside");
    EXPECT_GE(tuned.f1(), 0.90);
    EXPECT_GE(aside.f1(), 0.90);
}

std::string folded(std::string const& text) {
    std::string out;
    for (auto const& token : tokens_of(text))
        out += token + ' ';
    return out;
}

TEST(MainText, HasTheSegmentsThatItMustAndNotThoseItMustNot) {
    auto const folder = corpus::folder("text/html_trafilatura_en") / "open";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "trafilatura's pages are not there: " << folder;
    auto const pages = nlohmann::json::parse(corpus::bytes_of(folder / "segments.json"));
    int kept[2] = {}, lost[2] = {}, let_in[2] = {}, dropped[2] = {};
    for (auto const& [url, page] : pages.items()) {
        auto file = folder / page["file"].get<std::string>();
        if (!std::filesystem::exists(file)) file = folder / "html" / page["file"].get<std::string>();
        auto const bytes = file.extension() == ".gz" ? corpus::gunzipped(file) : corpus::bytes_of(file);
        auto const text = folded(article_text(corpus::read("page.html", bytes)));
        int const set = corpus::is_kept_aside(url) ? 1 : 0;
        for (auto const& segment : page["with"]) {
            bool const there = text.find(folded(segment.get<std::string>())) != std::string::npos;
            ++(there ? kept : lost)[set];
            if (!there && set == 0) std::cout << "    lost " << page["file"] << ": " << segment << "\n";
        }
        for (auto const& segment : page["without"]) {
            bool const there = text.find(folded(segment.get<std::string>())) != std::string::npos;
            ++(there ? let_in : dropped)[set];
            if (there && set == 0) std::cout << "    let in " << page["file"] << ": " << segment << "\n";
        }
    }
    for (int set = 0; set < 2; ++set) {
        double const f = 2.0 * kept[set] / (2.0 * kept[set] + lost[set] + let_in[set]);
        std::cout << (set == 0 ? "trafilatura pages, tuned on: F " : "trafilatura pages, kept aside: F ") << f
                  << " (kept " << kept[set] << ", lost " << lost[set] << ", let in " << let_in[set] << ", dropped "
                  << dropped[set] << ")\n";
        EXPECT_GE(f, 0.87);
    }
}

}  // namespace
