/* zonal: rasters and a layer of polygons to records. */
#include "sample/zonal.h"
#include "base/mem.h"
#include "geo/polygon_project.h"
#include "record/writer.h"
#include "zonal_parts.h"
#include <stdlib.h>
#include <string.h>

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

/* The areas of a raster's pixels: those of the last one, where it has the same. */
static int take_ground(struct zonal *p, const struct ras *r)
{
    if (!p->options.ground ||
        (p->sums.ground && raster_grid_equal(&p->ground_grid, &r->grid)))
        return MSG_OK;
    ground_area_close(p->sums.ground);
    p->sums.ground = NULL;
    p->ground_grid = r->grid;
    return ground_area_open(&p->sums.ground, &r->grid, r->path);
}

int zonal_values(struct zonal *p, struct scene_raster *s)
{
    take_scale(p, s);
    int status = zone_pixels_take(&p->zones, &s->ras);
    if (status == MSG_OK)
        status = take_ground(p, &s->ras);
    if (status == MSG_OK && p->sums.weights)
        status = pixel_weights_turn(p->sums.weights, &s->ras);
    if (status == MSG_OK)
        status = masked_reader_open_scene(&p->pixels, s, p->options.memory / ZONE_SHARES);
    if (status == MSG_OK)
        status = zone_sums_run(&p->sums, &p->stats, p->result);
    masked_reader_close(&p->pixels);
    return status;
}

static void put_raster(struct zonal *p, const struct scene_raster *s)
{
    int form = scene_raster_form(s, s->value);
    for (size_t i = 0; i < p->features.n; i++) {
        zonal_put_polygon(p, i);
        out_char(p->o, p->delimiter);
        out_puts(p->o, s->time);
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, s->name);
        zonal_put_values(p, form, p->result + i * p->stats.n);
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, s->ras.path);
        out_char(p->o, '\n');
    }
}

static int sample_raster(struct zonal *p, const char *path)
{
    struct scene_raster s;
    int status = scene_raster_open(&s, path, &p->options.ask);
    if (status != MSG_OK)
        return status;
    if (s.wanted) {
        status = raster_list_unit(&p->sources, &s);
        if (status == MSG_OK)
            status = zonal_values(p, &s);
        if (status == MSG_OK)
            put_raster(p, &s);
    }
    scene_raster_close(&s);
    return status;
}

/* One record a raster and polygon. */
static int zonal_long(struct zonal *p)
{
    const struct stat_list *stats = p->options.stats;
    int status = p->options.csv ? MSG_OK : raster_list_survey(&p->sources);
    int named = zonal_add_name(p, "time", NULL);
    named = msg_worse(named, zonal_add_name(p, "layer", NULL));
    for (size_t i = 0; i < stats->n; i++)
        named = msg_worse(named, zonal_add_name(p, stats->item[i].name, NULL));
    named = msg_worse(named, zonal_add_name(p, "path", NULL));
    if (named != MSG_OK)
        return named;
    zonal_put_head(p);
    for (size_t i = 0; i < p->sources.n; i++)
        status = msg_worse(status, sample_raster(p, p->sources.path[i]));
    return status;
}

/* No two of the polygons' own columns may have one name. */
static int check_fields(const struct zonal *p)
{
    const struct gdal_plugin_features *f = &p->features;
    for (size_t i = 0; i < f->nfields; i++) {
        bool twice = strcmp(f->field[i], f->id_name) == 0;
        for (size_t k = 0; k < i; k++)
            twice = twice || strcmp(f->field[i], f->field[k]) == 0;
        if (!twice)
            continue;
        msg_error("%s: two columns would be called \"%s\"; see --id and --fields",
                  p->options.path, f->field[i]);
        return MSG_INPUT;
    }
    return MSG_OK;
}

static int load(struct zonal *p)
{
    const struct gdal_plugin *module = gdal_plugin_load();
    if (!module)
        return MSG_SYSTEM;
    const struct zonal_options *q = &p->options;
    int status = module->features(q->path, q->sublayer, q->id, q->fields, &p->features);
    if (status != MSG_OK)
        return status;
    if (!p->features.crs && q->crs)
        p->features.crs = mem_text(q->crs);
    if (!p->features.crs) {
        msg_error("%s: this layer names no CRS; give it with --polygons-crs", q->path);
        return MSG_INPUT;
    }
    const struct crs *crs = crs_of(p->features.crs);
    for (size_t i = 0; i < p->features.n; i++)
        poly_to_degrees(&p->features.feature[i].area, crs);
    status = check_fields(p);
    if (status == MSG_OK && q->weights) {
        status = pixel_weights_open(&p->weights, q->weights, q->memory / ZONE_SHARES);
        p->sums.weights = &p->weights;
    }
    return status;
}

static void zonal_free(struct zonal *p)
{
    zone_sums_free(&p->sums);
    zone_pixels_free(&p->zones);
    masked_reader_free(&p->pixels);
    raster_list_free(&p->sources);
    gdal_plugin_features_free(&p->features);
    for (size_t i = 0; i < p->nnames; i++)
        free(p->name[i]);
    free(p->name);
    free(p->result);
}

int zonal_run(struct out *o, const struct zonal_options *options,
              struct raster_inputs *paths)
{
    struct zonal p = {
        .o = o, .options = *options, .delimiter = options->csv ? REC_COMMA : REC_TAB};
    p.pixels.options = options->mask;
    p.stats = *options->stats;
    p.sources.ask = options->ask;
    int status = load(&p);
    if (status == MSG_OK) {
        status = raster_list_read(&p.sources, paths);
        size_t share = options->memory / ZONE_SHARES;
        p.result = mem_alloc(p.features.n * options->stats->n, sizeof *p.result);
        p.zones = (struct zone_pixels){.features = &p.features,
                                       .path = options->path,
                                       .touch = options->touch,
                                       .bytes = p.sources.n > 1 ? share : 0};
        p.sums.zones = &p.zones;
        p.sums.pixels = &p.pixels;
        p.sums.bytes = share;
        status = msg_worse(status, options->wide ? zonal_wide(&p) : zonal_long(&p));
    }
    ground_area_close(p.sums.ground);
    if (p.sums.weights)
        pixel_weights_close(&p.weights);
    zonal_free(&p);
    return status;
}
