// Charts as a browser sets them: words stay within the drawing and off each other.
#include <gtest/gtest.h>

#include <unistd.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "drawn_charts.hpp"
#include "shared/charts/svg.hpp"

namespace {

using namespace dossier::test;
using dossier::Chart;
namespace fs = std::filesystem;

/// Replaces the page by what is wrong with it, a line each.
constexpr char const* find_faults = R"(<script>
addEventListener('load', () => {
    const faults = [];
    for (const svg of document.querySelectorAll('svg')) {
        const whole = svg.viewBox.baseVal;
        const texts = [...svg.querySelectorAll('text')].map(text => ({words: text.textContent.slice(0, 40), box: text.getBBox()}));
        if (texts.length === 0) faults.push('no words in ' + svg.id);
        texts.forEach(({words, box}, i) => {
            if (box.x < -0.5 || box.x + box.width > whole.width + 0.5 || box.y + box.height > whole.height + 1)
                faults.push('outside: ' + words);
            for (const other of texts.slice(i + 1)) {
                const across = Math.min(box.x + box.width, other.box.x + other.box.width) - Math.max(box.x, other.box.x);
                const down = Math.min(box.y + box.height, other.box.y + other.box.height) - Math.max(box.y, other.box.y);
                if (across > 0.5 && down > 3.5) faults.push('on each other: ' + words + ' and ' + other.words);
            }
        });
    }
    document.body.textContent = 'faults of ' + document.querySelectorAll('svg').length + ':' + faults.join('; ') + ':end';
});
</script>)";

std::string dom_of(std::string const& html) {
    auto folder = (fs::temp_directory_path() / "dossier-charts-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
    std::ofstream(folder + "/page.html") << html;
    auto const command = "timeout 100 chromium --headless --no-sandbox --disable-gpu --user-data-dir=" + folder +
                         "/profile --dump-dom file://" + folder + "/page.html 2>/dev/null";
    std::string dom;
    if (auto* const pipe = ::popen(command.c_str(), "r")) {
        char buffer[4096];
        for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
            dom.append(buffer, n);
        ::pclose(pipe);
    }
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    return dom;
}

Chart with_odd_names(std::uint32_t kind) {
    auto chart = charts::chart_of(kind, "Odd names", "Words");
    chart.categories = {"<script>alert(1)</script> & \"quotes\" in a name that is long enough to break",
                        "UPPER CASE WORDS ARE WIDER THAN OTHERS MMMM",
                        std::string(300, 'W'),
                        "שלום עולם וגם מילים ארוכות",
                        "日本語の文章はどこでも改行できるはずですから二行になる",
                        "हिन्दी में लिखा हुआ दावा",
                        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"};
    std::size_t const n_series = kind == DOSSIER_CHART_FOREST ? 1 : 7;
    for (std::size_t i = 0; i < n_series; ++i)
        chart.series.push_back(chart.categories[(i + 3) % 7]);
    bool const has_intervals = kind == DOSSIER_CHART_FOREST || kind == DOSSIER_CHART_INTERVAL;
    for (std::size_t i = 0; i < chart.categories.size() * n_series * (has_intervals ? 3 : 1); ++i) {
        auto const spread = static_cast<double>(i * 7 % 11);
        double const end = i % 3 == 0 ? 1 : i % 3 == 1 ? 0.5 : 1.5;
        chart.values.push_back(kind == DOSSIER_CHART_EFFECT_DIRECTION ? static_cast<double>(i % 3) - 1
                               : has_intervals                        ? end * (1 + spread / 11)
                                                                      : spread);
    }
    chart.category_title = "Category title", chart.value_title = "Values, and what they mean";
    return chart;
}

TEST(SvgChart, KeepsItsWordsInsideAndOffEachOtherInABrowser) {
    if (std::system("command -v chromium > /dev/null") != 0)
        GTEST_SKIP() << "the program chromium is not installed; scripts/setup installs it";
    auto shown = charts::one_of_each();
    shown.push_back(charts::diverging_scale());
    for (std::uint32_t kind = DOSSIER_CHART_STACKED_BAR; kind <= DOSSIER_CHART_LINE; ++kind)
        shown.push_back(with_odd_names(kind));
    std::string page = "<!doctype html><meta charset=utf-8><style>" + dossier::charts::svg_rules() + "</style>";
    for (std::size_t i = 0; i < shown.size(); ++i)
        page += dossier::charts::svg_of(kept(shown[i]), "c" + std::to_string(i));
    auto const dom = dom_of(page + find_faults);
    EXPECT_NE(dom.find("faults of 17::end"), std::string::npos) << dom.substr(0, 3000);
}

}  // namespace
