/* gdal_plugin: loading eco-gdal.so. */
#include "raster/gdal_plugin.h"
#include "base/install_path.h"
#include "base/msg.h"
#include <dlfcn.h>
#include <stdlib.h>

const struct gdal_plugin *gdal_plugin_load(void)
{
    static const struct gdal_plugin *loaded; /* what dlopen gave: it would give it again */
    if (loaded)
        return loaded;
    char *path = install_path("lib/eco/eco-gdal.so");
    if (!path)
        return NULL;
    /* Among libgdal's libraries is OpenBLAS, which starts threads as it is loaded, and
     * waits for ever where there is no memory for their stacks. Nothing here needs them. */
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const struct gdal_plugin *m = handle ? dlsym(handle, "eco_module") : NULL;
    if (!m)
        msg_error("cannot load what reads this kind of file: %s", dlerror());
    else if (m->version != GDAL_PLUGIN_VERSION)
        msg_error("%s belongs to another version of eco", path);
    else
        loaded = m;
    if (loaded)
        loaded->start(msg_channel());
    free(path);
    return loaded;
}

void gdal_plugin_features_free(struct gdal_plugin_features *f)
{
    for (size_t i = 0; i < f->n; i++) {
        free(f->feature[i].id);
        poly_free(&f->feature[i].area);
    }
    free(f->feature);
    free(f->id_name);
    free(f->crs);
    *f = (struct gdal_plugin_features){0};
}
