/* cf_time: times of CF. */
#include "cf_time.h"
#include "base/num.h"
#include <math.h>
#include <string.h>
#include <strings.h>

static bool read_unit(const char *s, size_t n, double *seconds)
{
    static const struct {
        const char *name;
        double seconds;
    } known[] = {
        {"second", 1},         {"sec", 1},      {"s", 1},    {"minute", 60}, {"min", 60},
        {"hour", 3600},        {"hr", 3600},    {"h", 3600}, {"day", 86400}, {"d", 86400},
        {"millisecond", 1e-3}, {"week", 604800}};
    if (n > 1 && s[n - 1] == 's')
        n--;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == n && strncmp(known[i].name, s, n) == 0) {
            *seconds = known[i].seconds;
            return true;
        }
    return false;
}

/* A whole number at *s, which moves behind it. */
static bool take_number(const char **s, int most_digits, int *v)
{
    int digits = 0;
    *v = 0;
    for (; **s >= '0' && **s <= '9' && digits < most_digits; ++*s, digits++)
        *v = 10 * *v + (**s - '0');
    return digits > 0;
}

static bool take_mark(const char **s, const char *marks)
{
    if (!**s || !strchr(marks, **s))
        return false;
    ++*s;
    return true;
}

/* "+02:00", "-0330", Z, UTC, or nothing. */
static bool take_zone(const char *s, double *seconds)
{
    int hours = 0, minutes = 0, sign;
    *seconds = 0;
    s += strspn(s, " ");
    if (!*s || strcmp(s, "Z") == 0 || strcmp(s, "UTC") == 0 || strcmp(s, "GMT") == 0)
        return true;
    sign = *s == '-' ? -1 : 1;
    take_mark(&s, "+-");
    if (!take_number(&s, 2, &hours))
        return false;
    take_mark(&s, ":");
    take_number(&s, 2, &minutes);
    *seconds = sign * (hours * 3600.0 + minutes * 60.0);
    return !*s;
}

/* ---- calendars, in days since 1970-01-01 --------------------------------------------- */

/* When our calendar began, and between which days the Julian one has the same. */
enum { GREGORIAN = -141427, JULIAN_FIRST = -25508, JULIAN_LAST = 47540 };

static long floored(long a, long b)
{
    return a / b - (a % b < 0);
}

/* Days before each month of a year without a leap day. */
static const int before_month[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

static long julian_days(int year, int month, int day)
{
    bool leap = year % 4 == 0 && month > 2;
    /* 1970-01-01 is the Julian 1969-12-19. */
    return 365L * (year - 1970) + floored(year - 1, 4) - floored(1969, 4) +
           before_month[month - 1] + leap + day - 1 + 13;
}

/* The number of a day of a calendar. */
static bool day_of(enum cf_calendar calendar, int year, int month, int day, long *days)
{
    struct date d = {0};
    bool is = date_set(&d, year, month, day);
    bool leap_day = month == 2 && day == 29;
    if (calendar == CF_NOLEAP) {
        *days = is ? 365L * (year - 1970) + before_month[month - 1] + day - 1 : 0;
        return is && !leap_day;
    }
    *days = is ? date_number(&d) : 0;
    if (calendar == CF_JULIAN)
        return is && *days >= JULIAN_FIRST && *days <= JULIAN_LAST;
    if (calendar == CF_STANDARD && (is ? *days < GREGORIAN : year < 1582)) {
        is = year > 0 && (is || (leap_day && year % 4 == 0));
        *days = is ? julian_days(year, month, day) : 0;
        return is && *days < GREGORIAN; /* ten days were left out */
    }
    return is;
}

static bool date_of(enum cf_calendar calendar, long days, struct date *d)
{
    long first = calendar == CF_STANDARD ? GREGORIAN
                 : calendar == CF_JULIAN ? JULIAN_FIRST
                                         : -719528;            /* 0000-01-01 */
    long last = calendar == CF_JULIAN ? JULIAN_LAST : 2932896; /* 9999-12-31 */
    *d = (struct date){0};
    if (calendar != CF_NOLEAP) {
        date_set_number(d, days);
        return days >= first && days <= last;
    }
    long year = 1970 + floored(days, 365);
    int day = (int)(days - 365 * (year - 1970)), month = 12;
    while (before_month[month - 1] > day)
        month--;
    return year >= 0 && year <= 9999 &&
           date_set(d, (int)year, month, day - before_month[month - 1] + 1);
}

/* "2000-1-1", "2000-01-01T00:00:00.0Z"... */
static bool read_moment(const char *s, enum cf_calendar calendar, double *since)
{
    int year, month, day, hour = 0, minute = 0, second = 0;
    double fraction = 0, zone;
    long days;
    struct date clock = {0};
    if (!take_number(&s, 4, &year) || !take_mark(&s, "-") || !take_number(&s, 2, &month) ||
        !take_mark(&s, "-") || !take_number(&s, 2, &day) ||
        !day_of(calendar, year, month, day, &days))
        return false;
    if (take_mark(&s, "T ") && take_number(&s, 2, &hour) && take_mark(&s, ":")) {
        if (!take_number(&s, 2, &minute))
            return false;
        if (take_mark(&s, ":") && !take_number(&s, 2, &second))
            return false;
        if (*s == '.') {
            size_t n = 1 + strspn(s + 1, "0123456789");
            if (n > 1 && !num_parse(s, n, &fraction))
                return false;
            s += n;
        }
    }
    if (!date_set_time(&clock, hour, minute, second) || !take_zone(s, &zone))
        return false;
    *since = (double)days * 86400 + hour * 3600 + minute * 60 + second + fraction - zone;
    return true;
}

static bool read_calendar(const char *name, enum cf_calendar *calendar)
{
    static const struct {
        const char *name;
        enum cf_calendar calendar;
    } known[] = {{"standard", CF_STANDARD},
                 {"gregorian", CF_STANDARD},
                 {"none", CF_STANDARD},
                 {"", CF_STANDARD},
                 {"proleptic_gregorian", CF_PROLEPTIC},
                 {"noleap", CF_NOLEAP},
                 {"365_day", CF_NOLEAP},
                 {"julian", CF_JULIAN}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcasecmp(known[i].name, name ? name : "") == 0) {
            *calendar = known[i].calendar;
            return true;
        }
    return false;
}

bool cf_time_read(struct cf_time *t, const char *units, const char *calendar)
{
    const char *behind = units ? strstr(units, " since ") : NULL;
    return behind && read_calendar(calendar, &t->calendar) &&
           read_unit(units, (size_t)(behind - units), &t->seconds) &&
           read_moment(behind + 7 + strspn(behind + 7, " "), t->calendar, &t->since);
}

bool cf_time_date(const struct cf_time *t, double number, struct date *d)
{
    double seconds = rint(number * t->seconds + t->since), days = floor(seconds / 86400);
    if (!(fabs(days) <= 4e6))
        return false;
    int rest = (int)(seconds - days * 86400);
    return date_of(t->calendar, (long)days, d) &&
           date_set_time(d, rest / 3600, rest / 60 % 60, rest % 60);
}
