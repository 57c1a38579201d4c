#include "dossier/model/file_bytes.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace {

namespace fs = std::filesystem;
using dossier::read_file;
using dossier::read_in_parts;
using dossier::ReadProblem;

class FileBytesOf : public testing::Test {
protected:
    dossier_test::TemporaryFolder made_;
    fs::path const folder_ = made_.path();
};

TEST_F(FileBytesOf, ARegularFileAreAllOfThem) {
    std::string const bytes("a\0b\r\n\xff", 6);
    std::ofstream(folder_ / "a", std::ios::binary) << bytes;
    auto const file = read_file(folder_ / "a", 6);
    EXPECT_EQ(file.problem, ReadProblem::none);
    EXPECT_EQ(file.bytes, bytes);
}

TEST_F(FileBytesOf, AFileBeyondTheLimitAreNotRead) {
    std::ofstream(folder_ / "a") << "1234567";
    auto const file = read_file(folder_ / "a", 6);
    EXPECT_EQ(file.problem, ReadProblem::too_large);
    EXPECT_TRUE(file.bytes.empty());
}

TEST_F(FileBytesOf, ALargeFileComeInPartsThatTogetherAreAllOfIt) {
    std::string bytes;
    while (bytes.size() < 300'000)
        bytes += std::to_string(bytes.size()) + ' ';
    std::ofstream(folder_ / "a", std::ios::binary) << bytes;
    std::string read;
    std::size_t n_parts = 0;
    auto const take = [&](std::string_view part) {
        EXPECT_LE(part.size(), 64u * 1024);
        read += part;
        ++n_parts;
    };
    EXPECT_EQ(read_in_parts(folder_ / "a", bytes.size(), take), ReadProblem::none);
    EXPECT_EQ(read, bytes);
    EXPECT_GT(n_parts, 4u);
}

TEST_F(FileBytesOf, NoPartsComeOfAFileThatIsEmptyTooLargeOrNotThere) {
    std::ofstream(folder_ / "empty");
    std::ofstream(folder_ / "large") << "1234567";
    auto const take = [](std::string_view) { ADD_FAILURE(); };
    EXPECT_EQ(read_in_parts(folder_ / "empty", 10, take), ReadProblem::none);
    EXPECT_EQ(read_in_parts(folder_ / "large", 6, take), ReadProblem::too_large);
    EXPECT_EQ(read_in_parts(folder_ / "none", 6, take), ReadProblem::missing);
    EXPECT_EQ(read_in_parts(folder_, 6, take), ReadProblem::folder);
}

TEST_F(FileBytesOf, SomethingElseThanAFileAreRefusedWithoutWaiting) {
    ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(read_file(folder_ / "pipe", 10).problem, ReadProblem::not_a_file);
    EXPECT_EQ(read_file(folder_, 10).problem, ReadProblem::folder);
    EXPECT_EQ(read_file("/dev/zero", 10).problem, ReadProblem::not_a_file);
    EXPECT_EQ(read_file(folder_ / "none", 10).problem, ReadProblem::missing);
}

}  // namespace
