#include "dossier/sources/records/record_stream.hpp"

#include <utility>

#include "dossier/sources/size_words.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t piece_bytes = 256u << 10;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

bool StreamedSplitter::next(RecordSlice& slice) {
    if (!begun_) begin();
    for (;;) {
        finder_->found.reset();
        at_ = finder_->look(std::string_view(buffer_).substr(at_ - base_), at_, stream_ended_);
        if (finder_->found) {
            hand_out(*finder_->found, slice);
            return true;
        }
        bool const looks_again = at_ < base_ + buffer_.size();
        if (stream_ended_ && looks_again) continue;  // a finder that took a quote for the begin of quoted text
        if (stream_ended_) return false;
        drop_used();
        read_more();
    }
}

void StreamedSplitter::begin() {
    begun_ = true;
    piece_ = std::make_unique_for_overwrite<char[]>(piece_bytes);
    while (!stream_ended_ && buffer_.size() < byte_order_mark.size())
        read_more();
    if (buffer_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
}

void StreamedSplitter::read_more() {
    auto const n = stream_.read(piece_.get(), piece_bytes);
    buffer_.append(piece_.get(), n);
    stream_ended_ = n == 0;
}

void StreamedSplitter::drop_used() {
    auto const& open = finder_->open;
    if (!open) return drop_to(at_);
    if (at_ - *open <= max_record_bytes_) return drop_to(*open);
    if (cut_line_ == 0 || cut_begin_ != *open) {
        count_lines(*open);
        cut_begin_ = *open;
        cut_line_ = line_;
    }
    drop_to(at_);
}

void StreamedSplitter::drop_to(std::size_t offset) {
    if (offset <= base_) return;
    count_lines(offset);
    buffer_.erase(0, offset - base_);
    base_ = offset;
}

// A line ends with "\r", or with a "\n" that does not follow one.
void StreamedSplitter::count_lines(std::size_t to) noexcept {
    if (to <= counted_) return;
    std::string_view const bytes = std::string_view(buffer_).substr(counted_ - base_, to - counted_);
    line_ += bytes[0] == '\r' || (bytes[0] == '\n' && before_counted_ != '\r');
    std::size_t ends = 0;
    for (std::size_t i = 1; i < bytes.size(); ++i)
        ends += static_cast<std::size_t>((bytes[i] == '\r') | ((bytes[i] == '\n') & (bytes[i - 1] != '\r')));
    line_ += ends;
    before_counted_ = bytes.back();
    counted_ = to;
}

void StreamedSplitter::hand_out(FoundRecord const& record, RecordSlice& slice) {
    slice.byte_begin = record.begin;
    slice.broken = record.broken;
    bool const cut = cut_line_ != 0 && cut_begin_ == record.begin;
    if (!cut) count_lines(record.begin);
    slice.line = cut ? cut_line_ : line_;
    cut_line_ = 0;
    if (cut || record.end - record.begin > max_record_bytes_) {
        slice.bytes.clear();
        slice.broken = larger_than(max_record_bytes_);
    } else {
        slice.bytes.assign(buffer_, record.begin - base_, record.end - record.begin);
    }
}

}  // namespace dossier::sources
