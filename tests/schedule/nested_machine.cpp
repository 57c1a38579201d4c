#include "nested_machine.hpp"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <map>

namespace dossier::test {
namespace {

namespace fs = std::filesystem;

void write(fs::path const& path, std::string const& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

constexpr char const* boot = R"(set -e
mount --make-rprivate /
for folder in /run /etc/systemd/system /etc/systemd/user /var/lib/systemd; do
    mkdir -p $folder
    mount -t tmpfs tmpfs $folder
done
mount -t proc proc /proc
umount -R /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir -p /run/systemd/system /run/systemd/unit-root /run/user/1
chown 1:1 /run/user/1
cp "$1"/units/* /run/systemd/system
export container=dossier-test SYSTEMD_UNIT_PATH=/run/systemd/system:/etc/systemd/system
exec /lib/systemd/systemd --system --unit=test.target --show-status=no
)";

/// Units by name; the targets are those that timers and services expect, without what they usually pull in.
std::map<std::string, std::string> units(fs::path const& work) {
    std::map<std::string, std::string> all;
    std::string const bare = "[Unit]\nDefaultDependencies=no\n";
    for (auto const* target : {"sysinit", "basic", "timers", "shutdown", "time-sync", "time-set", "sockets", "paths"})
        all[std::string(target) + ".target"] = bare;
    all["test.target"] = bare + "Wants=script.service\n";
    all["script.service"] = bare +
                            "SuccessAction=exit-force\nFailureAction=exit-force\n"
                            "[Service]\nType=oneshot\nTimeoutStartSec=200\n"
                            "Environment=PATH=/usr/sbin:/usr/bin:/sbin:/bin\n"
                            "StandardOutput=file:" +
                            (work / "out").string() + "\nStandardError=file:" + (work / "err").string() +
                            "\nExecStart=/bin/sh " + (work / "run.sh").string() + "\n";
    all["user-manager.service"] = bare +
                                  "[Service]\nType=notify\nUser=1\nDelegate=yes\n"
                                  "Environment=XDG_RUNTIME_DIR=/run/user/1 HOME=" +
                                  (work / "home").string() + "\nExecStart=/lib/systemd/systemd --user\n";
    return all;
}

bool is_there(char const* path) {
    return fs::exists(path);
}

std::string contents(fs::path const& path) {
    return fs::exists(path) ? bytes_of(path) : std::string();
}

}  // namespace

std::string why_no_nested_machine() {
    if (::geteuid() != 0) return "needs root, for namespaces";
    if (!is_there("/lib/systemd/systemd") || !is_there("/usr/bin/systemctl")) return "needs the package systemd";
    auto const tried =
        run_program({"unshare", "--mount", "--pid", "--fork", "--cgroup", "--uts", "--ipc", "--net", "sh", "-c",
                     "mount --make-rprivate / && mount -t tmpfs tmpfs /run && umount -R /sys/fs/cgroup && "
                     "mount -t cgroup2 cgroup2 /sys/fs/cgroup"});
    return tried.exit_code == 0 ? "" : "needs namespaces and cgroup2: " + tried.err;
}

ProcessResult run_in_nested_machine(fs::path const& work, std::string const& script) {
    for (auto const& [name, text] : units(work))
        write(work / "units" / name, text);
    write(work / "boot.sh", boot);
    write(work / "script.sh", script);
    write(work / "run.sh",
          "work='" + work.string() + "'\nexport work\n/bin/sh -u \"$work/script.sh\"\necho $? > \"$work/exit-code\"\n");
    fs::create_directories(work / "home");
    if (::chown((work / "home").c_str(), 1, 1) != 0) return {};
    (void)run_program({"unshare", "--mount", "--pid", "--fork", "--cgroup", "--uts", "--ipc", "--net", "--kill-child",
                       "sh", (work / "boot.sh").string(), work.string()},
                      {}, std::chrono::seconds(240));
    ProcessResult result;
    auto const code = contents(work / "exit-code");
    result.exit_code = code.empty() ? -1 : std::atoi(code.c_str());
    result.out = contents(work / "out");
    result.err = contents(work / "err");
    return result;
}

}  // namespace dossier::test
