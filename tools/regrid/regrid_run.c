/* regrid_run: regridding one input after the other. */
#include "regrid/regrid_run.h"
#include "bands.h"
#include "base/atomic_file.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "provenance.h"
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

static char *output_of(const struct regrid_run *j, const char *path)
{
    if (j->output)
        return mem_text(j->output);
    struct buf b = {0};
    char *stem = scene_stem(path);
    buf_printf(&b, "%s/%s%s.tif", j->out_dir, j->prefix, stem);
    free(stem);
    return b.s;
}

/* ---- one input ---- */

static void warn_of_maps(const struct masked_reader *reader)
{
    for (int i = 0; i < reader->found.n; i++)
        if (pixel_mask_on_map(reader->mask, i) < 0.999)
            msg_warn("%s: the class map %s covers %.1f %% of its pixels; the others do not "
                     "count",
                     reader->ras->path, reader->found.map[i].path,
                     100 * pixel_mask_on_map(reader->mask, i));
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

/* Nothing that is read, nor what another input has become, may be replaced. */
static int check_output(const struct regrid_run *j, const char *path, const char *output)
{
    const struct mask_found *found = &j->reader.found;
    const char *read[MASK_MAPS + 2] = {path, j->grid_path};
    for (int i = 0; i < found->n; i++)
        read[2 + i] = found->map[i].path;
    for (int i = 0; i < found->n + 2; i++)
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
    struct masked_reader *reader = &j->reader;
    struct scene scene;
    scene_parse(&scene, path);
    reader->options = &j->mask;
    reader->grid = &j->grid;
    reader->flags = j->spec.raw ? RAS_RAW : 0;
    int status = check_memory(j, source);
    if (status == MSG_OK)
        status = masked_reader_find(reader, path, &scene.date);
    if (status == MSG_OK)
        status = check_output(j, path, outcome->output);
    if (status == MSG_OK)
        status = masked_reader_open(reader, source, 0, j->spec.memory / 8);
    for (int i = 0; reader->quality && i < quality_count(j->mask.quality); i++)
        outcome->removed[i] = quality_removed(reader->quality, i);
    if (status == MSG_OK) {
        struct provenance tags = {0};
        provenance_describe(&tags, reader, &scene, &j->spec, j->grid_path);
        status = bands_make(&j->spec, reader, tags.tag, tags.n, outcome->output,
                            &outcome->summary);
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
            warn_of_maps(reader);
    }
    masked_reader_close(reader);
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
    for (int i = 0; i < quality_count(j->mask.quality); i++) {
        out_puts(j->o, "\tremoved:");
        rec_put_text(j->o, REC_TAB, quality_text(j->mask.quality, i));
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
    put_number(o, isfinite(s->mean) ? s->mean : NAN);
    put_number(o, s->coverage);
    out_char(o, '\t');
    out_write(o, text, num_fixed(text, seconds, 4));
    for (int i = 0; i < quality_count(j->mask.quality); i++)
        put_number(o, outcome->removed[i]);
    out_char(o, '\n');
}

int regrid_run_make(struct regrid_run *j, const char *path)
{
    struct timespec begin;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    int nrules = quality_count(j->mask.quality);
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
    masked_reader_free(&j->reader);
    mask_options_free(&j->mask);
    grid_free(&j->grid);
}
