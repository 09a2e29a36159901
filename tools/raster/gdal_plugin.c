/* gdal_plugin: loading eco-gdal.so. */
#include "raster/gdal_plugin.h"
#include "base/msg.h"
#include "plugin_load.h"
#include <stdlib.h>

const struct gdal_plugin *gdal_plugin_load(void)
{
    static const struct gdal_plugin *loaded; /* what dlopen gave: it would give it again */
    if (loaded)
        return loaded;
    /* Among libgdal's libraries is OpenBLAS, which starts threads as it is loaded, and
     * waits for ever where there is no memory for their stacks. Nothing here needs them. */
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    loaded = plugin_load("lib/eco/eco-gdal.so", GDAL_PLUGIN_VERSION);
    if (loaded)
        loaded->start(msg_channel());
    return loaded;
}

void gdal_plugin_features_free(struct gdal_plugin_features *f)
{
    for (size_t i = 0; i < f->n; i++) {
        for (size_t k = 0; f->feature[i].value && k < f->nfields; k++)
            free(f->feature[i].value[k]);
        free(f->feature[i].value);
        free(f->feature[i].id);
        poly_free(&f->feature[i].area);
    }
    for (size_t k = 0; k < f->nfields; k++)
        free(f->field[k]);
    free(f->field);
    free(f->feature);
    free(f->id_name);
    free(f->crs);
    *f = (struct gdal_plugin_features){0};
}
