#include "dossier/sources/block.hpp"

#include <algorithm>

namespace dossier::sources {

void MappedText::append(std::string_view verbatim, std::size_t origin) {
    if (verbatim.empty()) return;
    if (!runs_.empty() && runs_.back().verbatim() && runs_.back().origin + runs_.back().length == origin) {
        runs_.back().length += verbatim.size();
        runs_.back().origin_length += verbatim.size();
    } else {
        runs_.push_back({text_.size(), origin, verbatim.size(), verbatim.size()});
    }
    text_ += verbatim;
}

void MappedText::append_resolved(std::string_view text, std::size_t origin, std::size_t origin_length) {
    if (text.empty()) return;
    runs_.push_back({text_.size(), origin, text.size(), origin_length});
    text_ += text;
}

void MappedText::append_part(MappedText const& from, std::size_t begin, std::size_t end) {
    while (begin < end) {
        Run const& run = from.run_at(begin);
        auto const run_end = std::min(end, run.text + run.length);
        auto const text = std::string_view(from.text_).substr(begin, run_end - begin);
        if (run.verbatim())
            append(text, run.origin + (begin - run.text));
        else
            append_resolved(text, run.origin, run.origin_length);
        begin = run_end;
    }
}

void MappedText::drop_end(std::size_t n_bytes) noexcept {
    if (runs_.empty() || !runs_.back().verbatim() || runs_.back().length < n_bytes) return;
    text_.resize(text_.size() - n_bytes);
    runs_.back().length -= n_bytes;
    runs_.back().origin_length -= n_bytes;
    if (runs_.back().length == 0) runs_.pop_back();
}

MappedText::Run const& MappedText::run_at(std::size_t at) const noexcept {
    auto const next = std::upper_bound(runs_.begin(), runs_.end(), at,
                                       [](std::size_t wanted, Run const& run) { return wanted < run.text; });
    return *(next - 1);
}

std::size_t MappedText::origin_begin(std::size_t at) const noexcept {
    Run const& run = run_at(at);
    return run.verbatim() ? run.origin + (at - run.text) : run.origin;
}

std::size_t MappedText::origin_end(std::size_t at) const noexcept {
    Run const& run = run_at(at - 1);
    return run.verbatim() ? run.origin + (at - run.text) : run.origin + run.origin_length;
}

std::string_view MappedText::within(std::size_t begin, std::size_t end) const noexcept {
    std::size_t first = text_.size(), last = 0;
    auto at = std::lower_bound(runs_.begin(), runs_.end(), begin, [](Run const& run, std::size_t wanted) {
        return run.origin + run.origin_length <= wanted;
    });
    for (; at != runs_.end() && at->origin < end; ++at) {
        std::size_t from = at->text, to = at->text + at->length;
        if (at->verbatim()) {
            if (begin > at->origin) from += begin - at->origin;
            if (end < at->origin + at->length) to -= at->origin + at->length - end;
        } else if (at->origin < begin || at->origin + at->origin_length > end) {
            continue;
        }
        first = std::min(first, from);
        last = std::max(last, to);
    }
    return first < last ? std::string_view(text_).substr(first, last - first) : std::string_view();
}

void MappedText::shift(std::size_t distance) noexcept {
    for (auto& run : runs_)
        run.origin += distance;
}

}  // namespace dossier::sources
