#include "dossier/history/retention.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <set>

namespace dossier {
namespace {

using Entries = std::vector<RetentionEntry const*>;

Entries newest_first(std::span<RetentionEntry const> entries) {
    Entries sorted;
    for (auto const& entry : entries)
        sorted.push_back(&entry);
    std::sort(sorted.begin(), sorted.end(), [](auto const* a, auto const* b) { return a->number > b->number; });
    return sorted;
}

/// The numbers that stay whatever sets others need.
std::set<std::int64_t> stay_by_policy(Entries const& newest_first, RetentionPolicy const& policy) {
    auto const keep = std::max<std::size_t>(policy.keep, 1);
    std::set<std::int64_t> stay, weeks;
    std::size_t n_runs = 0, n_sets = 0;
    for (auto const* entry : newest_first) {
        bool stays = n_runs++ < keep || entry->pinned || entry->running;
        if (entry->made_set) {
            stays |= n_sets++ < keep;
            stays |= policy.keep_weekly && weeks.insert(week_of(entry->began)).second;
        }
        if (stays) stay.insert(entry->number);
    }
    return stay;
}

}  // namespace

Retention what_goes(std::span<RetentionEntry const> entries, RetentionPolicy const& policy, std::string_view latest,
                    std::string_view compared_with) {
    auto const sorted = newest_first(entries);
    auto stay = stay_by_policy(sorted, policy);
    std::set<std::string, std::less<>> needed{std::string(latest), std::string(compared_with)};
    for (auto const* entry : sorted)
        if (stay.contains(entry->number)) needed.insert(entry->run_id);
    Retention retention;
    for (auto const* entry : sorted) {
        bool const is_needed = entry->made_set && needed.contains(entry->run_id);
        if (stay.contains(entry->number) || is_needed) continue;
        retention.numbers.push_back(entry->number);
        if (entry->made_set) retention.run_ids.push_back(entry->run_id);
    }
    std::reverse(retention.numbers.begin(), retention.numbers.end());
    auto& ids = retention.run_ids;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return retention;
}

std::int64_t week_of(std::string_view utc) {
    using namespace std::chrono;
    int y = 0;
    unsigned m = 0, d = 0;
    if (std::sscanf(std::string(utc.substr(0, 10)).c_str(), "%4d-%2u-%2u", &y, &m, &d) != 3) return no_week;
    year_month_day const date{year(y), month(m), day(d)};
    if (!date.ok()) return no_week;
    constexpr sys_days first_monday = year(1970) / 1 / 5;
    return floor<weeks>(sys_days(date) - first_monday).count();
}

}  // namespace dossier
