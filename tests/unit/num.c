/* Numbers as text: exact there and back, strict on what is none. */
#include "num.h"
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

TEST(strict)
{
    static const char *const wrong[] = {"",     "12,5", "1 ",  " 1",  "0x10",
                                        "1e",   "--1",  "+-1", "foo", "1.2.3",
                                        "nano", "+",    "1_0", "+NA", "٣"};
    double v;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(!parses(wrong[i], &v));
    CHECK(parses("+1.5", &v) && v == 1.5);
    CHECK(parses("NA", &v) && isnan(v));
    CHECK(parses("NaN", &v) && isnan(v));
    CHECK(parses("nan", &v) && isnan(v));
    CHECK(parses("1e400", &v) && isinf(v));
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

int main(void)
{
    RUN(layout);
    RUN(there_and_back);
    RUN(strict);
    RUN(beyond_doubles);
    RUN(fixed_as_printf);
    return unit_end();
}
