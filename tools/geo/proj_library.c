/* proj_library: PROJ, loaded when it is first needed. */
#include "proj_library.h"
#include "base/msg.h"
#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifndef PROJ_SONAME
#error "the Makefile defines PROJ_SONAME"
#endif

#define PROJ_ENTRY(name) {"proj_" #name, offsetof(struct proj_library, name)},
static const struct {
    const char *name;
    size_t at;
} functions[] = {PROJ_FUNCTIONS(PROJ_ENTRY)};

static void load(struct proj_library *library)
{
    void *handle = dlopen(PROJ_SONAME, RTLD_LAZY | RTLD_LOCAL);
    for (size_t i = 0; handle && i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(handle, functions[i].name);
        if (!function)
            handle = NULL;
        memcpy((char *)library + functions[i].at, &function, sizeof function);
    }
    if (handle)
        return;
    msg_error("cannot load PROJ, which coordinates of several systems need: %s", dlerror());
    exit(MSG_SYSTEM);
}

const struct proj_library *proj(void)
{
    static struct proj_library library; /* what dlsym gave: it would give it again */
    static bool loaded;
    if (!loaded)
        load(&library);
    loaded = true;
    return &library;
}
