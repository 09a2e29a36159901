/* footprints: corners of pixels from their centres. */
#include "geo/footprints.h"
#include "base/mem.h"
#include "geo/crs.h"
#include <math.h>
#include <stdlib.h>

static const double off_middle = 0.4; /* of the extent of a pixel's corners */

void footprints_resize(struct footprints *f, int rows, int columns)
{
    size_t centres = (size_t)(rows + 2) * (size_t)(columns + 2) + FOOTPRINTS_PAD;
    f->rows = rows;
    f->columns = columns;
    if (centres <= f->cap)
        return;
    f->x = mem_resize(f->x, centres, sizeof *f->x);
    f->y = mem_resize(f->y, centres, sizeof *f->y);
    f->corner_x = mem_resize(f->corner_x, centres, sizeof *f->corner_x);
    f->corner_y = mem_resize(f->corner_y, centres, sizeof *f->corner_y);
    f->cap = centres;
}

void footprints_free(struct footprints *f)
{
    free(f->x);
    free(f->y);
    free(f->corner_x);
    free(f->corner_y);
    *f = (struct footprints){0};
}

/* One centre beyond the last. */
static void continue_to(struct footprints *f, size_t to, size_t last, size_t before,
                        double turn)
{
    f->x[to] = f->x[last] + crs_unwind(f->x[last] - f->x[before], turn, 0);
    f->y[to] = f->y[last] + (f->y[last] - f->y[before]);
}

/* The mean of four angles, which are taken around the four places' outline. */
static double mean_angle(const double x[4], double turn)
{
    double around = 0, at[4] = {x[0]};
    for (int i = 0; i < 4; i++) {
        double step = crs_unwind(x[(i + 1) % 4] - x[i], turn, 0);
        around += step;
        if (i < 3)
            at[i + 1] = at[i] + step;
    }
    return fabs(around) < turn / 2 ? (at[0] + at[1] + at[2] + at[3]) / 4 : NAN;
}

static void find_corners(struct footprints *f, int row)
{
    size_t width = (size_t)f->columns + 2, n = (size_t)f->columns + 1;
    const double *x = f->x + (size_t)row * width, *y = f->y + (size_t)row * width;
    double *cx = f->corner_x + (size_t)row * n, *cy = f->corner_y + (size_t)row * n;
    for (size_t i = 0; i < n; i++) {
        cx[i] = (x[i] + x[i + 1] + x[i + width + 1] + x[i + width]) / 4;
        cy[i] = (y[i] + y[i + 1] + y[i + width + 1] + y[i + width]) / 4;
    }
}

/* The same where x is an angle. */
static void find_corners_around(struct footprints *f, int row, double turn, double middle)
{
    size_t width = (size_t)f->columns + 2, n = (size_t)f->columns + 1;
    double *cx = f->corner_x + (size_t)row * n;
    find_corners(f, row);
    for (size_t i = 0; i < n; i++) {
        size_t at = (size_t)row * width + i;
        const double four[4] = {f->x[at], f->x[at + 1], f->x[at + width + 1],
                                f->x[at + width]};
        double least = fmin(fmin(four[0], four[1]), fmin(four[2], four[3]));
        double most = fmax(fmax(four[0], four[1]), fmax(four[2], four[3]));
        if (most - least >= turn / 4)
            cx[i] = mean_angle(four, turn);
        cx[i] = crs_unwind(cx[i], turn, middle);
    }
}

void footprints_corners(struct footprints *f, bool left, bool right, double turn,
                        double middle)
{
    for (int r = 0; r < f->rows; r++) {
        if (left)
            continue_to(f, footprints_centre(f, r, -1), footprints_centre(f, r, 0),
                        footprints_centre(f, r, 1), turn);
        if (right)
            continue_to(f, footprints_centre(f, r, f->columns),
                        footprints_centre(f, r, f->columns - 1),
                        footprints_centre(f, r, f->columns - 2), turn);
    }
    for (int c = -1; c <= f->columns; c++) {
        continue_to(f, footprints_centre(f, -1, c), footprints_centre(f, 0, c),
                    footprints_centre(f, 1, c), turn);
        continue_to(f, footprints_centre(f, f->rows, c),
                    footprints_centre(f, f->rows - 1, c),
                    footprints_centre(f, f->rows - 2, c), turn);
    }
    for (int r = 0; r <= f->rows; r++)
        if (turn > 0)
            find_corners_around(f, r, turn, middle);
        else
            find_corners(f, r);
}

void footprints_quad(const struct footprints *f, int row, int column, double corner[8])
{
    size_t n = (size_t)f->columns + 1, at = (size_t)row * n + (size_t)column;
    const size_t order[4] = {at, at + 1, at + n + 1, at + n};
    for (int k = 0; k < 4; k++) {
        corner[2 * k] = f->corner_x[order[k]];
        corner[2 * k + 1] = f->corner_y[order[k]];
    }
}

static double least4(double a, double b, double c, double d)
{
    double x = a < b ? a : b, y = c < d ? c : d;
    return x < y ? x : y;
}

static double most4(double a, double b, double c, double d)
{
    double x = a > b ? a : b, y = c > d ? c : d;
    return x > y ? x : y;
}

bool footprints_whole(const struct footprints *f, int row, int column, double turn)
{
    double c[8];
    size_t centre = footprints_centre(f, row, column);
    footprints_quad(f, row, column, c);
    for (int i = 2; i < 8 && turn > 0; i += 2)
        c[i] = crs_unwind(c[i], turn, c[0]);
    double sum_x = c[0] + c[2] + c[4] + c[6], sum_y = c[1] + c[3] + c[5] + c[7];
    if (!isfinite(sum_x) || !isfinite(sum_y))
        return false;
    double width = most4(c[0], c[2], c[4], c[6]) - least4(c[0], c[2], c[4], c[6]);
    double height = most4(c[1], c[3], c[5], c[7]) - least4(c[1], c[3], c[5], c[7]);
    double x = turn > 0 ? crs_unwind(f->x[centre], turn, sum_x / 4) : f->x[centre];
    return fabs(x - sum_x / 4) <= off_middle * width &&
           fabs(f->y[centre] - sum_y / 4) <= off_middle * height;
}

/* On which side of the line from one corner to another a point lies. Each edge is asked for
 * from one of its ends alone, whichever pixel asks: so rounding is the same for both. */
static double side(const double *a, const double *b, double x, double y)
{
    return (b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1]);
}

static void sides(const double corner[8], double x, double y, double s[4])
{
    const double *a = corner, *b = corner + 2, *c = corner + 4, *d = corner + 6;
    s[0] = side(a, b, x, y);
    s[1] = -side(d, c, x, y);
    s[2] = -side(a, d, x, y);
    s[3] = side(b, c, x, y);
}

bool footprints_holds(const double corner[8], double x, double y)
{
    double s[4];
    sides(corner, x, y, s);
    return (s[0] >= 0 && s[1] >= 0 && s[2] >= 0 && s[3] >= 0) ||
           (s[0] <= 0 && s[1] <= 0 && s[2] <= 0 && s[3] <= 0);
}

bool footprints_holds_within(const double corner[8], double x, double y)
{
    double s[4];
    sides(corner, x, y, s);
    return (s[0] > 0 && s[1] > 0 && s[2] > 0 && s[3] > 0) ||
           (s[0] < 0 && s[1] < 0 && s[2] < 0 && s[3] < 0);
}
