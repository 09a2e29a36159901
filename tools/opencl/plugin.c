/* eco-opencl.so: the one object that calls OpenCL. See raster/opencl_plugin.h. */
#include "areas.h"
#include "base/msg.h"
#include "places.h"

extern const struct opencl_plugin eco_module;
const struct opencl_plugin eco_module = {
    .version = OPENCL_PLUGIN_VERSION,
    .start = msg_join,
    .list = device_list,
    .open = device_open,
    .close = device_close,
    .areas_open = areas_open,
    .areas_close = areas_close,
    .areas_pixels = areas_pixels,
    .areas_begin = areas_begin,
    .areas_take = areas_take,
    .areas_end = areas_end,
    .places_open = places_open,
    .places_close = places_close,
    .places_fit = places_fit,
    .places_find = places_find,
    .places_put = places_put,
    .places_take = places_take,
};
