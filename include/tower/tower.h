/* tower: files of flux towers in, records with intervals in UTC out.
 *
 * A record is an interval of one site: `site`, `start`, `end`, the variables and, behind
 * each that has one, its quality as NAME_QC. Times in files are local standard time, never
 * summer time: UTC = local - offset. */
#ifndef ECO_TOWER_TOWER_H
#define ECO_TOWER_TOWER_H

#include "tower/tower_options.h"

/* From files (stdin when there are none) to stdout. */
int tower(const struct tower_options *options, char **files, int nfiles);

#endif
