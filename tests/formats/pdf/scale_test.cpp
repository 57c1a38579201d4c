// Ten thousand pages in bounded time and memory. Takes a while: runs where DOSSIER_LONG=1.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "pdf_tools.hpp"
#include "sample_documents.hpp"

namespace {

using namespace dossier::test;
using dossier::Column;

/// Rows as short as those of most data: about 60 go on a page.
Document table_of_pages(std::size_t n_rows) {
    Document document;
    document.begin("Ten thousand pages").begin_section("rows");
    document.out().heading(1, "Rows", "rows");
    {
        auto table =
            document.out().table("One row per article and claim",
                                 {Column::text("article", "Article"), Column::text("claim", "Claim"),
                                  Column::stance("stance", "Stance"), Column::real("strength", "Strength", 2),
                                  Column::integer("mentions", "Mentions"), Column::text("condition", "Condition")});
        for (std::size_t i = 0; i < n_rows; ++i)
            table.row(numbered("article-", i), numbered("claim-", i % 17), samples::stances[i % 6],
                      static_cast<double>(i % 100) / 100.0, i % 9, i % 3 == 0 ? "permanent nights" : "rotating shifts");
    }
    document.end_section().end();
    return document;
}

double resident_mebibytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

TEST(PdfScale, WritesTenThousandTaggedPagesInAMinuteAndAGibibyte) {
    auto const* const wanted = std::getenv("DOSSIER_LONG");
    if (wanted == nullptr || std::string(wanted) != "1") GTEST_SKIP() << "set DOSSIER_LONG=1 to run it";
    FormatPlugin const plugin(FORMAT_PLUGIN);
    auto const document = table_of_pages(430'000);
    double const before = resident_mebibytes();
    auto const begin = std::chrono::steady_clock::now();
    auto const rendering = render(plugin, document);
    std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - begin;
    double const grown = resident_mebibytes() - before;
    ASSERT_EQ(rendering.status, DOSSIER_OK);
    auto const size = static_cast<double>(rendering.only_file().size()) / 1e6;
    PdfFile const file(rendering.only_file());
    auto const facts = file.run("pdfinfo");
    auto const at = facts.find("Pages:");
    ASSERT_NE(at, std::string::npos) << facts;
    auto const n_pages = std::strtoul(facts.c_str() + at + 6, nullptr, 10);
    std::printf("%lu pages, %.1f s, %.0f MiB more than the document itself, file of %.1f MB\n", n_pages,
                seconds.count(), grown, size);
    EXPECT_GE(n_pages, 10'000u);
    EXPECT_LT(seconds.count(), 60);
    EXPECT_LT(grown, 1024);
    if (!has_tool("qpdf")) return;
    EXPECT_NE(file.run("qpdf --check").find("No syntax or stream encoding errors"), std::string::npos);
}

}  // namespace
