/* area_row: the areas of several plain pixels of a row, as vectors (see area_weights_row).
 *
 * Both C and OpenCL C: the program for accelerators (share/opencl/) has this text too, so
 * that its results are the same bits. What the vectors are, and VECTOR_PICK and
 * VECTOR_KEEP, is said by base/simd.h or by that program. */
#ifndef ECO_GEO_AREA_ROW_H
#define ECO_GEO_AREA_ROW_H

#include "base/simd.h"

#define AREA_LEAST(a, b) VECTOR_PICK((a) < (b), a, b)

/* The corners a, b, c, d run from the upper left one clockwise. */
struct area_row_corners {
    vector ax, ay, bx, by, cx, cy, dx, dy;
};

struct area_row_parts {
    vector_mask plain, single;
    vector column, row, whole, inverse, area[4];
};

/* The corners in coordinates about the crossing of the two lines that part the cells: x = 0
 * and y = 0. It parts a pixel into four when x = 0 crosses the sides ab and dc, at t and u,
 * and y = 0 crosses ad and bc, at l and r:
 *
 *       a---t-------b       left  = area of a t u d
 *       |   |       |       upper = area of a b r l
 *       l---0-------r       both  = area of a t 0 l
 *       |   |       |
 *       d---u-------c       A line that passes by has all of the pixel before it. */
VECTOR_INLINE void area_row_parts(struct area_row_corners p, struct area_row_parts *o)
{
    const double to_whole = 6755399441055744.0; /* 1.5 * 2^52: adding it rounds */
    const vector one = VECTOR_ALL(1.0);
    vector ax = p.ax, ay = p.ay, bx = p.bx, by = p.by;
    vector cx = p.cx, cy = p.cy, dx = p.dx, dy = p.dy;
    vector least_x = AREA_LEAST(ax, dx), least_y = AREA_LEAST(ay, by);
    vector_mask plain =
        (least_x > -1e9) & (least_x < 1e9) & (least_y > -1e9) & (least_y < 1e9);
    vector column = least_x + to_whole - to_whole, row = least_y + to_whole - to_whole;
    column -= VECTOR_KEEP(least_x < column, one);
    row -= VECTOR_KEEP(least_y < row, one);
    vector line_x = column + 1, line_y = row + 1;
    ax -= line_x, bx -= line_x, cx -= line_x, dx -= line_x;
    ay -= line_y, by -= line_y, cy -= line_y, dy -= line_y;
    vector_mask crosses_x = (bx > 0) | (cx > 0), crosses_y = (cy > 0) | (dy > 0);

    vector t = ay - (by - ay) * (ax / (bx - ax)), u = dy - (cy - dy) * (dx / (cx - dx));
    vector l = ax - (dx - ax) * (ay / (dy - ay)), r = bx - (cx - bx) * (by / (cy - by));
    vector whole = ((cx - ax) * (dy - by) - (dx - bx) * (cy - ay)) / 2;
    vector left = (ax * (t - dy) + dx * (ay - u)) / 2;
    vector upper = (by * (ax - r) + ay * (l - bx)) / 2;
    vector both = (ax * t + ay * l) / 2;
    left = VECTOR_PICK(crosses_x, left, whole);
    upper = VECTOR_PICK(crosses_y, upper, whole);
    both = VECTOR_PICK(crosses_x & crosses_y, both, AREA_LEAST(left, upper));

    plain &= (ax <= 0) & (dx <= 0) & (bx >= -1) & (bx <= 1) & (cx >= -1) & (cx <= 1);
    plain &= (ay <= 0) & (by <= 0) & (cy >= -1) & (cy <= 1) & (dy >= -1) & (dy <= 1);
    plain &= whole > 0;
    plain &= ~((bx > 0) ^ (cx > 0)) & ~((cy > 0) ^ (dy > 0));
    vector area[4] = {both, VECTOR_KEEP(crosses_x, upper - both),
                      VECTOR_KEEP(crosses_y, left - both),
                      VECTOR_KEEP(crosses_x & crosses_y, whole - left - upper + both)};
    o->plain = plain;
    o->single = ~(crosses_x | crosses_y);
    o->column = column;
    o->row = row;
    o->whole = whole;
    o->inverse = 1 / whole;
    for (int k = 0; k < 4; k++)
        o->area[k] = VECTOR_KEEP(area[k] > 0, area[k]);
}

#endif
