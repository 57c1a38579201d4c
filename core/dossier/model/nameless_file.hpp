// Nameless file: where a program puts what it reads again later itself.
#pragma once

#include <filesystem>

#include "dossier/model/descriptor.hpp"

namespace dossier {

/// Makes a file in `folder`, for reading and writing, that nobody else can open and that is gone when it is closed.
/// @return not open where it cannot be made; errno says why
[[nodiscard]] Descriptor open_nameless_file(std::filesystem::path const& folder);

}  // namespace dossier
