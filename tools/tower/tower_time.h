/* tower_time: times as tower files spell them. */
#ifndef ECO_TOWER_TOWER_TIME_H
#define ECO_TOWER_TOWER_TIME_H

#include "record/field.h"
#include "tower/tower_options.h"

/* Seconds since 1970-01-01 of the clock that the text is of. `day`: it has no time of day;
 * `utc`: it says Z. */
struct tower_time {
    double seconds;
    bool day, utc;
};

/* 201101010730, 20110101, 2011-01-01 07:30[:00][Z] (or T for the blank) and, where the
 * order is known, 1/31/2011 7:30. 24:00 is the next day's 0:00. NULL, or what is wrong with
 * it. */
const char *tower_time(struct tower_time *t, struct slice f, enum tower_dates dates);

/* A year, a day of it (the year may be over: 366 is then the next one's first) and an hour
 * with fractions. NULL, or what is wrong. */
const char *tower_time_doy(double *seconds, double year, double doy, double hour);

#endif
