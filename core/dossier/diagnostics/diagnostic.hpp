// Diagnostics: what is wrong with the user's text, where, and what would have worked.
//
// Three kinds of trouble are kept apart: wrong input is a Diagnostic (this file), a failing world is an
// exception (diagnostics/failure.hpp), our own bug is an assert.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

enum class Severity { note, warning, error };

/// A place in a text file. Lines and columns count from 1; columns and length count code points. 0: not
/// known.
struct Place {
    std::string file;  ///< as the user would write it; empty: no file
    std::size_t line = 0;
    std::size_t column = 0;
    std::size_t length = 0;  ///< how much the carets underline; 0 reads as 1

    friend bool operator==(Place const&, Place const&) = default;
};

/// One message. `code` is stable ("DOS0204"); `message` is one sentence without a full stop.
struct Diagnostic {
    Severity severity = Severity::error;
    std::string code;
    Place place;
    std::string message;
    std::string source_line;         ///< the line at `place`, without its line break; empty: not shown
    std::vector<std::string> notes;  ///< what would have worked, one line each
};

/// All messages of one step of work, in the order in which they were found.
class Diagnostics {
public:
    void add(Diagnostic diagnostic);
    void append(Diagnostics const& others);
    [[nodiscard]] std::vector<Diagnostic> const& items() const noexcept { return items_; }
    [[nodiscard]] bool has_errors() const noexcept;
    /// Whether there is anything beyond notes.
    [[nodiscard]] bool has_warnings_or_errors() const noexcept;
    [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
    /// Sorts by file, line, column, code; equal ones keep their order.
    void sort();

private:
    std::vector<Diagnostic> items_;
};

enum class MessageFormat { human, json, sarif };

/// Text for people (style.md "An error message"), one JSON object a line, or one SARIF 2.1.0 document.
/// Control characters in anything quoted from input are shown as escapes. Ends in a line break unless empty.
[[nodiscard]] std::string render(std::span<Diagnostic const> diagnostics, MessageFormat format);

/// The candidate nearest to `word` by edit distance, else one that it is a part of, else the only one that it abbreviates
/// (`md`: `markdown`); an empty view when none is near enough to be what was meant.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<std::string const> candidates);

}  // namespace dossier
