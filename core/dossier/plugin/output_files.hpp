// The files that a format's bytes go to. Only the host writes files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/descriptor.hpp"
#include "dossier/model/digest.hpp"

namespace dossier {

/// A file that a format wrote.
struct WrittenFile {
    std::string name;  ///< relative to the target folder; empty: the target itself
    std::uint64_t size = 0;
    std::string sha256;
};

/// Takes bytes in order. What it made is removed again unless keep() is called.
class OutputFiles {
public:
    /// @throws Failure (io) if the file is there already or cannot be made, or the folder cannot be made
    OutputFiles(std::filesystem::path target, bool several);
    OutputFiles(OutputFiles const&) = delete;
    OutputFiles& operator=(OutputFiles const&) = delete;
    ~OutputFiles();

    /// False if the name may not be, or is taken. @throws Failure (io)
    [[nodiscard]] bool begin_file(std::string_view name);
    /// False if no file was begun. @throws Failure (io): disk full
    [[nodiscard]] bool write(std::string_view bytes);
    /// Closes the last file; what was made stays. @throws Failure (io)
    std::vector<WrittenFile> keep();

    [[nodiscard]] std::uint64_t total() const noexcept { return total_; }  ///< bytes

private:
    void open(std::filesystem::path const& path, std::string name);
    void close();

    std::filesystem::path target_;
    bool several_, made_folder_ = false, kept_ = false;
    Descriptor file_;
    std::optional<Sha256> digest_;
    std::vector<WrittenFile> files_;
    std::set<std::string, std::less<>> names_;
    std::uint64_t total_ = 0;
};

}  // namespace dossier
