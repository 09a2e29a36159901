/* utc_offsets: how far the clocks of sites are ahead of UTC, from a table.
 *
 * The table is CSV or records, with a column of sites (site, SITE_ID, Site ID, id, tower)
 * and one of offsets in hours (utc_offset, UTC_OFFSET); or the BADM form of AmeriFlux, with
 * SITE_ID, VARIABLE and DATAVALUE, in rows whose VARIABLE is UTC_OFFSET. */
#ifndef ECO_TOWER_UTC_OFFSETS_H
#define ECO_TOWER_UTC_OFFSETS_H

#include "base/names.h"

struct utc_offsets {
    struct names hours; /* of each site, as text */
    const char *path;
};

/* Reads it; MSG_INPUT, told, where two rows of a site differ. */
int utc_offsets_read(struct utc_offsets *u, const char *path);
void utc_offsets_free(struct utc_offsets *u);

/* Hours as text to seconds: from -14 to 14, to the second. NULL, or what is wrong. */
const char *utc_offset_seconds(const char *s, size_t n, double *seconds);

#endif
