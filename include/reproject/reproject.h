/* reproject: streams of records with their coordinates in another CRS.
 *
 * One record in, one record out, in order: coordinates are replaced where they stand, or
 * added behind; every other byte of a line stays what it was (its end becomes LF).
 *
 * geo/table_crs.h says how coordinates and their CRS are found. Where the CRS came from,
 * there the new one is written. Appended columns have ##crs.NAME= of their own. Records
 * wait until there are thousands to transform at once; memory does not grow with the
 * stream. */
#ifndef ECO_REPROJECT_REPROJECT_H
#define ECO_REPROJECT_REPROJECT_H

#include "reproject/reproject_options.h"

/* From files (stdin when there are none) to stdout. */
int reproject(const struct reproject_options *options, char **files, int nfiles);

#endif
