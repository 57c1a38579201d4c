#include "dossier/plugin/elf_metadata.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <random>
#include <string>

namespace {

using dossier::ComponentKind;
using dossier::parse_plugin_metadata;
using dossier::read_plugin_metadata;

constexpr char const* good_text = "abi=1.0\nname=hello\nversion=1.2.3\nprovides=report:hello\nprovides=format:text\n";

template <class Number>
void put_at(std::string& bytes, std::size_t offset, Number number) {
    std::memcpy(bytes.data() + offset, &number, sizeof number);
}

/// The smallest shared library with a metadata section: header, three section headers, names, text.
std::string library_with(std::string const& metadata) {
    std::string const names = std::string("\0.shstrtab\0dossier_meta\0", 24);
    std::size_t const table = 64, names_at = table + 3 * 64, text_at = names_at + names.size();
    std::string file(names_at, '\0');
    file += names + metadata;
    std::memcpy(file.data(), "\177ELF\2\1\1", 7);
    put_at<std::uint16_t>(file, 16, 3);  // ET_DYN
#if defined(__aarch64__)
    put_at<std::uint16_t>(file, 18, 183);
#else
    put_at<std::uint16_t>(file, 18, 62);  // x86-64
#endif
    put_at<std::uint64_t>(file, 40, table);
    put_at<std::uint16_t>(file, 58, 64), put_at<std::uint16_t>(file, 60, 3), put_at<std::uint16_t>(file, 62, 1);
    auto const section = [&](std::size_t index, std::uint32_t name, std::uint32_t type, std::uint64_t offset,
                             std::uint64_t size) {
        auto const at = table + index * 64;
        put_at(file, at, name), put_at(file, at + 4, type), put_at(file, at + 24, offset), put_at(file, at + 32, size);
    };
    section(1, 1, 3, names_at, names.size());
    section(2, 11, 1, text_at, metadata.size());
    return file;
}

TEST(PluginMetadata, IsReadFromItsSection) {
    auto const reading = read_plugin_metadata(library_with(good_text + std::string(1, '\0')));
    ASSERT_TRUE(reading.metadata) << reading.problem;
    EXPECT_EQ(reading.metadata->abi_major, 1U);
    EXPECT_EQ(reading.metadata->abi_minor, 0U);
    EXPECT_EQ(reading.metadata->name, "hello");
    EXPECT_EQ(reading.metadata->version, "1.2.3");
    ASSERT_EQ(reading.metadata->provides.size(), 2U);
    EXPECT_EQ(reading.metadata->provides[1].kind, ComponentKind::format);
    EXPECT_EQ(reading.metadata->provides[1].name, "text");
}

TEST(PluginMetadata, SaysWhatKeepsAFileFromBeingAPlugin) {
    EXPECT_EQ(read_plugin_metadata("").problem, "is not an ELF file");
    EXPECT_EQ(read_plugin_metadata("#!/bin/sh\n").problem, "is not an ELF file");
    EXPECT_EQ(read_plugin_metadata("\177ELF").problem, "is cut off in its ELF header");
    auto library = library_with(good_text);
    EXPECT_EQ(read_plugin_metadata(library.substr(0, 100)).problem,
              "is cut off: its section headers lie beyond its end");
    EXPECT_EQ(read_plugin_metadata(library.substr(0, library.size() - 1)).problem,
              "is cut off: its metadata lies beyond its end");
    auto program = library;
    put_at<std::uint16_t>(program, 16, 2);
    EXPECT_EQ(read_plugin_metadata(program).problem, "is not a shared library");
    auto foreign = library;
    put_at<std::uint16_t>(foreign, 18, 8);
    EXPECT_EQ(read_plugin_metadata(foreign).problem, "is built for another kind of machine");
    auto narrow = library;
    narrow[4] = 1;
    EXPECT_EQ(read_plugin_metadata(narrow).problem, "is not a 64-bit ELF file");
    auto other = library;
    put_at<std::uint32_t>(other, 64 + 2 * 64, 0);
    EXPECT_EQ(read_plugin_metadata(other).problem, "is no Dossier plugin: it has no section \"dossier_meta\"");
}

TEST(PluginMetadata, WantsEveryKeyOnceAndWellFormed) {
    auto const problem = [](std::string const& text) { return parse_plugin_metadata(text).problem; };
    EXPECT_EQ(problem(good_text), "");
    EXPECT_EQ(problem("name=a\nversion=1\nprovides=report:a\n"), "has metadata without \"abi\"");
    EXPECT_EQ(problem("abi=1.0\nversion=1\nprovides=report:a\n"), "has metadata without \"name\"");
    EXPECT_EQ(problem("abi=1.0\nname=a\nprovides=report:a\n"), "has metadata without \"version\"");
    EXPECT_EQ(problem("abi=1.0\nname=a\nversion=1\n"), "has metadata without \"provides\"");
    EXPECT_EQ(problem("nonsense"), "has metadata with a line that is not key=value");
    for (char const* const bad : {"abi=1", "abi=1.x", "abi=1.0 ", "abi=99999.0", "abi=-1.0"})
        EXPECT_EQ(problem(std::string(bad) + "\n"), "has metadata with an unusable \"abi\" line") << bad;
    EXPECT_EQ(problem("name=A B\n"), "has metadata with an unusable \"name\" line");
    for (char const* const bad : {"provides=chart:a", "provides=report", "provides=report:", "provides=report:../a"})
        EXPECT_EQ(problem(std::string(bad) + "\n"), "has metadata with an unusable \"provides\" line") << bad;
    EXPECT_EQ(problem("provides=report:a\nprovides=report:a\n"), "has metadata with an unusable \"provides\" line");
    EXPECT_EQ(problem(std::string(17 * 1024, 'a')), "has metadata of more than 16 KiB");
}

TEST(PluginMetadata, LeavesKeysOfLaterVersionsAlone) {
    EXPECT_TRUE(parse_plugin_metadata(std::string(good_text) + "licence=MIT\n").metadata);
}

TEST(PluginMetadata, SurvivesEveryTruncation) {
    auto const library = library_with(good_text);
    for (std::size_t size = 0; size < library.size(); ++size) {
        // A copy of exactly this size, so that a sanitizer sees the first byte too many.
        std::string const cut(library.data(), size);
        EXPECT_FALSE(read_plugin_metadata(cut).metadata) << size;
    }
}

TEST(PluginMetadata, SurvivesMutations) {
    auto const library = library_with(good_text);
    std::mt19937 random(20261122);
    int n_read = 0;
    for (int i = 0; i < 4000; ++i) {
        auto mutated = library;
        auto const n_changes = 1 + random() % 8;
        for (unsigned change = 0; change < n_changes; ++change) {
            // Half of the changes hit the headers, where the offsets and sizes are.
            auto const reach = random() % 2 == 0 ? std::size_t{256} : mutated.size();
            mutated[random() % reach] = static_cast<char>(random() % 3 == 0 ? 0xFF : random());
        }
        auto const reading = read_plugin_metadata(mutated);
        EXPECT_NE(reading.metadata.has_value(), !reading.problem.empty());
        n_read += reading.metadata ? 1 : 0;
    }
    EXPECT_GT(n_read, 100) << "mutations that hit nothing should still be read";
    EXPECT_LT(n_read, 3900);
}

}  // namespace
