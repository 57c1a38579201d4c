#include "dossier/model/replace_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "dossier/diagnostics/system_failure.hpp"
#include "dossier/model/descriptor.hpp"

namespace dossier {
namespace {

/// 0, or an errno.
int write_and_sync(int descriptor, std::string_view bytes, mode_t mode) {
    if (int const error = write_all(descriptor, bytes); error != 0) return error;
    return ::fchmod(descriptor, mode) == 0 && ::fsync(descriptor) == 0 ? 0 : errno;
}

}  // namespace

void replace_file(std::filesystem::path const& path, std::string_view bytes, mode_t mode) {
    auto hidden = (path.parent_path() / ("." + path.filename().string() + "-XXXXXX")).string();
    int const descriptor = ::mkostemp(hidden.data(), O_CLOEXEC);
    if (descriptor < 0) fail_at(path, "could not write", errno);
    int error = write_and_sync(descriptor, bytes, mode);
    if (::close(descriptor) != 0 && error == 0) error = errno;
    if (error == 0 && ::rename(hidden.c_str(), path.c_str()) != 0) error = errno;
    if (error == 0) return;
    ::unlink(hidden.c_str());
    fail_at(path, "could not write", error);
}

void sync_folder(std::filesystem::path const& folder) {
    Descriptor const opened(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.is_open()) fail_at(folder, "could not open", errno);
    if (::fsync(opened.number()) != 0 && errno != EINVAL) fail_at(folder, "could not write", errno);
}

mode_t file_creation_mask() noexcept {
    auto const mask = ::umask(0);
    ::umask(mask);
    return mask;
}

}  // namespace dossier
