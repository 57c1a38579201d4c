// Pages with segments that must be kept and segments that must go.
#include <nlohmann/json.hpp>

#include "accuracy.hpp"
#include "article_text.hpp"
#include "corpus_file.hpp"

namespace accuracy {
namespace {

struct Segments {
    std::size_t n_kept = 0, n_lost = 0, n_let_in = 0, n_dropped = 0;

    [[nodiscard]] std::size_t n() const noexcept { return n_kept + n_lost + n_let_in + n_dropped; }
    [[nodiscard]] double f() const noexcept {
        return 2.0 * static_cast<double>(n_kept) / static_cast<double>(2 * n_kept + n_lost + n_let_in);
    }
};

void count(Segments& segments, std::string const& text, nlohmann::json const& page) {
    auto const has = [&](nlohmann::json const& segment) {
        return text.find(words_in_line(segment.get<std::string>())) != std::string::npos;
    };
    for (auto const& segment : page.at("with"))
        ++(has(segment) ? segments.n_kept : segments.n_lost);
    for (auto const& segment : page.at("without"))
        ++(has(segment) ? segments.n_let_in : segments.n_dropped);
}

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    auto const folder = corpora / "text/html_trafilatura_en/open";
    auto const pages = nlohmann::json::parse(bytes_of(folder / "segments.json"));
    Segments kept[2], quotable[2];  // tuned on, kept aside
    for (auto const& [name, page] : pages.items()) {
        auto const article = read_page("page.html", bytes_of(folder / "html" / page.at("file").get<std::string>()));
        count(kept[is_kept_aside(name)], words_in_line(kept_text(article)), page);
        count(quotable[is_kept_aside(name)], words_in_line(article_text(article)), page);
    }
    std::vector<Figure> figures;
    char const* const set = "text/html_trafilatura_en";
    for (int i = 0; i < 2; ++i) {
        auto const part = i == 0 ? Part::tuned : Part::aside;
        figures.push_back({set, "segments, F", part, kept[i].f(), 0.92, kept[i].n(), true,
                           "all that is not furniture: the set wants titles, captions and code, too"});
        figures.push_back({set, "segments in paragraphs, F", part, quotable[i].f(), 0, quotable[i].n(), false,
                           "paragraphs of text and headings"});
    }
    return figures;
}

Registered const registered("sources", 11, measure);

}  // namespace
}  // namespace accuracy
