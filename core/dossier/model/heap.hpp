// Heap: what the allocator is told, so that memory that is free is free for other programs too.
#pragma once

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace dossier {

/// Once, first. Large blocks go back to the system when they are freed, however many there were: else glibc takes them from the
/// heap after the first few, where they leave holes. Other allocators are left as they are.
inline void keep_large_blocks_apart() noexcept {
#ifdef __GLIBC__
    constexpr int large_bytes = 256 * 1024;
    mallopt(M_MMAP_THRESHOLD, large_bytes);
#endif
}

/// Between two steps of which the second needs little of what the first one did. Takes a few milliseconds.
inline void give_back_free_memory() noexcept {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

}  // namespace dossier
