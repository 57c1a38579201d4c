// The head of a document: verdicts as YAML, read by libyaml, and as a table, read by md4c.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#ifdef HAS_LIBYAML
#include <yaml.h>
#endif

#include "formats/hostile_texts.hpp"
#include "formats/markdown/md4c_reader.hpp"
#include "formats/markdown/seen.hpp"
#include "support/format_harness.hpp"

namespace {

using dossier::as_text;
using namespace dossier::test;
using testing::ElementsAre;
using testing::HasSubstr;

FormatPlugin const& markdown() {
    static FormatPlugin const plugin(FORMAT_PLUGIN, "markdown");
    return plugin;
}

dossier_verdict verdict(std::string_view statement) {
    dossier_verdict verdict{};
    verdict.size = sizeof verdict;
    verdict.claim_id = as_text("habit"), verdict.statement = as_text(statement);
    verdict.direction = as_text("leans towards support"), verdict.agreement = as_text("split");
    verdict.certainty = as_text("very low"), verdict.coverage = as_text("broad");
    verdict.n_articles = 11, verdict.n_clusters = 9;
    verdict.supports = 3, verdict.refutes = 1, verdict.mixed = 2, verdict.neutral = 1, verdict.silent = 2;
    verdict.direction_share = 0.75, verdict.agreement_value = -0.1234567890123;
    verdict.coverage_share = 0.00001;
    verdict.fragile = 1;
    return verdict;
}

std::string rendered(std::vector<dossier_verdict> const& verdicts, std::string_view title = "Title") {
    Document document;
    document.begin(title, "2026-11-22", verdicts).end();
    auto const rendering = render(markdown(), document);
    EXPECT_EQ(rendering.status, DOSSIER_OK);
    return rendering.only_file();
}

TEST(MarkdownVerdicts, StandInATableBelowTheDate) {
    auto sure = verdict("Ketamine | is _addictive_");
    sure.fragile = 0;
    auto const bytes = rendered({verdict("First"), sure});
    auto const read = read_markdown(bytes.substr(bytes.find("\n# Title")));
    EXPECT_THAT(read.outline, ElementsAre("h1", "p", "p", "table"));
    ASSERT_EQ(read.tables.size(), 1u);
    std::vector<std::vector<std::string>> rows;
    for (auto const& row : read.tables.front().rows) {
        rows.emplace_back();
        for (auto const& cell : row)
            rows.back().push_back(cell.text);
    }
    EXPECT_THAT(
        rows,
        ElementsAre(
            ElementsAre("Claim", "Direction", "Agreement", "Certainty", "Coverage", "Supports", "Refutes", "Mixed"),
            ElementsAre("First", "leans towards support, fragile", "split", "very low", "broad", "3", "1", "2"),
            ElementsAre("Ketamine | is _addictive_", "leans towards support", "split", "very low", "broad", "3", "1",
                        "2")));
}

TEST(MarkdownVerdicts, AreLeftOutWhereThereAreNone) {
    auto const bytes = rendered({});
    EXPECT_EQ(bytes.find("verdicts"), std::string::npos);
    EXPECT_EQ(bytes.find('|'), std::string::npos);
}

#ifdef HAS_LIBYAML

struct Scalar {
    std::string text;
    bool quoted = false;
    bool operator==(Scalar const&) const = default;
};
void PrintTo(Scalar const& scalar, std::ostream* out) {
    *out << (scalar.quoted ? "\"" + scalar.text + "\"" : scalar.text);
}

struct FrontMatter {
    std::map<std::string, Scalar> scalars;
    std::vector<std::map<std::string, Scalar>> verdicts;
};

/// Reads the front matter of a Markdown file as libyaml does, which refuses what YAML forbids.
class FrontMatterReader {
public:
    explicit FrontMatterReader(std::string const& file) {
        auto const end = file.find("\n---\n", 4);
        if (file.rfind("---\n", 0) != 0 || end == std::string::npos) throw std::runtime_error("no front matter");
        yaml_.assign(file, 4, end - 3);
        yaml_parser_t parser;
        yaml_parser_initialize(&parser);
        yaml_parser_set_input_string(&parser, reinterpret_cast<unsigned char const*>(yaml_.data()), yaml_.size());
        bool const loaded = yaml_parser_load(&parser, &document_) != 0;
        std::string const problem = parser.problem == nullptr ? "" : parser.problem;
        yaml_parser_delete(&parser);
        if (!loaded) throw std::runtime_error("libyaml: " + problem + " in\n" + yaml_);
    }
    ~FrontMatterReader() { yaml_document_delete(&document_); }
    FrontMatterReader(FrontMatterReader const&) = delete;
    FrontMatterReader& operator=(FrontMatterReader const&) = delete;

    FrontMatter read() {
        FrontMatter front;
        auto const& root = *yaml_document_get_root_node(&document_);
        for (auto const& pair : pairs_of(root)) {
            auto const& value = node(pair.value);
            if (value.type == YAML_SEQUENCE_NODE)
                for (auto const* item = value.data.sequence.items.start; item < value.data.sequence.items.top; ++item)
                    front.verdicts.push_back(mapping(node(*item)));
            else
                front.scalars[scalar(node(pair.key)).text] = scalar(value);
        }
        return front;
    }

private:
    yaml_node_t const& node(int id) { return *yaml_document_get_node(&document_, id); }
    static std::vector<yaml_node_pair_t> pairs_of(yaml_node_t const& map) {
        if (map.type != YAML_MAPPING_NODE) throw std::runtime_error("not a mapping");
        return {map.data.mapping.pairs.start, map.data.mapping.pairs.top};
    }
    static Scalar scalar(yaml_node_t const& node) {
        if (node.type != YAML_SCALAR_NODE) throw std::runtime_error("not a scalar");
        return {{reinterpret_cast<char const*>(node.data.scalar.value), node.data.scalar.length},
                node.data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE};
    }
    std::map<std::string, Scalar> mapping(yaml_node_t const& map) {
        std::map<std::string, Scalar> read;
        for (auto const& pair : pairs_of(map))
            if (!read.emplace(scalar(node(pair.key)).text, scalar(node(pair.value))).second)
                throw std::runtime_error("a key twice");
        return read;
    }
    std::string yaml_;
    yaml_document_t document_;
};

TEST(MarkdownFrontMatter, HoldsTheVerdictsInWordsAndInFullNumbers) {
    auto unknown = verdict("Second");
    unknown.direction_share = unknown.agreement_value = unknown.coverage_share =
        std::numeric_limits<double>::quiet_NaN();
    auto const front = FrontMatterReader(rendered({verdict("First"), unknown})).read();
    ASSERT_EQ(front.verdicts.size(), 2u);
    std::map<std::string, Scalar> const first{{"claim_id", {"habit", true}},
                                              {"statement", {"First", true}},
                                              {"direction", {"leans towards support", true}},
                                              {"agreement", {"split", true}},
                                              {"certainty", {"very low", true}},
                                              {"coverage", {"broad", true}},
                                              {"n_articles", {"11"}},
                                              {"n_clusters", {"9"}},
                                              {"supports", {"3"}},
                                              {"refutes", {"1"}},
                                              {"mixed", {"2"}},
                                              {"neutral", {"1"}},
                                              {"silent", {"2"}},
                                              {"not_assessable", {"0"}},
                                              {"direction_share", {"0.75"}},
                                              {"agreement_value", {"-0.1234567890123"}},
                                              {"coverage_share", {"0.00001"}},
                                              {"fragile", {"true"}}};
    EXPECT_EQ(front.verdicts[0], first);
    EXPECT_EQ(front.verdicts[1].at("direction_share"), (Scalar{"null"}));
    EXPECT_EQ(front.verdicts[1].at("coverage_share"), (Scalar{"null"}));
}

TEST(MarkdownFrontMatter, IsReadByAStrictReaderWhateverTextsItHolds) {
    auto texts = hostile_texts();
    for (auto const& more : gfm_examples())
        texts.push_back(more);
    texts.push_back(file_text(hostile_folder() / "utf8_stress/utf8tests.bin"));
    for (auto const* const odd : {"\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xEF\xBB\xBF", "\xE2\x80\xA8", "\xE2\x80\xA9",
                                  "\xF0\x9F\xBF\xBF", "---", "...", "%YAML 1.2", "? key", "- - -", "!!python/object"})
        texts.emplace_back(odd);
    for (auto const& text : texts) {
        auto said = verdict(text);
        said.direction = said.agreement = said.certainty = said.coverage = as_text(text);
        auto const front = FrontMatterReader(rendered({said, verdict("after")}, text)).read();
        EXPECT_EQ(seen(front.scalars.at("title").text), seen(text));
        EXPECT_EQ(front.scalars.at("as_of").text, "2026-11-22");
        ASSERT_EQ(front.verdicts.size(), 2u) << text;
        EXPECT_EQ(front.verdicts[0].size(), front.verdicts[1].size()) << text;
        for (auto const* const key : {"statement", "direction", "agreement", "certainty", "coverage"}) {
            EXPECT_EQ(seen(front.verdicts[0].at(key).text), seen(text));
            EXPECT_TRUE(front.verdicts[0].at(key).quoted);
        }
        EXPECT_EQ(front.verdicts[1].at("statement").text, "after");
    }
}

#else

TEST(MarkdownFrontMatter, IsReadByAStrictReader) {
    GTEST_SKIP() << "libyaml was not there when this was built (Debian: libyaml-dev)";
}

#endif

}  // namespace
