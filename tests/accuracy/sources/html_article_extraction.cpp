// News pages whose article text is known: 4-gram shingles.
#include <nlohmann/json.hpp>

#include "accuracy.hpp"
#include "article_text.hpp"
#include "corpus_file.hpp"

namespace accuracy {
namespace {

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    auto const folder = corpora / "text/html_article_extraction/open";
    auto const truth = nlohmann::json::parse(bytes_of(folder / "ground-truth.json"));
    ShingleScore tuned, aside;
    for (auto const& [id, page] : truth.items()) {
        auto const article = read_page(id + ".html", bytes_of(folder / "html" / (id + ".html.gz")));
        (is_kept_aside(id) ? aside : tuned).add(article_text(article), page.at("articleBody").get<std::string>());
    }
    char const* const set = "text/html_article_extraction";
    char const* const metric = "main text, F1 of 4-gram shingles";
    char const* const note = "paragraphs of text and headings";
    return {{set, metric, Part::tuned, tuned.f1(), 0.955, tuned.n_pages, true, note},
            {set, metric, Part::aside, aside.f1(), 0.955, aside.n_pages, true, note}};
}

Registered const registered("sources", 10, measure);

}  // namespace
}  // namespace accuracy
