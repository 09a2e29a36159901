/* place_device: values at cells' centres on a device. See raster/opencl_plugin.h.
 *
 * The processor decodes the pixels and makes the patches of the transform; the device
 * interpolates places in them and values between pixels. Where patches alone do not give
 * the places (cells on a clip, sources that go around the earth, patches that miss the
 * tolerance), or a cell is wider than pixels, the processor finds places and widths. */
#ifndef ECO_REGRID_PLACE_DEVICE_H
#define ECO_REGRID_PLACE_DEVICE_H

#include "cell_centres.h"
#include "place_value.h"
#include "regrid/device.h"

struct place_device;

/* NULL where there is no device. The cells are borrowed. */
struct place_device *place_device_open(const struct regrid_device *device,
                                       struct cell_centres *cells);
void place_device_close(struct place_device *d);

/* Whether its memory takes so many cells and pixels. */
bool place_device_fits(const struct place_device *d, size_t cells, size_t pixels);

/* Finds the places of a rectangle's cells: *found; if so what they lie in. measured: cells
 * that are wider than pixels are not found. */
int place_device_find(struct place_device *d, const struct grid_rect *rect, bool measured,
                      struct opencl_bounds *bounds, bool *found);

/* Their values, `stride` apart. found: by place_device_find, else they are the cells'. */
int place_device_values(struct place_device *d, const struct grid_rect *rect, bool found,
                        const struct opencl_window *window, double *v, size_t stride);

#endif
