/* eco-gdal.so: the one object that calls GDAL. See raster/gdal_plugin.h. */
#include "plugin.h"
#include "base/msg.h"

static const struct ras_driver gdal_raster = {gdal_raster_open, gdal_raster_read,
                                              gdal_raster_close};

extern const struct gdal_plugin eco_module;
const struct gdal_plugin eco_module = {
    .version = GDAL_PLUGIN_VERSION,
    .start = msg_join,
    .raster = &gdal_raster,
    .area = gdal_area,
    .features = gdal_features,
    .geokeys = gdal_geokeys,
    .cog = gdal_cog,
    .suggest = gdal_suggest,
};
