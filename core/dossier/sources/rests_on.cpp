#include "dossier/sources/rests_on.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

using Words = std::string_view;

// --- identifiers ---

enum class IdentifierKind { doi, pmid, pmcid, trial, arxiv };  // the better first

struct Identifier {
    IdentifierKind kind;
    std::string value;
    friend bool operator==(Identifier const&, Identifier const&) = default;
};

bool is_word_byte(char c) noexcept {
    return is_ascii_alpha(c) || is_ascii_digit(c);
}

bool ends_doi(char c) noexcept {
    return c == ' ' || c == '"' || c == '<' || c == '>' || c == '\n' || c == ')' || c == ']' || c == '}' || c == ',' ||
           c == ';' || c == '?' || c == '#';
}

bool drop_end(std::string& text, Words end) {
    if (!text.ends_with(end)) return false;
    text.resize(text.size() - end.size());
    return true;
}

// What an address adds behind a DOI: "/full", "v1.full".
void drop_address_parts(std::string& doi) {
    for (auto const end : {".full.pdf", ".full", "/full", "/abstract", "/pdf", ".abstract", ".pdf"})
        if (drop_end(doi, end)) break;
    bool const preprint = doi.starts_with("10.1101/");
    if (preprint && doi.size() > 2 && is_ascii_digit(doi.back()) && doi[doi.size() - 2] == 'v')
        doi.resize(doi.size() - 2);
}

void collect_dois(Words line, std::vector<Identifier>& found) {
    for (auto at = line.find("10."); at != Words::npos; at = line.find("10.", at + 3)) {
        if (at > 0 && (is_ascii_digit(line[at - 1]) || line[at - 1] == '.')) continue;
        std::size_t slash = at + 3;
        while (slash < line.size() && (is_ascii_digit(line[slash]) || line[slash] == '.') && slash - at < 16)
            ++slash;
        if (slash - at < 7 || slash >= line.size() || line[slash] != '/') continue;
        std::size_t end = slash + 1;
        while (end < line.size() && end - at < 120 && !ends_doi(line[end]))
            ++end;
        while (end > slash + 1 &&
               (line[end - 1] == '.' || line[end - 1] == ':' || line[end - 1] == '\'' || line[end - 1] == '/'))
            --end;
        if (end == slash + 1) continue;
        std::string doi(line.substr(at, end - at));
        drop_address_parts(doi);
        found.push_back({IdentifierKind::doi, std::move(doi)});
    }
}

struct NumberedKind {
    IdentifierKind kind;
    Words written, stands_for;
    std::size_t least, most;  // digits
};
constexpr auto numbered_kinds = std::to_array<NumberedKind>({
    {IdentifierKind::pmid, "pmid:", "PMID:", 5, 9},
    {IdentifierKind::pmid, "pmid", "PMID:", 5, 9},
    {IdentifierKind::pmid, "pubmed.ncbi.nlm.nih.gov/", "PMID:", 5, 9},
    {IdentifierKind::pmid, "/pubmed/", "PMID:", 5, 9},
    {IdentifierKind::pmcid, "pmc", "PMC", 5, 9},
    {IdentifierKind::trial, "nct", "NCT", 8, 8},
    {IdentifierKind::trial, "isrctn", "ISRCTN", 8, 8},
});

void collect_numbers(Words line, std::vector<Identifier>& found) {
    for (auto const& [kind, written, stands_for, least, most] : numbered_kinds)
        for (auto at = line.find(written); at != Words::npos; at = line.find(written, at + written.size())) {
            if (at > 0 && is_word_byte(line[at - 1])) continue;
            std::size_t from = at + written.size();
            while (from < line.size() && line[from] == ' ' && kind == IdentifierKind::pmid)
                ++from;
            std::size_t end = from;
            while (end < line.size() && is_ascii_digit(line[end]))
                ++end;
            if (end - from >= least && end - from <= most)
                found.push_back({kind, std::string(stands_for) + std::string(line.substr(from, end - from))});
        }
}

void collect_arxiv(Words line, std::vector<Identifier>& found) {
    for (Words const written : {"arxiv:", "arxiv.org/abs/", "arxiv.org/pdf/"})
        for (auto at = line.find(written); at != Words::npos; at = line.find(written, at + written.size())) {
            auto const number = line.substr(at + written.size(), 10);
            auto const digits = [&](std::size_t from, std::size_t n) {
                return number.size() >= from + n &&
                       std::all_of(number.begin() + static_cast<std::ptrdiff_t>(from),
                                   number.begin() + static_cast<std::ptrdiff_t>(from + n), is_ascii_digit);
            };
            if (!digits(0, 4) || number.size() < 9 || number[4] != '.' || !digits(5, 4)) continue;
            found.push_back({IdentifierKind::arxiv, "arXiv:" + std::string(number.substr(0, digits(5, 5) ? 10 : 9))});
        }
}

// Every identifier has a run of five digits and points: one of them stands at every fifth place. A year and a full stop
// are none.
bool may_have_identifier(Words line) noexcept {
    constexpr std::size_t least = 5;
    auto const is_part = [&](std::size_t i) { return is_ascii_digit(line[i]) || line[i] == '.'; };
    for (std::size_t i = least - 1; i < line.size(); i += least) {
        if (!is_part(i)) continue;
        std::size_t begin = i, end = i + 1;
        while (begin > 0 && is_part(begin - 1))
            --begin;
        while (end < line.size() && is_part(end))
            ++end;
        bool const year = end - begin == least && line[end - 1] == '.';
        if (end - begin >= least && !year) return true;
    }
    return false;
}

std::vector<Identifier> identifiers_in(Words line) {
    if (!may_have_identifier(line)) return {};
    std::vector<Identifier> found;
    collect_dois(line, found);
    collect_numbers(line, found);
    collect_arxiv(line, found);
    std::stable_sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.kind < b.kind; });
    std::vector<Identifier> once;
    for (auto& identifier : found)
        if (std::find(once.begin(), once.end(), identifier) == once.end()) once.push_back(std::move(identifier));
    return once;
}

// Several of one kind are a list; a DOI and a PMID in one line are names of one paper.
bool are_of_one_study(std::vector<Identifier> const& identifiers) {
    for (std::size_t i = 1; i < identifiers.size(); ++i)
        if (identifiers[i].kind == identifiers[i - 1].kind) return false;
    return !identifiers.empty();
}

// --- words around a study ---

constexpr auto source_labels = std::to_array<Words>({
    "journal reference|references",
    "original|primary|main|full _1 study|article|paper|research|publication|source",
    "source",
    "reference",
    "more information",
    "study",
    "doi",
    "citation|cite",
});
constexpr auto publication_wordings = std::to_array<Words>({
    "study|trial|paper|findings|research|results|article|work|review|analysis|report _6 "
    "published|appeared|appears|appear",
    "published _4 in the journal",
    "published|reported|report|appeared|writing|write in _2 journal",
});
// Words without which neither a journal nor researchers are named.
constexpr auto journal_words = std::to_array<Words>({
    "published|appeared|appears|appear|report|reported|reporting|writing|publication|journal",
});
constexpr auto researcher_words = std::to_array<Words>({"researchers|scientists|investigators|team|experts"});

// "In May", "in a statement": where it says when and how, not in which journal.
constexpr auto no_journal = std::to_array<Words>(
    {"January",   "February",   "March",    "April",    "May",      "June",    "July",      "August",
     "September", "October",    "November", "December", "Monday",   "Tuesday", "Wednesday", "Thursday",
     "Friday",    "Saturday",   "Sunday",   "The",      "A",        "Paris",   "London",    "English",
     "New",       "Washington", "Europe",   "American", "Monday's", "It",      "I"});

bool starts_upper(Words word) {
    return !word.empty() && is_upper(code_point_at(word, 0).value);
}

std::vector<Words> split_words(Words text) {
    std::vector<Words> words;
    words.reserve(std::min<std::size_t>(text.size() / 5 + 1, 400));
    for (std::size_t at = 0; at < text.size() && words.size() < 400;) {
        auto const end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

Words bare(Words word) {
    while (!word.empty() && (Words("\"'(*_").find(word.front()) != Words::npos))
        word.remove_prefix(1);
    while (word.starts_with("\u201C") || word.starts_with("\u2018"))
        word.remove_prefix(3);
    while (!word.empty() && Words("\"').,;:*_").find(word.back()) != Words::npos)
        word.remove_suffix(1);
    while (word.ends_with("\u201D") || word.ends_with("\u2019"))
        word.remove_suffix(3);
    return word;
}

bool ends_name(Words word) {
    return !word.empty() && Words(".,;:)\"").find(word.back()) != Words::npos;
}

bool is_joint(Words word) {
    return word == "of" || word == "the" || word == "and" || word == "for" || word == "in" || word == "&" ||
           word == "de";
}

// Words in capitals from `at`, joined by "of", "the", "and": "Annals of Milk"; empty: there is none.
std::string name_at(std::vector<Words> const& words, std::size_t at, std::size_t* end = nullptr) {
    std::string name;
    std::size_t last_capital = at;
    for (std::size_t i = at; i < words.size() && i < at + 9; ++i) {
        auto const word = bare(words[i]);
        if (starts_upper(word))
            last_capital = i + 1;
        else if (!is_joint(words[i]) || i == at)
            break;
        // "in Heart Steps that", "at Lund University in Sweden": a place follows.
        if (words[i] == "in" && i > at) break;
        if (ends_name(words[i])) break;
    }
    for (std::size_t i = at; i < last_capital; ++i)
        name += (name.empty() ? "" : " ") + std::string(bare(words[i]));
    if (end != nullptr) *end = last_capital;
    return name;
}

// "(published|report …) in (the) (journal) X"
std::string journal_in(Words sentence) {
    auto const words = split_words(sentence);
    bool published = false;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        auto const as_written = bare(words[i]);
        if (as_written.empty() || Words("paprwit").find(ascii_lower(as_written.front())) == Words::npos) continue;
        auto const word = ascii_lower(as_written);
        if (word == "published" || word == "appeared" || word == "appears" || word == "report" || word == "reported" ||
            word == "reporting" || word == "writing" || word == "appear" || word == "publication")
            published = true;
        bool const journal_next = i + 2 < words.size() && word == "the" && ascii_lower(bare(words[i + 1])) == "journal";
        if (journal_next && starts_upper(bare(words[i + 2])))
            if (auto name = name_at(words, i + 2); !name.empty()) return name;
        if (!published || word != "in") continue;
        std::size_t const at = i + 1 + (bare(words[i + 1]) == "the" ? 1 : 0);
        if (at >= words.size()) continue;
        auto name = name_at(words, at);
        auto const first = name.substr(0, name.find(' '));
        bool const other = name.size() < 2 || (first == name && std::find(no_journal.begin(), no_journal.end(),
                                                                          first) != no_journal.end());
        bool const month = std::find(no_journal.begin(), no_journal.begin() + 19, first) != no_journal.begin() + 19;
        if (!other && !month && !name.empty() && !is_ascii_digit(name.front())) return name;
    }
    return {};
}

// The quoted title in the sentence: four words or more.
std::string quoted_title(Words sentence) {
    static constexpr std::array<std::pair<Words, Words>, 2> marks{{{"\"", "\""}, {"\u201C", "\u201D"}}};
    for (auto const& [open, close] : marks) {
        auto const begin = sentence.find(open);
        if (begin == Words::npos) continue;
        auto const end = sentence.find(close, begin + open.size());
        if (end == Words::npos) continue;
        auto title = sentence.substr(begin + open.size(), end - begin - open.size());
        while (!title.empty() && (title.back() == ',' || title.back() == '.'))
            title.remove_suffix(1);
        if (count_words(title) >= 4 && title.size() <= 300) return std::string(title);
    }
    return {};
}

// "researchers at the University of Oslo"
std::string researchers_in(Words sentence) {
    static constexpr auto people =
        std::to_array<Words>({"researchers", "scientists", "investigators", "team", "experts"});
    auto const words = split_words(sentence);
    for (std::size_t i = 0; i + 2 < words.size(); ++i) {
        auto const who = ascii_lower(words[i]);
        if (std::find(people.begin(), people.end(), who) == people.end()) continue;
        if (words[i + 1] != "at" && words[i + 1] != "from") continue;
        bool const the = words[i + 2] == "the";
        auto const name = i + 2 + (the ? 1 : 0) < words.size() ? name_at(words, i + 2 + (the ? 1 : 0)) : std::string();
        if (name.size() < 4) continue;
        return std::string("researchers at ") + (the ? "the " : "") + name;
    }
    return {};
}

class StudyFinder {
public:
    explicit StudyFinder(ArticleWords const& words) : words_(words) {}

    Stated find() {
        look();
        if (!labelled_.value.empty()) return labelled_;
        if (are_of_one_study(all_)) return words_.proposal(all_.front().value, *first_);
        if (!titled_.value.empty()) return titled_;
        return researchers();
    }

private:
    void look() {
        for (auto const& sentence : words_.sentences()) {
            auto const& as_written = words_.article().sentences[sentence.place].text;
            look_for_identifiers(sentence);
            if (words_.article().sentences[sentence.place].role == SentenceRole::boilerplate) continue;
            bool const published = made<publication_wordings>().any_in(sentence.words);
            auto journal = may_have<journal_words>(sentence) ? journal_in(as_written) : std::string();
            if (titled_.value.empty() && !journal.empty())
                if (auto const title = quoted_title(as_written); !title.empty())
                    titled_ = words_.proposal(title + " (" + journal + ")", sentence);
            auto who = may_have<researcher_words>(sentence) ? researchers_in(as_written) : std::string();
            if (who_.empty() && !who.empty()) {
                who_ = std::move(who);
                told_ = &sentence;
            }
            if (journal_.empty() && !journal.empty() && (published || !who_.empty())) {
                journal_ = std::move(journal);
                published_ = &sentence;
            }
        }
    }

    // What stands beyond the words that are looked at is not known.
    template <auto const& words>
    static bool may_have(ReadSentence const& sentence) noexcept {
        return made<words>().any_in(sentence.words) || sentence.words.are_not_all();
    }

    void look_for_identifiers(ReadSentence const& sentence) {
        auto const here = identifiers_in(Words(sentence.text).substr(0, 4000));
        if (here.empty()) return;
        for (auto const& identifier : here)
            if (all_.size() < 50 && std::find(all_.begin(), all_.end(), identifier) == all_.end())
                all_.push_back(identifier);
        std::stable_sort(all_.begin(), all_.end(), [](auto const& a, auto const& b) { return a.kind < b.kind; });
        if (first_ == nullptr) first_ = &sentence;
        bool labelled = made<publication_wordings>().any_in(sentence.words);
        for (auto const& match : made<source_labels>().find_in(sentence.words))
            labelled = labelled || (match.begin == 0 && match.end < sentence.words.size() &&
                                    sentence.words.breaks_before(match.end));
        if (labelled && are_of_one_study(here) && n_labelled_++ == 0)
            labelled_ = words_.proposal(here.front().value, sentence);
        else if (labelled && labelled_.value != here.front().value)
            labelled_ = {};  // sources, not one source
    }

    [[nodiscard]] Stated researchers() const {
        if (!all_.empty()) return {};
        if (!who_.empty()) return words_.proposal(journal_.empty() ? who_ : who_ + " (" + journal_ + ")", *told_);
        if (!journal_.empty()) return words_.proposal("study in the journal " + journal_, *published_);
        return {};
    }

    ArticleWords const& words_;
    std::vector<Identifier> all_;
    ReadSentence const* first_ = nullptr;
    Stated labelled_, titled_;
    std::size_t n_labelled_ = 0;
    std::string who_, journal_;
    ReadSentence const* told_ = nullptr;
    ReadSentence const* published_ = nullptr;
};

// --- press releases and agencies ---

struct Agency {
    Words written, name;
};
// As written in a dateline: "LONDON (Reuters) -".
constexpr auto datelines = std::to_array<Agency>({
    {"Reuters", "Reuters"},
    {"REUTERS", "Reuters"},
    {"AP", "Associated Press"},
    {"AFP", "AFP"},
    {"UPI", "UPI"},
    {"dpa", "dpa"},
    {"Xinhua", "Xinhua"},
    {"PTI", "PTI"},
    {"ANI", "ANI"},
    {"IANS", "IANS"},
    {"Kyodo", "Kyodo"},
    {"Bloomberg", "Bloomberg"},
    {"GLOBE NEWSWIRE", "GlobeNewswire"},
    {"BUSINESS WIRE", "Business Wire"},
    {"HealthDay News", "HealthDay"},
    {"HealthDay", "HealthDay"},
    {"PRNewswire", "PR Newswire"},
    {"PA", "PA Media"},
    {"CNN", "CNN"},
    {"AAP", "AAP"},
});
// Anywhere in a short line.
constexpr auto agency_wordings = std::to_array<Agency>({
    {"prnewswire", "PR Newswire"},
    {"pr newswire", "PR Newswire"},
    {"business wire", "Business Wire"},
    {"globe newswire", "GlobeNewswire"},
    {"globenewswire", "GlobeNewswire"},
    {"news release from eurekalert", "EurekAlert"},
    {"via eurekalert", "EurekAlert"},
    {"eurekalert org", "EurekAlert"},
    {"copyright _3 the associated press", "Associated Press"},
    {"alphagalileo", "AlphaGalileo"},
    {"for immediate release", "press release"},
});
constexpr auto agency_words = [] {
    std::array<Words, agency_wordings.size()> wordings;
    for (std::size_t i = 0; i < wordings.size(); ++i)
        wordings[i] = agency_wordings[i].written;
    return wordings;
}();
// "… by X", up to a full stop or a comma.
constexpr auto provider_wordings = std::to_array<Words>({
    "materials provided by",
    "provided by",
    "article|story|piece|text|post|content|report is|was republished|reprinted|reproduced|reposted from|with|by",
    "republished|reprinted|reposted from",
    "article|story|piece|post|report|version _3 was|is|has _2 originally|first published|appeared|posted on|by|in|at",
    "article|story|piece|post|report|version originally|first published|appeared|posted on|by|in|at",
    "originally|first published|posted on|by|in|at",
    "source",
    "story source",
});
constexpr std::size_t provider_source = 7;  // from here a label that needs the name of an institution
constexpr std::size_t provider_at_start = 1;

constexpr auto institution_words =
    std::to_array<Words>({"university",  "institute", "institutet", "college",    "hospital", "school",      "academy",
                          "centre",      "center",    "clinic",     "foundation", "society",  "laboratory",  "council",
                          "universitet", "medicine",  "eurekalert", "reuters",    "afp",      "association", "press"});

bool names_institution(std::string const& name) {
    auto const text = comparable(name);
    CueWords const words(text);
    for (std::size_t i = 0; i < words.size(); ++i)
        if (std::find(institution_words.begin(), institution_words.end(), words[i]) != institution_words.end())
            return true;
    return false;
}

// Where the word stands between the two marks for the first time.
std::size_t marked(Words text, Words open, Words word, Words close) noexcept {
    for (auto at = text.find(open); at != Words::npos; at = text.find(open, at + 1)) {
        auto const inner = text.substr(at + open.size());
        if (inner.starts_with(word) && inner.substr(word.size()).starts_with(close)) return at;
    }
    return Words::npos;
}

Words agency_in_dateline(Words text) {
    auto const start = text.substr(0, 90);
    if (start.find('(') == Words::npos && start.find('/') == Words::npos) return {};
    for (auto const& [written, name] : datelines)
        for (auto const& [open, close] : {std::pair<Words, Words>{"(", ")"}, {"/", "/"}}) {
            auto const at = marked(start, open, written, close);
            if (at == Words::npos) continue;
            auto rest = text.substr(at + open.size() + written.size() + close.size());
            while (rest.starts_with(" "))
                rest.remove_prefix(1);
            if (rest.starts_with("-") || rest.starts_with("\u2013") || rest.starts_with("\u2014")) return name;
        }
    return {};
}

// The name that begins with word `at` of the sentence, as written.
std::string name_from_word(Words as_written, std::size_t at) {
    // Words of CueWords: runs of letters and digits.
    std::size_t n = 0, i = 0;
    auto const in_word = [&](char c) { return is_word_byte(c) || static_cast<unsigned char>(c) >= 0x80; };
    for (; i < as_written.size(); ++i) {
        bool const begins =
            in_word(as_written[i]) && (i == 0 || (!in_word(as_written[i - 1]) && as_written[i - 1] != '\''));
        if (begins && n++ == at) break;
    }
    auto const words = split_words(as_written.substr(std::min(i, as_written.size())));
    if (words.empty()) return {};
    if (ascii_lower(words[0]) == "the" && words.size() > 1 && starts_upper(words[1])) {
        auto const name = name_at(words, 1);
        return words[0] == "The" && !name.empty() ? "The " + name : name;
    }
    return name_at(words, 0);
}

std::string provider_in(ReadSentence const& sentence, Words as_written) {
    for (auto const& match : made<provider_wordings>().find_in(sentence.words)) {
        bool const bare_provided = match.cue == provider_at_start;
        bool const label = match.cue >= provider_source;
        if ((bare_provided || match.cue == 0 || match.cue == 6 || match.cue == 3) && match.begin != 0) continue;
        if (label &&
            (match.begin != 0 || match.end >= sentence.words.size() || !sentence.words.breaks_before(match.end)))
            continue;
        auto name = name_from_word(as_written, match.end);
        if (name.size() < 3 || (label && (!names_institution(name) || sentence.words.size() > 12))) continue;
        return name;
    }
    return {};
}

}  // namespace

bool is_study_identifier(std::string_view rests_on) noexcept {
    return rests_on.find(' ') == std::string_view::npos &&
           (rests_on.starts_with("10.") || rests_on.starts_with("PMID:") || rests_on.starts_with("PMC") ||
            rests_on.starts_with("NCT") || rests_on.starts_with("ISRCTN") || rests_on.starts_with("arXiv:"));
}

Stated study_it_rests_on(ArticleWords const& words, std::string const& doi) {
    auto const& citation = words.article().citation;
    bool const published = !doi.empty() || !citation.doi.empty() || !citation.pmid.empty();
    bool const reports = words.article().study_design.value.starts_with("news");
    if (published && !reports) return {};
    return StudyFinder(words).find();
}

Stated press_release_of(ArticleWords const& words) {
    for (auto const& sentence : words.sentences()) {
        auto const& as_written = words.article().sentences[sentence.place].text;
        if (auto const agency = agency_in_dateline(as_written); !agency.empty())
            return words.proposal(std::string(agency), sentence);
        if (as_written.starts_with("Newswise \u2014") || as_written.starts_with("Newswise -"))
            return words.proposal("Newswise", sentence);
        if (sentence.words.size() <= 40)
            for (auto const& match : made<agency_words>().find_in(sentence.words))
                return words.proposal(std::string(agency_wordings[match.cue].name), sentence);
        if (auto name = provider_in(sentence, as_written); !name.empty())
            return words.proposal(std::move(name), sentence);
    }
    return {};
}

}  // namespace dossier::sources
