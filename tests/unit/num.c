/* Numbers as text: exact there and back, strict on what is none. */
#include "base/num.h"
#include "unit.h"
#include <stdint.h>
#include <stdlib.h>

static const char *shortest(double v)
{
    static char s[NUM_MAX + 1];
    s[num_double(s, v)] = '\0';
    return s;
}

static bool parses(const char *s, double *v)
{
    return num_parse(s, strlen(s), v);
}

TEST(layout)
{
    CHECK_TEXT(shortest(0.1), "0.1");
    CHECK_TEXT(shortest(100000), "100000");
    CHECK_TEXT(shortest(-0.0), "-0");
    CHECK_TEXT(shortest(1e16), "10000000000000000");
    CHECK_TEXT(shortest(1e17), "1e+17");
    CHECK_TEXT(shortest(1e-5), "0.00001");
    CHECK_TEXT(shortest(9e-6), "9e-06");
    CHECK_TEXT(shortest((double)NAN), "NaN");
    CHECK_TEXT(shortest(-HUGE_VAL), "-inf");
    char s[NUM_MAX + 1];
    s[num_float(s, 303.5609F)] = '\0';
    CHECK_TEXT(s, "303.5609");
}

/* Random bit patterns: every double must come back, and strtod must agree. */
TEST(there_and_back)
{
    uint64_t seed = 88172645463325252u;
    int bad = 0, differ = 0;
    for (int i = 0; i < 200000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        double v, back = 0;
        memcpy(&v, &seed, sizeof v);
        if (!isfinite(v))
            continue;
        const char *s = shortest(v);
        bad += !parses(s, &back) || memcmp(&v, &back, sizeof v) != 0;
        differ += strtod(s, NULL) != v;
    }
    CHECK(bad == 0);
    CHECK(differ == 0);
}

/* A stream of bits that is the same each time. */
static uint64_t scramble(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* The digits of a number without point, exponent and the zeros around them. */
static void digits_of(char *to, const char *s)
{
    size_t n = 0, last = 0;
    for (; *s && *s != 'e'; s++)
        if ((*s >= '1' && *s <= '9') || (*s == '0' && n)) {
            to[n++] = *s;
            last = *s == '0' ? last : n;
        }
    to[last] = '\0';
}

/* Whether a text has as few digits as can be, and the best ones, by printf: one digit
 * less does not read back to v, and as many are these. */
static bool is_shortest(const char *s, double v)
{
    char ours[64], theirs[64], text[64];
    digits_of(ours, s);
    int n = (int)strlen(ours);
    if (n > 1) {
        snprintf(text, sizeof text, "%.*e", n - 2, v);
        if (strtod(text, NULL) == v)
            return false;
    }
    snprintf(text, sizeof text, "%.*e", n ? n - 1 : 0, v);
    digits_of(theirs, text);
    return strcmp(ours, theirs) == 0;
}

/* As coordinates are: of every size below 2^53, with few decimals or all. */
TEST(shortest_coordinates)
{
    uint64_t seed = 2463534242u;
    int bad = 0, differ = 0;
    for (int i = 0; i < 200000; i++) {
        double v = (double)(int64_t)scramble(&seed) * pow(2, -11 - (double)(i % 70));
        int decimals = (int)(scramble(&seed) % 10);
        if (i % 3 == 0)
            v = round(v * pow(10, decimals)) / pow(10, decimals);
        double back;
        const char *s = shortest(v);
        bad += !is_shortest(s, v);
        differ += !parses(s, &back) || memcmp(&back, &v, sizeof v) != 0;
    }
    CHECK(bad == 0);
    CHECK(differ == 0);
}

/* Plain decimals are read without the library: they must be what strtod makes of them. */
TEST(parses_as_strtod)
{
    uint64_t seed = 362436069u;
    int differ = 0;
    for (int i = 0; i < 200000; i++) {
        char s[40];
        int digits = 1 + (int)(scramble(&seed) % 18);
        int n = snprintf(s, sizeof s, "%s%0*llu", i % 2 ? "-" : "", digits,
                         (unsigned long long)(scramble(&seed) % 1000000000000000000u));
        int point = (int)(scramble(&seed) % (uint64_t)(n + 3));
        if (point > i % 2 && point <= n) {
            memmove(s + point + 1, s + point, (size_t)(n - point) + 1);
            s[point] = '.';
        }
        double v, expected = strtod(s, NULL);
        differ += !parses(s, &v) || memcmp(&v, &expected, sizeof v) != 0;
    }
    CHECK(differ == 0);
}

TEST(strict)
{
    static const char *const wrong[] = {
        "",  "12,5", "1 ",  " 1", "0x10", "1e", "--1", "+-1",  "foo", "1.2.3", "nano",
        "+", "1_0",  "+NA", "٣",  ".",    "-",  "-.",  "1.2.", "1-",  "1.-2"};
    double v;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(!parses(wrong[i], &v));
    CHECK(parses("+1.5", &v) && v == 1.5);
    CHECK(parses("NA", &v) && isnan(v));
    CHECK(parses("NaN", &v) && isnan(v));
    CHECK(parses("nan", &v) && isnan(v));
    CHECK(parses("1e400", &v) && isinf(v));
    CHECK(parses("7e9223372036854775807", &v) && isinf(v));
    CHECK(parses("-7e9223372036854775807", &v) && isinf(v) && v < 0);
    CHECK(parses("0.07e-9223372036854775808", &v) && v == 0);
    CHECK(parses("-1e-400", &v) && v == 0 && signbit(v));
    CHECK(parses(".5", &v) && v == 0.5);
    CHECK(parses("5.", &v) && v == 5);
}

/* Infinite or nothing: long numbers whose zeros and exponents may undo each other. */
TEST(beyond_doubles)
{
    static const char *const ends[] = {"",
                                       "e400",
                                       "e-400",
                                       "e+50",
                                       "e-50",
                                       "e99999999999999999999",
                                       "e-99999999999999999999"};
    for (int zeros = 0; zeros < 400; zeros += 57)
        for (int nines = 1; nines < 400; nines += 99)
            for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
                for (int point = -1; point <= zeros + nines; point += 1 + zeros / 2) {
                    char text[900];
                    int n = 0;
                    text[n++] = zeros % 2 ? '-' : '+';
                    for (int i = 0; i < zeros + nines; i++) {
                        if (i == point)
                            text[n++] = '.';
                        text[n++] = i < zeros ? '0' : '9';
                    }
                    strcpy(text + n, ends[e]);
                    double v;
                    CHECK(parses(text, &v) && v == strtod(text, NULL));
                }
}

TEST(fixed_as_printf)
{
    static const double values[] = {0.5,        1.5,     2.5,        0.125,
                                    1e15 + 0.3, -0.0005, 123456.785, 9.9999};
    char ours[NUM_FIXED_MAX + 1], theirs[NUM_FIXED_MAX + 1];
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        for (int d = 0; d <= 17; d++) {
            ours[num_fixed(ours, values[i], d)] = '\0';
            snprintf(theirs, sizeof theirs, "%.*f", d, values[i]);
            CHECK_TEXT(ours, theirs);
        }
}

TEST(fixed_as_printf_at_random)
{
    char ours[NUM_FIXED_MAX + 1], theirs[NUM_FIXED_MAX + 1];
    uint64_t seed = 521288629u;
    int differ = 0;
    for (int i = 0; i < 300000; i++) {
        double v = (double)(int64_t)scramble(&seed) * pow(2, -20 - (double)(i % 60));
        int d = (int)(scramble(&seed) % 18), ties = (int)(scramble(&seed) % 12);
        if (i % 4) /* ends in 5 behind some place, or next to it */
            v = (floor(v) + 0.5) / pow(2, ties);
        if (i % 4 > 1)
            v = nextafter(v, i % 4 == 2 ? 0 : HUGE_VAL);
        ours[num_fixed(ours, v, d)] = '\0';
        snprintf(theirs, sizeof theirs, "%.*f", d, v);
        differ += strcmp(ours, theirs) != 0;
    }
    CHECK(differ == 0);
}

int main(void)
{
    RUN(layout);
    RUN(there_and_back);
    RUN(shortest_coordinates);
    RUN(parses_as_strtod);
    RUN(strict);
    RUN(beyond_doubles);
    RUN(fixed_as_printf);
    RUN(fixed_as_printf_at_random);
    return unit_end();
}
