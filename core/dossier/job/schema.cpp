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
         .doc = "The day for which the summary speaks; the only date in a report, since the clock is never asked."},
    }};

ConfigTable const sources{
    .title = "[sources]",
    .doc = "Which files are articles. Paths are relative to the job's folder and stay inside it.",
    .keys = {
        {.name = "include",
         .type = globs,
         .required = true,
         .doc = "Files to read: `*` and `?` within a name, `[a-z]` one character, `**` any folders; each must match "
                "something."},
        {.name = "exclude", .type = globs, .doc = "Files to leave out again."},
        {.name = "manifest",
         .type = path,
         .doc = "File that declares what is known about the articles (see sources.toml below)."},
    }};

ConfigTable const registry{.title = "[registry]",
                           .doc = "Which claims are asked. May be left out.",
                           .keys = {{.name = "file",
                                     .type = path,
                                     .fallback = R"("claims.toml")",
                                     .doc = "The registry of claims, relative to the job's folder."}}};

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

ConfigTable const limits{.title = "[limits]",
                         .doc = "How much one article or plugin may use before it is stopped. May be left out.",
                         .keys = {
                             {.name = "article_megabytes",
                              .type = integer,
                              .fallback = "64",
                              .doc = "Larger articles are not assessed, in MiB.",
                              .minimum = 1,
                              .maximum = 4096},
                             {.name = "output_megabytes",
                              .type = integer,
                              .fallback = "1024",
                              .doc = "Most that one output may come to, in MiB.",
                              .minimum = 1,
                              .maximum = 65536},
                             {.name = "plugin_seconds",
                              .type = number,
                              .fallback = "60.0",
                              .doc = "Most time that one report in one format may take, in seconds by the wall clock.",
                              .minimum = 0.1,
                              .maximum = 86400},
                             {.name = "plugin_memory_megabytes",
                              .type = integer,
                              .fallback = "1024",
                              .doc = "Most memory that one plugin may have, in MiB.",
                              .minimum = 64,
                              .maximum = 65536},
                         }};

ConfigTable const job_file{
    .title = "a job",
    .doc = "What to read, which claims to ask and what to make of it.",
    .keys = {
        {.name = "job", .type = table, .required = true, .doc = "What the job is called.", .table = &job_head},
        {.name = "sources", .type = table, .required = true, .doc = "Which files are articles.", .table = &sources},
        {.name = "registry", .type = table, .doc = "Which claims are asked.", .table = &registry},
        {.name = "output", .type = tables, .doc = "What is made.", .table = &output},
        {.name = "limits", .type = table, .doc = "How much a part may use.", .table = &limits},
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
