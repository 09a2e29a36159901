/* points: rasters and a table of points to records; the long form. */
#include "sample/points.h"
#include "base/mem.h"
#include "point_rows.h"
#include "points_wide.h"
#include "record/writer.h"
#include <stdlib.h>

static void put_raster(struct point_rows *p, const struct scene_raster *s,
                       const double *value)
{
    struct solar solar;
    solar_init(&solar, &s->date);
    int form = scene_raster_form(s, s->value);
    for (size_t i = 0; i < p->places.n; i++) {
        point_rows_put_point(p, i, s->time, &solar);
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, s->name);
        point_rows_put_values(p, form, value + i * p->options.probe.stats->n);
        if (p->options.pixel)
            point_rows_put_pixel(p, i);
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, s->ras.path);
        out_char(p->o, '\n');
    }
}

static int sample_raster(struct point_rows *p, const char *path)
{
    struct scene_raster s;
    int status = scene_raster_open(&s, path, &p->options.ask);
    if (status != MSG_OK)
        return status;
    if (s.wanted) {
        size_t values = p->places.n * p->options.probe.stats->n;
        p->result = mem_grow(p->result, &p->result_cap, values, sizeof *p->result);
        status = raster_list_unit(&p->sources, &s);
        if (status == MSG_OK)
            status = point_rows_values(p, &s, p->result);
        if (status == MSG_OK)
            put_raster(p, &s, p->result);
    }
    scene_raster_close(&s);
    return status;
}

/* All rasters at the present points; one that fails is not tried again. */
static int sample_all(struct point_rows *p)
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

static int points_long(struct point_rows *p)
{
    static const char *const before[] = {"time", "solar_time", "layer"};
    static const char *const pixel[] = {"row", "column", "view_zenith"};
    const struct stat_list *stats = p->options.probe.stats;
    int status = MSG_OK, got = 0;
    for (size_t i = 0; i < 3; i++)
        status = msg_worse(status, point_rows_add_name(p, before[i], NULL));
    for (size_t i = 0; i < stats->n; i++)
        status = msg_worse(status, point_rows_add_name(p, stats->item[i].name, NULL));
    for (size_t i = 0; i < 3 && p->options.pixel; i++)
        status = msg_worse(status, point_rows_add_name(p, pixel[i], NULL));
    status = msg_worse(status, point_rows_add_name(p, "path", NULL));
    if (status != MSG_OK)
        return status;
    for (bool first = true; (got = point_table_next(&p->places)) > 0; first = false) {
        point_rows_forget(p);
        if (first && !p->options.csv)
            status = msg_worse(status, raster_list_survey(&p->sources));
        if (first)
            point_rows_put_head(p);
        status = msg_worse(status, sample_all(p));
    }
    if (got == 0 && !p->headed)
        point_rows_put_head(p);
    return got < 0 ? MSG_INPUT : status;
}

int points_run(struct out *o, const struct points_options *options,
               struct raster_inputs *paths)
{
    struct point_rows p = {
        .o = o, .options = *options, .delimiter = options->csv ? REC_COMMA : REC_TAB};
    p.probe.options = options->probe;
    p.pixels.options = options->mask;
    int status = point_table_open(&p.places, &options->places);
    if (status != MSG_OK)
        return status;
    p.sources.ask = options->ask;
    status = raster_list_read(&p.sources, paths);
    status = msg_worse(status, options->wide ? points_wide(&p) : points_long(&p));
    status = msg_worse(status, p.places.status);
    if (status == MSG_OK && p.asked && !p.within)
        msg_warn("%s: none of its points lies in a raster: are longitude and latitude, or "
                 "their CRS (--points-crs), others?",
                 options->places.path);
    for (size_t i = 0; i < p.nnames; i++)
        free(p.name[i]);
    free(p.name);
    point_rows_forget(&p);
    free(p.x);
    free(p.y);
    point_sampler_free(&p.probe);
    masked_reader_free(&p.pixels);
    free(p.result);
    free(p.pixel);
    free(p.value);
    raster_list_free(&p.sources);
    point_table_close(&p.places);
    return status;
}
