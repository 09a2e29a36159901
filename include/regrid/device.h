/* device: where the pixels' areas and their sums are worked out, the processor or an
 * accelerator: the same bits. See raster/opencl_plugin.h. */
#ifndef ECO_REGRID_DEVICE_H
#define ECO_REGRID_DEVICE_H

#include "base/out.h"
#include "raster/opencl_plugin.h"

struct regrid_device {
    const struct opencl_plugin *plugin;
    struct opencl_device *device;
};

/* "cpu": *d is NULL. "gpu", or a part of the name of a device or its platform: MSG_USAGE,
 * told, where there is none that can be used. "auto": the GPU for so many cells that its
 * start can be made up for (see share/doc/speed.md); NULL for fewer, or where there is
 * none. memory: what it may take of the device's, in bytes. */
int regrid_device_open(struct regrid_device **d, const char *name, double cells,
                       size_t memory);
void regrid_device_close(struct regrid_device *d);

/* A record for each device that there is, under a legend. */
int regrid_device_list(struct out *o);

#endif
