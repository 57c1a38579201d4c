#include "dossier/sources/pdf/page_places.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using dossier::sources::PagePlaces;

TEST(PagePlaces, GoesForthAndBack) {
    std::string const text = "a\nb\n\fc\n\nd\n\f\fe\n\f";
    PagePlaces places(text);
    for (auto const& [letter, page, line] :
         {std::tuple{'a', 1u, 1u}, std::tuple{'e', 4u, 1u}, std::tuple{'d', 2u, 3u}, std::tuple{'b', 1u, 2u},
          std::tuple{'c', 2u, 1u}, std::tuple{'d', 2u, 3u}}) {
        auto const place = places.at(text.find(letter));
        EXPECT_EQ(place.page, page) << letter;
        EXPECT_EQ(place.line, line) << letter;
    }
}

}  // namespace
