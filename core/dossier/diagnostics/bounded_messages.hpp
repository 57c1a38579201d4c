// Bounded messages: however much is wrong with the parts of one file, it takes a few messages to say so.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "dossier/diagnostics/diagnostic.hpp"

namespace dossier {

/// Passes on the first messages of each code about each file, and counts the rest. Errors are all passed on.
class BoundedMessages {
public:
    static constexpr std::size_t most = 20;  ///< of one code about one file

    /// @param file  the file on disk that they are about, whatever part of it each names
    void add(Diagnostics const& messages, std::string const& file, Diagnostics& out);
    /// One message for each code and file of which there were more, at the place of the first that was not passed on. Forgets
    /// what was counted.
    void tell_the_rest(Diagnostics& out);

private:
    struct Seen {
        std::size_t n = 0;
        Severity severity = Severity::note;
        Place first_untold;
    };
    std::map<std::pair<std::string, std::string>, Seen> seen_;  // by file and code
};

}  // namespace dossier
