// dossier-check-plugin: tries a plugin out against the rules of docs/conformance.md.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "child.hpp"
#include "results.hpp"
#include "runner.hpp"
#include "sanitizer_options.hpp"

namespace {

namespace check = dossier::check;

enum ExitStatus { all_kept = 0, some_broken = 1, no_use = 2 };

struct Arguments {
    check::CheckOptions options;
    bool list = false;
    std::string junit;
    std::string child, component, analyses;  ///< set by the kit when it starts itself again
};

void declare(CLI::App& app, Arguments& arguments) {
    app.add_option("FILE", arguments.options.plugin_path, "The plugin, a shared library");
    app.add_flag("--list", arguments.list, "Show the rules and end");
    app.add_option("--rule", arguments.options.only, "Try this rule only, and what it needs; may be given again")
        ->allow_extra_args(false);
    app.add_option("--seed", arguments.options.seed, "Begin the generated documents with another number")
        ->capture_default_str();
    app.add_option("--timeout", arguments.options.timeout, "Seconds that each trial may take")
        ->check(CLI::Range(0.1, 86400.0))
        ->capture_default_str();
    app.add_flag("--thorough", arguments.options.thorough,
                 "Try every position and more documents, not a sample (DOSSIER_LONG=1 does the same)");
    app.add_flag("--in-process", arguments.options.in_process,
                 "Try the rules in this process, without sandbox, for a debugger");
    app.add_option("--junit", arguments.junit, "Write the results to this file as well, as JUnit XML");
    app.add_option("--child", arguments.child)->group("");
    app.add_option("--component", arguments.component)->group("");
    app.add_option("--analyses", arguments.analyses)->group("");
}

int list_rules() {
    for (auto const& rule : check::all_rules())
        std::printf("%s %s\n", rule.code, rule.title);
    return all_kept;
}

int refuse(std::string const& why) {
    std::fprintf(stderr, "dossier-check-plugin: %s\n", why.c_str());
    return no_use;
}

int be_child(Arguments const& arguments) {
    auto const* const rule = check::find_rule(arguments.child);
    if (rule == nullptr) return no_use;
    check::Trial trial{
        arguments.options.plugin_path, {}, arguments.analyses, arguments.options.seed, arguments.options.thorough};
    if (auto const colon = arguments.component.find(':'); colon != std::string::npos)
        trial.component = {dossier::component_kind(std::string_view(arguments.component).substr(0, colon)).value(),
                           arguments.component.substr(colon + 1)};
    return check::work_as_child(*rule, std::move(trial), arguments.options.timeout);
}

int check_file(Arguments& arguments) {
    auto& options = arguments.options;
    if (options.plugin_path.empty()) return refuse("name the plugin's file");
    std::error_code error;
    if (!std::filesystem::is_regular_file(options.plugin_path, error))
        return refuse(options.plugin_path + " is not a file");
    options.plugin_path = std::filesystem::canonical(options.plugin_path).string();
    for (auto const& code : options.only)
        if (check::find_rule(code) == nullptr) return refuse("there is no rule " + code + "; --list shows them");
    std::vector<check::Result> results;
    bool const good = check::check_plugin(options, [&](check::Result const& result) {
        std::cout << check::line_of(result) << std::endl;
        results.push_back(result);
    });
    std::cout << check::sum_of(results) << std::endl;
    if (!arguments.junit.empty() &&
        !(std::ofstream(arguments.junit, std::ios::binary) << check::junit_of(results, options.plugin_path)))
        return refuse("cannot write " + arguments.junit);
    return good ? all_kept : some_broken;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Tries a plugin out against the rules that Dossier's plugins keep. Each rule has a code and a section in "
        "docs/conformance.md.",
        "dossier-check-plugin");
    Arguments arguments;
    arguments.options.timeout = 120.0;
    auto const* const all = std::getenv("DOSSIER_LONG");
    arguments.options.thorough = all != nullptr && std::string_view(all) == "1";
    declare(app, arguments);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? all_kept : no_use;
    }
    try {
        if (arguments.list) return list_rules();
        return arguments.child.empty() ? check_file(arguments) : be_child(arguments);
    } catch (std::exception const& error) {
        return refuse(error.what());
    }
}
