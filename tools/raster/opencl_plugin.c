/* opencl_plugin: loading eco-opencl.so. */
#include "raster/opencl_plugin.h"
#include "plugin_load.h"

const struct opencl_plugin *opencl_plugin_load(void)
{
    static const struct opencl_plugin
        *loaded; /* what dlopen gave: it would give it again */
    if (loaded)
        return loaded;
    loaded = plugin_load("lib/eco/eco-opencl.so", OPENCL_PLUGIN_VERSION);
    if (loaded)
        loaded->start(msg_channel());
    return loaded;
}
