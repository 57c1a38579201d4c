#include "plugin_host.hpp"

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

#include "dossier/model/bytes.hpp"
#include "dossier/plugin/component.hpp"
#include "dossier/plugin/value_format.hpp"

namespace dossier::worker {
namespace {

constexpr std::size_t max_bytes_frame = std::size_t{4} << 20;
constexpr std::size_t max_message_bytes = 8 * 1024;

bool allocation_failed = false;

void allocation_has_failed() {
    allocation_failed = true;
    throw std::bad_alloc();
}

/// Host calls are called from C: whatever goes wrong inside of them comes out as a status.
template <class Call>
dossier_status guarded(Call const& call) noexcept {
    try {
        return call();
    } catch (...) {
        return DOSSIER_FAILED;  // out of memory, of which allocation_failed knows
    }
}

/// At most `limit` bytes of a text that a component handed over.
std::string copy(dossier_text text, std::size_t limit) {
    return text.data == nullptr ? std::string() : std::string(text.data, std::min(text.size, limit));
}

}  // namespace

void note_failed_allocations() noexcept {
    std::set_new_handler(&allocation_has_failed);
}
bool an_allocation_failed() noexcept {
    return allocation_failed;
}

PluginHost::PluginHost(FrameWriter& frames, bool several_files)
    : frames_(frames), several_files_(several_files), analysis_([&frames] { return frames.host_is_gone(); }) {
    fill_table();
}

void PluginHost::fill_table() {
    table_.size = sizeof table_;
    table_.abi_major = DOSSIER_ABI_MAJOR, table_.abi_minor = DOSSIER_ABI_MINOR;
    table_.context = this;
    table_.query = [](void* self, dossier_text sql, dossier_value const* parameters, std::size_t n_parameters,
                      dossier_rows** rows) {
        return guarded(
            [&] { return static_cast<PluginHost*>(self)->analysis_.query(sql, parameters, n_parameters, rows); });
    };
    table_.next_row = [](void* self, dossier_rows* rows, dossier_value const** values, std::size_t* n_values) {
        return guarded([&] { return static_cast<PluginHost*>(self)->analysis_.next_row(rows, values, n_values); });
    };
    table_.close_rows = [](void* self, dossier_rows* rows) {
        static_cast<PluginHost*>(self)->analysis_.close_rows(rows);
    };
    table_.format_value = [](void* self, dossier_column const* column, dossier_cell const* cell, dossier_text* shown) {
        if (column == nullptr || cell == nullptr || shown == nullptr) return dossier_status{DOSSIER_BAD_ARGUMENT};
        return guarded([&] {
            auto& text = static_cast<PluginHost*>(self)->shown_;
            text = format_cell(*column, *cell);
            *shown = {text.data(), text.size()};
            return dossier_status{DOSSIER_OK};
        });
    };
    table_.write = [](void* self, void const* bytes, std::size_t size) {
        return guarded([&] { return static_cast<PluginHost*>(self)->write(bytes, size); });
    };
    table_.begin_file = [](void* self, dossier_text name) {
        return guarded([&] { return static_cast<PluginHost*>(self)->begin_file(name); });
    };
    table_.error = [](void* self, dossier_status, dossier_text message, dossier_text option) {
        (void)guarded([&] {
            static_cast<PluginHost*>(self)->error(message, option);
            return dossier_status{DOSSIER_OK};
        });
    };
    table_.log = [](void* self, std::uint32_t level, dossier_text message) {
        (void)guarded([&] {
            static_cast<PluginHost*>(self)->log(level, message);
            return dossier_status{DOSSIER_OK};
        });
    };
    table_.cancelled = [](void* self) { return static_cast<PluginHost*>(self)->frames_.host_is_gone() ? 1 : 0; };
}

dossier_sink PluginHost::sink() noexcept {
    return {sizeof(dossier_sink), this, &take_blocks};
}

void PluginHost::remember(WorkerError error, std::string message) {
    if (!first_problem_) first_problem_ = ErrorFrame{error, std::move(message), {}};
}

dossier_status PluginHost::take_blocks(void* self, dossier_block const* blocks, std::size_t n_blocks) {
    if (blocks == nullptr && n_blocks != 0) return DOSSIER_BAD_ARGUMENT;
    return guarded([&] {
        auto& host = *static_cast<PluginHost*>(self);
        for (std::size_t i = 0; i < n_blocks; ++i)
            if (auto const status = host.take_block(blocks[i]); status != DOSSIER_OK) return status;
        return dossier_status{DOSSIER_OK};
    });
}

dossier_status PluginHost::take_block(dossier_block const& block) {
    if (first_problem_) return DOSSIER_BAD_BLOCK;
    encoded_.clear();
    std::optional<std::string> broken;
    if (auto problem = encode_block(block, encoded_)) {
        broken = "block " + std::to_string(grammar_.n_blocks() + 1) + " (" + block_name(block.kind) + "): " + *problem;
    } else {
        // The host checks again; this check is for the component, which learns of its mistake at once.
        auto const* const decoded = decoder_.decode(encoded_);
        broken =
            decoded == nullptr ? std::optional<std::string>("a block cannot be read back") : grammar_.check(*decoded);
    }
    if (broken) {
        remember(WorkerError::bad_document, std::move(*broken));
        return DOSSIER_BAD_BLOCK;
    }
    return frames_.send(FrameKind::block, encoded_) ? DOSSIER_OK : DOSSIER_CANCELLED;
}

void PluginHost::finish_flow() {
    if (first_problem_) return;
    if (auto broken = grammar_.finish()) remember(WorkerError::bad_document, std::move(*broken));
}

dossier_status PluginHost::write(void const* bytes, std::size_t size) {
    if (bytes == nullptr && size != 0) return DOSSIER_BAD_ARGUMENT;
    if (several_files_ && files_.empty()) {
        remember(WorkerError::component, "it wrote before it began a file");
        return DOSSIER_BAD_ARGUMENT;
    }
    std::string_view rest(static_cast<char const*>(bytes), size);
    while (!rest.empty()) {
        auto const piece = rest.substr(0, max_bytes_frame);
        if (!frames_.send(FrameKind::bytes, piece)) return DOSSIER_NO_OUTPUT;
        rest.remove_prefix(piece.size());
    }
    return DOSSIER_OK;
}

dossier_status PluginHost::begin_file(dossier_text text) {
    auto const name = copy(text, 1024);
    std::string problem;
    if (!several_files_)
        problem = "it began a file, but does not declare that it writes several";
    else if (!is_output_file_name(name))
        problem = "it may not call a file \"" + name + "\": names are [a-z0-9][a-z0-9._-]*";
    else if (!files_.insert(name).second)
        problem = "it began the file \"" + name + "\" twice";
    if (!problem.empty()) {
        remember(WorkerError::component, std::move(problem));
        return DOSSIER_BAD_ARGUMENT;
    }
    return frames_.send(FrameKind::begin_file, name) ? DOSSIER_OK : DOSSIER_NO_OUTPUT;
}

void PluginHost::error(dossier_text message, dossier_text option) {
    own_words_ = ErrorFrame{option.size > 0 ? WorkerError::bad_option : WorkerError::component,
                            copy(message, max_message_bytes), copy(option, 256)};
}

void PluginHost::log(std::uint32_t level, dossier_text message) {
    std::string payload;
    put(payload, level);
    put_text(payload, copy(message, max_message_bytes));
    frames_.send(FrameKind::log, payload);
}

std::optional<ErrorFrame> PluginHost::failure(dossier_status status) const {
    if (first_problem_) return first_problem_;
    if (status == DOSSIER_OK) return std::nullopt;
    if (an_allocation_failed() || status == DOSSIER_OUT_OF_MEMORY)
        return ErrorFrame{WorkerError::out_of_memory, {}, {}};
    if (own_words_) return own_words_;
    if (status == DOSSIER_BAD_QUERY && !analysis_.problem().empty())
        return ErrorFrame{WorkerError::component, "a query was refused: " + analysis_.problem(), {}};
    return ErrorFrame{WorkerError::component, "it gave status " + std::to_string(status) + " and no reason", {}};
}

}  // namespace dossier::worker
