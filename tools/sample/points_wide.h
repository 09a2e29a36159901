/* points_wide: the wide form of points: a record a time and point, a column a layer. */
#ifndef ECO_SAMPLE_POINTS_WIDE_H
#define ECO_SAMPLE_POINTS_WIDE_H

#include "point_rows.h"

/* All rasters at all points, whose table has been opened and no point read of. */
int points_wide(struct point_rows *p);

#endif
