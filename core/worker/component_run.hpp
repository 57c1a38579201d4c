// One piece of work from request to END frame. The worker's main does it in its sandbox; a debugger may do it anywhere.
#pragma once

#include "channel.hpp"
#include "dossier/plugin/frames.hpp"

namespace dossier::worker {

/// Loads the plugin and does what the request says. Frames go to `output`, the last of them an END frame or an error.
/// @param input  for formats: the blocks of the document
/// @return true if the END frame was sent
bool do_work(WorkRequest const& request, FrameSource& input, FrameWriter& output);

/// Sends an error frame, the last that is sent.
void send_error(FrameWriter& output, ErrorFrame const& error);

}  // namespace dossier::worker
