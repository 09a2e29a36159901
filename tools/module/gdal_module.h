/* What the parts of eco-gdal.so share. */
#ifndef ECO_GDAL_MODULE_H
#define ECO_GDAL_MODULE_H

#include "module.h"

int gdal_raster_open(struct ras *r);
int gdal_raster_read(struct ras *r, int band, int bx, int by, void *samples,
                     unsigned char *valid);
void gdal_raster_close(struct ras *r);
int gdal_area(const char *path, const char *layer, struct poly *p, char **crs);
int gdal_cog(const char *from, const char *to, const char *resampling);
int gdal_geokeys(const char *crs, struct module_geokeys *keys);

/* GDAL's last error message without its line ends, for one of ours. */
const char *gdal_reason(void);

/* Registers drivers, once, and keeps GDAL from printing by itself. */
void gdal_start(void);

#endif
