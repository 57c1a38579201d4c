#include "dossier/sources/read_article.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "dossier/model/byte_masks.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/model/text_sketch.hpp"
#include "dossier/sources/access_walls.hpp"
#include "dossier/sources/block_features.hpp"
#include "dossier/sources/containers/container_kind.hpp"
#include "dossier/sources/design_slip.hpp"
#include "dossier/sources/document.hpp"
#include "dossier/sources/language.hpp"
#include "dossier/sources/mail_message.hpp"
#include "dossier/sources/main_text.hpp"
#include "dossier/sources/metadata.hpp"
#include "dossier/sources/page_furniture.hpp"
#include "dossier/sources/pdf/page_places.hpp"
#include "dossier/sources/proposals.hpp"
#include "dossier/sources/read_document.hpp"
#include "dossier/sources/sentence_roles.hpp"
#include "dossier/sources/sentences.hpp"
#include "dossier/sources/size_words.hpp"
#include "dossier/sources/source_text.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier {
namespace {

using namespace sources;

struct Magic {
    std::string_view start, name;
};
constexpr auto magics = std::to_array<Magic>({
    {"%PDF-", "a PDF document"},
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

struct Controls {
    std::size_t nulls = 0, all = 0;  // characters that no text has; line breaks, tabs and escapes are none
};

// Most files have none.
bool has_controls(std::string_view bytes) noexcept {
    auto const are_controls = [](ByteBlock c) {
        return (c < ' ') & ~((c == '\t') | (c == '\n') | (c == '\f') | (c == '\r') | (c == 0x1B));
    };
    ByteBlock found{};
    std::size_t at = 0;
    for (; at + sizeof found <= bytes.size(); at += sizeof found)
        found |= reinterpret_cast<ByteBlock>(are_controls(block_at(bytes, at)));
    ByteBlock last{};
    last += ' ';
    std::memcpy(&last, bytes.data() + at, bytes.size() - at);
    found |= reinterpret_cast<ByteBlock>(are_controls(last));
    return any_of_block(found);
}

// A run of bytes is counted in bytes: as many as are looked at together.
Controls count_controls(std::string_view bytes) noexcept {
    constexpr std::size_t run = 128;
    Controls controls;
    if (!has_controls(bytes)) return controls;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(run, bytes.size()))) {
        std::uint8_t nulls = 0, all = 0;
        for (char const c : bytes.substr(0, run)) {
            auto const byte = static_cast<std::uint8_t>(c);
            bool const in_text = byte == '\n' || byte == '\r' || byte == '\t' || byte == '\f' || byte == 0x1B;
            nulls = static_cast<std::uint8_t>(nulls + (byte == 0));
            all = static_cast<std::uint8_t>(all + (byte < 0x20 && !in_text));
        }
        controls.nulls += nulls;
        controls.all += all;
    }
    return controls;
}

// What kind of file it is when it is no text; empty: it is text.
std::string binary_kind(std::string_view bytes) {
    for (auto const& [start, name] : magics)
        if (bytes.starts_with(start) && !(start == "RIFF" && bytes.find('\0') == std::string_view::npos) &&
            !(start == "GIF8" && is_valid_utf8(bytes.substr(0, 4096)) &&
              bytes.substr(0, 4096).find('\0') == std::string_view::npos))
            return std::string(name);
    if (auto const kind = words_for(recognise_container({}, bytes.substr(0, recognition_bytes)).kind); !kind.empty())
        return std::string(kind);
    if (!wide_encoding_of(bytes).empty()) return {};  // NUL bytes are no sign of binary data there
    auto const [nulls, controls] = count_controls(bytes);
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
            return refuse("DOS0302", "is larger than the limit (" + size_words(bytes.size()) + ", limit " +
                                         size_words(options_.max_bytes) + ")");
        article_.sha256 = sha256_hex(bytes);
        if (bytes.empty()) return refuse("DOS0303", "is empty");
        if (input_.format == Format::unknown_xml) return refuse("DOS0304", "is XML of a vocabulary that is not read");
        bool const may_be_binary = input_.format != Format::pdf && input_.origin.record == 0;
        if (auto const kind = may_be_binary ? binary_kind(bytes) : std::string(); !kind.empty())
            return refuse("DOS0304", "is not text but " + kind);
        if (may_be_binary && is_encoded_mail(bytes))
            return refuse("DOS0304", "is an e-mail or a page saved as one file (MHTML), save it as HTML, PDF or text");
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

    [[nodiscard]] std::string subject() const {
        auto const record = input_.origin.record;
        return record == 0 ? "the article" : "record " + std::to_string(record);
    }

    // Messages name the file and the line in it.
    [[nodiscard]] std::string place_path() const {
        auto const& origin = input_.origin;
        return origin.member.empty() ? origin.file : origin.file + "!/" + origin.member;
    }

    void refuse(std::string code, std::string reason, bool keep_sentences = false) {
        article_.status = ArticleStatus::not_assessable;
        article_.status_reason = reason;
        if (!keep_sentences) article_.sentences.clear();
        add(Severity::warning, std::move(code), subject() + ' ' + reason);
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
        if (!document.broken.empty()) return refuse("DOS0314", document.broken);
        note_troubles(document);
        if (document.overfull) return refuse("DOS0309", "has more than " + std::to_string(max_blocks) + " paragraphs");
        std::size_t text_bytes = 0;
        for (auto const& block : document.blocks)
            text_bytes += block.text.text().size();
        if (text_bytes > options_.max_text_bytes)
            return refuse("DOS0309", "has more text than the limit (" + size_words(text_bytes) + ", limit " +
                                         size_words(options_.max_text_bytes) + ")");
        article_.citation = document.citation;
        if (article_.citation.pmid.empty()) article_.citation.pmid = own(document, "pmid");
        auto features = is_structured(format) ? std::vector<BlockFeatures>() : features_of_blocks(document);
        state_metadata(document, features, format, article_);
        auto const roles = is_structured(format) ? stated_roles(document)
                                                 : judge_blocks(document, features, format, article_.title.value);
        if (!take_sentences(document, features, roles, *opened.source))
            return refuse("DOS0309", "has more than " + std::to_string(options_.max_sentences) + " sentences");
        article_.language = language(document, roles);
        note_truncation(document, format, roles);
        judge_usability(document, features, roles);
        if (article_.status == ArticleStatus::ok) propose(article_, own(document, "doi"));
        article_.n_sentences = static_cast<std::size_t>(
            std::count_if(article_.sentences.begin(), article_.sentences.end(),
                          [](Sentence const& sentence) { return may_be_quoted(sentence.role); }));
        article_.sketch = sketch_of(article_.sentences);
    }

    void note_troubles(Document const& document) {
        constexpr std::size_t most_told = 5;
        auto const& troubles = document.troubles;
        for (std::size_t i = 0; i < std::min(troubles.size(), most_told); ++i)
            add(Severity::warning, "DOS0311", troubles[i]);
        if (troubles.size() > most_told)
            add(Severity::warning, "DOS0311", std::to_string(troubles.size() - most_told) + " more like these");
        if (document.front_matter_broken)
            add(Severity::warning, "DOS0312",
                "this line of the front matter is passed over: it is not \"key: value\", or the key does not take the "
                "value",
                document.front_matter_line);
        for (auto const& item : document.metadata)
            if (item.key == "study_design" && item.line > 0) note_slip(item);
    }

    /// Any words may name a design, but one that is misspelt has no level of evidence, and nobody would notice.
    void note_slip(MetadataItem const& design) {
        if (auto const slip = slip_in_design(design.value))
            add(Severity::warning, "DOS0235",
                "study_design is \"" + design.value + "\"; did you mean \"" + slip->meant + "\"?", design.line);
    }

    /// An identifier of the article itself.
    static std::string own(Document const& document, std::string_view key) {
        for (auto const& item : document.metadata)
            if (item.key == key) return item.value;
        return {};
    }

    // Where the format itself says what each block is.
    static std::vector<BlockRole> stated_roles(Document const& document) {
        std::vector<BlockRole> roles;
        for (auto const& block : document.blocks) {
            auto role = BlockRole::main;
            if (block.kind == BlockKind::list_item) role = BlockRole::list_item;
            if (block.kind == BlockKind::quotation) role = BlockRole::quotation;
            if (block.kind == BlockKind::caption || block.kind == BlockKind::table_cell ||
                block.kind == BlockKind::code)
                role = BlockRole::fragment;
            if (block.kind == BlockKind::heading) role = BlockRole::heading;
            if (block.title) role = BlockRole::title;
            if (block.furniture || block.outside) role = BlockRole::boilerplate;
            roles.push_back(role);
        }
        return roles;
    }

    // --- sentences ---

    bool take_sentences(Document const& document, std::vector<BlockFeatures> const& features,
                        std::vector<BlockRole> const& roles, SourceText const& source) {
        LineCounter lines(source.text());
        PagePlaces places(source.text());
        std::string heading;
        bool text_seen = false;
        for (std::size_t i = 0; i < document.blocks.size(); ++i) {
            auto const& block = document.blocks[i];
            bool const whole = roles[i] == BlockRole::title || roles[i] == BlockRole::heading;
            auto spans = whole ? whole_block(block.text.text())
                               : split_sentences(block.text.text(), options_.max_sentence_bytes);
            QuotedParts const quoted(block.text.text());
            bool const all_seen = i < features.size() && block.text.text().size() <= looked_at_bytes;
            bool const may_have_furniture = !all_seen || features[i].strong_phrase;
            for (std::size_t k = 0; k < spans.size(); ++k) {
                if (article_.sentences.size() >= options_.max_sentences) return false;
                Sentence sentence;
                auto const [begin, end] = spans[k];
                auto const origin = block.text.origin_begin(begin);
                sentence.text = folded(std::string_view(block.text.text()).substr(begin, end - begin));
                if (sentence.text.empty()) continue;
                auto const base = input_.origin.record != 0 ? input_.origin.bytes.begin : 0;
                sentence.bytes = {base + source.to_source(origin), base + source.to_source(block.text.origin_end(end))};
                if (block.page == 0) {
                    sentence.line = lines.line_at(origin) + input_.line - 1;
                } else {
                    auto const place = places.at(origin);
                    sentence.page = place.page, sentence.line = place.line;
                }
                sentence.paragraph = i;
                bool const cut = is_cut(block.text.text(), spans, k);
                sentence.role = role_of({roles[i], sentence.text, cut, k + 1 == spans.size() && k > 0,
                                         quoted.hold(spans[k]), may_have_furniture});
                sentence.heading = heading;
                article_.sentences.push_back(std::move(sentence));
            }
            // A title that is repeated within the text heads a section.
            bool const heads = roles[i] == BlockRole::heading || (roles[i] == BlockRole::title && text_seen);
            text_seen = text_seen || roles[i] == BlockRole::main;
            if (heads && !spans.empty()) heading = shown_heading(block.text.text());
        }
        // A caption may stand within the paragraph that holds its image.
        auto const stands_before = [](Sentence const& a, Sentence const& b) { return a.bytes.begin < b.bytes.begin; };
        auto& sentences = article_.sentences;
        if (!std::is_sorted(sentences.begin(), sentences.end(), stands_before))
            std::stable_sort(sentences.begin(), sentences.end(), stands_before);
        return true;
    }

    // Each sentence below it holds a copy.
    static std::string shown_heading(std::string_view text) {
        constexpr std::size_t most_bytes = 200, sample_bytes = 1000;
        auto const heading = folded(cut_to(text, sample_bytes));
        if (heading.size() <= most_bytes) return heading;
        auto const part = cut_to(heading, most_bytes);
        return std::string(part.substr(0, part.find_last_of(' ')));  // all of it where it has no space
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

    // --- what it is and whether it can be used ---

    static std::string language(Document const& document, std::vector<BlockRole> const& roles) {
        constexpr std::size_t enough_words = 20;
        std::vector<std::string_view> main, all;
        std::size_t main_words = 0;
        for (std::size_t i = 0; i < roles.size(); ++i) {
            std::string_view const text = document.blocks[i].text.text();
            if (all.size() < 5000) all.push_back(text);
            if (roles[i] != BlockRole::main && roles[i] != BlockRole::list_item && roles[i] != BlockRole::quotation)
                continue;
            main.push_back(text);
            if (main_words < enough_words) main_words += count_words(text.substr(0, 4096));
        }
        // Text in a script without spaces has few "words" however long it is.
        auto code = main_words >= enough_words ? language_of(main) : std::string();
        return code.empty() ? language_of(all) : code;
    }

    std::optional<std::size_t> last_main(std::vector<BlockRole> const& roles) const noexcept {
        for (std::size_t i = roles.size(); i-- > 0;)
            if (roles[i] == BlockRole::main) return i;
        return std::nullopt;
    }

    void note_truncation(Document const& document, Format format, std::vector<BlockRole> const& roles) {
        auto const last = last_main(roles);
        if (!last) return;
        if (auto const cut = block_cut_off(document, roles)) {
            note_cut(*cut);
            return;
        }
        if (document.blocks[*last].page != 0) return;  // a PDF that opens is whole: it ends where its author ended it
        if (format == Format::jats || format == Format::pubmed_xml) return;  // XML that is well-formed is whole
        // A list or a quotation after it: the text goes on.
        for (std::size_t i = *last + 1; i < roles.size(); ++i)
            if (roles[i] == BlockRole::list_item || roles[i] == BlockRole::quotation) return;
        if (auto const stump = stump_after(*last, document, format, roles)) return note_cut(*stump);
        if (stops_in_mid_sentence(trimmed(document.blocks[*last].text.text()), format)) note_cut(*last);
    }

    // A last paragraph without a full stop. Of plain text the end may be missing; HTML closes its paragraphs, and there a line
    // about the author, an address or a credit ends so too.
    static bool stops_in_mid_sentence(std::string_view text, Format format) {
        std::size_t const words = count_words(text.substr(text.size() > 4000 ? text.size() - 4000 : 0));
        if (words >= 15 && ends_shortened(text, format)) return true;
        if (words < 20 || is_terminated(text)) return false;
        if (format == Format::html) return ends_in_small_word(text);
        return !ends_in_address(text) && !text.ends_with('*') && is_word_end(text);
    }

    // "[…]" says that something was left out. Dots alone say so too, but authors of web pages also end whole sentences with them.
    static bool ends_shortened(std::string_view text, Format format) {
        if (!ends_cut_off(text)) return false;
        if (format != Format::html || text.ends_with(']')) return true;
        while (text.ends_with('.') || text.ends_with("\u2026") || text.ends_with(' '))
            text.remove_suffix(text.ends_with("\u2026") ? std::string_view("\u2026").size() : 1);
        return ends_in_small_word(text);
    }

    // A last paragraph of one unfinished line, which looks like a caption but for the word it stops at.
    static std::optional<std::size_t> stump_after(std::size_t last, Document const& document, Format format,
                                                  std::vector<BlockRole> const& roles) {
        for (std::size_t i = last + 1; i < roles.size(); ++i) {
            auto const& block = document.blocks[i];
            if (roles[i] != BlockRole::fragment || block.kind != BlockKind::paragraph) continue;
            auto const text = trimmed(block.text.text());
            std::size_t const words = count_words(text.substr(0, 4000));
            if (words >= 15 && (ends_shortened(text, format) || (!is_terminated(text) && ends_in_small_word(text))))
                return i;
        }
        return std::nullopt;
    }

    // Words that no sentence, heading or caption stops at.
    static bool ends_in_small_word(std::string_view text) {
        static constexpr auto small_words = std::to_array<std::string_view>(
            {"a",    "an",   "the", "of",   "and",     "or",     "but",   "to",    "in",       "on",
             "at",   "by",   "for", "from", "with",    "that",   "which", "who",   "is",       "are",
             "was",  "were", "be",  "been", "has",     "have",   "had",   "as",    "than",     "their",
             "its",  "his",  "her", "our",  "because", "if",     "when",  "while", "although", "not",
             "very", "can",  "may", "will", "would",   "should", "this",  "these"});
        auto const space = text.rfind(' ');
        auto const word = ascii_lower(space == std::string_view::npos ? text : text.substr(space + 1));
        return text.ends_with(',') || std::find(small_words.begin(), small_words.end(), word) != small_words.end();
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

    void judge_usability(Document const& document, std::vector<BlockFeatures> const& features,
                         std::vector<BlockRole> const& roles) {
        if (article_.language == unknown_language)
            return refuse("DOS0306",
                          "is not written in English (its language is not recognised), this version reads English",
                          true);
        if (!article_.language.empty() && article_.language != "en")
            return refuse("DOS0306",
                          "is written in " + std::string(language_name(article_.language)) + " (" + article_.language +
                              "), this version reads English",
                          true);
        bool const any = std::any_of(article_.sentences.begin(), article_.sentences.end(),
                                     [](Sentence const& sentence) { return may_be_quoted(sentence.role); });
        auto const page =
            has_pages_around(input_.format) ? passages(document, features, roles) : std::vector<PagePassage>();
        if (auto const wall = wall_in_place_of_article(article_.title.value, page))
            return refuse(wall->code, wall->reason, true);
        if (!any && has_records(input_.format)) return refuse("DOS0315", missing_text(document), true);
        if (!any) return refuse("DOS0307", "has no usable text", true);
        note_paywall_cut(page);
        note_retraction(page);
    }

    // What a record that has no text would need.
    static std::string missing_text(Document const& document) {
        if (document.blocks.empty()) return "has neither title nor abstract";
        bool const title_only =
            std::all_of(document.blocks.begin(), document.blocks.end(), [](Block const& block) { return block.title; });
        return title_only ? "has a title but no abstract" : "has no sentence in its abstract";
    }

    // Exports and journal XML come without the site that showed them.
    static bool has_pages_around(Format format) noexcept { return !is_structured(format) && format != Format::pdf; }

    static std::vector<PagePassage> passages(Document const& document, std::vector<BlockFeatures> const& features,
                                             std::vector<BlockRole> const& roles) {
        constexpr std::size_t shown_bytes = 600, counted_bytes = 20'000;  // up to there the features are of all of it
        std::vector<PagePassage> page;
        page.reserve(roles.size());
        for (std::size_t i = 0; i < roles.size(); ++i) {
            std::string_view const text = document.blocks[i].text.text();
            bool const main =
                roles[i] == BlockRole::main || roles[i] == BlockRole::list_item || roles[i] == BlockRole::quotation;
            bool const seen = i < features.size() && text.size() <= shown_bytes;
            bool const counted = i < features.size() && text.size() <= counted_bytes;
            page.push_back({seen ? features[i].text : comparable(text.substr(0, shown_bytes)), main,
                            counted ? features[i].words : count_words(text)});
        }
        return page;
    }

    void note_paywall_cut(std::vector<PagePassage> const& page) {
        if (article_.truncated || !rest_is_behind_paywall(page)) return;
        article_.truncated = true;
        article_.status_reason = "the rest is behind a paywall";
        add(Severity::note, "DOS0310",
            "the rest of the article is behind a paywall; what it does not say cannot be called silent");
    }

    void note_retraction(std::vector<PagePassage> const& page) {
        auto const& types = article_.citation.publication_types;
        bool const typed = std::any_of(types.begin(), types.end(), [](std::string const& type) {
            return comparable(type) == "retracted publication" || comparable(type) == "retraction of publication";
        });
        if (!typed && !is_marked_as_retracted(article_.title.value, page)) return;
        article_.retracted = true;
        article_.status_reason +=
            article_.status_reason.empty() ? "is marked as retracted" : "; is marked as retracted";
        add(Severity::warning, "DOS0341",
            "the article is marked as retracted; leave it out with [sources] exclude if it should not count");
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
