// Bibliographic exports: every record of every file is found, and one library written in several formats says the same.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "accuracy.hpp"
#include "corpus_file.hpp"
#include "dossier/sources/records/record_splitter.hpp"
#include "dossier/sources/unicode.hpp"

namespace accuracy {
namespace {

using dossier::sources::Document;
using dossier::sources::Format;

constexpr std::size_t max_record_bytes = 64u << 20;

struct Export {
    std::vector<Document> records;
    std::size_t n_broken = 0;
};

Export read_export(Format format, std::string_view bytes) {
    dossier::sources::MemoryStream stream(bytes);
    auto const splitter = dossier::sources::make_record_splitter(format, stream, {}, max_record_bytes);
    Export read;
    for (dossier::sources::RecordSlice slice; splitter->next(slice);) {
        auto document = slice.broken.empty() ? dossier::sources::read_record(format, slice.bytes, *splitter->context())
                                             : Document{};
        read.n_broken += !slice.broken.empty() || !document.broken.empty();
        read.records.push_back(std::move(document));
    }
    return read;
}

// --- how many records there are, by another way than the reader's ---

using Count = std::size_t (*)(std::string_view);

std::size_t lines_that(std::string_view bytes, std::function<bool(std::string_view)> const& match) {
    std::size_t n = 0;
    while (!bytes.empty()) {
        auto const end = bytes.find('\n');
        auto line = bytes.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        n += match(line);
        if (end == std::string_view::npos) break;
        bytes.remove_prefix(end + 1);
    }
    return n;
}
std::size_t ris_ends(std::string_view bytes) {
    return lines_that(bytes, [](std::string_view line) { return line.starts_with("ER  -"); });
}
std::size_t pubmed_numbers(std::string_view bytes) {
    return lines_that(bytes, [](std::string_view line) { return line.starts_with("PMID- "); });
}
std::size_t ciw_ends(std::string_view bytes) {
    return lines_that(bytes, [](std::string_view line) { return line == "ER"; });
}
std::size_t at_signs(std::string_view bytes) {
    return lines_that(bytes, [](std::string_view line) { return line.starts_with('@'); });
}
std::size_t lines_below_the_first(std::string_view bytes) {
    return lines_that(bytes, [](std::string_view line) { return !line.empty(); }) - 1;
}
std::size_t end_tags(std::string_view bytes) {
    std::size_t n = 0;
    for (auto at = bytes.find("</record>"); at != std::string_view::npos; at = bytes.find("</record>", at + 1))
        ++n;
    return n;
}
std::size_t as_the_readme_says(std::string_view) {
    return 1233;
}

struct File {
    char const* path;
    Format format;
    Count count;
};

std::vector<File> const& files() {
    static std::vector<File> const all = {
        {"asysd/ris_export.txt.xz", Format::ris, ris_ends},
        {"asysd/scopus.ris", Format::ris, ris_ends},
        {"asysd/test_export.bib", Format::bibtex, at_signs},
        {"asysd/test_export.csv", Format::csv, lines_below_the_first},
        {"asysd/test_export.ris", Format::ris, ris_ends},
        {"asysd/test_export.txt", Format::tsv, lines_below_the_first},
        {"asysd/wos_test.ris", Format::ris, ris_ends},
        {"asysd/zotero_export.bib.xz", Format::bibtex, at_signs},
        {"asysd/zotero_export.csv.xz", Format::csv, as_the_readme_says},
        {"asysd/zotero_export.ris.xz", Format::ris, ris_ends},
        {"asysd/zotero_export.xml.xz", Format::endnote_xml, end_tags},
        {"rispy/example_basic.ris", Format::ris, ris_ends},
        {"rispy/example_bom.ris", Format::ris, ris_ends},
        {"rispy/example_custom_list_tags.ris", Format::ris, ris_ends},
        {"rispy/example_empty_tag.ris", Format::ris, ris_ends},
        {"rispy/example_extraneous_data.ris", Format::ris, ris_ends},
        {"rispy/example_full.ris", Format::ris, ris_ends},
        {"rispy/example_full_without_whitespace.ris", Format::ris, ris_ends},
        {"rispy/example_full_write.ris", Format::ris, ris_ends},
        {"rispy/example_multi_unknown_tags.ris", Format::ris, ris_ends},
        {"rispy/example_multiline.ris", Format::ris, ris_ends},
        {"rispy/example_single_unknown_tag.ris", Format::ris, ris_ends},
        {"rispy/example_starting_newlines.ris", Format::ris, ris_ends},
        {"rispy/example_urls.ris", Format::ris, ris_ends},
        {"rispy/example_utf_chars.ris", Format::ris, ris_ends},
        {"rispy/example_wos.ris", Format::ris, ciw_ends},
        {"synthesisr/ASP_ris_example.ris", Format::ris, ris_ends},
        {"synthesisr/Ovid_ris_example.ris", Format::ris, ris_ends},
        {"synthesisr/PubMed_example.txt", Format::nbib, pubmed_numbers},
        {"synthesisr/Scopus_bib_example.bib", Format::bibtex, at_signs},
        {"synthesisr/Scopus_ris_example.ris", Format::ris, ris_ends},
        {"synthesisr/WoS_ciw_example.ciw", Format::ciw, ciw_ends},
        {"synthesisr/WoS_txt_example.txt", Format::ciw, ciw_ends},
        {"synthesisr/citesource_issue_24.ris", Format::ris, ris_ends},
        {"synthesisr/eviatlas.csv", Format::csv, lines_below_the_first},
        {"synthesisr/eviatlas.tsv", Format::tsv, lines_below_the_first},
        {"synthesisr/eviatlas.txt", Format::ris, ris_ends},
        {"synthesisr/litsearchr.txt", Format::bibtex, at_signs},
        {"synthesisr/res_synth_methods.txt", Format::nbib, pubmed_numbers},
    };
    return all;
}

bool has_title(Document const& document) {
    return std::any_of(document.blocks.begin(), document.blocks.end(), [](auto const& block) { return block.title; });
}

void complain(std::string const& what) {
    if (std::getenv("DOSSIER_ACCURACY_DETAILS") != nullptr) std::fprintf(stderr, "%s\n", what.c_str());
}

std::vector<Figure> count_records(std::filesystem::path const& folder) {
    std::size_t n_right = 0, n_records = 0, n_titled = 0;
    for (auto const& file : files()) {
        auto const bytes = bytes_of(folder / file.path);
        auto const read = read_export(file.format, bytes);
        auto const expected = file.count(bytes);
        bool const right = read.records.size() == expected && read.n_broken == 0;
        n_right += right;
        if (!right)
            complain(std::string(file.path) + ": " + std::to_string(read.records.size()) + " records, " +
                     std::to_string(read.n_broken) + " broken, expected " + std::to_string(expected));
        for (auto const& record : read.records) {
            ++n_records;
            n_titled += has_title(record);
            for (auto const& trouble : record.troubles)
                complain(std::string(file.path) + ": " + trouble);
        }
    }
    auto const n_files = static_cast<double>(files().size());
    return {{"references/bib_formats", "files with all records read", Part::all, static_cast<double>(n_right) / n_files,
             1.0, files().size(), true, "against a count of end marks"},
            {"references/bib_formats", "records that have a title", Part::all,
             static_cast<double>(n_titled) / static_cast<double>(n_records), 0.0, n_records, false,
             "example_bom.ris and example_multiline.ris state none"}};
}

// --- one library in several formats ---

using Fields = std::map<std::string, std::string>;

std::string text_of(Document const& document, bool title) {
    std::string text;
    for (auto const& block : document.blocks)
        if (block.title == title) text += block.text.text() + ' ';
    return dossier::sources::folded(text);
}

Fields fields_of(Document const& document) {
    auto const& citation = document.citation;
    std::string authors, published;
    for (auto const& author : citation.authors)
        authors += author + "; ";
    for (auto const& item : document.metadata)
        if (item.key == "published") published = item.value;
    return {{"title", text_of(document, true)},
            {"abstract", text_of(document, false)},
            {"authors", authors},
            {"year", citation.year},
            {"published", published},
            {"journal", citation.journal},
            {"volume", citation.volume},
            {"issue", citation.issue},
            {"pages", citation.pages},
            {"doi", citation.doi}};
}

/// Records with the same DOI, or else the same letters in their titles, are taken in their order.
std::string key_of(Fields const& fields) {
    if (!fields.at("doi").empty()) return fields.at("doi");
    std::string key;
    for (char const c : fields.at("title"))
        if (dossier::sources::is_ascii_alpha(c)) key += dossier::sources::ascii_lower(c);
    return key + fields.at("volume");
}

std::multimap<std::string, Fields> by_key(Export const& read) {
    std::multimap<std::string, Fields> records;
    for (auto const& document : read.records) {
        auto fields = fields_of(document);
        auto key = key_of(fields);
        records.emplace(std::move(key), std::move(fields));
    }
    return records;
}

/// @param date_bytes  of an ISO date, as far as both formats carry it
std::vector<Figure> compare(std::filesystem::path const& folder, char const* first, Format first_format,
                            char const* second, Format second_format, std::size_t date_bytes, std::string const& name,
                            std::string const& note) {
    auto const a = read_export(first_format, bytes_of(folder / first));
    auto const b = read_export(second_format, bytes_of(folder / second));
    auto others = by_key(b);
    std::size_t n_matched = 0, n_fields = 0, n_equal = 0;
    for (auto const& [key, fields] : by_key(a)) {
        auto const other = others.find(key);
        if (other == others.end()) {
            complain(name + ": no counterpart: " + key);
            continue;
        }
        ++n_matched;
        for (auto [field, value] : fields) {
            auto other_value = other->second.at(field);
            if (field == "published") {
                value.resize(std::min(value.size(), date_bytes));
                other_value.resize(std::min(other_value.size(), date_bytes));
            }
            if (value.empty() && other_value.empty()) continue;
            ++n_fields;
            n_equal += value == other_value;
            if (value != other_value) complain(name + ": " + field + "\n   <" + value + "\n   >" + other_value);
        }
        others.erase(other);
    }
    auto const n = std::max(a.records.size(), b.records.size());
    return {{"references/bib_formats", "records in both of " + name, Part::all,
             static_cast<double>(n_matched) / static_cast<double>(n), 1.0, n, true, ""},
            {"references/bib_formats", "fields equal in " + name, Part::all,
             static_cast<double>(n_equal) / static_cast<double>(std::max<std::size_t>(n_fields, 1)), 0.99, n_fields,
             true, note}};
}

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    auto const folder = corpora / "references/bib_formats";
    auto figures = count_records(folder);
    for (auto const& part :
         {compare(
              folder, "asysd/zotero_export.ris.xz", Format::ris, "asysd/zotero_export.bib.xz", Format::bibtex, 7,
              "RIS and BibTeX",
              "BibTeX cannot carry days of a date; Zotero gives the place of three conferences as their proceedings"),
          compare(folder, "asysd/zotero_export.csv.xz", Format::csv, "asysd/zotero_export.xml.xz", Format::endnote_xml,
                  4, "CSV and EndNote XML",
                  "of ranges of months Zotero's CSV keeps the last, its XML the whole (2011 Jul-Aug), so years are "
                  "compared; its XML lost text in angle brackets")})
        figures.insert(figures.end(), part.begin(), part.end());
    return figures;
}

Registered const registered("sources", 400, measure);

}  // namespace
}  // namespace accuracy
