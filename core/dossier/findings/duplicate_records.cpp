#include "dossier/findings/duplicate_records.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <tuple>
#include <utility>

#include "dossier/findings/plain_words.hpp"

namespace dossier {

namespace {

constexpr std::size_t block_window = 12;  // neighbours in a block that a record is compared with
constexpr double alike = 0.85;            // Dice coefficient of the titles' trigrams
constexpr std::size_t telling_words = 4;  // a title of fewer ("Editorial", "Reply to Smith") tells little

/// A record's fields in the form in which they are compared.
struct Record {
    std::string title;  ///< its words without space
    std::size_t n_title_words = 0;
    std::vector<std::string> numbers;   ///< in the title, Roman ones in digits
    bool is_response = false;           ///< a correction, a reply, a comment
    std::vector<std::string> surnames;  ///< as listed
    std::vector<std::string> journal;   ///< words, but for articles and prepositions
    std::string volume, issue, first_page, doi, pmid;
    int year = 0;  ///< 0: not stated
};

template <std::size_t n>
bool is_one_of(std::string_view word, std::array<std::string_view, n> const& words) noexcept {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr auto roman_numbers =
    std::to_array<std::string_view>({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"});

/// Digits and Roman numbers of a title: they tell part I from part II, and phase 2 from phase 3.
std::vector<std::string> numbers_in(std::vector<std::string> const& words) {
    std::vector<std::string> numbers;
    for (auto const& word : words) {
        auto const roman = std::find(roman_numbers.begin(), roman_numbers.end(), word);
        if (roman != roman_numbers.end()) {
            numbers.push_back(std::to_string(roman - roman_numbers.begin() + 1));
            continue;
        }
        for (auto digit = word.begin(); digit != word.end();) {
            auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
            auto const begin = std::find_if(digit, word.end(), is_digit);
            digit = std::find_if_not(begin, word.end(), is_digit);
            if (begin != digit) numbers.emplace_back(begin, digit);
        }
    }
    return numbers;
}

bool is_response(std::vector<std::string> const& words) {
    static constexpr auto openings = std::to_array<std::string_view>(
        {"erratum", "errata", "corrigendum", "correction", "corrections", "retraction", "retracted", "reply",
         "response", "comment", "comments", "commentary", "letter", "re", "author", "authors"});
    return !words.empty() && is_one_of(words.front(), openings);
}

/// "Smith, J. A.", "Smith JA", "J. A. Smith", "Jane Smith"; empty: no name ("et al.").
std::string surname_of(std::string_view author) {
    auto const comma = author.find(',');
    auto words = plain_words(author.substr(0, comma));
    if (words.empty() || (words.front() == "et" && words.size() <= 2)) return {};
    std::string surname;
    if (comma != std::string_view::npos) {
        for (auto const& word : words)
            surname += word;
        return surname;
    }
    // Without a comma initials close ("Smith JA") or the family name does ("Jane Smith").
    auto const last = author.substr(author.find_last_of(' ') + 1);
    bool const initials = last.size() <= 4 && std::all_of(last.begin(), last.end(), [](char c) {
                              return (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
                          });
    return initials && words.size() > 1 ? words.front() : words.back();
}

std::vector<std::string> journal_words(std::string_view journal) {
    static constexpr auto small = std::to_array<std::string_view>(
        {"the", "of", "and", "for", "in", "on", "a", "an", "de", "la", "des", "et", "und", "der"});
    // "Med Trop (Mars)", "Gut: an international journal"
    auto words = plain_words(journal.substr(0, journal.find_first_of("(:=", 1)));
    std::erase_if(words, [](std::string const& word) { return is_one_of(word, small); });
    return words;
}

/// Pages, "623-31" or "S12": the first one.
std::string first_page_of(std::string_view pages) {
    auto const words = plain_words(pages);
    return words.empty() ? std::string() : words.front();
}

/// The year of "2019", "2019-03-04", "Mar 2019".
int year_in(std::string_view date) {
    for (std::size_t at = 0; at + 4 <= date.size(); ++at) {
        auto const digits = date.substr(at, 4);
        if (std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return std::atoi(std::string(digits).c_str());
    }
    return 0;
}

std::string joined(std::vector<std::string> const& words) {
    std::string result;
    for (auto const& word : words)
        result += word;
    return result;
}

std::vector<std::uint32_t> trigrams_of(std::string_view text) {
    std::vector<std::uint32_t> trigrams;
    for (std::size_t i = 0; i + 3 <= text.size(); ++i) {
        std::uint32_t code = 0;
        for (std::size_t j = 0; j < 3; ++j)
            code = code << 8 | static_cast<unsigned char>(text[i + j]);
        trigrams.push_back(code);
    }
    std::sort(trigrams.begin(), trigrams.end());
    return trigrams;
}

/// 2 |A and B| / (|A| + |B|), of multisets; 0 if both are empty.
double dice(std::vector<std::uint32_t> const& a, std::vector<std::uint32_t> const& b) {
    std::size_t n_shared = 0;
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        if (*i == *j)
            ++n_shared, ++i, ++j;
        else if (*i < *j)
            ++i;
        else
            ++j;
    }
    auto const n = a.size() + b.size();
    return n == 0 ? 0.0 : 2.0 * static_cast<double>(n_shared) / static_cast<double>(n);
}

Record record_of(Article const& article) {
    auto const& citation = article.citation;
    constexpr std::size_t longest_title = 1000;
    Record record;
    auto const title = plain_words(without_tags(std::string_view(article.title.value).substr(0, longest_title)));
    record.title = joined(title);
    record.n_title_words = title.size();
    record.numbers = numbers_in(title);
    record.is_response = is_response(title);
    constexpr std::size_t most_authors = 30;
    for (auto const& author : citation.authors)
        if (auto surname = surname_of(author); !surname.empty() && record.surnames.size() < most_authors)
            record.surnames.push_back(std::move(surname));
    record.journal = journal_words(citation.journal);
    record.volume = joined(plain_words(citation.volume));
    record.issue = joined(plain_words(citation.issue));
    record.first_page = first_page_of(citation.pages);
    record.doi = citation.doi;
    std::transform(record.doi.begin(), record.doi.end(), record.doi.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    record.pmid = citation.pmid;
    record.year = year_in(citation.year.empty() ? article.published.value : citation.year);
    return record;
}

/// Whether `shorter` can stand for `word`: "Infect" and "Wkly" for "Infectious" and "Weekly".
bool abbreviates(std::string_view shorter, std::string_view word) noexcept {
    if (shorter.size() > word.size() || shorter.front() != word.front()) return false;
    std::size_t matched = 0;
    for (char const c : word)
        matched += matched < shorter.size() && shorter[matched] == c;
    return matched == shorter.size();
}

bool is_acronym(std::string_view acronym, std::vector<std::string> const& words) noexcept {
    return words.size() >= 2 && acronym.size() == words.size() &&
           std::equal(words.begin(), words.end(), acronym.begin(),
                      [](std::string const& word, char initial) { return word.front() == initial; });
}

/// "J Trop Pediatr" and "Journal of Tropical Pediatrics": word by word, each the other's abbreviation. One word may be left
/// over in a long name ("MMWR Morbidity and Mortality Weekly Report"). @pre neither is empty
bool is_same_journal(std::vector<std::string> const& a, std::vector<std::string> const& b) {
    auto const& fewer = a.size() <= b.size() ? a : b;
    auto const& more = a.size() <= b.size() ? b : a;
    if (fewer.size() == 1 && is_acronym(fewer.front(), more)) return true;
    std::size_t matched = 0;
    for (auto const& word : more)
        if (matched < fewer.size() && (abbreviates(fewer[matched], word) || abbreviates(word, fewer[matched])))
            ++matched;
    auto const n_left_over = more.size() - fewer.size();
    return matched == fewer.size() && (n_left_over == 0 || (n_left_over == 1 && matched >= 3));
}

bool differ_where_stated(std::string_view a, std::string_view b) noexcept {
    return !a.empty() && !b.empty() && a != b;
}

/// Adds up what speaks for and against.
class Comparison {
public:
    Comparison(Record const& a, Record const& b) : a_(a), b_(b) {}

    std::optional<RecordMatch> result() {
        if (a_.is_response != b_.is_response || are_told_apart_by_doi()) return std::nullopt;
        if (a_.title.empty() || b_.title.empty()) {
            if (!(is_same(a_.doi, b_.doi) || is_same(a_.pmid, b_.pmid))) return std::nullopt;
            match_.score = duplicate_record_score;
        } else if (!compare_titles()) {
            return std::nullopt;
        }
        compare_authors();
        compare_years();
        if (!a_.journal.empty() && !b_.journal.empty())
            is_same_journal(a_.journal, b_.journal) ? agree("journal", 2) : differ(2);
        compare_field("volume", a_.volume, b_.volume, 1, 1);
        compare_field("issue", a_.issue, b_.issue, 1, 0);
        compare_field("first page", a_.first_page, b_.first_page, 3, 2);
        compare_field("DOI", a_.doi, b_.doi, 4, 4);
        compare_field("PMID", a_.pmid, b_.pmid, 6, 6);
        if (match_.score < duplicate_record_score) return std::nullopt;
        return match_;
    }

private:
    static bool starts_with(std::vector<std::string> const& longer, std::vector<std::string> const& shorter) {
        return shorter.size() <= longer.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
    }
    static bool ends_with(std::vector<std::string> const& longer, std::vector<std::string> const& shorter) {
        return shorter.size() <= longer.size() && std::equal(shorter.rbegin(), shorter.rend(), longer.rbegin());
    }
    static bool is_same(std::string const& a, std::string const& b) { return !a.empty() && a == b; }

    /// Databases mistype DOIs; only another number of the publication, or its place in print, outweighs two that differ.
    [[nodiscard]] bool are_told_apart_by_doi() const {
        if (!differ_where_stated(a_.doi, b_.doi) || is_same(a_.pmid, b_.pmid)) return false;
        bool const journal = !a_.journal.empty() && !b_.journal.empty() && is_same_journal(a_.journal, b_.journal);
        return !(journal && is_same(a_.volume, b_.volume) && is_same(a_.first_page, b_.first_page));
    }

    void agree(std::string_view field, int weight) {
        match_.score += weight;
        match_.fields += (match_.fields.empty() ? "" : ", ") + std::string(field);
    }
    void differ(int weight) { match_.score -= weight; }

    void compare_field(std::string_view name, std::string const& a, std::string const& b, int for_it, int against) {
        if (a.empty() || b.empty()) return;
        a == b ? agree(name, for_it) : differ(against);
    }

    bool compare_titles() {
        bool const telling = std::min(a_.n_title_words, b_.n_title_words) >= telling_words;
        if (a_.title == b_.title) {
            agree("title", telling ? 6 : 3);
            return true;
        }
        if (!telling) return false;
        auto const& shorter = a_.title.size() <= b_.title.size() ? a_ : b_;
        auto const& longer = a_.title.size() <= b_.title.size() ? b_ : a_;
        if (a_.numbers == b_.numbers && dice(trigrams_of(a_.title), trigrams_of(b_.title)) >= alike) {
            agree("title, but for spelling", 4);
            return true;
        }
        bool const begins = longer.title.starts_with(shorter.title) && starts_with(longer.numbers, shorter.numbers);
        bool const ends = longer.title.ends_with(shorter.title) && ends_with(longer.numbers, shorter.numbers);
        if (begins || ends) agree("title, but for a part", 3);
        return begins || ends;
    }

    void compare_authors() {
        if (a_.surnames.empty() || b_.surnames.empty()) return;
        if (a_.surnames.front() == b_.surnames.front()) return agree("first author", 2);
        bool const shared = std::any_of(a_.surnames.begin(), a_.surnames.end(), [&](std::string const& surname) {
            return std::find(b_.surnames.begin(), b_.surnames.end(), surname) != b_.surnames.end();
        });
        shared ? agree("an author", 1) : differ(3);
    }

    void compare_years() {
        if (a_.year == 0 || b_.year == 0) return;
        if (a_.year == b_.year) return agree("year", 1);
        if (std::abs(a_.year - b_.year) > 1) differ(3);
    }

    Record const& a_;
    Record const& b_;
    RecordMatch match_;
};

/// Which records share a block: each has several keys, and two records of one publication share one of them.
struct BlockEntry {
    std::uint64_t key = 0;
    std::size_t record = 0;
};

void add_block_entries(Record const& record, std::size_t index, std::vector<BlockEntry>& blocks) {
    auto const add = [&](std::string_view kind, std::string const& key) {
        if (key.empty()) return;
        std::uint64_t hash = 0xCBF29CE484222325u;  // FNV-1a
        for (auto const part : {kind, std::string_view(key)})
            for (char const c : part)
                hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
        blocks.push_back({hash, index});
    };
    constexpr std::size_t edge = 20;  // letters at either end of a title
    add("doi ", record.doi);
    add("pmid ", record.pmid);
    add("title ", record.title);
    if (record.title.size() >= edge) {
        add("opening ", record.title.substr(0, edge));
        add("end ", record.title.substr(record.title.size() - edge));
    }
    if (!record.volume.empty() && !record.first_page.empty()) add("page ", record.volume + ' ' + record.first_page);
    if (!record.surnames.empty() && record.year != 0 && !record.journal.empty())
        add("author ",
            record.surnames.front() + ' ' + std::to_string(record.year) + ' ' + record.journal.front().front());
}

/// Groups that records fall into. A record without a DOI may be like two that have different ones; it joins one of them.
class RecordGroups {
public:
    explicit RecordGroups(std::vector<Record> const& records) : records_(records) {
        for (auto const& record : records)
            groups_.push_back({groups_.size(), record.doi, record.pmid});
    }

    /// @return whether the two are in one group now
    bool join(std::size_t a, std::size_t b) {
        auto const first = root(a), second = root(b);
        if (first == second) return true;
        auto& kept = groups_[std::min(first, second)];
        auto& joined = groups_[std::max(first, second)];
        bool const dois_differ = differ_where_stated(kept.doi, joined.doi);
        bool const pmids_differ = differ_where_stated(kept.pmid, joined.pmid);
        // What the two state themselves was weighed when they were compared.
        bool const dois_weighed = differ_where_stated(records_[a].doi, records_[b].doi);
        bool const pmids_weighed = differ_where_stated(records_[a].pmid, records_[b].pmid);
        if ((dois_differ && !dois_weighed) || (pmids_differ && !pmids_weighed)) return false;
        if (kept.doi.empty()) kept.doi = joined.doi;
        if (kept.pmid.empty()) kept.pmid = joined.pmid;
        joined.parent = kept.parent;
        return true;
    }

private:
    struct Group {
        std::size_t parent;  ///< itself: the least member
        std::string_view doi, pmid;
    };
    std::size_t root(std::size_t member) noexcept {
        while (groups_[member].parent != member)
            member = groups_[member].parent = groups_[groups_[member].parent].parent;
        return member;
    }

    std::vector<Record> const& records_;
    std::vector<Group> groups_;
};

/// Without those that would join records that are told apart: the surest matches count first.
std::vector<RecordMatch> without_contradictions(std::vector<RecordMatch> matches, std::vector<Record> const& records) {
    std::stable_sort(matches.begin(), matches.end(),
                     [](RecordMatch const& x, RecordMatch const& y) { return x.score > y.score; });
    RecordGroups groups(records);
    std::erase_if(matches, [&](RecordMatch const& match) { return !groups.join(match.a, match.b); });
    std::sort(matches.begin(), matches.end(),
              [](RecordMatch const& x, RecordMatch const& y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); });
    return matches;
}

}  // namespace

bool is_record(Article const& article) noexcept {
    auto const& citation = article.citation;
    return !citation.journal.empty() || !citation.doi.empty() || !citation.pmid.empty();
}

std::optional<RecordMatch> compare_records(Article const& a, Article const& b) {
    auto const first = record_of(a), second = record_of(b);
    return Comparison(first, second).result();
}

std::vector<RecordMatch> find_duplicate_records(std::span<Article const* const> articles, std::size_t* n_compared) {
    std::vector<Record> records(articles.size());
    std::vector<BlockEntry> blocks;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        if (!is_record(*articles[i])) continue;
        records[i] = record_of(*articles[i]);
        add_block_entries(records[i], i, blocks);
    }
    // Within a block, likely duplicates are neighbours: by title.
    std::sort(blocks.begin(), blocks.end(), [&](BlockEntry const& a, BlockEntry const& b) {
        return std::tie(a.key, records[a.record].title, a.record) < std::tie(b.key, records[b.record].title, b.record);
    });
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < blocks.size(); ++i)
        for (std::size_t j = i + 1; j < blocks.size() && j <= i + block_window && blocks[j].key == blocks[i].key; ++j)
            pairs.push_back(std::minmax(blocks[i].record, blocks[j].record));
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());

    std::vector<RecordMatch> matches;
    for (auto const& [a, b] : pairs)
        if (auto match = Comparison(records[a], records[b]).result()) {
            match->a = a, match->b = b;
            matches.push_back(std::move(*match));
        }
    if (n_compared != nullptr) *n_compared = pairs.size();
    return without_contradictions(std::move(matches), records);
}

}  // namespace dossier
