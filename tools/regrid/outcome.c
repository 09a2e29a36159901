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

static void add_text(struct buf *b, const char *text)
{
    buf_putc(b, '\t');
    rec_add_text(b, REC_TAB, text ? text : "", text ? strlen(text) : 0);
}

static void add_number(struct buf *b, double v)
{
    char text[NUM_MAX];
    buf_putc(b, '\t');
    buf_add(b, text, num_double(text, v));
}

bool outcome_is_written(const struct outcome *o)
{
    return strcmp(o->status, "ok") == 0 || strcmp(o->status, "empty") == 0 ||
           strcmp(o->status, "partial") == 0;
}

void outcome_add_legend(struct buf *b, const struct quality_rules *rules, bool joins)
{
    buf_puts(b, "#path\tstatus\toutput\tcells\tn\tmean\tcoverage");
    for (int i = 0; i < quality_count(rules); i++) {
        const char *rule = quality_text(rules, i);
        buf_puts(b, "\tremoved:");
        rec_add_text(b, REC_TAB, rule, strlen(rule));
    }
    buf_puts(b, joins ? "\trasters" : "");
    buf_puts(b, "\tsize\tmtime\tmessage\n");
}

void outcome_add_record(struct buf *b, const struct outcome *o,
                        const struct quality_rules *rules, bool joins)
{
    char time[FILE_STAMP_TEXT] = "NaN";
    rec_add_text(b, REC_TAB, o->path, strlen(o->path));
    add_text(b, o->status);
    add_text(b, outcome_is_written(o) ? o->output : NULL);
    add_number(b, o->summary.cells);
    add_number(b, o->summary.n);
    add_number(b, isfinite(o->summary.mean) ? o->summary.mean : NAN);
    add_number(b, o->summary.coverage);
    for (int i = 0; i < quality_count(rules); i++)
        add_number(b, o->removed[i]);
    if (joins)
        add_number(b, (double)o->rasters);
    add_number(b, o->stamp.there ? (double)o->stamp.size : NAN);
    if (o->stamp.there)
        file_stamp_time(&o->stamp, time);
    add_text(b, time);
    add_text(b, o->message);
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
                  const struct quality_rules *rules, bool joins)
{
    struct atomic_file f;
    struct out out;
    struct buf text = {0};
    int status = atomic_file_make_parents(file);
    if (status == MSG_OK)
        status = atomic_file_open(&f, file);
    if (status != MSG_OK)
        return status;
    outcome_add_legend(&text, rules, joins);
    outcome_add_record(&text, o, rules, joins);
    out_init(&out, dup(f.fd), file);
    out_write(&out, text.s, text.n);
    buf_free(&text);
    status = out_close(&out);
    if (status == MSG_OK)
        return atomic_file_commit(&f);
    atomic_file_abort(&f);
    return status;
}
