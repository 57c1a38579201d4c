#include "dossier/store/article_cache.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace {

namespace fs = std::filesystem;
using dossier::ArticleCache;
using dossier::ArticleKey;
using dossier::CacheUse;

ArticleKey key(std::uint32_t number) {
    ArticleKey key{};
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<char>(number * 2654435761u >> (i % 4 * 8));
    return key;
}

std::string entry(std::uint32_t number) {
    return "entry " + std::to_string(number) + std::string(number * 37 % 500, 'x');
}

std::string bytes_of(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(fs::path const& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

class ACache : public testing::Test {
protected:
    [[nodiscard]] fs::path file() const { return folder_ / "cache" / "articles.pack"; }

    void add(std::uint32_t begin, std::uint32_t end, std::string const& settings = "settings") const {
        ArticleCache cache(folder_ / "cache");
        for (auto i = begin; i < end; ++i)
            cache.add(key(i), entry(i));
        cache.finish(settings);
    }

    /// How many of the first `n` are found; what is found is right.
    [[nodiscard]] std::size_t n_found(std::uint32_t n) const {
        ArticleCache const cache(folder_ / "cache", CacheUse::look);
        std::size_t n_found = 0;
        for (std::uint32_t i = 0; i < n; ++i) {
            auto const found = cache.find(key(i));
            if (!found) continue;
            EXPECT_EQ(*found, entry(i));
            ++n_found;
        }
        return n_found;
    }

    dossier_test::TemporaryFolder made_;
    fs::path const folder_ = made_.path();
};

TEST_F(ACache, HasWhatAnEarlierRunKept) {
    add(0, 100);
    EXPECT_EQ(n_found(200), 100u);
    ArticleCache const cache(folder_ / "cache", CacheUse::look);
    EXPECT_EQ(cache.last_settings(), "settings");
    EXPECT_EQ(cache.size(), 100u);
}

TEST_F(ACache, HasWhatAKilledRunAddedBeforeIt) {
    {
        ArticleCache cache(folder_ / "cache");
        for (std::uint32_t i = 0; i < 50; ++i)
            cache.add(key(i), entry(i));
    }
    EXPECT_EQ(n_found(50), 50u);
    ArticleCache const cache(folder_ / "cache", CacheUse::look);
    EXPECT_EQ(cache.last_settings(), "") << "no run has finished";
}

TEST_F(ACache, OfTwoEntriesUnderOneKeyTheLaterCounts) {
    add(0, 3);
    {
        ArticleCache cache(folder_ / "cache");
        cache.add(key(1), "newer");
        cache.finish("");
    }
    ArticleCache const cache(folder_ / "cache", CacheUse::look);
    EXPECT_EQ(cache.find(key(1)), "newer");
    EXPECT_EQ(cache.find(key(2)), entry(2));
}

TEST_F(ACache, HandsOutEntriesInRoomThatIsUsedAgain) {
    std::string const large(100'000, 'l');
    {
        ArticleCache cache(folder_ / "cache");
        cache.add(key(1), large);
        cache.add(key(2), "");
        cache.add(key(3), "small");
        cache.finish("");
    }
    ArticleCache const cache(folder_ / "cache", CacheUse::look);
    std::string room = "what stood here before";
    EXPECT_EQ(cache.find(key(3), room), "small");
    EXPECT_EQ(cache.find(key(1), room), large);
    EXPECT_EQ(cache.find(key(4), room), std::nullopt);
    EXPECT_EQ(cache.find(key(3), room), "small");
    EXPECT_EQ(cache.find(key(2), room), "");
}

TEST_F(ACache, IsLeftAsItIsWhereNothingIsNew) {
    add(0, 20);
    auto const before = bytes_of(file());
    {
        ArticleCache cache(folder_ / "cache");
        for (std::uint32_t i = 0; i < 20; ++i)
            EXPECT_TRUE(cache.find(key(i)));
        cache.finish("settings");
    }
    EXPECT_EQ(bytes_of(file()), before);
}

TEST_F(ACache, DropsWhatNobodyNeedsOnceItWeighsMoreThanTheRest) {
    std::string const large(20'000, 'l');
    std::uintmax_t largest = 0;
    for (std::uint32_t run = 0; run < 30; ++run) {  // each needs 100 entries that no other one needs
        ArticleCache cache(folder_ / "cache");
        for (std::uint32_t i = 0; i < 100; ++i)
            cache.add(key(run * 100 + i), large);
        cache.finish("");
        largest = std::max(largest, fs::file_size(file()));
    }
    EXPECT_LT(largest, 2 * 100 * 20'100u + (2u << 20));
    ArticleCache const cache(folder_ / "cache", CacheUse::look);
    for (std::uint32_t i = 0; i < 100; ++i)
        EXPECT_EQ(cache.find(key(29 * 100 + i)), large);
}

// The bound of docs/incremental.md, for a job that is small beside a mebibyte.
TEST_F(ACache, GrowsByAMebibyteAtMostWhileSmallArticlesComeAndGo) {
    constexpr std::uint32_t n_runs = 700, n_needed = 8;
    std::string const small(4'000, 's');
    std::uintmax_t largest = 0, sizes_dropped = 0, size_before = 0;
    for (std::uint32_t run = 0; run < n_runs; ++run) {  // one article is new, the oldest is gone
        ArticleCache cache(folder_ / "cache");
        for (std::uint32_t i = run; i < run + n_needed; ++i)
            if (!cache.find(key(i))) cache.add(key(i), small);
        cache.finish("");
        auto const size = fs::file_size(file());
        sizes_dropped += size < size_before ? 1 : 0;
        largest = std::max(largest, size);
        size_before = size;
    }
    EXPECT_LE(largest, 2 * n_needed * 4'100u + (1u << 20) + 16 * 300);  // and an index
    EXPECT_GE(sizes_dropped, 2u);
}

TEST_F(ACache, WithAnyByteDamagedHasTheRightEntryOrNone) {
    add(0, 8);
    auto const whole = bytes_of(file());
    std::size_t fewest = 8;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
        write(file(), damaged);
        fewest = std::min(fewest, n_found(8));
    }
    EXPECT_LT(fewest, 8u) << "damage was not noticed";
}

TEST_F(ACache, CutOffAnywhereHasTheRightEntryOrNone) {
    add(0, 8);
    auto const whole = bytes_of(file());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        write(file(), whole.substr(0, size));
        (void)n_found(8);
        if (size % 16 != 0) continue;
        add(100, 102);  // and can be added to
        ArticleCache const cache(folder_ / "cache", CacheUse::look);
        EXPECT_EQ(cache.find(key(101)), entry(101)) << "cut off at " << size;
    }
}

TEST_F(ACache, TakesAnyFile) {
    std::mt19937 random(7);
    add(0, 8);
    auto const whole = bytes_of(file());
    for (int round = 0; round < 300; ++round) {
        auto bytes = whole;
        for (int i = 0; i < 20; ++i)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        if (round % 3 == 0) bytes.resize(random() % bytes.size());
        if (round % 5 == 0) bytes.append(random() % 300, static_cast<char>(random()));
        write(file(), bytes);
        (void)n_found(8);
        add(8, 9);
    }
}

TEST_F(ACache, ThatCannotBeUsedFindsAndKeepsNothing) {
    write(folder_ / "cache", "a file where the folder should be");
    add(0, 3);
    EXPECT_EQ(n_found(3), 0u);

    fs::remove(folder_ / "cache");
    fs::create_directory(folder_ / "cache");
    write(folder_ / "elsewhere", "precious");
    fs::create_symlink(folder_ / "elsewhere", file());
    add(0, 3);
    EXPECT_EQ(bytes_of(folder_ / "elsewhere"), "precious") << "a link is not followed";

    fs::remove(file());
    ASSERT_EQ(mkfifo(file().c_str(), 0600), 0);
    add(0, 3);
    EXPECT_EQ(n_found(3), 0u);
}

TEST_F(ACache, IsForItsOwnerOnly) {
    add(0, 3);
    EXPECT_EQ(fs::status(folder_ / "cache").permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(ACache, ThatIsOnlyLookedAtMakesNothing) {
    EXPECT_EQ(n_found(3), 0u);
    EXPECT_FALSE(fs::exists(folder_ / "cache"));
}

}  // namespace
