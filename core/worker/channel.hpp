// The worker's line to the host: frames out, frames in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dossier/model/digest.hpp"
#include "dossier/plugin/frames.hpp"

namespace dossier::worker {

/// Frames for the host, buffered; knows the length and hash of all that went before, for the END frame.
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
    Sha256 digest_;
    std::uint64_t length_ = 0;
    bool lost_ = false;
};

/// Frames from the host.
class FrameSource {
public:
    explicit FrameSource(int descriptor) : descriptor_(descriptor) {}
    /// The next frame, until the next call; nullopt at the end, or if what comes is no frame.
    [[nodiscard]] std::optional<Frame> next();

private:
    int descriptor_;
    FrameReader reader_;
};

}  // namespace dossier::worker
