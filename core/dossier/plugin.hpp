// dossier/plugin.hpp: write a Dossier plugin in C++17. Header only, over the C ABI of <dossier/plugin.h>.
//
// A report is a class with write(), a format is a class with one member function per kind of block, an engine is a class
// with judge(); a closing line registers it. Exceptions may be thrown anywhere: they are caught before they reach the host and become its message.
#pragma once

#include <dossier/plugin.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace dossier {

// ---- Text and values ----------------------------------------------------------------------------------------------

/// A view of ABI text, and the way back.
inline std::string_view view(dossier_text text) noexcept {
    return text.size == 0 ? std::string_view{} : std::string_view{text.data, text.size};
}
inline dossier_text as_text(std::string_view text) noexcept {
    return {text.data(), text.size()};
}

/// A failure with the status that the host is to see. Throw it, or any std::exception (which counts as DOSSIER_FAILED).
class PluginError : public std::runtime_error {
public:
    /// @param status  a failure; what is none (DOSSIER_OK, DOSSIER_DONE) counts as DOSSIER_FAILED
    explicit PluginError(std::string const& sentence, dossier_status status = DOSSIER_FAILED, std::string option = {})
        : std::runtime_error(sentence),
          status_(status == DOSSIER_OK || status == DOSSIER_DONE ? dossier_status{DOSSIER_FAILED} : status),
          option_(std::move(option)) {}
    [[nodiscard]] dossier_status status() const noexcept { return status_; }
    [[nodiscard]] std::string const& option() const noexcept { return option_; }

private:
    dossier_status status_;
    std::string option_;  ///< the option it is about; empty: none
};

/// The host took no more (limit reached, cancelled, other side gone): there is nothing to add to its own message.
class Stopped : public PluginError {
public:
    explicit Stopped(dossier_status status) : PluginError("stopped by the host", status) {}
};

namespace detail {
inline void check(dossier_status status) {
    if (status != DOSSIER_OK) throw Stopped(status);
}
}  // namespace detail

// ---- Options ------------------------------------------------------------------------------------------------------

/// An option that a component declares: `static std::vector<dossier::Option> options()`.
struct Option {
    std::string key, doc;
    std::uint32_t type = DOSSIER_NULL;
    bool boolean_default = false;
    std::int64_t integer_default = 0;
    double real_default = 0.0;
    std::string text_default;
    double minimum = 1.0, maximum = 0.0;  ///< minimum > maximum: no bounds
    std::vector<std::string> choices;     ///< text only; empty: any

    static Option boolean(std::string key, bool fallback, std::string doc) {
        Option option;
        option.key = std::move(key), option.doc = std::move(doc);
        option.type = DOSSIER_BOOLEAN, option.boolean_default = fallback;
        return option;
    }
    /// A whole number within [minimum, maximum].
    static Option integer(std::string key, std::int64_t fallback, double minimum, double maximum, std::string doc) {
        Option option;
        option.key = std::move(key), option.doc = std::move(doc);
        option.type = DOSSIER_INTEGER, option.integer_default = fallback;
        option.minimum = minimum, option.maximum = maximum;
        return option;
    }
    /// A number within [minimum, maximum].
    static Option real(std::string key, double fallback, double minimum, double maximum, std::string doc) {
        Option option;
        option.key = std::move(key), option.doc = std::move(doc);
        option.type = DOSSIER_REAL, option.real_default = fallback;
        option.minimum = minimum, option.maximum = maximum;
        return option;
    }
    /// Text; one of `choices` unless that is empty.
    static Option text(std::string key, std::string fallback, std::vector<std::string> choices, std::string doc) {
        Option option;
        option.key = std::move(key), option.doc = std::move(doc);
        option.type = DOSSIER_TEXT, option.text_default = std::move(fallback);
        option.choices = std::move(choices);
        return option;
    }
};

/// The values of a component's options in this run. Asking for a key that was not declared throws PluginError.
class OptionValues {
public:
    OptionValues() = default;
    OptionValues(dossier_option_value const* values, std::size_t n_values) {
        auto const* next = reinterpret_cast<char const*>(values);
        for (std::size_t i = 0; i < n_values; ++i, next += values->size) {
            auto const& value = *reinterpret_cast<dossier_option_value const*>(next);
            values_.push_back({std::string(view(value.key)), value.value, std::string(view(value.value.text))});
        }
    }
    [[nodiscard]] bool boolean(std::string_view key) const { return find(key, DOSSIER_BOOLEAN).value.boolean != 0; }
    [[nodiscard]] std::int64_t integer(std::string_view key) const { return find(key, DOSSIER_INTEGER).value.integer; }
    [[nodiscard]] double real(std::string_view key) const { return find(key, DOSSIER_REAL).value.real; }
    [[nodiscard]] std::string const& text(std::string_view key) const { return find(key, DOSSIER_TEXT).text; }

private:
    struct Entry {
        std::string key;
        dossier_value value;
        std::string text;
    };
    [[nodiscard]] Entry const& find(std::string_view key, std::uint32_t type) const {
        for (auto const& entry : values_)
            if (entry.key == key && entry.value.type == type) return entry;
        throw PluginError("the plugin asked for an option that it does not declare: " + std::string(key));
    }
    std::vector<Entry> values_;
};

// ---- The analysis: what reports read --------------------------------------------------------------------------------

/// A parameter of a query.
class Parameter {
public:
    template <class Integer, std::enable_if_t<std::is_integral_v<Integer>, int> = 0>
    Parameter(Integer value) noexcept {
        value_.type = DOSSIER_INTEGER, value_.integer = static_cast<std::int64_t>(value);
    }
    Parameter(double value) noexcept { value_.type = DOSSIER_REAL, value_.real = value; }
    Parameter(std::string_view value) noexcept { value_.type = DOSSIER_TEXT, value_.text = as_text(value); }
    Parameter(std::string const& value) noexcept : Parameter(std::string_view(value)) {}
    Parameter(char const* value) noexcept : Parameter(std::string_view(value)) {}
    [[nodiscard]] dossier_value const& value() const noexcept { return value_; }

private:
    dossier_value value_{};
};

/// One row of a query, by column number from 0. Lives until the range moves on.
class Row {
public:
    Row(dossier_value const* values, std::size_t n_values) noexcept : values_(values), n_values_(n_values) {}
    [[nodiscard]] std::size_t size() const noexcept { return n_values_; }
    /// False for SQL NULL: "no value", which is not 0 and not "".
    [[nodiscard]] bool has(std::size_t column) const { return at(column).type != DOSSIER_NULL; }
    [[nodiscard]] std::string text(std::size_t column) const { return std::string(view(at(column).text)); }
    /// 0 when NULL. A real loses its fraction; 0 where it is beyond what an integer holds.
    [[nodiscard]] std::int64_t integer(std::size_t column) const {
        auto const& value = at(column);
        if (value.type != DOSSIER_REAL) return value.integer;
        bool const fits = value.real >= -9223372036854775808.0 && value.real < 9223372036854775808.0;
        return fits ? static_cast<std::int64_t>(value.real) : 0;
    }
    /// nullopt when NULL.
    [[nodiscard]] std::optional<double> real(std::size_t column) const {
        auto const& value = at(column);
        if (value.type == DOSSIER_REAL) return value.real;
        if (value.type == DOSSIER_INTEGER) return static_cast<double>(value.integer);
        return std::nullopt;
    }

private:
    [[nodiscard]] dossier_value const& at(std::size_t column) const {
        if (column >= n_values_) throw PluginError("the query has no column " + std::to_string(column));
        return values_[column];
    }
    dossier_value const* values_;
    std::size_t n_values_;
};

/// The rows of a query as a single-pass range of Entry; rows are read as the loop goes, never held.
template <class Entry>
class Rows {
public:
    using Reader = Entry (*)(Row const&);

    Rows(dossier_host const& host, std::string_view sql, std::initializer_list<Parameter> parameters, Reader reader)
        : host_(&host), reader_(reader) {
        std::vector<dossier_value> values;
        for (auto const& parameter : parameters)
            values.push_back(parameter.value());
        detail::check(host.query(host.context, as_text(sql), values.data(), values.size(), &rows_));
    }
    Rows(Rows&& other) noexcept
        : host_(other.host_), reader_(other.reader_), rows_(std::exchange(other.rows_, nullptr)) {}
    Rows(Rows const&) = delete;
    Rows& operator=(Rows const&) = delete;
    Rows& operator=(Rows&&) = delete;
    ~Rows() {
        if (rows_ != nullptr) host_->close_rows(host_->context, rows_);
    }

    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Entry;
        using difference_type = std::ptrdiff_t;
        using pointer = Entry const*;
        using reference = Entry const&;

        iterator() = default;
        explicit iterator(Rows& rows) : rows_(&rows) { ++*this; }
        reference operator*() const { return *entry_; }
        pointer operator->() const { return &*entry_; }
        iterator& operator++() {
            entry_ = rows_->next();
            if (!entry_) rows_ = nullptr;
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(iterator const& a, iterator const& b) noexcept { return a.rows_ == b.rows_; }
        friend bool operator!=(iterator const& a, iterator const& b) noexcept { return !(a == b); }

    private:
        Rows* rows_ = nullptr;
        std::optional<Entry> entry_;
    };
    iterator begin() { return iterator(*this); }
    iterator end() { return iterator(); }

private:
    std::optional<Entry> next() {
        dossier_value const* values = nullptr;
        std::size_t n_values = 0;
        auto const status = host_->next_row(host_->context, rows_, &values, &n_values);
        if (status == DOSSIER_DONE) return std::nullopt;
        detail::check(status);
        return reader_(Row(values, n_values));
    }
    dossier_host const* host_;
    Reader reader_;
    dossier_rows* rows_ = nullptr;
};

/// Rows of the views of analysis.sqlite (docs/analysis-database.md says what each column means).
struct Run {
    std::string job_title, as_of, tool_version;
    std::int64_t n_articles = 0, n_not_assessable = 0, n_clusters = 0, n_claims = 0;
};
struct Article {
    std::string article_id, path, format, title, author, published, publisher, url, study_design, conflict_of_interest,
        language;
    std::int64_t n_sentences = 0;
    std::string status, status_reason, cluster_id;
};
struct Claim {
    std::string claim_id, statement, parent_id, contrary_of, outcome;
};
struct Condition {
    std::string condition_id, name;
};
/// evidence, with the path and url of its article.
struct Evidence {
    std::string evidence_id, claim_id, article_id, direction;
    double strength = 0.0;
    bool hedged = false;
    std::string attribution, condition_id, quote;
    std::int64_t byte_begin = 0, byte_end = 0, line = 0, page = 0;
    std::string rule, path, url;
    std::string causal_strength, decided_by;
    std::optional<double> confidence;
};
struct Stance {
    std::string claim_id, article_id, condition_id, stance;
    std::int64_t n_supporting = 0, n_refuting = 0;
    std::optional<double> confidence;
    std::string decided_by;
    bool explained_by_conditions = false, internally_contradictory = false;
};
/// consensus, with the claim's statement and the condition's name.
struct Consensus {
    std::string claim_id, condition_id, statement, condition_name;
    std::int64_t n_articles = 0, n_clusters = 0;
    std::int64_t supports = 0, refutes = 0, mixed = 0, neutral = 0, silent = 0, not_assessable = 0;
    std::optional<double> direction_share, ci_low, ci_high, bound_low, bound_high, sign_test_p;
    std::string sign_test_note;
    std::optional<double> posterior, agreement, polarisation;
    std::string certainty;
    std::optional<double> coverage;
    std::string direction_word, agreement_word, certainty_word, coverage_word, certainty_reasons;
    std::optional<double> majority_supports;
    std::string disagreement, certainty_suggested, certainty_decided_by;
    bool fragile = false;
    std::int64_t flip_set_size = 0;  ///< 0: no removal changes the direction's words
    std::string flip_set;
    std::int64_t n_overridden = 0;
    std::optional<double> posterior_uniform, jeffreys_low, jeffreys_high;
};
struct RiskFactor {
    std::string factor_id, name, outcome, direction;
    std::int64_t n_articles = 0, n_clusters = 0;
};
/// risk_mentions, with the path and url of its article.
struct RiskMention {
    std::string factor_id, article_id, direction, quote;
    std::int64_t byte_begin = 0, byte_end = 0, line = 0, page = 0;
    std::string condition_id;
    bool with_evidence = false;
    std::string path, url;
};
/// quantities, with the path and url of its article.
struct Quantity {
    std::string article_id, measure;
    std::optional<double> estimate, ci_low, ci_high, ci_level;
    std::string comparator, population, quote;
    std::int64_t byte_begin = 0, byte_end = 0, line = 0, page = 0;
    std::string text, path, url, denominator;
    bool outside_interval = false;
};

/// The analysis as a report sees it. Ranges are single-pass and sorted as said; each call runs its own query.
class Analysis {
public:
    explicit Analysis(dossier_host const& host) noexcept : host_(&host) {}

    [[nodiscard]] Run run() const {
        for (auto const& row : query<Run>("SELECT job_title, as_of, tool_version, n_articles, n_not_assessable,"
                                          " n_clusters, n_claims FROM run",
                                          {}, [](Row const& r) {
                                              return Run{r.text(0),    r.text(1),    r.text(2),   r.integer(3),
                                                         r.integer(4), r.integer(5), r.integer(6)};
                                          }))
            return row;
        throw PluginError("the analysis holds no run");
    }
    /// By article_id.
    [[nodiscard]] Rows<Article> articles() const {
        return query<Article>(
            "SELECT article_id, path, format, title, author, published, publisher, url, study_design,"
            " conflict_of_interest, language, n_sentences, status, status_reason, cluster_id"
            " FROM articles ORDER BY article_id",
            {}, [](Row const& r) {
                return Article{r.text(0),  r.text(1),     r.text(2),  r.text(3),  r.text(4),
                               r.text(5),  r.text(6),     r.text(7),  r.text(8),  r.text(9),
                               r.text(10), r.integer(11), r.text(12), r.text(13), r.text(14)};
            });
    }
    /// In registry order.
    [[nodiscard]] Rows<Claim> claims() const {
        return query<Claim>("SELECT claim_id, statement, parent_id, contrary_of, outcome FROM claims ORDER BY position",
                            {}, [](Row const& r) {
                                return Claim{r.text(0), r.text(1), r.text(2), r.text(3), r.text(4)};
                            });
    }
    /// In registry order.
    [[nodiscard]] Rows<Condition> conditions() const {
        return query<Condition>("SELECT condition_id, name FROM conditions ORDER BY position", {}, [](Row const& r) {
            return Condition{r.text(0), r.text(1)};
        });
    }
    /// All evidence, by evidence_id (claim in registry order, then article, then place).
    [[nodiscard]] Rows<Evidence> evidence() const {
        return query<Evidence>(std::string(evidence_sql) + " ORDER BY evidence_id", {}, read_evidence);
    }
    /// Evidence for one claim, in the same order.
    [[nodiscard]] Rows<Evidence> evidence(std::string_view claim_id) const {
        return query<Evidence>(std::string(evidence_sql) + " WHERE claim_id = ?1 ORDER BY evidence_id", {claim_id},
                               read_evidence);
    }
    /// Every article's stance, overall and per condition; by claim in registry order, condition, article.
    [[nodiscard]] Rows<Stance> stances() const {
        return query<Stance>(std::string(stance_sql) + " ORDER BY claim_position, condition_position, article_id", {},
                             read_stance);
    }
    /// Stances on one claim, overall only (condition_id empty), by article_id.
    [[nodiscard]] Rows<Stance> stances(std::string_view claim_id) const {
        return query<Stance>(std::string(stance_sql) + " WHERE claim_id = ?1 AND condition_id = '' ORDER BY article_id",
                             {claim_id}, read_stance);
    }
    /// Overall consensus, one row per claim in registry order.
    [[nodiscard]] Rows<Consensus> consensus() const {
        return query<Consensus>(std::string(consensus_sql) + " WHERE condition_id = '' ORDER BY claim_position", {},
                                read_consensus);
    }
    /// Consensus of one claim under each of its conditions, without the overall row.
    [[nodiscard]] Rows<Consensus> consensus_by_condition(std::string_view claim_id) const {
        return query<Consensus>(
            std::string(consensus_sql) + " WHERE claim_id = ?1 AND condition_id <> '' ORDER BY condition_position",
            {claim_id}, read_consensus);
    }
    /// In registry order.
    [[nodiscard]] Rows<RiskFactor> risk_factors() const {
        return query<RiskFactor>(
            "SELECT factor_id, name, outcome, direction, n_articles, n_clusters FROM risk_factors"
            " ORDER BY position",
            {}, [](Row const& r) {
                return RiskFactor{r.text(0), r.text(1), r.text(2), r.text(3), r.integer(4), r.integer(5)};
            });
    }
    /// Mentions of one factor, by article_id and place.
    [[nodiscard]] Rows<RiskMention> risk_mentions(std::string_view factor_id) const {
        return query<RiskMention>(
            "SELECT factor_id, article_id, direction, quote, byte_begin, byte_end, line, page, condition_id,"
            " with_evidence, path, url FROM risk_mentions WHERE factor_id = ?1 ORDER BY article_id, byte_begin",
            {factor_id}, [](Row const& r) {
                return RiskMention{r.text(0),    r.text(1),    r.text(2), r.text(3),         r.integer(4), r.integer(5),
                                   r.integer(6), r.integer(7), r.text(8), r.integer(9) != 0, r.text(10),   r.text(11)};
            });
    }
    /// By article_id and place.
    [[nodiscard]] Rows<Quantity> quantities() const {
        return query<Quantity>(
            "SELECT article_id, measure, estimate, ci_low, ci_high, ci_level, comparator, population,"
            " quote, byte_begin, byte_end, line, page, text, path, url, denominator, outside_interval FROM quantities"
            " ORDER BY article_id, byte_begin",
            {}, [](Row const& r) {
                return Quantity{r.text(0),     r.text(1),  r.real(2),  r.real(3),    r.real(4),     r.real(5),
                                r.text(6),     r.text(7),  r.text(8),  r.integer(9), r.integer(10), r.integer(11),
                                r.integer(12), r.text(13), r.text(14), r.text(15),   r.text(16),    r.integer(17) != 0};
            });
    }
    /// Any SELECT over the views; `reader` turns a row into an Entry.
    template <class Entry>
    [[nodiscard]] Rows<Entry> query(std::string_view sql, std::initializer_list<Parameter> parameters,
                                    Entry (*reader)(Row const&)) const {
        return Rows<Entry>(*host_, sql, parameters, reader);
    }
    /// Says something to the log; a warning also becomes a diagnostic of the run.
    void log(std::uint32_t level, std::string_view message) const {
        host_->log(host_->context, level, as_text(message));
    }
    /// True when the host wants no more.
    [[nodiscard]] bool cancelled() const noexcept { return host_->cancelled(host_->context) != 0; }

private:
    static constexpr std::string_view evidence_sql =
        "SELECT evidence_id, claim_id, article_id, direction, strength, hedged, attribution, condition_id, quote,"
        " byte_begin, byte_end, line, page, rule, path, url, causal_strength, decided_by, confidence FROM evidence";
    static constexpr std::string_view stance_sql =
        "SELECT claim_id, article_id, condition_id, stance, n_supporting, n_refuting, confidence, decided_by,"
        " explained_by_conditions, internally_contradictory FROM stances";
    static constexpr std::string_view consensus_sql =
        "SELECT claim_id, condition_id, statement, condition_name, n_articles, n_clusters, supports, refutes, mixed,"
        " neutral, silent, not_assessable, direction_share, ci_low, ci_high, bound_low, bound_high, sign_test_p,"
        " sign_test_note, posterior, agreement, polarisation, certainty, coverage, direction_word, agreement_word,"
        " certainty_word, coverage_word, certainty_reasons, majority_supports, disagreement, certainty_suggested,"
        " certainty_decided_by, fragile, flip_set_size, flip_set, n_overridden, posterior_uniform, jeffreys_low,"
        " jeffreys_high FROM consensus";
    static Evidence read_evidence(Row const& r) {
        return {r.text(0),         r.text(1),     r.text(2),     r.text(3),  r.real(4).value_or(0.0),
                r.integer(5) != 0, r.text(6),     r.text(7),     r.text(8),  r.integer(9),
                r.integer(10),     r.integer(11), r.integer(12), r.text(13), r.text(14),
                r.text(15),        r.text(16),    r.text(17),    r.real(18)};
    }
    static Stance read_stance(Row const& r) {
        return {r.text(0),    r.text(1), r.text(2), r.text(3),         r.integer(4),
                r.integer(5), r.real(6), r.text(7), r.integer(8) != 0, r.integer(9) != 0};
    }
    static Consensus read_consensus(Row const& r) {
        return {r.text(0),     r.text(1),    r.text(2),    r.text(3),          r.integer(4),  r.integer(5),
                r.integer(6),  r.integer(7), r.integer(8), r.integer(9),       r.integer(10), r.integer(11),
                r.real(12),    r.real(13),   r.real(14),   r.real(15),         r.real(16),    r.real(17),
                r.text(18),    r.real(19),   r.real(20),   r.real(21),         r.text(22),    r.real(23),
                r.text(24),    r.text(25),   r.text(26),   r.text(27),         r.text(28),    r.real(29),
                r.text(30),    r.text(31),   r.text(32),   r.integer(33) != 0, r.integer(34), r.text(35),
                r.integer(36), r.real(37),   r.real(38),   r.real(39)};
    }
    dossier_host const* host_;
};

// ---- Blocks: what reports say ---------------------------------------------------------------------------------------

/// A stretch of text in one style. A plain string converts to an unstyled run.
struct StyledText {
    std::uint32_t style = 0;
    std::string text, link;
};
/// Runs of a paragraph: `Text("plain ") + strong("loud") + link("here", "#anchor")`.
class Text {
public:
    Text() = default;
    Text(std::string text) { runs_.push_back({0, std::move(text), {}}); }
    Text(std::string_view text) : Text(std::string(text)) {}
    Text(char const* text) : Text(std::string(text)) {}
    Text(std::uint32_t style, std::string text, std::string link) {
        runs_.push_back({style, std::move(text), std::move(link)});
    }
    Text& operator+=(Text const& more) {
        runs_.insert(runs_.end(), more.runs_.begin(), more.runs_.end());
        return *this;
    }
    friend Text operator+(Text a, Text const& b) { return a += b; }
    [[nodiscard]] std::vector<StyledText> const& runs() const noexcept { return runs_; }

private:
    std::vector<StyledText> runs_;
};
inline Text emphasis(std::string text) {
    return {DOSSIER_EMPHASIS, std::move(text), {}};
}
inline Text strong(std::string text) {
    return {DOSSIER_STRONG, std::move(text), {}};
}
inline Text code(std::string text) {
    return {DOSSIER_CODE, std::move(text), {}};
}
/// `target`: "#anchor" of the same report, or an absolute URL.
inline Text link(std::string text, std::string target) {
    return {0, std::move(text), std::move(target)};
}

/// A column of a table: key for data formats, title for people.
struct Column {
    std::string key, title, description;
    std::uint32_t kind = DOSSIER_CELL_TEXT;
    std::int32_t decimals = 0;
    std::uint32_t role = DOSSIER_COLUMN_SHOWN;

    static Column make(std::uint32_t kind, std::string key, std::string title, std::int32_t decimals,
                       std::string description) {
        return {std::move(key), std::move(title), std::move(description), kind, decimals, DOSSIER_COLUMN_SHOWN};
    }
    /// A text by which rows of different tables are joined: for data formats only, pages leave it out.
    static Column id(std::string key, std::string title, std::string description = {}) {
        auto column = text(std::move(key), std::move(title), std::move(description));
        column.role = DOSSIER_COLUMN_KEY;
        return column;
    }
    static Column text(std::string key, std::string title, std::string description = {}) {
        return make(DOSSIER_CELL_TEXT, std::move(key), std::move(title), 0, std::move(description));
    }
    static Column integer(std::string key, std::string title, std::string description = {}) {
        return make(DOSSIER_CELL_INTEGER, std::move(key), std::move(title), 0, std::move(description));
    }
    static Column real(std::string key, std::string title, std::int32_t decimals, std::string description = {}) {
        return make(DOSSIER_CELL_REAL, std::move(key), std::move(title), decimals, std::move(description));
    }
    static Column percent(std::string key, std::string title, std::int32_t decimals, std::string description = {}) {
        return make(DOSSIER_CELL_PERCENT, std::move(key), std::move(title), decimals, std::move(description));
    }
    static Column date(std::string key, std::string title, std::string description = {}) {
        return make(DOSSIER_CELL_DATE, std::move(key), std::move(title), 0, std::move(description));
    }
    static Column link(std::string key, std::string title, std::string description = {}) {
        return make(DOSSIER_CELL_LINK, std::move(key), std::move(title), 0, std::move(description));
    }
    static Column stance(std::string key, std::string title, std::string description = {}) {
        return make(DOSSIER_CELL_STANCE, std::move(key), std::move(title), 0, std::move(description));
    }
    static Column interval(std::string key, std::string title, std::int32_t decimals, std::string description = {}) {
        return make(DOSSIER_CELL_INTERVAL, std::move(key), std::move(title), decimals, std::move(description));
    }
    static Column quote(std::string key, std::string title, std::string description = {}) {
        return make(DOSSIER_CELL_QUOTE, std::move(key), std::move(title), 0, std::move(description));
    }
};

/// The value of a cell. Its kind is its column's; std::nullopt, and a number that is not finite, is an empty cell.
class Cell {
public:
    Cell() noexcept = default;
    Cell(std::nullopt_t) noexcept {}
    Cell(std::string text) : kind_(Kind::text), text_(std::move(text)) {}
    Cell(std::string_view text) : Cell(std::string(text)) {}
    Cell(char const* text) : Cell(std::string(text)) {}
    template <class Integer, std::enable_if_t<std::is_integral_v<Integer>, int> = 0>
    Cell(Integer value) noexcept : kind_(Kind::integer), integer_(static_cast<std::int64_t>(value)) {}
    Cell(double value) noexcept : kind_(std::isfinite(value) ? Kind::real : Kind::empty), real_(value) {}
    template <class Value>
    Cell(std::optional<Value> const& value) : Cell(value ? Cell(*value) : Cell()) {}
    /// Empty unless both ends are there.
    static Cell interval(std::optional<double> low, std::optional<double> high) noexcept {
        Cell cell;
        if (low && high && std::isfinite(*low) && std::isfinite(*high))
            cell.kind_ = Kind::interval, cell.low_ = *low, cell.high_ = *high;
        return cell;
    }
    /// A quote for a column of quotes. The host compares it with the article.
    /// @param number  quote_number of the view `stances`; a quote without it is refused
    static Cell quote(std::string text, std::int64_t number) {
        Cell cell(std::move(text));
        cell.integer_ = number;
        return cell;
    }
    /// The same cell, leading to "#anchor" or a URL.
    [[nodiscard]] Cell to(std::string target) && {
        target_ = std::move(target);
        return std::move(*this);
    }
    /// As the ABI has it, in a column of kind `column_kind`; borrows this cell's text.
    [[nodiscard]] dossier_cell as_abi(std::uint32_t column_kind) const {
        dossier_cell cell{};
        cell.target = as_text(target_);
        if (kind_ == Kind::empty) return cell;
        auto const real_column = column_kind == DOSSIER_CELL_REAL || column_kind == DOSSIER_CELL_PERCENT;
        auto const numeric = real_column || column_kind == DOSSIER_CELL_INTEGER;
        bool const fits = column_kind == DOSSIER_CELL_INTERVAL ? kind_ == Kind::interval
                          : real_column                        ? kind_ == Kind::real || kind_ == Kind::integer
                          : numeric                            ? kind_ == Kind::integer
                                                               : kind_ == Kind::text;
        if (!fits) throw PluginError("a cell's value does not fit the kind of its column");
        cell.kind = column_kind;
        cell.integer = integer_;
        cell.real = kind_ == Kind::integer ? static_cast<double>(integer_) : real_;
        cell.low = low_, cell.high = high_;
        cell.text = as_text(text_);
        return cell;
    }

private:
    enum class Kind { empty, text, integer, real, interval };
    Kind kind_ = Kind::empty;
    std::int64_t integer_ = 0;
    double real_ = 0.0, low_ = 0.0, high_ = 0.0;
    std::string text_, target_;
};

/// A quote with its place. Evidence and RiskMention rows convert.
struct Quoted {
    std::string text, article_id, path, url;
    std::int64_t byte_begin = 0, byte_end = 0, line = 0, page = 0;
    std::string anchor;   ///< empty: none
    std::string back;     ///< "#anchor"; empty: none
    std::string comment;  ///< shown beside the quote
    std::string stance;   ///< "supports", …; empty: none

    Quoted() = default;
    template <class Located>
    explicit Quoted(Located const& row)
        : text(row.quote),
          article_id(row.article_id),
          path(row.path),
          url(row.url),
          byte_begin(row.byte_begin),
          byte_end(row.byte_end),
          line(row.line),
          page(row.page) {}
};

/// A chart: see dossier_chart for what each kind shows and the order of its values.
struct Chart {
    std::uint32_t kind = DOSSIER_CHART_STACKED_BAR;
    std::string title, anchor;
    std::string alternative;  ///< what it shows, in words
    std::vector<std::string> categories, series;
    std::vector<double> values;
    std::string category_title, value_title;  ///< of the axes
    std::uint32_t scale = DOSSIER_SCALE_LINEAR;
    double reference = std::numeric_limits<double>::quiet_NaN();  ///< NaN: no line
    std::vector<double> weights;                                  ///< empty: none
    std::vector<std::uint32_t> marks;                             ///< of categories; empty: none
};

class Blocks;

/// An open table; ends when it goes out of scope. No other block may be said meanwhile.
class Table {
public:
    Table(Blocks& blocks, std::vector<Column> columns) : blocks_(&blocks), columns_(std::move(columns)) {}
    Table(Table&& other) noexcept
        : blocks_(std::exchange(other.blocks_, nullptr)), columns_(std::move(other.columns_)) {}
    Table(Table const&) = delete;
    Table& operator=(Table const&) = delete;
    Table& operator=(Table&&) = delete;
    ~Table();

    /// One cell per column. The overload with `anchor` makes the row a target for links.
    template <class... Values>
    void row(Values&&... values) {
        std::vector<Cell> const cells{Cell(std::forward<Values>(values))...};
        cells_row(cells);
    }
    void cells_row(std::vector<Cell> const& cells, std::string_view anchor = {});

private:
    Blocks* blocks_;
    std::vector<Column> columns_;
    int n_exceptions_ = std::uncaught_exceptions();  ///< under way when it was opened
};

/// What a report says, in order. Throws Stopped when the host takes no more.
class Blocks {
public:
    explicit Blocks(dossier_sink const& sink) noexcept : sink_(&sink) {}

    /// @param level 1 to 6, at most one deeper than the heading before
    void heading(std::uint32_t level, std::string_view text, std::string_view anchor = {}) {
        dossier_heading content{sizeof content, level, as_text(text), as_text(anchor)};
        say(DOSSIER_HEADING, &content);
    }
    void paragraph(Text const& text) {
        auto const runs = abi_runs(text);
        dossier_paragraph content{sizeof content, runs.data(), runs.size()};
        say(DOSSIER_PARAGRAPH, &content);
    }
    /// A list of single-paragraph items.
    void list(std::vector<Text> const& items, bool ordered = false) {
        dossier_list content{sizeof content, ordered ? 1u : 0u};
        say(DOSSIER_LIST_BEGIN, &content);
        for (auto const& item : items) {
            say(DOSSIER_ITEM_BEGIN, nullptr);
            paragraph(item);
            say(DOSSIER_ITEM_END, nullptr);
        }
        say(DOSSIER_LIST_END, nullptr);
    }
    void quote(Quoted const& quoted) {
        dossier_quote content{};
        content.size = sizeof content;
        content.text = as_text(quoted.text);
        content.locator = {sizeof content.locator,
                           as_text(quoted.article_id),
                           as_text(quoted.path),
                           static_cast<std::uint64_t>(quoted.byte_begin),
                           static_cast<std::uint64_t>(quoted.byte_end),
                           static_cast<std::uint64_t>(quoted.line),
                           static_cast<std::uint64_t>(quoted.page),
                           as_text(quoted.url)};
        content.anchor = as_text(quoted.anchor);
        content.back = as_text(quoted.back);
        content.comment = as_text(quoted.comment);
        content.stance = as_text(quoted.stance);
        say(DOSSIER_QUOTE, &content);
    }
    void note(Text const& text, std::string_view anchor = {}) {
        auto const runs = abi_runs(text);
        dossier_note content{sizeof content, runs.data(), runs.size(), as_text(anchor)};
        say(DOSSIER_NOTE, &content);
    }
    /// @param tone DOSSIER_CALLOUT_INFO, _WARNING or _FAILURE
    void callout(std::uint32_t tone, std::string_view title, Text const& text) {
        auto const runs = abi_runs(text);
        dossier_callout content{sizeof content, tone, 0, as_text(title), runs.data(), runs.size()};
        say(DOSSIER_CALLOUT, &content);
    }
    /// Begins a table; rows follow on what it returns. `anchor` names the table's file in data formats.
    [[nodiscard]] Table table(std::string_view caption, std::vector<Column> columns, std::string_view anchor = {}) {
        std::vector<dossier_column> abi;
        for (auto const& column : columns)
            abi.push_back({sizeof(dossier_column), as_text(column.key), as_text(column.title), column.kind,
                           column.decimals, as_text(column.description), column.role, 0});
        std::string const own_anchor = anchor.empty() ? "table-" + std::to_string(++n_tables_) : std::string(anchor);
        dossier_table content{sizeof content, as_text(caption), as_text(own_anchor), abi.data(), abi.size()};
        say(DOSSIER_TABLE_BEGIN, &content);
        return Table(*this, std::move(columns));
    }
    /// `values` by category, then series; NaN = no value. `alternative` says in words what the chart shows.
    void stacked_bars(std::string_view title, std::string_view anchor, std::string_view alternative,
                      std::vector<std::string> const& categories, std::vector<std::string> const& series,
                      std::vector<double> const& values) {
        Chart one;
        one.title = title, one.anchor = anchor, one.alternative = alternative;
        one.categories = categories, one.series = series, one.values = values;
        chart(one);
    }
    void chart(Chart const& shown) {
        std::vector<dossier_text> category_texts, series_texts;
        for (auto const& category : shown.categories)
            category_texts.push_back(as_text(category));
        for (auto const& one : shown.series)
            series_texts.push_back(as_text(one));
        dossier_chart content{};
        content.size = sizeof content;
        content.kind = shown.kind;
        content.title = as_text(shown.title), content.alternative = as_text(shown.alternative);
        content.anchor = as_text(shown.anchor);
        content.categories = category_texts.data(), content.n_categories = category_texts.size();
        content.series = series_texts.data(), content.n_series = series_texts.size();
        content.values = shown.values.data(), content.n_values = shown.values.size();
        content.category_title = as_text(shown.category_title), content.value_title = as_text(shown.value_title);
        content.scale = shown.scale, content.reference = shown.reference;
        content.weights = shown.weights.data(), content.n_weights = shown.weights.size();
        content.marks = shown.marks.data(), content.n_marks = shown.marks.size();
        say(DOSSIER_CHART, &content);
    }
    void page_break() { say(DOSSIER_PAGE_BREAK, nullptr); }

    /// Any block, also of kinds this header has no name for.
    void say(std::uint32_t kind, void const* content) {
        dossier_block const block{kind, 0, content};
        detail::check(sink_->blocks(sink_->context, &block, 1));
    }

private:
    friend class Table;
    void end_table(bool unwinding) noexcept {
        // After a refusal the sink takes no more. From a destructor: a refusal here is remembered by the host and comes out
        // with its own message.
        if (unwinding) return;
        dossier_block const block{DOSSIER_TABLE_END, 0, nullptr};
        (void)sink_->blocks(sink_->context, &block, 1);
    }
    static std::vector<dossier_run> abi_runs(Text const& text) {
        std::vector<dossier_run> runs;
        for (auto const& run : text.runs())
            runs.push_back({run.style, 0, as_text(run.text), as_text(run.link)});
        return runs;
    }
    dossier_sink const* sink_;
    int n_tables_ = 0;
};

inline Table::~Table() {
    if (blocks_ != nullptr) blocks_->end_table(std::uncaught_exceptions() > n_exceptions_);
}
inline void Table::cells_row(std::vector<Cell> const& cells, std::string_view anchor) {
    if (cells.size() != columns_.size()) throw PluginError("a row has more or fewer cells than its table has columns");
    std::vector<dossier_cell> abi;
    abi.reserve(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i)
        abi.push_back(cells[i].as_abi(columns_[i].kind));
    dossier_row content{sizeof content, abi.data(), abi.size(), as_text(anchor)};
    blocks_->say(DOSSIER_ROW, &content);
}

// ---- Components -------------------------------------------------------------------------------------------------------

/// A report: reads the analysis, says blocks. A constructor taking OptionValues const& receives the options.
class Report {
public:
    Report() = default;
    Report(Report const&) = delete;
    Report& operator=(Report const&) = delete;
    virtual ~Report() = default;
    virtual void write(Analysis const& analysis, Blocks& out) = 0;
};

/// What a format writes with. Throws Stopped when the host takes no more.
class Output {
public:
    explicit Output(dossier_host const& host) noexcept : host_(&host) {}
    void write(std::string_view bytes) { detail::check(host_->write(host_->context, bytes.data(), bytes.size())); }
    void write(void const* bytes, std::size_t size) { detail::check(host_->write(host_->context, bytes, size)); }
    /// Begins one of several files; see dossier_host.begin_file.
    void begin_file(std::string_view name) { detail::check(host_->begin_file(host_->context, as_text(name))); }
    /// A cell as people are to see it.
    [[nodiscard]] std::string shown(dossier_column const& column, dossier_cell const& cell) {
        dossier_text text{};
        detail::check(host_->format_value(host_->context, &column, &cell, &text));
        return std::string(view(text));
    }
    /// A line for the log; a warning also becomes a diagnostic of the run.
    void log(std::uint32_t level, std::string_view message) { host_->log(host_->context, level, as_text(message)); }
    /// The views, for formats that write data beside the document. What is shown must come out of the blocks.
    [[nodiscard]] Analysis analysis() const noexcept { return Analysis(*host_); }

private:
    dossier_host const* host_;
};

/// A format: one call per block, in document order. What is not overridden is skipped. The structs and all they point
/// to are borrowed for the call. A constructor (OptionValues const&, Output&) or (Output&) receives where to write.
class Format {
public:
    Format() = default;
    Format(Format const&) = delete;
    Format& operator=(Format const&) = delete;
    virtual ~Format() = default;
    virtual void begin_document(dossier_document const&) {}
    virtual void end_document() {}
    virtual void begin_section(dossier_section const&) {}
    virtual void end_section() {}
    virtual void heading(dossier_heading const&) {}
    virtual void paragraph(dossier_paragraph const&) {}
    virtual void begin_list(dossier_list const&) {}
    virtual void end_list() {}
    virtual void begin_item() {}
    virtual void end_item() {}
    virtual void quote(dossier_quote const&) {}
    virtual void note(dossier_note const&) {}
    virtual void begin_table(dossier_table const&) {}
    virtual void row(dossier_row const&) {}
    virtual void end_table() {}
    virtual void chart(dossier_chart const&) {}
    virtual void callout(dossier_callout const&) {}
    virtual void page_break() {}
};

/// The columns of a table, whatever size the sender's struct has.
inline std::vector<dossier_column const*> columns_of(dossier_table const& table) {
    std::vector<dossier_column const*> columns;
    auto const* next = reinterpret_cast<char const*>(table.columns);
    for (std::size_t i = 0; i < table.n_columns; ++i, next += table.columns->size)
        columns.push_back(reinterpret_cast<dossier_column const*>(next));
    return columns;
}

/// The verdicts of a document, whatever size the sender's struct has; none from a host that knows of none.
inline std::vector<dossier_verdict const*> verdicts_of(dossier_document const& document) {
    std::vector<dossier_verdict const*> verdicts;
    if (!DOSSIER_HAS(&document, dossier_document, n_verdicts)) return verdicts;
    auto const* next = reinterpret_cast<char const*>(document.verdicts);
    for (std::size_t i = 0; i < document.n_verdicts; ++i, next += document.verdicts->size)
        verdicts.push_back(reinterpret_cast<dossier_verdict const*>(next));
    return verdicts;
}

// ---- Engines --------------------------------------------------------------------------------------------------------

/// One sentence of the article that is asked about. Views live as long as the call of judge().
struct QuestionSentence {
    std::string_view text, heading;  ///< heading: what it stands under; may be empty
    std::uint32_t role = DOSSIER_ROLE_OTHER;

    /// Statements, list items and quotations may be judged; the others are there for context.
    [[nodiscard]] bool may_be_judged() const noexcept {
        return role == DOSSIER_ROLE_STATEMENT || role == DOSSIER_ROLE_LIST_ITEM || role == DOSSIER_ROLE_QUOTATION;
    }
};

/// One claim put to one article. Views live as long as the call of judge().
class Question {
public:
    explicit Question(dossier_question const& question) : question_(&question) {
        auto const* next = reinterpret_cast<char const*>(question.sentences);
        sentences_.reserve(question.n_sentences);
        for (std::size_t i = 0; i < question.n_sentences; ++i, next += question.sentences->size) {
            auto const& sentence = *reinterpret_cast<dossier_sentence const*>(next);
            sentences_.push_back({view(sentence.text), view(sentence.heading), sentence.role});
        }
    }
    [[nodiscard]] std::string_view claim_id() const noexcept { return view(question_->claim->claim_id); }
    [[nodiscard]] std::string_view statement() const noexcept { return view(question_->claim->statement); }
    /// What the claim is about happening; may be empty.
    [[nodiscard]] std::string_view outcome() const noexcept { return view(question_->claim->outcome); }
    /// Phrases in the registry's pattern language. Each list may be empty.
    [[nodiscard]] std::vector<std::string_view> about() const {
        return list(question_->claim->about, question_->claim->n_about);
    }
    [[nodiscard]] std::vector<std::string_view> supports() const {
        return list(question_->claim->supports, question_->claim->n_supports);
    }
    [[nodiscard]] std::vector<std::string_view> refutes() const {
        return list(question_->claim->refutes, question_->claim->n_refutes);
    }
    [[nodiscard]] std::string_view article_id() const noexcept { return view(question_->article_id); }
    [[nodiscard]] std::string_view title() const noexcept { return view(question_->title); }        ///< may be empty
    [[nodiscard]] std::string_view language() const noexcept { return view(question_->language); }  ///< ISO 639-1
    [[nodiscard]] std::vector<QuestionSentence> const& sentences() const noexcept { return sentences_; }

private:
    static std::vector<std::string_view> list(dossier_text const* texts, std::size_t n_texts) {
        std::vector<std::string_view> views;
        for (std::size_t i = 0; i < n_texts; ++i)
            views.push_back(view(texts[i]));
        return views;
    }
    dossier_question const* question_;
    std::vector<QuestionSentence> sentences_;
};

/// What a sentence says about the claim.
struct Judgement {
    int direction = 0;      ///< +1 supports, -1 refutes, 0 discusses without a side
    double strength = 1.0;  ///< [0, 1]: 1 a plain assertion
    std::string reason;     ///< one clause for `dossier explain`; must not be empty
    bool hedged = false;
    std::optional<double> confidence;  ///< [0, 1]; absent: not calibrated
};

/// Where an engine says what it thinks. Throws Stopped when the host refuses a judgement, with the host's own message.
class Judgements {
public:
    explicit Judgements(dossier_judgements const& sink) noexcept : sink_(&sink) {}
    /// @param sentence  number in Question::sentences(), one that may be judged, each at most once
    void judge(std::size_t sentence, Judgement const& judgement) {
        dossier_judgement said{};
        said.size = sizeof said;
        said.sentence = sentence;
        said.direction = judgement.direction;
        said.hedged = judgement.hedged ? 1 : 0;
        said.strength = judgement.strength;
        said.confidence = judgement.confidence.value_or(std::numeric_limits<double>::quiet_NaN());
        said.reason = as_text(judgement.reason);
        detail::check(sink_->judge(sink_->context, &said));
    }

private:
    dossier_judgements const* sink_;
};

/// Derive, implement judge(), close with DOSSIER_ENGINE. A constructor that takes OptionValues const& gets the options.
/// The same question must get the same answer, whatever was asked before: stances are compared from run to run.
class StanceEngine {
public:
    StanceEngine() = default;
    StanceEngine(StanceEngine const&) = delete;
    StanceEngine& operator=(StanceEngine const&) = delete;
    virtual ~StanceEngine() = default;
    /// An article of which no sentence is judged is silent on the claim.
    virtual void judge(Question const& question, Judgements& out) = 0;
};

namespace detail {

inline void hand_over(Format& format, dossier_block const& block) {
    switch (block.kind) {
        case DOSSIER_DOCUMENT_BEGIN: return format.begin_document(*static_cast<dossier_document const*>(block.content));
        case DOSSIER_DOCUMENT_END: return format.end_document();
        case DOSSIER_SECTION_BEGIN: return format.begin_section(*static_cast<dossier_section const*>(block.content));
        case DOSSIER_SECTION_END: return format.end_section();
        case DOSSIER_HEADING: return format.heading(*static_cast<dossier_heading const*>(block.content));
        case DOSSIER_PARAGRAPH: return format.paragraph(*static_cast<dossier_paragraph const*>(block.content));
        case DOSSIER_LIST_BEGIN: return format.begin_list(*static_cast<dossier_list const*>(block.content));
        case DOSSIER_LIST_END: return format.end_list();
        case DOSSIER_ITEM_BEGIN: return format.begin_item();
        case DOSSIER_ITEM_END: return format.end_item();
        case DOSSIER_QUOTE: return format.quote(*static_cast<dossier_quote const*>(block.content));
        case DOSSIER_NOTE: return format.note(*static_cast<dossier_note const*>(block.content));
        case DOSSIER_TABLE_BEGIN: return format.begin_table(*static_cast<dossier_table const*>(block.content));
        case DOSSIER_ROW: return format.row(*static_cast<dossier_row const*>(block.content));
        case DOSSIER_TABLE_END: return format.end_table();
        case DOSSIER_CHART: return format.chart(*static_cast<dossier_chart const*>(block.content));
        case DOSSIER_CALLOUT: return format.callout(*static_cast<dossier_callout const*>(block.content));
        case DOSSIER_PAGE_BREAK: return format.page_break();
        default: return;  // a newer host knows more kinds of blocks
    }
}

/// Runs `work`; whatever it throws becomes a status and, unless the host stopped it, a message.
template <class Work>
dossier_status guarded(dossier_host const* host, Work&& work) noexcept {
    try {
        work();
        return DOSSIER_OK;
    } catch (Stopped const& stopped) {
        return stopped.status();
    } catch (PluginError const& error) {
        host->error(host->context, error.status(), as_text(error.what()), as_text(error.option()));
        return error.status();
    } catch (std::bad_alloc const&) {
        return DOSSIER_OUT_OF_MEMORY;
    } catch (std::exception const& error) {
        host->error(host->context, DOSSIER_FAILED, as_text(error.what()), {});
        return DOSSIER_FAILED;
    } catch (...) {
        host->error(host->context, DOSSIER_FAILED, as_text("an exception of unknown type"), {});
        return DOSSIER_FAILED;
    }
}

template <class Type, class = void>
struct declares_options : std::false_type {};
template <class Type>
struct declares_options<Type, std::void_t<decltype(Type::options())>> : std::true_type {};

/// The declared options of a component in both shapes; made once, lives as long as the process.
class OptionTable {
public:
    explicit OptionTable(std::vector<Option> options) : options_(std::move(options)), choices_(options_.size()) {
        for (std::size_t i = 0; i < options_.size(); ++i) {
            auto const& option = options_[i];
            for (auto const& choice : option.choices)
                choices_[i].push_back(as_text(choice));
            dossier_value fallback{};
            fallback.type = option.type;
            fallback.boolean = option.boolean_default ? 1 : 0;
            fallback.integer = option.integer_default;
            fallback.real = option.real_default;
            fallback.text = as_text(option.text_default);
            abi_.push_back({sizeof(dossier_option), as_text(option.key), option.type, fallback, option.minimum,
                            option.maximum, choices_[i].empty() ? nullptr : choices_[i].data(), choices_[i].size(),
                            as_text(option.doc)});
        }
    }
    OptionTable(OptionTable const&) = delete;
    OptionTable& operator=(OptionTable const&) = delete;
    [[nodiscard]] std::vector<dossier_option> const& abi() const noexcept { return abi_; }

private:
    std::vector<Option> options_;
    std::vector<std::vector<dossier_text>> choices_;
    std::vector<dossier_option> abi_;
};

template <class Type>
OptionTable const& options_of() {
    // Never destroyed: the host may read it for as long as the process lives.
    static OptionTable const* const table = [] {
        if constexpr (declares_options<Type>::value)
            return new OptionTable(Type::options());
        else
            return new OptionTable(std::vector<Option>{});
    }();
    return *table;
}

/// Making and unmaking a component of class `Type`, which the host knows by its base.
template <class Base, class Type>
struct InstanceGlue {
    static dossier_status create(dossier_host const* host, dossier_option_value const* values, std::size_t n_values,
                                 void** instance) {
        return guarded(host, [&] {
            OptionValues const options(values, n_values);
            if constexpr (std::is_constructible_v<Type, OptionValues const&>)
                *instance = static_cast<Base*>(new Type(options));
            else
                *instance = static_cast<Base*>(new Type());
        });
    }
    static void destroy(void* instance) { delete static_cast<Base*>(instance); }
};

template <class Type>
struct ReportGlue : InstanceGlue<Report, Type> {
    static dossier_status run(void* instance, dossier_host const* host, dossier_sink const* sink) {
        return guarded(host, [&] {
            Analysis const analysis(*host);
            Blocks blocks(*sink);
            static_cast<Report*>(instance)->write(analysis, blocks);
        });
    }
};

template <class Type>
struct EngineGlue : InstanceGlue<StanceEngine, Type> {
    static dossier_status judge(void* instance, dossier_host const* host, dossier_question const* question,
                                dossier_judgements const* judgements) {
        return guarded(host, [&] {
            Judgements out(*judgements);
            static_cast<StanceEngine*>(instance)->judge(Question(*question), out);
        });
    }
};

template <class Type>
struct FormatGlue {
    struct Instance {
        explicit Instance(dossier_host const& own_host) : host(&own_host), output(own_host) {}
        dossier_host const* host;
        Output output;
        Format* format = nullptr;
        ~Instance() { delete format; }
        Instance(Instance const&) = delete;
        Instance& operator=(Instance const&) = delete;
    };
    static dossier_status create(dossier_host const* host, dossier_option_value const* values, std::size_t n_values,
                                 void** instance) {
        return guarded(host, [&] {
            OptionValues const options(values, n_values);
            auto* made = new Instance(*host);
            *instance = made;  // ours to destroy even if the format's constructor throws
            try {
                if constexpr (std::is_constructible_v<Type, OptionValues const&, Output&>)
                    made->format = new Type(options, made->output);
                else
                    made->format = new Type(made->output);
            } catch (...) {
                delete made;
                *instance = nullptr;
                throw;
            }
        });
    }
    static void destroy(void* instance) { delete static_cast<Instance*>(instance); }
    static dossier_status take(void* context, dossier_block const* blocks, std::size_t n_blocks) {
        auto& instance = *static_cast<Instance*>(context);
        return guarded(instance.host, [&] {
            for (std::size_t i = 0; i < n_blocks; ++i)
                hand_over(*instance.format, blocks[i]);
        });
    }
    static dossier_status open(void* instance, dossier_host const*, dossier_sink* sink) {
        sink->context = instance;
        sink->blocks = &take;
        return DOSSIER_OK;
    }
};

/// The table of a plugin with one component; nullptr if it cannot be made.
inline dossier_plugin const* single(dossier_component const& component) {
    static dossier_component const* const components[] = {&component};
    static dossier_plugin const plugin = {sizeof(dossier_plugin),
                                          DOSSIER_ABI_MAJOR,
                                          DOSSIER_ABI_MINOR,
                                          component.name,
                                          as_text(DOSSIER_PLUGIN_VERSION),
                                          components,
                                          1};
    return &plugin;
}

template <class Type>
dossier_component report_component(std::string_view name, std::string_view summary) {
    dossier_component component{};
    component.size = sizeof component;
    component.kind = DOSSIER_COMPONENT_REPORT;
    component.doc_model = DOSSIER_DOC_MODEL;
    component.name = as_text(name), component.summary = as_text(summary);
    component.options = options_of<Type>().abi().data();
    component.n_options = options_of<Type>().abi().size();
    component.create = &ReportGlue<Type>::create;
    component.destroy = &ReportGlue<Type>::destroy;
    component.run = &ReportGlue<Type>::run;
    return component;
}

template <class Type>
dossier_component engine_component(std::string_view name, std::string_view summary) {
    dossier_component component{};
    component.size = sizeof component;
    component.kind = DOSSIER_COMPONENT_ENGINE;
    component.doc_model = DOSSIER_DOC_MODEL;
    component.name = as_text(name), component.summary = as_text(summary);
    component.options = options_of<Type>().abi().data();
    component.n_options = options_of<Type>().abi().size();
    component.create = &EngineGlue<Type>::create;
    component.destroy = &EngineGlue<Type>::destroy;
    component.judge = &EngineGlue<Type>::judge;
    return component;
}

template <class Type>
dossier_component format_component(std::string_view name, std::string_view summary, std::string_view media_type,
                                   std::uint64_t carries, bool several_files) {
    dossier_component component{};
    component.size = sizeof component;
    component.kind = DOSSIER_COMPONENT_FORMAT;
    component.doc_model = DOSSIER_DOC_MODEL;
    component.name = as_text(name), component.summary = as_text(summary), component.media_type = as_text(media_type);
    component.options = options_of<Type>().abi().data();
    component.n_options = options_of<Type>().abi().size();
    component.carries = carries;
    component.several_files = several_files ? 1 : 0;
    component.create = &FormatGlue<Type>::create;
    component.destroy = &FormatGlue<Type>::destroy;
    component.open = &FormatGlue<Type>::open;
    return component;
}

}  // namespace detail
}  // namespace dossier

#define DOSSIER_ENTRY_(make_component)                                                                    \
    extern "C" DOSSIER_EXPORT dossier_plugin const* dossier_plugin_entry(uint32_t host_major, uint32_t) { \
        if (host_major != DOSSIER_ABI_MAJOR) return nullptr;                                              \
        try {                                                                                             \
            static dossier_component const component = make_component;                                    \
            return dossier::detail::single(component);                                                    \
        } catch (...) {                                                                                   \
            return nullptr;                                                                               \
        }                                                                                                 \
    }

/// Makes `Class` (a dossier::Report) the plugin's report `name`. Once per plugin, at file scope.
#define DOSSIER_REPORT(Class, name, summary)             \
    DOSSIER_METADATA(name, "provides=report:" name "\n") \
    DOSSIER_ENTRY_(dossier::detail::report_component<Class>(name, summary))

/// Makes `Class` (a dossier::Format) the plugin's format `name`. `carries`: DOSSIER_CARRIES_* bits; `several_files`:
/// whether it calls begin_file. Once per plugin, at file scope.
#define DOSSIER_FORMAT(Class, name, summary, media_type, carries, several_files) \
    DOSSIER_METADATA(name, "provides=format:" name "\n")                         \
    DOSSIER_ENTRY_(dossier::detail::format_component<Class>(name, summary, media_type, carries, several_files))

/// Makes `Class` (a dossier::StanceEngine) the plugin's engine `name`. Once per plugin, at file scope.
#define DOSSIER_ENGINE(Class, name, summary)             \
    DOSSIER_METADATA(name, "provides=engine:" name "\n") \
    DOSSIER_ENTRY_(dossier::detail::engine_component<Class>(name, summary))
