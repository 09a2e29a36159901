/* plot: text for gnuplot, ticks, quantiles, areas of pixels. */
#include "plot/gnuplot.h"
#include "base/mem.h"
#include "base/num.h"
#include "plot/dates.h"
#include "unit.h"
#include <stdlib.h>

static void check_text(void (*add)(struct buf *, const char *), const char *text,
                       const char *wanted)
{
    struct buf b = {0};
    add(&b, text);
    CHECK_TEXT(b.s ? b.s : "", wanted);
    buf_free(&b);
}

TEST(text)
{
    check_text(plot_text, "", "");
    check_text(plot_text, "LST (K), 100 %d 'q' \"p\" $x `y`",
               "LST (K), 100 %d 'q' \"p\" $x `y`");
    check_text(plot_text, "_^@&~{}\\", "\\_\\^\\@\\&\\~\\{\\}\\\\");
    check_text(plot_text, "a\nb\tc\x7f", "a b c ");
    check_text(plot_text, "\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x98\x80",
               "\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x98\x80");
    /* No UTF-8: alone, cut off, longer than needed, a surrogate, too large. */
    check_text(plot_text, "\xff", "?");
    check_text(plot_text, "\xe6\xbc", "??");
    check_text(plot_text, "\xe6\xbc.", "??.");
    check_text(plot_text, "\xc0\xaf", "??");
    check_text(plot_text, "\xe0\x80\xaf", "???");
    check_text(plot_text, "\xed\xa0\x80", "???");
    check_text(plot_text, "\xf4\x90\x80\x80", "????");
    check_text(plot_text, "\xf0\x80\x80\xaf", "????");
}

TEST(units)
{
    check_text(plot_unit, "K", "K");
    check_text(plot_unit, "Kelvin", "K");
    check_text(plot_unit, "W m-2",
               "W m^{\xe2\x88\x92"
               "2}");
    check_text(plot_unit, "g  m-2 s-10",
               "g  m^{\xe2\x88\x92"
               "2} s^{\xe2\x88\x92"
               "10}");
    check_text(plot_unit, "1", "1");
    check_text(plot_unit, "-1", "-1");
    check_text(plot_unit, "kg H2O", "kg H2O");
    check_text(plot_unit, "mm/day", "mm/day");
    check_text(plot_unit, "a_b-3",
               "a\\_b^{\xe2\x88\x92"
               "3}");
}

TEST(fit)
{
    const struct plot p = {.scale = 1};
    double one = plot_text_width(&p, 1, 1);
    char *all = plot_fit(&p, "12345", 1, 5.01 * one),
         *cut = plot_fit(&p, "123456", 1, 5.01 * one);
    char *letters =
        plot_fit(&p, "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 1, 4.01 * one);
    CHECK_TEXT(all, "12345");
    CHECK_TEXT(cut, "1234\xe2\x80\xa6");
    CHECK_TEXT(letters, "\xc3\xa9\xc3\xa9\xc3\xa9\xe2\x80\xa6");
    free(all);
    free(cut);
    free(letters);
}

static void check_label(const struct plot_ticks *t, int i, const char *wanted)
{
    char s[NUM_FIXED_MAX + 1];
    s[plot_tick_label(t, plot_tick(t, i), s)] = '\0';
    CHECK_TEXT(s, wanted);
}

TEST(ticks)
{
    struct plot_ticks t = plot_ticks(9731.2, 9794.9, 7);
    CHECK(t.n == 6 && t.decimals == 0);
    check_label(&t, 0, "9740");
    check_label(&t, 5, "9790");
    t = plot_ticks(0, 1, 0.2);
    CHECK(t.n == 6 && t.decimals == 1);
    check_label(&t, 0, "0.0");
    check_label(&t, 3, "0.6");
    t = plot_ticks(-1e-3, 1e-3, 3e-4);
    CHECK(t.n == 5 && t.decimals == 4);
    check_label(&t, 2, "0.0000");
    check_label(&t, 0, "-0.0010");
    t = plot_ticks(-3.4e38, 3.4e38, 1e38);
    CHECK(t.n == 7 && plot_ticks_width(&t) == strlen("-3x1038"));
    check_label(&t, 0,
                "-3\xc3\x97"
                "10^{38}");
    check_label(&t, 3, "0");
    t = plot_ticks(1e-7, 2.5e-7, 5e-8);
    CHECK(plot_ticks_width(&t) == strlen("1.0x10-7"));
    check_label(&t, 1,
                "1.5\xc3\x97"
                "10^{\xe2\x88\x92"
                "7}");
    t = plot_ticks(1, 1, 0.1);
    CHECK(t.n == 1);
    CHECK(plot_ticks(NAN, NAN, NAN).n == 0);
    CHECK(plot_ticks(0, HUGE_VAL, 1).n == 0);
    CHECK(plot_ticks(0, 1, 0).n == 0);
}

/* What a label says: a number, or one times a power of ten. */
static double read_label(const struct plot_ticks *t, int i)
{
    char s[NUM_FIXED_MAX + 1];
    double v = NAN;
    size_t n = plot_tick_label(t, plot_tick(t, i), s);
    s[n] = '\0';
    char *times = strstr(s, "\xc3\x97");
    CHECK(num_parse(s, times ? (size_t)(times - s) : n, &v));
    if (!times)
        return v;
    char *minus = strstr(times, "\xe2\x88\x92"), *digits = times + 6 + (minus ? 3 : 0);
    CHECK(strncmp(times + 2, "10^{", 4) == 0 && s[n - 1] == '}');
    double power = 0;
    CHECK(num_parse(digits, strlen(digits) - 1, &power));
    return v * pow(10, minus ? -power : power);
}

/* Steps are 1, 2 or 5 times a power of ten, no smaller than asked for and no more than
 * 2.5 times as large; ticks lie inside, and no more would. */
TEST(ticks_of_all_sizes)
{
    unsigned seed = 1;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 1103515245u + 12345u;
        double size = pow(10, (int)(seed >> 16 & 15) - 6);
        seed = seed * 1103515245u + 12345u;
        double least = ((seed >> 16 & 0x7fff) / 32768.0 - 0.5) * size * 100;
        seed = seed * 1103515245u + 12345u;
        double most = least + ((seed >> 16 & 0x7fff) + 1) / 32768.0 * size;
        double step = (most - least) / (3 + (seed >> 8 & 7));
        struct plot_ticks t = plot_ticks(least, most, step);
        CHECK(t.step >= step * (1 - 1e-6) && t.step <= 2.5 * step * (1 + 1e-6));
        double digit = t.step / pow(10, floor(log10(t.step * 1.0000001)));
        CHECK(fabs(digit - 1) < 1e-6 || fabs(digit - 2) < 1e-6 || fabs(digit - 5) < 1e-6);
        double slack = t.step * 1e-5;
        for (int k = 0; k < t.n; k++)
            CHECK(plot_tick(&t, k) >= least - slack && plot_tick(&t, k) <= most + slack);
        CHECK(plot_tick(&t, -1) < least && plot_tick(&t, t.n) > most);
        /* The label says the value, not its neighbour. */
        CHECK_NEAR(read_label(&t, 0), plot_tick(&t, 0), t.step * 1e-6);
    }
}

/* A range can be shown after it was widened, whatever it is. */
TEST(ranges)
{
    static const double v[] = {0, 1, 300, 1e16, 1e16 + 2, 1e-320, 1e-99, 1e100};
    enum { N = sizeof v / sizeof *v };
    for (int i = 0; i < 4 * N * N; i++) {
        double a = v[i / 4 % N] * (i & 1 ? -1 : 1), b = v[i / 4 / N] * (i & 2 ? -1 : 1);
        double range[2] = {fmin(a, b), fmax(a, b)}, was = range[1] - range[0];
        plot_widen(range, 0.04);
        /* The largest number has no room for a margin. */
        CHECK(range[0] <= fmin(a, b) && range[1] >= fmax(a, b));
        CHECK(range[1] - range[0] > was && range[1] - range[0] < 3e100);
        CHECK(plot_ticks(range[0], range[1], (range[1] - range[0]) / 7).n > 2);
    }
    CHECK(!plot_shows((const double[]){1, 1}) && !plot_shows((const double[]){2, 1}));
    CHECK(!plot_shows((const double[]){NAN, 1}) &&
          !plot_shows((const double[]){0, HUGE_VAL}));
    CHECK(plot_shows((const double[]){290, 310}));
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

TEST(quantiles)
{
    enum { N = 5000 };
    float v[N], sorted[N];
    unsigned seed = 7;
    size_t n = 0;
    for (int i = 0; i < N; i++) {
        seed = seed * 1103515245u + 12345u;
        float f =
            (float)((int)(seed >> 8 & 0xffff) - 0x8000) * powf(2, (float)(seed >> 28) - 8);
        v[i] = i % 7 ? f : NAN;
        if (i % 7)
            sorted[n++] = f;
    }
    qsort(sorted, n, sizeof *sorted, by_value);
    for (int i = 0; i <= 100; i++)
        CHECK(plot_quantile(v, N, i / 100.0) ==
              sorted[(size_t)(i / 100.0 * (double)(n - 1))]);
    CHECK(isnan(plot_quantile(v, 1, 0.5)) && isnan(plot_quantile(v, 0, 0.5)));
    const float signs[] = {-1, -0.5F, 0, 1e-40F, 3};
    CHECK(plot_quantile(signs, 5, 0) == -1 && plot_quantile(signs, 5, 1) == 3);
    CHECK(plot_quantile(signs, 5, 0.5) == 0);
}

/* Marks between two times, as "label@seconds" joined by blanks. */
static void check_dates(double from, double to, double apart, const char *wanted)
{
    int n;
    struct buf b = {0};
    struct plot_mark *mark = plot_dates(from, to, apart, &n);
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%s%s@%.0f", i ? " " : "", mark[i].label, mark[i].at);
    CHECK_TEXT(b.s ? b.s : "", wanted);
    buf_free(&b);
    free(mark);
}

TEST(dates)
{
    const double day = 86400;
    /* As date -u -d ... +%s has them. */
    check_dates(1577836800 - 10, 1583020800 + 10, 25 * day,
                "2020-01@1577836800 2020-02@1580515200 2020-03@1583020800");
    check_dates(1582934400, 1583107200, 0.9 * day,
                "2020-02-29@1582934400 2020-03-01@1583020800 2020-03-02@1583107200");
    check_dates(1583020800, 1583020800 + 7200, 3600,
                "03-01 00:00@1583020800 03-01 01:00@1583024400 03-01 02:00@1583028000");
    check_dates(946684800 - 1, 1577836800 + 1, 9.9 * 365 * day,
                "2000@946684800 2010@1262304000 2020@1577836800");
    check_dates(-86400.0 * 366, 0, 364 * day, "1969@-31536000 1970@0");
    check_dates(5, 5, 1, "");
    /* Every day of four centuries, one after the other. */
    int n, next = 0;
    for (int year = 1800; year < 2200; year += 2) {
        struct plot_mark *mark = plot_dates((year - 1970) * 365.2425 * day,
                                            (year - 1968) * 365.2425 * day, day, &n);
        for (int i = 1; i < n; i++) {
            int before = (int)strtol(mark[i - 1].label + 8, NULL, 10);
            next = (int)strtol(mark[i].label + 8, NULL, 10);
            CHECK(next == before + 1 || (next == 1 && before >= 28));
        }
        CHECK(n >= 730 && n <= 732);
        free(mark);
    }
}

int main(void)
{
    RUN(text);
    RUN(units);
    RUN(fit);
    RUN(ticks);
    RUN(ticks_of_all_sizes);
    RUN(ranges);
    RUN(quantiles);
    RUN(dates);
    return unit_end();
}
