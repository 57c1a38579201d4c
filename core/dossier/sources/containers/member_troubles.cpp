#include "dossier/sources/containers/member_troubles.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "dossier/diagnostics/display_text.hpp"
#include "dossier/sources/file_name.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t most_messages = 20;     // of a kind
constexpr std::size_t most_extensions = 8;    // named in a note
constexpr std::size_t longest_extension = 8;  // with its dot; a longer one is part of a name
constexpr std::size_t longest_shown = 200;    // bytes of a name

std::string shown(std::string_view member) {
    bool const whole = member.size() <= longest_shown;
    return '"' + display_text(member.substr(0, longest_shown)) + (whole ? "\"" : "…\"");
}

/// ".png"; empty: none, or what stands behind the last dot is part of the name.
std::string shown_extension(std::string_view member) {
    auto const extension = extension_of(member);
    bool const plain =
        !extension.empty() && extension.size() < longest_extension &&
        std::all_of(extension.begin(), extension.end(), [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c); });
    return plain ? '.' + extension : std::string();
}

/// ".png 10, .css 2, no extension 1": the most frequent first.
std::string counted(std::map<std::string, std::size_t> const& by_extension) {
    std::vector<std::pair<std::string, std::size_t>> sorted(by_extension.begin(), by_extension.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](auto const& a, auto const& b) { return a.second > b.second; });
    std::string text;
    std::size_t others = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i >= most_extensions) {
            others += sorted[i].second;
            continue;
        }
        text += (i > 0 ? ", " : "") + (sorted[i].first.empty() ? "no extension" : sorted[i].first) + ' ' +
                std::to_string(sorted[i].second);
    }
    return others == 0 ? text : text + ", others " + std::to_string(others);
}

}  // namespace

void MemberTroubles::refuse(std::string const& code, std::string_view member, std::string const& what) {
    auto& kind = kinds_[code];
    if (kind.n++ < most_messages) kind.messages.push_back("the member " + shown(member) + " is left out: it " + what);
}

void MemberTroubles::leave_out(std::string_view member) {
    ++left_out_[shown_extension(member)];
}

void MemberTroubles::tell(std::string const& container, Diagnostics& diagnostics) const {
    auto const add = [&](Severity severity, std::string const& code, std::string message) {
        diagnostics.add({severity, code, {container, 0, 0, 0}, std::move(message), {}, {}});
    };
    for (auto const& [code, kind] : kinds_) {
        for (auto const& message : kind.messages)
            add(Severity::warning, code, message);
        if (kind.n > kind.messages.size())
            add(Severity::warning, code,
                std::to_string(kind.n - kind.messages.size()) + " more members are left out for the same reason");
    }
    std::size_t n = 0;
    for (auto const& [extension, count] : left_out_)
        n += count;
    if (n > 0)
        add(Severity::note, "DOS0338",
            std::to_string(n) +
                (n == 1 ? " member that is no article is left out: " : " members that are no articles are left out: ") +
                counted(left_out_));
}

}  // namespace dossier::sources
