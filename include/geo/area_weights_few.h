/* area_weights_few: what geo/area_weights.h finds of a quadrilateral in few cells. Both C
 * and OpenCL C. */
#ifndef ECO_GEO_AREA_WEIGHTS_FEW_H
#define ECO_GEO_AREA_WEIGHTS_FEW_H

enum { AREA_WEIGHTS_FEW = 3 };
struct area_weights_few {
    int column, row, columns, rows;
    double area[AREA_WEIGHTS_FEW][AREA_WEIGHTS_FEW], whole;
};

#endif
