/* cf_time: times of CF: numbers of units since a moment, "days since 2000-01-01". */
#ifndef ECO_CF_TIME_H
#define ECO_CF_TIME_H

#include "base/date.h"

struct cf_time {
    double seconds; /* in a unit */
    double since;   /* seconds since 1970 began */
};

/* False for what is no such unit, and for calendars that have other days than ours; that of
 * AppEEARS says julian, whose days count as ours do. calendar: NULL where none is named. */
bool cf_time_read(struct cf_time *t, const char *units, const char *calendar);

/* The moment of a number, to the nearest second; false beyond the years 0 to 9999. */
bool cf_time_date(const struct cf_time *t, double number, struct date *d);

#endif
