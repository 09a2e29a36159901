/* period: parts of the year, of the day, and of the calendar, by numbers in their order.
 *
 * month       2020-08
 * season      2020-JJA; a December is in the winter (DJF) of the next year
 * year        2020
 * doy         doy221: the day of the year, of all years
 * solar-hour  h09: from 9 to 10 by local apparent solar time, of all days
 * all         all */
#ifndef ECO_COMPOSE_PERIOD_H
#define ECO_COMPOSE_PERIOD_H

#include "base/buf.h"
#include "base/date.h"

enum period_kind {
    PERIOD_MONTH,
    PERIOD_SEASON,
    PERIOD_YEAR,
    PERIOD_DOY,
    PERIOD_SOLAR_HOUR,
    PERIOD_ALL
};

/* The period that a time (UTC) at a longitude in degrees lies in; -1 when too little of it
 * is known. */
int period_of(enum period_kind kind, const struct date *date, double longitude);

/* Whether a period follows upon that of the number before it. */
bool period_has_order(enum period_kind kind);

void period_add_name(struct buf *b, enum period_kind kind, int period);

#endif
