#include "dossier/job/schema.hpp"

namespace dossier {
namespace {

using enum ConfigType;

ConfigTable const job_head{
    .title = "[job]",
    .doc = "What the job is called, and for which day it speaks.",
    .keys = {
        {.name = "title", .type = text, .fallback = R"("Evidence summary")", .doc = "Title of every document made."},
        {.name = "as_of",
         .type = date,
         .required = true,
         .doc =
             "The day for which the summary speaks; the only date in a report. The clock is not asked for it, unless a "
             "run is told `--as-of today`."},
    }};

/// The names of sources::mappable_fields().
ConfigTable const columns{
    .title = "[sources.table.columns]",
    .doc =
        "Which column, or which member of JSON, holds what. Fields that are not named here are found by the names that "
        "common exports use.",
    .keys = {
        {.name = "title", .type = text, .doc = "Title of the article."},
        {.name = "abstract", .type = text, .doc = "Its abstract: the text that is analysed."},
        {.name = "author", .type = text, .doc = "Its authors, in one column, between semicolons."},
        {.name = "journal", .type = text, .doc = "Journal or book."},
        {.name = "publisher", .type = text, .doc = "The same, where the table calls it so."},
        {.name = "year", .type = text, .doc = "Year of publication."},
        {.name = "published", .type = text, .doc = "Date of publication."},
        {.name = "volume", .type = text, .doc = "Volume."},
        {.name = "issue", .type = text, .doc = "Issue."},
        {.name = "pages", .type = text, .doc = "Pages, as \"12-19\"."},
        {.name = "first_page", .type = text, .doc = "First page, where it has a column of its own."},
        {.name = "last_page", .type = text, .doc = "Last page."},
        {.name = "doi", .type = text, .doc = "DOI."},
        {.name = "url", .type = text, .doc = "Where it can be read."},
        {.name = "pmid", .type = text, .doc = "PubMed number."},
        {.name = "pmcid", .type = text, .doc = "PubMed Central number."},
        {.name = "accession", .type = text, .doc = "The database's own number."},
        {.name = "language", .type = text, .doc = "Language of the article."},
        {.name = "publication_type", .type = text, .doc = "Kind of publication, as \"Review\"."},
        {.name = "keywords", .type = text, .doc = "Keywords, between semicolons."},
        {.name = "funding", .type = text, .doc = "Who paid for the study."},
        {.name = "conflict_of_interest", .type = text, .doc = "What the authors declare."},
    }};

ConfigTable const table_of_records{
    .title = "[[sources.table]]",
    .doc =
        "How the columns of tables (CSV, TSV, JSON Lines) are called, where Dossier does not know their names. The "
        "first "
        "of these tables that names a file counts for it.",
    .keys = {
        {.name = "files",
         .type = globs,
         .required = true,
         .doc = "The files it speaks of, as in `include`; members of containers as `bundle.zip!/refs.csv`."},
        {.name = "columns",
         .type = table,
         .required = true,
         .doc = "Fields and the names of their columns.",
         .table = &columns},
    }};

ConfigTable const sources{
    .title = "[sources]",
    .doc = "Which files are articles. Paths are relative to the job's folder and stay inside it.",
    .keys = {
        {.name = "include",
         .type = globs,
         .required = true,
         .doc = "Files to read, articles, exports and containers of them: `*` and `?` within a name, `[a-z]` one "
                "character, `**` any folders; each must match something."},
        {.name = "exclude",
         .type = globs,
         .doc = "Files to leave out again; members of containers as `bundle.zip!/drafts/**`."},
        {.name = "manifest",
         .type = path,
         .doc = "File that declares what is known about the articles (see sources.toml below)."},
        {.name = "table", .type = tables, .doc = "Names of columns in tables of records.", .table = &table_of_records},
    }};

ConfigTable const registry{.title = "[registry]",
                           .doc = "Which claims are asked. May be left out.",
                           .keys = {{.name = "file",
                                     .type = path,
                                     .fallback = R"("claims.toml")",
                                     .doc = "The registry of claims, relative to the job's folder."},
                                    {.name = "annotations",
                                     .type = path,
                                     .doc = "What people decided or rated (docs/annotations.md): annotations.toml, "
                                            "relative to the job's folder."}}};

ConfigTable const output{
    .title = "[[output]]",
    .doc = "One document or set of files to make. Any number of them; without any, a run leaves its analysis only.",
    .keys = {
        {.name = "reports",
         .type = texts,
         .required = true,
         .doc = "Reports to put into it, one after the other; `dossier plugins list` names them."},
        {.name = "format",
         .type = text,
         .required = true,
         .doc = "Format to write it in; `dossier plugins list` names them."},
        {.name = "file",
         .type = path,
         .required = true,
         .doc = "Where to put it within the published set; a folder for formats that write several files."},
        {.name = "options",
         .type = options,
         .doc = "Options of the format, and in a table called after a report, those of the report; `dossier plugins "
                "info` lists them."},
    }};

ConfigTable const engine{
    .title = "[[engine]]",
    .doc = "A stance engine of a plugin that decides claims in place of the built-in rules. No claim may have two.",
    .keys = {
        {.name = "name", .type = text, .required = true, .doc = "The engine; `dossier plugins list` names them."},
        {.name = "claims", .type = texts, .doc = "Ids of the claims that it decides. Without: every claim."},
        {.name = "options", .type = options, .doc = "Options of the engine; `dossier plugins info` lists them."},
    }};

ConfigTable const alert{
    .title = "[[alert]]",
    .doc = "What somebody wants to be told of, once, when it comes to be so: [alerts](alerts.md). Any number of them.",
    .keys = {
        {.name = "id",
         .type = identifier,
         .required = true,
         .doc = "What it is called in messages. Another id is another alert, which begins anew."},
        {.name = "claim",
         .type = reference,
         .doc = "Id of the claim that it is about; needed by measures of a claim. Changes are counted on it alone."},
        {.name = "condition",
         .type = reference,
         .doc = "Id of a condition of the registry, under which the claim is looked at. Without: overall."},
        {.name = "when",
         .type = text,
         .required = true,
         .doc = "When it fires: tests joined by `and`, as in `direction_share < 0.5 and refutes >= 3` or "
                "`certainty_word is 'low certainty' or 'very low certainty'`."},
        {.name = "clear_when",
         .type = text,
         .doc = "When it is over, written likewise. Without: as soon as `when` holds no more."},
        {.name = "hold",
         .type = integer,
         .fallback = "1",
         .doc = "In how many runs in a row `when` must hold before it fires.",
         .minimum = 1,
         .maximum = 1000},
        {.name = "hook",
         .type = arguments,
         .doc = "Program to run when it fires, and its arguments; no shell. It reads what happened as JSON."},
        {.name = "hook_seconds",
         .type = number,
         .fallback = "30.0",
         .doc = "Most time that the program may take before it is killed, in seconds.",
         .minimum = 0.1,
         .maximum = 3600},
        {.name = "hook_retries",
         .type = integer,
         .fallback = "2",
         .doc = "How often it is run again after its exit status said that it failed.",
         .minimum = 0,
         .maximum = 10},
        {.name = "hook_pause_seconds",
         .type = number,
         .fallback = "5.0",
         .doc = "How long to wait before running it again, in seconds.",
         .minimum = 0,
         .maximum = 600},
        {.name = "hook_when_cleared",
         .type = boolean,
         .fallback = "false",
         .doc = "`true`: it is run when the alert is over too."},
    }};

ConfigTable const limits{
    .title = "[limits]",
    .doc = "How much one article or plugin may use before it is stopped. May be left out.",
    .keys = {
        {.name = "article_megabytes",
         .type = integer,
         .fallback = "64",
         .doc = "Larger articles are not assessed, in MiB.",
         .minimum = 1,
         .maximum = 4096},
        {.name = "container_megabytes",
         .type = integer,
         .fallback = "4096",
         .doc = "Most that one container (ZIP, tar, compressed file) may unpack to, in MiB.",
         .minimum = 1,
         .maximum = 1048576},
        {.name = "container_files",
         .type = integer,
         .fallback = "200000",
         .doc = "Most files that are read in one container.",
         .minimum = 1,
         .maximum = 16777216},
        {.name = "container_ratio",
         .type = number,
         .fallback = "250.0",
         .doc = "How many times its size a container may unpack to, beyond the first 16 MiB.",
         .minimum = 1,
         .maximum = 65536},
        {.name = "container_depth",
         .type = integer,
         .fallback = "2",
         .doc = "How many containers may stand in each other.",
         .minimum = 1,
         .maximum = 8},
        {.name = "output_megabytes",
         .type = integer,
         .fallback = "1024",
         .doc = "Most that one output may come to, in MiB.",
         .minimum = 1,
         .maximum = 65536},
        {.name = "plugin_seconds",
         .type = number,
         .fallback = "60.0",
         .doc = "Most time that one report in one format, or an engine with one batch of up to 512 articles, may "
                "take, in seconds by the wall clock.",
         .minimum = 0.1,
         .maximum = 86400},
        {.name = "plugin_memory_megabytes",
         .type = integer,
         .fallback = "1024",
         .doc = "Most memory that one plugin may have, in MiB.",
         .minimum = 64,
         .maximum = 65536},
    }};

ConfigTable const history{
    .title = "[history]",
    .doc =
        "How many published sets are kept in the output folder; a run removes the others when it ends. Without this "
        "table every set is kept. The set that `latest` leads to and pinned ones always stay.",
    .keys = {
        {.name = "keep",
         .type = integer,
         .fallback = "50",
         .doc = "How many of the last runs keep their sets and what they said, and how many of the last sets stay.",
         .minimum = 1,
         .maximum = 1000000},
        {.name = "keep_weekly",
         .type = boolean,
         .fallback = "true",
         .doc = "`true`: the last set of each week stays as well (Monday to Sunday, UTC)."},
    }};

ConfigTable const job_file{
    .title = "a job",
    .doc = "What to read, which claims to ask and what to make of it.",
    .keys = {
        {.name = "job", .type = table, .required = true, .doc = "What the job is called.", .table = &job_head},
        {.name = "sources", .type = table, .required = true, .doc = "Which files are articles.", .table = &sources},
        {.name = "registry", .type = table, .doc = "Which claims are asked.", .table = &registry},
        {.name = "output", .type = tables, .doc = "What is made.", .table = &output},
        {.name = "engine",
         .type = tables,
         .doc = "Who decides stances, where not the built-in rules.",
         .table = &engine},
        {.name = "alert", .type = tables, .doc = "What somebody wants to be told of.", .table = &alert},
        {.name = "limits", .type = table, .doc = "How much a part may use.", .table = &limits},
        {.name = "history", .type = table, .doc = "How many sets are kept.", .table = &history},
    }};

ConfigTable const source{
    .title = "[[source]]",
    .doc = "What a person declares about one article. A declared value stands in place of what is read in the article.",
    .keys = {
        {.name = "path",
         .type = path,
         .required = true,
         .doc = "The article, as its path is found below the job's folder."},
        {.name = "title", .type = text, .doc = "Title."},
        {.name = "author", .type = text, .doc = "Author or authors, as they are to be shown."},
        {.name = "published", .type = partial_date, .doc = "When it was published: a day, a month or a year."},
        {.name = "publisher", .type = text, .doc = "Journal, site or house that published it."},
        {.name = "url", .type = text, .doc = "Where it can be read."},
        {.name = "study_design",
         .type = text,
         .doc = "What kind of evidence it is: systematic review, randomised trial, cohort, case report, animal study, "
                "news report, opinion, marketing."},
        {.name = "conflict_of_interest", .type = text, .doc = "What its author or publisher stands to gain."},
        {.name = "funding", .type = text, .doc = "Who paid for it."},
        {.name = "rests_on",
         .type = text,
         .doc = "DOI or PMID of the study that it reports; articles that rest on one study count as one source."},
        {.name = "population", .type = text, .doc = "Who or what was studied: human, animal, in vitro."},
        {.name = "risk_of_bias",
         .type = text,
         .doc = "Your appraisal of how far its design and conduct may mislead. The certainty is suggested "
                "from it.",
         .allowed = {"low", "some concerns", "high"}},
        {.name = "weight",
         .type = number,
         .fallback = "1.0",
         .doc = "How much it counts in the weighted sensitivity analysis, and nowhere else; 0 leaves it out there.",
         .minimum = 0.0},
        {.name = "press_release",
         .type = text,
         .doc = "The press release or news agency that its text was taken from."},
        {.name = "doi", .type = text, .doc = "Its own DOI: 10.1000/xyz."},
        {.name = "independent",
         .type = boolean,
         .fallback = "false",
         .doc =
             "`true`: it is a source of its own, however like another its text or record is. The same text, or a study "
             "declared in `rests_on`, still makes one source."},
        {.name = "retracted",
         .type = boolean,
         .fallback = "false",
         .doc = "`true`: it was retracted, whether or not the file says so. It is marked and counts all the same; "
                "leave it out with `[sources] exclude` if it should not."},
    }};

ConfigTable const sources_file{
    .title = "a sources manifest",
    .doc = "What people know about the articles beyond what the articles say.",
    .keys = {{.name = "source", .type = tables, .doc = "One article each.", .table = &source}}};

}  // namespace

ConfigTable const& job_table() {
    return job_file;
}

ConfigTable const& sources_table() {
    return sources_file;
}

std::string job_schema() {
    return json_schema(job_file, "Dossier job", "job.toml");
}

std::string sources_schema() {
    return json_schema(sources_file, "Dossier sources manifest", "sources.toml");
}

std::string job_reference() {
    return "# job.toml\n\n" + markdown_reference(job_file) + "\n# sources.toml\n\n" + markdown_reference(sources_file);
}

}  // namespace dossier
