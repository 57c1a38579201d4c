#include "dossier/plugin/plugin_records.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/plugin/plugin_lock.hpp"
#include "support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using dossier::CataloguedPlugin;
using dossier::PluginRecords;

CataloguedPlugin plugin(std::string const& path, std::string const& sha256) {
    CataloguedPlugin made;
    made.path = path, made.sha256 = sha256;
    return made;
}

class PluginRecordsFile : public testing::Test {
protected:
    /// The path of a file that exists.
    std::string made(std::string const& name) {
        std::ofstream(folder_ / name) << "";
        return (folder_ / name).string();
    }
    dossier_test::TemporaryFolder made_;
    fs::path const folder_ = made_.path();
    fs::path const file_ = folder_ / "state" / "plugins.json";
};

TEST_F(PluginRecordsFile, RemembersACrashOfThatVeryFile) {
    PluginRecords(file_).quarantine(plugin(made("a.so"), "11"), "report `a` crashed (SIGSEGV)");
    PluginRecords const later(file_);
    ASSERT_NE(later.of(plugin(made("a.so"), "11")), nullptr);
    EXPECT_EQ(later.of(plugin(made("a.so"), "11"))->reason, "report `a` crashed (SIGSEGV)");
    EXPECT_EQ(later.of(plugin(made("a.so"), "22")), nullptr) << "another build is given a chance";
    EXPECT_EQ(later.of(plugin("/p/b.so", "11")), nullptr);
}

TEST_F(PluginRecordsFile, RemembersWhatAPersonSwitchedOffWhateverTheFileHolds) {
    PluginRecords(file_).switch_off(plugin(made("a.so"), "11"));
    EXPECT_NE(PluginRecords(file_).of(plugin(made("a.so"), "22")), nullptr);
}

TEST_F(PluginRecordsFile, ForgetsWhatIsLifted) {
    PluginRecords records(file_);
    records.quarantine(plugin(made("a.so"), "11"), "crashed");
    records.switch_off(plugin(made("a.so"), "11"));
    EXPECT_TRUE(records.lift(made("a.so")));
    EXPECT_FALSE(records.lift(made("a.so")));
    EXPECT_TRUE(PluginRecords(file_).all().empty());
}

TEST_F(PluginRecordsFile, KeepsOneRecordOfAPathThatCrashesAgainAndAgain) {
    for (int build = 0; build < 5; ++build)
        PluginRecords(file_).quarantine(plugin(made("a.so"), std::to_string(build)), "crashed");
    EXPECT_EQ(PluginRecords(file_).all().size(), 1u);
}

TEST_F(PluginRecordsFile, LosesNothingWhenSeveralWriteAtOnce) {
    std::vector<std::string> paths;
    for (int i = 0; i < 8; ++i)
        paths.push_back(made(std::to_string(i) + ".so"));
    std::vector<std::thread> writers;
    for (int i = 0; i < 8; ++i)
        writers.emplace_back(
            [&, i] { PluginRecords(file_).quarantine(plugin(paths[static_cast<std::size_t>(i)], "1"), "crashed"); });
    for (auto& writer : writers)
        writer.join();
    EXPECT_EQ(PluginRecords(file_).all().size(), 8u);
}

TEST_F(PluginRecordsFile, ThatCannotBeReadCountsAsEmptyAndIsNeverOverwritten) {
    fs::create_directories(file_.parent_path());
    for (std::string const text : {"", "{", "[]", "{\"version\": 2, \"plugins\": []}", "{\"version\": 1}",
                                   "{\"version\": 1, \"plugins\": [{\"sha256\": \"1\"}]}"}) {
        std::ofstream(file_, std::ios::binary | std::ios::trunc) << text;
        PluginRecords records(file_);
        EXPECT_FALSE(records.problem().empty()) << text;
        EXPECT_TRUE(records.all().empty());
        EXPECT_THROW(records.switch_off(plugin("/p/a.so", "1")), dossier::Failure);
        std::ifstream in(file_, std::ios::binary);
        EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), text);
    }
}

TEST_F(PluginRecordsFile, MayBeNone) {
    PluginRecords records{fs::path()};
    EXPECT_THROW(records.quarantine(plugin("/p/a.so", "1"), "crashed"), dossier::Failure);
    EXPECT_TRUE(records.all().empty());
    EXPECT_TRUE(records.problem().empty());
}

TEST_F(PluginRecordsFile, ForgetsQuarantinedFilesThatAreGoneAndNothingElse) {
    PluginRecords(file_).quarantine(plugin(made("a.so"), "1"), "crashed");
    PluginRecords(file_).switch_off(plugin("/gone/b.so", "1"));
    fs::remove(folder_ / "a.so");
    PluginRecords(file_).quarantine(plugin(made("c.so"), "1"), "crashed");
    PluginRecords const records(file_);
    EXPECT_EQ(records.all().size(), 2u);
    EXPECT_NE(records.of(plugin("/gone/b.so", "2")), nullptr) << "what a person decided stays";
}

TEST_F(PluginRecordsFile, RefusesMoreThanItCouldReadBack) {
    PluginRecords records(file_);
    std::string const reason(3u << 20, 'x');
    records.quarantine(plugin(made("a.so"), "1"), reason);
    EXPECT_THROW(records.quarantine(plugin(made("b.so"), "1"), reason), dossier::Failure);
    EXPECT_EQ(PluginRecords(file_).all().size(), 1u);
}

TEST_F(PluginRecordsFile, ALockListsFilesByTheirDigest) {
    std::string const digest(64, 'a');
    auto const lock_of = [&](std::string const& text) {
        std::ofstream(folder_ / "plugins.lock", std::ios::binary | std::ios::trunc) << text;
        return dossier::read_plugin_lock(folder_ / "plugins.lock");
    };
    auto const lock = lock_of("# a comment\n\n" + digest + "  name 1.0\r\n");
    EXPECT_EQ(lock.problem, "");
    EXPECT_TRUE(lock.lists(plugin("/p/a.so", digest)));
    EXPECT_FALSE(lock.lists(plugin("/p/a.so", std::string(64, 'b'))));
    EXPECT_EQ(lock_of("\n" + digest.substr(1) + "  name\n").problem,
              "line 2 does not begin with a SHA-256 of 64 hex digits");
    EXPECT_EQ(lock_of(digest + "a name\n").problem, "line 1 does not begin with a SHA-256 of 64 hex digits");
    EXPECT_EQ(dossier::read_plugin_lock(folder_ / "none").problem, "no such file");
}

TEST_F(PluginRecordsFile, ALockIsReadAsItWasWritten) {
    dossier::Catalogue catalogue;
    catalogue.plugins.push_back(plugin("/p/b.so", std::string(64, '2')));
    catalogue.plugins.back().metadata.name = "b", catalogue.plugins.back().metadata.version = "1.0";
    catalogue.plugins.push_back(plugin("/p/a.so", std::string(64, '1')));
    catalogue.plugins.back().metadata.name = "a", catalogue.plugins.back().metadata.version = "2";
    auto const text = dossier::plugin_lock_text(catalogue);
    EXPECT_LT(text.find("  a 2\n"), text.find("  b 1.0\n")) << text;
    std::ofstream(folder_ / "plugins.lock", std::ios::binary) << text;
    auto const lock = dossier::read_plugin_lock(folder_ / "plugins.lock");
    EXPECT_EQ(lock.sha256.size(), 2u) << lock.problem;
    catalogue.plugins.push_back(plugin("/p/c.so", std::string(64, '3')));
    dossier::apply(lock, catalogue);
    EXPECT_EQ(catalogue.plugins[0].unusable, "");
    EXPECT_EQ(catalogue.plugins[2].unusable, "is not listed in plugins.lock");
}

// Found when fuzzing: a copy of the list took a stack frame for each level.
TEST_F(PluginRecordsFile, IsReadHoweverDeepItNests) {
    constexpr std::size_t levels = 1'000'000;
    fs::create_directories(file_.parent_path());
    std::ofstream(file_) << R"({"version": 1, "plugins": )" << std::string(levels, '[') << std::string(levels, ']')
                         << "}";
    PluginRecords const records(file_);
    EXPECT_EQ(records.problem(), "holds a record without a path");
}

}  // namespace
