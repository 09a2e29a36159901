/* crs: coordinate reference systems and operations, by PROJ. */
#include "base/mem.h"
#include "crs_private.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TEXT = CRS_MAP_TEXT };

/* Keeps PROJ's own messages off stderr; the last one goes into ours. */
static void quiet(void *text, int level, const char *message)
{
    if (level == PJ_LOG_ERROR)
        snprintf(text, TEXT, "%s", message);
}

PJ_CONTEXT *crs_context(char text[TEXT])
{
    text[0] = '\0';
    PJ_CONTEXT *context = proj_context_create();
    if (!context)
        return NULL;
    proj_log_func(context, text, quiet);
    proj_context_set_enable_network(context, 0);
    proj_context_use_proj4_init_rules(context, 1); /* +init=epsg:4326, as people have it */
    return context;
}

/* Whether a PROJ object is a CRS, and not an operation, a datum or an ellipsoid. */
static bool is_crs(const PJ *pj)
{
    switch (proj_get_type(pj)) {
    case PJ_TYPE_GEODETIC_CRS:
    case PJ_TYPE_GEOCENTRIC_CRS:
    case PJ_TYPE_GEOGRAPHIC_CRS:
    case PJ_TYPE_GEOGRAPHIC_2D_CRS:
    case PJ_TYPE_GEOGRAPHIC_3D_CRS:
    case PJ_TYPE_PROJECTED_CRS:
    case PJ_TYPE_COMPOUND_CRS:
    case PJ_TYPE_BOUND_CRS:
    case PJ_TYPE_OTHER_CRS:
    case PJ_TYPE_ENGINEERING_CRS:
        return true;
    default:
        return false;
    }
}

/* PROJ takes a name for a CRS whose name is like it ("foo" is found): only the name
 * itself counts here, in small or capital letters. */
static bool is_meant(const PJ *pj, const char *crs)
{
    bool is_name = !strpbrk(crs, ":=[{");
    return !is_name || strcasecmp(proj_get_name(pj), crs) == 0;
}

/* What a text says, PROJ's short forms taken for CRSs; NULL when it says nothing. text is
 * the context's. */
static PJ *parse(PJ_CONTEXT *context, const char *crs, char text[TEXT])
{
    static const char *const heads[] = {"+proj=", "proj=", "+init=", "init="};
    char *typed = NULL;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (strncmp(crs, heads[i], strlen(heads[i])) == 0 && !strstr(crs, "type=crs")) {
            size_t n = strlen(crs) + sizeof " +type=crs";
            typed = mem_alloc(n, 1);
            snprintf(typed, n, "%s +type=crs", crs);
            break;
        }
    }
    PJ *pj = proj_create(context, typed ? typed : crs);
    free(typed);
    if (!pj || is_meant(pj, crs))
        return pj;
    snprintf(text, TEXT, "the nearest name is \"%s\"", proj_get_name(pj));
    proj_destroy(pj);
    return NULL;
}

PJ *crs_create(PJ_CONTEXT *context, const char *crs, const char *what, char text[TEXT])
{
    text[0] = '\0';
    PJ *pj = parse(context, crs, text);
    if (pj && is_crs(pj))
        return pj;
    if (pj)
        snprintf(text, TEXT, "it is something else");
    proj_destroy(pj);
    msg_error("%s: not a coordinate reference system: \"%.80s\"%s%s%s", what, crs,
              text[0] ? " (" : "", text, text[0] ? ")" : "");
    return NULL;
}

static bool equivalent(PJ_CONTEXT *context, const PJ *a, const PJ *b)
{
    return proj_is_equivalent_to_with_ctx(context, a, b,
                                          PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
}

int crs_transform_open(struct crs_transform **map, const char *from, const char *to,
                       const double *area, const char *what)
{
    return crs_transform_open_as(map, from, to, area, 0, what);
}

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
    m->context = crs_context(m->text);
    if (!m->context) {
        msg_error("PROJ does not start");
        status = MSG_SYSTEM;
        goto out;
    }
    if (!(flags & ~(unsigned)CRS_BOUNDS) && !area) /* plain ones have no error to bound */
        m->operation = crs_wgs84_utm_operation(m->context, from, to, &m->degrees);
    if (m->operation) {
        proj_log_level(m->context, PJ_LOG_NONE);
        return MSG_OK;
    }
    a = crs_create(m->context, from, what, m->text);
    b = a ? crs_create(m->context, to, what, m->text) : NULL;
    if (!b)
        goto out;
    status = MSG_OK;
    if (flags & CRS_AUTHORITY_ORDER
            ? proj_is_equivalent_to_with_ctx(m->context, a, b, PJ_COMP_EQUIVALENT)
            : equivalent(m->context, a, b))
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

/* The code of the candidate that the CRS equals, when PROJ is sure of it. */
static char *identify(PJ_CONTEXT *context, const PJ *pj)
{
    const char *authority = proj_get_id_auth_name(pj, 0), *code = proj_get_id_code(pj, 0);
    char id[64];
    if (authority && code) {
        snprintf(id, sizeof id, "%s:%s", authority, code);
        return mem_text(id);
    }
    int *confidence = NULL;
    char *found = NULL;
    PJ_OBJ_LIST *list = proj_identify(context, pj, "EPSG", NULL, &confidence);
    for (int i = 0; list && !found && i < proj_list_get_count(list); i++) {
        if (confidence[i] < 70)
            continue;
        PJ *candidate = proj_list_get(context, list, i);
        authority = proj_get_id_auth_name(candidate, 0);
        code = proj_get_id_code(candidate, 0);
        if (authority && code && equivalent(context, pj, candidate)) {
            snprintf(id, sizeof id, "%s:%s", authority, code);
            found = mem_text(id);
        }
        proj_destroy(candidate);
    }
    proj_int_list_destroy(confidence);
    proj_list_destroy(list);
    return found;
}

char *crs_name(const char *crs, const char *what)
{
    if (crs_wgs84_utm(crs))
        return mem_text(crs);
    char text[TEXT];
    PJ_CONTEXT *context = crs_context(text);
    PJ *pj = context ? crs_create(context, crs, what, text) : NULL;
    char *name = pj ? identify(context, pj) : NULL;
    if (pj && !name) {
        static const char *const one_line[] = {"MULTILINE=NO", NULL};
        name = mem_text(proj_as_wkt(context, pj, PJ_WKT2_2019, one_line));
        if (!name)
            msg_error("%s: this coordinate reference system has no WKT: \"%.80s\"", what,
                      crs);
    }
    proj_destroy(pj);
    proj_context_destroy(context);
    return name;
}

bool crs_same(const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return true;
    if (crs_wgs84_utm(a) && crs_wgs84_utm(b))
        return crs_wgs84_utm(a) == crs_wgs84_utm(b);
    char text[TEXT];
    PJ_CONTEXT *context = crs_context(text);
    PJ *p = context ? parse(context, a, text) : NULL;
    PJ *q = p ? parse(context, b, text) : NULL;
    bool same = q && equivalent(context, p, q);
    proj_destroy(p);
    proj_destroy(q);
    proj_context_destroy(context);
    return same;
}

bool crs_is_geographic(const char *crs)
{
    if (crs_wgs84_utm(crs))
        return crs_wgs84_utm(crs) == 4326;
    char text[TEXT];
    PJ_CONTEXT *context = crs_context(text);
    PJ *pj = context ? parse(context, crs, text) : NULL;
    PJ_TYPE type = pj ? proj_get_type(pj) : PJ_TYPE_UNKNOWN;
    if (type == PJ_TYPE_BOUND_CRS) {
        PJ *base = proj_get_source_crs(context, pj);
        proj_destroy(pj);
        pj = base;
        type = proj_get_type(pj);
    }
    proj_destroy(pj);
    proj_context_destroy(context);
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

double crs_metres(const char *crs)
{
    if (crs_wgs84_utm(crs))
        return crs_wgs84_utm(crs) == 4326 ? 0 : 1;
    char text[TEXT];
    PJ_CONTEXT *context = crs_context(text);
    PJ *pj = context ? parse(context, crs, text) : NULL, *inner = NULL;
    PJ_TYPE kind = pj ? proj_get_type(pj) : PJ_TYPE_UNKNOWN;
    if (kind == PJ_TYPE_BOUND_CRS)
        inner = proj_get_source_crs(context, pj);
    else if (kind == PJ_TYPE_COMPOUND_CRS)
        inner = proj_crs_get_sub_crs(context, pj, 0);
    PJ *axes = pj ? proj_crs_get_coordinate_system(context, inner ? inner : pj) : NULL;
    double metres = 0;
    if (!axes || proj_cs_get_type(context, axes) != PJ_CS_TYPE_CARTESIAN ||
        !proj_cs_get_axis_info(context, axes, 0, NULL, NULL, NULL, &metres, NULL, NULL,
                               NULL))
        metres = 0;
    proj_destroy(axes);
    proj_destroy(inner);
    proj_destroy(pj);
    proj_context_destroy(context);
    return metres;
}

double crs_turn(const char *crs, double step)
{
    return step != 0 && crs_is_geographic(crs) ? fabs(360 / step) : 0;
}

double crs_unwind(double v, double turn, double middle)
{
    if (turn > 0 && fabs(v - middle) > turn / 2)
        v += turn * rint((middle - v) / turn);
    return v;
}

int crs_utm(double longitude, double latitude)
{
    if (!(latitude >= -80 && latitude <= 84) || !isfinite(longitude))
        return 0;
    double turned = longitude - 360 * floor((longitude + 180) / 360);
    int zone = (int)floor((turned + 180) / 6) + 1;
    if (zone > 60)
        zone = 60;
    return (latitude >= 0 ? 32600 : 32700) + zone;
}
