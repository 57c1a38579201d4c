// The JSON format: what was said, block by block and cell by cell, reads back by a reader that is not ours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "formats/hostile_texts.hpp"
#include "formats/json/json_documents.hpp"
#include "shared/clean_text.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using namespace dossier::test;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

dossier_verdict verdict_on(std::string_view claim_id) {
    dossier_verdict verdict{};
    verdict.size = sizeof verdict;
    verdict.claim_id = dossier::as_text(claim_id);
    verdict.statement = dossier::as_text("Ketamine is addictive.");
    verdict.direction = dossier::as_text("leans towards support"), verdict.agreement = dossier::as_text("medium");
    verdict.certainty = dossier::as_text("low certainty"), verdict.coverage = dossier::as_text("partial");
    verdict.n_articles = 9, verdict.n_clusters = 8;
    verdict.supports = 3, verdict.refutes = 1, verdict.mixed = 1, verdict.neutral = 1, verdict.silent = 2;
    verdict.direction_share = 0.75, verdict.agreement_value = std::numeric_limits<double>::quiet_NaN();
    verdict.coverage_share = 0.625, verdict.fragile = 1;
    return verdict;
}

// ---- The document

TEST(Json, BeginsWithItsSchemaAndTheDocument) {
    auto const document = read(everything());
    EXPECT_EQ(document.at("$schema"), "urn:dossier:schema:document:1");
    EXPECT_EQ(document.at("document"), (json{{"title", "Is ketamine addictive? A \"summary\" & more"},
                                             {"as_of", "2026-11-22"},
                                             {"language", "en"},
                                             {"generator", "Dossier 1.0.0"}}));
    EXPECT_FALSE(document.contains("views"));
    EXPECT_FALSE(document.contains("va_spec"));
    EXPECT_FALSE(document.contains("claim_reviews"));
}

TEST(Json, KeepsTheBlocksInTheirOrder) {
    std::vector<std::string> kinds;
    auto const document = read(everything());
    EXPECT_EQ(document.at("sections").at(0).at("report"), "everything");
    EXPECT_EQ(document.at("sections").at(0).at("anchor"), "everything");
    for (auto const& block : document.at("sections").at(0).at("blocks"))
        kinds.push_back(block.at("kind"));
    EXPECT_THAT(kinds,
                ElementsAre("heading", "paragraph", "paragraph", "callout", "callout", "callout", "heading", "list",
                            "list", "heading", "table", "chart", "page_break", "heading", "quote", "quote", "note"));
}

TEST(Json, CarriesHeadingsAndRunsWithTheirStyleAndLinks) {
    auto const document = read(everything());
    EXPECT_EQ(
        blocks_of(document, "heading").at(0),
        (json{{"kind", "heading"}, {"level", 1}, {"text", "Everything there is"}, {"anchor", "everything-there-is"}}));
    EXPECT_EQ(blocks_of(document, "paragraph").at(0).at("runs"),
              json::parse(R"~([{"text":"Plain, "},{"text":"emphasis","emphasis":true},{"text":", "},
                              {"text":"strong","strong":true},{"text":", "},{"text":"code","code":true},{"text":", "},
                              {"text":"both","emphasis":true,"strong":true},{"text":", "},
                              {"text":"a link inside","link":"#all-cells"},{"text":" and "},
                              {"text":"one outside","link":"https://example.org/a?b=c&d=(e)"
},{"text":"."}])~"));
}

TEST(Json, CarriesListsCalloutsAndNotes) {
    auto const document = read(everything());
    auto const lists = blocks_of(document, "list");
    EXPECT_EQ(lists.at(0).at("ordered"), false);
    EXPECT_EQ(lists.at(1).at("ordered"), true);
    EXPECT_EQ(
        lists.at(1).at("items"),
        json::parse(
            R"~([[{"kind":"paragraph","runs":[{"text":"one"}]}],[{"kind":"paragraph","runs":[{"text":"two"}]}]])~"));
    EXPECT_EQ(
        blocks_of(document, "callout").at(2),
        json::parse(
            R"~({"kind":"callout","tone":"failure","title":"A report failed","runs":[{"text":"The plugin crashed."}]})~"));
    EXPECT_EQ(blocks_of(document, "note").at(0),
              json::parse(R"~({"kind":"note","anchor":"note-1","runs":[{"text":"Sources are counted once; see "},
                              {"text":"the table","link":"#a-table"},{"text":"."}]})~"));
}

TEST(Json, CarriesQuotesWithTheirPlaceAndWhatStandsAround) {
    auto const quotes = blocks_of(read(everything()), "quote");
    EXPECT_EQ(quotes.at(0), json::parse(R"~({"kind":"quote","text":"It can be habit forming.","stance":"supports",
        "comment":"decided by: habit forming","anchor":"q-1","back":"#all-cells",
        "locator":{"article_id":"001","path":"articles/001 first.txt","byte_begin":1024,"byte_end":1048,"line":17,"page":3,
                   "url":"https://example.org/first"}})~"));
    EXPECT_EQ(quotes.at(1), json::parse(R"~({"kind":"quote","text":"No studies\nwere found.",
        "locator":{"article_id":"002","path":"articles/002.txt","byte_begin":5,"byte_end":27,"line":2}})~"));
    dossier_quote quote{};
    quote.size = sizeof quote, quote.locator.size = sizeof quote.locator;
    quote.text = dossier::as_text("It is."), quote.before = dossier::as_text("Is it?");
    quote.after = dossier::as_text("So they say.");
    auto const around =
        blocks_of(read(document_with([&](auto& out) { out.say(DOSSIER_QUOTE, &quote); })), "quote").at(0);
    EXPECT_EQ(around.at("before"), "Is it?");
    EXPECT_EQ(around.at("after"), "So they say.");
}

TEST(Json, WritesEachKindOfCellWithItsValueAndWhatPeopleAreShown) {
    auto const table = blocks_of(read(everything()), "table").at(0);
    EXPECT_EQ(table.at("anchor"), "all-cells");
    EXPECT_EQ(table.at("caption"), "All kinds of cells");
    EXPECT_EQ(table.at("columns").at(2), json::parse(R"~({"key":"effect","title":"Effect","kind":"real","decimals":2,
        "description":"an odds ratio; empty: none reported"})~"));
    EXPECT_EQ(table.at("columns").at(6), json::parse(R"~({"key":"stance","title":"Stance","kind":"stance"})~"));
    ASSERT_EQ(table.at("rows").size(), 3u);
    EXPECT_EQ(table.at("rows").at(0).at("cells"), json::parse(R"~({
        "claim":{"value":"ketamine is addictive"},"articles":{"value":3},
        "effect":{"value":0.3333333333333333,"shown":"0.33"},"share":{"value":0.375,"shown":"38 %"},
        "published":{"value":"2026-11"},"source":{"value":"Example","target":"https://example.org/x"},
        "stance":{"value":"supports","shown":"▲ supports","target":"#q-1"},
        "ci":{"value":{"low":0.25,"high":0.95},"shown":"0.25 to 0.95"},
        "quote":{"value":"It can be habit forming.","target":"#q-1","quote_number":0}})~"));
    EXPECT_EQ(table.at("rows").at(1).at("anchor"), "second-row");
    EXPECT_EQ(table.at("rows").at(1).at("cells").at("claim").at("value"), "=1+1 | \"pipes\", commas\nand lines");
    EXPECT_EQ(table.at("rows").at(1).at("cells").at("source"), (json{{"value", nullptr}}));
    EXPECT_EQ(table.at("rows").at(2).at("cells").at("claim"), (json{{"value", ""}}));
}

TEST(Json, SaysWhichColumnsHoldIds) {
    EXPECT_TRUE(json_format().component().carries & DOSSIER_CARRIES_KEYS);
    auto const document = document_with([](auto& out) {
        out.table("t", {Column::text("claim", "Claim"), Column::id("claim_id", "Claim id")}, "t")
            .row("Tea is safe.", "tea-safe");
    });
    auto const table = blocks_of(read(document), "table").at(0);
    EXPECT_EQ(table.at("columns"), json::parse(R"~([{"key":"claim","title":"Claim","kind":"text"},
        {"key":"claim_id","title":"Claim id","kind":"text","role":"key"}])~"));
    EXPECT_EQ(table.at("rows").at(0).at("cells").at("claim_id"), (json{{"value", "tea-safe"}}));
}

TEST(Json, QuotesInCellsKeepTheirNumber) {
    auto const document = document_with([](auto& out) {
        out.table("t", {Column::quote("q", "Q")}, "t").row(Cell::quote("It is.", (std::int64_t{7} << 24) + 3));
    });
    EXPECT_EQ(blocks_of(read(document), "table").at(0).at("rows").at(0).at("cells").at("q").at("quote_number"),
              (std::int64_t{7} << 24) + 3);
}

TEST(Json, LeavesOutWhatPeopleAreShownWhenAsked) {
    auto settings = without_views();
    settings.options["shown"] = false;
    EXPECT_THAT(written(everything(), settings), Not(HasSubstr("\"shown\"")));
}

TEST(Json, CarriesTheFourPartsOfEachVerdict) {
    Document document;
    document.begin("A question", "2026-11-22", {verdict_on("first"), verdict_on("second")}).end();
    auto const read_back = read(document);
    ASSERT_EQ(read_back.at("verdicts").size(), 2u);
    EXPECT_EQ(read_back.at("verdicts").at(0), json::parse(R"~({"claim_id":"first","statement":"Ketamine is addictive.",
        "direction":{"word":"leans towards support","share":0.75},"agreement":{"word":"medium","value":null},
        "certainty":{"word":"low certainty"},"coverage":{"word":"partial","share":0.625},"n_articles":9,"n_clusters":8,
        "stances":{"supports":3,"refutes":1,"mixed":1,"neutral":1,"silent":2,"not_assessable":0},"fragile":true})~"));
    EXPECT_EQ(read_back.at("verdicts").at(1).at("claim_id"), "second");
    EXPECT_EQ(read(everything()).at("verdicts"), json::array());
}

// ---- Charts

json chart_read(dossier::Chart const& chart) {
    return blocks_of(read(document_with([&](auto& out) { out.chart(chart); })), "chart").at(0);
}

TEST(Json, WritesChartValuesByCategoryThenSeries) {
    auto const chart = blocks_of(read(everything()), "chart").at(0);
    EXPECT_EQ(chart.at("chart"), "stacked_bar");
    EXPECT_EQ(chart.at("categories"), json({"first claim", "second claim"}));
    EXPECT_EQ(chart.at("series"), json({"supports", "refutes"}));
    EXPECT_EQ(chart.at("values"), json::parse("[[2.0,0.0],[null,1.0]]"));
    EXPECT_EQ(chart.at("scale"), "linear");
    EXPECT_FALSE(chart.contains("reference"));
}

TEST(Json, WritesForestPlotsWithIntervalsWeightsAndMarks) {
    auto chart = chart_of(DOSSIER_CHART_FOREST);
    chart.categories = {"a study", "pooled"}, chart.series = {"Odds ratio"};
    chart.values = {1.5, 1.1, 2.0, 1.25, std::numeric_limits<double>::quiet_NaN(), 1.75};
    chart.weights = {40.0, std::numeric_limits<double>::quiet_NaN()};
    chart.marks = {0, DOSSIER_MARK_POOLED | DOSSIER_MARK_PREDICTION};
    chart.scale = DOSSIER_SCALE_LOGARITHMIC, chart.reference = 1.0;
    chart.category_title = "Study", chart.value_title = "Odds ratio";
    EXPECT_EQ(chart_read(chart),
              json::parse(R"~({"kind":"chart","chart":"forest","title":"Title","alternative":"In words.",
        "anchor":"chart","category_title":"Study","value_title":"Odds ratio","scale":"logarithmic","reference":1.0,
        "categories":["a study","pooled"],"series":["Odds ratio"],
        "values":[[{"estimate":1.5,"low":1.1,"high":2.0}],[{"estimate":1.25,"low":null,"high":1.75}]],
        "weights":[[40.0],[null]],"marks":[[],["pooled","prediction"]]})~"));
}

TEST(Json, NamesEveryKindOfChartAndOfAKindOfTheFutureWritesTheWords) {
    std::vector<std::string> names;
    for (std::uint32_t kind = DOSSIER_CHART_STACKED_BAR; kind <= DOSSIER_CHART_LINE + 1; ++kind) {
        auto chart = chart_of(kind);
        chart.categories = {"c"}, chart.series = {"s"}, chart.values = {1.0, 1.0, 1.0};
        auto const said = chart_read(chart);
        names.push_back(said.at("chart"));
        EXPECT_EQ(said.contains("values"), kind <= DOSSIER_CHART_LINE);
    }
    EXPECT_THAT(names, ElementsAre("stacked_bar", "interval", "diverging_bar", "effect_direction", "harvest", "forest",
                                   "bubble", "line", "unknown"));
}

TEST(Json, EveryFieldOfEveryBlockIsEscaped) {
    std::string const evil = "\"</script>\x01\u202E\\";
    Document document;
    auto verdict = verdict_on("claim");
    verdict.statement = verdict.direction = verdict.agreement = verdict.certainty = verdict.coverage =
        dossier::as_text(evil);
    document.begin(evil, "2026-11-22", {verdict}).begin_section("report");
    auto& out = document.out();
    out.heading(1, evil), out.paragraph(dossier::link(evil, evil)), out.note(evil), out.callout(0, evil, evil);
    out.table(evil, {Column::text("a", evil, evil), Column::link("b", evil), Column::stance("c", evil)}, "t")
        .row(evil, Cell(evil).to(evil), evil);
    dossier::Quoted quoted;
    quoted.text = quoted.article_id = quoted.path = quoted.url = quoted.comment = quoted.stance = quoted.back = evil;
    out.quote(quoted);
    auto chart = chart_of(DOSSIER_CHART_LINE);
    chart.title = chart.alternative = chart.category_title = chart.value_title = evil;
    chart.categories = chart.series = {evil}, chart.values = {1.0};
    out.chart(chart);
    document.end_section().end();
    auto settings = without_views();
    settings.options["claim_review"] = true;
    settings.options["claim_review_author"] = evil;
    settings.options["claim_review_url"] = evil;
    auto const text = written(document, settings);
    EXPECT_THAT(text, Not(HasSubstr("</script>")));
    EXPECT_EQ(dossier::formats::clean_text(text), text);
    std::size_t n_evil = 0;
    std::function<void(json const&)> const look = [&](json const& part) {
        if (part.is_string() && part == evil) ++n_evil;
        if (part.is_structured())
            for (auto const& inner : part)
                look(inner);
    };
    look(json::parse(text));
    EXPECT_EQ(n_evil, 43u);
}

// ---- Options and layout

Document one_column_of(std::vector<std::string> const& texts) {
    return document_with([&](auto& out) {
        auto table = out.table("Texts", {Column::text("text", "Text")}, "texts");
        for (auto const& text : texts)
            table.row(text);
    });
}

TEST(Json, WritesALineForEachBlockAndRow) {
    auto const text = written(one_column_of({"one", "two"}));
    EXPECT_THAT(
        text,
        HasSubstr("\n{\"cells\":{\"text\":{\"value\":\"one\"}}},\n{\"cells\":{\"text\":{\"value\":\"two\"}}}\n]"));
    EXPECT_EQ(text.back(), '\n');
}

TEST(Json, PrettyIsTheSameDocumentIndented) {
    auto settings = without_views();
    settings.options["pretty"] = true;
    auto text = written(everything(), settings);
    EXPECT_EQ(json::parse(text), read(everything()));
    auto const indented = nlohmann::ordered_json::parse(text).dump(2) + "\n";
    for (auto at = text.find("\\u003c"); at != std::string::npos; at = text.find("\\u003c"))
        text.replace(at, 6, "<");  // the other writer does not escape it
    EXPECT_EQ(text, indented);
}

TEST(Json, RefusesAViewThatThereIsNot) {
    RenderSettings settings;
    settings.options["views"] = std::string("claims, opinions");
    auto const rendering = render(json_format(), everything(), settings);
    EXPECT_EQ(rendering.status, DOSSIER_BAD_OPTION);
    EXPECT_THAT(rendering.errors,
                ElementsAre(HasSubstr("no view `opinions`; it has all, none, or any of run, articles")));
}

TEST(Json, ReviewsOfClaimsKeepTheFourPartsApart) {
    auto settings = without_views();
    settings.options["claim_review"] = true;
    Document document;
    document.begin("A question", "2026-11-22", {verdict_on("first")}).end();
    auto const review = read(document, settings).at("claim_reviews").at(0);
    EXPECT_EQ(review.at("@type"), "ClaimReview");
    EXPECT_EQ(review.at("claimReviewed"), "Ketamine is addictive.");
    EXPECT_EQ(review.at("datePublished"), "2026-11-22");
    EXPECT_EQ(review.at("itemReviewed"),
              json::parse(R"~({"@type":"Claim","identifier":"first","text":"Ketamine is addictive."})~"));
    EXPECT_EQ(review.at("author"), json::parse(R"~({"@type":"SoftwareApplication","name":"Dossier 1.0.0"})~"));
    std::vector<std::string> aspects, words;
    for (auto const& rating : review.at("reviewRating")) {
        aspects.push_back(rating.at("reviewAspect")), words.push_back(rating.at("alternateName"));
        EXPECT_FALSE(rating.contains("ratingValue"));
    }
    EXPECT_THAT(aspects, ElementsAre("direction", "agreement", "certainty", "coverage"));
    EXPECT_THAT(words, ElementsAre("leans towards support", "medium", "low certainty", "partial"));
    EXPECT_EQ(
        review.at("reviewRating").at(0).at("ratingExplanation"),
        "Of 8 independent sources 3 support it, 1 refutes it, 1 says both, 1 takes no side, 2 say nothing, 0 could not "
        "be "
        "assessed. Supporting share of those that take a side: 0.75. Leaving out one source gives another verdict.");
    settings.options["claim_review_author"] = std::string("The Institute");
    settings.options["claim_review_url"] = std::string("https://example.org/review");
    auto const published = read(document, settings).at("claim_reviews").at(0);
    EXPECT_EQ(published.at("author"), json::parse(R"~({"@type":"Organization","name":"The Institute"})~"));
    EXPECT_EQ(published.at("url"), "https://example.org/review");
}

/// "true", "all": a default as the page writes it.
std::string default_of(dossier_option const& option) {
    if (option.type == DOSSIER_BOOLEAN) return option.default_value.boolean != 0 ? "true" : "false";
    return std::string(dossier::view(option.default_value.text));
}

TEST(Json, ThePageTellsEveryOption) {
    auto const page = file_text(std::filesystem::path(DOSSIER_SOURCE_DIR) / "docs/formats/json.md");
    auto const& component = json_format().component();
    ASSERT_EQ(component.n_options, 7u);
    for (std::size_t i = 0; i < component.n_options; ++i) {
        auto const fallback = default_of(component.options[i]);
        EXPECT_THAT(page, HasSubstr("| `" + std::string(dossier::view(component.options[i].key)) + "` | " +
                                    (fallback.empty() ? "none" : "`" + fallback + "`") + " |"));
    }
}

// ---- Streams

TEST(Json, SameBytesHoweverTheBlocksAreCut) {
    auto settings = without_views();
    auto const reference = written(everything());
    settings.batch = 0;
    EXPECT_EQ(written(everything(), settings), reference);
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        settings.random_batches = seed;
        EXPECT_EQ(written(everything(), settings), reference) << seed;
    }
}

TEST(Json, StructsOfANewerHostChangeNothing) {
    auto settings = without_views();
    settings.extra = 24;
    EXPECT_EQ(written(everything(), settings), written(everything()));
}

TEST(Json, UnknownBlocksAreSkippedAndUnknownCellsAreNull) {
    Document document;
    document.begin();
    document.say(999, nullptr);
    document.begin_section("report");
    document.say(4711, nullptr);
    dossier_column const column{sizeof column, dossier::as_text("x"), {}, 77, 0, {}, 0, 0};
    dossier_table const table{sizeof table, {}, dossier::as_text("t"), &column, 1};
    dossier_cell cell{};
    cell.kind = 77;
    dossier_row const row{sizeof row, &cell, 1, {}};
    document.say(DOSSIER_TABLE_BEGIN, &table).say(DOSSIER_ROW, &row).say(DOSSIER_TABLE_END, nullptr);
    document.end_section().end();
    auto const said = blocks_of(read(document), "table");
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said.at(0).at("columns").at(0).at("kind"), "unknown");
    EXPECT_EQ(said.at(0).at("rows").at(0).at("cells").at("x"), (json{{"value", nullptr}}));
}

TEST(Json, AFailedWriteEndsTheWork) {
    std::vector<std::string> const many(20000, "some text, so that the buffer is flushed more than once");
    auto const document = one_column_of(many);
    auto settings = without_views();
    auto const n_writes = render(json_format(), document, settings).n_writes;
    ASSERT_GT(n_writes, 10u);
    for (std::uint64_t nth = 1; nth <= n_writes; ++nth) {
        settings.fail_write_at = nth;
        auto const rendering = render(json_format(), document, settings);
        EXPECT_EQ(rendering.status, DOSSIER_NO_OUTPUT);
        EXPECT_EQ(rendering.n_writes, nth);
        EXPECT_THAT(rendering.misuse, IsEmpty());
        EXPECT_THAT(rendering.errors, IsEmpty());  // the host knows why it took no more
    }
}

TEST(Json, ARefusedQueryIsAFailure) {
    EXPECT_EQ(render(json_format(), everything()).status, DOSSIER_BAD_QUERY);
}

}  // namespace
