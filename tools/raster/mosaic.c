/* mosaic: rasters whose pixels are of one lattice. */
#include "raster/mosaic.h"
#include <math.h>
#include <string.h>

static const double edge_tolerance = 1e-3; /* of a pixel */
static const double farthest = 1 << 29;    /* pixels between two: columns are ints */

/* How far b's first pixel lies from a's, in columns and rows; false for another lattice. */
static bool offset_of(const struct raster_grid *a, const struct raster_grid *b,
                      double offset[2])
{
    const double *p = a->gt, *q = b->gt;
    double inverse[6];
    int longest = b->columns > b->rows ? b->columns : b->rows;
    double pixel = fmin(hypot(p[1], p[4]), hypot(p[2], p[5]));
    if (!gt_invert(p, inverse))
        return false;
    for (int i = 1; i < 6; i++)
        if (i != 3 && !(fabs(p[i] - q[i]) * longest <= edge_tolerance * pixel))
            return false;
    gt_place(inverse, q[0], q[3], &offset[0], &offset[1]);
    for (int i = 0; i < 2; i++)
        if (!(fabs(offset[i]) < farthest &&
              fabs(offset[i] - rint(offset[i])) <= edge_tolerance))
            return false;
    return true;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

bool mosaic_fits(const struct mosaic_part *a, const struct mosaic_part *b)
{
    const struct ras *p = a->ras, *q = b->ras;
    const struct ras_band *x = &p->band[a->band], *y = &q->band[b->band];
    double offset[2];
    if (x->type != y->type || x->scale != y->scale || x->offset != y->offset ||
        x->has_nodata != y->has_nodata ||
        (x->has_nodata && !same_number(x->nodata, y->nodata)) ||
        !same_text(ras_unit(p, a->band), ras_unit(q, b->band)))
        return false;
    return p->grid.crs && q->grid.crs && offset_of(&p->grid, &q->grid, offset) &&
           crs_same(p->grid.crs, q->grid.crs);
}

void mosaic_lay(struct mosaic_part *part, size_t n, struct ras *around)
{
    int left = 0, top = 0;
    *around = *part[0].ras;
    around->driver = NULL;
    around->handle = NULL;
    around->cache = NULL;
    for (size_t k = 0; k < n; k++) {
        double offset[2] = {0, 0};
        offset_of(&part[0].ras->grid, &part[k].ras->grid, offset);
        part[k].column = (int)rint(offset[0]);
        part[k].row = (int)rint(offset[1]);
        left = part[k].column < left ? part[k].column : left;
        top = part[k].row < top ? part[k].row : top;
    }
    /* The corner of level rows is taken from the rasters there, digit for digit. */
    struct raster_grid *g = &around->grid;
    const double *first = part[0].ras->grid.gt;
    gt_place(first, left, top, &g->gt[0], &g->gt[3]);
    bool level = first[2] == 0 && first[4] == 0, has_left = false, has_top = false;
    g->columns = g->rows = 0;
    for (size_t k = 0; k < n; k++) {
        const struct raster_grid *own = &part[k].ras->grid;
        part[k].column -= left;
        part[k].row -= top;
        if (part[k].column + own->columns > g->columns)
            g->columns = part[k].column + own->columns;
        if (part[k].row + own->rows > g->rows)
            g->rows = part[k].row + own->rows;
        if (level && !part[k].column && !has_left) {
            g->gt[0] = own->gt[0];
            has_left = true;
        }
        if (level && !part[k].row && !has_top) {
            g->gt[3] = own->gt[3];
            has_top = true;
        }
    }
    around->file_columns = g->columns;
    around->first = around->period = 0;
}
