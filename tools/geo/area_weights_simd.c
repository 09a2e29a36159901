/* area_weights_simd: areas of a row of pixels in cells, several pixels at a time. */
#include "base/simd.h"
#include "geo/area_weights.h"
#include <assert.h>
#include <string.h>

static_assert(AREA_WEIGHTS_BATCH % VECTOR_LANES == 0, "batches are whole vectors");
static_assert(AREA_WEIGHTS_PAD >= VECTOR_LANES - 1,
              "what the last vector reads beyond a row");

static const double to_whole = 6755399441055744.0; /* 1.5 * 2^52: adding it rounds */

#define LOAD(v, from) memcpy(&(v), (from), sizeof(v))
#define STORE(to, v)  memcpy((to), &(v), sizeof(v))
#define LEAST(a, b)   VECTOR_PICK((a) < (b), a, b)
#define MOST(a, b)    VECTOR_PICK((a) > (b), a, b)

/* The corners a, b, c, d run from the upper left one clockwise, in coordinates about the
 * crossing of the two lines that part the cells: x = 0 and y = 0. It parts a pixel into
 * four when x = 0 crosses the sides ab and dc, at t and u, and y = 0 crosses ad and bc, at
 * l and r:
 *
 *       a---t-------b       left  = area of a t u d
 *       |   |       |       upper = area of a b r l
 *       l---0-------r       both  = area of a t 0 l
 *       |   |       |
 *       d---u-------c       A line that passes by has all of the pixel before it. */
VECTOR_CLONES
void area_weights_row(const double *above_x, const double *above_y, const double *below_x,
                      const double *below_y, int n, const struct grid_rect *cells,
                      struct area_weights_row *o)
{
    const vector one = {1, 1, 1, 1};
    const double first_column = cells->column,
                 last_column = first_column + cells->columns - 2;
    const double first_row = cells->row, last_row = first_row + cells->rows - 2;
    for (int i = 0; i < n; i += VECTOR_LANES) {
        vector ax, ay, bx, by, cx, cy, dx, dy;
        LOAD(ax, above_x + i);
        LOAD(ay, above_y + i);
        LOAD(bx, above_x + i + 1);
        LOAD(by, above_y + i + 1);
        LOAD(cx, below_x + i + 1);
        LOAD(cy, below_y + i + 1);
        LOAD(dx, below_x + i);
        LOAD(dy, below_y + i);
        vector least_x = LEAST(ax, dx), least_y = LEAST(ay, by);
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
        both = VECTOR_PICK(crosses_x & crosses_y, both, LEAST(left, upper));

        plain &= (ax <= 0) & (dx <= 0) & (bx >= -1) & (bx <= 1) & (cx >= -1) & (cx <= 1);
        plain &= (ay <= 0) & (by <= 0) & (cy >= -1) & (cy <= 1) & (dy >= -1) & (dy <= 1);
        plain &= whole > 0;
        plain &= ~((bx > 0) ^ (cx > 0)) & ~((cy > 0) ^ (dy > 0));
        vector_mask inside = plain & (column >= first_column) & (column <= last_column) &
                             (row >= first_row) & (row <= last_row);
        vector_mask single = ~(crosses_x | crosses_y);
        const vector area[4] = {
            both, VECTOR_KEEP(crosses_x, upper - both), VECTOR_KEEP(crosses_y, left - both),
            VECTOR_KEEP(crosses_x & crosses_y, whole - left - upper + both)};
        STORE(o->plain + i, plain);
        STORE(o->inside + i, inside);
        STORE(o->single + i, single);
        STORE(o->column + i, column);
        STORE(o->row + i, row);
        vector inverse = 1 / whole;
        STORE(o->whole + i, whole);
        STORE(o->inverse + i, inverse);
        for (int k = 0; k < 4; k++) {
            vector some = VECTOR_KEEP(area[k] > 0, area[k]);
            STORE(o->area[k] + i, some);
        }
    }
}
