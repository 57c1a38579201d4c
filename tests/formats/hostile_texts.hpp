// Texts that formats stumble over: the shared corpora where they are there, and a few of our own that always are.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::test {

inline std::filesystem::path hostile_folder() {
    return std::filesystem::path(DOSSIER_SOURCE_DIR) / "../shared/corpora/hostile";
}

inline std::string file_text(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The strings of the naughty strings list; empty where it is absent.
inline std::vector<std::string> naughty_strings() {
    auto const text = file_text(hostile_folder() / "naughty_strings/blns.json");
    if (text.empty()) return {};
    return nlohmann::json::parse(text).get<std::vector<std::string>>();
}

/// Payloads that spreadsheets run; empty where they are absent.
inline std::vector<std::string> formula_payloads() {
    std::vector<std::string> payloads;
    if (!std::filesystem::exists(hostile_folder() / "csv_injection")) return payloads;
    for (auto const& entry : std::filesystem::directory_iterator(hostile_folder() / "csv_injection")) {
        if (entry.path().extension() != ".jsonl") continue;
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);)
            if (!line.empty()) payloads.push_back(nlohmann::json::parse(line).at("payload").get<std::string>());
    }
    return payloads;
}

/// Markdown of the GFM specification's examples; empty where it is absent.
inline std::vector<std::string> gfm_examples() {
    std::vector<std::string> examples;
    std::ifstream in(hostile_folder() / "gfm/examples.jsonl");
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) examples.push_back(nlohmann::json::parse(line).at("markdown").get<std::string>());
    return examples;
}

/// Our own: every ASCII character alone, doubled and between letters; markup, separators, controls, broken UTF-8.
inline std::vector<std::string> own_hostile_texts() {
    std::vector<std::string> texts{"",
                                   " ",
                                   "  both  ",
                                   "\t",
                                   "\n",
                                   "\r\n",
                                   "a\nb",
                                   "a\r\nb",
                                   "a\rb",
                                   "a\n\nb",
                                   "a  b",
                                   "a | b",
                                   "a \\| b",
                                   "\\",
                                   "\\\\",
                                   "a\\",
                                   "| --- | --- |",
                                   "---",
                                   "***",
                                   "===",
                                   "# heading",
                                   "####### seven",
                                   "#tag",
                                   "C #",
                                   "C##",
                                   "- item",
                                   "+ item",
                                   "* item",
                                   "1. one",
                                   "1) one",
                                   "12345678901. many",
                                   "> quote",
                                   "    code",
                                   "\tcode",
                                   "```",
                                   "~~~",
                                   "`",
                                   "``a`",
                                   "a`b",
                                   "*a*",
                                   "**a**",
                                   "_a_",
                                   "__a__",
                                   "a_b_c",
                                   "~a~",
                                   "~~a~~",
                                   "[a](b)",
                                   "![a](b)",
                                   "[a]: b",
                                   "[^1]",
                                   "[^1]: note",
                                   "[x] done",
                                   "<b>",
                                   "</table>",
                                   "<script>alert(1)</script>",
                                   "<!-- -->",
                                   "<?php ?>",
                                   "<![CDATA[",
                                   "<https://example.org>",
                                   "&lt;",
                                   "&amp;",
                                   "&",
                                   "&#60;",
                                   "&copy",
                                   "AT&T",
                                   "https://example.org/a_b?c=*d*",
                                   "HTTPS://EXAMPLE.ORG",
                                   "ftp://example.org",
                                   "www.example.org",
                                   "WWW.EXAMPLE.ORG",
                                   "a@b.example",
                                   "mailto:a@b.example",
                                   "xmpp:a@b.example",
                                   "see https://example.org.",
                                   "(www.example.org)",
                                   "$a$",
                                   "$$a$$",
                                   "{{ a }}",
                                   "{% a %}",
                                   ":smile:",
                                   "a!",
                                   "![",
                                   "\xEF\xBB\xBF"
                                   "bom",
                                   "nul\0in"
                                   "side",
                                   "\x1B[31mred",
                                   "\x7F",
                                   "\xC2\x85",
                                   "\xC2\xA0nbsp\xC2\xA0",
                                   "\xE2\x80\xA8",
                                   "\xE2\x80\xAE"
                                   "evil",
                                   "\xE2\x81\xA6isolate",
                                   "\xFF\xFE",
                                   "\xC0\xAF",
                                   "\xED\xA0\x80",
                                   "\xF4\x90\x80\x80",
                                   "\xE2\x82",
                                   "\xF0\x9F\x98\x80",
                                   "e\xCC\x81",
                                   "“quoted”",
                                   "«x»",
                                   "中文",
                                   "עברית",
                                   "=1+1",
                                   "+1",
                                   "-1",
                                   "@a",
                                   "-0.5 to 1",
                                   "'",
                                   "\"",
                                   "\"\"",
                                   "a\"b",
                                   "a,b",
                                   "a;b",
                                   "a\tb",
                                   ",",
                                   ";",
                                   "'=1",
                                   "\"=1",
                                   " =1",
                                   "\xC2\xA0=1",
                                   "\xEF\xBC\x9D"
                                   "1"};
    texts.emplace_back("nul\0inside", 10);
    for (char c = ' '; c < 127; ++c)
        for (auto const& text :
             {std::string(1, c), std::string(2, c), std::string{'a', c, 'b'}, std::string{'a', ' ', c, 'b'},
              std::string{c, 'b'}, std::string{'a', c}, std::string{'a', c, ' ', 'b', c, 'c'}})
            texts.push_back(text);
    return texts;
}

/// All of the above.
inline std::vector<std::string> hostile_texts() {
    auto texts = own_hostile_texts();
    for (auto const& more : {naughty_strings(), formula_payloads()})
        texts.insert(texts.end(), more.begin(), more.end());
    return texts;
}

}  // namespace dossier::test
