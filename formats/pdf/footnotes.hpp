// Notes that the text refers to, set at the foot of the page where it first does.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "structure.hpp"
#include "text.hpp"

namespace dossier::pdf {

struct Footnote {
    std::size_t number = 0;  ///< from 1, by the first reference
    std::string anchor;
    std::vector<Span> spans;  ///< begin with the number, a link back
    Structure::Part part = 0;
    bool is_said = false;    ///< its block was met: it has its place in the structure
    bool is_placed = false;  ///< on a page
};

/// "¹²"
std::string superscript(std::size_t number);

class Footnotes {
public:
    /// A link to "#anchor" is a reference to a note from now on. No effect on one that is known.
    void expect(std::string const& anchor);
    /// nullptr if `link` does not lead to a footnote.
    [[nodiscard]] Footnote* find(std::string const& link);
    [[nodiscard]] Footnote const* find(std::string const& link) const;
    [[nodiscard]] std::size_t number_of(std::string const& link) const;  ///< 0: not a footnote
    [[nodiscard]] std::vector<Footnote*> unplaced();                     ///< by number
    /// The section has ended: anchors of the next are others.
    void retire();
    /// It is a note like others after all.
    void forget(Footnote const& footnote) { by_link_.erase("#" + std::string(footnote.anchor)); }

    /// Footnotes that the line refers to and that are not on a page yet, each once.
    [[nodiscard]] std::vector<Footnote*> referred_by(std::vector<Span> const& spans, Line const& line);
    /// The name of the place that refers to it.
    static std::string back_anchor(Footnote const& footnote);

private:
    std::map<std::string, std::unique_ptr<Footnote>> by_link_;  ///< by "#anchor"
    std::vector<std::unique_ptr<Footnote>> retired_;            ///< may still stand on the present page
    std::size_t n_expected_ = 0;                                ///< goes on from section to section
};

}  // namespace dossier::pdf
