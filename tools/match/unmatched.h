/* unmatched: the satellite records that found no partner, in a file, with the reason. */
#ifndef ECO_MATCH_UNMATCHED_H
#define ECO_MATCH_UNMATCHED_H

#include "base/atomic_file.h"
#include "base/out.h"
#include "held_record.h"
#include "match/match_options.h"

struct unmatched {
    const struct match_options *o; /* NULL: nobody wants to know */
    struct atomic_file file;
    struct out out;
    struct buf text;
};

int unmatched_open(struct unmatched *u, const struct match_options *o,
                   const struct rec_reader *satellite);
void unmatched_put(struct unmatched *u, const struct held_record *h, size_t fields,
                   const char *reason);
/* Puts the file in place, or, after a failure, throws it away. */
int unmatched_close(struct unmatched *u, int status);

#endif
