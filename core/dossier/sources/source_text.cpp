#include "dossier/sources/source_text.hpp"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>

#include "dossier/sources/encoding_labels.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr std::size_t checkpoint_distance = 128;     // multi-byte characters are slow to walk
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

DecodedChar decoded_by(UConverter* converter, std::string_view bytes) {
    char const* next = bytes.data();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_resetToUnicode(converter);
    auto const value = static_cast<char32_t>(ucnv_getNextUChar(converter, &next, bytes.data() + bytes.size(), &status));
    auto const length = static_cast<std::size_t>(next - bytes.data());
    if (U_FAILURE(status) || length == 0) return {replacement, 1, true};
    return {value, length, value == replacement};
}

// Shift_JIS, EUC-*, GB18030, Big5: no state between characters, so reading may start at any character.
class MultiByteReader final : public CharReader {
public:
    explicit MultiByteReader(Converter converter) : converter_(std::move(converter)) {
        for (std::size_t byte = 0; byte < ascii_.size(); ++byte) {
            char const one = static_cast<char>(byte);
            ascii_[byte] = decoded_by(converter_.get(), {&one, 1});
        }
    }
    DecodedChar read(std::string_view bytes, std::size_t at) const override {
        auto const byte = static_cast<unsigned char>(bytes[at]);
        return byte < ascii_.size() ? ascii_[byte] : decoded_by(converter_.get(), bytes.substr(at, 8));
    }

private:
    Converter converter_;
    std::array<DecodedChar, 0x80> ascii_;  // no character of several bytes begins with one of these; ICU is slow
};

/// Not Unicode, which is told by its bytes, and without a state between characters.
bool is_code_page(UConverterType type) noexcept {
    static constexpr auto others =
        std::to_array<UConverterType>({UCNV_UTF8, UCNV_UTF16_BigEndian, UCNV_UTF16_LittleEndian, UCNV_UTF32_BigEndian,
                                       UCNV_UTF32_LittleEndian, UCNV_UTF16, UCNV_UTF32, UCNV_CESU8, UCNV_ISO_2022,
                                       UCNV_UTF7, UCNV_SCSU, UCNV_HZ, UCNV_BOCU1, UCNV_IMAP_MAILBOX});
    return std::find(others.begin(), others.end(), type) == others.end();
}

std::unique_ptr<CharReader const> legacy_reader(std::string const& name) {
    auto converter = open_converter(name);
    if (!converter) return nullptr;
    if (!is_code_page(ucnv_getType(converter.get()))) return nullptr;
    if (ucnv_getMaxCharSize(converter.get()) > 1) return std::make_unique<MultiByteReader>(std::move(converter));
    std::array<char32_t, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        char const one = static_cast<char>(byte);
        table[byte] = decoded_by(converter.get(), {&one, 1}).value;
    }
    return std::make_unique<SingleByteReader>(table);
}

/// By uchardet; empty: it does not tell.
std::string detected_encoding(std::string_view bytes) {
    std::unique_ptr<std::remove_pointer_t<uchardet_t>, decltype(&uchardet_delete)> const detector(uchardet_new(),
                                                                                                  &uchardet_delete);
    auto const sample = bytes.substr(0, detection_bytes);
    if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return {};
    uchardet_data_end(detector.get());
    std::string const name = uchardet_get_charset(detector.get());
    if (name == "UHC") return "windows-949";
    auto const standard = encoding_of_label(name);
    return standard.empty() ? ascii_lower(name) : std::string(standard);
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
    if (sample.size() < 8 || sample.find('\0') == std::string_view::npos) return {};
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
    std::unique_ptr<CharReader const> reader;  // null: known to be valid UTF-8
    std::size_t begin = 0;
};

std::optional<Choice> by_name(std::string_view encoding) {
    auto reader = legacy_reader(std::string(encoding));
    if (!reader) return std::nullopt;
    return Choice{std::string(encoding), std::move(reader)};
}

/// @param stated  encoding that is said to be that of the bytes; empty: none
Choice choose(std::string_view bytes, std::string_view stated) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return {"UTF-8", std::make_unique<Utf8Reader>(), 3};
    if (auto const mark = wide_mark(bytes); !mark.name.empty())
        return {std::string(mark.name), wide_reader(mark.name), mark.length};
    if (auto const wide = wide_by_nulls(bytes); !wide.empty()) return {std::string(wide), wide_reader(wide)};
    if (is_valid_utf8(bytes)) return {"UTF-8", nullptr};
    if (stated != "UTF-8" && !stated.empty())
        if (auto named = by_name(stated)) return std::move(*named);
    if (stated == "UTF-8" || is_damaged_utf8(bytes)) return {"UTF-8", std::make_unique<Utf8Reader>()};
    if (is_mostly_ascii(bytes)) return {"windows-1252", legacy_reader("windows-1252")};
    if (auto const name = detected_encoding(bytes); !name.empty() && name != "UTF-8")
        if (auto detected = by_name(name)) return std::move(*detected);
    return {"windows-1252", legacy_reader("windows-1252")};
}

}  // namespace

std::string_view wide_encoding_of(std::string_view bytes) {
    auto const mark = wide_mark(bytes);
    return mark.name.empty() ? wide_by_nulls(bytes) : mark.name;
}

SourceText::SourceText(std::string_view bytes, std::string_view declared) : bytes_(bytes) {
    auto chosen = choose(bytes, encoding_of_label(declared));
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
    bool const valid = encoding_ == "UTF-8" && (!reader || is_valid_utf8(bytes_.substr(begin_)));
    if (valid) {
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
    auto const passed = text_.substr(at_, std::max(offset, at_) - at_);
    if (passed.find('\r') == std::string_view::npos) {
        for (auto end = passed.find('\n'); end != std::string_view::npos; end = passed.find('\n', end + 1))
            ++line_;
        at_ = offset;
    }
    for (; at_ < offset; ++at_)
        if (ends_line(at_)) ++line_;
    return line_;
}

bool LineCounter::ends_line(std::size_t at) const noexcept {
    return text_[at] == '\n' || (text_[at] == '\r' && (at + 1 == text_.size() || text_[at + 1] != '\n'));
}

}  // namespace dossier::sources
