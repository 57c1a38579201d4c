/* my-format: documents as plain text. */
#include <dossier/plugin.h>
#include <stdlib.h>
#include <string.h>

DOSSIER_METADATA("my-format", "provides=format:my-format\n")

#define TEXT(literal) \
    { literal, sizeof(literal) - 1 }

enum { MAX_COLUMNS = 256 };

typedef struct text_writer {
    dossier_host const* host;            /* lives until destroy */
    dossier_column columns[MAX_COLUMNS]; /* of the table that is being written, without their texts */
} text_writer;

static dossier_status write_text(text_writer const* self, dossier_text text) {
    return self->host->write(self->host->context, text.data, text.size);
}

/* Writes a text of the program's own. */
static dossier_status write_string(text_writer const* self, char const* string) {
    return self->host->write(self->host->context, string, strlen(string));
}

static dossier_status write_line(text_writer const* self, char const* mark, dossier_text text) {
    dossier_status status = write_string(self, mark);
    if (status == DOSSIER_OK) status = write_text(self, text);
    return status == DOSSIER_OK ? write_string(self, "\n") : status;
}

static dossier_status write_runs(text_writer const* self, dossier_run const* runs, size_t n_runs) {
    dossier_status status = DOSSIER_OK;
    size_t i;
    for (i = 0; i < n_runs && status == DOSSIER_OK; ++i)
        status = write_text(self, runs[i].text);
    return status == DOSSIER_OK ? write_string(self, "\n") : status;
}

static dossier_status write_heading(text_writer const* self, dossier_heading const* heading) {
    dossier_status status = write_string(self, "\n");
    uint32_t i;
    for (i = 0; i < heading->level && status == DOSSIER_OK; ++i)
        status = write_string(self, "=");
    return status == DOSSIER_OK ? write_line(self, " ", heading->text) : status;
}

static dossier_status write_callout(text_writer const* self, dossier_callout const* callout) {
    dossier_status status = write_line(self, "", callout->title);
    return status == DOSSIER_OK ? write_runs(self, callout->runs, callout->n_runs) : status;
}

/* Columns may be larger than this header knows: they are walked by the size of the first. */
static dossier_status begin_table(text_writer* self, dossier_table const* table) {
    char const* next = (char const*)table->columns;
    dossier_status status = write_line(self, "", table->caption);
    size_t i;
    for (i = 0; i < table->n_columns && i < MAX_COLUMNS && status == DOSSIER_OK; ++i, next += table->columns->size) {
        dossier_column const* column = (dossier_column const*)(void const*)next;
        memset(&self->columns[i], 0, sizeof self->columns[i]);
        self->columns[i].size = sizeof self->columns[i];
        self->columns[i].kind = column->kind;
        self->columns[i].decimals = column->decimals;
        status = write_string(self, i == 0 ? "- " : " | ");
        if (status == DOSSIER_OK) status = write_text(self, column->title);
    }
    return status == DOSSIER_OK ? write_string(self, "\n") : status;
}

static dossier_status write_row(text_writer const* self, dossier_row const* row) {
    dossier_status status = DOSSIER_OK;
    size_t i;
    for (i = 0; i < row->n_cells && i < MAX_COLUMNS && status == DOSSIER_OK; ++i) {
        dossier_text shown;
        status = self->host->format_value(self->host->context, &self->columns[i], &row->cells[i], &shown);
        if (status == DOSSIER_OK) status = write_string(self, i == 0 ? "- " : " | ");
        if (status == DOSSIER_OK) status = write_text(self, shown);
    }
    return status == DOSSIER_OK ? write_string(self, "\n") : status;
}

static dossier_status take_block(text_writer* self, dossier_block const* block) {
    void const* content = block->content;
    switch (block->kind) {
        case DOSSIER_DOCUMENT_BEGIN: return write_line(self, "", ((dossier_document const*)content)->title);
        case DOSSIER_HEADING: return write_heading(self, content);
        case DOSSIER_PARAGRAPH:
            return write_runs(self, ((dossier_paragraph const*)content)->runs,
                              ((dossier_paragraph const*)content)->n_runs);
        case DOSSIER_NOTE:
            return write_runs(self, ((dossier_note const*)content)->runs, ((dossier_note const*)content)->n_runs);
        case DOSSIER_CALLOUT: return write_callout(self, content);
        case DOSSIER_QUOTE: return write_line(self, "> ", ((dossier_quote const*)content)->text);
        case DOSSIER_TABLE_BEGIN: return begin_table(self, content);
        case DOSSIER_ROW: return write_row(self, content);
        default: return DOSSIER_OK; /* also kinds that this header does not know */
    }
}

static dossier_status take_blocks(void* context, dossier_block const* blocks, size_t n_blocks) {
    dossier_status status = DOSSIER_OK;
    size_t i;
    for (i = 0; i < n_blocks && status == DOSSIER_OK; ++i)
        status = take_block(context, &blocks[i]);
    return status;
}

/* ---- the component ------------------------------------------------------------------------------------------------ */

static dossier_status create(dossier_host const* host, dossier_option_value const* values, size_t n_values,
                             void** instance) {
    text_writer* self = malloc(sizeof *self);
    (void)values, (void)n_values;
    if (self == NULL) return DOSSIER_OUT_OF_MEMORY;
    self->host = host;
    *instance = self;
    return DOSSIER_OK;
}

static void destroy(void* instance) {
    free(instance);
}

static dossier_status open_sink(void* instance, dossier_host const* host, dossier_sink* sink) {
    (void)host;
    sink->context = instance;
    sink->blocks = take_blocks;
    return DOSSIER_OK;
}

static const dossier_component component = {
    .size = sizeof(dossier_component),
    .kind = DOSSIER_COMPONENT_FORMAT,
    .doc_model = DOSSIER_DOC_MODEL,
    .name = TEXT("my-format"),
    .summary = TEXT("Plain text"),
    .media_type = TEXT("text/plain"),
    .create = create,
    .destroy = destroy,
    .open = open_sink,
};

static dossier_component const* const components[] = {&component};

static const dossier_plugin plugin = {
    .size = sizeof(dossier_plugin),
    .abi_major = DOSSIER_ABI_MAJOR,
    .abi_minor = DOSSIER_ABI_MINOR,
    .name = TEXT("my-format"),
    .version = TEXT(DOSSIER_PLUGIN_VERSION),
    .components = components,
    .n_components = 1,
};

DOSSIER_EXPORT dossier_plugin const* dossier_plugin_entry(uint32_t host_abi_major, uint32_t host_abi_minor) {
    (void)host_abi_minor;
    return host_abi_major == DOSSIER_ABI_MAJOR ? &plugin : NULL;
}
