#include "dossier/plugin/elf_metadata.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace dossier {
namespace {

constexpr std::string_view section_name = "dossier_meta";
constexpr std::size_t max_metadata_bytes = 16 * 1024;
constexpr std::size_t max_components = 256;

// The parts of ELF64 that are needed (System V ABI, chapter 4), by offset.
constexpr std::size_t header_size = 64;
constexpr std::size_t section_header_size = 64;
constexpr std::uint16_t type_shared_object = 3;  // ET_DYN
constexpr std::uint32_t section_no_bits = 8;     // SHT_NOBITS: has a size, but no bytes in the file

/// A number at `offset`; nullopt if it does not lie within the file.
template <class Number>
std::optional<Number> number_at(std::string_view file, std::uint64_t offset) {
    if (offset > file.size() || file.size() - offset < sizeof(Number)) return std::nullopt;
    Number number;
    std::memcpy(&number, file.data() + offset, sizeof number);
    return number;
}

std::optional<std::string_view> bytes_at(std::string_view file, std::uint64_t offset, std::uint64_t size) {
    if (offset > file.size() || file.size() - offset < size) return std::nullopt;
    return file.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
}

struct Section {
    std::uint32_t name = 0;  ///< offset in the section of names
    std::uint32_t type = 0;
    std::uint64_t offset = 0, size = 0;
};

std::optional<Section> section_at(std::string_view file, std::uint64_t offset) {
    auto const bytes = bytes_at(file, offset, section_header_size);
    if (!bytes) return std::nullopt;
    return Section{*number_at<std::uint32_t>(*bytes, 0), *number_at<std::uint32_t>(*bytes, 4),
                   *number_at<std::uint64_t>(*bytes, 24), *number_at<std::uint64_t>(*bytes, 32)};
}

MetadataReading refused(std::string problem) {
    return {std::nullopt, std::move(problem)};
}

constexpr std::uint16_t own_machine() {
#if defined(__x86_64__)
    return 62;
#elif defined(__aarch64__)
    return 183;
#elif defined(__riscv)
    return 243;
#elif defined(__powerpc64__)
    return 21;
#else
    return 0;  // not checked
#endif
}

/// nullopt if the header is that of a shared library for this machine; else what it is.
std::optional<std::string> unfit_header(std::string_view file) {
    if (!file.starts_with("\177ELF")) return "is not an ELF file";
    if (file.size() < header_size) return "is cut off in its ELF header";
    if (file[4] != 2) return "is not a 64-bit ELF file";
    char const own_order = std::endian::native == std::endian::little ? 1 : 2;
    if (file[5] != own_order) return "is built for a machine of another byte order";
    if (*number_at<std::uint16_t>(file, 16) != type_shared_object) return "is not a shared library";
    if (own_machine() != 0 && *number_at<std::uint16_t>(file, 18) != own_machine())
        return "is built for another kind of machine";
    if (*number_at<std::uint16_t>(file, 58) != section_header_size) return "has damaged section headers";
    return std::nullopt;
}

bool is_named(std::string_view names, std::uint32_t offset) {
    return offset < names.size() && names.substr(offset, section_name.size() + 1) ==
                                        std::string_view(section_name.data(), section_name.size() + 1);
}

/// A line of the metadata, taken apart.
struct Line {
    std::string_view key, value;
};

std::optional<Line> take_line(std::string_view& rest) {
    auto const end = std::min(rest.find('\n'), rest.size());
    auto const line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    auto const equals = line.find('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    return Line{line.substr(0, equals), line.substr(equals + 1)};
}

std::optional<unsigned> small_number(std::string_view text) {
    unsigned number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number > 9999) return std::nullopt;
    return number;
}

bool read_abi(std::string_view value, PluginMetadata& metadata) {
    auto const dot = value.find('.');
    if (dot == std::string_view::npos) return false;
    auto const major = small_number(value.substr(0, dot)), minor = small_number(value.substr(dot + 1));
    if (!major || !minor) return false;
    metadata.abi_major = *major, metadata.abi_minor = *minor;
    return true;
}

bool read_provides(std::string_view value, PluginMetadata& metadata) {
    auto const colon = value.find(':');
    if (colon == std::string_view::npos) return false;
    auto const kind = component_kind(value.substr(0, colon));
    auto const name = value.substr(colon + 1);
    if (!kind || !is_component_name(name)) return false;
    ProvidedComponent component{*kind, std::string(name)};
    if (std::find(metadata.provides.begin(), metadata.provides.end(), component) != metadata.provides.end())
        return false;
    metadata.provides.push_back(std::move(component));
    return metadata.provides.size() <= max_components;
}

bool read_interposes(std::string_view value, PluginMetadata& metadata) {
    metadata.interposes.emplace_back(value);
    return !value.empty() && metadata.interposes.size() <= max_components;
}

bool is_version(std::string_view value) {
    return !value.empty() && value.size() <= 64 &&
           std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < '\177'; });
}

}  // namespace

MetadataReading parse_plugin_metadata(std::string_view text) {
    if (text.size() > max_metadata_bytes) return refused("has metadata of more than 16 KiB");
    text = text.substr(0, std::min(text.find('\0'), text.size()));
    PluginMetadata metadata;
    bool has_abi = false;
    while (!text.empty()) {
        auto const line = take_line(text);
        if (!line) return refused("has metadata with a line that is not key=value");
        bool good = true;
        if (line->key == "abi")
            good = !has_abi && read_abi(line->value, metadata), has_abi = true;
        else if (line->key == "name")
            good = metadata.name.empty() && is_component_name(line->value), metadata.name = line->value;
        else if (line->key == "version")
            good = metadata.version.empty() && is_version(line->value), metadata.version = line->value;
        else if (line->key == "provides")
            good = read_provides(line->value, metadata);
        else if (line->key == "interposes")
            good = read_interposes(line->value, metadata);
        // Other keys are for newer hosts.
        if (!good) return refused("has metadata with an unusable \"" + std::string(line->key) + "\" line");
    }
    if (!has_abi) return refused("has metadata without \"abi\"");
    if (metadata.name.empty()) return refused("has metadata without \"name\"");
    if (metadata.version.empty()) return refused("has metadata without \"version\"");
    if (metadata.provides.empty()) return refused("has metadata without \"provides\"");
    return {std::move(metadata), {}};
}

MetadataReading read_plugin_metadata(std::string_view file) {
    if (auto unfit = unfit_header(file)) return refused(std::move(*unfit));
    auto const table = *number_at<std::uint64_t>(file, 40);
    auto const n_sections = *number_at<std::uint16_t>(file, 60);
    auto const names_index = *number_at<std::uint16_t>(file, 62);
    if (!bytes_at(file, table, std::uint64_t{n_sections} * section_header_size))
        return refused("is cut off: its section headers lie beyond its end");
    if (names_index >= n_sections) return refused("has damaged section headers");
    auto const section = [&](std::uint64_t index) { return section_at(file, table + index * section_header_size); };
    auto const names_section = section(names_index);
    auto const names = bytes_at(file, names_section->offset, names_section->size);
    if (!names) return refused("has damaged section headers");
    for (std::uint64_t index = 0; index < n_sections; ++index) {
        auto const candidate = section(index);
        if (!is_named(*names, candidate->name) || candidate->type == section_no_bits) continue;
        auto const text = bytes_at(file, candidate->offset, candidate->size);
        if (!text) return refused("is cut off: its metadata lies beyond its end");
        return parse_plugin_metadata(*text);
    }
    return refused("is no Dossier plugin: it has no section \"dossier_meta\"");
}

}  // namespace dossier
