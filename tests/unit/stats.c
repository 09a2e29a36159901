/* Statistics against plain definitions, and what must hold whatever the weights are. */
#include "base/stats.h"
#include "base/msg.h"
#include "unit.h"
#include <stdint.h>
#include <stdlib.h>

static const unsigned all = ~0u;

static double random_of(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

static double stat_of(const char *name, const struct stat_sample *s, size_t n)
{
    struct stat_list list;
    double result[1] = {-1};
    struct stat_sample *copy = malloc((n + 1) * sizeof *copy);
    if (n)
        memcpy(copy, s, n * sizeof *copy);
    CHECK(stats_parse(&list, "--stat", name, all) == MSG_OK && list.n == 1);
    stats_compute(&list, copy, n, result);
    stats_free(&list);
    free(copy);
    return result[0];
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Hyndman and Fan's type 7, from its definition. */
static double type7(const struct stat_sample *s, size_t n, double p)
{
    double v[64];
    for (size_t i = 0; i < n; i++)
        v[i] = s[i].v;
    qsort(v, n, sizeof *v, by_value);
    double h = (double)(n - 1) * p, low = floor(h), high = ceil(h);
    return v[(int)low] + (h - low) * (v[(int)high] - v[(int)low]);
}

/* Interquartile range and whiskers, from Tukey's definition. */
static void check_box(const struct stat_sample *s, size_t n)
{
    double q1 = type7(s, n, 0.25), q3 = type7(s, n, 0.75), iqr = q3 - q1;
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (size_t i = 0; i < n; i++) {
        low = s[i].v >= q1 - 1.5 * iqr ? fmin(low, s[i].v) : low;
        high = s[i].v <= q3 + 1.5 * iqr ? fmax(high, s[i].v) : high;
    }
    CHECK_NEAR(stat_of("iqr", s, n), iqr, 1e-12);
    CHECK(stat_of("whisker_low", s, n) == low && stat_of("whisker_high", s, n) == high);
}

/* A value on the fence is within it, though quartiles are rounded: of the third row of a
 * table of AppEEARS (304.78, 301.98: fences at 308.98 and 297.78, and so are the whiskers).
 */
TEST(whiskers_reach_the_fence)
{
    struct stat_sample s[9];
    static const double v[9] = {297.76, 297.78, 301.98, 302, 303, 304, 304.78, 308.98, 309};
    for (int i = 0; i < 9; i++)
        s[i] = (struct stat_sample){v[i], 1};
    CHECK(stat_of("whisker_low", s, 9) == 297.78 &&
          stat_of("whisker_high", s, 9) == 308.98);
}

TEST(unit_weights)
{
    uint64_t seed = 1;
    for (size_t n = 1; n <= 40; n++) {
        struct stat_sample s[64];
        double sum = 0, squares = 0, raw = 0;
        for (size_t i = 0; i < n; i++) {
            s[i] = (struct stat_sample){floor(20 * random_of(&seed)), 1}; /* with equals */
            sum += s[i].v;
            raw += s[i].v * s[i].v;
        }
        for (size_t i = 0; i < n; i++)
            squares += (s[i].v - sum / (double)n) * (s[i].v - sum / (double)n);
        CHECK_NEAR(stat_of("median", s, n), type7(s, n, 0.5), 1e-12);
        CHECK_NEAR(stat_of("q1", s, n), type7(s, n, 0.25), 1e-12);
        CHECK_NEAR(stat_of("q3", s, n), type7(s, n, 0.75), 1e-12);
        CHECK_NEAR(stat_of("p99.5", s, n), type7(s, n, 0.995), 1e-12);
        CHECK_NEAR(stat_of("p5", s, n), type7(s, n, 0.05), 1e-12);
        CHECK(stat_of("p0", s, n) == type7(s, n, 0) &&
              stat_of("p100", s, n) == type7(s, n, 1));
        check_box(s, n);
        CHECK_NEAR(stat_of("mean", s, n), sum / (double)n, 1e-12);
        CHECK_NEAR(stat_of("stddev", s, n), sqrt(squares / (double)n), 1e-12);
        CHECK_NEAR(stat_of("variance", s, n), squares / (double)n, 1e-12);
        CHECK_NEAR(stat_of("rms", s, n), sqrt(raw / (double)n), 1e-12);
        CHECK(stat_of("range", s, n) == type7(s, n, 1) - type7(s, n, 0));
        CHECK_NEAR(stat_of("sum", s, n), sum, 1e-12);
        CHECK(stat_of("n", s, n) == (double)n);
        CHECK(stat_of("min", s, n) == type7(s, n, 0) &&
              stat_of("max", s, n) == type7(s, n, 1));
    }
}

TEST(weights)
{
    /* Whole weights are repeated values for all that are sums. */
    const struct stat_sample s[] = {{5, 2}, {1, 3}, {9, 1}};
    CHECK_NEAR(stat_of("mean", s, 3), 22.0 / 6, 1e-15);
    CHECK_NEAR(stat_of("sum", s, 3), 22, 0);
    CHECK_NEAR(stat_of("n", s, 3), 6, 0);
    CHECK_NEAR(stat_of("stddev", s, 3), sqrt((2 * 25 + 3 * 1 + 81) / 6.0 - 484.0 / 36),
               1e-14);
    CHECK_NEAR(stat_of("fraction:5-9", s, 3), 0.5, 0);
    CHECK_NEAR(stat_of("fraction:1,9", s, 3), 4.0 / 6, 1e-16);
    CHECK(stat_of("mode", s, 3) == 1);
    /* Middles of the weights: 1 at 1.5, 5 at 4, 9 at 5.5; the median at 3.5. */
    CHECK_NEAR(stat_of("median", s, 3), 1 + 4 * (3.5 - 1.5) / 2.5, 1e-15);
    CHECK_NEAR(stat_of("q3", s, 3), 5 + 4 * (4.5 - 4) / 1.5, 1e-15);
}

TEST(quantiles_behave)
{
    uint64_t seed = 7;
    for (int round = 0; round < 200; round++) {
        size_t n = 1 + (size_t)(20 * random_of(&seed));
        struct stat_sample s[32], scaled[32], mirrored[32], shuffled[32];
        for (size_t i = 0; i < n; i++) {
            s[i] = (struct stat_sample){random_of(&seed), 0.01 + random_of(&seed)};
            scaled[i] = (struct stat_sample){s[i].v, s[i].w * 8};
            mirrored[i] = (struct stat_sample){-s[i].v, s[i].w};
            shuffled[n - 1 - i] = s[i];
        }
        double low = stat_of("q1", s, n), middle = stat_of("median", s, n),
               high = stat_of("q3", s, n);
        CHECK(low <= middle && middle <= high);
        CHECK(low >= stat_of("min", s, n) && high <= stat_of("max", s, n));
        CHECK_NEAR(stat_of("q1", scaled, n), low, 1e-12);
        CHECK_NEAR(-stat_of("q3", mirrored, n), low, 1e-12);
        CHECK_NEAR(stat_of("median", shuffled, n), middle, 1e-12);
    }
}

TEST(mode_takes_the_smaller)
{
    const struct stat_sample s[] = {{7, 1}, {3, 0.5}, {3, 0.5}, {9, 0.9}};
    CHECK(stat_of("mode", s, 4) == 3);
}

/* In parts of any size the same; far from zero, where squares would lose their digits. */
TEST(parts)
{
    uint64_t seed = 9;
    struct stat_list list;
    CHECK(stats_parse(&list, "--stat", "mean,sum,n,min,max,stddev,fraction:0-1000000000.5",
                      all) == MSG_OK);
    CHECK(!list.sorts);
    for (int round = 0; round < 50; round++) {
        struct stat_sample s[500];
        double whole[7], parts[7];
        struct stat_sums sums = {0};
        for (size_t i = 0; i < 500; i++)
            s[i] = (struct stat_sample){1e9 + random_of(&seed), 0.01 + random_of(&seed)};
        for (size_t i = 0, n; i < 500; i += n) {
            n = (size_t)(random_of(&seed) * 60);
            n = n > 500 - i ? 500 - i : n;
            stats_add(&list, &sums, s + i, n);
        }
        stats_finish(&list, &sums, parts);
        stats_compute(&list, s, 500, whole);
        for (size_t i = 0; i < list.n; i++)
            CHECK_NEAR(parts[i] / whole[i], 1, i == 5 ? 1e-6 : 1e-13);
        CHECK_NEAR(parts[5], 0.29, 0.03);
    }
    struct stat_sums none = {0};
    double result[7];
    stats_finish(&list, &none, result);
    CHECK(isnan(result[0]) && result[2] == 0);
    stats_free(&list);
}

TEST(nothing)
{
    CHECK(stat_of("n", NULL, 0) == 0);
    CHECK(isnan(stat_of("mean", NULL, 0)));
    CHECK(isnan(stat_of("sum", NULL, 0)));
    CHECK(isnan(stat_of("fraction:1", NULL, 0)));
    CHECK(stat_of("value", NULL, 0) == -1); /* its owner's */
}

TEST(parsing)
{
    struct stat_list list;
    CHECK(stats_parse(&list, "--stat", "mean,fraction:3,10-15,q1,fraction:-2", all) ==
          MSG_OK);
    CHECK(list.n == 4);
    CHECK_TEXT(list.item[1].name, "fraction_3_10-15");
    CHECK(list.item[1].nranges == 2 && list.item[1].range[1].to == 15);
    CHECK_TEXT(list.item[3].name, "fraction_-2");
    stats_free(&list);
    static const char *const bad[] = {
        "",          "mean,",        "meen",         "mean,,n",    "fraction",
        "fraction:", "n,n",          "fraction:5-3", "fraction:x", "mean:3",
        "n n",       "mode",         "fraction:1,",  ",mean",      "p",
        "p101",      "p-1",          "p1e9",         "pnan",       "p 5",
        "p5,p5",     "average,mean", "p5:3",         "med,median"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(stats_parse(&list, "--stat", bad[i], all & ~(1u << STAT_MODE)) == MSG_USAGE);
}

int main(int argc, char **argv)
{
    (void)argc;
    msg_init(argv[0]);
    RUN(unit_weights);
    RUN(weights);
    RUN(quantiles_behave);
    RUN(mode_takes_the_smaller);
    RUN(parts);
    RUN(nothing);
    RUN(whiskers_reach_the_fence);
    RUN(parsing);
    return unit_end();
}
