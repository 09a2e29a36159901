/* stats: statistics of values with weights. */
#include "base/stats.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* All names, an item's own and then those that gdalwarp has. */
static const struct {
    const char *name;
    enum stat_kind kind;
    double p;
} known[] = {
    {"value", STAT_VALUE, 0},
    {"mean", STAT_MEAN, 0},
    {"coverage", STAT_COVERAGE, 0},
    {"coverage_raw", STAT_COVERAGE_RAW, 0},
    {"n", STAT_N, 0},
    {"stddev", STAT_STDDEV, 0},
    {"variance", STAT_VARIANCE, 0},
    {"rms", STAT_RMS, 0},
    {"sum", STAT_SUM, 0},
    {"min", STAT_MIN, 0},
    {"max", STAT_MAX, 0},
    {"range", STAT_RANGE, 0},
    {"median", STAT_PERCENTILE, 0.5},
    {"q1", STAT_PERCENTILE, 0.25},
    {"q3", STAT_PERCENTILE, 0.75},
    {"iqr", STAT_IQR, 0},
    {"whisker_low", STAT_WHISKER_LOW, 0},
    {"whisker_high", STAT_WHISKER_HIGH, 0},
    {"mode", STAT_MODE, 0},
    {"fraction", STAT_FRACTION, 0},
};
enum { KNOWN = sizeof known / sizeof *known };
_Static_assert((int)KNOWN < (int)STATS_WORDS, "room for all");
static const char *const warpers[][2] = {{"average", "mean"}, {"med", "median"}};

void stats_list_names(struct buf *b, unsigned kinds)
{
    const char *comma = "";
    for (int i = 0; i < KNOWN; i++) {
        if (!(kinds & 1u << known[i].kind))
            continue;
        buf_printf(b, "%s%s%s", comma, known[i].name,
                   known[i].kind == STAT_FRACTION ? ":CLASSES" : "");
        comma = ", ";
        for (size_t k = 0; k < sizeof warpers / sizeof *warpers; k++)
            if (strcmp(warpers[k][1], known[i].name) == 0)
                buf_printf(b, " (or %s)", warpers[k][0]);
        if (strcmp(known[i].name, "q3") == 0)
            buf_puts(b, ", p0 to p100");
    }
}

void stats_words(const char *words[STATS_WORDS], unsigned kinds)
{
    int n = 0;
    for (int i = 0; i < KNOWN; i++)
        if (kinds & 1u << known[i].kind)
            words[n++] = known[i].name;
    words[n] = NULL;
}

bool stats_is_name(const char *text, unsigned kinds)
{
    struct stat_list list = {0};
    bool is =
        stats_add_item(&list, (struct slice){text, strlen(text)}, kinds) == STATS_ADDED &&
        strcmp(list.item[0].name, text) == 0;
    stats_free(&list);
    return is;
}

/* Adds classes to a fraction: a number, or a range of them. */
static bool take_range(struct stat_item *item, struct slice text)
{
    struct slice first, last;
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

static bool find_known(struct slice name, struct stat_item *item)
{
    for (size_t k = 0; k < sizeof warpers / sizeof *warpers; k++)
        if (slice_is(name, warpers[k][0]))
            name = (struct slice){warpers[k][1], strlen(warpers[k][1])};
    for (int i = 0; i < KNOWN; i++)
        if (slice_is(name, known[i].name)) {
            *item = (struct stat_item){
                .kind = known[i].kind, .p = known[i].p, .name = mem_text(known[i].name)};
            return true;
        }
    return false;
}

/* "p99.5"; the name of such a column is what was written. */
static enum stats_added find_percentile(struct slice text, struct stat_item *item)
{
    double percent;
    if (text.n < 2 || *text.s != 'p' || strchr("0123456789.-+", text.s[1]) == NULL ||
        !num_parse(text.s + 1, text.n - 1, &percent))
        return STATS_UNKNOWN;
    if (!(percent >= 0 && percent <= 100))
        return STATS_NO_PERCENT;
    struct buf name = {0};
    buf_printf(&name, "%.*s", (int)text.n, text.s);
    *item = (struct stat_item){.kind = STAT_PERCENTILE, .p = percent / 100, .name = name.s};
    return STATS_ADDED;
}

enum stats_added stats_add_item(struct stat_list *list, struct slice text, unsigned allowed)
{
    struct slice name, classes;
    struct stat_item item;
    bool has_classes = list_part(text, ':', &name, &classes);
    enum stats_added how =
        find_known(name, &item) ? STATS_ADDED : find_percentile(text, &item);
    if (how != STATS_ADDED)
        return how;
    if (!(allowed & 1u << item.kind) || has_classes != (item.kind == STAT_FRACTION) ||
        (has_classes && !take_range(&item, classes)))
        how = STATS_UNKNOWN;
    for (size_t i = 0; how == STATS_ADDED && i < list->n; i++)
        if (strcmp(list->item[i].name, item.name) == 0)
            how = STATS_TWICE;
    if (how != STATS_ADDED) {
        free(item.name);
        free(item.range);
        return how;
    }
    list->item = mem_resize(list->item, list->n + 1, sizeof *list->item);
    list->item[list->n++] = item;
    list->sorts = list->sorts || stats_needs_order(item.kind);
    return STATS_ADDED;
}

int stats_refuse(enum stats_added why, const char *option, const char *what,
                 struct slice text, const char *there)
{
    if (why == STATS_TWICE)
        return msg_usage("%s: named twice: \"%.*s\"", option, (int)text.n, text.s);
    if (why == STATS_NO_PERCENT)
        return msg_usage("%s: percentiles go from p0 to p100: \"%.*s\"", option,
                         (int)text.n, text.s);
    return msg_usage("%s: no such %s: \"%.*s\"; there are %s", option, what, (int)text.n,
                     text.s, there);
}

int stats_parse(struct stat_list *list, const char *option, const char *text,
                unsigned allowed)
{
    *list = (struct stat_list){0};
    enum stats_added how = STATS_ADDED;
    struct slice item;
    for (const char *rest = text; how == STATS_ADDED && list_next(&rest, &item);) {
        struct stat_item *last = list->n ? &list->item[list->n - 1] : NULL;
        if (!(last && last->kind == STAT_FRACTION && take_range(last, item)))
            how = stats_add_item(list, item, allowed);
    }
    /* Ranges come to a fraction's name one by one. */
    for (size_t i = 0; how == STATS_ADDED && i < list->n; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(list->item[i].name, list->item[j].name) == 0)
                how = STATS_TWICE;
    if (how == STATS_ADDED)
        return MSG_OK;
    struct buf there = {0};
    stats_list_names(&there, allowed);
    int status = stats_refuse(how, option, "statistic", item, there.s);
    buf_free(&there);
    stats_free(list);
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
    return kind == STAT_VALUE || kind == STAT_MIN || kind == STAT_MAX ||
           kind == STAT_WHISKER_LOW || kind == STAT_WHISKER_HIGH || kind == STAT_MODE;
}

static int ascending(const void *a, const void *b)
{
    const struct stat_sample *s = a, *t = b;
    if (s->v != t->v)
        return s->v < t->v ? -1 : 1;
    return (s->w > t->w) - (s->w < t->w);
}

/* p from 0 to 1. */
static double quantile(const struct stat_ordered *o, double p)
{
    const struct stat_sample *s = o->sample;
    size_t n = o->n;
    double first = s[0].w / 2, last = o->w - s[n - 1].w / 2;
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

/* The end of a box plot's whisker: the last value before the fence, which is where the
 * whisker may reach, but for the rounding of the quartiles. */
static double whisker(const struct stat_ordered *o, bool high)
{
    double q1 = quantile(o, 0.25), q3 = quantile(o, 0.75), iqr = q3 - q1;
    double slack = tie * (fabs(q1) + fabs(q3));
    double low = q1 - 1.5 * iqr - slack, most = q3 + 1.5 * iqr + slack;
    size_t i = 0, n = o->n;
    while (!high && i + 1 < n && o->sample[i].v < low)
        i++;
    while (high && n > 1 && o->sample[n - 1].v > most)
        n--;
    return high ? o->sample[n - 1].v : o->sample[i].v;
}

bool stats_needs_order(enum stat_kind kind)
{
    return kind >= STAT_PERCENTILE && kind <= STAT_MODE;
}

struct stat_ordered stats_order(struct stat_sample *sample, size_t n)
{
    struct stat_ordered o = {.sample = sample, .n = n};
    for (size_t i = 0; i < n; i++)
        o.w += sample[i].w;
    if (n)
        qsort(sample, n, sizeof *sample, ascending);
    return o;
}

double stats_of_ordered(const struct stat_item *item, const struct stat_ordered *o)
{
    if (!o->n)
        return NAN;
    switch (item->kind) {
    case STAT_PERCENTILE:
        return quantile(o, item->p);
    case STAT_IQR:
        return quantile(o, 0.75) - quantile(o, 0.25);
    case STAT_WHISKER_LOW:
    case STAT_WHISKER_HIGH:
        return whisker(o, item->kind == STAT_WHISKER_HIGH);
    case STAT_MODE:
        return mode(o->sample, o->n);
    default:
        return NAN;
    }
}

/* An item from the sums, or from all samples in order. */
static double one(const struct stat_list *list, size_t item, const struct stat_sums *sums,
                  const struct stat_ordered *ordered, double present)
{
    switch (list->item[item].kind) {
    case STAT_VALUE:
    case STAT_COVERAGE:
    case STAT_COVERAGE_RAW:
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
    case STAT_RANGE:
        return sums->max - sums->min;
    case STAT_STDDEV:
        return sqrt(sums->squares / sums->w);
    case STAT_VARIANCE:
        return sums->squares / sums->w;
    case STAT_RMS:
        return hypot(sums->sum / sums->w, sqrt(sums->squares / sums->w));
    case STAT_FRACTION:
        return sums->fraction[item] / sums->w;
    default:
        return stats_of_ordered(&list->item[item], ordered);
    }
}

static void put_results(const struct stat_list *list, struct stat_sums *sums,
                        const struct stat_ordered *ordered, double *result)
{
    for (size_t i = 0; i < list->n; i++) {
        enum stat_kind kind = list->item[i].kind;
        if (sums->w > 0) {
            double v = one(list, i, sums, ordered, result[i]);
            result[i] = isfinite(v) ? v : NAN; /* a sum may be beyond all doubles */
        } else if (kind != STAT_VALUE && !(stats_coverage & 1u << kind)) {
            result[i] = kind == STAT_N ? 0 : NAN;
        }
    }
    free(sums->fraction);
    *sums = (struct stat_sums){0};
}

void stats_finish(const struct stat_list *list, struct stat_sums *sums, double *result)
{
    const struct stat_ordered none = {0};
    put_results(list, sums, &none, result);
}

void stats_compute(const struct stat_list *list, struct stat_sample *sample, size_t n,
                   double *result)
{
    struct stat_sums sums = {0};
    struct stat_ordered ordered = {0};
    stats_add(list, &sums, sample, n);
    if (list->sorts)
        ordered = stats_order(sample, n);
    put_results(list, &sums, &ordered, result);
}

void stats_quartiles(struct stat_sample *sample, size_t n, double q[3])
{
    struct stat_item item[] = {{.kind = STAT_PERCENTILE, .p = 0.25},
                               {.kind = STAT_PERCENTILE, .p = 0.5},
                               {.kind = STAT_PERCENTILE, .p = 0.75}};
    const struct stat_list list = {.item = item, .n = 3, .sorts = true};
    stats_compute(&list, sample, n, q);
}
