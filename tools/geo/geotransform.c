/* geotransform: pixels to places and back. */
#include "geo/geotransform.h"
#include <math.h>
#include <string.h>

void gt_places(const double gt[6], double *x, double *y, size_t n)
{
    double own[6]; /* which the points, as far as the compiler knows, are not */
    memcpy(own, gt, sizeof own);
    for (size_t i = 0; i < n; i++) {
        double column = x[i], row = y[i];
        x[i] = own[0] + column * own[1] + row * own[2];
        y[i] = own[3] + column * own[4] + row * own[5];
    }
}

void gt_place(const double gt[6], double column, double row, double *x, double *y)
{
    *x = column;
    *y = row;
    gt_places(gt, x, y, 1);
}

bool gt_invert(const double gt[6], double inverse[6])
{
    if (gt[2] == 0 && gt[4] == 0) {
        /* Divisions alone, so that pixel edges come out as exactly as they can. */
        if (gt[1] == 0 || gt[5] == 0)
            return false;
        inverse[0] = -gt[0] / gt[1];
        inverse[1] = 1 / gt[1];
        inverse[2] = 0;
        inverse[3] = -gt[3] / gt[5];
        inverse[4] = 0;
        inverse[5] = 1 / gt[5];
        return true;
    }
    double det = gt[1] * gt[5] - gt[2] * gt[4];
    if (det == 0 || !isfinite(det))
        return false;
    inverse[1] = gt[5] / det;
    inverse[2] = -gt[2] / det;
    inverse[4] = -gt[4] / det;
    inverse[5] = gt[1] / det;
    inverse[0] = -(inverse[1] * gt[0] + inverse[2] * gt[3]);
    inverse[3] = -(inverse[4] * gt[0] + inverse[5] * gt[3]);
    return true;
}

struct gt_locator gt_locator_of(const double gt[6])
{
    struct gt_locator l = {.turned = gt[2] != 0 || gt[4] != 0};
    memcpy(l.gt, gt, sizeof l.gt);
    gt_invert(gt, l.inverse);
    return l;
}

void gt_locate(const struct gt_locator *l, double x, double y, double *column, double *row)
{
    if (l->turned) {
        gt_place(l->inverse, x, y, column, row);
    } else {
        *column = (x - l->gt[0]) / l->gt[1];
        *row = (y - l->gt[3]) / l->gt[5];
    }
}
