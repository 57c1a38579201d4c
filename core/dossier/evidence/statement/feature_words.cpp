#include "dossier/evidence/statement/feature_words.hpp"

#include <array>
#include <utility>

namespace dossier {

namespace {

using Entry = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
std::string_view look_up(std::array<Entry, N> const& table, std::string_view name) {
    for (auto const& [known, words] : table)
        if (known == name) return words;
    return {};
}

constexpr std::array<Entry, 42> features{{
    {"bias", "where the model starts from"},
    {"a direction is put in other words", "it tells the same change in other words"},
    {"a direction is replaced by its opposite", "it tells the opposite change"},
    {"antonym of a word of the statement", "it has the opposite of a word of the statement"},
    {"both deny", "both it and the statement deny"},
    {"denied in both", "the same is denied in both"},
    {"denied in one, not in the other", "the same is denied in one, not in the other"},
    {"words denied in one, not in the other", "the same is denied in one, not in the other"},
    {"predicate denied in one, not in the other", "what is said of the subject is denied in one, not in the other"},
    {"effect denied in one, not in the other", "an effect is denied in one, not in the other"},
    {"effect denied in both", "both deny an effect"},
    {"effect stated in both", "both state an effect"},
    {"effect denied, stated in the passage", "it states an effect that the statement denies"},
    {"effect stated, denied in the passage", "it denies an effect that the statement states"},
    {"neither denies", "neither it nor the statement denies"},
    {"only the passage denies", "it denies, the statement does not"},
    {"only the statement denies", "the statement denies, it does not"},
    {"directions agree", "the changes are the same"},
    {"directions beside shared words agree", "the same happens to the same thing"},
    {"directions beside shared words are opposite", "the opposite happens to the same thing"},
    {"product of directions is the same", "more and less come to the same change"},
    {"product of directions is opposite", "more and less come to the opposite change"},
    {"comparison: sides and directions agree", "it compares the same things the same way"},
    {"values agree", "it finds the same good or bad"},
    {"value of shared words is opposite", "it finds good what the statement finds bad, or bad what it finds good"},
    {"names missing from the passage", "names of the statement are missing"},
    {"neighbouring words stay neighbours", "words that stand together in the statement do so here"},
    {"nothing of the predicate is there", "what is said of the subject is missing"},
    {"nothing of the subject is there", "the subject is missing"},
    {"predicate is there, subject is not", "it says so of something else"},
    {"subject is there, predicate is not", "it says something else of the subject"},
    {"numbers are the same", "the numbers are the same"},
    {"numbers differ", "the numbers differ"},
    {"numbers only in the passage", "it has numbers, the statement has none"},
    {"numbers only in the statement", "the statement has numbers, it has none"},
    {"passage is long", "it is long"},
    {"recall is high", "it has nearly all words of the statement"},
    {"recall is low", "it has few words of the statement"},
    {"recall by synonyms", "it has words of the statement by synonyms"},
    {"question: a contrast turns the answer", "behind a contrast it says the contrary"},
    {"question: holds for some only", "it holds for some only"},
    {"words missing from the passage", "words of the statement are missing"},
}};

constexpr std::array<Entry, 27> classes{{
    {"up", "more of something"},
    {"down", "less of something"},
    {"good", "something good"},
    {"bad", "something bad"},
    {"effect", "an effect"},
    {"significant", "that it matters"},
    {"no_effect", "that there is no effect"},
    {"denial", "a denial"},
    {"same", "that things are the same"},
    {"hedge", "that it may be so"},
    {"unclear", "that it is unclear"},
    {"need_more", "that more research is needed"},
    {"partly", "that it is so in part"},
    {"advice", "what ought to be done"},
    {"we_conclude", "what is concluded"},
    {"all", "all"},
    {"none", "none"},
    {"many", "many"},
    {"few", "few"},
    {"only", "only"},
    {"cause", "a cause"},
    {"correlate", "a link"},
    {"compare", "a comparison"},
    {"aim", "what was to be studied"},
    {"contrast", "a contrast"},
    {"selected", "that it holds for some only"},
    {"number", "a number"},
}};

std::string class_in_words(std::string_view name) {
    auto const words = look_up(classes, name);
    return std::string(words.empty() ? name : words);
}

bool take(std::string_view& name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return false;
    name.remove_prefix(prefix.size());
    return true;
}

void drop_ending(std::string_view& name, std::string_view ending) {
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
}

/// "has need_more", "denies significant".
std::string said_in_words(std::string_view who, std::string_view what) {
    if (take(what, "has ")) return std::string(who) + " tells " + class_in_words(what);
    if (take(what, "denies ")) return std::string(who) + " denies " + class_in_words(what);
    return {};
}

}  // namespace

std::string feature_in_words(std::string_view feature) {
    auto name = feature;
    drop_ending(name, " × recall");
    drop_ending(name, ",");
    take(name, "all sentences: ");
    if (auto const words = look_up(features, name); !words.empty()) return std::string(words);
    if (name.starts_with("recall of")) return "it has words of the statement";
    if (take(name, "missing from the sentence: a word of ")) return "it leaves out " + class_in_words(name);
    if (take(name, "statement has ")) {
        auto const comma = name.find(", sentence has ");
        if (comma == std::string_view::npos) return "the statement tells " + class_in_words(name);
        return "the statement tells " + class_in_words(name.substr(0, comma)) + ", it tells " +
               class_in_words(name.substr(comma + std::string_view(", sentence has ").size()));
    }
    take(name, "question: ");
    for (std::string_view const who :
         {"first sentence ", "last sentence ", "best sentence ", "sentence ", "passage ", ""}) {
        auto rest = name;
        if (!take(rest, who)) continue;
        if (auto said = said_in_words("it", rest); !said.empty()) return said;
    }
    if (name.ends_with("answers")) return "it answers the question";
    return "\"" + std::string(name) + "\"";
}

}  // namespace dossier
