/* areas: sums of projected pixels over cells, on a device. See raster/opencl_plugin.h. */
#ifndef ECO_OPENCL_AREAS_H
#define ECO_OPENCL_AREAS_H

#include "device.h"

struct opencl_areas *areas_open(struct opencl_device *d,
                                const struct opencl_areas_spec *spec);
void areas_close(struct opencl_areas *a);
size_t areas_pixels(const struct opencl_areas *a);
int areas_begin(struct opencl_areas *a, const struct grid_rect *rect);
int areas_take(struct opencl_areas *a, const struct opencl_rows *rows);
int areas_end(struct opencl_areas *a, struct opencl_sums *sums);

#endif
