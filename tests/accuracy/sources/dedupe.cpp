// Duplicate records: two searches with known duplicates (dedupe-sweep). The label marks every member of a set of duplicates,
// so a record is found if we put it with any other. Split by title, so that duplicates stay together.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "accuracy.hpp"
#include "corpus_file.hpp"
#include "dossier/findings/duplicate_records.hpp"
#include "dossier/findings/plain_words.hpp"

namespace {

struct Labelled {
    std::vector<dossier::Article> articles;
    std::vector<bool> is_duplicate, is_aside;
    std::vector<std::string> lines;
};

std::vector<std::string> split(std::string const& line, char separator) {
    std::vector<std::string> cells(1);
    for (char const c : line) {
        if (c == separator)
            cells.emplace_back();
        else if (c != '\r')
            cells.back() += c;
    }
    return cells;
}

std::vector<std::string> authors_of(std::string const& cell) {
    std::vector<std::string> authors;
    for (auto& author : split(cell, ';'))
        if (auto const begin = author.find_first_not_of(' '); begin != std::string::npos)
            authors.push_back(author.substr(begin));
    return authors;
}

// The first words of a title: alike for records that are spelt differently further on.
std::string split_key(std::string const& title) {
    std::string key;
    auto const words = dossier::plain_words(title);
    for (std::size_t i = 0; i < words.size() && i < 3; ++i)
        key += words[i] + ' ';
    return key;
}

Labelled read(std::filesystem::path const& path) {
    Labelled labelled;
    std::istringstream text(accuracy::bytes_of(path));
    std::string line;
    std::getline(text, line);
    std::map<std::string, std::size_t> column;
    for (auto const& name : split(line, '\t'))
        column.emplace(name, column.size());
    while (std::getline(text, line)) {
        auto const cells = split(line, '\t');
        if (cells.size() < column.size()) continue;
        auto const cell = [&](char const* name) { return cells[column.at(name)]; };
        dossier::Article article;
        article.id = cell("rec");
        article.title.value = cell("title");
        article.citation.authors = authors_of(cell("authors"));
        article.citation.year = cell("year");
        article.citation.journal = cell("journal");
        article.citation.volume = cell("volume");
        article.citation.issue = cell("number");
        article.citation.pages = cell("pages");
        article.citation.doi = cell("doi");
        labelled.is_duplicate.push_back(cell("label") == "duplicate");
        labelled.is_aside.push_back(accuracy::is_kept_aside(split_key(cell("title"))));
        labelled.articles.push_back(std::move(article));
        labelled.lines.push_back(line);
    }
    return labelled;
}

std::vector<bool> found_in(Labelled const& labelled) {
    std::vector<dossier::Article const*> articles;
    for (auto const& article : labelled.articles)
        articles.push_back(&article);
    std::vector<bool> found(articles.size());
    for (auto const& match : dossier::find_duplicate_records(articles)) {
        found[match.a] = found[match.b] = true;
        if (std::getenv("DOSSIER_SHOW_MATCHES") != nullptr &&
            (!labelled.is_duplicate[match.a] || !labelled.is_duplicate[match.b]) && !labelled.is_aside[match.a])
            std::printf("wrongly matched, %d (%s)\n  %s\n  %s\n", match.score, match.fields.c_str(),
                        labelled.lines[match.a].c_str(), labelled.lines[match.b].c_str());
    }
    if (std::getenv("DOSSIER_SHOW_MATCHES") != nullptr)
        for (std::size_t i = 0; i < found.size(); ++i)
            if (labelled.is_duplicate[i] && !found[i] && !labelled.is_aside[i])
                std::printf("missed\n  %s\n", labelled.lines[i].c_str());
    return found;
}

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<accuracy::Figure> measure(std::filesystem::path const& corpora) {
    std::vector<accuracy::Figure> figures;
    for (std::string const name : {"tafenoquine", "copper"}) {
        auto const labelled = read(corpora / "references/dedupe" / ("dedupe_sweep_" + name + ".tsv"));
        auto const found = found_in(labelled);
        for (auto const part : {accuracy::Part::tuned, accuracy::Part::aside, accuracy::Part::all}) {
            std::size_t n_duplicates = 0, n_found = 0, n_unique = 0, n_left_alone = 0;
            for (std::size_t i = 0; i < found.size(); ++i) {
                bool const aside = labelled.is_aside[i];
                if (part != accuracy::Part::all && aside != (part == accuracy::Part::aside)) continue;
                auto& n = labelled.is_duplicate[i] ? n_duplicates : n_unique;
                ++n;
                n_found += labelled.is_duplicate[i] && found[i];
                n_left_alone += !labelled.is_duplicate[i] && !found[i];
            }
            auto const set = "references/dedupe " + name;
            bool const counts = part == accuracy::Part::all;
            figures.push_back(
                {set, "sensitivity per record", part, share(n_found, n_duplicates), 0.97, n_duplicates, counts, {}});
            figures.push_back(
                {set, "specificity per record", part, share(n_left_alone, n_unique), 0.99, n_unique, counts, {}});
        }
    }
    return figures;
}

accuracy::Registered const registered("sources", 90, measure);

}  // namespace
