// Container kind: whether bytes are an archive, a compressed file, or something that only looks like one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier::sources {

enum class ContainerKind {
    none,  ///< an article or export, as far as the first bytes tell
    zip,
    tar,
    gzip,
    zstd,
    xz,
    bzip2,
    refused  ///< an archive or document that is not read
};

struct Recognised {
    ContainerKind kind = ContainerKind::none;
    std::string refusal;  ///< what it is and what would have worked, one clause; empty unless refused
};

/// Bytes of the start of a file that are enough to recognise it.
inline constexpr std::size_t recognition_bytes = 4096;

/// By what stands in the bytes; the name only helps to say which office document it is.
[[nodiscard]] Recognised recognise_container(std::string_view path, std::string_view start_of_file);

/// "a ZIP archive", "gzip data", …
[[nodiscard]] std::string_view words_for(ContainerKind kind) noexcept;

[[nodiscard]] constexpr bool is_archive(ContainerKind kind) noexcept {
    return kind == ContainerKind::zip || kind == ContainerKind::tar;
}

/// Whether the extension says that it may be a container worth opening when it stands in another one.
[[nodiscard]] bool may_be_container(std::string_view path);

/// The name of what a compressed file holds: "a.html" of "a.html.gz", "a.tar" of "a.tgz"; itself where nothing is known.
[[nodiscard]] std::string name_unpacked(std::string_view path);

}  // namespace dossier::sources
