/* stats: statistics of values with weights. */
#include "stats.h"
#include "buf.h"
#include "cli.h"
#include "mem.h"
#include "num.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"value",  "mean",   "sum", "n",  "min",  "max",
                                    "stddev", "median", "q1",  "q3", "mode", "fraction"};
enum { NAMES = sizeof names / sizeof *names };

/* The classes of a fraction: numbers and ranges of them, as far as the text has some. */
static const char *take_ranges(struct stat_item *item, const char *s)
{
    struct buf name = {0};
    buf_puts(&name, item->name);
    for (;;) {
        size_t n = strcspn(s, ","), dash = 1;
        struct stat_range range;
        while (dash < n && s[dash] != '-')
            dash++;
        bool is_range = dash < n;
        if (!num_parse(s, is_range ? dash : n, &range.from) || isnan(range.from))
            break;
        range.to = range.from;
        if (is_range && (!num_parse(s + dash + 1, n - dash - 1, &range.to) ||
                         !(range.from <= range.to)))
            break;
        item->range = mem_resize(item->range, item->nranges + 1, sizeof *item->range);
        item->range[item->nranges++] = range;
        buf_putc(&name, '_');
        buf_add(&name, s, n);
        s += n;
        if (!*s)
            break;
        s++;
    }
    free(item->name);
    item->name = name.s;
    return s;
}

/* One statistic off the text; NULL when it is none that is allowed. */
static const char *take_item(struct stat_list *list, const char *s, unsigned allowed)
{
    size_t n = strcspn(s, ",:");
    for (int i = 0; i < NAMES; i++) {
        if (strlen(names[i]) != n || memcmp(names[i], s, n) != 0 || !(allowed & 1u << i))
            continue;
        list->item = mem_resize(list->item, list->n + 1, sizeof *list->item);
        struct stat_item *item = &list->item[list->n++];
        *item = (struct stat_item){.stat = (enum stat)i, .name = mem_text(names[i])};
        list->sorts = list->sorts || (i >= STAT_MEDIAN && i <= STAT_MODE);
        s += n;
        if (i == STAT_FRACTION) {
            if (*s != ':')
                return NULL;
            s = take_ranges(item, s + 1);
            return item->nranges ? s : NULL;
        }
        return *s == ':' ? NULL : *s ? s + 1 : s;
    }
    return NULL;
}

int stats_parse(struct stat_list *list, const char *option, const char *text,
                unsigned allowed)
{
    *list = (struct stat_list){0};
    const char *s = text;
    do
        s = take_item(list, s, allowed);
    while (s && *s);
    for (size_t i = 0; s && i < list->n; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(list->item[i].name, list->item[j].name) == 0)
                s = NULL;
    if (s && text[strlen(text) - 1] != ',')
        return MSG_OK;
    stats_free(list);
    struct buf b = {0};
    for (int i = 0; i < NAMES; i++)
        if (allowed & 1u << i)
            buf_printf(&b, "%s%s%s", b.n ? "," : "", names[i],
                       i == STAT_FRACTION ? ":CLASSES" : "");
    int status =
        cli_usage("%s: not a list of some of %s, each once: \"%s\"", option, b.s, text);
    buf_free(&b);
    return status;
}

void stats_free(struct stat_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->item[i].name);
        free(list->item[i].range);
    }
    free(list->item);
    *list = (struct stat_list){0};
}

bool stats_is_value(enum stat stat)
{
    return stat == STAT_VALUE || stat == STAT_MIN || stat == STAT_MAX || stat == STAT_MODE;
}

static int ascending(const void *a, const void *b)
{
    const struct stat_sample *s = a, *t = b;
    if (s->v != t->v)
        return s->v < t->v ? -1 : 1;
    return (s->w > t->w) - (s->w < t->w);
}

/* Samples in ascending order. p from 0 to 1. */
static double quantile(const struct stat_sample *s, size_t n, double total, double p)
{
    double first = s[0].w / 2, last = total - s[n - 1].w / 2;
    double place = first + p * (last - first), below = 0;
    size_t i = 0;
    /* The last sample whose middle is not beyond the place. */
    while (i + 1 < n && below + s[i].w + s[i + 1].w / 2 <= place)
        below += s[i++].w;
    if (i + 1 == n)
        return s[i].v;
    double middle = below + s[i].w / 2, next = below + s[i].w + s[i + 1].w / 2;
    double t = (place - middle) / (next - middle);
    return t <= 0 ? s[i].v : s[i].v + t * (s[i + 1].v - s[i].v);
}

/* Weights that differ by less, relatively, are equal: rounding must not break a tie. */
static const double tie = 1e-9;

static double mode(const struct stat_sample *s, size_t n)
{
    double best = s[0].v, most = 0;
    for (size_t i = 0; i < n;) {
        double w = 0, v = s[i].v;
        for (; i < n && s[i].v == v; i++)
            w += s[i].w;
        if (w > most * (1 + tie)) {
            most = w;
            best = v;
        }
    }
    return best;
}

static double fraction(const struct stat_item *item, const struct stat_sample *s, size_t n,
                       double total)
{
    double w = 0;
    for (size_t i = 0; i < n; i++) {
        bool is = false;
        for (size_t k = 0; k < item->nranges && !is; k++)
            is = s[i].v >= item->range[k].from && s[i].v <= item->range[k].to;
        w += is ? s[i].w : 0;
    }
    return w / total;
}

struct moments {
    double w, sum, mean, stddev, min, max;
};

static struct moments moments_of(const struct stat_sample *s, size_t n)
{
    struct moments m = {.min = s[0].v, .max = s[0].v};
    for (size_t i = 0; i < n; i++) {
        m.w += s[i].w;
        m.sum += s[i].w * s[i].v;
        m.min = s[i].v < m.min ? s[i].v : m.min;
        m.max = s[i].v > m.max ? s[i].v : m.max;
    }
    m.mean = m.sum / m.w;
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += s[i].w * (s[i].v - m.mean) * (s[i].v - m.mean);
    m.stddev = sqrt(squares / m.w);
    return m;
}

static double one(const struct stat_item *item, const struct moments *m,
                  const struct stat_sample *s, size_t n, double present)
{
    switch (item->stat) {
    case STAT_VALUE:
        return present;
    case STAT_MEAN:
        return m->mean;
    case STAT_SUM:
        return m->sum;
    case STAT_N:
        return m->w;
    case STAT_MIN:
        return m->min;
    case STAT_MAX:
        return m->max;
    case STAT_STDDEV:
        return m->stddev;
    case STAT_MEDIAN:
        return quantile(s, n, m->w, 0.5);
    case STAT_Q1:
        return quantile(s, n, m->w, 0.25);
    case STAT_Q3:
        return quantile(s, n, m->w, 0.75);
    case STAT_MODE:
        return mode(s, n);
    case STAT_FRACTION:
        return fraction(item, s, n, m->w);
    }
    return NAN;
}

void stats_compute(const struct stat_list *list, struct stat_sample *sample, size_t n,
                   double *result)
{
    if (!n) {
        for (size_t i = 0; i < list->n; i++)
            if (list->item[i].stat != STAT_VALUE)
                result[i] = list->item[i].stat == STAT_N ? 0 : NAN;
        return;
    }
    struct moments m = moments_of(sample, n);
    if (list->sorts)
        qsort(sample, n, sizeof *sample, ascending);
    for (size_t i = 0; i < list->n; i++)
        result[i] = one(&list->item[i], &m, sample, n, result[i]);
}
