#include "dossier/sources/read_document.hpp"

#include <array>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

std::string extension_of(std::string_view path) {
    auto const slash = path.rfind('/');
    auto const name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    auto const dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? std::string() : ascii_lower(name.substr(dot + 1));
}

bool looks_like_html(std::string_view start) {
    auto const head = ascii_lower(trimmed(start.substr(0, 2048)));
    static constexpr std::array<std::string_view, 8> openings = {"<!doctype html", "<html", "<head", "<body",
                                                                 "<article",       "<div",  "<p>",   "<h1"};
    for (auto const opening : openings)
        if (head.starts_with(opening)) return true;
    return (head.starts_with("<?xml") || head.starts_with("<!--")) && head.find("<html") != std::string::npos;
}

}  // namespace

Format format_of(std::string_view path, std::string_view start_of_file) {
    auto const extension = extension_of(path);
    if (extension == "txt" || extension == "text") return Format::text;
    if (extension == "md" || extension == "markdown") return Format::markdown;
    if (extension == "html" || extension == "htm" || extension == "xhtml") return Format::html;
    return looks_like_html(start_of_file) ? Format::html : Format::text;
}

char const* name_of(Format format) noexcept {
    switch (format) {
        case Format::text: return "text";
        case Format::markdown: return "markdown";
        case Format::html: return "html";
    }
    return "text";
}

Document read_document(std::string_view path, std::string_view text) {
    switch (format_of(path, text)) {
        case Format::text: return read_text(text);
        case Format::markdown: return read_markdown(text);
        case Format::html: return read_html(text);
    }
    return {};
}

std::string charset_for(std::string_view path, std::string_view bytes) {
    return format_of(path, bytes) == Format::html ? declared_charset(bytes) : std::string();
}

}  // namespace dossier::sources
