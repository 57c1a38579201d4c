/* my-report: every claim with the independent sources for and against it, and their words. */
#include <dossier/plugin.h>
#include <string.h>

DOSSIER_METADATA("my-report", "provides=report:my-report\n")

#define TEXT(literal) \
    { literal, sizeof(literal) - 1 }

/* ---- what is said ------------------------------------------------------------------------------------------------- */

static dossier_status say(dossier_sink const* sink, uint32_t kind, void const* content) {
    dossier_block block;
    memset(&block, 0, sizeof block);
    block.kind = kind;
    block.content = content;
    return sink->blocks(sink->context, &block, 1);
}

static dossier_status say_heading(dossier_sink const* sink, uint32_t level, dossier_text text, dossier_text anchor) {
    dossier_heading heading = {sizeof(dossier_heading), level, {NULL, 0}, {NULL, 0}};
    heading.text = text;
    heading.anchor = anchor;
    return say(sink, DOSSIER_HEADING, &heading);
}

/* Runs a query without parameters, and hands each row to `each` until it is anything but DOSSIER_OK. */
typedef dossier_status (*row_taker)(dossier_sink const* sink, dossier_value const* values);

static dossier_status for_each_row(dossier_host const* host, dossier_text sql, dossier_sink const* sink,
                                   row_taker each) {
    dossier_rows* rows = NULL;
    dossier_value const* values = NULL;
    size_t n_values = 0;
    dossier_status status = host->query(host->context, sql, NULL, 0, &rows);
    if (status != DOSSIER_OK) return status;
    while ((status = host->next_row(host->context, rows, &values, &n_values)) == DOSSIER_OK)
        if ((status = each(sink, values)) != DOSSIER_OK) break;
    host->close_rows(host->context, rows);
    return status == DOSSIER_DONE ? DOSSIER_OK : status;
}

/* ---- the table ---------------------------------------------------------------------------------------------------- */

static const dossier_text counts_sql =
    TEXT("SELECT statement, supports, refutes FROM consensus WHERE condition_id = '' ORDER BY claim_position");

static dossier_status say_count(dossier_sink const* sink, dossier_value const* values) {
    dossier_cell cells[3];
    dossier_row row = {sizeof(dossier_row), cells, 3, {NULL, 0}};
    memset(cells, 0, sizeof cells);
    cells[0].kind = DOSSIER_CELL_TEXT;
    cells[0].text = values[0].text;
    cells[1].kind = cells[2].kind = DOSSIER_CELL_INTEGER;
    cells[1].integer = values[1].integer;
    cells[2].integer = values[2].integer;
    return say(sink, DOSSIER_ROW, &row);
}

static dossier_status write_counts(dossier_host const* host, dossier_sink const* sink) {
    static const dossier_column columns[] = {
        {sizeof(dossier_column), TEXT("claim"), TEXT("Claim"), DOSSIER_CELL_TEXT, 0, TEXT(""), 0, 0},
        {sizeof(dossier_column), TEXT("supports"), TEXT("For"), DOSSIER_CELL_INTEGER, 0, TEXT(""), 0, 0},
        {sizeof(dossier_column), TEXT("refutes"), TEXT("Against"), DOSSIER_CELL_INTEGER, 0, TEXT(""), 0, 0}};
    static const dossier_table table = {sizeof(dossier_table), TEXT("Independent sources for and against"),
                                        TEXT("counts"), columns, 3};
    dossier_status status = say(sink, DOSSIER_TABLE_BEGIN, &table);
    if (status == DOSSIER_OK) status = for_each_row(host, counts_sql, sink, say_count);
    return status == DOSSIER_OK ? say(sink, DOSSIER_TABLE_END, NULL) : status;
}

/* ---- the words ---------------------------------------------------------------------------------------------------- */

/* A row without a quote is a claim; its quotes follow. */
static const dossier_text quotes_sql = TEXT(
    "SELECT statement, NULL AS quote, '' AS article_id, '' AS path, 0 AS byte_begin, 0 AS byte_end, 0 AS line,"
    " 0 AS page, position, '' AS evidence_id FROM claims UNION ALL"
    " SELECT '', quote, article_id, path, byte_begin, byte_end, line, page, position, evidence_id"
    " FROM evidence JOIN claims USING (claim_id) ORDER BY position, evidence_id");

static dossier_status say_claim_or_quote(dossier_sink const* sink, dossier_value const* values) {
    static const dossier_text no_anchor = TEXT("");
    dossier_quote quote;
    if (values[1].type == DOSSIER_NULL) return say_heading(sink, 2, values[0].text, no_anchor);
    memset(&quote, 0, sizeof quote);
    quote.size = sizeof quote;
    quote.text = values[1].text;
    quote.locator.size = sizeof quote.locator;
    quote.locator.article_id = values[2].text;
    quote.locator.path = values[3].text;
    quote.locator.byte_begin = (uint64_t)values[4].integer;
    quote.locator.byte_end = (uint64_t)values[5].integer;
    quote.locator.line = (uint64_t)values[6].integer;
    quote.locator.page = (uint64_t)values[7].integer;
    return say(sink, DOSSIER_QUOTE, &quote);
}

/* ---- the component ------------------------------------------------------------------------------------------------ */

static dossier_status run(void* instance, dossier_host const* host, dossier_sink const* sink) {
    static const dossier_text title = TEXT("Who says what"), anchor = TEXT("who-says-what");
    dossier_status status = say_heading(sink, 1, title, anchor);
    (void)instance;
    if (status == DOSSIER_OK) status = write_counts(host, sink);
    return status == DOSSIER_OK ? for_each_row(host, quotes_sql, sink, say_claim_or_quote) : status;
}

/* The report has no options and keeps nothing, so any address serves as its instance. */
static dossier_status create(dossier_host const* host, dossier_option_value const* values, size_t n_values,
                             void** instance) {
    static char nothing;
    (void)host, (void)values, (void)n_values;
    *instance = &nothing;
    return DOSSIER_OK;
}

static void destroy(void* instance) {
    (void)instance;
}

static const dossier_component component = {
    .size = sizeof(dossier_component),
    .kind = DOSSIER_COMPONENT_REPORT,
    .doc_model = DOSSIER_DOC_MODEL,
    .name = TEXT("my-report"),
    .summary = TEXT("Every claim with the sources for and against it, and their words"),
    .create = create,
    .destroy = destroy,
    .run = run,
};

static dossier_component const* const components[] = {&component};

static const dossier_plugin plugin = {
    .size = sizeof(dossier_plugin),
    .abi_major = DOSSIER_ABI_MAJOR,
    .abi_minor = DOSSIER_ABI_MINOR,
    .name = TEXT("my-report"),
    .version = TEXT(DOSSIER_PLUGIN_VERSION),
    .components = components,
    .n_components = 1,
};

DOSSIER_EXPORT dossier_plugin const* dossier_plugin_entry(uint32_t host_abi_major, uint32_t host_abi_minor) {
    (void)host_abi_minor;
    return host_abi_major == DOSSIER_ABI_MAJOR ? &plugin : NULL;
}
