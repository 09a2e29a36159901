/* ranks: statistics of the order that values have. */
#include "ranks.h"
#include "base/dd.h"
#include "base/mem.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct point {
    double o, s;
};

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_o_then_s(const void *a, const void *b)
{
    const struct point *p = a, *q = b;
    int first = compare(p->o, q->o);
    return first ? first : compare(p->s, q->s);
}

static int ascending(const void *a, const void *b)
{
    return compare(*(const double *)a, *(const double *)b);
}

void ranks_sort(double *v, size_t n)
{
    qsort(v, n, sizeof *v, ascending);
}

double ranks_quantile(const double *v, size_t n, double at)
{
    double place = (double)(n - 1) * at, whole = floor(place);
    size_t i = (size_t)whole;
    return i + 1 < n ? v[i] + (place - whole) * (v[i + 1] - v[i]) : v[n - 1];
}

static struct point *sorted_points(const struct pairs *p)
{
    struct point *point = mem_alloc(p->n, sizeof *point);
    for (size_t i = 0; i < p->n; i++)
        point[i] = (struct point){p->o[i], p->s[i]};
    qsort(point, p->n, sizeof *point, by_o_then_s);
    return point;
}

/* Keys to be sorted. Where they are residuals s - slope * o of points, rounded to doubles,
 * `point` says of which, and those that are equal go by what was rounded off; else it is
 * NULL. */
struct keys {
    double *v;
    uint32_t *point;
};

struct residuals {
    const struct point *point;
    double slope;
};

static double rounded_off(const struct residuals *r, uint32_t i)
{
    return dd_from(r->point[i].s, dd_product(r->slope, r->point[i].o)).lo;
}

/* Whether key i of `a` goes behind key j of `b`. */
static inline bool above(const struct keys *a, size_t i, const struct keys *b, size_t j,
                         const struct residuals *r)
{
    return a->v[i] > b->v[j] || (r && a->v[i] == b->v[j] &&
                                 rounded_off(r, a->point[i]) > rounded_off(r, b->point[j]));
}

static inline void copy_key(struct keys *to, size_t i, const struct keys *from, size_t j)
{
    to->v[i] = from->v[j];
    if (to->point)
        to->point[i] = from->point[j];
}

/* Sorts the keys [a, c) and returns how many pairs of them stood the wrong way about.
 * `room` is for half as many, and for one at least. */
static uint64_t inversions(struct keys *k, struct keys *room, size_t a, size_t c,
                           const struct residuals *r)
{
    enum { FEW = 12 };
    uint64_t inverted = 0;
    if (c - a <= FEW) {
        for (size_t i = a + 1; i < c; i++) {
            size_t j = i;
            copy_key(room, 0, k, i);
            for (; j > a && above(k, j - 1, room, 0, r); j--)
                copy_key(k, j, k, j - 1);
            copy_key(k, j, room, 0);
            inverted += i - j;
        }
        return inverted;
    }
    size_t b = a + (c - a) / 2, left = b - a;
    inverted = inversions(k, room, a, b, r) + inversions(k, room, b, c, r);
    if (!above(k, b - 1, k, b, r))
        return inverted;
    for (size_t i = 0; i < left; i++)
        copy_key(room, i, k, a + i);
    /* What is left of the second half stands where it belongs. */
    for (size_t i = 0, j = b, at = a; i < left; at++) {
        if (j < c && above(room, i, k, j, r)) {
            inverted += left - i;
            copy_key(k, at, k, j++);
        } else {
            copy_key(k, at, room, i++);
        }
    }
    return inverted;
}

static uint64_t choose_two(uint64_t n)
{
    return n < 2 ? 0 : n % 2 ? n * ((n - 1) / 2) : n / 2 * (n - 1);
}

/* Ties of points in o, and in both. */
static void count_ties(const struct point *p, size_t n, uint64_t *in_o, uint64_t *in_both)
{
    *in_o = *in_both = 0;
    for (size_t i = 0, same_o = 0, same = 0; i < n; i++) {
        bool o = i && p[i].o == p[i - 1].o, both = o && p[i].s == p[i - 1].s;
        same_o = o ? same_o + 1 : 0;
        same = both ? same + 1 : 0;
        *in_o += same_o;
        *in_both += same;
    }
}

static uint64_t ties_of(const double *v, size_t n)
{
    uint64_t ties = 0;
    for (size_t i = 1, same = 0; i < n; i++) {
        same = v[i] == v[i - 1] ? same + 1 : 0;
        ties += same;
    }
    return ties;
}

/* How many of n ascending values are below v, or, with `equal`, not above it. */
static size_t count_below(const double *v, size_t n, double x, bool equal)
{
    size_t from = 0;
    while (n) {
        size_t half = n / 2;
        bool below = equal ? v[from + half] <= x : v[from + half] < x;
        from += below ? half + 1 : 0;
        n = below ? n - half - 1 : half;
    }
    return from;
}

/* Pearson's r of mean ranks, for points in order of o and the values of s in order. Twice
 * the rank less the middle one is a whole number. */
static double correlate_ranks(const struct point *p, const double *s, size_t n)
{
    struct dd oo = {0}, ss = {0}, os = {0};
    for (size_t first = 0, end = 0; first < n; first = end) {
        while (end < n && p[end].o == p[first].o)
            end++;
        double a = (double)(first + end) - (double)n;
        for (size_t i = first; i < end; i++) {
            double b = (double)(count_below(s, n, p[i].s, false) +
                                count_below(s, n, p[i].s, true)) -
                       (double)n;
            oo = dd_add(oo, dd_product(a, a));
            ss = dd_add(ss, dd_product(b, b));
            os = dd_add(os, dd_product(a, b));
        }
    }
    return os.hi / sqrt(oo.hi * ss.hi);
}

void ranks_correlate(const struct pairs *p, double *tau, double *rho)
{
    *tau = *rho = NAN;
    size_t n = p->n;
    if (n < 2)
        return;
    struct point *point = sorted_points(p);
    struct keys s = {.v = mem_alloc(n, sizeof(double))},
                room = {.v = mem_alloc(n / 2, sizeof(double))};
    uint64_t all = choose_two(n), in_o, in_both;
    count_ties(point, n, &in_o, &in_both);
    for (size_t i = 0; i < n; i++)
        s.v[i] = point[i].s;
    uint64_t discordant = inversions(&s, &room, 0, n, NULL), in_s = ties_of(s.v, n);
    if (in_o < all && in_s < all) {
        uint64_t concordant = all - in_o - in_s + in_both - discordant;
        double product = (double)(all - in_o) * (double)(all - in_s);
        *tau = ((double)concordant - (double)discordant) / sqrt(product);
        *rho = correlate_ranks(point, s.v, n);
    }
    free(point);
    free(s.v);
    free(room.v);
}

/* ---- the median slope ---- */

/* Doubles as whole numbers in the same order, and back. */
static int64_t place_of(double v)
{
    int64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits < 0 ? INT64_MIN - bits : bits;
}

static double value_at(int64_t place)
{
    int64_t bits = place < 0 ? INT64_MIN - place : place;
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

struct slopes {
    const struct point *point; /* in order of o, then s */
    size_t n;
    struct keys residual, room;
};

/* How many slopes are below b: as many as residuals s - b o that stand the wrong way about
 * in the order of o. (Those of one o are in order.) */
static uint64_t slopes_below(struct slopes *f, double b)
{
    const struct residuals r = {f->point, b};
    for (size_t i = 0; i < f->n; i++) {
        f->residual.v[i] = dd_from(f->point[i].s, dd_product(b, f->point[i].o)).hi;
        f->residual.point[i] = (uint32_t)i;
    }
    return inversions(&f->residual, &f->room, 0, f->n, &r);
}

/* The slope that has `before` smaller ones before it, of those from place `low` to `high`:
 * the largest double with no more of them below. */
static double slope_at(struct slopes *f, uint64_t before, int64_t low, int64_t high)
{
    while (low < high) {
        int64_t middle = low / 2 + high / 2 + (low % 2 + high % 2) / 2;
        middle += middle == low;
        if (slopes_below(f, value_at(middle)) <= before)
            low = middle;
        else
            high = middle - 1;
    }
    return value_at(low);
}

/* The one before a slope that was found, mostly not far from it: the search goes down from
 * there in steps that double. */
static double slope_before(struct slopes *f, uint64_t before, double slope)
{
    int64_t high = place_of(slope), least = place_of(-DBL_MAX);
    for (uint64_t step = 1;; step *= 2) {
        bool far = (uint64_t)high - (uint64_t)least > step;
        int64_t low = far ? high - (int64_t)step : least;
        if (low == least || slopes_below(f, value_at(low)) <= before)
            return slope_at(f, before, low, high);
        high = low - 1;
    }
}

double ranks_median_slope(const struct pairs *p)
{
    size_t n = p->n;
    struct point *point = sorted_points(p);
    uint64_t in_o, in_both;
    count_ties(point, n, &in_o, &in_both);
    uint64_t slopes = choose_two(n) - in_o;
    double slope = NAN;
    if (slopes) {
        size_t all = n + n / 2;
        double *v = mem_alloc(all, sizeof *v);
        uint32_t *index = mem_alloc(all, sizeof *index);
        struct slopes f = {point, n, {v, index}, {v + n, index + n}};
        slope = slope_at(&f, slopes / 2, place_of(-DBL_MAX), place_of(DBL_MAX));
        if (slopes % 2 == 0)
            slope = (slope_before(&f, slopes / 2 - 1, slope) + slope) / 2;
        free(index);
        free(v);
    }
    free(point);
    return slope;
}
