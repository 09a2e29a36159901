/* crs_transform: operations from one CRS to another. */
#include "base/mem.h"
#include "crs_private.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The operation between two CRSs that are not the same; NULL when there is none. */
static PJ *operation_new(const struct crs_transform *m, const PJ *a, const PJ *b,
                         const double *area)
{
    PJ_AREA *bbox = area ? proj_area_create() : NULL;
    if (area)
        proj_area_set_bbox(bbox, area[0], area[1], area[2], area[3]);
    PJ *operation = proj_create_crs_to_crs_from_pj(m->context, a, b, bbox, NULL);
    proj_area_destroy(bbox);
    if (!operation || m->flags & CRS_AUTHORITY_ORDER)
        return operation;
    PJ *normal = proj_normalize_for_visualization(m->context, operation);
    proj_destroy(operation);
    return normal;
}

int crs_transform_open_as(struct crs_transform **map, const char *from, const char *to,
                          const double *area, unsigned flags, const char *what)
{
    struct crs_transform *m = mem_alloc(1, sizeof *m);
    *map = m;
    m->flags = flags;
    m->exact = true;
    m->seen[0] = m->seen[1] = HUGE_VAL;
    m->seen[2] = m->seen[3] = -HUGE_VAL;
    if (strcmp(from, to) == 0)
        return MSG_OK;
    int status = MSG_INPUT;
    PJ *a = NULL, *b = NULL;
    m->context = crs_proj_context(m->text);
    if (!m->context) {
        msg_error("PROJ does not start");
        status = MSG_SYSTEM;
        goto out;
    }
    if (!(flags & ~(unsigned)CRS_BOUNDS) && !area) /* plain ones have no error to bound */
        m->operation = crs_proj_wgs84_utm(m->context, from, to, &m->degrees);
    if (m->operation) {
        proj_log_level(m->context, PJ_LOG_NONE);
        return MSG_OK;
    }
    a = crs_proj_create(m->context, from, what, m->text);
    b = a ? crs_proj_create(m->context, to, what, m->text) : NULL;
    if (!b)
        goto out;
    status = MSG_OK;
    if (flags & CRS_AUTHORITY_ORDER
            ? proj_is_equivalent_to_with_ctx(m->context, a, b, PJ_COMP_EQUIVALENT)
            : crs_proj_same(m->context, a, b))
        goto out;
    m->operation = operation_new(m, a, b, area);
    if (!m->operation) {
        msg_error("%s: no way from %.80s to %.80s%s%s", what, from, to,
                  m->text[0] ? ": " : "", m->text);
        status = MSG_INPUT;
        goto out;
    }
    proj_log_level(m->context, PJ_LOG_NONE); /* points that fail become NaN */
    m->exact = proj_coordoperation_get_accuracy(m->context, m->operation) == 0;
    m->from = mem_text(from);
    m->to = mem_text(to);
    crs_transform_watch(m);
out:
    proj_destroy(a);
    proj_destroy(b);
    if (status != MSG_OK) {
        crs_transform_close(m);
        *map = NULL;
    }
    return status;
}

int crs_transform_open(struct crs_transform **map, const char *from, const char *to,
                       const double *area, const char *what)
{
    return crs_transform_open_as(map, from, to, area, 0, what);
}

void crs_transform_close(struct crs_transform *map)
{
    if (!map)
        return;
    crs_operations_free(&map->tally);
    proj_destroy(map->operation);
    proj_context_destroy(map->context);
    free(map->from);
    free(map->to);
    free(map);
}

bool crs_transform_identity(const struct crs_transform *map)
{
    return !map->operation;
}

/* From degrees or to them, or back, as PROJ does it. */
static void convert(const struct crs_transform *map, PJ_DIRECTION direction, double *x,
                    double *y, size_t stride, size_t n)
{
    static const double radian = 57.29577951308232; /* in degrees */
    double factor = map->degrees < 0 ? 1 / radian : radian;
    for (size_t i = 0; i < n * stride; i += stride) {
        x[i] = direction == PJ_FWD ? x[i] * factor : x[i] / factor;
        y[i] = direction == PJ_FWD ? y[i] * factor : y[i] / factor;
    }
}

/* Does the operation; z and t, side by side, may be NULL. */
static void operate(struct crs_transform *map, PJ_DIRECTION direction, double *x, double *y,
                    size_t stride, size_t n, double *z, double *t)
{
    size_t step = stride * sizeof(double);
    bool projects = (direction == PJ_FWD) == (map->degrees < 0);
    PJ_DIRECTION really = !map->degrees ? direction : projects ? PJ_FWD : PJ_INV;
    if (map->degrees && projects)
        convert(map, direction, x, y, stride, n);
    proj_trans_generic(map->operation, really, x, step, n, y, step, n, z, sizeof *z,
                       z ? n : 0, t, sizeof *t, t ? n : 0);
    if (map->degrees && !projects)
        convert(map, direction, x, y, stride, n);
}

static void transform(struct crs_transform *map, PJ_DIRECTION direction, double *x,
                      double *y, size_t stride, size_t n)
{
    if (!map->operation || !n)
        return;
    operate(map, direction, x, y, stride, n, NULL, NULL);
    for (size_t i = 0; i < n * stride; i += stride)
        if (!isfinite(x[i]) || !isfinite(y[i]))
            x[i] = y[i] = NAN;
    proj_errno_reset(map->operation);
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
    if (map->flags & CRS_BOUNDS && !map->exact)
        crs_transform_extend(map, x, y, n);
    if (map->operation && map->flags & CRS_TALLY)
        crs_transform_count(map, x, y, z, t, n);
    else if (map->operation)
        operate(map, PJ_FWD, x, y, 1, n, z, t);
    for (size_t i = 0; i < n; i++) {
        bool failed = !isfinite(x[i]) || !isfinite(y[i]);
        if (failed)
            x[i] = y[i] = NAN;
        if (z && (failed || !isfinite(z[i]) || (unknown && unknown[i])))
            z[i] = NAN;
    }
    free(unknown);
}
