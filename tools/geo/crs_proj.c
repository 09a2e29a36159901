/* crs_proj: texts to PROJ's objects, and the context that they share. */
#include "crs_proj.h"
#include "base/mem.h"
#include "base/msg.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct crs_session *crs_session(void)
{
    static struct crs_session session; /* see geo/crs.h */
    return &session;
}

/* Keeps PROJ's own messages off stderr; the last one goes into ours. */
static void note(void *user, int level, const char *message)
{
    (void)user;
    if (level == PJ_LOG_ERROR)
        snprintf(crs_session()->said, CRS_PROJ_TEXT, "%s", message);
}

void crs_proj_hush(PJ_CONTEXT *context)
{
    proj()->log_func(context, NULL, note); /* some messages have no level */
    proj()->log_level(context, PJ_LOG_NONE);
}

PJ_CONTEXT *crs_proj_context_new(void)
{
    PJ_CONTEXT *context = proj()->context_create();
    if (!context) { /* no memory: as in mem.h */
        msg_error("PROJ does not start");
        exit(MSG_SYSTEM);
    }
    crs_proj_hush(context);
    proj()->context_set_enable_network(context, 0);
    proj()->context_use_proj4_init_rules(context,
                                         1); /* +init=epsg:4326, as people have it */
    return context;
}

PJ_CONTEXT *crs_proj_context(void)
{
    struct crs_session *s = crs_session();
    if (!s->context)
        s->context = crs_proj_context_new();
    return s->context;
}

void crs_proj_listen(PJ_CONTEXT *context)
{
    crs_session()->said[0] = '\0';
    proj()->log_level(context, PJ_LOG_ERROR);
}

/* Whether a PROJ object is a CRS, and not an operation, a datum or an ellipsoid. */
static bool is_crs(const PJ *pj)
{
    switch (proj()->get_type(pj)) {
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
static bool is_meant(const PJ *pj, const char *text)
{
    bool is_name = !strpbrk(text, ":=[{");
    return !is_name || strcasecmp(proj()->get_name(pj), text) == 0;
}

/* What a text says, PROJ's short forms taken for CRSs; NULL when it says nothing. */
static PJ *create(PJ_CONTEXT *context, const char *text)
{
    static const char *const heads[] = {"+proj=", "proj=", "+init=", "init="};
    char *typed = NULL;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (strncmp(text, heads[i], strlen(heads[i])) == 0 && !strstr(text, "type=crs")) {
            size_t n = strlen(text) + sizeof " +type=crs";
            typed = mem_alloc(n, 1);
            snprintf(typed, n, "%s +type=crs", text);
            break;
        }
    }
    PJ *pj = proj()->create(context, typed ? typed : text);
    free(typed);
    return pj;
}

/* The horizontal part of a CRS that has heights, too; NULL for others. */
static PJ *without_heights(PJ_CONTEXT *context, const PJ *pj)
{
    PJ_TYPE type = proj()->get_type(pj);
    bool has_heights = type == PJ_TYPE_COMPOUND_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS ||
                       type == PJ_TYPE_BOUND_CRS;
    if (type == PJ_TYPE_PROJECTED_CRS) {
        PJ *axes = proj()->crs_get_coordinate_system(context, pj);
        has_heights = axes && proj()->cs_get_axis_count(context, axes) == 3;
        proj()->destroy(axes);
    }
    return has_heights ? proj()->crs_demote_to_2D(context, NULL, pj) : NULL;
}

/* How many degrees a unit of its coordinates is; 0 where they are no angles. */
static double unit_degrees(PJ_CONTEXT *context, const PJ *plane)
{
    static const double degree = 0.017453292519943295; /* in radians */
    double radians = 0;
    PJ *base = proj()->get_type(plane) == PJ_TYPE_BOUND_CRS
                   ? proj()->get_source_crs(context, plane)
                   : NULL;
    PJ_TYPE type = proj()->get_type(base ? base : plane);
    if (type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS) {
        PJ *axes = proj()->crs_get_coordinate_system(context, base ? base : plane);
        if (!axes ||
            !proj()->cs_get_axis_info(context, axes, 0, NULL, NULL, NULL, &radians, NULL,
                                      NULL, NULL) ||
            !(radians > 0))
            radians = degree;
        proj()->destroy(axes);
    }
    proj()->destroy(base);
    /* Authorities give units with 12 digits or more; those of a degree and a grad are
     * known. */
    static const double known[] = {1, 0.9};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (fabs(radians / degree - known[i]) < 1e-11)
            return known[i];
    return radians / degree;
}

static void parse(const struct crs *crs)
{
    struct crs_facts *f = crs->facts;
    PJ_CONTEXT *context = crs_proj_context();
    crs_proj_listen(context);
    f->pj = create(context, crs->text);
    crs_proj_hush(context);
    if (!f->pj && !crs->text[strspn(crs->text, "0123456789")])
        snprintf(f->reason, sizeof f->reason, "a code comes with its authority: EPSG:%s",
                 crs->text);
    else if (!f->pj)
        memcpy(f->reason, crs_session()->said, sizeof f->reason);
    else if (!is_meant(f->pj, crs->text))
        snprintf(f->reason, sizeof f->reason, "the nearest name is \"%s\"",
                 proj()->get_name(f->pj));
    else if (!is_crs(f->pj))
        snprintf(f->reason, sizeof f->reason, "it is something else");
    else {
        f->plane = without_heights(context, f->pj);
        f->degrees = unit_degrees(context, f->plane ? f->plane : f->pj);
        return;
    }
    proj()->destroy(f->pj);
    f->pj = NULL;
}

const PJ *crs_proj_of(const struct crs *crs)
{
    if (!crs->facts->parsed)
        parse(crs);
    crs->facts->parsed = true;
    return crs->facts->pj;
}

const PJ *crs_proj_plane(const struct crs *crs)
{
    const PJ *pj = crs_proj_of(crs);
    return crs->facts->plane ? crs->facts->plane : pj;
}

/* How much of a text one message shows: of its first line. */
static int shown(const char *text)
{
    size_t n = strcspn(text, "\r\n");
    return n < 80 ? (int)n : 80;
}

const PJ *crs_proj_need(const struct crs *crs, const char *what)
{
    const PJ *pj = crs_proj_of(crs);
    const char *reason = crs->facts->reason;
    if (!pj)
        msg_error("%s: not a coordinate reference system: \"%.*s\"%s%s%s", what,
                  shown(crs->text), crs->text, *reason ? " (" : "", reason,
                  *reason ? ")" : "");
    return pj;
}

bool crs_proj_same(const PJ *a, const PJ *b)
{
    return proj()->is_equivalent_to_with_ctx(crs_proj_context(), a, b,
                                             PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
}
