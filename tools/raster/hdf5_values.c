/* hdf5_values: datasets by name, their attributes, and their samples as values. */
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "raster/hdf5_file.h"
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* GDAL has "_" for the blanks in paths, such as that of "Data Fields". */
static bool same_path(const char *path, const char *name)
{
    for (; *path && (*path == *name || (*path == ' ' && *name == '_')); path++)
        name++;
    return !*path && !*name;
}

const struct hdf5_dataset *hdf5_find(const struct hdf5_file *f, const char *name)
{
    const struct hdf5_dataset *found = NULL;
    bool is_path = strchr(name, '/') != NULL;
    size_t several = 0;
    name += strspn(name, "/");
    for (size_t i = 0; i < f->catalogue->ndatasets; i++) {
        const struct hdf5_dataset *d = &f->catalogue->dataset[i];
        if (same_path(d->path + 1, name))
            return d;
        if (!is_path && strcmp(d->name, name) == 0) {
            found = d;
            several++;
        }
    }
    return several == 1 ? found : NULL;
}

const struct hdf5_attribute *hdf5_attribute(const struct hdf5_dataset *d, const char *name)
{
    for (size_t i = 0; i < d->nattributes; i++)
        if (strcmp(d->attribute[i].name, name) == 0)
            return &d->attribute[i];
    return NULL;
}

const char *hdf5_text(const struct hdf5_dataset *d, const char *name)
{
    const struct hdf5_attribute *a = hdf5_attribute(d, name);
    return a ? a->text : NULL;
}

bool hdf5_number(const struct hdf5_dataset *d, const char *name, double *v)
{
    const struct hdf5_attribute *a = hdf5_attribute(d, name);
    if (a && a->text)
        return num_parse(a->text, strlen(a->text), v);
    if (!a || a->n != 1)
        return false;
    *v = a->number[0];
    return true;
}

const char *hdf5_unit(const struct hdf5_dataset *d)
{
    static const char *const none[] = {"", "n/a", "N/A", "none", "dimensionless", "1"};
    const char *unit = hdf5_text(d, "units");
    if (!unit)
        unit = hdf5_text(d, "Units");
    for (size_t i = 0; unit && i < sizeof none / sizeof *none; i++)
        if (strcmp(unit, none[i]) == 0)
            return NULL;
    return unit;
}

/* A number of an attribute as one of the samples' type, where the one is signed and the
 * other is not, as _Unsigned has it. */
static double of_type(const struct hdf5_dataset *d, double v)
{
    double least, most;
    if (!ras_type_range(d->type, &least, &most))
        return v;
    double turn = most - least + 1;
    return v < 0 && least == 0 ? v + turn : v > most && d->recast ? v - turn : v;
}

static bool is_integer(const struct hdf5_dataset *d)
{
    double least, most;
    return ras_type_range(d->type, &least, &most);
}

/* A number that a float32 stands for, where samples are integers that it is to turn into
 * values, or back. */
static double as_written(const struct hdf5_dataset *d, const char *name, double v)
{
    const struct hdf5_attribute *a = hdf5_attribute(d, name);
    char text[NUM_MAX];
    if (a && a->single && is_integer(d))
        num_parse(text, num_float(text, (float)v), &v);
    return v;
}

/* An end of a range that is one of values, as a raw number. */
static double packed(const struct hdf5_packing *p, double v)
{
    /* Rounded as the samples are, which are whole. */
    return rint((v - p->offset) / p->scale * 1e6) / 1e6;
}

static void take_range(struct hdf5_packing *p, const struct hdf5_dataset *d)
{
    const struct hdf5_attribute *a = hdf5_attribute(d, "valid_range");
    const char *const names[] = {a ? "valid_range" : "valid_min",
                                 a ? "valid_range" : "valid_max"};
    double end[2] = {-INFINITY, INFINITY};
    bool both = a && !a->text && a->n == 2, real = false;
    for (int i = 0; i < 2; i++) {
        const struct hdf5_attribute *one = hdf5_attribute(d, names[i]);
        if (both)
            end[i] = a->number[i];
        else if (!a)
            hdf5_number(d, names[i], &end[i]);
        real = real || (one && one->real);
    }
    bool scaled = p->scale != 1 || p->offset != 0;
    for (int i = 0; i < 2; i++)
        end[i] = real && is_integer(d) && scaled
                     ? packed(p, as_written(d, names[i], end[i]))
                 : d->type == RAS_F32 ? (double)(float)end[i]
                                      : of_type(d, end[i]);
    double least = fmin(end[0], end[1]), most = fmax(end[0], end[1]);
    if ((p->scale > 0 && end[0] > end[1]) || !(least < most) ||
        (isinf(least) && isinf(most)))
        return;
    p->has_range = true;
    p->least = least;
    p->most = most;
}

static void take_missing(struct hdf5_packing *p, const struct hdf5_dataset *d)
{
    static const char *const fills[] = {"_FillValue", "_Fillvalue", "fill"};
    const struct hdf5_attribute *a = hdf5_attribute(d, "missing_value");
    double v;
    for (size_t i = 0; i < sizeof fills / sizeof *fills && !p->has_fill; i++)
        if (hdf5_number(d, fills[i], &v)) {
            p->has_fill = true;
            p->fill = of_type(d, v);
        }
    size_t n = a && !a->text ? a->n : hdf5_number(d, "missing_value", &v);
    for (size_t i = 0; i <= n; i++) {
        if (i == n && !d->has_fill)
            break;
        double missing = of_type(d, i == n ? d->fill : a->text ? v : a->number[i]);
        if (!p->has_fill)
            p->fill = missing;
        else if (missing != p->fill)
            p->missing[p->nmissing++] = missing;
        p->has_fill = true;
    }
}

void hdf5_packing_of(struct hdf5_packing *p, const struct hdf5_dataset *d)
{
    *p = (struct hdf5_packing){.scale = 1};
    double v;
    if (hdf5_number(d, "scale_factor", &v) && isfinite(v) && v != 0)
        p->scale = as_written(d, "scale_factor", v);
    if (hdf5_number(d, "add_offset", &v) && isfinite(v))
        p->offset = as_written(d, "add_offset", v);
    take_missing(p, d);
    take_range(p, d);
}

/* A raw value as samples have it. */
static double as_sample(const struct hdf5_dataset *d, double raw)
{
    return d->type == RAS_F32 ? (double)(float)raw : raw;
}

/* Samples of one type as values; plain enough for the compiler to make vectors of. */
#define UNPACK(C)                                                                          \
    {                                                                                      \
        const C *restrict sample = samples;                                                \
        for (size_t i = 0; i < n; i++) {                                                   \
            double raw = (double)sample[i];                                                \
            bool some = (raw != fill) & (raw >= least) & (raw <= most);                    \
            double value = scaled ? raw * scale + offset : raw;                            \
            v[i] = some ? value : NAN;                                                     \
        }                                                                                  \
        for (size_t k = 0; k < p->nmissing; k++) {                                         \
            double missing = as_sample(d, p->missing[k]);                                  \
            for (size_t i = 0; i < n; i++)                                                 \
                v[i] = (double)sample[i] == missing ? NAN : v[i];                          \
        }                                                                                  \
        break;                                                                             \
    }

void hdf5_unpack(const struct hdf5_packing *p, const struct hdf5_dataset *d,
                 const void *samples, size_t n, double *restrict v, unsigned flags)
{
    bool scaled = !(flags & RAS_RAW) && (p->scale != 1 || p->offset != 0);
    double scale = p->scale, offset = p->offset;
    double fill = p->has_fill ? as_sample(d, p->fill) : NAN;
    double least = p->has_range ? fmax(p->least, -DBL_MAX) : -DBL_MAX;
    double most = p->has_range ? fmin(p->most, DBL_MAX) : DBL_MAX;
    switch (d->type) {
    case RAS_U8:
        UNPACK(uint8_t)
    case RAS_I8:
        UNPACK(int8_t)
    case RAS_U16:
        UNPACK(uint16_t)
    case RAS_I16:
        UNPACK(int16_t)
    case RAS_U32:
        UNPACK(uint32_t)
    case RAS_I32:
        UNPACK(int32_t)
    case RAS_F32:
        UNPACK(float)
    case RAS_F64:
    case RAS_U64:
    case RAS_I64:
        UNPACK(double)
    }
}

int hdf5_read_rows(struct hdf5_file *f, const struct hdf5_dataset *d, size_t row,
                   size_t rows, double *v, unsigned flags)
{
    size_t start[HDF5_DIMS] = {0}, count[HDF5_DIMS];
    if (d->ndims < 2) {
        msg_error("%s: %s: it has no rows and columns", f->path, d->path);
        return MSG_INPUT;
    }
    for (int i = 0; i < d->ndims; i++)
        count[i] = 1;
    start[d->ndims - 2] = row;
    count[d->ndims - 2] = rows;
    size_t columns = count[d->ndims - 1] = d->dim[d->ndims - 1];
    struct hdf5_packing packing;
    hdf5_packing_of(&packing, d);
    void *samples = mem_alloc(rows * columns, (size_t)ras_type_bytes(d->type));
    int status = hdf5_read(f, d, start, count, samples);
    if (status == MSG_OK)
        hdf5_unpack(&packing, d, samples, rows * columns, v, flags);
    free(samples);
    return status;
}
