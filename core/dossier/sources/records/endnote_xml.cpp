#include "dossier/sources/records/endnote_xml.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "dossier/sources/journal/xml_text.hpp"
#include "dossier/sources/records/record_fields.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

/// An element by the names on the way from the record to it.
struct PathUse {
    std::string_view path;
    FieldUse use;
};

std::vector<PathUse> const& endnote_uses() {
    using enum FieldRole;
    static std::vector<PathUse> const uses = {
        {"titles/title", {title, 0}},
        {"titles/short-title", {title, 1}},
        {"abstract", {abstract, 0}},
        {"contributors/authors/author", {author, 0}},
        {"periodical/full-title", {journal, 0}},
        {"titles/secondary-title", {journal, 1}},
        {"alt-periodical/full-title", {journal, 2}},
        {"periodical/abbr-1", {journal, 3}},
        {"titles/alt-title", {journal, 4}},
        {"dates/year", {year, 0}},
        {"dates/pub-dates/date", {date, 0}},
        {"volume", {volume, 0}},
        {"number", {issue, 0}},
        {"issue", {issue, 1}},
        {"pages", {pages, 0}},
        {"electronic-resource-num", {doi, 0}},
        {"urls/related-urls/url", {url, 0}},
        {"urls/web-urls/url", {url, 1}},
        {"custom2", {pmcid, 0}},
        {"language", {language, 0}},
        {"keywords/keyword", {keyword, 0}},
        {"work-type", {publication_type, 0}},
        {"notes", {note, 0}},
        {"research-notes", {note, 1}},
    };
    return uses;
}

FieldUse use_of(std::string_view path) noexcept {
    for (auto const& [known, use] : endnote_uses())
        if (path == known) return use;
    return {};
}

class RecordReader {
public:
    explicit RecordReader(XmlText const& xml) noexcept : xml_(xml) {}

    Document read(pugi::xml_node record) {
        walk_xml(
            record, [&](pugi::xml_node node) { return node == record || enter(node); },
            [&](pugi::xml_node node) {
                if (node != record)
                    path_.resize(path_.size() > node_name_bytes(node) ? path_.size() - node_name_bytes(node) : 0);
            });
        add_accession(record);
        auto document = fields_.document();
        add_type(record, document.citation);
        return document;
    }

private:
    static std::size_t node_name_bytes(pugi::xml_node node) noexcept {
        return std::string_view(node.name()).size() + 1;
    }

    // @return whether to look below the element: fields are read as a whole, with the <style> elements in them
    bool enter(pugi::xml_node node) {
        if (node.type() != pugi::node_element) return false;
        auto const parent = path_.size();
        path_ += "/";
        path_ += node.name();
        auto const use = use_of(std::string_view(path_).substr(1));
        if (use.role == FieldRole::none) return true;
        MappedText text;
        append_all_text(text, xml_, node);
        fields_.add(use, std::move(text), "element " + std::string(node.name()));
        path_.resize(parent);
        return false;
    }

    // The number of the database that the record is from; of PubMed it has a meaning elsewhere.
    void add_accession(pugi::xml_node record) {
        auto const number = child_named(record, "accession-num");
        if (!number) return;
        auto const database = ascii_lower(plain_text(child_named(record, "remote-database-name")));
        bool const pubmed = database.find("medline") != std::string::npos ||
                            database.find("pubmed") != std::string::npos || database.find("nlm") != std::string::npos;
        MappedText text;
        append_all_text(text, xml_, number);
        if (pubmed) fields_.add({FieldRole::pmid, 0}, text, "element accession-num");
        fields_.add({FieldRole::accession, 0}, std::move(text), "element accession-num");
    }

    static void add_type(pugi::xml_node record, Citation& citation) {
        if (!citation.publication_types.empty()) return;
        auto type = attribute_of(child_named(record, "ref-type"), "name");
        if (!type.empty()) citation.publication_types.push_back(std::move(type));
    }

    XmlText const& xml_;
    RecordFields fields_;
    std::string path_;
};

}  // namespace

Document read_endnote_record(std::string_view record) {
    XmlText const xml(record);
    if (!xml.problem().empty()) {
        Document document;
        document.broken = xml.problem();
        return document;
    }
    return RecordReader(xml).read(child_named(xml.document(), "record"));
}

}  // namespace dossier::sources
