#include "dossier/plugin/build_identity.hpp"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"

namespace dossier {
namespace {

constexpr std::size_t largest_program = std::size_t{1} << 30;

constexpr std::size_t padded(std::size_t size) noexcept {
    return (size + 3) / 4 * 4;
}

/// The build id among the notes of a loaded segment; empty: there is none.
std::string build_id_in(std::string_view notes) {
    while (notes.size() >= sizeof(ElfW(Nhdr))) {
        ElfW(Nhdr) head;
        std::memcpy(&head, notes.data(), sizeof head);
        notes.remove_prefix(sizeof head);
        auto const name_size = padded(head.n_namesz), size = padded(head.n_descsz);
        if (name_size > notes.size() || size > notes.size() - name_size) break;
        bool const is_gnu = head.n_namesz == 4 && notes.substr(0, 4) == std::string_view("GNU\0", 4);
        if (is_gnu && head.n_type == NT_GNU_BUILD_ID) return std::string(notes.substr(name_size, head.n_descsz));
        notes.remove_prefix(name_size + size);
    }
    return {};
}

std::string identity_of(dl_phdr_info const& object) {
    for (std::size_t i = 0; i < object.dlpi_phnum; ++i) {
        auto const& segment = object.dlpi_phdr[i];
        if (segment.p_type != PT_NOTE) continue;
        auto const* notes = reinterpret_cast<char const*>(object.dlpi_addr + segment.p_vaddr);
        if (auto id = build_id_in({notes, segment.p_memsz}); !id.empty()) return id;
    }
    bool const is_program = object.dlpi_name == nullptr || *object.dlpi_name == '\0';
    return sha256_hex(read_file(is_program ? "/proc/self/exe" : object.dlpi_name, largest_program).bytes);
}

int take_object(dl_phdr_info* object, std::size_t, void* identities) {
    std::string_view const name = object->dlpi_name == nullptr ? "" : object->dlpi_name;
    if (!name.starts_with("linux-vdso"))
        static_cast<std::vector<std::string>*>(identities)->push_back(identity_of(*object));
    return 0;
}

std::string find_identity() {
    std::vector<std::string> identities;
    ::dl_iterate_phdr(take_object, &identities);
    std::sort(identities.begin(), identities.end());
    Sha256 digest;
    for (auto const& identity : identities)
        digest.update(identity + '\n');
    return digest.hex();
}

bool is_sha256(std::string_view text) noexcept {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string const& build_identity() {
    static std::string const identity = find_identity();
    return identity;
}

std::string build_identity_of(std::filesystem::path const& program) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::string name = program.string(), option = "--identity";
    std::array<char*, 3> arguments{name.data(), option.data(), nullptr};
    pid_t process = 0;
    bool const started = ::posix_spawn(&process, name.c_str(), &actions, nullptr, arguments.data(), environ) == 0;
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    std::string answer(64, '\0');
    std::size_t n_read = 0;
    while (started && n_read < answer.size()) {
        auto const n = ::read(ends[0], answer.data() + n_read, answer.size() - n_read);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        n_read += static_cast<std::size_t>(n);
    }
    ::close(ends[0]);
    while (started && ::waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
    }
    return n_read == answer.size() && is_sha256(answer) ? answer : std::string();
}

}  // namespace dossier
