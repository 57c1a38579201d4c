#include "dossier/store/schema.hpp"

#include <array>

namespace dossier {

namespace {

constexpr std::string_view not_stated = "not stated";
constexpr std::string_view stance_words = "supports, refutes, mixed, neutral, silent, not_assessable";
constexpr std::string_view byte_note = "bytes of the original file, from 0";

constexpr std::array run_columns = {
    ViewColumn{"job_title", "text", "title of the job", "", ""},
    ViewColumn{"as_of", "text", "the day the run speaks for, as the job gives it", "ISO 8601 date", ""},
    ViewColumn{"tool_version", "text", "version of Dossier that wrote the file", "", ""},
    ViewColumn{"schema_version", "integer", "version of these views", "2", ""},
    ViewColumn{"inputs_sha256", "text", "digest over all inputs of the run", "64 hex digits", ""},
    ViewColumn{"registry_sha256", "text", "digest over the files of the registry", "64 hex digits", ""},
    ViewColumn{"n_articles", "integer", "articles looked at", ">= 0", ""},
    ViewColumn{"n_not_assessable", "integer", "of these, articles that could not be assessed", ">= 0", ""},
    ViewColumn{"n_clusters", "integer", "independent sources that the articles form", ">= 0", ""},
    ViewColumn{"n_claims", "integer", "claims of the registry", ">= 0", ""},
    ViewColumn{"annotations_sha256", "text", "digest of the file of annotations", "64 hex digits", "there is none"},
    ViewColumn{"lexicon_sha256", "text", "digest of the rules that sentences were read by", "64 hex digits", ""},
    ViewColumn{"statement_model_sha256", "text", "digest of the weights of the statement model", "64 hex digits", ""},
    ViewColumn{"n_overridden", "integer", "stances that a person decided", ">= 0", ""},
    ViewColumn{"n_stale", "integer", "annotations that no longer match text or claim and were not applied", ">= 0", ""},
    ViewColumn{"job_sha256", "text", "digest of the job file", "64 hex digits", "it was not made by a job"},
    ViewColumn{
        "definitions_sha256", "text",
        "digest of what the registry says, whatever its files look like: claims, conditions, risk factors, terms",
        "64 hex digits", ""},
    ViewColumn{"previous_as_of", "text", "the day that the run before this one spoke for", "ISO 8601 date",
               "there is none: this is the first run, or the one before could not be read"},
    ViewColumn{"previous_inputs_sha256", "text", "inputs_sha256 of that run", "64 hex digits", "there is none"},
    ViewColumn{"n_changes", "integer", "rows of `changes`", ">= 0", ""},
};

constexpr std::array article_columns = {
    ViewColumn{"position", "integer", "its place in the order of reading", "from 1", ""},
    ViewColumn{"article_id", "text", "the article's name in the run", "unique", ""},
    ViewColumn{"path", "text", "where the file was found, relative to the job's folder", "", ""},
    ViewColumn{"format", "text", "how the file was read", "text, markdown, html, …", ""},
    ViewColumn{"encoding", "text", "the character encoding it was decoded from", "", ""},
    ViewColumn{"title", "text", "its title", "", not_stated},
    ViewColumn{"author", "text", "who wrote it", "", not_stated},
    ViewColumn{"published", "text", "when it was published, as far as stated", "ISO 8601: 2026, 2026-11 or 2026-11-22",
               not_stated},
    ViewColumn{"publisher", "text", "who published it", "", not_stated},
    ViewColumn{"url", "text", "where it was published", "", not_stated},
    ViewColumn{"study_design", "text", "what kind of study or text it is", "", not_stated},
    ViewColumn{"conflict_of_interest", "text", "the interest its author or publisher has in the outcome", "",
               not_stated},
    ViewColumn{"funding", "text", "who paid for it", "", not_stated},
    ViewColumn{"rests_on", "text", "the primary study it reports", "DOI, PMID or title", not_stated},
    ViewColumn{"population", "text", "who or what was studied", "human, animal, in vitro, or as declared", not_stated},
    ViewColumn{"doi", "text", "its own DOI", "lower case, without resolver", not_stated},
    ViewColumn{"pmid", "text", "its own number in PubMed", "digits", not_stated},
    ViewColumn{"journal", "text", "the journal, book or proceedings it stands in", "", not_stated},
    ViewColumn{"press_release", "text", "the press release or news agency its text was taken from", "", not_stated},
    ViewColumn{"language", "text", "its language", "ISO 639-1, or und (not recognised)", "too little text to tell"},
    ViewColumn{"sha256", "text", "digest of the file", "64 hex digits", ""},
    ViewColumn{"n_sentences", "integer", "sentences of its main text, that is, those that may be quoted", ">= 0", ""},
    ViewColumn{"status", "text", "whether it could be assessed", "ok, not_assessable", ""},
    ViewColumn{"status_reason", "text", "why not, or what to be careful about", "", "nothing to add"},
    ViewColumn{"truncated", "integer", "1 if the capture breaks off, so that silence means nothing", "0, 1", ""},
    ViewColumn{"proposed", "text", "columns above that were read out of the text and not declared by a person",
               "column names with a comma between", "all were declared, or nothing is stated"},
    ViewColumn{"cluster_id", "text", "the independent source it belongs to: the id of that source's first article", "",
               ""},
    ViewColumn{"cluster_reason", "text", "why it is one source with other articles", "", "it stands alone"},
    ViewColumn{"risk_of_bias", "text", "a person's appraisal, or as the text states it", "low, some concerns, high",
               "not appraised"},
    ViewColumn{"level_of_evidence", "integer", "level of its design in the OCEBM 2011 table, for questions of harm",
               "1 to 5", "its design is not stated, or none that the table has"},
    ViewColumn{"weight", "real", "its weight in sensitivity analyses", ">= 0", ""},
    ViewColumn{"animal", "integer", "1 if it rests on an animal or laboratory study, by its population or design",
               "0, 1", ""},
    ViewColumn{"conflicted", "integer",
               "1 if conflict_of_interest says more than that there is none, or that nothing is known", "0, 1", ""},
    ViewColumn{"retracted", "integer", "1 if it is marked as retracted, or declared to be; it counts all the same",
               "0, 1", ""},
};

constexpr std::array claim_columns = {
    ViewColumn{"position", "integer", "its place in the registry", "from 1", ""},
    ViewColumn{"claim_id", "text", "the claim's id", "unique", ""},
    ViewColumn{"statement", "text", "the sentence that is assessed", "", ""},
    ViewColumn{"parent_id", "text", "the claim it is a part of", "", "none"},
    ViewColumn{"contrary_of", "text", "the claim it denies", "", "none"},
    ViewColumn{"outcome", "text", "what the claim is about happening", "", not_stated},
    ViewColumn{"degree", "text", "whether it says that a quantity is low or high", "none, low, high", ""},
    ViewColumn{"weight", "real", "its weight", ">= 0", ""},
    ViewColumn{"definition_sha256", "text",
               "digest of all that defines it: statement, cues, subject, outcome, conditions, how it belongs to others",
               "64 hex digits", ""},
    ViewColumn{"decided_by", "text", "who decides it where no person does", "engine, engine:…", ""},
};

constexpr std::array condition_columns = {
    ViewColumn{"position", "integer", "its place in the registry", "from 1", ""},
    ViewColumn{"condition_id", "text", "the condition's id", "unique", ""},
    ViewColumn{"name", "text", "the condition in words", "", ""},
};

constexpr std::array evidence_columns = {
    ViewColumn{"evidence_id", "text", "the quote's number; sorted by claim, article and place", "e000001, …", ""},
    ViewColumn{"claim_id", "text", "the claim it bears on", "", ""},
    ViewColumn{"claim_position", "integer", "that claim's place in the registry", "from 1", ""},
    ViewColumn{"article_id", "text", "the article it stands in", "", ""},
    ViewColumn{"direction", "text", "which way it points", "supports, refutes, neutral", ""},
    ViewColumn{"strength", "real", "1 for a plain assertion; hedges and reports lower it", "0 to 1", ""},
    ViewColumn{"hedged", "integer", "1 if it is hedged (may, might, likely)", "0, 1", ""},
    ViewColumn{"attribution", "text", "who says it and how; asked, hypothetical and recommended take no side",
               "asserted, reported, asked, rebutted, hypothetical, recommended", ""},
    ViewColumn{"condition_id", "text", "the condition that governs it; '' for none", "", ""},
    ViewColumn{"quote", "text", "the sentence, word for word, white space folded", "", ""},
    ViewColumn{"byte_begin", "integer", "where it begins", byte_note, ""},
    ViewColumn{"byte_end", "integer", "where it ends", byte_note, ""},
    ViewColumn{"line", "integer", "the line it begins on; of a PDF, within its page", "from 1", ""},
    ViewColumn{"page", "integer", "the page it begins on", "from 1", "the source has no pages"},
    ViewColumn{"rule", "text", "which cue decided and what turned it", "", ""},
    ViewColumn{"causal_strength", "text", "what kind of link the sentence states; never decides a stance",
               "none, correlational, conditional, direct", ""},
    ViewColumn{"decided_by", "text", "who decided: an engine, or a person", "engine, engine:…, or a person's id", ""},
    ViewColumn{"confidence", "real", "calibrated chance that the direction is right", "0 to 1", "not calibrated"},
    ViewColumn{"article_position", "integer", "the article's place in the order of reading", "from 1", ""},
    ViewColumn{"path", "text", "the article's file", "", ""},
    ViewColumn{"url", "text", "where the article was published", "", not_stated},
    ViewColumn{"quote_number", "integer", "by which a cell with the quote is checked", ">= 0", ""},
};

constexpr std::array stance_columns = {
    ViewColumn{"claim_id", "text", "the claim", "", ""},
    ViewColumn{"claim_position", "integer", "its place in the registry", "from 1", ""},
    ViewColumn{"article_id", "text", "the article", "", ""},
    ViewColumn{"condition_id", "text", "the condition; '' for the article as a whole", "", ""},
    ViewColumn{"condition_position", "integer", "the condition's place in the registry; 0 overall", ">= 0", ""},
    ViewColumn{"stance", "text", "what the article says", stance_words, ""},
    ViewColumn{"n_supporting", "integer", "distinct quotes that support", ">= 0", ""},
    ViewColumn{"n_refuting", "integer", "distinct quotes that refute", ">= 0", ""},
    ViewColumn{"confidence", "real", "calibrated chance that the stance is right", "0 to 1", "not calibrated"},
    ViewColumn{"decided_by", "text",
               "who decided its quotes, with a comma between; without quotes, who the claim is decided by",
               "engine, engine:…, or a person's id", ""},
    ViewColumn{"explained_by_conditions", "integer", "1 if mixed overall, but of one mind under each condition", "0, 1",
               ""},
    ViewColumn{"internally_contradictory", "integer", "1 if quotes under the same condition point both ways", "0, 1",
               ""},
    ViewColumn{"article_position", "integer", "the article's place in the order of reading", "from 1", ""},
    ViewColumn{"quote", "text", "the first quote on its side, word for word", "", "no quote takes a side"},
    ViewColumn{"quote_number", "integer", "by which a cell with that quote is checked", ">= 0",
               "no quote takes a side"},
    ViewColumn{"byte_begin", "integer", "where that quote begins", byte_note, "no quote takes a side"},
    ViewColumn{"byte_end", "integer", "where it ends", byte_note, "no quote takes a side"},
    ViewColumn{"line", "integer", "the line it begins on; of a PDF, within its page", "from 1",
               "no quote takes a side"},
    ViewColumn{"page", "integer", "the page it begins on", "from 1", "the source has no pages, or there is no quote"},
    ViewColumn{"path", "text", "the article's file", "", ""},
    ViewColumn{"overridden", "text", "what the engine had said, where a person's annotation decided", stance_words,
               "nobody overrode it"},
};

constexpr std::array risk_factor_columns = {
    ViewColumn{"position", "integer", "its place in the registry", "from 1", ""},
    ViewColumn{"factor_id", "text", "the factor's id", "unique", ""},
    ViewColumn{"name", "text", "the factor in words", "", ""},
    ViewColumn{"outcome", "text", "what it moves", "", not_stated},
    ViewColumn{"direction", "text", "which way at least 70 % of the independent sources that tell say it moves it",
               "raises, lowers, no_effect, unclear", ""},
    ViewColumn{"usual_direction", "text", "which way the registry expects", "raises, lowers, no_effect, unclear", ""},
    ViewColumn{"n_articles", "integer", "articles that name it", ">= 0", ""},
    ViewColumn{"n_clusters", "integer", "independent sources that name it", ">= 0", ""},
    ViewColumn{"definition_sha256", "text", "digest of all that defines it: name, phrases, outcome, usual direction",
               "64 hex digits", ""},
};

constexpr std::array risk_mention_columns = {
    ViewColumn{"factor_id", "text", "the factor", "", ""},
    ViewColumn{"factor_position", "integer", "its place in the registry", "from 1", ""},
    ViewColumn{"article_id", "text", "the article that names it", "", ""},
    ViewColumn{"direction", "text", "which way this sentence says it moves the outcome",
               "raises, lowers, no_effect, unclear", ""},
    ViewColumn{"quote", "text", "the sentence, word for word, white space folded", "", ""},
    ViewColumn{"byte_begin", "integer", "where it begins", byte_note, ""},
    ViewColumn{"byte_end", "integer", "where it ends", byte_note, ""},
    ViewColumn{"line", "integer", "the line it begins on; of a PDF, within its page", "from 1", ""},
    ViewColumn{"page", "integer", "the page it begins on", "from 1", "the source has no pages"},
    ViewColumn{"condition_id", "text", "the condition that governs it; '' for none", "", ""},
    ViewColumn{"with_evidence", "integer",
               "1 if the sentence reports a study, or stands in the report of one; 0 for a mere mention", "0, 1", ""},
    ViewColumn{"path", "text", "the article's file", "", ""},
    ViewColumn{"url", "text", "where the article was published", "", not_stated},
};

constexpr std::array quantity_columns = {
    ViewColumn{"article_id", "text", "the article it stands in", "", ""},
    ViewColumn{"measure", "text", "what is measured", "%, OR, RR, HR, IRR, PR, MD, SMD", ""},
    ViewColumn{"estimate", "real", "the number; 30 for 30 %", "", ""},
    ViewColumn{"ci_low", "real", "lower end of its interval", "", "no interval stated"},
    ViewColumn{"ci_high", "real", "upper end of its interval", "", "no interval stated"},
    ViewColumn{"ci_level", "real", "level of the interval", "0 to 1", not_stated},
    ViewColumn{"comparator", "text", "how the number is bounded; 'up to' is an upper bound, not an estimate",
               "=, up to, at least, about, more than, less than", ""},
    ViewColumn{"population", "text", "the words that name who was counted", "", not_stated},
    ViewColumn{"text", "text", "the number as it stands in the quote", "", ""},
    ViewColumn{"quote", "text", "the sentence, word for word, white space folded", "", ""},
    ViewColumn{"byte_begin", "integer", "where it begins", byte_note, ""},
    ViewColumn{"byte_end", "integer", "where it ends", byte_note, ""},
    ViewColumn{"line", "integer", "the line it begins on; of a PDF, within its page", "from 1", ""},
    ViewColumn{"page", "integer", "the page it begins on", "from 1", "the source has no pages"},
    ViewColumn{"pooled", "integer", "1 if it entered a pooled estimate", "0, 1", ""},
    ViewColumn{"reason_not_pooled", "text", "why it did not", "", "it did"},
    ViewColumn{"path", "text", "the article's file", "", ""},
    ViewColumn{"url", "text", "where the article was published", "", not_stated},
    ViewColumn{"denominator", "text", "the words that give the number it is a share of", "of 1,200 users", not_stated},
    ViewColumn{"outside_interval", "integer", "1 if the estimate lies outside its own interval: a misprint somewhere",
               "0, 1", ""},
    ViewColumn{"adjustment", "text", "whether it was adjusted for other factors", "adjusted, crude", not_stated},
    ViewColumn{"factor_id", "text", "the risk factor that its sentence names", "", "none, or several"},
    ViewColumn{"group_id", "integer", "the group of `pooled_effects` it belongs to", "from 1", "none"},
    ViewColumn{"standard_error", "real", "of the estimate; of a ratio, of its natural logarithm", "> 0",
               "no interval stated"},
    ViewColumn{"weight_fixed", "real", "its share of the fixed-effect estimate", "0 to 1", "not pooled"},
    ViewColumn{"weight_random", "real", "its share of the random-effects estimate (DerSimonian-Laird)", "0 to 1",
               "not pooled"},
    ViewColumn{"article_position", "integer", "the article's place in the order of reading", "from 1", ""},
    ViewColumn{"place", "integer", "its place among the quantities of its article", "from 1", ""},
};

constexpr std::array pooled_effect_columns = {
    ViewColumn{"group_id", "integer", "the group of effects that may be pooled", "from 1", ""},
    ViewColumn{"factor_id", "text", "the risk factor", "", "the sentences name none"},
    ViewColumn{"measure", "text", "what is measured", "OR, RR, HR, IRR, PR, MD, SMD", ""},
    ViewColumn{"population", "text", "who was counted", "", not_stated},
    ViewColumn{"adjustment", "text", "whether they were adjusted for other factors", "adjusted, crude", not_stated},
    ViewColumn{"n_effects", "integer", "effects, one per independent source", ">= 2", ""},
    ViewColumn{"n_clusters", "integer", "independent sources", ">= 2", ""},
    ViewColumn{"method", "text", "how they are pooled", "fixed, DerSimonian-Laird, REML, Paule-Mandel", ""},
    ViewColumn{"estimate", "real", "the pooled estimate, on the scale of the measure", "", ""},
    ViewColumn{"ci_low", "real", "lower end of its 95 % interval", "", ""},
    ViewColumn{"ci_high", "real", "upper end", "", ""},
    ViewColumn{"hartung_knapp_low", "real", "lower end of the 95 % interval after Hartung and Knapp", "",
               "the method has none"},
    ViewColumn{"hartung_knapp_high", "real", "upper end", "", "the method has none"},
    ViewColumn{"prediction_low", "real", "lower end of the 95 % prediction interval", "",
               "fewer than three effects, or the method has none"},
    ViewColumn{"prediction_high", "real", "upper end", "", "fewer than three effects, or the method has none"},
    ViewColumn{"q", "real", "Cochran's Q", ">= 0", ""},
    ViewColumn{"q_p", "real", "its p-value with n_effects - 1 degrees of freedom", "0 to 1", ""},
    ViewColumn{"i2", "real", "share of the variation that is between sources, (Q - df) / Q", "0 to 1", ""},
    ViewColumn{"tau2", "real", "variance between sources; of ratios, of logarithms", ">= 0", ""},
    ViewColumn{"note", "text", "what to be careful about", "", "nothing"},
};

constexpr std::array effect_left_out_columns = {
    ViewColumn{"group_id", "integer", "the group of `pooled_effects`", "from 1", ""},
    ViewColumn{"article_id", "text", "the article that is left out", "", ""},
    ViewColumn{"method", "text", "as in `pooled_effects`", "", ""},
    ViewColumn{"estimate", "real", "the pooled estimate without it", "", ""},
    ViewColumn{"ci_low", "real", "lower end of its 95 % interval", "", ""},
    ViewColumn{"ci_high", "real", "upper end", "", ""},
};

constexpr std::string_view domain_words =
    "study design, risk of bias, inconsistency, indirectness, imprecision, publication bias";

constexpr std::array certainty_columns = {
    ViewColumn{"claim_id", "text", "the claim", "", ""},
    ViewColumn{"claim_position", "integer", "its place in the registry", "from 1", ""},
    ViewColumn{"condition_id", "text", "the condition; '' for overall", "", ""},
    ViewColumn{"condition_position", "integer", "the condition's place in the registry; 0 overall", ">= 0", ""},
    ViewColumn{"domain", "text", "what may lower the certainty", domain_words, ""},
    ViewColumn{"levels_down", "integer", "by how many levels it does", "0 to 2", ""},
    ViewColumn{"reason", "text", "why, or why not", "", ""},
    ViewColumn{"suggested_levels_down", "integer", "what the data suggest, whoever decided", "0 to 2", ""},
    ViewColumn{"decided_by", "text", "who decided", "data, or a person's id", ""},
};

constexpr std::array judgement_columns = {
    ViewColumn{"position", "integer", "its place: those of the registry, then those of the annotations", "from 1", ""},
    ViewColumn{"claim_id", "text", "the claim", "", ""},
    ViewColumn{"claim_position", "integer", "its place in the registry", "from 1", ""},
    ViewColumn{"condition_id", "text", "the condition; '' for overall", "", ""},
    ViewColumn{"condition_position", "integer", "the condition's place in the registry; 0 overall", ">= 0", ""},
    ViewColumn{"domain", "text", "the domain that is judged", domain_words, "the certainty as a whole is"},
    ViewColumn{"levels_down", "integer", "by how many levels the domain lowers it", "0 to 2",
               "the certainty as a whole is judged"},
    ViewColumn{"level", "text", "the certainty as a whole", "high, moderate, low, very low", "a domain is judged"},
    ViewColumn{"who", "text", "the person's id", "", ""},
    ViewColumn{"when", "text", "the day of the judgement", "ISO 8601 date", not_stated},
    ViewColumn{"why", "text", "the person's reason", "", ""},
    ViewColumn{"status", "text", "what became of it", "applied, replaced, not applied", ""},
    ViewColumn{"reason", "text", "why it is not applied", "", "it is, or a later one replaces it"},
};

constexpr std::array overlap_columns = {
    ViewColumn{"claim_id", "text", "whose informative articles; '' for all articles", "", ""},
    ViewColumn{"claim_position", "integer", "its place in the registry; 0 for all articles", ">= 0", ""},
    ViewColumn{"citations", "integer", "times that primary studies are named (N)", ">= 0", ""},
    ViewColumn{"studies", "integer", "different primary studies (r)", ">= 0", ""},
    ViewColumn{"articles", "integer", "articles that name any (c)", ">= 0", ""},
    ViewColumn{"covered_area", "real", "corrected covered area (N - r) / (r c - r)", "0 to 1", "see reason"},
    ViewColumn{"band", "text", "the overlap in words", "slight, moderate, high, very high", "see reason"},
    ViewColumn{"reason", "text", "why it is not defined", "", "it is"},
};

constexpr std::array annotation_columns = {
    ViewColumn{"position", "integer", "its place in the file", "from 1", ""},
    ViewColumn{"role", "text", "whether it decides the stance, or is compared only", "override, rating", ""},
    ViewColumn{"who", "text", "the person's id", "", ""},
    ViewColumn{"when", "text", "when it was written", "ISO 8601 date", not_stated},
    ViewColumn{"claim_id", "text", "the claim", "", ""},
    ViewColumn{"article_id", "text", "the article", "", ""},
    ViewColumn{"condition_id", "text", "the condition; '' for overall", "", ""},
    ViewColumn{"stance", "text", "what the person says it says", stance_words, ""},
    ViewColumn{"why", "text", "the person's reason", "", not_stated},
    ViewColumn{"status", "text", "what became of it", "applied, compared, stale, superseded", ""},
    ViewColumn{"reason", "text", "why it is stale, and where it was renewed if it is superseded", "", "it is in force"},
    ViewColumn{"detector", "text", "what the engine said", stance_words, "article or claim are not part of the run"},
};

constexpr std::array rater_agreement_columns = {
    ViewColumn{"position", "integer", "its place", "from 1", ""},
    ViewColumn{"comparison", "text", "whose readings are compared", "between raters, detector and people", ""},
    ViewColumn{"coefficient", "text", "the coefficient's name", "", ""},
    ViewColumn{"value", "real", "its value", "at most 1", "not defined: see status"},
    ViewColumn{"ci_low", "real", "lower end of its 95 % bootstrap interval", "", "not defined"},
    ViewColumn{"ci_high", "real", "upper end", "", "not defined"},
    ViewColumn{"observed_agreement", "real", "share of pairs of ratings that agree", "0 to 1", "no pair"},
    ViewColumn{"n_units", "integer", "claim and article pairs with at least two readings", ">= 0", ""},
    ViewColumn{"n_raters", "integer", "raters", ">= 0", ""},
    ViewColumn{"n_ratings", "integer", "readings", ">= 0", ""},
    ViewColumn{"status", "text", "whether the coefficient is defined",
               "ok, no-variation, one-rater, no-overlap, no-data", ""},
    ViewColumn{"note", "text", "what to be careful about", "", "nothing"},
};

constexpr std::array confusion_columns = {
    ViewColumn{"detector", "text", "what the engine said", stance_words, ""},
    ViewColumn{"person", "text", "what a person said", stance_words, ""},
    ViewColumn{"n", "integer", "how often; pairs that never occur have no row", ">= 1", ""},
};

constexpr std::array component_columns = {
    ViewColumn{"position", "integer", "its place", "from 1", ""},
    ViewColumn{"kind", "text", "what it is", "report, format, engine", ""},
    ViewColumn{"name", "text", "how the job names it", "", ""},
    ViewColumn{"version", "text", "its plugin's version", "", "its file could not be read"},
    ViewColumn{"sha256", "text", "digest of its plugin's file", "64 hex digits", "its file could not be read"},
    ViewColumn{"options_sha256", "text", "digest of the options it was given; of an engine: for all its claims",
               "64 hex digits", "it takes none"},
};

constexpr std::array consensus_columns = {
    ViewColumn{"claim_id", "text", "the claim", "", ""},
    ViewColumn{"claim_position", "integer", "its place in the registry", "from 1", ""},
    ViewColumn{"statement", "text", "the claim in words", "", ""},
    ViewColumn{"condition_id", "text", "the condition; '' for overall", "", ""},
    ViewColumn{"condition_position", "integer", "the condition's place in the registry; 0 overall", ">= 0", ""},
    ViewColumn{"condition_name", "text", "the condition in words; '' for overall", "", ""},
    ViewColumn{"n_articles", "integer", "articles looked at", ">= 0", ""},
    ViewColumn{"n_clusters", "integer", "independent sources looked at; the sum of the six counts that follow", ">= 0",
               ""},
    ViewColumn{"supports", "integer", "independent sources that support", ">= 0", ""},
    ViewColumn{"refutes", "integer", "independent sources that refute", ">= 0", ""},
    ViewColumn{"mixed", "integer", "independent sources that say both", ">= 0", ""},
    ViewColumn{"neutral", "integer", "independent sources that discuss it without a stance", ">= 0", ""},
    ViewColumn{"silent", "integer", "independent sources that say nothing on it", ">= 0", ""},
    ViewColumn{"not_assessable", "integer", "independent sources that cannot tell: unreadable, or cut off", ">= 0", ""},
    ViewColumn{"direction_share", "real", "supports / (supports + refutes)", "0 to 1", "no source takes a side"},
    ViewColumn{"ci_low", "real", "lower end of the 95 % Wilson interval of direction_share", "0 to 1",
               "no source takes a side"},
    ViewColumn{"ci_high", "real", "upper end of that interval", "0 to 1", "no source takes a side"},
    ViewColumn{"bound_low", "real", "the share if every mixed source refuted", "0 to 1", "no source is informative"},
    ViewColumn{"bound_high", "real", "the share if every mixed source supported", "0 to 1", "no source is informative"},
    ViewColumn{"sign_test_p", "real", "exact two-sided sign test, descriptive only", "0 to 1",
               "withheld: see sign_test_note"},
    ViewColumn{"sign_test_note", "text", "why it is withheld, or what it cannot say", "", "nothing to add"},
    ViewColumn{"posterior", "real", "P(share > 1/2) under the Jeffreys prior", "0 to 1", "no source takes a side"},
    ViewColumn{"agreement", "real", "van der Eijk's A over refutes < mixed < supports",
               "-1 (two camps) to 1 (unanimous)", "fewer than two informative sources"},
    ViewColumn{"polarisation", "real", "(1 - agreement) / 2", "0 to 1", "fewer than two informative sources"},
    ViewColumn{"tastle_wierman", "real", "Tastle and Wierman's consensus Cns", "0 to 1",
               "fewer than two informative sources"},
    ViewColumn{"certainty", "text", "suggested certainty of the body of evidence", "high, moderate, low, very low",
               "not rated"},
    ViewColumn{"coverage", "real", "informative / (informative + neutral + silent)", "0 to 1",
               "no source could be read"},
    ViewColumn{"direction_word", "text", "the direction in words", "", ""},
    ViewColumn{"agreement_word", "text", "the agreement in words", "", ""},
    ViewColumn{"certainty_word", "text", "the certainty in words", "", ""},
    ViewColumn{"coverage_word", "text", "the coverage in words", "", ""},
    ViewColumn{"certainty_reasons", "text", "what lowered the certainty or was judged, one line each", "",
               "nothing lowered it, and nobody judged"},
    ViewColumn{"majority_supports", "real",
               "P(more independent sources support than refute), from the confidence of each stance", "0 to 1",
               "the stance of some source has no calibrated confidence"},
    ViewColumn{"disagreement", "text", "whether sources disagree, and if so, whether conditions explain all of it",
               "none, explained, unexplained", ""},
    ViewColumn{"certainty_suggested", "text", "what the data suggest, whoever decided", "high, moderate, low, very low",
               "not rated"},
    ViewColumn{"certainty_decided_by", "text", "who decided the certainty", "data, or a person's id", ""},
    ViewColumn{"clopper_pearson_low", "real", "lower end of the 95 % Clopper-Pearson interval", "0 to 1",
               "no source takes a side"},
    ViewColumn{"clopper_pearson_high", "real", "upper end", "0 to 1", "no source takes a side"},
    ViewColumn{"jeffreys_low", "real", "lower end of the 95 % Jeffreys interval", "0 to 1", "no source takes a side"},
    ViewColumn{"jeffreys_high", "real", "upper end", "0 to 1", "no source takes a side"},
    ViewColumn{"posterior_uniform", "real", "P(share > 1/2) under the uniform prior, to compare", "0 to 1",
               "no source takes a side"},
    ViewColumn{"direction_index", "real",
               "(supports - refutes) / informative; 0 for a tie and for all mixed, so never to be read alone",
               "-1 to 1", "no source is informative"},
    ViewColumn{"entropy", "real", "entropy of the informative stances, in units of log2 3", "0 to 1",
               "fewer than two informative sources"},
    ViewColumn{"fragile", "integer", "1 if leaving out one source gives another verdict", "0, 1", ""},
    ViewColumn{"flip_set_size", "integer",
               "fewest sources whose removal changes direction_word, other than to firmer words in its direction",
               ">= 1", "no source is informative"},
    ViewColumn{"flip_set", "text", "which, in words", "", "no source is informative"},
    ViewColumn{"n_overridden", "integer", "articles whose stance a person decided", ">= 0", ""},
};

constexpr std::array sensitivity_columns = {
    ViewColumn{"claim_id", "text", "the claim", "", ""},
    ViewColumn{"claim_position", "integer", "its place in the registry", "from 1", ""},
    ViewColumn{"analysis", "text", "what was done differently",
               "leave_one_article_out, leave_one_cluster_out, low_risk_of_bias_only, no_conflict_of_interest,"
               " no_retracted_articles,"
               " human_evidence_only, mixed_as_half, weighted, uniform_prior, publisher_correlation, threshold",
               ""},
    ViewColumn{"subject", "text", "what it was done to: an article_id, a cluster_id, or the threshold", "",
               "the analysis has no subject"},
    ViewColumn{"direction_share", "real", "the share that then comes out", "0 to 1", "no source takes a side then"},
    ViewColumn{"direction_word", "text", "the direction in words that then comes out; \"not estimated\": see the note",
               "", ""},
    ViewColumn{"flips", "integer", "1 if these words are another verdict, and not the same direction in firmer words",
               "0, 1", ""},
    ViewColumn{"supports", "real", "sources that then support; a fraction where votes are weighted", ">= 0", ""},
    ViewColumn{"refutes", "real", "sources that then refute", ">= 0", ""},
    ViewColumn{"mixed", "real", "sources that then say both", ">= 0", ""},
    ViewColumn{"note", "text", "why it could not be done, or what to be careful about", "", "nothing to add"},
};

constexpr std::array change_columns = {
    ViewColumn{"kind", "text", "what kind of thing changed since the previous run", "see docs/commands/diff.md", ""},
    ViewColumn{"claim_id", "text", "the claim it is about", "", "none"},
    ViewColumn{"article_id", "text", "the article it is about", "", "none"},
    ViewColumn{"before", "text", "what was", "", "it was not there"},
    ViewColumn{"after", "text", "what is", "", "it is gone"},
    ViewColumn{"cause", "text", "why, in words; several causes with '; ' between, where they cannot be told apart", "",
               "not known"},
    ViewColumn{"position", "integer", "its place", "from 1", ""},
    ViewColumn{"condition_id", "text", "the condition; '' for overall", "", "it is not about a stance or a verdict"},
    ViewColumn{"factor_id", "text", "the risk factor it is about", "", "none"},
    ViewColumn{"aspect", "text", "what of it changed: a part of the verdict, a value of the article, a component", "",
               "all of it"},
    ViewColumn{"causes", "text", "the causes as words for programs, with ',' between", "see docs/commands/diff.md",
               "not known"},
    ViewColumn{"quote_before", "text", "the quote that bore the stance out before, word for word", "",
               "it is not about a stance, or none did"},
};

constexpr std::array diagnostic_columns = {
    ViewColumn{"position", "integer", "its place among the messages of the run", "from 1", ""},
    ViewColumn{"severity", "text", "how bad it is", "note, warning, error", ""},
    ViewColumn{"code", "text", "the message's stable code", "DOS0000", ""},
    ViewColumn{"file", "text", "the file it is about", "", "none"},
    ViewColumn{"line", "integer", "the line", "from 1", "not known"},
    ViewColumn{"column", "integer", "the column, in code points", "from 1", "not known"},
    ViewColumn{"message", "text", "what is wrong", "", ""},
    ViewColumn{"notes", "text", "what would have worked, one line each", "", "nothing to add"},
};

constexpr std::array word_columns = {
    ViewColumn{"position", "integer", "its place: by part, strongest first", "from 1", ""},
    ViewColumn{"part", "text", "the part of a verdict it belongs to", "direction, agreement, certainty, coverage", ""},
    ViewColumn{"word", "text", "the word", "", ""},
    ViewColumn{"rule", "text", "when it is used", "", ""},
};

// What the tables hold as small numbers, in words. Numbers as in the enumerations of model/.
#define DOSSIER_STANCE_WORD(column)                                                           \
    "CASE " column                                                                            \
    " WHEN 0 THEN 'supports' WHEN 1 THEN 'refutes' WHEN 2 THEN 'mixed' WHEN 3 THEN 'neutral'" \
    " WHEN 4 THEN 'silent' ELSE 'not_assessable' END"
#define DOSSIER_STANCE_WORD_OR_NULL(column) \
    "CASE WHEN " column " IS NULL THEN NULL ELSE " DOSSIER_STANCE_WORD(column) " END"
#define DOSSIER_FACTOR_WORD(column) \
    "CASE " column " WHEN 0 THEN 'raises' WHEN 1 THEN 'lowers' WHEN 2 THEN 'no_effect' ELSE 'unclear' END"

#define DOSSIER_STORED_STANCES \
    "SELECT c.claim_id, s.claim_position, a.article_id, n.condition_id, s.condition_position, " DOSSIER_STANCE_WORD( \
        "s.stance") ", s.n_supporting, s.n_refuting, s.confidence, d.text, s.explained_by_conditions,"               \
                    " s.internally_contradictory, s.article, q.text, s.quote, q.byte_begin, q.byte_end, q.line,"     \
                    " q.page, a.path, " DOSSIER_STANCE_WORD_OR_NULL("s.overridden") " FROM t_stance s JOIN t_claim c ON c.position = s.claim_position"                \
                    " JOIN t_condition n ON n.position = s.condition_position"                                       \
                    " JOIN t_article a ON a.number = s.article JOIN t_text d ON d.number = s.decided_by"             \
                    " LEFT JOIN t_quote q ON q.number = s.quote"

// Who says nothing on a question has no row of t_stance. The word for it is a constant in each part, so that a query for
// informative stances never looks at these parts.
#define DOSSIER_STANCES_OF_THE_SILENT(word, articles)                                                            \
    " UNION ALL SELECT c.claim_id, k.claim_position, a.article_id, n.condition_id, k.condition_position, '" word \
    "', 0, 0, NULL, c.decided_by, 0, 0, a.number, NULL, NULL, NULL, NULL, NULL, NULL, a.path, NULL"              \
    " FROM t_question k CROSS JOIN t_article a"                                                                  \
    " JOIN t_claim c ON c.position = k.claim_position JOIN t_condition n ON n.position = k.condition_position"   \
    " WHERE " articles                                                                                           \
    " AND NOT EXISTS (SELECT 1 FROM t_stance s WHERE s.article = a.number"                                       \
    " AND s.claim_position = k.claim_position AND s.condition_position = k.condition_position)"

constexpr std::array views = {
    View{"run", "this run (one row)", run_columns,
         "SELECT job_title, as_of, tool_version, schema_version, inputs_sha256, registry_sha256, n_articles,"
         " n_not_assessable, n_clusters, n_claims, annotations_sha256, lexicon_sha256, statement_model_sha256,"
         " (SELECT count(*) FROM t_stance WHERE overridden IS NOT NULL),"
         " (SELECT count(*) FROM t_annotation WHERE status = 'stale'), job_sha256, definitions_sha256, previous_as_of,"
         " previous_inputs_sha256, (SELECT count(*) FROM t_change) FROM t_run"},
    View{
        "articles", "one source document", article_columns,
        "SELECT a.number, a.article_id, a.path, a.format, a.encoding, a.title, a.author, a.published, a.publisher,"
        " a.url, a.study_design, a.conflict_of_interest, a.funding, a.rests_on, a.population, a.doi, a.pmid, a.journal,"
        " a.press_release, a.language, a.sha256, a.n_sentences,"
        " CASE a.is_ok WHEN 1 THEN 'ok' ELSE 'not_assessable' END, a.status_reason, a.truncated, a.proposed,"
        " coalesce(f.article_id, a.article_id), r.text, a.risk_of_bias, a.level_of_evidence, a.weight,"
        " a.animal, a.conflicted, a.retracted"
        " FROM t_article a LEFT JOIN t_cluster_member m ON m.article = a.number"
        " LEFT JOIN t_article f ON f.number = m.first_article LEFT JOIN t_text r ON r.number = m.reason"},
    View{"claims", "one claim of the registry", claim_columns,
         "SELECT position, claim_id, statement, parent_id, contrary_of, outcome, degree, weight,"
         " definition_sha256, decided_by FROM t_claim"},
    View{"conditions", "one condition of the registry", condition_columns,
         "SELECT position, condition_id, name FROM t_condition WHERE position > 0"},
    View{"evidence", "one quote for one claim", evidence_columns,
         "SELECT printf('e%0*d', (SELECT evidence_digits FROM t_run), c.n_evidence_before + e.of_claim), c.claim_id,"
         " e.claim_position, a.article_id,"
         " CASE e.direction WHEN 0 THEN 'supports' WHEN 1 THEN 'refutes' ELSE 'neutral' END, e.strength, e.hedged,"
         " CASE e.attribution WHEN 0 THEN 'asserted' WHEN 1 THEN 'reported' WHEN 2 THEN 'asked' WHEN 3 THEN 'rebutted'"
         " WHEN 4 THEN 'hypothetical' ELSE 'recommended' END,"
         " n.condition_id, q.text, q.byte_begin, q.byte_end, q.line, q.page, r.text,"
         " CASE e.causal_strength WHEN 0 THEN 'none' WHEN 1 THEN 'correlational' WHEN 2 THEN 'conditional'"
         " ELSE 'direct' END, d.text, e.confidence, e.article, a.path, a.url, e.quote"
         " FROM t_evidence e JOIN t_claim c ON c.position = e.claim_position JOIN t_article a ON a.number = e.article"
         " JOIN t_condition n ON n.position = e.condition_position JOIN t_quote q ON q.number = e.quote"
         " JOIN t_text r ON r.number = e.rule JOIN t_text d ON d.number = e.decided_by"},
    View{"stances", "one article on one claim, overall (condition_id '') or under one condition", stance_columns,
         DOSSIER_STORED_STANCES DOSSIER_STANCES_OF_THE_SILENT("silent", "a.is_ok = 1 AND a.truncated = 0")
             DOSSIER_STANCES_OF_THE_SILENT("not_assessable", "(a.is_ok = 0 OR a.truncated = 1)")},
    View{"taken_stances",
         "one informative row of `stances`; by `article_position` and `claim_position` they come without being sorted",
         stance_columns, DOSSIER_STORED_STANCES " WHERE s.stance < 3"},
    View{"risk_factors", "one risk factor of the registry", risk_factor_columns,
         "SELECT f.position, f.factor_id, f.name, f.outcome, coalesce(n.direction, 'unclear'), f.usual_direction,"
         " coalesce(n.n_articles, 0), coalesce(n.n_clusters, 0), f.definition_sha256"
         " FROM t_factor f LEFT JOIN t_factor_finding n ON n.factor_position = f.position"},
    View{"risk_mentions", "one sentence that names a risk factor", risk_mention_columns,
         "SELECT f.factor_id, m.factor_position, a.article_id, " DOSSIER_FACTOR_WORD(
             "m.direction") ", q.text,"
                            " q.byte_begin, q.byte_end, q.line, q.page, n.condition_id, m.with_evidence, a.path, a.url"
                            " FROM t_mention m JOIN t_factor f ON f.position = m.factor_position JOIN t_article a ON "
                            "a.number = m.article"
                            " JOIN t_quote q ON q.number = m.quote JOIN t_condition n ON n.position = "
                            "m.condition_position"},
    View{"quantities", "one number with its meaning, percentages included", quantity_columns,
         "SELECT a.article_id, v.measure, v.estimate, v.ci_low, v.ci_high, v.ci_level, v.comparator, v.population,"
         " v.text, q.text, q.byte_begin, q.byte_end, q.line, q.page, coalesce(u.group_id > 0, 0),"
         " CASE WHEN u.number IS NULL THEN r.text ELSE u.reason END, a.path, a.url, v.denominator, v.outside_interval,"
         " v.adjustment, u.factor_id, u.group_id, u.standard_error, u.weight_fixed, u.weight_random, v.article,"
         " v.number % 16777216 + 1 FROM t_quantity v JOIN t_article a ON a.number = v.article"
         " JOIN t_quote q ON q.number = v.quote LEFT JOIN t_text r ON r.number = v.reason_not_pooled"
         " LEFT JOIN t_effect_use u ON u.number = v.number"},
    View{"effects", "one effect size: the rows of `quantities` whose measure is not %", quantity_columns,
         "SELECT * FROM quantities WHERE measure <> '%'"},
    View{"pooled_effects",
         "effects of one factor by one measure in one population, pooled one way; no row where nothing may be pooled",
         pooled_effect_columns, "SELECT * FROM t_pooled_effect"},
    View{"effects_left_out", "a pooled estimate without one of its articles", effect_left_out_columns,
         "SELECT group_id, article_id, method, estimate, ci_low, ci_high FROM t_effect_left_out ORDER BY position"},
    View{"consensus", "one claim, overall (condition_id '') or under one condition; counts are independent sources",
         consensus_columns,
         "SELECT c.claim_id, s.claim_position, c.statement, k.condition_id, s.condition_position, k.name, s.n_articles,"
         " s.n_clusters, s.supports, s.refutes, s.mixed, s.neutral, s.silent, s.not_assessable, s.direction_share,"
         " s.ci_low, s.ci_high, s.bound_low, s.bound_high, s.sign_test_p, s.sign_test_note, s.posterior, s.agreement,"
         " s.polarisation, s.tastle_wierman, s.certainty, s.coverage, s.direction_word, s.agreement_word,"
         " s.certainty_word, s.coverage_word, s.certainty_reasons, s.majority_supports, s.disagreement,"
         " s.certainty_suggested, s.certainty_decided_by, s.clopper_pearson_low, s.clopper_pearson_high,"
         " s.jeffreys_low, s.jeffreys_high, s.posterior_uniform, s.direction_index, s.entropy, s.fragile,"
         " s.flip_set_size, s.flip_set, s.n_overridden"
         " FROM t_consensus s JOIN t_claim c ON c.position = s.claim_position"
         " JOIN t_condition k ON k.position = s.condition_position"},
    // CROSS: the few rows on each claim are looked at first, so that the stances are only where one of them is asked for.
    View{
        "sensitivity", "one what-if on one claim", sensitivity_columns,
        "SELECT c.claim_id, o.claim_position, n.analysis, a.article_id, o.direction_share,"
        " o.direction_word, o.flips, k.supports - (o.stance = 0), k.refutes - (o.stance = 1), k.mixed - (o.stance = 2),"
        " NULL FROM t_leave_one_out o JOIN (SELECT 'leave_one_article_out' AS analysis UNION ALL"
        " SELECT 'leave_one_cluster_out') n JOIN t_consensus k ON k.claim_position = o.claim_position AND"
        " k.condition_position = 0 JOIN t_claim c ON c.position = o.claim_position"
        " CROSS JOIN t_stance s ON s.claim_position = o.claim_position AND s.condition_position = 0"
        " AND s.stance = o.stance JOIN t_article a ON a.number = s.article"
        " WHERE NOT EXISTS (SELECT 1 FROM t_cluster_member m WHERE m.article = s.article)"
        " UNION ALL SELECT c.claim_id, s.claim_position, s.analysis, s.subject, s.direction_share, s.direction_word,"
        " s.flips, s.supports, s.refutes, s.mixed, s.note FROM t_sensitivity s JOIN t_claim c ON c.position = "
        "s.claim_position ORDER BY 2, 3, 4"},
    View{"certainty",
         "one domain of the certainty of the body of evidence on one claim, overall or under one condition",
         certainty_columns,
         "SELECT c.claim_id, t.claim_position, k.condition_id, t.condition_position, t.domain, t.levels_down, t.reason,"
         " t.suggested_levels_down, t.decided_by FROM t_certainty t JOIN t_claim c ON c.position = t.claim_position"
         " JOIN t_condition k ON k.position = t.condition_position"},
    View{"judgements", "a person's judgement of the certainty of the evidence on one claim", judgement_columns,
         "SELECT j.position, c.claim_id, j.claim_position, k.condition_id, j.condition_position, j.domain,"
         " j.levels_down, j.level, j.who, j.\"when\", j.why,"
         " CASE WHEN j.is_replaced THEN 'replaced' WHEN s.certainty IS NULL THEN 'not applied' ELSE 'applied' END,"
         " CASE WHEN s.certainty IS NULL AND NOT j.is_replaced THEN 'no source informs the claim' END"
         " FROM (SELECT *, EXISTS (SELECT 1 FROM t_judgement l WHERE l.claim_position = o.claim_position"
         " AND l.condition_position = o.condition_position AND l.domain IS o.domain AND l.position > o.position)"
         " AS is_replaced FROM t_judgement o) j JOIN t_claim c ON c.position = j.claim_position"
         " JOIN t_condition k ON k.position = j.condition_position LEFT JOIN t_consensus s"
         " ON s.claim_position = j.claim_position AND s.condition_position = j.condition_position ORDER BY j.position"},
    View{
        "overlap", "how far articles rest on the same primary studies", overlap_columns,
        "SELECT coalesce(c.claim_id, ''), o.claim_position, o.citations, o.studies, o.articles, o.covered_area, o.band,"
        " o.reason FROM t_overlap o LEFT JOIN t_claim c ON c.position = o.claim_position"},
    View{"annotations", "what one person decided or rated", annotation_columns, "SELECT * FROM t_annotation"},
    View{"rater_agreement", "one coefficient of agreement between readings of stances", rater_agreement_columns,
         "SELECT * FROM t_rater_agreement"},
    View{"confusion", "how often the engine said one thing and a person one thing", confusion_columns,
         "SELECT " DOSSIER_STANCE_WORD("detector") ", " DOSSIER_STANCE_WORD("person") ", n FROM t_confusion"},
    View{"components", "one plugin component that the job names", component_columns, "SELECT * FROM t_component"},
    View{"changes", "one difference to the previous run; no rows in the first one", change_columns,
         "SELECT kind, claim_id, article_id, before, after, cause, position, condition_id, factor_id, aspect, causes,"
         " quote_before FROM t_change ORDER BY position"},
    View{"words", "one word of a verdict and its cut-off", word_columns, "SELECT * FROM t_word"},
    View{"diagnostics", "one message of the run", diagnostic_columns, "SELECT * FROM t_diagnostic"},
};

#undef DOSSIER_STANCE_WORD_OR_NULL
#undef DOSSIER_STANCE_WORD
#undef DOSSIER_STORED_STANCES
#undef DOSSIER_FACTOR_WORD
#undef DOSSIER_STANCES_OF_THE_SILENT

// Articles go by their number in the order of reading, claims, conditions and factors by their place in the registry.
// Quotes are numbered article by article (quote_number), and so are evidence, mentions and quantities. Everything said of
// articles is keyed by article first, so that a run that reads one after the other only ever appends. The digest of an
// article is over all columns after it and the article's stances: what a comparison of two runs looks at (comparison.hpp).
constexpr std::string_view tables_sql = R"sql(
CREATE TABLE t_run (job_title TEXT NOT NULL, as_of TEXT NOT NULL, tool_version TEXT NOT NULL,
  schema_version INTEGER NOT NULL, inputs_sha256 TEXT NOT NULL, registry_sha256 TEXT NOT NULL,
  n_articles INTEGER NOT NULL, n_not_assessable INTEGER NOT NULL, n_clusters INTEGER NOT NULL,
  n_claims INTEGER NOT NULL, evidence_digits INTEGER NOT NULL, annotations_sha256 TEXT, lexicon_sha256 TEXT NOT NULL,
  statement_model_sha256 TEXT NOT NULL, job_sha256 TEXT, definitions_sha256 TEXT NOT NULL, previous_as_of TEXT,
  previous_inputs_sha256 TEXT);
CREATE TABLE t_text (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE t_article (number INTEGER PRIMARY KEY, article_id TEXT NOT NULL, digest TEXT NOT NULL,
  path TEXT NOT NULL, file TEXT,
  format TEXT NOT NULL, encoding TEXT NOT NULL, title TEXT, author TEXT, published TEXT, publisher TEXT, url TEXT,
  study_design TEXT, conflict_of_interest TEXT, funding TEXT, rests_on TEXT, population TEXT, doi TEXT, pmid TEXT,
  journal TEXT, press_release TEXT, language TEXT, sha256 TEXT NOT NULL, n_sentences INTEGER NOT NULL,
  is_ok INTEGER NOT NULL, status_reason TEXT, truncated INTEGER NOT NULL, proposed TEXT,
  risk_of_bias TEXT, level_of_evidence INTEGER, weight REAL NOT NULL, animal INTEGER NOT NULL,
  conflicted INTEGER NOT NULL, retracted INTEGER NOT NULL);
CREATE UNIQUE INDEX i_article ON t_article (article_id);
CREATE TABLE t_cluster_member (article INTEGER PRIMARY KEY, first_article INTEGER NOT NULL, reason INTEGER);
CREATE TABLE t_claim (position INTEGER PRIMARY KEY, claim_id TEXT NOT NULL UNIQUE, statement TEXT NOT NULL,
  parent_id TEXT, contrary_of TEXT, outcome TEXT, degree TEXT NOT NULL, weight REAL NOT NULL,
  n_evidence_before INTEGER NOT NULL, decided_by TEXT NOT NULL, definition_sha256 TEXT NOT NULL);
CREATE TABLE t_condition (position INTEGER PRIMARY KEY, condition_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE t_question (claim_position INTEGER NOT NULL, condition_position INTEGER NOT NULL,
  PRIMARY KEY (claim_position, condition_position)) WITHOUT ROWID;
CREATE TABLE t_factor (position INTEGER PRIMARY KEY, factor_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, outcome TEXT,
  usual_direction TEXT NOT NULL, definition_sha256 TEXT NOT NULL);
CREATE TABLE t_factor_finding (factor_position INTEGER PRIMARY KEY, direction TEXT NOT NULL,
  n_articles INTEGER NOT NULL, n_clusters INTEGER NOT NULL);
CREATE TABLE t_quote (number INTEGER PRIMARY KEY, byte_begin INTEGER NOT NULL, byte_end INTEGER NOT NULL,
  line INTEGER NOT NULL, page INTEGER, text TEXT NOT NULL);
CREATE TABLE t_evidence (number INTEGER PRIMARY KEY, article INTEGER NOT NULL, claim_position INTEGER NOT NULL,
  of_claim INTEGER NOT NULL, quote INTEGER NOT NULL, direction INTEGER NOT NULL, strength REAL NOT NULL,
  hedged INTEGER NOT NULL, attribution INTEGER NOT NULL, condition_position INTEGER NOT NULL, rule INTEGER NOT NULL,
  causal_strength INTEGER NOT NULL, decided_by INTEGER NOT NULL, confidence REAL);
CREATE TABLE t_mention (number INTEGER PRIMARY KEY, article INTEGER NOT NULL, factor_position INTEGER NOT NULL,
  direction INTEGER NOT NULL, quote INTEGER NOT NULL, condition_position INTEGER NOT NULL,
  with_evidence INTEGER NOT NULL);
CREATE TABLE t_quantity (number INTEGER PRIMARY KEY, article INTEGER NOT NULL, measure TEXT NOT NULL,
  estimate REAL NOT NULL, ci_low REAL, ci_high REAL, ci_level REAL, comparator TEXT NOT NULL, population TEXT,
  denominator TEXT, outside_interval INTEGER NOT NULL, quote INTEGER NOT NULL, text TEXT NOT NULL,
  adjustment TEXT, reason_not_pooled INTEGER);
CREATE TABLE t_effect_use (number INTEGER PRIMARY KEY, group_id INTEGER, factor_id TEXT, reason TEXT,
  standard_error REAL, weight_fixed REAL, weight_random REAL);
CREATE TABLE t_pooled_effect (group_id INTEGER NOT NULL, factor_id TEXT, measure TEXT NOT NULL, population TEXT,
  adjustment TEXT, n_effects INTEGER NOT NULL, n_clusters INTEGER NOT NULL, method TEXT NOT NULL,
  estimate REAL NOT NULL, ci_low REAL NOT NULL, ci_high REAL NOT NULL, hartung_knapp_low REAL, hartung_knapp_high REAL,
  prediction_low REAL, prediction_high REAL, q REAL NOT NULL, q_p REAL NOT NULL, i2 REAL NOT NULL, tau2 REAL NOT NULL,
  note TEXT, PRIMARY KEY (group_id, method)) WITHOUT ROWID;
CREATE TABLE t_effect_left_out (position INTEGER PRIMARY KEY, group_id INTEGER NOT NULL, article_id TEXT NOT NULL,
  method TEXT NOT NULL, estimate REAL NOT NULL, ci_low REAL NOT NULL, ci_high REAL NOT NULL);
CREATE TABLE t_certainty (claim_position INTEGER NOT NULL, condition_position INTEGER NOT NULL, number INTEGER NOT NULL,
  domain TEXT NOT NULL, levels_down INTEGER NOT NULL, reason TEXT NOT NULL, suggested_levels_down INTEGER NOT NULL,
  decided_by TEXT NOT NULL, PRIMARY KEY (claim_position, condition_position, number)) WITHOUT ROWID;
CREATE TABLE t_overlap (claim_position INTEGER PRIMARY KEY, citations INTEGER NOT NULL, studies INTEGER NOT NULL,
  articles INTEGER NOT NULL, covered_area REAL, band TEXT, reason TEXT);
CREATE TABLE t_judgement (position INTEGER PRIMARY KEY, claim_position INTEGER NOT NULL,
  condition_position INTEGER NOT NULL, domain TEXT, levels_down INTEGER, level TEXT, who TEXT NOT NULL, "when" TEXT,
  why TEXT NOT NULL);
CREATE TABLE t_annotation (position INTEGER PRIMARY KEY, role TEXT NOT NULL, who TEXT NOT NULL, "when" TEXT,
  claim_id TEXT NOT NULL, article_id TEXT NOT NULL, condition_id TEXT NOT NULL, stance TEXT NOT NULL, why TEXT,
  status TEXT NOT NULL, reason TEXT, detector TEXT);
CREATE TABLE t_rater_agreement (position INTEGER PRIMARY KEY, comparison TEXT NOT NULL, coefficient TEXT NOT NULL,
  value REAL, ci_low REAL, ci_high REAL, observed_agreement REAL, n_units INTEGER NOT NULL, n_raters INTEGER NOT NULL,
  n_ratings INTEGER NOT NULL, status TEXT NOT NULL, note TEXT);
CREATE TABLE t_confusion (detector INTEGER NOT NULL, person INTEGER NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (detector, person)) WITHOUT ROWID;
CREATE TABLE t_component (position INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, version TEXT,
  sha256 TEXT, options_sha256 TEXT);
CREATE TABLE t_stance (article INTEGER NOT NULL, claim_position INTEGER NOT NULL, condition_position INTEGER NOT NULL,
  stance INTEGER NOT NULL, n_supporting INTEGER NOT NULL, n_refuting INTEGER NOT NULL, confidence REAL,
  decided_by INTEGER NOT NULL, explained_by_conditions INTEGER NOT NULL, internally_contradictory INTEGER NOT NULL,
  quote INTEGER, overridden INTEGER, PRIMARY KEY (article, claim_position, condition_position)) WITHOUT ROWID;
CREATE TABLE t_consensus (claim_position INTEGER NOT NULL, condition_position INTEGER NOT NULL,
  n_articles INTEGER NOT NULL, n_clusters INTEGER NOT NULL, supports INTEGER NOT NULL, refutes INTEGER NOT NULL,
  mixed INTEGER NOT NULL, neutral INTEGER NOT NULL, silent INTEGER NOT NULL, not_assessable INTEGER NOT NULL,
  direction_share REAL, ci_low REAL, ci_high REAL, bound_low REAL, bound_high REAL, sign_test_p REAL,
  sign_test_note TEXT, posterior REAL, agreement REAL, polarisation REAL, tastle_wierman REAL, certainty TEXT,
  coverage REAL, direction_word TEXT NOT NULL, agreement_word TEXT NOT NULL, certainty_word TEXT NOT NULL,
  coverage_word TEXT NOT NULL, certainty_reasons TEXT, majority_supports REAL, disagreement TEXT NOT NULL,
  certainty_suggested TEXT, certainty_decided_by TEXT NOT NULL, clopper_pearson_low REAL, clopper_pearson_high REAL,
  jeffreys_low REAL, jeffreys_high REAL, posterior_uniform REAL, direction_index REAL, entropy REAL,
  fragile INTEGER NOT NULL, flip_set_size INTEGER, flip_set TEXT, n_overridden INTEGER NOT NULL,
  PRIMARY KEY (claim_position, condition_position)) WITHOUT ROWID;
CREATE TABLE t_leave_one_out (claim_position INTEGER NOT NULL, stance INTEGER NOT NULL, direction_share REAL,
  direction_word TEXT NOT NULL, flips INTEGER NOT NULL, PRIMARY KEY (claim_position, stance)) WITHOUT ROWID;
CREATE TABLE t_sensitivity (position INTEGER PRIMARY KEY, claim_position INTEGER NOT NULL, analysis TEXT NOT NULL,
  subject TEXT, direction_share REAL, direction_word TEXT NOT NULL, flips INTEGER NOT NULL, supports REAL NOT NULL,
  refutes REAL NOT NULL, mixed REAL NOT NULL, note TEXT);
CREATE TABLE t_change (position INTEGER PRIMARY KEY, kind TEXT NOT NULL, claim_id TEXT, condition_id TEXT,
  article_id TEXT, factor_id TEXT, aspect TEXT, before TEXT, after TEXT, quote_before TEXT, causes TEXT, cause TEXT);
CREATE TABLE t_word (position INTEGER PRIMARY KEY, part TEXT NOT NULL, word TEXT NOT NULL, rule TEXT NOT NULL);
CREATE TABLE t_diagnostic (position INTEGER PRIMARY KEY, severity TEXT NOT NULL, code TEXT NOT NULL, file TEXT,
  line INTEGER, "column" INTEGER, message TEXT NOT NULL, notes TEXT);
)sql";

// Made when the tables are whole: sorting once costs less than keeping order.
constexpr std::string_view indexes_sql = R"sql(
CREATE INDEX i_evidence ON t_evidence (claim_position, article);
CREATE INDEX i_file ON t_article (file) WHERE file IS NOT NULL;
CREATE INDEX i_mention ON t_mention (factor_position, article);
CREATE INDEX i_stance ON t_stance (claim_position, condition_position, stance);
CREATE INDEX i_sensitivity ON t_sensitivity (claim_position);
)sql";

constexpr std::string_view page_head = R"md(# The analysis database

Every run writes one SQLite file, `analysis.sqlite`. It is the waist between the core and the reports: all statistics are
computed once and stored here, and reports, spreadsheets, R and Python read the same numbers. The views below are a versioned
contract: columns are added at will and never renamed; `PRAGMA user_version` and `run.schema_version` hold the version of the
schema, `PRAGMA application_id` is 0x446f7373 ("Doss"). The tables behind the views (`t_…`) are no contract.

The file holds no clock time and nothing of the machine: the same inputs give the same bytes. Numbers computed by the
statistics are settled to 12 decimals. NULL never means 0 or an empty text; each column says what it means. `''` as a
`condition_id` means "overall" in `stances` and `consensus`, and "no condition" in `evidence` and `risk_mentions`.

```
sqlite3 -box analysis.sqlite "SELECT statement, direction_word, supports, refutes, mixed FROM consensus WHERE condition_id = ''"
sqlite3 -csv -header analysis.sqlite "SELECT * FROM evidence" > evidence.csv
```

Every number walks back to words: `consensus` counts the clusters of `articles.cluster_id` whose articles take a stance in
`stances`; each informative stance has its quotes in `evidence`, with the bytes of the file they stand at.

This page is generated from the schema (`core/dossier/store/schema.cpp`); a test compares the two.
)md";

void append_cell(std::string& page, std::string_view text) {
    for (char const c : text)
        page += c == '|' ? std::string("\\|") : std::string(1, c);
    page += " | ";
}

void append_view(std::string& page, View const& view) {
    page += "\n## `" + std::string(view.name) + "`\n\nA row is " + std::string(view.row_is) + ".\n\n";
    page += "| column | type | meaning | range | NULL means |\n|---|---|---|---|---|\n";
    for (auto const& column : view.columns) {
        page += "| `" + std::string(column.name) + "` | ";
        append_cell(page, column.type);
        append_cell(page, column.meaning);
        append_cell(page, column.range);
        append_cell(page, column.null_means.empty() ? "never NULL" : column.null_means);
        page.back() = '\n';
    }
}

}  // namespace

std::span<View const> analysis_views() {
    return views;
}

std::string_view analysis_tables_sql() {
    return tables_sql;
}

std::string_view analysis_indexes_sql() {
    return indexes_sql;
}

std::string analysis_views_sql() {
    std::string sql;
    for (auto const& view : views) {
        sql += "CREATE VIEW " + std::string(view.name) + " (";
        for (std::size_t i = 0; i < view.columns.size(); ++i)
            sql += (i == 0 ? "\"" : ", \"") + std::string(view.columns[i].name) + "\"";
        sql += ") AS " + std::string(view.select) + ";\n";
    }
    return sql;
}

std::string analysis_database_page() {
    std::string page(page_head);
    for (auto const& view : views)
        append_view(page, view);
    return page;
}

}  // namespace dossier
