#include "dossier/plugin/output_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/plugin/component.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string const& what, fs::path const& path, int error) {
    throw Failure(FailureKind::io, what + " " + path.string() + ": " + std::generic_category().message(error),
                  path.string(), error);
}

}  // namespace

OutputFiles::OutputFiles(fs::path target, bool several) : target_(std::move(target)), several_(several) {
    if (!several_) {
        open(target_, {});
        return;
    }
    std::error_code error;
    made_folder_ = fs::create_directory(target_, error);
    if (!fs::is_directory(target_)) fail("cannot make the folder", target_, error ? error.value() : EEXIST);
}

OutputFiles::~OutputFiles() {
    if (kept_) return;
    file_.close();
    std::error_code ignored;
    for (auto const& file : files_)
        fs::remove(file.name.empty() ? target_ : target_ / file.name, ignored);
    if (made_folder_) fs::remove(target_, ignored);
}

void OutputFiles::open(fs::path const& path, std::string name) {
    constexpr int readable_by_all = 0666;  // less the umask, as any program's files
    file_ = Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, readable_by_all));
    if (!file_.is_open()) fail("cannot make", path, errno);
    files_.push_back({std::move(name), 0, {}});
    digest_.emplace();
}

void OutputFiles::close() {
    if (!file_.is_open()) return;
    files_.back().sha256 = digest_->hex();
    file_.close();
}

bool OutputFiles::begin_file(std::string_view name) {
    if (!several_ || !is_output_file_name(name) || !names_.emplace(name).second) return false;
    close();
    open(target_ / name, std::string(name));
    return true;
}

bool OutputFiles::write(std::string_view bytes) {
    if (!file_.is_open()) return false;
    digest_->update(bytes);
    files_.back().size += bytes.size();
    total_ += bytes.size();
    while (!bytes.empty()) {
        auto const written = ::write(file_.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            fail("cannot write", files_.back().name.empty() ? target_ : target_ / files_.back().name, errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::vector<WrittenFile> OutputFiles::keep() {
    close();
    kept_ = true;
    return files_;
}

}  // namespace dossier
