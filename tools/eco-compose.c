/* eco-compose: coarse rasters in; one raster and one record a month, season, hour out. */
#include "base/options.h"
#include "compose/compose.h"
#include "record/form.h"
#include "record/writer.h"
#include "scene/layer_paths.h"
#include <unistd.h>

static const char usage[] =
    "usage: eco-compose --by PERIOD [OPTION]... [RASTER]...\n"
    "One raster a period and layer, of rasters of one grid: statistics of each cell\n"
    "over its scenes; and one record each.\n"
    "Reads paths or records of eco-regrid from stdin when no rasters are given.\n";

static const char examples[] =
    "  eco-compose --by month --out-dir monthly coarse/Regrid_*_LST_*.tif\n"
    "  eco-regrid --grid grid.txt --out-dir coarse scene.tif | eco-compose --by all\n"
    "  eco-compose --by solar-hour --stat mean,p90,n --out-dir hours \\\n"
    "      coarse/Regrid_*_LST_*.tif | eco-sample --cells\n";

static int take_stats(void *to, const char *option, const char *value)
{
    struct stat_list *list = to;
    stats_free(list);
    return stats_parse(list, option, value, stats_of_values);
}

static int run(const struct compose_options *q, const struct options *o)
{
    struct raster_inputs inputs;
    struct out out;
    out_init(&out, STDOUT_FILENO, "stdout");
    if (!q->csv)
        rec_put_meta(&out, NULL, NULL, o->command);
    raster_inputs_open(&inputs, o->args, o->nargs);
    int status = compose(&out, q, &inputs);
    raster_inputs_close(&inputs);
    return msg_worse(status, out_close(&out));
}

int main(int argc, char **argv)
{
    static const char *const weights[] = {"equal", "coverage", "n", NULL};
    const char *words[STATS_WORDS];
    struct options o;
    struct compose_options q = {
        .by = -1, .out_dir = ".", .prefix = "", .memory = (size_t)128 << 20};
    stats_words(words, stats_of_values);
    stats_parse(&q.stats, "--stat", "mean,n", stats_of_values);
    const struct option_row rows[] = {
        OPTION_WORD("by", "PERIOD", &q.by, compose_periods,
                    "month, season, year; doy and solar-hour of all years; all"),
        OPTION_LIST("stat", "S,...", take_stats, &q.stats, words,
                    "the bands: mean,n (default), stddev, median, p90, min..."),
        OPTION_WORD("weights", "WHAT", &q.weight, weights,
                    "of scenes in a cell: equal (default), or their coverage or n there"),
        OPTION_FOLDER("out-dir", "DIR", &q.out_dir,
                      "folder for DIR/PREFIX + LAYER_PERIOD.tif (default: .)"),
        OPTION_TEXT("prefix", "PREFIX", &q.prefix, "begins these names (default: none)"),
        OPTION_TEXT("layer", "L,...", &q.ask.layers, "only rasters of these layers"),
        layer_paths_time_row(&q.ask),
        OPTION_TEXT("band", "N|NAME", &q.ask.band, "the band in rasters of several"),
        OPTION_SIZE("memory", "SIZE", &q.memory,
                    "for the cells at work: 64M, 1G (default: 128M)"),
        REC_CSV_OUT(&q.csv),
        OPTION_END,
    };
    options_init(&o, argc, argv, usage, examples);
    o.operands = ENDINGS_RASTER;
    options_add(&o, rows, 0);
    int status = options_parse(&o, 1, argc, argv);
    if (status == MSG_OK && q.by < 0)
        status = msg_usage("--by is needed: month, season, year, doy, solar-hour or all");
    if (status == MSG_OK)
        status = run(&q, &o);
    stats_free(&q.stats);
    options_free(&o);
    return status;
}
