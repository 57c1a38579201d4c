// Takes the lock of an output folder as a run does, for tests that start many at once.
//
//   lock_holder FOLDER   waits for the end of standard input, then: writes "held" and holds the lock until it is killed, or
//                        until the descriptor in LOCK_HOLDER_UNTIL ends; 75 at once when another holds it
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/job/publication.hpp"

namespace {

constexpr int locked = 75, failed = 1, usage = 2;

void wait_for_end_of(int descriptor) {
    char byte = 0;
    while (::read(descriptor, &byte, 1) > 0) {
    }
}

}  // namespace

int main(int argc, char** argv) {
    char const* const until = std::getenv("LOCK_HOLDER_UNTIL");
    if (argc != 2 || until == nullptr) return usage;
    wait_for_end_of(STDIN_FILENO);
    try {
        dossier::OutputLock const lock(argv[1]);
        if (::write(STDOUT_FILENO, "h", 1) != 1) return failed;
        wait_for_end_of(std::atoi(until));
    } catch (dossier::Failure const& failure) {
        if (failure.kind() == dossier::FailureKind::locked) return locked;
        std::fprintf(stderr, "%s\n", failure.what());
        return failed;
    }
    return 0;
}
