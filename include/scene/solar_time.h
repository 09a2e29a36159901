/* solar_time: what a sundial shows.
 *
 * Local apparent solar time = UTC + longitude / 15 degrees an hour + equation of time,
 * the latter by Meeus, Astronomical Algorithms, 2nd ed. (1998), eq. 28.1, with the sun's
 * place by its chapter 25 (lower accuracy, 0.01 degree) and the nutation's largest
 * terms: good to some 2 s. */
#ifndef ECO_SCENE_SOLAR_TIME_H
#define ECO_SCENE_SOLAR_TIME_H

#include "base/date.h"

/* Seconds to add to mean solar time, so many days after 2000-01-01T12:00 UTC. */
double solar_equation(double days);

struct solar {
    bool known;             /* the time of day was there */
    double seconds;         /* of UTC's day, and the equation of time */
    char day[3][DATE_TEXT]; /* the day before, the day itself, the day after */
};

void solar_init(struct solar *s, const struct date *utc);

/* "2020-08-08T05:49:12" at a longitude in degrees; "NA" where it is not known. */
enum { SOLAR_TEXT = 24 };
void solar_text(const struct solar *s, double longitude, char text[SOLAR_TEXT]);

#endif
