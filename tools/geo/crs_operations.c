/* crs_operations: which operations lead from one CRS to another, how good they are, and
 * which ones points went through. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "crs_private.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void crs_operations_free(struct crs_operations *ways)
{
    for (size_t i = 0; i < ways->n; i++) {
        free(ways->way[i].name);
        free(ways->way[i].missing);
    }
    free(ways->way);
    *ways = (struct crs_operations){0};
}

/* An operation's name without the changes of axis order around it, which say nothing to
 * a user whose coordinates are always in one order. */
static char *name_of(const char *name)
{
    static const char *const noise[] = {
        "axis order change (2D) + ", "axis order change (geographic3D horizontal) + ",
        " + axis order change (2D)", " + axis order change (geographic3D horizontal)"};
    char *copy = mem_text(name && *name ? name : "an operation without a name");
    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++) {
        char *at = strstr(copy, noise[i]);
        if (at)
            memmove(at, at + strlen(noise[i]), strlen(at + strlen(noise[i])) + 1);
    }
    return copy;
}

static double accuracy_of(PJ_CONTEXT *context, const PJ *operation)
{
    double accuracy = proj_coordoperation_get_accuracy(context, operation);
    return accuracy < 0 ? NAN : accuracy;
}

/* The grids that an operation needs and that are not there, or NULL. */
static char *missing_of(PJ_CONTEXT *context, const PJ *operation)
{
    struct buf names = {0};
    int n = proj_coordoperation_get_grid_used_count(context, operation);
    for (int i = 0; i < n; i++) {
        const char *name = NULL;
        int available = 1;
        if (proj_coordoperation_get_grid_used(context, operation, i, &name, NULL, NULL,
                                              NULL, NULL, NULL, &available) &&
            !available && name)
            buf_printf(&names, "%s%s", names.n ? ", " : "", name);
    }
    return names.s;
}

static struct crs_operation *add(struct crs_operations *ways)
{
    ways->way = mem_grow(ways->way, &ways->cap, ways->n + 1, sizeof *ways->way);
    ways->way[ways->n] = (struct crs_operation){0};
    return &ways->way[ways->n++];
}

/* PROJ tells the operation that it took last only as a whole new object: too slow for
 * each point. But it logs when it takes another one, so that is when to ask. */
static void listen(void *user, int level, const char *message)
{
    struct crs_transform *map = user;
    (void)level;
    (void)message;
    map->changed = true;
}

void crs_transform_watch(struct crs_transform *map)
{
    if (!(map->flags & CRS_TALLY))
        return;
    proj_log_func(map->context, map, listen);
    proj_log_level(map->context, PJ_LOG_DEBUG);
    map->changed = true;
}

/* Looks up the operation that the last point went through. */
static void find_current(struct crs_transform *map)
{
    PJ *operation = proj_trans_get_last_used_operation(map->operation);
    PJ *last = operation ? operation : map->operation;
    char *name = name_of(proj_pj_info(last).description);
    double accuracy = accuracy_of(map->context, last);
    struct crs_operations *tally = &map->tally;
    size_t i = 0;
    while (i < tally->n && strcmp(tally->way[i].name, name) != 0)
        i++;
    if (i == tally->n) {
        struct crs_operation *way = add(tally);
        way->name = name;
        way->accuracy = accuracy;
    } else {
        free(name);
    }
    map->current = i;
    proj_destroy(operation);
    map->changed = false;
}

void crs_transform_count(struct crs_transform *map, double *x, double *y, double *z,
                         double *t, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        PJ_COORD c = proj_coord(x[i], y[i], z ? z[i] : 0, t ? t[i] : HUGE_VAL);
        c = proj_trans(map->operation, PJ_FWD, c);
        x[i] = c.xyzt.x;
        y[i] = c.xyzt.y;
        if (z)
            z[i] = c.xyzt.z;
        if (!isfinite(x[i]) || !isfinite(y[i]))
            continue;
        if (map->changed)
            find_current(map);
        map->tally.way[map->current].points++;
    }
}

const struct crs_operations *crs_transform_tally(const struct crs_transform *map)
{
    return &map->tally;
}

void crs_transform_extend(struct crs_transform *map, const double *x, const double *y,
                          size_t n)
{
    double *seen = map->seen;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            continue;
        seen[0] = x[i] < seen[0] ? x[i] : seen[0];
        seen[1] = y[i] < seen[1] ? y[i] : seen[1];
        seen[2] = x[i] > seen[2] ? x[i] : seen[2];
        seen[3] = y[i] > seen[3] ? y[i] : seen[3];
    }
}

/* Where the points lay, in degrees: W, S, E, N. */
static bool area_seen(const struct crs_transform *map, double area[4])
{
    const double *seen = map->seen;
    struct crs_transform *way = NULL;
    if (!(seen[0] <= seen[2]) ||
        crs_transform_open_as(&way, map->from, "OGC:CRS84", NULL,
                              map->flags & CRS_AUTHORITY_ORDER, "bounds") != MSG_OK)
        return false;
    memcpy(area, seen, 4 * sizeof *area);
    bool found =
        !way->operation ||
        proj_trans_bounds(way->context, way->operation, PJ_FWD, seen[0], seen[1], seen[2],
                          seen[3], &area[0], &area[1], &area[2], &area[3], 21);
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
    if (map->exact || !area_seen(map, area))
        return;
    PJ_CONTEXT *context = map->context;
    proj_log_level(context, PJ_LOG_NONE);
    PJ *a = crs_create(context, map->from, "from", map->text);
    PJ *b = crs_create(context, map->to, "to", map->text);
    PJ_OPERATION_FACTORY_CONTEXT *factory =
        proj_create_operation_factory_context(context, NULL);
    proj_operation_factory_context_set_area_of_interest(context, factory, area[0], area[1],
                                                        area[2], area[3]);
    proj_operation_factory_context_set_spatial_criterion(
        context, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(
        context, factory, PROJ_GRID_AVAILABILITY_IGNORED);
    PJ_OBJ_LIST *list = a && b ? proj_create_operations(context, a, b, factory) : NULL;
    for (int i = 0; list && i < proj_list_get_count(list); i++) {
        PJ *operation = proj_list_get(context, list, i);
        struct crs_operation *way = add(ways);
        way->name = name_of(proj_get_name(operation));
        way->accuracy = accuracy_of(context, operation);
        way->missing = missing_of(context, operation);
        proj_destroy(operation);
    }
    proj_list_destroy(list);
    proj_operation_factory_context_destroy(factory);
    proj_destroy(a);
    proj_destroy(b);
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
    if (map->tally.n) {
        double worst = 0;
        for (size_t i = 0; i < map->tally.n; i++)
            if (better(worst, map->tally.way[i].accuracy))
                worst = map->tally.way[i].accuracy;
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
            msg_note("%.80s to %.80s: missing: %s, for \"%s\", accuracy %s", map->from,
                     map->to, way->missing, way->name, metres(with, way->accuracy));
        if (!best || way->accuracy < best->accuracy)
            best = way;
    }
    if (told > MOST)
        msg_note("%.80s to %.80s: missing: %zu more", map->from, map->to, told - MOST);
    if (best && !all)
        msg_warn("%.80s to %.80s: accuracy %s; it would be %s with these grids: %s",
                 map->from, map->to, metres(without, present), metres(with, best->accuracy),
                 best->missing);
}

void crs_transform_report(struct crs_transform *map, bool all)
{
    char text[METRES];
    for (size_t i = 0; all && i < map->tally.n; i++) {
        const struct crs_operation *way = &map->tally.way[i];
        msg_note("%.80s to %.80s: %zu point%s by \"%s\", accuracy %s", map->from, map->to,
                 way->points, way->points == 1 ? "" : "s", way->name,
                 metres(text, way->accuracy));
    }
    struct crs_operations ways;
    crs_transform_operations(map, &ways);
    report_missing(map, &ways, all);
    crs_operations_free(&ways);
}
