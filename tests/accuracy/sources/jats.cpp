// Journal XML: what the reader says of each article against what XPath finds in its file.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "accuracy.hpp"
#include "corpus_file.hpp"
#include "dossier/sources/quote_check.hpp"
#include "dossier/sources/read_article.hpp"
#include "dossier/sources/records/record_splitter.hpp"
#include "dossier/sources/unicode.hpp"

namespace accuracy {
namespace {

using dossier::Article;
using dossier::ArticleInput;

/// Right and all; where something is wrong, the first few are printed with DOSSIER_ACCURACY_DETAILS=1.
struct Share {
    std::size_t right = 0, all = 0;
    void count(bool is_right, std::string const& name, std::string const& what) {
        ++all;
        right += is_right;
        if (!is_right && std::getenv("DOSSIER_ACCURACY_DETAILS") != nullptr)
            std::fprintf(stderr, "%s: %s\n", name.c_str(), what.substr(0, 600).c_str());
    }
    [[nodiscard]] double value() const {
        return all == 0 ? 1.0 : static_cast<double>(right) / static_cast<double>(all);
    }
};

struct Shares {
    Share fields, paragraphs, kept_out, quotes;
};

/// Superscripts as plain characters, everything but letters and digits as a space: " a trial of 12 weeks ".
std::string words_of(std::string_view text) {
    static constexpr std::pair<std::string_view, char> raised[] = {
        {"⁰", '0'}, {"¹", '1'}, {"²", '2'}, {"³", '3'}, {"⁴", '4'}, {"⁵", '5'}, {"⁶", '6'},
        {"⁷", '7'}, {"⁸", '8'}, {"⁹", '9'}, {"⁺", ' '}, {"⁻", ' '}, {"−", ' '}, {"–", ' '}};
    auto const plain = dossier::sources::folded(text);
    std::string words = " ";
    for (std::size_t at = 0; at < plain.size();) {
        auto const hit = std::find_if(std::begin(raised), std::end(raised), [&](auto const& r) {
            return std::string_view(plain).substr(at).starts_with(r.first);
        });
        char const c = hit != std::end(raised) ? hit->second : plain[at];
        at += hit != std::end(raised) ? hit->first.size() : 1;
        bool const ascii = static_cast<unsigned char>(c) < 0x80;
        if (!ascii || std::isalnum(static_cast<unsigned char>(c)))
            words += c;
        else if (words.back() != ' ')
            words += ' ';
    }
    return words.back() == ' ' ? words : words + ' ';
}

/// A cross-reference of a kind that is set as a mark, and no word of two letters in it.
bool is_mark(pugi::xml_node reference) {
    std::string const type = reference.attribute("ref-type").value();
    auto const kinds = {"", "bibr", "fn", "table-fn", "aff", "corresp", "author-notes"};
    if (std::find(kinds.begin(), kinds.end(), type) == kinds.end()) return false;
    std::string const text = pugi::xpath_query("string(.)").evaluate_string(reference);
    auto const is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
    return std::adjacent_find(text.begin(), text.end(), [&](char a, char b) { return is_letter(a) && is_letter(b); }) ==
           text.end();
}

bool is_named(pugi::xml_node node, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), std::string_view(node.name())) != names.end();
}

/// Text of a paragraph in parts: what lies in it as a paragraph of its own parts it, figures and tables do not.
void add_parts(pugi::xml_node node, std::vector<std::string>& parts) {
    for (auto const child : node) {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
            parts.back() += child.value();
        } else if (is_named(child, {"list", "disp-quote", "boxed-text", "def-list", "p", "preformat"})) {
            parts.emplace_back();
        } else if (is_named(child, {"fig", "fig-group", "table-wrap", "table-wrap-group", "disp-formula", "graphic",
                                    "media", "tex-math", "fn", "label", "supplementary-material", "break",
                                    "verse-group", "annotation", "array", "object-id"})) {
            parts.back() += ' ';
        } else if (is_named(child, {"xref"}) && is_mark(child)) {
            parts.back() += ' ';
        } else {
            add_parts(child, parts);
        }
    }
}

std::string text_of(pugi::xml_node node) {
    std::vector<std::string> parts(1);
    add_parts(node, parts);
    std::string text;
    for (auto const& part : parts)
        text += part + ' ';
    return text;
}

std::string text_at(pugi::xml_node from, char const* path) {
    auto const found = from.select_node(path);
    return found ? text_of(found.node()) : std::string();
}

/// The article's sentences as one run of words.
std::string all_words(Article const& article) {
    std::string text;
    for (auto const& sentence : article.sentences)
        text += sentence.text + ' ';
    return words_of(text);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

void compare_fields(Article const& article, pugi::xml_node file, std::string const& name, Share& share) {
    auto const same = [&](char const* field, std::string const& stated, std::string const& read) {
        share.count(words_of(stated) == words_of(read), name,
                    std::string(field) + ": \"" + words_of(read) + "\" for \"" + words_of(stated) + '"');
    };
    auto const meta = file.select_node("//article-meta").node();
    same("title", text_at(meta, "title-group/article-title") + text_at(meta, "title-group/subtitle"),
         article.title.value);
    same("doi", lower(text_at(meta, "article-id[@pub-id-type='doi']")), article.citation.doi);
    same("pmid", text_at(meta, "article-id[@pub-id-type='pmid']"), article.citation.pmid);
    auto const pmc = text_at(meta, "article-id[@pub-id-type='pmc']");
    same("pmcid", pmc.empty() ? pmc : "PMC" + pmc, article.citation.pmcid);
    same("journal", text_at(file, "//journal-meta//journal-title"), article.citation.journal);
    auto const n = meta.select_nodes("contrib-group/contrib[@contrib-type='author']").size();
    same("authors", std::to_string(n), std::to_string(article.citation.authors.size()));
    bool year = false;
    for (auto const& date : meta.select_nodes("pub-date[not(starts-with(@pub-type, 'pmc'))]/year"))
        year = year || article.citation.year == date.node().child_value();
    share.count(year, name, "year: " + article.citation.year);
    std::string abstract_text;
    for (auto const& part : meta.select_nodes("abstract[not(@abstract-type)]//*[self::p or self::title]"))
        abstract_text += text_of(part.node()) + ' ';
    auto const words = all_words(article);
    share.count(words.find(words_of(abstract_text)) != std::string::npos, name, "abstract: " + abstract_text);
    auto const titles = file.select_nodes("//body//sec/title[normalize-space(.) != '']").size();
    std::size_t headings = 0;
    auto const body = file.select_node("//body").node();
    for (auto const& title : body.select_nodes(".//sec/title"))
        headings += std::any_of(article.sentences.begin(), article.sentences.end(), [&](auto const& sentence) {
            return !dossier::may_be_quoted(sentence.role) && words_of(sentence.text) == words_of(text_of(title.node()));
        });
    same("section titles", std::to_string(titles), std::to_string(headings));
}

void compare_paragraphs(Article const& article, pugi::xml_node file, std::string const& name, Share& share) {
    auto const words = all_words(article);
    for (auto const& found :
         file.select_nodes("//body//p[not(ancestor::fn or ancestor::table-wrap or ancestor::fig or "
                           "ancestor::supplementary-material or ancestor::table or ancestor::ref-list)]")) {
        std::vector<std::string> parts(1);
        add_parts(found.node(), parts);
        for (auto const& part : parts)
            share.count(words.find(words_of(part)) != std::string::npos, name, "paragraph:" + words_of(part));
    }
}

/// Cells and titles of references that are long enough to be told from running text, and are not in it.
void compare_kept_out(Article const& article, pugi::xml_node file, std::string const& name, Share& share) {
    std::string quotable, running;
    for (auto const& sentence : article.sentences)
        if (dossier::may_be_quoted(sentence.role)) quotable += sentence.text + ' ';
    for (auto const& found :
         file.select_nodes("//body//p[not(ancestor::table-wrap)] | //abstract//p | //article-title"))
        if (!found.node().select_node("ancestor::ref-list")) running += text_of(found.node()) + ' ';
    quotable = words_of(quotable);
    running = words_of(running);
    auto const path =
        "//table//td | //table//th | //ref-list//article-title | //ref-list//mixed-citation | //ref-list//citation | "
        "//back/ack/p | //back//fn/p | //table-wrap-foot//p";
    for (auto const& found : file.select_nodes(path)) {
        auto const words = words_of(text_of(found.node()));
        if (std::count(words.begin(), words.end(), ' ') < 6 || running.find(words) != std::string::npos) continue;
        share.count(quotable.find(words) == std::string::npos, name, "kept out:" + words);
    }
}

void compare_quotes(Article const& article, ArticleInput const& input, std::string const& name, Share& share) {
    dossier::QuoteChecker const checker(input);
    for (auto const& sentence : article.sentences)
        share.count(checker.stands(sentence.bytes, sentence.text), name, "quote: " + sentence.text);
}

void compare_pubmed(Article const& article, pugi::xml_node file, std::string const& name, Share& share) {
    auto const same = [&](char const* field, char const* path, std::string const& read) {
        auto const stated = lower(text_at(file, path));
        share.count(words_of(stated) == words_of(lower(read)), name,
                    std::string(field) + ": " + read + " for " + stated);
    };
    same("title", "//Article/ArticleTitle", article.title.value);
    same("doi", "//PubmedData/ArticleIdList/ArticleId[@IdType='doi']", article.citation.doi);
    same("pmid", "//MedlineCitation/PMID", article.citation.pmid);
    same("journal", "//Article/Journal/Title", article.citation.journal);
    same("year", "//JournalIssue/PubDate/Year", article.citation.year);
    auto const count = [&](char const* field, char const* path, std::size_t n) {
        share.count(file.select_nodes(path).size() == n, name, field);
    };
    count("authors", "//Article/AuthorList/Author", article.citation.authors.size());
    count("publication types", "//PublicationTypeList/PublicationType", article.citation.publication_types.size());
    auto const words = all_words(article);
    for (auto const& part : file.select_nodes("//Abstract/AbstractText"))
        share.count(words.find(words_of(text_of(part.node()))) != std::string::npos, name, "abstract");
}

ArticleInput jats_input(std::string name, std::string bytes) {
    ArticleInput input;
    input.id = input.path = name;
    input.origin = {name, {}, 0, {0, bytes.size()}};
    input.format = dossier::sources::Format::jats;
    input.bytes = std::move(bytes);
    return input;
}

ArticleInput pubmed_input(std::string name, std::string const& file) {
    auto const begin = file.find("<PubmedArticle>");
    auto const end = file.find("</PubmedArticle>") + std::string_view("</PubmedArticle>").size();
    auto input = jats_input(std::move(name), file.substr(begin, end - begin));
    input.format = dossier::sources::Format::pubmed_xml;
    input.origin.record = 1;
    input.origin.bytes = {begin, end};
    input.context = std::make_shared<dossier::sources::RecordContext>();
    return input;
}

void measure_file(std::filesystem::path const& path, Shares& shares) {
    auto const name = path.stem().string();
    auto const bytes = bytes_of(path);
    bool const pubmed = name.find("pubmed") == 0;
    auto const input = pubmed ? pubmed_input(name, bytes) : jats_input(name, bytes);
    dossier::Diagnostics diagnostics;
    auto const article = dossier::read_article(input, {}, diagnostics);
    pugi::xml_document file;
    file.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata);
    compare_quotes(article, input, name, shares.quotes);
    if (pubmed) return compare_pubmed(article, file, name, shares.fields);
    compare_fields(article, file, name, shares.fields);
    compare_paragraphs(article, file, name, shares.paragraphs);
    compare_kept_out(article, file, name, shares.kept_out);
}

std::vector<std::filesystem::path> files_below(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().extension() == ".gz") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    Shares shares[2];
    for (auto const& path : files_below(corpora / "text" / "jats"))
        measure_file(path, shares[is_kept_aside(path.stem().string())]);
    std::vector<Figure> figures;
    for (auto const part : {Part::tuned, Part::aside}) {
        auto const& of = shares[part == Part::aside];
        auto const add = [&](char const* metric, Share const& share, char const* note) {
            figures.push_back({"text/jats", metric, part, share.value(), 1.0, share.all, true, note});
        };
        add("fields as stated", of.fields, "title, identifiers, journal, year, authors, abstract, section titles");
        add("paragraphs of the body found", of.paragraphs, "word for word");
        add("tables, references kept out", of.kept_out, "also footnotes and acknowledgements");
        add("sentences at their byte range", of.quotes, "");
    }
    return figures;
}

Registered const registered("sources", 60, measure);

}  // namespace
}  // namespace accuracy
