/* cf_time: times of CF. */
#include "cf_time.h"
#include "base/num.h"
#include <math.h>
#include <string.h>

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
    int hours = 0, minutes = 0, sign = *s == '-' ? -1 : 1;
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

/* "2000-1-1", "2000-01-01T00:00:00.0Z"... */
static bool read_moment(const char *s, double *since)
{
    int year, month, day, hour = 0, minute = 0, second = 0;
    double fraction = 0, zone;
    struct date d = {0};
    if (!take_number(&s, 4, &year) || !take_mark(&s, "-") || !take_number(&s, 2, &month) ||
        !take_mark(&s, "-") || !take_number(&s, 2, &day) || !date_set(&d, year, month, day))
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
    if (!date_set_time(&d, hour, minute, second) || !take_zone(s, &zone))
        return false;
    *since = date_seconds(&d) + fraction - zone;
    return true;
}

bool cf_time_read(struct cf_time *t, const char *units, const char *calendar)
{
    static const char *const ours[] = {"standard", "gregorian", "proleptic_gregorian",
                                       "julian",   "none",      ""};
    bool is_ours = !calendar;
    for (size_t i = 0; calendar && i < sizeof ours / sizeof *ours; i++)
        is_ours = is_ours || strcmp(calendar, ours[i]) == 0;
    const char *behind = units ? strstr(units, " since ") : NULL;
    return is_ours && behind && read_unit(units, (size_t)(behind - units), &t->seconds) &&
           read_moment(behind + 7 + strspn(behind + 7, " "), &t->since);
}

bool cf_time_date(const struct cf_time *t, double number, struct date *d)
{
    double seconds = rint(number * t->seconds + t->since), days = floor(seconds / 86400);
    if (!(days >= -719528 && days <= 2932896)) /* 0000-01-01 to 9999-12-31 */
        return false;
    int rest = (int)(seconds - days * 86400);
    *d = (struct date){0};
    date_set_number(d, (long)days);
    return date_set_time(d, rest / 3600, rest / 60 % 60, rest % 60);
}
