#include "dossier/diagnostics/diagnostic.hpp"

#include <gtest/gtest.h>

namespace {

using dossier::Diagnostic;
using dossier::Diagnostics;
using dossier::Severity;

Diagnostic at(std::string file, std::size_t line, std::size_t column, std::string code) {
    return {Severity::error, std::move(code), {std::move(file), line, column, 1}, "", "", {}};
}

TEST(Diagnostics, SortsByFileThenPlaceThenCode) {
    Diagnostics diagnostics;
    diagnostics.add(at("b", 1, 1, "x"));
    diagnostics.add(at("a", 10, 1, "x"));
    diagnostics.add(at("a", 9, 2, "y"));
    diagnostics.add(at("a", 9, 2, "x"));
    diagnostics.add(at("a", 0, 0, "z"));
    diagnostics.sort();
    std::string order;
    for (auto const& d : diagnostics.items())
        order += d.place.file + std::to_string(d.place.line) + d.code + " ";
    EXPECT_EQ(order, "a0z a9x a9y a10x b1x ");
}

TEST(Diagnostics, WarningsAndNotesAreNoErrors) {
    Diagnostics diagnostics;
    EXPECT_TRUE(diagnostics.empty());
    diagnostics.add({Severity::warning, "", {}, "", "", {}});
    diagnostics.add({Severity::note, "", {}, "", "", {}});
    EXPECT_FALSE(diagnostics.empty());
    EXPECT_FALSE(diagnostics.has_errors());
    Diagnostics more;
    more.add({Severity::error, "", {}, "", "", {}});
    diagnostics.append(more);
    EXPECT_TRUE(diagnostics.has_errors());
    EXPECT_EQ(diagnostics.items().size(), 3u);
}

}  // namespace
