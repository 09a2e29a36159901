/* points: rasters and a table of points to records; the long form. */
#include "sample/points.h"
#include "base/mem.h"
#include "geo/crs.h"
#include "point_rows.h"
#include "record/writer.h"
#include <stdlib.h>
#include <string.h>

void points_forget(struct points *p)
{
    free(p->crs);
    p->crs = NULL;
}

/* The present points in the plane of a raster. */
static int transform(struct points *p, const struct ras *r)
{
    if (p->crs && strcmp(p->crs, r->crs) == 0)
        return MSG_OK;
    struct crs_transform *map;
    int status = crs_transform_open(&map, p->places.crs, r->crs, NULL, r->path);
    if (status != MSG_OK)
        return status;
    size_t n = p->places.n;
    p->x = mem_grow(p->x, &p->xy_cap[0], n, sizeof *p->x);
    p->y = mem_grow(p->y, &p->xy_cap[1], n, sizeof *p->y);
    memcpy(p->x, p->places.x, n * sizeof *p->x);
    memcpy(p->y, p->places.y, n * sizeof *p->y);
    crs_forward(map, p->x, p->y, 1, n);
    crs_transform_close(map);
    points_forget(p);
    p->crs = mem_text(r->crs);
    p->probe.turn = crs_is_geographic(r->crs) ? 360 : 0;
    return MSG_OK;
}

int points_values(struct points *p, struct scene_raster *s, double *result)
{
    int status = transform(p, &s->ras);
    if (status == MSG_OK)
        status = masked_reader_open(&p->pixels, s, point_sampler_bytes(&p->probe.options));
    if (status == MSG_OK)
        status = point_sampler_run(&p->probe, &p->pixels, p->x, p->y, p->places.n, result);
    masked_reader_close(&p->pixels);
    return status;
}

int points_add_name(struct points *p, const char *name, const char *more)
{
    struct buf b = {0};
    buf_printf(&b, "%s%s%s%s", p->options.prefix, name, more ? "_" : "", more ? more : "");
    p->name = mem_resize(p->name, p->nnames + 1, sizeof *p->name);
    p->name[p->nnames++] = b.s;
    if (!point_table_has(&p->places, b.s))
        return MSG_OK;
    msg_error("%s: it has a column \"%s\" of its own; see --prefix", p->places.reader.name,
              b.s);
    return MSG_INPUT;
}

void points_put_head(struct points *p)
{
    static const char *const replaced[] = {"crs", NULL};
    if (!p->options.csv) {
        rec_put_pair(p->o, "crs", p->places.crs);
        raster_list_put_units(&p->sources, p->o);
        rec_put_meta(p->o, &p->places.reader, replaced, p->options.command);
        out_char(p->o, '#');
    }
    point_table_put_legend(&p->places, p->o);
    for (size_t i = 0; i < p->nnames; i++) {
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, p->name[i]);
    }
    out_char(p->o, '\n');
    p->headed = true;
}

void points_put_point(struct points *p, size_t i, const char *time,
                      const struct solar *solar)
{
    struct point_table *places = &p->places;
    char text[SOLAR_TEXT];
    solar_text(solar, solar->known ? point_table_longitudes(places)[i] : 0, text);
    out_write(p->o, places->text.s + places->at[i], places->at[i + 1] - places->at[i]);
    out_char(p->o, p->delimiter);
    out_puts(p->o, time);
    out_char(p->o, p->delimiter);
    out_puts(p->o, text);
}

void points_put_values(struct points *p, bool single, const double *value)
{
    const struct stat_list *stats = p->options.probe.stats;
    bool sampled = !p->options.probe.bilinear;
    for (size_t i = 0; i < stats->n; i++) {
        enum stat_kind kind = stats->item[i].kind;
        out_char(p->o, p->delimiter);
        if (single && stats_is_value(kind) && (sampled || kind != STAT_VALUE))
            out_float(p->o, (float)value[i]);
        else
            out_double(p->o, value[i]);
    }
}

static void put_raster(struct points *p, const struct scene_raster *s, const double *value)
{
    struct solar solar;
    solar_init(&solar, &s->date);
    bool single = scene_raster_single(s, s->value);
    for (size_t i = 0; i < p->places.n; i++) {
        points_put_point(p, i, s->time, &solar);
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, s->layer);
        points_put_values(p, single, value + i * p->options.probe.stats->n);
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, s->ras.path);
        out_char(p->o, '\n');
    }
}

static int sample_raster(struct points *p, const char *path)
{
    struct scene_raster s;
    int status = scene_raster_open(&s, path);
    if (status != MSG_OK)
        return status;
    if (scene_raster_among(p->options.layers, s.layer)) {
        size_t values = p->places.n * p->options.probe.stats->n;
        p->result = mem_grow(p->result, &p->result_cap, values, sizeof *p->result);
        status = raster_list_unit(&p->sources, &s);
        if (status == MSG_OK)
            status = points_values(p, &s, p->result);
        if (status == MSG_OK)
            put_raster(p, &s, p->result);
    }
    scene_raster_close(&s);
    return status;
}

/* All rasters at the present points; one that fails is not tried again. */
static int sample_all(struct points *p)
{
    int status = MSG_OK;
    size_t kept = 0;
    for (size_t i = 0; i < p->sources.n; i++) {
        int done = sample_raster(p, p->sources.path[i]);
        status = msg_worse(status, done);
        if (done == MSG_OK)
            p->sources.path[kept++] = p->sources.path[i];
        else
            free(p->sources.path[i]);
    }
    p->sources.n = kept;
    return status;
}

static int points_long(struct points *p)
{
    static const char *const before[] = {"time", "solar_time", "layer"};
    const struct stat_list *stats = p->options.probe.stats;
    int status = MSG_OK, got = 0;
    for (size_t i = 0; i < 3; i++)
        status = msg_worse(status, points_add_name(p, before[i], NULL));
    for (size_t i = 0; i < stats->n; i++)
        status = msg_worse(status, points_add_name(p, stats->item[i].name, NULL));
    status = msg_worse(status, points_add_name(p, "path", NULL));
    if (status != MSG_OK)
        return status;
    for (bool first = true; (got = point_table_next(&p->places)) > 0; first = false) {
        points_forget(p);
        if (first && !p->options.csv)
            status = msg_worse(status, raster_list_survey(&p->sources));
        if (first)
            points_put_head(p);
        status = msg_worse(status, sample_all(p));
    }
    if (got == 0 && !p->headed)
        points_put_head(p);
    return got < 0 ? MSG_INPUT : status;
}

int points_run(struct out *o, const struct points_options *options,
               struct raster_inputs *paths)
{
    struct points p = {
        .o = o, .options = *options, .delimiter = options->csv ? REC_COMMA : REC_TAB};
    p.probe.options = options->probe;
    p.pixels.rules = options->rules;
    int status = point_table_open(&p.places, &options->places);
    if (status != MSG_OK)
        return status;
    status = raster_list_read(&p.sources, paths);
    status = msg_worse(status, options->wide ? points_wide(&p) : points_long(&p));
    status = msg_worse(status, p.places.status);
    for (size_t i = 0; i < p.nnames; i++)
        free(p.name[i]);
    free(p.name);
    points_forget(&p);
    free(p.x);
    free(p.y);
    point_sampler_free(&p.probe);
    masked_reader_free(&p.pixels);
    free(p.result);
    raster_list_free(&p.sources);
    point_table_close(&p.places);
    return status;
}
