// Preloaded into a program whose world shall fail: the n-th call of a kind ends in an error, is cut short, or kills.
//
//   FAULTY_CALLS   open, write, read, sync, rename, link, remove, resize, folder, mode, duplicate or close
//   FAULTY_NUMBER  which of them, from 1
//   FAULTY_ERROR   the errno as a number; -1: only half of the bytes; -2: SIGKILL before the call; -3: SIGKILL after it
//   FAULTY_STICKY  1: and all after it; interrupted calls (EINTR) go through when they are tried again
//   FAULTY_REPORT  a file that gets a line "fired CALLS PATH" the first time, and without FAULTY_CALLS at the end
//                  "count CALLS N" for each kind and "peak_descriptor N"
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind {
    KIND_OPEN,
    KIND_WRITE,
    KIND_READ,
    KIND_SYNC,
    KIND_RENAME,
    KIND_LINK,
    KIND_REMOVE,
    KIND_RESIZE,
    KIND_FOLDER,
    KIND_MODE,
    KIND_DUPLICATE,
    KIND_CLOSE,
    N_KINDS
};
static char const* const kind_names[N_KINDS] = {"open",   "write",  "read",   "sync", "rename",    "link",
                                                "remove", "resize", "folder", "mode", "duplicate", "close"};
enum { HALF = -1, KILL_BEFORE = -2, KILL_AFTER = -3, NOTHING = 0 };
enum { LAST_STANDARD_DESCRIPTOR = 2, REPORT_DESCRIPTOR = 900, PATH_BYTES = 600 };

static int faulty_kind = -1, faulty_error, sticky, report = -1;
static long faulty_number;
static atomic_long counts[N_KINDS];
static atomic_int fired, peak_descriptor;

static long number_of(char const* variable) {
    char const* const text = getenv(variable);
    return text == NULL ? 0 : strtol(text, NULL, 10);
}

__attribute__((constructor)) static void begin(void) {
    char const* const path = getenv("FAULTY_REPORT");
    if (path == NULL) return;
    int const opened = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    report = (int)syscall(SYS_fcntl, opened, F_DUPFD_CLOEXEC, REPORT_DESCRIPTOR);
    syscall(SYS_close, opened);
    faulty_number = number_of("FAULTY_NUMBER");
    faulty_error = (int)number_of("FAULTY_ERROR");
    sticky = (int)number_of("FAULTY_STICKY");
    char const* const name = getenv("FAULTY_CALLS");
    for (int kind = 0; name != NULL && kind < N_KINDS; ++kind)
        if (strcmp(name, kind_names[kind]) == 0) faulty_kind = kind;
}

static void say(char const* line, int size) {
    syscall(SYS_write, report, line, (size_t)size);
}

__attribute__((destructor)) static void end(void) {
    if (report < 0 || faulty_kind >= 0) return;
    char line[64];
    for (int kind = 0; kind < N_KINDS; ++kind)
        say(line, snprintf(line, sizeof line, "count %s %ld\n", kind_names[kind], atomic_load(&counts[kind])));
    say(line, snprintf(line, sizeof line, "peak_descriptor %d\n", atomic_load(&peak_descriptor)));
}

static void tell(enum kind kind, char const* path, int descriptor) {
    if (atomic_exchange(&fired, 1) != 0) return;
    char link[64], target[PATH_BYTES] = "?", line[PATH_BYTES + 64];
    if (path == NULL) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
        long const size = syscall(SYS_readlink, link, target, sizeof target - 1);
        if (size > 0) target[size] = '\0';
        path = target;
    }
    say(line, snprintf(line, sizeof line, "fired %s %.*s\n", kind_names[kind], PATH_BYTES, path));
}

/// What is to happen to this call: NOTHING, HALF, KILL_AFTER, or an errno. Kills itself where that is asked.
static int fault_of(enum kind kind, char const* path, int descriptor) {
    if (report < 0) return NOTHING;
    long const number = atomic_fetch_add(&counts[kind], 1) + 1;
    if ((int)kind != faulty_kind || number < faulty_number) return NOTHING;
    if (number > faulty_number && (!sticky || (faulty_error == EINTR && (number - faulty_number) % 2 != 0)))
        return NOTHING;
    tell(kind, path, descriptor);
    if (faulty_error == KILL_BEFORE) raise(SIGKILL);
    return faulty_error;
}

static void note_descriptor(long descriptor) {
    int seen = atomic_load(&peak_descriptor);
    while (descriptor > seen && !atomic_compare_exchange_weak(&peak_descriptor, &seen, (int)descriptor)) {
    }
}

#define REAL(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))
#define CALL(kind, path, descriptor, failed, call)          \
    do {                                                    \
        int const fault = fault_of(kind, path, descriptor); \
        if (fault > 0) return errno = fault, failed;        \
        __auto_type const result = call;                    \
        if (fault == KILL_AFTER) raise(SIGKILL);            \
        return result;                                      \
    } while (0)
#define CALL_OPEN(path, call)                            \
    do {                                                 \
        int const fault = fault_of(KIND_OPEN, path, -1); \
        if (fault > 0) return errno = fault, -1;         \
        int const result = call;                         \
        if (fault == KILL_AFTER) raise(SIGKILL);         \
        note_descriptor(result);                         \
        return result;                                   \
    } while (0)
#define MODE_ARGUMENT(flags)                                          \
    mode_t mode = 0;                                                  \
    if (((flags)&O_CREAT) != 0 || ((flags)&O_TMPFILE) == O_TMPFILE) { \
        va_list arguments;                                            \
        va_start(arguments, flags);                                   \
        mode = va_arg(arguments, mode_t);                             \
        va_end(arguments);                                            \
    }

int open(char const* path, int flags, ...) {
    MODE_ARGUMENT(flags)
    CALL_OPEN(path, REAL(open)(path, flags, mode));
}
int open64(char const* path, int flags, ...) {
    MODE_ARGUMENT(flags)
    CALL_OPEN(path, REAL(open64)(path, flags, mode));
}
int openat(int folder, char const* path, int flags, ...) {
    MODE_ARGUMENT(flags)
    CALL_OPEN(path, REAL(openat)(folder, path, flags, mode));
}
int openat64(int folder, char const* path, int flags, ...) {
    MODE_ARGUMENT(flags)
    CALL_OPEN(path, REAL(openat64)(folder, path, flags, mode));
}
int creat(char const* path, mode_t mode) {
    CALL_OPEN(path, REAL(creat)(path, mode));
}
int mkstemp(char* path) {
    CALL_OPEN(path, REAL(mkstemp)(path));
}
int mkostemp(char* path, int flags) {
    CALL_OPEN(path, REAL(mkostemp)(path, flags));
}
FILE* fopen(char const* path, char const* mode) {
    CALL(KIND_OPEN, path, -1, NULL, REAL(fopen)(path, mode));
}
FILE* fopen64(char const* path, char const* mode) {
    CALL(KIND_OPEN, path, -1, NULL, REAL(fopen64)(path, mode));
}
DIR* opendir(char const* path) {
    CALL(KIND_OPEN, path, -1, NULL, REAL(opendir)(path));
}

// Standard output and error are not files of the program.
#define CALL_BYTES(kind, descriptor, size, whole, half)             \
    do {                                                            \
        if ((descriptor) <= LAST_STANDARD_DESCRIPTOR) return whole; \
        int const fault = fault_of(kind, NULL, descriptor);         \
        if (fault > 0) return errno = fault, -1;                    \
        if (fault == HALF && (size) > 1) return half;               \
        ssize_t const result = whole;                               \
        if (fault == KILL_AFTER) raise(SIGKILL);                    \
        return result;                                              \
    } while (0)

ssize_t write(int descriptor, void const* bytes, size_t size) {
    CALL_BYTES(KIND_WRITE, descriptor, size, REAL(write)(descriptor, bytes, size),
               REAL(write)(descriptor, bytes, size / 2));
}
ssize_t pwrite(int descriptor, void const* bytes, size_t size, off_t offset) {
    CALL_BYTES(KIND_WRITE, descriptor, size, REAL(pwrite)(descriptor, bytes, size, offset),
               REAL(pwrite)(descriptor, bytes, size / 2, offset));
}
ssize_t pwrite64(int descriptor, void const* bytes, size_t size, off64_t offset) {
    CALL_BYTES(KIND_WRITE, descriptor, size, REAL(pwrite64)(descriptor, bytes, size, offset),
               REAL(pwrite64)(descriptor, bytes, size / 2, offset));
}
ssize_t writev(int descriptor, struct iovec const* parts, int n_parts) {
    CALL_BYTES(KIND_WRITE, descriptor, n_parts, REAL(writev)(descriptor, parts, n_parts),
               REAL(writev)(descriptor, parts, n_parts / 2));
}
ssize_t read(int descriptor, void* bytes, size_t size) {
    CALL_BYTES(KIND_READ, descriptor, size, REAL(read)(descriptor, bytes, size),
               REAL(read)(descriptor, bytes, size / 2));
}
ssize_t pread(int descriptor, void* bytes, size_t size, off_t offset) {
    CALL_BYTES(KIND_READ, descriptor, size, REAL(pread)(descriptor, bytes, size, offset),
               REAL(pread)(descriptor, bytes, size / 2, offset));
}
ssize_t pread64(int descriptor, void* bytes, size_t size, off64_t offset) {
    CALL_BYTES(KIND_READ, descriptor, size, REAL(pread64)(descriptor, bytes, size, offset),
               REAL(pread64)(descriptor, bytes, size / 2, offset));
}

int fsync(int descriptor) {
    CALL(KIND_SYNC, NULL, descriptor, -1, REAL(fsync)(descriptor));
}
int fdatasync(int descriptor) {
    CALL(KIND_SYNC, NULL, descriptor, -1, REAL(fdatasync)(descriptor));
}
int rename(char const* from, char const* to) {
    CALL(KIND_RENAME, to, -1, -1, REAL(rename)(from, to));
}
int renameat(int from_folder, char const* from, int to_folder, char const* to) {
    CALL(KIND_RENAME, to, -1, -1, REAL(renameat)(from_folder, from, to_folder, to));
}
int renameat2(int from_folder, char const* from, int to_folder, char const* to, unsigned flags) {
    CALL(KIND_RENAME, to, -1, -1, REAL(renameat2)(from_folder, from, to_folder, to, flags));
}
int link(char const* from, char const* to) {
    CALL(KIND_LINK, to, -1, -1, REAL(link)(from, to));
}
int linkat(int from_folder, char const* from, int to_folder, char const* to, int flags) {
    CALL(KIND_LINK, to, -1, -1, REAL(linkat)(from_folder, from, to_folder, to, flags));
}
int symlink(char const* target, char const* path) {
    CALL(KIND_LINK, path, -1, -1, REAL(symlink)(target, path));
}
int symlinkat(char const* target, int folder, char const* path) {
    CALL(KIND_LINK, path, -1, -1, REAL(symlinkat)(target, folder, path));
}
int unlink(char const* path) {
    CALL(KIND_REMOVE, path, -1, -1, REAL(unlink)(path));
}
int unlinkat(int folder, char const* path, int flags) {
    CALL(KIND_REMOVE, path, -1, -1, REAL(unlinkat)(folder, path, flags));
}
int rmdir(char const* path) {
    CALL(KIND_REMOVE, path, -1, -1, REAL(rmdir)(path));
}
int remove(char const* path) {
    CALL(KIND_REMOVE, path, -1, -1, REAL(remove)(path));
}
int truncate(char const* path, off_t size) {
    CALL(KIND_RESIZE, path, -1, -1, REAL(truncate)(path, size));
}
int ftruncate(int descriptor, off_t size) {
    CALL(KIND_RESIZE, NULL, descriptor, -1, REAL(ftruncate)(descriptor, size));
}
int ftruncate64(int descriptor, off64_t size) {
    CALL(KIND_RESIZE, NULL, descriptor, -1, REAL(ftruncate64)(descriptor, size));
}
int fallocate(int descriptor, int mode, off_t offset, off_t size) {
    CALL(KIND_RESIZE, NULL, descriptor, -1, REAL(fallocate)(descriptor, mode, offset, size));
}
int mkdir(char const* path, mode_t mode) {
    CALL(KIND_FOLDER, path, -1, -1, REAL(mkdir)(path, mode));
}
int mkdirat(int folder, char const* path, mode_t mode) {
    CALL(KIND_FOLDER, path, -1, -1, REAL(mkdirat)(folder, path, mode));
}
char* mkdtemp(char* path) {
    CALL(KIND_FOLDER, path, -1, NULL, REAL(mkdtemp)(path));
}
int chmod(char const* path, mode_t mode) {
    CALL(KIND_MODE, path, -1, -1, REAL(chmod)(path, mode));
}
int fchmod(int descriptor, mode_t mode) {
    CALL(KIND_MODE, NULL, descriptor, -1, REAL(fchmod)(descriptor, mode));
}
int pipe2(int ends[2], int flags) {
    CALL(KIND_DUPLICATE, "pipe", -1, -1, REAL(pipe2)(ends, flags));
}

#define DUPLICATE_OR_PASS_ON(name)                                                                          \
    va_list arguments;                                                                                      \
    va_start(arguments, command);                                                                           \
    void* const argument = va_arg(arguments, void*);                                                        \
    va_end(arguments);                                                                                      \
    if (command != F_DUPFD && command != F_DUPFD_CLOEXEC) return REAL(name)(descriptor, command, argument); \
    CALL(KIND_DUPLICATE, NULL, descriptor, -1, REAL(name)(descriptor, command, argument))

int fcntl(int descriptor, int command, ...) {
    DUPLICATE_OR_PASS_ON(fcntl);
}
int fcntl64(int descriptor, int command, ...) {
    DUPLICATE_OR_PASS_ON(fcntl64);
}
/// Closed it is all the same, as Linux does.
int close(int descriptor) {
    int const fault = fault_of(KIND_CLOSE, NULL, descriptor);
    int const result = REAL(close)(descriptor);
    if (fault == KILL_AFTER) raise(SIGKILL);
    return fault > 0 ? (errno = fault, -1) : result;
}
