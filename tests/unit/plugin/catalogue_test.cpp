#include "dossier/plugin/catalogue.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

namespace {

using dossier::ComponentKind;
using testing::ElementsAre;
namespace fs = std::filesystem;

class CatalogueTest : public testing::Test {
protected:
    CatalogueTest() {
        fs::create_directories(folder_ / "a");
        fs::create_directories(folder_ / "b");
    }

    static void write(fs::path const& path, std::string const& bytes) {
        std::ofstream(path, std::ios::binary) << bytes;
        ::chmod(path.c_str(), 0644);
    }
    /// The least that has metadata: header, three section headers, names, text.
    static std::string library(std::string const& metadata) {
        std::string const names = std::string("\0.shstrtab\0dossier_meta\0", 24);
        std::string file(256, '\0');
        auto const put = [&](std::size_t at, std::uint64_t number, std::size_t size) {
            std::memcpy(file.data() + at, &number, size);
        };
        std::memcpy(file.data(), "\177ELF\2\1\1", 7);
        put(16, 3, 2);
#if defined(__aarch64__)
        put(18, 183, 2);
#else
        put(18, 62, 2);
#endif
        put(40, 64, 8), put(58, 64, 2), put(60, 3, 2), put(62, 1, 2);
        put(128, 1, 4), put(132, 3, 4), put(152, 256, 8), put(160, names.size(), 8);
        put(192, 11, 4), put(196, 1, 4), put(216, 256 + names.size(), 8), put(224, metadata.size(), 8);
        return file + names + metadata;
    }
    static std::string report(std::string const& name) {
        return library("abi=1.0\nname=" + name + "\nversion=1\nprovides=report:" + name + "\n");
    }
    [[nodiscard]] dossier::Catalogue scan() const {
        std::vector<fs::path> const folders = {folder_ / "a", folder_ / "b", folder_ / "nowhere"};
        return dossier::scan_plugins(folders);
    }
    [[nodiscard]] static std::vector<std::string> messages(dossier::Catalogue const& catalogue) {
        std::vector<std::string> all;
        for (auto const& diagnostic : catalogue.diagnostics.items())
            all.push_back(diagnostic.code + " " + fs::path(diagnostic.place.file).filename().string() + ": " +
                          diagnostic.message);
        return all;
    }
    dossier_test::TemporaryFolder made_;
    fs::path const folder_ = made_.path();
};

TEST_F(CatalogueTest, ListsPluginsByFolderThenByName) {
    write(folder_ / "b" / "one.so", report("one"));
    write(folder_ / "a" / "two.so", report("two"));
    write(folder_ / "a" / "three.so", report("three"));
    write(folder_ / "a" / "notes.txt", "no plugin");
    auto const catalogue = scan();
    ASSERT_EQ(catalogue.plugins.size(), 3U);
    EXPECT_EQ(catalogue.plugins[0].metadata.name, "three");
    EXPECT_EQ(catalogue.plugins[1].metadata.name, "two");
    EXPECT_EQ(catalogue.plugins[2].metadata.name, "one");
    EXPECT_EQ(catalogue.plugins[2].size, fs::file_size(folder_ / "b" / "one.so"));
    EXPECT_EQ(catalogue.plugins[2].sha256.size(), 64U);
    EXPECT_THAT(catalogue.names(ComponentKind::report), ElementsAre("one", "three", "two"));
    EXPECT_EQ(catalogue.find(ComponentKind::report, "two"), &catalogue.plugins[1]);
    EXPECT_EQ(catalogue.find(ComponentKind::format, "two"), nullptr);
    EXPECT_TRUE(catalogue.diagnostics.empty()) << messages(catalogue)[0];
    EXPECT_EQ(catalogue.folders.size(), 3U);
}

TEST_F(CatalogueTest, WarnsOfWhatIsBrokenAndGoesOn) {
    write(folder_ / "a" / "bad.so", "not a library");
    write(folder_ / "a" / "cut.so", report("cut").substr(0, 200));
    write(folder_ / "a" / "good.so", report("good"));
    fs::create_symlink(folder_ / "nowhere", folder_ / "a" / "link.so");
    fs::create_directory(folder_ / "a" / "folder.so");
    auto const catalogue = scan();
    EXPECT_THAT(
        messages(catalogue),
        ElementsAre("DOS0501 bad.so: plugin cannot be used: it is not an ELF file",
                    "DOS0501 cut.so: plugin cannot be used: it is cut off: its section headers lie beyond its end",
                    "DOS0501 folder.so: plugin cannot be used: it is a folder, not a file",
                    "DOS0501 link.so: plugin cannot be used: it is a link that leads nowhere"));
    EXPECT_FALSE(catalogue.diagnostics.has_errors());
    EXPECT_THAT(catalogue.names(ComponentKind::report), ElementsAre("good"));
}

TEST_F(CatalogueTest, TakesTheFirstOfTwoOfTheSameName) {
    write(folder_ / "a" / "x.so", report("same"));
    write(folder_ / "b" / "y.so", report("same"));
    auto const catalogue = scan();
    ASSERT_NE(catalogue.find(ComponentKind::report, "same"), nullptr);
    EXPECT_TRUE(catalogue.find(ComponentKind::report, "same")->path.ends_with("/a/x.so"));
    EXPECT_THAT(messages(catalogue), ElementsAre("DOS0502 y.so: report \"same\" is offered by an earlier plugin too"));
    EXPECT_THAT(catalogue.names(ComponentKind::report), ElementsAre("same"));
}

TEST_F(CatalogueTest, FollowsLinksToTheFileItselfAndListsItOnce) {
    write(folder_ / "a" / "real.so", report("real"));
    fs::create_symlink(folder_ / "a" / "real.so", folder_ / "b" / "again.so");
    auto const catalogue = scan();
    ASSERT_EQ(catalogue.plugins.size(), 1U);
    EXPECT_EQ(catalogue.plugins[0].path, fs::canonical(folder_ / "a" / "real.so").string());
    EXPECT_TRUE(catalogue.diagnostics.empty());
}

TEST_F(CatalogueTest, RefusesWhatAnyoneMayWriteTo) {
    write(folder_ / "a" / "open.so", report("open"));
    ::chmod((folder_ / "a" / "open.so").c_str(), 0666);
    auto const catalogue = scan();
    EXPECT_TRUE(catalogue.plugins.empty());
    EXPECT_THAT(messages(catalogue),
                ElementsAre("DOS0503 open.so: plugin cannot be used: anyone may write to it or to its folder"));
}

TEST_F(CatalogueTest, LooksInTheEnvironmentsFoldersThenInTheUsersThenInTheSystems) {
    ::setenv("DOSSIER_PLUGIN_PATH", "/first::/second", 1);
    ::setenv("XDG_DATA_HOME", "/home/ada/.data", 1);
    auto const folders = dossier::default_plugin_folders();
    ::setenv("XDG_DATA_HOME", "not/absolute", 1);
    ::unsetenv("DOSSIER_PLUGIN_PATH");
    auto const folders_at_home = dossier::default_plugin_folders();
    ::unsetenv("XDG_DATA_HOME");
    ASSERT_EQ(folders.size(), 4U);
    EXPECT_EQ(folders[0], "/first");
    EXPECT_EQ(folders[1], "/second");
    EXPECT_EQ(folders[2], "/home/ada/.data/dossier/plugins");
    EXPECT_TRUE(folders[3].string().ends_with("/lib/dossier/plugins"));
    ASSERT_FALSE(folders_at_home.empty());
    EXPECT_EQ(folders_at_home[0].string().find("not/absolute"), std::string::npos);
}

}  // namespace
