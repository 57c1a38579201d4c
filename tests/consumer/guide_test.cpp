// The guide's code is the tested example's, word for word.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace {

std::vector<std::string> lines_of(std::string const& path) {
    std::ifstream in(std::string(DOSSIER_SOURCE_DIR) + "/" + path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

bool is_marker(std::string const& line) {
    return line.find("[guide: ") != std::string::npos || line.find("[end: ") != std::string::npos;
}

/// The lines between "[guide: part]" and "[end: part]" without markers in between; of "" the whole file.
std::string part_of(std::string const& path, std::string const& part) {
    std::string text;
    bool inside = part.empty();
    for (auto const& line : lines_of(path)) {
        if (line.find("[end: " + part + "]") != std::string::npos) inside = false;
        if (inside && !is_marker(line)) text += line + "\n";
        if (line.find("[guide: " + part + "]") != std::string::npos) inside = true;
    }
    return text;
}

struct Snippet {
    std::string file, part, code;
};

/// Code blocks that "<!-- from FILE -->" or "<!-- from FILE: PART -->" stands before.
std::vector<Snippet> snippets_of(std::string const& page) {
    std::vector<Snippet> snippets;
    auto const lines = lines_of(page);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].rfind("<!-- from ", 0) != 0) continue;
        auto const source = lines[i].substr(10, lines[i].find(" -->") - 10);
        auto const colon = source.find(": ");
        Snippet snippet{source.substr(0, colon), colon == std::string::npos ? "" : source.substr(colon + 2), {}};
        for (i += 2; i < lines.size() && lines[i] != "```"; ++i)
            snippet.code += lines[i] + "\n";
        snippets.push_back(snippet);
    }
    return snippets;
}

TEST(Guide, ShowsTheTestedFiles) {
    auto const snippets = snippets_of("docs/writing-a-plugin.md");
    EXPECT_GE(snippets.size(), 4u);
    for (auto const& snippet : snippets) {
        EXPECT_FALSE(snippet.code.empty());
        EXPECT_EQ(snippet.code, part_of(snippet.file, snippet.part)) << snippet.file << " " << snippet.part;
    }
}

}  // namespace
