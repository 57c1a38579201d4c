// Text of a PDF by poppler. Only to be called inside the sandbox.
#pragma once

#include <string_view>

#include "channel.hpp"
#include "dossier/plugin/pdf_frames.hpp"

namespace dossier::worker {

/// Sends the document information and the text of every page, the last frame an END frame or an error.
/// @return true if the END frame was sent
[[nodiscard]] bool send_pdf_text(std::string_view bytes, PdfRequest const& request, FrameWriter& output);

}  // namespace dossier::worker
