#include "dossier/sources/find_articles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using dossier::find_articles;
using dossier::matches_glob;
using testing::ElementsAre;
using testing::IsEmpty;

class Folder {
public:
    Folder()
        : path_(fs::path(testing::TempDir()) /
                ("find-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {
        fs::remove_all(path_);
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    void file(std::string const& name) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << "text";
    }
    fs::path const& path() const { return path_; }

private:
    fs::path path_;
};

std::vector<std::string> all(dossier::TextList const& list) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < list.size(); ++i)
        texts.emplace_back(list[i]);
    return texts;
}
std::vector<std::string> paths_of(dossier::FoundArticles const& found) {
    return all(found.articles.paths);
}
std::vector<std::string> ids_of(dossier::FoundArticles const& found) {
    return all(found.articles.ids);
}

TEST(Globs, MatchWithinAndAcrossFolders) {
    EXPECT_TRUE(matches_glob("*.txt", "a.txt"));
    EXPECT_FALSE(matches_glob("*.txt", "b/a.txt"));
    EXPECT_TRUE(matches_glob("**/*.txt", "a.txt"));
    EXPECT_TRUE(matches_glob("**/*.txt", "x/y/a.txt"));
    EXPECT_TRUE(matches_glob("x/**", "x/y/a.txt"));
    EXPECT_TRUE(matches_glob("x/**/b/*", "x/b/c"));
    EXPECT_FALSE(matches_glob("x/**/b/*", "x/c/d"));
    EXPECT_TRUE(matches_glob("./a?.[tm]*", "ab.md"));
    EXPECT_TRUE(matches_glob("a[!0-9]c", "abc"));
    EXPECT_FALSE(matches_glob("a[!0-9]c", "a5c"));
    EXPECT_TRUE(matches_glob("caf?.txt", "caf\u00E9.txt"));
    EXPECT_TRUE(matches_glob("a[.txt", "a[.txt")) << "a bracket that is not closed is itself";
    EXPECT_FALSE(matches_glob("*", ".hidden"));
    EXPECT_FALSE(matches_glob("**/*", ".git/config"));
    EXPECT_TRUE(matches_glob(".git/*", ".git/config"));
}

TEST(Globs, DoNotRunAwayOnManyStars) {
    EXPECT_FALSE(matches_glob("*a*a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(2000, 'a')));
    std::string deep, glob;
    for (int i = 0; i < 200; ++i)
        deep += "d/", glob += "**/";
    EXPECT_TRUE(matches_glob(glob + "f", deep + "f"));
    EXPECT_FALSE(matches_glob(glob + "g", deep + "f"));
}

TEST(FindArticles, AreSortedAndListedOnce) {
    Folder const folder;
    for (auto const* name : {"b.txt", "a.txt", "sub/c.md", "draft.txt"})
        folder.file(name);
    auto const found = find_articles(folder.path().string(), {"*.txt", "**/*", "*.none"}, {"draft*"});
    EXPECT_THAT(paths_of(found), ElementsAre("a.txt", "b.txt", "sub/c.md"));
    EXPECT_THAT(ids_of(found), ElementsAre("a", "b", "c"));
    ASSERT_EQ(found.globs.size(), 3u);
    EXPECT_EQ(found.globs[0].n_files, 3u);
    EXPECT_EQ(found.globs[2].n_files, 0u) << "an empty glob is the caller's to report";
    EXPECT_EQ(found.globs[2].refused, "");
}

TEST(FindArticles, GetTheirFolderIntoTheirIdWhereNamesClash) {
    Folder const folder;
    for (auto const* name : {"2023/trial.txt", "2024/trial.txt", "other.md", "other.txt", "x/2024/trial.txt"})
        folder.file(name);
    auto const found = find_articles(folder.path().string(), {"**/*"}, {});
    EXPECT_THAT(paths_of(found),
                ElementsAre("2023/trial.txt", "2024/trial.txt", "other.md", "other.txt", "x/2024/trial.txt"));
    EXPECT_THAT(ids_of(found), ElementsAre("2023/trial", "2024/trial", "other.md", "other.txt", "x/2024/trial"));
}

TEST(FindArticles, NeverLeaveTheFolder) {
    Folder const folder;
    folder.file("job/a.txt");
    folder.file("outside.txt");
    fs::create_symlink(folder.path() / "outside.txt", folder.path() / "job/link.txt");
    fs::create_symlink("a.txt", folder.path() / "job/inside.txt");
    fs::create_directory_symlink(folder.path(), folder.path() / "job/loop");
    auto const found = find_articles((folder.path() / "job").string(), {"**/*.txt", "../*.txt", "/etc/*", ""}, {});
    EXPECT_THAT(paths_of(found), ElementsAre("a.txt", "inside.txt"));
    EXPECT_THAT(found.refused_paths, ElementsAre("link.txt"));
    EXPECT_EQ(found.globs[1].refused, "leaves the job's folder");
    EXPECT_EQ(found.globs[2].refused, "is absolute; globs are relative to the job's folder");
    EXPECT_EQ(found.globs[3].refused, "is empty");
}

TEST(FindArticles, AreNeverWhatARunWrote) {
    Folder const folder;
    for (auto const* name : {"a.md", "deep/down/out/.lock", "deep/down/out/runs/2026-11-22-0123456789ab/report.md",
                             "deep/down/out/history.sqlite", "deep/down/out/history.sqlite.damaged-1",
                             "deep/down/out/cache/articles.pack", "deep/down/out/note.md"})
        folder.file(name);
    auto const set = folder.path() / "deep/down/out/runs/2026-11-22-0123456789ab";
    fs::create_directory_symlink("runs/2026-11-22-0123456789ab", folder.path() / "deep/down/out/latest");
    fs::create_symlink(set / "report.md", folder.path() / "linked.md");
    auto const found = find_articles(folder.path().string(), {"**/*", "deep/down/out/runs/*/*.md"}, {});
    EXPECT_THAT(paths_of(found), ElementsAre("a.md", "deep/down/out/note.md"))
        << "what a person put there is no report";
    EXPECT_EQ(found.globs[1].n_files, 0u) << "not even where it is asked for";
}

TEST(FindArticles, AreNotWhatTheFirstRunIsJustWriting) {  // it has published nothing yet
    Folder const folder;
    for (auto const* name : {"a.md", ".lock", "history.sqlite", "cache/articles.pack"})
        folder.file(name);
    EXPECT_THAT(paths_of(find_articles(folder.path().string(), {"**/*"}, {})), ElementsAre("a.md"))
        << "also where the job's folder is the output folder";
}

TEST(FindArticles, MayStandInAnyFolderCalledRunsOrCache) {
    Folder const folder;
    for (auto const* name : {"cache/a.md", "runs/b.md", "x/runs/c.md"})
        folder.file(name);
    EXPECT_THAT(paths_of(find_articles(folder.path().string(), {"**/*"}, {})),
                ElementsAre("cache/a.md", "runs/b.md", "x/runs/c.md"));
}

/// Somebody whom permissions keep out, as they do not keep out root.
class SomebodyElse {
public:
    SomebodyElse() : own_(::geteuid()) { is_kept_out = own_ != 0 || ::seteuid(65534) == 0; }
    ~SomebodyElse() { EXPECT_TRUE(::geteuid() == own_ || ::seteuid(own_) == 0); }
    bool is_kept_out = false;

private:
    ::uid_t own_;
};

TEST(FindArticles, NeedOnlyTheFoldersThatAGlobReaches) {
    Folder const folder;
    for (auto const* name : {"a/x/1.md", "private/2.md", ".hidden/3.md", "b/4.md"})
        folder.file(name);
    fs::permissions(folder.path() / "private", fs::perms::none);
    fs::permissions(folder.path() / ".hidden", fs::perms::none);
    {
        SomebodyElse const reader;
        if (!reader.is_kept_out) GTEST_SKIP() << "nothing keeps this user out of a folder";
        auto const unreadable = [&](std::vector<std::string> const& include, std::vector<std::string> const& exclude) {
            return find_articles(folder.path().string(), include, exclude).unreadable_folders;
        };
        EXPECT_THAT(unreadable({"a/*/*.md", "b/**"}, {}), IsEmpty());
        EXPECT_THAT(unreadable({"**/*.md"}, {}), ElementsAre("private"));
        EXPECT_THAT(unreadable({"*/*.md"}, {}), ElementsAre("private"));
        EXPECT_THAT(unreadable({"private/**"}, {}), ElementsAre("private"));
        EXPECT_THAT(unreadable({"**/*.md"}, {"private/*.md", "priv**"}), ElementsAre("private"));
        EXPECT_THAT(unreadable({"**/*.md"}, {"private/**"}), IsEmpty());
    }
    fs::permissions(folder.path() / "private", fs::perms::owner_all);
    fs::permissions(folder.path() / ".hidden", fs::perms::owner_all);
}

TEST(FindArticles, LeaveOutNamesThatAreNotUtf8) {
    Folder const folder;
    for (auto const* name : {"Gr\xF6\xDF"
                             "e.txt",
                             "Größe.txt", "old/\xFFnotes.txt", "other/\xFE.md"})
        folder.file(name);
    auto const found = find_articles(folder.path().string(), {"**/*.txt"}, {"old/**"});
    ASSERT_EQ(found.articles.paths.size(), 1u);
    EXPECT_EQ(found.articles.paths[0], "Größe.txt");
    EXPECT_THAT(found.misnamed_paths, ElementsAre("Gr\xF6\xDF"
                                                  "e.txt"));
}

TEST(FindArticles, LeaveOutNamesThatWouldWriteLinesOfTheirOwnOrSteerATerminal) {
    Folder const folder;
    for (auto const* name :
         {"a\nsleep: supports.txt", "red\x1b[31m.txt", "rub\x7f.txt", "c1\xC2\x9B.txt", "Größe ½.txt"})
        folder.file(name);
    auto const found = find_articles(folder.path().string(), {"**/*.txt"}, {});
    ASSERT_EQ(found.articles.paths.size(), 1u);
    EXPECT_EQ(found.articles.paths[0], "Größe ½.txt");
    EXPECT_EQ(found.misnamed_paths.size(), 4u);
}

TEST(FindArticles, SayThatAFolderIsNotThere) {
    auto const found = find_articles(testing::TempDir() + "/no-such-folder", {"*"}, {});
    EXPECT_THAT(found.articles.paths, IsEmpty());
    EXPECT_EQ(found.unreadable_folders.size(), 1u);
}

}  // namespace
