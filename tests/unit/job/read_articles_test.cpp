#include "dossier/job/read_articles.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

namespace {

namespace fs = std::filesystem;
using dossier::Article;
using dossier::Diagnostics;
using testing::ElementsAre;
using testing::HasSubstr;

class ArticlesOfAJob : public testing::Test {
protected:
    void SetUp() override {
        job_.folder = folder_.path().string();
        dossier::Phrase all;
        all.text = "**";
        job_.sources.include = {all};
    }

    void write(std::string const& file, std::string const& text) const {
        auto const path = fs::path(job_.folder) / file;
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
    }

    std::vector<Article> read(std::size_t most_at_once = 512) {
        std::vector<Article> articles;
        read_articles(
            job_, {1, true, most_at_once},
            [&](std::vector<Article>& batch) {
                largest_batch_ = std::max(largest_batch_, batch.size());
                for (auto& article : batch)
                    articles.push_back(std::move(article));
            },
            diagnostics_);
        return articles;
    }

    dossier_test::TemporaryFolder folder_;
    dossier::Job job_;
    Diagnostics diagnostics_;
    std::size_t largest_batch_ = 0;
};

std::string record(std::string const& title, std::string const& abstract) {
    return "TY  - JOUR\nTI  - " + title + "\n" + (abstract.empty() ? "" : "AB  - " + abstract + "\n") + "ER  - \n\n";
}

TEST_F(ArticlesOfAJob, ComeFileByFileAndRecordByRecord) {
    write("b.ris", record("Lamps", "Lamps disturb sleep.") + record("Tea", "Tea does not disturb sleep."));
    write("a.txt", "Coffee and sleep\n\nCoffee disturbs the sleep of many people who drink it.\n");
    std::vector<std::string> paths;
    for (auto const& article : read())
        paths.push_back(article.path);
    EXPECT_THAT(paths, ElementsAre("a.txt", "b.ris#1", "b.ris#2"));
    EXPECT_TRUE(diagnostics_.empty());
}

TEST_F(ArticlesOfAJob, AreTheSameHoweverManyAreHandedOnTogether) {
    for (char const name : {'a', 'b', 'c'})
        write(std::string(1, name) + ".txt", "Coffee and sleep\n\nCoffee disturbs the sleep of many people.\n");
    std::vector<std::string> paths;
    for (auto const& article : read(2))
        paths.push_back(article.path);
    EXPECT_THAT(paths, ElementsAre("a.txt", "b.txt", "c.txt"));
    EXPECT_EQ(largest_batch_, 2u);
}

TEST_F(ArticlesOfAJob, HaveIdsOfTheirOwnEvenWhereAFileIsNamedAsARecordIs) {
    write("lib.ris", record("Lamps", "Lamps disturb sleep."));
    write("lib#1.txt", "Coffee and sleep\n\nCoffee disturbs the sleep of many people who drink it.\n");
    std::set<std::string> ids;
    for (auto const& article : read())
        ids.insert(article.id);
    EXPECT_EQ(ids, (std::set<std::string>{"lib#1", "lib#1~2"}));
}

TEST_F(ArticlesOfAJob, AreHandedOnInBatchesThatDoNotGrow) {
    std::string many;
    for (int i = 0; i < 2000; ++i)
        many += record("Lamps " + std::to_string(i), "Lamps disturb sleep.");
    write("many.ris", many);
    EXPECT_EQ(read().size(), 2000u);
    EXPECT_LE(largest_batch_, 512u);
}

TEST_F(ArticlesOfAJob, AreToldOfInAFewMessagesHoweverManyLackAnAbstract) {
    std::string many;
    for (int i = 0; i < 300; ++i)
        many += record("Lamps " + std::to_string(i), "");
    write("many.ris", many);
    EXPECT_EQ(read().size(), 300u);
    ASSERT_EQ(diagnostics_.items().size(), 21u);
    EXPECT_THAT(diagnostics_.items().back().message, HasSubstr("280 more like this in many.ris"));
}

}  // namespace
