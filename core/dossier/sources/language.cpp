#include "dossier/sources/language.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "dossier/model/byte_masks.hpp"
#include "dossier/sources/unicode.hpp"
#include "dossier/sources/word_numbers.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_words = 20'000;          // more tells nothing new
constexpr std::size_t longest_function_word = 14;  // bytes
constexpr std::size_t min_words = 20;
constexpr std::size_t min_words_unknown = 50;  // of running text, to say that it is not English

struct Profile {
    std::string_view code, name;
    std::string_view words;     // function words, separated and surrounded by spaces
    std::string_view kin = {};  // languages that share most of them; of a few words the first one named is taken
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
     "efter eller nu hvor skal ville blev når ud være havde alle andre meget end mange kunne blive bliver ",
     "scandinavian"},
    {"no", "Norwegian",
     " og i at det er en et til av på som for med de den der har ikke om fra var han men vi kan så seg jeg ved også "
     "etter eller nå hvor skal ville ble når ut være hadde alle andre mye enn mange kunne blir mot noe "
     "bare hun dette ",
     "scandinavian"},
    {"fi", "Finnish",
     " ja on ei se että en oli hän ovat mutta myös niin kun kuin joka ole tai jos olla mitä nyt sen sitä vain voi ne "
     "mukaan kanssa jotka ollut kuitenkin vielä tämä jo sekä mukaan koska ennen jälkeen tämän "},
    {"cs", "Czech",
     " a v na se je že s z do o to i jako za pro k po by ale jsou od které si který byl ve jeho podle jen už při nebo "
     "která bylo není má jsem aby také před více může až být další tak co ",
     "czech"},
    {"sk", "Slovak",
     " a v na sa je že s z do o to aj ako za pre k po by ale sú od ktoré si ktorý bol vo jeho podľa len už pri alebo "
     "ktorá bolo nie má som aby tiež pred viac môže až byť ďalšie tak čo ",
     "czech"},
    {"ro", "Romanian",
     " și în de la a cu pe din că un o este nu care pentru mai se sunt prin sau fi ca au fost după lui este dar "
     "această acest între unei unui le al ale cele până când foarte şi ce să să-i "},
    {"hu", "Hungarian",
     " a az és hogy nem is egy van ez meg de csak már volt el mint ha még lehet vagy ezt azt azonban majd minden amely "
     "ki szerint után ami között sem lesz volna mert így arra nagyon kell "},
    {"tr", "Turkish",
     " ve bir bu da de için ile çok olarak daha olan gibi en ne kadar sonra var ise o ya değil ama her göre şu ki "
     "olduğu olduğunu tarafından veya hem önce ancak diye mi olan sadece "},
    {"hr", "Croatian, Bosnian or Serbian",
     " i u je se na da za su od a s o koji što kao bi ne će koja to sa iz ali ili po do nije koje samo bio više prema "
     "još može kako nakon biti te ovo između sve ima "},
    {"id", "Indonesian",
     " yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih "
     "kata tahun sudah atau saat oleh menjadi orang ia telah adalah seperti sebagai bahwa dapat para harus namun kita "
     "masih hanya secara jadi kami anda ",
     "malay"},
    {"ms", "Malay",
     " yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke kerana tersebut boleh ada mereka lebih "
     "kata tahun sudah atau oleh menjadi orang ia telah adalah seperti sebagai bahawa dapat para perlu beliau kita "
     "masih hanya secara jika kami anda ialah daripada ",
     "malay"},
    {"vi", "Vietnamese",
     " và của là có được không các cho trong một những với này người đã khi để đến từ ở nhiều về như cũng ra nhưng sẽ "
     "còn tại vào thì bị hay theo đó phải trên làm nếu sau hơn chỉ rất mà đang năm "},
    {"tl", "Filipino",
     " ang ng sa na mga ay at si ni kay para hindi nang ito may kung ako siya niya pero mo ko ka lang din rin kanyang "
     "dahil isang isa nila sila namin naman pa po kapag ayon upang "},
    {"sw", "Swahili",
     " ya wa na kwa ni katika la za kuwa hiyo cha kama hii huo vya watu kwamba yake wake lakini au pia hivyo huyo "
     "hilo zaidi baada huku hata bila ambayo ambao moja sana mwaka "},
    {"ca", "Catalan",
     " de la i el que a en els les del per un una es amb no al és se ha són més com dels aquest aquesta va però o "
     "també ser entre molt sobre fins seva seu han ja quan on sense pel hi "},
    {"af", "Afrikaans",
     " die van en in is het nie te was wat vir op om dat met hy sy aan as ook deur hulle ons na maar by sal kan uit "
     "word ek daar haar of so meer sê oor hierdie tot ’n 'n jaar moet "},
    {"pl", "Polish",
     " i w na z się nie do jest to że o jak po ale przez od za co dla są by tym być oraz tylko może jego ich ze już "
     "przed było który jej także która tego lub czy bardzo można które pod "},
});

struct Script {
    char32_t first, last;
    std::string_view code, name;
};
constexpr char32_t kana_begins = 0x3040;
constexpr auto scripts = std::to_array<Script>({
    {0x0370, 0x03FF, "el", "Greek"},     {0x0400, 0x052F, "ru", "Russian"}, {0x0530, 0x058F, "hy", "Armenian"},
    {0x0590, 0x05FF, "he", "Hebrew"},    {0x0600, 0x06FF, "ar", "Arabic"},  {0x0900, 0x097F, "hi", "Hindi"},
    {0x0980, 0x09FF, "bn", "Bengali"},   {0x0A00, 0x0A7F, "pa", "Punjabi"}, {0x0A80, 0x0AFF, "gu", "Gujarati"},
    {0x0B80, 0x0BFF, "ta", "Tamil"},     {0x0C00, 0x0C7F, "te", "Telugu"},  {0x0C80, 0x0CFF, "kn", "Kannada"},
    {0x0D00, 0x0D7F, "ml", "Malayalam"}, {0x0D80, 0x0DFF, "si", "Sinhala"}, {0x0E00, 0x0E7F, "th", "Thai"},
    {0x0E80, 0x0EFF, "lo", "Lao"},       {0x1000, 0x109F, "my", "Burmese"}, {0x10A0, 0x10FF, "ka", "Georgian"},
    {0x1200, 0x139F, "am", "Amharic"},   {0x1780, 0x17FF, "km", "Khmer"},   {kana_begins, 0x30FF, "ja", "Japanese"},
    {0x4E00, 0x9FFF, "zh", "Chinese"},   {0xAC00, 0xD7AF, "ko", "Korean"},
});

constexpr std::size_t kana = static_cast<std::size_t>(
    std::find_if(scripts.begin(), scripts.end(), [](Script const& script) { return script.first == kana_begins; }) -
    scripts.begin());

// Endings that English words have and other words seldom; a table or a list of drugs has few function words.
constexpr auto english_endings = std::to_array<std::string_view>(
    {"ing",  "ings",  "tion", "tions", "ed",   "ly",  "ness", "ity", "ies",  "ical", "able",
     "ment", "ments", "ous",  "ence",  "ance", "ive", "ure",  "ate", "ates", "ight"});

struct Counts {
    std::size_t words = 0, letters = 0;
    std::size_t small = 0;  // words in lower case
    std::array<std::size_t, profiles.size()> by_profile{};
    std::array<std::size_t, scripts.size()> by_script{};
};

/// Function words, each with the languages that have it: bit k stands for profiles[k].
class FunctionWords {
public:
    FunctionWords() : languages_(1) {
        for (std::size_t i = 0; i < profiles.size(); ++i)
            for (auto words = profiles[i].words.substr(1); !words.empty();) {
                auto const end = words.find(' ');
                auto const number = words_.add(words.substr(0, end));
                languages_.resize(std::max<std::size_t>(languages_.size(), number + 1u));
                languages_[number] |= std::uint32_t{1} << i;
                words.remove_prefix(end + 1);
            }
    }
    /// 0: no function word.
    [[nodiscard]] std::uint16_t number_of(std::string_view word) const noexcept { return words_.find(word); }
    /// @pre number <= size()
    [[nodiscard]] std::uint32_t languages_with(std::uint16_t number) const noexcept { return languages_[number]; }
    [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }

private:
    static_assert(profiles.size() <= 32);
    WordNumbers words_;
    std::vector<std::uint32_t> languages_;  // by number of the word
};

FunctionWords const& function_words() {
    static FunctionWords const words;
    return words;
}

char32_t lower(char32_t c) noexcept {
    if (c < 0x80) return static_cast<char32_t>(ascii_lower(static_cast<char>(c)));
    return c >= 0xC0 && c <= 0xDE && c != 0xD7 ? c + 32 : c;
}

void count_scripts(char32_t letter, Counts& counts) noexcept {
    for (std::size_t i = 0; i < scripts.size(); ++i)
        if (letter >= scripts[i].first && letter <= scripts[i].last) ++counts.by_script[i];
}

/// A word as counted: letters and the apostrophes among and after them.
struct CountedWord {
    std::string_view text;  // in lower case
    std::size_t n_letters = 0, end = 0;
};

// A word that has letters beyond ASCII, written into `spelled`.
CountedWord wide_word_at(std::string_view passage, std::size_t at, std::string& spelled, Counts& counts) {
    CountedWord word;
    spelled.clear();
    while (at < passage.size()) {
        auto const [value, length] = code_point_at(passage, at);
        if (!is_letter(value) && (spelled.empty() || (value != '\'' && value != 0x2019))) break;
        append_utf8(spelled, value == 0x2019 ? U'\'' : lower(value));
        ++word.n_letters;
        if (value >= 0x80) count_scripts(value, counts);
        at += length;
    }
    word.text = spelled;
    word.end = at;
    return word;
}

enum class Part : std::uint8_t { none, apostrophe, letter, wide };
constexpr auto parts = [] {
    std::array<Part, 256> all{};
    for (std::size_t c = 0; c < all.size(); ++c)
        all[c] = c >= 0x80 ? Part::wide : is_ascii_alpha(static_cast<char>(c)) ? Part::letter : Part::none;
    all['\''] = Part::apostrophe;
    return all;
}();

Part part_at(std::string_view text, std::size_t at) noexcept {
    return at < text.size() ? parts[static_cast<unsigned char>(text[at])] : Part::none;
}

/// The words of ASCII: runs of letters and apostrophes, those before the first letter left out.
template <class Take>
void for_each_plain_word(std::string_view passage, Counts& counts, Take const& take) {
    constexpr auto is_part = [](ByteBlock bytes) { return ((bytes | 0x20) - 'a' < 26) | (bytes == '\''); };
    auto const lower_passage = ascii_lower(passage);
    for_each_run(lower_passage, is_part, [&](std::size_t begin, std::size_t end) {
        while (begin < end && passage[begin] == '\'')
            ++begin;
        if (begin == end) return true;
        auto const text = std::string_view(lower_passage).substr(begin, end - begin);
        take(CountedWord{text, text.size(), end}, static_cast<unsigned char>(passage[begin]));
        return counts.words < max_words;
    });
}

/// Hands every word to `take`, with its first letter as written, until max_words were counted.
template <class Take>
void for_each_word(std::string_view passage, Counts& counts, Take const& take) {
    if (counts.words >= max_words) return;
    if (is_ascii(passage)) return for_each_plain_word(passage, counts, take);
    auto const text = ascii_lower(passage);
    std::string spelled;
    for (std::size_t at = 0; at < text.size() && counts.words < max_words;) {
        std::size_t end = at;
        while (part_at(text, end) == Part::letter || (end > at && part_at(text, end) == Part::apostrophe))
            ++end;
        CountedWord word{std::string_view(text).substr(at, end - at), end - at, end};
        if (part_at(text, end) == Part::wide) word = wide_word_at(text, at, spelled, counts);
        if (word.text.empty()) {
            at += code_point_at(text, at).length;
            continue;
        }
        take(word, code_point_at(passage, at).value);
        at = word.end;
    }
}

Counts counts_of(std::vector<std::string_view> const& passages) {
    auto const& known = function_words();
    Counts counts;
    std::vector<std::uint32_t> times(known.size() + 1);  // by number of the function word
    for (auto const passage : passages)
        for_each_word(passage, counts, [&](CountedWord const& word, char32_t first) {
            ++counts.words;
            counts.letters += word.n_letters;
            counts.small += is_lower(first);
            if (word.text.size() <= longest_function_word) ++times[known.number_of(word.text)];
        });
    for (std::uint16_t number = 1; number <= known.size(); ++number)
        for (auto languages = times[number] > 0 ? known.languages_with(number) : 0; languages != 0;
             languages &= languages - 1)
            counts.by_profile[static_cast<std::size_t>(std::countr_zero(languages))] += times[number];
    return counts;
}

/// Words of five letters and more that end as English words do.
std::size_t count_english_formed(std::vector<std::string_view> const& passages) {
    Counts counts;
    std::size_t n = 0;
    for (auto const passage : passages)
        for_each_word(passage, counts, [&](CountedWord const& word, char32_t) {
            ++counts.words;
            n += word.text.size() >= 5 &&
                 std::any_of(english_endings.begin(), english_endings.end(),
                             [&](std::string_view ending) { return word.text.ends_with(ending); });
        });
    return n;
}

std::string by_script(Counts const& counts) {
    std::size_t foreign = 0;
    for (auto const n : counts.by_script)
        foreign += n;
    bool const hardly_else = foreign >= 8 && foreign * 10 > counts.letters * 9;
    if (!hardly_else && (foreign < 40 || foreign * 2 < counts.letters)) return {};
    if (counts.by_script[kana] * 10 > foreign) return "ja";
    auto const most = std::max_element(counts.by_script.begin(), counts.by_script.end());
    return std::string(scripts[static_cast<std::size_t>(most - counts.by_script.begin())].code);
}

// A sentence or two: function words of one language, a fifth of all, and hardly one that is English too. English itself
// need not be told.
std::string of_few_words(Counts const& counts) {
    if (counts.words < 4) return {};
    auto const most = std::max_element(counts.by_profile.begin(), counts.by_profile.end());
    if (*most < 2 || *most * 5 < counts.words || *most < counts.by_profile[0] + 2) return {};
    auto const& found = profiles[static_cast<std::size_t>(most - counts.by_profile.begin())];
    for (std::size_t i = 0; i < profiles.size(); ++i)
        if (counts.by_profile[i] == *most && profiles[i].code != found.code &&
            (found.kin.empty() || profiles[i].kin != found.kin))
            return {};
    return std::string(found.code);
}

// Running text has small words again and again. What has none that is English, and no English word formation, is written
// in another language; names and figures stand in capitals and digits.
bool is_running_text_of_another_language(Counts const& counts, std::vector<std::string_view> const& passages) {
    if (counts.words < min_words_unknown || counts.small * 10 < counts.words * 6) return false;
    return counts.by_profile[0] * 100 < counts.words * 4 && count_english_formed(passages) * 100 < counts.words * 8;
}

}  // namespace

std::string language_of(std::vector<std::string_view> const& passages) {
    auto const counts = counts_of(passages);
    if (auto code = by_script(counts); !code.empty()) return code;
    if (counts.words < min_words) return of_few_words(counts);
    auto const most = std::max_element(counts.by_profile.begin(), counts.by_profile.end());
    std::size_t const share = *most * 100 / counts.words;
    if (counts.by_profile[0] * 10 >= *most * 9 && counts.by_profile[0] * 100 / counts.words >= 12) return "en";
    if (share < 18) {
        if (counts.by_profile[0] == *most && share >= 8) return "en";
        return std::string(is_running_text_of_another_language(counts, passages) ? unknown_language
                                                                                 : std::string_view());
    }
    // Lists of names have "van", "de" and "A." enough for any language.
    if (counts.small * 10 < counts.words * 4) return {};
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
