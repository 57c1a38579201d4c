#include "dossier/sources/read_document.hpp"

#include "dossier/sources/journal/journal_xml.hpp"

namespace dossier::sources {

Document read_document(Format format, std::string_view text, RecordContext const* context) {
    switch (format) {
        case Format::text: return read_text(text);
        case Format::markdown: return read_markdown(text);
        case Format::html: return read_html(text);
        case Format::jats: return read_jats(text);
        case Format::pubmed_xml: return read_pubmed_article(text);
        case Format::ris:
        case Format::nbib:
        case Format::ciw:
        case Format::bibtex:
        case Format::endnote_xml:
        case Format::csv:
        case Format::tsv:
        case Format::jsonl: return read_record(format, text, context != nullptr ? *context : RecordContext{});
        case Format::pdf:  // read by open_document, from its pages
        case Format::unknown_xml: break;
    }
    return {};
}

void open_document(OpenedDocument& opened, Format format, std::string_view path, std::string_view bytes,
                   RecordContext const* context, PdfReader const& read_pdf) {
    opened.format = format;
    if (format == Format::pdf) {
        auto const pages = read_pdf ? read_pdf(bytes) : PdfPages{"is a PDF, which is not read here", {}, {}, {}, {}};
        opened.problem = pages.problem;
        if (!opened.problem.empty()) return;
        opened.extracted = text_of(pages);
        opened.source.emplace(opened.extracted, "UTF-8");
        opened.document = read_pdf_text(opened.source->text(), pages);
        return;
    }
    bool const known = context != nullptr && !context->encoding.empty();
    bool const declares = format == Format::html || format == Format::jats || format == Format::pubmed_xml ||
                          format == Format::endnote_xml;
    if (known)
        opened.source.emplace(bytes, KnownEncoding{context->encoding});
    else
        opened.source.emplace(bytes, declares ? declared_charset(bytes) : std::string());
    if (format == Format::text) opened.format = format_of(path, opened.source->text());
    if (has_records(opened.format) && context == nullptr) opened.format = Format::text;
    opened.document = read_document(opened.format, opened.source->text(), context);
}

}  // namespace dossier::sources
