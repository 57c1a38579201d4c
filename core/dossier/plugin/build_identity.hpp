// Build identity: which build of which program and libraries is running, whatever version it calls itself.
#pragma once

#include <filesystem>
#include <string>

namespace dossier {

/// SHA-256 over the build id of the running program and of every library it was started with (of one without a build id: its
/// bytes, so far as they can be read). The same for the same files; another after an update of any of them.
[[nodiscard]] std::string const& build_identity();

/// What a program of ours answers to --identity, its own build_identity(); empty: it does not answer. Starts it.
[[nodiscard]] std::string build_identity_of(std::filesystem::path const& program);

}  // namespace dossier
