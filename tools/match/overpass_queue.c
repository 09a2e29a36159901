/* overpass_queue: satellite records that wait until all scenes of their overpass are there.
 */
#include "overpass_queue.h"
#include "base/mem.h"
#include "base/num.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void overpass_init(struct overpass_queue *q, const struct rec_reader *r, double span)
{
    *q = (struct overpass_queue){.span = span,
                                 .layer = rec_column(r, "layer"),
                                 .n_column = rec_column(r, "n"),
                                 .zenith = rec_column(r, "view_zenith")};
}

void overpass_free(struct overpass_queue *q)
{
    for (size_t i = 0; i < q->cap; i++)
        held_free(&q->record[i]);
    free(q->record);
}

static bool same_layer(const struct overpass_queue *q, const struct held_record *a,
                       const struct held_record *b)
{
    if (q->layer < 0)
        return true;
    struct slice f = held_field(a, q->layer), g = held_field(b, q->layer);
    return f.n == g.n && memcmp(f.s, g.s, f.n) == 0;
}

void overpass_add(struct overpass_queue *q, const struct rec_reader *r, double seconds)
{
    if (q->n == q->cap) {
        size_t had = q->cap;
        q->record = mem_grow(q->record, &q->cap, q->n + 1, sizeof *q->record);
        memset(q->record + had, 0, (q->cap - had) * sizeof *q->record);
    }
    struct held_record *h = &q->record[q->n];
    held_set(h, r);
    h->start = h->end = h->first = seconds;
    for (size_t i = q->n; i > 0; i--)
        if (seconds - q->record[i - 1].first <= q->span &&
            same_layer(q, h, &q->record[i - 1])) {
            h->first = q->record[i - 1].first;
            break;
        }
    q->n++;
}

bool overpass_ready(const struct overpass_queue *q, double next)
{
    return q->n && next - q->record[0].first > q->span;
}

size_t overpass_gather(struct overpass_queue *q)
{
    size_t n = 1;
    for (size_t i = 1; i < q->n; i++) {
        if (q->record[i].first != q->record[0].first ||
            !same_layer(q, &q->record[i], &q->record[0]))
            continue;
        struct held_record h = q->record[i];
        memmove(q->record + n + 1, q->record + n, (i - n) * sizeof h);
        q->record[n++] = h;
    }
    return n;
}

/* A record's number, or `missing`. */
static double number_of(const struct held_record *h, int column, double missing)
{
    double v;
    if (column < 0)
        return missing;
    struct slice f = held_field(h, column);
    return num_parse(f.s, f.n, &v) && !isnan(v) ? v : missing;
}

/* Whether a is better than b, which comes before it. */
static bool better(const struct overpass_queue *q, const struct held_record *a,
                   const struct held_record *b)
{
    size_t missing_a = held_missing(a), missing_b = held_missing(b);
    if (missing_a != missing_b)
        return missing_a < missing_b;
    double n_a = number_of(a, q->n_column, -1), n_b = number_of(b, q->n_column, -1);
    if (n_a != n_b)
        return n_a > n_b;
    return number_of(a, q->zenith, HUGE_VAL) < number_of(b, q->zenith, HUGE_VAL);
}

size_t overpass_best(const struct overpass_queue *q, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (better(q, &q->record[i], &q->record[best]))
            best = i;
    return best;
}

void overpass_drop(struct overpass_queue *q, size_t n)
{
    for (size_t i = 0; i + n < q->n; i++) {
        struct held_record swap = q->record[i];
        q->record[i] = q->record[i + n];
        q->record[i + n] = swap;
    }
    q->n -= n;
}
