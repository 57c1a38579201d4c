// The examples' pages as they look. `pictures_test --accept` renews the pictures after the pages have been looked at.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "golden/dossier_process.hpp"
#include "golden/example_run.hpp"
#include "golden/pictures.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

bool accepting = false;

fs::path const pictures_folder = fs::path(DOSSIER_SOURCE_DIR) / "tests" / "golden" / "pictures";

bool can_draw() {
    return std::system("command -v pdftoppm > /dev/null 2>&1") == 0;
}

std::string page_name(std::size_t page) {
    auto const number = std::to_string(page + 1);
    return "page-" + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number + ".png";
}

class PicturesOfExamples : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (!can_draw()) GTEST_SKIP() << "the program pdftoppm is not installed; scripts/setup installs it";
        auto const job = fs::path(DOSSIER_SOURCE_DIR) / "examples" / GetParam() / "job.toml";
        run_.emplace(run_job(job, output_.path()));
        ASSERT_TRUE(fs::exists(run_->latest)) << run_->process.err;
        for (auto const& entry : fs::directory_iterator(run_->latest))
            if (entry.path().extension() == ".pdf") pages_ = pictures_of(entry.path());
        ASSERT_FALSE(pages_.empty());
    }
    [[nodiscard]] fs::path folder() const { return pictures_folder / GetParam(); }
    void accept() const {
        fs::remove_all(folder());
        fs::create_directories(folder());
        for (std::size_t i = 0; i < pages_.size(); ++i)
            write_png(folder() / page_name(i), pages_[i]);
        std::printf("accepted %zu pages of %s\n", pages_.size(), GetParam());
    }
    TemporaryFolder output_;
    std::optional<ExampleRun> run_;
    std::vector<Picture> pages_;
};

TEST_P(PicturesOfExamples, AreTheAcceptedOnes) {
    if (accepting) accept();
    std::set<std::string> accepted;
    if (fs::exists(folder()))
        for (auto const& entry : fs::directory_iterator(folder()))
            accepted.insert(entry.path().filename().string());
    EXPECT_EQ(accepted.size(), pages_.size()) << "pages; pictures_test --accept renews them";
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        auto const wanted = read_png(folder() / page_name(i));
        ASSERT_TRUE(wanted) << "no picture of page " << i + 1;
        EXPECT_LE(difference_of(*wanted, pages_[i]), most_difference)
            << "page " << i + 1 << " looks different; look at it, then pictures_test --accept";
    }
}

INSTANTIATE_TEST_SUITE_P(Of, PicturesOfExamples, testing::Values("01-first-report", "02-risk-factors", "03-effects"),
                         [](testing::TestParamInfo<char const*> const& example) {
                             std::string name = example.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return "Example" + name;
                         });

// ---- What the comparison sees and what it does not

Picture an_accepted_page() {
    auto const picture = read_png(pictures_folder / "01-first-report" / page_name(2));
    return picture ? *picture : Picture{};
}

/// What is in x of [from, to) moved to the right.
Picture with_a_band_moved(Picture const& picture, std::size_t from, std::size_t to, std::size_t by) {
    auto moved = picture;
    for (std::size_t y = 0; y < picture.height; ++y)
        for (std::size_t x = to; x-- > from + by;)
            moved.at(x, y) = picture.at(x - by, y);
    return moved;
}

TEST(Pictures, DifferWhereAColumnMoved) {
    auto const page = an_accepted_page();
    ASSERT_GT(page.width, 200u);
    EXPECT_GT(difference_of(page, with_a_band_moved(page, 120, 180, 3)), most_difference);
    EXPECT_GT(difference_of(page, with_a_band_moved(page, 20, 90, 3)), most_difference);
}

TEST(Pictures, DifferWhereALineOfWordsIsMissing) {
    auto page = an_accepted_page();
    ASSERT_GT(page.width, 200u);
    std::size_t fullest = 0, most = 0;
    for (std::size_t y = 60; y + 4 < page.height; ++y) {
        std::size_t dark = 0;
        for (std::size_t x = 0; x < page.width; ++x)
            dark += page.at(x, y) < 200 ? 1 : 0;
        if (dark > most && dark < page.width / 2) most = dark, fullest = y;
    }
    auto without = page;
    for (std::size_t y = fullest - 1; y <= fullest + 2; ++y)
        for (std::size_t x = 0; x < page.width; ++x)
            without.at(x, y) = 255;
    EXPECT_GT(difference_of(page, without), most_difference);
}

TEST(Pictures, AreTheSameWhereOnlyEdgesAreSmoothedDifferently) {
    auto const page = an_accepted_page();
    ASSERT_GT(page.width, 200u);
    auto noisy = page;
    std::uint32_t random = 1;
    for (auto& pixel : noisy.pixels) {
        random = random * 1664525u + 1013904223u;
        pixel = static_cast<std::uint8_t>(
            std::clamp(static_cast<int>(pixel) + static_cast<int>(random >> 27) - 16, 0, 255));
    }
    EXPECT_LE(difference_of(page, noisy), most_difference);
}

}  // namespace

int main(int n_arguments, char** arguments) {
    testing::InitGoogleTest(&n_arguments, arguments);
    accepting = std::any_of(arguments + 1, arguments + n_arguments,
                            [](char const* argument) { return std::string_view(argument) == "--accept"; });
    return RUN_ALL_TESTS();
}
