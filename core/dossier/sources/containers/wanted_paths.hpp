// Wanted paths: which articles of a file are asked for, so that the others need not be unpacked.
#pragma once

#include <set>
#include <string>

namespace dossier::sources {

class WantedPaths {
public:
    /// @param paths  of articles; null: all are wanted. Must outlive this
    explicit WantedPaths(std::set<std::string> const* paths) noexcept : paths_(paths) {}

    [[nodiscard]] bool has(std::string const& path) const { return paths_ == nullptr || paths_->contains(path); }
    /// Whether an article that stands at `path`, or within it, is wanted.
    [[nodiscard]] bool has_any_in(std::string const& path) const {
        return has(path) || has_prefix(path + "!/") || has_prefix(path + '#');
    }
    /// Whether there can be none left once `n` were handed out.
    [[nodiscard]] bool are_all(std::size_t n) const { return paths_ != nullptr && n >= paths_->size(); }

private:
    [[nodiscard]] bool has_prefix(std::string const& prefix) const {
        auto const found = paths_->lower_bound(prefix);
        return found != paths_->end() && found->starts_with(prefix);
    }
    std::set<std::string> const* paths_;
};

}  // namespace dossier::sources
