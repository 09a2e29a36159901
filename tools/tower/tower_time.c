/* tower_time: times as tower files spell them. */
#include "tower_time.h"
#include "base/date.h"
#include <math.h>
#include <string.h>

const char *const tower_dates_names[] = {"none", "mdy", "dmy", NULL};

static const char no_time[] = "not a time such as 201101010730 or 2011-01-01 07:30";

/* Up to `most` digits at *s, which moves on; false without any. */
static bool take_digits(const char **s, const char *end, int most, int *value)
{
    const char *from = *s;
    for (*value = 0; *s < end && *s - from < most && **s >= '0' && **s <= '9'; ++*s)
        *value = *value * 10 + (**s - '0');
    return *s > from;
}

static bool take_char(const char **s, const char *end, char c)
{
    bool is = *s < end && **s == c;
    *s += is;
    return is;
}

static const char *put_time(struct tower_time *t, int year, int month, int day, int hour,
                            int minute, int second)
{
    struct date d = {0};
    bool midnight = hour == 24 && minute == 0 && second == 0;
    if (!date_set(&d, year, month, day))
        return "there is no such day";
    if (!date_set_time(&d, midnight ? 0 : hour, minute, second))
        return "there is no such time of day";
    t->seconds = date_seconds(&d) + (midnight ? 86400 : 0);
    return NULL;
}

/* YYYYMMDD[HHMM] */
static const char *take_stamp(struct tower_time *t, struct slice f)
{
    int part[5] = {0};
    static const int digits[5] = {4, 2, 2, 2, 2};
    const char *s = f.s;
    for (int i = 0; i < (f.n == 8 ? 3 : 5); i++)
        take_digits(&s, f.s + f.n, digits[i], &part[i]);
    t->day = f.n == 8;
    return put_time(t, part[0], part[1], part[2], part[3], part[4], 0);
}

/* H:MM[:SS], Z or +00:00 behind it or not; or nothing. */
static bool take_clock(struct tower_time *t, const char *s, const char *end, int clock[3])
{
    t->day = s == end;
    if (t->day)
        return true;
    bool good = (take_char(&s, end, ' ') || take_char(&s, end, 'T')) &&
                take_digits(&s, end, 2, &clock[0]) && take_char(&s, end, ':') &&
                take_digits(&s, end, 2, &clock[1]);
    if (good && take_char(&s, end, ':'))
        good = take_digits(&s, end, 2, &clock[2]);
    t->utc = good && s < end;
    return good && (s == end || (end - s == 1 && *s == 'Z') ||
                    (end - s == 6 && memcmp(s, "+00:00", 6) == 0));
}

const char *tower_time(struct tower_time *t, struct slice f, enum tower_dates dates)
{
    const char *s = f.s, *end = f.s + f.n;
    int part[3], clock[3] = {0};
    *t = (struct tower_time){.seconds = NAN};
    size_t digits = 0;
    while (digits < f.n && s[digits] >= '0' && s[digits] <= '9')
        digits++;
    if (digits == f.n && (f.n == 8 || f.n == 12))
        return take_stamp(t, f);
    if (memchr(s, 'E', f.n) || memchr(s, 'e', f.n))
        return "no time but a rounded number, as spreadsheets save it";
    bool slashes = digits < f.n && s[digits] == '/';
    char mark = slashes ? '/' : '-';
    if (!take_digits(&s, end, 4, &part[0]) || !take_char(&s, end, mark) ||
        !take_digits(&s, end, 2, &part[1]) || !take_char(&s, end, mark) ||
        !take_digits(&s, end, 4, &part[2]) || !take_clock(t, s, end, clock))
        return no_time;
    if (!slashes)
        return digits == 4
                   ? put_time(t, part[0], part[1], part[2], clock[0], clock[1], clock[2])
                   : no_time;
    if (dates == TOWER_DATES_NONE)
        return "day and month may be either: say --dates mdy or dmy";
    int month = dates == TOWER_MDY ? part[0] : part[1];
    int day = dates == TOWER_MDY ? part[1] : part[0];
    return part[2] < 100 ? "a year of two digits"
                         : put_time(t, part[2], month, day, clock[0], clock[1], clock[2]);
}

const char *tower_time_doy(double *seconds, double year, double doy, double hour)
{
    struct date d = {0};
    if (!(year >= 1900 && year <= 2200) || year != floor(year))
        return "not a year";
    if (!(doy >= 1 && doy <= 367) || doy != floor(doy))
        return "not a day of the year";
    if (!(hour >= 0 && hour <= 24))
        return "not an hour";
    date_set(&d, (int)year, 1, 1);
    *seconds = date_seconds(&d) + (doy - 1) * 86400 + round(hour * 3600);
    return NULL;
}
