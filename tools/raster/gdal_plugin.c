/* gdal_plugin: loading eco-gdal.so. */
#include "raster/gdal_plugin.h"
#include "base/buf.h"
#include "base/msg.h"
#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct gdal_plugin *gdal_plugin_load(void)
{
    static const struct gdal_plugin *loaded; /* what dlopen gave: it would give it again */
    if (loaded)
        return loaded;
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0) {
        msg_error("cannot find where this program lies, and so not its module eco-gdal.so");
        return NULL;
    }
    self[n] = '\0';
    struct buf path = {0};
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(self, '/');
        if (slash)
            *slash = '\0';
    }
    buf_printf(&path, "%s/lib/eco/eco-gdal.so", self);
    void *handle = dlopen(path.s, RTLD_NOW | RTLD_LOCAL);
    const struct gdal_plugin *m = handle ? dlsym(handle, "eco_module") : NULL;
    if (!m)
        msg_error("cannot load what reads this kind of file: %s", dlerror());
    else if (m->version != GDAL_PLUGIN_VERSION)
        msg_error("%s belongs to another version of eco", path.s);
    else
        loaded = m;
    if (loaded)
        loaded->start(msg_program());
    buf_free(&path);
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
