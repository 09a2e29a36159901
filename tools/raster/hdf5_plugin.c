/* hdf5_plugin: loading eco-hdf5.so. */
#include "raster/hdf5_plugin.h"
#include "plugin_load.h"

const struct hdf5_plugin *hdf5_plugin_load(void)
{
    static const struct hdf5_plugin *loaded; /* what dlopen gave: it would give it again */
    if (!loaded)
        loaded = plugin_load("lib/eco/eco-hdf5.so", HDF5_PLUGIN_VERSION);
    return loaded;
}
