#include "dossier/store/analysis_writer.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory_resource>
#include <numeric>
#include <optional>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/findings/certainty.hpp"
#include "dossier/findings/pooled_effects.hpp"
#include "dossier/findings/words.hpp"
#include "dossier/model/bytes.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/text_list.hpp"
#include "dossier/store/definitions.hpp"
#include "dossier/store/schema.hpp"
#include "dossier/store/sqlite.hpp"

namespace dossier {

namespace {

using sqlite::Maybe;

/// "?,?,?"
std::string placeholders(std::size_t n) {
    std::string text;
    for (std::size_t i = 0; i < n; ++i)
        text += i == 0 ? "?" : ",?";
    return text;
}

std::string insert_into(std::string const& table, std::size_t n_columns) {
    return "INSERT INTO " + table + " VALUES (" + placeholders(n_columns) + ")";
}

/// Names of the metadata that were proposed, with commas between.
std::string proposed_fields(Article const& article) {
    std::pair<char const*, Stated const*> const fields[] = {
        {"title", &article.title},
        {"author", &article.author},
        {"published", &article.published},
        {"publisher", &article.publisher},
        {"url", &article.url},
        {"study_design", &article.study_design},
        {"funding", &article.funding},
        {"conflict_of_interest", &article.conflict_of_interest},
        {"rests_on", &article.rests_on},
        {"population", &article.population},
        {"risk_of_bias", &article.risk_of_bias},
        {"press_release", &article.press_release},
    };
    std::string names;
    for (auto const& [name, stated] : fields)
        if (stated->proposed && !stated->value.empty()) names += (names.empty() ? "" : ",") + std::string(name);
    return names;
}

char const* name_of(Severity severity) noexcept {
    switch (severity) {
        case Severity::note: return "note";
        case Severity::warning: return "warning";
        case Severity::error: break;
    }
    return "error";
}

/// NULL where a line or column is not known.
std::optional<std::size_t> known(std::size_t value) {
    return value == 0 ? std::nullopt : std::optional<std::size_t>(value);
}

std::string join_lines(std::vector<std::string> const& lines) {
    std::string text;
    for (auto const& line : lines)
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

/// Texts that come again and again are stored once. Those that were seen first are remembered; what comes after them is
/// stored each time, so that memory stays bounded.
class StoredTexts {
public:
    explicit StoredTexts(sqlite::Connection& connection)
        : insert_(connection, insert_into("t_text", 2)), slots_(least_slots) {}

    std::int64_t number_of(std::string_view text) {
        auto const hash = hash_of(text);
        if (auto const number = slot_of(text, hash).number; number != 0) return number;
        insert_.row(++n_, text);
        if (remembered_.size() < most_remembered) remember(text, hash);
        return n_;
    }

private:
    static constexpr std::size_t most_remembered = 32'768, least_slots = 1024;
    /// One text that is remembered: of those the numbers are the first, so that it is the number less one in `remembered_`.
    struct Slot {
        std::uint32_t hash = 0, number = 0;  ///< number 0: free
    };

    static std::uint32_t hash_of(std::string_view text) noexcept {
        auto const hash = std::hash<std::string_view>{}(text);
        return static_cast<std::uint32_t>(hash ^ hash >> 32);
    }
    /// The text's, or where it would stand: open addressing, since nearly all that is asked is known.
    [[nodiscard]] Slot& slot_of(std::string_view text, std::uint32_t hash) {
        auto i = hash & (slots_.size() - 1);
        while (slots_[i].number != 0 && (slots_[i].hash != hash || remembered_[slots_[i].number - 1] != text))
            i = (i + 1) & (slots_.size() - 1);
        return slots_[i];
    }
    void remember(std::string_view text, std::uint32_t hash) {
        if (2 * (remembered_.size() + 1) > slots_.size()) grow();
        remembered_.push_back(text);
        slot_of(text, hash) = {hash, static_cast<std::uint32_t>(remembered_.size())};
    }
    void grow() {
        std::vector<Slot> larger(2 * slots_.size());
        for (auto const& slot : slots_) {
            if (slot.number == 0) continue;
            auto i = slot.hash & (larger.size() - 1);
            while (larger[i].number != 0)
                i = (i + 1) & (larger.size() - 1);
            larger[i] = slot;
        }
        slots_ = std::move(larger);
    }
    sqlite::Statement insert_;
    std::int64_t n_ = 0;
    std::vector<Slot> slots_;
    TextList remembered_;
};

/// One digest over any number of values, each told from its neighbours.
class ValuesDigest {
public:
    void add(auto const&... values) { (add_one(values), ...); }
    /// 32 hexadecimal digits of the SHA-256 over what was added since the last time.
    std::string take() {
        constexpr std::size_t n_digits = 32;
        auto digest = sha256_hex(bytes_);
        digest.resize(n_digits);
        bytes_.clear();
        return digest;
    }

private:
    void add_one(std::string_view text) {
        add_one(text.size());
        bytes_ += text;
    }
    void add_one(std::string const& text) { add_one(std::string_view(text)); }
    void add_one(Maybe maybe) { add_one(maybe.text); }
    template <class Value>
    void add_one(std::optional<Value> const& value) {
        add_one(value.has_value());
        if (value) add_one(*value);
    }
    template <class Number>
    requires std::is_arithmetic_v<Number>
    void add_one(Number number) {
        if constexpr (std::is_same_v<Number, std::size_t>)
            put(bytes_, std::uint64_t{number});
        else
            put(bytes_, number);
    }
    std::string bytes_;
};

/// Positions in the registry by id.
class Positions {
public:
    explicit Positions(char const* what) : what_(what) {}
    void add(std::string const& id, std::size_t position) { positions_.emplace(id, position); }
    [[nodiscard]] std::size_t size() const noexcept { return positions_.size(); }
    [[nodiscard]] std::size_t of(std::string const& id, std::string const& database) const {
        if (auto const found = positions_.find(id); found != positions_.end()) return found->second;
        throw Failure(FailureKind::store, std::string("the registry has no ") + what_ + " \"" + id + "\"", database);
    }

private:
    char const* what_;
    std::unordered_map<std::string, std::size_t> positions_;
};

/// The items' places in the order in which they are numbered. They come by claim and place already; this settles what stands
/// at one place.
std::vector<std::size_t> in_order(std::vector<EvidenceItem> const& items, std::vector<std::size_t> const& claims) {
    auto const place = [&](std::size_t i) {
        return std::make_tuple(claims[i], items[i].bytes.begin, items[i].bytes.end);
    };
    auto const rest = [&](EvidenceItem const& item) {
        return std::make_tuple(std::string_view(item.condition_id), std::string_view(name_of(item.direction)),
                               std::string_view(name_of(item.attribution)), std::string_view(item.rule), item.strength);
    };
    auto const before = [&](std::size_t a, std::size_t b) {
        auto const of_a = place(a), of_b = place(b);
        return of_a != of_b ? of_a < of_b : rest(items[a]) < rest(items[b]);
    };
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (!std::is_sorted(order.begin(), order.end(), before)) std::stable_sort(order.begin(), order.end(), before);
    return order;
}

/// Evidence of a claim is numbered by article id; where articles came in another order it has to be done again.
constexpr char const* number_again_sql = R"sql(
CREATE TEMP TABLE numbering (number INTEGER PRIMARY KEY, of_claim INTEGER);
INSERT INTO numbering SELECT e.number, row_number() OVER (PARTITION BY e.claim_position ORDER BY a.article_id, e.number)
  FROM t_evidence e JOIN t_article a ON a.number = e.article;
UPDATE t_evidence SET of_claim = (SELECT of_claim FROM numbering n WHERE n.number = t_evidence.number);
DROP TABLE numbering;
)sql";

/// Whether a quote bears out a stance.
bool bears_out(EvidenceItem const& item, ArticleStance const& stance) noexcept {
    if (item.claim_id != stance.claim_id || !is_stood_for(item.attribution)) return false;
    if (!stance.condition_id.empty() && item.condition_id != stance.condition_id) return false;
    if (stance.stance == Stance::supports) return item.direction == Direction::supports;
    if (stance.stance == Stance::refutes) return item.direction == Direction::refutes;
    return stance.stance == Stance::mixed && item.direction != Direction::neutral;
}

/// Whether the person who decided a stance points at this quote.
bool is_the_persons(EvidenceItem const& item, ArticleStance const& stance) noexcept {
    return stance.overridden && item.claim_id == stance.claim_id && item.condition_id == stance.condition_id &&
           item.decided_by == stance.decided_by;
}

}  // namespace

struct AnalysisWriter::State {
    explicit State(std::string path) : connection(std::move(path)) {}
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    ~State() {
        if (!finished) std::remove(connection.path().c_str());  // takes no memory, which may be what ran out
    }

    [[nodiscard]] std::size_t claim(std::string const& id) const { return claims.of(id, connection.path()); }
    [[nodiscard]] std::size_t condition(std::string const& id) const { return conditions.of(id, connection.path()); }
    [[nodiscard]] std::size_t factor(std::string const& id) const { return factors.of(id, connection.path()); }

    [[noreturn]] void refuse_stray() const {
        throw Failure(FailureKind::store, "the analysis speaks of an article that is not part of it",
                      connection.path());
    }

    /// The number of something that is said of the article at hand, by its place among its like.
    [[nodiscard]] std::int64_t number_of(std::size_t place) const noexcept {
        return n_articles * quotes_per_article + static_cast<std::int64_t>(place);
    }

    /// The number of a quote of the article at hand, which is stored when it is new.
    std::int64_t quote(std::string const& text, ByteRange bytes, std::size_t line, std::size_t page) {
        auto const [found, is_new] = quotes.try_emplace({bytes.begin, bytes.end, text}, number_of(quotes.size()));
        if (is_new) inserts->quote.row(found->second, bytes.begin, bytes.end, line, known(page), text);
        return found->second;
    }

    /// The number of the text for who decided, nearly always the same.
    std::int64_t decider(std::string const& who) {
        if (last_decider.second == 0 || who != last_decider.first) last_decider = {who, inserts->texts.number_of(who)};
        return last_decider.second;
    }

    void add(Article const& article, std::span<ArticleStance const> stances);
    void add_items(ArticleEvidence const& evidence, std::span<ArticleStance const> stances);
    void add_mentions(ArticleEvidence const& evidence);
    void add_quantities(ArticleEvidence const& evidence);
    void add_judgements(ClaimRegistry const& registry);
    void add_certainty(Summary const& summary);
    void add_effects(Summary const& summary);
    void number_evidence();

    sqlite::Connection connection;
    Positions claims{"claim"}, conditions{"condition"}, factors{"risk factor"};  ///< from 1; '' is condition 0
    std::vector<std::int64_t> n_evidence_of;                                     ///< by position of the claim
    std::size_t n_sensitivity = 0, n_diagnostics = 0;
    std::int64_t n_articles = 0;
    std::string last_id;           ///< of the article added last
    bool ids_are_in_order = true;  ///< so far
    bool finished = false;

    using Quote = std::tuple<std::size_t, std::size_t, std::string_view>;  ///< its bytes, and a borrowed text
    ValuesDigest digest;
    std::pair<std::string, std::int64_t> last_decider;      ///< and its number; 0: none yet
    std::pmr::unsynchronized_pool_resource of_quotes;       ///< their room is used again for the next article
    std::pmr::map<Quote, std::int64_t> quotes{&of_quotes};  ///< numbers, of the article at hand
    std::vector<std::string> deciders;                      ///< by position of the claim
    std::string definitions;                                ///< definitions_sha256 of the registry

    struct Inserts {
        explicit Inserts(sqlite::Connection& connection)
            : texts(connection),
              article(connection, insert_into("t_article", 34)),
              quote(connection, "t_quote", 6),
              evidence(connection, "t_evidence", 14),
              stance(connection, "t_stance", 12),
              mention(connection, "t_mention", 7),
              quantity(connection, "t_quantity", 15) {}
        void flush() {
            for (auto* rows : {&quote, &evidence, &stance, &mention, &quantity})
                rows->flush();
        }
        StoredTexts texts;
        sqlite::Statement article;
        sqlite::Inserts quote, evidence, stance, mention, quantity;
    };
    std::unique_ptr<Inserts> inserts;
};

AnalysisWriter::AnalysisWriter(std::string path) {
    std::error_code absent_already;
    std::filesystem::remove(path, absent_already);
    state_ = std::make_unique<State>(std::move(path));
    auto& connection = state_->connection;
    // The file is new and is thrown away if anything fails, so it needs no journal. The cache is small, since a run only
    // appends; what is sorted at the end spills to a file.
    connection.run(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE;"
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
        "PRAGMA cache_size = -2000; PRAGMA temp_store = FILE;"
        "PRAGMA application_id = " +
        std::to_string(analysis_application_id) +
        ";"
        "PRAGMA user_version = " +
        std::to_string(analysis_schema_version) + "; BEGIN;");
    connection.run(std::string(analysis_tables_sql()));
    connection.run(analysis_views_sql());
    state_->inserts = std::make_unique<State::Inserts>(connection);
}

AnalysisWriter::~AnalysisWriter() = default;
AnalysisWriter::AnalysisWriter(AnalysisWriter&&) noexcept = default;

void AnalysisWriter::add_registry(ClaimRegistry const& registry, std::map<std::string, std::string> const& deciders) {
    auto& state = *state_;
    sqlite::Statement claims(state.connection, insert_into("t_claim", 11));
    sqlite::Statement conditions(state.connection, insert_into("t_condition", 3));
    sqlite::Statement questions(state.connection, insert_into("t_question", 2));
    sqlite::Statement factors(state.connection, insert_into("t_factor", 6));
    conditions.row(0, "", "");  // "overall", so that views join without exceptions
    state.conditions.add("", 0);
    for (auto const& condition : registry.conditions) {
        auto const position = state.conditions.size();
        conditions.row(position, condition.id, condition.name);
        state.conditions.add(condition.id, position);
    }
    for (auto const& claim : registry.claims) {
        auto const position = state.claims.size() + 1;
        auto const decider = deciders.find(claim.id);
        state.deciders.push_back(decider == deciders.end() ? decider_of(claim) : decider->second);
        claims.row(position, claim.id, claim.statement, Maybe{claim.parent}, Maybe{claim.contrary_of},
                   Maybe{claim.outcome.empty() ? registry.outcome : claim.outcome}, name_of(claim.degree), claim.weight,
                   0, state.deciders.back(), definition_sha256(claim, registry));
        state.claims.add(claim.id, position);
        questions.row(position, 0);
        for (auto const& condition : claim.conditions)
            questions.row(position, state.condition(condition));
    }
    state.n_evidence_of.resize(registry.claims.size() + 1);
    for (auto const& factor : registry.risk_factors) {
        auto const position = state.factors.size() + 1;
        factors.row(position, factor.id, factor.name, Maybe{factor.outcome.empty() ? registry.outcome : factor.outcome},
                    name_of(factor.usual_direction), definition_sha256(factor, registry));
        state.factors.add(factor.id, position);
    }
    state.add_judgements(registry);
    state.definitions = definitions_sha256(registry);
}

void AnalysisWriter::State::add_judgements(ClaimRegistry const& registry) {
    sqlite::Statement judgements(connection, insert_into("t_judgement", 9));
    std::size_t n_judgements = 0;
    for (auto const& one : registry.certainty) {
        auto const levels_down = one.domain.empty() ? std::nullopt : std::optional(one.levels_down);
        judgements.row(++n_judgements, claim(one.claim_id), condition(one.condition_id), Maybe{one.domain}, levels_down,
                       Maybe{one.level}, one.who, Maybe{one.when}, one.why);
    }
}

void AnalysisWriter::add_article(Article const& article, ArticleEvidence const& evidence,
                                 std::span<ArticleStance const> stances) {
    auto& state = *state_;
    state.add(article, stances);
    state.add_items(evidence, stances);
    state.add_mentions(evidence);
    state.add_quantities(evidence);
    state.quotes.clear();
}

void AnalysisWriter::State::add(Article const& article, std::span<ArticleStance const> stances) {
    ++n_articles;
    ids_are_in_order = ids_are_in_order && last_id < article.id;
    last_id = article.id;
    std::string const proposed = proposed_fields(article);
    auto const add_row = [&](auto const&... values) {
        digest.add(values...);
        for (auto const& stance : stances)
            digest.add(stance.claim_id, stance.condition_id, static_cast<int>(stance.stance), stance.decided_by,
                       stance.overridden ? static_cast<int>(*stance.overridden) : -1);
        inserts->article.row(n_articles, article.id, digest.take(), values...);
    };
    add_row(article.path, Maybe{article.origin.file == article.path ? "" : article.origin.file}, article.format,
            article.encoding, Maybe{article.title.value}, Maybe{article.author.value}, Maybe{article.published.value},
            Maybe{article.publisher.value}, Maybe{article.url.value}, Maybe{article.study_design.value},
            Maybe{article.conflict_of_interest.value}, Maybe{article.funding.value}, Maybe{article.rests_on.value},
            Maybe{article.population.value}, Maybe{article.citation.doi}, Maybe{article.citation.pmid},
            Maybe{article.citation.journal}, Maybe{article.press_release.value}, Maybe{article.language},
            article.sha256, article.n_sentences, article.status == ArticleStatus::ok, Maybe{article.status_reason},
            article.truncated, Maybe{proposed}, Maybe{article.risk_of_bias.value}, level_of_evidence(article),
            article.weight, is_animal_study(article), has_conflict_of_interest(article), article.retracted);
}

void AnalysisWriter::State::add_items(ArticleEvidence const& evidence, std::span<ArticleStance const> stances) {
    std::vector<std::size_t> claims_of;
    for (auto const& item : evidence.items) {
        if (item.article_id != last_id) refuse_stray();
        claims_of.push_back(claim(item.claim_id));
    }
    std::vector<EvidenceItem const*> items;
    std::vector<std::int64_t> quotes_of;
    for (auto const i : in_order(evidence.items, claims_of)) {
        auto const& item = evidence.items[i];
        auto const position = claims_of[i];
        quotes_of.push_back(quote(item.quote, item.bytes, item.line, item.page));
        inserts->evidence.row(number_of(items.size()), n_articles, position, ++n_evidence_of[position],
                              quotes_of.back(), static_cast<int>(item.direction), item.strength, item.hedged,
                              static_cast<int>(item.attribution), condition(item.condition_id),
                              inserts->texts.number_of(item.rule), static_cast<int>(item.causal_strength),
                              decider(item.decided_by), item.confidence);
        items.push_back(&item);
    }
    std::sort(claims_of.begin(), claims_of.end());  // as the items are sorted
    for (auto const& row : stances) {
        auto const position = claim(row.claim_id);
        auto const [begin, end] = std::equal_range(claims_of.begin(), claims_of.end(), position);
        auto const of_claim = items.begin() + (begin - claims_of.begin()), rest = of_claim + (end - begin);
        auto first = std::find_if(of_claim, rest, [&](auto const* item) { return is_the_persons(*item, row); });
        if (first == rest)
            first = std::find_if(of_claim, rest, [&](auto const* item) { return bears_out(*item, row); });
        if (first == rest) first = items.end();
        std::optional<std::int64_t> shown;
        if (first != items.end()) shown = quotes_of[static_cast<std::size_t>(first - items.begin())];
        bool const has_quotes = row.stance != Stance::silent && row.stance != Stance::not_assessable;
        auto const& who = has_quotes || row.overridden ? row.decided_by : deciders[position - 1];
        inserts->stance.row(n_articles, position, condition(row.condition_id), static_cast<int>(row.stance),
                            row.n_supporting, row.n_refuting, row.confidence, decider(who), row.explained_by_conditions,
                            row.internally_contradictory, shown,
                            row.overridden ? std::optional<int>(static_cast<int>(*row.overridden)) : std::nullopt);
    }
}

void AnalysisWriter::State::add_mentions(ArticleEvidence const& evidence) {
    std::size_t n = 0;
    for (auto const& mention : evidence.mentions) {
        if (mention.article_id != last_id) refuse_stray();
        inserts->mention.row(number_of(n++), n_articles, factor(mention.factor_id), static_cast<int>(mention.direction),
                             quote(mention.quote, mention.bytes, mention.line, mention.page),
                             condition(mention.condition_id), mention.with_evidence);
    }
}

void AnalysisWriter::State::add_quantities(ArticleEvidence const& evidence) {
    if (evidence.quantities.empty()) return;
    std::size_t n = 0;
    for (auto const& quantity : evidence.quantities) {
        if (quantity.article_id != last_id) refuse_stray();
        auto const reason = reason_not_poolable(quantity);
        inserts->quantity.row(number_of(n++), n_articles, quantity.measure, quantity.estimate, quantity.ci_low,
                              quantity.ci_high, quantity.ci_level, quantity.comparator, Maybe{quantity.population},
                              Maybe{quantity.denominator}, quantity.outside_interval,
                              quote(quantity.quote, quantity.bytes, quantity.line, quantity.page), quantity.text,
                              Maybe{quantity.adjustment},
                              reason.empty() ? std::nullopt : std::optional(inserts->texts.number_of(reason)));
    }
}

void AnalysisWriter::add_summary(Summary const& summary) {
    auto& state = *state_;
    auto& texts = state.inserts->texts;
    sqlite::Statement words(state.connection, insert_into("t_word", 4));
    sqlite::Statement number_of(state.connection, "SELECT number FROM t_article WHERE article_id = ?1");
    sqlite::Statement members(state.connection, insert_into("t_cluster_member", 3));
    sqlite::Statement consensus(state.connection, insert_into("t_consensus", 43));
    sqlite::Statement factors(state.connection, insert_into("t_factor_finding", 4));
    sqlite::Statement sensitivity(state.connection, insert_into("t_sensitivity", 11));
    sqlite::Statement leave_one_out(state.connection, insert_into("t_leave_one_out", 5));
    auto const number = [&](std::string const& id) {
        if (!number_of.row(id)) state.refuse_stray();
        return number_of.first();
    };
    std::size_t n_words = 0;
    for (auto const& [part, word, rule] : word_rules())
        words.row(++n_words, part, word, rule);
    for (auto const& [cluster, ranks] : summary.shared_sources) {
        auto const first = number(cluster.id);
        auto const reason = texts.number_of(cluster.reason);
        for (auto const& article_id : cluster.article_ids)
            members.row(number(article_id), first, reason);
    }
    for (auto const& row : summary.consensus) {
        bool const anything_read = row.n_clusters > row.not_assessable;
        consensus.row(
            state.claim(row.claim_id), state.condition(row.condition_id), row.n_articles, row.n_clusters, row.supports,
            row.refutes, row.mixed, row.neutral, row.silent, row.not_assessable, row.direction_share, row.ci_low,
            row.ci_high, row.bound_low, row.bound_high, row.sign_test_p, Maybe{row.sign_test_note}, row.posterior,
            row.agreement, row.polarisation, row.tastle_wierman, Maybe{row.certainty},
            anything_read ? std::optional<double>(row.coverage) : std::nullopt, row.direction_word, row.agreement_word,
            row.certainty_word, row.coverage_word, Maybe{row.certainty_reasons}, row.majority_supports,
            row.disagreement, Maybe{row.certainty_suggested}, row.certainty_decided_by, row.clopper_pearson_low,
            row.clopper_pearson_high, row.jeffreys_low, row.jeffreys_high, row.posterior_uniform, row.direction_index,
            row.entropy, row.fragile, row.flip_set_size, Maybe{row.flip_set}, row.n_overridden);
    }
    for (auto const& row : summary.risk_factors)
        factors.row(state.factor(row.factor_id), name_of(row.direction), row.n_articles, row.n_clusters);
    for (auto const& row : summary.sensitivity)
        sensitivity.row(++state.n_sensitivity, state.claim(row.claim_id), row.analysis, Maybe{row.subject},
                        row.direction_share, row.direction_word, row.flips, row.supports, row.refutes, row.mixed,
                        Maybe{row.note});
    for (auto const& row : summary.leave_one_out)
        leave_one_out.row(state.claim(row.claim_id), static_cast<int>(row.stance), row.direction_share,
                          row.direction_word, row.flips);
    state.add_certainty(summary);
    state.add_effects(summary);
}

void AnalysisWriter::State::add_certainty(Summary const& summary) {
    sqlite::Statement domains(connection, insert_into("t_certainty", 8));
    sqlite::Statement overlap(connection, insert_into("t_overlap", 7));
    std::size_t n_domains = 0;
    for (auto const& row : summary.certainty)
        domains.row(claim(row.claim_id), condition(row.condition_id), ++n_domains, row.domain, row.levels_down,
                    row.reason, row.suggested_levels_down, row.decided_by);
    for (auto const& row : summary.overlap)
        overlap.row(row.claim_id.empty() ? 0 : claim(row.claim_id), row.citations, row.studies, row.articles,
                    row.covered_area, Maybe{row.band}, Maybe{row.reason});
}

void AnalysisWriter::State::add_effects(Summary const& summary) {
    sqlite::Statement uses(connection, insert_into("t_effect_use", 7));
    sqlite::Statement pooled(connection, insert_into("t_pooled_effect", 20));
    sqlite::Statement left_out(connection, insert_into("t_effect_left_out", 7));
    for (auto const& use : summary.effects)
        uses.row(static_cast<std::int64_t>(use.article) * quotes_per_article + static_cast<std::int64_t>(use.place),
                 known(use.group), Maybe{use.factor_id}, Maybe{use.reason_not_pooled}, use.standard_error,
                 use.weight_fixed, use.weight_random);
    for (auto const& row : summary.pooled_effects)
        pooled.row(row.group, Maybe{row.factor_id}, row.measure, Maybe{row.population}, Maybe{row.adjustment},
                   row.n_effects, row.n_clusters, row.method, row.estimate, row.ci_low, row.ci_high,
                   row.hartung_knapp_low, row.hartung_knapp_high, row.prediction_low, row.prediction_high, row.q,
                   row.q_p, row.i2, row.tau2, Maybe{row.note});
    std::size_t n = 0;
    for (auto const& row : summary.effects_left_out)
        left_out.row(++n, row.group, row.article_id, row.method, row.estimate, row.ci_low, row.ci_high);
}

void AnalysisWriter::add_annotations(std::span<AnnotationOutcome const> annotations,
                                     std::span<RaterAgreement const> agreement,
                                     std::span<ConfusionCount const> confusion) {
    auto& connection = state_->connection;
    sqlite::Statement insert(connection, insert_into("t_annotation", 12));
    sqlite::Statement coefficients(connection, insert_into("t_rater_agreement", 12));
    sqlite::Statement counts(connection, insert_into("t_confusion", 3));
    std::size_t n = 0;
    for (auto const& [annotation, status, reason, detector] : annotations)
        insert.row(++n, name_of(annotation.role), annotation.who, Maybe{annotation.when}, annotation.claim_id,
                   annotation.article_id, annotation.condition_id, name_of(annotation.stance), Maybe{annotation.why},
                   name_of(status), Maybe{reason}, Maybe{detector ? name_of(*detector) : ""});
    n = 0;
    for (auto const& row : agreement)
        coefficients.row(++n, row.comparison, row.coefficient, row.value, row.ci_low, row.ci_high,
                         row.observed_agreement, row.n_units, row.n_raters, row.n_ratings, row.status, Maybe{row.note});
    for (auto const& row : confusion)
        counts.row(static_cast<int>(row.detector), static_cast<int>(row.person), row.n);
}

void AnalysisWriter::add_components(std::span<ComponentInfo const> components) {
    sqlite::Statement insert(state_->connection, insert_into("t_component", 6));
    std::size_t n = 0;
    for (auto const& component : components)
        insert.row(++n, component.kind, component.name, Maybe{component.version}, Maybe{component.sha256},
                   Maybe{component.options_sha256});
}

void AnalysisWriter::add_diagnostics(Diagnostics const& diagnostics) {
    sqlite::Statement insert(state_->connection, insert_into("t_diagnostic", 8));
    for (auto const& item : diagnostics.items()) {
        std::string const notes = join_lines(item.notes);
        insert.row(++state_->n_diagnostics, name_of(item.severity), item.code, Maybe{item.place.file},
                   known(item.place.line), known(item.place.column), item.message, Maybe{notes});
    }
}

void AnalysisWriter::State::number_evidence() {
    if (!ids_are_in_order) connection.run(number_again_sql);
    sqlite::Statement before(connection, "UPDATE t_claim SET n_evidence_before = ?2 WHERE position = ?1");
    std::int64_t n_before = 0;
    for (std::size_t position = 1; position < n_evidence_of.size(); ++position) {
        before.row(position, n_before);
        n_before += n_evidence_of[position];
    }
}

void AnalysisWriter::finish(RunInfo const& run) {
    auto& state = *state_;
    auto& connection = state.connection;
    state.inserts->flush();
    state.inserts.reset();
    connection.run(std::string(analysis_indexes_sql()));
    state.number_evidence();
    {
        constexpr std::size_t least_digits = 6;  // so many that text order is number order
        auto const n_items = std::accumulate(state.n_evidence_of.begin(), state.n_evidence_of.end(), std::int64_t{0});
        sqlite::Statement insert(connection,
                                 "INSERT INTO t_run SELECT ?1, ?2, ?3, ?4, ?5, ?6, (SELECT count(*) FROM t_article),"
                                 " (SELECT count(*) FROM t_article WHERE is_ok = 0),"
                                 " (SELECT count(*) FROM t_article) - (SELECT count(*) FROM t_cluster_member)"
                                 " + (SELECT count(DISTINCT first_article) FROM t_cluster_member), (SELECT count(*) "
                                 "FROM t_claim), ?7, ?8, ?9, ?10, ?11, ?12, NULL, NULL");
        insert.row(run.job_title, run.as_of, run.tool_version, analysis_schema_version, run.inputs_sha256,
                   run.registry_sha256, std::max(least_digits, std::to_string(n_items).size()),
                   Maybe{run.annotations_sha256}, run.lexicon_sha256, run.statement_model_sha256, Maybe{run.job_sha256},
                   state.definitions);
    }
    connection.run("COMMIT");
    connection.close();
    state.finished = true;
}

}  // namespace dossier
