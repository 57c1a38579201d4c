// Frames: what host and worker say to each other. One byte of kind, four of length (little endian), the payload.
//
// The host begins with a request, then, for a format, the blocks of the document; for an engine, the claims and articles
// (engine_frames.hpp). The worker ends with END, which holds the length of all it said before; a worker that ends in any other
// way has failed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/plugin/component.hpp"

namespace dossier {

enum class FrameKind : unsigned char {
    // host to worker
    request = 1,
    // both ways: one encoded block
    block = 2,
    // worker to host
    sandbox = 3,      ///< Landlock ABI (u32), seccomp (u8); always the first
    description = 4,  ///< the plugin's components
    bytes = 5,        ///< of the file begun last
    begin_file = 6,   ///< its name
    log = 7,          ///< level (u32), text
    error = 8,        ///< ErrorFrame
    end = 9,          ///< length (u64)
    // PDF reader to host (pdf_frames.hpp)
    pdf_information = 10,
    pdf_page = 11,  ///< its text
    // host to worker, for engines (engine_frames.hpp)
    claim = 12,
    article = 13,
    // worker to host
    judgement = 14
};
inline constexpr FrameKind last_frame_kind = FrameKind::judgement;

inline constexpr std::size_t frame_head_bytes = 5;
/// A payload may be this long: one block and a little more.
inline constexpr std::size_t max_frame_bytes = (std::size_t{16} << 20) + 1024;

/// Appends a whole frame.
void put_frame(std::string& bytes, FrameKind kind, std::string_view payload);

struct Frame {
    FrameKind kind = FrameKind::end;
    std::string_view payload;
};

/// Cuts a stream of bytes, which arrives in pieces, into frames.
class FrameReader {
public:
    void add(std::string_view bytes) {
        buffer_.erase(0, used_);
        used_ = 0;
        buffer_ += bytes;
    }
    /// The next whole frame, until the next call of add; nullopt if there is none yet, or broken().
    [[nodiscard]] std::optional<Frame> next();
    /// What came is no frame: its kind is unknown or its length is too large.
    [[nodiscard]] bool broken() const noexcept { return broken_; }
    /// Bytes of a frame that is not whole.
    [[nodiscard]] bool has_rest() const noexcept { return used_ < buffer_.size(); }

private:
    std::string buffer_;
    std::size_t used_ = 0;
    bool broken_ = false;
};

enum class WorkMode : std::uint32_t { describe = 0, report = 1, format = 2, engine = 3 };
inline constexpr WorkMode last_work_mode = WorkMode::engine;

/// What a worker is to do.
struct WorkRequest {
    WorkMode mode = WorkMode::describe;
    std::string plugin_path;  ///< absolute
    std::uint64_t plugin_size = 0;
    std::string plugin_sha256;
    unsigned abi_major = 0, abi_minor = 0;  ///< as the metadata say
    std::string plugin_name, plugin_version;
    std::vector<ProvidedComponent> provides;
    std::string component;  ///< report, format or engine to run; its kind follows from `mode`
    std::vector<OptionValue> options;
    std::string analysis_database;   ///< absolute; reports and formats; empty: none
    double seconds = 0.0;            ///< of processor time
    std::uint64_t memory_bytes = 0;  ///< of address space
    bool allow_unsandboxed = false;
};

[[nodiscard]] std::string encode_request(WorkRequest const& request);
[[nodiscard]] std::optional<WorkRequest> decode_request(std::string_view bytes);

[[nodiscard]] std::string encode_description(std::vector<ComponentDescription> const& components);
/// Takes any bytes. nullopt unless they are a description all of which is within bounds: names and keys well formed and
/// unique, text UTF-8, defaults of their type, within their bounds and among their choices.
[[nodiscard]] std::optional<std::vector<ComponentDescription>> decode_description(std::string_view bytes);

/// What went wrong, as the worker knows it.
enum class WorkerError : std::uint32_t {
    sandbox,    ///< it could not be put up
    refused,    ///< the plugin cannot be loaded
    component,  ///< a status other than DOSSIER_OK
    bad_option,
    bad_document,
    out_of_memory
};

struct ErrorFrame {
    WorkerError error = WorkerError::component;
    std::string message;  ///< one clause
    std::string option;   ///< empty: none
};

[[nodiscard]] std::string encode_error(ErrorFrame const& error);
[[nodiscard]] std::optional<ErrorFrame> decode_error(std::string_view bytes);

/// Descriptors that a worker finds open, and nothing else.
inline constexpr int worker_input = 0, worker_output = 1, worker_messages = 2, worker_status = 3;
/// A pipe from the host: a byte says that the input, which is a file, has grown; its end, that the input is whole.
inline constexpr int worker_growth = 4;

/// Bytes that a worker leaves on its status pipe, so that the host can say where it was when it died. The last counts;
/// `violation` is followed by the number of the system call (u32).
enum class WorkerStatus : char { started = 's', loading = 'l', running = 'r', ending = 'e', violation = 'v' };

}  // namespace dossier
