/* Areas of projected pixels in cells, and their sums, of a chunk of rows whose corners
 * are known, in three steps, after one for all chunks.
 * tools/regrid/area_projected.c is the same for the processor. */

/* How a pixel's parts are kept: in a plane of nine areas each, part (r, c) in plane 3 r + c. */
enum { PART_NONE, PART_SINGLE, PART_PLAIN, PART_FEW };

/* What a cell has so far. */
struct cell {
    double weight, count, sum, share_sum;
    double denominator, middle, moment, least, most;
};

static struct cell cell_of(__global const double *sums, __global const double *more, size_t k)
{
    sums += 4 * k;
    more += 5 * k;
    return (struct cell){sums[0], sums[1], sums[2], sums[3], more[0],
                         more[1], more[2], more[3], more[4]};
}

static void keep_cell(struct cell s, __global double *sums, __global double *more, size_t k)
{
    sums += 4 * k;
    more += 5 * k;
    sums[0] = s.weight;
    sums[1] = s.count;
    sums[2] = s.sum;
    sums[3] = s.share_sum;
    more[0] = s.denominator;
    more[1] = s.middle;
    more[2] = s.moment;
    more[3] = s.least;
    more[4] = s.most;
}

/* Before all chunks, a cell each: it has nothing. */
__kernel void areas_first(__global double *sums, __global double *more)
{
    struct cell s = {0, 0, 0, 0, 0, 0, 0, INFINITY, -INFINITY};
    keep_cell(s, sums, more, get_global_id(0));
}

/* Step 1, a cell each: no pixel is known to lie in it. bounds: first and last row, first and
 * last column of a cell's pixels. */
__kernel void areas_reset(__global int *bounds)
{
    size_t k = 4 * get_global_id(0);
    bounds[k] = bounds[k + 2] = INT_MAX;
    bounds[k + 1] = bounds[k + 3] = -1;
}

/* Notes that pixel (i, r) has an area in a cell of the rectangle. */
static void note(__global int *bounds, int4 rect, int column, int row, int i, int r,
                 bool counts, __global int *touches)
{
    int c = column - rect.x, d = row - rect.y;
    if (c < 0 || d < 0 || c >= rect.z || d >= rect.w)
        return;
    atomic_or(touches, 1);
    if (!counts)
        return;
    __global int *b = bounds + 4 * ((size_t)d * (size_t)rect.z + (size_t)c);
    atomic_min(b, r);
    atomic_max(b + 1, r);
    atomic_min(b + 2, i);
    atomic_max(b + 3, i);
}

static bool in_box(int4 box, int column, int row)
{
    return column >= box.x && column < box.x + box.z && row >= box.y && row < box.y + box.w;
}

/* Step 2, four pixels of a row each. odd[0]: how many pixels are no quadrilaterals in few
 * cells; behind it which. modes: bit 0: the denominator counts the box; 1: it counts weights;
 * 2: there are weights; 3: moments; 4: the range. */
__kernel void areas_parts(__global const double *x, __global const double *y,
                          __global const double *v, __global const uchar *bits, uchar all,
                          int modes, int columns, int rows, int first_column, int first_row,
                          int4 rect, int4 box, double turn, __global uchar *kind,
                          __global int2 *place, __global double *whole,
                          __global double *area, __global int *bounds,
                          __global int *touches, __global int *odd)
{
    int i0 = 4 * (int)get_global_id(0), r = (int)get_global_id(1);
    size_t corners = (size_t)columns + 1, pixels = (size_t)columns * (size_t)rows;
    double cx[2][5], cy[2][5];
    for (int k = 0; k < 5; k++) {
        int i = min(i0 + k, columns);
        for (int d = 0; d < 2; d++) {
            cx[d][k] = x[(size_t)(r + d) * corners + (size_t)i];
            cy[d][k] = y[(size_t)(r + d) * corners + (size_t)i];
        }
    }
    struct area_row_corners p;
    p.ax = (double4)(cx[0][0], cx[0][1], cx[0][2], cx[0][3]);
    p.ay = (double4)(cy[0][0], cy[0][1], cy[0][2], cy[0][3]);
    p.bx = (double4)(cx[0][1], cx[0][2], cx[0][3], cx[0][4]);
    p.by = (double4)(cy[0][1], cy[0][2], cy[0][3], cy[0][4]);
    p.cx = (double4)(cx[1][1], cx[1][2], cx[1][3], cx[1][4]);
    p.cy = (double4)(cy[1][1], cy[1][2], cy[1][3], cy[1][4]);
    p.dx = (double4)(cx[1][0], cx[1][1], cx[1][2], cx[1][3]);
    p.dy = (double4)(cy[1][0], cy[1][1], cy[1][2], cy[1][3]);
    struct area_row_parts o;
    area_row_parts(p, &o);
    long plain[4], single[4];
    double column[4], row[4], size[4], part[4][4];
    vstore4(o.plain, 0, plain);
    vstore4(o.single, 0, single);
    vstore4(o.column, 0, column);
    vstore4(o.row, 0, row);
    vstore4(o.whole, 0, size);
    for (int k = 0; k < 4; k++)
        vstore4(o.area[k], 0, part[k]);
    for (int k = 0; k < 4 && i0 + k < columns; k++) {
        int i = i0 + k;
        size_t at = (size_t)r * (size_t)columns + (size_t)i;
        bool selected = bits[at] == all;
        bool counts = (selected && (!isnan(v[at]) || (modes & 2))) ||
                      ((modes & 1) && in_box(box, first_column + i, first_row + r));
        kind[at] = PART_NONE;
        if (plain[k]) {
            kind[at] = single[k] ? PART_SINGLE : PART_PLAIN;
            place[at] = (int2)((int)column[k], (int)row[k]);
            whole[at] = size[k];
            for (int n = 0; n < 4; n++) {
                area[(size_t)(3 * (n / 2) + n % 2) * pixels + at] = part[n][k];
                if (part[n][k] > 0)
                    note(bounds, rect, (int)column[k] + n % 2, (int)row[k] + n / 2, i, r,
                         counts, touches);
            }
            continue;
        }
        double corner[8] = {cx[0][k],     cy[0][k],     cx[0][k + 1], cy[0][k + 1],
                            cx[1][k + 1], cy[1][k + 1], cx[1][k],     cy[1][k]};
        double low = corner[0], high = corner[0], sum = 0;
        for (int n = 0; n < 8; n += 2) {
            low = corner[n] < low ? corner[n] : low;
            high = corner[n] > high ? corner[n] : high;
            sum += corner[n] + corner[n + 1];
        }
        if (isnan(sum))
            continue;
        struct area_weights_few few;
        if ((turn > 0 && !(high - low < turn / 2)) || !area_quad_few(corner, &few)) {
            odd[1 + atomic_inc(odd)] = (int)at;
            continue;
        }
        kind[at] = PART_FEW + few.columns * 4 + few.rows;
        place[at] = (int2)(few.column, few.row);
        whole[at] = few.whole;
        for (int d = 0; d < few.rows; d++)
            for (int c = 0; c < few.columns; c++) {
                area[(size_t)(3 * d + c) * pixels + at] = few.area[d][c];
                if (few.area[d][c] > 0)
                    note(bounds, rect, few.column + c, few.row + d, i, r, counts, touches);
            }
    }
}

/* The same as add_part of tools/regrid/area_projected.c. */
static void add_part(struct cell *s, int modes, double sliver, bool good, double v,
                     double weight, double counted, double area, double share)
{
    s->denominator += area * counted;
    if (!good)
        return;
    area *= weight;
    share *= weight;
    if (modes & 8) {
        double sum = s->weight + area, step = v - s->middle;
        s->moment += step * step * s->weight * area / sum;
        s->middle += step * area / sum;
    }
    if ((modes & 16) && (area >= sliver || share >= sliver)) {
        s->least = s->least < v ? s->least : v;
        s->most = s->most > v ? s->most : v;
    }
    s->weight += area;
    s->count += share;
    s->sum += area * v;
    s->share_sum += share * v;
}

/* Step 3, a cell each: takes its pixels in order. The odd pixels' parts, which the processor
 * has found, are sorted by cell, then by pixel. */
__kernel void areas_sum(__global const double *v, __global const uchar *bits, uchar all,
                        __global const float *weight, int modes, double sliver, int columns,
                        int rows, int first_column, int first_row, int4 rect, int4 box,
                        __global const uchar *kind, __global const int2 *place,
                        __global const double *whole, __global const double *area,
                        __global const int *bounds, int odds, __global const int2 *odd,
                        __global const double2 *odd_area, __global double *sums,
                        __global double *more)
{
    size_t k = get_global_id(0), pixels = (size_t)columns * (size_t)rows;
    int column = rect.x + (int)(k % (size_t)rect.z),
        row = rect.y + (int)(k / (size_t)rect.z);
    struct cell s = cell_of(sums, more, k);
    int from = bounds[4 * k], to = bounds[4 * k + 1], left = bounds[4 * k + 2],
        right = bounds[4 * k + 3];
    int next = 0, end = odds; /* of the odd parts, the first of this cell or beyond */
    while (next < end) {
        int middle = (next + end) / 2;
        if (odd[middle].x < (int)k)
            next = middle + 1;
        else
            end = middle;
    }
    bool more_odd = next < odds && odd[next].x == (int)k;
    if (more_odd) { /* rows and columns of these, too */
        int last = next;
        while (last < odds && odd[last].x == (int)k) {
            from = min(from, odd[last].y / columns);
            to = max(to, odd[last].y / columns);
            last++;
        }
        left = 0;
        right = columns - 1;
    }
    for (int r = from; r <= to; r++)
        for (int i = left; i <= right; i++) {
            size_t at = (size_t)r * (size_t)columns + (size_t)i;
            bool selected = bits[at] == all;
            bool good = selected && !isnan(v[at]);
            double u = modes & 4 ? (double)weight[at] : 1, counted = 0;
            if (modes & 1)
                counted = in_box(box, first_column + i, first_row + r);
            else if ((modes & 2) && selected)
                counted = u;
            if (more_odd && odd[next].y == (int)at) {
                do {
                    add_part(&s, modes, sliver, good, v[at], u, counted, odd_area[next].x,
                             odd_area[next].y);
                    next++;
                    more_odd = next < odds && odd[next].x == (int)k;
                } while (more_odd && odd[next].y == (int)at);
                continue;
            }
            int what = kind[at], c = column - place[at].x, d = row - place[at].y;
            int across = what >= PART_FEW ? (what - PART_FEW) / 4 : 2;
            int down = what >= PART_FEW ? (what - PART_FEW) % 4 : 2;
            if (what == PART_NONE || c < 0 || d < 0 || c >= across || d >= down ||
                !(good || counted != 0))
                continue;
            double a = area[(size_t)(3 * d + c) * pixels + at];
            if (!(a > 0))
                continue;
            double share = what == PART_SINGLE  ? 1
                           : what == PART_PLAIN ? a * (1 / whole[at])
                                                : a / whole[at];
            add_part(&s, modes, sliver, good, v[at], u, counted, a, share);
        }
    keep_cell(s, sums, more, k);
}
