// Member name: whether the name of a member can stand for it. Names never reach the file system; they are paths of articles.
#pragma once

#include <string>
#include <string_view>

namespace dossier::sources {

/// "./a//b.html" as "a/b.html".
[[nodiscard]] std::string tidy_member_name(std::string_view name);

/// Why a member is refused for its name, one clause ("leads out of the archive"); empty: it is not.
[[nodiscard]] std::string refusal_of_member_name(std::string_view name);

/// Left behind by the system that packed: dot files, __MACOSX/. Of no interest to anyone.
[[nodiscard]] bool is_system_member(std::string_view tidy_name);

}  // namespace dossier::sources
