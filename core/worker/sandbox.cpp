#include "sandbox.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <optional>
#include <system_error>

namespace dossier::worker {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Sanitizers map terabytes, start threads, read /proc and make system calls of their own.
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

// ---- Landlock: Debian's header ends at REFER, and the kernel may know more.

constexpr std::uint64_t access_truncate = std::uint64_t{1} << 14;   // ABI 3
constexpr std::uint64_t access_ioctl_dev = std::uint64_t{1} << 15;  // ABI 5
constexpr std::uint64_t network_all = 3;                            // ABI 4: bind and connect TCP
constexpr std::uint64_t scope_all = 3;                              // ABI 6: abstract sockets, signals

/// struct landlock_ruleset_attr as of ABI 6.
struct RulesetAttributes {
    std::uint64_t file_access = 0, network_access = 0, scope = 0;
};

int landlock_version() {
    long const version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version < 0 ? 0 : static_cast<int>(version);
}

RulesetAttributes everything(int version) {
    RulesetAttributes all;
    all.file_access = (std::uint64_t{1} << 13) - 1;
    if (version >= 2) all.file_access |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3) all.file_access |= access_truncate;
    if (version >= 5) all.file_access |= access_ioctl_dev;
    if (version >= 4) all.network_access = network_all;
    if (version >= 6) all.scope = scope_all;
    return all;
}

std::size_t attributes_size(int version) {
    return version >= 6 ? sizeof(RulesetAttributes) : version >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

/// Allows reading what lies at and below `path`; false only if that went wrong. What is not there needs no rule.
bool allow_reading(int ruleset, std::filesystem::path const& path) {
    int const descriptor = ::open(path.c_str(), O_PATH | O_CLOEXEC);
    if (descriptor < 0) return errno == ENOENT || errno == EACCES || errno == ENOTDIR;
    std::error_code error;
    landlock_path_beneath_attr rule{};
    rule.parent_fd = descriptor;
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
    if (std::filesystem::is_directory(path, error)) rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    long const added = ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(descriptor);
    return added == 0;
}

bool restrict_files(int version, std::vector<std::filesystem::path> const& readable) {
    auto const attributes = everything(version);
    auto const ruleset =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, attributes_size(version), 0));
    if (ruleset < 0) return false;
    bool good = true;
    for (char const* const path : {"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
                                   "/usr/share/fonts", "/usr/local/share/fonts"})
        good = good && allow_reading(ruleset, path);
    if (sanitized) good = good && allow_reading(ruleset, "/proc");
    for (auto const& path : readable)
        good = good && allow_reading(ruleset, path);
    good = good && ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    ::close(ruleset);
    return good;
}

// ---- Limits

bool limit(int resource, rlim_t soft, rlim_t hard) {
    rlimit const both{soft, hard};
    return ::setrlimit(static_cast<__rlimit_resource>(resource), &both) == 0;
}

bool limit(int resource, rlim_t value) {
    return limit(resource, value, value);
}

bool set_limits(SandboxRequest const& request) {
    auto const seconds = static_cast<rlim_t>(std::ceil(request.seconds)) + 2;
    bool good = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 64) &&
                limit(RLIMIT_CPU, seconds, seconds + 1);  // SIGXCPU, that tells why, comes before SIGKILL
    if (!sanitized) good = good && limit(RLIMIT_AS, request.memory_bytes) && limit(RLIMIT_NPROC, 0);
    return good;
}

// ---- System calls

/// Runs when the filter caught a system call: leaves its number, then dies of the same signal.
void die_of_violation(int, siginfo_t* information, void*) {
    std::array<char, 1 + sizeof(std::uint32_t)> message{};
    message[0] = static_cast<char>(WorkerStatus::violation);
    auto const number = static_cast<std::uint32_t>(information->si_syscall);
    std::memcpy(message.data() + 1, &number, sizeof number);
    (void)!::write(worker_status, message.data(), message.size());
    ::signal(SIGSYS, SIG_DFL);
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGSYS);
    ::sigprocmask(SIG_UNBLOCK, &set, nullptr);
    ::raise(SIGSYS);
    ::_exit(128 + SIGSYS);
}

void catch_violations() {
    struct sigaction action {};
    action.sa_sigaction = &die_of_violation;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    ::sigaction(SIGSYS, &action, nullptr);
}

// What a well-behaved component and the libraries below it need: memory, time, reading what Landlock leaves.
constexpr std::array allowed_calls = {SCMP_SYS(read),
                                      SCMP_SYS(readv),
                                      SCMP_SYS(pread64),
                                      SCMP_SYS(preadv),
                                      SCMP_SYS(write),
                                      SCMP_SYS(writev),
                                      SCMP_SYS(close),
                                      SCMP_SYS(lseek),
                                      SCMP_SYS(fstat),
                                      SCMP_SYS(stat),
                                      SCMP_SYS(lstat),
                                      SCMP_SYS(newfstatat),
                                      SCMP_SYS(statx),
                                      SCMP_SYS(statfs),
                                      SCMP_SYS(fstatfs),
                                      SCMP_SYS(access),
                                      SCMP_SYS(faccessat),
                                      SCMP_SYS(faccessat2),
                                      SCMP_SYS(readlink),
                                      SCMP_SYS(readlinkat),
                                      SCMP_SYS(getcwd),
                                      SCMP_SYS(getdents64),
                                      SCMP_SYS(fadvise64),
                                      SCMP_SYS(mmap),
                                      SCMP_SYS(munmap),
                                      SCMP_SYS(mprotect),
                                      SCMP_SYS(mremap),
                                      SCMP_SYS(madvise),
                                      SCMP_SYS(brk),
                                      SCMP_SYS(futex),
                                      SCMP_SYS(set_robust_list),
                                      SCMP_SYS(rseq),
                                      SCMP_SYS(arch_prctl),
                                      SCMP_SYS(membarrier),
                                      SCMP_SYS(rt_sigaction),
                                      SCMP_SYS(rt_sigprocmask),
                                      SCMP_SYS(rt_sigreturn),
                                      SCMP_SYS(sigaltstack),
                                      SCMP_SYS(clock_gettime),
                                      SCMP_SYS(clock_getres),
                                      SCMP_SYS(gettimeofday),
                                      SCMP_SYS(time),
                                      SCMP_SYS(nanosleep),
                                      SCMP_SYS(clock_nanosleep),
                                      SCMP_SYS(sched_yield),
                                      SCMP_SYS(sched_getaffinity),
                                      SCMP_SYS(getrusage),
                                      SCMP_SYS(times),
                                      SCMP_SYS(getpid),
                                      SCMP_SYS(getppid),
                                      SCMP_SYS(gettid),
                                      SCMP_SYS(getuid),
                                      SCMP_SYS(geteuid),
                                      SCMP_SYS(getgid),
                                      SCMP_SYS(getegid),
                                      SCMP_SYS(getrlimit),
                                      SCMP_SYS(sysinfo),
                                      SCMP_SYS(uname),
                                      SCMP_SYS(getrandom),
                                      SCMP_SYS(poll),
                                      SCMP_SYS(ppoll),
                                      SCMP_SYS(restart_syscall),
                                      SCMP_SYS(exit),
                                      SCMP_SYS(exit_group)};

// What no library does by accident: the process ends, and the host says what was tried (worker_client.cpp).
constexpr std::array fatal_calls = {SCMP_SYS(socket),
                                    SCMP_SYS(socketpair),
                                    SCMP_SYS(connect),
                                    SCMP_SYS(bind),
                                    SCMP_SYS(listen),
                                    SCMP_SYS(accept),
                                    SCMP_SYS(accept4),
                                    SCMP_SYS(sendto),
                                    SCMP_SYS(sendmsg),
                                    SCMP_SYS(execve),
                                    SCMP_SYS(execveat),
                                    SCMP_SYS(fork),
                                    SCMP_SYS(vfork),
                                    SCMP_SYS(ptrace),
                                    SCMP_SYS(process_vm_readv),
                                    SCMP_SYS(process_vm_writev),
                                    SCMP_SYS(tkill),
                                    SCMP_SYS(creat),
                                    SCMP_SYS(truncate),
                                    SCMP_SYS(unlink),
                                    SCMP_SYS(unlinkat),
                                    SCMP_SYS(rename),
                                    SCMP_SYS(renameat),
                                    SCMP_SYS(renameat2),
                                    SCMP_SYS(mkdir),
                                    SCMP_SYS(mkdirat),
                                    SCMP_SYS(rmdir),
                                    SCMP_SYS(link),
                                    SCMP_SYS(linkat),
                                    SCMP_SYS(symlink),
                                    SCMP_SYS(symlinkat),
                                    SCMP_SYS(mknod),
                                    SCMP_SYS(mknodat),
                                    SCMP_SYS(chmod),
                                    SCMP_SYS(fchmod),
                                    SCMP_SYS(fchmodat),
                                    SCMP_SYS(chown),
                                    SCMP_SYS(fchown),
                                    SCMP_SYS(lchown),
                                    SCMP_SYS(fchownat)};

/// Collects rules; remembers whether any was refused.
class Filter {
public:
    // Other calls fail as if they were not permitted, which libraries know how to live with.
    Filter() : context_(::seccomp_init(sanitized ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EPERM))) {}
    ~Filter() { ::seccomp_release(context_); }
    Filter(Filter const&) = delete;
    Filter& operator=(Filter const&) = delete;

    template <class... Comparisons>
    void allow(int call, Comparisons... comparisons) {
        if (!sanitized) add(SCMP_ACT_ALLOW, call, comparisons...);
    }
    template <class... Comparisons>
    void fatal(int call, Comparisons... comparisons) {
        add(SCMP_ACT_TRAP, call, comparisons...);
    }
    void fails(int call, int error) {
        if (!sanitized) add(SCMP_ACT_ERRNO(static_cast<std::uint16_t>(error)), call);
    }
    [[nodiscard]] bool load() { return good_ && ::seccomp_load(context_) == 0; }

private:
    template <class... Comparisons>
    void add(std::uint32_t action, int call, Comparisons... comparisons) {
        // Calls that this machine's kernel does not have need no rule.
        if (int const added = ::seccomp_rule_add(context_, action, call, sizeof...(comparisons), comparisons...);
            added != 0 && added != -EDOM)
            good_ = false;
    }
    scmp_filter_ctx context_;
    bool good_ = true;
};

scmp_arg_cmp argument(unsigned index, scmp_compare how, scmp_datum_t a, scmp_datum_t b = 0) {
    return {index, how, a, b};
}

void add_rules_for_opening(Filter& filter) {
    constexpr scmp_datum_t changes = O_ACCMODE | O_CREAT | O_TRUNC;
    struct {
        int call;
        unsigned flags;
    } constexpr opening[] = {{SCMP_SYS(open), 1}, {SCMP_SYS(openat), 2}};
    for (auto const& [call, flags] : opening) {
        filter.allow(call, argument(flags, SCMP_CMP_MASKED_EQ, changes, O_RDONLY));
        filter.fatal(call, argument(flags, SCMP_CMP_MASKED_EQ, O_ACCMODE, O_WRONLY));
        filter.fatal(call, argument(flags, SCMP_CMP_MASKED_EQ, O_ACCMODE, O_RDWR));
    }
    filter.fails(SCMP_SYS(openat2), ENOSYS);
}

void add_rules_for_processes(Filter& filter) {
    auto const own = static_cast<scmp_datum_t>(::getpid());
    for (int const call : {SCMP_SYS(kill), SCMP_SYS(tgkill)}) {  // raise and abort signal the process itself
        filter.allow(call, argument(0, SCMP_CMP_EQ, own));
        filter.fatal(call, argument(0, SCMP_CMP_NE, own));
    }
    filter.fails(SCMP_SYS(clone3), ENOSYS);  // its flags are behind a pointer; glibc falls back to clone
    if (sanitized)
        filter.fatal(SCMP_SYS(clone), argument(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
    else
        filter.fatal(SCMP_SYS(clone));
}

bool restrict_system_calls() {
    catch_violations();
    Filter filter;
    for (int const call : allowed_calls)
        filter.allow(call);
    for (int const call : fatal_calls)
        filter.fatal(call);
    add_rules_for_opening(filter);
    add_rules_for_processes(filter);
    for (int const command : {F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC})
        filter.allow(SCMP_SYS(fcntl), argument(1, SCMP_CMP_EQ, static_cast<scmp_datum_t>(command)));
    filter.allow(SCMP_SYS(prlimit64), argument(2, SCMP_CMP_EQ, 0));  // reading limits, not setting them
    filter.fails(SCMP_SYS(ioctl), ENOTTY);
    return filter.load();
}

std::string because(char const* what) {
    return std::string(what) + ": " + std::generic_category().message(errno);
}

}  // namespace

void close_other_descriptors() {
    (void)::syscall(SYS_close_range, worker_growth + 1, ~0U, 0);
}

Sandbox enter_sandbox(SandboxRequest const& request) {
    Sandbox sandbox;
    (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!set_limits(request)) return {0, false, because("limits could not be set")};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return {0, false, because("privileges could not be given up")};
    int const version = landlock_version();
    if (version == 0 && !request.allow_unsandboxed)
        return {0, false,
                "this kernel has no Landlock, which keeps plugins from files; --allow-unsandboxed runs them without"};
    if (version > 0 && !restrict_files(version, request.readable))
        return {0, false, because("Landlock refused its rules")};
    sandbox.landlock = version;
    sandbox.seccomp = restrict_system_calls();
    if (!sandbox.seccomp && !request.allow_unsandboxed)
        sandbox.problem =
            "this kernel has no system call filter, which keeps plugins from the network; "
            "--allow-unsandboxed runs them without";
    return sandbox;
}

void report_status(WorkerStatus status) noexcept {
    char const byte = static_cast<char>(status);
    (void)!::write(worker_status, &byte, 1);
}

}  // namespace dossier::worker
