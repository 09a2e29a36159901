/* eco-sample: rasters in, records of their values out: of every cell, at points, or in
 * polygons. */
#include "base/options.h"
#include "sample/cells.h"
#include "sample/points.h"
#include "sample/zonal.h"
#include "scene/geolocation.h"
#include "scene/layer_paths.h"
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: eco-sample --cells|--points FILE|--polygons FILE [OPTION]... [RASTER]...\n"
    "Records of the values of rasters. Paths come from stdin when none are given.\n";

static const char examples[] =
    "  eco-sample --cells --csv coarse/*.tif >LST.csv\n"
    "  ls ECO_*.tif | eco-sample --points sites.tsv --wide --window 3\n"
    "  eco-sample --polygons buffer.geojson --stat mean,n scene.tif other.tif\n"
    "  eco-sample --points sites.tsv --pixel days.nc:wind\n";

enum mode { MODE_CELLS, MODE_POINTS, MODE_POLYGONS };

struct sample {
    const char *columns; /* of cells and points */
    struct out o;
    bool cells, csv;
    struct cells_options of_cells;
    struct points_options of_points;
    struct zonal_options of_polygons;
    struct mask_options mask;
    struct geolocation_options geolocation;
    struct stat_list stats;
    struct scene_ask ask;
    const char *stat, *prefix;
    const char *words[STATS_WORDS];
    bool wide;
    int interp; /* 1: bilinear */
    int area;   /* 1: on the ground */
};

static int take_text(void *to, const char *option, const char *value)
{
    (void)option;
    *(const char **)to = value;
    return MSG_OK;
}

static void add_common(struct options *o, struct sample *s)
{
    const struct option_row rows[] = {
        OPTION_FLAG("cells", &s->cells, "one record a cell that has a value"),
        OPTION_FILE("points", "FILE", ENDINGS_TABLE, &s->of_points.places.path,
                    "one record a raster and point of a table (- is stdin)"),
        OPTION_FILE("polygons", "FILE", ENDINGS_VECTOR, &s->of_polygons.path,
                    "one record a raster and polygon of a vector file"),
        OPTION_TEXT("band", "N|NAME", &s->ask.band, "the band in rasters of several"),
        OPTION_FLAG("raw", &s->ask.raw, "leave scale and offset off"),
        REC_CSV_OUT(&s->csv),
        OPTION_END,
    };
    options_add(o, rows, 0);
    layer_paths_options(o, &s->ask, "only rasters of these layers");
}

static void add_statistics(struct options *o, struct sample *s)
{
    const struct option_row rows[] = {
        OPTION_LIST("stat", "S,...", take_text, &s->stat, s->words,
                    "value (not in polygons), mean, n, stddev, variance, rms, sum, min, "
                    "max, range, median, q1, q3, p0 to p100, iqr, whisker_low, "
                    "whisker_high, mode, fraction:LIST (polygons)"),
        OPTION_TEXT("prefix", "TEXT", &s->prefix, "before the names of new columns"),
        OPTION_FLAG("wide", &s->wide,
                    "one record a point or polygon and time, a column a layer"),
        OPTION_END,
    };
    options_add(o, rows, 1u << MODE_POINTS | 1u << MODE_POLYGONS);
}

static void add_cells(struct options *o, struct cells_options *cells)
{
    const struct option_row rows[] = {
        OPTION_TEXT("name", "NAME", &cells->name,
                    "the value's column in --cells --csv (the layer's name)"),
        OPTION_FLAG("crs-column", &cells->crs_column,
                    "with --cells: a column crs, so that CRSs may differ"),
        OPTION_FLAG("local-time", &cells->local_time,
                    "with --cells: columns solar_time and local_date"),
        OPTION_END,
    };
    options_add_seldom(o, rows, 1u << MODE_CELLS);
}

static void add_points(struct options *o, struct points_options *points, int *interp)
{
    static const char *const interps[] = {"nearest", "bilinear", NULL};
    struct point_table_options *table = &points->places;
    const struct option_row rows[] = {
        OPTION_TEXT("points-crs", "CRS", &table->crs,
                    "of its coordinates (##crs, or EPSG:4326 for lon, lat)"),
        OPTION_WORD("interp", "HOW", interp, interps, "nearest (default) or bilinear"),
        OPTION_COUNT("window", "N", &points->probe.window, 1, 9999,
                     "statistics of N x N pixels around the point"),
        OPTION_FLAG("pixel", &points->pixel,
                    "columns row, column (from 0) and view_zenith of its pixel"),
        OPTION_FLAG("keep-going", &table->keep_going, "pass over malformed records"),
        OPTION_END,
    };
    options_add(o, rows, 1u << MODE_POINTS);
    rec_form_options_add(&table->form, o, 1u << MODE_POINTS);
    rec_form_options_add_headless(&table->form, o, 1u << MODE_POINTS);
}

/* What the cells and the points have, each for its own end. */
static void add_columns(struct options *o, struct sample *s)
{
    const struct option_row rows[] = {
        OPTION_TEXT("columns", "A,B,...", &s->columns,
                    "coordinates in --points; in --cells what is written"),
        OPTION_END,
    };
    options_add(o, rows, 1u << MODE_CELLS | 1u << MODE_POINTS);
}

static void add_polygons(struct options *o, struct zonal_options *polygons, int *area)
{
    static const char *const touches[] = {"fraction", "center", "all", NULL};
    static const char *const areas[] = {"plane", "ground", NULL};
    const struct option_row rows[] = {
        OPTION_TEXT("id", "FIELD", &polygons->id, "what names a polygon (its number, fid)"),
        OPTION_TEXT("fields", "F,...|all", &polygons->fields,
                    "copy these fields of the polygons"),
        OPTION_WORD("touch", "HOW", &polygons->touch, touches,
                    "pixels count by fraction (default), center or all"),
        OPTION_FILE("weights", "RASTER", ENDINGS_RASTER, &polygons->weights,
                    "what a pixel counts, besides its share: people, soil"),
        OPTION_WORD("area", "WHAT", area, areas,
                    "shares by area in the plane (default) or on the ground"),
        OPTION_SIZE("memory", "SIZE", &polygons->memory,
                    "for what grows with the sizes: 64M, 1G (default: 128M)"),
        OPTION_END,
    };
    const struct option_row seldom[] = {
        OPTION_TEXT("polygon-layer", "NAME", &polygons->sublayer,
                    "the layer in a file of several (the first)"),
        OPTION_TEXT("polygons-crs", "CRS", &polygons->crs, "of a layer that names none"),
        OPTION_END,
    };
    options_add(o, rows, 1u << MODE_POLYGONS);
    options_add_seldom(o, seldom, 1u << MODE_POLYGONS);
}

static int check_points(struct sample *s, const struct options *o)
{
    struct points_options *p = &s->of_points;
    bool paths_from_stdin = !o->nargs;
    for (int i = 0; i < o->nargs; i++)
        paths_from_stdin = paths_from_stdin || strcmp(o->args[i], "-") == 0;
    if (strcmp(p->places.path, "-") == 0 && paths_from_stdin)
        return msg_usage("points and paths cannot both come from stdin");
    const char *stat = s->stat           ? s->stat
                       : p->probe.window ? "value,mean,stddev,n"
                                         : "value";
    if (!p->probe.window)
        p->probe.window = 1;
    if (s->wide && p->pixel)
        return msg_usage("--pixel and --wide do not go together");
    if (p->probe.window % 2 == 0)
        return msg_usage("--window: not an odd number: %d", p->probe.window);
    return stats_parse(&s->stats, "--stat", stat, stats_of_values | stats_value);
}

/* What belongs together, and the defaults that depend on it. */
static int check(struct sample *s, const struct options *o)
{
    static const char *const modes[] = {"--cells", "--points", "--polygons"};
    bool points = s->of_points.places.path, polygons = s->of_polygons.path;
    if (s->cells + points + polygons != 1)
        return msg_usage("say what to sample: --cells, --points FILE or --polygons FILE");
    enum mode mode = points ? MODE_POINTS : polygons ? MODE_POLYGONS : MODE_CELLS;
    if (options_fit(o, (int)mode, modes[mode]) != MSG_OK)
        return MSG_USAGE;
    if (s->of_cells.name && !s->csv)
        return msg_usage("--name names a column of --csv");
    if (mask_options_check(&s->mask) != MSG_OK)
        return MSG_USAGE;
    if (points)
        return check_points(s, o);
    return polygons ? stats_parse(&s->stats, "--stat", s->stat ? s->stat : "mean,stddev,n",
                                  stats_of_values | stats_fraction)
                    : MSG_OK;
}

/* What the ways of sampling share. */
static void share(struct sample *s, const char *command)
{
    struct cells_options *cells = &s->of_cells;
    struct points_options *points = &s->of_points;
    struct zonal_options *polygons = &s->of_polygons;
    cells->command = points->command = polygons->command = command;
    cells->ask = points->ask = polygons->ask = s->ask;
    cells->csv = points->csv = points->places.csv_out = polygons->csv = s->csv;
    cells->mask = points->mask = polygons->mask = &s->mask;
    points->prefix = polygons->prefix = s->prefix ? s->prefix : "";
    cells->columns = points->places.columns = s->columns;
    points->probe.stats = polygons->stats = &s->stats;
    points->probe.bilinear = s->interp == 1;
    points->wide = polygons->wide = s->wide;
    polygons->ground = s->area == 1;
    points->ask.geolocation = &s->geolocation;
}

static int run(struct sample *s, const struct options *o)
{
    struct raster_inputs paths;
    share(s, o->command);
    out_init(&s->o, STDOUT_FILENO, "stdout");
    raster_inputs_open(&paths, o->args, o->nargs);
    int status = s->cells              ? cells_run(&s->o, &s->of_cells, &paths)
                 : s->of_polygons.path ? zonal_run(&s->o, &s->of_polygons, &paths)
                                       : points_run(&s->o, &s->of_points, &paths);
    raster_inputs_close(&paths);
    return msg_worse(status, out_close(&s->o));
}

int main(int argc, char **argv)
{
    struct options o;
    struct sample s = {.of_polygons.memory = (size_t)128 << 20};
    stats_words(s.words, stats_of_values | stats_value | stats_fraction);
    options_init(&o, argc, argv, usage, examples);
    o.operands = ENDINGS_RASTER;
    add_common(&o, &s);
    mask_options_add(&s.mask, &o, false);
    add_statistics(&o, &s);
    add_cells(&o, &s.of_cells);
    add_points(&o, &s.of_points, &s.interp);
    add_columns(&o, &s);
    geolocation_options_add(&s.geolocation, &o, 1u << MODE_POINTS);
    add_polygons(&o, &s.of_polygons, &s.area);
    int status = options_parse(&o, 1, argc, argv);
    if (status == MSG_OK)
        status = check(&s, &o);
    if (status == MSG_OK)
        status = run(&s, &o);
    stats_free(&s.stats);
    mask_options_free(&s.mask);
    geolocation_options_free(&s.geolocation);
    options_free(&o);
    return status;
}
