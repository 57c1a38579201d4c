#include "dossier/sources/interests.hpp"

#include <array>
#include <set>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

using Words = std::string_view;

// A publisher that speaks of its own practice or goods; `strong` ones are seldom said by anybody else.
constexpr auto strong_offers = std::to_array<Words>({
    "our _2 clinic|clinics|facility|facilities",
    "our _2 treatment|recovery|wellness|medical|rehab center|centre|centers|centres|program|programs",
    "our therapists|physicians|providers|specialists|practitioners|dentists|surgeons|nutritionists|dietitians",
    "our patients love|say|report|feel",
    "our expert team",
    "our _1 team of experts|doctors|physicians|specialists|therapists|professionals",
    "our _1 supplement|supplements|formula",
    "we specialize|specialise in",
    "contact us today",
    "contact our _3 team|clinic|office",
    "call us today|now|at",
    "call today",
    "book|schedule _2 appointment|consultation|session",
    "schedule your",
    "free _2 consultation",
    "in our clinical experience",
    "like ours",
    "at our _4 center|centre|clinic|practice",
    "add to cart|basket",
    "order now|yours|today",
});
constexpr auto weak_offers = std::to_array<Words>({
    "our practice",
    "our patients",
    "our programs|program",
    "our team",
    "our products|product",
    "our shop|store",
    "we offer",
    "we provide",
    "we treat",
    "we sell",
    "buy now",
    "treatment center|centre in",
    "get started today",
});

constexpr auto commission_wordings = std::to_array<Words>({
    "affiliate _1 link|links|commission|commissions",
    "earn|earns|receive|receives|get|make|collect _3 commission|commissions _4 if|when|from|on|for|through|you|at",
    "may|might earn|receive|get _4 commission|commissions",
    "earn|earns from qualifying purchases",
    "commission on purchases|sales",
});
constexpr auto sponsored_wordings = std::to_array<Words>({
    "this _2 article|post|content|page|story|video|feature|review _2 is|was|has _2 sponsored|paid|produced|funded _3 "
    "by",
    "this is a sponsored|paid|promoted post|article|feature",
    "paid partnership with",
    "thanks|thank to|you _3 for sponsoring",
    "this _1 post|article in partnership|collaboration with",
});
// On a line by itself above the text.
constexpr auto sponsored_lines = std::to_array<Words>({
    "sponsored content|post|article|feature",
    "sponsored by",
    "paid post|content|promotion|advertisement",
    "paid partnership",
    "advertorial",
    "advertisement feature",
    "partner content",
    "presented by",
    "brought to you by",
});
constexpr auto ties_wordings = std::to_array<Words>({
    "received|receives|receive|reports|reported|report|accepted _4 "
    "consulting|speaker|speakers|personal|lecture|advisory|"
    "consultancy|speaking fees|honoraria",
    "received|receives|receive|reports|report _3 honoraria|honorarium|royalties",
    "received|receives _3 fees|grants|funding|payment|payments|support from _5 pharma*|inc|ltd|company|companies|gmbh|"
    "therapeutics|biotech*",
    "is|are|was|were|being _3 employee|employees|shareholder|shareholders|stockholder|consultant|consultants "
    "of|at|for|to",
    "employed|employees|employee by|of _4 inc|ltd|pharma*|gmbh|company|therapeutics|biotech*",
    "owns|own|holds|hold|owning|holding _4 stock|stocks|shares|equity|options",
    "holds|hold|owns|named|inventor|inventors|filed _4 patent|patents",
    "serves|served|sits|member _4 advisory|speakers board|boards|bureau",
    "consultant|consultancies for|to _5 inc|ltd|pharma*|gmbh|company|therapeutics",
    "paid consultant|consultants|speaker|speakers|adviser|advisor",
});
constexpr auto industry_wordings = std::to_array<Words>({
    "study|trial|work|research|project|review|analysis|it _3 funded|sponsored|supported|financed|paid _9 "
    "pharma*|inc|ltd|gmbh|llc|plc|corp|corporation|therapeutics|biosciences|manufacturer|manufacturers|biotech*",
    "funded|sponsored|supported|financed by _4 "
    "pharma*|inc|ltd|gmbh|llc|plc|corp|corporation|manufacturer|manufacturers",
    "funding|sponsor|grant|grants _2 from|by|was _4 "
    "pharma*|inc|ltd|gmbh|llc|plc|corp|corporation|manufacturer|manufacturers",
    "unrestricted|educational grant _6 manufacturer|pharma*|inc|ltd|company",
});
constexpr auto none_wordings = std::to_array<Words>({
    "declare|declares|declared|report|reports|disclose|discloses|have|has|having|with|there|are _4 "
    "no|not _5 competing|conflict|conflicts|conflicting|potential|financial "
    "interest|interests|of|relationships|disclosures",
    "no _4 competing|conflicting interest|interests _4 declared|exist|exists|declare|reported|disclosed",
    "no _2 conflict|conflicts of interest",
    "no competing _2 interest|interests",
    "competing|conflict|conflicts|declaration|declarations _3 interest|interests none|nil",
    "competing|conflict|conflicts _3 interest|interests _4 no|none|nothing",
    "nothing to disclose|declare",
});
// Before a colon.
constexpr auto interest_labels = std::to_array<Words>({
    "competing|conflict|conflicts|declaration|declarations _3 interest|interests",
    "disclosure|disclosures",
    "financial disclosure|disclosures",
});

constexpr auto own_funding = std::to_array<Words>({
    "this|the|our|present _2 study|trial|work|research|project|review|analysis|publication _3 "
    "funded|supported|financed|sponsored by|through|in|from",
    "funding was|is provided|supplied by",
    "study|work|research|project|authors|trial|review _2 received no|nothing|neither _4 funding|grant|support|grants",
    "no _3 funding was|were|has|received",
});
constexpr auto funding_labels = std::to_array<Words>({
    "funding",
    "financial support",
    "funding source|sources|statement|information",
    "source|sources of funding",
    "role of the funding source",
});

struct Hits {
    std::set<std::size_t> rows, sentences;
    ReadSentence const* first = nullptr;

    void add(std::size_t row, ReadSentence const& sentence) {
        rows.insert(row);
        sentences.insert(sentence.place);
        if (first == nullptr) first = &sentence;
    }
};

template <auto const& wordings>
Hits hits_of(ArticleWords const& words) {
    Hits hits;
    for (auto const& sentence : words.sentences())
        for (auto const& match : made<wordings>().find_in(sentence.words))
            hits.add(match.cue, sentence);
    return hits;
}

// One sign alone may be a phrase; a publisher that sells says so again and again.
ReadSentence const* offers(ArticleWords const& words) {
    auto const strong = hits_of<strong_offers>(words);
    auto const weak = hits_of<weak_offers>(words);
    std::set<std::size_t> sentences = strong.sentences;
    sentences.insert(weak.sentences.begin(), weak.sentences.end());
    bool const enough = !strong.rows.empty() && strong.rows.size() * 2 + weak.rows.size() >= 4 && sentences.size() >= 2;
    return enough ? strong.first : nullptr;
}

ReadSentence const* sponsor_line(ArticleWords const& words) {
    std::size_t looked_at = 0;
    for (auto const& sentence : words.sentences()) {
        if (++looked_at > 25 || sentence.words.size() > 10) continue;
        for (auto const& match : made<sponsored_lines>().find_in(sentence.words))
            if (match.begin == 0 && (sentence.above_text || match.end == sentence.words.size())) return &sentence;
    }
    return nullptr;
}

template <auto const& wordings>
ReadSentence const* first_asserted(ArticleWords const& words) {
    for (auto const& sentence : words.sentences())
        for (auto const& match : made<wordings>().find_in(sentence.words))
            if (!is_denied(sentence.words, match)) return &sentence;
    return nullptr;
}

// "Competing interests: none declared."
ReadSentence const* none_behind_label(ArticleWords const& words) {
    for (auto const& sentence : words.sentences())
        for (auto const& match : made<interest_labels>().find_in(sentence.words)) {
            auto const next = match.end;
            if (next >= sentence.words.size() || !sentence.words.breaks_before(next)) continue;
            auto const word = sentence.words[next];
            if (word == "none" || word == "nil" || word == "nothing" || word == "no") return &sentence;
        }
    return nullptr;
}

}  // namespace

Stated conflict_of_interest(ArticleWords const& words) {
    if (auto const* seller = offers(words)) return words.proposal("sells the treatment", *seller);
    if (auto const* link = first_asserted<commission_wordings>(words))
        return words.proposal("earns commission on sales", *link);
    if (auto const* sponsor = first_asserted<sponsored_wordings>(words))
        return words.proposal("sponsored content", *sponsor);
    if (auto const* line = sponsor_line(words)) return words.proposal("sponsored content", *line);
    if (auto const* ties = first_asserted<ties_wordings>(words))
        return words.proposal("financial ties declared", *ties);
    if (auto const* paid = first_asserted<industry_wordings>(words)) return words.proposal("funded by industry", *paid);
    if (auto const none = hits_of<none_wordings>(words); none.first != nullptr)
        return words.proposal("none declared", *none.first);
    if (auto const* none = none_behind_label(words)) return words.proposal("none declared", *none);
    return {};
}

bool declares_none(std::string_view statement) {
    auto const text = comparable(statement.substr(0, 4000));
    CueWords const words(text);
    bool const bare =
        words.size() > 0 && words.size() <= 3 && (words[0] == "none" || words[0] == "no" || words[0] == "nil");
    return (bare || made<none_wordings>().any_in(words)) && !made<ties_wordings>().any_in(words);
}

Stated funding(ArticleWords const& words) {
    ReadSentence const* found = nullptr;
    for (auto const& sentence : words.sentences()) {
        if (!sentence.article_text && sentence.words.size() < 3) continue;
        bool const said = made<own_funding>().any_in(sentence.words);
        bool labelled = false;
        for (auto const& match : made<funding_labels>().find_in(sentence.words))
            labelled = labelled || (match.begin == 0 && match.end < sentence.words.size() &&
                                    sentence.words.breaks_before(match.end));
        if (!said && !labelled) continue;
        if (found != nullptr && found->text != sentence.text && !labelled) continue;
        if (found == nullptr || labelled) found = &sentence;
    }
    if (found == nullptr) return {};
    return words.proposal(shortened(words.article().sentences[found->place].text, 600), *found);
}

}  // namespace dossier::sources
