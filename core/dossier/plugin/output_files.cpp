#include "dossier/plugin/output_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>

#include "dossier/diagnostics/system_failure.hpp"
#include "dossier/plugin/component.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

}  // namespace

OutputFiles::OutputFiles(fs::path target, bool several) : target_(std::move(target)), several_(several) {
    if (!several_) {
        open(target_, {});
        return;
    }
    std::error_code error;
    made_folder_ = fs::create_directory(target_, error);
    std::error_code not_there;
    if (!fs::is_directory(target_, not_there))
        fail_at(target_, "cannot make the folder", error ? error.value() : EEXIST);
}

OutputFiles::~OutputFiles() {
    if (kept_) return;
    file_.close();
    try {
        std::error_code ignored;
        for (auto const& file : files_)
            fs::remove(file.name.empty() ? target_ : target_ / file.name, ignored);
        if (made_folder_) fs::remove(target_, ignored);
    } catch (std::exception const&) {  // no memory: they go with the set that is not published
    }
}

void OutputFiles::open(fs::path const& path, std::string name) {
    constexpr int readable_by_all = 0666;  // less the umask, as any program's files
    file_ = Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, readable_by_all));
    if (!file_.is_open()) fail_at(path, "cannot make", errno);
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
    if (int const error = write_all(file_.number(), bytes); error != 0)
        fail_at(files_.back().name.empty() ? target_ : target_ / files_.back().name, "cannot write", error);
    return true;
}

std::vector<WrittenFile> OutputFiles::keep() {
    close();
    kept_ = true;
    return files_;
}

}  // namespace dossier
