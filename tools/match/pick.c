/* pick: which of a tower's records go with an overpass. */
#include "pick.h"
#include "base/mem.h"
#include <math.h>
#include <stdlib.h>

static const double day = 86400;

void pick_reach(const struct match_options *o, const struct pick_time *t, double *low,
                double *high)
{
    /* Overpasses come in order of their first scenes, and solar days differ within a site
     * by the place of the pixel. */
    double slack = o->overpass;
    *low = t->seconds - slack;
    *high = t->seconds;
    if (o->pick == MATCH_DAILY) {
        *low = t->day - slack - day;
        *high = t->day + day;
    } else if (o->pick != MATCH_WITHIN) {
        *low += o->window[0];
        *high += o->window[1];
    }
}

static double middle_of(const struct held_record *h)
{
    return h->start + (h->end - h->start) / 2;
}

static double reference(const struct match_options *o, const struct held_record *h)
{
    return o->at == MATCH_START ? h->start : o->at == MATCH_END ? h->end : middle_of(h);
}

static void add(struct picked *p, struct held_record *h, double weight)
{
    if (p->n == p->cap) {
        p->record = mem_grow(p->record, &p->cap, p->n + 1, sizeof *p->record);
        p->w = mem_resize(p->w, p->cap, sizeof *p->w);
    }
    p->record[p->n] = h;
    p->w[p->n++] = weight;
}

static void pick_within(struct picked *p, const struct tower_window *w, double t)
{
    struct held_record *best = NULL;
    for (size_t i = 0; i < w->n; i++) {
        struct held_record *h = &w->record[i];
        if (h->start < t && t <= h->end &&
            (!best || h->start > best->start || h->end < best->end))
            best = h;
    }
    if (best)
        add(p, best, 1);
}

static bool in_window(const struct match_options *o, double reference, double t)
{
    return reference - t >= o->window[0] && reference - t <= o->window[1];
}

static void pick_nearest(struct picked *p, const struct match_options *o,
                         const struct tower_window *w, double t)
{
    struct held_record *best = NULL;
    double best_at = 0;
    for (size_t i = 0; i < w->n; i++) {
        double at = reference(o, &w->record[i]);
        double nearer = best ? fabs(best_at - t) - fabs(at - t) : 1;
        if (!in_window(o, at, t) || nearer < 0 || (nearer == 0 && at >= best_at))
            continue;
        best = &w->record[i];
        best_at = at;
    }
    if (best)
        add(p, best, 1);
}

static void pick_interpolate(struct picked *p, const struct match_options *o,
                             const struct tower_window *w, double t)
{
    struct held_record *before = NULL, *behind = NULL;
    for (size_t i = 0; i < w->n; i++) {
        struct held_record *h = &w->record[i];
        double at = middle_of(h);
        if (!in_window(o, at, t))
            continue;
        if (at <= t && (!before || at > middle_of(before)))
            before = h;
        if (at >= t && (!behind || at < middle_of(behind)))
            behind = h;
    }
    if (!before || !behind)
        return;
    double from = middle_of(before), span = middle_of(behind) - from;
    if (span == 0) {
        add(p, before, 1);
        return;
    }
    add(p, before, 1 - (t - from) / span);
    add(p, behind, (t - from) / span);
}

/* All whose middle is from low to high, without high itself where `open`. */
static void pick_all(struct picked *p, const struct tower_window *w, double low,
                     double high, bool open)
{
    for (size_t i = 0; i < w->n; i++) {
        double at = middle_of(&w->record[i]);
        if (at >= low && (open ? at < high : at <= high))
            add(p, &w->record[i], 1);
    }
}

void pick(struct picked *p, const struct match_options *o, const struct tower_window *w,
          const struct pick_time *t)
{
    p->n = 0;
    p->lag = NAN;
    switch ((enum match_pick)o->pick) {
    case MATCH_WITHIN:
        pick_within(p, w, t->seconds);
        break;
    case MATCH_NEAREST:
        pick_nearest(p, o, w, t->seconds);
        break;
    case MATCH_MEAN:
        pick_all(p, w, t->seconds + o->window[0], t->seconds + o->window[1], false);
        break;
    case MATCH_INTERPOLATE:
        pick_interpolate(p, o, w, t->seconds);
        break;
    case MATCH_DAILY:
        pick_all(p, w, t->day, t->day + day, true);
        break;
    }
    double sum = 0;
    for (size_t i = 0; i < p->n; i++)
        sum += reference(o, p->record[i]) - t->seconds;
    if (p->n)
        p->lag = o->pick == MATCH_INTERPOLATE ? 0 : sum / (double)p->n / 60;
}

void picked_free(struct picked *p)
{
    free(p->record);
    free(p->w);
    *p = (struct picked){0};
}
