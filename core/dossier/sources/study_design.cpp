#include "dossier/sources/study_design.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>

#include "dossier/sources/format.hpp"
#include "dossier/sources/study_design_wordings.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

using namespace design_wordings;

bool is_one_of(std::span<Words const> list, Words word) noexcept {
    return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr auto wordings_of_designs = [] {
    std::array<Words, design_cues.size()> wordings;
    for (std::size_t i = 0; i < wordings.size(); ++i)
        wordings[i] = design_cues[i].wording;
    return wordings;
}();

std::size_t design_index(Words name) noexcept {
    return static_cast<std::size_t>(std::find(design_names.begin(), design_names.end(), name) - design_names.begin());
}

bool any_within(CueWords const& words, std::size_t begin, std::size_t end, std::span<Words const> list) {
    for (std::size_t i = begin; i < std::min(end, words.size()); ++i)
        if (is_one_of(list, words[i])) return true;
    return false;
}

// "Smith et al. randomised 40 patients", "in an earlier trial": what is told is somebody else's work.
constexpr auto others_wordings = std::to_array<Words>({
    "et al",
    "and colleagues|coworkers",
    "previous|previously|earlier|prior|another|recent|recently|other|existing|published|pivotal|landmark "
    "_3 study|studies|trial|trials|work|rct|rcts|report|reports|review|reviews",
    "study|trial|rct by|from|of _3 et al|colleagues",
    "in another|two|several|some|many _3 study|trial|studies|trials|rct|rcts",
});
constexpr auto own_voice_wordings =
    std::to_array<Words>({"we", "our", "this|present|current _1 study|trial|work|experiment"});

// Parts of a paper that tell what others did, unless in the first person.
constexpr auto parts_about_others = std::to_array<Words>(
    {"introduction", "background", "discussion", "related work", "literature review", "conclusion", "conclusions"});

Words without_number(Words heading) {
    while (!heading.empty() && (is_ascii_digit(heading.front()) || heading.front() == '.' || heading.front() == ' '))
        heading.remove_prefix(1);
    return heading;
}

bool tells_of_others(ReadSentence const& sentence, std::string const& heading) {
    if (made<own_voice_wordings>().any_in(sentence.words)) return false;
    auto const part = comparable(heading.substr(0, 100));
    return is_one_of(parts_about_others, without_number(part)) || made<others_wordings>().any_in(sentence.words);
}

// "This …", "our …", "we conducted a …", "a … was carried out", "Design: …".
bool is_own(CueWords const& words, CueMatch const& match) {
    std::size_t from = match.begin;
    while (from > 0 && match.begin - from < 8 && !words.breaks_before(from))
        --from;
    if (any_within(words, from, match.begin, own_words)) return true;
    for (std::size_t i = from; i < match.begin; ++i)
        if (words[i] == "we" && any_within(words, i + 1, std::min(i + 4, match.begin), own_verbs)) return true;
    for (std::size_t i = match.end; i < std::min(match.end + 4, words.size()); ++i)
        if ((words[i] == "was" || words[i] == "were") && any_within(words, i + 1, i + 4, done_verbs)) return true;
    if (match.begin <= 6 && words.size() <= 24) {
        std::size_t others = 0;
        for (std::size_t i = 0; i < match.begin; ++i)
            others += is_one_of(labels, words[i]) ? 0u : 1u;
        return others <= 1 && (match.begin == 0 || words.pauses_before(match.begin) || is_one_of(labels, words[0]));
    }
    return false;
}

bool has_article_before(CueWords const& words, CueMatch const& match) {
    for (std::size_t i = match.begin, n = 0; i > 0 && n < 4 && !words.pauses_before(i); --i, ++n)
        if (words[i - 1] == "a" || words[i - 1] == "an" || words[i - 1] == "the") return true;
    return false;
}

struct Evidence {
    unsigned own = 0;   // as the text's own design: title 4, own frame 3, deed 2
    unsigned told = 0;  // as that of any study: name with an article 2, deed 2, bare name 1
    bool in_title = false;
    ReadSentence const* first = nullptr;  // the sentence that weighs most
    unsigned heaviest = 0;

    void weigh(unsigned points, unsigned own_points, ReadSentence const* sentence) {
        own += own_points;
        told += points;
        if (points + own_points > heaviest && sentence != nullptr) heaviest = points + own_points, first = sentence;
    }
};
using DesignEvidence = std::array<Evidence, design_names.size()>;

bool is_structured_text(Article const& article) {
    static constexpr auto formats = std::to_array<Words>(
        {"jats", "ris", "nbib", "ciw", "bibtex", "endnote-xml", "pubmed-xml", "csv", "tsv", "jsonl"});
    return std::find(formats.begin(), formats.end(), article.format) != formats.end();
}

constexpr auto speech_verbs = std::to_array<Words>({"said|says|told|tells|added|adds"});

// What somebody speaks whom the author quotes: between quotation marks, also over several sentences of a paragraph, or with
// "he said".
class Speech {
public:
    /// @pre called for the sentences in order
    bool holds(ReadSentence const& sentence, Sentence const& as_written) {
        if (as_written.paragraph != paragraph_) open_ = false;
        paragraph_ = as_written.paragraph;
        bool const marked = sentence.text.find('"') != Words::npos;  // few are
        auto const n_marks = marked ? std::count(sentence.text.begin(), sentence.text.end(), '"') : 0;
        bool const quoted = open_ || n_marks > 0 || as_written.role == SentenceRole::quotation;
        open_ = open_ != (n_marks % 2 != 0);
        return quoted || made<speech_verbs>().any_in(sentence.words);
    }

private:
    std::size_t paragraph_ = static_cast<std::size_t>(-1);
    bool open_ = false;
};

class KindReader {
public:
    KindReader(ArticleWords const& words, bool sells) : words_(words), sells_(sells) {}

    KindOfSource read() {
        weigh_voice();
        weigh_designs();
        weigh_population();
        KindOfSource kind;
        kind.population = population();
        kind.design = design(kind.population.value);
        bool const studies =
            !kind.design.value.empty() || is_paper_ || (first_person_ > 0 && human_.n + animal_.n + vitro_.n >= 2);
        if (!studies && kind.population.origin.starts_with("text:")) kind.population = {};
        return kind;
    }

private:
    static constexpr std::size_t abstract_sentences = 30;

    void weigh_voice() {
        std::set<std::size_t> reporting, opinions;
        Speech speech;
        std::size_t headings = 0;
        for (auto const& sentence : words_.sentences()) {
            auto const role = words_.article().sentences[sentence.place].role;
            if (role == SentenceRole::heading) headings += is_part_of_a_paper(sentence.text);
            if (!sentence.article_text) continue;
            if (made<first_person_wordings>().any_in(sentence.words)) ++first_person_;
            for (auto const& match : made<reporting_wordings>().find_in(sentence.words)) {
                reporting.insert(match.cue);
                if (reporting_sentence_ == nullptr) reporting_sentence_ = &sentence;
            }
            if (speech.holds(sentence, words_.article().sentences[sentence.place])) continue;
            for (auto const& match : made<opinion_wordings>().find_in(sentence.words)) {
                ++opinions_;
                opinions.insert(match.cue);
                if (opinion_sentence_ == nullptr) opinion_sentence_ = &sentence;
            }
        }
        reporting_ = reporting.size();
        is_paper_ = headings >= 2 || is_structured_text(words_.article());
    }

    static bool is_part_of_a_paper(Words heading) {
        static constexpr auto parts =
            std::to_array<Words>({"methods", "results", "abstract", "materials and methods", "discussion",
                                  "patients and methods", "introduction", "conclusions"});
        return std::find(parts.begin(), parts.end(), without_number(heading)) != parts.end();
    }

    [[nodiscard]] bool reports() const noexcept {
        return !is_paper_ && reporting_ >= 2 && reporting_ + 1 > first_person_;
    }

    void weigh_designs() {
        weigh_title();
        std::size_t n = 0;
        for (auto const& sentence : words_.sentences()) {
            auto const role = words_.article().sentences[sentence.place].role;
            // A line by itself under the title may be the design: "Randomised controlled trial".
            bool const line = role == SentenceRole::fragment && sentence.words.size() <= 24;
            if (!sentence.article_text && !line) continue;
            if (++n > 800) break;
            for (auto const& match : made<wordings_of_designs>().find_in(sentence.words))
                weigh(sentence, match);
        }
        // A randomised trial is a clinical trial too; the closer name counts.
        if (evidence_[design_index("randomised trial")].own >= 2) evidence_[design_index("clinical trial")] = {};
    }

    void weigh_title() {
        auto const& title = words_.title();
        for (auto const& match : made<wordings_of_designs>().find_in(title)) {
            if (is_denied(title, match) || is_wished_for(title, match)) continue;
            auto& evidence = evidence_[design_index(design_cues[match.cue].design)];
            if (design_cues[match.cue].kind == Cue::deed) continue;
            evidence.in_title = true;
            evidence.weigh(2, 4, nullptr);
        }
    }

    void weigh(ReadSentence const& sentence, CueMatch const& match) {
        auto const& cue = design_cues[match.cue];
        auto const& words = sentence.words;
        if (cue.kind == Cue::title_name || is_denied(words, match) || is_wished_for(words, match)) return;
        auto& evidence = evidence_[design_index(cue.design)];
        if (cue.kind == Cue::deed) {
            auto const& heading = words_.article().sentences[sentence.place].heading;
            if (!tells_of_others(sentence, heading)) return evidence.weigh(2, 2, &sentence);
            if (reports()) evidence.weigh(2, 0, &sentence);  // news is about others
            return;
        }
        if (is_own(words, match)) return evidence.weigh(3, 3, &sentence);
        evidence.weigh(has_article_before(words, match) ? 2 : 1, 0, &sentence);
    }

    void weigh_population() {
        for (auto const& sentence : words_.sentences()) {
            if (!sentence.article_text) continue;
            if (made<animal_wordings>().any_in(sentence.words)) add(animal_, sentence);
            if (made<human_wordings>().any_in(sentence.words)) add(human_, sentence);
            if (made<vitro_wordings>().any_in(sentence.words)) add(vitro_, sentence);
        }
        auto const& title = words_.title();
        animal_in_title_ = made<animal_wordings>().any_in(title);
        human_in_title_ = made<human_title_words>().any_in(title);
        vitro_in_title_ = made<vitro_wordings>().any_in(title);
    }

    struct Subjects {
        std::size_t n = 0;
        ReadSentence const* first = nullptr;
    };
    static void add(Subjects& subjects, ReadSentence const& sentence) {
        if (subjects.n++ == 0) subjects.first = &sentence;
    }

    // --- population ---

    Stated population() {
        auto stated = stated_population();
        if (!stated.value.empty() && !stated_both_) return stated;
        auto told = told_population();
        return told.value.empty() ? stated : told;
    }

    [[nodiscard]] Stated told_population() const {
        std::size_t const animal = animal_.n + (animal_in_title_ ? 2 : 0);
        std::size_t const human = human_.n + (human_in_title_ ? 2 : 0);
        std::size_t const vitro = vitro_.n + (vitro_in_title_ ? 2 : 0);
        if (animal_.n >= 1 && animal >= 2 && animal >= human + (human_.n > 1 ? 1 : 0))
            return words_.proposal("animal", *animal_.first);
        if (vitro >= 2 && vitro_.n >= 1 && vitro > human) return words_.proposal("in vitro", *vitro_.first);
        if (human_.n >= 1 && human > animal) return words_.proposal("human", *human_.first);
        return {};
    }

    Stated stated_population() {
        bool humans = false, animals = false, vitro = false;
        for (auto const& keyword : words_.article().citation.keywords) {
            auto const heading = heading_of(keyword);
            humans = humans || heading == "humans" || heading == "human";
            animals = animals || heading == "animals" || heading == "animal";
            vitro = vitro || heading == "in vitro techniques" || heading == "cells, cultured";
        }
        auto const stated = [](char const* value, char const* heading) {
            return Stated{value, std::string("subject heading: ") + heading, true};
        };
        if (humans && !animals) return stated("human", "Humans");
        if (animals && !humans) return stated("animal", "Animals");
        // Both: owners of the animals, or cells of one put into the other. The text is asked first.
        stated_both_ = humans;
        if (humans) return stated("human", "Humans");
        return vitro ? stated("in vitro", "In Vitro Techniques") : Stated{};
    }

    // "*Depression/drug therapy" -> "depression"
    static std::string heading_of(std::string const& keyword) {
        auto text = comparable(keyword.substr(0, 200));
        if (text.starts_with("*")) text.erase(0, 1);
        return text.substr(0, text.find('/'));
    }

    // --- design ---

    [[nodiscard]] Stated design(std::string const& population) const {
        if (auto stated = stated_design(population); !stated.value.empty()) return stated;
        if (sells_) return {"marketing page", words_.article().conflict_of_interest.origin, true};
        if (reports()) return news_report(population);
        if (auto own = own_design(population); !own.value.empty()) return as_preprint(std::move(own));
        if (auto digest = news_digest(); !digest.value.empty()) return digest;
        if (auto view = opinion(); !view.value.empty()) return view;
        if (auto page = information_page(); !page.value.empty()) return page;
        return as_preprint({});
    }

    [[nodiscard]] Stated stated_design(std::string const& population) const {
        auto const& citation = words_.article().citation;
        for (auto const& [type, name] : stated_types)
            for (auto const& stated : citation.publication_types) {
                auto const given = comparable(stated.substr(0, 200));
                bool const phase = type == "clinical trial" && given.starts_with("clinical trial, phase");
                if (given != type && !phase) continue;
                bool const trial = name == "randomised trial" || name == "clinical trial";
                return {std::string(trial && population == "animal" ? Words("animal study") : name),
                        "publication type: " + stated, true};
            }
        return {};
    }

    [[nodiscard]] Stated heading_design() const {
        for (auto const& [heading, name] : heading_designs)
            for (auto const& keyword : words_.article().citation.keywords)
                if (heading_of(keyword) == heading) return {std::string(name), "subject heading: " + keyword, true};
        return {};
    }

    [[nodiscard]] Stated proposed(std::string name, Evidence const& evidence) const {
        if (evidence.first != nullptr) return words_.proposal(std::move(name), *evidence.first);
        return {std::move(name), "title: " + shortened(words_.article().title.value, 160), true};
    }

    // The design with most evidence; one that embraces others (a review, a protocol) wins once it is clear.
    [[nodiscard]] std::optional<std::size_t> best(unsigned Evidence::*points, unsigned least) const {
        static constexpr std::size_t embracing = 5;
        for (std::size_t i = 0; i < embracing; ++i)
            if (evidence_[i].*points >= least && (evidence_[i].in_title || evidence_[i].*points >= 4)) return i;
        std::optional<std::size_t> found;
        for (std::size_t i = 0; i < evidence_.size(); ++i)
            if (evidence_[i].*points >= least && (!found || evidence_[i].*points > evidence_[*found].*points))
                found = i;
        return found;
    }

    [[nodiscard]] Stated own_design(std::string const& population) const {
        bool const speaks = is_paper_ || first_person_ > 0;
        bool const animal = population == "animal", vitro = population == "in vitro";
        auto found = best(&Evidence::own, speaks ? 2 : 3);
        if (found && *found == design_index("meta-analysis") && evidence_[design_index("systematic review")].own >= 3)
            found = design_index("systematic review");
        bool const trial_like = !found || *found > 4;
        if (animal && speaks && trial_like && animal_.first != nullptr)
            return words_.proposal("animal study", *animal_.first);
        if (animal && speaks && trial_like) return {"animal study", "subject heading: Animals", true};
        if (vitro && speaks && vitro_.first != nullptr && trial_like && (!found || !evidence_[*found].in_title))
            return words_.proposal("in vitro study", *vitro_.first);
        if (auto stated = heading_design(); !stated.value.empty() && (!found || evidence_[*found].own < 4))
            return stated;
        // An abstract has no room to say that the study it names is its own.
        if (!found && speaks && words_.sentences().size() <= abstract_sentences) found = best(&Evidence::told, 2);
        if (!found) return {};
        return proposed(*found == 0 ? name_of_protocol() : std::string(design_names[*found]), evidence_[*found]);
    }

    // What is planned: "protocol of a randomised trial".
    [[nodiscard]] std::string name_of_protocol() const {
        std::size_t planned = 0;
        for (std::size_t i = 1; i + 1 < evidence_.size(); ++i)  // a "narrative review" is not planned
            if (evidence_[i].own + evidence_[i].told >
                (planned == 0 ? 0 : evidence_[planned].own + evidence_[planned].told))
                planned = i;
        return planned == 0 ? "protocol" : "protocol of a " + std::string(design_names[planned]);
    }

    [[nodiscard]] Stated news_report(std::string const& population) const {
        if (population == "animal" && animal_.n + (animal_in_title_ ? 1 : 0) >= 3)
            return words_.proposal("news report of an animal study", *animal_.first);
        if (auto const told = best(&Evidence::told, 2))
            return proposed("news report of a " + std::string(design_names[*told]), evidence_[*told]);
        if (population == "in vitro") return words_.proposal("news report of an in vitro study", *vitro_.first);
        if (reporting_ >= 3) return words_.proposal("news report", *reporting_sentence_);
        return {};
    }

    // The start of somebody else's article on a page of headlines.
    [[nodiscard]] Stated news_digest() const {
        ReadSentence const* last = nullptr;
        bool headlines = false, points_on = false;
        for (auto const& sentence : words_.sentences()) {
            if (sentence.words.size() > 30) {
                last = &sentence;
                continue;
            }
            if (!sentence.article_text && made<digest_wordings>().any_in(sentence.words)) headlines = true;
            if (made<pointer_wordings>().any_in(sentence.words)) points_on = true;
            auto const& text = sentence.text;
            points_on = points_on || text.ends_with("[\u2026]") || text.ends_with("[...]");
            if (points_on && last == nullptr) last = &sentence;
        }
        return headlines && points_on && last != nullptr ? words_.proposal("news aggregation", *last) : Stated{};
    }

    static bool is_opinion_label(Words line) {
        static constexpr auto opinion_labels =
            std::to_array<Words>({"opinion", "editorial", "commentary", "op-ed", "viewpoint"});
        return std::find(opinion_labels.begin(), opinion_labels.end(), line) != opinion_labels.end();
    }

    // Furniture, but for a line by itself right above the article.
    [[nodiscard]] bool is_of_a_menu(std::size_t i) const {
        auto const& sentences = words_.sentences();
        auto const is_furniture = [&](std::size_t k) {
            return words_.article().sentences[sentences[k].place].role == SentenceRole::boilerplate;
        };
        if (!is_furniture(i)) return false;
        bool const article_below = i + 1 < sentences.size() && !is_furniture(i + 1);
        bool const menu_above = i > 0 && is_furniture(i - 1) && sentences[i - 1].words.size() <= 3;
        return !article_below || menu_above;
    }

    [[nodiscard]] Stated opinion() const {
        auto const title = comparable(words_.article().title.value.substr(0, 200));
        for (auto const start : opinion_starts)
            if (title.starts_with(start) && (title.size() == start.size() || title[start.size()] == ':' ||
                                             title.substr(start.size()).starts_with(" |")))
                return {"opinion", "title: " + shortened(words_.article().title.value, 160), true};
        for (std::size_t i = 0; i < words_.sentences().size() && words_.sentences()[i].above_text; ++i)
            if (is_opinion_label(words_.sentences()[i].text) && !is_of_a_menu(i))
                return words_.proposal("opinion", words_.sentences()[i]);
        if (opinions_ >= 2) return words_.proposal("opinion", *opinion_sentence_);
        return {};
    }

    // What a thing is, its signs, its causes, what to do: told to readers under headings.
    [[nodiscard]] Stated information_page() const {
        if (first_person_ > 2) return {};
        std::set<std::size_t> kinds;
        ReadSentence const* first = nullptr;
        for (auto const& sentence : words_.sentences()) {
            auto const role = words_.article().sentences[sentence.place].role;
            if ((role != SentenceRole::heading && role != SentenceRole::question && role != SentenceRole::title) ||
                sentence.words.size() > 12)
                continue;
            for (auto const& match : made<information_headings>().find_in(sentence.words))
                if (match.begin == 0) {
                    kinds.insert(match.cue);
                    if (first == nullptr) first = &sentence;
                }
        }
        return kinds.size() >= 3 ? words_.proposal("health information page", *first) : Stated{};
    }

    [[nodiscard]] Stated as_preprint(Stated design) const {
        auto const& citation = words_.article().citation;
        bool const by_doi = std::any_of(preprint_dois.begin(), preprint_dois.end(),
                                        [&](Words start) { return citation.doi.starts_with(start); });
        ReadSentence const* said = nullptr;
        for (auto const& sentence : words_.sentences())
            if (made<preprint_wordings>().any_in(sentence.words)) {
                said = &sentence;
                break;
            }
        if (!by_doi && said == nullptr) return design;
        if (!design.value.empty()) {
            design.value += " (preprint)";
            return design;
        }
        if (said != nullptr) return words_.proposal("preprint", *said);
        return {"preprint", "DOI: " + citation.doi, true};
    }

    ArticleWords const& words_;
    bool sells_;
    DesignEvidence evidence_{};
    std::size_t first_person_ = 0, reporting_ = 0, opinions_ = 0;
    bool is_paper_ = false;
    ReadSentence const* reporting_sentence_ = nullptr;
    ReadSentence const* opinion_sentence_ = nullptr;
    Subjects animal_, human_, vitro_;
    bool stated_both_ = false;
    bool animal_in_title_ = false, human_in_title_ = false, vitro_in_title_ = false;
};

}  // namespace

KindOfSource kind_of_source(ArticleWords const& words, bool sells) {
    return KindReader(words, sells).read();
}

}  // namespace dossier::sources
