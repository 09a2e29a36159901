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

/* Coordinates by the names that columns have when nobody names them, in small letters or
 * capitals: x, y, longitude (lon, long), latitude (lat). */
enum columns_coordinate { COLUMNS_X, COLUMNS_Y, COLUMNS_LONGITUDE, COLUMNS_LATITUDE };

/* The first column that may be it, or -1. */
int columns_coordinate(const struct rec_reader *r, enum columns_coordinate coordinate);

/* The columns of x and y, or of longitude and latitude; where both pairs are there, `plane`
 * says which is meant. Two columns that may be the same coordinate, or no pair, are
 * MSG_INPUT, told, with the option by which to name them. */
int columns_find_xy(const struct rec_reader *r, const char *option, bool plane,
                    int column[2]);

/* Whether two columns are longitude and latitude, by their names. */
bool columns_are_degrees(const struct rec_reader *r, const int column[2]);

#endif
