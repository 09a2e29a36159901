/* tower: files of flux towers in, records with intervals in UTC out. */
#include "tower/tower.h"
#include "base/date.h"
#include "base/mem.h"
#include "record/writer.h"
#include "tower_vars.h"
#include "utc_offsets.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
    const struct tower_options *o;
    struct utc_offsets offsets;
    struct tower_vars vars;
    struct out out;
    char delimiter;
    bool headed;
    enum tower_kind kind; /* of the first file */
    double *value;

    /* of the present file */
    struct tower_file file;
    char *site;        /* of the record before */
    double start, end; /* of the record before, on its own clock; NaN for none */
    size_t gaps;
    int status; /* bad records that were passed over */
};

/* ---- the output's head ---- */

static void put_pair(struct run *r, const char *head, const char *name, const char *value)
{
    struct buf key = {0};
    buf_printf(&key, "%s%s", head, name);
    rec_put_pair(&r->out, key.s, value);
    buf_free(&key);
}

static void put_meta(struct run *r)
{
    const struct tower_options *o = r->o;
    rec_put_pair(&r->out, "format", tower_kind_names[r->kind]);
    if (o->vars)
        rec_put_pair(&r->out, "flux", tower_flux_names[o->flux]);
    if (o->quality.kind)
        rec_put_pair(&r->out, "quality", o->quality.text);
    for (size_t i = 0; i < r->vars.n; i++) {
        const struct tower_var *v = &r->vars.var[i];
        if (o->vars)
            put_pair(r, "source.", v->name, v->source);
        if (v->unit && *v->unit && strcmp(v->unit, "--") != 0)
            put_pair(r, "unit.", v->name, v->unit);
    }
    if (o->command)
        rec_put_pair(&r->out, "cmd", o->command);
}

static void put_head(struct run *r)
{
    struct buf name = {0};
    if (!r->o->csv) {
        put_meta(r);
        out_char(&r->out, '#');
    }
    out_puts(&r->out, "site");
    for (int i = 0; i < 2; i++) {
        out_char(&r->out, r->delimiter);
        out_puts(&r->out, i ? "end" : "start");
    }
    for (size_t i = 0; i < r->vars.n; i++)
        for (int k = 0; k < (r->vars.var[i].shows_quality ? 2 : 1); k++) {
            buf_reset(&name);
            buf_printf(&name, "%s%s", r->vars.var[i].name, k ? "_QC" : "");
            out_char(&r->out, r->delimiter);
            rec_put_text(&r->out, r->delimiter, name.s);
        }
    out_char(&r->out, '\n');
    buf_free(&name);
}

/* ---- records ---- */

static void put_time(struct run *r, double seconds)
{
    struct date d = {0};
    char text[DATE_TEXT];
    double day = floor(seconds / 86400);
    int left = (int)(seconds - day * 86400);
    date_set_number(&d, (long)day);
    date_set_time(&d, left / 3600, left / 60 % 60, left % 60);
    date_text(&d, text);
    out_char(&r->out, r->delimiter);
    out_puts(&r->out, text);
}

static void put_record(struct run *r, double start, double end)
{
    rec_put_text(&r->out, r->delimiter, r->site);
    put_time(r, start);
    put_time(r, end);
    for (size_t i = 0; i < r->vars.n; i++)
        for (int k = 0; k < (r->vars.var[i].shows_quality ? 2 : 1); k++) {
            out_char(&r->out, r->delimiter);
            out_double(&r->out, r->value[2 * i + (size_t)k]);
        }
    out_char(&r->out, '\n');
}

/* The site of the present record; a new one has no record before. */
static void take_site(struct run *r)
{
    const struct tower_file *f = &r->file;
    struct slice site = f->site_column >= 0 ? f->field[f->site_column]
                                            : (struct slice){f->site, strlen(f->site)};
    if (r->site && slice_is(site, r->site))
        return;
    free(r->site);
    r->site = mem_slice(site.s, site.n);
    r->start = r->end = NAN;
}

/* How far the present record's clock is ahead of UTC, by the option, the file's column and
 * the table, which must not differ. */
static bool find_offset(const struct run *r, double *seconds)
{
    const struct tower_file *f = &r->file;
    double other;
    const char *wrong = NULL, *listed = names_owner(&r->offsets.hours, r->site);
    *seconds = round(r->o->utc_offset * 3600);
    if (listed)
        utc_offset_seconds(listed, strlen(listed), seconds);
    if (f->offset_column >= 0 && !rec_is_missing(f->field[f->offset_column])) {
        struct slice text = f->field[f->offset_column];
        wrong = utc_offset_seconds(text.s, text.n, &other);
        if (!wrong && !isnan(*seconds) && other != *seconds)
            wrong = "another offset than that of --utc-offset or --sites";
        *seconds = other;
        if (wrong)
            tower_file_complain(f, f->offset_column, wrong);
    } else if (isnan(*seconds)) {
        wrong = "";
        msg_error("%s: how far is the clock of %s ahead of UTC? Say so by --utc-offset or "
                  "--sites",
                  f->in.name, r->site);
    }
    return !wrong;
}

/* Whether the present record stands where it should; a gap before it is told. */
static bool check_order(struct run *r, double start, double end)
{
    enum { MANY = 5 };
    const struct tower_file *f = &r->file;
    const char *wrong = NULL;
    if (start == r->start && end == r->end)
        wrong = "the same interval as in the record before";
    else if (start < r->start)
        wrong = "it begins before the record before";
    else if (start < r->end)
        wrong = "it begins before the record before ends";
    if (wrong) {
        msg_error("%s:%zu: out of order: %s", f->in.name, f->in.line, wrong);
        return false;
    }
    if (start > r->end && r->gaps++ < MANY)
        msg_warn("%s:%zu: %g minutes are missing before it", f->in.name, f->in.line,
                 (start - r->end) / 60);
    r->start = start;
    r->end = end;
    return true;
}

static bool take_record(struct run *r)
{
    double start, end, offset = 0;
    bool utc;
    take_site(r);
    if (!tower_file_interval(&r->file, (enum tower_dates)r->o->dates, &start, &end, &utc) ||
        (!utc && !find_offset(r, &offset)) || !check_order(r, start, end) ||
        !tower_vars_read(&r->vars, r->o, &r->file, r->value))
        return false;
    put_record(r, start - offset, end - offset);
    return true;
}

/* ---- files ---- */

static int begin_file(struct run *r, char *path)
{
    struct tower_file *f = &r->file;
    int status = tower_file_open(f, r->o, path);
    if (status != MSG_OK)
        return status;
    if (!r->headed) {
        r->kind = f->kind;
        status = tower_vars_init(&r->vars, r->o, f);
        if (status != MSG_OK)
            return status;
        r->value = mem_alloc(2 * r->vars.n, sizeof *r->value);
        put_head(r);
        r->headed = true;
    } else if (f->kind != r->kind) {
        msg_error("%s: %s, where the files before are %s", f->in.name,
                  tower_kind_names[f->kind], tower_kind_names[r->kind]);
        return MSG_INPUT;
    }
    return tower_vars_place(&r->vars, r->o, f);
}

static int read_file(struct run *r, char *path)
{
    int status = begin_file(r, path);
    r->gaps = 0;
    for (int got; status == MSG_OK && (got = tower_file_next(&r->file)) != 0;) {
        if (got > 0 && take_record(r))
            continue;
        r->status = MSG_INPUT;
        if (!r->o->keep_going || got == -2)
            status = MSG_INPUT;
    }
    if (status == MSG_OK && r->gaps > 5)
        msg_warn("%s: %zu gaps in all", r->file.in.name, r->gaps);
    tower_file_close(&r->file);
    return status;
}

static void warn_empty(const struct run *r)
{
    for (size_t i = 0; i < r->vars.n; i++)
        if (!r->vars.var[i].values)
            msg_warn("%s has no value in any record", r->vars.var[i].name);
}

int tower(const struct tower_options *options, char **files, int nfiles)
{
    char stdin_name[] = "-";
    struct run r = {
        .o = options, .delimiter = options->csv ? ',' : '\t', .start = NAN, .end = NAN};
    int status = options->sites ? utc_offsets_read(&r.offsets, options->sites) : MSG_OK;
    out_init(&r.out, STDOUT_FILENO, "stdout");
    for (int i = 0; status == MSG_OK && i < (nfiles ? nfiles : 1); i++)
        status = read_file(&r, nfiles ? files[i] : stdin_name);
    if (status == MSG_OK)
        warn_empty(&r);
    status = msg_worse(msg_worse(status, r.status), out_close(&r.out));
    tower_vars_free(&r.vars);
    utc_offsets_free(&r.offsets);
    free(r.value);
    free(r.site);
    return status;
}
