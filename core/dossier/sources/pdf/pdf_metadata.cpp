#include "dossier/sources/pdf/pdf_metadata.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "dossier/sources/metadata.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t head_blocks = 12;     // of the first page, among which the title and dates are looked for
constexpr std::size_t longest_title = 300;  // bytes
constexpr std::size_t max_dois = 5000;      // of one document

// File names that word processors and typesetters leave as titles.
constexpr auto file_endings = std::to_array<std::string_view>(
    {".doc",  ".docx", ".pdf",  ".dvi", ".tex", ".indd", ".qxd", ".rtf", ".odt",  ".ppt",
     ".pptx", ".xls",  ".xlsx", ".txt", ".eps", ".ps",   ".wpd", ".fm",  ".html", ".htm"});
constexpr auto junk_titles = std::to_array<std::string_view>(
    {"untitled", "title", "document", "document1", "word document", "powerpoint presentation", "presentation",
     "slide 1", "print", "layout 1", "no title", "blank", "pdf", "article", "manuscript", "paper", "unknown"});
constexpr auto junk_authors =
    std::to_array<std::string_view>({"anonymous", "user", "admin", "administrator", "owner", "unknown", "author",
                                     "microsoft office user", "root", "default", "guest", "microsoft", "pc", "none"});
// What stands above a title on a journal's first page, but is none.
constexpr auto head_words = std::to_array<std::string_view>({"doi",
                                                             "issn",
                                                             "http",
                                                             "www.",
                                                             "vol.",
                                                             "volume ",
                                                             "©",
                                                             "copyright",
                                                             "open access",
                                                             "original article",
                                                             "original research",
                                                             "research article",
                                                             "review article",
                                                             "case report",
                                                             "contents lists",
                                                             "journal homepage",
                                                             "received",
                                                             "accepted",
                                                             "published",
                                                             "available online",
                                                             "downloaded",
                                                             "e-mail",
                                                             "email",
                                                             "correspondence"});

template <std::size_t n>
bool is_one_of(std::array<std::string_view, n> const& words, std::string_view text) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_file_name(std::string const& text) {
    if (std::any_of(file_endings.begin(), file_endings.end(),
                    [&](std::string_view ending) { return text.ends_with(ending); }))
        return true;
    // "jama_2020_12345", "nihms-1587": one word with digits or underscores
    return text.find(' ') == std::string::npos && text.find_first_of("0123456789_/\\") != std::string::npos;
}

bool may_be_title(Block const& block) {
    auto const& text = block.text.text();
    if (block.furniture || block.page != 1 || text.size() > longest_title) return false;
    if (block.kind != BlockKind::paragraph && block.kind != BlockKind::heading) return false;
    auto const line = comparable(text);
    auto const n_words = count_words(line);
    if (n_words < 3 || n_words > 40 || line.ends_with('.') || line.ends_with(',')) return false;
    if (!iso_date(text).empty() && n_words <= 6) return false;
    return std::none_of(head_words.begin(), head_words.end(),
                        [&](std::string_view word) { return line.find(word) != std::string::npos; });
}

/// The block that is the title as stated, or else the first that may be one; null: none.
Block* title_block(Document& document, std::string const& stated) {
    auto const n = std::min(head_blocks, document.blocks.size());
    if (!stated.empty()) {
        auto const wanted = comparable(stated);
        for (std::size_t i = 0; i < n; ++i)
            if (comparable(document.blocks[i].text.text()) == wanted) return &document.blocks[i];
        return nullptr;
    }
    for (std::size_t i = 0; i < n; ++i) {
        auto const line = comparable(document.blocks[i].text.text().substr(0, longest_title));
        if (line.starts_with("abstract") || line.starts_with("summary") || line.starts_with("introduction"))
            return nullptr;
        if (may_be_title(document.blocks[i])) return &document.blocks[i];
        if (count_words(line) > 40) return nullptr;
    }
    return nullptr;
}

/// "Published online: 4 March 2021", "Published: 2021-03-04"
std::string date_of_publication(Document const& document) {
    for (auto const& block : document.blocks) {
        if (block.page > 1) break;
        auto const text = std::string_view(block.text.text()).substr(0, 1000);
        auto const line = comparable(text);
        for (auto at = line.find("published"); at != std::string::npos; at = line.find("published", at + 1))
            if (auto date = iso_date(std::string_view(line).substr(at, 50)); !date.empty()) return date;
    }
    return {};
}

std::string doi_of_head(Document const& document) {
    for (auto const& block : document.blocks) {
        if (block.page > 1) break;
        auto const line = comparable(std::string_view(block.text.text()).substr(0, 2000));
        if (line.find("doi") == std::string::npos) continue;
        if (auto const dois = dois_in(line); !dois.empty()) return dois.front();
    }
    return {};
}

}  // namespace

std::string stated_title(PdfPages const& pages) {
    auto title = folded(pages.title);
    auto line = comparable(title);
    if (line.starts_with("microsoft word - ") || line.starts_with("microsoft powerpoint - ")) return {};
    if (line.size() < 4 || title.size() > longest_title || is_one_of(junk_titles, line) || is_file_name(line))
        return {};
    if (line.starts_with("untitled") || line.starts_with("pii:") || line.starts_with("doi:")) return {};
    return title;
}

std::string stated_author(PdfPages const& pages) {
    auto author = folded(pages.author);
    auto const line = comparable(author);
    if (line.size() < 3 || author.size() > longest_title || is_one_of(junk_authors, line)) return {};
    // Log-in names: one word in lower case, or with digits.
    bool const one_word = line.find(' ') == std::string::npos;
    if (one_word && (author == line || line.find_first_of("0123456789\\@") != std::string::npos)) return {};
    return author;
}

std::vector<std::string> dois_in(std::string_view text) {
    std::vector<std::string> dois;
    std::set<std::string> seen;
    for (auto at = text.find("10."); at != std::string_view::npos; at = text.find("10.", at + 3)) {
        if (at > 0 && (is_ascii_digit(text[at - 1]) || is_ascii_alpha(text[at - 1]) || text[at - 1] == '.')) continue;
        auto const slash = std::min(text.find_first_not_of("0123456789.", at), text.size());
        if (slash >= text.size() || text[slash] != '/' || slash - at < 7 || slash - at > 12) continue;
        auto end = slash + 1;
        while (end < text.size() && end - at < 200 && static_cast<unsigned char>(text[end]) > 0x20 &&
               static_cast<unsigned char>(text[end]) < 0x7F && text[end] != '"' && text[end] != '<' && text[end] != '>')
            ++end;
        while (end > slash + 1 && std::string_view(".,;:)]}'").find(text[end - 1]) != std::string_view::npos)
            --end;
        if (end == slash + 1) continue;
        auto doi = ascii_lower(text.substr(at, end - at));
        if (dois.size() < max_dois && seen.insert(doi).second) dois.push_back(std::move(doi));
    }
    return dois;
}

void add_pdf_metadata(PdfPages const& pages, Document& document) {
    auto const stated = stated_title(pages);
    auto* const block = title_block(document, stated);
    if (block != nullptr) block->title = true;
    if (!stated.empty())
        document.metadata.push_back({"title", stated, "document information"});
    else if (block != nullptr)
        document.metadata.push_back({"title", folded(block->text.text()), "first lines"});
    if (auto author = stated_author(pages); !author.empty())
        document.metadata.push_back({"author", std::move(author), "document information"});
    if (auto date = date_of_publication(document); !date.empty())
        document.metadata.push_back({"published", std::move(date), "first page"});
    if (!pages.created.empty()) document.metadata.push_back({"published", pages.created, "document information"});
    if (auto doi = doi_of_head(document); !doi.empty()) {
        document.citation.doi = doi;
        document.metadata.push_back({"doi", std::move(doi), "first page"});
    }
}

}  // namespace dossier::sources
