/* tower_window: the tower's records about one time.
 *
 * The stream goes on in step with the overpasses; records that no later overpass can want
 * are dropped. Of records with the same interval the first counts. */
#ifndef ECO_MATCH_TOWER_WINDOW_H
#define ECO_MATCH_TOWER_WINDOW_H

#include "held_record.h"
#include "match/match_options.h"
#include "sorted_reader.h"

struct tower_window {
    struct sorted_reader in;
    int start, end; /* columns */

    /* Of the site that was sought: its records about the time, in order of their starts. */
    struct held_record *record;
    size_t n;
    bool known, ended;  /* whether it is there, and whether all of it was read */
    double first, last; /* start of its first record, the latest end so far */

    size_t repeats;         /* records left out since another has their interval */
    size_t alone;           /* keys that nobody sought */
    struct buf alone_names; /* some of them */

    /* private */
    size_t cap;
    struct buf site;
    double latest; /* start of the last one */
    bool pending, over, sought;
};

int tower_open(struct tower_window *w, const struct match_options *o, char *path);
void tower_close(struct tower_window *w);

/* Brings in the records of a key that start up to `high`, and drops those that end before
 * `low`. Keys come in order. MSG_OK, or what is wrong, told. */
int tower_seek(struct tower_window *w, const struct buf *key, double low, double high);

/* Reads on to the end, for what is left. */
int tower_finish(struct tower_window *w);

#endif
