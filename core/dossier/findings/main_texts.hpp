// Main texts: what the main text of each article is like, on disk beyond the first few thousand. Internal to findings/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "dossier/findings/findings_file.hpp"

namespace dossier {

/// What the main text of an article is like.
struct MainText {
    std::uint64_t hash = 0;
    std::uint32_t n_shingles = 0;
    std::uint32_t article = 0;  ///< number while articles come, then rank
    std::uint32_t sketch = 0;   ///< its number in the store; no_sketch: too little text
    bool is_readable = false, is_independent = false;
};
inline constexpr std::uint32_t no_sketch = 0xFFFFFFFFu;

/// Keeps main texts in the order in which they were added.
class MainTexts {
public:
    /// @param folder  of the file; empty: the system's folder for temporary files
    explicit MainTexts(std::filesystem::path folder);

    /// @throws Failure (io): disk full
    void add(MainText const& text);

    /// All of them, in memory.
    /// @throws Failure (io): the file cannot be read
    [[nodiscard]] std::vector<MainText> all() const;

private:
    std::filesystem::path folder_;
    std::optional<FindingsFile> file_;  ///< none until it is needed
    std::size_t n_filed_ = 0;
    std::vector<MainText> last_;  ///< those that are not in the file yet
};

}  // namespace dossier
