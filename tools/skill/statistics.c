/* statistics: what is said of a model, one row of a table each. */
#include "statistics.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/stats.h"
#include "ranks.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* a / b; of nothing and by nothing there is no share. */
static double over(double a, double b)
{
    return b != 0 ? a / b : NAN;
}

static double of_n(const struct skill_case *c)
{
    return (double)c->m.n;
}

static double of_dropped(const struct skill_case *c)
{
    return (double)c->pairs->dropped;
}

static double of_bias(const struct skill_case *c)
{
    return moments_bias(&c->m);
}

static double of_mae(const struct skill_case *c)
{
    return c->m.n ? c->m.abs_d : NAN;
}

static double of_rmse(const struct skill_case *c)
{
    return moments_rmse(&c->m);
}

static double of_ubrmse(const struct skill_case *c)
{
    return c->m.n < 2 ? NAN : sqrt(c->m.dd / c->m.w);
}

static double of_r(const struct skill_case *c)
{
    return moments_r(&c->m);
}

static double of_r2(const struct skill_case *c)
{
    return moments_r2(&c->m);
}

static double of_slope(const struct skill_case *c)
{
    return c->line.slope;
}

static double of_intercept(const struct skill_case *c)
{
    return c->line.intercept;
}

static double of_alpha(const struct skill_case *c)
{
    return sqrt(over(c->m.ss.hi, c->m.oo.hi));
}

static double of_beta(const struct skill_case *c)
{
    return over(c->m.s.hi, c->m.o.hi);
}

static double of_gamma(const struct skill_case *c)
{
    return over(of_alpha(c), of_beta(c));
}

static double distance(double a, double b, double c)
{
    return sqrt(a * a + b * b + c * c);
}

static double of_kge(const struct skill_case *c)
{
    return 1 - distance(of_r(c) - 1, of_alpha(c) - 1, of_beta(c) - 1);
}

static double of_kge2012(const struct skill_case *c)
{
    return 1 - distance(of_r(c) - 1, of_gamma(c) - 1, of_beta(c) - 1);
}

static double of_nse(const struct skill_case *c)
{
    return 1 - over(c->m.sse, c->m.oo.hi);
}

static double of_d(const struct skill_case *c)
{
    return 1 - over(c->m.sse, c->m.potential);
}

static double of_dr(const struct skill_case *c)
{
    double a = c->m.abs_d * c->m.w, b = 2 * c->m.spread;
    return a <= b ? 1 - over(a, b) : over(b, a) - 1;
}

static double of_mean_o(const struct skill_case *c)
{
    return c->m.n ? c->m.o.hi : NAN;
}

static double of_mean_s(const struct skill_case *c)
{
    return c->m.n ? c->m.s.hi : NAN;
}

static double of_sd_o(const struct skill_case *c)
{
    return c->m.n < 2 ? NAN : sqrt(c->m.oo.hi / c->m.w_less);
}

static double of_sd_s(const struct skill_case *c)
{
    return c->m.n < 2 ? NAN : sqrt(c->m.ss.hi / c->m.w_less);
}

static double of_rho(const struct skill_case *c)
{
    return c->rho;
}

static double of_tau(const struct skill_case *c)
{
    return c->tau;
}

static double of_error_q1(const struct skill_case *c)
{
    return c->error_q[0];
}

static double of_error_median(const struct skill_case *c)
{
    return c->error_q[1];
}

static double of_error_q3(const struct skill_case *c)
{
    return c->error_q[2];
}

static double of_nrmse_sd(const struct skill_case *c)
{
    return over(of_rmse(c), of_sd_o(c));
}

static double of_nrmse_range(const struct skill_case *c)
{
    return over(of_rmse(c), c->m.o_most - c->m.o_least);
}

static double of_nrmse_mean(const struct skill_case *c)
{
    return over(of_rmse(c), c->m.o.hi);
}

static double of_nrmse_iqr(const struct skill_case *c)
{
    return over(of_rmse(c), c->o_q[2] - c->o_q[0]);
}

const struct statistic skill_table[] = {
    {"n", of_n, SKILL_COUNT},
    {"bias", of_bias, SKILL_UNIT},
    {"mae", of_mae, SKILL_UNIT},
    {"rmse", of_rmse, SKILL_UNIT},
    {"ubrmse", of_ubrmse, SKILL_UNIT},
    {"r2", of_r2, 0},
    {"slope", of_slope, SKILL_FIT},
    {"intercept", of_intercept, SKILL_FIT | SKILL_UNIT},
    {"kge", of_kge, 0},
    {"r", of_r, 0},
    {"alpha", of_alpha, 0},
    {"beta", of_beta, 0},
    {"kge2012", of_kge2012, 0},
    {"gamma", of_gamma, 0},
    {"nse", of_nse, 0},
    {"d", of_d, 0},
    {"dr", of_dr, 0},
    {"mean_observed", of_mean_o, SKILL_UNIT},
    {"mean_model", of_mean_s, SKILL_UNIT},
    {"sd_observed", of_sd_o, SKILL_UNIT},
    {"sd_model", of_sd_s, SKILL_UNIT},
    {"spearman", of_rho, SKILL_RANKS},
    {"kendall", of_tau, SKILL_RANKS},
    {"error_q1", of_error_q1, SKILL_ERRORS | SKILL_UNIT},
    {"error_median", of_error_median, SKILL_ERRORS | SKILL_UNIT},
    {"error_q3", of_error_q3, SKILL_ERRORS | SKILL_UNIT},
    {"nrmse_sd", of_nrmse_sd, 0},
    {"nrmse_range", of_nrmse_range, 0},
    {"nrmse_mean", of_nrmse_mean, 0},
    {"nrmse_iqr", of_nrmse_iqr, SKILL_QUARTILES},
    {"dropped", of_dropped, SKILL_COUNT},
    {NULL, NULL, 0},
};

static int no_such(const char *option, struct slice name)
{
    struct buf all = {0};
    for (const struct statistic *s = skill_table; s->name; s++)
        buf_printf(&all, "%s%s", all.n ? ", " : "", s->name);
    int status = msg_usage("%s: there is no statistic \"%.*s\"; there are %s", option,
                           (int)name.n, name.s, all.s);
    buf_free(&all);
    return status;
}

int skill_choose(struct skill_choice *choice, const char *option, const char *list,
                 bool weights)
{
    struct slice name;
    size_t all = sizeof skill_table / sizeof *skill_table - 1;
    choice->n = 0;
    choice->item = mem_alloc(all, sizeof *choice->item);
    for (size_t i = 0; !list && i < all; i++)
        if (!weights || !(skill_table[i].traits & SKILL_RANKS))
            choice->item[choice->n++] = &skill_table[i];
    for (const char *rest = list; list_next(&rest, &name);) {
        const struct statistic *found = skill_table;
        while (found->name && !slice_is(name, found->name))
            found++;
        if (!found->name)
            return no_such(option, name);
        if (weights && found->traits & SKILL_RANKS)
            return msg_usage("%s: %s knows no weights", option, found->name);
        for (size_t i = 0; i < choice->n; i++)
            if (choice->item[i] == found)
                return msg_usage("%s: \"%s\" twice", option, found->name);
        choice->item[choice->n++] = found;
    }
    return MSG_OK;
}

void skill_choice_free(struct skill_choice *choice)
{
    free(choice->item);
    *choice = (struct skill_choice){0};
}

/* The quartiles of s - o, or of o, as base/stats.h has them. */
static void quartiles(const struct pairs *p, bool errors, double q[3])
{
    struct stat_sample *sample = mem_alloc(p->n, sizeof *sample);
    for (size_t i = 0; i < p->n; i++)
        sample[i] =
            (struct stat_sample){errors ? p->s[i] - p->o[i] : p->o[i], p->w ? p->w[i] : 1};
    stats_quartiles(sample, p->n, q);
    free(sample);
}

/* Adds a text to a list of them. */
static void say(struct buf *b, bool holds, const char *text)
{
    if (holds)
        buf_printf(b, "%s%s", b->n ? "; " : "", text);
}

static void give_reason(struct buf *b, const struct moments *m)
{
    say(b, m->n == 0, "no pairs");
    say(b, m->n == 1, "one pair");
    say(b, m->n > 1 && m->oo.hi == 0, "observed is constant");
    say(b, m->n > 1 && m->ss.hi == 0, "the model is constant");
    say(b, m->n > 0 && m->o.hi == 0, "the mean observed is 0");
    say(b, !isfinite(m->oo.hi + m->ss.hi + m->sse), "too large to square");
}

void skill_compute(const struct skill_choice *choice, const struct pairs *p, double *result,
                   struct buf *reason)
{
    struct skill_case c = {.pairs = p, .tau = NAN, .rho = NAN};
    unsigned needs = 0;
    for (size_t i = 0; i < choice->n; i++)
        needs |= choice->item[i]->traits;
    moments_of(&c.m, p);
    if (needs & SKILL_FIT)
        c.line = fit_line(choice->fit, p, &c.m);
    if (needs & SKILL_RANKS)
        ranks_correlate(p, &c.tau, &c.rho);
    if (needs & SKILL_ERRORS)
        quartiles(p, true, c.error_q);
    if (needs & SKILL_QUARTILES)
        quartiles(p, false, c.o_q);
    for (size_t i = 0; i < choice->n; i++)
        result[i] = choice->item[i]->of(&c);
    if (reason)
        give_reason(reason, &c.m);
}
