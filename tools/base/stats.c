/* stats: statistics of values with weights. */
#include "base/stats.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const stats_names[] = {"value", "mean",     "sum",    "n",  "min",
                                   "max",   "stddev",   "median", "q1", "q3",
                                   "mode",  "fraction", NULL};
enum { NAMES = sizeof stats_names / sizeof *stats_names - 1 };

/* Adds classes to a fraction: a number, or a range of them. */
static bool take_range(struct stat_item *item, struct list_item text)
{
    struct list_item first, last;
    struct stat_range range;
    bool is_range = list_part(text, '-', &first, &last);
    if (!num_parse(first.s, first.n, &range.from) || isnan(range.from))
        return false;
    range.to = range.from;
    if (is_range && (!num_parse(last.s, last.n, &range.to) || !(range.from <= range.to)))
        return false;
    item->range = mem_resize(item->range, item->nranges + 1, sizeof *item->range);
    item->range[item->nranges++] = range;
    struct buf name = {0};
    buf_printf(&name, "%s_%.*s", item->name, (int)text.n, text.s);
    free(item->name);
    item->name = name.s;
    return true;
}

/* One statistic; false when it is none that is allowed. */
static bool take_item(struct stat_list *list, struct list_item text, unsigned allowed)
{
    struct list_item name, classes;
    bool has_classes = list_part(text, ':', &name, &classes);
    for (int i = 0; i < NAMES; i++) {
        if (!list_is(name, stats_names[i]) || !(allowed & 1u << i))
            continue;
        list->item = mem_resize(list->item, list->n + 1, sizeof *list->item);
        struct stat_item *item = &list->item[list->n++];
        *item =
            (struct stat_item){.kind = (enum stat_kind)i, .name = mem_text(stats_names[i])};
        list->sorts = list->sorts || (i >= STAT_MEDIAN && i <= STAT_MODE);
        return has_classes == (i == STAT_FRACTION) &&
               (!has_classes || take_range(item, classes));
    }
    return false;
}

int stats_parse(struct stat_list *list, const char *option, const char *text,
                unsigned allowed)
{
    *list = (struct stat_list){0};
    bool good = true;
    struct list_item item;
    for (const char *rest = text; good && list_next(&rest, &item);) {
        struct stat_item *last = list->n ? &list->item[list->n - 1] : NULL;
        good = (last && last->kind == STAT_FRACTION && take_range(last, item)) ||
               take_item(list, item, allowed);
    }
    for (size_t i = 0; good && i < list->n; i++)
        for (size_t j = 0; j < i; j++)
            good = good && strcmp(list->item[i].name, list->item[j].name) != 0;
    if (good)
        return MSG_OK;
    stats_free(list);
    struct buf b = {0};
    for (int i = 0; i < NAMES; i++)
        if (allowed & 1u << i)
            buf_printf(&b, "%s%s%s", b.n ? "," : "", stats_names[i],
                       i == STAT_FRACTION ? ":CLASSES" : "");
    int status =
        msg_usage("%s: not a list of some of %s, each once: \"%s\"", option, b.s, text);
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

bool stats_is_value(enum stat_kind kind)
{
    return kind == STAT_VALUE || kind == STAT_MIN || kind == STAT_MAX || kind == STAT_MODE;
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

/* The number that a value's class is. */
static double class_of(const struct stat_list *list, double v)
{
    if (list->scale == 0)
        return v;
    double raw = (v - list->offset) / list->scale;
    return list->whole ? rint(raw) : raw;
}

static double weight_of_classes(const struct stat_list *list, const struct stat_item *item,
                                const struct stat_sample *s, size_t n)
{
    double w = 0;
    for (size_t i = 0; i < n; i++) {
        bool is = false;
        double v = class_of(list, s[i].v);
        for (size_t k = 0; k < item->nranges && !is; k++)
            is = v >= item->range[k].from && v <= item->range[k].to;
        w += is ? s[i].w : 0;
    }
    return w;
}

void stats_add(const struct stat_list *list, struct stat_sums *sums,
               const struct stat_sample *s, size_t n)
{
    if (!n)
        return;
    double w = 0, sum = 0, squares = 0, min = HUGE_VAL, max = -HUGE_VAL;
    for (size_t i = 0; i < n; i++) {
        w += s[i].w;
        sum += s[i].w * s[i].v;
        min = s[i].v < min ? s[i].v : min;
        max = s[i].v > max ? s[i].v : max;
    }
    double mean = sum / w;
    for (size_t i = 0; i < n; i++)
        squares += s[i].w * (s[i].v - mean) * (s[i].v - mean);
    if (sums->w > 0) {
        /* Squares about the mean of both parts (Chan, Golub and LeVeque 1979). */
        double apart = mean - sums->sum / sums->w;
        squares += sums->squares + apart * apart * (w * sums->w / (w + sums->w));
        min = sums->min < min ? sums->min : min;
        max = sums->max > max ? sums->max : max;
    }
    sums->w += w;
    sums->sum += sum;
    sums->squares = squares;
    sums->min = min;
    sums->max = max;
    for (size_t i = 0; i < list->n; i++) {
        if (list->item[i].kind != STAT_FRACTION)
            continue;
        if (!sums->fraction)
            sums->fraction = mem_alloc(list->n, sizeof *sums->fraction);
        sums->fraction[i] += weight_of_classes(list, &list->item[i], s, n);
    }
}

/* An item from the sums, or, ordered, from all samples in ascending order. */
static double one(const struct stat_list *list, size_t item, const struct stat_sums *sums,
                  const struct stat_sample *ordered, size_t n, double present)
{
    switch (list->item[item].kind) {
    case STAT_VALUE:
        return present;
    case STAT_MEAN:
        return sums->sum / sums->w;
    case STAT_SUM:
        return sums->sum;
    case STAT_N:
        return sums->w;
    case STAT_MIN:
        return sums->min;
    case STAT_MAX:
        return sums->max;
    case STAT_STDDEV:
        return sqrt(sums->squares / sums->w);
    case STAT_MEDIAN:
        return quantile(ordered, n, sums->w, 0.5);
    case STAT_Q1:
        return quantile(ordered, n, sums->w, 0.25);
    case STAT_Q3:
        return quantile(ordered, n, sums->w, 0.75);
    case STAT_MODE:
        return mode(ordered, n);
    case STAT_FRACTION:
        return sums->fraction[item] / sums->w;
    }
    return NAN;
}

static void put_results(const struct stat_list *list, struct stat_sums *sums,
                        const struct stat_sample *ordered, size_t n, double *result)
{
    for (size_t i = 0; i < list->n; i++) {
        if (sums->w > 0) {
            double v = one(list, i, sums, ordered, n, result[i]);
            result[i] = isfinite(v) ? v : NAN; /* a sum may be beyond all doubles */
        } else if (list->item[i].kind != STAT_VALUE) {
            result[i] = list->item[i].kind == STAT_N ? 0 : NAN;
        }
    }
    free(sums->fraction);
    *sums = (struct stat_sums){0};
}

void stats_finish(const struct stat_list *list, struct stat_sums *sums, double *result)
{
    put_results(list, sums, NULL, 0, result);
}

void stats_compute(const struct stat_list *list, struct stat_sample *sample, size_t n,
                   double *result)
{
    struct stat_sums sums = {0};
    stats_add(list, &sums, sample, n);
    if (list->sorts && n)
        qsort(sample, n, sizeof *sample, ascending);
    put_results(list, &sums, sample, n, result);
}
