/* crs_tally: which operations points went through, and where the points lay. */
#include "base/mem.h"
#include "crs_private.h"
#include "geo/crs_operations.h"
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

char *crs_operation_name(const char *name)
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

double crs_operation_accuracy(PJ_CONTEXT *context, const PJ *operation)
{
    double accuracy = proj()->coordoperation_get_accuracy(context, operation);
    return accuracy < 0 ? NAN : accuracy;
}

struct crs_operation *crs_operations_add(struct crs_operations *ways, char *name,
                                         double accuracy)
{
    ways->way = mem_grow(ways->way, &ways->cap, ways->n + 1, sizeof *ways->way);
    ways->way[ways->n] = (struct crs_operation){.name = name, .accuracy = accuracy};
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

void crs_tally_open(struct crs_transform *map)
{
    map->tally = mem_alloc(1, sizeof *map->tally);
    map->changed = true;
}

void crs_tally_close(struct crs_transform *map)
{
    if (!map->tally)
        return;
    crs_operations_free(map->tally);
    free(map->tally);
}

/* Looks up the operation that the last point went through. */
static void find_current(struct crs_transform *map)
{
    PJ *operation = proj()->trans_get_last_used_operation(map->path.operation);
    PJ *last = operation ? operation : map->path.operation;
    char *name = crs_operation_name(proj()->pj_info(last).description);
    double accuracy = crs_operation_accuracy(crs_proj_context(), last);
    struct crs_operations *tally = map->tally;
    size_t i = 0;
    while (i < tally->n && strcmp(tally->way[i].name, name) != 0)
        i++;
    if (i == tally->n)
        crs_operations_add(tally, name, accuracy);
    else
        free(name);
    map->current = i;
    proj()->destroy(operation);
    map->changed = false;
}

void crs_tally_forward(struct crs_transform *map, double *x, double *y, double *z,
                       double *t, size_t n)
{
    PJ_CONTEXT *context = crs_proj_context();
    proj()->log_func(context, map, listen);
    proj()->log_level(context, PJ_LOG_DEBUG);
    for (size_t i = 0; i < n; i++) {
        PJ_COORD c = proj()->coord(x[i], y[i], z ? z[i] : 0, t ? t[i] : HUGE_VAL);
        c = proj()->trans(map->path.operation, PJ_FWD, c);
        x[i] = c.xyzt.x;
        y[i] = c.xyzt.y;
        if (z)
            z[i] = c.xyzt.z;
        if (!isfinite(x[i]) || !isfinite(y[i]))
            continue;
        if (map->changed)
            find_current(map);
        map->tally->way[map->current].points++;
    }
    crs_proj_hush(context);
}

const struct crs_operations *crs_transform_tally(const struct crs_transform *map)
{
    return map->tally;
}

void crs_tally_extend(struct crs_transform *map, const double *x, const double *y, size_t n)
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
