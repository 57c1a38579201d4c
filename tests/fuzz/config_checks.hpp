// What holds of every file of settings that a person writes, whatever its bytes were: each message is text, and its place is in the file.
#pragma once

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/plugin/utf8.hpp"

namespace fuzz {

inline void require_that(bool holds, char const* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// A folder of this process alone, in memory where there is such a file system; gone when the process ends.
class OwnFolder {
public:
    OwnFolder() {
        std::error_code error;
        auto name =
            (std::filesystem::is_directory("/dev/shm", error) ? "/dev/shm" : std::filesystem::temp_directory_path())
                .string() +
            "/dossier-fuzz-XXXXXX";
        require_that(::mkdtemp(name.data()) != nullptr, "there is a folder for temporary files");
        path_ = name;
    }
    ~OwnFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    OwnFolder(OwnFolder const&) = delete;
    OwnFolder& operator=(OwnFolder const&) = delete;

    /// Puts a file there, in place of one that has its name.
    std::filesystem::path file(std::string const& name, std::string_view bytes) const {
        auto const path = path_ / name;
        std::ofstream(path, std::ios::binary | std::ios::trunc)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path;
    }

private:
    std::filesystem::path path_;
};

/// Line `number` (from 1) as an editor shows it, without its line break and a byte order mark.
inline std::string_view line_of(std::string_view bytes, std::size_t number) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    for (; number > 1; --number) {
        auto const end = bytes.find('\n');
        if (end == std::string_view::npos) return {};
        bytes.remove_prefix(end + 1);
    }
    bytes = bytes.substr(0, bytes.find('\n'));
    if (bytes.ends_with('\r')) bytes.remove_suffix(1);
    return bytes;
}

inline std::size_t n_lines(std::string_view bytes) {
    std::size_t n = 1;
    for (char const c : bytes)
        n += c == '\n' ? 1 : 0;
    return n;
}

/// @param shown  how messages name the file; those about other files are not looked at
inline void check_diagnostics(dossier::Diagnostics const& diagnostics, std::string const& shown,
                              std::string_view bytes) {
    for (auto const& item : diagnostics.items()) {
        require_that(!item.message.empty() && item.code.size() == 7 && item.code.starts_with("DOS"),
                     "a message has words and a code");
        if (item.place.file != shown || item.place.line == 0) continue;
        require_that(item.place.line <= n_lines(bytes), "a message is about a line of the file");
        auto const width = dossier::count_code_points(line_of(bytes, item.place.line));
        require_that(item.place.column <= width + 1, "a message is about a column of its line");
        require_that(item.source_line.empty() || item.source_line == line_of(bytes, item.place.line),
                     "a message shows the line that it is about");
    }
    for (auto const format :
         {dossier::MessageFormat::human, dossier::MessageFormat::json, dossier::MessageFormat::sarif})
        require_that(dossier::is_utf8(dossier::render(diagnostics.items(), format)), "messages are shown as UTF-8");
}

/// Reads twice: with an error there is no result, without one there is, and both times the messages are the same.
/// @param read  Diagnostics& -> something that may be absent
/// @return the second result
template <class Read>
auto check_reading(Read const& read, std::string const& shown, std::string_view bytes) {
    dossier::Diagnostics first, second;
    require_that(read(first).has_value() != first.has_errors(), "either there is a result or there is an error");
    auto result = read(second);
    auto const text = [](dossier::Diagnostics const& diagnostics) {
        return dossier::render(diagnostics.items(), dossier::MessageFormat::json);
    };
    require_that(text(first) == text(second), "the same file gives the same messages");
    check_diagnostics(second, shown, bytes);
    return result;
}

}  // namespace fuzz
