// Quotes are checked against the file they were taken from before a report is published.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "dossier/model/article.hpp"
#include "dossier/sources/input.hpp"
#include "dossier/sources/pdf/pdf_pages.hpp"

namespace dossier {

/// One article, read once, against which many quotes are checked. Knows nothing of sentences and roles: it decodes the
/// file again, resolves its markup, and compares what stands at a byte range with the quote.
class QuoteChecker {
public:
    /// @param input  as it was read; need not outlive the constructor
    explicit QuoteChecker(ArticleInput const& input, sources::PdfReader const& read_pdf = {});
    /// A file that is one article; its path and bytes say its format.
    QuoteChecker(std::string_view path, std::string_view bytes);
    ~QuoteChecker();
    QuoteChecker(QuoteChecker&&) noexcept;
    QuoteChecker& operator=(QuoteChecker&&) noexcept;

    /// Why nothing can be checked, as one clause: a PDF that could not be read this time. Empty: it can.
    [[nodiscard]] std::string const& problem() const noexcept;

    /// Whether the text at `range`, resolved and folded as Sentence::text is, equals `quote` byte for byte. False for an
    /// empty quote or a range outside the file.
    [[nodiscard]] bool stands(ByteRange range, std::string_view quote) const;

    /// What stands at `range`, as Sentence::text would give it; empty when the range does not begin and end with text
    /// of one block (a paragraph, an item).
    [[nodiscard]] std::string text_at(ByteRange range) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The same for a single quote. For several quotes of one file use QuoteChecker.
[[nodiscard]] bool quote_stands(std::string_view path, std::string_view bytes, ByteRange range, std::string_view quote);

}  // namespace dossier
