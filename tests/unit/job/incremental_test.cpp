// What is known of unchanged articles changes nothing about a run but its time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "dossier/claims/registry_file.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/job/adjudication.hpp"
#include "dossier/job/analysis.hpp"
#include "dossier/job/article_keys.hpp"
#include "dossier/job/checked_quotes.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/job/known_article.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/plugin/build_identity.hpp"
#include "dossier/sources/records/record_splitter.hpp"
#include "dossier/store/analysis_writer.hpp"
#include "dossier/store/article_cache.hpp"
#include "small_pdf.hpp"
#include "support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier;
using testing::Ne;
using testing::Optional;

std::string bytes_of(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(fs::path const& path, std::string const& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

/// One run, and what came of it.
struct RunResult {
    std::string database;  ///< the bytes of analysis.sqlite
    std::size_t n_articles = 0, n_recalled = 0;
    std::vector<std::uint64_t> checked;  ///< StreamedAnalysis::checked
};

class AnIncrementalRun : public testing::Test {
protected:
    void SetUp() override {
        job_.folder = (folder_ / "job").string();
        fs::create_directories(job_.folder);
        Phrase all;
        all.text = "**";
        job_.sources.include = {all};
        set_registry(
            "[[claim]]\nid = \"sleep\"\nstatement = \"Night lamps disturb sleep.\"\nabout = [\"lamp*\"]\n"
            "supports = [\"disturb* sleep\"]\nrefutes = [\"improve* sleep\"]\n"
            "[[risk_factor]]\nid = \"age\"\nname = \"Age\"\nphrases = [\"old age\"]\n");
    }

    void set_registry(std::string const& toml) {
        write(folder_ / "claims.toml", toml);
        Diagnostics diagnostics;
        auto registry = load_registry(folder_ / "claims.toml", "claims.toml", diagnostics);
        ASSERT_TRUE(registry);
        registry_ = std::move(*registry);
    }

    void add(std::string const& file, std::string const& text) const { write(fs::path(job_.folder) / file, text); }

    [[nodiscard]] fs::path cache_folder() const { return folder_ / "cache"; }

    [[nodiscard]] RunResult run(bool with_cache, unsigned n_threads = 1) const {
        std::optional<ArticleCache> cache;
        if (with_cache) cache.emplace(cache_folder());
        auto const database = folder_ / "analysis.sqlite";
        AnalysisWriter writer(database.string());
        writer.add_registry(registry_);
        Summing summing(registry_);
        Adjudication adjudication(annotations_, registry_);
        AnalysisSettings settings;
        settings.n_threads = n_threads;
        settings.allow_unsandboxed = true;
        settings.adjudication = &adjudication;
        settings.cache = cache ? &*cache : nullptr;
        auto const analysis =
            analyse_in_batches(job_, registry_, built_in_lexicon(), settings,
                               [&](std::vector<Article> const& articles, std::vector<ArticleEvidence>& evidence) {
                                   for (std::size_t i = 0; i < articles.size(); ++i) {
                                       auto const overrides = adjudication.overrides_of(articles[i].id);
                                       auto const stances = summing.add(articles[i], evidence[i], overrides);
                                       add_quotes(overrides, evidence[i]);
                                       writer.add_article(articles[i], evidence[i], stances);
                                   }
                               });
        writer.add_summary(summing.finish());
        writer.add_annotations(adjudication.outcomes(), adjudication.agreement(), adjudication.confusion());
        writer.add_diagnostics(analysis.diagnostics);
        writer.finish({"Job", "2026-01-01", "1", analysis.inputs_sha256, registry_.sha256, {}, {}, {}, {}});
        return {bytes_of(database), analysis.n_articles, analysis.n_recalled, analysis.checked};
    }

    /// Runs with the cache, and shows that a clean run comes to the same.
    /// @return how many articles came out of the cache
    std::size_t n_recalled(unsigned n_threads = 1) const {
        auto const incremental = run(true, n_threads);
        EXPECT_TRUE(incremental.database == run(false).database) << "a clean run gives another database";
        return incremental.n_recalled;
    }

    dossier_test::TemporaryFolder made_;
    fs::path const folder_ = made_.path();
    Job job_;
    ClaimRegistry registry_;
    Annotations annotations_;
};

std::string const disturbing =
    "Lamps at night\n\nNight lamps disturb sleep. In old age the risk of bad sleep rises by 30%.\n";
std::string const improving = "Lamps again\n\nIn our study of 200 people, lamps improve sleep. Nobody knows why.\n";

TEST_F(AnIncrementalRun, TakesUnchangedArticlesFromTheCache) {
    add("a.txt", disturbing);
    add("b.md", improving);
    EXPECT_EQ(n_recalled(), 0u);
    EXPECT_EQ(n_recalled(), 2u);
    add("a.txt", disturbing + "\nLamps improve sleep.\n");
    EXPECT_EQ(n_recalled(), 1u);
    EXPECT_EQ(n_recalled(), 2u);
}

TEST_F(AnIncrementalRun, ReadsAnewWhatItsRegistryOrLimitMayChange) {
    add("a.txt", disturbing);
    EXPECT_EQ(n_recalled(), 0u);
    set_registry(
        "[[claim]]\nid = \"sleep\"\nstatement = \"Night lamps disturb sleep.\"\nsupports = [\"disturb* sleep\"]\n");
    EXPECT_EQ(n_recalled(), 0u);
    job_.limits.article_bytes = 40;
    EXPECT_EQ(n_recalled(), 0u);
    job_.limits.article_bytes = 60;
    EXPECT_EQ(n_recalled(), 0u) << "of a file that was not opened nothing is kept";
}

TEST_F(AnIncrementalRun, ReadsAnewAnArticleThatMovedButNotItsNeighbours) {
    add("a.txt", disturbing);
    add("b.txt", improving);
    EXPECT_EQ(n_recalled(), 0u);
    fs::rename(fs::path(job_.folder) / "b.txt", fs::path(job_.folder) / "c.txt");
    EXPECT_EQ(n_recalled(), 1u);
}

// Another file of its name gives an article another id.
TEST_F(AnIncrementalRun, GivesAKnownArticleTheIdThatItHasNow) {
    add("x/a.txt", disturbing);
    EXPECT_EQ(n_recalled(), 0u);
    add("y/a.txt", improving);
    EXPECT_EQ(n_recalled(), 0u) << "engines see the id";
    EXPECT_EQ(n_recalled(), 2u);
}

// The engine looks at the study design, whoever states it.
TEST_F(AnIncrementalRun, AsksAnewWhenAPersonDeclaresWhatEnginesSee) {
    add("a.txt", disturbing);
    add("b.txt", improving);
    EXPECT_EQ(n_recalled(), 0u);
    DeclaredSource declared;
    declared.path = "a.txt";
    declared.study_design = "randomised trial";
    job_.declared = {declared};
    EXPECT_EQ(n_recalled(), 1u);
    EXPECT_EQ(n_recalled(), 2u);
    job_.declared[0].author = "Somebody";
    EXPECT_EQ(n_recalled(), 2u) << "no engine sees authors";
    job_.declared[0].title = "Lamps, and how they disturb sleep";
    EXPECT_EQ(n_recalled(), 1u);
    job_.declared.clear();
    EXPECT_EQ(n_recalled(), 1u);
}

TEST_F(AnIncrementalRun, HoldsAnnotationsAgainstTheSentencesThemselves) {
    add("a.txt", disturbing);
    add("b.txt", improving);
    EXPECT_EQ(n_recalled(), 0u);
    Annotation annotation;
    annotation.who = "jm";
    annotation.why = "Read it.";
    annotation.claim_id = "sleep";
    annotation.article_id = "a";
    annotation.stance = Stance::refutes;
    annotation.quote_sha256 = sha256_hex("In old age the risk of bad sleep rises by 30%.");
    annotations_.items = {annotation};
    EXPECT_EQ(n_recalled(), 2u);
    annotations_.items[0].quote_sha256 = sha256_hex("No such sentence.");
    EXPECT_EQ(n_recalled(), 2u);
}

TEST_F(AnIncrementalRun, ComparesQuotesOfTextsThatItKnowsWithTheBytesAtHand) {
    using namespace std::chrono_literals;
    add("a.txt", disturbing);
    add("b.md", improving);
    add("c.txt", improving);
    EXPECT_THAT(run(true).checked, testing::IsEmpty()) << "nothing is known yet";
    EXPECT_THAT(run(true).checked, testing::IsEmpty()) << "files that were changed a moment ago may change unseen";
    std::this_thread::sleep_for(3'200ms);
    add("c.txt", disturbing);
    auto const checked = run(true).checked;
    ASSERT_EQ(checked.size(), 1u) << "Markdown is to be looked at closely, and what changed is read again";
    EXPECT_EQ(checked[0], state_of_file(job_.folder, "a.txt"));
    EXPECT_THAT(run(false).checked, testing::IsEmpty());
}

TEST_F(AnIncrementalRun, KnowsRecordsAndMembersByTheirOwnBytes) {
    auto const record = [](std::string const& title, std::string const& text) {
        return "TY  - JOUR\nTI  - " + title + "\nAB  - " + text + "\nER  - \n\n";
    };
    add("a.ris", record("One", "Night lamps disturb sleep.") + record("Two", "Night lamps improve sleep."));
    add("b.csv", "title,abstract\nThree,Night lamps disturb sleep.\nFour,Night lamps improve sleep.\n");
    EXPECT_EQ(n_recalled(), 0u);
    EXPECT_EQ(n_recalled(), 4u);
    add("a.ris", record("One", "Night lamps disturb sleep.") + record("Too", "Night lamps improve sleep."));
    EXPECT_EQ(n_recalled(), 3u);
    add("b.csv", "title,text\nThree,Night lamps disturb sleep.\nFour,Night lamps improve sleep.\n");
    EXPECT_EQ(n_recalled(), 2u) << "the line of names reads every record anew";
    JobTable table;
    Phrase files;
    files.text = "b.csv";
    table.files = {files};
    table.columns = {{"abstract", "title"}};
    job_.sources.tables = {table};
    EXPECT_EQ(n_recalled(), 2u) << "and so does another use of its columns";
}

TEST_F(AnIncrementalRun, KnowsAPdfButNotOneThatCouldNotBeRead) {
    add("a.pdf", small_pdf::document({small_pdf::lines({"Night lamps disturb sleep in this study of people."})}));
    add("b.pdf", "%PDF-1.4\nnothing that a reader could read\n");
    EXPECT_EQ(n_recalled(), 0u);
    EXPECT_EQ(n_recalled(), 1u);
}

// As where the reader of a PDF has too little time, but had enough in the run before.
TEST_F(AnIncrementalRun, TakesTheNewReadingWhereAKnownArticleCannotBeReadAgain) {
    add("a.txt", disturbing);
    add("b.pdf", "%PDF-1.4\nnothing that a reader could read\n");
    EXPECT_EQ(n_recalled(), 0u);
    ArticleInput input;
    input.id = "b";
    input.path = input.origin.file = "b.pdf";
    input.origin.bytes.end = bytes_of(fs::path(job_.folder) / "b.pdf").size();
    input.format = sources::Format::pdf;
    input.bytes = bytes_of(fs::path(job_.folder) / "b.pdf");
    auto const key = ArticleKeys(job_, registry_, {}, true).key_of(input, "");
    ASSERT_TRUE(key);
    Article readable;
    readable.id = input.id, readable.path = input.path, readable.origin = input.origin;
    readable.n_sentences = 7;
    auto entry = encode_reading(readable, {});
    ArticleEvidence evidence;
    evidence.items.resize(1);
    evidence.items[0].claim_id = "sleep", evidence.items[0].quote = "Night lamps disturb sleep.";
    append_evidence(entry, words_for_engines(readable), evidence);
    {
        ArticleCache cache(cache_folder());
        cache.add(*key, entry);
        cache.finish("");
    }
    EXPECT_EQ(run(true).n_recalled, 2u) << "the key is not the one that a run looks for";

    Annotation annotation;
    annotation.who = "jm", annotation.why = "Read it.", annotation.claim_id = "sleep", annotation.article_id = "b";
    annotation.stance = Stance::refutes;
    annotations_.items = {annotation};
    EXPECT_EQ(n_recalled(), 1u) << "somebody needs its sentences";
    annotations_.items.clear();
    DeclaredSource declared;
    declared.path = "b.pdf", declared.title = "Lamps, as a person calls it";
    job_.declared = {declared};
    EXPECT_EQ(n_recalled(), 1u) << "engines see another title";
}

TEST_F(AnIncrementalRun, SaysTheSameOfArticlesWithTroubles) {
    add("empty.txt", "");
    add("blank.txt", " \n \n");
    add("bad.txt", "Night lamps \xFF\xFE disturb sleep. Night lamps disturb sleep.\n");
    add("german.txt",
        "Die Lampen stehen in der Nacht am Fenster und stören den Schlaf der Leute, die dort wohnen und "
        "schlafen wollen, aber nicht können, weil es zu hell ist.\n");
    add("retracted.html",
        "<html><head><title>RETRACTED: Lamps</title></head><body><p>Night lamps disturb sleep.</p></body></html>");
    add("binary.txt", std::string(300, '\0'));
    EXPECT_EQ(n_recalled(), 0u);
    EXPECT_EQ(n_recalled(), 6u);
}

TEST_F(AnIncrementalRun, WithADamagedCacheComesToTheSame) {
    add("a.txt", disturbing);
    add("b.md", improving);
    auto const clean = run(false).database;
    (void)run(true);
    auto const pack = cache_folder() / "articles.pack";
    auto const whole = bytes_of(pack);
    std::size_t n_damaged = 0;
    for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 150, ++n_damaged) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
        write(pack, n_damaged % 3 == 0 ? whole.substr(0, at) : damaged);
        ASSERT_TRUE(run(true).database == clean) << "damaged at byte " << at;
    }
    EXPECT_GT(n_damaged, 100u);
}

/// A folder of articles that comes, goes and changes.
class ChangingArticles {
public:
    ChangingArticles(fs::path folder, unsigned seed) : folder_(std::move(folder)), random_(seed) {}

    void change() {
        for (auto n = 1 + random_() % 3; n > 0; --n) {
            auto const path = folder_ / any(names);
            if (random_() % 5 == 0)
                fs::remove(path);
            else
                write(path, text_for(path.extension().string()));
        }
        write(folder_ / "always.txt", disturbing);
    }
    std::size_t number(std::size_t below) { return random_() % below; }

private:
    std::string any(std::vector<std::string> const& items) { return items[random_() % items.size()]; }
    std::string sentences() {
        std::string text;
        for (auto n = 1 + random_() % 4; n > 0; --n)
            text += any(phrases) + (n > 1 ? " " : "");
        return text;
    }
    std::string text_for(std::string const& extension) {
        if (extension == ".html")
            return "<html><head><title>" + any(titles) + "</title></head><body><h1>" + any(titles) + "</h1><p>" +
                   sentences() + "</p></body></html>";
        if (extension == ".ris" || extension == ".csv") {
            bool const is_ris = extension == ".ris";
            std::string text = is_ris ? "" : "title,abstract,doi\n";
            for (auto n = 1 + random_() % 3; n > 0; --n)
                text += is_ris
                            ? "TY  - JOUR\nTI  - " + any(titles) + "\nAB  - " + sentences() + "\nER  - \n\n"
                            : any(titles) + ",\"" + sentences() + "\",10.1000/" + std::to_string(random_() % 3) + "\n";
            return text;
        }
        if (extension == ".md")
            return "---\ntitle: " + any(titles) + "\nstudy_design: cohort study\n---\n\n" + sentences() + "\n";
        return any(titles) + "\n\n" + sentences() + "\n";
    }

    std::vector<std::string> const names{"a.txt", "b.md", "c.html", "d.ris", "e.csv", "x/a.txt", "x/b.md", "d/1.txt"};
    std::vector<std::string> const titles{"Lamps", "Lamps and sleep", "A lamp in old age", "RETRACTED: Lamps"};
    std::vector<std::string> const phrases{"Night lamps disturb sleep.",
                                           "Night lamps do not disturb sleep.",
                                           "According to the makers, lamps improve sleep.",
                                           "In old age, 30% of 200 people slept badly.",
                                           "The odds ratio was 1.8 (95% CI 1.2 to 2.7) in old age.",
                                           "Do lamps disturb sleep?",
                                           "Some say that lamps disturb sleep, but that is a myth.",
                                           "The weather was fine."};
    fs::path folder_;
    std::mt19937 random_;
};

TEST_F(AnIncrementalRun, ComesToWhatACleanRunComesToWhateverChanged) {
    std::size_t const n_rounds = std::getenv("DOSSIER_LONG") != nullptr ? 4000 : 250;
    ChangingArticles articles(job_.folder, 20261122);
    std::size_t n_known = 0, n_articles = 0;
    for (std::size_t round = 0; round < n_rounds; ++round) {
        articles.change();
        if (round % 7 == 3) {
            DeclaredSource declared;
            declared.path = round % 2 == 0 ? "a.txt" : "d.ris";
            declared.study_design = articles.number(2) == 0 ? "randomised trial" : "";
            declared.risk_of_bias = "low";
            job_.declared = {declared};
        }
        if (round % 11 == 5) {
            Annotation annotation;
            annotation.who = "jm";
            annotation.claim_id = "sleep";
            annotation.article_id = articles.number(2) == 0 ? "always" : "b";
            annotation.stance = Stance::supports;
            annotation.quote_sha256 = sha256_hex("Night lamps disturb sleep.");
            annotations_.items = {annotation};
        }
        if (round % 40 == 39)
            set_registry(
                "[[claim]]\nid = \"sleep\"\nstatement = \"Night lamps disturb sleep.\"\nabout = [\"lamp*\"]\n"
                "supports = [\"disturb* sleep\"]\nrefutes = [\"improve* sleep\"]\n" +
                std::string(articles.number(2) == 0
                                ? ""
                                : "[[claim]]\nid = \"old\"\nstatement = \"Sleep is worse in old age.\"\n") +
                "[[risk_factor]]\nid = \"age\"\nname = \"Age\"\nphrases = [\"old age\"]\n");
        auto const incremental = run(true, 1 + static_cast<unsigned>(round % 4));
        ASSERT_TRUE(incremental.database == run(false).database) << "round " << round;
        n_known += incremental.n_recalled;
        n_articles += incremental.n_articles;
    }
    EXPECT_GT(n_known, n_articles / 3) << "the cache was of no use";
    EXPECT_LT(n_known, n_articles);
}

// --- keys ---------------------------------------------------------------------------------------------------------

ArticleInput an_input() {
    ArticleInput input;
    input.id = "a";
    input.path = "a.ris#2";
    input.origin = {"a.ris", "", 2, {100, 200}};
    input.format = sources::Format::ris;
    input.bytes = "TY  - JOUR\n";
    input.line = 7;
    return input;
}

struct KeyOfARun {
    Job job;
    ClaimRegistry registry;
    std::vector<ResolvedEngine> engines;
    bool allow_unsandboxed = false;

    [[nodiscard]] std::optional<ArticleKey> of(ArticleInput const& input, std::string const& context = "c") const {
        return ArticleKeys(job, registry, engines, allow_unsandboxed).key_of(input, context);
    }
};

TEST(ArticleKeyOf, DependsOnEveryPartOfWhatIsRead) {
    KeyOfARun run;
    run.registry.sha256 = "r";
    auto const key = run.of(an_input());
    ASSERT_TRUE(key);
    EXPECT_EQ(run.of(an_input()), key);
    std::vector<std::function<void(ArticleInput&)>> const changes{
        [](auto& input) { input.path = "b.ris#2"; },
        [](auto& input) { input.origin.file = "b.ris"; },
        [](auto& input) { input.origin.member = "a"; },
        [](auto& input) { input.origin.record = 3; },
        [](auto& input) { input.origin.bytes.begin = 99; },
        [](auto& input) { input.origin.bytes.end = 201; },
        [](auto& input) { input.format = sources::Format::nbib; },
        [](auto& input) { input.bytes += ' '; },
        [](auto& input) { input.line = 8; },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        auto input = an_input();
        changes[i](input);
        EXPECT_THAT(run.of(input), Optional(Ne(*key))) << "change " << i;
    }
    EXPECT_THAT(run.of(an_input(), "d"), Optional(Ne(*key)));
    auto broken = an_input();
    broken.problem = "does not exist";
    EXPECT_FALSE(run.of(broken));
}

TEST(ArticleKeyOf, DependsOnWhatARecordSharesWithItsFile) {
    sources::RecordContext const context;
    auto const digest = ArticleKeys::digest_of(&context);
    std::vector<std::function<void(sources::RecordContext&)>> const changes{
        [](auto& of) {
            of.columns = {{"title", "Name"}};
        },
        [](auto& of) { of.header = {"title"}; },
        [](auto& of) { of.separator = ';'; },
        [](auto& of) {
            of.strings = {{"j", "Journal"}};
        },
        [](auto& of) { of.encoding = "UTF-16LE"; },
    };
    for (auto const& change : changes) {
        sources::RecordContext changed;
        change(changed);
        EXPECT_NE(ArticleKeys::digest_of(&changed), digest);
    }
    EXPECT_EQ(ArticleKeys::digest_of(nullptr), "");
}

TEST(ArticleKeyOf, DependsOnEveryPartOfTheRun) {
    KeyOfARun run;
    run.registry.sha256 = "r";
    run.registry.claims.resize(2);
    run.registry.claims[0].id = "one";
    run.registry.claims[1].id = "two";
    CataloguedPlugin plugin;
    plugin.sha256 = "p";
    ResolvedEngine engine;
    engine.component.plugin = &plugin;
    engine.component.description.name = "judge";
    engine.component.options = {{"strict", true}, {"cut_off", 1e-7}};
    engine.claims = {0};
    auto const without_engine = run.of(an_input());
    run.engines = {engine};
    auto const key = run.of(an_input());
    ASSERT_TRUE(key);
    EXPECT_NE(key, without_engine);

    std::vector<std::function<void(KeyOfARun&)>> const changes{
        [](auto& of) { of.registry.sha256 = "s"; },
        [](auto& of) { of.job.limits.article_bytes = 1000; },
        [](auto& of) { of.allow_unsandboxed = true; },
        [](auto& of) { of.engines[0].claims = {1}; },
        [](auto& of) { of.engines[0].component.options[0].value = false; },
        [](auto& of) { of.engines[0].component.options[0].key = "lenient"; },
        [](auto& of) { of.engines[0].component.options[1].value = 2e-7; },
        [](auto& of) { of.engines[0].component.description.name = "other"; },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        auto changed = run;
        changes[i](changed);
        EXPECT_THAT(changed.of(an_input()), Optional(Ne(*key))) << "change " << i;
    }
    plugin.sha256 = "q";
    EXPECT_THAT(run.of(an_input()), Optional(Ne(*key)));
    run.registry.sha256.clear();
    EXPECT_FALSE(run.of(an_input())) << "of a registry that nobody knows again nothing is kept";
}

TEST(ArticleKeyOf, NamesTheBuildAndTheRules) {
    Job job;
    ClaimRegistry registry;
    auto const parts = ArticleKeys(job, registry, {}, false).parts();
    auto const value = [&](std::string const& name) {
        auto const found =
            std::find_if(parts.begin(), parts.end(), [&](auto const& part) { return part.first == name; });
        return found == parts.end() ? std::string() : found->second;
    };
    EXPECT_EQ(value("program"), build_identity());
    EXPECT_EQ(value("lexicon"), built_in_lexicon_sha256());
    EXPECT_EQ(run_parts_in(text_of(parts)), parts);
}

TEST(BuildIdentity, IsToldByTheProgramsThatReadForUs) {
    EXPECT_EQ(build_identity().size(), 64u);
    EXPECT_EQ(build_identity_of("/bin/true"), "");
    EXPECT_EQ(build_identity_of("/no/such/program"), "");
}

// --- entries ------------------------------------------------------------------------------------------------------

std::string an_entry() {
    Article article;
    article.path = "a.txt";
    article.title = {"Lamps", "first line", true};
    article.citation.authors = {"Smith J", "Doe J"};
    article.sketch.minima = {1, 2, 3};
    article.weight = 0.5;
    article.retracted = true;
    article.status = ArticleStatus::not_assessable;
    Diagnostics messages;
    messages.add({Severity::warning, "DOS0305", {"a.txt", 3, 4, 5}, "a message", "a line", {"a note"}});
    ArticleEvidence evidence;
    EvidenceItem item;
    item.claim_id = "sleep";
    item.confidence = 0.25;
    item.attribution = Attribution::recommended;
    item.quote = "Night lamps disturb sleep.";
    evidence.items = {item, item};
    RiskMention mention;
    mention.factor_id = "age";
    evidence.mentions = {mention};
    Quantity quantity;
    quantity.measure = "OR";
    quantity.ci_low = 1.5;
    quantity.factor_ids = {"age"};
    evidence.quantities = {quantity};
    evidence.undecided_claims = {"other"};
    auto entry = encode_reading(article, messages);
    append_evidence(entry, "as asked", evidence);
    return entry;
}

TEST(KnownArticle, ComesBackAsItWas) {
    auto const entry = an_entry();
    KnownArticle known;
    ASSERT_TRUE(decode_known_article(entry, known));
    auto again = encode_reading(known.article, known.messages);
    append_evidence(again, known.asked_as, known.evidence);
    EXPECT_EQ(again, entry);
    EXPECT_EQ(known.article.title.value, "Lamps");
    EXPECT_TRUE(known.article.retracted);
    ASSERT_EQ(known.evidence.items.size(), 2u);
    EXPECT_EQ(known.evidence.items[1].confidence, 0.25);
    EXPECT_EQ(known.messages.items().front().notes.front(), "a note");
    set_article_id("b", known.evidence);
    EXPECT_EQ(known.evidence.quantities.front().article_id, "b");
}

TEST(KnownArticle, IsNoneWhereBytesAreMissingOrLeftOver) {
    auto const entry = an_entry();
    KnownArticle known;
    for (std::size_t size = 0; size < entry.size(); ++size)
        EXPECT_FALSE(decode_known_article(std::string_view(entry).substr(0, size), known)) << size;
    EXPECT_FALSE(decode_known_article(entry + '\0', known));
}

TEST(KnownArticle, TakesAnyBytesAndNoValueThatThereIsNot) {
    auto const entry = an_entry();
    std::size_t n_refused = 0;
    for (std::size_t at = 0; at < entry.size(); ++at) {
        auto damaged = entry;
        damaged[at] = '\xFF';
        KnownArticle known;
        if (!decode_known_article(damaged, known)) {
            ++n_refused;
            continue;
        }
        auto again = encode_reading(known.article, known.messages);
        append_evidence(again, known.asked_as, known.evidence);
        EXPECT_EQ(again, damaged) << "at byte " << at;
    }
    EXPECT_GT(n_refused, 50u);
}

}  // namespace
