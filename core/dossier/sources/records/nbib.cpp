#include "dossier/sources/records/nbib.hpp"

#include <string>
#include <utility>
#include <vector>

#include "dossier/sources/records/tagged_lines.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

std::vector<TagUse> const& nbib_uses() {
    using enum FieldRole;
    static std::vector<TagUse> const uses = {{"TI", {title, 0}},
                                             {"BTI", {title, 1}},
                                             {"AB", {abstract, 0}},
                                             {"FAU", {author, 0}},
                                             {"AU", {author, 1}},
                                             {"CN", {author, 0}},
                                             {"JT", {journal, 0}},
                                             {"TA", {journal, 1}},
                                             {"DP", {date, 0}},
                                             {"DEP", {date, 1}},
                                             {"VI", {volume, 0}},
                                             {"IP", {issue, 0}},
                                             {"PG", {pages, 0}},
                                             {"PMID", {pmid, 0}},
                                             {"PMC", {pmcid, 0}},
                                             {"LA", {language, 0}},
                                             {"PT", {publication_type, 0}},
                                             {"MH", {keyword, 0}},
                                             {"OT", {keyword, 0}},
                                             {"COIS", {conflict_of_interest, 0}},
                                             {"GR", {funding, 0}},
                                             {"SO", {note, 1}}};
    return uses;
}

/// "10.1000/xyz [doi]", among identifiers of other kinds.
void add_identifiers(std::string_view record, std::vector<TaggedField> const& fields, RecordFields& to) {
    for (auto const& field : fields) {
        if (field.tag != "LID" && field.tag != "AID") continue;
        auto text = text_of(record, field.lines, false);
        if (text.text().find("[doi]") == std::string::npos) continue;
        to.add({FieldRole::doi, field.tag == "LID" ? 0 : 1}, std::move(text), std::string(field.tag) + " field");
    }
}

}  // namespace

Document read_nbib(std::string_view record) {
    RecordFields to;
    auto const fields = fields_of(record, TagDialect::nbib, to);
    add_tagged_fields(record, fields, nbib_uses(), false, to);
    add_identifiers(record, fields, to);
    return to.document();
}

}  // namespace dossier::sources
