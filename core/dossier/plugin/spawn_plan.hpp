// Spawn plan: what a process finds when it starts: no signal blocked or handled, a group of its own, and what it is given.
#pragma once

#include <spawn.h>

#include <optional>

#include "dossier/model/descriptor.hpp"

namespace dossier {

/// Descriptors that are given to another program lie here, above all numbers that it has them under.
inline constexpr int first_free_descriptor = 10;

struct Pipe {
    Descriptor reading, writing;
};
enum class PipeEnd { reading, writing };

/// Both ends are close-on-exec. Ours does not wait, the other lies at first_free_descriptor or above.
/// @return nullopt: errno says why
[[nodiscard]] std::optional<Pipe> make_pipe(PipeEnd ours);

class SpawnPlan {
public:
    SpawnPlan();
    SpawnPlan(SpawnPlan const&) = delete;
    SpawnPlan& operator=(SpawnPlan const&) = delete;
    ~SpawnPlan();

    /// The process has `descriptor` under the number `as`.
    void give(int descriptor, int as);
    /// It has none from this number on.
    void close_from(int first);
    void start_in(char const* folder);

    /// For posix_spawn.
    [[nodiscard]] posix_spawn_file_actions_t const* actions() const noexcept { return &actions_; }
    [[nodiscard]] posix_spawnattr_t const* attributes() const noexcept { return &attributes_; }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace dossier
