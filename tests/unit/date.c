/* The calendar, held against the C library's, and the texts of times. */
#include "base/date.h"
#include "unit.h"
#include <math.h>
#include <time.h>

/* Every day of six centuries as gmtime has it, there and back. */
TEST(days_as_gmtime_has_them)
{
    int wrong = 0;
    for (long number = -135000; number < 84000; number++) {
        time_t t = (time_t)number * 86400;
        struct tm tm;
        gmtime_r(&t, &tm);
        struct date d = {0}, by_doy = {0};
        date_set_number(&d, number);
        wrong += d.year != tm.tm_year + 1900 || d.month != tm.tm_mon + 1 ||
                 d.day != tm.tm_mday || d.doy != tm.tm_yday + 1 || !d.has_date ||
                 d.has_time;
        wrong += date_number(&d) != number;
        wrong += !date_set_doy(&by_doy, d.year, d.doy) || by_doy.month != d.month ||
                 by_doy.day != d.day;
    }
    CHECK(wrong == 0);
}

TEST(the_first_and_last_years_of_texts)
{
    struct date d = {0};
    CHECK(date_set(&d, 0, 2, 29) && date_number(&d) == -719528 + 59);
    CHECK(date_set(&d, -1, 12, 31) && date_number(&d) == -719529);
    date_set_number(&d, -719529);
    CHECK(d.year == -1 && d.month == 12 && d.day == 31);
    CHECK(date_set(&d, 9999, 12, 31) && date_number(&d) == 2932896);
    CHECK(date_set(&d, 10000, 1, 1) && date_number(&d) == 2932897);
}

TEST(what_is_none)
{
    struct date d;
    static const int days[][3] = {{2020, 0, 1},  {2020, 13, 1},  {2020, 1, 0},
                                  {2020, 1, 32}, {2019, 2, 29},  {1900, 2, 29},
                                  {2020, 4, 31}, {2020, -1, -1}, {2020, 12, 32}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        CHECK(!date_set(&d, days[i][0], days[i][1], days[i][2]) && !d.has_date);
    CHECK(!date_set_doy(&d, 2019, 366) && !date_set_doy(&d, 2019, 0));
    CHECK(date_set_doy(&d, 2020, 366) && d.month == 12 && d.day == 31);
    CHECK(!date_set_time(&d, 24, 0, 0) && !date_set_time(&d, 0, 60, 0));
    CHECK(!date_set_time(&d, 0, 0, 61) && date_set_time(&d, 23, 59, 60));
}

/* The text of a text, "-" for none, and its seconds. */
static const char *again(const char *text, double seconds)
{
    static char s[DATE_TEXT];
    struct date d;
    if (!date_parse(&d, text, strlen(text)))
        return d.has_date || d.has_time ? "half" : "-";
    CHECK(date_seconds(&d) == seconds);
    date_text(&d, s);
    return s;
}

TEST(texts)
{
    CHECK_TEXT(again("2018-03-16T12:50:36Z", 1521204636), "2018-03-16T12:50:36Z");
    CHECK_TEXT(again("2018-03-16 12:50:36", 1521204636), "2018-03-16T12:50:36Z");
    CHECK_TEXT(again("2018-03-16T12:50:36", 1521204636), "2018-03-16T12:50:36Z");
    CHECK_TEXT(again("2018-03-16 12:50:36+00:00", 1521204636), "2018-03-16T12:50:36Z");
    CHECK_TEXT(again("2018-03-16", 1521158400), "2018-03-16");
    CHECK_TEXT(again("1970-01-01", 0), "1970-01-01");
    CHECK_TEXT(again("0000-01-01", -62167219200), "0000-01-01");
    static const char *const wrong[] = {"",
                                        "NA",
                                        "2018",
                                        "2018-3-16",
                                        "2018-02-30",
                                        "2018-03-16T",
                                        "20180316",
                                        "2018-03-16T12:50Z",
                                        "2018/03/16",
                                        "2018-03-16Z",
                                        "18-03-16",
                                        "2018-03-16T24:00:00Z",
                                        "2018-03-1x",
                                        " 2018-03-16",
                                        "2018-03-16 ",
                                        "2018-03-16T12:50:36Zx",
                                        "2018-03-16t12:50:36Z",
                                        "2018-03-16T12:50:36+",
                                        "2018-03-16T12:50:36+01:00",
                                        "2018-03-16T12:50:36-00:00",
                                        "2018-03-16T12:50:36+00:00Z",
                                        "2018-03-16+00:00",
                                        "2018-03-16T12-50-36Z"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_TEXT(again(wrong[i], 0), "-");
    /* Only so many bytes are looked at. */
    struct date d;
    CHECK(date_parse(&d, "2018-03-16T12:50:36Z", 10) && d.has_date && !d.has_time);
}

TEST(unknown)
{
    char s[DATE_TEXT];
    struct date d = {0};
    date_text(&d, s);
    CHECK_TEXT(s, "NA");
    CHECK(isnan(date_seconds(&d)));
}

int main(void)
{
    RUN(days_as_gmtime_has_them);
    RUN(the_first_and_last_years_of_texts);
    RUN(what_is_none);
    RUN(texts);
    RUN(unknown);
    return unit_end();
}
