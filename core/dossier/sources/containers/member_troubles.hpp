// Member troubles: what a container holds that is not read, told in a few messages however much it is.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"

namespace dossier::sources {

class MemberTroubles {
public:
    /// A member that is refused: one message each, up to a bound.
    /// @param code    of the kind of trouble
    /// @param member  shown as it stands in the archive
    /// @param what    one clause: "leads out of the archive"
    void refuse(std::string const& code, std::string_view member, std::string const& what);
    /// A member that is no article: counted by extension.
    void leave_out(std::string_view member);
    /// A member that the job excludes: nothing to tell.
    void exclude() noexcept { has_excluded_ = true; }
    /// No member was refused.
    [[nodiscard]] bool only_left_out() const noexcept { return kinds_.empty(); }
    [[nodiscard]] bool has_excluded() const noexcept { return has_excluded_; }

    /// @param container  the path of the container
    void tell(std::string const& container, Diagnostics& diagnostics) const;

private:
    struct Kind {
        std::vector<std::string> messages;  // the first of them
        std::size_t n = 0;
    };
    std::map<std::string, Kind> kinds_;            // by code
    std::map<std::string, std::size_t> left_out_;  // by extension, "" for none
    bool has_excluded_ = false;
};

}  // namespace dossier::sources
