/* polygon_turns: areas whose x are longitudes, of which those a turn apart are one place.
 *
 * GeoJSON cuts what crosses 180 degrees in two, which then lie as far apart as they can. */
#ifndef ECO_GEO_POLYGON_TURNS_H
#define ECO_GEO_POLYGON_TURNS_H

#include "geo/polygon.h"

/* Moves rings by whole turns so that together they reach as little along x as they can,
 * their middle within half a turn of 0. Those that lie side by side stay, number for
 * number.
 */
void poly_gather(struct poly *p, double turn);

/* Moves each ring by whole turns so that its middle is within half a turn of a place. */
void poly_move_near(struct poly *p, double turn, double x);

#endif
