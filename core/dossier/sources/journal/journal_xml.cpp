#include "dossier/sources/journal/journal_xml.hpp"

#include <string>
#include <vector>

#include "dossier/sources/journal/jats_metadata.hpp"
#include "dossier/sources/journal/journal_blocks.hpp"
#include "dossier/sources/journal/pubmed_article.hpp"
#include "dossier/sources/journal/xml_text.hpp"

namespace dossier::sources {
namespace {

/// The outermost elements of one of these names, wrapped in sets, records and replies of a server as they may be.
template <typename IsWanted>
std::vector<pugi::xml_node> outermost(pugi::xml_node document, IsWanted is_wanted) {
    std::vector<pugi::xml_node> found;
    walk_xml(document, [&](pugi::xml_node node) {
        if (node.type() != pugi::node_element) return node == document;
        bool const wanted = is_wanted(local_name(node));
        if (wanted) found.push_back(node);
        return !wanted;
    });
    return found;
}

/// Abstracts that say again in other words or pictures what the article says.
bool is_repeating_abstract(pugi::xml_node abstract) {
    auto const type = attribute_of(abstract, "abstract-type");
    return type == "graphical" || type == "teaser" || type == "toc" || type == "short" || type == "web-summary" ||
           type == "precis" || type == "video";
}

void read_front(pugi::xml_node front, JournalBlocks& blocks) {
    auto meta = child_named(front, "article-meta");
    if (!meta) meta = front;
    auto const titles = child_named(meta, "title-group");
    blocks.read(child_named(titles, "article-title"), JournalBlocks::Start::title);
    blocks.read(child_named(titles, "subtitle"), JournalBlocks::Start::title);
    for (auto child = meta.first_child(); child; child = child.next_sibling())
        if (local_name(child) == "abstract" && !is_repeating_abstract(child))
            blocks.read(child, JournalBlocks::Start::sections);
}

void read_article(pugi::xml_node article, JournalBlocks& blocks) {
    for (auto child = article.first_child(); child; child = child.next_sibling()) {
        auto const name = local_name(child);
        if (name == "front" || name == "front-stub") read_front(child, blocks);
        if (name == "body" || name == "floats-group" || name == "floats-wrap")
            blocks.read(child, JournalBlocks::Start::sections);
        if (name == "back") blocks.read(child, JournalBlocks::Start::sections, true);
    }
}

}  // namespace

Document read_jats(std::string_view text) {
    Document document;
    XmlText const xml(text);
    if (!xml.problem().empty()) {
        auto const line = xml.problem_line();
        document.broken = xml.problem() + (line > 0 ? " (line " + std::to_string(line) + ")" : std::string());
        return document;
    }
    auto const articles = outermost(xml.document(), [](std::string_view name) { return name == "article"; });
    if (articles.empty()) {
        document.broken = "holds no <article>";
        return document;
    }
    if (articles.size() > 1)
        document.troubles.push_back("the file holds " + std::to_string(articles.size()) +
                                    " articles, of which the first is read; a file for each is read whole");
    JournalBlocks blocks(xml);
    read_jats_metadata(articles.front(), document);
    read_article(articles.front(), blocks);
    blocks.finish(document);
    return document;
}

Document read_pubmed_article(std::string_view text) {
    Document document;
    XmlText const xml(text);
    if (!xml.problem().empty()) {
        document.broken = xml.problem();
        return document;
    }
    auto const records = outermost(
        xml.document(), [](std::string_view name) { return name == "PubmedArticle" || name == "PubmedBookArticle"; });
    if (records.empty()) {
        document.broken = "holds no <PubmedArticle>";
        return document;
    }
    JournalBlocks blocks(xml);
    read_pubmed_record(records.front(), xml, blocks, document);
    blocks.finish(document);
    return document;
}

}  // namespace dossier::sources
