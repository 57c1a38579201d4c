// Options of the commands on plugins and the machine: plugins, doctor.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "command_line.hpp"
#include "commands.hpp"

namespace dossier {

void declare_plugins(CommandLine& line) {
    auto const options = std::make_shared<PluginsOptions>();
    auto& plugins = *options;
    auto* plugins_app = line.app.add_subcommand("plugins", "the reports and formats that are installed");
    plugins_app->require_subcommand(1);
    auto* list_app = plugins_app->add_subcommand("list", "name them; runs none of their code");
    add_common(*list_app, plugins);
    add_plugins(*list_app, plugins);
    list_app->add_flag("--json", plugins.json, "for programs");
    list_app->callback([&line, options] { line.exit_code = guarded(plugins_list_command, *options); });
    auto* info_app = plugins_app->add_subcommand("info", "options and abilities of one");
    info_app->add_flag("--json", plugins.json, "for programs");
    auto* verify_app =
        plugins_app->add_subcommand("verify", "load each in the sandbox, and see that all is as it says");
    verify_app->add_option("--lock", plugins.lock, "a lock file that must list them")->check(CLI::ExistingFile);
    auto* retry_app = plugins_app->add_subcommand("retry", "try one again that crashed, or that was switched off");
    auto* disable_app = plugins_app->add_subcommand("disable", "switch one off, until it is tried again");
    auto* lock_app = plugins_app->add_subcommand("lock", "print a lock file that lists all of them");
    std::vector<std::pair<CLI::App*, int (*)(PluginsOptions const&)>> const plugin_commands{
        {info_app, plugins_info_command},
        {verify_app, plugins_verify_command},
        {retry_app, plugins_retry_command},
        {disable_app, plugins_disable_command},
        {lock_app, plugins_lock_command}};
    for (auto const& [command, function] : plugin_commands) {
        add_common(*command, plugins);
        add_plugins(*command, plugins);
        command->callback([&line, options, function = function] { line.exit_code = guarded(function, *options); });
    }
    for (auto* command : {info_app, retry_app, disable_app})
        command->add_option("name", plugins.name, "of a report, format or engine")->required();
}

void declare_doctor(CommandLine& line) {
    auto const options = std::make_shared<CommonOptions>();
    auto& doctor = *options;
    auto* doctor_app = line.app.add_subcommand("doctor", "what this machine and this installation can do, tried out");
    doctor_app->description(
        "Try out what runs need: the sandbox, every plugin, every format with words of many scripts, folders and "
        "room.\n\n"
        "Example:\n"
        "  dossier doctor --quiet    only what is not as it should be\n");
    add_common(*doctor_app, doctor);
    add_plugins(*doctor_app, doctor);
    doctor_app->callback([&line, options] { line.exit_code = guarded(doctor_command, *options); });
}

}  // namespace dossier
