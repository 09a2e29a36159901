/* areas: sums of projected pixels over cells, on a device.
 *
 * Of each chunk of rows the device finds the corners and the pixels' parts in cells, which
 * says, too, which pixels are odd; these the processor hands out. Only then are the sums
 * taken. In between the caller decodes the next rows: so there are two chunks. */
#include "areas.h"
#include "base/mem.h"
#include "base/msg.h"
#include <assert.h>
#include <limits.h>
#include <stdlib.h>

/* What the device keeps of a pixel: value, bits, weight, corner, and nine areas of parts
 * with their cell, kind and sum, and that it is odd. */
enum { PIXEL_BYTES = 8 + 1 + 4 + 16 + 9 * 8 + 8 + 1 + 8 + 4 };

/* A part of an odd pixel. */
struct odd_part {
    cl_int cell, pixel;
    double area, share;
};

struct chunk {
    bool waits; /* its sums are to be taken */
    int column, row, columns, rows;
    struct opencl_rows given; /* without the arrays, but for who hands out odd pixels */
    struct device_buffer v, bits, weight, patches, x, y, kind, place, whole, area, odd;
};

struct opencl_areas {
    struct opencl_device *device;
    struct opencl_areas_spec spec;
    struct grid_rect rect;
    size_t cells;
    int modes; /* as the kernels have them */
    struct chunk chunk[2];
    int present; /* which of them is filled next */
    struct device_buffer sums, more, bounds, touches, odd_place, odd_area;
    /* the odd pixels of a chunk */
    struct odd_part *part;
    size_t nparts, cap;
    cl_int pixel;
    cl_int *list;
};

struct opencl_areas *areas_open(struct opencl_device *d,
                                const struct opencl_areas_spec *spec)
{
    struct opencl_areas *a = mem_alloc(1, sizeof *a);
    a->device = d;
    d->users++;
    a->spec = *spec;
    a->modes =
        spec->counts_all | spec->counts_weight << 1 | spec->moments << 3 | spec->range << 4;
    return a;
}

void areas_close(struct opencl_areas *a)
{
    if (!a)
        return;
    for (int k = 0; k < 2; k++) {
        struct chunk *c = &a->chunk[k];
        struct device_buffer *const all[] = {&c->v,     &c->bits, &c->weight, &c->patches,
                                             &c->x,     &c->y,    &c->kind,   &c->place,
                                             &c->whole, &c->area, &c->odd};
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            device_release(a->device, all[i]);
    }
    struct device_buffer *const all[] = {&a->sums,    &a->more,      &a->bounds,
                                         &a->touches, &a->odd_place, &a->odd_area};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        device_release(a->device, all[i]);
    free(a->part);
    free(a->list);
    a->device->users--;
    free(a);
}

size_t areas_pixels(const struct opencl_areas *a)
{
    size_t pixels = device_share(a->device) / 2 / PIXEL_BYTES;
    return pixels < INT_MAX / 9 ? pixels : INT_MAX / 9;
}

int areas_begin(struct opencl_areas *a, const struct grid_rect *rect)
{
    struct opencl_device *d = a->device;
    cl_int none = 0;
    a->rect = *rect;
    a->cells = (size_t)rect->columns * (size_t)rect->rows;
    a->chunk[0].waits = a->chunk[1].waits = false;
    int status = device_reserve(d, &a->sums, 4 * a->cells * sizeof(double));
    if (status == MSG_OK)
        status = device_reserve(d, &a->more, 5 * a->cells * sizeof(double));
    if (status == MSG_OK)
        status = device_reserve(d, &a->bounds, 4 * a->cells * sizeof(cl_int));
    if (status == MSG_OK)
        status = device_write(d, &a->touches, &none, sizeof none);
    if (status != MSG_OK)
        return status;
    const struct device_argument argument[] = {DEVICE_ARG(a->sums.mem),
                                               DEVICE_ARG(a->more.mem)};
    return device_run(d, KERNEL_FIRST, a->cells, 1, argument, 2);
}

static cl_int4 four(int a, int b, int c, int d)
{
    cl_int4 v = {{a, b, c, d}};
    return v;
}

/* ---- the second half: odd pixels and sums ---- */

static void take_part(void *user, unsigned cell, double area, double share)
{
    struct opencl_areas *a = user;
    if (a->nparts == a->cap) {
        a->cap = a->cap ? 2 * a->cap : 64;
        a->part = mem_resize(a->part, a->cap, sizeof *a->part);
    }
    a->part[a->nparts++] = (struct odd_part){(cl_int)cell, a->pixel, area, share};
}

static int by_number(const void *a, const void *b)
{
    cl_int x = *(const cl_int *)a, y = *(const cl_int *)b;
    return (x > y) - (x < y);
}

static int by_cell(const void *a, const void *b)
{
    const struct odd_part *p = a, *q = b;
    return p->cell != q->cell     ? (p->cell > q->cell) - (p->cell < q->cell)
           : p->pixel != q->pixel ? (p->pixel > q->pixel) - (p->pixel < q->pixel)
                                  : (p > q) - (p < q);
}

/* Has the odd pixels of a chunk handed out, in order, and gives the device their parts. */
static int hand_out_odd(struct opencl_areas *a, struct chunk *c)
{
    cl_int n;
    a->nparts = 0;
    int status = device_read(a->device, &c->odd, &n, sizeof n);
    if (status != MSG_OK || n == 0)
        return status;
    a->list = mem_resize(a->list, (size_t)n + 1, sizeof *a->list);
    status = device_read(a->device, &c->odd, a->list, ((size_t)n + 1) * sizeof *a->list);
    if (status != MSG_OK)
        return status;
    qsort(a->list + 1, (size_t)n, sizeof *a->list, by_number);
    for (cl_int i = 1; i <= n; i++) {
        a->pixel = a->list[i];
        c->given.odd(c->given.user, c->column + a->pixel % c->columns,
                     c->row + a->pixel / c->columns, take_part, a);
    }
    if (a->nparts == 0)
        return MSG_OK;
    qsort(a->part, a->nparts, sizeof *a->part, by_cell);
    cl_int2 *place = mem_resize(NULL, a->nparts, sizeof *place);
    cl_double2 *area = mem_resize(NULL, a->nparts, sizeof *area);
    for (size_t i = 0; i < a->nparts; i++) {
        place[i] = (cl_int2){{a->part[i].cell, a->part[i].pixel}};
        area[i] = (cl_double2){{a->part[i].area, a->part[i].share}};
    }
    status = device_write(a->device, &a->odd_place, place, a->nparts * sizeof *place);
    if (status == MSG_OK)
        status = device_write(a->device, &a->odd_area, area, a->nparts * sizeof *area);
    free(place);
    free(area);
    return status;
}

static int take_sums(struct opencl_areas *a, struct chunk *c)
{
    const struct grid_rect *rect = &a->rect;
    const cl_int4 cells = four(rect->column, rect->row, rect->columns, rect->rows);
    const int *box = a->spec.box;
    const cl_int4 counted = four(box[0], box[1], box[2], box[3]);
    if (!c->waits)
        return MSG_OK;
    c->waits = false;
    int status = hand_out_odd(a, c);
    if (status == MSG_OK)
        status = device_reserve(a->device, &a->odd_place, sizeof(cl_int2));
    if (status == MSG_OK)
        status = device_reserve(a->device, &a->odd_area, sizeof(cl_double2));
    if (status != MSG_OK)
        return status;
    cl_int odds = (cl_int)a->nparts, modes = a->modes | (c->given.weight ? 4 : 0);
    cl_int columns = c->columns, rows = c->rows, column = c->column, row = c->row;
    const struct device_argument argument[] = {DEVICE_ARG(c->v.mem),
                                               DEVICE_ARG(c->bits.mem),
                                               DEVICE_ARG(a->spec.all),
                                               DEVICE_ARG(c->weight.mem),
                                               DEVICE_ARG(modes),
                                               DEVICE_ARG(a->spec.sliver),
                                               DEVICE_ARG(columns),
                                               DEVICE_ARG(rows),
                                               DEVICE_ARG(column),
                                               DEVICE_ARG(row),
                                               DEVICE_ARG(cells),
                                               DEVICE_ARG(counted),
                                               DEVICE_ARG(c->kind.mem),
                                               DEVICE_ARG(c->place.mem),
                                               DEVICE_ARG(c->whole.mem),
                                               DEVICE_ARG(c->area.mem),
                                               DEVICE_ARG(a->bounds.mem),
                                               DEVICE_ARG(odds),
                                               DEVICE_ARG(a->odd_place.mem),
                                               DEVICE_ARG(a->odd_area.mem),
                                               DEVICE_ARG(a->sums.mem),
                                               DEVICE_ARG(a->more.mem)};
    return device_run(a->device, KERNEL_SUM, a->cells, 1, argument,
                      sizeof argument / sizeof *argument);
}

/* ---- the first half: corners and parts ---- */

static int write_pixels(struct opencl_device *d, struct chunk *c,
                        const struct opencl_rows *rows)
{
    size_t n = (size_t)rows->columns * (size_t)rows->rows;
    int status = device_write(d, &c->v, rows->v, n * sizeof *rows->v);
    if (status == MSG_OK)
        status = device_write(d, &c->bits, rows->bits, n);
    if (status == MSG_OK)
        status = rows->weight
                     ? device_write(d, &c->weight, rows->weight, n * sizeof *rows->weight)
                     : device_reserve(d, &c->weight, sizeof *rows->weight);
    const struct {
        struct device_buffer *buffer;
        size_t bytes;
    } work[] = {{&c->kind, n},
                {&c->place, n * sizeof(cl_int2)},
                {&c->whole, n * sizeof(double)},
                {&c->area, 9 * n * sizeof(double)},
                {&c->odd, (n + 1) * sizeof(cl_int)}};
    for (size_t i = 0; status == MSG_OK && i < sizeof work / sizeof *work; i++)
        status = device_reserve(d, work[i].buffer, work[i].bytes);
    return status;
}

static int find_corners(struct opencl_device *d, struct chunk *c,
                        const struct opencl_rows *rows)
{
    size_t across = (size_t)rows->columns + 1, down = (size_t)rows->rows + 1;
    size_t bytes = across * down * sizeof(double);
    if (!rows->patches) {
        int status = device_write(d, &c->x, rows->x, bytes);
        return status == MSG_OK ? device_write(d, &c->y, rows->y, bytes) : status;
    }
    const double corners = 0;
    cl_int column = rows->column, row = rows->row;
    const struct grid_rect rect = {column, row, rows->columns, rows->rows};
    cl_int patches;
    int status = device_write_patches(d, &c->patches, rows->patches, &rect, &patches);
    if (status == MSG_OK)
        status = device_reserve(d, &c->x, bytes);
    if (status == MSG_OK)
        status = device_reserve(d, &c->y, bytes);
    if (status != MSG_OK)
        return status;
    const struct device_argument argument[] = {
        DEVICE_ARG(c->patches.mem), DEVICE_ARG(column),  DEVICE_ARG(row),
        DEVICE_ARG(patches),        DEVICE_ARG(corners), DEVICE_ARG(c->x.mem),
        DEVICE_ARG(c->y.mem)};
    return device_run(d, KERNEL_PLACES, across, down, argument,
                      sizeof argument / sizeof *argument);
}

static int find_parts(struct opencl_areas *a, struct chunk *c)
{
    const struct grid_rect *rect = &a->rect;
    const cl_int4 cells = four(rect->column, rect->row, rect->columns, rect->rows);
    const int *box = a->spec.box;
    const cl_int4 counted = four(box[0], box[1], box[2], box[3]);
    cl_int columns = c->columns, rows = c->rows, column = c->column, row = c->row, none = 0;
    const struct device_argument reset[] = {DEVICE_ARG(a->bounds.mem)};
    int status = device_run(a->device, KERNEL_RESET, a->cells, 1, reset, 1);
    if (status == MSG_OK) /* the count at its head; the rest keeps its size */
        status = device_write(a->device, &c->odd, &none, sizeof none);
    const struct device_argument argument[] = {
        DEVICE_ARG(c->x.mem),       DEVICE_ARG(c->y.mem),
        DEVICE_ARG(c->v.mem),       DEVICE_ARG(c->bits.mem),
        DEVICE_ARG(a->spec.all),    DEVICE_ARG(a->modes),
        DEVICE_ARG(columns),        DEVICE_ARG(rows),
        DEVICE_ARG(column),         DEVICE_ARG(row),
        DEVICE_ARG(cells),          DEVICE_ARG(counted),
        DEVICE_ARG(a->spec.turn),   DEVICE_ARG(c->kind.mem),
        DEVICE_ARG(c->place.mem),   DEVICE_ARG(c->whole.mem),
        DEVICE_ARG(c->area.mem),    DEVICE_ARG(a->bounds.mem),
        DEVICE_ARG(a->touches.mem), DEVICE_ARG(c->odd.mem)};
    if (status != MSG_OK)
        return status;
    return device_run(a->device, KERNEL_PARTS, ((size_t)columns + 3) / 4, (size_t)rows,
                      argument, sizeof argument / sizeof *argument);
}

int areas_take(struct opencl_areas *a, const struct opencl_rows *rows)
{
    struct chunk *c = &a->chunk[a->present];
    int status =
        take_sums(a, &a->chunk[1 - a->present]); /* uses the bounds, as this will */
    c->column = rows->column;
    c->row = rows->row;
    c->columns = rows->columns;
    c->rows = rows->rows;
    c->given = *rows;
    if (status == MSG_OK)
        status = write_pixels(a->device, c, rows);
    if (status == MSG_OK)
        status = find_corners(a->device, c, rows);
    if (status == MSG_OK)
        status = find_parts(a, c);
    c->waits = status == MSG_OK;
    a->present = 1 - a->present;
    return status;
}

int areas_end(struct opencl_areas *a, struct opencl_sums *sums)
{
    cl_int touches = 0;
    int status = take_sums(a, &a->chunk[1 - a->present]);
    if (status == MSG_OK)
        status = device_read(a->device, &a->sums, sums->sum, 4 * a->cells * sizeof(double));
    if (status == MSG_OK && sums->more)
        status =
            device_read(a->device, &a->more, sums->more, 5 * a->cells * sizeof(double));
    if (status == MSG_OK)
        status = device_read(a->device, &a->touches, &touches, sizeof touches);
    sums->touches = touches != 0;
    return status;
}
