#include "format_run.hpp"

#include <algorithm>
#include <cstring>
#include <deque>
#include <memory>
#include <utility>

#include "dossier/plugin/block_codec.hpp"

namespace dossier::check {
namespace {

/// Copies of structs that a newer host would send: as they are, with bytes behind them that this plugin.h knows nothing of.
class Longer {
public:
    explicit Longer(std::size_t by) : by_(by) {}

    dossier_block block(dossier_block block) {
        switch (block.kind) {
            case DOSSIER_DOCUMENT_BEGIN:
                return with<dossier_document>(block, [this](dossier_document& document) {
                    document.verdicts = array(document.verdicts, document.n_verdicts);
                });
            case DOSSIER_SECTION_BEGIN: return with<dossier_section>(block);
            case DOSSIER_HEADING: return with<dossier_heading>(block);
            case DOSSIER_PARAGRAPH: return with<dossier_paragraph>(block);
            case DOSSIER_LIST_BEGIN: return with<dossier_list>(block);
            case DOSSIER_QUOTE: return with<dossier_quote>(block);
            case DOSSIER_NOTE: return with<dossier_note>(block);
            case DOSSIER_TABLE_BEGIN:
                return with<dossier_table>(
                    block, [this](dossier_table& table) { table.columns = array(table.columns, table.n_columns); });
            case DOSSIER_ROW: return with<dossier_row>(block);
            case DOSSIER_CHART: return with<dossier_chart>(block);
            case DOSSIER_CALLOUT: return with<dossier_callout>(block);
            default: return block;
        }
    }

private:
    char* room(std::size_t size) {
        auto& bytes = buffers_.emplace_back(std::make_unique<char[]>(size));
        std::memset(bytes.get(), 0xA5, size);
        return bytes.get();
    }
    template <class Content, class Change = void (*)(Content&)>
    dossier_block with(
        dossier_block block, Change const& change = [](Content&) {}) {
        auto* const copy = reinterpret_cast<Content*>(room(sizeof(Content) + by_));
        std::memcpy(copy, block.content, sizeof(Content));
        copy->size = sizeof(Content) + by_;
        change(*copy);
        block.content = copy;
        return block;
    }
    template <class Element>
    Element const* array(Element const* elements, std::size_t n) {
        auto const stride = sizeof(Element) + by_;
        char* const bytes = room(std::max<std::size_t>(stride * n, 1));
        for (std::size_t i = 0; i < n; ++i) {
            auto* const copy = reinterpret_cast<Element*>(bytes + i * stride);
            std::memcpy(copy, elements + i, sizeof(Element));
            copy->size = stride;
        }
        return reinterpret_cast<Element const*>(bytes);
    }

    std::size_t by_;
    std::vector<std::unique_ptr<char[]>> buffers_;
};

}  // namespace

OpenFormat::OpenFormat(dossier_component const& component, FormatManners const& manners)
    : manners_(manners), host_(manners.host), instance_(component, host_) {
    if (auto failure = host_.failure(instance_.created())) throw RuleBroken("create: " + *failure);
    sink_.size = sizeof sink_;
    status_ = component.open(instance_.get(), host_.table(), &sink_);
    if (status_ == DOSSIER_OK && sink_.blocks == nullptr)
        throw RuleBroken("open gave DOSSIER_OK, but no function for blocks; it fills in the sink's context and blocks");
}

dossier_status OpenFormat::take(std::vector<std::string> const& document, std::size_t begin, std::size_t end) {
    if (status_ != DOSSIER_OK) return status_;
    std::deque<BlockDecoder> decoders;
    std::deque<std::string> bytes;
    Longer longer(manners_.longer_by);
    auto const batch = std::make_unique<dossier_block[]>(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
        auto const& block = *decoders.emplace_back().decode(bytes.emplace_back(document[i]));
        batch[i - begin] = manners_.longer_by == 0 ? block : longer.block(block);
    }
    return status_ = sink_.blocks(sink_.context, batch.get(), end - begin);
}

FormatOutcome OpenFormat::finish() {
    FormatOutcome outcome;
    outcome.status = status_, outcome.failure = host_.failure(status_);
    auto const n_writes = host_.n_writes;
    instance_.destroy();
    outcome.n_after_end = host_.n_writes - n_writes;
    outcome.misuse = host_.misuse;
    outcome.output = host_.output();
    outcome.files = std::move(host_.files);
    outcome.n_writes = n_writes, outcome.n_after_refusal = host_.n_after_refusal;
    outcome.flooded = host_.n_bytes > most_bytes;
    return outcome;
}

FormatOutcome run_format(dossier_component const& component, std::vector<std::string> const& document,
                         FormatManners const& manners) {
    auto with_files = manners;
    with_files.host.several_files = component.several_files != 0;
    OpenFormat format(component, with_files);
    auto state = manners.seed;
    for (std::size_t done = 0; done < document.size();) {
        std::size_t size = 1;
        if (manners.batches == Batches::all_at_once) size = document.size();
        if (manners.batches == Batches::uneven)
            size = (state = state * 6364136223846793005ULL + 1442695040888963407ULL) >> 61;
        size = std::min(size, document.size() - done);
        if (format.take(document, done, done + size) != DOSSIER_OK) break;
        done += size;
    }
    return format.finish();
}

}  // namespace dossier::check
