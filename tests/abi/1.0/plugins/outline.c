/* Outline: the headings of a document as indented plain text. A format in C99, on <dossier/plugin.h> alone. */
/* [guide: format] */
#include <dossier/plugin.h>
#include <stdlib.h>

DOSSIER_METADATA("outline", "provides=format:outline\n")

#define TEXT(literal) \
    { literal, sizeof(literal) - 1 }

typedef struct outline {
    dossier_host const* host; /* lives until destroy */
    int64_t indent;           /* spaces per level */
} outline;

static dossier_status write_text(outline const* self, dossier_text text) {
    return self->host->write(self->host->context, text.data, text.size);
}

static dossier_status write_heading(outline const* self, dossier_heading const* heading) {
    static const dossier_text space = TEXT(" "), line_break = TEXT("\n");
    int64_t i;
    dossier_status status = DOSSIER_OK;
    for (i = self->indent * (int64_t)(heading->level - 1); i > 0 && status == DOSSIER_OK; --i)
        status = write_text(self, space);
    if (status == DOSSIER_OK) status = write_text(self, heading->text);
    return status == DOSSIER_OK ? write_text(self, line_break) : status;
}

static dossier_status take_blocks(void* context, dossier_block const* blocks, size_t n_blocks) {
    outline const* self = context;
    dossier_status status = DOSSIER_OK;
    size_t i;
    for (i = 0; i < n_blocks && status == DOSSIER_OK; ++i)
        if (blocks[i].kind == DOSSIER_HEADING) status = write_heading(self, blocks[i].content);
    return status;
}

static dossier_status create(dossier_host const* host, dossier_option_value const* values, size_t n_values,
                             void** instance) {
    static const dossier_text no_memory = TEXT("there is no memory left"), no_option = TEXT("");
    outline* self = malloc(sizeof *self);
    if (self == NULL) {
        host->error(host->context, DOSSIER_FAILED, no_memory, no_option);
        return DOSSIER_FAILED;
    }
    self->host = host;
    self->indent = n_values > 0 ? values[0].value.integer : 0;
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

static const dossier_option options[] = {{
    .size = sizeof(dossier_option),
    .key = TEXT("indent"),
    .type = DOSSIER_INTEGER,
    .default_value = {.type = DOSSIER_INTEGER, .integer = 2},
    .minimum = 0,
    .maximum = 8,
    .doc = TEXT("Spaces that each level of headings is indented by."),
}};

static const dossier_component component = {
    .size = sizeof(dossier_component),
    .kind = DOSSIER_COMPONENT_FORMAT,
    .doc_model = DOSSIER_DOC_MODEL,
    .name = TEXT("outline"),
    .summary = TEXT("The headings as indented plain text"),
    .options = options,
    .n_options = 1,
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
    .name = TEXT("outline"),
    .version = TEXT(DOSSIER_PLUGIN_VERSION),
    .components = components,
    .n_components = 1,
};

DOSSIER_EXPORT dossier_plugin const* dossier_plugin_entry(uint32_t host_abi_major, uint32_t host_abi_minor) {
    (void)host_abi_minor;
    return host_abi_major == DOSSIER_ABI_MAJOR ? &plugin : NULL;
}
/* [end: format] */
