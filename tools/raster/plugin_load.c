/* plugin_load: opening the shared objects beside the programs. */
#include "plugin_load.h"
#include "base/install_path.h"
#include "base/msg.h"
#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>

const void *plugin_load(const char *name, int version)
{
    char *path = install_path(name);
    if (!path)
        return NULL;
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const int *module = handle ? dlsym(handle, "eco_module") : NULL;
    if (!module)
        msg_error("cannot load what reads this kind of file: %s", dlerror());
    else if (*module != version)
        msg_error("%s belongs to another version of eco", path);
    free(path);
    return module && *module == version ? module : NULL;
}
