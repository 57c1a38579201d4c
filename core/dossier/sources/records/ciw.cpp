#include "dossier/sources/records/ciw.hpp"

#include <algorithm>
#include <vector>

#include "dossier/sources/records/tagged_lines.hpp"

namespace dossier::sources {
namespace {

std::vector<TagUse> const& ciw_uses() {
    using enum FieldRole;
    static std::vector<TagUse> const uses = {
        {"TI", {title, 0}},          {"AB", {abstract, 0}},     {"AF", {author, 0}, true},
        {"AU", {author, 1}, true},   {"CA", {author, 2}, true}, {"SO", {journal, 0}},
        {"JI", {journal, 1}},        {"J9", {journal, 2}},      {"PY", {year, 0}},
        {"PD", {date, 0}},           {"EA", {date, 1}},         {"VL", {volume, 0}},
        {"IS", {issue, 0}},          {"BP", {first_page, 0}},   {"EP", {last_page, 0}},
        {"AR", {article_number, 0}}, {"DI", {doi, 0}},          {"PM", {pmid, 0}},
        {"UT", {accession, 0}},      {"LA", {language, 0}},     {"DT", {publication_types, 0}},
        {"DE", {keywords, 0}},       {"ID", {keywords, 0}},     {"FX", {funding, 0}},
        {"FU", {funding, 1}}};
    return uses;
}

}  // namespace

Document read_ciw(std::string_view record) {
    RecordFields to;
    auto const fields = fields_of(record, TagDialect::ciw, to);
    add_tagged_fields(record, fields, ciw_uses(), false, to);
    bool const closed = std::any_of(fields.begin(), fields.end(), [](auto const& field) { return field.tag == "ER"; });
    if (!closed) to.add_trouble("the record has no closing \"ER\" line; it may break off");
    return to.document();
}

}  // namespace dossier::sources
