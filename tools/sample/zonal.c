/* zonal: rasters and a layer of polygons to records. */
#include "sample/zonal.h"
#include "base/mem.h"
#include "geo/crs_transform.h"
#include "geo/polygon_project.h"
#include "raster/gdal_plugin.h"
#include "record/writer.h"
#include "scene/raster_list.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of blocks that are kept: neighbours among polygons share blocks. */
enum { POLYGONS_BYTES = 64 << 20 };

/* Samples that are summed up at a time. */
enum { POLYGONS_MANY = 1 << 16 };

struct zonal {
    struct out *o;
    struct zonal_options options;
    struct stat_list stats; /* those of the options, for the present raster */
    bool told;              /* of scales and classes */
    char delimiter;
    struct gdal_plugin_features features;
    struct raster_list sources;
    struct masked_reader pixels;

    /* the grid of the last raster, what the polygons cover of it, and the order in which
     * its blocks are best read */
    struct raster_grid grid;
    struct polygon_coverage *zone;
    size_t *order;
    bool ready;

    /* the operation to the last CRS */
    struct crs_transform *map;
    const struct crs *map_to;
    double turn; /* of its x: 360 or 0 */

    struct stat_sample *sample;
    double *pixel, *result;
    size_t sample_cap, pixel_cap;
};

static void free_zones(struct zonal *p)
{
    for (size_t i = 0; p->zone && i < p->features.n; i++)
        polygon_coverage_free(&p->zone[i]);
    free(p->zone);
    p->zone = NULL;
    p->ready = false;
}

static int open_map(struct zonal *p, const struct ras *r)
{
    const struct crs *to = r->grid.crs;
    if (p->map_to == to)
        return MSG_OK;
    crs_transform_close(p->map);
    p->map = NULL;
    p->map_to = NULL;
    int status =
        crs_transform_open(&p->map, crs_of(p->features.crs), to, NULL, p->options.path);
    if (status != MSG_OK)
        return status;
    p->map_to = to;
    p->turn = crs_turn(to);
    return MSG_OK;
}

/* Adds the rings of an area in a raster's plane, moved along x, as columns and rows. */
static void add_pixels(struct poly *to, const struct poly *from, const struct ras *r,
                       double shift)
{
    struct gt_locator place = gt_locator_of(r->grid.gt);
    for (size_t ring = 0; ring < from->nrings; ring++) {
        poly_ring(to);
        for (size_t i = from->ring[ring]; i < from->ring[ring + 1]; i++) {
            double column, row;
            gt_locate(&place, from->x[i] + shift, from->y[i], &column, &row);
            poly_point(to, column, row);
        }
    }
}

static void make_zone(struct zonal *p, const struct ras *r,
                      const struct gdal_plugin_feature *f, struct polygon_coverage *zone)
{
    double pixel =
        fmin(hypot(r->grid.gt[1], r->grid.gt[4]), hypot(r->grid.gt[2], r->grid.gt[5]));
    struct poly plane = {0}, pixels = {0};
    if (poly_transform(&plane, &f->area, p->map, pixel / 1000) != MSG_OK)
        msg_warn("%s: polygon \"%s\" has no place in the CRS of %s", p->options.path, f->id,
                 r->path);
    /* Where x is an angle, the same place may have a number a turn away. */
    for (int turn = p->turn > 0 ? -1 : 0; turn <= (p->turn > 0 ? 1 : 0); turn++)
        add_pixels(&pixels, &plane, r, turn * p->turn);
    polygon_coverage_make(zone, &pixels, r->grid.columns, r->grid.rows, p->options.touch);
    poly_free(&plane);
    poly_free(&pixels);
}

struct first_block {
    size_t feature;
    int by, bx;
};

static int by_block(const void *a, const void *b)
{
    const struct first_block *f = a, *g = b;
    if (f->by != g->by)
        return f->by < g->by ? -1 : 1;
    if (f->bx != g->bx)
        return f->bx < g->bx ? -1 : 1;
    return f->feature < g->feature ? -1 : f->feature > g->feature;
}

/* Polygons by the block that holds their first pixel. */
static void sort_features(struct zonal *p, const struct ras *r)
{
    size_t n = p->features.n;
    struct first_block *first = mem_alloc(n, sizeof *first);
    for (size_t i = 0; i < n; i++) {
        const struct polygon_coverage *z = &p->zone[i];
        first[i] = (struct first_block){i, z->n ? z->run[0].row / r->block_rows : 0,
                                        z->n ? z->run[0].column / r->block_columns : 0};
    }
    qsort(first, n, sizeof *first, by_block);
    for (size_t i = 0; i < n; i++)
        p->order[i] = first[i].feature;
    free(first);
}

static int take_grid(struct zonal *p, const struct ras *r)
{
    if (p->ready && raster_grid_equal(&p->grid, &r->grid))
        return MSG_OK;
    free_zones(p);
    int status = open_map(p, r);
    if (status != MSG_OK)
        return status;
    p->zone = mem_alloc(p->features.n, sizeof *p->zone);
    for (size_t i = 0; i < p->features.n; i++)
        make_zone(p, r, &p->features.feature[i], &p->zone[i]);
    sort_features(p, r);
    p->grid = r->grid;
    p->ready = true;
    return MSG_OK;
}

/* The statistics of one polygon. Where they need not be in order, samples are summed up
 * as they come, so that a polygon of any size takes no more memory. */
static int sample_zone(struct zonal *p, const struct polygon_coverage *z, double *result)
{
    const struct stat_list *stats = &p->stats;
    struct stat_sums sums = {0};
    size_t n = 0;
    int status = MSG_OK;
    for (size_t i = 0; i < z->n && status == MSG_OK; i++) {
        const struct polygon_coverage_run *run = &z->run[i];
        size_t count = (size_t)run->count;
        p->pixel = mem_grow(p->pixel, &p->pixel_cap, count, sizeof *p->pixel);
        p->sample = mem_grow(p->sample, &p->sample_cap, n + count, sizeof *p->sample);
        status =
            masked_reader_read(&p->pixels, run->column, run->row, run->count, 1, p->pixel);
        for (size_t k = 0; k < count && status == MSG_OK; k++)
            if (!isnan(p->pixel[k]))
                p->sample[n++] = (struct stat_sample){p->pixel[k], run->weight};
        if (!stats->sorts && n >= POLYGONS_MANY) {
            stats_add(stats, &sums, p->sample, n);
            n = 0;
        }
    }
    if (stats->sorts) {
        stats_compute(stats, p->sample, n, result);
    } else {
        stats_add(stats, &sums, p->sample, n);
        stats_finish(stats, &sums, result);
    }
    return status;
}

static void put_raster(struct zonal *p, const struct scene_raster *s)
{
    const struct stat_list *stats = p->options.stats;
    int form = scene_raster_form(s, s->value);
    for (size_t i = 0; i < p->features.n; i++) {
        rec_put_text(p->o, p->delimiter, p->features.feature[i].id);
        out_char(p->o, p->delimiter);
        out_puts(p->o, s->time);
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, s->name);
        for (size_t k = 0; k < stats->n; k++) {
            double v = p->result[i * stats->n + k];
            out_char(p->o, p->delimiter);
            scene_put_value(p->o, stats_is_value(stats->item[k].kind) ? form : SCENE_DOUBLE,
                            v);
        }
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, s->ras.path);
        out_char(p->o, '\n');
    }
}

/* Classes are raw numbers; where values have a scale of their own that is told, once. */
static void take_scale(struct zonal *p, const struct scene_raster *s)
{
    const struct ras_band *b = &s->ras.band[s->value];
    struct stat_list *stats = &p->stats;
    double least, most;
    bool scaled = !(s->flags & RAS_RAW) && (b->scale != 1 || b->offset != 0),
         classes = false;
    stats->scale = scaled ? b->scale : 0;
    stats->offset = b->offset;
    stats->whole = ras_type_range(b->type, &least, &most);
    for (size_t i = 0; i < stats->n; i++)
        classes = classes || stats->item[i].kind == STAT_FRACTION;
    if (!scaled || !classes || p->told)
        return;
    msg_warn(
        "%s: the classes of fraction are its raw numbers, before the scale of %g and the "
        "offset of %g",
        s->ras.path, b->scale, b->offset);
    p->told = true;
}

static int sample_raster(struct zonal *p, const char *path)
{
    struct scene_raster s;
    int status = scene_raster_open(&s, path, &p->options.ask);
    if (status != MSG_OK)
        return status;
    if (s.wanted) {
        take_scale(p, &s);
        status = raster_list_unit(&p->sources, &s);
        if (status == MSG_OK)
            status = take_grid(p, &s.ras);
        if (status == MSG_OK)
            status = masked_reader_open_scene(&p->pixels, &s, POLYGONS_BYTES);
        for (size_t i = 0; i < p->features.n && status == MSG_OK; i++) {
            size_t at = p->order[i];
            status = sample_zone(p, &p->zone[at], p->result + at * p->options.stats->n);
        }
        masked_reader_close(&p->pixels);
        if (status == MSG_OK)
            put_raster(p, &s);
    }
    scene_raster_close(&s);
    return status;
}

static void put_name(struct zonal *p, const char *name)
{
    struct buf b = {0};
    buf_printf(&b, "%s%s", p->options.prefix, name);
    out_char(p->o, p->delimiter);
    rec_put_text(p->o, p->delimiter, b.s);
    buf_free(&b);
}

static void put_head(struct zonal *p)
{
    const struct stat_list *stats = p->options.stats;
    if (!p->options.csv) {
        raster_list_put_units(&p->sources, p->o);
        rec_put_meta(p->o, NULL, NULL, p->options.command);
        out_char(p->o, '#');
    }
    rec_put_text(p->o, p->delimiter, p->features.id_name);
    put_name(p, "time");
    put_name(p, "layer");
    for (size_t i = 0; i < stats->n; i++)
        put_name(p, stats->item[i].name);
    put_name(p, "path");
    out_char(p->o, '\n');
}

/* The id's column must not have the name of one of ours. */
static int check_names(const struct zonal *p)
{
    const struct stat_list *stats = p->options.stats;
    const char *id = p->features.id_name;
    size_t n = strlen(p->options.prefix);
    bool taken = false;
    if (strncmp(id, p->options.prefix, n) == 0) {
        taken =
            !strcmp(id + n, "time") || !strcmp(id + n, "layer") || !strcmp(id + n, "path");
        for (size_t i = 0; i < stats->n; i++)
            taken = taken || strcmp(id + n, stats->item[i].name) == 0;
    }
    if (!taken)
        return MSG_OK;
    msg_error("%s: its field \"%s\" has the name of a new column; see --prefix",
              p->options.path, id);
    return MSG_INPUT;
}

static int load(struct zonal *p)
{
    const struct gdal_plugin *module = gdal_plugin_load();
    if (!module)
        return MSG_SYSTEM;
    const struct zonal_options *q = &p->options;
    int status = module->features(q->path, q->sublayer, q->id, &p->features);
    if (status != MSG_OK)
        return status;
    if (!p->features.crs && q->crs)
        p->features.crs = mem_text(q->crs);
    if (!p->features.crs) {
        msg_error("%s: this layer names no CRS; give it with --polygons-crs", q->path);
        return MSG_INPUT;
    }
    for (size_t i = 0; i < p->features.n; i++)
        poly_to_degrees(&p->features.feature[i].area, crs_of(p->features.crs));
    return check_names(p);
}

int zonal_run(struct out *o, const struct zonal_options *options,
              struct raster_inputs *paths)
{
    struct zonal p = {
        .o = o, .options = *options, .delimiter = options->csv ? REC_COMMA : REC_TAB};
    p.pixels.options = options->mask;
    p.stats = *options->stats;
    int status = load(&p);
    if (status != MSG_OK)
        goto out;
    p.order = mem_alloc(p.features.n, sizeof *p.order);
    p.result = mem_alloc(p.features.n * options->stats->n, sizeof *p.result);
    p.sources.ask = options->ask;
    status = raster_list_read(&p.sources, paths);
    if (!options->csv)
        status = msg_worse(status, raster_list_survey(&p.sources));
    put_head(&p);
    for (size_t i = 0; i < p.sources.n; i++)
        status = msg_worse(status, sample_raster(&p, p.sources.path[i]));
out:
    free_zones(&p);
    crs_transform_close(p.map);
    free(p.order);
    free(p.sample);
    free(p.pixel);
    free(p.result);
    masked_reader_free(&p.pixels);
    raster_list_free(&p.sources);
    gdal_plugin_features_free(&p.features);
    return status;
}
