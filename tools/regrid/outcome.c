/* outcome: what became of one input, as a record. */
#include "outcome.h"
#include "base/atomic_file.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include "base/out.h"
#include "record/writer.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add_text(struct buf *b, char delimiter, const char *text)
{
    buf_putc(b, delimiter);
    rec_add_text(b, delimiter, text ? text : "", text ? strlen(text) : 0);
}

static void add_number(struct buf *b, char delimiter, double v)
{
    char text[NUM_MAX];
    buf_putc(b, delimiter);
    buf_add(b, text, num_double(text, v));
}

bool outcome_is_written(const struct outcome *o)
{
    return strcmp(o->status, "ok") == 0 || strcmp(o->status, "empty") == 0 ||
           strcmp(o->status, "partial") == 0;
}

void outcome_add_legend(struct buf *b, const struct outcome_form *form)
{
    static const char *const first[] = {"status", "output", "cells",
                                        "n",      "mean",   "coverage"};
    static const char *const last[] = {"size", "mtime", "message"};
    char d = form->delimiter;
    buf_puts(b, d == REC_COMMA ? "path" : "#path");
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        add_text(b, d, first[i]);
    for (int i = 0; i < quality_count(form->rules); i++) {
        struct buf name = {0};
        buf_printf(&name, "removed:%s", quality_text(form->rules, i));
        add_text(b, d, name.s);
        buf_free(&name);
    }
    if (form->joins)
        add_text(b, d, "rasters");
    for (size_t i = 0; i < sizeof last / sizeof *last; i++)
        add_text(b, d, last[i]);
    buf_putc(b, '\n');
}

void outcome_add_record(struct buf *b, const struct outcome *o,
                        const struct outcome_form *form)
{
    char time[FILE_STAMP_TEXT] = "NaN", d = form->delimiter;
    rec_add_text(b, d, o->path, strlen(o->path));
    add_text(b, d, o->status);
    add_text(b, d, outcome_is_written(o) ? o->output : NULL);
    add_number(b, d, o->summary.cells);
    add_number(b, d, o->summary.n);
    add_number(b, d, isfinite(o->summary.mean) ? o->summary.mean : NAN);
    add_number(b, d, o->summary.coverage);
    for (int i = 0; i < quality_count(form->rules); i++)
        add_number(b, d, o->removed[i]);
    if (form->joins)
        add_number(b, d, (double)o->rasters);
    add_number(b, d, o->stamp.there ? (double)o->stamp.size : NAN);
    if (o->stamp.there)
        file_stamp_time(&o->stamp, time);
    add_text(b, d, time);
    add_text(b, d, o->message);
    buf_putc(b, '\n');
}

char *outcome_file(const char *raster)
{
    struct buf b = {0};
    const char *slash = strrchr(raster, '/'), *name = slash ? slash + 1 : raster;
    const char *dot = strrchr(name, '.');
    buf_add(&b, raster, dot && dot > name ? (size_t)(dot - raster) : strlen(raster));
    buf_puts(&b, ".tsv");
    return b.s;
}

int outcome_write(const char *file, const struct outcome *o,
                  const struct outcome_form *form)
{
    struct atomic_file f;
    struct out out;
    struct buf text = {0};
    int status = atomic_file_make_parents(file);
    if (status == MSG_OK)
        status = atomic_file_open(&f, file);
    if (status != MSG_OK)
        return status;
    outcome_add_legend(&text, form);
    outcome_add_record(&text, o, form);
    out_init(&out, dup(f.fd), file);
    out_write(&out, text.s, text.n);
    buf_free(&text);
    status = out_close(&out);
    if (status == MSG_OK)
        return atomic_file_commit(&f);
    atomic_file_abort(&f);
    return status;
}
