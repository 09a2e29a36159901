/* hdf5_layers: which datasets of a file are rasters, and what their bands are. */
#include "hdf5_layers.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "cf_axes.h"
#include "cf_time.h"
#include "raster/hdf5_places.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 40 }; /* in a message */

static bool in_grid(const struct hdf5_dataset *d)
{
    return strncmp(d->path, "/HDFEOS/GRIDS/", 14) == 0;
}

/* Whether CF's coordinates lay a dataset, along axes or pixel by pixel. */
static bool is_laid(const struct hdf5_file *f, const struct hdf5_dataset *d)
{
    bool x = false, y = false;
    struct hdf5_places places;
    if (hdf5_places_named(&places, f, d))
        return true;
    for (int i = 0; i < d->ndims; i++) {
        enum cf_kind kind;
        cf_axis_of(f, d, i, &kind);
        x = x || kind == CF_X;
        y = y || kind == CF_Y;
    }
    return x && y;
}

/* Whether it is of the edges of another's pixels or times. */
static bool is_bounds(const struct hdf5_file *f, const struct hdf5_dataset *d)
{
    static const char *const kinds[] = {"bounds", "climatology"};
    for (size_t i = 0; i < f->catalogue->ndatasets; i++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            const struct hdf5_dataset *of = &f->catalogue->dataset[i];
            const char *name = hdf5_text(of, kinds[k]);
            if (name && cf_named(f, of, name, strlen(name)) == d)
                return true;
        }
    return false;
}

static bool is_raster(const struct hdf5_file *f, const struct hdf5_dataset *d)
{
    bool is = d->numbers && d->ndims >= 2;
    for (int i = 0; is && i < d->ndims; i++)
        is = d->dim[i] > 0 && d->dim[i] <= 0x7FFFFFFF;
    return is && !is_bounds(f, d);
}

const struct hdf5_dataset **hdf5_layers(const struct hdf5_file *f, size_t *n)
{
    const struct hdf5_catalogue *c = f->catalogue;
    const struct hdf5_dataset **list = mem_alloc(c->ndatasets, sizeof *list);
    bool grids = false, laid = false;
    size_t kept = 0;
    *n = 0;
    for (size_t i = 0; i < c->ndatasets; i++) {
        if (!is_raster(f, &c->dataset[i]))
            continue;
        list[(*n)++] = &c->dataset[i];
        grids = grids || in_grid(&c->dataset[i]);
        laid = laid || is_laid(f, &c->dataset[i]);
    }
    for (size_t i = 0; i < *n; i++)
        if (grids ? in_grid(list[i]) : !laid || is_laid(f, list[i]))
            list[kept++] = list[i];
    *n = kept;
    return list;
}

const char *hdf5_layer_name(const struct hdf5_dataset *const *layer, size_t n, size_t i)
{
    for (size_t k = 0; k < n; k++)
        if (k != i && strcmp(layer[k]->name, layer[i]->name) == 0)
            return layer[i]->path;
    return layer[i]->name;
}

void hdf5_layers_add_names(const struct hdf5_dataset *const *layer, size_t n, struct buf *b)
{
    for (size_t i = 0; i < n && i < MOST_NAMES; i++)
        buf_printf(b, "%s%s", i ? ", " : "", hdf5_layer_name(layer, n, i));
    if (n > MOST_NAMES)
        buf_printf(b, " and %zu more", n - MOST_NAMES);
}

static bool is_plane(const struct hdf5_place *p, int i)
{
    return i == p->ix || i == p->iy;
}

size_t hdf5_pictures(const struct hdf5_dataset *d, const struct hdf5_place *p)
{
    size_t n = 1;
    for (int i = 0; i < d->ndims; i++)
        if (!is_plane(p, i))
            n = d->dim[i] && n > SIZE_MAX / d->dim[i] ? SIZE_MAX : n * d->dim[i];
    return n;
}

void hdf5_picture_start(const struct hdf5_dataset *d, const struct hdf5_place *p, size_t k,
                        size_t start[HDF5_DIMS])
{
    for (int i = d->ndims - 1; i >= 0; i--) {
        start[i] = is_plane(p, i) ? 0 : k % d->dim[i];
        if (!is_plane(p, i))
            k /= d->dim[i];
    }
}

/* A dimension along which pictures lie. */
struct along {
    double *v; /* NULL: it has no coordinates */
    bool timed;
    struct cf_time time;
    bool untold;
};

/* Reads the times of an axis; false, told, where they are of no calendar that ours can
 * stand for. */
static bool read_times(struct cf_time *time, const struct hdf5_file *f,
                       const struct hdf5_dataset *axis)
{
    const char *units = hdf5_text(axis, "units"), *calendar = hdf5_text(axis, "calendar");
    if (cf_time_read(time, units, calendar))
        return true;
    msg_warn("%s: the times of %s cannot be told: \"%s\"%s%s", f->path, axis->name,
             units ? units : "", calendar ? " in the calendar " : "",
             calendar ? calendar : "");
    return false;
}

static int read_along(struct along *a, struct hdf5_file *f, const struct hdf5_dataset *d,
                      int i)
{
    enum cf_kind kind;
    const struct hdf5_dataset *axis = cf_axis_of(f, d, i, &kind);
    if (!axis || !axis->numbers)
        return MSG_OK;
    a->v = cf_axis_values(f, axis);
    a->timed = kind == CF_TIME && read_times(&a->time, f, axis);
    a->untold = kind == CF_TIME && !a->timed;
    return a->v ? MSG_OK : MSG_INPUT;
}

/* The time of all pictures of a dataset that have none of their own; false where there is
 * one that cannot be told. */
static bool add_common_time(struct hdf5_file *f, const struct hdf5_dataset *d, char **time,
                            size_t n)
{
    const struct hdf5_dataset *one = cf_time_of(f, d);
    struct cf_time t;
    struct date date;
    char text[DATE_TEXT];
    if (!one || !read_times(&t, f, one) || !cf_time_date(&t, one->number[0], &date))
        return !one;
    date_text(&date, text);
    for (size_t k = 0; k < n; k++)
        time[k] = time[k] ? time[k] : mem_text(text);
    return true;
}

/* One coordinate of a picture; its time as text, where it is one. */
static void add_coordinate(struct buf *b, const struct along *a, const char *dimension,
                           size_t at, char **time)
{
    struct date date;
    char text[DATE_TEXT], number[NUM_MAX];
    if (b->n)
        buf_putc(b, ',');
    if (a->v && a->timed && cf_time_date(&a->time, a->v[at], &date)) {
        buf_printf(b, "%04d%02d%02dT%02d%02d%02d", date.year, date.month, date.day,
                   date.hour, date.minute, date.second);
        date_text(&date, text);
        free(*time);
        *time = mem_text(text);
        return;
    }
    buf_printf(b, "%s=", *dimension ? dimension : "layer");
    buf_add(b, number,
            a->v ? num_double(number, a->v[at]) : num_long(number, (long long)at + 1));
}

int hdf5_picture_names(struct hdf5_file *f, const struct hdf5_dataset *d,
                       const struct hdf5_place *p, char ***name, char ***time, bool *untold)
{
    struct along along[HDF5_DIMS] = {0};
    size_t n = hdf5_pictures(d, p), start[HDF5_DIMS];
    int status = MSG_OK;
    *name = mem_alloc(n, sizeof **name);
    *time = mem_alloc(n, sizeof **time);
    for (int i = 0; i < d->ndims && status == MSG_OK; i++)
        if (!is_plane(p, i))
            status = read_along(&along[i], f, d, i);
    for (size_t k = 0; k < n && status == MSG_OK; k++) {
        struct buf b = {0};
        hdf5_picture_start(d, p, k, start);
        for (int i = 0; i < d->ndims; i++)
            if (!is_plane(p, i))
                add_coordinate(&b, &along[i], d->dim_name[i], start[i], &(*time)[k]);
        (*name)[k] = b.s;
    }
    *untold = status == MSG_OK && !add_common_time(f, d, *time, n);
    for (int i = 0; i < d->ndims; i++)
        *untold = *untold || along[i].untold;
    for (int i = 0; i < d->ndims; i++)
        free(along[i].v);
    return status;
}
