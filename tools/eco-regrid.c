/* eco-regrid: rasters and a grid in; one raster on the grid and one record an input out. */
#include "base/list.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/options.h"
#include "record/raster_inputs.h"
#include "record/writer.h"
#include "regrid/regrid_run.h"
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>
#include <unistd.h>

static const char help[] =
    "usage: eco-regrid --grid GRID (-o OUT | --out-dir DIR) [OPTION]... [RASTER]...\n"
    "Put rasters onto a grid: area-weighted means over the pixels that count, other\n"
    "statistics of the pixels under a cell, or values at the cells' centres.\n"
    "Reads paths from stdin, one a line, when none are given. One record an input.\n"
    "\n"
    "Options:\n"
    "  --grid GRID          grid file of eco-grid\n"
    "  -o, --output OUT     the raster, for one input\n"
    "  --out-dir DIR        folder for DIR/PREFIX + name of each input\n"
    "  --prefix PREFIX      begins these names (default: Regrid_)\n"
    "  --bands LIST         of mean,coverage,n,stddev,sum,min,max,range,median,q1,q3,\n"
    "                       mode,nearest,bilinear,cubic (default: mean,coverage,n)\n"
    "  --method NAME        one band, as warpers name it (average is mean)\n"
    "  --mask MAP           class map; {year} in its name is the scene's year; may be\n"
    "                       repeated, each with its --classes\n"
    "  --classes LIST       classes of the map before that count: 3,4,10-15\n"
    "  --mask-weight        a pixel counts by the share of its area on these classes,\n"
    "                       not by its centre\n"
    "  --fallback Y=Z,...   use the map of year Z where that of year Y is missing\n"
    "  --keep RULE          only pixels whose companion layer fulfils a rule such as\n"
    "                       QC:mandatory<=1, cloud=0, LST_err<1.5; may be repeated\n"
    "  --companion L=FILE   where layer L lies, instead of a search by name\n"
    "  --missing-companion error|warn  what a missing one is (default: error)\n"
    "  --min-coverage F     least coverage of a cell that is written (default: 0.5)\n"
    "  --denominator WHAT   what coverage is a share of: cell (default), source, mask\n"
    "  --missing renormalise|strict  bilinear and cubic where neighbours miss\n"
    "  --tolerance PIXELS   error of the transform (default: 0.01; 0: exact)\n"
    "  --memory SIZE        for what grows with the sizes: 64M, 1G (default: 128M)\n"
    "  --part I/N           only the I-th of N shares of the grid's rows\n"
    "  --raw                leave scale and offset off\n"
    "  --dtype TYPE         Byte, UInt16, Int16, UInt32, Int32, Float32, Float64\n"
    "  --nodata V           value of cells that have none\n"
    "  --compress NAME      deflate (default), lzw, zstd, none\n"
    "  --cog                write a cloud-optimized GeoTIFF with overviews\n"
    "  --no-provenance      leave out the ##cmd= line\n"
    "  --help, --version    print this, or the version, and exit\n"
    "\n"
    "Examples:\n"
    "  eco-regrid --grid grid.txt -o coarse.tif scene.tif\n"
    "  ls ECO_L2T_LSTE*_LST_*.tif | eco-regrid --grid grid.txt --out-dir coarse \\\n"
    "      --mask forest.tif --classes 3,4,5,6 >status.tsv\n"
    "  eco-regrid --grid grid.txt --method bilinear -o fine.tif scene.tif\n";

enum {
    GRID = CLI_FIRST_FREE,
    OUT_DIR,
    PREFIX,
    BANDS,
    METHOD,
    MASK,
    CLASSES,
    MASK_WEIGHT,
    FALLBACK,
    KEEP,
    COMPANION,
    MISSING_COMPANION,
    MIN_COVERAGE,
    DENOMINATOR,
    MISSING,
    TOLERANCE,
    MEMORY,
    PART,
    RAW,
    DTYPE,
    NODATA,
    COMPRESS,
    COG,
};

struct tool {
    struct cli cli;
    struct regrid_run job;
};

/* ---- the command line ---- */

/* "64M", "1G", "500000" */
static int take_memory(struct tool *t, const char *text)
{
    static const char units[] = "KMGT";
    size_t n = strlen(text);
    const char *unit = n ? strchr(units, text[n - 1]) : NULL;
    double v;
    if (!num_parse(text, unit ? n - 1 : n, &v) || !(v > 0))
        return cli_usage("--memory: not a size such as 64M: \"%s\"", text);
    for (long k = unit ? unit - units + 1 : 0; k > 0; k--)
        v *= 1024;
    if (v > 1e15)
        return cli_usage("--memory: too much: \"%s\"", text);
    t->job.spec.memory = (size_t)v;
    return MSG_OK;
}

/* "2/4" */
static int take_part(struct tool *t, const char *text)
{
    size_t n = strcspn(text, "/");
    long long part, parts;
    if (!text[n] || !num_parse_long(text, n, &part) ||
        !num_parse_long(text + n + 1, strlen(text + n + 1), &parts) || part < 1 ||
        part > parts || parts > 1000000)
        return cli_usage("--part: not a share such as 2/4: \"%s\"", text);
    t->job.spec.part = (int)part;
    t->job.spec.parts = (int)parts;
    return MSG_OK;
}

static int take_dtype(struct tool *t, const char *text)
{
    static const char *const names[] = {"Byte",  "UInt16",  "Int16",   "UInt32",
                                        "Int32", "Float32", "Float64", NULL};
    static const enum ras_type types[] = {RAS_U8,  RAS_U16, RAS_I16, RAS_U32,
                                          RAS_I32, RAS_F32, RAS_F64};
    int k = cli_word("--dtype", text, names);
    if (k < 0)
        return MSG_USAGE;
    t->job.spec.type = (int)types[k];
    return MSG_OK;
}

static int take_compress(struct tool *t, const char *text)
{
    static const char *const names[] = {"deflate", "lzw", "zstd", "none", NULL};
    static const int schemes[] = {COMPRESSION_ADOBE_DEFLATE, COMPRESSION_LZW,
                                  COMPRESSION_ZSTD, COMPRESSION_NONE};
    int k = cli_word("--compress", text, names);
    if (k < 0)
        return MSG_USAGE;
    t->job.spec.compress = schemes[k];
    return MSG_OK;
}

/* The classes of the last map. */
static int take_classes(struct tool *t, const char *text)
{
    if (!t->job.nmasks)
        return cli_usage("--classes: name the --mask before its classes");
    struct classmap_classes *c = &t->job.mask[t->job.nmasks - 1].classes;
    free(c->text);
    return classmap_parse(c, "--classes", text) ? MSG_OK : MSG_USAGE;
}

/* "2025=2024,2026=2024" */
static int take_fallback(struct tool *t, const char *list)
{
    struct list_item item, missing, instead;
    for (const char *rest = list; list_next(&rest, &item);) {
        long long a, b;
        if (t->job.nfallbacks == REGRID_RUN_FALLBACKS ||
            !list_part(item, '=', &missing, &instead) ||
            !num_parse_long(missing.s, missing.n, &a) ||
            !num_parse_long(instead.s, instead.n, &b) || a < 0 || a > 9999 || b < 0 ||
            b > 9999)
            return cli_usage("--fallback: not a list of years such as 2025=2024: \"%s\"",
                             list);
        t->job.fallback[t->job.nfallbacks++] = (struct regrid_run_fallback){(int)a, (int)b};
    }
    return MSG_OK;
}

static int take_option(struct tool *t, int c)
{
    int k;
    switch (c) {
    case GRID:
        t->job.grid_path = optarg;
        return MSG_OK;
    case 'o':
        t->job.output = optarg;
        return MSG_OK;
    case OUT_DIR:
        t->job.out_dir = optarg;
        return MSG_OK;
    case PREFIX:
        t->job.prefix = optarg;
        return MSG_OK;
    case MASK:
        if (t->job.nmasks == REGRID_RUN_MASKS)
            return cli_usage("--mask: at most %d", REGRID_RUN_MASKS);
        t->job.mask =
            mem_resize(t->job.mask, (size_t)t->job.nmasks + 1, sizeof *t->job.mask);
        t->job.mask[t->job.nmasks].pattern = optarg;
        t->job.mask[t->job.nmasks++].classes.text = NULL;
        return MSG_OK;
    case CLASSES:
        return take_classes(t, optarg);
    case MASK_WEIGHT:
        t->job.by_area = true;
        return MSG_OK;
    case FALLBACK:
        return take_fallback(t, optarg);
    case KEEP:
        return quality_add(&t->job.rules, "--keep", optarg);
    case COMPANION:
        return quality_file(&t->job.rules, "--companion", optarg);
    case MISSING_COMPANION:
        k = cli_word("--missing-companion", optarg,
                     (const char *const[]){"error", "warn", NULL});
        t->job.lenient = k == 1;
        return k >= 0 ? MSG_OK : MSG_USAGE;
    case MIN_COVERAGE:
        if (!cli_number("--min-coverage", optarg, &t->job.spec.min_coverage))
            return MSG_USAGE;
        return t->job.spec.min_coverage >= 0 && t->job.spec.min_coverage <= 1
                   ? MSG_OK
                   : cli_usage("--min-coverage: not from 0 to 1: \"%s\"", optarg);
    case DENOMINATOR:
        k = cli_word("--denominator", optarg, regrid_run_denominators);
        t->job.spec.denominator = (enum area_denominator)k;
        return k >= 0 ? MSG_OK : MSG_USAGE;
    case BANDS:
        return bands_parse(&t->job.spec.list, "--bands", optarg) ? MSG_OK : MSG_USAGE;
    case METHOD:
        if (!bands_parse(&t->job.spec.list, "--method", optarg))
            return MSG_USAGE;
        return t->job.spec.list.n == 1
                   ? MSG_OK
                   : cli_usage("--method: one name; for several there is --bands");
    case MISSING:
        k = cli_word("--missing", optarg,
                     (const char *const[]){"renormalise", "strict", NULL});
        t->job.spec.strict = k == 1;
        return k >= 0 ? MSG_OK : MSG_USAGE;
    case TOLERANCE:
        if (!cli_number("--tolerance", optarg, &t->job.spec.tolerance))
            return MSG_USAGE;
        return t->job.spec.tolerance >= 0 ? MSG_OK : cli_usage("--tolerance: below 0");
    case MEMORY:
        return take_memory(t, optarg);
    case PART:
        return take_part(t, optarg);
    case RAW:
        t->job.spec.raw = true;
        return MSG_OK;
    case DTYPE:
        return take_dtype(t, optarg);
    case NODATA:
        t->job.spec.has_nodata = num_parse(optarg, strlen(optarg), &t->job.spec.nodata);
        return t->job.spec.has_nodata ? MSG_OK
                                      : cli_usage("--nodata: not a number: \"%s\"", optarg);
    case COMPRESS:
        return take_compress(t, optarg);
    case COG:
        t->job.spec.cog = true;
        return MSG_OK;
    default:
        return cli_option(&t->cli, c);
    }
}

static int check(const struct tool *t)
{
    if (!t->job.grid_path)
        return cli_usage("--grid is needed");
    if (!t->job.output == !t->job.out_dir)
        return cli_usage("one of --output and --out-dir is needed");
    bool years = false;
    for (int i = 0; i < t->job.nmasks; i++) {
        if (!t->job.mask[i].classes.text)
            return cli_usage("--mask %s: its --classes are needed", t->job.mask[i].pattern);
        years = years || regrid_run_has_year(&t->job.mask[i]);
    }
    if (t->job.nfallbacks && !years)
        return cli_usage("--fallback needs a --mask with {year} in its name");
    if (t->job.by_area && !t->job.nmasks)
        return cli_usage("--mask-weight needs a --mask");
    if (t->job.by_area && !bands_are_areal(&t->job.spec.list))
        return cli_usage(
            "--mask-weight is for statistics, not for nearest, bilinear and cubic");
    if (t->job.spec.denominator == AREA_MASK && !t->job.nmasks)
        return cli_usage("--denominator mask needs a --mask");
    return MSG_OK;
}

static int run(struct tool *t, int nargs, char **args)
{
    struct raster_inputs paths;
    struct out o;
    const char *path;
    int status = MSG_OK;
    out_init(&o, STDOUT_FILENO, "stdout");
    t->job.o = &o;
    rec_put_meta(&o, NULL, NULL, t->cli.command);
    regrid_run_legend(&t->job);
    raster_inputs_open(&paths, args, nargs);
    for (int got; status != MSG_SYSTEM && (got = raster_inputs_next(&paths, &path)) != 0;) {
        if (t->job.output && paths.count > 1) {
            status =
                msg_worse(status, cli_usage("--output is for one input; use --out-dir"));
            break;
        }
        status = msg_worse(status, got > 0 ? regrid_run_make(&t->job, path) : MSG_INPUT);
    }
    raster_inputs_close(&paths);
    return msg_worse(status, out_close(&o));
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"grid", required_argument, NULL, GRID},
        {"output", required_argument, NULL, 'o'},
        {"out-dir", required_argument, NULL, OUT_DIR},
        {"prefix", required_argument, NULL, PREFIX},
        {"mask", required_argument, NULL, MASK},
        {"classes", required_argument, NULL, CLASSES},
        {"fallback", required_argument, NULL, FALLBACK},
        {"mask-weight", no_argument, NULL, MASK_WEIGHT},
        {"keep", required_argument, NULL, KEEP},
        {"companion", required_argument, NULL, COMPANION},
        {"missing-companion", required_argument, NULL, MISSING_COMPANION},
        {"min-coverage", required_argument, NULL, MIN_COVERAGE},
        {"denominator", required_argument, NULL, DENOMINATOR},
        {"bands", required_argument, NULL, BANDS},
        {"method", required_argument, NULL, METHOD},
        {"missing", required_argument, NULL, MISSING},
        {"tolerance", required_argument, NULL, TOLERANCE},
        {"memory", required_argument, NULL, MEMORY},
        {"part", required_argument, NULL, PART},
        {"raw", no_argument, NULL, RAW},
        {"dtype", required_argument, NULL, DTYPE},
        {"nodata", required_argument, NULL, NODATA},
        {"compress", required_argument, NULL, COMPRESS},
        {"cog", no_argument, NULL, COG},
        CLI_COMMON,
        {0},
    };
    struct tool t = {.job = {.prefix = "Regrid_",
                             .spec = {.min_coverage = 0.5,
                                      .tolerance = 0.01,
                                      .memory = (size_t)128 << 20,
                                      .type = -1,
                                      .part = 1,
                                      .parts = 1}}};
    bands_parse(&t.job.spec.list, "--bands", "mean,coverage,n");
    cli_init(&t.cli, argc, argv, help);
    int status = MSG_OK;
    for (int c;
         status == MSG_OK && (c = getopt_long(argc, argv, "o:", options, NULL)) != -1;)
        status = take_option(&t, c);
    if (status == MSG_OK)
        status = check(&t);
    if (status == MSG_OK)
        status = grid_read(&t.job.grid, t.job.grid_path);
    t.job.spec.grid = &t.job.grid;
    if (status == MSG_OK)
        status = run(&t, argc - optind, argv + optind);
    regrid_run_free(&t.job);
    cli_free(&t.cli);
    return status;
}
