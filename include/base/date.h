/* date: days of the Gregorian calendar, and times as records spell them.
 *
 * A time is UTC, to the second, and knows its day alone or the time of day too; a zeroed
 * struct knows neither. Its text is "2018-03-16T12:50:36Z", "2018-03-16" or NA, and has
 * room for the years 0 to 9999. Days are numbered from 1970-01-01, which is 0; the
 * calendar goes on before and behind. */
#ifndef ECO_BASE_DATE_H
#define ECO_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>

struct date {
    bool has_date, has_time;
    int year, month, day, doy; /* doy: day of the year; all but the year from 1 */
    int hour, minute, second;
};

/* Set the day, or the time of day (a second may be a leap second, 60). False for what
 * there is not in the calendar or on the clock. */
bool date_set(struct date *d, int year, int month, int day);
bool date_set_doy(struct date *d, int year, int doy);
bool date_set_time(struct date *d, int hour, int minute, int second);

/* The number of a day, and back. */
long date_number(const struct date *d);
void date_set_number(struct date *d, long number);

/* Seconds since the beginning of 1970-01-01; NaN when the day is not known. */
double date_seconds(const struct date *d);

enum { DATE_TEXT = 24 };
void date_text(const struct date *d, char text[DATE_TEXT]);

/* The reverse: a day, or a day and a time (behind T or a blank; Z, +00:00 or nothing behind
 * it). False for anything else, NA too. */
bool date_parse(struct date *d, const char *s, size_t n);

#endif
