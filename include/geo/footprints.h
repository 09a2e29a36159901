/* footprints: quadrilaterals of pixels whose centres alone are known, as in swaths.
 *
 * Each corner is the mean of the four centres around it, in the plane that they lie in. At
 * the edges of the rows and columns that were seen at once the centres are continued
 * linearly by one (p + (p - q), of the last centre and the one before it), so that the
 * outer pixels reach as far out as in. A corner with a centre that is missing (NaN), or
 * that leans on one, is missing, and so are the pixels that it is of.
 *
 * Where x is an angle, a turn of it being `turn`, the four are taken within half a turn of
 * the first; four that go around a pole have no corner between them. */
#ifndef ECO_GEO_FOOTPRINTS_H
#define ECO_GEO_FOOTPRINTS_H

#include <stdbool.h>
#include <stddef.h>

struct footprints {
    int rows, columns;
    double *x, *y;               /* centres: (rows + 2) x (columns + 2), a frame around */
    double *corner_x, *corner_y; /* (rows + 1) x (columns + 1), and FOOTPRINTS_PAD more */
    size_t cap;
};
enum { FOOTPRINTS_PAD = 3 };

/* Room for so many pixels. The caller then fills x and y, the frame's left and right
 * columns too where the pixels there were seen at once with these. */
void footprints_resize(struct footprints *f, int rows, int columns);
void footprints_free(struct footprints *f);

/* Where the centre of a pixel stands in x and y. */
static inline size_t footprints_centre(const struct footprints *f, int row, int column)
{
    return (size_t)(row + 1) * (size_t)(f->columns + 2) + (size_t)(column + 1);
}

/* The corners: of pixel (row, column) the upper left is number
 * row x (columns + 1) + column. left, right: the frame there is to be worked out. turn: of
 * x, or 0; x then comes out within half a turn of `middle`. */
void footprints_corners(struct footprints *f, bool left, bool right, double turn,
                        double middle);

/* The corners of a pixel in order: x, y, x, y, ... */
void footprints_quad(const struct footprints *f, int row, int column, double corner[8]);

/* Whether a pixel is one piece: false where a corner is missing, and where its centre lies
 * further from the middle of its corners than 0.4 of their extent, in x or y: there is a
 * gap of more than nine pixels beside it, or the plane is torn. */
bool footprints_whole(const struct footprints *f, int row, int column, double turn);

/* Whether a quadrilateral holds a point, on its edges too. Corners run as those of
 * footprints_quad. Neighbours agree about the edge that they share: a point is always in
 * one of them, and in both only on the edge. */
bool footprints_holds(const double corner[8], double x, double y);

/* The same for a point on no edge: such a one is in no other pixel of the scan. */
bool footprints_holds_within(const double corner[8], double x, double y);

#endif
