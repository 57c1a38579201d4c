#include "analyses.hpp"

#include <array>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/store/analysis_writer.hpp"
#include "dossier/store/comparison.hpp"

namespace dossier::check {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

/// Where quotes stand in the invented article: one behind the other.
class Invented {
public:
    Invented(std::string id, std::string title) {
        article.id = evidence.article_id = id;
        article.path = "articles/" + std::move(id) + ".txt";
        article.origin.file = article.path;
        article.format = "text", article.encoding = "UTF-8", article.language = "en";
        article.sha256 = std::string(64, '0');
        article.title.value = std::move(title);
    }
    void say(std::string const& claim, Direction direction, std::string const& quote,
             std::string const& condition = {}) {
        EvidenceItem item;
        item.claim_id = claim, item.article_id = article.id, item.direction = direction, item.quote = quote;
        item.condition_id = condition, item.rule = "cue 'sleep'";
        place(item, quote);
        evidence.items.push_back(std::move(item));
    }
    void mention(std::string const& factor, std::string const& quote) {
        RiskMention mention;
        mention.factor_id = factor, mention.article_id = article.id, mention.quote = quote;
        mention.direction = FactorDirection::raises, mention.with_evidence = true;
        place(mention, quote);
        evidence.mentions.push_back(std::move(mention));
    }
    void measure(double estimate, double low, double high, std::string const& factor) {
        Quantity quantity;
        quantity.article_id = article.id, quantity.measure = "OR", quantity.text = "OR " + std::to_string(estimate);
        quantity.estimate = estimate, quantity.ci_low = low, quantity.ci_high = high, quantity.ci_level = 0.95;
        quantity.factor_ids = {factor}, quantity.quote = "It came to " + quantity.text + ".";
        place(quantity, quantity.quote);
        evidence.quantities.push_back(std::move(quantity));
    }

    Article article;
    ArticleEvidence evidence;

private:
    template <class Quoted>
    void place(Quoted& quoted, std::string const& quote) {
        quoted.bytes = {next_, next_ + quote.size()};
        quoted.line = 1 + next_ / 80;
        next_ += quote.size() + 1;
        Sentence sentence;
        sentence.text = quote, sentence.bytes = quoted.bytes, sentence.line = quoted.line;
        article.sentences.push_back(std::move(sentence));
        article.n_sentences = article.sentences.size();
        // As if each went on in words of its own, so that no two are one source but those that a test wants to be.
        article.sketch = {std::hash<std::string>{}(article.id + article.title.value), 100, {}};
    }
    std::size_t next_ = 0;
};

Claim claim(std::string id, std::string statement, std::vector<std::string> conditions = {}) {
    Claim made;
    made.id = std::move(id), made.statement = std::move(statement), made.conditions = std::move(conditions);
    return made;
}

RiskFactor factor(std::string id, std::string name) {
    RiskFactor made;
    made.id = std::move(id), made.name = std::move(name), made.usual_direction = FactorDirection::raises;
    return made;
}

/// Writes an analysis; `articles` calls what it is given with one article after the other.
void write(fs::path const& file, ClaimRegistry const& registry, std::string const& title,
           std::function<void(std::function<void(Invented const&)> const&)> const& articles) {
    AnalysisWriter writer(file.string());
    Summing summing(registry, file.parent_path());
    writer.add_registry(registry);
    articles([&](Invented const& one) {
        writer.add_article(one.article, one.evidence, summing.add(one.article, one.evidence));
    });
    writer.add_summary(summing.finish());
    Diagnostics diagnostics;
    diagnostics.add({Severity::warning, "DOS0301", {"e.txt", 0, 0, 0}, "the language is de", "", {"only en is read"}});
    writer.add_diagnostics(diagnostics);
    writer.finish({title,
                   "2026-11-22",
                   "1.0.0",
                   std::string(64, 'a'),
                   std::string(64, 'b'),
                   {},
                   std::string(64, 'c'),
                   std::string(64, 'd')});
}

/// The words of an analysis, so that the hostile one has the shape of the ordinary one.
struct Words {
    std::array<std::string, 2> statements;
    std::string condition, factor, supporting, refuting, neutral, title;
};

Words ordinary_words() {
    return {{"Evening coffee causes insomnia.", "Regular drinkers become tolerant."},
            "when drunk late",
            "a late hour",
            "It keeps people awake at night.",
            "It does not disturb sleep.",
            "Opinions differ on it.",
            "Coffee and sleep"};
}

Words hostile_words() {
    return {{"القهوة المسائية تسبب الأرق — \xE2\x80\xAE"
             "gnorw\xE2\x80\xAC",
             "咖啡|會讓人上癮嗎？\"><script>alert(1)</script>"},
            "בערב & <b>מאוחר</b>",
            "👩\xE2\x80\x8D🔬 =HYPERLINK(\"http://example.org\")",
            "before\0after, with a NUL inside"s,
            "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮ `code` *stars* [link](javascript:alert(1)) %s%n \\input{x}",
            std::string(3000, 'w') + " ends.",
            "\xEF\xBB\xBF# title\n\n| a | b |"};
}

void write_like_ordinary(fs::path const& file, Words const& words) {
    ClaimRegistry registry;
    registry.claims = {claim("causes", words.statements[0], {"late"}), claim("tolerance", words.statements[1])};
    registry.conditions.emplace_back();
    registry.conditions[0].id = "late", registry.conditions[0].name = words.condition;
    registry.risk_factors = {factor("late-hour", words.factor), factor("dose", "more than four cups")};
    write(file, registry, words.title, [&](auto const& add) {
        Invented first("a", words.title);
        first.say("causes", Direction::supports, words.supporting);
        first.say("tolerance", Direction::supports, words.neutral);
        first.mention("late-hour", words.supporting);
        first.measure(1.9, 1.2, 3.0, "late-hour");
        first.article.url.value = "https://example.org/coffee";
        add(first);
        for (auto const* id : {"b", "copy of b"}) {
            Invented refuting(id, words.title);
            refuting.say("causes", Direction::refutes, words.refuting, "late");
            refuting.article.sketch.text_hash = 7;
            add(refuting);
        }
        Invented both("c \"quoted\" & <odd>", words.title);
        both.say("causes", Direction::supports, words.supporting, "late");
        both.say("causes", Direction::refutes, words.refuting, "late");
        both.measure(2.4, 1.1, 5.2, "late-hour");
        both.mention("dose", words.neutral);
        add(both);
        Invented unreadable("e", "In German");
        unreadable.article.status = ArticleStatus::not_assessable;
        unreadable.article.status_reason = "the language is de";
        add(unreadable);
        Invented cut_off("f", "");
        cut_off.article.truncated = true;
        cut_off.say("causes", Direction::neutral, words.neutral);
        add(cut_off);
    });
}

void write_one_claim(fs::path const& file) {
    ClaimRegistry registry;
    registry.claims = {claim("causes", "Evening coffee causes insomnia.")};
    write(file, registry, "One claim", [](auto const& add) {
        Invented only("only", "Coffee");
        only.say("causes", Direction::supports, "It keeps people awake at night.");
        add(only);
    });
}

void write_unknown(fs::path const& file) {
    ClaimRegistry registry;
    registry.claims = {claim("silent", "Tea causes insomnia."), claim("unread", "Water causes insomnia.")};
    registry.risk_factors = {factor("late-hour", "a late hour")};
    write(file, registry, "Nobody knows", [](auto const& add) {
        Invented unreadable("a", "");
        unreadable.article.status = ArticleStatus::not_assessable;
        unreadable.article.status_reason = "the file is damaged";
        add(unreadable);
        add(Invented("b", ""));
    });
}

void write_large(fs::path const& file) {
    constexpr std::size_t n_claims = 20, n_articles = 5000;
    ClaimRegistry registry;
    for (std::size_t i = 0; i < n_claims; ++i)
        registry.claims.push_back(
            claim("claim-" + std::to_string(i), "Statement number " + std::to_string(i) + " holds."));
    registry.risk_factors = {factor("late-hour", "a late hour")};
    write(file, registry, "Many articles", [&](auto const& add) {
        for (std::size_t i = 0; i < n_articles; ++i) {
            Invented one("article-" + std::to_string(i), "Article " + std::to_string(i));
            for (std::size_t j = 0; j < 4; ++j) {
                auto const direction = i % 3 == 0 ? Direction::refutes : Direction::supports;
                one.say("claim-" + std::to_string((i + j * 5) % n_claims), direction,
                        "Sentence " + std::to_string(j) + " of article " + std::to_string(i) + " says so.");
            }
            if (i % 10 == 0) one.mention("late-hour", "A late hour matters in article " + std::to_string(i) + ".");
            add(one);
        }
    });
}

}  // namespace

fs::path file_of(fs::path const& folder, AnalysisKind kind) {
    constexpr std::array names = {"ordinary", "empty", "one_claim", "hostile", "unknown", "large"};
    return folder / (std::string(names[static_cast<std::size_t>(kind)]) + ".sqlite");
}

Analyses::~Analyses() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

void Analyses::provide(ComponentKind kind, bool with_large) {
    if (folder_.empty()) {
        auto pattern = (fs::temp_directory_path() / "dossier-check-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder like " + pattern);
        folder_ = pattern;
    }
    if (!std::exchange(has_ordinary_, true))
        write_like_ordinary(file_of(folder_, AnalysisKind::ordinary), ordinary_words());
    if (with_large && !std::exchange(has_large_, true)) write_large(file_of(folder_, AnalysisKind::large));
    if (kind != ComponentKind::report || std::exchange(has_small_, true)) return;
    write(file_of(folder_, AnalysisKind::empty), {}, "Nothing", [](auto const&) {});
    write_one_claim(file_of(folder_, AnalysisKind::one_claim));
    write_like_ordinary(file_of(folder_, AnalysisKind::hostile), hostile_words());
    write_unknown(file_of(folder_, AnalysisKind::unknown));
    // The others are first runs.
    auto const before = file_of(folder_, AnalysisKind::one_claim).string();
    for (auto const later : {AnalysisKind::empty, AnalysisKind::hostile})
        (void)add_changes(file_of(folder_, later).string(), before);
}

}  // namespace dossier::check
