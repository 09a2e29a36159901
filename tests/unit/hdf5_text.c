/* The texts in HDF5 files that eco reads itself: packed degrees against whole seconds, and
 * CF's times against the C library's calendar. */
#include "base/date.h"
#include "raster/cf_time.h"
#include "raster/struct_metadata.h"
#include "unit.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Every second of some degrees: the double that is nearest to the quotient. */
TEST(packed_degrees)
{
    int wrong = 0;
    for (long s = -118 * 3600L - 7000; s < -118 * 3600L + 7000; s++) {
        char text[40];
        long a = -s;
        double degrees = 0;
        int n = snprintf(text, sizeof text, "-%ld%03ld%03ld.000000", a / 3600, a / 60 % 60,
                         a % 60);
        wrong += !struct_metadata_degrees(text, (size_t)n, &degrees) ||
                 degrees != (double)((long double)s / 3600);
    }
    CHECK(wrong == 0);
    static const struct {
        const char *text;
        double degrees;
    } known[] = {{"-118012000.000000", -118.2},    {"-118011060.000000", -118.2},
                 {"-106042006.840000", -106.7019}, {"34028012.000000", 34.47},
                 {"-118009050.400000", -118.164},  {"0.000000", 0},
                 {"-30000.000000", -0.5},          {"-50.400000", -0.014},
                 {"179059060.000000", 180}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        double degrees = NAN;
        CHECK(struct_metadata_degrees(known[i].text, strlen(known[i].text), &degrees));
        CHECK(fabs(degrees - known[i].degrees) <= 1.5e-14);
    }
    static const char *const bad[] = {
        "",  "x",     "nan",        "118075000.0", "118000075.0", "400000000.0",
        "-", "1e300", "-1.18012e8", "12 000000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double degrees;
        CHECK(!struct_metadata_degrees(bad[i], strlen(bad[i]), &degrees));
    }
}

static const char *moment(const char *units, const char *calendar, double number)
{
    static char text[DATE_TEXT];
    struct cf_time t;
    struct date d;
    if (!cf_time_read(&t, units, calendar) || !cf_time_date(&t, number, &d))
        return "none";
    date_text(&d, text);
    return text;
}

TEST(times)
{
    CHECK_TEXT(moment("days since 2000-01-01 00:00:00", "julian", 7000),
               "2019-03-02T00:00:00Z");
    CHECK_TEXT(moment("seconds since 1981-01-01 00:00:00", NULL, 1217877604),
               "2019-08-05T19:20:04Z");
    CHECK_TEXT(moment("hours since 2020-02-28 18:00:00 +06:00", NULL, 24.5),
               "2020-02-29T12:30:00Z");
    CHECK_TEXT(moment("days since 1970-1-1", "360_day", 1), "none");
    CHECK_TEXT(moment("days since 1970-1-1", "366_day", 1), "none");
    /* A year of 365 days, whatever it is; there is no leap day to count from. */
    CHECK_TEXT(moment("days since 2000-02-28", "noleap", 1), "2000-03-01T00:00:00Z");
    CHECK_TEXT(moment("days since 2000-1-1", "365_day", 365 * 20 + 59.5),
               "2020-03-01T12:00:00Z");
    CHECK_TEXT(moment("days since 2000-1-1", "noleap", -1), "1999-12-31T00:00:00Z");
    CHECK_TEXT(moment("days since 2000-02-29", "noleap", 1), "none");
    /* cftime 1.6.2: num2date(735614, "days since 0001-01-01", calendar). */
    CHECK_TEXT(moment("days since 0001-01-01", "standard", 735614), "2015-01-15T00:00:00Z");
    CHECK_TEXT(moment("days since 0001-01-01", "proleptic_gregorian", 735614),
               "2015-01-17T00:00:00Z");
    CHECK_TEXT(moment("days since 1582-10-04", NULL, 1), "1582-10-15T00:00:00Z");
    CHECK_TEXT(moment("days since 1500-02-29", NULL, 200000), "2047-10-08T00:00:00Z");
    CHECK_TEXT(moment("days since 1582-10-10", NULL, 200000), "none");
    CHECK_TEXT(moment("days since 1600-01-01", NULL, -30000), "none");
    CHECK_TEXT(moment("days since 1800-01-01", "julian", 70000), "none");
    CHECK_TEXT(moment("days since 1970-1-1", "proleptic_gregorian", -1),
               "1969-12-31T00:00:00Z");
    CHECK_TEXT(moment("minutes since 1970-01-01T00:00Z", "standard", 1.5),
               "1970-01-01T00:01:30Z");
    CHECK_TEXT(moment("days since 1970-01-01", NULL, 1e9), "none");
    CHECK_TEXT(moment("fortnights since 1970-01-01", NULL, 1), "none");
    CHECK_TEXT(moment("days since 1970-02-30", NULL, 1), "none");
    CHECK_TEXT(moment("days", NULL, 1), "none");
    int wrong = 0;
    for (long s = -2000000000; s < 2000000000; s += 86399 * 37) {
        char expected[DATE_TEXT + 40];
        time_t t = (time_t)s;
        struct tm tm;
        gmtime_r(&t, &tm);
        strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%SZ", &tm);
        wrong += strcmp(moment("seconds since 1970-01-01 00:00:00", NULL, (double)s),
                        expected) != 0;
    }
    CHECK(wrong == 0);
}

int main(void)
{
    RUN(packed_degrees);
    RUN(times);
    return unit_end();
}
