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

/* Unsigned samples whose attributes classic netCDF could only give as signed. */
static double as_unsigned(const struct hdf5_dataset *d, double v)
{
    double least, most;
    bool is_unsigned = ras_type_range(d->type, &least, &most) && least == 0;
    return is_unsigned && v < 0 ? v + most + 1 : v;
}

static bool raw_number(const struct hdf5_dataset *d, const char *name, double *v)
{
    if (!hdf5_number(d, name, v))
        return false;
    *v = as_unsigned(d, *v);
    return true;
}

static void take_range(struct hdf5_packing *p, const struct hdf5_dataset *d)
{
    const struct hdf5_attribute *a = hdf5_attribute(d, "valid_range");
    double least = -INFINITY, most = INFINITY, lowest, highest;
    bool real = a && a->real;
    if (a && !a->text && a->n == 2) {
        least = a->number[0];
        most = a->number[1];
    } else {
        const struct hdf5_attribute *ends[] = {hdf5_attribute(d, "valid_min"),
                                               hdf5_attribute(d, "valid_max")};
        hdf5_number(d, "valid_min", &least);
        hdf5_number(d, "valid_max", &most);
        real = (ends[0] && ends[0]->real) || (ends[1] && ends[1]->real);
    }
    if (real && ras_type_range(d->type, &lowest, &highest) && p->scale != 1) {
        double a_end = (least - p->offset) / p->scale,
               b_end = (most - p->offset) / p->scale;
        /* Rounded as the samples are, which are whole. */
        least = rint(fmin(a_end, b_end) * 1e6) / 1e6;
        most = rint(fmax(a_end, b_end) * 1e6) / 1e6;
    } else {
        least = as_unsigned(d, least);
        most = as_unsigned(d, most);
    }
    if (!(least < most) || (isinf(least) && isinf(most)))
        return;
    p->has_range = true;
    p->least = least;
    p->most = most;
}

void hdf5_packing_of(struct hdf5_packing *p, const struct hdf5_dataset *d)
{
    static const char *const fills[] = {"_FillValue", "_Fillvalue", "fill"};
    *p = (struct hdf5_packing){.scale = 1};
    double v;
    if (hdf5_number(d, "scale_factor", &v) && isfinite(v) && v != 0)
        p->scale = v;
    if (hdf5_number(d, "add_offset", &v) && isfinite(v))
        p->offset = v;
    for (size_t i = 0; i < sizeof fills / sizeof *fills && !p->has_fill; i++)
        p->has_fill = raw_number(d, fills[i], &p->fill);
    p->has_missing = raw_number(d, "missing_value", &p->missing);
    if (!p->has_fill && p->has_missing) {
        p->has_fill = true;
        p->fill = p->missing;
    }
    p->has_missing = p->has_missing && p->missing != p->fill;
    take_range(p, d);
}

/* Samples of one type as values; plain enough for the compiler to make vectors of. */
#define UNPACK(C)                                                                          \
    {                                                                                      \
        const C *restrict sample = samples;                                                \
        for (size_t i = 0; i < n; i++) {                                                   \
            double raw = (double)sample[i];                                                \
            bool some = (raw != fill) & (raw != missing) & (raw >= least) & (raw <= most); \
            double value = scaled ? raw * scale + offset : raw;                            \
            v[i] = some ? value : NAN;                                                     \
        }                                                                                  \
        break;                                                                             \
    }

void hdf5_unpack(const struct hdf5_packing *p, const struct hdf5_dataset *d,
                 const void *samples, size_t n, double *restrict v, unsigned flags)
{
    bool scaled = !(flags & RAS_RAW) && (p->scale != 1 || p->offset != 0);
    double scale = p->scale, offset = p->offset;
    double fill = p->has_fill ? p->fill : NAN, missing = p->has_missing ? p->missing : NAN;
    double least = p->has_range ? fmax(p->least, -DBL_MAX) : -DBL_MAX;
    double most = p->has_range ? fmin(p->most, DBL_MAX) : DBL_MAX;
    if (d->type == RAS_F32) { /* as the samples have it */
        fill = (double)(float)fill;
        missing = (double)(float)missing;
    }
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
