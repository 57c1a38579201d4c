#include "dossier/sources/proposals.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <tuple>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

using Words = std::string_view;
constexpr std::size_t max_sentences_read = 2000;

constexpr auto provider_phrases = std::to_array<Words>({
    "our clinic",
    "our clinics",
    "our practice",
    "our patients",
    "our treatment center",
    "our treatment centre",
    "our therapists",
    "our physicians",
    "our providers",
    "our expert team",
    "our team of",
    "our specialists",
    "our program",
    "our programs",
    "our facility",
    "our products",
    "our product",
    "our supplements",
    "our shop",
    "our store",
    "we specialize in",
    "we specialise in",
    "we offer",
    "we provide",
    "we treat",
    "we sell",
    "contact us today",
    "call us today",
    "call us at",
    "call today",
    "book an appointment",
    "book a consultation",
    "schedule a consultation",
    "schedule your",
    "free consultation",
    "in our clinical experience",
    "like ours",
    "treatment center in",
    "add to cart",
    "buy now",
    "order now",
});
constexpr auto affiliate_phrases = std::to_array<Words>({
    "affiliate link",
    "affiliate links",
    "earn a commission",
    "may earn commission",
    "earn from qualifying purchases",
    "affiliate commission",
});
constexpr auto sponsor_phrases = std::to_array<Words>({
    "sponsored content",
    "sponsored post",
    "sponsored by",
    "paid partnership",
    "advertorial",
    "is an employee of",
    "are employees of",
    "owns stock in",
    "holds shares in",
    "received consulting fees",
    "received speaker fees",
    "has received honoraria",
});
constexpr auto funding_phrases = std::to_array<Words>({
    "was funded by",
    "were funded by",
    "was supported by a grant",
    "was supported by grants",
    "funding was provided by",
    "was financed by",
    "funded by a grant",
    "was sponsored by",
});
constexpr auto primary_phrases = std::to_array<Words>({
    "we enrolled",
    "we recruited",
    "we randomly assigned",
    "we randomised",
    "we randomized",
    "we conducted a",
    "we performed a",
    "we searched",
    "we analysed",
    "we analyzed",
    "we report a case",
    "participants were randomly",
    "patients were randomly",
    "in this study, we",
    "our study",
    "our results",
    "we found that",
    "we included",
});
constexpr auto news_phrases = std::to_array<Words>({
    "researchers at",
    "scientists at",
    "researchers from",
    "scientists from",
    "a new study",
    "a recent study",
    "the researchers",
    "the team",
    "the study's authors",
    "lead author",
    "senior author",
    "published in the journal",
    "study published",
    "the study found",
    "according to the study",
    "told reporters",
    "said in a statement",
    "said in a press release",
    "new research",
});

struct Design {
    Words name;
    std::array<Words, 8> phrases;
};

// The stronger design first: a review of trials is a review.
constexpr auto designs = std::to_array<Design>({
    {"systematic review", {"systematic review", "meta-analysis", "meta-analyses", "systematic reviews and"}},
    {"guideline",
     {"clinical practice guideline", "practice guidelines recommend", "this guideline", "guideline panel"}},
    {"randomised trial",
     {"randomized controlled trial", "randomised controlled trial", "randomized trial", "randomised trial",
      "randomly assigned", "placebo-controlled trial", "double-blind trial", "randomized clinical trial"}},
    {"cohort study",
     {"cohort study", "prospective cohort", "retrospective cohort", "longitudinal study", "followed up for",
      "observational study"}},
    {"case-control study", {"case-control study", "case control study"}},
    {"cross-sectional study", {"cross-sectional study", "cross-sectional survey"}},
    {"case report", {"case report", "case series", "we report a case", "we present a case"}},
});
constexpr auto animal_words =
    std::to_array<Words>({"mice", "mouse", "rats", "rodents", "monkeys", "zebrafish", "animal model", "animal study"});
constexpr auto vitro_words = std::to_array<Words>({"in vitro", "cell culture", "cell lines", "cultured cells"});

struct Reading {
    std::string all;                     // comparable, every sentence a line
    std::vector<std::string> sentences;  // comparable, parallel to places
    std::vector<std::size_t> places;     // index into Article::sentences
};

template <std::size_t n>
std::size_t sentences_with(std::array<Words, n> const& phrases, Reading const& reading, std::size_t* first = nullptr) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < reading.sentences.size(); ++i)
        if (std::any_of(phrases.begin(), phrases.end(), [&](Words p) { return has_phrase(reading.sentences[i], p); }))
            if (found++ == 0 && first) *first = i;
    return found;
}

template <std::size_t n>
std::size_t distinct_phrases(std::array<Words, n> const& phrases, Reading const& reading) {
    return static_cast<std::size_t>(
        std::count_if(phrases.begin(), phrases.end(), [&](Words p) { return has_phrase(reading.all, p); }));
}

std::string origin_of(Article const& article, Reading const& reading, std::size_t i) {
    auto const& text = article.sentences[reading.places[i]].text;
    constexpr std::size_t shown = 160;
    if (text.size() <= shown) return "text: " + text;
    std::size_t end = shown;
    while ((static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80)
        --end;
    return "text: " + text.substr(0, end) + "\u2026";
}

bool is_article_text(SentenceRole role) noexcept {
    return role == SentenceRole::statement || role == SentenceRole::list_item || role == SentenceRole::quotation ||
           role == SentenceRole::title;
}

Reading read(Article const& article, bool with_furniture) {
    Reading reading;
    for (std::size_t i = 0; i < article.sentences.size() && reading.places.size() < max_sentences_read; ++i) {
        if (!with_furniture && !is_article_text(article.sentences[i].role)) continue;
        reading.sentences.push_back(comparable(article.sentences[i].text));
        reading.places.push_back(i);
        reading.all += reading.sentences.back() + '\n';
    }
    return reading;
}

void propose_conflict(Article& article, Reading const& page) {
    std::size_t first = 0;
    if (distinct_phrases(provider_phrases, page) >= 3 && sentences_with(provider_phrases, page, &first) >= 2)
        article.conflict_of_interest = {"sells the treatment", origin_of(article, page, first), true};
    else if (sentences_with(affiliate_phrases, page, &first) > 0)
        article.conflict_of_interest = {"earns commission on sales", origin_of(article, page, first), true};
    else if (sentences_with(sponsor_phrases, page, &first) > 0)
        article.conflict_of_interest = {"sponsored or employed by an interested party", origin_of(article, page, first),
                                        true};
}

bool has_methods_heading(Article const& article) {
    std::size_t n = 0;
    for (auto const& sentence : article.sentences) {
        if (sentence.role != SentenceRole::heading) continue;
        auto const text = comparable(sentence.text);
        if (text == "methods" || text == "results" || text == "abstract" || text == "materials and methods" ||
            text == "discussion")
            ++n;
    }
    return n >= 2;
}

// One study told at length, not studies named in passing.
std::string study_named(Reading const& text, std::size_t& first) {
    if (sentences_with(animal_words, text, &first) >= 3) return "animal study";
    for (auto const& design : designs)
        if (sentences_with(design.phrases, text, &first) >= 2) return std::string(design.name);
    if (sentences_with(vitro_words, text, &first) >= 2) return "in vitro study";
    return {};
}

void propose_design(Article& article, Reading const& text) {
    std::size_t first = 0;
    if (article.conflict_of_interest.value == "sells the treatment") {
        article.study_design = {"marketing page", article.conflict_of_interest.origin, true};
        return;
    }
    auto const study = study_named(text, first);
    bool const primary = has_methods_heading(article) || distinct_phrases(primary_phrases, text) >= 2;
    bool const news = distinct_phrases(news_phrases, text) >= 2;
    if (!study.empty() && primary)
        article.study_design = {study, origin_of(article, text, first), true};
    else if (!study.empty() && news)
        article.study_design = {
            (study[0] == 'a' || study[0] == 'i' ? "news report of an " : "news report of a ") + study,
            origin_of(article, text, first), true};
    else if (study.empty() && !primary && distinct_phrases(news_phrases, text) >= 3) {
        std::ignore = sentences_with(news_phrases, text, &first);
        article.study_design = {"news report", origin_of(article, text, first), true};
    }
    if (!article.study_design.value.empty()) return;
    auto const title = comparable(article.title.value);
    if (title.starts_with("opinion") || title.starts_with("editorial") || title.starts_with("comment:"))
        article.study_design = {"opinion", "text: " + article.title.value, true};
}

bool is_doi_end(char c) noexcept {
    return c == ' ' || c == '"' || c == '<' || c == '>' || c == '\n' || c == ')' || c == ']' || c == '}' || c == ',';
}

// Identifiers of studies in one line, as "10.1234/abc", "PMC123", "PMID:123".
void collect_identifiers(std::string_view line, std::set<std::string>& found) {
    for (auto at = line.find("10."); at != Words::npos; at = line.find("10.", at + 3)) {
        if (at > 0 && (is_ascii_digit(line[at - 1]) || line[at - 1] == '.')) continue;
        std::size_t slash = at + 3;
        while (slash < line.size() && is_ascii_digit(line[slash]))
            ++slash;
        if (slash - at < 7 || slash - at > 12 || slash >= line.size() || line[slash] != '/') continue;
        std::size_t end = slash + 1;
        while (end < line.size() && end - at < 120 && !is_doi_end(line[end]))
            ++end;
        while (end > slash + 1 && (line[end - 1] == '.' || line[end - 1] == ';' || line[end - 1] == ':'))
            --end;
        if (end > slash + 1) found.insert(std::string(line.substr(at, end - at)));
    }
    struct Prefix {
        Words written, stands_for;
    };
    for (auto const [written, stands_for] :
         {Prefix{"pmid:", "PMID:"}, Prefix{"pmid", "PMID:"}, Prefix{"pubmed.ncbi.nlm.nih.gov/", "PMID:"},
          Prefix{"/pubmed/", "PMID:"}, Prefix{"pmc", "PMC"}})
        for (auto at = line.find(written); at != Words::npos; at = line.find(written, at + written.size())) {
            std::size_t from = at + written.size();
            while (from < line.size() && line[from] == ' ')
                ++from;
            std::size_t end = from;
            while (end < line.size() && is_ascii_digit(line[end]))
                ++end;
            if (end - from >= 5 && end - from <= 9)
                found.insert(std::string(stands_for) + std::string(line.substr(from, end - from)));
        }
}

void propose_study(Article& article, Reading const& page, std::string const& doi) {
    if (!doi.empty()) {
        article.rests_on = {doi, "meta citation_doi", true};
        return;
    }
    std::set<std::string> found;
    std::size_t first = 0;
    for (std::size_t i = 0; i < page.sentences.size(); ++i) {
        auto const before = found.size();
        collect_identifiers(page.sentences[i], found);
        if (before == 0 && !found.empty()) first = i;
    }
    // Several are a list of references: which one it rests on is for a person to say.
    if (found.size() == 1) article.rests_on = {*found.begin(), origin_of(article, page, first), true};
}

}  // namespace

void propose(Article& article, std::string const& doi) {
    auto const page = read(article, true);
    auto const text = read(article, false);
    if (article.conflict_of_interest.value.empty()) propose_conflict(article, page);
    if (article.study_design.value.empty()) propose_design(article, text);
    std::size_t first = 0;
    if (article.funding.value.empty() && sentences_with(funding_phrases, text, &first) == 1)
        article.funding = {article.sentences[text.places[first]].text, origin_of(article, text, first), true};
    if (article.rests_on.value.empty()) propose_study(article, page, doi);
}

}  // namespace dossier::sources
