/* columns: the fields of a stream that a tool works on, as its user names them.
 *
 * A column is a name of the stream's legend, or else a number from 1. In a list columns
 * are parted by commas. */
#ifndef ECO_RECORD_COLUMNS_H
#define ECO_RECORD_COLUMNS_H

#include "record/reader.h"

/* Resolves a list of `least` to `most` columns into column[], as indices from 0, for a
 * stream whose head was read; *n is how many there were. An empty item behind the first
 * `least` leaves one out: -1. Numbers are not held against a stream without a legend:
 * rec_number does that. Wrong lists are MSG_USAGE, columns that the stream lacks
 * MSG_INPUT; both are told, with the option's name. */
int columns_find(const struct rec_reader *r, const char *option, const char *list,
                 int least, int most, int *column, int *n);

/* The columns of coordinates that a legend has when nobody names them: x, y, or lon, lat,
 * or longitude, latitude, in small or capital letters. Else MSG_INPUT, told. */
int columns_find_xy(const struct rec_reader *r, const char *option, int column[2]);

#endif
