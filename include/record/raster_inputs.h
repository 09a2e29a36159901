/* raster_inputs: the rasters a tool works on: its arguments, or, without any (or for "-"),
 * the lines of stdin: plain paths, or records of rasters.
 *
 * A record's raster is its `output` where there is such a column, else its `path`. One
 * whose output is NA has none and is passed over; at the end of the records their
 * number is told, and that is a bad line when one of them has the status `failed`. A
 * comment between plain paths that is the name of a file is a bad line, too. */
#ifndef ECO_RECORD_RASTER_INPUTS_H
#define ECO_RECORD_RASTER_INPUTS_H

#include "record/reader.h"

struct raster_inputs {
    char **args;
    int nargs, next;
    struct rec_reader reader;
    bool reading;
    int column, status;     /* of the records; -1 for none, or not looked for yet */
    size_t without, failed; /* records passed over, and those of them that failed */
    struct buf path;
    struct buf comments; /* between paths */
    size_t count;        /* of paths given so far */
};

void raster_inputs_open(struct raster_inputs *p, char **args, int nargs);
/* 1 and *path (good until the next call), 0 at the end, -1 on a bad line (told). */
int raster_inputs_next(struct raster_inputs *p, const char **path);
void raster_inputs_close(struct raster_inputs *p);

#endif
