#include "dossier/sources/records/record_fields.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "dossier/sources/records/identifiers.hpp"
#include "dossier/sources/records/names.hpp"
#include "dossier/sources/records/record_dates.hpp"
#include "dossier/sources/records/record_text.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_page_bytes = 200;
constexpr int rank_of_address = 100;  // a DOI in an address counts less than one in a field of its own

/// "1535--41", "1535–1541" and "1535 - 1541" with one hyphen.
std::string with_plain_dashes(std::string text) {
    if (text.size() > max_page_bytes) return text;
    for (std::string_view const dash : {"–", "—", "−", "‐", "‑"})
        for (auto at = text.find(dash); at != std::string::npos; at = text.find(dash))
            text.replace(at, dash.size(), "-");
    for (auto at = text.find("--"); at != std::string::npos; at = text.find("--"))
        text.erase(at, 1);
    return text;
}

/// "133-133" is the page 133.
std::string page_range(std::string const& stated) {
    auto pages = with_plain_dashes(folded(stated));
    auto const dash = pages.find('-');
    if (dash != std::string::npos &&
        std::string_view(pages).substr(0, dash) == std::string_view(pages).substr(dash + 1))
        pages.resize(dash);
    return pages;
}

std::string joined(std::vector<std::string> const& parts) {
    std::string text;
    for (auto const& part : parts)
        text += (text.empty() ? "" : "; ") + part;
    return text;
}

/// Items of a list that ';' or '|' or line breaks separate, else commas; no more than max_record_fields + 1.
std::vector<std::string> items_of(std::string_view list) {
    char separator = ',';
    for (char const candidate : {'\n', '|', ';'})
        if (list.find(candidate) != std::string_view::npos) separator = candidate;
    std::vector<std::string> items;
    while (!list.empty() && items.size() <= max_record_fields) {
        auto const at = list.find(separator);
        if (auto item = folded(list.substr(0, at)); !item.empty()) items.push_back(std::move(item));
        if (at == std::string_view::npos) break;
        list.remove_prefix(at + 1);
    }
    return items;
}

/// Databases write years and volumes as numbers: "2021.0" out of a table that had gaps.
std::string without_zero_fraction(std::string text) {
    auto const n_digits =
        static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_ascii_digit) - text.begin());
    if (n_digits > 0 && std::string_view(text).substr(n_digits) == ".0") text.resize(n_digits);
    return text;
}

}  // namespace

void RecordFields::add(FieldUse use, MappedText value, std::string const& origin) {
    add_passage(use, {use.rank, std::move(value), origin, true});
}

void RecordFields::add_unquotable(FieldUse use, MappedText value, std::string const& origin) {
    add_passage(use, {use.rank, std::move(value), origin, false});
}

bool RecordFields::takes(FieldUse use) {
    if (use.role == FieldRole::none || overfull_) return false;
    if (use.role == FieldRole::title) return !title_ || use.rank < title_->rank;
    if (use.role == FieldRole::abstract && !abstracts_.empty() && use.rank != abstracts_.front().rank)
        return use.rank < abstracts_.front().rank;
    if (values_.size() + abstracts_.size() < max_record_fields) return true;
    tell_too_many();
    return false;
}

void RecordFields::tell_too_many() {
    add_trouble("the record has more than " + std::to_string(max_record_fields) + " fields; the rest is left out");
}

void RecordFields::add_passage(FieldUse use, Passage passage) {
    if (!takes(use) || trimmed(passage.text.text()).empty()) return;
    n_pieces_ += passage.text.n_pieces();
    if (n_pieces_ > max_entities) return set_overfull();
    if (use.role != FieldRole::title && use.role != FieldRole::abstract) {
        values_.push_back({use, passage.text.text(), std::move(passage.origin)});
        return;
    }
    passage.text = without_markup(std::move(passage.text));
    if (passage.text.n_pieces() > max_entities) return set_overfull();
    if (use.role == FieldRole::title) {
        title_ = std::move(passage);
        return;
    }
    if (!abstracts_.empty() && use.rank < abstracts_.front().rank) abstracts_.clear();
    abstracts_.push_back(std::move(passage));
}

void RecordFields::add_trouble(std::string trouble) {
    if (troubles_.empty() || troubles_.back() != trouble) troubles_.push_back(std::move(trouble));
}

Document RecordFields::document() {
    Document document;
    if (!overfull_) add_blocks(document);
    document.overfull = overfull_ || document.blocks.size() > max_blocks;
    state_authors(document);
    state_published(document);
    auto& citation = document.citation;
    citation.journal = folded(text_of(FieldRole::journal));
    citation.volume = without_zero_fraction(folded(text_of(FieldRole::volume)));
    citation.issue = without_zero_fraction(folded(text_of(FieldRole::issue)));
    citation.accession = folded(text_of(FieldRole::accession));
    citation.publication_types = all(FieldRole::publication_type, FieldRole::publication_types);
    citation.keywords = all(FieldRole::keyword, FieldRole::keywords);
    state_pages(citation);
    state_identifiers(document);
    state(document, "publisher", FieldRole::journal);
    state(document, "url", FieldRole::url);
    state(document, "language", FieldRole::language);
    state(document, "funding", FieldRole::funding);
    state(document, "conflict_of_interest", FieldRole::conflict_of_interest);
    document.troubles = std::move(troubles_);
    return document;
}

void RecordFields::add_blocks(Document& document) {
    if (title_) {
        document.blocks.push_back(title_block(title_->text));
        document.metadata.push_back({"title", folded(title_->text.text()), title_->origin});
    }
    for (auto const& passage : abstracts_) {
        auto const n_before = document.blocks.size();
        append_abstract(passage.text, document.blocks);
        for (auto i = n_before; !passage.quotable && i < document.blocks.size(); ++i)
            document.blocks[i].furniture = true;
    }
    std::erase_if(document.blocks, [](Block const& block) { return block.text.empty(); });
    std::stable_sort(document.blocks.begin(), document.blocks.end(),
                     [](Block const& a, Block const& b) { return a.text.origin_begin(0) < b.text.origin_begin(0); });
}

RecordFields::Value const* RecordFields::best(FieldRole role) const {
    Value const* found = nullptr;
    for (auto const& value : values_)
        if (value.use.role == role && (found == nullptr || value.use.rank < found->use.rank)) found = &value;
    return found;
}

std::string RecordFields::text_of(FieldRole role) const {
    auto const* const value = best(role);
    return value == nullptr ? std::string() : value->text;
}

std::vector<std::string> RecordFields::all(FieldRole one, FieldRole list) {
    std::vector<std::string> items;
    for (auto const& value : values_) {
        if (items.size() > max_record_fields) break;
        if (value.use.role == one) items.push_back(folded(value.text));
        if (value.use.role != list) continue;
        auto more = items_of(value.text);
        items.insert(items.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    shorten(items);
    return items;
}

void RecordFields::shorten(std::vector<std::string>& list) {
    if (list.size() <= max_record_fields) return;
    list.resize(max_record_fields);
    add_trouble("a list of the record has more than " + std::to_string(max_record_fields) +
                " items; the rest is left out");
}

void RecordFields::state(Document& document, std::string const& key, FieldRole role) const {
    if (auto const* const value = best(role)) document.metadata.push_back({key, folded(value->text), value->origin});
}

void RecordFields::state_authors(Document& document) {
    auto const is_author = [](Value const& value) {
        return value.use.role == FieldRole::author || value.use.role == FieldRole::authors;
    };
    Value const* first = nullptr;
    for (auto const& value : values_)
        if (is_author(value) && (first == nullptr || value.use.rank < first->use.rank)) first = &value;
    if (first == nullptr) return;
    auto& authors = document.citation.authors;
    for (auto const& value : values_) {
        if (!is_author(value) || value.use.rank != first->use.rank) continue;
        if (value.use.role == FieldRole::author) {
            authors.push_back(folded(value.text));
            continue;
        }
        for (auto& name : names_in(value.text))
            if (authors.size() <= max_record_fields) authors.push_back(std::move(name));
    }
    shorten(authors);
    if (!authors.empty()) document.metadata.push_back({"author", joined(authors), first->origin});
}

void RecordFields::state_published(Document& document) const {
    auto const* const date = best(FieldRole::date);
    auto const* const year = best(FieldRole::year);
    std::string_view const date_text = date == nullptr ? std::string_view() : date->text;
    std::string_view const year_text = year == nullptr ? std::string_view() : year->text;
    // The year field may hold the whole date: "1948/07//".
    auto published = record_date(date_text, year_text);
    auto const* origin = date != nullptr ? date : year;
    if (auto fuller = record_date(year_text, ""); fuller.size() > published.size()) {
        published = std::move(fuller);
        origin = year;
    }
    if (published.empty()) return;
    document.citation.year = year_in(year_text);
    if (document.citation.year.empty()) document.citation.year = published.substr(0, 4);
    document.metadata.push_back({"published", std::move(published), origin->origin});
}

void RecordFields::state_pages(Citation& citation) const {
    citation.pages = page_range(text_of(FieldRole::pages));
    if (citation.pages.empty()) {
        auto const first = with_plain_dashes(folded(text_of(FieldRole::first_page)));
        auto const last = with_plain_dashes(folded(text_of(FieldRole::last_page)));
        bool const range = !last.empty() && last != first && first.find('-') == std::string::npos;
        citation.pages = first + (range && !first.empty() ? "-" : "") + (range ? last : "");
    }
    if (citation.pages.empty()) citation.pages = folded(text_of(FieldRole::article_number));
}

void RecordFields::state_identifiers(Document& document) const {
    auto& citation = document.citation;
    Value const* doi_field = nullptr;
    int doi_rank = 0;
    for (auto const& value : values_) {
        auto const role = value.use.role;
        if (role == FieldRole::pmid && citation.pmid.empty()) citation.pmid = pmid_of(value.text);
        if (role == FieldRole::pmcid && citation.pmcid.empty()) citation.pmcid = pmcid_in(value.text);
        bool const resolver = role == FieldRole::url && value.text.find("doi.org/") != std::string::npos;
        if (role != FieldRole::doi && !resolver) continue;
        int const rank = value.use.rank + (resolver ? rank_of_address : 0);
        if (doi_field != nullptr && doi_rank <= rank) continue;
        auto doi = doi_of(value.text);
        if (doi.empty()) continue;
        citation.doi = std::move(doi);
        doi_field = &value;
        doi_rank = rank;
    }
    for (auto const& value : values_) {
        if (value.use.role != FieldRole::note) continue;
        if (citation.pmid.empty()) citation.pmid = pmid_in(value.text);
        if (citation.pmcid.empty()) citation.pmcid = pmcid_in(value.text);
    }
    if (doi_field != nullptr) document.metadata.push_back({"doi", citation.doi, doi_field->origin});
}

}  // namespace dossier::sources
