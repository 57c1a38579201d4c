/* Stands for a plugin: exports the one function, and copies into an array on the stack. */
#include <dossier/plugin.h>
#include <stdio.h>
#include <string.h>

DOSSIER_EXPORT dossier_plugin const* dossier_plugin_entry(uint32_t host_major, uint32_t host_minor) {
    char copy[64];
    memset(copy, (int)host_minor, sizeof copy);
    strncpy(copy, DOSSIER_PLUGIN_VERSION, host_major);
    puts(copy);
    return 0;
}
