// From a stream to records: holds one piece of the stream and the record that is looked at, no more.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dossier/sources/records/record_splitter.hpp"

namespace dossier::sources {

/// Offset of the first "\r" or "\n" at or after `from`; text.size(): there is none.
[[nodiscard]] inline std::size_t line_end_after(std::string_view text, std::size_t from) noexcept {
    while (from < text.size() && text[from] != '\n' && text[from] != '\r')
        ++from;
    return from;
}

/// Where a record stands in the file.
struct FoundRecord {
    std::size_t begin = 0, end = 0;
    std::string broken;  ///< RecordSlice::broken
};

/// What a format knows of where its records begin and end.
class RecordFinder {
public:
    virtual ~RecordFinder() = default;
    /// Looks on until a record is found or the bytes are used up.
    /// @param bytes   those from `at` to the end of what was read
    /// @param at      offset in the file of bytes[0]: what look() returned last, at first the begin of the text
    /// @param at_end  the file ends with these bytes; an open record is then found too
    /// @return offset in the file to look on from; never before the begin of the open record
    [[nodiscard]] virtual std::size_t look(std::string_view bytes, std::size_t at, bool at_end) = 0;
    /// What is shared by the records.
    [[nodiscard]] virtual std::shared_ptr<RecordContext const> context() const = 0;

    std::optional<FoundRecord> found;  ///< by the last look()
    std::optional<std::size_t> open;   ///< begin of the record that was begun and not found yet
};

class StreamedSplitter final : public RecordSplitter {
public:
    StreamedSplitter(ByteStream& stream, std::unique_ptr<RecordFinder> finder, std::size_t max_record_bytes) noexcept
        : stream_(stream), finder_(std::move(finder)), max_record_bytes_(max_record_bytes) {}

    [[nodiscard]] bool next(RecordSlice& slice) override;
    [[nodiscard]] std::shared_ptr<RecordContext const> context() const override { return finder_->context(); }

private:
    void begin();
    void read_more();
    void drop_used();
    void drop_to(std::size_t offset);
    void count_lines(std::size_t to) noexcept;
    void hand_out(FoundRecord const& record, RecordSlice& slice);

    ByteStream& stream_;
    std::unique_ptr<RecordFinder> finder_;
    std::size_t max_record_bytes_;
    std::unique_ptr<char[]> piece_;  // what the stream reads into
    std::string buffer_;
    std::size_t base_ = 0;  // offset in the file of buffer_[0]
    std::size_t at_ = 0;    // where the finder looks on
    bool begun_ = false, stream_ended_ = false;

    std::size_t counted_ = 0, line_ = 1;  // line_ is that of the byte at counted_
    char before_counted_ = '\0';
    std::size_t cut_begin_ = 0, cut_line_ = 0;  // of an open record too large to be held; cut_line_ 0: there is none
};

}  // namespace dossier::sources
