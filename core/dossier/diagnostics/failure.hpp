// Failure: the world did not do what it should have; one sentence for the user, and fields for the program.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace dossier {

/// What failed, so that the command line can choose its exit code (design.md 8).
enum class FailureKind {
    io,       ///< a file or folder could not be read or written
    publish,  ///< the finished set could not be published (exit 6)
    locked,   ///< another run holds the lock (exit 75)
    plugin,   ///< a plugin failed (exit 5)
    store     ///< the analysis database refused
};

class Failure : public std::runtime_error {
public:
    /// @param path  the file it is about; empty: none
    /// @param system_error  errno at the time; 0: none
    Failure(FailureKind kind, std::string const& sentence, std::string path = {}, int system_error = 0)
        : std::runtime_error(sentence), kind_(kind), path_(std::move(path)), system_error_(system_error) {}

    [[nodiscard]] FailureKind kind() const noexcept { return kind_; }
    [[nodiscard]] std::string const& path() const noexcept { return path_; }
    [[nodiscard]] int system_error() const noexcept { return system_error_; }

private:
    FailureKind kind_;
    std::string path_;
    int system_error_;
};

}  // namespace dossier
