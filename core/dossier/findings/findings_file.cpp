#include "dossier/findings/findings_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/model/nameless_file.hpp"

namespace dossier {

namespace {

[[noreturn]] void fail(std::string const& what, std::filesystem::path const& folder, int error) {
    throw Failure(FailureKind::io, what + " in " + folder.string() + ": " + std::strerror(error), folder.string(),
                  error);
}

}  // namespace

FindingsFile::FindingsFile(std::filesystem::path folder)
    : folder_(folder.empty() ? std::filesystem::temp_directory_path() : std::move(folder)),
      opened_(open_nameless_file(folder_)) {
    if (!opened_.is_open()) fail("cannot make a temporary file", folder_, errno);
}

void FindingsFile::append(void const* data, std::size_t size) const {
    auto const error = write_all(opened_.number(), {static_cast<char const*>(data), size});
    if (error != 0) fail("cannot write a temporary file", folder_, error);
}

void FindingsFile::read(std::size_t offset, void* data, std::size_t size) const {
    auto* next = static_cast<char*>(data);
    while (size > 0) {
        auto const n = ::pread(opened_.number(), next, size, static_cast<off_t>(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) fail("cannot read a temporary file", folder_, n == 0 ? EIO : errno);
        next += n, offset += static_cast<std::size_t>(n), size -= static_cast<std::size_t>(n);
    }
}

}  // namespace dossier
