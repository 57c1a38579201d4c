#include "dossier/sources/records/column_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

using enum FieldRole;

struct MappableField {
    std::string_view name;
    FieldRole role;
};
constexpr auto fields = std::to_array<MappableField>({
    {"title", title},
    {"abstract", abstract},
    {"author", authors},
    {"journal", journal},
    {"publisher", journal},
    {"year", year},
    {"published", date},
    {"volume", volume},
    {"issue", issue},
    {"pages", pages},
    {"first_page", first_page},
    {"last_page", last_page},
    {"doi", doi},
    {"url", url},
    {"pmid", pmid},
    {"pmcid", pmcid},
    {"accession", accession},
    {"language", language},
    {"publication_type", publication_types},
    {"keywords", FieldRole::keywords},
    {"funding", funding},
    {"conflict_of_interest", conflict_of_interest},
});

struct KnownColumn {
    std::string_view name;  ///< letters and digits only
    FieldUse use;
};
/// In the order of the names, for the search.
constexpr auto known_columns = [] {
    auto table = std::to_array<KnownColumn>({
        // title
        {"title", {title, 0}},
        {"articletitle", {title, 0}},
        {"documenttitle", {title, 0}},
        {"papertitle", {title, 0}},
        {"primarytitle", {title, 0}},
        {"ti", {title, 0}},
        {"t1", {title, 0}},
        {"displayname", {title, 1}},
        {"shorttitle", {title, 3}},
        // abstract
        {"abstract", {abstract, 0}},
        {"abstractnote", {abstract, 0}},
        {"abstracttext", {abstract, 0}},
        {"ab", {abstract, 0}},
        {"n2", {abstract, 1}},
        {"summary", {abstract, 2}},
        // authors
        {"authors", {authors, 0}},
        {"author", {authors, 0}},
        {"authornames", {authors, 0}},
        {"authorlist", {authors, 0}},
        {"authorstring", {authors, 0}},
        {"au", {authors, 0}},
        {"a1", {authors, 0}},
        {"authorsname", {authors, 0}},
        {"authorsdisplayname", {authors, 0}},
        {"authorshipsauthordisplayname", {authors, 0}},
        {"authorfullnames", {authors, 1}},
        {"af", {authors, 1}},
        {"authorliteral", {authors, 2}},
        {"authorfamily", {authors, 3}},
        {"firstauthor", {authors, 4}},
        // journal
        {"journal", {journal, 0}},
        {"journaltitle", {journal, 0}},
        {"journalname", {journal, 0}},
        {"journalbook", {journal, 0}},
        {"sourcetitle", {journal, 0}},
        {"publicationtitle", {journal, 0}},
        {"publicationname", {journal, 0}},
        {"containertitle", {journal, 0}},
        {"secondarytitle", {journal, 0}},
        {"jf", {journal, 0}},
        {"jt", {journal, 0}},
        {"t2", {journal, 1}},
        {"jo", {journal, 1}},
        {"venue", {journal, 1}},
        {"primarylocationsourcedisplayname", {journal, 1}},
        {"booktitle", {journal, 2}},
        {"proceedingstitle", {journal, 2}},
        {"conferencename", {journal, 3}},
        {"so", {journal, 3}},
        {"source", {journal, 4}},
        {"journalabbreviation", {journal, 5}},
        {"ja", {journal, 5}},
        {"ta", {journal, 5}},
        // year and date
        {"year", {year, 0}},
        {"publicationyear", {year, 0}},
        {"publishedyear", {year, 0}},
        {"pubyear", {year, 0}},
        {"yearpublished", {year, 0}},
        {"yearofpublication", {year, 0}},
        {"py", {year, 0}},
        {"yr", {year, 0}},
        {"y1", {year, 1}},
        {"issueddateparts", {year, 2}},
        {"publicationdate", {date, 0}},
        {"publisheddate", {date, 0}},
        {"dateofpublication", {date, 0}},
        {"datepublished", {date, 0}},
        {"published", {date, 0}},
        {"publishtime", {date, 0}},
        {"pubdate", {date, 0}},
        {"date", {date, 1}},
        {"da", {date, 1}},
        {"dp", {date, 1}},
        {"pd", {date, 1}},
        {"publishedmonth", {date, 2}},
        // where in the journal
        {"volume", {volume, 0}},
        {"vl", {volume, 0}},
        {"vi", {volume, 0}},
        {"journalvolume", {volume, 1}},
        {"issue", {issue, 0}},
        {"is", {issue, 0}},
        {"ip", {issue, 0}},
        {"issuenumber", {issue, 0}},
        {"number", {issue, 1}},
        {"pages", {pages, 0}},
        {"page", {pages, 0}},
        {"pagerange", {pages, 0}},
        {"pg", {pages, 0}},
        {"startpage", {first_page, 0}},
        {"pagestart", {first_page, 0}},
        {"firstpage", {first_page, 0}},
        {"sp", {first_page, 0}},
        {"bp", {first_page, 0}},
        {"endpage", {last_page, 0}},
        {"pageend", {last_page, 0}},
        {"lastpage", {last_page, 0}},
        {"ep", {last_page, 0}},
        {"artno", {article_number, 0}},
        {"articlenumber", {article_number, 0}},
        {"articleno", {article_number, 0}},
        {"elocationid", {article_number, 0}},
        // identifiers
        {"doi", {doi, 0}},
        {"do", {doi, 0}},
        {"di", {doi, 0}},
        {"externalidsdoi", {doi, 0}},
        {"idsdoi", {doi, 1}},
        {"doilink", {doi, 1}},
        {"url", {url, 0}},
        {"urls", {url, 1}},
        {"ur", {url, 0}},
        {"link", {url, 1}},
        {"fulltextlink", {url, 2}},
        {"pmid", {pmid, 0}},
        {"pubmedid", {pmid, 0}},
        {"medlinepmid", {pmid, 0}},
        {"externalidspubmed", {pmid, 0}},
        {"idspmid", {pmid, 1}},
        {"pm", {pmid, 1}},
        {"pmcid", {pmcid, 0}},
        {"pmc", {pmcid, 0}},
        {"pmcidentifier", {pmcid, 0}},
        {"accessionnumber", {accession, 0}},
        {"accession", {accession, 0}},
        {"utuniquewosid", {accession, 0}},
        {"uniquewosid", {accession, 0}},
        {"ut", {accession, 0}},
        {"eid", {accession, 0}},
        {"embaseaccessionid", {accession, 0}},
        {"an", {accession, 1}},
        // the rest
        {"language", {language, 0}},
        {"articlelanguage", {language, 0}},
        {"languageoforiginaldocument", {language, 0}},
        {"la", {language, 0}},
        {"lang", {language, 0}},
        {"documenttype", {publication_types, 0}},
        {"publicationtype", {publication_types, 0}},
        {"publicationtypes", {publication_types, 0}},
        {"itemtype", {publication_types, 0}},
        {"referencetype", {publication_types, 0}},
        {"type", {publication_types, 0}},
        {"dt", {publication_types, 0}},
        {"pt", {publication_types, 0}},
        {"keywords", {FieldRole::keywords, 0}},
        {"keyword", {FieldRole::keywords, 0}},
        {"authorkeywords", {FieldRole::keywords, 0}},
        {"indexkeywords", {FieldRole::keywords, 0}},
        {"keywordsplus", {FieldRole::keywords, 0}},
        {"manualtags", {FieldRole::keywords, 0}},
        {"automatictags", {FieldRole::keywords, 0}},
        {"meshterms", {FieldRole::keywords, 0}},
        {"subjectheadings", {FieldRole::keywords, 0}},
        {"kw", {FieldRole::keywords, 0}},
        {"de", {FieldRole::keywords, 0}},
        {"notes", {note, 0}},
        {"note", {note, 0}},
        {"extra", {note, 0}},
        {"funding", {funding, 0}},
        {"fundingdetails", {funding, 0}},
        {"fundingtext", {funding, 1}},
        {"fundingtext1", {funding, 1}},
        {"conflictofinterest", {conflict_of_interest, 0}},
    });
    std::sort(table.begin(), table.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
    return table;
}();

constexpr std::size_t max_known_bytes = 60;

std::string letters_and_digits(std::string_view name) {
    std::string key;
    for (char const c : name)
        if (is_ascii_alpha(c) || is_ascii_digit(c)) key += ascii_lower(c);
    return key;
}

FieldUse recognised(std::string_view column) {
    if (column.size() > max_known_bytes) return {};
    auto const key = letters_and_digits(column);
    auto const known =
        std::lower_bound(known_columns.begin(), known_columns.end(), key,
                         [](KnownColumn const& entry, std::string_view wanted) { return entry.name < wanted; });
    return known != known_columns.end() && known->name == key ? known->use : FieldUse{};
}

FieldRole field_named(std::string_view name) noexcept {
    auto const field =
        std::find_if(fields.begin(), fields.end(), [&](MappableField const& f) { return f.name == name; });
    return field == fields.end() ? none : field->role;
}

bool same_column(std::string_view a, std::string_view b) {
    return a == b || ascii_lower(trimmed(a)) == ascii_lower(trimmed(b));
}

}  // namespace

FieldUse use_of_column(RecordContext const& context, std::string_view column) {
    for (auto const& [field, mapped] : context.columns)
        if (same_column(mapped, column)) return {field_named(field), 0};
    auto const use = recognised(column);
    for (auto const& [field, mapped] : context.columns)
        if (field_named(field) == use.role) return {};
    return use;
}

std::vector<std::string_view> mappable_fields() {
    std::vector<std::string_view> names;
    for (auto const& field : fields)
        names.push_back(field.name);
    return names;
}

std::string mapping_trouble(RecordContext const& context) {
    auto const& header = context.header;
    for (auto const& [field, column] : context.columns) {
        if (field_named(field) == none) return "\"" + field + "\" is no field that a column can be mapped to";
        bool there = header.empty();
        for (auto const& name : header)
            there = there || same_column(name, column);
        if (!there) return "no column is called \"" + column + "\", which the job maps to " + field;
    }
    return {};
}

}  // namespace dossier::sources
