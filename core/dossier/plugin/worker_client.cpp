#include "dossier/plugin/worker_client.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>
#include <functional>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include "dossier/model/bytes.hpp"
#include "dossier/plugin/block_codec.hpp"
#include "dossier/plugin/frames.hpp"
#include "dossier/plugin/running_program.hpp"
#include "dossier/plugin/stopped_call.hpp"
#include "dossier/plugin/utf8.hpp"
#include "dossier/plugin/value_format.hpp"
#include "dossier/plugin/worker_process.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double max_seconds = 1e7;  // what a clock can still count on from now
constexpr std::size_t max_log_lines = 200, max_log_bytes = 2000, max_sentence_bytes = 600;

/// One line for people, whatever a plugin put into it; without the full stop that ends no message of ours.
std::string one_line(std::string text, std::size_t limit) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    auto line = printable(text, limit);
    while (!line.empty() && (line.back() == '.' || line.back() == ' '))
        line.pop_back();
    return line;
}

std::string seconds_text(double seconds) {
    auto text = format_real(seconds, seconds == std::floor(seconds) ? 0 : 1);
    return text + " s";
}

std::string bytes_text(std::uint64_t bytes) {
    constexpr std::uint64_t mib = 1 << 20, kib = 1 << 10;
    if (bytes >= mib && bytes % mib == 0) return std::to_string(bytes / mib) + " MiB";
    if (bytes >= kib && bytes % kib == 0) return std::to_string(bytes / kib) + " KiB";
    return std::to_string(bytes) + " bytes";
}

std::string signal_name(int signal) {
    if (char const* const name = ::sigabbrev_np(signal)) return std::string("SIG") + name;
    return "signal " + std::to_string(signal);
}

/// What the status pipe says: the last status, and the system call if one was stopped.
struct LastStatus {
    WorkerStatus status = WorkerStatus::started;
    std::uint32_t call = 0;
};

LastStatus last_status(std::string_view text) {
    LastStatus last;
    auto const violation = text.rfind(static_cast<char>(WorkerStatus::violation));
    if (violation != std::string_view::npos && text.size() - violation >= 1 + sizeof last.call) {
        last.status = WorkerStatus::violation;
        std::memcpy(&last.call, text.data() + violation + 1, sizeof last.call);
    } else if (!text.empty()) {
        last.status = static_cast<WorkerStatus>(text.back());
    }
    return last;
}

/// What a run does with the frames that are its own. False: the frame has no place here.
using FrameTaker = std::function<bool(Frame const&)>;

/// One run of a worker: hears its frames, judges its end.
class Run {
public:
    Run(WorkerSettings const& settings, std::string subject, Outcome& outcome)
        : settings_(settings), subject_(std::move(subject)), outcome_(outcome) {}

    /// Starts a worker on `input`, which may still grow: it makes itself ready meanwhile. False: it could not be started.
    bool start(ScratchFile& input) {
        input.flush();
        begin_ = Clock::now();
        Descriptor const descriptor(input.open_for_reading());
        auto const program = fs::absolute(settings_.worker.empty() ? default_worker_path() : settings_.worker);
        process_.emplace(program, descriptor.number());
        if (!process_->problem().empty())
            fail(WorkerFailure::not_started, "could not be started: " + process_->problem());
        return outcome_.ok();
    }

    /// Adds to the input of the worker that was started.
    void say(ScratchFile& input, std::string_view frames) {
        if (input.append(frames)) process_->tell_of_growth();
    }

    /// Listens to the end of the worker that was started. @param take  gets the frames that belong to the kind of run
    void listen(ScratchFile& input, FrameTaker take) {
        input.flush();
        take_ = std::move(take);
        std::chrono::duration<double> const allowed(std::clamp(settings_.limits.plugin_seconds, 0.0, max_seconds));
        auto const deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(allowed);
        auto const ended = process_->listen([this](std::string_view bytes) { return hear(bytes); }, deadline);
        outcome_.stderr_tail = printable(process_->error_text(), 4 * 4096);
        outcome_.seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
        judge(ended, *process_);
    }

    /// Both, on an input that is whole.
    void work(ScratchFile& input, FrameTaker take) {
        if (start(input)) listen(input, std::move(take));
    }

    void fail(WorkerFailure failure, std::string const& predicate) {
        if (!outcome_.ok()) return;  // the first reason counts
        outcome_.failure = failure;
        outcome_.sentence = subject_ + " " + one_line(predicate, max_sentence_bytes);
    }

private:
    bool hear(std::string_view bytes) {
        frames_.add(bytes);
        while (auto const frame = frames_.next())
            if (!take(*frame)) return false;
        if (frames_.broken()) not_understood();
        return outcome_.ok();
    }

    bool take(Frame const& frame) {
        if (ended_ || (frame.kind == FrameKind::sandbox) != !sandbox_seen_) return not_understood();
        if (frame.kind != FrameKind::end) count(frame);
        switch (frame.kind) {
            case FrameKind::sandbox: return take_sandbox(frame.payload);
            case FrameKind::log: return take_log(frame.payload);
            case FrameKind::error: return take_error(frame.payload);
            case FrameKind::end: return take_end(frame.payload);
            default: return take_(frame) ? outcome_.ok() : not_understood();
        }
    }

    bool not_understood() {
        fail(WorkerFailure::unfinished, "was stopped: it wrote to the channel that is the worker's");
        return false;
    }

    void count(Frame const& frame) { length_ += frame_head_bytes + frame.payload.size(); }
    bool take_sandbox(std::string_view payload) {
        ByteReader reader(payload);
        sandbox_seen_ = true;
        outcome_.sandbox.landlock = static_cast<int>(reader.take<std::uint32_t>());
        outcome_.sandbox.seccomp = reader.take<std::uint8_t>() != 0;
        return reader.complete() || not_understood();
    }
    bool take_log(std::string_view payload) {
        ByteReader reader(payload);
        auto const level = reader.take<std::uint32_t>();
        auto text = std::string(reader.take_text());
        if (!reader.complete()) return not_understood();
        if (outcome_.log.size() < max_log_lines)
            outcome_.log.push_back(
                {std::min<std::uint32_t>(level, DOSSIER_LOG_WARNING), one_line(std::move(text), max_log_bytes)});
        return true;
    }
    bool take_error(std::string_view payload) {
        auto const error = decode_error(payload);
        if (!error) return not_understood();
        outcome_.option = is_key(error->option) ? error->option : std::string();
        switch (error->error) {
            case WorkerError::sandbox: fail(WorkerFailure::not_started, "was not run: " + error->message); break;
            case WorkerError::refused: fail(WorkerFailure::refused, "cannot be loaded: " + error->message); break;
            case WorkerError::component: fail(WorkerFailure::component, "failed: " + error->message); break;
            case WorkerError::bad_option:
                fail(WorkerFailure::bad_option, "failed: option \"" + error->option + "\": " + error->message);
                break;
            case WorkerError::bad_document:
                fail(WorkerFailure::bad_document, "broke the rules of blocks: " + error->message);
                break;
            case WorkerError::out_of_memory: out_of_memory(); break;
        }
        return false;
    }
    bool take_end(std::string_view payload) {
        ByteReader reader(payload);
        auto const length = reader.take<std::uint64_t>();
        ended_ = true;
        if (reader.complete() && length == length_) return true;
        return not_understood();
    }

    void out_of_memory() {
        fail(WorkerFailure::out_of_memory,
             "was stopped: it used more memory than the limit of " + bytes_text(settings_.limits.plugin_memory_bytes));
    }
    void timed_out() {
        fail(WorkerFailure::timed_out,
             "was stopped: it ran longer than " + seconds_text(settings_.limits.plugin_seconds));
    }

    void judge(WorkerProcess::Ended ended, WorkerProcess const& process) {
        if (!outcome_.ok()) return;
        if (ended == WorkerProcess::Ended::timed_out) return timed_out();
        if (ended_) return;
        if (process.end().signal != 0) return judge_signal(process);
        fail(WorkerFailure::unfinished,
             "ended without finishing (exit status " + std::to_string(process.end().exit_status) + ")");
    }

    void judge_signal(WorkerProcess const& process) {
        auto const signal = outcome_.signal = process.end().signal;
        auto const status = last_status(process.status_text());
        if (signal == SIGSYS)
            return fail(WorkerFailure::forbidden,
                        std::string("was stopped: ") + (status.status == WorkerStatus::violation
                                                            ? attempt_of(status.call)
                                                            : "it tried to start a process or a thread"));
        if (signal == SIGXCPU) return timed_out();
        if (signal == SIGXFSZ) return fail(WorkerFailure::forbidden, "was stopped: it tried to write a file");
        // Plugins that do not look at what malloc answers crash when there is no more.
        auto const peak = static_cast<std::uint64_t>(process.end().peak_kib) * 1024;
        if (peak >= settings_.limits.plugin_memory_bytes / 4 * 3) return out_of_memory();
        char const* const where = status.status == WorkerStatus::loading ? " while it was being loaded" : "";
        fail(WorkerFailure::crashed, "crashed (" + signal_name(signal) + ")" + where);
    }

    WorkerSettings const& settings_;
    std::string subject_;
    Outcome& outcome_;
    std::optional<WorkerProcess> process_;
    Clock::time_point begin_;
    FrameTaker take_;
    FrameReader frames_;
    std::uint64_t length_ = 0;
    bool sandbox_seen_ = false, ended_ = false;
};

std::string subject_of(ComponentKind kind, std::string const& name) {
    return std::string(name_of(kind)) + " `" + name + "`";
}

WorkRequest request_for(WorkerSettings const& settings, CataloguedPlugin const& plugin, WorkMode mode) {
    WorkRequest request;
    request.mode = mode;
    request.plugin_path = plugin.path;
    request.plugin_size = plugin.size;
    request.plugin_sha256 = plugin.sha256;
    request.abi_major = plugin.metadata.abi_major;
    request.abi_minor = plugin.metadata.abi_minor;
    request.plugin_name = plugin.metadata.name;
    request.plugin_version = plugin.metadata.version;
    request.provides = plugin.metadata.provides;
    request.seconds = std::clamp(settings.limits.plugin_seconds, 0.0, max_seconds);
    request.memory_bytes = settings.limits.plugin_memory_bytes;
    request.allow_unsandboxed = settings.allow_unsandboxed;
    return request;
}

void begin_outcome(Outcome& outcome, CataloguedPlugin const& plugin) {
    outcome.plugin_path = plugin.path;
    outcome.plugin_sha256 = plugin.sha256;
}

void tell_of_crash(WorkerSettings const& settings, CataloguedPlugin const& plugin, Outcome const& outcome) {
    if (outcome.crashed() && settings.when_crashed) settings.when_crashed(plugin, outcome);
}

/// A plugin of another ABI is refused by its metadata, before a worker is started.
bool has_own_abi(CataloguedPlugin const& plugin, Run& run) {
    auto const& metadata = plugin.metadata;
    if (metadata.abi_major == DOSSIER_ABI_MAJOR && metadata.abi_minor <= DOSSIER_ABI_MINOR) return true;
    run.fail(WorkerFailure::refused, "cannot be loaded: it was built for plugin ABI " +
                                         std::to_string(metadata.abi_major) + "." + std::to_string(metadata.abi_minor) +
                                         ", this Dossier offers " + std::to_string(DOSSIER_ABI_MAJOR) + "." +
                                         std::to_string(DOSSIER_ABI_MINOR));
    return false;
}

ScratchFile input_with(WorkerSettings const& settings, WorkRequest const& request) {
    ScratchFile input(settings.scratch_folder);
    std::string frame;
    put_frame(frame, FrameKind::request, encode_request(request));
    input.append(frame);
    return input;
}

/// Checks a report's blocks and spools them.
class FlowTaker {
public:
    FlowTaker(Run& run, Spool& spool, QuoteChecks checks, std::uint64_t limit)
        : run_(run), spool_(spool), grammar_(std::move(checks)), limit_(limit) {}

    bool take(Frame const& frame) {
        if (frame.kind != FrameKind::block) return false;
        auto const* const block = decoder_.decode(frame.payload);
        if (block == nullptr) return false;
        if (auto broken = grammar_.check(*block)) {
            refuse(*broken);
            return true;
        }
        if (!is_known_block(block->kind)) return true;
        if (spool_.size() + frame.payload.size() > limit_)
            run_.fail(WorkerFailure::too_much_output, "was stopped: it said more than " + bytes_text(limit_));
        else
            spool_.append(frame.payload);
        return true;
    }
    void finish() {
        if (auto broken = grammar_.finish()) refuse(*broken);
        spool_.close(grammar_.note_anchors());
    }

private:
    void refuse(std::string const& broken) {
        run_.fail(WorkerFailure::bad_document, "broke the rules of blocks: " + broken);
    }
    Run& run_;
    Spool& spool_;
    BlockGrammar grammar_;
    BlockDecoder decoder_;
    std::uint64_t limit_;
};

/// How the worker, which knows no folder, finds the file.
std::string absolute_name(fs::path const& file) {
    std::error_code error;
    auto const found = fs::canonical(file, error);
    return error ? file.string() : found.string();
}

/// Says the document as frames. @return why it cannot be said, or nothing
std::optional<std::string> say_document(DocumentHead const& head, std::span<DocumentPart const> parts,
                                        std::uint64_t carries, ContextLookup const& context, Run& run,
                                        ScratchFile& input) {
    std::optional<std::string> problem;
    std::string encoded, frame;
    auto const send = [&](dossier_block const& block) {
        if (problem) return;
        encoded.clear(), frame.clear();
        problem = encode_block(block, encoded);
        put_frame(frame, FrameKind::block, encoded);
        run.say(input, frame);
    };
    assemble(head, parts, carries, send, context);
    return problem;
}

/// Says the claims and articles as frames.
void say_questions(std::span<EngineClaim const> claims, std::span<EngineArticle const> articles, Run& run,
                   ScratchFile& input) {
    std::string frames;
    for (auto const& claim : claims)
        put_frame(frames, FrameKind::claim, encode_claim(claim));
    run.say(input, frames);
    for (auto const& article : articles) {
        frames.clear();
        put_frame(frames, FrameKind::article, encode_article(article));
        run.say(input, frames);
    }
    frames.clear();
    put_frame(frames, FrameKind::end, {});
    run.say(input, frames);
}

/// Whether it is about something that was asked, and a sentence that may be evidence: a worker that a plugin has taken
/// over may say anything.
bool belongs_to(EngineJudgement const& judgement, std::span<EngineClaim const> claims,
                std::span<EngineArticle const> articles) {
    if (judgement.claim >= claims.size() || judgement.article >= articles.size()) return false;
    auto const& sentences = articles[judgement.article].sentences;
    return judgement.sentence < sentences.size() && may_be_judged(sentences[judgement.sentence].role);
}

}  // namespace

fs::path default_worker_path() {
    return companion_program("dossier-worker");
}

ComponentDescription const* DescribeOutcome::find(ComponentKind kind, std::string_view name) const noexcept {
    for (auto const& component : components)
        if (component.kind == kind && component.name == name) return &component;
    return nullptr;
}

bool Outcome::crashed() const noexcept {
    switch (failure) {
        case WorkerFailure::crashed: return signal != SIGKILL && signal != SIGTERM;
        case WorkerFailure::forbidden:
        case WorkerFailure::unfinished: return true;
        default: return false;
    }
}

WorkerClient::WorkerClient(WorkerSettings settings) : settings_(std::move(settings)) {}

DescribeOutcome WorkerClient::describe(CataloguedPlugin const& plugin) const {
    DescribeOutcome outcome;
    begin_outcome(outcome, plugin);
    Run run(settings_, "plugin `" + plugin.metadata.name + "`", outcome);
    if (!has_own_abi(plugin, run)) return outcome;
    auto input = input_with(settings_, request_for(settings_, plugin, WorkMode::describe));
    run.work(input, [&](Frame const& frame) {
        if (frame.kind != FrameKind::description) return false;
        auto components = decode_description(frame.payload);
        if (components)
            outcome.components = std::move(*components);
        else
            run.fail(WorkerFailure::refused, "cannot be used: what it says of its components and options is malformed");
        return true;
    });
    tell_of_crash(settings_, plugin, outcome);
    return outcome;
}

ReportOutcome WorkerClient::run_report(CataloguedPlugin const& plugin, std::string const& report,
                                       std::span<OptionValue const> options, fs::path const& analysis_database,
                                       QuoteChecks const& checks) const {
    ReportOutcome outcome;
    begin_outcome(outcome, plugin);
    Run run(settings_, subject_of(ComponentKind::report, report), outcome);
    if (!has_own_abi(plugin, run)) return outcome;
    auto request = request_for(settings_, plugin, WorkMode::report);
    request.component = report;
    request.options.assign(options.begin(), options.end());
    request.analysis_database = absolute_name(analysis_database);
    auto input = input_with(settings_, request);
    Spool spool(settings_.scratch_folder);
    FlowTaker flow(run, spool, checks, settings_.limits.output_bytes);
    run.work(input, [&](Frame const& frame) { return flow.take(frame); });
    if (outcome.ok()) flow.finish();
    if (outcome.ok()) outcome.flow = std::move(spool);
    tell_of_crash(settings_, plugin, outcome);
    return outcome;
}

FormatOutcome WorkerClient::run_format(CataloguedPlugin const& plugin, ComponentDescription const& format,
                                       std::span<OptionValue const> options, DocumentHead const& head,
                                       std::span<DocumentPart const> parts, fs::path const& target,
                                       DocumentSources const& sources) const {
    FormatOutcome outcome;
    begin_outcome(outcome, plugin);
    Run run(settings_, subject_of(ComponentKind::format, format.name), outcome);
    if (!has_own_abi(plugin, run)) return outcome;
    auto request = request_for(settings_, plugin, WorkMode::format);
    request.component = format.name;
    request.options.assign(options.begin(), options.end());
    if (!sources.analysis_database.empty()) request.analysis_database = absolute_name(sources.analysis_database);
    auto input = input_with(settings_, request);
    if (!run.start(input)) return outcome;
    if (auto const problem = say_document(head, parts, format.carries, sources.context, run, input)) {
        run.fail(WorkerFailure::bad_document,
                 "cannot be given the document: one of its blocks cannot be sent: " + *problem);
        return outcome;
    }
    OutputFiles files(target, format.several_files);
    auto const limit = settings_.limits.output_bytes;
    run.listen(input, [&](Frame const& frame) {
        if (frame.kind == FrameKind::begin_file) return files.begin_file(frame.payload);
        if (frame.kind != FrameKind::bytes) return false;
        if (files.total() + frame.payload.size() > limit) {
            run.fail(WorkerFailure::too_much_output, "was stopped: it wrote more than " + bytes_text(limit));
            return true;
        }
        return files.write(frame.payload);
    });
    if (outcome.ok()) outcome.files = files.keep();
    tell_of_crash(settings_, plugin, outcome);
    return outcome;
}

EngineOutcome WorkerClient::run_engine(CataloguedPlugin const& plugin, std::string const& engine,
                                       std::span<OptionValue const> options, std::span<EngineClaim const> claims,
                                       std::span<EngineArticle const> articles) const {
    EngineOutcome outcome;
    begin_outcome(outcome, plugin);
    Run run(settings_, subject_of(ComponentKind::engine, engine), outcome);
    if (!has_own_abi(plugin, run)) return outcome;
    auto request = request_for(settings_, plugin, WorkMode::engine);
    request.component = engine;
    request.options.assign(options.begin(), options.end());
    auto input = input_with(settings_, request);
    if (!run.start(input)) return outcome;
    say_questions(claims, articles, run, input);
    std::uint64_t n_bytes = 0;
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> judged;
    auto const limit = settings_.limits.output_bytes;
    run.listen(input, [&](Frame const& frame) {
        auto judgement = frame.kind == FrameKind::judgement ? decode_judgement(frame.payload) : std::nullopt;
        if (!judgement || !belongs_to(*judgement, claims, articles)) return false;
        if (!judged.emplace(judgement->article, judgement->claim, judgement->sentence).second) return false;
        n_bytes += frame.payload.size();
        if (n_bytes > limit)
            run.fail(WorkerFailure::too_much_output, "was stopped: it said more than " + bytes_text(limit));
        outcome.judgements.push_back(std::move(*judgement));
        return true;
    });
    if (!outcome.ok()) outcome.judgements.clear();
    tell_of_crash(settings_, plugin, outcome);
    return outcome;
}

}  // namespace dossier
