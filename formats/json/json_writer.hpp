// JSON as it is said, piece by piece: nothing but the levels that are open is held.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier::formats {

/// How the elements of an array, or the members of an object, stand in the file; indented JSON gives each its own line.
enum class Elements { together, one_per_line };

/// Writes one JSON value. What is said must nest: a key before each value in an object, every begin closed by its end.
class JsonWriter {
public:
    /// Takes the next bytes of the file. May throw; then nothing more may be said.
    using Sink = std::function<void(std::string_view)>;

    JsonWriter(Sink sink, bool indented) : sink_(std::move(sink)), indented_(indented) {}

    void begin_object(Elements elements = Elements::together) { begin('{', elements); }
    void end_object() { end('}'); }
    void begin_array(Elements elements = Elements::together) { begin('[', elements); }
    void end_array() { end(']'); }
    void key(std::string_view name);

    /// Text, escaped; bytes that are not UTF-8 become U+FFFD, all else reads back as it was.
    void value(std::string_view text);
    void value(char const* text) { value(std::string_view(text)); }
    void value(bool truth);
    void value(std::int64_t number);
    void value(std::uint64_t number);
    /// The shortest decimal that reads back as the same double, with a point or an exponent; null where not finite.
    void value(double number);
    void null();

    template <class Value>
    void member(std::string_view name, Value const& said) {
        key(name);
        value(said);
    }

    /// Ends the file with a line break and hands over what is left.
    void finish();

private:
    struct Level {
        bool one_per_line;
        bool is_empty = true;
    };
    void begin(char bracket, Elements elements);
    void end(char bracket);
    void before_value();
    void separate();
    void break_line();
    void put(std::string_view bytes);

    Sink sink_;
    bool indented_;
    bool follows_key_ = false;
    std::vector<Level> levels_;
    std::string buffer_;
};

/// `text` as JSON has it, with its quotation marks. Escaped, so that no file holds it raw: quotation mark, backslash,
/// controls, `<` (the file may be put into a web page), what changes the direction of text or cannot be seen, and what is no
/// character.
void append_quoted(std::string& json, std::string_view text);

}  // namespace dossier::formats
