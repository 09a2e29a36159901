/* crs_transform: operations from one CRS to another. */
#include "geo/crs_transform.h"
#include "base/mem.h"
#include "crs_private.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The operation between two CRSs that are not the same; NULL when there is none. */
static PJ *operation_new(PJ_CONTEXT *context, const PJ *a, const PJ *b, const double *area,
                         unsigned flags)
{
    PJ_AREA *bbox = area ? proj()->area_create() : NULL;
    if (area)
        proj()->area_set_bbox(bbox, area[0], area[1], area[2], area[3]);
    PJ *operation = proj()->create_crs_to_crs_from_pj(context, a, b, bbox, NULL);
    proj()->area_destroy(bbox);
    if (!operation || flags & CRS_AUTHORITY_ORDER)
        return operation;
    PJ *normal = proj()->normalize_for_visualization(context, operation);
    proj()->destroy(operation);
    return normal;
}

static bool equivalent(const PJ *a, const PJ *b, unsigned flags)
{
    return flags & CRS_AUTHORITY_ORDER ? proj()->is_equivalent_to_with_ctx(
                                             crs_proj_context(), a, b, PJ_COMP_EQUIVALENT)
                                       : crs_proj_same(a, b);
}

const PJ *crs_transform_end(const struct crs_transform *m, const struct crs *crs)
{
    return m->flags & CRS_HEIGHTS ? crs_proj_of(crs) : crs_proj_plane(crs);
}

/* Finds the way from one CRS to another. */
static int find_path(const struct crs_transform *m, const double *area, const char *what,
                     struct crs_path *path)
{
    const struct crs *from = m->from, *to = m->to;
    *path = (struct crs_path){.units = {1, 1}, .exact = true};
    if (!(m->flags & ~(unsigned)CRS_BOUNDS) &&
        !area) /* plain ones have no error to bound */
        path->operation = crs_proj_wgs84_utm(from, to, &path->degrees);
    if (path->operation)
        return MSG_OK;
    path->degrees = 0;
    if (!crs_proj_need(from, what) || !crs_proj_need(to, what))
        return MSG_INPUT;
    const PJ *a = crs_transform_end(m, from), *b = crs_transform_end(m, to);
    if (equivalent(a, b, m->flags))
        return MSG_OK;
    if (from->facts->degrees > 0)
        path->units[0] = from->facts->degrees;
    if (to->facts->degrees > 0)
        path->units[1] = to->facts->degrees;
    PJ_CONTEXT *context = crs_proj_context();
    crs_proj_listen(context);
    path->operation = operation_new(context, a, b, area, m->flags);
    crs_proj_hush(context);
    const char *said = crs_session()->said;
    if (!path->operation) {
        msg_error("%s: no way from %.80s to %.80s%s%s", what, from->text, to->text,
                  *said ? ": " : "", said);
        return MSG_INPUT;
    }
    path->exact = proj()->coordoperation_get_accuracy(context, path->operation) == 0;
    return MSG_OK;
}

/* The same, once for two CRSs that stay. */
static int find_link(const struct crs_transform *m, const char *what, struct crs_path *path)
{
    struct crs_facts *f = m->from->facts;
    for (size_t i = 0; i < f->nlinks; i++)
        if (f->link[i].to == m->to) {
            *path = f->link[i].path;
            return MSG_OK;
        }
    int status = find_path(m, NULL, what, path);
    if (status != MSG_OK)
        return status;
    f->link = mem_grow(f->link, &f->cap, f->nlinks + 1, sizeof *f->link);
    f->link[f->nlinks++] = (struct crs_link){m->to, *path};
    return MSG_OK;
}

int crs_transform_open_as(struct crs_transform **map, const struct crs *from,
                          const struct crs *to, const double *area, unsigned flags,
                          const char *what)
{
    struct crs_transform *m = mem_alloc(1, sizeof *m);
    *map = m;
    m->from = from;
    m->to = to;
    m->flags = flags;
    m->path = (struct crs_path){.units = {1, 1}, .exact = true};
    m->seen[0] = m->seen[1] = HUGE_VAL;
    m->seen[2] = m->seen[3] = -HUGE_VAL;
    if (from == to || strcmp(from->text, to->text) == 0)
        return MSG_OK;
    m->owns = !from->shared || !to->shared || area || flags & ~(unsigned)CRS_BOUNDS;
    int status =
        m->owns ? find_path(m, area, what, &m->path) : find_link(m, what, &m->path);
    if (status != MSG_OK) {
        crs_transform_close(m);
        *map = NULL;
    } else if (flags & CRS_TALLY) {
        crs_tally_open(m);
    }
    return status;
}

int crs_transform_open(struct crs_transform **map, const struct crs *from,
                       const struct crs *to, const double *area, const char *what)
{
    return crs_transform_open_as(map, from, to, area, 0, what);
}

void crs_transform_close(struct crs_transform *map)
{
    if (!map)
        return;
    if (map->owns && map->path.operation)
        proj()->destroy(map->path.operation);
    crs_tally_close(map);
    free(map);
}

bool crs_transform_identity(const struct crs_transform *map)
{
    return !map->path.operation;
}

double crs_transform_turn(const struct crs_transform *map)
{
    return map->path.operation ? crs_turn(map->to) : 0;
}

/* From degrees or to them, or back, as PROJ does it. */
static void convert(const struct crs_transform *map, PJ_DIRECTION direction, double *x,
                    double *y, size_t stride, size_t n)
{
    static const double radian = 57.29577951308232; /* in degrees */
    double factor = map->path.degrees < 0 ? 1 / radian : radian;
    for (size_t i = 0; i < n * stride; i += stride) {
        x[i] = direction == PJ_FWD ? x[i] * factor : x[i] / factor;
        y[i] = direction == PJ_FWD ? y[i] * factor : y[i] / factor;
    }
}

/* From degrees to the units of a CRS, or back, where those are others. */
static void scale(double factor, double *x, double *y, size_t stride, size_t n)
{
    for (size_t i = 0; i < n * stride && factor != 1; i += stride) {
        x[i] *= factor;
        y[i] *= factor;
    }
}

/* Does the operation; z and t, side by side, may be NULL. */
static void operate(struct crs_transform *map, PJ_DIRECTION direction, double *x, double *y,
                    size_t stride, size_t n, double *z, double *t)
{
    size_t step = stride * sizeof(double);
    bool projects = (direction == PJ_FWD) == (map->path.degrees < 0);
    PJ_DIRECTION really = !map->path.degrees ? direction : projects ? PJ_FWD : PJ_INV;
    const double *units = map->path.units;
    bool forward = direction == PJ_FWD;
    scale(1 / units[!forward], x, y, stride, n);
    if (map->path.degrees && projects)
        convert(map, direction, x, y, stride, n);
    proj()->trans_generic(map->path.operation, really, x, step, n, y, step, n, z, sizeof *z,
                          z ? n : 0, t, sizeof *t, t ? n : 0);
    if (map->path.degrees && !projects)
        convert(map, direction, x, y, stride, n);
    scale(units[forward], x, y, stride, n);
}

static void transform(struct crs_transform *map, PJ_DIRECTION direction, double *x,
                      double *y, size_t stride, size_t n)
{
    if (!map->path.operation || !n)
        return;
    operate(map, direction, x, y, stride, n, NULL, NULL);
    for (size_t i = 0; i < n * stride; i += stride)
        if (!isfinite(x[i]) || !isfinite(y[i]))
            x[i] = y[i] = NAN;
    proj()->errno_reset(map->path.operation);
}

void crs_forward(struct crs_transform *map, double *x, double *y, size_t stride, size_t n)
{
    transform(map, PJ_FWD, x, y, stride, n);
}

void crs_inverse(struct crs_transform *map, double *x, double *y, size_t stride, size_t n)
{
    transform(map, PJ_INV, x, y, stride, n);
}

void crs_forward_zt(struct crs_transform *map, double *x, double *y, double *z, double *t,
                    size_t n)
{
    bool *unknown = NULL; /* heights */
    for (size_t i = 0; z && i < n; i++)
        if (isnan(z[i])) {
            unknown = unknown ? unknown : mem_alloc(n, sizeof *unknown);
            unknown[i] = true;
            z[i] = 0;
        }
    for (size_t i = 0; t && i < n; i++)
        if (isnan(t[i]))
            t[i] = HUGE_VAL;
    if (map->flags & CRS_BOUNDS && !map->path.exact)
        crs_tally_extend(map, x, y, n);
    if (map->path.operation && map->tally) {
        scale(1 / map->path.units[0], x, y, 1, n);
        crs_tally_forward(map, x, y, z, t, n);
        scale(map->path.units[1], x, y, 1, n);
    } else if (map->path.operation) {
        operate(map, PJ_FWD, x, y, 1, n, z, t);
    }
    for (size_t i = 0; i < n; i++) {
        bool failed = !isfinite(x[i]) || !isfinite(y[i]);
        if (failed)
            x[i] = y[i] = NAN;
        if (z && (failed || !isfinite(z[i]) || (unknown && unknown[i])))
            z[i] = NAN;
    }
    free(unknown);
}
