#include "dossier/plugin/plugin_lock.hpp"

#include <algorithm>
#include <string_view>

#include "dossier/model/file_bytes.hpp"

namespace dossier {
namespace {

constexpr std::size_t max_bytes = 1u << 20;
constexpr std::size_t digest_length = 64;

bool is_digest(std::string_view text) {
    return text.size() == digest_length && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

PluginLock read_plugin_lock(std::filesystem::path const& file) {
    auto const bytes = read_file(file, max_bytes);
    if (bytes.problem != ReadProblem::none) return {{}, words_for(bytes.problem)};
    PluginLock lock;
    std::string_view rest = bytes.bytes;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.remove_suffix(1);
        if (line.empty() || line.front() == '#') continue;
        auto const digest = line.substr(0, digest_length);
        if (!is_digest(digest) || (line.size() > digest_length && line[digest_length] != ' '))
            return {{}, "line " + std::to_string(number) + " does not begin with a SHA-256 of 64 hex digits"};
        lock.sha256.emplace(digest);
    }
    return lock;
}

std::string plugin_lock_text(Catalogue const& catalogue) {
    std::vector<std::string> lines;
    for (auto const& plugin : catalogue.plugins)
        lines.push_back(plugin.metadata.name + " " + plugin.metadata.version + "\n" + plugin.sha256);
    std::sort(lines.begin(), lines.end());
    std::string text = "# plugins.lock: with `dossier run --locked` only these plugin files are run\n";
    for (auto const& line : lines) {
        auto const end_of_name = line.find('\n');
        text += line.substr(end_of_name + 1) + "  " + line.substr(0, end_of_name) + "\n";
    }
    return text;
}

void apply(PluginLock const& lock, Catalogue& catalogue) {
    for (auto& plugin : catalogue.plugins)
        if (!lock.lists(plugin))
            plugin.unusable = "is not listed in plugins.lock";  // a document says so, whatever the file's path
}

}  // namespace dossier
