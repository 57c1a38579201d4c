#include "dossier/store/analysis_writer.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/findings/words.hpp"
#include "dossier/store/schema.hpp"
#include "dossier/store/sqlite.hpp"

namespace dossier {

namespace {

using sqlite::Maybe;

// Rows come as articles are read, in any order; they wait in temporary tables until finish() can sort and number them.
// Each has the columns of the table it is for, without its number.
constexpr char const* staging_sql = R"sql(
CREATE TEMP TABLE s_article (article_id, path, format, encoding, title, author, published, publisher, url, study_design,
  conflict_of_interest, funding, rests_on, population, doi, pmid, journal, press_release, language, sha256, n_sentences, status, status_reason, truncated, proposed);
CREATE TEMP TABLE s_evidence (claim_position, article_id, direction, strength, hedged, attribution, condition_id, quote,
  byte_begin, byte_end, line, page, rule);
CREATE TEMP TABLE s_mention (factor_position, article_id, direction, quote, byte_begin, byte_end, line, page, condition_id,
  with_evidence);
CREATE TEMP TABLE s_quantity (article_id, measure, estimate, ci_low, ci_high, ci_level, comparator, population, quote,
  byte_begin, byte_end, line, page, text, reason_not_pooled);
)sql";

constexpr char const* settle_sql = R"sql(
INSERT INTO t_article SELECT * FROM s_article ORDER BY article_id;
INSERT INTO t_mention SELECT row_number() OVER (ORDER BY factor_position, article_id, byte_begin, byte_end, condition_id,
  direction), * FROM s_mention;
INSERT INTO t_quantity SELECT row_number() OVER (ORDER BY article_id, byte_begin, byte_end, text, measure, estimate),
  article_id, measure, estimate, ci_low, ci_high, ci_level, comparator, population, quote, byte_begin, byte_end, line,
  page, text, 0, reason_not_pooled FROM s_quantity;
DROP TABLE s_article; DROP TABLE s_mention; DROP TABLE s_quantity;
)sql";

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

char const* reason_not_pooled(Quantity const& quantity) {
    if (quantity.measure == "%") return "a percentage is not an effect size";
    if (!quantity.ci_low || !quantity.ci_high) return "no confidence interval is stated";
    return "effects are listed, not pooled, by this version";
}

std::string join_lines(std::vector<std::string> const& lines) {
    std::string text;
    for (auto const& line : lines)
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

/// Ids of articles that something is said of and that are not there. One pass per table: foreign keys would look each row up.
constexpr char const* strays_sql =
    "SELECT count(*) FROM (SELECT article_id FROM t_evidence UNION ALL SELECT article_id FROM t_mention UNION ALL"
    " SELECT article_id FROM t_quantity UNION ALL SELECT article_id FROM t_stance UNION ALL"
    " SELECT article_id FROM t_cluster_member) WHERE article_id NOT IN (SELECT article_id FROM t_article)";

/// "e" and enough digits that text order is number order.
std::string evidence_id_sql(std::int64_t n_items) {
    auto const digits = std::max<std::size_t>(6, std::to_string(n_items).size());
    return "printf('e%0" + std::to_string(digits) +
           "d', row_number() OVER (ORDER BY claim_position, article_id,"
           " byte_begin, byte_end, condition_id, direction, attribution, rule, strength))";
}

}  // namespace

struct AnalysisWriter::State {
    explicit State(std::string path, RunInfo info) : run(std::move(info)), connection(std::move(path)) {}
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    ~State() {
        if (finished) return;
        std::error_code ignored;
        std::filesystem::remove(connection.path(), ignored);
    }

    std::size_t position_in(std::map<std::string, std::size_t> const& positions, std::string const& id,
                            char const* what) const {
        if (auto const found = positions.find(id); found != positions.end()) return found->second;
        throw Failure(FailureKind::store, std::string("the registry has no ") + what + " \"" + id + "\"",
                      connection.path());
    }
    /// The number that a query of one row and column gives.
    std::int64_t number(std::string_view sql) {
        sqlite::Statement query(connection, sql);
        query.row();
        return query.first();
    }
    std::size_t claim(std::string const& id) const { return position_in(claims, id, "claim"); }
    std::size_t condition(std::string const& id) const { return position_in(conditions, id, "condition"); }
    std::size_t factor(std::string const& id) const { return position_in(factors, id, "risk factor"); }

    RunInfo run;
    sqlite::Connection connection;
    std::map<std::string, std::size_t> claims, conditions, factors;  ///< positions, from 1; '' is condition 0
    std::size_t n_sensitivity = 0, n_diagnostics = 0;
    bool finished = false;

    struct Inserts {
        explicit Inserts(sqlite::Connection& connection)
            : article(connection, insert_into("s_article", 25)),
              evidence(connection, insert_into("s_evidence", 13)),
              mention(connection, insert_into("s_mention", 10)),
              quantity(connection, insert_into("s_quantity", 15)) {}
        sqlite::Statement article, evidence, mention, quantity;
    };
    std::unique_ptr<Inserts> inserts;
};

AnalysisWriter::AnalysisWriter(std::string path, RunInfo run) {
    std::error_code absent_already;
    std::filesystem::remove(path, absent_already);
    state_ = std::make_unique<State>(std::move(path), std::move(run));
    auto& connection = state_->connection;
    // The file is new and is thrown away if anything fails, so it needs no journal.
    connection.run(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE;"
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
        "PRAGMA application_id = " +
        std::to_string(analysis_application_id) +
        ";"
        "PRAGMA user_version = " +
        std::to_string(analysis_schema_version) + "; BEGIN;");
    connection.run(std::string(analysis_tables_sql()));
    connection.run(analysis_views_sql());
    connection.run(staging_sql);
    state_->inserts = std::make_unique<State::Inserts>(connection);
}

AnalysisWriter::~AnalysisWriter() = default;
AnalysisWriter::AnalysisWriter(AnalysisWriter&&) noexcept = default;

void AnalysisWriter::add_registry(ClaimRegistry const& registry) {
    auto& state = *state_;
    sqlite::Statement claims(state.connection, insert_into("t_claim", 8));
    sqlite::Statement conditions(state.connection, insert_into("t_condition", 3));
    sqlite::Statement factors(state.connection, insert_into("t_factor", 5));
    for (auto const& claim : registry.claims) {
        auto const position = state.claims.size() + 1;
        claims.row(position, claim.id, claim.statement, Maybe{claim.parent}, Maybe{claim.contrary_of},
                   Maybe{claim.outcome.empty() ? registry.outcome : claim.outcome}, name_of(claim.degree),
                   claim.weight);
        state.claims.emplace(claim.id, position);
    }
    conditions.row(0, "", "");  // "overall", so that views join without exceptions
    state.conditions.emplace("", 0);
    for (auto const& condition : registry.conditions) {
        auto const position = state.conditions.size();
        conditions.row(position, condition.id, condition.name);
        state.conditions.emplace(condition.id, position);
    }
    for (auto const& factor : registry.risk_factors) {
        auto const position = state.factors.size() + 1;
        factors.row(position, factor.id, factor.name, Maybe{factor.outcome.empty() ? registry.outcome : factor.outcome},
                    name_of(factor.usual_direction));
        state.factors.emplace(factor.id, position);
    }
}

void AnalysisWriter::add_article(Article const& article) {
    std::string const proposed = proposed_fields(article);
    state_->inserts->article.row(
        article.id, article.path, article.format, article.encoding, Maybe{article.title.value},
        Maybe{article.author.value}, Maybe{article.published.value}, Maybe{article.publisher.value},
        Maybe{article.url.value}, Maybe{article.study_design.value}, Maybe{article.conflict_of_interest.value},
        Maybe{article.funding.value}, Maybe{article.rests_on.value}, Maybe{article.population.value},
        Maybe{article.citation.doi}, Maybe{article.citation.pmid}, Maybe{article.citation.journal},
        Maybe{article.press_release.value}, Maybe{article.language}, article.sha256, article.n_sentences,
        article.status == ArticleStatus::ok ? "ok" : "not_assessable", Maybe{article.status_reason}, article.truncated,
        Maybe{proposed});
}

void AnalysisWriter::add_evidence(ArticleEvidence const& evidence) {
    auto& inserts = *state_->inserts;
    for (auto const& item : evidence.items) {
        (void)state_->condition(item.condition_id);
        inserts.evidence.row(state_->claim(item.claim_id), item.article_id, name_of(item.direction), item.strength,
                             item.hedged, name_of(item.attribution), item.condition_id, item.quote, item.bytes.begin,
                             item.bytes.end, item.line, known(item.page), item.rule);
    }
    for (auto const& mention : evidence.mentions) {
        (void)state_->condition(mention.condition_id);
        inserts.mention.row(state_->factor(mention.factor_id), mention.article_id, name_of(mention.direction),
                            mention.quote, mention.bytes.begin, mention.bytes.end, mention.line, known(mention.page),
                            mention.condition_id, mention.with_evidence);
    }
    for (auto const& quantity : evidence.quantities)
        inserts.quantity.row(quantity.article_id, quantity.measure, quantity.estimate, quantity.ci_low,
                             quantity.ci_high, quantity.ci_level, quantity.comparator, Maybe{quantity.population},
                             quantity.quote, quantity.bytes.begin, quantity.bytes.end, quantity.line,
                             known(quantity.page), quantity.text, reason_not_pooled(quantity));
}

void AnalysisWriter::add_findings(Findings const& findings) {
    auto& state = *state_;
    sqlite::Statement words(state.connection, insert_into("t_word", 4));
    sqlite::Statement members(state.connection, insert_into("t_cluster_member", 3));
    sqlite::Statement stances(state.connection, insert_into("t_stance", 10));
    sqlite::Statement consensus(state.connection, insert_into("t_consensus", 28));
    sqlite::Statement factors(state.connection, insert_into("t_factor_finding", 4));
    sqlite::Statement sensitivity(state.connection, insert_into("t_sensitivity", 7));
    std::size_t n_words = 0;
    for (auto const& [part, word, rule] : word_rules())
        words.row(++n_words, part, word, rule);
    for (auto const& cluster : findings.clusters)
        for (auto const& article_id : cluster.article_ids)
            members.row(article_id, cluster.id, Maybe{cluster.reason});
    for (auto const& row : findings.stances)
        stances.row(state.claim(row.claim_id), state.condition(row.condition_id), row.article_id, name_of(row.stance),
                    row.n_supporting, row.n_refuting, row.confidence, row.decided_by, row.explained_by_conditions,
                    row.internally_contradictory);
    for (auto const& row : findings.consensus) {
        bool const anything_read = row.n_clusters > row.not_assessable;
        consensus.row(state.claim(row.claim_id), state.condition(row.condition_id), row.n_articles, row.n_clusters,
                      row.supports, row.refutes, row.mixed, row.neutral, row.silent, row.not_assessable,
                      row.direction_share, row.ci_low, row.ci_high, row.bound_low, row.bound_high, row.sign_test_p,
                      Maybe{row.sign_test_note}, row.posterior, row.agreement, row.polarisation, row.tastle_wierman,
                      Maybe{row.certainty}, anything_read ? std::optional<double>(row.coverage) : std::nullopt,
                      row.direction_word, row.agreement_word, row.certainty_word, row.coverage_word,
                      Maybe{row.certainty_reasons});
    }
    for (auto const& row : findings.risk_factors)
        factors.row(state.factor(row.factor_id), name_of(row.direction), row.n_articles, row.n_clusters);
    for (auto const& row : findings.sensitivity)
        sensitivity.row(++state.n_sensitivity, state.claim(row.claim_id), row.analysis, Maybe{row.subject},
                        row.direction_share, row.direction_word, row.flips);
}

void AnalysisWriter::add_diagnostics(Diagnostics const& diagnostics) {
    sqlite::Statement insert(state_->connection, insert_into("t_diagnostic", 8));
    for (auto const& item : diagnostics.items()) {
        std::string const notes = join_lines(item.notes);
        insert.row(++state_->n_diagnostics, name_of(item.severity), item.code, Maybe{item.place.file},
                   known(item.place.line), known(item.place.column), item.message, Maybe{notes});
    }
}

void AnalysisWriter::finish() {
    auto& state = *state_;
    auto& connection = state.connection;
    state.inserts.reset();
    connection.run(settle_sql);
    auto const n_items = state.number("SELECT count(*) FROM s_evidence");
    connection.run("INSERT INTO t_evidence SELECT " + evidence_id_sql(n_items) +
                   ", * FROM s_evidence; DROP TABLE s_evidence;");
    {
        sqlite::Statement run(connection,
                              "INSERT INTO t_run SELECT ?1, ?2, ?3, ?4, ?5, ?6, (SELECT count(*) FROM t_article),"
                              " (SELECT count(*) FROM t_article WHERE status <> 'ok'),"
                              " (SELECT count(DISTINCT cluster_id) FROM t_cluster_member),"
                              " (SELECT count(*) FROM t_claim)");
        run.row(state.run.job_title, state.run.as_of, state.run.tool_version, analysis_schema_version,
                state.run.inputs_sha256, state.run.registry_sha256);
    }
    if (state.number(strays_sql) > 0)
        throw Failure(FailureKind::store, "the analysis speaks of an article that is not part of it",
                      connection.path());
    connection.run("COMMIT");
    connection.close();
    state.finished = true;
}

}  // namespace dossier
