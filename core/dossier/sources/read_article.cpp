#include "dossier/sources/read_article.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/model/text_sketch.hpp"
#include "dossier/sources/document.hpp"
#include "dossier/sources/language.hpp"
#include "dossier/sources/main_text.hpp"
#include "dossier/sources/metadata.hpp"
#include "dossier/sources/page_furniture.hpp"
#include "dossier/sources/proposals.hpp"
#include "dossier/sources/read_document.hpp"
#include "dossier/sources/sentences.hpp"
#include "dossier/sources/source_text.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier {
namespace {

using namespace sources;

constexpr std::size_t wall_words = 60;      // a page with less running text than this may be all wall
constexpr std::size_t paywall_words = 150;  // a teaser before a paywall is seldom longer

struct Magic {
    std::string_view start, name;
};
constexpr auto magics = std::to_array<Magic>({
    {"%PDF-", "a PDF document"},
    {"PK\x03\x04", "a ZIP archive or an office document"},
    {"\x1F\x8B", "gzip data"},
    {"BZh", "bzip2 data"},
    {"\xFD"
     "7zXZ",
     "xz data"},
    {"\x28\xB5\x2F\xFD", "zstd data"},
    {"7z\xBC\xAF", "a 7-Zip archive"},
    {"\x89PNG", "a PNG image"},
    {"\xFF\xD8\xFF", "a JPEG image"},
    {"GIF8", "a GIF image"},
    {"RIFF", "RIFF data"},
    {"\x7F"
     "ELF",
     "a program"},
    {"\xD0\xCF\x11\xE0", "an old office document"},
    {"SQLite format 3", "an SQLite database"},
    {"{\\rtf", "an RTF document"},
});

std::string megabytes(std::size_t bytes) {
    if (bytes < (1u << 20)) return std::to_string(bytes) + " bytes";
    return std::to_string(bytes >> 20) + " MiB";
}

/// UTF-16 and UTF-32 with a byte order mark: NUL bytes are no sign of binary data there.
bool has_wide_mark(std::string_view bytes) noexcept {
    return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
           bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4));
}

// What kind of file it is when it is no text; empty: it is text.
std::string binary_kind(std::string_view bytes) {
    for (auto const& [start, name] : magics)
        if (bytes.starts_with(start) && !(start == "RIFF" && bytes.find('\0') == std::string_view::npos) &&
            !((start == "BZh" || start == "GIF8") && is_valid_utf8(bytes.substr(0, 4096)) &&
              bytes.substr(0, 4096).find('\0') == std::string_view::npos))
            return std::string(name);
    if (has_wide_mark(bytes)) return {};
    std::size_t nulls = 0, controls = 0;
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte == 0) ++nulls;
        if (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f' && byte != 0x1B) ++controls;
    }
    if (nulls * 1000 > bytes.size()) return "binary data (it holds NUL bytes)";
    if (controls * 50 > bytes.size()) return "binary data (it holds control characters)";
    return {};
}

class ArticleReader {
public:
    ArticleReader(Article& article, ArticleInput const& input, ReadOptions const& options,
                  Diagnostics& diagnostics) noexcept
        : article_(article), input_(input), options_(options), diagnostics_(diagnostics) {}

    void read() {
        std::string_view const bytes = input_.bytes;
        article_.format = name_of(input_.format);
        if (!input_.problem.empty()) return refuse(input_.problem_code, input_.problem);
        if (bytes.size() > options_.max_bytes)
            return refuse("DOS0302", "is larger than the limit (" + megabytes(bytes.size()) + ", limit " +
                                         megabytes(options_.max_bytes) + ")");
        article_.sha256 = sha256_hex(bytes);
        if (bytes.empty()) return refuse("DOS0303", "is empty");
        if (input_.format == Format::unknown_xml) return refuse("DOS0304", "is XML of a vocabulary that is not read");
        if (auto const kind = input_.format == Format::pdf ? std::string() : binary_kind(bytes); !kind.empty())
            return refuse("DOS0304", "is not text but " + kind);
        OpenedDocument opened;
        open_document(opened, input_.format, input_.path, bytes, input_.context.get(), options_.read_pdf);
        if (!opened.problem.empty()) return refuse("DOS0313", opened.problem);
        article_.encoding = opened.source->encoding();
        article_.format = name_of(opened.format);
        note_undecodable(*opened.source);
        if (trimmed(opened.source->text()).empty()) return refuse("DOS0303", "is empty but for white space");
        read_text_of(opened);
    }

private:
    void add(Severity severity, std::string code, std::string message, std::size_t line = 0) {
        auto const place = line == 0 && input_.origin.record == 0 ? 0 : (line == 0 ? 1 : line) + input_.line - 1;
        diagnostics_.add({severity, std::move(code), {place_path(), place, 0, 0}, std::move(message), {}, {}});
    }

    // Messages name the file and the line in it; of a record that is enough.
    [[nodiscard]] std::string place_path() const {
        auto const& origin = input_.origin;
        return origin.member.empty() ? origin.file : origin.file + "!/" + origin.member;
    }

    void refuse(std::string code, std::string reason, bool keep_sentences = false) {
        article_.status = ArticleStatus::not_assessable;
        article_.status_reason = reason;
        if (!keep_sentences) article_.sentences.clear();
        add(Severity::warning, std::move(code), "the article " + reason);
    }

    void note_undecodable(SourceText const& source) {
        auto const& bad = source.undecodable();
        if (bad.n == 0) return;
        add(Severity::warning, "DOS0305",
            std::to_string(bad.n) + (bad.n == 1 ? " character is" : " characters are") + " not valid " +
                source.encoding() + " and read as U+FFFD, the first on this line",
            bad.first_line);
    }

    void read_text_of(OpenedDocument const& opened) {
        auto const& document = opened.document;
        auto const format = opened.format;
        note_troubles(document);
        if (document.overfull) return refuse("DOS0309", "has more than " + std::to_string(max_blocks) + " paragraphs");
        std::size_t text_bytes = 0;
        for (auto const& block : document.blocks)
            text_bytes += block.text.text().size();
        if (text_bytes > options_.max_text_bytes)
            return refuse("DOS0309", "has more text than the limit (" + megabytes(text_bytes) + ", limit " +
                                         megabytes(options_.max_text_bytes) + ")");
        article_.citation = document.citation;
        state_metadata(document, format, article_);
        auto const roles =
            is_structured(format) ? stated_roles(document) : judge_blocks(document, format, article_.title.value);
        if (!take_sentences(document, roles, *opened.source))
            return refuse("DOS0309", "has more than " + std::to_string(options_.max_sentences) + " sentences");
        article_.language = language(document, roles);
        note_truncation(document, roles);
        judge_usability(document, roles);
        if (article_.status == ArticleStatus::ok) propose(article_, own_doi(document));
        article_.n_sentences = static_cast<std::size_t>(
            std::count_if(article_.sentences.begin(), article_.sentences.end(),
                          [](Sentence const& sentence) { return may_be_quoted(sentence.role); }));
        article_.sketch = sketch_of(article_.sentences);
    }

    void note_troubles(Document const& document) {
        if (!document.troubles.empty()) add(Severity::warning, "DOS0311", document.troubles.front());
        if (document.front_matter_broken)
            add(Severity::warning, "DOS0312", "this line of the front matter is not \"key: value\" and is passed over",
                document.front_matter_line);
    }

    static std::string own_doi(Document const& document) {
        for (auto const& item : document.metadata)
            if (item.key == "doi") return item.value;
        return {};
    }

    // Where the format itself says what each block is.
    static std::vector<BlockRole> stated_roles(Document const& document) {
        std::vector<BlockRole> roles;
        for (auto const& block : document.blocks) {
            auto role = BlockRole::main;
            if (block.kind == BlockKind::list_item) role = BlockRole::list_item;
            if (block.kind == BlockKind::quotation) role = BlockRole::quotation;
            if (block.kind == BlockKind::caption || block.kind == BlockKind::table_cell || block.kind == BlockKind::code)
                role = BlockRole::fragment;
            if (block.kind == BlockKind::heading) role = BlockRole::heading;
            if (block.title) role = BlockRole::title;
            if (block.furniture || block.outside) role = BlockRole::boilerplate;
            roles.push_back(role);
        }
        return roles;
    }

    // --- sentences ---

    bool take_sentences(Document const& document, std::vector<BlockRole> const& roles, SourceText const& source) {
        LineCounter lines(source.text());
        std::string heading;
        bool text_seen = false;
        for (std::size_t i = 0; i < document.blocks.size(); ++i) {
            auto const& block = document.blocks[i];
            bool const whole = roles[i] == BlockRole::title || roles[i] == BlockRole::heading;
            auto spans = whole ? whole_block(block.text.text())
                               : split_sentences(block.text.text(), options_.max_sentence_bytes);
            for (std::size_t k = 0; k < spans.size(); ++k) {
                if (article_.sentences.size() >= options_.max_sentences) return false;
                Sentence sentence;
                auto const [begin, end] = spans[k];
                auto const origin = block.text.origin_begin(begin);
                sentence.text = folded(std::string_view(block.text.text()).substr(begin, end - begin));
                if (sentence.text.empty()) continue;
                auto const base = input_.origin.record != 0 ? input_.origin.bytes.begin : 0;
                sentence.bytes = {base + source.to_source(origin),
                                  base + source.to_source(block.text.origin_end(end))};
                sentence.line = lines.line_at(origin) + input_.line - 1;
                sentence.page = block.page;
                sentence.paragraph = i;
                bool const cut = is_cut(block.text.text(), spans, k);
                sentence.role = role_of(roles[i], sentence.text, cut, k + 1 == spans.size() && k > 0);
                sentence.heading = heading;
                article_.sentences.push_back(std::move(sentence));
            }
            // A title that is repeated within the text heads a section.
            bool const heads = roles[i] == BlockRole::heading || (roles[i] == BlockRole::title && text_seen);
            text_seen = text_seen || roles[i] == BlockRole::main;
            if (heads && !spans.empty()) heading = folded(block.text.text().substr(0, 1000));
        }
        // A caption may stand within the paragraph that holds its image.
        std::stable_sort(article_.sentences.begin(), article_.sentences.end(),
                         [](Sentence const& a, Sentence const& b) { return a.bytes.begin < b.bytes.begin; });
        return true;
    }

    std::vector<SentenceSpan> whole_block(std::string_view text) const {
        auto const inner = trimmed(text);
        if (inner.size() > options_.max_sentence_bytes) return split_sentences(text, options_.max_sentence_bytes);
        auto const begin = static_cast<std::size_t>(inner.data() - text.data());
        return {{begin, begin + inner.size()}};
    }

    // A piece of a "sentence" that was too long.
    bool is_cut(std::string_view text, std::vector<SentenceSpan> const& spans, std::size_t k) const noexcept {
        auto const words = [&](std::size_t i) { return text.substr(spans[i].begin, spans[i].end - spans[i].begin); };
        std::size_t const nearly = options_.max_sentence_bytes / 2;
        bool const this_cut = k + 1 < spans.size() && words(k).size() > nearly && !is_terminated(words(k));
        bool const previous_cut = k > 0 && words(k - 1).size() > nearly && !is_terminated(words(k - 1));
        return this_cut || previous_cut;
    }

    static SentenceRole role_of(BlockRole block, std::string const& text, bool cut, bool last_of_several) {
        switch (block) {
            case BlockRole::title: return SentenceRole::title;
            case BlockRole::heading: return SentenceRole::heading;
            case BlockRole::boilerplate: return SentenceRole::boilerplate;
            case BlockRole::fragment: return SentenceRole::fragment;
            default: break;
        }
        if (cut) return SentenceRole::fragment;
        if (is_question(text)) return SentenceRole::question;
        auto const compared = comparable(std::string_view(text).substr(0, 2000));
        auto const words = count_words(text);
        if (words <= 60 && (has_furniture_phrase(compared) || (words <= 20 && is_furniture_line(compared))))
            return SentenceRole::boilerplate;
        if (block == BlockRole::list_item) return words == 0 ? SentenceRole::fragment : SentenceRole::list_item;
        if (words < 2) return SentenceRole::fragment;
        if (!is_terminated(text) && !ends_in_address(text) && (words < 8 || (last_of_several && ends_cut_off(text))))
            return SentenceRole::fragment;
        return block == BlockRole::quotation ? SentenceRole::quotation : SentenceRole::statement;
    }

    static bool ends_in_address(std::string_view text) noexcept {
        auto const space = text.rfind(' ');
        auto const last = space == std::string_view::npos ? text : text.substr(space + 1);
        return last.find("://") != std::string_view::npos || last.starts_with("www.") || last.starts_with("doi:");
    }

    // "[…]" and "[...]" are where whoever captured the page stopped.
    static bool ends_cut_off(std::string_view text) noexcept {
        return text.ends_with("[\u2026]") || text.ends_with("[...]") || text.ends_with("\u2026") ||
               text.ends_with("...");
    }

    // --- what it is and whether it can be used ---

    static std::string language(Document const& document, std::vector<BlockRole> const& roles) {
        std::vector<std::string_view> main, all;
        std::size_t main_words = 0;
        for (std::size_t i = 0; i < roles.size(); ++i) {
            std::string_view const text = document.blocks[i].text.text();
            if (all.size() < 5000) all.push_back(text);
            if (roles[i] != BlockRole::main && roles[i] != BlockRole::list_item && roles[i] != BlockRole::quotation)
                continue;
            main.push_back(text);
            main_words += count_words(text.substr(0, 4096));
        }
        // Text in a script without spaces has few "words" however long it is.
        auto code = main_words >= 20 ? language_of(main) : std::string();
        return code.empty() ? language_of(all) : code;
    }

    std::optional<std::size_t> last_main(std::vector<BlockRole> const& roles) const noexcept {
        for (std::size_t i = roles.size(); i-- > 0;)
            if (roles[i] == BlockRole::main) return i;
        return std::nullopt;
    }

    void note_truncation(Document const& document, std::vector<BlockRole> const& roles) {
        auto const last = last_main(roles);
        if (!last) return;
        if (auto const cut = block_cut_off(document, roles)) {
            note_cut(*cut);
            return;
        }
        // A list or a quotation after it: the text goes on.
        for (std::size_t i = *last + 1; i < roles.size(); ++i)
            if (roles[i] == BlockRole::list_item || roles[i] == BlockRole::quotation) return;
        std::string_view const text = trimmed(document.blocks[*last].text.text());
        std::size_t const words = count_words(text.substr(text.size() > 4000 ? text.size() - 4000 : 0));
        bool const breaks_off =
            words >= 20 && !is_terminated(text) && !ends_in_address(text) && !text.ends_with('*') && is_word_end(text);
        if (!(breaks_off || (words >= 15 && ends_cut_off(text)))) return;
        note_cut(*last);
    }

    void note_cut(std::size_t block) {
        article_.truncated = true;
        article_.status_reason = "the text breaks off in mid-sentence";
        demote_last_sentence(block);
        add(Severity::note, "DOS0310",
            "the article breaks off in mid-sentence; what it does not say cannot be called silent",
            line_of_block(block));
    }

    // The block of the article's text that the file ends in or after; nothing: the markup does not say that it was cut.
    static std::optional<std::size_t> block_cut_off(Document const& document, std::vector<BlockRole> const& roles) {
        if (roles.empty()) return std::nullopt;
        auto const last = roles.size() - 1;
        bool const text = roles[last] == BlockRole::main || roles[last] == BlockRole::list_item ||
                          roles[last] == BlockRole::quotation;
        if (!text) return std::nullopt;
        bool const within = document.blocks[last].cut_off && !is_terminated(document.blocks[last].text.text());
        return within || document.cut_off ? std::optional(last) : std::nullopt;
    }

    static bool is_word_end(std::string_view text) noexcept {
        auto const last = code_point_before(text, text.size()).value;
        return is_letter(last) || is_digit(last) || last == ',' || last == ';' || last == '-';
    }

    std::size_t line_of_block(std::size_t block) const noexcept {
        std::size_t line = 0;
        for (auto const& sentence : article_.sentences)
            if (sentence.paragraph == block) line = sentence.line;
        return line;
    }

    void demote_last_sentence(std::size_t block) {
        for (auto sentence = article_.sentences.rbegin(); sentence != article_.sentences.rend(); ++sentence) {
            if (sentence->paragraph != block) continue;
            if (!is_terminated(sentence->text) || ends_cut_off(sentence->text)) sentence->role = SentenceRole::fragment;
            return;
        }
    }

    void judge_usability(Document const& document, std::vector<BlockRole> const& roles) {
        if (!article_.language.empty() && article_.language != "en")
            return refuse("DOS0306",
                          "is written in " + std::string(language_name(article_.language)) + " (" + article_.language +
                              "), this version reads English",
                          true);
        std::size_t words = 0;
        bool any = false;
        for (auto const& sentence : article_.sentences) {
            if (sentence.role != SentenceRole::statement && sentence.role != SentenceRole::list_item &&
                sentence.role != SentenceRole::quotation)
                continue;
            any = true;
            if (words < paywall_words) words += count_words(sentence.text);
        }
        bool paywall = false, wall = false;
        for (std::size_t i = 0; i < roles.size() && words < paywall_words; ++i) {
            auto const text = comparable(std::string_view(document.blocks[i].text.text()).substr(0, 600));
            paywall = paywall || is_paywall_phrase(text);
            wall = wall || is_wall_phrase(text);
        }
        if (paywall) return refuse("DOS0308", "is the stub before a paywall", true);
        if (wall && words < wall_words) return refuse("DOS0308", "is a cookie or access dialog, not the article", true);
        if (!any) return refuse("DOS0307", "has no usable text", true);
        note_paywall_cut(document, roles);
    }

    // The teaser is long, but below it the page says that there is more.
    void note_paywall_cut(Document const& document, std::vector<BlockRole> const& roles) {
        auto const last = last_main(roles);
        if (article_.truncated || !last) return;
        for (std::size_t i = *last; i < std::min(roles.size(), *last + 4); ++i) {
            if (count_words(document.blocks[i].text.text().substr(0, 600)) > 40) continue;
            auto const text = comparable(std::string_view(document.blocks[i].text.text()).substr(0, 600));
            if (!is_paywall_phrase(text)) continue;
            article_.truncated = true;
            article_.status_reason = "the rest is behind a paywall";
            add(Severity::note, "DOS0310",
                "the rest of the article is behind a paywall; what it does not say cannot be called silent");
            return;
        }
    }

    Article& article_;
    ArticleInput const& input_;
    ReadOptions const& options_;
    Diagnostics& diagnostics_;
};

}  // namespace

Article read_article(ArticleInput const& input, ReadOptions const& options, Diagnostics& diagnostics) {
    Article article;
    article.id = input.id;
    article.path = input.path;
    article.origin = input.origin;
    ArticleReader(article, input, options, diagnostics).read();
    return article;
}

Article read_article(std::string id, std::string path, std::string_view bytes, ReadOptions const& options,
                     Diagnostics& diagnostics) {
    ArticleInput input;
    input.id = std::move(id);
    input.origin = {path, {}, 0, {0, bytes.size()}};
    input.format = format_of(path, bytes);
    input.path = std::move(path);
    input.bytes = bytes;
    return read_article(input, options, diagnostics);
}

Article read_article_file(std::string id, std::string const& folder, std::string path, ReadOptions const& options,
                          Diagnostics& diagnostics) {
    InputOptions inputs;
    inputs.max_article_bytes = options.max_bytes;
    Article article;
    for_each_input(
        folder, path, id, inputs,
        [&](ArticleInput&& input) {
            article = read_article(input, options, diagnostics);
            return false;
        },
        diagnostics);
    return article;
}

}  // namespace dossier
