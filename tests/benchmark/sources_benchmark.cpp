// Reading, stage by stage: from a file on disk to a finished article. Made-up text of the usual size; "articles" is the rate.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "dossier/model/digest.hpp"
#include "dossier/model/text_sketch.hpp"
#include "dossier/sources/block_features.hpp"
#include "dossier/sources/document.hpp"
#include "dossier/sources/input.hpp"
#include "dossier/sources/language.hpp"
#include "dossier/sources/main_text.hpp"
#include "dossier/sources/proposals.hpp"
#include "dossier/sources/read_article.hpp"
#include "dossier/sources/sentences.hpp"
#include "dossier/sources/source_text.hpp"
#include "dossier/sources/title_in_text.hpp"

namespace {

using namespace dossier;
using namespace dossier::sources;

enum class Markup { text, html, markdown, journal };

// Sentences of the kinds that articles are made of; the numbers differ, so that no two paragraphs are the same.
std::string paragraph(int n) {
    auto const number = std::to_string(n);
    return "The trial followed " + number +
           " adults for two years, and none of them had lost the pain they came with. Dr. A. Varga, who led the work "
           "at "
           "the clinic in St. Olen, said that doses of 0." +
           number +
           " mg per kilogram were well tolerated (see Fig. 2). \"It may help some people,\" she added, \"but we "
           "do not know whom.\" Critics point out that the sample was small, i.e. fewer than " +
           number + " persons in each arm. What happens after the first year is not known.";
}

std::string article_in(Markup markup) {
    constexpr int n_paragraphs = 10;
    std::string body;
    for (int i = 0; i < n_paragraphs; ++i) {
        auto const text = paragraph(11 + i);
        if (markup == Markup::html) body += "<p>" + text + "</p>\n";
        if (markup == Markup::journal) body += "<p>" + text + "</p>";
        if (markup == Markup::text || markup == Markup::markdown) body += text + "\n\n";
    }
    constexpr auto title = "New compound eases pain in a small trial";
    switch (markup) {
        case Markup::text: return std::string(title) + "\n\nBy Ada Smith\n\n" + body;
        case Markup::markdown: return "# " + std::string(title) + "\n\nBy Ada Smith\n\n" + body;
        case Markup::html:
            return "<!doctype html><html><head><title>" + std::string(title) +
                   "</title></head><body><nav><a href=\"/\">Home</a></nav><article><h1>" + title + "</h1>" + body +
                   "</article></body></html>";
        case Markup::journal:
            return "<?xml version=\"1.0\"?><article xmlns:xlink=\"http://www.w3.org/1999/xlink\"><front><article-meta>"
                   "<title-group><article-title>" +
                   std::string(title) + "</article-title></title-group></article-meta></front><body><sec>" + body +
                   "</sec></body></article>";
    }
    return {};
}

std::string const& article_text() {
    static std::string const text = article_in(Markup::text);
    return text;
}

Article read(std::string const& bytes, char const* path) {
    Diagnostics diagnostics;
    return read_article("article", path, bytes, {}, diagnostics);
}

void count(benchmark::State& state, std::size_t bytes) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes));
    state.counters["articles"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void read_file(benchmark::State& state) {
    auto const path =
        std::filesystem::temp_directory_path() / ("dossier-benchmark-" + std::to_string(::getpid()) + ".txt");
    std::ofstream(path) << article_text();
    Diagnostics diagnostics;
    for (auto _ : state)
        for_each_input(
            "", path.string(), "article", {},
            [](ArticleInput&& input) {
                benchmark::DoNotOptimize(input.bytes.data());
                return true;
            },
            diagnostics);
    count(state, article_text().size());
    std::filesystem::remove(path);
}
BENCHMARK(read_file);

void digest(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(sha256_hex(article_text()));
    count(state, article_text().size());
}
BENCHMARK(digest);

void decode(benchmark::State& state) {
    for (auto _ : state) {
        SourceText const source(article_text(), "");
        benchmark::DoNotOptimize(source.text().data());
    }
    count(state, article_text().size());
}
BENCHMARK(decode);

void blocks(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(read_text(article_text()));
    count(state, article_text().size());
}
BENCHMARK(blocks);

void main_text(benchmark::State& state) {
    auto const document = read_text(article_text());
    for (auto _ : state) {
        auto features = features_of_blocks(document);
        auto const title = title_in_text(document, features);
        benchmark::DoNotOptimize(judge_blocks(document, features, Format::text, title));
    }
    count(state, article_text().size());
}
BENCHMARK(main_text);

void sentences(benchmark::State& state) {
    auto const document = read_text(article_text());
    for (auto _ : state)
        for (auto const& block : document.blocks)
            benchmark::DoNotOptimize(split_sentences(block.text.text()));
    count(state, article_text().size());
}
BENCHMARK(sentences);

void language(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(language_of({article_text()}));
    count(state, article_text().size());
}
BENCHMARK(language);

void proposals(benchmark::State& state) {
    auto const article = read(article_text(), "article.txt");
    for (auto _ : state) {
        auto proposed = article;
        propose(proposed, "");
        benchmark::DoNotOptimize(proposed);
    }
    count(state, article_text().size());
}
BENCHMARK(proposals);

void sketch(benchmark::State& state) {
    auto const article = read(article_text(), "article.txt");
    for (auto _ : state)
        benchmark::DoNotOptimize(sketch_of(article.sentences));
    count(state, article_text().size());
}
BENCHMARK(sketch);

// All of it, but for the file.
void whole_article(benchmark::State& state, Markup markup, char const* path) {
    auto const bytes = article_in(markup);
    for (auto _ : state)
        benchmark::DoNotOptimize(read(bytes, path));
    count(state, bytes.size());
}
BENCHMARK_CAPTURE(whole_article, text, Markup::text, "article.txt");
BENCHMARK_CAPTURE(whole_article, html, Markup::html, "article.html");
BENCHMARK_CAPTURE(whole_article, markdown, Markup::markdown, "article.md");
BENCHMARK_CAPTURE(whole_article, journal_xml, Markup::journal, "article.xml");

}  // namespace
