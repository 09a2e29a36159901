/* clip_box: the pixels of a source under the bounding box of a clip area. */
#include "clip_box.h"
#include <math.h>

static const double bow_tolerance = 1e-3; /* of a source pixel */
static const double edge_slack = 1e-7;    /* of one: what rounding does to its edges */

struct search {
    const struct raster_grid *source;
    struct crs_transform *to_grid;
    double inverse[6];
    double turn; /* the source's columns in 360 degrees, or 0 */
};

/* A place in the grid's plane, and in the source's columns and rows. */
struct corner {
    double x, y, column, row;
};

/* In other planes a longitude may come out in any turn: it is taken to be `near` a column.
 */
static struct corner corner_at(const struct search *s, double x, double y, double near)
{
    struct corner c = {x, y, 0, 0};
    crs_inverse(s->to_grid, &x, &y, 1, 1);
    gt_place(s->inverse, x, y, &c.column, &c.row);
    if (!crs_transform_identity(s->to_grid))
        c.column = crs_unwind(c.column, s->turn, near);
    return c;
}

/* Bounds that hold an edge, to (x, y), too: where it bows out between its ends, which are
 * straight in the grid's plane only. By its middle an edge shows which way around the earth
 * it goes. Returns its end. */
static struct corner bound_edge(const struct search *s, struct corner from, double x,
                                double y, int depth, double b[4])
{
    double mx = (from.x + x) / 2, my = (from.y + y) / 2;
    struct corner m = corner_at(s, mx, my, from.column);
    struct corner to = corner_at(s, x, y, m.column);
    double bow = fmax(fabs(m.column - (from.column + to.column) / 2),
                      fabs(m.row - (from.row + to.row) / 2));
    if (depth > 0 && bow > bow_tolerance) {
        m = bound_edge(s, from, mx, my, depth - 1, b);
        return bound_edge(s, m, x, y, depth - 1, b);
    }
    b[0] = fmin(b[0], fmin(to.column, m.column));
    b[1] = fmin(b[1], fmin(to.row, m.row));
    b[2] = fmax(b[2], fmax(to.column, m.column));
    b[3] = fmax(b[3], fmax(to.row, m.row));
    return to;
}

/* Takes the bounds of a ring into those of the clip, at each turn at which it meets the
 * source. One that goes around a pole has it inside of it, beyond its bounds. */
static void merge_ring(const struct search *s, const double ring[4], bool around,
                       double b[4])
{
    double columns = s->source->columns, first = 0, last = 0;
    if (s->turn > 0) {
        first = ceil(-ring[2] / s->turn);
        last = fmax(first, ceil((columns - ring[0]) / s->turn) - 1);
    }
    b[0] = fmin(b[0], around ? 0 : ring[0] + first * s->turn);
    b[1] = fmin(b[1], around ? 0 : ring[1]);
    b[2] = fmax(b[2], around ? columns : ring[2] + last * s->turn);
    b[3] = fmax(b[3], around ? s->source->rows : ring[3]);
}

int clip_box_find(int box[4], bool *any, const struct poly *clip,
                  const struct raster_grid *source, const char *name,
                  struct crs_transform *to_grid, double turn)
{
    struct search s = {.source = source, .to_grid = to_grid, .turn = turn};
    double b[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    box[0] = box[1] = 0;
    box[2] = source->columns;
    box[3] = source->rows;
    *any = true;
    if (!clip->nrings || source->places)
        return MSG_OK;
    if (!gt_invert(source->gt, s.inverse)) {
        msg_error("%s: its pixels have no area", name);
        return MSG_INPUT;
    }
    int depth = crs_transform_identity(to_grid) ? 0 : 12;
    double middle = source->columns / 2.0;
    for (size_t k = 0; k < clip->nrings; k++) {
        size_t first = clip->ring[k], end = clip->ring[k + 1];
        if (first == end)
            continue;
        double ring[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
        struct corner from = corner_at(&s, clip->x[end - 1], clip->y[end - 1], middle);
        double begin = from.column;
        for (size_t i = first; i < end; i++) {
            from = bound_edge(&s, from, clip->x[i], clip->y[i], depth, ring);
            if (isnan(from.column)) /* beyond what transforms: no box to find */
                return MSG_OK;
        }
        merge_ring(&s, ring, turn > 0 && fabs(from.column - begin) > turn / 2, b);
    }
    double x0 = fmax(0, floor(b[0] + edge_slack)), y0 = fmax(0, floor(b[1] + edge_slack));
    double x1 = fmin(source->columns, ceil(b[2] - edge_slack));
    double y1 = fmin(source->rows, ceil(b[3] - edge_slack));
    *any = x1 > x0 && y1 > y0;
    if (*any) {
        box[0] = (int)x0;
        box[1] = (int)y0;
        box[2] = (int)(x1 - x0);
        box[3] = (int)(y1 - y0);
    }
    return MSG_OK;
}
