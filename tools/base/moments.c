/* moments: sums over pairs, from which most statistics are made. */
#include "base/moments.h"

/* The first pass: what needs no means. */
struct firsts {
    struct dd w, ww, o, s, d, abs_d;
};

static void pass_first(struct moments *m, const struct pairs *p, struct firsts *f)
{
    m->o_least = m->o_most = p->o[0];
    m->s_least = m->s_most = p->s[0];
    for (size_t i = 0; i < p->n; i++) {
        double o = p->o[i], s = p->s[i], w = p->w ? p->w[i] : 1;
        struct dd d = dd_sum(s, -o);
        f->w = dd_add(f->w, (struct dd){w, 0});
        f->ww = dd_add(f->ww, dd_product(w, w));
        f->o = dd_add(f->o, dd_product(w, o));
        f->s = dd_add(f->s, dd_product(w, s));
        f->d = dd_add(f->d, dd_scaled(d, w));
        f->abs_d = dd_add(f->abs_d, dd_scaled(dd_abs(d), w));
        m->o_least = o < m->o_least ? o : m->o_least;
        m->o_most = o > m->o_most ? o : m->o_most;
        m->s_least = s < m->s_least ? s : m->s_least;
        m->s_most = s > m->s_most ? s : m->s_most;
    }
}

/* Adds w a b to a sum. */
static inline void add_product(struct dd *sum, struct dd a, struct dd b, double w)
{
    *sum = dd_add(*sum, dd_scaled(dd_times(a, b), w));
}

static void pass_second(struct moments *m, const struct pairs *p, struct dd mean_o,
                        struct dd mean_s, struct dd mean_d)
{
    struct dd oo = {0}, ss = {0}, os = {0}, dd = {0}, sse = {0}, spread = {0},
              potential = {0};
    for (size_t i = 0; i < p->n; i++) {
        double w = p->w ? p->w[i] : 1;
        struct dd o = dd_from(p->o[i], mean_o), s = dd_from(p->s[i], mean_s);
        struct dd d = dd_sum(p->s[i], -p->o[i]), about = dd_add(d, dd_minus(mean_d));
        struct dd both = dd_add(dd_abs(dd_from(p->s[i], mean_o)), dd_abs(o));
        add_product(&oo, o, o, w);
        add_product(&ss, s, s, w);
        add_product(&os, o, s, w);
        add_product(&dd, about, about, w);
        add_product(&sse, d, d, w);
        add_product(&potential, both, both, w);
        spread = dd_add(spread, dd_scaled(dd_abs(o), w));
    }
    m->oo = oo;
    m->ss = ss;
    m->os = os;
    m->dd = dd.hi;
    m->sse = sse.hi;
    m->spread = spread.hi;
    m->potential = potential.hi;
}

void moments_of(struct moments *m, const struct pairs *p)
{
    *m = (struct moments){.n = p->n};
    if (!p->n)
        return;
    struct firsts f = {0};
    pass_first(m, p, &f);
    struct dd o = dd_over(f.o, f.w), s = dd_over(f.s, f.w), d = dd_over(f.d, f.w);
    if (m->o_least == m->o_most)
        o = (struct dd){m->o_least, 0};
    if (m->s_least == m->s_most)
        s = (struct dd){m->s_least, 0};
    m->w = f.w.hi;
    m->w_less = dd_add(f.w, dd_minus(dd_over(f.ww, f.w))).hi;
    m->o = o;
    m->s = s;
    m->d = d.hi;
    m->abs_d = dd_over(f.abs_d, f.w).hi;
    pass_second(m, p, o, s, d);
}

double moments_bias(const struct moments *m)
{
    return m->n ? m->d : NAN;
}

double moments_rmse(const struct moments *m)
{
    return m->n ? sqrt(m->sse / m->w) : NAN;
}

/* The square of r. In twice the digits a straight line has just 1. */
static struct dd determination(const struct moments *m)
{
    if (m->oo.hi == 0 || m->ss.hi == 0)
        return (struct dd){NAN, 0};
    return dd_over(dd_times(dd_over(m->os, m->oo), m->os), m->ss);
}

double moments_r(const struct moments *m)
{
    return copysign(dd_root(determination(m)).hi, m->os.hi);
}

double moments_r2(const struct moments *m)
{
    return determination(m).hi;
}

struct moments_line moments_through(const struct moments *m, struct dd slope)
{
    struct dd intercept = dd_add(m->s, dd_minus(dd_times(slope, m->o)));
    return (struct moments_line){slope.hi, intercept.hi};
}

struct moments_line moments_ols(const struct moments *m)
{
    if (m->n < 2 || m->oo.hi == 0)
        return (struct moments_line){NAN, NAN};
    return moments_through(m, dd_over(m->os, m->oo));
}
