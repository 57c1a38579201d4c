#include "loaded_plugin.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include "dossier/model/digest.hpp"
#include "dossier/plugin/abi_text.hpp"

namespace dossier::worker {
namespace {

constexpr char const* entry_name = "dossier_plugin_entry";
constexpr std::size_t max_components = 256, max_options = 256, max_choices = 1024;

LoadedPlugin refused(std::string problem) {
    return {nullptr, std::move(problem)};
}

/// A plugin's file, held open from the check to the load, so that no other can take its place in between.
class PluginFile {
public:
    explicit PluginFile(std::string const& path)
        : descriptor_(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)), error_(errno) {}
    PluginFile(PluginFile const&) = delete;
    PluginFile& operator=(PluginFile const&) = delete;
    // Never closed: the loader's path leads through the descriptor.

    [[nodiscard]] std::string differs_from(WorkRequest const& request) const {
        if (descriptor_ < 0) return "it cannot be opened: " + std::generic_category().message(error_);
        struct stat status {};
        if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return "it is not a regular file";
        bool const same =
            static_cast<std::uint64_t>(status.st_size) == request.plugin_size && sha256() == request.plugin_sha256;
        return same ? std::string() : "it was changed since it was listed";
    }
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    [[nodiscard]] std::string sha256() const {
        Sha256 digest;
        std::vector<char> bytes(32 * 1024);
        while (true) {
            auto const got = ::read(descriptor_, bytes.data(), bytes.size());
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return digest.hex();
            digest.update({bytes.data(), static_cast<std::size_t>(got)});
        }
    }
    int descriptor_;
    int error_;
};

/// Boost's message wraps the loader's in words of its own and ends in an unrelated errno text: keep the loader's.
std::string loader_message(std::string_view message, std::string const& path, std::string const& shown_path) {
    constexpr std::string_view begin = "dlerror system message: ";
    if (auto const at = message.find(begin); at != std::string_view::npos) message.remove_prefix(at + begin.size());
    if (auto const at = message.rfind("): "); at != std::string_view::npos) message = message.substr(0, at);
    std::string text(message);
    for (auto at = text.find(path); at != std::string::npos; at = text.find(path, at + shown_path.size()))
        text.replace(at, path.size(), shown_path);
    return text;
}

std::string version_text(unsigned major, unsigned minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

std::string other_abi(unsigned major, unsigned minor) {
    return "it was built for plugin ABI " + version_text(major, minor) + ", this Dossier offers " +
           version_text(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR);
}

bool is_component(dossier_component const* component) {
    if (component == nullptr || component->size < sizeof *component) return false;
    if (component->create == nullptr || component->destroy == nullptr) return false;
    switch (component->kind) {
        case DOSSIER_COMPONENT_REPORT: return component->run != nullptr;
        case DOSSIER_COMPONENT_FORMAT: return component->open != nullptr;
        case DOSSIER_COMPONENT_ENGINE: return component->judge != nullptr;
        default: return false;
    }
}

std::string component_text(ComponentKind kind, std::string_view name) {
    return std::string(name_of(kind)) + " `" + std::string(name) + "`";
}

/// What is wrong with a plugin's table; empty if nothing is.
std::string unfit(dossier_plugin const& plugin, LoadedPlugin const& loaded, WorkRequest const& request) {
    if (plugin.abi_major != DOSSIER_ABI_MAJOR || plugin.abi_minor > DOSSIER_ABI_MINOR)
        return other_abi(plugin.abi_major, plugin.abi_minor);
    if (plugin.size < sizeof plugin) return "its plugin table is smaller than version 1.0 says";
    if (plugin.n_components == 0 || plugin.n_components > max_components || plugin.components == nullptr)
        return "its plugin table holds no components";
    for (std::size_t i = 0; i < plugin.n_components; ++i) {
        if (!is_component(plugin.components[i]))
            return "component " + std::to_string(i + 1) + " of its table is malformed";
        if (plugin.components[i]->doc_model > DOSSIER_DOC_MODEL)
            return "it was written for document model " + std::to_string(plugin.components[i]->doc_model) +
                   ", this Dossier offers " + std::to_string(DOSSIER_DOC_MODEL);
    }
    if (view(plugin.name) != request.plugin_name)
        return "its metadata call it `" + request.plugin_name + "`, its table `" + std::string(view(plugin.name)) + "`";
    if (view(plugin.version) != request.plugin_version)
        return "its metadata say version " + request.plugin_version + ", its table " +
               std::string(view(plugin.version));
    if (plugin.abi_major != request.abi_major || plugin.abi_minor != request.abi_minor)
        return "its metadata say plugin ABI " + version_text(request.abi_major, request.abi_minor) + ", its table " +
               version_text(plugin.abi_major, plugin.abi_minor);
    for (auto const& provided : request.provides)
        if (loaded.find(provided.kind, provided.name) == nullptr)
            return "its metadata promise " + component_text(provided.kind, provided.name) + ", which its table lacks";
    return {};
}

OptionType type_of(std::uint32_t type, std::string& problem) {
    switch (type) {
        case DOSSIER_INTEGER: return OptionType::integer;
        case DOSSIER_REAL: return OptionType::real;
        case DOSSIER_TEXT: return OptionType::text;
        case DOSSIER_BOOLEAN: return OptionType::boolean;
        default: problem = "an option is of unknown type " + std::to_string(type); return OptionType::text;
    }
}

OptionScalar scalar_of(dossier_value const& value) {
    switch (value.type) {
        case DOSSIER_BOOLEAN: return value.boolean != 0;
        case DOSSIER_INTEGER: return value.integer;
        case DOSSIER_REAL: return value.real;
        default: return std::string(view(value.text));
    }
}

OptionDeclaration declaration_of(dossier_option const& option, std::string& problem) {
    OptionDeclaration declaration;
    declaration.key = view(option.key);
    declaration.type = type_of(option.type, problem);
    if (option.default_value.type != option.type)
        problem = "the default of option \"" + declaration.key + "\" is not of its type";
    declaration.fallback = scalar_of(option.default_value);
    declaration.minimum = option.minimum, declaration.maximum = option.maximum;
    if (option.n_choices > max_choices || (option.choices == nullptr && option.n_choices != 0))
        problem = "the choices of option \"" + declaration.key + "\" are malformed";
    else
        for (std::size_t i = 0; i < option.n_choices; ++i)
            declaration.choices.emplace_back(view(option.choices[i]));
    declaration.doc = view(option.doc);
    return declaration;
}

}  // namespace

dossier_component const* LoadedPlugin::find(ComponentKind kind, std::string_view name) const noexcept {
    for (std::size_t i = 0; table != nullptr && i < table->n_components; ++i) {
        auto const* const component = table->components[i];
        if (component->kind == abi_kind(kind) && view(component->name) == name) return component;
    }
    return nullptr;
}

LoadedPlugin load_plugin(WorkRequest const& request) {
    PluginFile const file(request.plugin_path);
    if (auto problem = file.differs_from(request); !problem.empty()) return refused(std::move(problem));
    auto const shown = std::filesystem::path(request.plugin_path).filename().string();
    try {
        // Lives as long as the process: objects of the plugin may be in use until then.
        static auto* library = new boost::dll::shared_library();
        library->load(file.path(), boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
        if (!library->has(entry_name)) return refused("it does not export dossier_plugin_entry");
        auto& entry = library->get<dossier_plugin const*(std::uint32_t, std::uint32_t)>(entry_name);
        LoadedPlugin loaded{entry(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR), {}};
        if (loaded.table == nullptr)
            return refused("it declines to work with plugin ABI " + version_text(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR));
        if (auto problem = unfit(*loaded.table, loaded, request); !problem.empty()) return refused(std::move(problem));
        return loaded;
    } catch (std::exception const& error) {
        return refused(loader_message(error.what(), file.path(), shown));
    } catch (...) {
        return refused("it let an exception of unknown type escape while it was loaded");
    }
}

ComponentDescription describe(dossier_component const& component, std::string& problem) {
    ComponentDescription description;
    description.kind = component_kind(component.kind).value_or(ComponentKind::report);  // is_component has checked it
    description.name = view(component.name), description.summary = view(component.summary);
    description.carries = component.carries;
    description.media_type = view(component.media_type);
    description.several_files = component.several_files != 0;
    if (component.n_options > max_options || (component.options == nullptr && component.n_options != 0)) {
        problem = "its options are malformed";
        return description;
    }
    // Options lie as far apart as the plugin's struct is large.
    auto const* next = reinterpret_cast<char const*>(component.options);
    for (std::size_t i = 0; i < component.n_options; ++i, next += component.options->size) {
        auto const& option = *reinterpret_cast<dossier_option const*>(next);
        if (option.size < sizeof option) {
            problem = "an option's struct is smaller than version 1.0 says";
            return description;
        }
        description.options.push_back(declaration_of(option, problem));
    }
    return description;
}

std::vector<ComponentDescription> describe(dossier_plugin const& plugin, std::string& problem) {
    std::vector<ComponentDescription> descriptions;
    for (std::size_t i = 0; i < plugin.n_components && problem.empty(); ++i)
        descriptions.push_back(describe(*plugin.components[i], problem));
    return descriptions;
}

}  // namespace dossier::worker
