// Fields of a record, whatever the format calls them, and the document they make.
#pragma once

#include <array>
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
    /// Tells something that could not be read as it stands: one clause.
    void add_trouble(std::string trouble);
    /// The record as a document; the fields are used up.
    [[nodiscard]] Document document();

private:
    struct Value {
        FieldUse use;
        std::string text, origin;
    };
    void add_blocks(Document& document);
    void state(Document& document, std::string const& key, FieldRole role) const;
    void state_authors(Document& document) const;
    void state_published(Document& document) const;
    void state_pages(Citation& citation) const;
    void state_identifiers(Document& document) const;
    [[nodiscard]] Value const* best(FieldRole role) const;
    [[nodiscard]] std::string text_of(FieldRole role) const;
    [[nodiscard]] std::vector<std::string> all(FieldRole one, FieldRole list) const;

    struct Passage {
        int rank;
        MappedText text;
        std::string origin;
    };
    std::vector<Passage> titles_, abstracts_;
    std::vector<Value> values_;
    std::vector<std::string> troubles_;
};

}  // namespace dossier::sources
