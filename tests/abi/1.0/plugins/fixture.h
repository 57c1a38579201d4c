/* What the small plugins here share: the tables around one function. Each file then is what its plugin does. */
#ifndef DOSSIER_TEST_FIXTURE_H
#define DOSSIER_TEST_FIXTURE_H

#include <dossier/plugin.h>
#include <string.h>

#define FIXTURE_TEXT(literal) \
    { (literal), sizeof(literal) - 1 }

static inline dossier_text text_of(char const* words) {
    dossier_text text;
    text.data = words;
    text.size = strlen(words);
    return text;
}

static inline dossier_status say(dossier_sink const* sink, uint32_t kind, void const* content) {
    dossier_block block;
    memset(&block, 0, sizeof block);
    block.kind = kind;
    block.content = content;
    return sink->blocks(sink->context, &block, 1);
}

static inline dossier_status say_paragraph(dossier_sink const* sink, char const* words) {
    dossier_run run;
    dossier_paragraph paragraph;
    memset(&run, 0, sizeof run);
    memset(&paragraph, 0, sizeof paragraph);
    run.text = text_of(words);
    paragraph.size = sizeof paragraph;
    paragraph.runs = &run;
    paragraph.n_runs = 1;
    return say(sink, DOSSIER_PARAGRAPH, &paragraph);
}

static inline dossier_status make_nothing(dossier_host const* host, dossier_option_value const* values, size_t n_values,
                                          void** instance) {
    static int nothing;
    (void)host, (void)values, (void)n_values;
    *instance = &nothing;
    return DOSSIER_OK;
}

static inline void destroy_nothing(void* instance) {
    (void)instance;
}

#define FIXTURE_TABLE(component_name, major, minor)                                                                   \
    static dossier_component const* const fixture_components[] = {&fixture_component};                                \
    static dossier_plugin const fixture_plugin = {                                                                    \
        sizeof(dossier_plugin), (major), (minor), FIXTURE_TEXT(component_name), FIXTURE_TEXT(DOSSIER_PLUGIN_VERSION), \
        fixture_components,     1};                                                                                   \
    DOSSIER_EXPORT dossier_plugin const* dossier_plugin_entry(uint32_t host_major, uint32_t host_minor) {             \
        (void)host_major, (void)host_minor;                                                                           \
        return &fixture_plugin;                                                                                       \
    }

#define FIXTURE_COMPONENT(component_kind, component_name, run_function, open_function, with_several_files) \
    static dossier_component const fixture_component = {sizeof(dossier_component),                         \
                                                        (component_kind),                                  \
                                                        DOSSIER_DOC_MODEL,                                 \
                                                        FIXTURE_TEXT(component_name),                      \
                                                        FIXTURE_TEXT("a fixture"),                         \
                                                        0,                                                 \
                                                        0,                                                 \
                                                        0,                                                 \
                                                        FIXTURE_TEXT("text/plain"),                        \
                                                        (with_several_files),                              \
                                                        0,                                                 \
                                                        make_nothing,                                      \
                                                        destroy_nothing,                                   \
                                                        (run_function),                                    \
                                                        (open_function),                                   \
                                                        0};

/* A report called `name` whose work is `run_function`, with a table of the ABI version given. */
#define FIXTURE_REPORT_OF_ABI(name, run_function, major, minor)           \
    DOSSIER_METADATA(name, "provides=report:" name "\n")                  \
    FIXTURE_COMPONENT(DOSSIER_COMPONENT_REPORT, name, run_function, 0, 0) \
    FIXTURE_TABLE(name, major, minor)

#define FIXTURE_REPORT(name, run_function) \
    FIXTURE_REPORT_OF_ABI(name, run_function, DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR)

/* A format called `name` whose blocks go to `take_function`; the host is in `fixture_host`. */
#define FIXTURE_FORMAT(name, take_function, with_several_files)                                        \
    static dossier_status fixture_open(void* instance, dossier_host const* host, dossier_sink* sink) { \
        (void)instance;                                                                                \
        fixture_host = host;                                                                           \
        sink->context = 0;                                                                             \
        sink->blocks = take_function;                                                                  \
        return DOSSIER_OK;                                                                             \
    }                                                                                                  \
    DOSSIER_METADATA(name, "provides=format:" name "\n")                                               \
    FIXTURE_COMPONENT(DOSSIER_COMPONENT_FORMAT, name, 0, fixture_open, with_several_files)             \
    FIXTURE_TABLE(name, DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR)

#define UNUSED_RUN (void)instance, (void)host, (void)sink

#endif
