/* places: values at the centres of cells, on a device. See raster/opencl_plugin.h. */
#ifndef ECO_OPENCL_PLACES_H
#define ECO_OPENCL_PLACES_H

#include "device.h"

struct opencl_places *places_open(struct opencl_device *d);
void places_close(struct opencl_places *p);
bool places_fit(const struct opencl_places *p, size_t cells, size_t pixels);
int places_find(struct opencl_places *p, const struct grid_rect *rect,
                const double *patches, const int source[2], bool measured,
                struct opencl_bounds *bounds);
int places_put(struct opencl_places *p, size_t cells, const double *x, const double *y);
int places_take(struct opencl_places *p, size_t cells, const struct opencl_window *window,
                double *values);

#endif
