// A file's bytes as UTF-8 text, with the way back: every offset in the text is an offset in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::sources {

/// One character of the source: what it decodes to and how many bytes of the file it takes.
struct DecodedChar {
    char32_t value = 0;
    std::size_t length = 0;
    bool bad = false;  ///< could not be decoded; value is U+FFFD
};

/// Reads one character of one encoding at a time. Stateless between characters.
class CharReader {
public:
    virtual ~CharReader() = default;
    /// @pre at < bytes.size()
    [[nodiscard]] virtual DecodedChar read(std::string_view bytes, std::size_t at) const = 0;
};

/// What was seen of bytes that could not be decoded.
struct UndecodableBytes {
    std::size_t n = 0;           ///< characters that became U+FFFD
    std::size_t first_line = 0;  ///< from 1
};

/// SourceText::encoding() of what bytes were cut out of; empty: not known.
struct KnownEncoding {
    std::string_view name;
};

class SourceText {
public:
    /// Chooses the encoding: byte order mark, then the NUL bytes of UTF-16 and UTF-32, then valid UTF-8, then `declared`
    /// (of an HTML or XML head, a label as encoding_of_label knows it; others and empty: none), then what uchardet finds, then windows-1252. The bytes must outlive this
    /// object: where they are UTF-8 already, text() is a view of them.
    SourceText(std::string_view bytes, std::string_view declared);
    /// Bytes that were cut out of a whole whose encoding() is known.
    SourceText(std::string_view bytes, KnownEncoding known);

    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    [[nodiscard]] std::string const& encoding() const noexcept { return encoding_; }
    [[nodiscard]] UndecodableBytes const& undecodable() const noexcept { return undecodable_; }

    /// Offset in the file of the character at `text_offset`. Constant for UTF-8, else it walks at most 128 bytes.
    [[nodiscard]] std::size_t to_source(std::size_t text_offset) const;
    /// The other way; an offset within a character gives the character's begin.
    [[nodiscard]] std::size_t to_text(std::size_t source_offset) const;

private:
    struct Checkpoint {
        std::size_t source, text;
    };
    void decode();
    void use(std::string_view name, std::unique_ptr<CharReader const> reader, std::size_t begin);
    [[nodiscard]] Checkpoint walk(std::size_t target, bool by_text) const;

    std::string_view bytes_;
    std::size_t begin_ = 0;  // past the byte order mark
    std::string encoding_;
    std::unique_ptr<CharReader const> reader_;  // null: text_ is bytes_ from begin_
    std::string decoded_;
    std::string_view text_;
    std::vector<Checkpoint> checkpoints_;
    UndecodableBytes undecodable_;
};

/// "UTF-16LE", "UTF-16BE", "UTF-32LE" or "UTF-32BE": by the byte order mark, or by where the NUL bytes stand in text that
/// has none. Empty: some other encoding, or no text. Text in UTF-16 without a mark and without spaces, digits or Latin
/// letters is not found.
[[nodiscard]] std::string_view wide_encoding_of(std::string_view bytes);

/// Lines of a text. Walks from the last offset asked for, so near ones are cheap. "\n", "\r\n" and "\r" end a line.
class LineCounter {
public:
    explicit LineCounter(std::string_view text) noexcept : text_(text) {}
    /// Line of the character at `offset`, from 1.
    [[nodiscard]] std::size_t line_at(std::size_t offset) noexcept;

private:
    [[nodiscard]] bool ends_line(std::size_t at) const noexcept;
    std::string_view text_;
    std::size_t at_ = 0, line_ = 1;
};

}  // namespace dossier::sources
