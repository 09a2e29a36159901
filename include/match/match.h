/* match: pairs of satellite records and tower records of one site and about one time.
 *
 * Both streams are sorted by the columns `by`, byte by byte, and then by time (the tower's
 * by start); they are read side by side, and memory holds the records about one time. Where
 * they are not sorted is told, with the command that mends it. */
#ifndef ECO_MATCH_MATCH_H
#define ECO_MATCH_MATCH_H

#include "match/match_options.h"

/* From two files ("-" is stdin) to stdout. */
int match(const struct match_options *options, char *satellite, char *tower);

#endif
