/* dd: sums in twice the digits of a double.
 *
 * A number is hi + lo, with hi the double nearest to it: about 106 bits. Sums of millions
 * of terms then lose nothing that a double could show, in whatever order they come. The
 * steps are those of Dekker (1971) and Knuth; they need a compiler that keeps to IEEE 754,
 * and fma(3). */
#ifndef ECO_BASE_DD_H
#define ECO_BASE_DD_H

#include <math.h>

struct dd {
    double hi, lo;
};

/* For |a| >= |b|. */
static inline struct dd dd_quick(double a, double b)
{
    double hi = a + b;
    return (struct dd){hi, b - (hi - a)};
}

/* a + b, exact. */
static inline struct dd dd_sum(double a, double b)
{
    double hi = a + b, part = hi - a;
    return (struct dd){hi, (a - (hi - part)) + (b - part)};
}

/* a * b, exact. */
static inline struct dd dd_product(double a, double b)
{
    double hi = a * b;
    return (struct dd){hi, fma(a, b, -hi)};
}

static inline struct dd dd_add(struct dd a, struct dd b)
{
    struct dd s = dd_sum(a.hi, b.hi), t = dd_sum(a.lo, b.lo);
    s = dd_quick(s.hi, s.lo + t.hi);
    return dd_quick(s.hi, s.lo + t.lo);
}

static inline struct dd dd_minus(struct dd a)
{
    return (struct dd){-a.hi, -a.lo};
}

static inline struct dd dd_abs(struct dd a)
{
    return a.hi < 0 ? dd_minus(a) : a;
}

/* v - a */
static inline struct dd dd_from(double v, struct dd a)
{
    struct dd s = dd_sum(v, -a.hi);
    return dd_quick(s.hi, s.lo - a.lo);
}

static inline struct dd dd_times(struct dd a, struct dd b)
{
    struct dd p = dd_product(a.hi, b.hi);
    return dd_quick(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline struct dd dd_scaled(struct dd a, double b)
{
    struct dd p = dd_product(a.hi, b);
    return dd_quick(p.hi, p.lo + a.lo * b);
}

/* a / b, by a long division of three digits. */
static inline struct dd dd_over(struct dd a, struct dd b)
{
    double first = a.hi / b.hi;
    struct dd rest = dd_add(a, dd_minus(dd_scaled(b, first)));
    double second = rest.hi / b.hi;
    rest = dd_add(rest, dd_minus(dd_scaled(b, second)));
    struct dd q = dd_quick(first, second);
    return dd_add(q, (struct dd){rest.hi / b.hi, 0});
}

/* The root of a >= 0, by a step of Newton's. */
static inline struct dd dd_root(struct dd a)
{
    double root = sqrt(a.hi);
    if (root == 0 || !isfinite(root))
        return (struct dd){root, 0};
    struct dd rest = dd_add(a, dd_minus(dd_product(root, root)));
    return dd_quick(root, rest.hi / (2 * root));
}

#endif
