// One run of a format over one document.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check_host.hpp"
#include "instance.hpp"
#include "plugin_under_test.hpp"

namespace dossier::check {

/// How a document is cut into batches.
enum class Batches { one_by_one, all_at_once, uneven };

struct FormatManners {
    HostManners host;
    Batches batches = Batches::one_by_one;
    std::uint64_t seed = 1;     ///< of uneven batches, of which some are empty
    std::size_t longer_by = 0;  ///< bytes that structs are longer by than plugin.h knows
};

struct FormatOutcome {
    dossier_status status = DOSSIER_OK;
    std::optional<std::string> failure;
    std::string misuse;
    std::string output;  ///< CheckHost::output
    std::map<std::string, std::string> files;
    std::uint64_t n_writes = 0;
    std::uint64_t n_after_refusal = 0;
    std::uint64_t n_after_end = 0;  ///< writes after the block DOCUMENT_END was taken
    bool flooded = false;
};

/// A format with its sink open, which takes a document batch by batch.
class OpenFormat {
public:
    /// Throws RuleBroken if it cannot be made or opens no sink.
    OpenFormat(dossier_component const& component, FormatManners const& manners);
    /// Blocks [begin, end) of the document, in memory that is gone when this returns.
    dossier_status take(std::vector<std::string> const& document, std::size_t begin, std::size_t end);
    /// Destroys the format.
    [[nodiscard]] FormatOutcome finish();

private:
    FormatManners manners_;
    CheckHost host_;
    Instance instance_;
    dossier_sink sink_{};
    dossier_status status_ = DOSSIER_OK;
};

[[nodiscard]] FormatOutcome run_format(dossier_component const& component, std::vector<std::string> const& document,
                                       FormatManners const& manners);

}  // namespace dossier::check
