// Mutated registries: whatever a person's editor, a broken disk or an attacker makes of one, it is read or refused.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "dossier/claims/registry_file.hpp"
#include "support/temporary_folder.hpp"

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t bound) {
    return bound == 0 ? 0 : random() % bound;
}

std::string mutated(std::string text, Random& random) {
    static std::string const bits[] = {"[",
                                       "]",
                                       "[[",
                                       "{",
                                       "}",
                                       "\"",
                                       "\"\"\"",
                                       "'",
                                       "\n",
                                       "=",
                                       ".",
                                       "\\",
                                       "#",
                                       "\r",
                                       "…",
                                       "*",
                                       "|",
                                       "\xFF",
                                       std::string(1, '\0'),
                                       "a.b.c",
                                       "1e999",
                                       "nan",
                                       "\xE2\x80"};
    auto const n_changes = 1 + below(random, 4);
    for (std::size_t i = 0; i < n_changes; ++i) {
        auto const at = below(random, text.size());
        switch (below(random, 5)) {
            case 0: text.insert(at, bits[below(random, std::size(bits))]); break;
            case 1: text.erase(at, 1 + below(random, 30)); break;
            case 2: text[at] = static_cast<char>(random()); break;
            case 3: text.insert(at, text.substr(below(random, text.size()), below(random, 200))); break;
            default: text.resize(at + 1); break;
        }
    }
    return text;
}

std::string contents(std::string const& name) {
    std::ifstream file(DOSSIER_SOURCE_DIR "/config/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(MutatedRegistries, AreReadOrRefusedWithAMessageThatCanBeShown) {
    auto const original = contents("claims.toml");
    ASSERT_GT(original.size(), 1000u);
    dossier_test::TemporaryFolder const folder;
    folder.write("claims-base.toml", contents("claims-base.toml"));
    Random random(20261122);
    std::size_t n_read = 0, n_refused = 0;
    char const* const long_run = std::getenv("DOSSIER_LONG");  // scripts/test --long
    int const n_mutations = long_run != nullptr && long_run[0] == '1' ? 100'000 : 3000;
    for (int i = 0; i < n_mutations; ++i) {
        auto const path = folder.write("claims.toml", mutated(original, random));
        dossier::Diagnostics diagnostics;
        bool const read = dossier::load_registry(path, "claims.toml", diagnostics).has_value();
        read ? ++n_read : ++n_refused;
        EXPECT_NE(read, diagnostics.has_errors());
        for (auto const format :
             {dossier::MessageFormat::human, dossier::MessageFormat::json, dossier::MessageFormat::sarif})
            EXPECT_EQ(render(diagnostics.items(), format).empty(),
                      diagnostics.empty() && format != dossier::MessageFormat::sarif);
    }
    EXPECT_GT(n_refused, 300u) << "the mutations reach what is checked";
    EXPECT_GT(n_read, 300u) << "and leave some of it whole";
}

}  // namespace
