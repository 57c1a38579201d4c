/* A report in C99, as short as it gets: options, a query, a heading, a paragraph, a table. */
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"

static dossier_option const options[] = {{sizeof(dossier_option),
                                          FIXTURE_TEXT("greeting"),
                                          DOSSIER_TEXT,
                                          {DOSSIER_TEXT, 0, 0, 0.0, FIXTURE_TEXT("Hello")},
                                          1.0,
                                          0.0,
                                          0,
                                          0,
                                          FIXTURE_TEXT("How to greet.")},
                                         {sizeof(dossier_option),
                                          FIXTURE_TEXT("times"),
                                          DOSSIER_INTEGER,
                                          {DOSSIER_INTEGER, 0, 1, 0.0, {0, 0}},
                                          1.0,
                                          9.0,
                                          0,
                                          0,
                                          FIXTURE_TEXT("How often to greet.")}};

typedef struct hello {
    char greeting[64];
    long times;
} hello;

static dossier_status create(dossier_host const* host, dossier_option_value const* values, size_t n_values,
                             void** instance) {
    hello* const made = calloc(1, sizeof *made);
    if (made == NULL || n_values != 2) return DOSSIER_FAILED;
    (void)host;
    snprintf(made->greeting, sizeof made->greeting, "%.*s", (int)values[0].value.text.size, values[0].value.text.data);
    made->times = (long)values[1].value.integer;
    *instance = made;
    return DOSSIER_OK;
}

static void destroy(void* instance) {
    free(instance);
}

static dossier_status say_articles(dossier_host const* host, dossier_sink const* sink) {
    dossier_value first;
    dossier_rows* rows = 0;
    dossier_value const* values = 0;
    size_t n_values = 0;
    dossier_status status;
    memset(&first, 0, sizeof first);
    first.type = DOSSIER_TEXT;
    first.text = text_of("a2");
    status = host->query(host->context,
                         text_of("SELECT article_id, n_sentences FROM articles WHERE article_id >= ?1 ORDER BY 1"),
                         &first, 1, &rows);
    if (status != DOSSIER_OK) return status;
    while ((status = host->next_row(host->context, rows, &values, &n_values)) == DOSSIER_OK) {
        dossier_cell cells[2];
        dossier_row row;
        memset(cells, 0, sizeof cells);
        memset(&row, 0, sizeof row);
        cells[0].kind = DOSSIER_CELL_TEXT;
        cells[0].text = values[0].text;
        if (values[1].type != DOSSIER_NULL) cells[1].kind = DOSSIER_CELL_INTEGER;
        cells[1].integer = values[1].integer;
        row.size = sizeof row;
        row.cells = cells;
        row.n_cells = n_values;
        if ((status = say(sink, DOSSIER_ROW, &row)) != DOSSIER_OK) break;
    }
    host->close_rows(host->context, rows);
    return status == DOSSIER_DONE ? DOSSIER_OK : status;
}

static dossier_status run(void* instance, dossier_host const* host, dossier_sink const* sink) {
    static dossier_column const columns[] = {
        {sizeof(dossier_column), FIXTURE_TEXT("article"), FIXTURE_TEXT("Article"), DOSSIER_CELL_TEXT, 0, {0, 0}},
        {sizeof(dossier_column),
         FIXTURE_TEXT("sentences"),
         FIXTURE_TEXT("Sentences"),
         DOSSIER_CELL_INTEGER,
         0,
         {0, 0}}};
    static dossier_heading const heading = {sizeof heading, 1, FIXTURE_TEXT("Greetings"), FIXTURE_TEXT("top")};
    static dossier_table const table = {sizeof table, FIXTURE_TEXT("Articles"), FIXTURE_TEXT("articles"), columns, 2};
    hello const* const self = instance;
    dossier_status status = say(sink, DOSSIER_HEADING, &heading);
    long i;
    for (i = 0; status == DOSSIER_OK && i < self->times; ++i)
        status = say_paragraph(sink, self->greeting);
    if (status == DOSSIER_OK) status = say(sink, DOSSIER_TABLE_BEGIN, &table);
    if (status == DOSSIER_OK) status = say_articles(host, sink);
    if (status == DOSSIER_OK) status = say(sink, DOSSIER_TABLE_END, 0);
    host->log(host->context, DOSSIER_LOG_WARNING, text_of("greeted\nwith care"));
    return status;
}

DOSSIER_METADATA("hello-c", "provides=report:hello-c\n")

static dossier_component const fixture_component = {sizeof(dossier_component),
                                                    DOSSIER_COMPONENT_REPORT,
                                                    DOSSIER_DOC_MODEL,
                                                    FIXTURE_TEXT("hello-c"),
                                                    FIXTURE_TEXT("Greets, in C."),
                                                    options,
                                                    2,
                                                    0,
                                                    {0, 0},
                                                    0,
                                                    0,
                                                    create,
                                                    destroy,
                                                    run,
                                                    0,
                                                    0};
FIXTURE_TABLE("hello-c", DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR)
