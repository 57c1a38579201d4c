// The worker's line to the host: frames out, frames in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/plugin/frames.hpp"

namespace dossier::worker {

/// Frames for the host, buffered; knows the length of all that went before, for the END frame.
class FrameWriter {
public:
    explicit FrameWriter(int descriptor) : descriptor_(descriptor) {}

    /// False when the host is gone; nothing more can be said then.
    bool send(FrameKind kind, std::string_view payload);
    bool flush();
    /// The END frame, and out with everything.
    bool end();
    /// True when nobody reads any more.
    [[nodiscard]] bool host_is_gone() const;

private:
    int descriptor_;
    std::string buffer_;
    std::uint64_t length_ = 0;
    bool lost_ = false;
};

/// Frames from the host, which may still be writing them.
class FrameSource {
public:
    /// @param growth  the pipe that tells of more (worker_growth)
    FrameSource(int descriptor, int growth) : descriptor_(descriptor), growth_(growth), bytes_(read_bytes) {}
    /// The next frame, until the next call; nullopt at the end, or if what comes is no frame.
    [[nodiscard]] std::optional<Frame> next();

private:
    static constexpr std::size_t read_bytes = std::size_t{32} * 1024;
    void wait_for_more();

    int descriptor_, growth_;
    bool is_whole_ = false;
    std::vector<char> bytes_;  ///< not on the stack: with its guards each call would touch every page of them
    FrameReader reader_;
};

}  // namespace dossier::worker
