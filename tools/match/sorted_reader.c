/* sorted_reader: a stream of records that is sorted by some columns and then by time. */
#include "sorted_reader.h"
#include "base/date.h"
#include "record/columns.h"
#include <math.h>
#include <string.h>

int sorted_column(struct sorted_reader *s, const char *option, const char *name,
                  int *column)
{
    int n;
    *column = -1;
    return name ? columns_find(&s->in, option, name, 1, 1, column, &n) : MSG_OK;
}

int sorted_open(struct sorted_reader *s, char *path, const struct rec_form *form,
                const char *by, const char *option, const char *time, bool utc)
{
    *s = (struct sorted_reader){.path = path, .utc = utc, .last = -HUGE_VAL};
    rec_form_open(&s->in, &s->path, 1, form);
    int status = rec_head(&s->in);
    if (status == MSG_OK)
        status = rec_form_check_legend(&s->in);
    if (status == MSG_OK)
        status = columns_find(&s->in, "--by", by, 1, SORTED_BY, s->by, &s->nby);
    for (int i = 0; status == MSG_OK && i < s->nby; i++)
        if (s->by[i] < 0)
            status = msg_usage("--by: an empty name: \"%s\"", by);
    if (status == MSG_OK)
        status = sorted_column(s, option, time, &s->time);
    return status;
}

void sorted_close(struct sorted_reader *s)
{
    rec_close(&s->in);
    buf_free(&s->key);
    buf_free(&s->before);
}

int sorted_compare(const struct buf *a, const struct buf *b)
{
    int order = memcmp(a->s, b->s, a->n < b->n ? a->n : b->n);
    return order ? order : (a->n > b->n) - (a->n < b->n);
}

void sorted_name(struct buf *b, const struct buf *key)
{
    for (const char *s = key->s; s < key->s + key->n; s += strlen(s) + 1)
        buf_printf(b, "%s%s", s > key->s ? " " : "", s);
}

bool sorted_time(const struct sorted_reader *s, int column, double *seconds)
{
    struct slice f = s->in.field[column];
    struct date date;
    const char *wrong = NULL;
    *seconds = NAN;
    if (rec_is_missing(f))
        return true;
    if (!date_parse(&date, f.s, f.n))
        wrong = "not a time such as 2020-08-08T09:46:21Z";
    else if (!date.has_time)
        wrong = "a day without a time of day";
    else if (f.n == strlen("2020-08-08T09:46:21") && !s->utc)
        wrong = "a time without a zone (say --utc if it is UTC)";
    *seconds = date_seconds(&date);
    if (wrong)
        rec_complain(&s->in, column, wrong);
    return !wrong;
}

/* A text as a word of a shell. */
static void quote(struct buf *b, const char *s)
{
    buf_putc(b, '\'');
    for (; *s; s++)
        buf_puts(b, *s == '\'' ? "'\\''" : (const char[]){*s, '\0'});
    buf_putc(b, '\'');
}

/* What is wrong with the order, and the command that mends it. */
static void tell_order(const struct sorted_reader *s, const char *what)
{
    struct buf name = {0}, path = {0}, keys = {0};
    char csv[] = {'-', 't', ' ', '\'', s->in.delimiter, '\'', '\0'};
    const char *part = s->in.delimiter == REC_TAB     ? "-t \"$(printf '\\t')\""
                       : s->in.delimiter == REC_BLANK ? "-b"
                                                      : csv;
    sorted_name(&name, &s->key);
    quote(&path, s->path);
    for (int i = 0; i < s->nby; i++)
        buf_printf(&keys, " -k%d,%d", s->by[i] + 1, s->by[i] + 1);
    buf_printf(&keys, " -k%d,%d", s->time + 1, s->time + 1);
    if (!s->in.marked)
        msg_error("%s:%zu: %s %s; this sorts: { head -n 1 %s; tail -n +2 %s | LC_ALL=C "
                  "sort -s %s%s; }",
                  s->in.name, s->in.line, name.s, what, path.s, path.s, part, keys.s);
    else
        msg_error("%s:%zu: %s %s; this sorts: { grep '^#' %s; grep -v '^#' %s | LC_ALL=C "
                  "sort -s %s%s; }",
                  s->in.name, s->in.line, name.s, what, path.s, path.s, part, keys.s);
    buf_free(&name);
    buf_free(&path);
    buf_free(&keys);
}

static bool check_order(struct sorted_reader *s)
{
    int order = s->any ? sorted_compare(&s->before, &s->key) : -1;
    if (order > 0) {
        tell_order(s, "stands behind a later one of --by");
        return false;
    }
    if (order == 0 && s->seconds < s->last) {
        tell_order(s, "stands behind a later time");
        return false;
    }
    if (order < 0) {
        struct buf swap = s->before;
        s->before = s->key;
        s->key = swap;
        buf_reset(&s->key);
        buf_add(&s->key, s->before.s, s->before.n);
    }
    if (order < 0 || !isnan(s->seconds))
        s->last = isnan(s->seconds) ? -HUGE_VAL : s->seconds;
    s->any = true;
    return true;
}

int sorted_next(struct sorted_reader *s)
{
    int got = rec_next(&s->in);
    if (got <= 0)
        return got < 0 ? -1 : 0;
    buf_reset(&s->key);
    for (int i = 0; i < s->nby; i++) {
        struct slice f = s->in.field[s->by[i]];
        buf_add(&s->key, f.s, f.n);
        buf_putc(&s->key, '\0');
    }
    return sorted_time(s, s->time, &s->seconds) && check_order(s) ? 1 : -1;
}
