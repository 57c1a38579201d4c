#include "dossier/sources/source_text.hpp"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr std::size_t checkpoint_distance = 1u << 10;
constexpr std::size_t detection_bytes = 256u << 10;  // enough to tell an encoding; keeps detection linear and quick

class Utf8Reader final : public CharReader {
public:
    DecodedChar read(std::string_view bytes, std::size_t at) const override {
        auto const [value, length] = code_point_at(bytes, at);
        return {value, length, value == replacement && bytes.substr(at, 3) != "\xEF\xBF\xBD"};
    }
};

class Utf32Reader final : public CharReader {
public:
    explicit Utf32Reader(bool big_endian) noexcept : big_endian_(big_endian) {}

    DecodedChar read(std::string_view bytes, std::size_t at) const override {
        if (at + 4 > bytes.size()) return {replacement, bytes.size() - at, true};
        char32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = value << 8 | static_cast<unsigned char>(bytes[at + (big_endian_ ? i : 3 - i)]);
        bool const stands = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
        return stands ? DecodedChar{value, 4, false} : DecodedChar{replacement, 4, true};
    }

private:
    bool big_endian_;
};

class Utf16Reader final : public CharReader {
public:
    explicit Utf16Reader(bool big_endian) noexcept : big_endian_(big_endian) {}

    DecodedChar read(std::string_view bytes, std::size_t at) const override {
        if (at + 2 > bytes.size()) return {replacement, bytes.size() - at, true};
        char32_t const first = unit(bytes, at);
        if (first < 0xD800 || first > 0xDFFF) return {first, 2, false};
        if (first >= 0xDC00 || at + 4 > bytes.size()) return {replacement, 2, true};
        char32_t const second = unit(bytes, at + 2);
        if (second < 0xDC00 || second > 0xDFFF) return {replacement, 2, true};
        return {0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), 4, false};
    }

private:
    char32_t unit(std::string_view bytes, std::size_t at) const noexcept {
        auto const a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
        return big_endian_ ? (a << 8 | b) : (b << 8 | a);
    }
    bool big_endian_;
};

class SingleByteReader final : public CharReader {
public:
    explicit SingleByteReader(std::array<char32_t, 256> const& table) noexcept : table_(table) {}
    DecodedChar read(std::string_view bytes, std::size_t at) const override {
        char32_t const value = table_[static_cast<unsigned char>(bytes[at])];
        return {value, 1, value == replacement};
    }

private:
    std::array<char32_t, 256> table_;
};

struct CloseConverter {
    void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(std::string const& name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(name.c_str(), &status));
    if (U_FAILURE(status)) return nullptr;
    return converter;
}

// Shift_JIS, EUC-*, GB18030, Big5: no state between characters, so reading may start at any character.
class MultiByteReader final : public CharReader {
public:
    explicit MultiByteReader(Converter converter) noexcept : converter_(std::move(converter)) {}
    DecodedChar read(std::string_view bytes, std::size_t at) const override {
        char const* begin = bytes.data() + at;
        char const* next = begin;
        UErrorCode status = U_ZERO_ERROR;
        ucnv_resetToUnicode(converter_.get());
        auto const end = begin + std::min<std::size_t>(bytes.size() - at, 8);
        auto const value = static_cast<char32_t>(ucnv_getNextUChar(converter_.get(), &next, end, &status));
        if (U_FAILURE(status) || next == begin) return {replacement, 1, true};
        return {value, static_cast<std::size_t>(next - begin), value == replacement};
    }

private:
    Converter converter_;
};

std::unique_ptr<CharReader const> legacy_reader(std::string const& name) {
    auto converter = open_converter(name);
    if (!converter) return nullptr;
    auto const kind = ucnv_getType(converter.get());
    if (kind == UCNV_ISO_2022 || kind == UCNV_UTF7 || kind == UCNV_SCSU || kind == UCNV_HZ || kind == UCNV_BOCU1 ||
        kind == UCNV_IMAP_MAILBOX)
        return nullptr;  // state between characters
    if (ucnv_getMaxCharSize(converter.get()) > 1) return std::make_unique<MultiByteReader>(std::move(converter));
    std::array<char32_t, 256> table{};
    for (int byte = 0; byte < 256; ++byte) {
        char const one = static_cast<char>(byte);
        char const* at = &one;
        UErrorCode status = U_ZERO_ERROR;
        ucnv_resetToUnicode(converter.get());
        auto const value = ucnv_getNextUChar(converter.get(), &at, &one + 1, &status);
        table[static_cast<std::size_t>(byte)] = U_FAILURE(status) ? replacement : static_cast<char32_t>(value);
    }
    return std::make_unique<SingleByteReader>(table);
}

struct Label {
    std::string_view label, name;
};

// Labels as pages and detectors write them, and the encoding that is meant: browsers read ISO-8859-1 as windows-1252,
// GB2312 as GB18030 and so on (WHATWG Encoding, "names and labels"). Sorted by label.
constexpr auto labels = std::to_array<Label>({
    {"ansi_x3.4-1968", "windows-1252"},
    {"ascii", "windows-1252"},
    {"big5-hkscs", "Big5-HKSCS"},
    {"cp1252", "windows-1252"},
    {"cp936", "GB18030"},
    {"cp949", "windows-949"},
    {"euc-kr", "windows-949"},
    {"gb2312", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"gbk", "GB18030"},
    {"ibm819", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso-8859-11", "windows-874"},
    {"iso-8859-9", "windows-1254"},
    {"iso8859-1", "windows-1252"},
    {"iso8859-9", "windows-1254"},
    {"iso_8859-1", "windows-1252"},
    {"ks_c_5601-1987", "windows-949"},
    {"l1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"ms_kanji", "Shift_JIS"},
    {"sjis", "Shift_JIS"},
    {"tis-620", "windows-874"},
    {"uhc", "windows-949"},
    {"unicode-1-1-utf-8", "UTF-8"},
    {"us-ascii", "windows-1252"},
    {"utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"windows-1252", "windows-1252"},
    {"windows-31j", "Shift_JIS"},
    {"x-cp1252", "windows-1252"},
    {"x-gbk", "GB18030"},
    {"x-sjis", "Shift_JIS"},
    {"x-x-big5", "Big5"},
});
constexpr bool by_label(Label const& a, Label const& b) noexcept {
    return a.label < b.label;
}
static_assert(std::is_sorted(labels.begin(), labels.end(), by_label));

std::string canonical_name(std::string_view label) {
    std::string name = ascii_lower(trimmed(label));
    auto const found = std::lower_bound(labels.begin(), labels.end(), Label{name, {}}, by_label);
    return found != labels.end() && found->label == name ? std::string(found->name) : name;
}

std::string detected_name(std::string_view bytes) {
    std::unique_ptr<std::remove_pointer_t<uchardet_t>, decltype(&uchardet_delete)> const detector(uchardet_new(),
                                                                                                  &uchardet_delete);
    auto const sample = bytes.substr(0, detection_bytes);
    if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return {};
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

// English with quotes, dashes and a "café" in it: too little for a detector to go by, and windows-1252 in practice.
// French has more such bytes, Czech and Russian far more.
bool is_mostly_ascii(std::string_view bytes) noexcept {
    std::size_t n_high = 0;
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D) return false;
        if (byte >= 0x80) ++n_high;
    }
    return n_high * 20 <= bytes.size();
}

// Mostly valid UTF-8 with a few damaged bytes is UTF-8, not some code page: multi-byte sequences do not form by chance.
bool is_damaged_utf8(std::string_view bytes) noexcept {
    std::size_t good = 0, bad = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        auto const [value, length] = code_point_at(bytes, at);
        if (length > 1 && value != replacement) ++good;
        if (value == replacement) ++bad;
        at += length;
    }
    return good > bad;
}

std::unique_ptr<CharReader const> wide_reader(std::string_view name) {
    bool const big_endian = name.ends_with("BE");
    if (name.starts_with("UTF-32")) return std::make_unique<Utf32Reader>(big_endian);
    return std::make_unique<Utf16Reader>(big_endian);
}

struct Mark {
    std::string_view name;  // empty: none
    std::size_t length = 0;
};

Mark wide_mark(std::string_view bytes) noexcept {
    // Before UTF-16, whose little-endian mark begins the same.
    if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return {"UTF-32LE", 4};
    if (bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return {"UTF-32BE", 4};
    if (bytes.starts_with("\xFF\xFE")) return {"UTF-16LE", 2};
    if (bytes.starts_with("\xFE\xFF")) return {"UTF-16BE", 2};
    return {};
}

// NUL bytes by their place within four bytes.
std::array<std::size_t, 4> nulls_by_place(std::string_view bytes) noexcept {
    std::array<std::size_t, 4> nulls{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (bytes[i] == '\0') ++nulls[i % 4];
    return nulls;
}

// Read as this encoding the text has letters, few controls and hardly a character that does not stand.
bool reads_as_text(std::string_view bytes, CharReader const& reader) {
    std::size_t n = 0, n_odd = 0, n_words = 0;
    for (std::size_t at = 0; at < bytes.size(); ++n) {
        auto const c = reader.read(bytes, at);
        if (c.bad || (c.value < 0x20 && !is_space(c.value)) || (c.value >= 0x7F && c.value < 0xA0)) ++n_odd;
        if (is_letter(c.value) || c.value == ' ') ++n_words;
        at += c.length;
    }
    return n_odd * 100 <= n + 100 && n_words * 2 > n;  // the last one may be cut off
}

// UTF-16 and UTF-32 of text with Latin letters, digits or spaces in it: their high bytes are NUL.
std::string_view wide_by_nulls(std::string_view bytes) {
    auto const sample = bytes.substr(0, 16u << 10);
    if (sample.size() < 8) return {};
    auto const nulls = nulls_by_place(sample);
    std::size_t const quarter = sample.size() / 4;
    auto const nearly_all = [&](std::size_t place) { return nulls[place] * 50 >= quarter * 49; };
    auto const hardly_any = [&](std::size_t n_nulls) { return n_nulls * 100 <= sample.size(); };
    auto const many = [&](std::size_t n_nulls) { return n_nulls * 10 >= sample.size(); };
    std::string_view name;
    if (nearly_all(2) && nearly_all(3) && hardly_any(nulls[0]))
        name = "UTF-32LE";
    else if (nearly_all(0) && nearly_all(1) && hardly_any(nulls[3]))
        name = "UTF-32BE";
    else if (many(nulls[1] + nulls[3]) && hardly_any(nulls[0] + nulls[2]))
        name = "UTF-16LE";
    else if (many(nulls[0] + nulls[2]) && hardly_any(nulls[1] + nulls[3]))
        name = "UTF-16BE";
    if (name.empty() || !reads_as_text(sample, *wide_reader(name))) return {};
    return name;
}

struct Choice {
    std::string name;
    std::unique_ptr<CharReader const> reader;
    std::size_t begin = 0;
};

std::optional<Choice> by_name(std::string_view label) {
    auto name = canonical_name(label);
    // A page whose meta tag we could read byte by byte is not UTF-16, whatever it says.
    if (name == "UTF-8" || name.starts_with("utf-16")) return Choice{"UTF-8", std::make_unique<Utf8Reader>()};
    auto reader = legacy_reader(name);
    if (!reader) return std::nullopt;
    return Choice{std::move(name), std::move(reader)};
}

Choice choose(std::string_view bytes, std::string_view declared) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return {"UTF-8", std::make_unique<Utf8Reader>(), 3};
    if (auto const mark = wide_mark(bytes); !mark.name.empty())
        return {std::string(mark.name), wide_reader(mark.name), mark.length};
    if (auto const wide = wide_by_nulls(bytes); !wide.empty()) return {std::string(wide), wide_reader(wide)};
    if (is_valid_utf8(bytes)) return {"UTF-8", std::make_unique<Utf8Reader>()};
    if (!declared.empty() && canonical_name(declared) != "UTF-8")
        if (auto named = by_name(declared)) return std::move(*named);
    if (canonical_name(declared) == "UTF-8" || is_damaged_utf8(bytes)) return {"UTF-8", std::make_unique<Utf8Reader>()};
    if (is_mostly_ascii(bytes)) return {"windows-1252", legacy_reader("windows-1252")};
    if (auto const name = detected_name(bytes); !name.empty() && canonical_name(name) != "UTF-8")
        if (auto detected = by_name(name)) return std::move(*detected);
    return {"windows-1252", legacy_reader("windows-1252")};
}

}  // namespace

std::string_view wide_encoding_of(std::string_view bytes) {
    auto const mark = wide_mark(bytes);
    return mark.name.empty() ? wide_by_nulls(bytes) : mark.name;
}

SourceText::SourceText(std::string_view bytes, std::string_view declared) : bytes_(bytes) {
    auto chosen = choose(bytes, declared);
    use(chosen.name, std::move(chosen.reader), chosen.begin);
}

SourceText::SourceText(std::string_view bytes, KnownEncoding known) : bytes_(bytes) {
    bool const wide = known.name.starts_with("UTF-16") || known.name.starts_with("UTF-32");
    auto chosen = wide ? Choice{std::string(known.name), wide_reader(known.name)} : choose(bytes, known.name);
    use(chosen.name, std::move(chosen.reader), chosen.begin);
}

void SourceText::use(std::string_view name, std::unique_ptr<CharReader const> reader, std::size_t begin) {
    begin_ = begin;
    encoding_ = name;
    if (encoding_ == "UTF-8" && is_valid_utf8(bytes_.substr(begin_))) {
        text_ = bytes_.substr(begin_);
        return;
    }
    reader_ = std::move(reader);
    decode();
}

void SourceText::decode() {
    decoded_.reserve(bytes_.size() - begin_);
    std::size_t line = 1;
    std::size_t next_checkpoint = begin_;
    char32_t previous = 0;
    for (std::size_t at = begin_; at < bytes_.size();) {
        if (at >= next_checkpoint) {
            checkpoints_.push_back({at, decoded_.size()});
            next_checkpoint = at + checkpoint_distance;
        }
        auto const c = reader_->read(bytes_, at);
        if (c.value == '\r' || (c.value == '\n' && previous != '\r')) ++line;
        previous = c.value;
        if (c.bad && undecodable_.n++ == 0) undecodable_.first_line = line;
        append_utf8(decoded_, c.value);
        at += c.length;
    }
    text_ = decoded_;
}

SourceText::Checkpoint SourceText::walk(std::size_t target, bool by_text) const {
    auto const key = [by_text](Checkpoint const& c) { return by_text ? c.text : c.source; };
    auto found = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), target,
                                  [&](std::size_t wanted, Checkpoint const& c) { return wanted < key(c); });
    if (found == checkpoints_.begin()) return {begin_, 0};
    Checkpoint at = *--found;
    while (at.source < bytes_.size()) {
        auto const c = reader_->read(bytes_, at.source);
        Checkpoint next = at;
        next.source += c.length;
        next.text += c.value < 0x80 ? 1 : c.value < 0x800 ? 2 : c.value < 0x10000 ? 3 : 4;
        if (key(next) > target) break;
        at = next;
    }
    return at;
}

std::size_t SourceText::to_source(std::size_t text_offset) const {
    if (!reader_) return begin_ + text_offset;
    return walk(text_offset, true).source;
}

std::size_t SourceText::to_text(std::size_t source_offset) const {
    if (!reader_) return source_offset < begin_ ? 0 : source_offset - begin_;
    return walk(source_offset, false).text;
}

std::size_t LineCounter::line_at(std::size_t offset) noexcept {
    offset = std::min(offset, text_.size());
    for (; at_ > offset; --at_)
        if (ends_line(at_ - 1)) --line_;
    for (; at_ < offset; ++at_)
        if (ends_line(at_)) ++line_;
    return line_;
}

bool LineCounter::ends_line(std::size_t at) const noexcept {
    return text_[at] == '\n' || (text_[at] == '\r' && (at + 1 == text_.size() || text_[at + 1] != '\n'));
}

}  // namespace dossier::sources
