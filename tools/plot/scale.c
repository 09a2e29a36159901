/* scale: ranges of values, and the round numbers that stand beside an axis. */
#include "scale.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include <float.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct plot_ticks plot_ticks(double least, double most, double least_step)
{
    static const double nice[] = {1, 2, 5, 10};
    struct plot_ticks t = {0};
    if (!(most >= least) || !(least_step > 0) || !isfinite(most - least))
        return t;
    /* A step that the numbers can tell apart. */
    least_step = fmax(least_step, 1e-12 * fmax(fabs(least), fabs(most)));
    int power = (int)floor(log10(least_step));
    size_t i = 0;
    while (i < 3 && nice[i] * pow(10, power) < least_step * (1 - 1e-9))
        i++;
    t.decimals = power + (i == 3) < 0 ? -power - (i == 3) : 0;
    t.decimals = t.decimals > 17 ? 17 : t.decimals;
    /* 10 to a negative power is no double; its inverse is one. */
    t.step = power < 0 ? nice[i] / pow(10, -power) : nice[i] * pow(10, power);
    t.first = ceil(least / t.step - 1e-6);
    double n = floor(most / t.step + 1e-6) - t.first + 1;
    t.n = n < 0 ? 0 : n > 1000 ? 1000 : (int)n;
    double largest = fmax(fabs(least), fabs(most));
    if (largest >= 1e8 || (largest < 1e-3 && t.decimals > 5)) {
        t.power = (int)floor(log10(largest));
        t.decimals = t.power > power + (i == 3) ? t.power - power - (i == 3) : 0;
    }
    return t;
}

bool plot_shows(const double range[2])
{
    double largest = fmax(fabs(range[0]), fabs(range[1]));
    return largest <= PLOT_MOST && range[1] - range[0] >= fmax(1e-100, 1e-12 * largest);
}

void plot_widen(double range[2], double share)
{
    if (!(range[0] <= range[1]))
        range[0] = range[1] = 0;
    double margin = plot_shows(range) ? share * (range[1] - range[0])
                                      : fmax(fabs(range[0]) * 1e-3, 0.5);
    range[0] -= margin;
    range[1] += margin;
}

void plot_include(double range[2], double v)
{
    range[0] = fmin(range[0], v);
    range[1] = fmax(range[1], v);
}

float plot_float(double v)
{
    return isfinite(v) ? (float)fmin(fmax(v, -FLT_MAX), FLT_MAX) : NAN;
}

double plot_tick(const struct plot_ticks *t, int i)
{
    return (t->first + i) * t->step;
}

size_t plot_tick_label(const struct plot_ticks *t, double v, char *s)
{
    bool negative = t->power < 0; /* 10 to a negative power is no double */
    double scale = pow(10, abs(t->power));
    size_t n = num_fixed(s, negative ? v * scale : v / scale, t->decimals);
    /* Minus zero. */
    if (*s == '-' && n == strspn(s, "-0."))
        memmove(s, s + 1, --n);
    if (!t->power || n == strspn(s, "0."))
        return t->power ? 1 : n;
    struct buf b = {0};
    buf_printf(&b,
               "\xc3\x97"
               "10^{%s%d}",
               negative ? "\xe2\x88\x92" : "", abs(t->power));
    memcpy(s + n, b.s, b.n);
    n += b.n;
    buf_free(&b);
    return n;
}

size_t plot_ticks_width(const struct plot_ticks *t)
{
    char s[NUM_FIXED_MAX];
    size_t longest = 0;
    for (int i = 0; i < t->n; i++) {
        size_t n = plot_tick_label(t, plot_tick(t, i), s);
        if (t->power && n > 1)
            n -= t->power < 0 ? 6 : 4; /* markup, and bytes that continue a character */
        longest = n > longest ? n : longest;
    }
    return longest;
}

/* Exactly, by two passes over the bits of floats, which are put in the order of the
 * numbers: counts of their upper halves, then of the lower halves of those that share the
 * upper. */
float plot_quantile(const float *v, size_t n, double share)
{
    uint32_t *high = mem_alloc(1 << 16, sizeof *high),
             *low = mem_alloc(1 << 16, sizeof *low);
    size_t total = 0, rank;
    uint32_t key = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < n; i++) {
            uint32_t u;
            if (isnan(v[i]))
                continue;
            memcpy(&u, &v[i], sizeof u);
            u ^= u >> 31 ? 0xffffffff : 0x80000000;
            if (!pass)
                high[u >> 16]++;
            else if (u >> 16 == key)
                low[u & 0xffff]++;
            total += !pass;
        }
        if (!pass)
            rank = total ? (size_t)(share * (double)(total - 1)) : 0;
        const uint32_t *bins = pass ? low : high;
        uint32_t bin = 0;
        while (bin < 0xffff && rank >= bins[bin])
            rank -= bins[bin++];
        key = pass ? key << 16 | bin : bin;
    }
    free(high);
    free(low);
    key ^= key >> 31 ? 0x80000000 : 0xffffffff;
    float f;
    memcpy(&f, &key, sizeof f);
    return total ? f : NAN;
}
