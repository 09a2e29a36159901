/* polygon_project: an area in another CRS. */
#ifndef ECO_GEO_POLYGON_PROJECT_H
#define ECO_GEO_POLYGON_PROJECT_H

#include "geo/crs_transform.h"
#include "geo/polygon.h"

/* Edges are straight in the CRS they come from: points are put in until the new edges
 * follow them to within `tolerance` (in the new plane). MSG_INPUT, untold, when a point
 * does not transform. */
int poly_transform(struct poly *to, const struct poly *from, struct crs_transform *map,
                   double tolerance);

/* From the units that a file has to degrees, where a CRS has angles in others. */
void poly_to_degrees(struct poly *p, const struct crs *crs);

#endif
