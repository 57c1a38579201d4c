#include "kit_run.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <sstream>
#include <stdexcept>

namespace dossier::test {

KitRun run_kit(std::string const& arguments) {
    KitRun run;
    auto* const pipe = ::popen(("'" DOSSIER_CHECK_PLUGIN "' " + arguments + " 2>&1").c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run the kit");
    std::array<char, 4096> bytes;
    for (std::size_t got; (got = std::fread(bytes.data(), 1, bytes.size(), pipe)) > 0;)
        run.output.append(bytes.data(), got);
    int const status = ::pclose(pipe);
    run.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    std::istringstream lines(run.output);
    for (std::string line; std::getline(lines, line);)
        if (line.size() > 11 && line.compare(5, 6, "FAILED") == 0) run.broken.insert(line.substr(0, 4));
    return run;
}

}  // namespace dossier::test
