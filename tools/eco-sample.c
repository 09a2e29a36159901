/* eco-sample: rasters in, records of their values out: of every cell, at points, or in
 * polygons. */
#include "base/options.h"
#include "sample/cells.h"
#include "sample/points.h"
#include "sample/zonal.h"
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: eco-sample --cells|--points FILE|--polygons FILE [OPTION]... [RASTER]...\n"
    "Records of the values of rasters. Paths come from stdin when none are given, or\n"
    "records of eco-regrid and others: the raster is the output, else the path.\n"
    "\n"
    "Options:\n"
    "  --cells               one record a cell that has a value\n"
    "  --points FILE         one record a raster and point of a table (- is stdin)\n"
    "  --polygons FILE       one record a raster and polygon of a vector file\n"
    "  --layer L,...         only rasters of these layers\n"
    "  --stat S,...          value, mean, median, stddev, min, max, n; in polygons\n"
    "                        sum, q1, q3, mode, fraction:CLASSES too, but not value\n"
    "  --keep RULE           only pixels whose companion layer fulfils a rule such as\n"
    "                        QC:mandatory<=1, cloud=0, LST_err<1.5; may be repeated\n"
    "  --companion L=FILE    where layer L lies, instead of a search by name\n"
    "  --missing-companion error|warn  what a missing one is (default: error)\n"
    "  --mask MAP            class map; {year} in its name is the raster's year\n"
    "  --classes LIST        classes of the map before that count: 3,4,10-15\n"
    "  --csv                 write CSV with a plain header\n"
    "  --name NAME           the value's column in --cells --csv (the layer's name)\n"
    "  --crs-column          with --cells: a column crs, so that CRSs may differ\n"
    "  --csv-in              the table is CSV\n"
    "  --points-crs CRS      of its coordinates (##crs, or EPSG:4326 for lon, lat)\n"
    "  --columns X,Y         its coordinates by name or number (x,y or lon,lat)\n"
    "  --interp HOW          nearest (default) or bilinear\n"
    "  --window N            statistics of N x N pixels around the point\n"
    "  --wide                one record a point and time, a column a layer\n"
    "  --id FIELD            what names a polygon (its number, fid)\n"
    "  --touch HOW           pixels count by fraction (default), center or all\n"
    "  --polygon-layer NAME  the layer in a file of several (the first)\n"
    "  --polygons-crs CRS    of a layer that names none\n"
    "  --prefix TEXT         before the names of new columns\n"
    "  --keep-going          pass over malformed records\n"
    "  --no-provenance       leave out the ##cmd= line\n"
    "  --help, --version     print this, or the version, and exit\n"
    "\n"
    "Examples:\n"
    "  eco-sample --cells --csv coarse/*.tif >LST.csv\n"
    "  eco-regrid --grid grid.txt --out-dir coarse scene.tif | eco-sample --cells\n"
    "  ls ECO_*.tif | eco-sample --points sites.tsv --wide --window 3\n"
    "  eco-sample --polygons buffer.geojson --stat mean,n scene.tif other.tif\n";

enum {
    CELLS = CLI_FIRST_FREE,
    POINTS,
    LAYER,
    CSV,
    NAME,
    CRS_COLUMN,
    CSV_IN,
    POINTS_CRS,
    COLUMNS,
    INTERP,
    WINDOW,
    STAT,
    WIDE,
    PREFIX,
    POLYGONS,
    ID,
    TOUCH,
    POLYGON_LAYER,
    POLYGONS_CRS,
    KEEP,
    COMPANION,
    MISSING_COMPANION,
    MASK,
    CLASSES,
};

enum mode { MODE_CELLS, MODE_POINTS, MODE_POLYGONS, MODES };

struct sample {
    struct out o;
    bool cells;
    const char *unfit[MODES]; /* an option that was given and does not go with the mode */
    struct cells_options of_cells;
    struct points_options of_points;
    struct zonal_options of_polygons;
    struct mask_options rules;
    struct stat_list stats;
    const char *stat;
    bool csv;
};

static int take_interp(struct sample *s)
{
    static const char *const words[] = {"nearest", "bilinear", NULL};
    int word = cli_word("--interp", optarg, words);
    s->of_points.probe.bilinear = word == 1;
    return word < 0 ? MSG_USAGE : MSG_OK;
}

static int take_touch(struct sample *s)
{
    static const char *const words[] = {"fraction", "center", "all", NULL};
    static const enum zone_touch touches[] = {ZONE_FRACTION, ZONE_CENTER, ZONE_ALL};
    int word = cli_word("--touch", optarg, words);
    s->of_polygons.touch = touches[word < 0 ? 0 : word];
    return word < 0 ? MSG_USAGE : MSG_OK;
}

static int take_window(struct sample *s)
{
    long long n;
    if (!cli_count("--window", optarg, 1, 9999, &n))
        return MSG_USAGE;
    s->of_points.probe.window = (int)n;
    return n % 2 ? MSG_OK : cli_usage("--window: not an odd number: %lld", n);
}

/* The modes that an option goes with, as bits. */
static unsigned modes_of(int option)
{
    switch (option) {
    case NAME:
    case CRS_COLUMN:
        return 1u << MODE_CELLS;
    case CSV_IN:
    case POINTS_CRS:
    case COLUMNS:
    case INTERP:
    case WINDOW:
    case WIDE:
    case CLI_KEEP_GOING:
        return 1u << MODE_POINTS;
    case ID:
    case TOUCH:
    case POLYGON_LAYER:
    case POLYGONS_CRS:
        return 1u << MODE_POLYGONS;
    case STAT:
    case PREFIX:
        return 1u << MODE_POINTS | 1u << MODE_POLYGONS;
    default:
        return ~0u;
    }
}

static int take_option(struct sample *s, struct cli *cli, int option)
{
    switch (option) {
    case CELLS:
        s->cells = true;
        return MSG_OK;
    case POINTS:
        s->of_points.places.path = optarg;
        return MSG_OK;
    case LAYER:
        s->of_points.layers = s->of_cells.layers = s->of_polygons.layers = optarg;
        return MSG_OK;
    case CSV:
        s->csv = s->of_cells.csv = s->of_polygons.csv = true;
        s->of_points.csv = s->of_points.places.csv_out = true;
        return MSG_OK;
    case NAME:
        s->of_cells.name = optarg;
        return MSG_OK;
    case CRS_COLUMN:
        s->of_cells.crs_column = true;
        return MSG_OK;
    case CSV_IN:
        s->of_points.places.csv_in = true;
        return MSG_OK;
    case POINTS_CRS:
        s->of_points.places.crs = optarg;
        return MSG_OK;
    case COLUMNS:
        s->of_points.places.columns = optarg;
        return MSG_OK;
    case INTERP:
        return take_interp(s);
    case WINDOW:
        return take_window(s);
    case STAT:
        s->stat = optarg;
        return MSG_OK;
    case WIDE:
        s->of_points.wide = true;
        return MSG_OK;
    case PREFIX:
        s->of_points.prefix = s->of_polygons.prefix = optarg;
        return MSG_OK;
    case POLYGONS:
        s->of_polygons.path = optarg;
        return MSG_OK;
    case ID:
        s->of_polygons.id = optarg;
        return MSG_OK;
    case TOUCH:
        return take_touch(s);
    case POLYGON_LAYER:
        s->of_polygons.sublayer = optarg;
        return MSG_OK;
    case POLYGONS_CRS:
        s->of_polygons.crs = optarg;
        return MSG_OK;
    case CLI_KEEP_GOING:
        s->of_points.places.keep_going = true;
        return MSG_OK;
    case KEEP:
        return quality_add(&s->rules.quality, "--keep", optarg);
    case COMPANION:
        return quality_file(&s->rules.quality, "--companion", optarg);
    case MISSING_COMPANION:
        return mask_options_missing(&s->rules, optarg);
    case MASK:
        return mask_options_mask(&s->rules, optarg);
    case CLASSES:
        return mask_options_classes(&s->rules, optarg);
    default:
        return cli_option(cli, option);
    }
}

static int check_points(struct sample *s, char **args, int nargs)
{
    struct points_options *p = &s->of_points;
    bool paths_from_stdin = !nargs;
    for (int i = 0; i < nargs; i++)
        paths_from_stdin = paths_from_stdin || strcmp(args[i], "-") == 0;
    if (strcmp(p->places.path, "-") == 0 && paths_from_stdin)
        return cli_usage("points and paths cannot both come from stdin");
    const char *stat = s->stat           ? s->stat
                       : p->probe.window ? "value,mean,stddev,n"
                                         : "value";
    if (!p->probe.window)
        p->probe.window = 1;
    p->probe.stats = &s->stats;
    unsigned allowed = 1u << STAT_VALUE | 1u << STAT_MEAN | 1u << STAT_MEDIAN |
                       1u << STAT_STDDEV | 1u << STAT_MIN | 1u << STAT_MAX | 1u << STAT_N;
    return stats_parse(&s->stats, "--stat", stat, allowed);
}

/* What belongs together, and the defaults that depend on it. */
static int check(struct sample *s, char **args, int nargs)
{
    bool points = s->of_points.places.path, polygons = s->of_polygons.path;
    if (s->cells + points + polygons != 1)
        return cli_usage("say what to sample: --cells, --points FILE or --polygons FILE");
    static const char *const modes[] = {"cells", "points", "polygons"};
    enum mode mode = points ? MODE_POINTS : polygons ? MODE_POLYGONS : MODE_CELLS;
    if (s->unfit[mode])
        return cli_usage("--%s does not go with --%s", s->unfit[mode], modes[mode]);
    if (s->of_cells.name && !s->csv)
        return cli_usage("--name names a column of --csv");
    if (mask_options_check(&s->rules) != MSG_OK)
        return MSG_USAGE;
    s->of_cells.rules = s->of_points.rules = s->of_polygons.rules = &s->rules;
    if (!s->of_points.prefix)
        s->of_points.prefix = s->of_polygons.prefix = "";
    if (points)
        return check_points(s, args, nargs);
    s->of_polygons.stats = &s->stats;
    return polygons ? stats_parse(&s->stats, "--stat", s->stat ? s->stat : "mean,stddev,n",
                                  ~(1u << STAT_VALUE))
                    : MSG_OK;
}

static int run(struct sample *s, char **args, int nargs, const char *command)
{
    struct raster_inputs paths;
    s->of_cells.command = s->of_points.command = s->of_polygons.command = command;
    out_init(&s->o, STDOUT_FILENO, "stdout");
    raster_inputs_open(&paths, args, nargs);
    int status = s->cells              ? cells_run(&s->o, &s->of_cells, &paths)
                 : s->of_polygons.path ? zonal_run(&s->o, &s->of_polygons, &paths)
                                       : points_run(&s->o, &s->of_points, &paths);
    raster_inputs_close(&paths);
    return msg_worse(status, out_close(&s->o));
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"cells", no_argument, NULL, CELLS},
        {"points", required_argument, NULL, POINTS},
        {"layer", required_argument, NULL, LAYER},
        {"csv", no_argument, NULL, CSV},
        {"name", required_argument, NULL, NAME},
        {"crs-column", no_argument, NULL, CRS_COLUMN},
        {"csv-in", no_argument, NULL, CSV_IN},
        {"points-crs", required_argument, NULL, POINTS_CRS},
        {"columns", required_argument, NULL, COLUMNS},
        {"interp", required_argument, NULL, INTERP},
        {"window", required_argument, NULL, WINDOW},
        {"stat", required_argument, NULL, STAT},
        {"wide", no_argument, NULL, WIDE},
        {"prefix", required_argument, NULL, PREFIX},
        {"polygons", required_argument, NULL, POLYGONS},
        {"id", required_argument, NULL, ID},
        {"keep", required_argument, NULL, KEEP},
        {"companion", required_argument, NULL, COMPANION},
        {"missing-companion", required_argument, NULL, MISSING_COMPANION},
        {"mask", required_argument, NULL, MASK},
        {"classes", required_argument, NULL, CLASSES},
        {"touch", required_argument, NULL, TOUCH},
        {"polygon-layer", required_argument, NULL, POLYGON_LAYER},
        {"polygons-crs", required_argument, NULL, POLYGONS_CRS},
        {"keep-going", no_argument, NULL, CLI_KEEP_GOING},
        CLI_COMMON,
        {0},
    };
    struct cli cli;
    struct sample s = {0};
    cli_init(&cli, argc, argv, help);
    int status = MSG_OK, index = 0;
    for (int c;
         status == MSG_OK && (c = getopt_long(argc, argv, "", options, &index)) != -1;) {
        status = take_option(&s, &cli, c);
        for (int mode = 0; mode < MODES; mode++)
            if (!(modes_of(c) & 1u << mode))
                s.unfit[mode] = options[index].name;
    }
    if (status == MSG_OK)
        status = check(&s, argv + optind, argc - optind);
    if (status == MSG_OK)
        status = run(&s, argv + optind, argc - optind, cli.command);
    stats_free(&s.stats);
    mask_options_free(&s.rules);
    cli_free(&cli);
    return status;
}
