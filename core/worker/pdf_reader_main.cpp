// dossier-pdf-reader: started by dossier, once per PDF; reads its request and the file from standard input. A PDF is a
// program for a large library: it is looked at only once the sandbox stands.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "channel.hpp"
#include "dossier/model/bytes.hpp"
#include "dossier/plugin/build_identity.hpp"
#include "dossier/plugin/frames.hpp"
#include "dossier/plugin/pdf_frames.hpp"
#include "pdf_text.hpp"
#include "sandbox.hpp"
#include "sanitizer_options.hpp"

namespace {

namespace worker = dossier::worker;

constexpr std::uint64_t max_file_bytes = std::uint64_t{1} << 31;  // poppler counts them in an int

struct Work {
    dossier::PdfRequest request;
    std::string bytes;  ///< of the PDF
};

std::optional<Work> take_work() {
    worker::FrameSource input(dossier::worker_input, dossier::worker_growth);
    auto const first = input.next();
    auto const request = first && first->kind == dossier::FrameKind::request
                             ? dossier::decode_pdf_request(first->payload)
                             : std::nullopt;
    if (!request || request->file_bytes > max_file_bytes) return std::nullopt;
    Work work{*request, {}};
    work.bytes.reserve(request->file_bytes);
    while (work.bytes.size() < request->file_bytes) {
        auto const frame = input.next();
        if (!frame || frame->kind != dossier::FrameKind::bytes) return std::nullopt;
        work.bytes += frame->payload;
    }
    return work;
}

/// Puts up the sandbox and tells the host what stands. False: not all that was asked for.
bool enter_sandbox(dossier::PdfRequest const& request, worker::FrameWriter& output) {
    worker::SandboxRequest wanted;
    wanted.readable = {"/usr/share/poppler"};  // encodings of CJK fonts
    wanted.seconds = request.seconds;
    wanted.memory_bytes = request.memory_bytes;
    wanted.allow_unsandboxed = request.allow_unsandboxed;
    auto const sandbox = worker::enter_sandbox(wanted);
    std::string state;
    dossier::put(state, static_cast<std::uint32_t>(sandbox.landlock));
    dossier::put(state, static_cast<std::uint8_t>(sandbox.seccomp));
    output.send(dossier::FrameKind::sandbox, state);
    if (!sandbox.problem.empty())
        output.send(dossier::FrameKind::error,
                    dossier::encode_error({dossier::WorkerError::sandbox, sandbox.problem, {}}));
    output.flush();
    return sandbox.problem.empty();
}

}  // namespace

int main(int n_arguments, char** arguments) {
    if (n_arguments == 2 && std::string_view(arguments[1]) == "--identity")
        return std::puts(dossier::build_identity().c_str()) < 0 ? 1 : 0;
    if (::fcntl(dossier::worker_status, F_GETFD) < 0) {
        std::fputs("dossier-pdf-reader reads PDF files for dossier, which starts it; it is of no use alone\n", stderr);
        return 2;
    }
    worker::close_other_descriptors();
    ::signal(SIGPIPE, SIG_IGN);
    worker::report_status(dossier::WorkerStatus::started);
    auto const work = take_work();
    worker::FrameWriter output(dossier::worker_output);
    bool const done =
        work && enter_sandbox(work->request, output) && worker::send_pdf_text(work->bytes, work->request, output);
    ::_exit(done ? 0 : 1);
}
