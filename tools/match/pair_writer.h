/* pair_writer: pairs as records: the satellite's columns, the tower's without the key (with
 * _tower behind names that the satellite has), `lag` and `n_tower`. */
#ifndef ECO_MATCH_PAIR_WRITER_H
#define ECO_MATCH_PAIR_WRITER_H

#include "base/out.h"
#include "pick.h"

struct pair_writer {
    const struct match_options *o;
    const struct sorted_reader *satellite;
    const struct tower_window *tower;
    struct out out;

    /* private */
    bool *is_key; /* of each column of the tower */
    char delimiter;
    struct buf text;
};

/* Writes metadata and legend to stdout; MSG_INPUT, told, where two columns would have one
 * name. */
int pair_writer_open(struct pair_writer *w, const struct match_options *o,
                     const struct sorted_reader *satellite,
                     const struct tower_window *tower);
int pair_writer_close(struct pair_writer *w);

/* A pair of n satellite records, taken together, and what was picked. */
void pair_write(struct pair_writer *w, struct held_record *const *satellite, size_t n,
                const struct picked *p);

/* A field as it stands in the input, as the output has it. */
void pair_put_field(struct out *out, struct buf *room, const struct match_options *o,
                    struct slice f);

#endif
