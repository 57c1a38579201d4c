#include "component_run.hpp"

#include <string>
#include <utility>
#include <vector>

#include "engine_run.hpp"
#include "guarded_call.hpp"
#include "loaded_plugin.hpp"
#include "plugin_host.hpp"
#include "sandbox.hpp"

namespace dossier::worker {
namespace {

/// Option values in the shape of the ABI; borrows from the request.
std::vector<dossier_option_value> abi_values(std::vector<OptionValue> const& options) {
    std::vector<dossier_option_value> values;
    for (auto const& option : options) {
        dossier_option_value value{};
        value.size = sizeof value;
        value.key = {option.key.data(), option.key.size()};
        if (auto const* boolean = std::get_if<bool>(&option.value))
            value.value.type = DOSSIER_BOOLEAN, value.value.boolean = *boolean ? 1 : 0;
        if (auto const* integer = std::get_if<std::int64_t>(&option.value))
            value.value.type = DOSSIER_INTEGER, value.value.integer = *integer;
        if (auto const* real = std::get_if<double>(&option.value))
            value.value.type = DOSSIER_REAL, value.value.real = *real;
        if (auto const* text = std::get_if<std::string>(&option.value))
            value.value.type = DOSSIER_TEXT, value.value.text = {text->data(), text->size()};
        values.push_back(value);
    }
    return values;
}

/// Whether the values are those that the component declares, one by one.
bool fit_together(ComponentDescription const& component, std::vector<OptionValue> const& options) {
    if (component.options.size() != options.size()) return false;
    for (std::size_t i = 0; i < options.size(); ++i)
        if (component.options[i].key != options[i].key ||
            component.options[i].fallback.index() != options[i].value.index())
            return false;
    return true;
}

std::optional<ErrorFrame> run_report(dossier_component const& component, void* instance, PluginHost& host) {
    auto const sink = host.sink();
    auto problem = guarded(host, [&] { return component.run(instance, &host.table(), &sink); });
    if (problem) return problem;
    host.finish_flow();
    return host.failure(DOSSIER_OK);
}

/// Hands the document over block by block.
std::optional<ErrorFrame> feed(dossier_sink const& sink, PluginHost const& host, FrameSource& input) {
    BlockDecoder decoder;
    while (true) {
        auto const frame = input.next();
        auto const* const block = frame && frame->kind == FrameKind::block ? decoder.decode(frame->payload) : nullptr;
        if (block == nullptr) return ErrorFrame{WorkerError::component, "the document broke off", {}};
        if (auto problem = guarded(host, [&] { return sink.blocks(sink.context, block, 1); })) return problem;
        if (block->kind == DOSSIER_DOCUMENT_END) return std::nullopt;
    }
}

std::optional<ErrorFrame> run_format(dossier_component const& component, void* instance, PluginHost& host,
                                     FrameSource& input) {
    dossier_sink sink{};
    sink.size = sizeof sink;
    if (auto problem = guarded(host, [&] { return component.open(instance, &host.table(), &sink); })) return problem;
    if (sink.blocks == nullptr) return ErrorFrame{WorkerError::component, "it opened no sink", {}};
    return feed(sink, host, input);
}

std::optional<ErrorFrame> run_instance(WorkRequest const& request, dossier_component const& component, PluginHost& host,
                                       FrameSource& input, FrameWriter& output) {
    auto const values = abi_values(request.options);
    void* instance = nullptr;
    auto problem = guarded(host, [&] {
        return component.create(&host.table(), values.empty() ? nullptr : values.data(), values.size(), &instance);
    });
    if (problem) return problem;
    switch (request.mode) {
        case WorkMode::describe: break;
        case WorkMode::report: problem = run_report(component, instance, host); break;
        case WorkMode::format: problem = run_format(component, instance, host, input); break;
        case WorkMode::engine: problem = run_engine(component, instance, host, input, output); break;
    }
    if (problem) return problem;  // the instance is left alone: it may be in any state, and the process ends
    if (instance == nullptr) return std::nullopt;
    return guarded(host, [&] {
        component.destroy(instance);
        return dossier_status{DOSSIER_OK};
    });
}

ErrorFrame refused(std::string message) {
    return {WorkerError::refused, std::move(message), {}};
}

ComponentKind kind_for(WorkMode mode) {
    switch (mode) {
        case WorkMode::format: return ComponentKind::format;
        case WorkMode::engine: return ComponentKind::engine;
        case WorkMode::describe:
        case WorkMode::report: break;
    }
    return ComponentKind::report;
}

std::optional<ErrorFrame> run_component(WorkRequest const& request, LoadedPlugin const& plugin, FrameSource& input,
                                        FrameWriter& output) {
    auto const kind = kind_for(request.mode);
    auto const* const component = plugin.find(kind, request.component);
    if (component == nullptr)
        return refused("its table lacks " + std::string(name_of(kind)) + " `" + request.component + "`");
    std::string problem;
    auto const description = describe(*component, problem);
    if (!problem.empty()) return refused(std::move(problem));
    if (!fit_together(description, request.options)) return refused("its options are not those that it described");
    PluginHost host(output, description.several_files);
    bool const reads_analysis = kind == ComponentKind::report || !request.analysis_database.empty();
    if (reads_analysis && !host.analysis().open(request.analysis_database))
        return refused("the analysis cannot be read: " + host.analysis().problem());
    report_status(WorkerStatus::running);
    return run_instance(request, *component, host, input, output);
}

std::optional<ErrorFrame> describe_plugin(LoadedPlugin const& plugin, FrameWriter& output) {
    std::string problem;
    auto const components = describe(*plugin.table, problem);
    if (!problem.empty()) return refused(std::move(problem));
    output.send(FrameKind::description, encode_description(components));
    return std::nullopt;
}

}  // namespace

bool do_work(WorkRequest const& request, FrameSource& input, FrameWriter& output) {
    note_failed_allocations();
    report_status(WorkerStatus::loading);
    auto const plugin = load_plugin(request);
    std::optional<ErrorFrame> problem;
    if (plugin.table == nullptr)
        problem = refused(plugin.problem);
    else if (request.mode == WorkMode::describe)
        problem = describe_plugin(plugin, output);
    else
        problem = run_component(request, plugin, input, output);
    if (problem) {
        send_error(output, *problem);
        return false;
    }
    report_status(WorkerStatus::ending);
    return output.end();
}

void send_error(FrameWriter& output, ErrorFrame const& error) {
    output.send(FrameKind::error, encode_error(error));
    output.flush();
}

}  // namespace dossier::worker
