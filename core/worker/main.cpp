// dossier-worker: started by dossier, once per report or format run; reads its request from standard input.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string_view>

#include "channel.hpp"
#include "component_run.hpp"
#include "dossier/model/bytes.hpp"
#include "dossier/plugin/build_identity.hpp"
#include "sandbox.hpp"
#include "sanitizer_options.hpp"

namespace {

namespace worker = dossier::worker;

worker::SandboxRequest sandbox_for(dossier::WorkRequest const& request) {
    worker::SandboxRequest sandbox;
    sandbox.readable = {request.plugin_path};
    if (!request.analysis_database.empty()) sandbox.readable.emplace_back(request.analysis_database);
    sandbox.seconds = request.seconds;
    sandbox.memory_bytes = request.memory_bytes;
    sandbox.allow_unsandboxed = request.allow_unsandboxed;
    return sandbox;
}

bool work(dossier::WorkRequest const& request, worker::FrameSource& input, worker::FrameWriter& output) {
    auto const sandbox = worker::enter_sandbox(sandbox_for(request));
    std::string state;
    dossier::put(state, static_cast<std::uint32_t>(sandbox.landlock));
    dossier::put(state, static_cast<std::uint8_t>(sandbox.seccomp));
    output.send(dossier::FrameKind::sandbox, state);
    output.flush();
    if (!sandbox.problem.empty()) {
        worker::send_error(output, {dossier::WorkerError::sandbox, sandbox.problem, {}});
        return false;
    }
    return worker::do_work(request, input, output);
}

}  // namespace

int main(int n_arguments, char** arguments) {
    if (n_arguments == 2 && std::string_view(arguments[1]) == "--identity")
        return std::puts(dossier::build_identity().c_str()) < 0 ? 1 : 0;
    if (::fcntl(dossier::worker_status, F_GETFD) < 0) {
        std::fputs("dossier-worker runs plugins for dossier, which starts it; it is of no use alone\n", stderr);
        return 2;
    }
    worker::close_other_descriptors();
    ::signal(SIGPIPE, SIG_IGN);
    worker::report_status(dossier::WorkerStatus::started);
    worker::FrameSource input(dossier::worker_input, dossier::worker_growth);
    worker::FrameWriter output(dossier::worker_output);
    auto const frame = input.next();
    auto const request =
        frame && frame->kind == dossier::FrameKind::request ? dossier::decode_request(frame->payload) : std::nullopt;
    bool const done = request && work(*request, input, output);
    // Not exit: destructors of a plugin's statics are the plugin's code, and nobody would check on them any more.
    ::_exit(done ? 0 : 1);
}
