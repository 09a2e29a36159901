/* scene_table: the scenes that are to be composed. */
#include "scene_table.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geo/crs_transform.h"
#include "period.h"
#include "scene/raster_list.h"
#include "scene/scene_name.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

int scene_table_weight(const struct compose_options *options, const struct scene_raster *s)
{
    return options->weight == COMPOSE_COVERAGE ? s->companion[SCENE_RASTER_COVERAGE]
           : options->weight == COMPOSE_N      ? s->companion[SCENE_RASTER_N]
                                               : -1;
}

/* The longitude of the middle of the grid, in degrees, by which the sun goes. */
static int middle_longitude(const struct raster_grid *g, const char *path,
                            double *longitude)
{
    struct crs_transform *map;
    double y;
    gt_place(g->gt, g->columns / 2.0, g->rows / 2.0, longitude, &y);
    int status = crs_transform_open(&map, g->crs, crs_of_epsg(4326), NULL, path);
    if (status == MSG_OK)
        crs_forward(map, longitude, &y, 1, 1);
    crs_transform_close(map);
    return status;
}

/* What it must have. Paths of the first raster name it in messages. */
static int check(const struct scene_table *t, const struct compose_options *options,
                 const struct scene_raster *s, int period)
{
    const char *path = s->ras.path;
    if (t->n && !raster_grid_same(&t->grid, &s->ras.grid)) {
        msg_error("%s: its cells are not those of %s; see eco-regrid for one grid", path,
                  t->row[0].path);
        return MSG_INPUT;
    }
    if (period < 0) {
        msg_error("%s: neither its tags nor its name tell the %s that --by %s needs", path,
                  s->date.has_date ? "time of day" : "date", compose_periods[options->by]);
        return MSG_INPUT;
    }
    if (options->weight != COMPOSE_EQUAL && scene_table_weight(options, s) < 0) {
        msg_error("%s: it has no band %s for --weights", path,
                  options->weight == COMPOSE_N ? "n" : "coverage");
        return MSG_INPUT;
    }
    return MSG_OK;
}

static int add(struct scene_table *t, const struct compose_options *options,
               struct raster_list *units, const char *path, double *longitude)
{
    struct scene_raster s;
    int status = scene_raster_open(&s, path, &options->ask);
    if (status != MSG_OK)
        return status;
    if (!s.wanted)
        goto out;
    if (t->n == 0)
        status = middle_longitude(&s.ras.grid, path, longitude);
    int period = period_of((enum period_kind)options->by, &s.date, *longitude);
    if (status == MSG_OK)
        status = check(t, options, &s, period);
    if (status == MSG_OK)
        status = raster_list_unit(units, &s);
    if (status != MSG_OK)
        goto out;
    if (t->n == 0)
        t->grid = s.ras.grid;
    t->row = mem_grow(t->row, &t->cap, t->n + 1, sizeof *t->row);
    struct scene_row *row = &t->row[t->n++];
    const char *source = ras_tag(&s.ras, "ECO_SOURCE");
    *row = (struct scene_row){.path = mem_text(path),
                              .source = mem_text(source ? source : scene_base(path)),
                              .layer = mem_text(s.name),
                              .unit = mem_text(ras_unit(&s.ras, s.value)),
                              .period = period};
    memcpy(row->time, s.time, sizeof row->time);
out:
    scene_raster_close(&s);
    return status;
}

static int by_period(const void *a, const void *b)
{
    const struct scene_row *r = a, *s = b;
    int order = strcmp(r->layer, s->layer);
    if (order == 0)
        order = (r->period > s->period) - (r->period < s->period);
    if (order == 0)
        order = strcmp(r->time, s->time);
    if (order == 0)
        order = strcmp(r->source, s->source);
    return order ? order : strcmp(r->path, s->path);
}

int scene_table_read(struct scene_table *t, const struct compose_options *options,
                     struct raster_inputs *inputs)
{
    struct raster_list units = {.ask = options->ask};
    double longitude = NAN;
    int status = raster_list_read(&units, inputs);
    for (size_t i = 0; i < units.n; i++)
        status = msg_worse(status, add(t, options, &units, units.path[i], &longitude));
    raster_list_free(&units);
    if (t->n)
        qsort(t->row, t->n, sizeof *t->row, by_period);
    for (size_t i = 1; i < t->n; i++)
        if (strcmp(t->row[i].path, t->row[i - 1].path) == 0) {
            msg_error("%s: this raster comes twice", t->row[i].path);
            status = msg_worse(status, MSG_INPUT);
        }
    return status;
}

void scene_table_free(struct scene_table *t)
{
    for (size_t i = 0; i < t->n; i++) {
        free(t->row[i].path);
        free(t->row[i].source);
        free(t->row[i].layer);
        free(t->row[i].unit);
    }
    free(t->row);
    *t = (struct scene_table){0};
}

size_t scene_table_group(const struct scene_table *t, size_t first)
{
    size_t end = first + 1;
    while (end < t->n && t->row[end].period == t->row[first].period &&
           strcmp(t->row[end].layer, t->row[first].layer) == 0)
        end++;
    return end;
}
