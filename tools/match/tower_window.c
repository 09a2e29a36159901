/* tower_window: the tower's records about one time. */
#include "tower_window.h"
#include "base/mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

int tower_open(struct tower_window *w, const struct match_options *o, char *path)
{
    *w = (struct tower_window){0};
    int status = sorted_open(&w->in, path, &o->form, o->by, "--start", o->start, o->utc);
    if (status == MSG_OK)
        status = sorted_column(&w->in, "--end", o->end, &w->end);
    w->start = w->in.time;
    return status;
}

void tower_close(struct tower_window *w)
{
    for (size_t i = 0; i < w->cap; i++)
        held_free(&w->record[i]);
    free(w->record);
    buf_free(&w->site);
    buf_free(&w->alone_names);
    sorted_close(&w->in);
}

/* Reads the next record into in; the end is `over`. */
static int read_on(struct tower_window *w)
{
    int got = sorted_next(&w->in);
    w->pending = got > 0;
    w->over = got == 0;
    if (got > 0 && isnan(w->in.seconds)) {
        rec_complain(&w->in.in, w->start, "an interval without its start");
        return MSG_INPUT;
    }
    return got < 0 ? MSG_INPUT : MSG_OK;
}

static void note_alone(struct tower_window *w)
{
    enum { MANY = 5 };
    if (w->alone++ < MANY) {
        buf_puts(&w->alone_names, w->alone > 1 ? ", " : "");
        sorted_name(&w->alone_names, &w->in.key);
    }
}

/* Passes over all records of the pending one's key, which nobody seeks. */
static int pass_over(struct tower_window *w)
{
    int status = MSG_OK;
    struct buf key = {0};
    buf_add(&key, w->in.key.s, w->in.key.n);
    note_alone(w);
    while (status == MSG_OK && w->pending && sorted_compare(&key, &w->in.key) == 0)
        status = read_on(w);
    buf_free(&key);
    return status;
}

/* Takes the pending record, unless another has its interval. */
static int take(struct tower_window *w)
{
    double start = w->in.seconds, end;
    if (!sorted_time(&w->in, w->end, &end))
        return MSG_INPUT;
    if (!(start <= end)) {
        rec_complain(&w->in.in, w->end,
                     isnan(end) ? "an interval without its end"
                                : "an interval that ends before it starts");
        return MSG_INPUT;
    }
    w->first = w->known ? w->first : start;
    w->last = !w->known || end > w->last ? end : w->last;
    w->latest = start;
    w->known = true;
    for (size_t i = w->n; i > 0 && w->record[i - 1].start == start; i--)
        if (w->record[i - 1].end == end) {
            w->repeats++;
            return MSG_OK;
        }
    if (w->n == w->cap) {
        size_t had = w->cap;
        w->record = mem_grow(w->record, &w->cap, w->n + 1, sizeof *w->record);
        memset(w->record + had, 0, (w->cap - had) * sizeof *w->record);
    }
    struct held_record *h = &w->record[w->n++];
    held_set(h, &w->in.in);
    h->start = start;
    h->end = end;
    return MSG_OK;
}

/* Drops the records that end before `low`, and keeps their memory behind the others. Those
 * that start last stay, so that repeats of them are found. */
static void drop(struct tower_window *w, double low)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (w->record[i].end < low && w->record[i].start < w->latest)
            continue;
        if (i > kept) {
            struct held_record swap = w->record[kept];
            w->record[kept] = w->record[i];
            w->record[i] = swap;
        }
        kept++;
    }
    w->n = kept;
}

int tower_seek(struct tower_window *w, const struct buf *key, double low, double high)
{
    int status = MSG_OK;
    if (!w->sought || sorted_compare(&w->site, key) != 0) {
        /* What is left of the last one was sought. */
        while (status == MSG_OK && w->known && w->pending &&
               sorted_compare(&w->site, &w->in.key) == 0)
            status = read_on(w);
        buf_reset(&w->site);
        buf_add(&w->site, key->s, key->n);
        w->n = 0;
        w->known = w->ended = false;
        w->sought = true;
    }
    if (status == MSG_OK && !w->pending && !w->over)
        status = read_on(w);
    while (status == MSG_OK && w->pending && sorted_compare(&w->in.key, key) < 0)
        status = pass_over(w);
    while (status == MSG_OK && w->pending && sorted_compare(&w->in.key, key) == 0 &&
           w->in.seconds <= high) {
        status = take(w);
        if (status == MSG_OK)
            status = read_on(w);
    }
    w->ended = !w->pending || sorted_compare(&w->in.key, key) != 0;
    if (!w->known && !w->ended) {
        w->known = true;
        w->first = w->last = w->in.seconds;
    }
    drop(w, low);
    return status;
}

int tower_finish(struct tower_window *w)
{
    int status = MSG_OK;
    while (status == MSG_OK && w->known && w->pending &&
           sorted_compare(&w->site, &w->in.key) == 0)
        status = read_on(w);
    if (status == MSG_OK && !w->pending && !w->over)
        status = read_on(w);
    while (status == MSG_OK && w->pending)
        status = pass_over(w);
    return status;
}
