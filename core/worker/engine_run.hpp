// An engine at work: puts every claim to every article that the host sends, and sends its judgements back.
#pragma once

#include <optional>

#include "channel.hpp"
#include "dossier/plugin.h"
#include "plugin_host.hpp"

namespace dossier::worker {

/// Until the host has said everything. @return what went wrong, if anything
std::optional<ErrorFrame> run_engine(dossier_component const& component, void* instance, PluginHost const& host,
                                     FrameSource& input, FrameWriter& output);

}  // namespace dossier::worker
