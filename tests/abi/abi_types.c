/* Every type of plugin.h as the parameter of a function, so that their layout is in the debug information. */
#include PLUGIN_HEADER

void use_component(dossier_component const* component);
void use_component(dossier_component const* component) {
    (void)component;
}
void use_plugin(dossier_plugin const* plugin);
void use_plugin(dossier_plugin const* plugin) {
    (void)plugin;
}
/* Blocks point to their contents without a type. */
void use_blocks(dossier_document const*, dossier_section const*, dossier_heading const*, dossier_paragraph const*,
                dossier_list const*, dossier_quote const*, dossier_note const*, dossier_table const*,
                dossier_row const*, dossier_chart const*, dossier_callout const*);
void use_blocks(dossier_document const* document, dossier_section const* section, dossier_heading const* heading,
                dossier_paragraph const* paragraph, dossier_list const* list, dossier_quote const* quote,
                dossier_note const* note, dossier_table const* table, dossier_row const* row,
                dossier_chart const* chart, dossier_callout const* callout) {
    (void)document, (void)section, (void)heading, (void)paragraph, (void)list, (void)quote, (void)note, (void)table;
    (void)row, (void)chart, (void)callout;
}
/* The numbers, whose enumerations have no names. */
int const numbers[] = {DOSSIER_OK, DOSSIER_DONE, DOSSIER_FAILED, DOSSIER_BAD_OPTION, DOSSIER_BAD_QUERY};
