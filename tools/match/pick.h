/* pick: which of a tower's records go with an overpass.
 *
 * An interval is (start, end]: its start belongs to the one before. Its reference is its
 * middle, start or end.
 *
 *   within       the interval that holds the time; of several the one that starts last, of
 *                those the one that ends first
 *   nearest      the reference nearest to the time, in the window; of two as near the
 *                earlier one, and of equal ones the first in the stream
 *   mean         all whose middle is in the window, ends included
 *   interpolate  the last middle not behind the time and the first not before it, both in
 *                the window; of equal ones the first in the stream
 *   daily        all whose middle is in the day [0:00, 24:00) that holds the time */
#ifndef ECO_MATCH_PICK_H
#define ECO_MATCH_PICK_H

#include "tower_window.h"

/* An overpass to find a partner for. */
struct pick_time {
    double seconds;
    double day; /* when its day began; for daily */
};

/* What was found. A zeroed struct is empty; memory is used again, and freed at last. */
struct picked {
    struct held_record **record; /* in order of their starts */
    double *w;                   /* weights, for interpolate */
    size_t n;
    double lag; /* minutes from the time to the reference, or the mean of the references */
    size_t cap; /* private */
};

/* Between which times records must be at hand: from what ends at low to what starts at
 * high.
 */
void pick_reach(const struct match_options *o, const struct pick_time *t, double *low,
                double *high);

void pick(struct picked *p, const struct match_options *o, const struct tower_window *w,
          const struct pick_time *t);
void picked_free(struct picked *p);

#endif
