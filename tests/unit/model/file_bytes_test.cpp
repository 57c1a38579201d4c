#include "dossier/model/file_bytes.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using dossier::read_file;
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

TEST_F(FileBytesOf, SomethingElseThanAFileAreRefusedWithoutWaiting) {
    ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(read_file(folder_ / "pipe", 10).problem, ReadProblem::not_a_file);
    EXPECT_EQ(read_file(folder_, 10).problem, ReadProblem::not_a_file);
    EXPECT_EQ(read_file("/dev/zero", 10).problem, ReadProblem::not_a_file);
    EXPECT_EQ(read_file(folder_ / "none", 10).problem, ReadProblem::missing);
}

}  // namespace
