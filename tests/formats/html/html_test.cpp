#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <set>
#include <string>
#include <vector>

#include "formats/hostile_texts.hpp"
#include "formats/web_addresses.hpp"
#include "html/facets.hpp"
#include "html/markup.hpp"
#include "html/policy_hash.hpp"
#include "page_reader.hpp"
#include "sample_document.hpp"
#include "shared/clean_text.hpp"
#include "support/format_harness.hpp"

namespace {

using namespace dossier;
using namespace dossier::test;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

FormatPlugin const& plugin() {
    static FormatPlugin const loaded(FORMAT_PLUGIN);
    return loaded;
}

Rendering rendered(Document const& document, RenderSettings const& settings = {}) {
    auto rendering = render(plugin(), document, settings);
    EXPECT_EQ(rendering.status, DOSSIER_OK);
    EXPECT_THAT(rendering.errors, IsEmpty());
    EXPECT_THAT(rendering.misuse, IsEmpty());
    return rendering;
}
Page page_of(Document const& document, RenderSettings const& settings = {}) {
    return Page(rendered(document, settings).only_file());
}

/// What the format makes of a text: cleaned, line breaks as "\n".
std::string as_shown(std::string_view text) {
    auto const clean = formats::clean_text(text);
    std::string shown;
    for (std::size_t i = 0; i < clean.size(); ++i) {
        if (clean[i] == '\r') {
            if (i + 1 == clean.size() || clean[i + 1] != '\n') shown += '\n';
        } else if (clean.compare(i, 3, "\xEF\xBF\xBE") == 0 || clean.compare(i, 3, "\xEF\xBF\xBF") == 0) {
            shown += formats::replacement_character;
            i += 2;
        } else {
            shown += clean[i];
        }
    }
    return shown;
}
std::string trimmed_text(std::string const& text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// ---- The policy ---------------------------------------------------------------------------------------------------

// FIPS 180-2, appendix B.1 and B.2 (in base64), and the empty text.
TEST(PolicyHash, EqualsPublishedDigests) {
    EXPECT_EQ(html::policy_hash("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    EXPECT_EQ(html::policy_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "sha256-JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=");
    EXPECT_EQ(html::policy_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST(Html, AllowsItsOwnStyleAndScriptAndNothingElse) {
    auto const page = page_of(sample_document());
    auto const policy = page.one("//meta[@http-equiv='Content-Security-Policy']/@content");
    EXPECT_EQ(policy, "default-src 'none'; style-src '" +
                          html::policy_hash(between(page.html(), "<style>", "</style>")) + "'; script-src '" +
                          html::policy_hash(between(page.html(), "<script>", "</script>")) +
                          "'; base-uri 'none'; form-action 'none'");
}

TEST(Html, HasNoScriptWhereNoneIsWanted) {
    RenderSettings settings;
    settings.options["scripts"] = false;
    auto const page = page_of(sample_document(), settings);
    EXPECT_THAT(page.html(), Not(HasSubstr("<script")));
    EXPECT_THAT(page.one("//meta[@http-equiv='Content-Security-Policy']/@content"), Not(HasSubstr("script-src")));
    EXPECT_EQ(page.count("//form"), 0u);
    EXPECT_EQ(page.count("//@data-value | //@data-claim | //@data-source"), 0u);
}

TEST(Html, LoadsNothingAndRunsNothingOfTheDocument) {
    for (auto const& document : {everything(), sample_document()}) {
        auto const page = page_of(document);
        EXPECT_EQ(page.count("//@style"), 0u);
        EXPECT_EQ(page.count("//@*[starts-with(name(), 'on')]"), 0u);
        EXPECT_EQ(page.count("//@src | //@srcset | //link | //iframe | //object | //img | //base"), 0u);
        EXPECT_THAT(between(page.html(), "<style>", "</style>"), Not(HasSubstr("url(")));
        EXPECT_THAT(between(page.html(), "<style>", "</style>"), Not(HasSubstr("@import")));
        for (auto const& link : page.all("//a/@href"))
            EXPECT_TRUE(link.front() == '#' || link.rfind("https://", 0) == 0 || link.rfind("http://", 0) == 0 ||
                        link.rfind("mailto:", 0) == 0)
                << link;
        EXPECT_EQ(page.count("//a[not(starts-with(@href, '#')) and not(@rel = 'noopener noreferrer')]"), 0u);
    }
}

// ---- Structure ------------------------------------------------------------------------------------------------------

TEST(Html, HasOneTitleLandmarksAndALanguage) {
    auto const page = page_of(sample_document());
    EXPECT_EQ(page.html().rfind("<!DOCTYPE html>\n", 0), 0u);
    EXPECT_EQ(page.one("/html/@lang"), "en");
    EXPECT_EQ(page.one("/html/head/title"), "Naps");
    EXPECT_EQ(page.one("//h1"), "Naps");
    EXPECT_EQ(page.one("//time/@datetime"), "2026-11-22");
    EXPECT_EQ(page.count("/html/body/header | //main | //nav | /html/body/footer"), 4u);
    EXPECT_EQ(page.one("//a[@class='skip']/@href"), "#" + page.one("//main/@id"));
    EXPECT_THAT(page.one("//footer"), HasSubstr("Dossier 1.0.0"));
}

TEST(Html, NumbersHeadingsBelowTheTitleAndListsThem) {
    auto const page = page_of(sample_document());
    EXPECT_THAT(page.all("//h2"), ElementsAre("Verdicts", "Stances"));
    EXPECT_THAT(page.all("//h3"), ElementsAre(sample_claims()[0], sample_claims()[1]));
    EXPECT_THAT(page.all("//nav//a"), ElementsAre("Verdicts", "Stances", sample_claims()[0], sample_claims()[1]));
}

TEST(Html, LeadsEveryInnerLinkSomewhere) {
    for (auto const& document : {everything(), sample_document()}) {
        auto const page = page_of(document);
        auto const list = page.all("//@id");
        std::set<std::string> const ids(list.begin(), list.end());
        EXPECT_EQ(ids.size(), list.size()) << "an id stands twice";
        for (auto const& link : page.all("//a/@href"))
            EXPECT_TRUE(link.front() != '#' || ids.count(link.substr(1)) == 1) << link;
        for (auto const& label : page.all("//@aria-labelledby | //@aria-controls"))
            for (std::size_t from = 0; from < label.size();) {
                auto const to = std::min(label.find(' ', from), label.size());
                EXPECT_EQ(ids.count(label.substr(from, to - from)), 1u) << label;
                from = to + 1;
            }
    }
}

TEST(Html, SaysEveryKindOfBlock) {
    auto const page = page_of(everything());
    EXPECT_EQ(page.one("//h2[@id='everything-there-is']"), "Everything there is");
    EXPECT_THAT(page.all("//section[@id='everything']//p/strong"), Contains("strong"));
    EXPECT_THAT(page.all("//em | //code"), ElementsAre("emphasis", "code", "both", "leaning"));
    EXPECT_THAT(page.all("//main//ul/li/p"), ElementsAre("first", "second, leaning", "third"));
    EXPECT_THAT(page.all("//main//section[not(@role)]/ol/li/p"), ElementsAre("one", "two"));
    EXPECT_THAT(page.all("//div[@role='note']/p[1]"),
                ElementsAre("Note: For your information", "Warning: Careful", "Failure: A report failed"));
    EXPECT_EQ(page.count("//hr"), 1u);
    EXPECT_THAT(page.all("//figure/blockquote"), ElementsAre("It can be habit forming.", "No studies\nwere found."));
    EXPECT_EQ(
        page.one("//figure[@id='q-1']/figcaption"),
        "▲ supports articles/001 first.txt, p. 3, line 17, bytes 1024–1048 decided by: habit forming source back");
    EXPECT_EQ(page.one("//figure[@id='q-1']//span[@class='source']/a/@href"), "https://example.org/first");
    EXPECT_EQ(page.one("//figure[@id='q-1']//span[@class='back']/a/@href"), "#all-cells");
    EXPECT_EQ(page.count("//figure[@id='bars']/div//*[local-name()='svg'][@role='img']"), 1u);
}

TEST(Html, WritesTypedCells) {
    auto const page = page_of(everything());
    std::string const table = "//div[@id='all-cells']//table";
    EXPECT_EQ(page.one(table + "/caption"), "All kinds of cells");
    EXPECT_THAT(page.all(table + "/thead/tr/th/@scope"), Each("col"));
    EXPECT_THAT(page.all(table + "/thead/tr/th"), ElementsAre("Claim", "Articles", "Effect", "Share", "Published",
                                                              "Source", "Stance", "95 % interval", "Quote"));
    EXPECT_THAT(page.all(table + "/tbody/tr[1]/*"),
                ElementsAre("ketamine is addictive", "3", "0.33", "38 %", "2026-11", "Example", "▲ supports",
                            "0.25 to 0.95", "It can be habit forming."));
    EXPECT_THAT(page.all(table + "/tbody/tr[1]/*/@data-value"),
                ElementsAre("3", "0.3333333333333333", "0.375", "0.25"));
    EXPECT_EQ(page.one(table + "/tbody/tr[1]/th/@scope"), "row");
    EXPECT_EQ(page.one(table + "/tbody/tr[1]/td[@data-stance='supports']/a/@href"), "#q-1");
    EXPECT_THAT(page.all(table + "/tbody/tr[3]/*"), Each(IsEmpty()));
    EXPECT_THAT(page.all("//div[@id='all-cells']//dd"), Contains("an odds ratio; empty: none reported"));
}

TEST(Html, PutsAMarkAtTheTextThatANoteIsAbout) {
    auto const page = page_of(sample_document());
    EXPECT_EQ(page.one("//sup/a[@role='doc-noteref']/@href"), "#note-1");
    EXPECT_EQ(page.one("//p[sup]"), "Two claims, three sources.1");
    EXPECT_EQ(page.one("//section[@role='doc-endnotes']//li[@id='note-1']"), "Sources count once. ↩");
    EXPECT_EQ(page.one("//li[@id='note-1']//a[@role='doc-backlink']/@href"), "#" + page.one("//sup/a/@id"));
}

TEST(Html, LetsANoteStandWhereNoTextIsBeforeIt) {
    Document document;
    document.begin().begin_section("r");
    { auto table = document.out().table("T", {Column::text("a", "A")}, "t"); }
    document.out().note("On the table.", "n");
    document.end_section().end();
    auto const page = page_of(document);
    EXPECT_EQ(page.one("//p[@id='n']"), "Note: On the table.");
    EXPECT_EQ(page.count("//sup"), 0u);
}

TEST(Html, ShowsAQuoteWithWhatStandsAroundIt) {
    auto const page = page_of(sample_document());
    EXPECT_EQ(page.one("//figure[@id='q-1']/details/p"),
              "What stands before it. Who naps sleeps less at night. What stands after it.");
    EXPECT_EQ(page.one("//figure[@id='q-1']/details/p/mark"), "Who naps sleeps less at night.");
}

TEST(Html, SaysVerdictsInFourParts) {
    auto const page = page_of(sample_document());
    std::string const row = "//section[@class='verdicts']//tbody/tr[1]";
    EXPECT_EQ(page.one(row + "/th/span"), sample_claims()[0]);
    EXPECT_EQ(page.one(row + "/th/span/a/@href"), "#claim-night");
    EXPECT_THAT(page.all(row + "/th/ul/li"),
                ElementsAre("▲ 3 support", "▼ 1 refutes", "◆ 1 is mixed", "○ 2 are silent", "✕ 1 not assessable"));
    EXPECT_THAT(page.all(row + "/td"), ElementsAre("leans towards support, fragile 3 of 4 that take a side (0.75)",
                                                   "medium A = -0.50", "low certainty", "partial 5 of 7 inform"));
    EXPECT_EQ(page.count("//section[@class='verdicts']//tbody/tr"), 2u);
}

TEST(Html, HasNoVerdictsWithoutClaims) {
    EXPECT_EQ(page_of(everything()).count("//section[@class='verdicts']"), 0u);
}

TEST(Html, GivesAChartItsWordsAndItsValues) {
    auto const page = page_of(everything());
    std::string const chart = "//figure[@id='bars']";
    EXPECT_EQ(page.one(chart + "/figcaption"), "Sources per claim");
    EXPECT_EQ(page.one(chart + "/p"), "Two sources support the first claim, one refutes the second.");
    EXPECT_THAT(page.all(chart + "//table/thead/tr/th"), ElementsAre("Category", "▲ supports", "▼ refutes"));
    EXPECT_THAT(page.all(chart + "//table/tbody/tr/*"), ElementsAre("first claim", "2", "0", "second claim", "", "1"));
}

// ---- What rows are about ---------------------------------------------------------------------------------------------

TEST(Facets, KnowColumnsByKindAndKey) {
    auto const role = [](std::uint32_t kind, std::string_view key) {
        dossier_column column{};
        column.size = sizeof column, column.kind = kind, column.key = as_text(key);
        return html::role_of(column);
    };
    EXPECT_EQ(role(DOSSIER_CELL_STANCE, "anything"), html::Role::stance);
    EXPECT_EQ(role(DOSSIER_CELL_TEXT, "claim_id"), html::Role::claim);
    EXPECT_EQ(role(DOSSIER_CELL_LINK, "article"), html::Role::source);
    EXPECT_EQ(role(DOSSIER_CELL_TEXT, "condition"), html::Role::condition);
    EXPECT_EQ(role(DOSSIER_CELL_INTEGER, "source"), html::Role::none) << "a number names no source";
    EXPECT_EQ(role(DOSSIER_CELL_TEXT, "remark"), html::Role::none);
}

TEST(Facets, FindAValueByAnyOfItsNames) {
    html::Facet sources;
    sources.know("Naps and nights", "Naps and nights");
    sources.know("alder", "Naps and nights");
    sources.know("birch", "Birch");
    EXPECT_EQ(sources.find("alder"), sources.find("[12] Naps and nights"));
    EXPECT_EQ(sources.find("Naps and nights, line 3"), 1u);
    EXPECT_EQ(sources.find("Naps"), std::nullopt);
    EXPECT_EQ(sources.find("cedar"), std::nullopt) << "the names are known";
    EXPECT_EQ(sources.find("  "), std::nullopt);
    EXPECT_THAT(sources.used(), SizeIs(1)) << "Birch was never named";
}

TEST(Facets, TakeTextsForValuesWhereNoneAreKnown) {
    html::Facet conditions;
    EXPECT_EQ(conditions.find("at night"), 1u);
    EXPECT_EQ(conditions.find("by day"), 2u);
    EXPECT_EQ(conditions.find(" at night "), 1u);
}

TEST(Html, MarksRowsByWhatTheyAreAbout) {
    auto const page = page_of(sample_document());
    std::string const row = "//div[@id='matrix']//tbody/tr";
    EXPECT_THAT(page.all(row + "/@data-claim"), ElementsAre("1", "1", "2"));
    EXPECT_EQ(page.count(row + "[2][@data-goes-on]"), 1u) << "its claim is the one above";
    EXPECT_THAT(page.all(row + "/@data-condition"), ElementsAre("0", "1", "0"));
    EXPECT_THAT(page.all("//div[@id='matrix']//th/@data-source"), ElementsAre("1", "2", "3"));
    EXPECT_THAT(page.all("//div[@id='effects']//tbody/tr[position() < 4]/@data-source"), ElementsAre("1", "2", "3"));
    EXPECT_THAT(page.all("//figure/@data-source"), ElementsAre("1", "1", "2", "3"));
    EXPECT_THAT(page.all("//select[@name='source']/option"), ElementsAre("all", "alder", "birch", "cedar"));
}

// ---- Limits ---------------------------------------------------------------------------------------------------------

TEST(Html, SaysAtTheTableHowManyRowsAreLeftOut) {
    RenderSettings settings;
    settings.options["max_rows"] = std::int64_t{5};
    auto const rendering = rendered(sample_document(1234), settings);
    Page const page(rendering.only_file());
    EXPECT_EQ(page.count("//div[@id='effects']//tbody/tr"), 5u);
    EXPECT_THAT(page.one("//div[@id='effects']/p[@class='left-out']"),
                HasSubstr("The first 5 of 1,234 rows are shown; 1,229 are left out"));
    EXPECT_THAT(page.one("//div[@id='effects']/p[@class='left-out']"), HasSubstr("csv, json and markdown have all"));
    EXPECT_THAT(rendering.log, ElementsAre(HasSubstr("\"Every effect\" has 1,234 rows; the first 5 ")));
    EXPECT_EQ(page.count("//div[@id='matrix']/p[@class='left-out']"), 0u);
}

TEST(Html, RefusesAPageThatNoBrowserCouldShow) {
    Document document;
    document.begin().begin_section("r");
    std::string const text(1024 * 1024, 'a');
    for (int i = 0; i < 130; ++i)
        document.out().paragraph(text);
    document.end_section().end();
    RenderSettings settings;
    settings.batch = 1;
    auto const rendering = render(plugin(), document, settings);
    EXPECT_EQ(rendering.status, DOSSIER_FAILED);
    EXPECT_THAT(rendering.errors, ElementsAre(HasSubstr("larger than 128 MB")));
    EXPECT_EQ(rendering.n_writes, 0u);
}

TEST(Html, HasTheSameBytesTwiceAndHoweverBlocksCome) {
    for (auto const& document : {everything(), sample_document()}) {
        auto const expected = rendered(document).only_file();
        EXPECT_EQ(rendered(document).only_file(), expected);
        for (std::uint32_t seed = 1; seed <= 8; ++seed) {
            RenderSettings settings;
            settings.random_batches = seed;
            EXPECT_EQ(rendered(document, settings).only_file(), expected);
        }
        RenderSettings newer;
        newer.extra = 24;
        EXPECT_EQ(rendered(document, newer).only_file(), expected) << "from a newer host";
    }
}

TEST(Html, StopsWhereItsBytesAreNotTaken) {
    RenderSettings settings;
    settings.fail_write_at = 1;
    auto const rendering = render(plugin(), sample_document(), settings);
    EXPECT_EQ(rendering.status, DOSSIER_NO_OUTPUT);
    EXPECT_THAT(rendering.misuse, IsEmpty());
}

TEST(Html, FollowsTheThemeThatIsAskedFor) {
    RenderSettings settings;
    settings.options["theme"] = std::string("dark");
    EXPECT_EQ(page_of(everything(), settings).one("/html/@data-theme"), "dark");
    EXPECT_EQ(page_of(everything()).count("/html/@data-theme"), 0u);
}

// ---- Hostile text -----------------------------------------------------------------------------------------------------

/// `text` wherever a document can hold one.
Document with_everywhere(std::string const& text) {
    Document document;
    auto verdict = sample_verdict(0, "night");
    for (auto* const part : {&verdict.claim_id, &verdict.statement, &verdict.direction, &verdict.agreement,
                             &verdict.certainty, &verdict.coverage})
        *part = as_text(text);
    dossier_document head{sizeof head, as_text(text), as_text(text), as_text(text), as_text(text), &verdict, 1};
    document.say(DOSSIER_DOCUMENT_BEGIN, &head);
    document.begin_section("r");
    auto& out = document.out();
    out.heading(1, text, text);
    out.paragraph(Text(text) + strong(text) + link(text, text) + link("x", "https://example.org/" + text));
    out.list({Text(text)});
    out.callout(DOSSIER_CALLOUT_WARNING, text, text);
    {
        auto table = out.table(text,
                               {Column::text("claim", text, text), Column::link("source", text),
                                Column::stance("s", text), Column::quote("q", text), Column::date("d", text)},
                               text);
        table.cells_row({Cell(text), Cell(text).to(text), Cell(text), Cell(text), Cell(text)}, text);
    }
    Quoted quoted;
    quoted.text = quoted.article_id = quoted.path = quoted.url = quoted.anchor = quoted.back = text;
    quoted.comment = quoted.stance = text;
    out.quote(quoted);
    out.note(text, text);
    document.end_section().end();
    return document;
}

TEST(Html, KeepsHostileTextInItsPlace) {
    auto texts = hostile_texts();
    if (naughty_strings().empty()) std::cout << "the shared corpora are absent: own texts only\n";
    for (auto const& text : texts) {
        SCOPED_TRACE(text);
        auto const rendering = render(plugin(), with_everywhere(text));
        ASSERT_EQ(rendering.status, DOSSIER_OK);
        Page const page(rendering.only_file());
        auto const shown = as_shown(text);
        EXPECT_EQ(page.count("//script | //*[starts-with(name(), 'on')] | //@*[starts-with(name(), 'on')] | //@style"),
                  0u);
        EXPECT_EQ(page.count("//table[@class='data']//tr"), 2u);
        EXPECT_EQ(page.count("//table[@class='data']/tbody/tr/*"), 5u);
        EXPECT_EQ(page.one("//table[@class='data']/tbody/tr/td[@class='said']"), trimmed_text(shown));
        EXPECT_EQ(page.one("//blockquote"), trimmed_text(shown));
        if (!shown.empty()) {
            EXPECT_EQ(page.all("//section[@class='report']//p/strong").front(), shown);
        }
        for (auto const& link : page.all("//a/@href"))
            EXPECT_TRUE(link.front() == '#' || link.rfind("http", 0) == 0 || link.rfind("mailto:", 0) == 0 ||
                        link.rfind("HTTP", 0) == 0)
                << link;
    }
}

TEST(Html, ReplacesWhatWouldMisleadAReader) {
    auto const page =
        page_of(with_everywhere("a\xE2\x80\xAE"
                                "b\x1B"
                                "c\xFF"
                                "d"));
    EXPECT_EQ(page.one("//blockquote"),
              "a\xEF\xBF\xBD"
              "b\xEF\xBF\xBD"
              "c\xEF\xBF\xBD"
              "d");
}

TEST(Links, LeadToWebAddressesAndAnchorsOnly) {
    EXPECT_EQ(html::link_attributes("#q-1"), " href=\"#q-1\"");
    EXPECT_EQ(html::link_attributes("https://example.org/\u00E9[c]"),
              " href=\"https://example.org/%C3%A9%5Bc%5D\" rel=\"noopener noreferrer\"");
    for (auto const& address : web_addresses())
        EXPECT_NE(html::link_attributes(address), "") << address;
    for (auto const& address : no_web_addresses())
        EXPECT_EQ(html::link_attributes(address), "") << address;
    for (auto const* const target : {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org",
                                     "#", "#A", "#a\"b", "", "x"})
        EXPECT_EQ(html::link_attributes(target), "") << target;
}

}  // namespace
