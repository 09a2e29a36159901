/* eco-regrid: rasters and a grid in; one raster on the grid and one record an input out. */
#include "base/mem.h"
#include "base/options.h"
#include "record/form.h"
#include "record/raster_inputs.h"
#include "record/writer.h"
#include "regrid/device.h"
#include "regrid/join.h"
#include "regrid/regrid_run.h"
#include "regrid/result_options.h"
#include "scene/layer_paths.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: eco-regrid --grid GRID (-o OUT | --out-dir DIR) [OPTION]... [RASTER]...\n"
    "Put rasters onto a grid: area-weighted means over the pixels that count, other\n"
    "statistics of the pixels under a cell, or values at the cells' centres.\n"
    "Reads paths from stdin, one a line, when none are given. One record an input.\n";

static const char examples[] =
    "  eco-regrid --grid grid.txt -o coarse.tif scene.tif\n"
    "  ls ECO_L2T_LSTE*_LST_*.tif | eco-regrid --grid grid.txt --out-dir coarse \\\n"
    "      --mask forest.tif --classes 3,4,5,6 >status.tsv\n"
    "  eco-regrid --grid grid.txt --method bilinear -o fine.tif scene.tif\n"
    "  eco-regrid --grid grid.txt --keep QC=0 --out-dir days --time 2020 days.nc:LST\n";

/* ---- the options ---- */

static int take_bands(void *to, const char *option, const char *text)
{
    return bands_parse(to, option, text) ? MSG_OK : MSG_USAGE;
}

static int take_method(void *to, const char *option, const char *text)
{
    struct bands_list *list = to;
    if (!bands_parse(list, option, text))
        return MSG_USAGE;
    return list->n == 1 ? MSG_OK
                        : msg_usage("%s: one name; for several there is --bands", option);
}

/* Where rasters that are one overlap the first or the mean, where scans do all, the first
 * or the nearest to nadir. */
enum { BY_DEFAULT = -1, FIRST, MEAN, ALL, NADIR };
static const char *const overlaps[] = {"first", "mean", "all", "nadir", NULL};

static int take_overlap(struct regrid_run *job, int which)
{
    bool joins = job->join >= 0;
    job->spec.overlap = which == MEAN ? OVERLAP_MEAN : OVERLAP_FIRST;
    job->spec.scans = which == FIRST   ? SCANS_FIRST
                      : which == NADIR ? SCANS_NADIR
                                       : SCANS_ALL;
    if (which == MEAN && !joins)
        return msg_usage("--overlap mean is for --join");
    if ((which == ALL || which == NADIR) && joins)
        return msg_usage("--overlap %s is for the scans of a swath, which --join does not "
                         "take",
                         overlaps[which]);
    if (which == MEAN && job->spec.denominator == AREA_SOURCE)
        return msg_usage("--overlap mean goes with --denominator cell and mask");
    return MSG_OK;
}

static void add_inputs(struct options *o, struct regrid_run *job, const char *const *bands,
                       int *overlap)
{
    static const char *const joins[] = {"overpass", "all", NULL};
    const struct option_row rows[] = {
        OPTION_FILE("grid", "GRID", ENDINGS_GRID, &job->grid_path, "grid file of eco-grid"),
        {.kind = OPTION_KIND_TEXT,
         .letter = 'o',
         .name = "output",
         .value = "OUT",
         .to = &job->output,
         .help = "the raster, for one input",
         .hint = OPTION_HINT_FILE,
         .endings = ENDINGS_RASTER},
        OPTION_FOLDER("out-dir", "DIR", &job->out_dir,
                      "folder for DIR/PREFIX + name of each input"),
        OPTION_TEXT("prefix", "PREFIX", &job->prefix,
                    "begins these names (default: Regrid_)"),
        OPTION_WORD("join", "WHAT", &job->join, joins,
                    "take as one the rasters of an overpass, or all"),
        OPTION_WORD("overlap", "WHICH", overlap, overlaps,
                    "where rasters of one, or scans, overlap: first, mean; all, nadir"),
        OPTION_FLAG("records", &job->records,
                    "also write each record beside its raster, as NAME.tsv"),
        OPTION_FLAG("quiet", &job->quiet,
                    "with --records: these alone tell what became of inputs"),
        REC_CSV_OUT(&job->csv),
        OPTION_FILE("joblog", "FILE", ENDINGS_TABLE, &job->joblog_path,
                    "add what each input took: seconds, memory, host"),
        OPTION_TEXT("band", "N|NAME", &job->ask.band,
                    "the band to read in rasters of several"),
        OPTION_LIST("bands", "LIST", take_bands, &job->spec.list, bands,
                    "mean,coverage,n (default), stddev, sum, median, p90, mode, "
                    "nearest, bilinear, lanczos...: see the page"),
        OPTION_CALL_OF("method", "NAME", take_method, &job->spec.list, bands,
                       "one band, as warpers name it, too: average, med, near"),
        OPTION_END,
    };
    options_add(o, rows, 0);
    layer_paths_options(o, &job->ask, "the layers to read in HDF5 and netCDF files");
}

static void add_device(struct options *o, const char **device, bool *list)
{
    const struct option_row rows[] = {
        OPTION_TEXT("device", "cpu|gpu|auto|NAME", device,
                    "what works, with the same bits (default: cpu)"),
        OPTION_FLAG("list-devices", list, "print which devices there are, and exit"),
        OPTION_END,
    };
    options_add_seldom(o, rows, 0);
}

/* Whether a name ends as that of a record beside a raster does. */
static bool is_record(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot, ".tsv") == 0;
}

static int check(const struct regrid_run *job)
{
    if (!job->grid_path)
        return msg_usage("--grid is needed");
    if (!job->output == !job->out_dir)
        return msg_usage("one of --output and --out-dir is needed");
    if (job->records && job->output && is_record(job->output))
        return msg_usage("--records: the record would replace the raster %s", job->output);
    if (job->quiet && !job->records)
        return msg_usage("--quiet needs --records");
    if (mask_options_check(&job->mask) != MSG_OK)
        return MSG_USAGE;
    if (job->mask.by_area && !bands_are_areal(&job->spec.list))
        return msg_usage(
            "--mask-weight is for statistics, not for values at cells' centres");
    if (job->spec.ground && !bands_are_areal(&job->spec.list))
        return msg_usage("--area is for statistics, not for values at cells' centres");
    if (job->spec.denominator == AREA_MASK && !job->mask.nmaps)
        return msg_usage("--denominator mask needs a --mask");
    return MSG_OK;
}

static int too_many(const struct regrid_run *job)
{
    return msg_usage("--output is for one %s; use --out-dir",
                     job->join >= 0 ? "overpass" : "input");
}

/* Each by itself, or, where inputs are joined, into `join`. */
static int take_each(struct regrid_run *job, struct raster_inputs *paths, struct join *join)
{
    const char *path;
    int status = MSG_OK;
    size_t inputs = 0;
    for (int got; status != MSG_SYSTEM && (got = raster_inputs_next(paths, &path)) != 0;) {
        struct layer_paths inside = {0};
        if (got > 0)
            layer_paths_add(&inside, path, &job->ask, false);
        else
            status = msg_worse(status, MSG_INPUT);
        inputs += inside.n;
        bool many = job->output && inputs > 1 && job->join < 0;
        for (size_t i = 0; i < inside.n && status != MSG_SYSTEM && !many; i++) {
            struct regrid_input in = {&inside.path[i], 1, NULL};
            if (job->join >= 0)
                join_add(join, inside.path[i]);
            else
                status = msg_worse(status, regrid_run_make(job, &in));
        }
        layer_paths_free(&inside);
        if (many)
            return msg_worse(status, too_many(job));
    }
    return status;
}

/* Overpasses are known when all rasters are. */
static int make_joined(struct regrid_run *job, struct join *join)
{
    int status = MSG_OK;
    if (job->join == 0)
        join_overpasses(join);
    else
        join_all(join);
    if (job->output && join->ninputs > 1)
        return too_many(job);
    for (size_t i = 0; i < join->ninputs && status != MSG_SYSTEM; i++)
        status = msg_worse(status, regrid_run_make(job, &join->input[i]));
    return status;
}

static int run(struct regrid_run *job, const struct options *options)
{
    struct raster_inputs paths;
    struct join join = {0};
    out_init(job->o, STDOUT_FILENO, "stdout");
    if (!job->quiet && !job->csv)
        rec_put_meta(job->o, NULL, NULL, options->command);
    job->single = options->nargs == 1 && strcmp(options->args[0], "-") != 0;
    int status = regrid_run_start(job);
    raster_inputs_open(&paths, options->args, options->nargs);
    if (status == MSG_OK)
        status = take_each(job, &paths, &join);
    if (status != MSG_SYSTEM && job->join >= 0)
        status = msg_worse(status, make_joined(job, &join));
    join_free(&join);
    raster_inputs_close(&paths);
    return msg_worse(status, out_close(job->o));
}

static int list(void)
{
    struct out out;
    out_init(&out, STDOUT_FILENO, "stdout");
    int status = regrid_device_list(&out);
    return msg_worse(status, out_close(&out));
}

static int check_and_run(struct regrid_run *job, const struct options *o, int overlap,
                         const char *device_name)
{
    struct regrid_device *device = NULL;
    int status = check(job);
    if (status == MSG_OK)
        status = take_overlap(job, overlap);
    if (status == MSG_OK)
        status = grid_read(&job->grid, job->grid_path);
    if (status == MSG_OK)
        status = regrid_device_open(
            &device, device_name,
            (double)job->grid.columns * job->grid.rows / job->spec.parts, job->spec.memory);
    job->spec.grid = &job->grid;
    job->spec.device = device;
    if (status == MSG_OK)
        status = run(job, o);
    regrid_device_close(device);
    return status;
}

int main(int argc, char **argv)
{
    struct options o;
    struct out out;
    struct regrid_run job = {.o = &out,
                             .prefix = "Regrid_",
                             .join = -1,
                             .spec = {.min_coverage = 0.5,
                                      .tolerance = 0.01,
                                      .memory = (size_t)128 << 20,
                                      .type = -1,
                                      .part = 1,
                                      .parts = 1}};
    int overlap = BY_DEFAULT;
    bool list_devices = false;
    const char *device_name = "cpu";
    const char *words[BANDS_WORDS];
    bands_words(words);
    bands_parse(&job.spec.list, "--bands", "mean,coverage,n");
    options_init(&o, argc, argv, usage, examples);
    o.operands = ENDINGS_RASTER;
    add_inputs(&o, &job, words, &overlap);
    geolocation_options_add(&job.geolocation, &o, 0);
    mask_options_add(&job.mask, &o, true);
    result_options_add(&job.spec, &o);
    add_device(&o, &device_name, &list_devices);
    int status = options_parse(&o, 1, argc, argv);
    if (status == MSG_OK)
        status = list_devices ? list() : check_and_run(&job, &o, overlap, device_name);
    regrid_run_free(&job);
    options_free(&o);
    return status;
}
