#include "dossier/findings/interest_statement.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "dossier/findings/spaced_words.hpp"

namespace dossier {

namespace {

using Words = std::vector<std::string_view>;
using Terms = std::span<std::string_view const>;

constexpr auto negations =
    std::to_array<std::string_view>({"no", "not", "none", "nil", "nothing", "neither", "nor", "never", "without"});
/// With a negation near them they are a denial.
constexpr auto interests = std::to_array<std::string_view>(
    {"conflict",     "conflicts",     "conflicting", "competing", "interest",     "interests",
     "disclosure",   "disclosures",   "disclose",    "disclosed", "declare",      "declared",
     "relationship", "relationships", "ties",        "links",     "affiliations", "involvement",
     "funding",      "support",       "fees",        "potential", "financial",    "relevant"});
/// What an interest is where nothing denies it.
constexpr auto ties = std::to_array<std::string_view>({"stock",
                                                       "stocks",
                                                       "stockholder",
                                                       "stockholders",
                                                       "stock options",
                                                       "shares in",
                                                       "shares of",
                                                       "owns shares",
                                                       "own shares",
                                                       "holds shares",
                                                       "hold shares",
                                                       "shareholder",
                                                       "shareholders",
                                                       "shareholding",
                                                       "equity in",
                                                       "equity interest",
                                                       "equity interests",
                                                       "holds equity",
                                                       "hold equity",
                                                       "has equity",
                                                       "have equity",
                                                       "consultant for",
                                                       "consultant to",
                                                       "consultants for",
                                                       "consultants to",
                                                       "consultancy",
                                                       "consults for",
                                                       "consulted for",
                                                       "consulting fees",
                                                       "honoraria",
                                                       "honorarium",
                                                       "royalties",
                                                       "advisory board",
                                                       "advisory boards",
                                                       "scientific advisor",
                                                       "adviser to",
                                                       "advisor to",
                                                       "advises",
                                                       "speakers bureau",
                                                       "speaker s bureau",
                                                       "speaker fees",
                                                       "speaking fees",
                                                       "lecture fees",
                                                       "personal fees",
                                                       "received fees",
                                                       "receives fees",
                                                       "reports fees",
                                                       "patent",
                                                       "patents",
                                                       "founder",
                                                       "co founder",
                                                       "cofounder",
                                                       "co founded",
                                                       "reports grants",
                                                       "reports receiving",
                                                       "received payment",
                                                       "received payments",
                                                       "paid consultant",
                                                       "paid speaker",
                                                       "travel support from",
                                                       "sells"});
constexpr auto employments = std::to_array<std::string_view>({"employee", "employees", "employed"});
/// Whose money and employment are no tie.
constexpr auto public_bodies = std::to_array<std::string_view>(
    {"university", "universities", "hospital", "hospitals", "government", "ministry", "institute", "institutes",
     "nhs",        "nih",          "cdc",      "college",   "school",     "national", "council",   "foundation",
     "trust",      "public",       "state",    "federal",   "union",      "charity",  "academy"});
constexpr auto receipts = std::to_array<std::string_view>(
    {"received", "receives", "receive", "reports", "reported", "report", "discloses", "disclosed"});
/// Who paid is a tie where it is a firm, or where it is an author who was paid.
constexpr auto payments =
    std::to_array<std::string_view>({"funded", "sponsored", "supported", "financed", "paid", "grant", "grants",
                                     "funding", "fees", "payments", "salary", "support"});
constexpr auto firms = std::to_array<std::string_view>(
    {"inc", "ltd", "gmbh", "llc", "plc", "corp", "corporation", "company", "companies", "manufacturer", "manufacturers",
     "maker", "makers", "industry", "therapeutics", "pharma", "pharmaceutical", "pharmaceuticals"});
/// Of which studies it speaks is not this one.
constexpr auto other_studies = std::to_array<std::string_view>({"trials", "studies", "reviewed"});
constexpr auto this_study = std::to_array<std::string_view>({"this study", "this work", "this research", "this project",
                                                             "this trial", "the study", "the trial", "the project"});
/// Behind them stands what is left of a denial.
constexpr auto exceptions =
    std::to_array<std::string_view>({"but", "except", "apart", "other than", "however", "although", "aside from"});
/// A denial that is not of all authors.
constexpr auto of_others = std::to_array<std::string_view>(
    {"other authors", "other author", "remaining authors", "remaining author", "rest of the authors", "all others",
     "other co authors", "other coauthors", "others declare", "others report", "others have"});
constexpr auto not_known = std::to_array<std::string_view>(
    {"not stated",     "not declared", "not reported",   "not given",      "not provided",  "not available",
     "not disclosed",  "not known",    "not mentioned",  "not applicable", "not specified", "not assessed",
     "not found",      "unknown",      "unclear",        "undeclared",     "unreported",    "unstated",
     "not described",  "no statement", "no information", "no data",        "n a",           "na",
     "no declaration", "missing",      "not indicated",  "not made",       "not clear",     "not sure"});

bool is_one_of(Terms terms, std::string_view word) {
    return std::find(terms.begin(), terms.end(), word) != terms.end();
}

/// A firm by its word, or by the beginning of its name; departments of pharmacology are none.
bool names_firm(std::string_view word) {
    return is_one_of(firms, word) || word.starts_with("biotech") ||
           (word.starts_with("pharma") && !word.starts_with("pharmac"));
}

Words words_of(std::string_view spaced) {
    Words words;
    for (std::size_t begin = 1; begin < spaced.size();) {
        auto const end = spaced.find(' ', begin);
        words.push_back(spaced.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

/// A clause of a statement and what it says of interests.
class Clause {
public:
    explicit Clause(std::string_view text) : spaced_(spaced_words(text)), words_(words_of(spaced_)) {}
    Clause(Clause const&) = delete;
    Clause& operator=(Clause const&) = delete;

    [[nodiscard]] bool tells_of_a_tie() const {
        if (is_employed() || is_paid_by_a_firm() || is_an_author_paid()) return true;
        for (auto const term : ties)
            for (auto at = spaced_.find(term); at != std::string::npos; at = spaced_.find(term, at + 1))
                if (spaced_[at - 1] == ' ' && spaced_[at + term.size()] == ' ' && !is_denied(word_at(at))) return true;
        return false;
    }

    [[nodiscard]] bool denies() const {
        if (words_.empty()) return false;
        if (is_one_of(negations, words_.front()) && words_.size() <= 3) return true;  // "None.", "No, none."
        for (std::size_t i = 0; i < words_.size(); ++i)
            if (is_one_of(interests, words_[i]) && has_negation_near(i)) return true;
        return words_.front() == "no" || words_.front() == "none" || words_.front() == "nil";
    }

    [[nodiscard]] bool is_of_others() const { return says_any(spaced_, of_others); }
    [[nodiscard]] bool excepts() const { return says_any(spaced_, exceptions); }
    [[nodiscard]] bool says_that_nothing_is_known() const { return says_any(spaced_, not_known); }
    [[nodiscard]] bool is_a_sentence() const { return words_.size() >= 3; }

private:
    [[nodiscard]] std::size_t word_at(std::size_t place) const {
        return static_cast<std::size_t>(
            std::count(spaced_.begin(), spaced_.begin() + static_cast<std::ptrdiff_t>(place), ' ') - 1);
    }

    /// "no stock, honoraria or patents", but not "no fees and CD owns stock": there somebody else speaks.
    [[nodiscard]] bool is_denied(std::size_t word) const {
        std::size_t after_and = words_.size();  // words between the last "and" and here
        for (std::size_t i = word; i-- > 0;) {
            if (is_one_of(negations, words_[i])) return after_and == words_.size() || after_and == 0;
            if (is_one_of(exceptions, words_[i]) || words_[i] == "while" || words_[i] == "whereas") return false;
            if (words_[i] == "and" && after_and == words_.size()) after_and = subject_words(i + 1, word);
        }
        return false;
    }

    /// Words of a subject that stands before a verb in [begin, end); 0: there is none.
    [[nodiscard]] std::size_t subject_words(std::size_t begin, std::size_t end) const {
        static constexpr auto verbs = std::to_array<std::string_view>(
            {"is", "are", "was", "were", "has", "have", "owns", "own", "holds", "hold", "received", "receives",
             "receive", "reports", "report", "serves", "served", "works", "consults"});
        for (std::size_t i = begin; i < end; ++i)
            if (is_one_of(verbs, words_[i])) return i - begin;
        return 0;
    }

    [[nodiscard]] bool names_public_body(std::size_t begin) const {
        return std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(begin), words_.end(),
                           [](std::string_view word) { return is_one_of(public_bodies, word); });
    }

    [[nodiscard]] bool is_employed() const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            if (is_one_of(employments, words_[i]) && !is_denied(i) && !names_public_body(i)) return true;
        return false;
    }

    [[nodiscard]] bool is_paid_by_a_firm() const {
        if (says_any(spaced_, other_studies)) return false;
        for (std::size_t i = 0; i < words_.size(); ++i)
            if (is_one_of(payments, words_[i]) && !is_denied(i))
                return std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(i), words_.end(), names_firm);
        return false;
    }

    /// "CD has received research support from Acme".
    [[nodiscard]] bool is_an_author_paid() const {
        if (says_any(spaced_, this_study)) return false;
        bool receives = false;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            receives = receives || is_one_of(receipts, words_[i]);
            if (receives && is_one_of(payments, words_[i]) && !is_denied(i)) return !names_public_body(i);
        }
        return false;
    }

    /// "no known competing interests", "Conflict of interest: none", "do not have any disclosures".
    [[nodiscard]] bool has_negation_near(std::size_t word) const {
        auto const begin = word < 6 ? 0 : word - 6, end = std::min(words_.size(), word + 5);
        for (auto i = begin; i < end; ++i)
            if (is_one_of(negations, words_[i])) return true;
        return false;
    }

    std::string spaced_;
    Words words_;  ///< of spaced_
};

/// Sentences, and clauses that a semicolon ends. "A. B. Smith" is several: what is left of a name says nothing.
std::vector<std::string_view> clauses_of(std::string_view statement) {
    std::vector<std::string_view> clauses;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < statement.size(); ++i) {
        bool const ends = statement[i] == ';' || statement[i] == '\n' ||
                          ((statement[i] == '.' || statement[i] == '!') &&
                           (i + 1 == statement.size() || statement[i + 1] == ' ' || statement[i + 1] == '\n'));
        if (!ends) continue;
        clauses.push_back(statement.substr(begin, i - begin));
        begin = i + 1;
    }
    clauses.push_back(statement.substr(begin));
    return clauses;
}

}  // namespace

bool tells_of_an_interest(std::string_view statement) {
    bool denied = false, denied_of_others = false, unknown = false, says_more = false, says_anything = false;
    for (auto const text : clauses_of(statement)) {
        Clause const clause(text);
        if (clause.tells_of_a_tie()) return true;
        bool const denies = clause.denies(), excepts = clause.excepts();
        if (excepts && denies) return true;
        says_anything = says_anything || spaced_words(text) != " ";
        if (clause.says_that_nothing_is_known()) {
            unknown = true;
        } else if (denies) {
            denied = true;
            denied_of_others = denied_of_others || clause.is_of_others();
        } else if (clause.is_a_sentence()) {
            says_more = true;
        }
    }
    if (denied_of_others && says_more) return true;
    return says_anything && !denied && !unknown;
}

}  // namespace dossier
