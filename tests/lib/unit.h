/* unit: the least that a test program in C needs; prints TAP.
 *
 *     TEST(name) { CHECK(1 + 1 == 2); CHECK_NEAR(0.1 + 0.2, 0.3, 1e-15); }
 *     int main(void) { RUN(name); return unit_end(); }
 */
#ifndef ECO_UNIT_H
#define ECO_UNIT_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int unit_count, unit_failed;
static bool unit_good;
static const char *unit_skip; /* why the present test was skipped */

#define TEST(name) static void test_##name(void)

#define RUN(name)                                                                          \
    do {                                                                                   \
        unit_good = true;                                                                  \
        unit_skip = NULL;                                                                  \
        test_##name();                                                                     \
        unit_failed += !unit_good;                                                         \
        printf("%sok %d - %s%s%s\n", unit_good ? "" : "not ", ++unit_count, #name,         \
               unit_skip ? " # SKIP " : "", unit_skip ? unit_skip : "");                   \
        fflush(stdout); /* a later crash must not take it along */                         \
    } while (0)

/* Leaves the present test, which cannot be made here. */
#define SKIP(reason)                                                                       \
    do {                                                                                   \
        unit_skip = (reason);                                                              \
        return;                                                                            \
    } while (0)

#define CHECK(condition)                                                                   \
    do {                                                                                   \
        if (!(condition)) {                                                                \
            unit_good = false;                                                             \
            printf("# %s:%d: %s\n", __FILE__, __LINE__, #condition);                       \
        }                                                                                  \
    } while (0)

#define CHECK_NEAR(a, b, distance)                                                         \
    do {                                                                                   \
        double unit_a = (a), unit_b = (b);                                                 \
        if (!(fabs(unit_a - unit_b) <= (distance))) {                                      \
            unit_good = false;                                                             \
            printf("# %s:%d: %s = %.17g, not %.17g\n", __FILE__, __LINE__, #a, unit_a,     \
                   unit_b);                                                                \
        }                                                                                  \
    } while (0)

#define CHECK_TEXT(a, b)                                                                   \
    do {                                                                                   \
        const char *unit_a = (a), *unit_b = (b);                                           \
        if (strcmp(unit_a, unit_b) != 0) {                                                 \
            unit_good = false;                                                             \
            printf("# %s:%d: %s = \"%s\", not \"%s\"\n", __FILE__, __LINE__, #a, unit_a,   \
                   unit_b);                                                                \
        }                                                                                  \
    } while (0)

static int unit_end(void)
{
    printf("1..%d\n", unit_count);
    return unit_failed != 0;
}

#endif
