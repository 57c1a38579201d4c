#include "dossier/sources/journal/pubmed_article.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "dossier/sources/journal/citation_parts.hpp"
#include "dossier/sources/metadata.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

class PubmedRecord {
public:
    PubmedRecord(pugi::xml_node record, XmlText const& xml, JournalBlocks& blocks, Document& document) noexcept
        : xml_(xml),
          blocks_(blocks),
          document_(document),
          citation_(document.citation),
          medline_(child_named(record, "MedlineCitation")),
          article_(child_named(medline_, "Article")),
          book_(child_named(record, "BookDocument")),
          data_(child_named(record, medline_ ? "PubmedData" : "PubmedBookData")) {
        if (!article_) article_ = book_;
    }

    void read() {
        read_text();
        read_journal();
        read_identifiers();
        read_authors();
        read_dates();
        read_kind();
        read_statements();
        read_references();
        auto const language = text_of(article_, "Language");
        state(document_, "language", language == "eng" ? "en" : language, "Language");
    }

private:
    void read_text() {
        auto title = child_named(article_, "ArticleTitle");
        if (plain_text(title).empty() && child_named(article_, "VernacularTitle"))
            title = child_named(article_, "VernacularTitle");
        if (plain_text(title).empty() && book_) title = child_named(child_named(book_, "Book"), "BookTitle");
        blocks_.read(title, JournalBlocks::Start::title);
        state(document_, "title", without_brackets(plain_text(title)), "ArticleTitle");
        each_child(child_named(article_, "Abstract"), "AbstractText", [&](pugi::xml_node part) {
            auto const label = attribute_named(part, "Label");
            if (auto const text = attribute_of(part, "Label");
                !text.empty() && text != "UNLABELLED" && text != "UNASSIGNED")
                blocks_.add_heading(xml_.slice_of(label));
            blocks_.read(part, JournalBlocks::Start::paragraph);
            if (plain_text(part).find("(ABSTRACT TRUNCATED") != std::string::npos) document_.cut_off = true;
        });
    }

    /// PubMed puts brackets around titles that it translated: "[Ketamine in adults.]".
    static std::string without_brackets(std::string title) {
        if (!title.starts_with('[')) return title;
        auto const end = title.ends_with("].") ? title.size() - 2 : title.ends_with(']') ? title.size() - 1 : 0;
        return end == 0 ? title : title.substr(1, end - 1);
    }

    void read_journal() {
        auto const journal = child_named(article_, "Journal");
        auto const issue = child_named(journal, "JournalIssue");
        auto const book = child_named(book_, "Book");
        citation_.journal = text_of(journal, "Title");
        if (citation_.journal.empty()) citation_.journal = text_of(journal, "ISOAbbreviation");
        if (citation_.journal.empty()) citation_.journal = text_of(book, "BookTitle");
        citation_.volume = text_of(issue, "Volume");
        citation_.issue = text_of(issue, "Issue");
        citation_.pages = text_of(child_named(article_, "Pagination"), "MedlinePgn");
        state(document_, "publisher", text_of(child_named(book, "Publisher"), "PublisherName"), "PublisherName");
        state(document_, "publisher", citation_.journal, "Journal");
    }

    void read_identifiers() {
        citation_.pmid = text_of(medline_ ? medline_ : book_, "PMID");
        each_child(article_, "ELocationID", [&](pugi::xml_node id) {
            if (attribute_of(id, "EIdType") == "doi" && attribute_of(id, "ValidYN") != "N" && citation_.doi.empty())
                citation_.doi = bare_doi(plain_text(id));
        });
        for (auto const holder : {data_, book_})
            each_child(child_named(holder, "ArticleIdList"), "ArticleId", [&](pugi::xml_node id) {
                auto const type = attribute_of(id, "IdType");
                if (type == "doi" && citation_.doi.empty()) citation_.doi = bare_doi(plain_text(id));
                if (type == "pmc" && citation_.pmcid.empty()) citation_.pmcid = plain_text(id);
            });
        state(document_, "doi", citation_.doi, "ArticleId");
        if (!citation_.doi.empty()) state(document_, "url", "https://doi.org/" + citation_.doi, "ArticleId");
        if (!citation_.pmid.empty())
            state(document_, "url", "https://pubmed.ncbi.nlm.nih.gov/" + citation_.pmid + "/", "PMID");
    }

    void read_authors() {
        each_child(article_, "AuthorList", [&](pugi::xml_node list) {
            if (attribute_of(list, "Type") == "editors") return;
            each_child(list, "Author", [&](pugi::xml_node author) {
                auto given = text_of(author, "ForeName");
                if (given.empty()) given = text_of(author, "Initials");
                auto name = name_of_author(text_of(author, "LastName"), given);
                if (name.empty()) name = text_of(author, "CollectiveName");
                if (!name.empty() && citation_.authors.size() < max_values)
                    citation_.authors.push_back(std::move(name));
            });
        });
        state(document_, "author", byline_of(citation_.authors), "AuthorList");
    }

    static std::string date_in(pugi::xml_node date) {
        auto const stated = date_of(text_of(date, "Year"), text_of(date, "Month"), text_of(date, "Day"));
        if (!stated.empty()) return stated;
        // "1998 Dec-1999 Jan", "2000 Spring"
        auto const written = text_of(date, "MedlineDate");
        auto const month =
            iso_date(written.substr(0, 8).size() == 8 ? written.substr(5, 3) + ' ' + written.substr(0, 4) : "");
        return month.empty() ? iso_date(written.substr(0, 4)) : month;
    }

    void read_dates() {
        auto const issue =
            date_in(child_named(child_named(child_named(article_, "Journal"), "JournalIssue"), "PubDate"));
        auto const book = date_in(child_named(child_named(book_, "Book"), "PubDate"));
        std::vector<std::string> dates = {issue, book};
        each_child(article_, "ArticleDate", [&](pugi::xml_node date) { dates.push_back(date_in(date)); });
        auto const published = earliest(dates);
        citation_.year = (!issue.empty() ? issue : published).substr(0, 4);
        state(document_, "published", published, "PubDate");
    }

    void read_kind() {
        auto const list = book_ ? book_ : child_named(article_, "PublicationTypeList");
        each_child(list, "PublicationType", [&](pugi::xml_node type) {
            if (citation_.publication_types.size() < max_values)
                add_once(citation_.publication_types, plain_text(type));
        });
        each_child(child_named(medline_, "CommentsCorrectionsList"), "CommentsCorrections", [&](pugi::xml_node note) {
            auto const type = attribute_of(note, "RefType");
            if (type == "RetractionIn") add_once(citation_.publication_types, "Retracted Publication");
            if (type == "ExpressionOfConcernIn") add_once(citation_.publication_types, "Expression of Concern");
        });
        each_child(child_named(medline_, "MeshHeadingList"), "MeshHeading", [&](pugi::xml_node heading) {
            if (citation_.keywords.size() < max_values)
                citation_.keywords.push_back(text_of(heading, "DescriptorName"));
        });
        each_child(medline_ ? medline_ : book_, "KeywordList", [&](pugi::xml_node list_of_words) {
            each_child(list_of_words, "Keyword", [&](pugi::xml_node keyword) {
                if (citation_.keywords.size() < max_values) citation_.keywords.push_back(plain_text(keyword));
            });
        });
    }

    void read_statements() {
        state(document_, "conflict_of_interest", text_of(medline_, "CoiStatement"), "CoiStatement");
        std::vector<std::string> agencies;
        each_child(child_named(article_, "GrantList"), "Grant", [&](pugi::xml_node grant) {
            if (agencies.size() < max_values) add_once(agencies, text_of(grant, "Agency"));
        });
        std::string funding;
        for (auto const& agency : agencies)
            funding += (funding.empty() ? "" : "; ") + agency;
        state(document_, "funding", std::move(funding), "GrantList");
    }

    void read_references() {
        auto& references = citation_.references;
        if (!data_) return;
        walk_xml(data_, [&](pugi::xml_node node) {
            if (local_name(node) != "ArticleId" || local_name(node.parent().parent()) != "Reference") return true;
            auto const type = attribute_of(node, "IdType");
            auto const value = plain_text(node);
            if (references.size() >= max_values || value.empty()) return false;
            if (type == "pubmed") references.push_back("pmid:" + value);
            if (auto const doi = type == "doi" ? bare_doi(value) : std::string(); !doi.empty())
                references.push_back("doi:" + doi);
            return false;
        });
    }

    XmlText const& xml_;
    JournalBlocks& blocks_;
    Document& document_;
    Citation& citation_;
    pugi::xml_node medline_, article_, book_, data_;
};

}  // namespace

void read_pubmed_record(pugi::xml_node record, XmlText const& xml, JournalBlocks& blocks, Document& document) {
    PubmedRecord(record, xml, blocks, document).read();
}

}  // namespace dossier::sources
