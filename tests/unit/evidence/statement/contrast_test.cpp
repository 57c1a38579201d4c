#include "dossier/evidence/statement/contrast.hpp"

#include <gtest/gtest.h>

#include "dossier/evidence/lexicon.hpp"

namespace {

bool turns(std::string_view passage) {
    return dossier::contrast_turns(dossier::read_text(passage, dossier::built_in_lexicon()));
}

TEST(Contrast, TurnsWhereOnlyOneOfItsPartsDenies) {
    EXPECT_TRUE(turns("Naps did not improve memory in adults, but improved it in children."));
    EXPECT_TRUE(turns("Naps did not improve memory. However, they improved mood."));
    EXPECT_TRUE(turns("Although naps improve mood, they do not improve memory."));
    EXPECT_TRUE(turns("Naps had no effect on memory; however, mood was better."));
}

TEST(Contrast, DoesNotTurnWhereBothPartsSayTheSame) {
    EXPECT_FALSE(turns("Naps improved memory, but mood improved more."));
    EXPECT_FALSE(turns("Naps did not improve memory, but they did not improve mood either."));
    EXPECT_FALSE(turns("Naps did not improve memory. They improved mood."));
    EXPECT_FALSE(turns("However, naps did not improve memory."));
    EXPECT_FALSE(turns(""));
}

}  // namespace
