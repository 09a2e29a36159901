/* device: finding devices, building the program, memory and kernels. */
#include "device.h"
#include "base/buf.h"
#include "base/install_path.h"
#include "base/mem.h"
#include "base/msg.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST = 32 }; /* platforms, and devices of each, that are looked at */

static const char *const kernel_names[DEVICE_KERNELS] = {
    "patches_places", "areas_first",   "areas_reset",  "areas_parts",
    "areas_sum",      "places_bounds", "places_values"};

int device_check(const struct opencl_device *d, cl_int code, const char *what)
{
    if (code == CL_SUCCESS)
        return MSG_OK;
    bool memory = code == CL_MEM_OBJECT_ALLOCATION_FAILURE || code == CL_OUT_OF_RESOURCES ||
                  code == CL_OUT_OF_HOST_MEMORY || code == CL_INVALID_BUFFER_SIZE;
    msg_error("%s: %s failed: OpenCL's error %d%s; --device cpu does without", d->name,
              what, (int)code, memory ? " (out of memory)" : "");
    return MSG_SYSTEM;
}

/* ---- which there are ---- */

static char *platform_name(const struct cl_api *cl, cl_platform_id id)
{
    char text[256] = "";
    cl->GetPlatformInfo(id, CL_PLATFORM_NAME, sizeof text - 1, text, NULL);
    return mem_text(text);
}

static char *device_name(const struct cl_api *cl, cl_device_id id)
{
    char text[256] = "";
    cl->GetDeviceInfo(id, CL_DEVICE_NAME, sizeof text - 1, text, NULL);
    return mem_text(text);
}

/* What results need to be the processor's. */
static const char *what_it_lacks(const struct cl_api *cl, cl_device_id id)
{
    cl_device_fp_config fp = 0;
    cl_bool available = CL_FALSE, compiler = CL_FALSE;
    const cl_device_fp_config need = CL_FP_ROUND_TO_NEAREST | CL_FP_INF_NAN | CL_FP_DENORM;
    cl->GetDeviceInfo(id, CL_DEVICE_DOUBLE_FP_CONFIG, sizeof fp, &fp, NULL);
    cl->GetDeviceInfo(id, CL_DEVICE_AVAILABLE, sizeof available, &available, NULL);
    cl->GetDeviceInfo(id, CL_DEVICE_COMPILER_AVAILABLE, sizeof compiler, &compiler, NULL);
    return !available            ? "it is not available"
           : !compiler           ? "it has no compiler"
           : fp == 0             ? "it has no doubles"
           : (fp & need) != need ? "its doubles do not round as IEEE 754 says"
                                 : NULL;
}

/* Calls take for each device until it says true. */
static void each(const struct cl_api *cl,
                 bool (*take)(void *user, cl_platform_id platform, cl_device_id device),
                 void *user)
{
    cl_platform_id platform[MOST];
    cl_device_id device[MOST];
    cl_uint platforms = 0, devices;
    if (cl->GetPlatformIDs(MOST, platform, &platforms) != CL_SUCCESS)
        return;
    for (cl_uint p = 0; p < platforms && p < MOST; p++) {
        devices = 0;
        if (cl->GetDeviceIDs(platform[p], CL_DEVICE_TYPE_ALL, MOST, device, &devices) !=
            CL_SUCCESS)
            continue;
        for (cl_uint i = 0; i < devices && i < MOST; i++)
            if (take(user, platform[p], device[i]))
                return;
    }
}

struct listing {
    const struct cl_api *cl;
    void (*take)(void *user, const struct opencl_found *found);
    void *user;
};

static bool list_one(void *user, cl_platform_id platform, cl_device_id id)
{
    struct listing *l = user;
    cl_device_type type = 0;
    cl_ulong memory = 0;
    char *name = device_name(l->cl, id), *of = platform_name(l->cl, platform);
    l->cl->GetDeviceInfo(id, CL_DEVICE_TYPE, sizeof type, &type, NULL);
    l->cl->GetDeviceInfo(id, CL_DEVICE_GLOBAL_MEM_SIZE, sizeof memory, &memory, NULL);
    l->take(l->user, &(struct opencl_found){.name = name,
                                            .platform = of,
                                            .gpu = type & CL_DEVICE_TYPE_GPU,
                                            .memory = memory,
                                            .lacks = what_it_lacks(l->cl, id)});
    free(name);
    free(of);
    return false;
}

int device_list(void (*take)(void *user, const struct opencl_found *found), void *user)
{
    struct listing l = {cl_api(true), take, user};
    if (!l.cl)
        return MSG_SYSTEM;
    each(l.cl, list_one, &l);
    return MSG_OK;
}

/* ---- one in use ---- */

struct looking {
    const struct cl_api *cl;
    const char *name;
    cl_device_id found;
};

static bool has_word(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (; *text; text++)
        if (strncasecmp(text, word, n) == 0)
            return true;
    return false;
}

static bool is_wanted(void *user, cl_platform_id platform, cl_device_id id)
{
    struct looking *l = user;
    cl_device_type type = 0;
    char *name = device_name(l->cl, id), *of = platform_name(l->cl, platform);
    l->cl->GetDeviceInfo(id, CL_DEVICE_TYPE, sizeof type, &type, NULL);
    bool wanted = strcmp(l->name, "gpu") == 0
                      ? (type & CL_DEVICE_TYPE_GPU) != 0
                      : has_word(name, l->name) || has_word(of, l->name);
    if (wanted && !what_it_lacks(l->cl, id))
        l->found = id;
    free(name);
    free(of);
    return l->found != NULL;
}

static int read_program(struct buf *text)
{
    char *path = install_path("share/eco/opencl/eco.cl");
    FILE *f = path ? fopen(path, "rb") : NULL;
    char part[4096];
    size_t n;
    while (f && (n = fread(part, 1, sizeof part, f)) > 0)
        buf_add(text, part, n);
    bool good = f && !ferror(f) && text->n > 0;
    if (path && !good)
        msg_error("%s: cannot be read", path);
    if (f)
        fclose(f);
    free(path);
    return good ? MSG_OK : MSG_SYSTEM;
}

static int tell_why(struct opencl_device *d, cl_device_id id, cl_int code)
{
    char log[4096] = "";
    d->cl->GetProgramBuildInfo(d->program, id, CL_PROGRAM_BUILD_LOG, sizeof log - 1, log,
                               NULL);
    for (char *c = log; *c; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    msg_error("%s: cannot build share/eco/opencl/eco.cl: error %d: %.400s", d->name,
              (int)code, log);
    return MSG_SYSTEM;
}

static int build(struct opencl_device *d, cl_device_id id)
{
    struct buf text = {0};
    cl_int code = CL_SUCCESS;
    int status = read_program(&text);
    if (status == MSG_OK) {
        const char *source = text.s;
        d->program = d->cl->CreateProgramWithSource(d->context, 1, &source, &text.n, &code);
        status = device_check(d, code, "the program");
    }
    buf_free(&text);
    if (status != MSG_OK)
        return status;
    code = d->cl->BuildProgram(d->program, 1, &id, "-cl-std=CL1.2", NULL, NULL);
    if (code != CL_SUCCESS)
        return tell_why(d, id, code);
    for (int k = 0; k < DEVICE_KERNELS && status == MSG_OK; k++) {
        d->kernel[k] = d->cl->CreateKernel(d->program, kernel_names[k], &code);
        status = device_check(d, code, kernel_names[k]);
    }
    return status;
}

int device_open(const char *name, size_t memory, struct opencl_device **device)
{
    struct looking l = {cl_api(false), name, NULL};
    cl_int code;
    *device = NULL;
    if (l.cl)
        each(l.cl, is_wanted, &l);
    if (!l.found)
        return MSG_OK;
    struct opencl_device *d = mem_alloc(1, sizeof *d);
    d->cl = l.cl;
    d->name = device_name(l.cl, l.found);
    d->memory = memory;
    d->context = d->cl->CreateContext(NULL, 1, &l.found, NULL, NULL, &code);
    int status = device_check(d, code, "its context");
    if (status == MSG_OK) {
        d->queue = d->cl->CreateCommandQueue(d->context, l.found, 0, &code);
        status = device_check(d, code, "its queue");
    }
    if (status == MSG_OK)
        status = build(d, l.found);
    if (status == MSG_OK)
        *device = d;
    else
        device_close(d);
    return status;
}

void device_close(struct opencl_device *d)
{
    if (!d)
        return;
    for (int k = 0; k < DEVICE_KERNELS; k++)
        if (d->kernel[k])
            d->cl->ReleaseKernel(d->kernel[k]);
    if (d->program)
        d->cl->ReleaseProgram(d->program);
    if (d->queue)
        d->cl->ReleaseCommandQueue(d->queue);
    if (d->context)
        d->cl->ReleaseContext(d->context);
    free(d->name);
    free(d);
}

/* ---- memory and kernels ---- */

size_t device_share(const struct opencl_device *d)
{
    return d->memory / (d->users > 0 ? d->users : 1);
}

int device_reserve(struct opencl_device *d, struct device_buffer *b, size_t bytes)
{
    cl_int code;
    if (b->mem && b->bytes >= bytes)
        return MSG_OK;
    device_release(d, b);
    b->bytes = bytes > 0 ? bytes : 1;
    b->mem = d->cl->CreateBuffer(d->context, CL_MEM_READ_WRITE, b->bytes, NULL, &code);
    return device_check(d, code, "memory");
}

void device_release(struct opencl_device *d, struct device_buffer *b)
{
    if (b->mem)
        d->cl->ReleaseMemObject(b->mem);
    *b = (struct device_buffer){0};
}

int device_write(struct opencl_device *d, struct device_buffer *b, const void *from,
                 size_t bytes)
{
    int status = device_reserve(d, b, bytes);
    if (status != MSG_OK || bytes == 0)
        return status;
    return device_check(
        d,
        d->cl->EnqueueWriteBuffer(d->queue, b->mem, CL_TRUE, 0, bytes, from, 0, NULL, NULL),
        "writing");
}

int device_write_patches(struct opencl_device *d, struct device_buffer *b,
                         const double *patches, const struct grid_rect *rect,
                         cl_int *across)
{
    enum { PATCH = 64, COEFFICIENTS = 18 }; /* of geo/approx_transform.h */
    *across = (rect->column + rect->columns) / PATCH - rect->column / PATCH + 1;
    int down = (rect->row + rect->rows) / PATCH - rect->row / PATCH + 1;
    size_t n = (size_t)*across * (size_t)down * COEFFICIENTS;
    return device_write(d, b, patches, n * sizeof *patches);
}

int device_read(struct opencl_device *d, const struct device_buffer *b, void *to,
                size_t bytes)
{
    if (bytes == 0)
        return MSG_OK;
    return device_check(
        d, d->cl->EnqueueReadBuffer(d->queue, b->mem, CL_TRUE, 0, bytes, to, 0, NULL, NULL),
        "reading");
}

int device_run(struct opencl_device *d, enum device_kernel kernel, size_t x, size_t y,
               const struct device_argument *argument, int n)
{
    const size_t size[2] = {x, y};
    if (x == 0 || y == 0)
        return MSG_OK;
    for (int i = 0; i < n; i++) {
        cl_int code = d->cl->SetKernelArg(d->kernel[kernel], (cl_uint)i, argument[i].size,
                                          argument[i].at);
        if (code != CL_SUCCESS)
            return device_check(d, code, kernel_names[kernel]);
    }
    cl_int code = d->cl->EnqueueNDRangeKernel(d->queue, d->kernel[kernel], 2, NULL, size,
                                              NULL, 0, NULL, NULL);
    if (code == CL_SUCCESS)
        code = d->cl->Flush(d->queue);
    return device_check(d, code, kernel_names[kernel]);
}
