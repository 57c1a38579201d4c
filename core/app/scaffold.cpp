#include "scaffold.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "dossier/diagnostics/system_failure.hpp"
#include "dossier/model/replace_file.hpp"
#include "dossier/plugin/running_program.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

std::string replaced(std::string text, std::span<Replacement const> replacements) {
    for (auto const& [word, by] : replacements)
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size()))
            text.replace(at, word.size(), by);
    return text;
}

std::string contents(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) fail_at(path, "could not read", errno);
    return text;
}

void write(fs::path const& path, std::string const& text) {
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file << text << std::flush;
    if (!file) fail_at(path, "could not write", errno);
}

/// A folder out of sight beside the one to be made, which it becomes when it is complete.
class HiddenFolder {
public:
    explicit HiddenFolder(fs::path const& target) : target_(target) {
        auto pattern = (target.parent_path() / ("." + target.filename().string() + "-XXXXXX")).string();
        if (::mkdtemp(pattern.data()) == nullptr) fail_at(target.parent_path(), "could not make a folder in", errno);
        path_ = pattern;
    }
    HiddenFolder(HiddenFolder const&) = delete;
    HiddenFolder& operator=(HiddenFolder const&) = delete;
    ~HiddenFolder() {
        if (shown_) return;
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] fs::path const& path() const noexcept { return path_; }

    void show() {
        if (::chmod(path_.c_str(), 0777 & ~file_creation_mask()) != 0) fail_at(path_, "could not open up", errno);
        if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) != 0) {
            // Some file systems cannot promise not to replace; nothing is there as far as we know, and no file is ever replaced.
            if (errno != EINVAL) fail_at(target_, "could not make", errno);
            if (::rename(path_.c_str(), target_.c_str()) != 0) fail_at(target_, "could not make", errno);
        }
        shown_ = true;
    }

private:
    fs::path target_, path_;
    bool shown_ = false;
};

std::vector<fs::path> files_below(fs::path const& folder) {
    std::vector<fs::path> files;
    for (auto const& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(folder));
    return files;
}

}  // namespace

fs::path scaffold_folder() {
    return (folder_of_running_program() / ".." / "share" / "dossier" / "scaffolds").lexically_normal();
}

std::vector<fs::path> copy_scaffolds(std::span<std::string const> names, std::span<Replacement const> replacements,
                                     fs::path const& target) try {
    HiddenFolder copy(target);
    std::vector<fs::path> written;
    for (auto const& name : names) {
        auto const scaffold = scaffold_folder() / name;
        if (!fs::is_directory(scaffold))
            throw Failure(FailureKind::io,
                          scaffold.string() + " is missing; on Debian it comes with the package " +
                              (name == "job" ? "dossier" : "dossier-dev"),
                          scaffold.string());
        for (auto const& file : files_below(scaffold)) {
            fs::path const file_copy = replaced(file.string(), replacements);
            write(copy.path() / file_copy, replaced(contents(scaffold / file), replacements));
            written.push_back(file_copy);
        }
    }
    copy.show();
    std::sort(written.begin(), written.end());
    return written;
} catch (fs::filesystem_error const& error) {
    fail_at(error.path1(), "could not write", error.code().value());
}

}  // namespace dossier
