// The host as a component sees it (dossier_host): what its calls do, inside the worker.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "analysis_reader.hpp"
#include "channel.hpp"
#include "dossier/plugin.h"
#include "dossier/plugin/block_codec.hpp"
#include "dossier/plugin/block_grammar.hpp"

namespace dossier::worker {

/// One run's host. Every call a component makes ends here; what went wrong first is kept for the error frame.
class PluginHost {
public:
    /// @param several_files  whether the format may call begin_file, and must
    PluginHost(FrameWriter& frames, bool several_files);
    PluginHost(PluginHost const&) = delete;
    PluginHost& operator=(PluginHost const&) = delete;

    [[nodiscard]] dossier_host const& table() const noexcept { return table_; }
    /// Takes a report's blocks, checks them and sends them off.
    [[nodiscard]] dossier_sink sink() noexcept;
    [[nodiscard]] AnalysisReader& analysis() noexcept { return analysis_; }

    /// After the last block: what is still open.
    void finish_flow();
    /// What to say about a component that ended with `status`; nullopt if all went well.
    [[nodiscard]] std::optional<ErrorFrame> failure(dossier_status status) const;

private:
    static dossier_status take_blocks(void* self, dossier_block const* blocks, std::size_t n_blocks);
    dossier_status take_block(dossier_block const& block);
    dossier_status write(void const* bytes, std::size_t size);
    dossier_status begin_file(dossier_text name);
    void error(dossier_text message, dossier_text option);
    void log(std::uint32_t level, dossier_text message);
    void remember(WorkerError error, std::string message);
    void fill_table();

    FrameWriter& frames_;
    bool several_files_;
    AnalysisReader analysis_;
    dossier_host table_{};
    BlockGrammar grammar_;
    BlockDecoder decoder_;
    std::string encoded_, shown_;
    std::set<std::string, std::less<>> files_;
    std::optional<ErrorFrame> first_problem_;  ///< what the host refused
    std::optional<ErrorFrame> own_words_;      ///< what the component said to error()
};

/// Makes a failed operator new leave a trace, so that running out of memory can be told from other failures.
void note_failed_allocations() noexcept;
[[nodiscard]] bool an_allocation_failed() noexcept;

}  // namespace dossier::worker
