/* crs_proj: texts to PROJ's objects. */
#include "crs_proj.h"
#include "base/mem.h"
#include "base/msg.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Keeps PROJ's own messages off stderr; the last one goes into ours. */
static void quiet(void *text, int level, const char *message)
{
    if (level == PJ_LOG_ERROR)
        snprintf(text, CRS_PROJ_TEXT, "%s", message);
}

PJ_CONTEXT *crs_proj_context(char text[CRS_PROJ_TEXT])
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

PJ *crs_proj_parse(PJ_CONTEXT *context, const char *crs, char text[CRS_PROJ_TEXT])
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
    snprintf(text, CRS_PROJ_TEXT, "the nearest name is \"%s\"", proj_get_name(pj));
    proj_destroy(pj);
    return NULL;
}

PJ *crs_proj_create(PJ_CONTEXT *context, const char *crs, const char *what,
                    char text[CRS_PROJ_TEXT])
{
    text[0] = '\0';
    PJ *pj = crs_proj_parse(context, crs, text);
    if (pj && is_crs(pj))
        return pj;
    if (pj)
        snprintf(text, CRS_PROJ_TEXT, "it is something else");
    proj_destroy(pj);
    msg_error("%s: not a coordinate reference system: \"%.80s\"%s%s%s", what, crs,
              text[0] ? " (" : "", text, text[0] ? ")" : "");
    return NULL;
}

bool crs_proj_same(PJ_CONTEXT *context, const PJ *a, const PJ *b)
{
    return proj_is_equivalent_to_with_ctx(context, a, b,
                                          PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
}
