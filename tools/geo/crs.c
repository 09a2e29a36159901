/* crs: what a coordinate reference system is called, and what its coordinates are. */
#include "geo/crs.h"
#include "base/mem.h"
#include "base/num.h"
#include "crs_proj.h"
#include "crs_utm.h"
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct crs *crs_new(const char *text)
{
    struct crs *crs = mem_alloc(1, sizeof *crs);
    crs->text = mem_text(text);
    crs->code = crs_utm_code(text);
    crs->facts = mem_alloc(1, sizeof *crs->facts);
    return crs;
}

void crs_free(struct crs *crs)
{
    if (!crs)
        return;
    if (crs->facts->pj)
        proj()->destroy(crs->facts->pj);
    if (crs->facts->plane)
        proj()->destroy(crs->facts->plane);
    free(crs->facts);
    free(crs->text);
    free(crs);
}

/* The slot that holds this text, or the free one where it belongs. */
static size_t slot_of(const struct crs_session *s, const char *text)
{
    size_t hash = 2166136261U;
    for (const char *c = text; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619U;
    size_t i = hash % s->slots;
    while (s->slot[i] && strcmp(s->slot[i]->text, text) != 0)
        i = (i + 1) % s->slots;
    return i;
}

static void widen(struct crs_session *s)
{
    struct crs **old = s->slot;
    size_t slots = s->slots;
    s->slots = slots ? 2 * slots : 64;
    s->slot = mem_alloc(s->slots, sizeof *s->slot);
    for (size_t i = 0; i < slots; i++)
        if (old[i])
            s->slot[slot_of(s, old[i]->text)] = old[i];
    free(old);
}

const struct crs *crs_of(const char *text)
{
    struct crs_session *s = crs_session();
    if (2 * s->n >= s->slots)
        widen(s);
    struct crs **slot = &s->slot[slot_of(s, text)];
    if (!*slot) {
        *slot = crs_new(text);
        (*slot)->shared = true;
        s->n++;
    }
    return *slot;
}

const struct crs *crs_of_epsg(int code)
{
    char text[32];
    snprintf(text, sizeof text, "EPSG:%d", code);
    return crs_of(text);
}

const char *crs_text(const struct crs *crs)
{
    return crs->text;
}

/* The code of the candidate that the CRS equals, when PROJ is sure of it. */
static char *identify(const PJ *pj)
{
    PJ_CONTEXT *context = crs_proj_context();
    const char *authority = proj()->get_id_auth_name(pj, 0),
               *code = proj()->get_id_code(pj, 0);
    char id[64];
    if (authority && code) {
        snprintf(id, sizeof id, "%s:%s", authority, code);
        return mem_text(id);
    }
    int *confidence = NULL;
    char *found = NULL;
    PJ_OBJ_LIST *list = proj()->identify(context, pj, "EPSG", NULL, &confidence);
    for (int i = 0; list && !found && i < proj()->list_get_count(list); i++) {
        if (confidence[i] < 70)
            continue;
        PJ *candidate = proj()->list_get(context, list, i);
        authority = proj()->get_id_auth_name(candidate, 0);
        code = proj()->get_id_code(candidate, 0);
        if (authority && code && crs_proj_same(pj, candidate)) {
            snprintf(id, sizeof id, "%s:%s", authority, code);
            found = mem_text(id);
        }
        proj()->destroy(candidate);
    }
    proj()->int_list_destroy(confidence);
    proj()->list_destroy(list);
    return found;
}

/* The CRS by the shortest text of what PROJ has of it; NULL, and told, when there is none.
 */
static const struct crs *find_name(const struct crs *crs, const PJ *pj, const char *what)
{
    static const char *const one_line[] = {"MULTILINE=NO", NULL};
    char *code = identify(pj);
    const char *text =
        code ? code : proj()->as_wkt(crs_proj_context(), pj, PJ_WKT2_2019, one_line);
    const struct crs *named = text ? crs_of(text) : NULL;
    if (!named)
        msg_error("%s: this coordinate reference system has no WKT: \"%.80s\"", what,
                  crs->text);
    free(code);
    return named;
}

/* The same, kept in *named. */
static const struct crs *name(const struct crs *crs, const PJ *pj, const struct crs **named,
                              const char *what)
{
    if (!*named)
        *named = find_name(crs, pj, what);
    return *named;
}

const struct crs *crs_named(const struct crs *crs, const char *what)
{
    if (crs->code)
        return crs_of(crs->text);
    const PJ *pj = crs_proj_need(crs, what);
    return pj ? name(crs, pj, &crs->facts->named, what) : NULL;
}

const struct crs *crs_named_plane(const struct crs *crs, const char *what)
{
    if (!crs->code && !crs_proj_need(crs, what))
        return NULL;
    if (crs->code || !crs->facts->plane)
        return crs_named(crs, what);
    return name(crs, crs->facts->plane, &crs->facts->named_plane, what);
}

bool crs_same(const struct crs *a, const struct crs *b)
{
    if (a == b || strcmp(a->text, b->text) == 0)
        return true;
    if (a->code && b->code)
        return a->code == b->code;
    const PJ *p = crs_proj_plane(a), *q = p ? crs_proj_plane(b) : NULL;
    return q && crs_proj_same(p, q);
}

bool crs_is_geographic(const struct crs *crs)
{
    if (crs->code)
        return crs->code == CRS_UTM_DEGREES;
    return crs_degrees(crs) > 0;
}

double crs_degrees(const struct crs *crs)
{
    if (crs->code)
        return crs->code == CRS_UTM_DEGREES ? 1 : 0;
    crs_proj_of(crs);
    return crs->facts->degrees;
}

double crs_metres(const struct crs *crs)
{
    if (crs->code)
        return crs->code == CRS_UTM_DEGREES ? 0 : 1;
    const PJ *pj = crs_proj_plane(crs);
    if (!pj)
        return 0;
    PJ_CONTEXT *context = crs_proj_context();
    PJ *inner = proj()->get_type(pj) == PJ_TYPE_BOUND_CRS
                    ? proj()->get_source_crs(context, pj)
                    : NULL;
    PJ *axes = proj()->crs_get_coordinate_system(context, inner ? inner : pj);
    double metres = 0;
    if (!axes || proj()->cs_get_type(context, axes) != PJ_CS_TYPE_CARTESIAN ||
        !proj()->cs_get_axis_info(context, axes, 0, NULL, NULL, NULL, &metres, NULL, NULL,
                                  NULL))
        metres = 0;
    proj()->destroy(axes);
    proj()->destroy(inner);
    return metres;
}

double crs_turn(const struct crs *crs)
{
    return crs_is_geographic(crs) ? 360 : 0;
}

double crs_unwind(double v, double turn, double middle)
{
    if (turn > 0 && fabs(v - middle) > turn / 2)
        v += turn * rint((middle - v) / turn);
    return v;
}

int crs_wgs84_utm(const struct crs *crs)
{
    return crs->code;
}

int crs_plain_code(const struct crs *crs)
{
    long long code;
    if (crs->code)
        return crs->code;
    if (strncmp(crs->text, "EPSG:", 5) != 0 ||
        !num_parse_long(crs->text + 5, strlen(crs->text + 5), &code) || code > INT_MAX)
        return 0;
    const PJ *pj = crs_proj_of(crs);
    PJ_TYPE type = pj ? proj()->get_type(pj) : PJ_TYPE_UNKNOWN;
    bool plain = type == PJ_TYPE_PROJECTED_CRS       ? crs_metres(crs) == 1
                 : type == PJ_TYPE_GEOGRAPHIC_2D_CRS ? crs_degrees(crs) == 1
                                                     : false;
    return plain && !crs->facts->plane && !proj()->is_deprecated(pj) ? (int)code : 0;
}

bool crs_has_ellipsoid(const struct crs *crs, double axis, double flattening)
{
    const PJ *pj = crs_proj_of(crs);
    PJ *own = pj ? proj()->get_ellipsoid(crs_proj_context(), pj) : NULL;
    double its_axis = 0, its_flattening = 0;
    bool known = own && proj()->ellipsoid_get_parameters(crs_proj_context(), own, &its_axis,
                                                         NULL, NULL, &its_flattening);
    if (own)
        proj()->destroy(own);
    return known && fabs(axis - its_axis) < 1e-6 &&
           fabs(flattening - its_flattening) < 1e-9;
}

int crs_utm(double longitude, double latitude)
{
    if (!(latitude >= -80 && latitude <= 84) || !isfinite(longitude))
        return 0;
    double turned = remainder(longitude, 360); /* 180 and -180 are one place */
    int zone = turned < 180 ? (int)floor((turned + 180) / 6) + 1 : 1;
    if (zone > CRS_UTM_ZONES)
        zone = CRS_UTM_ZONES;
    return (latitude >= 0 ? CRS_UTM_NORTH : CRS_UTM_SOUTH) + zone;
}
