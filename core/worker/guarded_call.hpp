// Calls into a component. Exceptions must not cross the ABI; where one does, it is the component's failure.
#pragma once

#include <cxxabi.h>

#include <exception>
#include <new>
#include <optional>
#include <string>

#include "plugin_host.hpp"

namespace dossier::worker {

/// What went wrong, if anything. What ends a thread is caught by a reference to nothing, which UBSan takes for a mistake.
template <class Call>
__attribute__((no_sanitize("undefined"))) std::optional<ErrorFrame> guarded(PluginHost const& host, Call const& call) {
    auto const escaped = [](std::string const& what) {
        return ErrorFrame{WorkerError::component, "it let an exception escape: " + what, {}};
    };
    try {
        return host.failure(call());
    } catch (abi::__forced_unwind&) {
        throw;  // the thread is being ended, and nobody may stop that
    } catch (std::bad_alloc const&) {
        return ErrorFrame{WorkerError::out_of_memory, {}, {}};
    } catch (std::exception const& error) {
        return escaped(error.what());
    } catch (...) {
        return escaped("of unknown type");
    }
}

}  // namespace dossier::worker
