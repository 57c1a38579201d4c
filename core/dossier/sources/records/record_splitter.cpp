#include "dossier/sources/records/record_splitter.hpp"

#include <cassert>
#include <utility>

#include "dossier/sources/records/bibtex.hpp"
#include "dossier/sources/records/ciw.hpp"
#include "dossier/sources/records/delimited.hpp"
#include "dossier/sources/records/endnote_xml.hpp"
#include "dossier/sources/records/jsonl.hpp"
#include "dossier/sources/records/nbib.hpp"
#include "dossier/sources/records/record_stream.hpp"
#include "dossier/sources/records/ris.hpp"
#include "dossier/sources/records/tagged_lines.hpp"
#include "dossier/sources/records/xml_records.hpp"

namespace dossier::sources {
namespace {

std::unique_ptr<RecordFinder> make_finder(Format format, std::map<std::string, std::string> columns,
                                          std::size_t max_record_bytes) {
    switch (format) {
        case Format::ris: return make_tagged_finder(TagDialect::ris);
        case Format::nbib: return make_tagged_finder(TagDialect::nbib);
        case Format::ciw: return make_tagged_finder(TagDialect::ciw);
        case Format::bibtex: return make_bibtex_finder();
        case Format::endnote_xml: return make_xml_finder({"record"});
        case Format::pubmed_xml: return make_xml_finder({"PubmedArticle", "PubmedBookArticle"});
        case Format::csv: return make_delimited_finder(',', std::move(columns), max_record_bytes);
        case Format::tsv: return make_delimited_finder('\t', std::move(columns), max_record_bytes);
        case Format::jsonl: return make_jsonl_finder(std::move(columns));
        default: break;
    }
    assert(!has_records(format));
    return nullptr;
}

Document read_tagged(std::string_view text) {
    switch (dialect_of(text)) {
        case TagDialect::ris: return read_ris(text);
        case TagDialect::nbib: return read_nbib(text);
        case TagDialect::ciw: return read_ciw(text);
        case TagDialect::unknown: break;
    }
    Document document;
    document.broken = "does not begin with a tag";
    return document;
}

}  // namespace

std::unique_ptr<RecordSplitter> make_record_splitter(Format format, ByteStream& stream,
                                                     std::map<std::string, std::string> columns,
                                                     std::size_t max_record_bytes) {
    auto finder = make_finder(format, std::move(columns), max_record_bytes);
    assert(finder);
    return std::make_unique<StreamedSplitter>(stream, std::move(finder), max_record_bytes);
}

Document read_record(Format format, std::string_view text, RecordContext const& context) {
    switch (format) {
        case Format::ris:
        case Format::nbib:
        case Format::ciw: return read_tagged(text);
        case Format::bibtex: return read_bibtex(text, context);
        case Format::endnote_xml: return read_endnote_record(text);
        case Format::csv:
        case Format::tsv: return read_delimited(text, context);
        case Format::jsonl: return read_json_record(text, context);
        default: return {};
    }
}

}  // namespace dossier::sources
