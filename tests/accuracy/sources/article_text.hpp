// What an article's main text is compared by: 4-gram shingles of words, and folded text for segments.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/sources/read_article.hpp"

namespace accuracy {

/// The text of an article as an analyst would mark it: paragraphs that hold a statement, a list item, a quotation or a
/// question, whole, and the headings between them. Titles, captions, bylines and labels are left out.
inline std::string article_text(dossier::Article const& article) {
    using dossier::SentenceRole;
    std::set<std::size_t> of_text;
    for (auto const& sentence : article.sentences)
        if (may_be_quoted(sentence.role) || sentence.role == SentenceRole::question) of_text.insert(sentence.paragraph);
    std::string text;
    for (auto const& sentence : article.sentences) {
        bool const in_text = sentence.role != SentenceRole::boilerplate && of_text.contains(sentence.paragraph);
        if (in_text || sentence.role == SentenceRole::heading) text += sentence.text + '\n';
    }
    return text;
}

/// All that is not furniture: with title, captions, bylines and labels.
inline std::string kept_text(dossier::Article const& article) {
    std::string text;
    for (auto const& sentence : article.sentences)
        if (sentence.role != dossier::SentenceRole::boilerplate) text += sentence.text + '\n';
    return text;
}

/// Reads a page as a file on its own.
inline dossier::Article read_page(std::string const& path, std::string_view bytes) {
    dossier::Diagnostics diagnostics;
    return dossier::read_article("page", path, bytes, {}, diagnostics);
}

/// Runs of letters, digits, underscores and bytes beyond ASCII.
inline std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    auto const end_word = [&] {
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    };
    for (char const c : text) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80)
            word += c;
        else
            end_word();
    }
    end_word();
    return words;
}

/// Words joined by single spaces: whether one text holds another, whatever stands between words. The last word may be
/// the begin of one.
inline std::string words_in_line(std::string_view text) {
    std::string line;
    for (auto const& word : words_of(text))
        line += (line.empty() ? "" : " ") + word;
    return line;
}

using Shingles = std::map<std::string, std::size_t>;

inline Shingles shingles_of(std::string_view text) {
    auto const words = words_of(text);
    Shingles shingles;
    for (std::size_t i = 0; i + 4 <= words.size(); ++i)
        ++shingles[words[i] + ' ' + words[i + 1] + ' ' + words[i + 2] + ' ' + words[i + 3]];
    return shingles;
}

/// The metric of the article extraction benchmark: precision and recall of shingles averaged over pages, F1 of the means.
struct ShingleScore {
    struct Page {
        double precision = 0.0, recall = 0.0;
    };
    double precision_sum = 0.0, recall_sum = 0.0;
    std::size_t n_pages = 0;

    Page add(std::string_view found, std::string_view wanted) {
        auto const a = shingles_of(found), b = shingles_of(wanted);
        double hits = 0, n_found = 0, n_wanted = 0;
        for (auto const& [shingle, n] : a) {
            n_found += static_cast<double>(n);
            if (auto const other = b.find(shingle); other != b.end())
                hits += static_cast<double>(std::min(n, other->second));
        }
        for (auto const& [shingle, n] : b)
            n_wanted += static_cast<double>(n);
        Page const page{n_found > 0 ? hits / n_found : n_wanted > 0 ? 0.0 : 1.0, n_wanted > 0 ? hits / n_wanted : 1.0};
        precision_sum += page.precision;
        recall_sum += page.recall;
        ++n_pages;
        return page;
    }

    [[nodiscard]] double f1() const {
        return precision_sum + recall_sum > 0
                   ? 2 * precision_sum * recall_sum / (precision_sum + recall_sum) / static_cast<double>(n_pages)
                   : 0.0;
    }
};

}  // namespace accuracy
