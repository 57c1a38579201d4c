// Names of files that try to be more than names, in unit files, crontabs and shells.
#pragma once

#include <array>

namespace dossier::test {

inline constexpr std::array nasty_names{
    "plain",
    "two words",
    "  spaces at both ends  ",
    "it's",
    "say \"hello\"",
    "\"quoted\"",
    "'",
    "percent %n %i %% %h 100%",
    "dollar $HOME ${PATH} $$ $(touch injected) `touch injected`",
    "back\\slash \\n \\x41 \\\\ \\\"",
    "ends in a backslash\\",
    "semi ; colon: , & && | > injected # no comment",
    "; touch injected",
    "[Service] ExecStart=touch injected",
    "-leading",
    "@+!-:prefixes",
    "*?[glob]~{a,b}",
    "\u00e9t\u00e9 \u65e5\u672c \U0001F600",
    "!bang ^caret =equals",
};

/// What no unit file and no crontab can hold.
inline constexpr std::array impossible_names{"line\nbreak", "line\rbreak", "a\ttab",  "bell\a",
                                             "delete\x7f",  "\xff\xfe",    "cut \xc3"};

}  // namespace dossier::test
