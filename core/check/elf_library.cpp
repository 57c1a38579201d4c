#include "elf_library.hpp"

#include <elf.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace dossier::check {
namespace {

constexpr std::size_t max_names = 1000;  ///< of each list; who exports more has said enough

/// A struct at `offset`; nullopt if it does not lie within the file.
template <class Struct>
std::optional<Struct> struct_at(std::string_view file, std::uint64_t offset) {
    if (offset > file.size() || file.size() - offset < sizeof(Struct)) return std::nullopt;
    Struct read;
    std::memcpy(&read, file.data() + offset, sizeof read);
    return read;
}

std::optional<std::string_view> bytes_at(std::string_view file, std::uint64_t offset, std::uint64_t size) {
    if (offset > file.size() || file.size() - offset < size) return std::nullopt;
    return file.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
}

/// The text at `offset` of a table of names; empty if there is none.
std::string name_at(std::string_view names, std::uint64_t offset) {
    if (offset >= names.size()) return {};
    auto const rest = names.substr(static_cast<std::size_t>(offset));
    return std::string(rest.substr(0, rest.find('\0')));
}

ElfReading unreadable(char const* problem) {
    return {std::nullopt, problem};
}

class Reader {
public:
    Reader(std::string_view file, Elf64_Ehdr const& header) : file_(file), header_(header) {}

    ElfReading read() {
        if (!read_segments()) return unreadable("its program headers are damaged");
        if (header_.e_shentsize != sizeof(Elf64_Shdr)) return unreadable("its section headers are damaged");
        for (std::uint64_t i = 0; i < header_.e_shnum; ++i) {
            auto const section = section_at(i);
            if (!section) return unreadable("its section headers lie beyond its end");
            if (section->sh_type != SHT_DYNSYM && section->sh_type != SHT_DYNAMIC) continue;
            auto const content = bytes_at(file_, section->sh_offset, section->sh_size);
            auto const names = names_of(*section);
            if (!content || !names) return unreadable("its dynamic section lies beyond its end");
            section->sh_type == SHT_DYNSYM ? read_symbols(*content, *names) : read_dynamic(*content, *names);
        }
        return {std::move(library_), {}};
    }

private:
    bool read_segments() {
        if (header_.e_phnum != 0 && header_.e_phentsize != sizeof(Elf64_Phdr)) return false;
        for (std::uint64_t i = 0; i < header_.e_phnum; ++i) {
            auto const segment = struct_at<Elf64_Phdr>(file_, header_.e_phoff + i * sizeof(Elf64_Phdr));
            if (!segment) return false;
            if (segment->p_type == PT_GNU_STACK && (segment->p_flags & PF_X) != 0) library_.executable_stack = true;
        }
        return true;
    }
    [[nodiscard]] std::optional<Elf64_Shdr> section_at(std::uint64_t index) const {
        return struct_at<Elf64_Shdr>(file_, header_.e_shoff + index * sizeof(Elf64_Shdr));
    }
    [[nodiscard]] std::optional<std::string_view> names_of(Elf64_Shdr const& section) const {
        auto const names = section_at(section.sh_link);
        return names ? bytes_at(file_, names->sh_offset, names->sh_size) : std::nullopt;
    }
    void read_symbols(std::string_view content, std::string_view names) {
        for (std::uint64_t at = 0; auto const symbol = struct_at<Elf64_Sym>(content, at); at += sizeof(Elf64_Sym)) {
            auto const binding = ELF64_ST_BIND(symbol->st_info), visibility = ELF64_ST_VISIBILITY(symbol->st_other);
            if (symbol->st_shndx == SHN_UNDEF || visibility == STV_HIDDEN || visibility == STV_INTERNAL) continue;
            if (binding == STB_GNU_UNIQUE)
                add(library_.unique, name_at(names, symbol->st_name));
            else if (binding == STB_GLOBAL || binding == STB_WEAK)
                add(library_.exported, name_at(names, symbol->st_name));
        }
    }
    void read_dynamic(std::string_view content, std::string_view names) {
        for (std::uint64_t at = 0; auto const entry = struct_at<Elf64_Dyn>(content, at); at += sizeof(Elf64_Dyn)) {
            switch (entry->d_tag) {
                case DT_NULL: return;
                case DT_NEEDED: add(library_.needed, name_at(names, entry->d_un.d_val)); break;
                case DT_RPATH:
                case DT_RUNPATH: library_.run_path = name_at(names, entry->d_un.d_val); break;
                case DT_TEXTREL: library_.text_relocations = true; break;
                case DT_FLAGS:
                    if ((entry->d_un.d_val & DF_TEXTREL) != 0) library_.text_relocations = true;
                    break;
                default: break;
            }
        }
    }
    static void add(std::vector<std::string>& list, std::string name) {
        if (list.size() < max_names) list.push_back(std::move(name));
    }

    std::string_view file_;
    Elf64_Ehdr header_;
    ElfLibrary library_;
};

}  // namespace

ElfReading read_elf_library(std::string_view file) {
    auto const header = struct_at<Elf64_Ehdr>(file, 0);
    if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return unreadable("it is not an ELF file");
    if (header->e_ident[EI_CLASS] != ELFCLASS64) return unreadable("it is not a 64-bit ELF file");
    return Reader(file, *header).read();
}

}  // namespace dossier::check
