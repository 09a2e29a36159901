/* overpass_queue: satellite records that wait until all scenes of their overpass are there.
 *
 * One overpass is one key and, where there is such a column, one layer, within so many
 * seconds of its first record. Its records become one:
 *
 *   best  the one with the fewest missing fields; of those the largest in the column `n`,
 *         then the smallest in `view_zenith`, where there are such columns; then the first
 *   mean  numbers are means of those that are there, texts what all have, or NA; the time
 *         is the first's
 *   all   each stays for itself */
#ifndef ECO_MATCH_OVERPASS_QUEUE_H
#define ECO_MATCH_OVERPASS_QUEUE_H

#include "held_record.h"

struct overpass_queue {
    double span;                 /* seconds */
    int layer, n_column, zenith; /* columns, or -1 */
    struct held_record *record;  /* in order of time */
    size_t n;
    size_t cap; /* private */
};

void overpass_init(struct overpass_queue *q, const struct rec_reader *r, double span);
void overpass_free(struct overpass_queue *q);

/* Adds the present record. */
void overpass_add(struct overpass_queue *q, const struct rec_reader *r, double seconds);

/* Whether the first overpass is whole when the next record is of that time. */
bool overpass_ready(const struct overpass_queue *q, double next);

/* Puts the records of the first overpass at the front; returns how many there are. */
size_t overpass_gather(struct overpass_queue *q);

/* The index of the best of the first n. */
size_t overpass_best(const struct overpass_queue *q, size_t n);

/* Takes the first n off. */
void overpass_drop(struct overpass_queue *q, size_t n);

#endif
