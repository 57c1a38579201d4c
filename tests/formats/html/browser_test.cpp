// What a reader can do with a page, done in headless Chromium.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "browser.hpp"
#include "formats/hostile_texts.hpp"
#include "sample_document.hpp"
#include "support/format_harness.hpp"

namespace {

using namespace dossier::test;
using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

std::string html_of(Document const& document, RenderSettings const& settings = {}) {
    static FormatPlugin const plugin(FORMAT_PLUGIN);
    return render(plugin, document, settings).only_file();
}

class InBrowser : public testing::Test {
protected:
    void SetUp() override {
        if (auto const missing = Browser::missing(); !missing.empty()) {
            std::cout << "skipped: " << missing << "\n";
            GTEST_SKIP() << missing;
        }
    }
    /// Whatever a test did, the page said nothing to the console and loaded nothing.
    void TearDown() override {
        if (IsSkipped() || !Browser::missing().empty()) return;
        EXPECT_THAT(browser().console(), IsEmpty());
        EXPECT_THAT(browser().requests(), IsEmpty());
    }
    static Browser& browser() { return Browser::shared(); }
    static json run(std::string const& script) { return browser().run(script); }

    static void show(Document const& document) { browser().show(html_of(document)); }
    /// Chooses a value in the bar of filters, as a reader would.
    static void choose(std::string const& name, std::string const& value) {
        browser().run(
            "const e = document.querySelector('form.filters').elements[arguments[0]]; e.value = arguments[1];"
            "e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: "
            "true}));",
            {name, value});
    }
    /// Texts of the elements that a reader sees.
    static std::vector<std::string> seen(std::string const& selector) {
        return browser()
            .run(
                "return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility())"
                ".map((e) => e.innerText.trim())",
                {selector})
            .get<std::vector<std::string>>();
    }
    static std::size_t n_seen(std::string const& selector) { return seen(selector).size(); }
    static std::string status() { return run("return document.querySelector('output').textContent"); }
};

TEST_F(InBrowser, FiltersByClaim) {
    show(sample_document());
    EXPECT_EQ(n_seen("#matrix tbody tr"), 3u);
    choose("claim", "1");
    EXPECT_EQ(n_seen("#matrix tbody tr"), 2u) << "the claim, and the row that goes on about it";
    EXPECT_EQ(n_seen("#effects tbody tr"), 6u);
    EXPECT_EQ(n_seen("figure.quote"), 3u);
    EXPECT_THAT(seen("main h3"), ElementsAre(sample_claims()[0]));
    EXPECT_EQ(status(), "Showing 10 of 17 rows and 3 of 4 quotes") << "a chart's values say no claim by key";
    choose("claim", "");
    EXPECT_EQ(n_seen("#effects tbody tr"), 12u);
    EXPECT_EQ(status(), "");
}

TEST_F(InBrowser, FiltersByStance) {
    show(sample_document());
    choose("stance", "mixed");
    EXPECT_EQ(n_seen("#matrix tbody tr"), 1u);
    EXPECT_EQ(n_seen("#effects tbody tr"), 4u);
    EXPECT_EQ(n_seen("figure.quote"), 1u);
}

TEST_F(InBrowser, FiltersBySourceInRowsColumnsAndQuotes) {
    show(sample_document());
    choose("source", "2");
    EXPECT_THAT(seen("#matrix thead th"),
                ElementsAre(testing::HasSubstr("Claim"), testing::HasSubstr("Condition"), testing::HasSubstr("[2]")));
    EXPECT_EQ(n_seen("#effects tbody tr"), 4u);
    EXPECT_EQ(n_seen("figure.quote"), 1u);
    choose("stance", "refutes");
    EXPECT_EQ(n_seen("#matrix tbody tr"), 2u) << "only the stances of that source count";
    choose("source", "");
    EXPECT_EQ(n_seen("#matrix thead th"), 5u);
}

TEST_F(InBrowser, FiltersByConditionAndKeepsTheClaimAbove) {
    show(sample_document());
    choose("condition", "1");
    EXPECT_EQ(n_seen("#matrix tbody tr"), 2u);
    EXPECT_EQ(n_seen("#matrix tbody tr.for-context"), 1u) << "dimmed: it says what the row below is about";
    choose("condition", "0");
    EXPECT_EQ(n_seen("#matrix tbody tr"), 2u);
    EXPECT_EQ(n_seen("#matrix tbody tr.for-context"), 0u);
    EXPECT_EQ(n_seen("#effects tbody tr"), 12u) << "a table without conditions is not filtered by them";
}

TEST_F(InBrowser, FindsWordsWhateverTheirCaseAndAccents) {
    show(sample_document());
    choose("words", "NAIVE sharper");
    ASSERT_TRUE(browser().wait_until("return document.querySelector('output').textContent !== ''"));
    EXPECT_EQ(n_seen("figure.quote"), 1u);
    EXPECT_EQ(n_seen("#effects tbody tr"), 0u);
    EXPECT_EQ(status(), "Showing 0 of 17 rows and 1 of 4 quotes");
    EXPECT_GE(run("return CSS.highlights.get('found').size").get<int>(), 1);
    EXPECT_FALSE(run("return document.querySelector('[type=reset]').disabled").get<bool>());
    run("document.querySelector('[type=reset]').click()");
    ASSERT_TRUE(browser().wait_until("return document.querySelector('output').textContent === ''"));
    EXPECT_EQ(n_seen("#effects tbody tr"), 12u);
}

TEST_F(InBrowser, TakesNoPatternsForWords) {
    show(sample_document());
    choose("words", ".*[");
    ASSERT_TRUE(browser().wait_until("return document.querySelector('output').textContent !== ''"));
    EXPECT_EQ(n_seen("figure.quote"), 0u);
}

TEST_F(InBrowser, SortsNumbersAsNumbersBothWaysAndBack) {
    show(sample_document());
    auto const effects = [] { return seen("#effects tbody td:nth-child(4)"); };
    auto const original = effects();
    auto const press = [] { run("document.querySelector('#effects thead th:nth-child(4) button').click()"); };
    press();
    EXPECT_THAT(effects(), ElementsAre("-4.50", "-3.50", "-2.50", "-1.50", "-0.50", "0.50", "1.50", "3.50", "4.50",
                                       "5.50", "6.50", ""));
    EXPECT_EQ(run("return document.querySelector('#effects thead th:nth-child(4)').ariaSort"), "ascending");
    press();
    EXPECT_THAT(effects(), ElementsAre("6.50", "5.50", "4.50", "3.50", "1.50", "0.50", "-0.50", "-1.50", "-2.50",
                                       "-3.50", "-4.50", ""));
    press();
    EXPECT_EQ(effects(), original);
    EXPECT_EQ(run("return document.querySelectorAll('[aria-sort]').length"), 0);
}

TEST_F(InBrowser, KeepsRowsBelowTheirClaimWhenSorting) {
    show(sample_document());
    run("document.querySelector('#matrix thead th button').click()");
    EXPECT_THAT(seen("#matrix tbody tr > :first-child"), ElementsAre(sample_claims()[1], sample_claims()[0], ""));
}

TEST_F(InBrowser, OpensAQuoteInItsContextAndGivesTheFocusBack) {
    show(sample_document());
    run("document.querySelector('#matrix a[href=\"#q-1\"]').click()");
    EXPECT_THAT(seen("dialog h2"), ElementsAre("Quote 1 of 2"));
    EXPECT_THAT(seen("dialog .text"),
                ElementsAre("What stands before it. Who naps sleeps less at night. What stands after it."));
    EXPECT_THAT(seen("dialog mark"), ElementsAre("Who naps sleeps less at night."));
    EXPECT_THAT(seen("dialog .place"), ElementsAre("articles/alder.txt, p. 2, line 4, bytes 10–40"));
    EXPECT_EQ(run("return document.querySelector('dialog .source a').href"), "https://example.org/alder");
    EXPECT_EQ(run("return document.querySelector('dialog .source a').rel"), "noopener noreferrer");
    EXPECT_EQ(run("return document.activeElement.tagName"), "H2");
    browser().press({"Escape"});
    EXPECT_EQ(n_seen("dialog"), 0u);
    EXPECT_TRUE(browser().wait_until("return document.activeElement.getAttribute('href') === '#q-1'"))
        << "a dialog tells that it is closed a moment later";
}

TEST_F(InBrowser, StepsThroughTheQuotesThatStandTogether) {
    show(sample_document());
    run("document.querySelector('#matrix a[href=\"#q-1\"]').click()");
    run("[...document.querySelectorAll('dialog button')].find((b) => b.textContent.includes('Next')).click()");
    EXPECT_THAT(seen("dialog h2"), ElementsAre("Quote 2 of 2"));
    EXPECT_THAT(seen("dialog mark"), ElementsAre("Bedtime moved by an hour."));
    run("document.querySelector('dialog .show').click()");
    EXPECT_EQ(n_seen("dialog"), 0u);
    EXPECT_EQ(run("return location.hash"), "#q-2");
}

TEST_F(InBrowser, CanBeUsedByKeyboardAlone) {
    show(sample_document());
    browser().press({"Tab"});
    EXPECT_EQ(run("return document.activeElement.className"), "skip");
    EXPECT_TRUE(run("return document.activeElement.getBoundingClientRect().top >= 0").get<bool>()) << "it is seen";
    browser().press({"Enter"});
    EXPECT_EQ(run("return document.activeElement.tagName"), "MAIN");
    std::vector<std::string> reached;
    for (int i = 0; i < 80; ++i) {  // there is a way to everything, and out again
        browser().press({"Tab"});
        reached.push_back(
            run("const e = document.activeElement; return e.name || e.getAttribute('href') || e.className"));
        if (reached.back() == "#q-3") break;
        EXPECT_TRUE(
            run("const s = getComputedStyle(document.activeElement); return document.activeElement === document.body"
                " || s.outlineStyle !== 'none'")
                .get<bool>())
            << reached.back() << " has no visible focus";
    }
    for (auto const* const stop : {"words", "claim", "stance", "source", "condition", "sort", "#q-1", "#q-3"})
        EXPECT_THAT(reached, testing::Contains(stop));
    browser().press({"Enter"});
    EXPECT_EQ(n_seen("dialog"), 1u);
    for (int i = 0; i < 8; ++i) {
        browser().press({"Tab"});
        EXPECT_TRUE(
            run("return document.activeElement === document.body || document.activeElement.closest('dialog') !== null")
                .get<bool>())
            << "what is behind the panel cannot be reached";
    }
    browser().press({"Escape"});
    EXPECT_EQ(run("return document.activeElement.getAttribute('href')"), "#q-3");
}

TEST_F(InBrowser, IsCompleteWithoutScript) {
    auto const html = html_of(sample_document());
    browser().show(html);
    auto const with_script = run("return document.querySelectorAll('main td, main th, main figure, main p').length");
    browser().command("Emulation.setScriptExecutionDisabled", {{"value", true}});
    browser().command("Page.reload");
    ASSERT_TRUE(browser().wait_until("return document.readyState === 'complete' && !document.querySelector('.theme')"));
    EXPECT_EQ(run("return document.querySelectorAll('main td, main th, main figure, main p').length"), with_script);
    EXPECT_EQ(n_seen("form"), 0u) << "what needs the script is not offered";
    EXPECT_EQ(n_seen("button"), 0u);
    EXPECT_EQ(n_seen("#effects tbody tr"), 12u);
    EXPECT_EQ(n_seen("nav a"), 4u);
    EXPECT_THAT(seen("#q-1 blockquote"), ElementsAre("Who naps sleeps less at night."));
    EXPECT_EQ(run("return document.querySelector('#matrix td[data-stance=supports] a').getAttribute('href')"), "#q-1");
    browser().command("Emulation.setScriptExecutionDisabled", {{"value", false}});
}

TEST_F(InBrowser, PrintsTheTextAndNoControls) {
    show(sample_document());
    browser().command("Emulation.setEmulatedMedia",
                      {{"media", "print"}, {"features", {{{"name", "prefers-color-scheme"}, {"value", "dark"}}}}});
    EXPECT_EQ(n_seen("form, nav, button.theme, .skip"), 0u);
    EXPECT_EQ(n_seen("#effects tbody tr"), 12u);
    EXPECT_EQ(run("return getComputedStyle(document.querySelector('.scroll')).overflowX"), "visible");
    EXPECT_EQ(run("return getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)") << "paper is white";
    auto const pdf = browser().command("Page.printToPDF", {{"preferCSSPageSize", true}});
    EXPECT_GT(pdf.at("data").get<std::string>().size(), 10000u);
}

TEST_F(InBrowser, FollowsTheReadersThemeUntilToldOtherwise) {
    show(sample_document());
    auto const background = [] { return run("return getComputedStyle(document.body).backgroundColor"); };
    auto const system = [](char const* theme) {
        browser().command("Emulation.setEmulatedMedia",
                          {{"features", {{{"name", "prefers-color-scheme"}, {"value", theme}}}}});
    };
    system("light");
    EXPECT_EQ(background(), "rgb(255, 255, 255)");
    system("dark");
    EXPECT_EQ(background(), "rgb(21, 25, 30)");
    EXPECT_TRUE(browser().wait_until("return document.querySelector('button.theme').innerText === 'Light'"));
    run("document.querySelector('button.theme').click()");
    EXPECT_EQ(background(), "rgb(255, 255, 255)");
    run("document.querySelector('button.theme').click()");
    system("light");
    EXPECT_EQ(background(), "rgb(21, 25, 30)");
}

TEST_F(InBrowser, NeedsNoScrollingSidewaysOnAPhone) {
    for (auto const& document : {sample_document(), everything()}) {
        browser().show(html_of(document), 360, 740);
        EXPECT_EQ(run("return document.documentElement.scrollWidth"), 360);
        EXPECT_EQ(run("return innerWidth"), 360);
    }
}

TEST_F(InBrowser, RefusesWhatThePolicyForbids) {
    show(sample_document());
    auto const ran = browser().run_async(
        "const done = arguments[0]; const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        "document.addEventListener('securitypolicyviolation', (e) => done([e.effectiveDirective, window.ran || 0]));"
        "document.head.append(s);");
    EXPECT_EQ(ran, json::array({"script-src-elem", 0}));
    EXPECT_EQ(browser().console().size(), 1u) << "the browser says so; nothing else does";
}

TEST_F(InBrowser, ShowsHostileTextAsText) {
    std::string all;
    for (auto const& text : hostile_texts())
        all += text + " ";
    Document document;
    document.begin(all).begin_section("r");
    document.out().heading(1, all, "h");
    document.out().paragraph(all);
    {
        auto table = document.out().table(all, {dossier::Column::text("claim", all, all)}, "t");
        for (auto const& text : hostile_texts())
            table.row(text);
    }
    document.end_section().end();
    show(document);
    EXPECT_EQ(run("return document.scripts.length"), 1);
    EXPECT_EQ(run("return document.querySelectorAll('#t tbody tr').length"), hostile_texts().size());
    EXPECT_EQ(run("return document.querySelectorAll('iframe, img, object, embed, link, base').length"), 0);
    choose("words", "<script>");
    ASSERT_TRUE(browser().wait_until("return document.querySelector('output').textContent !== ''"));
    EXPECT_GE(n_seen("#t tbody tr"), 1u);
}

Document two_reports_with_notes() {
    Document document;
    document.begin();
    for (std::string const report : {"one", "two"}) {
        document.begin_section(report);
        document.out().heading(1, "Report " + report, report + "-top");
        document.out().paragraph("Some text.");
        document.out().note("A note on it.");
        document.end_section();
    }
    document.end();
    return document;
}

TEST_F(InBrowser, BreaksNoRuleOfAccessibility) {
    std::ifstream file(AXE_SCRIPT, std::ios::binary);
    std::string const axe{std::istreambuf_iterator<char>(file), {}};
    if (axe.empty()) {
        std::cout << "skipped: axe-core could not be fetched\n";
        GTEST_SKIP() << "axe-core could not be fetched";
    }
    for (auto const* const theme : {"light", "dark"}) {
        for (auto const& document : {sample_document(), everything(), two_reports_with_notes()}) {
            RenderSettings settings;
            settings.options["theme"] = std::string(theme);
            browser().show(html_of(document, settings));
            browser().run(axe);
            if (run("return document.querySelector('a[aria-haspopup]') !== null").get<bool>())
                run("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
            for (bool const panel : {false, true}) {
                if (panel &&
                    !run("const a = document.querySelector('a[aria-haspopup]'); if (a) a.click(); return Boolean(a)")
                         .get<bool>())
                    continue;
                auto const found = browser().run_async(
                    "const done = arguments[0]; axe.run(document).then((r) => done({broken: r.violations.map((v) => "
                    "v.id + "
                    "': ' + v.nodes.map((n) => n.html + ' ' + n.failureSummary).join(' | ')), kept: "
                    "r.passes.length}))");
                EXPECT_THAT(found.at("broken").get<std::vector<std::string>>(), IsEmpty())
                    << theme << (panel ? ", panel open" : "");
                EXPECT_GT(found.at("kept").get<int>(), 20) << "the rules were looked at";
            }
        }
    }
}

}  // namespace
