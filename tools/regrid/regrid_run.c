/* regrid_run: regridding one input after the other. */
#include "regrid/regrid_run.h"
#include "bands.h"
#include "base/atomic_file.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "provenance.h"
#include "raster/lon_wrap.h"
#include "raster/raster.h"
#include "record/writer.h"
#include "scene/scene_name.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* What became of one input. */
struct outcome {
    const char *status;
    char *output;
    struct bands_summary summary;
    double *removed; /* by each rule */
};

/* ---- the class maps of a scene ---- */

bool regrid_run_has_year(const struct regrid_run_mask *m)
{
    return strstr(m->pattern, "{year}") != NULL;
}

/* The map for the scene's year, or its fallback's; told when there is none. */
static int find_map(const struct regrid_run *j, const struct regrid_run_mask *mask,
                    const char *path, const struct scene *scene, struct found_map *found)
{
    struct stat st;
    found->yearly = regrid_run_has_year(mask);
    found->instead = 0;
    found->path = scene_pattern(mask->pattern, &scene->date);
    if (!found->path) {
        msg_error("%s: its name tells no year to choose a class map by", path);
        return MSG_INPUT;
    }
    if (!found->yearly || stat(found->path, &st) == 0)
        return MSG_OK;
    for (int i = 0; i < j->nfallbacks; i++) {
        if (j->fallback[i].missing != scene->date.year)
            continue;
        struct date other = scene->date;
        char *first = found->path;
        other.year = found->instead = j->fallback[i].instead;
        found->path = scene_pattern(mask->pattern, &other);
        bool there = stat(found->path, &st) == 0;
        if (!there)
            msg_error("%s: no class map for %d: neither %s nor its fallback %s", path,
                      scene->date.year, first, found->path);
        free(first);
        return there ? MSG_OK : MSG_INPUT;
    }
    msg_error("%s: no class map for %d: %s", path, scene->date.year, found->path);
    return MSG_INPUT;
}

static int find_maps(const struct regrid_run *j, const char *path,
                     const struct scene *scene, struct found_map *found,
                     struct pixel_mask_map *mask)
{
    int status = MSG_OK;
    for (int i = 0; i < j->nmasks && status == MSG_OK; i++) {
        status = find_map(j, &j->mask[i], path, scene, &found[i]);
        mask[i] = (struct pixel_mask_map){found[i].path, &j->mask[i].classes, j->by_area};
    }
    return status;
}

static char *output_of(const struct regrid_run *j, const char *path)
{
    if (j->output)
        return mem_text(j->output);
    struct buf b = {0};
    const char *base = scene_base(path), *dot = strrchr(base, '.');
    buf_printf(&b, "%s/%s%.*s.tif", j->out_dir, j->prefix,
               (int)(dot ? dot - base : (long)strlen(base)), base);
    return b.s;
}

/* ---- one input ---- */

/* The selection for this source and these maps: the last one, when it serves. */
static int prepare(struct regrid_run *j, struct ras *source,
                   const struct pixel_mask_map *mask)
{
    if (j->select && pixel_mask_serves(j->select, source, mask, j->nmasks))
        return MSG_OK;
    pixel_mask_close(j->select);
    j->select = NULL;
    return pixel_mask_open(&j->select, source, &j->grid, mask, j->nmasks);
}

static void warn_of_maps(const struct regrid_run *j, const char *path,
                         const struct found_map *found)
{
    for (int i = 0; i < j->nmasks; i++)
        if (pixel_mask_on_map(j->select, i) < 0.999)
            msg_warn("%s: the class map %s covers %.1f %% of its pixels; the others do not "
                     "count",
                     path, found[i].path, 100 * pixel_mask_on_map(j->select, i));
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

/* Nothing that is read, nor what another input has become, may be replaced. */
static int check_output(const struct regrid_run *j, const char *path,
                        const struct found_map *found, const char *output)
{
    const char *read[REGRID_RUN_MASKS + 2] = {path, j->grid_path};
    for (int i = 0; i < j->nmasks; i++)
        read[2 + i] = found[i].path;
    for (int i = 0; i < j->nmasks + 2; i++)
        if (same_file(read[i], output)) {
            msg_error("%s: its output would replace %s", path, read[i]);
            return MSG_INPUT;
        }
    const char *other = names_owner(&j->written, output);
    if (!other || strcmp(other, path) == 0)
        return MSG_OK;
    msg_error("%s: its output %s is already that of %s", path, output, other);
    return MSG_INPUT;
}

static int check_memory(const struct regrid_run *j, const struct ras *source)
{
    size_t least = bands_least_memory(&j->spec, source);
    if (j->spec.memory >= least)
        return MSG_OK;
    msg_error("%s: --memory is too small for its blocks: at least %zuM", source->path,
              (least >> 20) + 1);
    return MSG_INPUT;
}

static int make(struct regrid_run *j, struct ras *source, struct outcome *outcome)
{
    const char *path = source->path;
    struct scene scene;
    struct quality *quality = NULL;
    struct found_map found[REGRID_RUN_MASKS] = {{0}};
    struct pixel_mask_map mask[REGRID_RUN_MASKS];
    scene_parse(&scene, path);
    int status = check_memory(j, source);
    if (status == MSG_OK)
        status = find_maps(j, path, &scene, found, mask);
    if (status == MSG_OK)
        status = check_output(j, path, found, outcome->output);
    if (status == MSG_OK && quality_count(j->rules))
        status = quality_open(&quality, j->rules, source, j->lenient, j->spec.memory / 8);
    if (status == MSG_OK)
        status = lon_wrap_to_grid(source, &j->grid);
    if (status == MSG_OK)
        status = prepare(j, source, mask);
    for (int i = 0; quality && i < quality_count(j->rules); i++)
        outcome->removed[i] = quality_removed(quality, i);
    if (status == MSG_OK) {
        struct provenance tags = {0};
        provenance_describe(&tags, j, source, &scene, found);
        status = bands_make(&j->spec, source, j->select, quality, tags.tag, tags.n,
                            outcome->output, &outcome->summary);
        /* An older raster would look like what this run made. */
        if (status == MSG_OK && !outcome->summary.touches)
            status = atomic_file_remove(outcome->output);
        provenance_free(&tags);
    }
    if (status == MSG_OK) {
        const struct bands_summary *s = &outcome->summary;
        outcome->status = !s->touches ? "outside" : s->cells > 0 ? "ok" : "empty";
        if (s->touches && !names_owner(&j->written, outcome->output))
            names_take(&j->written, outcome->output, path);
        if (s->touches)
            warn_of_maps(j, path, found);
    }
    quality_close(quality);
    for (int i = 0; i < j->nmasks; i++)
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

void regrid_run_legend(const struct regrid_run *j)
{
    out_puts(j->o, "#path\tstatus\toutput\tcells\tn\tmean\tcoverage\tseconds");
    for (int i = 0; i < quality_count(j->rules); i++) {
        out_puts(j->o, "\tremoved:");
        rec_put_text(j->o, REC_TAB, quality_text(j->rules, i));
    }
    out_char(j->o, '\n');
}

static void put_outcome(struct regrid_run *j, const char *path,
                        const struct outcome *outcome, double seconds)
{
    struct out *o = j->o;
    char text[NUM_FIXED_MAX];
    const struct bands_summary *s = &outcome->summary;
    bool written =
        strcmp(outcome->status, "ok") == 0 || strcmp(outcome->status, "empty") == 0;
    rec_put_text(o, REC_TAB, path);
    out_char(o, '\t');
    out_puts(o, outcome->status);
    out_char(o, '\t');
    rec_put_text(o, REC_TAB, written ? outcome->output : "NA");
    put_number(o, s->cells);
    put_number(o, s->n);
    put_number(o, s->mean);
    put_number(o, s->coverage);
    out_char(o, '\t');
    out_write(o, text, num_fixed(text, seconds, 4));
    for (int i = 0; i < quality_count(j->rules); i++)
        put_number(o, outcome->removed[i]);
    out_char(o, '\n');
}

int regrid_run_make(struct regrid_run *j, const char *path)
{
    struct timespec begin;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    int nrules = quality_count(j->rules);
    struct outcome outcome = {
        .status = "failed",
        .output = output_of(j, path),
        .summary = {.cells = NAN, .n = NAN, .mean = NAN, .coverage = NAN},
        .removed = mem_alloc((size_t)nrules, sizeof(double))};
    for (int i = 0; i < nrules; i++)
        outcome.removed[i] = NAN;
    struct ras source;
    int status = ras_open(&source, path);
    if (status == MSG_OK) {
        status = make(j, &source, &outcome);
        ras_close(&source);
    }
    put_outcome(j, path, &outcome, seconds_since(&begin));
    free(outcome.output);
    free(outcome.removed);
    return status;
}

void regrid_run_free(struct regrid_run *j)
{
    names_free(&j->written);
    pixel_mask_close(j->select);
    quality_free(j->rules);
    grid_free(&j->grid);
    for (int i = 0; i < j->nmasks; i++)
        free(j->mask[i].classes.text);
    free(j->mask);
}
