/* point_rows: what the long and the wide form of points share. */
#include "point_rows.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geo/crs_transform.h"
#include "record/writer.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void point_rows_forget(struct point_rows *p)
{
    p->crs = NULL;
}

/* The present points in the plane of a raster. */
static int transform(struct point_rows *p, const struct ras *r)
{
    const struct crs *to = r->grid.crs;
    if (p->crs == to)
        return MSG_OK;
    struct crs_transform *map;
    int status = crs_transform_open(&map, p->places.in.crs, to, NULL, r->path);
    if (status != MSG_OK)
        return status;
    size_t n = p->places.n;
    p->x = mem_grow(p->x, &p->xy_cap[0], n, sizeof *p->x);
    p->y = mem_grow(p->y, &p->xy_cap[1], n, sizeof *p->y);
    memcpy(p->x, p->places.x, n * sizeof *p->x);
    memcpy(p->y, p->places.y, n * sizeof *p->y);
    crs_forward(map, p->x, p->y, 1, n);
    crs_transform_close(map);
    p->crs = to;
    p->probe.turn = crs_turn(to);
    return MSG_OK;
}

/* A swath has the pixel that holds the point, and nothing between or around pixels. */
static int sample_swath(struct point_rows *p, double *result)
{
    const struct stat_list *stats = p->options.probe.stats;
    size_t n = p->places.n;
    if (p->options.probe.bilinear || p->options.probe.window > 1) {
        msg_error("%s: a swath has no rows of one plane to take neighbours from: no "
                  "--window, and --interp nearest",
                  p->pixels.ras->path);
        return MSG_INPUT;
    }
    p->value = mem_grow(p->value, &p->value_cap, n, sizeof *p->value);
    int status = swath_points_run(&p->pixels, p->x, p->y, n, p->value, p->pixel);
    for (size_t i = 0; i < n && status == MSG_OK; i++) {
        struct stat_sample sample = {p->value[i], 1};
        double *to = result + i * stats->n;
        for (size_t k = 0; k < stats->n; k++)
            to[k] = p->value[i];
        stats_compute(stats, &sample, !isnan(sample.v), to);
    }
    return status;
}

int point_rows_values(struct point_rows *p, struct scene_raster *s, double *result)
{
    bool swath = s->ras.grid.places;
    p->pixel = mem_grow(p->pixel, &p->pixel_cap, p->places.n, sizeof *p->pixel);
    int status = transform(p, &s->ras);
    if (status == MSG_OK)
        status = masked_reader_open_scene(&p->pixels, s,
                                          swath ? MASKED_READER_BYTES
                                                : point_sampler_bytes(&p->probe.options));
    if (status == MSG_OK && swath)
        status = sample_swath(p, result);
    else if (status == MSG_OK)
        status = point_sampler_run(&p->probe, &p->pixels, p->x, p->y, p->places.n, result,
                                   p->pixel);
    masked_reader_close(&p->pixels);
    p->asked += p->places.n;
    for (size_t i = 0; i < p->places.n && status == MSG_OK; i++)
        p->within += !isnan(p->pixel[i].column);
    return status;
}

int point_rows_add_name(struct point_rows *p, const char *name, const char *more)
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

void point_rows_put_head(struct point_rows *p)
{
    static const char *const replaced[] = {"crs", NULL};
    bool own = p->places.in.own; /* the table says it of these columns, and goes on to */
    if (!p->options.csv) {
        if (!own)
            rec_put_pair(p->o, "crs", crs_text(p->places.in.crs));
        raster_list_put_units(&p->sources, p->o);
        rec_put_meta(p->o, &p->places.reader, own ? NULL : replaced, p->options.command);
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

void point_rows_put_point(struct point_rows *p, size_t i, const char *time,
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

void point_rows_put_pixel(struct point_rows *p, size_t i)
{
    const struct point_pixel *at = &p->pixel[i];
    const double field[] = {at->row, at->column, at->zenith};
    for (int k = 0; k < 3; k++) {
        out_char(p->o, p->delimiter);
        out_double(p->o, field[k]);
    }
}

void point_rows_put_values(struct point_rows *p, int form, const double *value)
{
    const struct stat_list *stats = p->options.probe.stats;
    bool sampled = !p->options.probe.bilinear;
    for (size_t i = 0; i < stats->n; i++) {
        enum stat_kind kind = stats->item[i].kind;
        out_char(p->o, p->delimiter);
        bool is_value = stats_is_value(kind) && (sampled || kind != STAT_VALUE);
        scene_put_value(p->o, is_value ? form : SCENE_DOUBLE, value[i]);
    }
}
