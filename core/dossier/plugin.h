/* dossier/plugin.h: the C ABI between Dossier and its plugins, version 1.1.
 *
 * C99, no dependency. C++ authors include <dossier/plugin.hpp>, which is built on this file alone.
 *
 * A plugin is a shared library that exports one function, dossier_plugin_entry, and carries one ELF section,
 * "dossier_meta", which says what is inside without any of its code being run. It holds components:
 *
 *   a report  reads the analysis (dossier_host.query) and says blocks to a sink;
 *   a format  is a sink of blocks and writes bytes (dossier_host.write);
 *   an engine decides stances: it is given a claim and an article's sentences, and judges those that bear on it.
 *
 * Rules that hold for everything in this file:
 *  - Plugins run in a sandboxed worker process: no files, no network, no threads needed, bounded time and memory.
 *  - Every call comes from one thread. All strings are UTF-8, {pointer, length}, not NUL-terminated, and may be {NULL, 0}.
 *  - Everything passed in is borrowed for the duration of the call, unless a line below says it lives longer. Nothing
 *    that one side allocated is freed by the other.
 *  - Structs that may grow begin with `size`, set by whoever fills them in to sizeof of the struct it was compiled with.
 *    They grow at the end only, never into padding; read a later field only if `size` covers it (DOSSIER_HAS). Structs
 *    without `size` (dossier_text, dossier_value, dossier_run, dossier_cell, dossier_block), and dossier_locator, which
 *    stands inside dossier_quote, never change within a major version. Members called `reserved` are 0.
 *  - No exception and no longjmp crosses a call. A failure is a status other than DOSSIER_OK; say why with host->error.
 *  - Unknown kinds of blocks, cells and runs are to be skipped, not refused: a newer host may know more.
 */
#ifndef DOSSIER_PLUGIN_H
#define DOSSIER_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DOSSIER_ABI_MAJOR 1u /* must be equal on both sides */
#define DOSSIER_ABI_MINOR 1u /* the plugin's must not be greater than the host's */
#define DOSSIER_DOC_MODEL 1u /* version of the block vocabulary below */

/* True if the struct that `p` points to has the member `m`, going by the size its maker gave it. */
#define DOSSIER_HAS(p, type, m) ((p)->size >= offsetof(type, m) + sizeof((p)->m))

/* UTF-8 text of `size` bytes. {NULL, 0} is empty text, which means "none" wherever text is optional. */
typedef struct dossier_text {
    char const* data;
    size_t size;
} dossier_text;

/* What a call came to. Anything but DOSSIER_OK and DOSSIER_DONE ends the component's work. */
typedef int32_t dossier_status;
enum {
    DOSSIER_OK = 0,
    DOSSIER_DONE = 1,         /* next_row: there are no more rows */
    DOSSIER_FAILED = 2,       /* the component failed; the reason was given to host->error */
    DOSSIER_BAD_OPTION = 3,   /* an option's value cannot work, for a reason its declaration could not say */
    DOSSIER_BAD_QUERY = 4,    /* query: SQL error, or a wrong number of parameters; next_row: the query failed */
    DOSSIER_BAD_BLOCK = 5,    /* blocks: out of place or malformed; the document is already lost */
    DOSSIER_NO_OUTPUT = 6,    /* write: the bytes were not taken (limit reached, host gone) */
    DOSSIER_CANCELLED = 7,    /* the host wants no more; return as soon as convenient */
    DOSSIER_BAD_ARGUMENT = 8, /* a NULL where none may be, a name that is not allowed, a number out of range */
    DOSSIER_OUT_OF_MEMORY = 9 /* a component: there was no more memory, and the host knows how to say so */
};

/* ---- Values of queries and options -------------------------------------------------------------------------- */

enum { DOSSIER_NULL = 0, DOSSIER_INTEGER = 1, DOSSIER_REAL = 2, DOSSIER_TEXT = 3, DOSSIER_BOOLEAN = 4 };

typedef struct dossier_value {
    uint32_t type;     /* one of the five above; says which member below counts */
    int32_t boolean;   /* DOSSIER_BOOLEAN (options only): 0 or 1 */
    int64_t integer;   /* DOSSIER_INTEGER */
    double real;       /* DOSSIER_REAL; never NaN when it comes from the host */
    dossier_text text; /* DOSSIER_TEXT */
} dossier_value;

/* An option that a component understands. Declared once: the host parses, validates, defaults and documents from it. */
typedef struct dossier_option {
    size_t size;
    dossier_text key;            /* [a-z][a-z0-9_]* */
    uint32_t type;               /* DOSSIER_INTEGER, DOSSIER_REAL, DOSSIER_TEXT or DOSSIER_BOOLEAN */
    dossier_value default_value; /* of that type */
    double minimum, maximum;     /* numbers: both ends allowed; minimum > maximum: no bounds */
    dossier_text const* choices; /* text: the only values allowed; NULL: any text */
    size_t n_choices;
    dossier_text doc; /* one sentence */
} dossier_option;

/* The value an option has in this run: as the job says, else its default. */
typedef struct dossier_option_value {
    size_t size;
    dossier_text key;
    dossier_value value; /* of the declared type, within bounds */
} dossier_option_value;

/* ---- Blocks: what a document is made of ---------------------------------------------------------------------- */

/* Where a quote stands. Lives as long as the block that holds it. Held by value, so it never grows. */
typedef struct dossier_locator {
    size_t size;
    dossier_text article_id; /* articles.article_id */
    dossier_text path;       /* articles.path, as shown */
    uint64_t byte_begin;     /* bytes [begin, end) of the original file; of a PDF, of the text extracted from it */
    uint64_t byte_end;
    uint64_t line;    /* from 1; of a source with pages: within its page */
    uint64_t page;    /* from 1; 0: the source has no pages */
    dossier_text url; /* where the article was published; may be empty */
} dossier_locator;

/* A stretch of text in one style. */
enum { DOSSIER_EMPHASIS = 1u, DOSSIER_STRONG = 2u, DOSSIER_CODE = 4u };
typedef struct dossier_run {
    uint32_t style; /* bits above */
    uint32_t reserved;
    dossier_text text;
    dossier_text link; /* "#anchor" within the document, or an absolute http(s) or mailto URL; empty: none */
} dossier_run;

/* A cell is typed, so that a format that writes data keeps the value and one that shows it asks format_value. */
enum {
    DOSSIER_CELL_EMPTY = 0,    /* no value: shown as nothing, never as 0 */
    DOSSIER_CELL_TEXT = 1,     /* text */
    DOSSIER_CELL_INTEGER = 2,  /* integer */
    DOSSIER_CELL_REAL = 3,     /* real; shown with the column's decimals */
    DOSSIER_CELL_PERCENT = 4,  /* real, a share in [0, 1] for 0 to 100 %; shown times 100 with the column's decimals */
    DOSSIER_CELL_DATE = 5,     /* text, ISO 8601: "2026", "2026-11" or "2026-11-22" */
    DOSSIER_CELL_LINK = 6,     /* text, to be shown, leading to `target` */
    DOSSIER_CELL_STANCE = 7,   /* text: "supports", "refutes", "mixed", "neutral", "silent" or "not_assessable" */
    DOSSIER_CELL_INTERVAL = 8, /* low to high; shown with the column's decimals */
    DOSSIER_CELL_QUOTE = 9     /* text, the quote itself; integer: its quote_number (view `stances`), by which the host
                                  checks it; target: the anchor of the quote block, if there is one */
};
typedef struct dossier_cell {
    uint32_t kind;
    uint32_t reserved;
    int64_t integer;
    double real;
    double low, high;
    dossier_text text;
    dossier_text target; /* any kind: "#anchor" or URL that the cell leads to; empty: none */
} dossier_cell;

/* Whom a column is for. */
enum {
    DOSSIER_COLUMN_SHOWN = 0, /* everybody */
    DOSSIER_COLUMN_KEY =
        1 /* programs that join tables: an id, which a format without DOSSIER_CARRIES_KEYS does not get */
};
typedef struct dossier_column {
    size_t size;
    dossier_text key;         /* [a-z][a-z0-9_]*, unique within its table: the name in data formats */
    dossier_text title;       /* shown */
    uint32_t kind;            /* kind of its cells; a cell may also be DOSSIER_CELL_EMPTY */
    int32_t decimals;         /* shown after the point, 0 to 15, for REAL, PERCENT and INTERVAL */
    dossier_text description; /* one sentence: what a value means, its unit, what "nothing" means; may be empty */
    uint32_t role;            /* DOSSIER_COLUMN_SHOWN or _KEY; since 1.1 */
    uint32_t reserved;
} dossier_column;

/* Kinds of blocks. Grammar:
 *   document := DOCUMENT_BEGIN section* DOCUMENT_END          (written by the host, which also wraps every report in a section)
 *   section  := SECTION_BEGIN flow* SECTION_END               (a report says only the flow)
 *   flow     := HEADING | PARAGRAPH | QUOTE | NOTE | CHART | CALLOUT | PAGE_BREAK
 *             | LIST_BEGIN (ITEM_BEGIN flow* ITEM_END)* LIST_END
 *             | TABLE_BEGIN ROW* TABLE_END
 * Anchors ([a-z0-9][a-z0-9-]*, at most 120 bytes) are unique within a report; "#anchor" links lead to anchors of the same
 * report. The host makes them unique across the document.
 */
enum {
    DOSSIER_DOCUMENT_BEGIN = 1,
    DOSSIER_DOCUMENT_END = 2,
    DOSSIER_SECTION_BEGIN = 3,
    DOSSIER_SECTION_END = 4,
    DOSSIER_HEADING = 5,
    DOSSIER_PARAGRAPH = 6,
    DOSSIER_LIST_BEGIN = 7,
    DOSSIER_LIST_END = 8,
    DOSSIER_ITEM_BEGIN = 9,
    DOSSIER_ITEM_END = 10,
    DOSSIER_QUOTE = 11,
    DOSSIER_NOTE = 12,
    DOSSIER_TABLE_BEGIN = 13,
    DOSSIER_ROW = 14,
    DOSSIER_TABLE_END = 15,
    DOSSIER_CHART = 16,
    DOSSIER_CALLOUT = 17,
    DOSSIER_PAGE_BREAK = 18
};

typedef struct dossier_block {
    uint32_t kind;
    uint32_t reserved;
    void const* content; /* the struct named for the kind below; NULL for the kinds that have none */
} dossier_block;

/* What the analysis comes to on one claim, in its four parts and never as one; for title pages and data about the
 * document. Numbers and words are those of the view `consensus`, overall. */
typedef struct dossier_verdict {
    size_t size;
    dossier_text claim_id;
    dossier_text statement;
    dossier_text direction; /* direction_word */
    dossier_text agreement; /* agreement_word */
    dossier_text certainty; /* certainty_word */
    dossier_text coverage;  /* coverage_word */
    uint64_t n_articles;    /* articles looked at */
    uint64_t n_clusters;    /* independent sources looked at, the sum of the six that follow */
    uint64_t supports, refutes, mixed, neutral, silent, not_assessable;
    double direction_share; /* supports / (supports + refutes), in [0, 1]; NaN: no source takes a side */
    double agreement_value; /* van der Eijk's A, in [-1, 1]; NaN: fewer than two informative sources */
    double coverage_share;  /* informative / assessable, in [0, 1]; NaN: no source could be assessed */
    uint32_t fragile;       /* 1: leaving out one source gives another verdict */
    uint32_t reserved;
} dossier_verdict;

typedef struct dossier_document { /* DOCUMENT_BEGIN */
    size_t size;
    dossier_text title;              /* the job's title */
    dossier_text as_of;              /* ISO date: the only date a document may show as its own */
    dossier_text language;           /* BCP 47: "en" */
    dossier_text generator;          /* "Dossier 1.0.0" */
    dossier_verdict const* verdicts; /* each `verdicts[0].size` bytes from the one before, in the registry's order */
    size_t n_verdicts;               /* one per claim; 0 to 10,000 */
} dossier_document;

typedef struct dossier_section { /* SECTION_BEGIN: one report */
    size_t size;
    dossier_text report; /* the component's name */
    dossier_text anchor; /* of the section */
} dossier_section;

typedef struct dossier_heading { /* HEADING */
    size_t size;
    uint32_t level; /* 1 to 6, at most one deeper than the heading before it in this report; the first is 1 */
    dossier_text text;
    dossier_text anchor; /* empty: none */
} dossier_heading;

typedef struct dossier_paragraph { /* PARAGRAPH */
    size_t size;
    dossier_run const* runs;
    size_t n_runs;
} dossier_paragraph;

typedef struct dossier_list { /* LIST_BEGIN */
    size_t size;
    uint32_t ordered; /* 0 bullets, 1 numbers from 1 */
} dossier_list;

typedef struct dossier_quote { /* QUOTE: verbatim; the host checks it against the article */
    size_t size;
    dossier_text text;
    dossier_locator locator;
    dossier_text anchor;  /* empty: none */
    dossier_text back;    /* "#anchor" to lead back to, the cell's or heading's; empty: none */
    dossier_text comment; /* what decided, the condition, …; shown beside the quote; may be empty */
    dossier_text stance;  /* as in DOSSIER_CELL_STANCE; may be empty */
    dossier_text
        before; /* what stands before the quote in its article, whole sentences of the same section; may be empty. */
    dossier_text after; /* and after it. Both are the host's to fill in, for formats that carry context */
} dossier_quote;

typedef struct dossier_note { /* NOTE: a footnote or method note */
    size_t size;
    dossier_run const* runs;
    size_t n_runs;
    dossier_text anchor; /* empty: none */
} dossier_note;

typedef struct dossier_table { /* TABLE_BEGIN */
    size_t size;
    dossier_text caption;
    dossier_text anchor;           /* not empty: data formats name the table's file after it */
    dossier_column const* columns; /* each `columns[0].size` bytes from the one before */
    size_t n_columns;              /* 1 to 256 */
} dossier_table;

typedef struct dossier_row { /* ROW */
    size_t size;
    dossier_cell const* cells; /* as many as the table has columns */
    size_t n_cells;
    dossier_text anchor; /* empty: none */
} dossier_row;

/* What a chart is. `values` come by category, then series; NaN: missing.
 *  STACKED_BAR       a bar per category, the series end to end; values >= 0
 *  INTERVAL          dot and interval; three values each: estimate, low, high
 *  DIVERGING_BAR     a bar per category about a middle: the series from left to right, the first half of them left of it, an
 *                    odd one in the middle across it, the others right of it; values >= 0
 *  EFFECT_DIRECTION  a mark per category (source) and series (claim): 1 up, -1 down, 0 both ways
 *  HARVEST           per category (factor) and series (direction) so many bars as the value says, an integer >= 0;
 *                    `weights`: how many of them are filled, the others are hollow; without weights all are filled
 *  FOREST            a row per category; three values: estimate, low, high; `weights`: areas of the squares; `marks`: which
 *                    rows are pooled estimates (diamonds) or prediction intervals (dashed)
 *  BUBBLE            a circle per category and series, its area as the value, >= 0
 *  LINE              a line per series over the categories, which are dates or numbers in order */
enum {
    DOSSIER_CHART_STACKED_BAR = 1,
    DOSSIER_CHART_INTERVAL = 2,
    DOSSIER_CHART_DIVERGING_BAR = 3,
    DOSSIER_CHART_EFFECT_DIRECTION = 4,
    DOSSIER_CHART_HARVEST = 5,
    DOSSIER_CHART_FOREST = 6,
    DOSSIER_CHART_BUBBLE = 7,
    DOSSIER_CHART_LINE = 8
};
enum { DOSSIER_SCALE_LINEAR = 0, DOSSIER_SCALE_LOGARITHMIC = 1 };
enum { DOSSIER_MARK_POOLED = 1u, DOSSIER_MARK_PREDICTION = 2u };
typedef struct dossier_chart { /* CHART */
    size_t size;
    uint32_t kind;
    uint32_t reserved;
    dossier_text title;
    dossier_text alternative; /* not empty: what the chart shows, in words */
    dossier_text anchor;      /* not empty; its data table takes it where charts cannot be carried */
    dossier_text const* categories;
    size_t n_categories;        /* 0 to 10,000 */
    dossier_text const* series; /* bars over stances: the stance words, so that formats can colour them */
    size_t n_series;            /* 1 to 64; DIVERGING_BAR: 2 to 64; FOREST: 1 */
    double const* values;
    size_t n_values;             /* n_categories * n_series (* 3 for INTERVAL and FOREST) */
    dossier_text category_title; /* of the axis of categories; may be empty */
    dossier_text value_title;    /* of the axis of values; may be empty */
    uint32_t scale;              /* of the axis of values; LOGARITHMIC: INTERVAL, FOREST and LINE only, values > 0 */
    uint32_t reserved_2;
    double reference; /* value at which a line stands, such as "no effect"; NaN: none */
    double const* weights;
    size_t n_weights; /* 0: none; else (HARVEST and FOREST only) n_categories * n_series, each >= 0 or NaN: missing */
    uint32_t const* marks;
    size_t n_marks; /* 0: none; else (FOREST only) n_categories, each 0 or DOSSIER_MARK_* bits */
} dossier_chart;

enum { DOSSIER_CALLOUT_INFO = 0, DOSSIER_CALLOUT_WARNING = 1, DOSSIER_CALLOUT_FAILURE = 2 };
typedef struct dossier_callout { /* CALLOUT */
    size_t size;
    uint32_t tone;
    uint32_t reserved;
    dossier_text title;
    dossier_run const* runs;
    size_t n_runs;
} dossier_callout;

/* A sink takes blocks, in order, in batches of any size; the same blocks give the same document however they are cut.
 * After anything but DOSSIER_OK it takes no more. */
typedef struct dossier_sink {
    size_t size;
    void* context; /* goes with every call */
    dossier_status (*blocks)(void* context, dossier_block const* blocks, size_t n_blocks);
} dossier_sink;

/* ---- Engines: claims and sentences in, judgements out ---------------------------------------------------------- */

/* What a sentence is within its article. Only statements, list items and quotations may be judged. */
enum {
    DOSSIER_ROLE_STATEMENT = 1,
    DOSSIER_ROLE_LIST_ITEM = 2,
    DOSSIER_ROLE_QUOTATION = 3,
    DOSSIER_ROLE_TITLE = 4,
    DOSSIER_ROLE_HEADING = 5,
    DOSSIER_ROLE_QUESTION = 6,
    DOSSIER_ROLE_OTHER = 7 /* captions, cells, fragments; boilerplate is not shown at all */
};

/* One sentence of an article, in its order. */
typedef struct dossier_sentence {
    size_t size;
    dossier_text text;
    dossier_text heading; /* the heading it stands under; may be empty */
    uint32_t role;        /* one of the above */
    uint32_t reserved;
} dossier_sentence;

/* A claim of the registry. Phrases are in the registry's pattern language, for engines that care. */
typedef struct dossier_claim {
    size_t size;
    dossier_text claim_id;
    dossier_text statement;    /* one sentence */
    dossier_text outcome;      /* what it is about happening; may be empty */
    dossier_text const* about; /* subject terms, the registry's where the claim has none */
    size_t n_about;
    dossier_text const* supports; /* cues; both lists may be empty */
    size_t n_supports;
    dossier_text const* refutes;
    size_t n_refutes;
} dossier_claim;

/* One claim put to one article. */
typedef struct dossier_question {
    size_t size;
    dossier_claim const* claim;
    dossier_text article_id;
    dossier_text title;                /* may be empty */
    dossier_text language;             /* ISO 639-1; "und" or empty: not known */
    dossier_sentence const* sentences; /* each `sentences[0].size` bytes from the one before */
    size_t n_sentences;
} dossier_question;

/* What one sentence says about the claim. An article of which no sentence is judged is silent on it. */
typedef struct dossier_judgement {
    size_t size;
    uint64_t sentence;   /* number in the question's sentences, from 0; its role must be one that may be judged */
    int32_t direction;   /* +1 supports, -1 refutes, 0 discusses without a side */
    uint32_t hedged;     /* 1: it says so with reserve */
    double strength;     /* [0, 1]: 1 a plain assertion */
    double confidence;   /* [0, 1], the calibrated chance that the direction is right; NaN: not calibrated */
    dossier_text reason; /* one clause for `dossier explain`; must not be empty */
} dossier_judgement;

/* Takes judgements of the question that is being put. At most one for each sentence. */
typedef struct dossier_judgements {
    size_t size;
    void* context; /* goes with every call */
    dossier_status (*judge)(void* context, dossier_judgement const* judgement);
} dossier_judgements;

/* ---- What the host offers ------------------------------------------------------------------------------------- */

typedef struct dossier_rows dossier_rows; /* a running query */

enum { DOSSIER_LOG_DEBUG = 0, DOSSIER_LOG_INFO = 1, DOSSIER_LOG_WARNING = 2 };

typedef struct dossier_host {
    size_t size;
    uint32_t abi_major, abi_minor;
    void* context; /* goes with every call */

    /* Reports; and formats that write data: what a format shows must come out of the blocks.
     * Runs one SELECT over the views of analysis.sqlite. Read only; parameters bind to ?1, ?2, …
     * On DOSSIER_OK *rows is to be closed with close_rows; otherwise it is NULL. */
    dossier_status (*query)(void* context, dossier_text sql, dossier_value const* parameters, size_t n_parameters,
                            dossier_rows** rows);
    /* The next row: DOSSIER_OK and *values, *n_values, which live until the next call on these rows; or DOSSIER_DONE. */
    dossier_status (*next_row)(void* context, dossier_rows* rows, dossier_value const** values, size_t* n_values);
    void (*close_rows)(void* context, dossier_rows* rows);

    /* Formats. How a cell is to be shown: rounded, with sign and symbol ("▲ supports", "0.75", "38 %", "0.30 to 0.95").
     * The text lives until the next call of format_value. Empty cells give empty text. */
    dossier_status (*format_value)(void* context, dossier_column const* column, dossier_cell const* cell,
                                   dossier_text* shown);
    /* Formats. Takes bytes of the file begun last; without begin_file, of the output's only file. */
    dossier_status (*write)(void* context, void const* bytes, size_t size);
    /* Formats that write several files: begins one inside the output's folder. Name: [a-z0-9][a-z0-9._-]*, unique. Either
     * before the first write, or never. */
    dossier_status (*begin_file)(void* context, dossier_text name);

    /* All. Says why the component is about to fail: one sentence; `option`: the key it is about, or empty. */
    void (*error)(void* context, dossier_status status, dossier_text message, dossier_text option);
    /* All. A line for the log. DOSSIER_LOG_WARNING also becomes a diagnostic of the run. */
    void (*log)(void* context, uint32_t level, dossier_text message);
    /* All. 1 when the host wants no more. Ask now and then in long loops. */
    int32_t (*cancelled)(void* context);
} dossier_host;

/* ---- What a plugin offers --------------------------------------------------------------------------------------- */

enum { DOSSIER_COMPONENT_REPORT = 1, DOSSIER_COMPONENT_FORMAT = 2, DOSSIER_COMPONENT_ENGINE = 3 };

/* What a format can carry. What it cannot, the host lowers before it arrives: charts become their alternative text and
 * data table, links plain text, right-to-left text stays but is not marked. Without CONTEXT quotes come without the text
 * around them, which the host then need not look up; without KEYS tables come without columns of ids. */
enum {
    DOSSIER_CARRIES_CHARTS = 1u,
    DOSSIER_CARRIES_LINKS = 2u,
    DOSSIER_CARRIES_NOTES = 4u,
    DOSSIER_CARRIES_CONTEXT = 8u,
    DOSSIER_CARRIES_KEYS = 16u
};

/* One report, format or engine. Tables and everything they point to live as long as the process. */
typedef struct dossier_component {
    size_t size;
    uint32_t kind;                 /* DOSSIER_COMPONENT_REPORT, _FORMAT or _ENGINE */
    uint32_t doc_model;            /* DOSSIER_DOC_MODEL it was written for */
    dossier_text name;             /* [a-z][a-z0-9-]*: how jobs name it */
    dossier_text summary;          /* one sentence */
    dossier_option const* options; /* each `options[0].size` bytes from the one before; NULL: none */
    size_t n_options;
    uint64_t carries;        /* formats: bits above */
    dossier_text media_type; /* formats: "application/pdf" */
    uint32_t several_files;  /* formats: 1 if it calls begin_file, so the job's `file` names a folder */
    uint32_t reserved;

    /* Makes an instance; `values` holds one entry per declared option, in their order, each `values[0].size` bytes from
     * the one before. `host` lives until destroy returns, and is the one that later calls are given. On anything but
     * DOSSIER_OK no instance was made and destroy is not called. */
    dossier_status (*create)(dossier_host const* host, dossier_option_value const* values, size_t n_values,
                             void** instance);
    /* Never called with NULL, and never while another call of the instance runs. */
    void (*destroy)(void* instance);
    /* Reports: reads the analysis and says its flow blocks to `sink`. NULL in a format. */
    dossier_status (*run)(void* instance, dossier_host const* host, dossier_sink const* sink);
    /* Formats: fills in `sink` (context and blocks; `size` is set by the host). Once per instance. After the block
     * DOCUMENT_END was taken, every byte has been written. NULL in a report. */
    dossier_status (*open)(void* instance, dossier_host const* host, dossier_sink* sink);
    /* Engines: says to `judgements` which sentences bear on the claim, and how. Called for each article and claim; the
     * same question must get the same answer, whatever was asked before. NULL in reports and formats. */
    dossier_status (*judge)(void* instance, dossier_host const* host, dossier_question const* question,
                            dossier_judgements const* judgements);
} dossier_component;

typedef struct dossier_plugin {
    size_t size;
    uint32_t abi_major, abi_minor; /* DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR it was compiled with */
    dossier_text name;             /* as in its metadata */
    dossier_text version;
    dossier_component const* const* components;
    size_t n_components;
} dossier_plugin;

#if defined(_WIN32)
#define DOSSIER_EXPORT __declspec(dllexport)
#else
#define DOSSIER_EXPORT __attribute__((visibility("default")))
#endif

/* The one exported function. Returns the plugin's table, which lives as long as the process, or NULL if the plugin
 * cannot work with that host. Called once or more, always with the same answer. */
DOSSIER_EXPORT dossier_plugin const* dossier_plugin_entry(uint32_t host_abi_major, uint32_t host_abi_minor);

#ifndef DOSSIER_PLUGIN_VERSION
#define DOSSIER_PLUGIN_VERSION "0" /* dossier_add_plugin() defines it from the project's version */
#endif

/* Keeps the metadata where the linker drops sections that nobody refers to (--gc-sections). */
#define DOSSIER_KEPT
#if defined(__has_attribute)
#if __has_attribute(retain)
#undef DOSSIER_KEPT
#define DOSSIER_KEPT __attribute__((retain))
#endif
#endif

/* The metadata: lines of key=value in the ELF section "dossier_meta". Once per plugin, at file scope:
 *   DOSSIER_METADATA("hello", "provides=report:hello\n")
 * Keys: abi=<major>.<minor>, name, version, and one provides=<kind>:<name> per component; kinds: report, format, engine. */
#define DOSSIER_METADATA(name, provides)                                                                \
    DOSSIER_KEPT __attribute__((section("dossier_meta"), used)) static char const dossier_metadata_[] = \
        "abi=1.1\nname=" name "\nversion=" DOSSIER_PLUGIN_VERSION "\n" provides;

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* DOSSIER_PLUGIN_H */
