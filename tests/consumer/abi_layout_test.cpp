// The layout of plugin.h: golden sizes and offsets, in C++ and (abi_layout_test.c) in C.
#include <dossier/plugin.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

extern "C" int dossier_layout_is_as_released_in_c(void);

namespace {

TEST(AbiLayout, IsAsReleased) {
    if (sizeof(void*) != 8) GTEST_SKIP() << "the golden file is for 64-bit systems";
#define DOSSIER_SIZE(type, bytes) EXPECT_EQ(sizeof(type), std::size_t{bytes}) << #type;
#define DOSSIER_OFFSET(type, member, bytes) EXPECT_EQ(offsetof(type, member), std::size_t{bytes}) << #type "." #member;
#include "abi_layout.def"
#undef DOSSIER_SIZE
#undef DOSSIER_OFFSET
    EXPECT_EQ(dossier_layout_is_as_released_in_c(), 1);
}

TEST(AbiLayout, CoversEveryStructOfTheHeader) {
    auto const text_of = [](std::string const& path) {
        std::ifstream in(std::string(DOSSIER_SOURCE_DIR) + path);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    auto const header = text_of("/core/dossier/plugin.h");
    auto const golden = text_of("/tests/consumer/abi_layout.def");
    std::string_view const beginning = "typedef struct ";
    std::size_t n_structs = 0;
    for (auto at = header.find(beginning); at != std::string::npos; at = header.find(beginning, at + 1)) {
        auto const begin = at + beginning.size();
        auto const name = header.substr(begin, header.find(' ', begin) - begin);
        if (header[begin + name.size() + 1] != '{') continue;  // declared only: dossier_rows
        EXPECT_NE(golden.find("DOSSIER_SIZE(" + name + ","), std::string::npos) << name;
        ++n_structs;
    }
    EXPECT_GE(n_structs, 20u);
}

TEST(AbiLayout, GrowingStructsAreReadByTheSizeTheyCameWith) {
    dossier_heading heading{};
    heading.size = offsetof(dossier_heading, anchor);  // from a maker that knows no anchors
    EXPECT_TRUE(DOSSIER_HAS(&heading, dossier_heading, text));
    EXPECT_FALSE(DOSSIER_HAS(&heading, dossier_heading, anchor));
}

}  // namespace
