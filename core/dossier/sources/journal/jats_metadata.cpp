#include "dossier/sources/journal/jats_metadata.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dossier/sources/journal/citation_parts.hpp"
#include "dossier/sources/journal/statements.hpp"
#include "dossier/sources/metadata.hpp"
#include "dossier/sources/sentences.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_thanks = 8;  // acknowledgements that are looked into for who paid

/// Text without that of the elements in it.
std::string own_text(pugi::xml_node node) {
    std::string text;
    for (auto child = node.first_child(); child; child = child.next_sibling())
        if (is_text(child)) text += plain_text(child) + ' ';
    return folded(text);
}

class JatsMetadata {
public:
    JatsMetadata(pugi::xml_node article, Document& document) noexcept
        : article_(article), front_(child_named(article, "front")), document_(document), citation_(document.citation) {
        if (!front_) front_ = child_named(article, "front-stub");
        meta_ = child_named(front_, "article-meta");
        if (!meta_) meta_ = front_;
    }

    void read() {
        read_title();
        read_journal();
        read_identifiers();
        read_authors();
        read_dates();
        read_kind();
        read_keywords();
        read_statements();
        state(document_, "language", attribute_of(article_, "lang"), "xml:lang");
    }

private:
    void read_title() {
        auto const group = child_named(meta_, "title-group");
        auto title = text_of(group, "article-title");
        if (auto const subtitle = text_of(group, "subtitle"); !subtitle.empty())
            title += (title.ends_with(':') || title.ends_with('?') ? " " : ": ") + subtitle;
        state(document_, "title", std::move(title), "article-title");
    }

    void read_journal() {
        auto const journal = child_named(front_, "journal-meta");
        citation_.journal = text_of(child_named(journal, "journal-title-group"), "journal-title");
        for (auto const name : {"journal-title", "abbrev-journal-title", "journal-id"})
            if (citation_.journal.empty()) citation_.journal = text_of(journal, name);
        auto const publisher = text_of(child_named(journal, "publisher"), "publisher-name");
        state(document_, "publisher", publisher, "publisher-name");
        state(document_, "publisher", citation_.journal, "journal-title");
        citation_.volume = text_of(meta_, "volume");
        citation_.issue = text_of(meta_, "issue");
        auto const first = text_of(meta_, "fpage"), last = text_of(meta_, "lpage");
        citation_.pages = last.empty() || last == first ? first : first + '-' + last;
        if (citation_.pages.empty()) citation_.pages = text_of(meta_, "elocation-id");
    }

    void read_identifiers() {
        each_child(meta_, "article-id", [&](pugi::xml_node id) {
            auto const type = attribute_of(id, "pub-id-type");
            auto const value = plain_text(id);
            if (type == "doi" && citation_.doi.empty()) citation_.doi = bare_doi(value);
            if (type == "pmid" && citation_.pmid.empty()) citation_.pmid = value;
            if ((type == "pmc" || type == "pmcid") && citation_.pmcid.empty())
                citation_.pmcid = value.starts_with("PMC") ? value : "PMC" + value;
        });
        state(document_, "doi", citation_.doi, "article-id");
        if (!citation_.doi.empty()) state(document_, "url", "https://doi.org/" + citation_.doi, "article-id");
        state(document_, "url", attribute_of(child_named(meta_, "self-uri"), "href"), "self-uri");
    }

    void read_authors() {
        each_child(meta_, "contrib-group", [&](pugi::xml_node group) {
            each_child(group, "contrib", [&](pugi::xml_node contributor) {
                auto const type = attribute_of(contributor, "contrib-type");
                if (!type.empty() && type != "author" && type != "collab") return;
                auto name = author_name(contributor);
                if (!name.empty() && citation_.authors.size() < max_values)
                    citation_.authors.push_back(std::move(name));
            });
        });
        state(document_, "author", byline_of(citation_.authors), "contrib-group");
    }

    static std::string author_name(pugi::xml_node contributor) {
        auto name = child_named(contributor, "name");
        if (!name) name = child_named(child_named(contributor, "name-alternatives"), "name");
        if (name) return name_of_author(text_of(name, "surname"), text_of(name, "given-names"));
        if (auto const written = child_named(contributor, "string-name")) {
            auto const surname = text_of(written, "surname");
            return surname.empty() ? plain_text(written) : name_of_author(surname, text_of(written, "given-names"));
        }
        auto collaboration = child_named(contributor, "collab");
        if (!collaboration) collaboration = child_named(child_named(contributor, "collab-alternatives"), "collab");
        auto group = own_text(collaboration);
        return group.empty() ? text_of(collaboration, "institution") : group;
    }

    void read_dates() {
        std::vector<std::string> dates;
        std::string print_year;
        each_child(meta_, "pub-date", [&](pugi::xml_node date) {
            auto const type = attribute_of(date, "pub-type"), of = attribute_of(date, "date-type");
            if (type.starts_with("pmc") || type == "nihms-submitted" || type == "received" || of == "preprint" ||
                of == "retracted" || of == "corrected" || of == "pmc-release")
                return;
            auto const year = text_of(date, "year");
            dates.push_back(date_of(year, text_of(date, "month"), text_of(date, "day")));
            bool const print = type == "ppub" || type == "collection" || of == "collection" ||
                               attribute_of(date, "publication-format") == "print";
            if (print && print_year.empty()) print_year = iso_date(year);
        });
        auto const published = earliest(dates);
        citation_.year = !print_year.empty() ? print_year : published.substr(0, 4);
        state(document_, "published", published, "pub-date");
    }

    void read_kind() {
        add_once(citation_.publication_types, attribute_of(article_, "article-type"));
        each_child(child_named(meta_, "article-categories"), "subj-group", [&](pugi::xml_node group) {
            auto const type = attribute_of(group, "subj-group-type");
            if (!type.empty() && type != "heading" && type != "article-type" && type != "display-channel") return;
            each_child(group, "subject", [&](pugi::xml_node subject) {
                if (citation_.publication_types.size() < max_values)
                    citation_.publication_types.push_back(plain_text(subject));
            });
        });
        each_child(meta_, "related-article", [&](pugi::xml_node related) {
            auto const type = attribute_of(related, "related-article-type");
            if (type == "retraction-forward" || type == "retracted-by" || type == "retraction")
                add_once(citation_.publication_types, "Retracted Publication");
        });
    }

    void read_keywords() {
        each_child(meta_, "kwd-group", [&](pugi::xml_node group) {
            each_child(group, "kwd", [&](pugi::xml_node keyword) {
                if (citation_.keywords.size() < max_values) citation_.keywords.push_back(plain_text(keyword));
            });
        });
    }

    /// Statements on interests and funding stand in footnotes, sections and acknowledgements of front, body and back.
    void read_statements() {
        std::vector<std::string> conflicts, funding;
        std::string thanks;
        std::size_t n_thanks = 0;
        std::set<std::string> seen;
        walk_xml(article_, [&](pugi::xml_node node) {
            auto const name = local_name(node);
            if (name == "sub-article" || name == "response" || name == "table-wrap" || name == "p") return false;
            if (name == "ref") {
                read_reference(node, seen);
                return false;
            }
            if (name == "funding-group") {
                read_funding(node, funding);
                return false;
            }
            if (name != "fn" && name != "sec" && name != "ack" && name != "notes") return true;
            auto const statement = statement_of(node);
            if (name == "ack" && n_thanks++ < max_thanks && thanks.empty()) thanks = statement_text(node);
            if (statement == Statement::none || statement == Statement::other || has_titled_sections(node))
                return name != "fn";
            if (statement == Statement::funding) add_once(funding, statement_text(node));
            if (statement == Statement::conflict_of_interest && !is_about_something_else(node))
                add_once(conflicts, statement_text(node));
            return false;
        });
        state(document_, "conflict_of_interest", conflicts.empty() ? std::string() : conflicts.front(),
              "conflict of interest statement");
        state(document_, "funding", funding.empty() ? std::string() : funding.front(), "funding statement");
        state(document_, "funding", funding_in(thanks), "acknowledgements");
    }

    /// Each says by its own title what it is.
    static bool has_titled_sections(pugi::xml_node node) {
        auto const section = child_named(node, "sec");
        return section && child_named(section, "title");
    }

    /// "Disclosure" also stands above remarks on authorship.
    static bool is_about_something_else(pugi::xml_node node) {
        if (!comparable(text_of(node, "title")).starts_with("disclosure")) return false;
        auto const text = comparable(statement_text(node));
        for (auto const word : {"interest", "interests", "disclose", "disclosure", "disclosures", "financial", "fees",
                                "honoraria", "employee", "employees", "employed", "grants", "none", "consultant"})
            if (has_phrase(text, word)) return false;
        return true;
    }

    static void read_funding(pugi::xml_node group, std::vector<std::string>& funding) {
        std::string sources;
        std::vector<std::string> names;
        each_child(group, "award-group", [&](pugi::xml_node award) {
            each_child(award, "funding-source", [&](pugi::xml_node source) {
                if (auto const institution = child_named(child_named(source, "institution-wrap"), "institution"))
                    add_once(names, plain_text(institution));
                else
                    add_once(names, plain_text(source));
            });
        });
        for (auto const& name : names)
            sources += (sources.empty() ? "" : "; ") + name;
        add_once(funding, text_of(group, "funding-statement"));
        add_once(funding, std::move(sources));
    }

    /// Sentences of the acknowledgements that say who paid.
    static std::string funding_in(std::string const& thanks) {
        std::string funding;
        for (auto const [begin, end] : split_sentences(thanks)) {
            auto const sentence = std::string_view(thanks).substr(begin, end - begin);
            auto const words = comparable(sentence);
            bool const pays = has_phrase(words, "funded by") || has_phrase(words, "supported by") ||
                              has_phrase(words, "funding from") || has_phrase(words, "financial support") ||
                              has_phrase(words, "sponsored by") || has_phrase(words, "funding by") ||
                              has_phrase(words, "grant") || has_phrase(words, "grants");
            if (pays) funding += (funding.empty() ? "" : " ") + std::string(sentence);
        }
        return funding;
    }

    void read_reference(pugi::xml_node reference, std::set<std::string>& seen) {
        auto& references = citation_.references;
        auto const add = [&](std::string identifier) {
            if (references.size() < max_values && seen.insert(identifier).second)
                references.push_back(std::move(identifier));
        };
        walk_xml(reference, [&](pugi::xml_node node) {
            auto const name = local_name(node);
            if (name == "pub-id") {
                auto const type = attribute_of(node, "pub-id-type");
                auto const value = plain_text(node);
                if (auto doi = type == "doi" ? bare_doi(value) : std::string(); !doi.empty()) add("doi:" + doi);
                if (type == "pmid" && !value.empty()) add("pmid:" + value);
                return false;
            }
            if (name == "ext-link" || name == "uri") {
                auto const address = attribute_of(node, "href");
                if (attribute_of(node, "ext-link-type") == "doi" || address.find("doi.org/") != std::string::npos)
                    if (auto doi = bare_doi(address); !doi.empty()) add("doi:" + doi);
            }
            return true;
        });
    }

    pugi::xml_node article_, front_, meta_;
    Document& document_;
    Citation& citation_;
};

}  // namespace

void read_jats_metadata(pugi::xml_node article, Document& document) {
    JatsMetadata(article, document).read();
}

}  // namespace dossier::sources
