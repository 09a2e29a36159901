/* cf_time: times of CF: numbers of units since a moment, "days since 2000-01-01".
 *
 * Calendars are read as CF has them. standard, gregorian and none named are the mixed one:
 * days before 1582-10-15 are of the Julian calendar, so that a count since 0001-01-01 is
 * two days off the one of proleptic_gregorian. noleap and 365_day have our days but for 29
 * February. julian has them from March 1900 to February 2100 (AppEEARS says julian of
 * ours). Others have days that there are not (366_day, all_leap, 360_day). */
#ifndef ECO_CF_TIME_H
#define ECO_CF_TIME_H

#include "base/date.h"

enum cf_calendar { CF_STANDARD, CF_PROLEPTIC, CF_NOLEAP, CF_JULIAN };

struct cf_time {
    double seconds; /* in a unit */
    double since;   /* seconds since 1970 began, as its calendar counts days */
    enum cf_calendar calendar;
};

/* False for what is no such unit, or not in the calendar, and for calendars of other days.
 * calendar: NULL where none is named. */
bool cf_time_read(struct cf_time *t, const char *units, const char *calendar);

/* The moment of a number, to the nearest second; false beyond the years 0 to 9999, and
 * where the calendar's day is not ours. */
bool cf_time_date(const struct cf_time *t, double number, struct date *d);

#endif
