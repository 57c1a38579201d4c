// Whether this program runs under a sanitizer, whose time and memory are its own.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

/// The rounds of a test that takes samples, of `rounds` without a sanitizer: a third under one, where each round takes five times as
/// long. The other two thirds run in the same change without it; DOSSIER_LONG runs all of them under both.
constexpr int rounds_here(int rounds) {
    return sanitized ? (rounds + 2) / 3 : rounds;
}
