/* my-engine: a sentence speaks on a claim if it holds all long words of the claim's statement, or forms of them. */
#include <dossier/plugin.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

DOSSIER_METADATA("my-engine", "provides=engine:my-engine\n")

#define TEXT(literal) \
    { literal, sizeof(literal) - 1 }

enum { SHORTEST_WORD = 4 }; /* shorter ones carry little */

static char lower(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool begins_with(dossier_text text, dossier_text word) {
    size_t i;
    if (text.size < word.size) return false;
    for (i = 0; i < word.size; ++i)
        if (lower(text.data[i]) != lower(word.data[i])) return false;
    return true;
}

/* Takes the first word of ASCII letters off `rest`; false: there is none. */
static bool next_word(dossier_text* rest, dossier_text* word) {
    size_t begin = 0, end;
    while (begin < rest->size && !is_letter(rest->data[begin]))
        ++begin;
    for (end = begin; end < rest->size && is_letter(rest->data[end]);)
        ++end;
    if (begin == end) return false;
    word->data = rest->data + begin;
    word->size = end - begin;
    rest->data += end;
    rest->size -= end;
    return true;
}

static bool holds(dossier_text text, dossier_text word) {
    dossier_text one;
    while (next_word(&text, &one))
        if (one.size == word.size && begins_with(one, word)) return true;
    return false;
}

/* Whether `text` holds this word or one that begins with it: "eased" for "ease". */
static bool holds_form_of(dossier_text text, dossier_text word) {
    dossier_text one;
    while (next_word(&text, &one))
        if (begins_with(one, word)) return true;
    return false;
}

static bool holds_long_words_of(dossier_text text, dossier_text statement) {
    dossier_text word;
    while (next_word(&statement, &word))
        if (word.size >= SHORTEST_WORD && !holds_form_of(text, word)) return false;
    return true;
}

static bool may_be_judged(dossier_sentence const* sentence) {
    return sentence->role == DOSSIER_ROLE_STATEMENT || sentence->role == DOSSIER_ROLE_LIST_ITEM ||
           sentence->role == DOSSIER_ROLE_QUOTATION;
}

static dossier_judgement judgement_of(uint64_t number, dossier_text text, dossier_text statement) {
    static const dossier_text denial = TEXT("not"), reason = TEXT("holds the statement's words");
    dossier_judgement judgement;
    memset(&judgement, 0, sizeof judgement);
    judgement.size = sizeof judgement;
    judgement.sentence = number;
    judgement.direction = holds(text, denial) == holds(statement, denial) ? 1 : -1;
    judgement.strength = 1.0;
    judgement.confidence = NAN; /* not calibrated */
    judgement.reason = reason;
    return judgement;
}

/* Sentences may be larger than this header knows: they are walked by the size of the first. */
static dossier_status judge(void* instance, dossier_host const* host, dossier_question const* question,
                            dossier_judgements const* judgements) {
    char const* next = (char const*)question->sentences;
    dossier_status status = DOSSIER_OK;
    size_t i;
    (void)instance, (void)host;
    for (i = 0; i < question->n_sentences && status == DOSSIER_OK; ++i, next += question->sentences->size) {
        dossier_sentence const* sentence = (dossier_sentence const*)(void const*)next;
        dossier_text const statement = question->claim->statement;
        if (may_be_judged(sentence) && holds_long_words_of(sentence->text, statement)) {
            dossier_judgement const judgement = judgement_of(i, sentence->text, statement);
            status = judgements->judge(judgements->context, &judgement);
        }
    }
    return status;
}

/* ---- the component ------------------------------------------------------------------------------------------------ */

/* The engine has no options and keeps nothing, so any address serves as its instance. */
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
    .kind = DOSSIER_COMPONENT_ENGINE,
    .doc_model = DOSSIER_DOC_MODEL,
    .name = TEXT("my-engine"),
    .summary = TEXT("Stances by the words of the statement"),
    .create = create,
    .destroy = destroy,
    .judge = judge,
};

static dossier_component const* const components[] = {&component};

static const dossier_plugin plugin = {
    .size = sizeof(dossier_plugin),
    .abi_major = DOSSIER_ABI_MAJOR,
    .abi_minor = DOSSIER_ABI_MINOR,
    .name = TEXT("my-engine"),
    .version = TEXT(DOSSIER_PLUGIN_VERSION),
    .components = components,
    .n_components = 1,
};

DOSSIER_EXPORT dossier_plugin const* dossier_plugin_entry(uint32_t host_abi_major, uint32_t host_abi_minor) {
    (void)host_abi_minor;
    return host_abi_major == DOSSIER_ABI_MAJOR ? &plugin : NULL;
}
