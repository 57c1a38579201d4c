#include "dossier/sources/language.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_words = 20'000;  // more tells nothing new
constexpr std::size_t min_words = 20;

struct Profile {
    std::string_view code, name;
    std::string_view words;  // function words, separated and surrounded by spaces
};

constexpr auto profiles = std::to_array<Profile>({
    {"en", "English",
     " the of and to in is that for it as with was on are be by this from at have not which or an but they their "
     "has were been can who will would more when there if its also than these may about into could such some other "
     "a i you we he she his her our your my do does did what how "},
    {"de", "German",
     " der die und das in den von zu ist mit des im auf für eine ein dem nicht sich auch als es an werden aus er hat "
     "dass sie "
     "nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch "
     "man "
     "sein wurde wenn können kann ich wir ihre unter "},
    {"fr", "French",
     " de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ont son aux "
     "mais ou cette comme nous été leur peut être ses ces elle sa entre fait deux très vous je on tout même sans aussi "
     "d'un d'une qu'il c'est n'est "},
    {"es", "Spanish",
     " de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre "
     "este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué "},
    {"it", "Italian",
     " di e il la che in a per un è del non le si una i della con da sono come al anche dei nel più alla lo ha gli ma "
     "delle dalla questo o se essere su ed nella suo sua ai loro stato molto tra cui quando degli "},
    {"pt", "Portuguese",
     " de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua "
     "ou "
     "ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos são "},
    {"nl", "Dutch",
     " de van het een en in is dat op te zijn voor met die niet aan er om ook als dan maar bij of uit nog worden door "
     "naar heeft tot ze wordt over meer hij hun geen wel deze kan werd dit zich ik je was we onder veel moet "},
    {"sv", "Swedish",
     " och att det i en som på är av för med till den har de inte om ett han men var jag sig från vi så kan när år "
     "under också efter eller nu där sin mot ska skulle kommer ut får finns vara hade alla andra mycket än "},
    {"da", "Danish",
     " og i at det er en til af på som for med de den der har ikke et om fra var han men vi kan så sig jeg ved også "
     "efter eller nu hvor skal ville blev når ud være havde alle andre meget end mange kunne blive bliver "},
    {"pl", "Polish",
     " i w na z się nie do jest to że o jak po ale przez od za co dla są by tym być oraz tylko może jego ich ze już "
     "przed było który jej także która tego lub czy bardzo można które pod "},
});

struct Script {
    char32_t first, last;
    std::string_view code, name;
};
constexpr auto scripts = std::to_array<Script>({
    {0x0370, 0x03FF, "el", "Greek"},
    {0x0400, 0x052F, "ru", "Russian"},
    {0x0590, 0x05FF, "he", "Hebrew"},
    {0x0600, 0x06FF, "ar", "Arabic"},
    {0x0900, 0x097F, "hi", "Hindi"},
    {0x0E00, 0x0E7F, "th", "Thai"},
    {0x3040, 0x30FF, "ja", "Japanese"},
    {0x4E00, 0x9FFF, "zh", "Chinese"},
    {0xAC00, 0xD7AF, "ko", "Korean"},
});

struct Counts {
    std::size_t words = 0, letters = 0;
    std::array<std::size_t, profiles.size()> by_profile{};
    std::array<std::size_t, scripts.size()> by_script{};
};

void count_word(std::string const& word, Counts& counts) {
    ++counts.words;
    if (word.size() > 14) return;
    std::string const wanted = ' ' + word + ' ';
    for (std::size_t i = 0; i < profiles.size(); ++i)
        if (profiles[i].words.find(wanted) != std::string_view::npos) ++counts.by_profile[i];
}

char32_t lower(char32_t c) noexcept {
    if (c < 0x80) return static_cast<char32_t>(ascii_lower(static_cast<char>(c)));
    return c >= 0xC0 && c <= 0xDE && c != 0xD7 ? c + 32 : c;
}

void count(std::string_view passage, Counts& counts) {
    std::string word;
    for (std::size_t at = 0; at < passage.size() && counts.words < max_words;) {
        auto const [value, length] = code_point_at(passage, at);
        at += length;
        if (is_letter(value) || (!word.empty() && (value == '\'' || value == 0x2019))) {
            append_utf8(word, value == 0x2019 ? U'\'' : lower(value));
            ++counts.letters;
            for (std::size_t i = 0; i < scripts.size(); ++i)
                if (value >= scripts[i].first && value <= scripts[i].last) ++counts.by_script[i];
            continue;
        }
        if (!word.empty()) count_word(word, counts);
        word.clear();
    }
    if (!word.empty()) count_word(word, counts);
}

std::string by_script(Counts const& counts) {
    std::size_t foreign = 0;
    for (auto const n : counts.by_script)
        foreign += n;
    bool const hardly_else = foreign >= 8 && foreign * 10 > counts.letters * 9;
    if (!hardly_else && (foreign < 40 || foreign * 2 < counts.letters)) return {};
    auto const kana = counts.by_script[6];
    if (kana * 10 > foreign) return "ja";
    auto const most = std::max_element(counts.by_script.begin(), counts.by_script.end());
    return std::string(scripts[static_cast<std::size_t>(most - counts.by_script.begin())].code);
}

// A sentence or two: function words of one language, a fifth of all, and hardly one that is English too. English itself
// need not be told.
std::string of_few_words(Counts const& counts) {
    if (counts.words < 4) return {};
    auto const most = std::max_element(counts.by_profile.begin(), counts.by_profile.end());
    auto const n_as_good = std::count(counts.by_profile.begin(), counts.by_profile.end(), *most);
    if (*most < 2 || *most * 5 < counts.words || *most < counts.by_profile[0] + 2 || n_as_good > 1) return {};
    return std::string(profiles[static_cast<std::size_t>(most - counts.by_profile.begin())].code);
}

}  // namespace

std::string language_of(std::vector<std::string_view> const& passages) {
    Counts counts;
    for (auto const passage : passages)
        count(passage, counts);
    if (auto code = by_script(counts); !code.empty()) return code;
    if (counts.words < min_words) return of_few_words(counts);
    auto const most = std::max_element(counts.by_profile.begin(), counts.by_profile.end());
    std::size_t const share = *most * 100 / counts.words;
    if (counts.by_profile[0] * 10 >= *most * 9 && counts.by_profile[0] * 100 / counts.words >= 12) return "en";
    if (share < 18) return counts.by_profile[0] == *most && share >= 8 ? "en" : "";
    return std::string(profiles[static_cast<std::size_t>(most - counts.by_profile.begin())].code);
}

std::string_view language_name(std::string_view code) noexcept {
    for (auto const& profile : profiles)
        if (profile.code == code) return profile.name;
    for (auto const& script : scripts)
        if (script.code == code) return script.name;
    return code;
}

}  // namespace dossier::sources
