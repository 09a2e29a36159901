/* cf_axes: the coordinates of a dataset's dimensions. */
#include "cf_axes.h"
#include "base/mem.h"
#include "base/msg.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double slack = 0.01; /* of a step: how far a coordinate may lie off */

/* One in the first `folder` bytes of d's path. */
static const struct hdf5_dataset *in_folder(const struct hdf5_file *f,
                                            const struct hdf5_dataset *d, size_t folder,
                                            const char *name, size_t n)
{
    for (size_t i = 0; i < f->catalogue->ndatasets; i++) {
        const struct hdf5_dataset *other = &f->catalogue->dataset[i];
        if (strncmp(other->path, d->path, folder) == 0 &&
            strlen(other->path) == folder + n && memcmp(other->path + folder, name, n) == 0)
            return other;
    }
    return NULL;
}

const struct hdf5_dataset *cf_named(const struct hdf5_file *f, const struct hdf5_dataset *d,
                                    const char *name, size_t n)
{
    size_t folder = (size_t)(d->name - d->path); /* with its slash */
    if (n && *name == '/')
        return in_folder(f, d, 1, name + 1, n - 1);
    for (;;) {
        const struct hdf5_dataset *found = in_folder(f, d, folder, name, n);
        if (found || folder <= 1)
            return found;
        for (folder--; folder && d->path[folder - 1] != '/'; folder--)
            ;
    }
}

bool cf_next_coordinate(const struct hdf5_file *f, const struct hdf5_dataset *d,
                        const char **rest, const struct hdf5_dataset **one)
{
    static const char blanks[] = " \t\n";
    if (!*rest)
        return false;
    *rest += strspn(*rest, blanks);
    size_t n = strcspn(*rest, blanks);
    *one = n ? cf_named(f, d, *rest, n) : NULL;
    *rest += n;
    return n > 0;
}

static bool one_of(const char *text, const char *const *list)
{
    for (; text && *list; list++)
        if (strcmp(text, *list) == 0)
            return true;
    return false;
}

static const char *const north[] = {
    "degrees_north", "degree_north", "degree_N", "degrees_N", "degreeN", "degreesN", NULL};
static const char *const east[] = {"degrees_east", "degree_east", "degree_E", "degrees_E",
                                   "degreeE",      "degreesE",    NULL};

static enum cf_kind kind_of(const struct hdf5_dataset *axis)
{
    static const char *const xs[] = {"longitude", "projection_x_coordinate",
                                     "projection_x_angular_coordinate", "grid_longitude",
                                     NULL},
                             *const ys[] = {"latitude", "projection_y_coordinate",
                                            "projection_y_angular_coordinate",
                                            "grid_latitude", NULL},
                             *const x_names[] = {"lon", "longitude", "x",
                                                 "X",   "easting",   NULL},
                             *const y_names[] = {"lat", "latitude", "y",
                                                 "Y",   "northing", NULL};
    const char *units = hdf5_text(axis, "units"),
               *standard = hdf5_text(axis, "standard_name"),
               *letter = hdf5_text(axis, "axis");
    if (one_of(units, east) || one_of(standard, xs))
        return CF_X;
    if (one_of(units, north) || one_of(standard, ys))
        return CF_Y;
    if ((units && strstr(units, " since ")) || (standard && strcmp(standard, "time") == 0))
        return CF_TIME;
    if (letter && *letter && !letter[1] && strchr("XYT", *letter))
        return *letter == 'X' ? CF_X : *letter == 'Y' ? CF_Y : CF_TIME;
    return one_of(axis->name, x_names)   ? CF_X
           : one_of(axis->name, y_names) ? CF_Y
                                         : CF_OTHER;
}

enum cf_kind cf_place_kind(const struct hdf5_dataset *array)
{
    static const char *const longitudes[] = {"longitude", "Longitude", "lon", "LON", NULL},
                             *const latitudes[] = {"latitude", "Latitude", "lat", "LAT",
                                                   NULL};
    const char *units = hdf5_text(array, "units"),
               *standard = hdf5_text(array, "standard_name");
    const char *name = standard ? standard : array->name;
    if (one_of(units, east) || one_of(name, longitudes))
        return CF_X;
    return one_of(units, north) || one_of(name, latitudes) ? CF_Y : CF_OTHER;
}

/* The coordinate variable of a dimension: that of its name, or else an auxiliary one that
 * has this dimension alone and tells what it counts. */
static const struct hdf5_dataset *axis_of(const struct hdf5_file *f,
                                          const struct hdf5_dataset *d, int i)
{
    const char *name = d->dim_name[i];
    const struct hdf5_dataset *axis = *name ? cf_named(f, d, name, strlen(name)) : NULL;
    const struct hdf5_dataset *other;
    for (const char *rest = hdf5_text(d, "coordinates");
         !axis && *name && cf_next_coordinate(f, d, &rest, &other);)
        if (other && other->ndims == 1 && strcmp(other->dim_name[0], name) == 0 &&
            kind_of(other) != CF_OTHER)
            axis = other;
    return axis;
}

const struct hdf5_dataset *cf_axis_of(const struct hdf5_file *f,
                                      const struct hdf5_dataset *d, int i,
                                      enum cf_kind *kind)
{
    const struct hdf5_dataset *axis = axis_of(f, d, i);
    *kind = CF_OTHER;
    if (!axis || axis->ndims != 1 || axis->dim[0] != d->dim[i] || axis->problem)
        return NULL;
    *kind = kind_of(axis);
    return axis;
}

const struct hdf5_dataset *cf_time_of(const struct hdf5_file *f,
                                      const struct hdf5_dataset *d)
{
    const struct hdf5_dataset *one;
    for (const char *rest = hdf5_text(d, "coordinates");
         cf_next_coordinate(f, d, &rest, &one);)
        if (one && one->nnumbers == 1 && kind_of(one) == CF_TIME)
            return one;
    return NULL;
}

enum cf_angle cf_axis_angle(const struct hdf5_dataset *axis)
{
    static const char *const degrees[] = {"degrees", "degree", "deg", NULL},
                             *const places[] = {"longitude", "latitude", NULL},
                             *const rotated[] = {"grid_longitude", "grid_latitude", NULL};
    const char *units = hdf5_text(axis, "units"),
               *standard = hdf5_text(axis, "standard_name");
    if (one_of(standard, rotated))
        return CF_ROTATED;
    if (one_of(units, east) || one_of(units, north))
        return CF_GEOGRAPHIC;
    return (standard ? one_of(standard, places) : one_of(units, degrees)) ? CF_GEOGRAPHIC
                                                                          : CF_NO_ANGLE;
}

/* All numbers of a dataset. */
static double *read_all(struct hdf5_file *f, const struct hdf5_dataset *d, size_t n)
{
    size_t start[HDF5_DIMS] = {0};
    struct hdf5_packing packing;
    void *samples = mem_alloc(n, (size_t)ras_type_bytes(d->type));
    double *v = NULL;
    if (hdf5_read(f, d, start, d->dim, samples) == MSG_OK) {
        v = mem_alloc(n, sizeof *v);
        hdf5_packing_of(&packing, d);
        packing.has_range =
            false; /* what coordinates say counts, however they are judged */
        hdf5_unpack(&packing, d, samples, n, v, 0);
    }
    free(samples);
    return v;
}

double *cf_axis_values(struct hdf5_file *f, const struct hdf5_dataset *axis)
{
    return read_all(f, axis, axis->dim[0]);
}

/* How far the type may put a number off. */
static double rounding_of(const struct hdf5_dataset *d, const double *v, size_t n)
{
    double largest = 0, scale = 1;
    bool packed = hdf5_number(d, "scale_factor", &scale);
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fabs(v[i]));
    return ((double)(d->type == RAS_F32 ? FLT_EPSILON : 0) + DBL_EPSILON) * largest +
           (packed ? fabs(scale) / 2 : 0);
}

/* Longitudes that begin again at -180 or 0, of pixels that lie side by side. */
static void unwind(double *v, size_t n, double turn)
{
    for (size_t i = 1; i < n; i++)
        v[i] -= turn * rint((v[i] - v[i - 1]) / turn);
}

static int check_even(const struct hdf5_file *f, const struct hdf5_dataset *axis,
                      const double *v, size_t n, double may)
{
    double step = n > 1 ? (v[n - 1] - v[0]) / (double)(n - 1) : 0, least = INFINITY,
           most = -INFINITY;
    bool even = true;
    for (size_t i = 0; i < n; i++) {
        even = even && fabs(v[i] - (v[0] + (double)i * step)) <= slack * fabs(step) + may;
        if (i) {
            least = fmin(least, v[i] - v[i - 1]);
            most = fmax(most, v[i] - v[i - 1]);
        }
    }
    if (even && (n < 2 || step != 0))
        return MSG_OK;
    msg_error(
        "%s: its coordinates %s are not evenly spaced (steps of %.6g to %.6g), as the "
        "pixels of a raster are; lay it on an even grid first, as cdo remapcon does",
        f->path, axis->name, least, most);
    return MSG_INPUT;
}

/* A full turn of longitudes, and where the pole of latitudes is, in an axis's units; 0
 * where it counts something else. */
struct turns {
    double x, pole;
};

/* Pixels by their bounds: of one width, about the coordinates or beside them. Those at the
 * poles may end there. */
static int lay_bounds(struct hdf5_file *f, const struct hdf5_dataset *bounds,
                      const struct hdf5_dataset *axis, const double *v,
                      const struct turns *turns, double may, double *edge, double *step)
{
    size_t n = axis->dim[0], middle = n / 2;
    double *b = read_all(f, bounds, 2 * n);
    if (!b)
        return MSG_INPUT;
    may += rounding_of(bounds, b, 2 * n);
    for (size_t i = 0; i < 2 * n && turns->x > 0; i++)
        b[i] -= turns->x * rint((b[i] - v[i / 2]) / turns->x);
    if (n == 1)
        *step = b[1] - b[0];
    double half = fabs(*step) / 2, pole = turns->pole,
           aside =
               n > 2 || pole == 0 ? (b[2 * middle] + b[2 * middle + 1]) / 2 - v[middle] : 0;
    if (fabs(aside) <= slack * fabs(*step) + may)
        aside = 0;
    int status = *step != 0 ? MSG_OK : MSG_INPUT;
    for (size_t i = 0; i < n && status == MSG_OK; i++) {
        double low = fmin(b[2 * i], b[2 * i + 1]), high = fmax(b[2 * i], b[2 * i + 1]),
               to_low = v[i] + aside - half, to_high = v[i] + aside + half;
        if (pole > 0) {
            to_low = fmax(fmax(to_low, fmin(low, -pole)), -pole);
            to_high = fmin(fmin(to_high, fmax(high, pole)), pole);
        }
        double off = slack * fabs(*step) + may;
        if (fabs(low - to_low) <= off && fabs(high - to_high) <= off)
            continue;
        msg_error("%s: the bounds %s lay the pixel at %s %.10g from %.10g to %.10g, where "
                  "those before it are %.10g wide and side by side; lay it on an even grid "
                  "first, as cdo remapcon does",
                  f->path, bounds->name, axis->name, v[i], low, high, fabs(*step));
        status = MSG_INPUT;
    }
    free(b);
    *edge = v[0] + aside - *step / 2;
    return status;
}

int cf_axis_lay(struct hdf5_file *f, const struct hdf5_dataset *axis, bool angles,
                double per_unit, double *edge, double *step)
{
    size_t n = axis->dim[0];
    enum cf_kind kind = kind_of(axis);
    const struct turns turns = {angles && kind == CF_X ? 360 / per_unit : 0,
                                angles && kind == CF_Y ? 90 / per_unit : 0};
    double *v = cf_axis_values(f, axis);
    if (!v)
        return MSG_INPUT;
    if (turns.x > 0)
        unwind(v, n, turns.x);
    double may = rounding_of(axis, v, n);
    *step = n > 1 ? (v[n - 1] - v[0]) / (double)(n - 1) : 0;
    *edge = v[0] - *step / 2;
    const char *name = hdf5_text(axis, "bounds");
    const struct hdf5_dataset *bounds = name ? cf_named(f, axis, name, strlen(name)) : NULL;
    int status = check_even(f, axis, v, n, may);
    if (status == MSG_OK && bounds && !bounds->problem && bounds->ndims == 2 &&
        bounds->dim[0] == n && bounds->dim[1] == 2)
        status = lay_bounds(f, bounds, axis, v, &turns, may, edge, step);
    free(v);
    *edge *= per_unit;
    *step *= per_unit;
    return status;
}
