/* area_weights_simd: areas of a row of pixels in cells, several pixels at a time. */
#include "area_row.h"
#include "base/simd.h"
#include "geo/area_weights.h"
#include <assert.h>
#include <string.h>

static_assert(AREA_WEIGHTS_BATCH % VECTOR_LANES == 0, "batches are whole vectors");
static_assert(AREA_WEIGHTS_PAD >= VECTOR_LANES - 1,
              "what the last vector reads beyond a row");

#define LOAD(v, from) memcpy(&(v), (from), sizeof(v))
#define STORE(to, v)  memcpy((to), &(v), sizeof(v))

VECTOR_CLONES
void area_weights_row(const double *above_x, const double *above_y, const double *below_x,
                      const double *below_y, int n, const struct grid_rect *cells,
                      struct area_weights_row *o)
{
    const double first_column = cells->column,
                 last_column = first_column + cells->columns - 2;
    const double first_row = cells->row, last_row = first_row + cells->rows - 2;
    for (int i = 0; i < n; i += VECTOR_LANES) {
        struct area_row_corners p;
        struct area_row_parts parts;
        LOAD(p.ax, above_x + i);
        LOAD(p.ay, above_y + i);
        LOAD(p.bx, above_x + i + 1);
        LOAD(p.by, above_y + i + 1);
        LOAD(p.cx, below_x + i + 1);
        LOAD(p.cy, below_y + i + 1);
        LOAD(p.dx, below_x + i);
        LOAD(p.dy, below_y + i);
        area_row_parts(p, &parts);
        vector_mask inside = parts.plain & (parts.column >= first_column) &
                             (parts.column <= last_column) & (parts.row >= first_row) &
                             (parts.row <= last_row);
        STORE(o->plain + i, parts.plain);
        STORE(o->inside + i, inside);
        STORE(o->single + i, parts.single);
        STORE(o->column + i, parts.column);
        STORE(o->row + i, parts.row);
        STORE(o->whole + i, parts.whole);
        STORE(o->inverse + i, parts.inverse);
        for (int k = 0; k < 4; k++)
            STORE(o->area[k] + i, parts.area[k]);
    }
}
