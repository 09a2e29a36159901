/* date: days of the Gregorian calendar, and times as records spell them. */
#include "base/date.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days of the year before a month; month 13 is the next year's first. */
static int before_month(int year, int month)
{
    static const int before[13] = {0,   31,  59,  90,  120, 151, 181,
                                   212, 243, 273, 304, 334, 365};
    return before[month - 1] + (month > 2 && is_leap(year));
}

static long floored(long a, long b)
{
    return a / b - (a % b < 0);
}

/* The number of a year's first day. */
static long year_number(int year)
{
    long before = (long)year - 1;
    return before * 365 + floored(before, 4) - floored(before, 100) + floored(before, 400) -
           719162;
}

bool date_set(struct date *d, int year, int month, int day)
{
    d->year = year;
    d->month = month;
    d->day = day;
    d->has_date = month >= 1 && month <= 12 && day >= 1 &&
                  day <= before_month(year, month + 1) - before_month(year, month);
    d->doy = d->has_date ? before_month(year, month) + day : 0;
    return d->has_date;
}

bool date_set_doy(struct date *d, int year, int doy)
{
    int month = 12;
    d->has_date = false;
    if (doy < 1 || doy > before_month(year, 13))
        return false;
    while (before_month(year, month) >= doy)
        month--;
    return date_set(d, year, month, doy - before_month(year, month));
}

bool date_set_time(struct date *d, int hour, int minute, int second)
{
    d->hour = hour;
    d->minute = minute;
    d->second = second;
    d->has_time =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 61;
    return d->has_time;
}

long date_number(const struct date *d)
{
    return year_number(d->year) + d->doy - 1;
}

void date_set_number(struct date *d, long number)
{
    enum { CYCLE = 146097, YEARS = 400 }; /* the calendar repeats itself */
    int year = (int)(1970 + floored(number * YEARS, CYCLE));
    year -= year_number(year) > number;
    year += year_number(year + 1) <= number;
    date_set_doy(d, year, (int)(number - year_number(year)) + 1);
}

double date_seconds(const struct date *d)
{
    if (!d->has_date)
        return NAN;
    double seconds = (double)date_number(d) * 86400;
    return d->has_time ? seconds + d->hour * 3600 + d->minute * 60 + d->second : seconds;
}

void date_text(const struct date *d, char text[DATE_TEXT])
{
    if (!d->has_date) {
        strcpy(text, "NA");
        return;
    }
    int n = snprintf(text, DATE_TEXT, "%04d-%02d-%02d", d->year % 10000, d->month % 100,
                     d->day % 100);
    if (d->has_time)
        snprintf(text + n, DATE_TEXT - (size_t)n, "T%02d:%02d:%02dZ", d->hour % 100,
                 d->minute % 100, d->second % 100);
}

/* Just n digits. */
static bool take_digits(const char *s, int n, int *value)
{
    *value = 0;
    for (int i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        *value = *value * 10 + (s[i] - '0');
    }
    return true;
}

/* "2018-03-16" */
static bool take_day(struct date *d, const char *s)
{
    int year, month, day;
    return take_digits(s, 4, &year) && s[4] == '-' && take_digits(s + 5, 2, &month) &&
           s[7] == '-' && take_digits(s + 8, 2, &day) && date_set(d, year, month, day);
}

/* "12:50:36" */
static bool take_time(struct date *d, const char *s)
{
    int hour, minute, second;
    return take_digits(s, 2, &hour) && s[2] == ':' && take_digits(s + 3, 2, &minute) &&
           s[5] == ':' && take_digits(s + 6, 2, &second) &&
           date_set_time(d, hour, minute, second);
}

bool date_parse(struct date *d, const char *s, size_t n)
{
    *d = (struct date){0};
    bool timed = n == 19 || (n == 20 && s[19] == 'Z') ||
                 (n == 25 && memcmp(s + 19, "+00:00", 6) == 0);
    if ((n == 10 || timed) && take_day(d, s) &&
        (!timed || ((s[10] == 'T' || s[10] == ' ') && take_time(d, s + 11))))
        return true;
    *d = (struct date){0};
    return false;
}
