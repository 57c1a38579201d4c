#include "dossier/diagnostics/shell_words.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using dossier::command_line;
using dossier::shell_word;

TEST(ShellWords, StandInQuotesUnlessTheyArePlain) {
    EXPECT_EQ(shell_word("out/2026-04-01_a.toml"), "out/2026-04-01_a.toml");
    EXPECT_EQ(shell_word("out put"), "'out put'");
    EXPECT_EQ(shell_word("it's $HOME"), "'it'\\''s $HOME'");
    EXPECT_EQ(shell_word("grüner tee"), "'grüner tee'");
    EXPECT_EQ(shell_word(""), "''");
}

TEST(ShellWords, MakeACommandThatCanBeCopied) {
    EXPECT_EQ(command_line(std::vector<std::string>{"dossier", "run", "my job.toml"}), "dossier run 'my job.toml'");
}

}  // namespace
