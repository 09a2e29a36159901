/* regrid_run: regridding one input after the other. */
#include "regrid/regrid_run.h"
#include "bands.h"
#include "base/atomic_file.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "joblog.h"
#include "outcome.h"
#include "provenance.h"
#include "raster/raster.h"
#include "scene/band_choice.h"
#include "scene/layers.h"
#include "scene/scene_name.h"
#include "scene/scene_raster.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *output_of(const struct regrid_run *j, const char *path)
{
    if (j->output)
        return mem_text(j->output);
    struct buf b = {0};
    const char *band;
    char *file = ras_file_of(path, &band), *stem = scene_stem(file);
    buf_printf(&b, "%s/%s%s%s", j->out_dir, j->prefix, stem, band ? "_" : "");
    for (; band && *band; band++)
        buf_putc(&b, *band == '/' ? '_' : *band);
    buf_puts(&b, ".tif");
    free(stem);
    free(file);
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

/* read may be FILE:BAND. */
static bool same_file(const char *read, const char *output)
{
    struct stat x, y;
    char *file = ras_disk_of(read);
    bool same = stat(file, &x) == 0 && stat(output, &y) == 0 && x.st_dev == y.st_dev &&
                x.st_ino == y.st_ino;
    free(file);
    return same;
}

/* Nothing that is read may be replaced: by the raster, or by the record beside it. */
static int check_read(const struct regrid_run *j, const char *path, const char *kind,
                      const char *file)
{
    const struct mask_found *found = &j->reader.found;
    const char *read[MASK_MAPS + 2] = {path, j->grid_path};
    for (int i = 0; i < found->n; i++)
        read[2 + i] = found->map[i].path;
    for (int i = 0; i < found->n + 2; i++)
        if (same_file(read[i], file)) {
            msg_error("%s: its %s would replace %s", path, kind, read[i]);
            return MSG_INPUT;
        }
    return MSG_OK;
}

/* Each name of an output is that of one input. */
static int claim(struct regrid_run *j, const char *path, const char *output)
{
    const char *other = names_owner(&j->written, output);
    if (!other)
        names_take(&j->written, output, path);
    if (!other || strcmp(other, path) == 0)
        return MSG_OK;
    msg_error("%s: its output %s is already that of %s", path, output, other);
    return MSG_INPUT;
}

static int check_memory(const struct regrid_run *j, const struct ras *source, int band)
{
    size_t least = bands_least_memory(&j->spec, source, band);
    if (j->spec.memory >= least)
        return MSG_OK;
    msg_error("%s: --memory is too small for its blocks: at least %zuM", source->path,
              (least >> 20) + 1);
    return MSG_INPUT;
}

static int make(struct regrid_run *j, struct ras *source, struct outcome *outcome)
{
    const char *path = source->path;
    int band, status = band_choose(source, j->ask.band, &band);
    if (status != MSG_OK)
        return status;
    struct masked_reader *reader = &j->reader;
    struct scene scene;
    scene_of_raster(&scene, source, band);
    reader->options = &j->mask;
    reader->grid = &j->grid;
    bool flags = layers_are_flags(scene.layer);
    reader->flags = j->spec.raw || flags ? RAS_RAW : 0;
    status = check_memory(j, source, band);
    if (status == MSG_OK)
        status = masked_reader_find(reader, path, &scene.date);
    if (status == MSG_OK)
        status = check_read(j, path, "output", outcome->output);
    if (status == MSG_OK)
        status = masked_reader_open(reader, source, band, j->spec.memory / 8);
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
        if (s->touches)
            warn_of_maps(reader);
    }
    masked_reader_close(reader);
    return status;
}

int regrid_run_start(struct regrid_run *j)
{
    struct buf b = {0};
    int status = j->joblog_path ? joblog_open(&j->joblog, j->joblog_path) : MSG_OK;
    outcome_add_legend(&b, j->mask.quality);
    if (status == MSG_OK && !j->quiet)
        out_write(j->o, b.s, b.n);
    buf_free(&b);
    return status;
}

static int open_and_make(struct regrid_run *j, struct outcome *outcome)
{
    struct ras source;
    char *file = ras_disk_of(outcome->path);
    file_stamp_take(&outcome->stamp, file);
    free(file);
    int status = ras_open(&source, outcome->path);
    if (status != MSG_OK)
        return status;
    status = make(j, &source, outcome);
    ras_close(&source);
    return status;
}

/* The record of an earlier run goes first, so that what ends this process leaves none that
 * is not of what was asked for now. Where there was one, the raster is that run's. */
static int forget(const char *file, bool *was_there)
{
    struct stat st;
    *was_there = file && lstat(file, &st) == 0;
    return *was_there ? atomic_file_remove(file) : MSG_OK;
}

/* Averages an input whose output is its own, and writes the record beside the raster. A
 * raster that was good does not outlive its scene. What the system failed at has no record.
 */
static int make_recorded(struct regrid_run *j, const char *file, struct outcome *outcome,
                         const struct msg_kept *said)
{
    bool made_before;
    int status = forget(file, &made_before);
    if (status == MSG_OK)
        status = open_and_make(j, outcome);
    if (status != MSG_OK && status != MSG_SYSTEM && made_before)
        status = msg_worse(status, atomic_file_remove(outcome->output));
    outcome->message = said->text;
    if (!file || status == MSG_SYSTEM)
        return status;
    int written = outcome_write(file, outcome, j->mask.quality);
    return written != MSG_OK ? written : j->quiet ? MSG_OK : status;
}

/* The record on standard output, and what it took. */
static int tell(struct regrid_run *j, const struct outcome *outcome,
                const struct joblog_time *time)
{
    struct buf line = {0};
    outcome_add_record(&line, outcome, j->mask.quality);
    if (!j->quiet)
        out_write(j->o, line.s, line.n);
    buf_free(&line);
    return j->joblog ? joblog_add(j->joblog, outcome->path, outcome->status, time) : MSG_OK;
}

int regrid_run_make(struct regrid_run *j, const char *path)
{
    struct joblog_time time;
    struct msg_kept said = {.about = path, .silent = j->quiet};
    int nrules = quality_count(j->mask.quality);
    struct outcome outcome = {
        .path = path,
        .status = "failed",
        .output = output_of(j, path),
        .summary = {.cells = NAN, .n = NAN, .mean = NAN, .coverage = NAN},
        .removed = mem_alloc((size_t)nrules, sizeof(double))};
    for (int i = 0; i < nrules; i++)
        outcome.removed[i] = NAN;
    joblog_begin(&time);
    msg_keep(&said);
    int status = claim(j, path, outcome.output);
    char *file = j->records ? outcome_file(outcome.output) : NULL;
    if (status == MSG_OK && file)
        status = check_read(j, path, "record", file);
    if (status == MSG_OK)
        status = make_recorded(j, file, &outcome, &said);
    outcome.message = said.text;
    status = msg_worse(status, tell(j, &outcome, &time));
    char *untold =
        status != MSG_OK && said.silent && said.text ? mem_text(said.text) : NULL;
    msg_release(&said);
    if (untold)
        msg_error("%s: %s", path, untold);
    free(untold);
    free(file);
    free(outcome.output);
    free(outcome.removed);
    return status;
}

void regrid_run_free(struct regrid_run *j)
{
    joblog_close(j->joblog);
    names_free(&j->written);
    masked_reader_free(&j->reader);
    mask_options_free(&j->mask);
    bands_free(&j->spec.list);
    grid_free(&j->grid);
}
