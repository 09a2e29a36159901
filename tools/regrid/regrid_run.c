/* regrid_run: regridding one input after the other. */
#include "regrid/regrid_run.h"
#include "area_kept.h"
#include "bands.h"
#include "base/atomic_file.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/msg.h"
#include "joblog.h"
#include "outcome.h"
#include "provenance.h"
#include "raster/raster.h"
#include "record/reader.h"
#include "scene/layers.h"
#include "scene/scene_name.h"
#include "sources.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *output_of(const struct regrid_run *j, const struct regrid_input *in)
{
    const char *path = in->path[0];
    struct buf b = {0};
    if (j->output)
        return mem_text(j->output);
    if (in->name) {
        buf_printf(&b, "%s/%s%s.tif", j->out_dir, j->prefix, in->name);
        return b.s;
    }
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

static void warn_of_maps(const struct sources *s)
{
    for (size_t k = 0; k < s->nreaders; k++) {
        const struct masked_reader *reader = &s->reader[k];
        for (int i = 0; i < reader->found.n; i++)
            if (pixel_mask_on_map(reader->mask, i) < 0.999)
                msg_warn("%s: the class map %s covers %.1f %% of its pixels; the others do "
                         "not count",
                         reader->ras->path, reader->found.map[i].path,
                         100 * pixel_mask_on_map(reader->mask, i));
    }
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

static int check_read(const char *path, const char *read, const char *kind,
                      const char *file)
{
    if (!same_file(read, file))
        return MSG_OK;
    msg_error("%s: its %s would replace %s", path, kind, read);
    return MSG_INPUT;
}

/* Nothing that is read may be replaced: by the raster, or by the record beside it. */
static int check_all_read(const struct regrid_run *j, const struct regrid_input *in,
                          const char *kind, const char *file)
{
    int status = check_read(in->path[0], j->grid_path, kind, file);
    for (size_t i = 0; i < in->n && status == MSG_OK; i++)
        status = check_read(in->path[0], in->path[i], kind, file);
    for (size_t k = 0; k < j->sources->nreaders; k++) {
        const struct mask_found *found = &j->sources->reader[k].found;
        for (int i = 0; i < found->n && status == MSG_OK; i++)
            status = check_read(in->path[0], found->map[i].path, kind, file);
    }
    return status;
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

static int check_memory(const struct regrid_run *j)
{
    for (size_t i = 0; i < j->sources->n; i++) {
        const struct source *s = &j->sources->source[i];
        size_t least = s->is_open ? bands_least_memory(&j->spec, &s->ras, s->part.band) : 0;
        if (j->spec.memory >= least)
            continue;
        msg_error("%s: --memory is too small for its blocks: at least %zuM", s->path,
                  (least >> 20) + 1);
        return MSG_INPUT;
    }
    return MSG_OK;
}

static int make_raster(struct regrid_run *j, struct outcome *outcome)
{
    struct sources *s = j->sources;
    struct provenance tags = {0};
    provenance_describe(&tags, s, &j->spec, j->grid_path);
    int status = bands_make(&j->spec, s->reader, s->nreaders, tags.tag, tags.n,
                            outcome->output, &outcome->summary);
    /* An older raster would look like what this run made. */
    if (status == MSG_OK && !outcome->summary.touches)
        status = atomic_file_remove(outcome->output);
    provenance_free(&tags);
    return status;
}

/* Of the rasters that are open. */
static int make_of(struct regrid_run *j, const struct regrid_input *in,
                   struct outcome *outcome)
{
    struct sources *s = j->sources;
    bool flags = layers_are_flags(s->scene.layer);
    int status = check_memory(j);
    if (status == MSG_OK)
        status = sources_turn(s, &j->mask, &j->grid, j->spec.raw || flags ? RAS_RAW : 0,
                              j->spec.memory / 8);
    if (status == MSG_OK)
        status = check_all_read(j, in, "output", outcome->output);
    for (int i = 0; i < quality_count(j->mask.quality); i++) {
        double sum = NAN;
        for (size_t k = 0; k < s->nreaders; k++) {
            double removed = masked_reader_removed(&s->reader[k], i);
            sum = isnan(sum) ? removed : isnan(removed) ? sum : sum + removed;
        }
        outcome->removed[i] = sum;
    }
    if (status == MSG_OK)
        status = make_raster(j, outcome);
    if (status == MSG_OK && outcome->summary.touches)
        warn_of_maps(s);
    return status;
}

static int make(struct regrid_run *j, const struct regrid_input *in,
                struct outcome *outcome)
{
    struct sources *s = j->sources;
    const struct sources_ask ask = {j->ask.band, &j->geolocation};
    int status = sources_open(s, in, &ask);
    if (status == MSG_OK)
        status = make_of(j, in, outcome);
    while (status == MSG_INPUT && s->nopen && sources_leave_out(s, &ask))
        status = make_of(j, in, outcome);
    if (status == MSG_OK) {
        const struct bands_summary *sum = &outcome->summary;
        bool whole = !sources_missing(s);
        outcome->status = !sum->touches    ? whole ? "outside" : "failed"
                          : !whole         ? "partial"
                          : sum->cells > 0 ? "ok"
                                           : "empty";
        outcome->rasters = s->nopen;
        status = whole ? MSG_OK : MSG_INPUT;
    }
    sources_close(s);
    return status;
}

static struct outcome_form form_of(const struct regrid_run *j, char delimiter)
{
    return (struct outcome_form){j->mask.quality, j->join >= 0, delimiter};
}

int regrid_run_start(struct regrid_run *j)
{
    const struct outcome_form form = form_of(j, j->csv ? REC_COMMA : REC_TAB);
    struct buf b = {0};
    j->sources = mem_alloc(1, sizeof *j->sources);
    if (!j->single)
        j->spec.kept = area_kept_open(bands_kept_memory(&j->spec));
    int status = j->joblog_path ? joblog_open(&j->joblog, j->joblog_path) : MSG_OK;
    outcome_add_legend(&b, &form);
    if (status == MSG_OK && !j->quiet)
        out_write(j->o, b.s, b.n);
    buf_free(&b);
    return status;
}

/* Of the files of all rasters: all sizes, the last time. */
static void take_stamp(const struct regrid_input *in, struct file_stamp *all)
{
    for (size_t i = 0; i < in->n; i++) {
        struct file_stamp one;
        char *file = ras_disk_of(in->path[i]);
        file_stamp_take(&one, file);
        free(file);
        if (one.seconds < all->seconds ||
            (one.seconds == all->seconds && one.nanoseconds < all->nanoseconds)) {
            one.seconds = all->seconds;
            one.nanoseconds = all->nanoseconds;
        }
        one.size += all->size;
        one.there = one.there && (all->there || !i);
        *all = one;
    }
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
static int make_recorded(struct regrid_run *j, const struct regrid_input *in,
                         const char *file, struct outcome *outcome,
                         const struct msg_kept *said)
{
    const struct outcome_form form = form_of(j, REC_TAB);
    bool made_before;
    int status = forget(file, &made_before);
    take_stamp(in, &outcome->stamp);
    if (status == MSG_OK)
        status = make(j, in, outcome);
    if (status != MSG_OK && status != MSG_SYSTEM && made_before &&
        !outcome_is_written(outcome))
        status = msg_worse(status, atomic_file_remove(outcome->output));
    outcome->message = said->text;
    if (!file || status == MSG_SYSTEM)
        return status;
    int written = outcome_write(file, outcome, &form);
    return written != MSG_OK ? written : j->quiet ? MSG_OK : status;
}

/* The record on standard output, and what it took. */
static int tell(struct regrid_run *j, const struct outcome *outcome,
                const struct joblog_time *time)
{
    const struct outcome_form form = form_of(j, j->csv ? REC_COMMA : REC_TAB);
    struct buf line = {0};
    outcome_add_record(&line, outcome, &form);
    if (!j->quiet)
        out_write(j->o, line.s, line.n);
    buf_free(&line);
    return j->joblog ? joblog_add(j->joblog, outcome->path, outcome->status, time) : MSG_OK;
}

int regrid_run_make(struct regrid_run *j, const struct regrid_input *in)
{
    const char *path = in->path[0];
    struct joblog_time time;
    struct msg_kept said = {.about = path, .silent = j->quiet};
    int nrules = quality_count(j->mask.quality);
    struct outcome outcome = {
        .path = path,
        .status = "failed",
        .output = output_of(j, in),
        .summary = {.cells = NAN, .n = NAN, .mean = NAN, .coverage = NAN},
        .removed = mem_alloc((size_t)nrules, sizeof(double))};
    for (int i = 0; i < nrules; i++)
        outcome.removed[i] = NAN;
    joblog_begin(&time);
    msg_keep(&said);
    int status = claim(j, path, outcome.output);
    char *file = j->records ? outcome_file(outcome.output) : NULL;
    if (status == MSG_OK && file)
        status = check_all_read(j, in, "record", file);
    if (status == MSG_OK)
        status = make_recorded(j, in, file, &outcome, &said);
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
    area_kept_close(j->spec.kept);
    joblog_close(j->joblog);
    names_free(&j->written);
    if (j->sources)
        sources_free(j->sources);
    free(j->sources);
    mask_options_free(&j->mask);
    geolocation_options_free(&j->geolocation);
    bands_free(&j->spec.list);
    grid_free(&j->grid);
}
