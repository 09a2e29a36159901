/* device: choosing where to work. */
#include "regrid/device.h"
#include "base/mem.h"
#include "base/msg.h"
#include "record/writer.h"
#include <stdlib.h>
#include <string.h>

/* Cells for which a GPU's start, 0.4 s, was worth it for most methods. */
static const double many_cells = 32e6;

int regrid_device_open(struct regrid_device **d, const char *name, double cells,
                       size_t memory)
{
    bool choose = strcmp(name, "auto") == 0;
    struct opencl_device *device = NULL;
    *d = NULL;
    if (strcmp(name, "cpu") == 0 || (choose && cells < many_cells))
        return MSG_OK;
    const struct opencl_plugin *plugin = opencl_plugin_load();
    int status = plugin ? plugin->open(choose ? "gpu" : name, memory, &device) : MSG_SYSTEM;
    if (status != MSG_OK)
        return status;
    if (!device)
        return choose ? MSG_OK
                      : msg_usage("--device %s: there is no such device that can be used; "
                                  "--list-devices tells what there is",
                                  name);
    *d = mem_alloc(1, sizeof **d);
    **d = (struct regrid_device){plugin, device};
    return MSG_OK;
}

void regrid_device_close(struct regrid_device *d)
{
    if (!d)
        return;
    d->plugin->close(d->device);
    free(d);
}

static void put(void *user, const struct opencl_found *found)
{
    struct out *o = user;
    rec_put_text(o, '\t', found->name);
    out_char(o, '\t');
    rec_put_text(o, '\t', found->platform);
    out_puts(o, found->gpu ? "\tgpu\t" : "\tother\t");
    out_double(o, (double)found->memory);
    out_char(o, '\t');
    rec_put_text(o, '\t', found->lacks ? found->lacks : "NA");
    out_char(o, '\n');
}

int regrid_device_list(struct out *o)
{
    const struct opencl_plugin *plugin = opencl_plugin_load();
    if (!plugin)
        return MSG_SYSTEM;
    out_puts(o, "#name\tplatform\tkind\tbytes\tlacks\n");
    return plugin->list(put, o);
}
