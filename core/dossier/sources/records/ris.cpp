#include "dossier/sources/records/ris.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "dossier/sources/records/identifiers.hpp"
#include "dossier/sources/records/tagged_lines.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

/// Tags mean somewhat different things to different programs; the ranks say which one to believe. "T2" is the journal for
/// Zotero, EndNote, Scopus and Web of Science, but a translated title for EBSCO, which gives the journal as "JF".
std::vector<TagUse> const& ris_uses() {
    using enum FieldRole;
    static std::vector<TagUse> const uses = {{"TI", {title, 0}},
                                             {"T1", {title, 1}},
                                             {"CT", {title, 2}},
                                             {"BT", {title, 3}},
                                             {"ST", {title, 4}},
                                             {"AB", {abstract, 0}},
                                             {"N2", {abstract, 1}},
                                             {"AU", {author, 0}, true},
                                             {"A1", {author, 0}, true},
                                             {"JF", {journal, 0}},
                                             {"T2", {journal, 1}},
                                             {"JO", {journal, 2}},
                                             {"SO", {journal, 3}},
                                             {"C3", {journal, 4}},
                                             {"JA", {journal, 6}},
                                             {"J2", {journal, 6}},
                                             {"J1", {journal, 6}},
                                             {"JI", {journal, 6}},
                                             {"J9", {journal, 7}},
                                             {"PY", {year, 0}},
                                             {"Y1", {year, 1}},
                                             {"DA", {date, 0}},
                                             {"VL", {volume, 0}},
                                             {"VO", {volume, 1}},
                                             {"IS", {issue, 0}},
                                             {"CP", {issue, 1}},
                                             {"SP", {first_page, 0}},
                                             {"EP", {last_page, 0}},
                                             {"C7", {article_number, 0}},
                                             {"AR", {article_number, 1}},
                                             {"DO", {doi, 0}},
                                             {"DI", {doi, 1}},
                                             {"L3", {doi, 2}},
                                             {"UR", {url, 0}, true},
                                             {"LK", {url, 1}, true},
                                             {"L2", {url, 2}, true},
                                             {"AN", {accession, 0}},
                                             {"ID", {accession, 1}},
                                             {"LA", {language, 0}},
                                             {"M3", {publication_type, 0}},
                                             {"KW", {keyword, 0}, true},
                                             {"N1", {note, 0}},
                                             {"FX", {funding, 0}},
                                             {"FU", {funding, 1}}};
    return uses;
}

/// What "TY" stands for, in the words of PubMed's publication types where it has them.
constexpr auto reference_types = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"JOUR", "Journal Article"},
    {"EJOUR", "Journal Article"},
    {"JFULL", "Journal"},
    {"MGZN", "Magazine Article"},
    {"NEWS", "Newspaper Article"},
    {"CONF", "Conference Paper"},
    {"CPAPER", "Conference Paper"},
    {"BOOK", "Book"},
    {"EBOOK", "Book"},
    {"CHAP", "Book Chapter"},
    {"ECHAP", "Book Chapter"},
    {"EDBOOK", "Book"},
    {"THES", "Thesis"},
    {"RPRT", "Report"},
    {"GOVDOC", "Government Document"},
    {"STAND", "Standard"},
    {"UNPB", "Unpublished Work"},
    {"DATA", "Dataset"},
    {"BLOG", "Web Page"},
    {"ELEC", "Web Page"},
    {"PAT", "Patent"},
    {"SER", "Serial"},
    {"ABST", "Abstract"},
    {"CTLG", "Catalogue"},
});

std::string type_in_words(std::string const& code) {
    for (auto const& [known, words] : reference_types)
        if (code == known) return std::string(words);
    return code == "GEN" ? std::string() : code;
}

std::string value_of(std::string_view record, std::vector<TaggedField> const& fields, std::string_view tag) {
    auto const field = std::find_if(fields.begin(), fields.end(), [&](TaggedField const& f) { return f.tag == tag; });
    return field == fields.end() ? std::string() : folded(text_of(record, field->lines, false).text());
}

bool has_tag(std::vector<TaggedField> const& fields, std::string_view tag) noexcept {
    return std::any_of(fields.begin(), fields.end(), [&](TaggedField const& field) { return field.tag == tag; });
}

/// Fields whose meaning depends on the database that the record is from.
void add_pubmed_number(std::string_view record, std::vector<TaggedField> const& fields, RecordFields& to) {
    auto const database = ascii_lower(value_of(record, fields, "DB") + " " + value_of(record, fields, "DP"));
    bool const pubmed =
        has_phrase(database, "pubmed") || has_phrase(database, "medline") || has_phrase(database, "nlm");
    std::vector<TagUse> uses;
    if (pubmed) uses.push_back({"AN", {FieldRole::pmid, 0}});
    if (database.starts_with("scopus")) uses.push_back({"C2", {FieldRole::pmid, 0}});
    add_tagged_fields(record, fields, uses, false, to);
}

}  // namespace

Document read_ris(std::string_view record) {
    RecordFields to;
    auto const fields = fields_of(record, TagDialect::ris, to);
    add_tagged_fields(record, fields, ris_uses(), true, to);
    add_pubmed_number(record, fields, to);
    if (!has_tag(fields, "ER")) to.add_trouble("the record has no closing \"ER  -\" line; it may break off");
    auto document = to.document();
    auto& citation = document.citation;
    if (citation.publication_types.empty())
        if (auto type = type_in_words(value_of(record, fields, "TY")); !type.empty())
            citation.publication_types.push_back(std::move(type));
    return document;
}

}  // namespace dossier::sources
