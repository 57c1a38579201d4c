// Replacing a file: its old bytes stand there, or its new ones, whenever this process ends.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string_view>

namespace dossier {

/// Writes a file beside `path`, makes it durable, and has it take the place of what is there, if anything is. Folders stay as
/// they are: whether the replacement outlives a power cut is up to the caller, who may sync the folder.
/// @param mode  permissions of the new file, whatever the umask
/// @throws Failure io; then `path` is as it was, and nothing is left beside it
void replace_file(std::filesystem::path const& path, std::string_view bytes, mode_t mode);

/// Makes what was replaced, made or removed in a folder durable, where its file system can.
/// @throws Failure io
void sync_folder(std::filesystem::path const& folder);

/// The umask. There is no way to ask without setting it: only where no other thread makes files.
[[nodiscard]] mode_t file_creation_mask() noexcept;

}  // namespace dossier
