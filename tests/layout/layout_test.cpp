// Design in the files: which room may include which, and what plugins may see.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Include {
    fs::path file;
    std::string header;  ///< as written between the quotes or brackets
};

std::vector<Include> includes_below(fs::path const& folder) {
    std::vector<Include> includes;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
        auto const extension = entry.path().extension();
        if (extension != ".cpp" && extension != ".hpp" && extension != ".h" && extension != ".c") continue;
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
            if (!line.starts_with("#include")) continue;
            auto const begin = line.find_first_of("\"<") + 1;
            includes.push_back({entry.path(), line.substr(begin, line.find_last_of("\">") - begin)});
        }
    }
    return includes;
}

fs::path const source = DOSSIER_SOURCE_DIR;

TEST(Rooms, IncludeModelAndRoomsFurtherLeftOnly) {
    std::map<std::string, std::set<std::string>> const may_include{
        {"diagnostics", {}},
        {"model", {"diagnostics"}},
        {"sources", {"model", "diagnostics"}},
        {"claims", {"model", "diagnostics"}},
        {"evidence", {"model", "diagnostics", "claims"}},
        {"findings", {"model", "diagnostics"}},
        {"store", {"model", "diagnostics", "findings"}},
        {"history", {"model", "diagnostics", "store"}},
        {"schedule", {"model", "diagnostics"}},
        {"plugin", {"model", "diagnostics"}},
        {"job", {"model", "diagnostics", "sources", "claims", "evidence", "findings", "store", "history", "plugin"}}};
    std::size_t n_checked = 0;
    for (auto const& [room, allowed] : may_include) {
        for (auto const& include : includes_below(source / "core/dossier" / room)) {
            if (!include.header.starts_with("dossier/")) continue;
            auto const rest = include.header.substr(8);
            if (rest.find('/') == std::string::npos) {
                EXPECT_EQ(rest, "plugin.h") << include.file << ": the host knows the C ABI only";
                continue;
            }
            auto const other = rest.substr(0, rest.find('/'));
            EXPECT_TRUE(other == room || allowed.contains(other)) << include.file << " includes " << include.header;
            ++n_checked;
        }
    }
    EXPECT_GT(n_checked, 50u) << "the test looked in the wrong place";
}

TEST(Plugins, SeeTheSdkAndNothingElseOfDossier) {
    std::size_t n_checked = 0;
    for (auto const* folder : {"plugins", "formats"}) {
        for (auto const& include : includes_below(source / folder)) {
            if (include.header.find("dossier/") == std::string::npos) continue;
            EXPECT_TRUE(include.header == "dossier/plugin.h" || include.header == "dossier/plugin.hpp")
                << include.file << " includes " << include.header;
            ++n_checked;
        }
    }
    EXPECT_GE(n_checked, 6u) << "the test looked in the wrong place";
}

TEST(Formats, KnowThemselvesAndWhatAllShareButNoOtherFormat) {
    auto const formats = source / "formats";
    auto const room_of = [&](fs::path const& file) { return fs::relative(file, formats).begin()->string(); };
    std::size_t n_checked = 0;
    for (auto const& include : includes_below(formats)) {
        for (auto const& from : {include.file.parent_path(), formats}) {
            auto const included = (from / include.header).lexically_normal();
            if (!fs::exists(included)) continue;
            auto const room = room_of(included);
            EXPECT_TRUE(room == "shared" || room == room_of(include.file)) << include.file << " includes " << included;
            ++n_checked;
            break;
        }
    }
    EXPECT_GT(n_checked, 30u) << "the test looked in the wrong place";
}

TEST(Sources, NameNoForbiddenHeader) {
    for (auto const* folder : {"core", "plugins", "formats"})
        for (auto const& include : includes_below(source / folder))
            EXPECT_NE(include.header, "regex") << include.file << ": hangs on hostile text";
}

TEST(Libharu, StaysInsideThePdfFormat) {
    for (auto const* folder : {"core", "plugins", "formats"})
        for (auto const& include : includes_below(source / folder))
            EXPECT_TRUE(!include.header.starts_with("hpdf") ||
                        include.file.string().find("formats/pdf/") != std::string::npos)
                << include.file;
}

}  // namespace
