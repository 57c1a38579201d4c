// Mozilla Readability's test pages: titles, bylines and main text against its own output.
#include <nlohmann/json.hpp>

#include "accuracy.hpp"
#include "article_text.hpp"
#include "corpus_file.hpp"
#include "dossier/sources/unicode.hpp"

namespace accuracy {
namespace {

using dossier::sources::comparable;

struct Page {
    std::string source, text, metadata;
};

struct Share {
    std::size_t n = 0, n_right = 0;

    void add(bool right) noexcept {
        ++n;
        n_right += right;
    }
    [[nodiscard]] friend Share operator+(Share a, Share b) noexcept { return {a.n + b.n, a.n_right + b.n_right}; }
    [[nodiscard]] double value() const noexcept { return static_cast<double>(n_right) / static_cast<double>(n); }
};

// Tags of well-formed HTML left out.
std::string without_tags(std::string_view html) {
    std::string text;
    bool in_tag = false;
    for (char const c : html) {
        if (c == '<') text += ' ';
        in_tag = c == '<' || (in_tag && c != '>');
        if (!in_tag && c != '>') text += c;
    }
    return text;
}

// Readability leaves a site's name behind most titles; here it is left out.
bool is_title(std::string const& wanted, std::string const& found) {
    if (wanted == found) return true;
    if (found.empty() || !wanted.starts_with(found)) return false;
    auto const rest = std::string_view(wanted).substr(found.size());
    return rest.starts_with(" | ") || rest.starts_with(" - ") || rest.starts_with(" :: ") ||
           rest.starts_with(" \u2013 ");
}

// Readability's byline is all the text of its element: "By Ada Smith, 3 March". The name is what counts.
bool is_byline(std::string wanted, std::string const& found) {
    for (std::string_view const start : {"by ", "by: ", "par ", "written by ", "posted by ", "author: "})
        if (wanted.starts_with(start)) wanted.erase(0, start.size());
    return wanted == found || (found.find(' ') != std::string::npos && wanted.starts_with(found));
}

std::string stated(nlohmann::json const& metadata, char const* key) {
    auto const found = metadata.find(key);
    return found != metadata.end() && found->is_string() ? comparable(found->get<std::string>()) : std::string();
}

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    std::map<std::string, Page> pages;
    for_each_member(corpora / "text/html_readability/open.tar.xz", [&](std::string const& path, std::string&& bytes) {
        auto const slash = path.find('/');
        auto& page = pages[path.substr(0, slash)];
        auto const file = path.substr(slash + 1);
        (file == "source.html" ? page.source : file == "expected.html" ? page.text : page.metadata) = std::move(bytes);
    });
    Share titles[2], bylines[2];  // tuned on, kept aside
    ShingleScore text[2];
    for (auto const& [name, page] : pages) {
        bool const aside = is_kept_aside(name);
        auto const article = read_page("source.html", page.source);
        auto const metadata = nlohmann::json::parse(page.metadata);
        if (auto const title = stated(metadata, "title"); !title.empty())
            titles[aside].add(is_title(title, comparable(article.title.value)));
        if (auto const byline = stated(metadata, "byline"); !byline.empty())
            bylines[aside].add(is_byline(byline, comparable(article.author.value)));
        text[aside].add(article_text(article), without_tags(page.text));
    }
    std::vector<Figure> figures;
    char const* const set = "text/html_readability";
    // The target is the whole set's: the part kept aside names nine titles and six authors.
    auto const add = [&](char const* metric, Part part, Share const& share, double target, std::string note) {
        bool const counts = part == Part::all;
        if (!counts && share.value() < target) note += "; alone it is below the target of the set";
        figures.push_back({set, metric, part, share.value(), target, share.n, counts, std::move(note)});
    };
    auto const add_metadata = [&](Part part, Share const& title, Share const& byline) {
        add("titles", part, title, 0.90, "case and white space folded, a site's name behind it aside");
        add("bylines", part, byline, 0.75, "the wanted text, \"By\" aside, is the name or begins with it");
    };
    add_metadata(Part::all, titles[0] + titles[1], bylines[0] + bylines[1]);
    for (int i = 0; i < 2; ++i) {
        auto const part = i == 0 ? Part::tuned : Part::aside;
        add_metadata(part, titles[i], bylines[i]);
        figures.push_back({set, "main text, F1 of 4-gram shingles", part, text[i].f1(), 0, text[i].n_pages, false,
                           "against Readability's own output"});
    }
    return figures;
}

Registered const registered("sources", 12, measure);

}  // namespace
}  // namespace accuracy
