/* crs_operations: which operations lead from one CRS to another, how good they are, and
 * which grids are missing. */
#include "geo/crs_operations.h"
#include "base/buf.h"
#include "base/num.h"
#include "crs_private.h"
#include "geo/crs.h"
#include "geo/crs_transform.h"
#include <math.h>
#include <string.h>

/* The grids that an operation needs and that are not there, or NULL. */
static char *missing_of(PJ_CONTEXT *context, const PJ *operation)
{
    struct buf names = {0};
    int n = proj()->coordoperation_get_grid_used_count(context, operation);
    for (int i = 0; i < n; i++) {
        const char *name = NULL;
        int available = 1;
        if (proj()->coordoperation_get_grid_used(context, operation, i, &name, NULL, NULL,
                                                 NULL, NULL, NULL, &available) &&
            !available && name)
            buf_printf(&names, "%s%s", names.n ? ", " : "", name);
    }
    return names.s;
}

/* Where the points lay, in degrees: W, S, E, N. */
static bool area_seen(const struct crs_transform *map, double area[4])
{
    const double *seen = map->seen;
    struct crs_transform *way = NULL;
    if (!(seen[0] <= seen[2]) ||
        crs_transform_open_as(&way, map->from, crs_of("OGC:CRS84"), NULL,
                              map->flags & CRS_AUTHORITY_ORDER, "bounds") != MSG_OK)
        return false;
    double at[4];
    for (int i = 0; i < 4; i++) {
        area[i] = seen[i];
        at[i] = seen[i] / way->path.units[0];
    }
    bool found =
        !way->path.operation ||
        proj()->trans_bounds(crs_proj_context(), way->path.operation, PJ_FWD, at[0], at[1],
                             at[2], at[3], &area[0], &area[1], &area[2], &area[3], 21);
    crs_transform_close(way);
    /* PROJ ranks operations by how much of the area they cover: it must not be empty. */
    static const double margin = 1e-3;
    area[0] -= margin;
    area[1] -= margin;
    area[2] += margin;
    area[3] += margin;
    return found && isfinite(area[0]) && isfinite(area[1]) && isfinite(area[2]) &&
           isfinite(area[3]);
}

void crs_transform_operations(struct crs_transform *map, struct crs_operations *ways)
{
    *ways = (struct crs_operations){0};
    double area[4];
    if (map->path.exact || !area_seen(map, area))
        return;
    PJ_CONTEXT *context = crs_proj_context();
    const PJ *a = crs_transform_end(map, map->from), *b = crs_transform_end(map, map->to);
    PJ_OPERATION_FACTORY_CONTEXT *factory =
        proj()->create_operation_factory_context(context, NULL);
    proj()->operation_factory_context_set_area_of_interest(context, factory, area[0],
                                                           area[1], area[2], area[3]);
    proj()->operation_factory_context_set_spatial_criterion(
        context, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj()->operation_factory_context_set_grid_availability_use(
        context, factory, PROJ_GRID_AVAILABILITY_IGNORED);
    PJ_OBJ_LIST *list = a && b ? proj()->create_operations(context, a, b, factory) : NULL;
    for (int i = 0; list && i < proj()->list_get_count(list); i++) {
        PJ *operation = proj()->list_get(context, list, i);
        struct crs_operation *way =
            crs_operations_add(ways, crs_operation_name(proj()->get_name(operation)),
                               crs_operation_accuracy(context, operation));
        way->missing = missing_of(context, operation);
        proj()->destroy(operation);
    }
    proj()->list_destroy(list);
    proj()->operation_factory_context_destroy(factory);
}

/* "7 m", or "unknown". */
enum { METRES = 64 };
static const char *metres(char text[METRES], double accuracy)
{
    if (isnan(accuracy))
        return "unknown";
    size_t n = num_double(text, accuracy);
    memcpy(text + n, " m", sizeof " m");
    return text;
}

/* Whether an operation would be better than what there is. */
static bool better(double accuracy, double present)
{
    return accuracy < present || (isnan(present) && !isnan(accuracy));
}

/* How good the operation is as it was done: the worst that points went through, or, if
 * that was not counted, the first that has its grids. */
static double present_accuracy(const struct crs_transform *map,
                               const struct crs_operations *ways)
{
    if (map->tally && map->tally->n) {
        double worst = 0;
        for (size_t i = 0; i < map->tally->n; i++)
            if (better(worst, map->tally->way[i].accuracy))
                worst = map->tally->way[i].accuracy;
        return worst;
    }
    for (size_t i = 0; i < ways->n; i++)
        if (!ways->way[i].missing)
            return ways->way[i].accuracy;
    return NAN;
}

static void report_missing(const struct crs_transform *map,
                           const struct crs_operations *ways, bool all)
{
    enum { MOST = 8 };
    double present = present_accuracy(map, ways);
    const struct crs_operation *best = NULL;
    char with[METRES], without[METRES];
    size_t told = 0;
    for (size_t i = 0; i < ways->n; i++) {
        const struct crs_operation *way = &ways->way[i];
        if (!way->missing || !better(way->accuracy, present))
            continue;
        if (all && ++told <= MOST)
            msg_note("%.80s to %.80s: missing: %s, for \"%s\", accuracy %s",
                     crs_text(map->from), crs_text(map->to), way->missing, way->name,
                     metres(with, way->accuracy));
        if (!best || way->accuracy < best->accuracy)
            best = way;
    }
    if (told > MOST)
        msg_note("%.80s to %.80s: missing: %zu more", crs_text(map->from),
                 crs_text(map->to), told - MOST);
    if (best && !all)
        msg_warn("%.80s to %.80s: accuracy %s; it would be %s with these grids: %s",
                 crs_text(map->from), crs_text(map->to), metres(without, present),
                 metres(with, best->accuracy), best->missing);
}

void crs_transform_report(struct crs_transform *map, bool all)
{
    char text[METRES];
    for (size_t i = 0; all && map->tally && i < map->tally->n; i++) {
        const struct crs_operation *way = &map->tally->way[i];
        msg_note("%.80s to %.80s: %zu point%s by \"%s\", accuracy %s", crs_text(map->from),
                 crs_text(map->to), way->points, way->points == 1 ? "" : "s", way->name,
                 metres(text, way->accuracy));
    }
    struct crs_operations ways;
    crs_transform_operations(map, &ways);
    report_missing(map, &ways, all);
    crs_operations_free(&ways);
}
