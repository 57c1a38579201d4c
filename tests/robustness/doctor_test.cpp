// `dossier doctor`: what it finds out by trying, and how it ends.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "golden/dossier_process.hpp"
#include "support/without_landlock.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

class Doctor : public testing::Test {
protected:
    ProcessResult examine(std::vector<std::string> more = {}) {
        more.insert(more.begin(), {DOSSIER_PROGRAM, "doctor"});
        return run_program(more, {{"XDG_STATE_HOME", folder_.path().string()}});
    }
    fs::path plugins_with(std::string const& fixture) {
        auto const plugins = folder_.path() / "plugins";
        fs::create_directory(plugins);
        fs::permissions(plugins, fs::perms::group_write | fs::perms::others_write, fs::perm_options::remove);
        fs::copy_file(fs::path(DOSSIER_FIXTURES) / (fixture + ".so"), plugins / (fixture + ".so"));
        return plugins;
    }
    TemporaryFolder folder_;
};

bool has_line(std::string const& text, std::string const& begin, std::string const& part) {
    for (std::size_t at = 0; at < text.size();) {
        auto const line = text.substr(at, text.find('\n', at) - at);
        if (line.starts_with(begin) && line.find(part) != std::string::npos) return true;
        at += line.size() + 1;
    }
    return false;
}

TEST_F(Doctor, TriesTheSandboxEveryReportAndEveryFormat) {
    auto const result = examine();
    EXPECT_TRUE(result.exit_code == 0 || result.exit_code == 3) << result.out << "\n3: fonts may be missing";
    EXPECT_TRUE(has_line(result.out, "ok       sandbox", "Landlock ABI ")) << result.out;
    EXPECT_TRUE(has_line(result.out, "ok       report consensus", "ran on an analysis of nothing")) << result.out;
    EXPECT_TRUE(has_line(result.out, "ok       format markdown", "wrote a page of ")) << result.out;
    EXPECT_TRUE(has_line(result.out, "ok       format csv", "wrote a page of ")) << result.out;
    EXPECT_TRUE(has_line(result.out, "ok       temporary files", "GiB free")) << result.out;
}

TEST_F(Doctor, NamesAPluginThatCrashesAndFails) {
    auto const result = examine({"--plugin-path", plugins_with("segfault").string()});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(has_line(result.out, "failed   report segfault", "crashed (SIGSEGV)")) << result.out;
    auto const again = examine({"--quiet", "--plugin-path", (folder_.path() / "plugins").string()});
    EXPECT_TRUE(has_line(again.out, "warning  plugin segfault", "is quarantined")) << again.out;
    EXPECT_FALSE(has_line(again.out, "ok ", "")) << again.out;
}

TEST_F(Doctor, SaysWhereTheKernelHasNoLandlock) {
    auto const expect = [&] {
        take_landlock_away();
        auto const result = examine();
        bool const told = has_line(result.out, "failed   sandbox", "this kernel has no Landlock");
        if (!told) std::fprintf(stderr, "%s", result.out.c_str());
        std::_Exit(told && result.exit_code == 1 ? 0 : 1);
    };
    EXPECT_EXIT(expect(), testing::ExitedWithCode(0), "");
}

}  // namespace
