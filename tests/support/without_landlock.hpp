// A kernel without Landlock, simulated.
#pragma once

#include <seccomp.h>
#include <sys/prctl.h>

#include <cerrno>
#include <cstdlib>

namespace dossier::test {

/// From here on this process, and all that it starts, has a kernel without Landlock. For death tests.
inline void take_landlock_away() {
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    auto* const filter = ::seccomp_init(SCMP_ACT_ALLOW);
    if (::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0) != 0 ||
        ::seccomp_load(filter) != 0)
        std::_Exit(3);
    ::seccomp_release(filter);
}

}  // namespace dossier::test
