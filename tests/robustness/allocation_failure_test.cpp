// Memory runs out at the n-th allocation, of C++ or of SQLite, while an analysis is stored, compared, recorded and published:
// an exception or success, and what a reader sees is the old set or the new one.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/history/run_history.hpp"
#include "dossier/job/manifest.hpp"
#include "dossier/job/publication.hpp"
#include "dossier/store/analysed_quotes.hpp"
#include "dossier/store/analysis_writer.hpp"
#include "dossier/store/comparison.hpp"
#include "robustness/crash_job.hpp"
#include "support/sanitized.hpp"

namespace {

/// When allocations fail.
struct Shortage {
    std::atomic<long> n_asked = 0;  ///< since it was begun
    std::atomic<long> first = 0;    ///< the one that fails first, from 1; 0: none
    std::atomic<bool> sticky = false, fired = false;

    void begin(long number, bool and_after) {
        n_asked = 0, fired = false, sticky = and_after;
        first = number;
    }
    void end() { first = 0; }

    [[nodiscard]] bool fails_now() noexcept {
        auto const number = ++n_asked;
        if (first == 0 || number < first || (number > first && !sticky)) return false;
        fired = true;
        return true;
    }
};
constinit Shortage shortage;

void* allocate_or_null(std::size_t size) noexcept {
    return shortage.fails_now() ? nullptr : std::malloc(size == 0 ? 1 : size);
}

void* allocate(std::size_t size) {
    void* const memory = allocate_or_null(size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

sqlite3_mem_methods usual_methods;

void use_failing_memory_in_sqlite() {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual_methods);
    auto methods = usual_methods;
    methods.xMalloc = [](int size) -> void* { return shortage.fails_now() ? nullptr : usual_methods.xMalloc(size); };
    methods.xRealloc = [](void* memory, int size) -> void* {
        return shortage.fails_now() ? nullptr : usual_methods.xRealloc(memory, size);
    };
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);  // each allocation is one that can fail
}

}  // namespace

void* operator new(std::size_t size) {
    return allocate(size);
}
void* operator new[](std::size_t size) {
    return allocate(size);
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return allocate_or_null(size);
}
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    return allocate_or_null(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::nothrow_t const&) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::nothrow_t const&) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

namespace fs = std::filesystem;
using namespace dossier;

constexpr long n_sampled = rounds_here(300);
constexpr std::size_t most_problems_shown = 20;

/// Something of all that an analysis holds: claims, a condition, a risk factor, quotes, a copy, an article nobody could read.
struct Sample {
    ClaimRegistry registry;
    std::vector<Article> articles;
    std::vector<ArticleEvidence> evidence;
    Diagnostics diagnostics;

    Sample() {
        registry.outcome = "insomnia";
        Claim claim;
        claim.id = "causes", claim.statement = "Evening coffee causes insomnia.", claim.conditions = {"late"};
        Condition late;
        late.id = "late", late.name = "when drunk late";
        RiskFactor dose;
        dose.id = "dose", dose.name = "more than four cups", dose.usual_direction = FactorDirection::raises;
        registry.claims = {claim}, registry.conditions = {late}, registry.risk_factors = {dose};
        add("a", "Coffee keeps people awake at night, all of them, as long as they live.", Direction::supports);
        add("b", "Coffee drunk late does not disturb sleep, as far as anybody knows.", Direction::refutes);
        add("copy of b", "Coffee drunk late does not disturb sleep, as far as anybody knows.", Direction::refutes);
        evidence[1].items.back().condition_id = "late";
        articles[2].status = ArticleStatus::not_assessable, articles[2].status_reason = "the language is de";
        evidence[2].items.clear();
        RiskMention mention;
        mention.factor_id = "dose", mention.article_id = "a", mention.quote = "More than four cups are worse.";
        mention.bytes = {100, 130}, mention.line = 2, mention.direction = FactorDirection::raises;
        evidence[0].mentions = {mention};
        diagnostics.add(
            {Severity::warning, "DOS0301", {"c.txt", 0, 0, 0}, "the language is de", "", {"only en is read"}});
    }

private:
    void add(std::string const& id, std::string const& text, Direction direction) {
        Article article;
        article.id = id, article.path = "articles/" + id + ".txt", article.format = "text", article.encoding = "UTF-8";
        article.language = "en", article.sha256 = std::string(64, '0'), article.n_sentences = 1;
        EvidenceItem item;
        item.claim_id = "causes", item.article_id = id, item.direction = direction, item.quote = text;
        item.bytes = {0, text.size()}, item.line = 1, item.rule = "cue 'sleep'";
        articles.push_back(article);
        evidence.emplace_back();
        evidence.back().article_id = id;
        evidence.back().items = {item};
    }
};

/// What is written, made once: where memory runs out is in what stores and publishes, not in what sums up.
class Publisher {
public:
    Publisher() {
        Summing summing(sample_.registry);
        for (std::size_t i = 0; i < sample_.articles.size(); ++i)
            stances_.push_back(summing.add(sample_.articles[i], sample_.evidence[i]));
        summary_ = summing.finish();
    }

    /// A whole run, as far as it stores and publishes.
    void publish(fs::path const& folder, std::string const& run_id) const {
        OutputLock const lock(folder);
        auto const history_database = HistoryDatabase::open_or_begin_anew(folder);
        RunHistory history(history_database, [] { return std::chrono::system_clock::time_point(); });
        history.mark_interrupted();
        auto const number = history.begin({"/job.toml", {"run", "job.toml"}, "/", RunTrigger::schedule, {}, "1.0.0"});
        StagedSet set(folder);
        auto const database = set.path() / "analysis.sqlite";
        store(database, run_id);
        auto const previous = folder / "latest" / "analysis.sqlite";
        add_changes(database.string(), fs::exists(previous) ? std::optional(previous.string()) : std::nullopt);
        auto const manifest = manifest_of(database, run_id);
        set.publish(run_id, [&](auto const& write) { write_manifest(manifest, inputs_in(database), write); });
        RunEnd end;
        end.state = RunState::published, end.exit_code = 0, end.run_id = run_id;
        end.outputs = {{"analysis.sqlite", manifest.outputs.front().bytes, manifest.outputs.front().sha256}};
        end.verdicts = {{"causes", "supports", "high", "low", "good", 6, 5, 3, 1, 1}};
        end.diagnostics = sample_.diagnostics;
        history.finish(number, end);
    }

private:
    void store(fs::path const& database, std::string const& title) const {
        AnalysisWriter writer(database.string());
        writer.add_registry(sample_.registry);
        for (std::size_t i = 0; i < sample_.articles.size(); ++i)
            writer.add_article(sample_.articles[i], sample_.evidence[i], stances_[i]);
        writer.add_summary(summary_);
        writer.add_diagnostics(sample_.diagnostics);
        RunInfo run;
        run.job_title = title, run.as_of = "2026-11-22", run.tool_version = "1.0.0";
        writer.finish(run);
    }

    static Manifest manifest_of(fs::path const& database, std::string const& run_id) {
        Manifest manifest;
        manifest.run_id = run_id;
        manifest.outputs.push_back({"analysis.sqlite", fs::file_size(database), dossier::test::sha256_of(database)});
        return manifest;
    }

    static ManifestInputs inputs_in(fs::path const& database) {
        return [database = database.string()](auto const& take) {
            AnalysedQuotes(database).for_each_article([&](AnalysedArticle const& article) {
                take({article.path, article.sha256});
            });
        };
    }

    Sample sample_;
    std::vector<std::vector<ArticleStance>> stances_;
    Summary summary_;
};

/// In memory where there is such a folder: what is tested is not the disk.
fs::path quick_folder() {
    std::error_code ignored;
    auto const base = fs::is_directory("/dev/shm", ignored) ? fs::path("/dev/shm") : fs::temp_directory_path();
    auto pattern = (base / "dossier-memory-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    return pattern;
}

class AllocationFailure : public testing::Test {
protected:
    void SetUp() override {
        publisher_.publish(before_, "old");
        old_set_ = dossier::test::published_set(before_);
        dossier::test::copy_folder(before_, output_);
        shortage.begin(0, false);
        publisher_.publish(output_, "new");
        n_allocations_ = shortage.n_asked;
        new_set_ = dossier::test::published_set(output_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    /// @return whether an allocation failed
    bool fail_at(long number, bool sticky) {
        dossier::test::copy_folder(before_, output_);
        std::string problem;
        auto const ending = publish_in_child(number, sticky);
        bool const succeeded = ending.outcome == succeeded_code, fired = ending.fired;
        if (ending.outcome == other_exception_code) problem = "another exception; ";
        // nlohmann::json takes memory in its destructor, and ends the process when there is none: as a kill would.
        if (ending.outcome == SIGABRT + signal_base)
            ++n_aborted_;
        else if (ending.outcome >= signal_base)
            problem = "signal " + std::to_string(ending.outcome - signal_base) + "; ";
        auto const found = dossier::test::published_set(output_);
        if (succeeded ? found != new_set_ : found != old_set_ && found != new_set_)
            problem += succeeded ? "success without the new set; " : "neither the old set nor the new; ";
        for (auto const& fault : dossier::test::faults_in(output_))
            problem += fault + "; ";
        if (!problem.empty() && ++n_problems_ <= most_problems_shown)
            ADD_FAILURE() << "allocation " << number << (sticky ? " and after: " : ": ") << problem;
        if (!succeeded) must_go_on(number);
        return fired;
    }

    struct Ending {
        int outcome;
        bool fired;
    };
    static constexpr int succeeded_code = 0, failed_code = 1, other_exception_code = 2, fired_bit = 8,
                         signal_base = 128;

    [[nodiscard]] int publish_with_shortage(long number, bool sticky) const {
        int outcome = failed_code;
        shortage.begin(number, sticky);
        try {
            publisher_.publish(output_, "new");
            outcome = succeeded_code;
        } catch (Failure const&) {
        } catch (std::bad_alloc const&) {
        } catch (fs::filesystem_error const&) {
        } catch (...) {
            outcome = other_exception_code;
        }
        shortage.end();
        return outcome | (shortage.fired ? fired_bit : 0);
    }

    /// In a process of its own, so that one that is ended by it is seen.
    [[nodiscard]] Ending publish_in_child(long number, bool sticky) const {
        auto const child = ::fork();
        if (child == 0) ::_exit(publish_with_shortage(number, sticky));
        int status = 0;
        ::waitpid(child, &status, 0);
        if (WIFSIGNALED(status)) return {signal_base + WTERMSIG(status), true};
        return {WEXITSTATUS(status) & ~fired_bit, (WEXITSTATUS(status) & fired_bit) != 0};
    }

    void must_go_on(long number) {
        try {
            publisher_.publish(output_, found_is_new() ? "newer" : "new");
        } catch (std::exception const& error) {
            if (++n_problems_ <= most_problems_shown)
                ADD_FAILURE() << "allocation " << number << ": the next run fails: " << error.what();
            return;
        }
        auto const leftovers = dossier::test::leftovers_in(output_);
        if (!leftovers.empty() && ++n_problems_ <= most_problems_shown)
            ADD_FAILURE() << "allocation " << number << ": the next run leaves " << leftovers.front();
    }
    [[nodiscard]] bool found_is_new() const { return fs::exists(output_ / "runs" / "new"); }

    Publisher publisher_;
    fs::path folder_ = quick_folder(), before_ = folder_ / "before", output_ = folder_ / "out";
    std::optional<dossier::test::SetContent> old_set_, new_set_;
    long n_allocations_ = 0;
    std::size_t n_problems_ = 0, n_aborted_ = 0;
};

TEST_F(AllocationFailure, AtAnyAllocationIsAnExceptionOrSuccessAndNeverAHalfSet) {
    auto const wanted = static_cast<long>(dossier::test::number_from_environment("DOSSIER_ALLOCATIONS", n_sampled));
    auto const step = dossier::test::is_long_run() ? 1 : std::max(1L, n_allocations_ / wanted);
    long n_fired = 0, n_tried = 0;
    for (bool const sticky : {false, true})
        for (long number = 1; number <= n_allocations_; number += step) {
            ++n_tried;
            n_fired += fail_at(number, sticky) ? 1 : 0;
        }
    std::printf("%ld allocations; %ld of %ld shortages came; %zu ended the process\n", n_allocations_, n_fired, n_tried,
                n_aborted_);
    EXPECT_EQ(n_problems_, 0u);
    EXPECT_GE(n_fired, n_tried * 99 / 100);
}

}  // namespace

int main(int argc, char** argv) {
    use_failing_memory_in_sqlite();  // before anybody opens a database
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
