/* polygon_edge: where an edge of an area crosses a line. */
#ifndef ECO_GEO_POLYGON_EDGE_H
#define ECO_GEO_POLYGON_EDGE_H

/* The crossing of an edge with the line through y, which must lie between its ends. The
 * same number for both directions of the edge, so that areas that share it part there. */
static inline double edge_crossing(double x0, double y0, double x1, double y1, double y)
{
    return y0 < y1 ? x0 + (x1 - x0) * (y - y0) / (y1 - y0)
                   : x1 + (x0 - x1) * (y - y1) / (y0 - y1);
}

#endif
