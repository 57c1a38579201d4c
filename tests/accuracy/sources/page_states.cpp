// False alarms: English pages known to hold an article that are called not assessable, or cut off.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "accuracy.hpp"
#include "corpus_file.hpp"
#include "dossier/sources/read_article.hpp"

namespace accuracy {
namespace {

namespace fs = std::filesystem;

struct Tally {
    std::size_t n = 0, not_assessable = 0, cut_off = 0;
};

void add(Tally& tally, std::string const& name, std::string const& path, std::string const& bytes, bool aside) {
    dossier::Diagnostics diagnostics;
    auto const article = dossier::read_article("a", path, bytes, {}, diagnostics);
    if (!article.language.empty() && article.language != "en") return;  // rightly not assessable
    bool const unusable = article.status == dossier::ArticleStatus::not_assessable;
    ++tally.n;
    tally.not_assessable += unusable;
    tally.cut_off += !unusable && article.truncated;
    if ((unusable || article.truncated) && !aside && std::getenv("DOSSIER_ACCURACY_DETAILS") != nullptr)
        std::printf("  %s: %s\n", name.c_str(), article.status_reason.c_str());
}

void report(std::string const& set, std::array<Tally, 2> const& tallies, std::vector<Figure>& figures) {
    for (bool const aside : {false, true}) {
        auto const& [n, not_assessable, cut_off] = tallies[aside];
        if (n == 0) continue;
        auto const share = [n = n](std::size_t wrong) {
            return 1.0 - static_cast<double>(wrong) / static_cast<double>(n);
        };
        auto const part = aside ? Part::aside : Part::tuned;
        figures.push_back({set, "articles not called unusable", part, share(not_assessable), 0.95, n, true,
                           std::to_string(not_assessable) + " were"});
        figures.push_back({set, "articles not called cut off", part, share(cut_off), 0.95, n, true,
                           std::to_string(cut_off) + " were"});
    }
}

std::vector<Figure> measure(fs::path const& corpora) {
    std::vector<Figure> figures;
    for (auto const* set : {"text/html_article_extraction", "text/html_trafilatura_en"}) {
        std::array<Tally, 2> tallies;
        std::vector<fs::path> paths;
        for (auto const& entry : fs::recursive_directory_iterator(corpora / set / "open" / "html"))
            if (entry.is_regular_file()) paths.push_back(entry.path());
        std::sort(paths.begin(), paths.end());
        for (auto const& path : paths) {
            auto const name = path.filename().string();
            bool const aside = is_kept_aside(name.substr(0, name.find('.')));
            add(tallies[aside], name, "page.html", bytes_of(path), aside);
        }
        report(set, tallies, figures);
    }
    std::array<Tally, 2> tallies;
    for_each_member(corpora / "text" / "html_readability" / "open.tar.xz",
                    [&](std::string const& path, std::string&& bytes) {
                        if (!path.ends_with("source.html")) return;
                        auto const folder = fs::path(path).parent_path().filename().string();
                        bool const aside = is_kept_aside(folder);
                        add(tallies[aside], folder, "page.html", bytes, aside);
                    });
    report("text/html_readability", tallies, figures);
    return figures;
}

Registered const registered("sources", 85, measure);

}  // namespace
}  // namespace accuracy
