#include "dossier/plugin/stopped_call.hpp"

#include <sys/syscall.h>

namespace dossier {

char const* attempt_of(std::uint32_t call) noexcept {
    switch (static_cast<long>(call)) {
        case SYS_socket:
        case SYS_socketpair:
        case SYS_connect:
        case SYS_bind:
        case SYS_listen:
        case SYS_accept:
        case SYS_accept4:
        case SYS_sendto:
        case SYS_sendmsg: return "it tried to open a socket";
        case SYS_execve:
        case SYS_execveat: return "it tried to start a program";
        case SYS_clone:
#ifdef SYS_fork
        case SYS_fork:
        case SYS_vfork:
#endif
            return "it tried to start a process or a thread";
        case SYS_ptrace:
        case SYS_process_vm_readv:
        case SYS_process_vm_writev: return "it tried to look into another process";
        case SYS_kill:
        case SYS_tkill:
        case SYS_tgkill: return "it tried to signal another process";
#ifdef SYS_open
        case SYS_open:
        case SYS_creat:
#endif
        case SYS_openat: return "it tried to write a file";
        default: return "it tried to change files";
    }
}

}  // namespace dossier
