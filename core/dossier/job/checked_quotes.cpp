#include "dossier/job/checked_quotes.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <ctime>

namespace dossier {
namespace {

constexpr std::time_t coarsest_tick = 2;  // seconds: that of FAT

bool is_older_than_a_tick(timespec const& time, timespec const& now) noexcept {
    return now.tv_sec - time.tv_sec > coarsest_tick;  // a time to come, by another machine's clock, is not
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) noexcept {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

bool is_space(char c) noexcept {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Whether all its white space is single blanks. Without branches, so that many characters are looked at in one step.
bool has_single_blanks(std::string_view text) noexcept {
    unsigned char others = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        char const c = text[i], next = text[i + 1];
        others |= static_cast<unsigned char>((c == '\n') | (c == '\t') | (c == '\r') | ((c == ' ') & (next == ' ')));
    }
    return others == 0;
}

}  // namespace

bool stands_plainly(ArticleInput const& input, ByteRange range, std::string_view quote) {
    if (input.format != sources::Format::text || input.origin.record != 0 || range.begin >= range.end ||
        range.end > input.bytes.size())
        return false;
    auto const bytes = std::string_view(input.bytes).substr(range.begin, range.end - range.begin);
    if (bytes == quote) return has_single_blanks(quote) && !is_space(quote.front()) && !is_space(quote.back());
    std::size_t at = 0;
    for (auto i = range.begin; i < range.end; ++i) {
        char c = input.bytes[i];
        if (is_space(c)) {
            while (i + 1 < range.end && is_space(input.bytes[i + 1]))
                ++i;
            c = ' ';
        }
        if (at == quote.size() || quote[at++] != c) return false;
    }
    return at == quote.size() && !is_space(quote.front()) && !is_space(quote.back());
}

bool stand_plainly(ArticleInput const& input, ArticleEvidence const& evidence) {
    auto const stand = [&](auto const& found) {
        return std::all_of(found.begin(), found.end(),
                           [&](auto const& one) { return stands_plainly(input, one.bytes, one.quote); });
    };
    return stand(evidence.items) && stand(evidence.mentions) && stand(evidence.quantities);
}

std::uint64_t state_of_file(std::string const& folder, std::string const& file) {
    struct stat status {};
    timespec now{};
    if (::stat((folder.empty() ? file : folder + '/' + file).c_str(), &status) != 0 || !S_ISREG(status.st_mode) ||
        ::clock_gettime(CLOCK_REALTIME, &now) != 0)
        return 0;
    if (!is_older_than_a_tick(status.st_mtim, now) || !is_older_than_a_tick(status.st_ctim, now)) return 0;
    std::uint64_t hash = 0;
    for (auto const value : {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino),
                             static_cast<std::uint64_t>(status.st_size)})
        hash = mixed(hash, value);
    for (auto const& time : {status.st_mtim, status.st_ctim})
        hash = mixed(mixed(hash, static_cast<std::uint64_t>(time.tv_sec)), static_cast<std::uint64_t>(time.tv_nsec));
    return std::max<std::uint64_t>(hash, 1);
}

}  // namespace dossier
