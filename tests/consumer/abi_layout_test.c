/* The layout of plugin.h as a C99 compiler sees it: this file compiles, or the ABI has changed. */
#include <dossier/plugin.h>

#if defined(__LP64__)
#define DOSSIER_SIZE(type, bytes) typedef char size_of_##type[sizeof(type) == (bytes) ? 1 : -1];
#define DOSSIER_OFFSET(type, member, bytes) \
    typedef char offset_of_##type##_##member[offsetof(type, member) == (bytes) ? 1 : -1];
#include "abi_layout.def"
#undef DOSSIER_SIZE
#undef DOSSIER_OFFSET
#endif

int dossier_layout_is_as_released_in_c(void);
int dossier_layout_is_as_released_in_c(void) {
    return sizeof(void*) == 8;
}
