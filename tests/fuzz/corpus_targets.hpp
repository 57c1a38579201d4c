// Every fuzz target of this build, for the program that runs the kept inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

struct FuzzTarget {
    char const* reader;  ///< name of its folder of kept inputs
    int (*run)(std::uint8_t const* bytes, std::size_t size);
};

/// Sorted by name.
std::vector<FuzzTarget> const& fuzz_targets();
