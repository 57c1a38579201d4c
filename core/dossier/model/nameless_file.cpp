#include "dossier/model/nameless_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

namespace dossier {

Descriptor open_nameless_file(std::filesystem::path const& folder) {
    Descriptor opened(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (opened.is_open()) return opened;
    auto name = (folder / ".dossier-XXXXXX").string();  // not every file system has O_TMPFILE
    opened = Descriptor(::mkostemp(name.data(), O_CLOEXEC));
    if (opened.is_open()) ::unlink(name.c_str());
    return opened;
}

}  // namespace dossier
