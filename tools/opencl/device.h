/* device: an accelerator in use: its queue, which works in order, and eco's program on it.
 */
#ifndef ECO_OPENCL_DEVICE_H
#define ECO_OPENCL_DEVICE_H

#include "api.h"
#include "raster/opencl_plugin.h"
#include <stddef.h>

/* The kernels of share/opencl. */
enum device_kernel {
    KERNEL_PLACES,
    KERNEL_FIRST,
    KERNEL_RESET,
    KERNEL_PARTS,
    KERNEL_SUM,
    KERNEL_BOUNDS,
    KERNEL_VALUES,
    DEVICE_KERNELS
};

struct opencl_device {
    const struct cl_api *cl;
    char *name;
    size_t memory; /* bytes that its buffers may take, */
    size_t users;  /* shared by so many areas and places */
    cl_context context;
    cl_command_queue queue;
    cl_program program;
    cl_kernel kernel[DEVICE_KERNELS];
};

int device_list(void (*take)(void *user, const struct opencl_found *found), void *user);
int device_open(const char *name, size_t memory, struct opencl_device **device);
void device_close(struct opencl_device *d);

/* MSG_SYSTEM, told with what failed, unless the code is CL_SUCCESS. */
int device_check(const struct opencl_device *d, cl_int code, const char *what);

/* Bytes for the buffers of one of its users. */
size_t device_share(const struct opencl_device *d);

/* A buffer that grows; what was in it is lost when it does. */
struct device_buffer {
    cl_mem mem;
    size_t bytes;
};
int device_reserve(struct opencl_device *d, struct device_buffer *b, size_t bytes);
void device_release(struct opencl_device *d, struct device_buffer *b);

/* Whole buffers from `from`, and into `to` once all that was asked for before is done. */
int device_write(struct opencl_device *d, struct device_buffer *b, const void *from,
                 size_t bytes);
int device_read(struct opencl_device *d, const struct device_buffer *b, void *to,
                size_t bytes);

/* Those of approx_patches for a rectangle; *across: how many patches a row has. */
int device_write_patches(struct opencl_device *d, struct device_buffer *b,
                         const double *patches, const struct grid_rect *rect,
                         cl_int *across);

/* Starts a kernel over x by y work items. Each argument is its size and where it stands. */
struct device_argument {
    size_t size;
    const void *at;
};
#define DEVICE_ARG(a)                                                                      \
    {                                                                                      \
        sizeof(a), &(a)                                                                    \
    }
int device_run(struct opencl_device *d, enum device_kernel kernel, size_t x, size_t y,
               const struct device_argument *argument, int n);

#endif
