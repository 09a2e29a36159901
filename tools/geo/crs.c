/* crs: what a coordinate reference system is called, and what its coordinates are. */
#include "geo/crs.h"
#include "base/mem.h"
#include "crs_proj.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

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
        if (authority && code && crs_proj_same(context, pj, candidate)) {
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
    char text[CRS_PROJ_TEXT];
    PJ_CONTEXT *context = crs_proj_context(text);
    PJ *pj = context ? crs_proj_create(context, crs, what, text) : NULL;
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
    char text[CRS_PROJ_TEXT];
    PJ_CONTEXT *context = crs_proj_context(text);
    PJ *p = context ? crs_proj_parse(context, a, text) : NULL;
    PJ *q = p ? crs_proj_parse(context, b, text) : NULL;
    bool same = q && crs_proj_same(context, p, q);
    proj_destroy(p);
    proj_destroy(q);
    proj_context_destroy(context);
    return same;
}

bool crs_is_geographic(const char *crs)
{
    if (crs_wgs84_utm(crs))
        return crs_wgs84_utm(crs) == 4326;
    char text[CRS_PROJ_TEXT];
    PJ_CONTEXT *context = crs_proj_context(text);
    PJ *pj = context ? crs_proj_parse(context, crs, text) : NULL;
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
    char text[CRS_PROJ_TEXT];
    PJ_CONTEXT *context = crs_proj_context(text);
    PJ *pj = context ? crs_proj_parse(context, crs, text) : NULL, *inner = NULL;
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
