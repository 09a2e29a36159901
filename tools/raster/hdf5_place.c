/* hdf5_place: where the pixels of a dataset lie. */
#include "hdf5_place.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "cf_axes.h"
#include "cf_crs.h"
#include "geo/crs.h"
#include "raster/hdf5_places.h"
#include "struct_metadata.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- HDF-EOS5 ------------------------------------------------------------------------ */

static const char grids[] = "/HDFEOS/GRIDS/";

/* The text of StructMetadata.0, and of .1 and so on, as which what is long goes on. */
static char *struct_text(const struct hdf5_file *f)
{
    struct buf all = {0}, path = {0};
    for (int i = 0; i < 100; i++) {
        buf_reset(&path);
        buf_printf(&path, "/HDFEOS INFORMATION/StructMetadata.%d", i);
        const struct hdf5_dataset *d = hdf5_find(f, path.s);
        if (!d || !d->text)
            break;
        buf_puts(&all, d->text);
    }
    buf_free(&path);
    return all.s;
}

/* The grid of that name; where it has none, the only one: Collection 3 has the text of the
 * L1CG file in its L2G. */
static const struct struct_grid *grid_of(const struct struct_metadata *m,
                                         const struct hdf5_dataset *d)
{
    const char *name = d->path + strlen(grids);
    size_t n = strcspn(name, "/");
    for (size_t i = 0; i < m->n; i++)
        if (strlen(m->grid[i].name) == n && strncmp(m->grid[i].name, name, n) == 0)
            return &m->grid[i];
    return m->n == 1 ? &m->grid[0] : NULL;
}

static int place_eos(struct hdf5_place *p, const struct hdf5_file *f,
                     const struct hdf5_dataset *d)
{
    struct struct_metadata m = {0};
    struct buf why = {0};
    char *text = struct_text(f);
    const struct struct_grid *g = NULL;
    if (!text)
        buf_puts(&why, "there is none");
    else if (struct_metadata_read(&m, text, &why))
        g = grid_of(&m, d);
    if (!why.n && !g)
        buf_printf(&why, "none of its grids is that of %s", d->path);
    if (g && ((size_t)g->columns != d->dim[p->ix] || (size_t)g->rows != d->dim[p->iy])) {
        buf_printf(&why, "its grid has %lld x %lld pixels, but %s has %zu x %zu",
                   g->columns, g->rows, d->name, d->dim[p->ix], d->dim[p->iy]);
        g = NULL;
    }
    if (g) {
        memcpy(p->gt, g->gt, sizeof p->gt);
        p->has_gt = true;
        p->crs = mem_text(g->crs);
    } else {
        msg_error("%s: StructMetadata.0, which says where the grid lies: %s", f->path,
                  why.s);
    }
    int status = g ? MSG_OK : MSG_INPUT;
    struct_metadata_free(&m);
    free(text);
    buf_free(&why);
    return status;
}

/* ---- places one by one ----------------------------------------------------------------
 */

static const char a_swath[] =
    "it has no geotransform, but an array of places (a swath), which "
    "eco-regrid and eco-sample --points take";

static bool take_places(struct hdf5_place *p, const struct hdf5_file *f,
                        const struct hdf5_dataset *d)
{
    struct hdf5_places places;
    if (!hdf5_places_named(&places, f, d))
        return false;
    p->latitude = places.latitude;
    p->longitude = places.longitude;
    p->ix = places.ix;
    p->iy = places.iy;
    return true;
}

/* Whether its places stand in the file, or, as ECOSTRESS has them, in another. */
static bool is_swath(const struct hdf5_place *p, const struct hdf5_file *f,
                     const struct hdf5_dataset *d)
{
    struct hdf5_places places;
    return p->latitude || strncmp(d->path, "/SDS/", 5) == 0 ||
           strncmp(d->path, "/Radiance/", 10) == 0 ||
           hdf5_places_of_file(&places, f, d->dim[p->iy], d->dim[p->ix]);
}

/* ---- CF ------------------------------------------------------------------------------ */

/* GDAL's own attribute: a geotransform with all its digits. */
static bool own_gt(const struct hdf5_dataset *mapping, double gt[6])
{
    const char *s = mapping ? hdf5_text(mapping, "GeoTransform") : NULL;
    int n = 0;
    while (s && *s && n < 6) {
        size_t k = strcspn(s, " ,");
        if (k && !num_parse(s, k, &gt[n++]))
            return false;
        s += k;
        s += strspn(s, " ,");
    }
    return s && n == 6 && !*s;
}

/* Both say the same, to a hundredth of a pixel: the digits of the attribute are better.
 * Rows may run the other way in it; longitudes may be turns apart. */
static int check_own_gt(const struct hdf5_file *f, const struct hdf5_dataset *d,
                        struct hdf5_place *p, const double own[6], bool angles)
{
    double columns = (double)d->dim[p->ix], rows = (double)d->dim[p->iy],
           top = own[5] < 0 ? own[3] : own[3] + rows * own[5], dx = fabs(p->gt[1]),
           dy = fabs(p->gt[5]), aside = own[0] - p->gt[0];
    if (angles)
        aside -= 360 * rint(aside / 360);
    double off[] = {aside / dx, (own[1] - p->gt[1]) * columns / dx, (top - p->gt[3]) / dy,
                    (fabs(own[5]) - dy) * rows / dy};
    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        if (!(fabs(off[i]) <= 0.02)) {
            msg_error("%s: its coordinates lay the corner of %s at %.10g %.10g, but its "
                      "GeoTransform at %.10g %.10g; take away the one that is wrong",
                      f->path, d->name, p->gt[0], p->gt[3], own[0], top);
            return MSG_INPUT;
        }
    if (aside + p->gt[0] == own[0]) {
        p->gt[0] = own[0];
        p->gt[1] = own[1];
    }
    p->gt[3] = top;
    p->gt[5] = -fabs(own[5]);
    return MSG_OK;
}

static const struct hdf5_dataset *mapping_of(const struct hdf5_file *f,
                                             const struct hdf5_dataset *d)
{
    const char *name = hdf5_text(d, "grid_mapping");
    return name ? cf_named(f, d, name, strcspn(name, ": ")) : NULL;
}

struct unit {
    const char *name;
    double size;
};

/* The size of the unit of that name; 0 for none. */
static double size_of(const struct unit *known, const char *name)
{
    for (; known->name; known++)
        if (strcmp(name, known->name) == 0)
            return known->size;
    return 0;
}

/* What a unit of an axis is in the units of the plane. */
static int unit_of(const struct hdf5_file *f, const struct hdf5_dataset *axis,
                   const char *crs, const struct cf_plane *plane, double *per_unit)
{
    static const struct unit lengths[] = {{"m", 1},
                                          {"metre", 1},
                                          {"meter", 1},
                                          {"metres", 1},
                                          {"meters", 1},
                                          {"km", 1000},
                                          {"kilometre", 1000},
                                          {"kilometer", 1000},
                                          {"kilometres", 1000},
                                          {"kilometers", 1000},
                                          {"1000 m", 1000},
                                          {NULL, 0}};
    static const double degree = 3.14159265358979323846 / 180;
    static const struct unit radians[] = {{"rad", 1},
                                          {"radian", 1},
                                          {"radians", 1},
                                          {"microradian", 1e-6},
                                          {"microradians", 1e-6},
                                          {"urad", 1e-6},
                                          {"degrees", degree},
                                          {"degree", degree},
                                          {"deg", degree},
                                          {NULL, 0}};
    const char *units = hdf5_text(axis, "units");
    double radian = units ? size_of(radians, units) : 0;
    *per_unit = 1;
    double length = units ? size_of(lengths, units) : 0, metres;
    if (!plane->metres) {
        if (units && strncmp(units, "rad", 3) == 0)
            *per_unit = radian / degree;
        /* WKT says its own unit of length. */
        if (length > 1 && crs && (metres = crs_metres(crs_of(crs))) > 0)
            *per_unit = length / metres;
        return MSG_OK;
    }
    if (units)
        *per_unit = plane->height > 0 && radian > 0 ? radian * plane->height : length;
    else if (plane->height > 0)
        *per_unit = plane->height;
    if (*per_unit > 0)
        return MSG_OK;
    msg_error("%s: the units of its coordinates %s, \"%s\", are none of length%s", f->path,
              axis->name, units, plane->height > 0 ? " and no angle" : "");
    return MSG_INPUT;
}

static int place_axes(struct hdf5_place *p, struct hdf5_file *f,
                      const struct hdf5_dataset *d, const struct hdf5_dataset *x,
                      const struct hdf5_dataset *y)
{
    const struct hdf5_dataset *mapping = mapping_of(f, d);
    bool geographic =
        cf_axis_angle(x) == CF_GEOGRAPHIC && cf_axis_angle(y) == CF_GEOGRAPHIC;
    struct cf_plane plane = {0};
    double per_x = 1, per_y = 1, own[6];
    struct buf why = {0};
    if (mapping) {
        p->crs = cf_crs_text(mapping, &plane, &why);
        if (!p->crs) {
            p->unplaced = why.s;
            take_places(p, f, d);
            return MSG_OK;
        }
    } else if (geographic) {
        p->crs = mem_text("EPSG:4326");
    } else if (take_places(p, f, d) || cf_place_kind(d) != CF_OTHER) {
        /* Rows stay as they are stored, in the arrays as in what they lay. */
        p->unplaced = mem_text(a_swath);
        return MSG_OK;
    }
    bool angles = geographic || plane.angles;
    int status = unit_of(f, x, p->crs, &plane, &per_x);
    if (status == MSG_OK)
        status = unit_of(f, y, p->crs, &plane, &per_y);
    if (status == MSG_OK)
        status = cf_axis_lay(f, x, angles, per_x, &p->gt[0], &p->gt[1]);
    if (status == MSG_OK)
        status = cf_axis_lay(f, y, angles, per_y, &p->gt[3], &p->gt[5]);
    if (status != MSG_OK)
        return status;
    bool has_own = own_gt(mapping, own) && own[2] == 0 && own[4] == 0;
    if (has_own && p->gt[1] == 0)
        p->gt[1] = own[1], p->gt[0] -= own[1] / 2;
    if (has_own && p->gt[5] == 0)
        p->gt[5] = -fabs(own[5]), p->gt[3] += fabs(own[5]) / 2;
    p->has_gt = p->gt[1] != 0 && p->gt[5] != 0;
    if (p->has_gt && p->gt[5] > 0) {
        p->upwards = true;
        p->gt[3] += (double)d->dim[p->iy] * p->gt[5];
        p->gt[5] = -p->gt[5];
    }
    return p->has_gt && has_own ? check_own_gt(f, d, p, own, angles) : MSG_OK;
}

/* The axes of the plane; false where CF does not tell both. */
static bool find_axes(struct hdf5_place *p, const struct hdf5_file *f,
                      const struct hdf5_dataset *d, const struct hdf5_dataset *axis[2])
{
    *p = (struct hdf5_place){
        .ix = d->ndims - 1, .iy = d->ndims - 2, .gt = {0, 1, 0, 0, 0, -1}};
    axis[0] = axis[1] = NULL;
    if (strncmp(d->path, grids, strlen(grids)) == 0)
        return false;
    for (int i = 0; i < d->ndims; i++) {
        enum cf_kind kind;
        const struct hdf5_dataset *a = cf_axis_of(f, d, i, &kind);
        if (kind == CF_X || kind == CF_Y)
            axis[kind == CF_Y] = a;
        if (kind == CF_X)
            p->ix = i;
        if (kind == CF_Y)
            p->iy = i;
    }
    if (axis[0] && axis[1])
        return true;
    p->ix = d->ndims - 1;
    p->iy = d->ndims - 2;
    take_places(p, f, d);
    return false;
}

void hdf5_place_dimensions(struct hdf5_place *p, const struct hdf5_file *f,
                           const struct hdf5_dataset *d)
{
    const struct hdf5_dataset *axis[2];
    find_axes(p, f, d, axis);
}

int hdf5_place_find(struct hdf5_place *p, struct hdf5_file *f, const struct hdf5_dataset *d)
{
    const struct hdf5_dataset *axis[2];
    if (find_axes(p, f, d, axis))
        return place_axes(p, f, d, axis[0], axis[1]);
    if (strncmp(d->path, grids, strlen(grids)) == 0)
        return place_eos(p, f, d);
    if (is_swath(p, f, d))
        p->unplaced = mem_text(a_swath);
    return MSG_OK;
}

void hdf5_place_free(struct hdf5_place *p)
{
    free(p->crs);
    free(p->unplaced);
    *p = (struct hdf5_place){0};
}
