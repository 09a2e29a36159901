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

/* Keys of twice the digits, as two rows of doubles; without lo they are doubles. */
struct keys {
    double *hi, *lo;
};

static inline bool above(const struct keys *k, size_t i, size_t j)
{
    return k->hi[i] > k->hi[j] || (k->lo && k->hi[i] == k->hi[j] && k->lo[i] > k->lo[j]);
}

static inline void copy_key(struct keys *to, size_t i, const struct keys *from, size_t j)
{
    to->hi[i] = from->hi[j];
    if (to->lo)
        to->lo[i] = from->lo[j];
}

/* Merges the runs [a, b) and [b, c); returns how often a key of the second is less than one
 * of the first. */
static uint64_t merge(const struct keys *from, struct keys *to, size_t a, size_t b,
                      size_t c)
{
    uint64_t inverted = 0;
    size_t i = a, j = b;
    for (size_t at = a; at < c; at++) {
        if (j == c || (i < b && !above(from, i, j))) {
            copy_key(to, at, from, i++);
        } else {
            inverted += b - i;
            copy_key(to, at, from, j++);
        }
    }
    return inverted;
}

/* Sorts n keys and returns how many pairs of them stood the wrong way about. `other` is
 * room for as many. */
static uint64_t inversions(struct keys *k, struct keys *other, size_t n)
{
    uint64_t inverted = 0;
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t a = 0; a < n; a += 2 * run) {
            size_t b = n - a > run ? a + run : n, c = n - b > run ? b + run : n;
            inverted += merge(k, other, a, b, c);
        }
        struct keys swap = *k;
        *k = *other;
        *other = swap;
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
    struct keys s = {.hi = mem_alloc(n, sizeof(double))},
                other = {.hi = mem_alloc(n, sizeof(double))};
    uint64_t all = choose_two(n), in_o, in_both;
    count_ties(point, n, &in_o, &in_both);
    for (size_t i = 0; i < n; i++)
        s.hi[i] = point[i].s;
    uint64_t discordant = inversions(&s, &other, n), in_s = ties_of(s.hi, n);
    if (in_o < all && in_s < all) {
        uint64_t concordant = all - in_o - in_s + in_both - discordant;
        double product = (double)(all - in_o) * (double)(all - in_s);
        *tau = ((double)concordant - (double)discordant) / sqrt(product);
        *rho = correlate_ranks(point, s.hi, n);
    }
    free(point);
    free(s.hi);
    free(other.hi);
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
    struct keys residual, other;
};

/* How many slopes are below b: as many as residuals s - b o that stand the wrong way about
 * in the order of o. (Those of one o are in order.) */
static uint64_t slopes_below(struct slopes *f, double b)
{
    for (size_t i = 0; i < f->n; i++) {
        struct dd r = dd_from(f->point[i].s, dd_product(b, f->point[i].o));
        f->residual.hi[i] = r.hi;
        f->residual.lo[i] = r.lo;
    }
    return inversions(&f->residual, &f->other, f->n);
}

/* The slope that has `before` smaller ones before it: the largest double with no more of
 * them below. */
static double slope_at(struct slopes *f, uint64_t before)
{
    int64_t low = place_of(-DBL_MAX), high = place_of(DBL_MAX);
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

double ranks_median_slope(const struct pairs *p)
{
    size_t n = p->n;
    struct point *point = sorted_points(p);
    uint64_t in_o, in_both;
    count_ties(point, n, &in_o, &in_both);
    uint64_t slopes = choose_two(n) - in_o;
    double slope = NAN;
    if (slopes) {
        double *room = mem_alloc(4 * n, sizeof *room);
        struct slopes f = {point, n, {room, room + n}, {room + 2 * n, room + 3 * n}};
        slope = slope_at(&f, slopes / 2);
        if (slopes % 2 == 0)
            slope = (slope_at(&f, slopes / 2 - 1) + slope) / 2;
        free(room);
    }
    free(point);
    return slope;
}
