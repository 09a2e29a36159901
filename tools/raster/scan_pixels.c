/* scan_pixels: footprints of a scan, read and laid out. */
#include "raster/scan_pixels.h"
#include "base/mem.h"
#include "base/msg.h"
#include "geo/crs.h"
#include <math.h>
#include <stdlib.h>

static int load_zenith(struct scan_pixels *s, const struct scan_plane *p, int row,
                       int columns)
{
    size_t n = (size_t)columns;
    double *v = mem_resize(NULL, n, sizeof *v);
    s->zenith =
        mem_grow(s->zenith, &s->zenith_cap, (size_t)s->f.rows * n, sizeof *s->zenith);
    int status = MSG_OK;
    for (int r = 0; r < s->f.rows && status == MSG_OK; r++) {
        float *to = s->zenith + (size_t)r * n;
        status = swath_zeniths(p->swath, s->column, row + r, columns, 1, v);
        for (size_t i = 0; i < n && status == MSG_OK; i++)
            to[i] = (float)v[i];
    }
    free(v);
    return status;
}

int scan_pixels_load(struct scan_pixels *s, const struct scan_plane *p, int scan,
                     int column, int columns)
{
    struct geolocation_array *places = &p->swath->array;
    struct footprints *f = &s->f;
    int rows = places->rows_per_scan, all = p->swath->latitude.grid.columns;
    bool left = column == 0, right = column + columns == all;
    int from = left ? 0 : column - 1, n = columns + !left + !right;
    s->scan = -1;
    s->column = column;
    footprints_resize(f, rows, columns);
    for (int r = 0; r < rows; r++) {
        size_t at = footprints_centre(f, r, from - column);
        int row = scan * rows + r;
        if (p->way)
            approx_row(p->way, row, from, 0, n, f->x + at, f->y + at);
        else
            places->places(places, from, row, n, 1, f->x + at, f->y + at);
    }
    int status = places->status;
    if (status == MSG_OK)
        footprints_corners(f, left, right, p->turn, p->middle);
    if (status == MSG_OK && p->zenith)
        status = load_zenith(s, p, scan * rows, columns);
    s->scan = status == MSG_OK ? scan : -1;
    return status;
}

void scan_pixels_free(struct scan_pixels *s)
{
    footprints_free(&s->f);
    free(s->zenith);
    *s = (struct scan_pixels){.scan = -1};
}

bool scan_pixels_bounds(const struct scan_pixels *s, int row, int rows, int column,
                        int columns, double box[4])
{
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL;
    for (int r = row; r <= row + rows; r++) {
        size_t at = (size_t)r * (size_t)(s->f.columns + 1) + (size_t)column;
        const double *x = s->f.corner_x + at, *y = s->f.corner_y + at;
        for (int i = 0; i <= columns; i++) {
            x0 = x[i] < x0 ? x[i] : x0;
            x1 = x[i] > x1 ? x[i] : x1;
            y0 = y[i] < y0 ? y[i] : y0;
            y1 = y[i] > y1 ? y[i] : y1;
        }
    }
    box[0] = x0;
    box[1] = y0;
    box[2] = x1;
    box[3] = y1;
    return x0 <= x1;
}

static bool holds(const struct scan_pixels *s, double turn, int row, int column, double x,
                  double y, bool (*asked)(const double corner[8], double x, double y))
{
    double c[8];
    if (row < 0 || column < 0 || row >= s->f.rows || column >= s->f.columns ||
        !footprints_whole(&s->f, row, column, turn))
        return false;
    footprints_quad(&s->f, row, column, c);
    for (int i = 0; i < 8 && turn > 0; i += 2)
        c[i] = crs_unwind(c[i], turn, x);
    return asked(c, x, y);
}

static int held_in(int v, int n)
{
    return v < 0 ? 0 : v < n ? v : n - 1;
}

/* From one pixel towards a point, as if all pixels were as that one; false at the last.
 * *beyond: how many pixels the point is beyond the scan's edge then. */
static bool step_to(const struct scan_pixels *s, double turn, double x, double y, int *row,
                    int *column, double *beyond)
{
    double c[8];
    footprints_quad(&s->f, *row, *column, c);
    for (int i = 0; i < 8 && turn > 0; i += 2)
        c[i] = crs_unwind(c[i], turn, x);
    double ax = c[2] - c[0], ay = c[3] - c[1], bx = c[6] - c[0], by = c[7] - c[1];
    double px = x - c[0], py = y - c[1], det = ax * by - ay * bx;
    double along = floor((px * by - py * bx) / det),
           down = floor((ax * py - ay * px) / det);
    if (!isfinite(along) || !isfinite(down))
        return false;
    along = fmin(fmax(along, -s->f.columns), s->f.columns);
    down = fmin(fmax(down, -s->f.rows), s->f.rows);
    *beyond = fmax(fmax(-(*row + down), *row + down - (s->f.rows - 1)),
                   fmax(-(*column + along), *column + along - (s->f.columns - 1)));
    int next_row = held_in(*row + (int)down, s->f.rows);
    int next_column = held_in(*column + (int)along, s->f.columns);
    bool moves = next_row != *row || next_column != *column;
    *row = next_row;
    *column = next_column;
    return moves;
}

/* The nearest pixel that has corners, where a walk has come to one that has none. */
static bool next_to(const struct scan_pixels *s, int *row, int *column)
{
    enum { FAR = 16 };
    for (int d = 0; d <= FAR; d++)
        for (int dr = -d; dr <= d; dr++)
            for (int dc = -d; dc <= d; dc += dr == -d || dr == d || d == 0 ? 1 : 2 * d) {
                double c[8];
                int r = *row + dr, k = *column + dc;
                if (r < 0 || k < 0 || r >= s->f.rows || k >= s->f.columns)
                    continue;
                footprints_quad(&s->f, r, k, c);
                if (!isfinite(c[0] + c[2] + c[4] + c[6] + c[1] + c[3] + c[5] + c[7]))
                    continue;
                *row = r;
                *column = k;
                return true;
            }
    return false;
}

bool scan_pixels_find(const struct scan_pixels *s, double turn, double x, double y,
                      int *row, int *column, double *beyond)
{
    enum { STEPS = 32 };
    int r = held_in(*row, s->f.rows), c = held_in(*column, s->f.columns);
    bool found = holds(s, turn, r, c, x, y, footprints_holds_within);
    *beyond = 0;
    for (int i = 0; !found && i < STEPS && next_to(s, &r, &c); i++)
        if (!step_to(s, turn, x, y, &r, &c, beyond))
            break;
    *row = r;
    *column = c;
    if (found || *beyond > 2)
        return found;
    *beyond = 0;
    if (holds(s, turn, r, c, x, y, footprints_holds_within))
        return true;
    for (int dr = -1; dr <= 1; dr++)
        for (int dc = -1; dc <= 1; dc++)
            if (holds(s, turn, r + dr, c + dc, x, y, footprints_holds)) {
                *row = r + dr;
                *column = c + dc;
                return true;
            }
    return false;
}
