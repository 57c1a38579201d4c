#include "views.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace dossier::formats {
namespace {

struct ViewText {
    std::string_view name;
    std::string_view columns;  ///< names with spaces between; ":i": integer, ":r": real, neither: text
    std::string_view order;
    bool claim_by_claim = false;
};

constexpr std::string_view stance_columns =
    "claim_id claim_position:i article_id condition_id condition_position:i stance n_supporting:i "
    "n_refuting:i confidence:r decided_by explained_by_conditions:i internally_contradictory:i "
    "article_position:i quote quote_number:i byte_begin:i byte_end:i line:i page:i path overridden";
constexpr std::string_view quantity_columns =
    "article_id measure estimate:r ci_low:r ci_high:r ci_level:r comparator population text quote "
    "byte_begin:i byte_end:i line:i page:i pooled:i reason_not_pooled path url denominator "
    "outside_interval:i adjustment factor_id group_id:i standard_error:r weight_fixed:r weight_random:r "
    "article_position:i place:i";

constexpr std::array view_texts{
    ViewText{"run",
             "job_title as_of tool_version schema_version:i inputs_sha256 registry_sha256 n_articles:i "
             "n_not_assessable:i n_clusters:i n_claims:i annotations_sha256 lexicon_sha256 statement_model_sha256 "
             "n_overridden:i n_stale:i job_sha256 definitions_sha256 previous_as_of previous_inputs_sha256 n_changes:i",
             ""},
    ViewText{"articles",
             "position:i article_id path format encoding title author published publisher url study_design "
             "conflict_of_interest funding rests_on population doi pmid journal press_release language sha256 "
             "n_sentences:i status status_reason truncated:i proposed cluster_id cluster_reason risk_of_bias "
             "level_of_evidence:i weight:r animal:i conflicted:i retracted:i",
             "position"},
    ViewText{"claims",
             "position:i claim_id statement parent_id contrary_of outcome degree weight:r definition_sha256 decided_by",
             "position"},
    ViewText{"conditions", "position:i condition_id name", "position"},
    ViewText{"evidence",
             "evidence_id claim_id claim_position:i article_id direction strength:r hedged:i attribution "
             "condition_id quote byte_begin:i byte_end:i line:i page:i rule causal_strength decided_by "
             "confidence:r article_position:i path url quote_number:i",
             "claim_position, article_position, evidence_id"},
    ViewText{"stances", stance_columns, "condition_position, article_position", true},
    ViewText{"taken_stances", stance_columns, "article_position, claim_position, condition_position"},
    ViewText{"risk_factors",
             "position:i factor_id name outcome direction usual_direction n_articles:i n_clusters:i "
             "definition_sha256",
             "position"},
    ViewText{"risk_mentions",
             "factor_id factor_position:i article_id direction quote byte_begin:i byte_end:i line:i page:i "
             "condition_id with_evidence:i path url",
             "factor_position, article_id, byte_begin, direction, condition_id"},
    ViewText{"quantities", quantity_columns, "article_position, place"},
    ViewText{"effects", quantity_columns, "article_position, place"},
    ViewText{"pooled_effects",
             "group_id:i factor_id measure population adjustment n_effects:i n_clusters:i method estimate:r "
             "ci_low:r ci_high:r hartung_knapp_low:r hartung_knapp_high:r prediction_low:r prediction_high:r q:r "
             "q_p:r i2:r tau2:r note",
             "group_id, method"},
    ViewText{"effects_left_out", "group_id:i article_id method estimate:r ci_low:r ci_high:r",
             "group_id, article_id, method"},
    ViewText{"consensus",
             "claim_id claim_position:i statement condition_id condition_position:i condition_name n_articles:i "
             "n_clusters:i supports:i refutes:i mixed:i neutral:i silent:i not_assessable:i direction_share:r "
             "ci_low:r ci_high:r bound_low:r bound_high:r sign_test_p:r sign_test_note posterior:r agreement:r "
             "polarisation:r tastle_wierman:r certainty coverage:r direction_word agreement_word certainty_word "
             "coverage_word certainty_reasons majority_supports:r disagreement certainty_suggested "
             "certainty_decided_by clopper_pearson_low:r clopper_pearson_high:r jeffreys_low:r jeffreys_high:r "
             "posterior_uniform:r direction_index:r entropy:r fragile:i flip_set_size:i flip_set n_overridden:i",
             "claim_position, condition_position"},
    ViewText{"sensitivity",
             "claim_id claim_position:i analysis subject direction_share:r direction_word flips:i supports:r "
             "refutes:r mixed:r note",
             "claim_position, analysis, subject"},
    ViewText{"certainty",
             "claim_id claim_position:i condition_id condition_position:i domain levels_down:i reason "
             "suggested_levels_down:i decided_by",
             "claim_position, condition_position, domain"},
    ViewText{"judgements",
             "position:i claim_id claim_position:i condition_id condition_position:i domain levels_down:i level "
             "who when why status reason",
             "position"},
    ViewText{"overlap", "claim_id claim_position:i citations:i studies:i articles:i covered_area:r band reason",
             "claim_position"},
    ViewText{"annotations",
             "position:i role who when claim_id article_id condition_id stance why status reason detector", "position"},
    ViewText{"rater_agreement",
             "position:i comparison coefficient value:r ci_low:r ci_high:r observed_agreement:r n_units:i "
             "n_raters:i n_ratings:i status note",
             "position"},
    ViewText{"confusion", "detector person n:i", "detector, person"},
    ViewText{"components", "position:i kind name version sha256 options_sha256", "position"},
    ViewText{"changes",
             "kind claim_id article_id before after cause position:i condition_id factor_id aspect causes quote_before",
             "position"},
    ViewText{"words", "position:i part word rule", "position"},
    ViewText{"diagnostics", "position:i severity code file line:i column:i message notes", "position"},
};

/// The parts of `text` between separators, without spaces around them.
std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        auto const end = text.find(separator);
        auto part = text.substr(0, end);
        while (!part.empty() && part.front() == ' ')
            part.remove_prefix(1);
        while (!part.empty() && part.back() == ' ')
            part.remove_suffix(1);
        parts.push_back(part);
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

ViewColumn column_of(std::string_view text) {
    auto const end = text.find(':');
    auto const suffix = end == std::string_view::npos ? std::string_view() : text.substr(end);
    auto const type = suffix == ":i" ? ColumnType::integer : suffix == ":r" ? ColumnType::real : ColumnType::text;
    return {std::string(text.substr(0, end)), type};
}

std::vector<AnalysisView> all_views() {
    std::vector<AnalysisView> views;
    for (auto const& text : view_texts) {
        AnalysisView view{text.name, {}, text.order, text.claim_by_claim};
        for (auto const column : split(text.columns, ' '))
            view.columns.push_back(column_of(column));
        views.push_back(std::move(view));
    }
    return views;
}

std::string select(AnalysisView const& view) {
    std::string sql;
    for (auto const& column : view.columns)
        sql += (sql.empty() ? "SELECT \"" : ", \"") + column.name + '"';
    sql += " FROM " + std::string(view.name);
    if (view.claim_by_claim) sql += " WHERE claim_position = ?1";
    if (!view.order.empty()) sql += " ORDER BY " + std::string(view.order);
    return sql;
}

void write_value(Row const& row, std::size_t index, ColumnType type, JsonWriter& json) {
    if (!row.has(index)) return json.null();
    switch (type) {
        case ColumnType::text: return json.value(row.text(index));
        case ColumnType::integer: return json.value(row.integer(index));
        case ColumnType::real: return json.value(*row.real(index));
    }
}

void write_rows(AnalysisView const& view, Rows<Row> rows, JsonWriter& json) {
    for (auto const& row : rows) {
        json.begin_object();
        for (std::size_t i = 0; i < view.columns.size(); ++i) {
            json.key(view.columns[i].name);
            write_value(row, i, view.columns[i].type, json);
        }
        json.end_object();
    }
}

std::vector<std::int64_t> claim_positions(Analysis const& analysis) {
    std::vector<std::int64_t> positions;
    for (auto const position : analysis.query<std::int64_t>("SELECT position FROM claims ORDER BY position", {},
                                                            [](Row const& row) { return row.integer(0); }))
        positions.push_back(position);
    return positions;
}

void write_view(AnalysisView const& view, Analysis const& analysis, JsonWriter& json) {
    auto const as_it_is = [](Row const& row) { return row; };
    auto const sql = select(view);
    if (!view.claim_by_claim) return write_rows(view, analysis.query<Row>(sql, {}, as_it_is), json);
    for (auto const position : claim_positions(analysis))
        write_rows(view, analysis.query<Row>(sql, {position}, as_it_is), json);
}

AnalysisView const* find_view(std::string_view name) {
    auto const& views = analysis_views();
    auto const found =
        std::find_if(views.begin(), views.end(), [&](AnalysisView const& view) { return view.name == name; });
    return found == views.end() ? nullptr : &*found;
}

[[noreturn]] void refuse(std::string_view name) {
    std::string names;
    for (auto const& view : analysis_views())
        names += (names.empty() ? "" : ", ") + std::string(view.name);
    throw PluginError("the analysis has no view `" + std::string(name) + "`; it has all, none, or any of " + names,
                      DOSSIER_BAD_OPTION, "views");
}

}  // namespace

std::vector<AnalysisView> const& analysis_views() {
    static std::vector<AnalysisView> const views = all_views();
    return views;
}

std::vector<AnalysisView const*> chosen_views(std::string_view option) {
    std::vector<AnalysisView const*> chosen;
    if (option == "none") return chosen;
    auto const names = split(option, ',');
    for (auto const name : names)
        if (option != "all" && find_view(name) == nullptr) refuse(name);
    for (auto const& view : analysis_views())
        if (option == "all" || std::find(names.begin(), names.end(), view.name) != names.end()) chosen.push_back(&view);
    return chosen;
}

void write_views(std::vector<AnalysisView const*> const& views, Analysis const& analysis, JsonWriter& json) {
    json.begin_object(Elements::one_per_line);
    for (auto const* const view : views) {
        json.key(view->name);
        json.begin_array(Elements::one_per_line);
        write_view(*view, analysis, json);
        json.end_array();
    }
    json.end_object();
}

}  // namespace dossier::formats
