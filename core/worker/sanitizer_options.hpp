// Options of the sanitizers for programs that end in a sandbox. Included once per program, by its main file.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
// Leaks cannot be looked for in the sandbox, and the process ends by _exit, never unloading anything.
extern "C" char const* __asan_default_options() {
    return "detect_leaks=0:handle_segv=0:handle_sigbus=0:handle_abort=0";
}
#elif defined(__SANITIZE_THREAD__)
// The host tells by the signal that the program crashed.
extern "C" char const* __tsan_default_options() {
    return "handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0:handle_sigill=0";
}
#endif
