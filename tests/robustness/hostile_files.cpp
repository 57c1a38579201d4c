#include "robustness/hostile_files.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string_view>

#include "unit/sources/archive_maker.hpp"

namespace dossier::test {
namespace {

namespace fs = std::filesystem;
using archives::Packing;

constexpr std::string_view prose =
    "Walking lowers blood pressure in most people who try it. The nurses of a clinic walked for half an hour a day and "
    "were measured every week. Nobody knows for how long the effect lasts, and the authors say so.";

std::string repeated(std::string_view piece, std::size_t n) {
    std::string out;
    out.reserve(piece.size() * n);
    for (std::size_t i = 0; i < n; ++i)
        out += piece;
    return out;
}

std::string pdf_sample() {
    return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
           "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 "
           "R>>>>>>endobj\n"
           "4 0 obj<</Length 95>>stream\nBT /F 12 Tf 50 700 Td (Walking lowers blood pressure in most people who try "
           "it "
           "for long.) Tj ET    \nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
           "trailer<</Root 1 0 R/Size 6>>\n%%EOF\n";
}

/// A sequence that is the same on every platform.
class Sequence {
public:
    explicit Sequence(std::uint32_t seed) noexcept : state_(seed * 2654435761u + 1) {}
    std::size_t below(std::size_t n) noexcept {
        state_ = state_ * 1664525u + 1013904223u;
        return (state_ >> 8u) % n;
    }

private:
    std::uint32_t state_;
};

std::string with_bytes_changed(std::string bytes, std::size_t one_in, std::uint32_t seed) {
    Sequence sequence(seed);
    for (std::size_t i = 0; i <= bytes.size() / one_in && !bytes.empty(); ++i)
        bytes[sequence.below(bytes.size())] = static_cast<char>(sequence.below(256));
    return bytes;
}

std::string with_inserted(std::string bytes, std::string_view piece, std::size_t n, std::uint32_t seed) {
    Sequence sequence(seed);
    for (std::size_t i = 0; i < n; ++i)
        bytes.insert(sequence.below(bytes.size() + 1), piece);
    return bytes;
}

std::string without_pieces(std::string bytes, std::uint32_t seed) {
    Sequence sequence(seed);
    for (int i = 0; i < 6 && bytes.size() > 20; ++i)
        bytes.erase(sequence.below(bytes.size() - 10), 1 + sequence.below(9));
    return bytes;
}

std::string with_lines_shuffled(std::string const& bytes, std::uint32_t seed) {
    std::vector<std::string> lines(1);
    for (char const c : bytes) {
        lines.back() += c;
        if (c == '\n') lines.emplace_back();
    }
    Sequence sequence(seed);
    for (std::size_t i = lines.size(); i > 1; --i)
        std::swap(lines[i - 1], lines[sequence.below(i)]);
    std::string out;
    for (auto const& line : lines)
        out += line;
    return out;
}

std::string random_bytes(std::size_t n, std::uint32_t seed) {
    Sequence sequence(seed);
    std::string out;
    for (std::size_t i = 0; i < n; ++i)
        out += static_cast<char>(sequence.below(256));
    return out;
}

std::string wide(std::string_view bytes, bool big_endian) {
    std::string out;
    for (char const c : bytes)
        out += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
    return out;
}

std::string with_all(std::string bytes, char from, std::string_view to) {
    std::string out;
    for (char const c : bytes)
        c == from ? out.append(to) : out.append(1, c);
    return out;
}

struct Change {
    char const* name;
    std::function<std::string(std::string const&, std::uint32_t seed)> apply;
};

std::vector<Change> changes() {
    using Text = std::string const&;
    return {
        {"empty", [](Text, auto) { return std::string(); }},
        {"one-byte", [](Text s, auto) { return s.substr(0, 1); }},
        {"cut-quarter", [](Text s, auto) { return s.substr(0, s.size() / 4); }},
        {"cut-half", [](Text s, auto) { return s.substr(0, s.size() / 2); }},
        {"cut-end", [](Text s, auto) { return s.substr(0, s.size() - 3); }},
        {"begin-missing", [](Text s, auto) { return s.substr(s.size() / 3); }},
        {"few-bytes-changed", [](Text s, auto seed) { return with_bytes_changed(s, 100, seed); }},
        {"many-bytes-changed", [](Text s, auto seed) { return with_bytes_changed(s, 8, seed); }},
        {"pieces-missing", [](Text s, auto seed) { return without_pieces(s, seed); }},
        {"lines-shuffled", [](Text s, auto seed) { return with_lines_shuffled(s, seed); }},
        {"nul-bytes", [](Text s, auto seed) { return with_inserted(s, std::string_view("\0", 1), 40, seed); }},
        {"controls", [](Text s, auto seed) { return with_inserted(s, "\x01\x1B\x7F", 30, seed); }},
        {"broken-utf8", [](Text s, auto seed) { return with_inserted(s, "\xF0\x9F\xC0\xED\xA0", 30, seed); }},
        {"quotes", [](Text s, auto seed) { return with_inserted(s, "\"", 25, seed); }},
        {"brackets", [](Text s, auto seed) { return with_inserted(s, "<{[(&;", 25, seed); }},
        {"carriage-returns", [](Text s, auto) { return with_all(s, '\n', "\r"); }},
        {"one-line", [](Text s, auto) { return with_all(s, '\n', " "); }},
        {"three-times", [](Text s, auto) { return s + s + s; }},
        {"utf16-without-mark", [](Text s, auto) { return wide(s, false); }},
        {"utf16-cut", [](Text s, auto) { return "\xFE\xFF" + wide(s, true).substr(0, s.size()) + "x"; }},
        {"huge-line", [](Text s, auto) { return s + repeated("walk on and on ", 200'000); }},
        {"deep", [](Text s, auto) { return s + repeated("{[(<i>", 100'000); }},
    };
}

std::string nested_elements(std::string_view head, std::size_t depth) {
    return std::string(head) + repeated("<sec>", depth) + std::string(prose) + repeated("</sec>", depth);
}

// Entities that stand for entities, ten to the ninth in all.
std::string entity_bomb(std::string_view root) {
    std::string out = "<?xml version=\"1.0\"?>\n<!DOCTYPE " + std::string(root) + " [\n<!ENTITY e0 \"walking\">\n";
    for (int i = 1; i < 10; ++i)
        out += "<!ENTITY e" + std::to_string(i) + " \"" + repeated("&e" + std::to_string(i - 1) + ";", 10) + "\">\n";
    return out + "]>\n<" + std::string(root) +
           "><front><article-title>&e9;</article-title></front><body><p>&e9;</p></body></" + std::string(root) + ">";
}

std::string external_entity(std::string_view root) {
    return "<?xml version=\"1.0\"?>\n<!DOCTYPE " + std::string(root) +
           " [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]>\n<" + std::string(root) +
           "><front><article-title>&secret;</article-title></front><body><p>&secret;</p></body></" + std::string(root) +
           ">";
}

using Files = std::vector<std::pair<std::string, std::string>>;

void add_markup(Files& files) {
    std::string attributes = "<p";
    for (int i = 0; i < 100'000; ++i)
        attributes += " a" + std::to_string(i) + "=1";
    files.emplace_back("attributes.html",
                       "<html><body>" + attributes + ">" + std::string(prose) + "</p></body></html>");
    files.emplace_back("nested.html", repeated("<div>", 100'000) + std::string(prose));
    files.emplace_back("tables.html", repeated("<table><tr><td>", 20'000) + std::string(prose));
    files.emplace_back("open-comment.html",
                       "<html><body><p>" + std::string(prose) + "<!--" + repeated("<p>x", 100'000));
    files.emplace_back("open-script.html", "<script>" + repeated("</scrip", 100'000));
    files.emplace_back("entities.html", "<p>" + repeated("&#x110000;&#0;&amp&nosuch;", 50'000));
    files.emplace_back("many-paragraphs.html", repeated("<p>Walk.</p>", 200'000));
    files.emplace_back("quoted.md", repeated("> ", 20'000) + std::string(prose));
    files.emplace_back("emphasis.md", repeated("*_", 100'000) + std::string(prose));
    files.emplace_back("links.md", repeated("[a](", 50'000));
    files.emplace_back("front-matter.md", "---\n" + repeated("title: x\n", 50'000));
    files.emplace_back("stops.txt", repeated(". ! ? ", 300'000));
    files.emplace_back("open-parentheses.txt", repeated("(", 500'000) + repeated("a. B ", 100'000));
    files.emplace_back("quotation-marks.txt", repeated("\"a.\" \u201Cb. ", 100'000));
    files.emplace_back("addresses.txt", repeated("a@b.c ", 200'000));
    files.emplace_back("combining.txt", "e" + repeated("\u0301", 300'000));
    files.emplace_back("line-ends.txt", repeated("\n", 1'000'000));
    for (auto const* const root : {"article", "PubmedArticleSet", "xml"}) {
        files.emplace_back(std::string("bomb-") + root + ".xml", entity_bomb(root));
        files.emplace_back(std::string("external-") + root + ".xml", external_entity(root));
    }
    files.emplace_back("nested.nxml", nested_elements("<article><front></front><body>", 100'000));
    files.emplace_back("open-cdata.nxml", "<article><front><article-title><![CDATA[" + repeated("]]", 100'000));
}

void add_records(Files& files) {
    files.emplace_back("fields.csv", "title,abstract\n" + repeated(",", 1'000'000));
    files.emplace_back("open-quote.csv", "title,abstract\n\"" + repeated("walk and walk and walk on\n", 40'000));
    files.emplace_back("no-columns.tsv", repeated("\t\n", 20'000));
    files.emplace_back("nested.jsonl", repeated("[", 200'000) + "\n" + repeated("{\"a\":", 200'000) + "\n");
    files.emplace_back("numbers.jsonl", "{\"title\":" + repeated("9", 100'000) + "e" + repeated("9", 1000) + "}\n");
    files.emplace_back("broken-lines.jsonl", repeated("{\"title\": \"x\n", 2'000));
    files.emplace_back("no-end.ris", "TY  - JOUR\n" + repeated("AU  - Walker, A.\n", 100'000));
    files.emplace_back("only-ends.ris", repeated("ER  - \n", 20'000));
    files.emplace_back("open-braces.bib", "@article{a, title = " + repeated("{", 300'000));
    files.emplace_back("strings.bib", "@string{a = a # a}\n" + repeated("@string{b = a # a # b}\n", 20'000) +
                                          "@article{c, title = a # b}\n");
    files.emplace_back("no-values.nbib", repeated("PMID- \n\n", 20'000));
    files.emplace_back("endless.ciw", "FN x\nVR 1.0\nPT J\n" + repeated("TI walk\n   on\n", 100'000));
    files.emplace_back("endless.enw.xml", "<xml><records>" + repeated("<record><titles><title>", 50'000));
}

void add_containers(Files& files) {
    auto const page = "<html><body><p>" + std::string(prose) + "</p></body></html>";
    auto const zip = archives::pack(Packing::zip, {{"a.html", page}, {"b.txt", std::string(prose)}});
    auto const tar = archives::pack(Packing::tar_gz, {{"a.html", page}, {"b.txt", std::string(prose)}});
    files.emplace_back("cut.zip", zip.substr(0, zip.size() / 2));
    files.emplace_back("changed.zip", with_bytes_changed(zip, 10, 7));
    files.emplace_back("cut.tar.gz", tar.substr(0, tar.size() / 2));
    files.emplace_back("changed.tar.gz", with_bytes_changed(tar, 10, 8));
    files.emplace_back("slip.zip", archives::pack(Packing::zip, {{"../../etc/evil.txt", std::string(prose)}}));
    files.emplace_back("absolute.tar", archives::pack(Packing::tar, {{"/etc/evil.txt", std::string(prose)}}));
    files.emplace_back("link.tar", archives::pack(Packing::tar, {{"a.txt", "", 's', "/etc/passwd"}, {"d", "", 'c'}}));
    files.emplace_back("zeros.txt.gz", archives::compressed_zeros(Packing::gz, 150));
    files.emplace_back("blanks.txt.zst", archives::compressed_zeros(Packing::zst, 150));
    files.emplace_back("no-gzip.html.gz", page);
    files.emplace_back("empty.zip", archives::pack(Packing::zip, {}));
    std::string nested = page;
    for (int i = 0; i < 12; ++i)
        nested = archives::pack(Packing::zip, {{i == 0 ? "a.html" : "a.zip", nested}});
    files.emplace_back("nested.zip", nested);
    std::vector<archives::Entry> many;
    for (int i = 0; i < 3'000; ++i)
        many.push_back({"empty-" + std::to_string(i) + ".txt", ""});
    files.emplace_back("many.zip", archives::pack(Packing::zip, many));
    files.emplace_back("random.zip", "PK\x03\x04" + random_bytes(5'000, 3));
    files.emplace_back("random.pdf", "%PDF-1.7\n" + random_bytes(20'000, 4));
    files.emplace_back("kids.pdf", with_all(pdf_sample(), '3', "2"));
}

void write(fs::path const& file, std::string_view bytes) {
    std::ofstream stream(file, std::ios::binary);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

std::vector<Sample> good_samples() {
    std::string const text(prose);
    return {
        {"html",
         "<!DOCTYPE html><html lang=\"en\"><head><title>Walking</title><meta name=\"author\" content=\"Ada Walker\">"
         "</head>\n<body><article><h1>Walking</h1>\n<p>" +
             text + "</p>\n<ul><li>One &amp; all.</li></ul></article></body></html>\n"},
        {"txt", "Walking and the heart\n\n" + text + "\n\n- Walk for half an hour.\n- Walk every day.\n"},
        {"md", "---\ntitle: Walking\nauthor: Ada Walker\n---\n\n# Walking\n\n" + text +
                   "\n\n> So say *all* [nurses](https://example.org).\n"},
        {"nxml",
         "<?xml version=\"1.0\"?>\n<article article-type=\"research-article\"><front><article-meta><title-group>"
         "<article-title>Walking</article-title></title-group><abstract><p>" +
             text +
             "</p></abstract></article-meta></front>\n"
             "<body><sec><title>Results</title><p>" +
             text + "</p></sec></body></article>\n"},
        {"xml",
         "<?xml "
         "version=\"1.0\"?>\n<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>"
         "Walking</ArticleTitle>\n<Abstract><AbstractText>" +
             text +
             "</AbstractText></Abstract></Article></MedlineCitation>"
             "</PubmedArticle></PubmedArticleSet>\n"},
        {"pdf", pdf_sample()},
        {"ris", "TY  - JOUR\nTI  - Walking\nAU  - Walker, Ada\nPY  - 2021\nAB  - " + text +
                    "\nER  - \n\nTY  - JOUR\nTI  - Two\nER  - \n"},
        {"nbib", "PMID- 1\nTI  - Walking\nAB  - " + text + "\nAU  - Walker A\n\nPMID- 2\nTI  - Two\n"},
        {"ciw",
         "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Walker, A\nTI Walking\nAB " + text + "\nER\n\nEF\n"},
        {"bib",
         "@article{walker2021,\n  title = {Walking {and} the heart},\n  author = \"Walker, Ada\",\n  abstract = {" +
             text + "}\n}\n"},
        {"endnote.xml",
         "<?xml version=\"1.0\"?><xml><records><record><titles><title><style>Walking</style></title></titles>"
         "<abstract><style>" +
             text + "</style></abstract></record></records></xml>\n"},
        {"csv", "title,abstract,year\nWalking,\"" + text + "\",2021\n\"Two \"\"quoted\"\"\",short,2020\n"},
        {"tsv", "title\tabstract\tyear\nWalking\t" + text + "\t2021\n"},
        {"jsonl", "{\"title\": \"Walking\", \"abstract\": \"" + text + "\", \"year\": 2021}\n{\"title\": \"Two\"}\n"},
    };
}

std::vector<std::string> write_hostile_files(fs::path const& folder) {
    Files files;
    auto const samples = good_samples();
    for (std::size_t i = 0; i < samples.size(); ++i) {
        std::uint32_t seed = static_cast<std::uint32_t>(i) * 100;
        for (auto const& [name, apply] : changes())
            files.emplace_back(std::string(name) + "." + samples[i].extension, apply(samples[i].bytes, ++seed));
        auto const& other = samples[(i + 5) % samples.size()];
        files.emplace_back("wrong-name-" + other.extension + "." + samples[i].extension, other.bytes);
        files.emplace_back("random." + samples[i].extension, random_bytes(3'000, seed));
    }
    add_markup(files);
    add_records(files);
    add_containers(files);
    std::vector<std::string> names;
    for (auto const& [name, bytes] : files) {
        write(folder / name, bytes);
        names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace dossier::test
