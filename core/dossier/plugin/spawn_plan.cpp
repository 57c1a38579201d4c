#include "dossier/plugin/spawn_plan.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace dossier {

std::optional<Pipe> make_pipe(PipeEnd ours) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
    Pipe pipe{Descriptor(ends[0]), Descriptor(ends[1])};
    auto& theirs = ours == PipeEnd::reading ? pipe.writing : pipe.reading;
    auto const& kept = ours == PipeEnd::reading ? pipe.reading : pipe.writing;
    theirs = Descriptor(::fcntl(theirs.number(), F_DUPFD_CLOEXEC, first_free_descriptor));
    if (!theirs.is_open()) return std::nullopt;
    ::fcntl(kept.number(), F_SETFL, O_NONBLOCK);
    return pipe;
}

SpawnPlan::SpawnPlan() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

SpawnPlan::~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
}

void SpawnPlan::give(int descriptor, int as) {
    ::posix_spawn_file_actions_adddup2(&actions_, descriptor, as);
}

void SpawnPlan::close_from(int first) {
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, first);
}

void SpawnPlan::start_in(char const* folder) {
    ::posix_spawn_file_actions_addchdir_np(&actions_, folder);
}

}  // namespace dossier
