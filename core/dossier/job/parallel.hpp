// Work on many items at once, with results that do not depend on who did what when.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace dossier {

/// How many threads `asked` stands for: one per core if it is 0.
[[nodiscard]] inline unsigned threads_meant_by(unsigned asked) noexcept {
    return asked != 0 ? asked : std::max(1u, std::thread::hardware_concurrency());
}

/// Calls `work(i)` for every i in [0, n), on up to `n_threads` threads (0: one per core). `work` writes to its own
/// item's slot only. The exception of the lowest item that threw is rethrown when all threads are done.
template <class Work>
void for_each_index(std::size_t n, unsigned n_threads, Work work) {
    n_threads = threads_meant_by(n_threads);
    std::atomic<std::size_t> next{0};
    std::mutex failing;
    std::size_t failed_item = n;
    std::exception_ptr failure;
    auto const take = [&] {
        for (std::size_t i = next++; i < n; i = next++) {
            try {
                work(i);
            } catch (...) {
                std::lock_guard const lock(failing);
                if (i < failed_item) {
                    failed_item = i;
                    failure = std::current_exception();
                }
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        try {
            for (unsigned i = 1; i < std::min<std::size_t>(n_threads, n); ++i)
                threads.emplace_back(take);
        } catch (std::system_error const&) {
            // No more threads to be had: those that there are do the work.
        }
        take();
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace dossier
