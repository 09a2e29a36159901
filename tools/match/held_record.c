/* held_record: a record that outlives its line. */
#include "held_record.h"
#include "base/mem.h"
#include "base/num.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void held_set(struct held_record *h, const struct rec_reader *r)
{
    size_t at = 0, n = 0;
    for (size_t i = 0; i < r->nfields; i++)
        n += r->field[i].n;
    if (h->text_cap < n + 1)
        h->text = mem_grow(h->text, &h->text_cap, n + 1, 1);
    if (h->stop_cap < r->nfields)
        h->stop = mem_grow(h->stop, &h->stop_cap, r->nfields, sizeof *h->stop);
    for (size_t i = 0; i < r->nfields; i++) {
        if (r->field[i].n)
            memcpy(h->text + at, r->field[i].s, r->field[i].n);
        h->stop[i] = at += r->field[i].n;
    }
    h->n = r->nfields;
    h->line = r->line;
}

void held_free(struct held_record *h)
{
    free(h->text);
    free(h->stop);
    *h = (struct held_record){0};
}

struct slice held_field(const struct held_record *h, int column)
{
    size_t from = column ? h->stop[column - 1] : 0;
    return (struct slice){h->text + from, h->stop[column] - from};
}

size_t held_missing(const struct held_record *h)
{
    size_t missing = 0;
    for (size_t i = 0; i < h->n; i++)
        missing += rec_is_missing(held_field(h, (int)i));
    return missing;
}

static void add_number(struct buf *b, double v)
{
    b->n += num_double(buf_room(b, NUM_MAX + 1), v);
    b->s[b->n] = '\0';
}

void held_combine(struct buf *b, struct held_record *const *record, const double *w,
                  size_t n, int column, bool strict)
{
    double sum = 0, total = 0, v;
    bool numbers = true, same = true, any = false, all = true;
    struct slice first = held_field(record[0], column);
    for (size_t i = 0; i < n; i++) {
        struct slice f = held_field(record[i], column);
        same = same && f.n == first.n && memcmp(f.s, first.s, f.n) == 0;
        v = NAN;
        numbers = numbers && (num_parse(f.s, f.n, &v) || rec_is_missing(f));
        any = any || !isnan(v);
        all = all && !isnan(v);
        if (!isnan(v)) {
            double weight = w ? w[i] : 1;
            sum += weight * v;
            total += weight;
        }
    }
    if (same)
        buf_add(b, first.s, first.n);
    else if (!numbers)
        buf_puts(b, "NA");
    else
        add_number(b, any && (all || !strict) ? sum / total : NAN);
}
