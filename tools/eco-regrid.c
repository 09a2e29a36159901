/* eco-regrid: rasters and a grid in; one coarse raster and one record an input out. */
#include "cli.h"
#include "grid.h"
#include "mem.h"
#include "num.h"
#include "ras.h"
#include "ras_write.h"
#include "regrid.h"
#include "scene.h"
#include "select.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char help[] =
    "usage: eco-regrid --grid GRID (-o OUT | --out-dir DIR) [OPTION]... [RASTER]...\n"
    "Average rasters onto a grid: area-weighted means over the pixels that count.\n"
    "Reads paths from stdin, one a line, when none are given. One record an input.\n"
    "\n"
    "Options:\n"
    "  --grid GRID          grid file of eco-grid\n"
    "  -o, --output OUT     the coarse raster, for one input\n"
    "  --out-dir DIR        folder for DIR/PREFIX + name of each input\n"
    "  --prefix PREFIX      begins these names (default: Regrid_)\n"
    "  --mask MAP           class map; {year} in its name is the scene's year\n"
    "  --classes LIST       classes of the map that count: 3,4,10-15\n"
    "  --fallback Y=Z,...   use the map of year Z where that of year Y is missing\n"
    "  --min-coverage F     least coverage of a cell that is written (default: 0.5)\n"
    "  --denominator WHAT   what coverage is a share of: cell (default), source, mask\n"
    "  --bands LIST         of mean,coverage,n,stddev (default: mean,coverage,n)\n"
    "  --raw                leave scale and offset off\n"
    "  --no-provenance      leave out the ##cmd= line\n"
    "  --help               print this and exit\n"
    "  --version            print the version and exit\n"
    "\n"
    "Examples:\n"
    "  eco-regrid --grid grid.txt -o coarse.tif scene.tif\n"
    "  ls ECO_L2T_LSTE*_LST_*.tif | eco-regrid --grid grid.txt --out-dir coarse \\\n"
    "      --mask forest.tif --classes 3,4,5,6 >status.tsv\n";

enum {
    GRID = CLI_FIRST_FREE,
    OUT_DIR,
    PREFIX,
    MASK,
    CLASSES,
    FALLBACK,
    MIN_COVERAGE,
    DENOMINATOR,
    BANDS,
    RAW,
};

enum { MOST_BANDS = 8, MOST_FALLBACKS = 64 };
static const char *const band_names[] = {"mean", "coverage", "n", "stddev", NULL};
static const char *const denominator_names[] = {"cell", "source", "mask", NULL};

struct fallback {
    int missing, instead;
};

struct tool {
    struct cli cli;
    struct out o;
    struct grid grid;
    struct regrid_spec spec;
    struct select_classes classes;
    struct select *select;
    const char *grid_path, *output, *out_dir, *prefix, *mask;
    struct fallback fallback[MOST_FALLBACKS];
    int nfallbacks;
    int band[MOST_BANDS], nbands;
};

/* What became of one input. */
struct outcome {
    const char *status;
    char *output;
    double cells, n, mean, coverage;
};

/* ---- the class map of a scene ---- */

/* Its path, or NULL, told. The year that was looked up instead goes to *instead, or 0. */
static char *find_map(const struct tool *t, const char *path, const struct scene *scene,
                      int *instead)
{
    struct stat st;
    *instead = 0;
    char *map = scene_pattern(t->mask, scene);
    if (!map) {
        msg_error("%s: its name tells no year to choose a class map by", path);
        return NULL;
    }
    if (!strstr(t->mask, "{year}") || stat(map, &st) == 0)
        return map;
    for (int i = 0; i < t->nfallbacks; i++) {
        if (t->fallback[i].missing != scene->year)
            continue;
        struct scene other = *scene;
        other.year = *instead = t->fallback[i].instead;
        char *second = scene_pattern(t->mask, &other);
        if (stat(second, &st) != 0) {
            msg_error("%s: no class map for %d: neither %s nor its fallback %s", path,
                      scene->year, map, second);
            free(second);
            second = NULL;
        }
        free(map);
        return second;
    }
    msg_error("%s: no class map for %d: %s", path, scene->year, map);
    free(map);
    return NULL;
}

/* ---- the coarse raster ---- */

struct tags {
    struct ras_tag tag[32];
    size_t n;
};

static void add_tag(struct tags *t, const char *key, const char *value)
{
    t->tag[t->n++] = (struct ras_tag){(char *)key, mem_text(value)};
}

static void add_number(struct tags *t, const char *key, double v)
{
    char s[NUM_MAX + 1];
    s[num_double(s, v)] = '\0';
    add_tag(t, key, s);
}

/* What was done, so that a raster explains itself. Names without folders: the same
 * inputs give the same bytes wherever they lie. */
static void describe(const struct tool *t, const struct ras *source,
                     const struct scene *scene, const char *map, int instead,
                     struct tags *tags)
{
    char time[SCENE_TIME];
    const char *unit = ras_unit(source, 0);
    add_tag(tags, "ECO_VERSION", cli_version());
    add_tag(tags, "ECO_SOURCE", scene_base(source->path));
    if (scene->known) {
        scene_time(scene, time);
        add_tag(tags, "ECO_PRODUCT", scene->product);
        add_tag(tags, "ECO_LAYER", scene->layer);
        add_tag(tags, "ECO_TIME", time);
    }
    if (t->grid.clip_name)
        add_tag(tags, "ECO_CLIP", scene_base(t->grid.clip_name));
    if (map) {
        add_tag(tags, "ECO_MASK", scene_base(map));
        add_tag(tags, "ECO_CLASSES", t->classes.text);
        if (strstr(t->mask, "{year}"))
            add_number(tags, "ECO_MASK_YEAR", instead ? instead : scene->year);
        if (instead)
            add_number(tags, "ECO_MASK_YEAR_MISSING", scene->year);
    }
    add_number(tags, "ECO_MIN_COVERAGE", t->spec.min_coverage);
    add_tag(tags, "ECO_DENOMINATOR", denominator_names[t->spec.denominator]);
    if (unit)
        add_tag(tags, "units", unit);
}

static const double *values_of(const struct regrid_result *r, int band)
{
    const double *const values[] = {r->mean, r->coverage, r->n, r->stddev};
    return values[band];
}

static int write_coarse(const struct tool *t, const char *path,
                        const struct regrid_result *r, const struct tags *tags)
{
    const char *names[MOST_BANDS];
    for (int b = 0; b < t->nbands; b++)
        names[b] = band_names[t->band[b]];
    struct ras_spec spec = {.columns = t->grid.columns,
                            .rows = t->grid.rows,
                            .nbands = t->nbands,
                            .type = RAS_F32,
                            .crs = t->grid.crs,
                            .has_nodata = true,
                            .nodata = NAN,
                            .description = names,
                            .tag = tags->tag,
                            .ntags = tags->n};
    grid_gt(&t->grid, spec.gt);
    struct ras_writer w;
    int status = out_make_parents(path);
    if (status == MSG_OK)
        status = ras_create(&w, path, &spec);
    if (status != MSG_OK)
        return status;
    for (int b = 0; b < t->nbands; b++)
        for (int row = 0; row < spec.rows && status == MSG_OK; row += w.block_rows)
            status = ras_put_rows(
                &w, b, row, values_of(r, t->band[b]) + (size_t)row * (size_t)spec.columns);
    if (status == MSG_OK)
        return ras_commit(&w);
    ras_abort(&w);
    return status;
}

static char *output_of(const struct tool *t, const char *path)
{
    if (t->output)
        return mem_text(t->output);
    struct buf b = {0};
    const char *base = scene_base(path), *dot = strrchr(base, '.');
    buf_printf(&b, "%s/%s%.*s.tif", t->out_dir, t->prefix,
               (int)(dot ? dot - base : (long)strlen(base)), base);
    return b.s;
}

/* ---- one input ---- */

static int regrid_open(struct tool *t, struct ras *source, const char *path,
                       struct outcome *outcome)
{
    struct scene scene;
    char *map = NULL;
    int instead = 0, status = MSG_OK;
    scene_parse(&scene, path);
    if (t->mask && !(map = find_map(t, path, &scene, &instead)))
        return MSG_INPUT;
    if (t->select && !select_serves(t->select, source, map)) {
        select_close(t->select);
        t->select = NULL;
    }
    if (!t->select)
        status = select_open(&t->select, source, &t->grid, map, &t->classes);
    struct regrid_result r = {0};
    if (status == MSG_OK)
        status = regrid_average(source, t->select, &t->spec, &r);
    if (status == MSG_OK && r.touches) {
        struct tags tags = {0};
        describe(t, source, &scene, map, instead, &tags);
        if (map && select_on_map(t->select) < 0.999)
            msg_warn("%s: the class map %s covers %.1f %% of its pixels; the others do not "
                     "count",
                     path, map, 100 * select_on_map(t->select));
        status = write_coarse(t, outcome->output, &r, &tags);
        for (size_t i = 0; i < tags.n; i++)
            free(tags.tag[i].value);
        outcome->status = r.cells ? "ok" : "empty";
        outcome->cells = (double)r.cells;
        outcome->n = r.pixels;
        outcome->mean = r.overall_mean;
        outcome->coverage = r.overall_coverage;
    } else if (status == MSG_OK) {
        outcome->status = "outside";
        outcome->cells = outcome->n = 0;
    }
    regrid_free(&r);
    free(map);
    return status;
}

static double seconds_since(const struct timespec *from)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - from->tv_sec) +
           (double)(now.tv_nsec - from->tv_nsec) * 1e-9;
}

static void put_number(struct out *o, double v)
{
    out_char(o, '\t');
    out_double(o, v);
}

static void put_outcome(struct tool *t, const char *path, const struct outcome *outcome,
                        double seconds)
{
    struct out *o = &t->o;
    char text[NUM_FIXED_MAX];
    bool written =
        strcmp(outcome->status, "ok") == 0 || strcmp(outcome->status, "empty") == 0;
    out_escaped(o, path);
    out_char(o, '\t');
    out_puts(o, outcome->status);
    out_char(o, '\t');
    out_escaped(o, written ? outcome->output : "NA");
    put_number(o, outcome->cells);
    put_number(o, outcome->n);
    put_number(o, outcome->mean);
    put_number(o, outcome->coverage);
    out_char(o, '\t');
    out_write(o, text, num_fixed(text, seconds, 4));
    out_char(o, '\n');
}

static int regrid_one(struct tool *t, const char *path)
{
    struct timespec begin;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    struct outcome outcome = {"failed", output_of(t, path), NAN, NAN, NAN, NAN};
    struct ras source;
    int status = ras_open(&source, path);
    if (status == MSG_OK) {
        status = regrid_open(t, &source, path, &outcome);
        ras_close(&source);
    }
    if (status != MSG_OK)
        outcome.status = "failed";
    put_outcome(t, path, &outcome, seconds_since(&begin));
    free(outcome.output);
    return status;
}

/* ---- the command line ---- */

static int take_bands(struct tool *t, const char *list)
{
    t->nbands = 0;
    for (const char *s = list;;) {
        size_t n = strcspn(s, ",");
        char *name = mem_slice(s, n);
        int band = t->nbands < MOST_BANDS ? cli_word("--bands", name, band_names) : -1;
        free(name);
        if (band < 0)
            return MSG_USAGE;
        t->band[t->nbands++] = band;
        t->spec.want_stddev =
            t->spec.want_stddev || strcmp(band_names[band], "stddev") == 0;
        if (!s[n])
            return MSG_OK;
        s += n + 1;
    }
}

/* "2025=2024,2026=2024" */
static int take_fallback(struct tool *t, const char *list)
{
    for (const char *s = list;;) {
        size_t n = strcspn(s, ","), equals = strcspn(s, "=,");
        long long a, b;
        if (t->nfallbacks == MOST_FALLBACKS || equals >= n ||
            !num_parse_long(s, equals, &a) ||
            !num_parse_long(s + equals + 1, n - equals - 1, &b) || a < 0 || a > 9999 ||
            b < 0 || b > 9999)
            return cli_usage("--fallback: not a list of years such as 2025=2024: \"%s\"",
                             list);
        t->fallback[t->nfallbacks++] = (struct fallback){(int)a, (int)b};
        if (!s[n])
            return MSG_OK;
        s += n + 1;
    }
}

static int take_option(struct tool *t, int c)
{
    int k;
    switch (c) {
    case GRID:
        t->grid_path = optarg;
        return MSG_OK;
    case 'o':
        t->output = optarg;
        return MSG_OK;
    case OUT_DIR:
        t->out_dir = optarg;
        return MSG_OK;
    case PREFIX:
        t->prefix = optarg;
        return MSG_OK;
    case MASK:
        t->mask = optarg;
        return MSG_OK;
    case CLASSES:
        free(t->classes.text);
        return select_parse_classes(&t->classes, "--classes", optarg) ? MSG_OK : MSG_USAGE;
    case FALLBACK:
        return take_fallback(t, optarg);
    case MIN_COVERAGE:
        if (!cli_number("--min-coverage", optarg, &t->spec.min_coverage))
            return MSG_USAGE;
        return t->spec.min_coverage >= 0 && t->spec.min_coverage <= 1
                   ? MSG_OK
                   : cli_usage("--min-coverage: not from 0 to 1: \"%s\"", optarg);
    case DENOMINATOR:
        k = cli_word("--denominator", optarg, denominator_names);
        t->spec.denominator = (enum regrid_denominator)k;
        return k >= 0 ? MSG_OK : MSG_USAGE;
    case BANDS:
        return take_bands(t, optarg);
    case RAW:
        t->spec.flags = RAS_RAW;
        return MSG_OK;
    default:
        return cli_option(&t->cli, c);
    }
}

static int check(const struct tool *t)
{
    if (!t->grid_path)
        return cli_usage("--grid is needed");
    if (!t->output == !t->out_dir)
        return cli_usage("one of --output and --out-dir is needed");
    if (!t->mask != !t->classes.text)
        return cli_usage("--mask and --classes go together");
    if (t->nfallbacks && !(t->mask && strstr(t->mask, "{year}")))
        return cli_usage("--fallback needs a --mask with {year} in its name");
    if (t->spec.denominator == REGRID_MASK && !t->mask)
        return cli_usage("--denominator mask needs a --mask");
    return MSG_OK;
}

static int run(struct tool *t, int nargs, char **args)
{
    struct cli_paths paths;
    const char *path;
    int status = MSG_OK;
    out_init(&t->o, STDOUT_FILENO, "stdout");
    rec_put_meta(&t->o, NULL, NULL, t->cli.command);
    out_puts(&t->o, "#path\tstatus\toutput\tcells\tn\tmean\tcoverage\tseconds\n");
    cli_paths_open(&paths, args, nargs);
    for (int got; status != MSG_SYSTEM && (got = cli_paths_next(&paths, &path)) != 0;) {
        if (t->output && paths.count > 1) {
            status =
                msg_worse(status, cli_usage("--output is for one input; use --out-dir"));
            break;
        }
        status = msg_worse(status, got > 0 ? regrid_one(t, path) : MSG_INPUT);
    }
    cli_paths_close(&paths);
    return msg_worse(status, out_close(&t->o));
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
        {"min-coverage", required_argument, NULL, MIN_COVERAGE},
        {"denominator", required_argument, NULL, DENOMINATOR},
        {"bands", required_argument, NULL, BANDS},
        {"raw", no_argument, NULL, RAW},
        CLI_COMMON,
        {0},
    };
    struct tool t = {.prefix = "Regrid_", .nbands = 3, .band = {0, 1, 2}};
    t.spec.min_coverage = 0.5;
    cli_init(&t.cli, argc, argv, help);
    int status = MSG_OK;
    for (int c;
         status == MSG_OK && (c = getopt_long(argc, argv, "o:", options, NULL)) != -1;)
        status = take_option(&t, c);
    if (status == MSG_OK)
        status = check(&t);
    if (status == MSG_OK)
        status = grid_read(&t.grid, t.grid_path);
    t.spec.grid = &t.grid;
    if (status == MSG_OK)
        status = run(&t, argc - optind, argv + optind);
    select_close(t.select);
    grid_free(&t.grid);
    free(t.classes.text);
    cli_free(&t.cli);
    return status;
}
