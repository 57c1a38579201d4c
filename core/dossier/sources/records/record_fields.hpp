// Fields of a record, whatever the format calls them, and the document they make.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/block.hpp"
#include "dossier/sources/document.hpp"

namespace dossier::sources {

enum class FieldRole {
    none,
    title,
    abstract,
    author,   ///< one name
    authors,  ///< a list of names
    journal,
    year,
    date,
    volume,
    issue,
    pages,
    first_page,
    last_page,
    article_number,  ///< of articles without pages
    doi,
    url,
    pmid,
    pmcid,
    accession,
    language,
    publication_type,
    publication_types,  ///< a list: "Article; Early Access"
    keyword,
    keywords,  ///< a list
    note,      ///< may hold identifiers: "PMID: 123"
    funding,
    conflict_of_interest,
};
/// No record has as many.
inline constexpr std::size_t max_record_fields = 100'000;
inline constexpr std::size_t n_field_roles = static_cast<std::size_t>(FieldRole::conflict_of_interest) + 1;

/// What a field is for. Of several that a record fills, those of the lowest rank count: the full title before the short one.
struct FieldUse {
    FieldRole role = FieldRole::none;
    int rank = 0;
};

class RecordFields {
public:
    /// @param origin  how the format calls the field: "TI field", "column Title"
    void add(FieldUse use, MappedText value, std::string const& origin);
    /// The same for text of which several sentences may come from one place in the file: none of them can be quoted.
    void add_unquotable(FieldUse use, MappedText value, std::string const& origin);
    /// Whether a field of this use would still be taken, which spares making its text. Fields beyond the bounds are told.
    [[nodiscard]] bool takes(FieldUse use);
    /// Tells that the record has more than max_record_fields.
    void tell_too_many();
    /// The record is beyond the bounds of what is read: Document::overfull.
    void set_overfull() noexcept { overfull_ = true; }
    /// Tells something that could not be read as it stands: one clause.
    void add_trouble(std::string trouble);
    /// The record as a document; the fields are used up.
    [[nodiscard]] Document document();

private:
    struct Value {
        FieldUse use;
        std::string text, origin;
    };
    struct Passage {
        int rank;
        MappedText text;
        std::string origin;
        bool quotable;
    };
    void add_passage(FieldUse use, Passage passage);
    void add_blocks(Document& document);
    void state(Document& document, std::string const& key, FieldRole role) const;
    void state_authors(Document& document);
    void state_published(Document& document) const;
    void state_pages(Citation& citation) const;
    void state_identifiers(Document& document) const;
    [[nodiscard]] Value const* best(FieldRole role) const;
    [[nodiscard]] std::string text_of(FieldRole role) const;
    [[nodiscard]] std::vector<std::string> all(FieldRole one, FieldRole list);
    void shorten(std::vector<std::string>& list);

    std::optional<Passage> title_;    // the first of the lowest rank
    std::vector<Passage> abstracts_;  // those of the lowest rank
    std::vector<Value> values_;
    std::vector<std::string> troubles_;
    std::size_t n_pieces_ = 0;  // MappedText::n_pieces() of all that was added
    bool overfull_ = false;
};

}  // namespace dossier::sources
