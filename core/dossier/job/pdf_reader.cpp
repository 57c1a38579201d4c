#include "dossier/job/pdf_reader.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "dossier/model/bytes.hpp"
#include "dossier/plugin/frames.hpp"
#include "dossier/plugin/pdf_frames.hpp"
#include "dossier/plugin/running_program.hpp"
#include "dossier/plugin/utf8.hpp"
#include "dossier/plugin/worker_process.hpp"
#include "dossier/sources/calendar.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t bytes_per_frame = std::size_t{1} << 20;
constexpr std::size_t max_reason_bytes = 300;
constexpr double grace_seconds = 2.0;  // the sandbox adds it to the limit of processor time

/// Request and file as the reader finds them on its standard input; closed if they could not be put there.
Descriptor input_with(PdfRequest const& request, std::string_view bytes) {
    Descriptor input(::memfd_create("dossier-pdf", MFD_CLOEXEC));
    std::string frame;
    put_frame(frame, FrameKind::request, encode_pdf_request(request));
    bool good = input.is_open() && write_all(input.number(), frame) == 0;
    for (std::size_t at = 0; good && at < bytes.size(); at += bytes_per_frame) {
        frame.clear();
        put_frame(frame, FrameKind::bytes, bytes.substr(at, bytes_per_frame));
        good = write_all(input.number(), frame) == 0;
    }
    if (!good || ::lseek(input.number(), 0, SEEK_SET) != 0) input.close();
    return input;
}

/// "D:20220403180542+02'00'" as "2022-04-03", as far as it is stated and is a date; empty: it is none.
std::string iso_date(std::string_view stated) {
    if (stated.starts_with("D:")) stated.remove_prefix(2);
    auto const n_digits = std::min(stated.find_first_not_of("0123456789"), stated.size());
    auto const number = [&](std::size_t at, std::size_t size) {
        int value = 0;
        for (std::size_t i = at; at + size <= n_digits && i < at + size; ++i)
            value = value * 10 + (stated[i] - '0');
        return value;
    };
    int const year = number(0, 4), month = number(4, 2), day = number(6, 2);
    if (year < 1980) return {};  // PDF is younger than that
    std::string date(stated.substr(0, 4));
    if (sources::is_date(year, month, 1)) date.append("-").append(stated.substr(4, 2));
    if (sources::is_date(year, month, day)) date.append("-").append(stated.substr(6, 2));
    return date;
}

/// A page's text without what would end a page or hide in a text.
std::string clean_page(std::string_view text) {
    std::string page(is_utf8(text) ? std::string(text) : printable(text, text.size() * 4));
    for (char& c : page) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte == '\f' || byte == '\v' || byte == '\r') c = '\n';
        if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) c = ' ';
    }
    while (page.ends_with('\n'))
        page.pop_back();
    if (!page.empty()) page += '\n';
    return page;
}

std::string signal_name(int signal) {
    if (char const* const name = ::sigabbrev_np(signal)) return std::string("SIG") + name;
    return "signal " + std::to_string(signal);
}

/// Listens to one reader. All it says is checked: the file may have taken it over.
class Listener {
public:
    explicit Listener(PdfReaderSettings const& settings) : settings_(settings) {}

    bool hear(std::string_view bytes) {
        frames_.add(bytes);
        while (auto const frame = frames_.next())
            if (!take(*frame)) return false;
        return !frames_.broken() || not_understood();
    }

    PdfReading finish(WorkerProcess::Ended ended, WorkerProcess const& process) {
        if (reading_.pages.problem.empty() && !ended_) fail(reason_of(ended, process));
        if (!reading_.pages.problem.empty()) {
            auto problem = std::move(reading_.pages.problem);
            reading_.pages = {};
            reading_.pages.problem = std::move(problem);
        }
        return std::move(reading_);
    }

private:
    void fail(std::string reason) {
        if (reading_.pages.problem.empty())
            reading_.pages.problem = "could not be read: the PDF reader " + std::move(reason);
    }
    bool not_understood() {
        fail("said what nobody asked it for");
        return false;
    }

    bool take(Frame const& frame) {
        if (ended_ || (frame.kind == FrameKind::sandbox) != !sandbox_seen_) return not_understood();
        if (frame.kind != FrameKind::end) count(frame);
        switch (frame.kind) {
            case FrameKind::sandbox: return take_sandbox(frame.payload);
            case FrameKind::pdf_information: return take_information(frame.payload);
            case FrameKind::pdf_page: return take_page(frame.payload);
            case FrameKind::error: return take_error(frame.payload);
            case FrameKind::end: return take_end(frame.payload);
            default: return not_understood();
        }
    }

    void count(Frame const& frame) { length_ += frame_head_bytes + frame.payload.size(); }
    bool take_sandbox(std::string_view payload) {
        ByteReader reader(payload);
        sandbox_seen_ = true;
        reading_.landlock = static_cast<int>(reader.take<std::uint32_t>());
        reading_.seccomp = reader.take<std::uint8_t>() != 0;
        return reader.complete() || not_understood();
    }
    bool take_information(std::string_view payload) {
        auto information = decode_pdf_information(payload);
        if (!information) return true;  // text that is none is as good as not stated
        reading_.pages.title = std::move(information->title);
        reading_.pages.author = std::move(information->author);
        reading_.pages.created = iso_date(information->created);
        return true;
    }
    bool take_page(std::string_view payload) {
        text_bytes_ += payload.size();
        if (reading_.pages.pages.size() >= settings_.max_pages || text_bytes_ > settings_.max_text_bytes)
            return not_understood();
        reading_.pages.pages.push_back(clean_page(payload));
        return true;
    }
    bool take_error(std::string_view payload) {
        auto const error = decode_error(payload);
        if (!error) return not_understood();
        if (error->error == WorkerError::sandbox) fail("was not run: " + printable(error->message, max_reason_bytes));
        if (error->error == WorkerError::out_of_memory) fail(memory_reason());
        if (reading_.pages.problem.empty()) reading_.pages.problem = printable(error->message, max_reason_bytes);
        return false;
    }
    bool take_end(std::string_view payload) {
        ByteReader reader(payload);
        auto const length = reader.take<std::uint64_t>();
        ended_ = reader.complete() && length == length_;
        return ended_ || not_understood();
    }

    [[nodiscard]] std::string memory_reason() const {
        return "was stopped: it used more memory than the limit of " + std::to_string(settings_.memory_bytes >> 20) +
               " MiB";
    }
    [[nodiscard]] std::chrono::duration<double> used_up_after() const {
        return std::chrono::duration<double>(std::max(1.0, settings_.seconds) - 0.5);
    }
    [[nodiscard]] std::string time_reason() const {
        return "was stopped: it ran longer than " + std::to_string(static_cast<long>(settings_.seconds)) + " s";
    }
    [[nodiscard]] std::string reason_of(WorkerProcess::Ended ended, WorkerProcess const& process) const {
        auto const& end = process.end();
        // The kernel kills what has used up its processor time.
        bool const used_up =
            end.signal == SIGXCPU || (end.signal == SIGKILL && Clock::now() - begin_ >= used_up_after());
        if (ended == WorkerProcess::Ended::timed_out || used_up) return time_reason();
        // Poppler ends by itself when there is no more memory, and says only that.
        if (process.error_text().find("ut of memory") != std::string::npos ||
            static_cast<std::uint64_t>(end.peak_kib) * 1024 >= settings_.memory_bytes / 4 * 3)
            return memory_reason();
        if (end.signal == SIGSYS) return "was stopped: the file made it try what its sandbox forbids";
        if (end.signal != 0) return "crashed (" + signal_name(end.signal) + ")";
        return "ended without finishing (exit status " + std::to_string(end.exit_status) + ")";
    }

    PdfReaderSettings const& settings_;
    Clock::time_point const begin_ = Clock::now();
    PdfReading reading_;
    FrameReader frames_;
    std::uint64_t length_ = 0, text_bytes_ = 0;
    bool sandbox_seen_ = false, ended_ = false;
};

PdfReading not_started(std::string const& why) {
    PdfReading reading;
    reading.pages.problem = "could not be read: the PDF reader could not be started: " + why;
    return reading;
}

}  // namespace

fs::path default_pdf_reader_path() {
    return companion_program("dossier-pdf-reader");
}

PdfReading read_pdf(std::string_view bytes, PdfReaderSettings const& settings) {
    PdfRequest request;
    request.file_bytes = bytes.size();
    request.seconds = std::max(1.0, settings.seconds - grace_seconds);
    request.memory_bytes = settings.memory_bytes;
    request.max_pages = settings.max_pages;
    request.max_text_bytes = settings.max_text_bytes;
    request.allow_unsandboxed = settings.allow_unsandboxed;
    auto const input = input_with(request, bytes);
    if (!input.is_open()) return not_started("there is no memory for the file");
    std::error_code error;
    auto const program = fs::absolute(settings.program.empty() ? default_pdf_reader_path() : settings.program, error);
    Listener listener(settings);
    WorkerProcess process(program, input.number());
    if (!process.problem().empty()) return not_started(process.problem());
    auto const wall_clock = std::chrono::duration<double>(3.0 * std::max(1.0, settings.seconds));
    auto const ended = process.listen([&](std::string_view said) { return listener.hear(said); },
                                      Clock::now() + std::chrono::ceil<Clock::duration>(wall_clock));
    return listener.finish(ended, process);
}

sources::PdfReader make_pdf_reader(PdfReaderSettings settings) {
    return [settings = std::move(settings)](std::string_view bytes) { return read_pdf(bytes, settings).pages; };
}

}  // namespace dossier
