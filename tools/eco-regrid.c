/* eco-regrid: rasters and a grid in; one raster on the grid and one record an input out. */
#include "bands.h"
#include "cli.h"
#include "grid.h"
#include "mem.h"
#include "names.h"
#include "num.h"
#include "quality.h"
#include "ras.h"
#include "scene.h"
#include "select.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tiffio.h>
#include <time.h>
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

enum { MOST_FALLBACKS = 64, MOST_MASKS = 8, MOST_TAGS = 16 + 4 * MOST_MASKS };
static const char *const denominator_names[] = {"cell", "source", "mask", NULL};

struct fallback {
    int missing, instead;
};

/* A class map as the user named it. */
struct mask {
    const char *pattern;
    struct classmap_classes classes;
};

/* The map of one scene. */
struct found {
    char *path;
    int instead; /* the year that was taken instead of the scene's, or 0 */
};

struct tool {
    struct cli cli;
    struct out o;
    struct grid grid;
    struct bands_spec spec;
    struct mask *mask;
    int nmasks;
    bool by_area;
    struct select *select;
    struct quality_rules *rules;
    bool lenient; /* a missing companion is a warning */
    const char *grid_path, *output, *out_dir, *prefix;
    struct fallback fallback[MOST_FALLBACKS];
    int nfallbacks;
    struct names written; /* outputs and their inputs */
};

/* What became of one input. */
struct outcome {
    const char *status;
    char *output;
    struct bands_summary summary;
    double *removed; /* by each rule */
};

/* ---- the class maps of a scene ---- */

static bool has_year(const struct mask *m)
{
    return strstr(m->pattern, "{year}") != NULL;
}

/* The map for the scene's year, or its fallback's; told when there is none. */
static int find_map(const struct tool *t, const struct mask *mask, const char *path,
                    const struct scene *scene, struct found *found)
{
    struct stat st;
    found->instead = 0;
    found->path = scene_pattern(mask->pattern, scene);
    if (!found->path) {
        msg_error("%s: its name tells no year to choose a class map by", path);
        return MSG_INPUT;
    }
    if (!has_year(mask) || stat(found->path, &st) == 0)
        return MSG_OK;
    for (int i = 0; i < t->nfallbacks; i++) {
        if (t->fallback[i].missing != scene->year)
            continue;
        struct scene other = *scene;
        char *first = found->path;
        other.year = found->instead = t->fallback[i].instead;
        found->path = scene_pattern(mask->pattern, &other);
        bool there = stat(found->path, &st) == 0;
        if (!there)
            msg_error("%s: no class map for %d: neither %s nor its fallback %s", path,
                      scene->year, first, found->path);
        free(first);
        return there ? MSG_OK : MSG_INPUT;
    }
    msg_error("%s: no class map for %d: %s", path, scene->year, found->path);
    return MSG_INPUT;
}

static int find_maps(const struct tool *t, const char *path, const struct scene *scene,
                     struct found *found, struct select_mask *mask)
{
    int status = MSG_OK;
    for (int i = 0; i < t->nmasks && status == MSG_OK; i++) {
        status = find_map(t, &t->mask[i], path, scene, &found[i]);
        mask[i] = (struct select_mask){found[i].path, &t->mask[i].classes, t->by_area};
    }
    return status;
}

/* ---- what is said of it in the raster ---- */

struct tags {
    struct ras_tag tag[MOST_TAGS];
    size_t n;
};

static void add_tag(struct tags *t, const char *key, const char *value)
{
    t->tag[t->n++] = (struct ras_tag){mem_text(key), mem_text(value)};
}

static void add_number(struct tags *t, const char *key, double v)
{
    char s[NUM_MAX + 1];
    s[num_double(s, v)] = '\0';
    add_tag(t, key, s);
}

/* One class map: its tags are numbered from the second on. */
static void describe_map(const struct tool *t, int number, const struct scene *scene,
                         const struct found *found, struct tags *tags)
{
    char suffix[16] = "", key[48];
    if (number > 0)
        snprintf(suffix, sizeof suffix, "_%d", number + 1);
    snprintf(key, sizeof key, "ECO_MASK%s", suffix);
    add_tag(tags, key, scene_base(found->path));
    snprintf(key, sizeof key, "ECO_CLASSES%s", suffix);
    add_tag(tags, key, t->mask[number].classes.text);
    if (has_year(&t->mask[number])) {
        snprintf(key, sizeof key, "ECO_MASK_YEAR%s", suffix);
        add_number(tags, key, found->instead ? found->instead : scene->year);
    }
    if (found->instead) {
        snprintf(key, sizeof key, "ECO_MASK_YEAR_MISSING%s", suffix);
        add_number(tags, key, scene->year);
    }
}

/* What was done, so that a raster explains itself. Names without folders: the same
 * inputs give the same bytes wherever they lie. */
static void describe(const struct tool *t, const struct ras *source,
                     const struct scene *scene, const struct found *found,
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
    struct stat st;
    if (stat(t->grid_path, &st) == 0 && S_ISREG(st.st_mode)) /* pipes have no name */
        add_tag(tags, "ECO_GRID", scene_base(t->grid_path));
    if (t->grid.clip_name)
        add_tag(tags, "ECO_CLIP", scene_base(t->grid.clip_name));
    for (int i = 0; i < t->nmasks; i++)
        describe_map(t, i, scene, &found[i], tags);
    if (t->by_area)
        add_tag(tags, "ECO_MASK_WEIGHT", "area");
    struct buf rules = {0};
    for (int i = 0; i < quality_count(t->rules); i++)
        buf_printf(&rules, "%s%s", i ? " " : "", quality_text(t->rules, i));
    if (rules.n)
        add_tag(tags, "ECO_KEEP", rules.s);
    buf_free(&rules);
    add_number(tags, "ECO_MIN_COVERAGE", t->spec.min_coverage);
    add_tag(tags, "ECO_DENOMINATOR", denominator_names[t->spec.denominator]);
    if (t->spec.raw)
        add_tag(tags, "ECO_RAW", "yes");
    /* Raw numbers under a scale are in no unit. */
    bool scaled = source->band[0].scale != 1 || source->band[0].offset != 0;
    if (unit && !(t->spec.raw && scaled))
        add_tag(tags, "units", unit);
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

/* The selection for this source and these maps: the last one, when it serves. */
static int prepare(struct tool *t, struct ras *source, const struct select_mask *mask)
{
    if (t->select && select_serves(t->select, source, mask, t->nmasks))
        return MSG_OK;
    select_close(t->select);
    t->select = NULL;
    return select_open(&t->select, source, &t->grid, mask, t->nmasks);
}

static void warn_of_maps(const struct tool *t, const char *path, const struct found *found)
{
    for (int i = 0; i < t->nmasks; i++)
        if (select_on_map(t->select, i) < 0.999)
            msg_warn("%s: the class map %s covers %.1f %% of its pixels; the others do not "
                     "count",
                     path, found[i].path, 100 * select_on_map(t->select, i));
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

/* Nothing that is read, nor what another input has become, may be replaced. */
static int check_output(const struct tool *t, const char *path, const struct found *found,
                        const char *output)
{
    const char *read[MOST_MASKS + 2] = {path, t->grid_path};
    for (int i = 0; i < t->nmasks; i++)
        read[2 + i] = found[i].path;
    for (int i = 0; i < t->nmasks + 2; i++)
        if (same_file(read[i], output)) {
            msg_error("%s: its output would replace %s", path, read[i]);
            return MSG_INPUT;
        }
    const char *other = names_owner(&t->written, output);
    if (!other || strcmp(other, path) == 0)
        return MSG_OK;
    msg_error("%s: its output %s is already that of %s", path, output, other);
    return MSG_INPUT;
}

static int check_memory(const struct tool *t, const struct ras *source)
{
    size_t least = bands_least_memory(&t->spec, source);
    if (t->spec.memory >= least)
        return MSG_OK;
    msg_error("%s: --memory is too small for its blocks: at least %zuM", source->path,
              (least >> 20) + 1);
    return MSG_INPUT;
}

static int make(struct tool *t, struct ras *source, struct outcome *outcome)
{
    const char *path = source->path;
    struct scene scene;
    struct quality *quality = NULL;
    struct found found[MOST_MASKS] = {{0}};
    struct select_mask mask[MOST_MASKS];
    scene_parse(&scene, path);
    int status = check_memory(t, source);
    if (status == MSG_OK)
        status = find_maps(t, path, &scene, found, mask);
    if (status == MSG_OK)
        status = check_output(t, path, found, outcome->output);
    if (status == MSG_OK)
        status = prepare(t, source, mask);
    if (status == MSG_OK && quality_count(t->rules))
        status = quality_open(&quality, t->rules, source, t->lenient);
    for (int i = 0; quality && i < quality_count(t->rules); i++)
        outcome->removed[i] = quality_removed(quality, i);
    if (status == MSG_OK) {
        struct tags tags = {0};
        describe(t, source, &scene, found, &tags);
        status = bands_make(&t->spec, source, t->select, quality, tags.tag, tags.n,
                            outcome->output, &outcome->summary);
        for (size_t i = 0; i < tags.n; i++) {
            free(tags.tag[i].key);
            free(tags.tag[i].value);
        }
    }
    if (status == MSG_OK) {
        const struct bands_summary *s = &outcome->summary;
        outcome->status = !s->touches ? "outside" : s->cells > 0 ? "ok" : "empty";
        if (s->touches && !names_owner(&t->written, outcome->output))
            names_take(&t->written, outcome->output, path);
        if (s->touches)
            warn_of_maps(t, path, found);
    }
    quality_close(quality);
    for (int i = 0; i < t->nmasks; i++)
        free(found[i].path);
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

static void put_legend(struct tool *t)
{
    out_puts(&t->o, "#path\tstatus\toutput\tcells\tn\tmean\tcoverage\tseconds");
    for (int i = 0; i < quality_count(t->rules); i++) {
        out_puts(&t->o, "\tremoved:");
        out_escaped(&t->o, quality_text(t->rules, i));
    }
    out_char(&t->o, '\n');
}

static void put_outcome(struct tool *t, const char *path, const struct outcome *outcome,
                        double seconds)
{
    struct out *o = &t->o;
    char text[NUM_FIXED_MAX];
    const struct bands_summary *s = &outcome->summary;
    bool written =
        strcmp(outcome->status, "ok") == 0 || strcmp(outcome->status, "empty") == 0;
    out_escaped(o, path);
    out_char(o, '\t');
    out_puts(o, outcome->status);
    out_char(o, '\t');
    out_escaped(o, written ? outcome->output : "NA");
    put_number(o, s->cells);
    put_number(o, s->n);
    put_number(o, s->mean);
    put_number(o, s->coverage);
    out_char(o, '\t');
    out_write(o, text, num_fixed(text, seconds, 4));
    for (int i = 0; i < quality_count(t->rules); i++)
        put_number(o, outcome->removed[i]);
    out_char(o, '\n');
}

static int regrid_one(struct tool *t, const char *path)
{
    struct timespec begin;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    int nrules = quality_count(t->rules);
    struct outcome outcome = {
        .status = "failed",
        .output = output_of(t, path),
        .summary = {.cells = NAN, .n = NAN, .mean = NAN, .coverage = NAN},
        .removed = mem_alloc((size_t)nrules, sizeof(double))};
    for (int i = 0; i < nrules; i++)
        outcome.removed[i] = NAN;
    struct ras source;
    int status = ras_open(&source, path);
    if (status == MSG_OK) {
        status = make(t, &source, &outcome);
        ras_close(&source);
    }
    put_outcome(t, path, &outcome, seconds_since(&begin));
    free(outcome.output);
    free(outcome.removed);
    return status;
}

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
    t->spec.memory = (size_t)v;
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
    t->spec.part = (int)part;
    t->spec.parts = (int)parts;
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
    t->spec.type = (int)types[k];
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
    t->spec.compress = schemes[k];
    return MSG_OK;
}

/* The classes of the last map. */
static int take_classes(struct tool *t, const char *text)
{
    if (!t->nmasks)
        return cli_usage("--classes: name the --mask before its classes");
    struct classmap_classes *c = &t->mask[t->nmasks - 1].classes;
    free(c->text);
    return classmap_parse(c, "--classes", text) ? MSG_OK : MSG_USAGE;
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
        if (t->nmasks == MOST_MASKS)
            return cli_usage("--mask: at most %d", MOST_MASKS);
        t->mask = mem_resize(t->mask, (size_t)t->nmasks + 1, sizeof *t->mask);
        t->mask[t->nmasks].pattern = optarg;
        t->mask[t->nmasks++].classes.text = NULL;
        return MSG_OK;
    case CLASSES:
        return take_classes(t, optarg);
    case MASK_WEIGHT:
        t->by_area = true;
        return MSG_OK;
    case FALLBACK:
        return take_fallback(t, optarg);
    case KEEP:
        return quality_add(&t->rules, "--keep", optarg);
    case COMPANION:
        return quality_file(&t->rules, "--companion", optarg);
    case MISSING_COMPANION:
        k = cli_word("--missing-companion", optarg,
                     (const char *const[]){"error", "warn", NULL});
        t->lenient = k == 1;
        return k >= 0 ? MSG_OK : MSG_USAGE;
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
        return bands_parse(&t->spec.list, "--bands", optarg) ? MSG_OK : MSG_USAGE;
    case METHOD:
        if (!bands_parse(&t->spec.list, "--method", optarg))
            return MSG_USAGE;
        return t->spec.list.n == 1
                   ? MSG_OK
                   : cli_usage("--method: one name; for several there is --bands");
    case MISSING:
        k = cli_word("--missing", optarg,
                     (const char *const[]){"renormalise", "strict", NULL});
        t->spec.strict = k == 1;
        return k >= 0 ? MSG_OK : MSG_USAGE;
    case TOLERANCE:
        if (!cli_number("--tolerance", optarg, &t->spec.tolerance))
            return MSG_USAGE;
        return t->spec.tolerance >= 0 ? MSG_OK : cli_usage("--tolerance: below 0");
    case MEMORY:
        return take_memory(t, optarg);
    case PART:
        return take_part(t, optarg);
    case RAW:
        t->spec.raw = true;
        return MSG_OK;
    case DTYPE:
        return take_dtype(t, optarg);
    case NODATA:
        t->spec.has_nodata = num_parse(optarg, strlen(optarg), &t->spec.nodata);
        return t->spec.has_nodata ? MSG_OK
                                  : cli_usage("--nodata: not a number: \"%s\"", optarg);
    case COMPRESS:
        return take_compress(t, optarg);
    case COG:
        t->spec.cog = true;
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
    bool years = false;
    for (int i = 0; i < t->nmasks; i++) {
        if (!t->mask[i].classes.text)
            return cli_usage("--mask %s: its --classes are needed", t->mask[i].pattern);
        years = years || has_year(&t->mask[i]);
    }
    if (t->nfallbacks && !years)
        return cli_usage("--fallback needs a --mask with {year} in its name");
    if (t->by_area && !t->nmasks)
        return cli_usage("--mask-weight needs a --mask");
    if (t->by_area && !bands_are_areal(&t->spec.list))
        return cli_usage(
            "--mask-weight is for statistics, not for nearest, bilinear and cubic");
    if (t->spec.denominator == REGRID_MASK && !t->nmasks)
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
    put_legend(t);
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
    struct tool t = {.prefix = "Regrid_",
                     .spec = {.min_coverage = 0.5,
                              .tolerance = 0.01,
                              .memory = (size_t)128 << 20,
                              .type = -1,
                              .part = 1,
                              .parts = 1}};
    bands_parse(&t.spec.list, "--bands", "mean,coverage,n");
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
    names_free(&t.written);
    select_close(t.select);
    quality_free(t.rules);
    grid_free(&t.grid);
    for (int i = 0; i < t.nmasks; i++)
        free(t.mask[i].classes.text);
    free(t.mask);
    cli_free(&t.cli);
    return status;
}
