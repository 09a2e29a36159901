/* Values at places: at the centres of a rectangle's cells. tools/regrid/resample.c is the
 * same for the processor. */

/* What the places lie in, some of a row's cells each: of those about the source the least x
 * and y and the largest, whether one lies in it, and the square of the widest cell (of
 * square_widths of tools/regrid/cell_centres.c). */
__kernel void places_bounds(__global const double *coefficients, int column, int row,
                            int across, int columns, int2 source, int measure,
                            __global const double *x, __global const double *y,
                            __global double *bounds)
{
    struct patches p = {coefficients, column, row, across};
    int lane = (int)get_global_id(0), lanes = (int)get_global_size(0);
    int r = (int)get_global_id(1);
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY, under = 0,
           most = 0;
    for (int i = lane; i < columns; i += lanes) {
        size_t at = (size_t)r * (size_t)columns + (size_t)i;
        double px = x[at], py = y[at];
        if (px > -1 && py > -1 && px < source.x + 1.0 && py < source.y + 1.0) {
            x0 = px < x0 ? px : x0;
            x1 = px > x1 ? px : x1;
            y0 = py < y0 ? py : y0;
            y1 = py > y1 ? py : y1;
        }
        if (px >= 0 && py >= 0 && px < source.x && py < source.y)
            under = 1;
        if (!measure)
            continue;
        double2 left = patches_place(p, column + i, 0, row + r, 0.5);
        double2 right = patches_place(p, column + i + 1, 0, row + r, 0.5);
        double2 top = patches_place(p, column + i, 0.5, row + r, 0);
        double2 bottom = patches_place(p, column + i, 0.5, row + r + 1, 0);
        double2 wide = (right - left) * (right - left) + (bottom - top) * (bottom - top);
        most = wide.x > most ? wide.x : most;
        most = wide.y > most ? wide.y : most;
    }
    __global double *b = bounds + 6 * ((size_t)r * (size_t)lanes + (size_t)lane);
    b[0] = x0;
    b[1] = y0;
    b[2] = x1;
    b[3] = y1;
    b[4] = under;
    b[5] = most;
}

/* A cell each. modes: bit 0: strict; 1: each cell has its own widths, else all have width.
 */
__kernel void places_values(__global const double *x, __global const double *y,
                            __global const double *wide, __global const double *high,
                            double2 width, __global const double *v, int method, int modes,
                            int4 window, int2 source, __global double *to)
{
    struct place_window w = {window.x, window.y, window.z, window.w,
                             source.x, source.y, modes & 1};
    size_t at = get_global_id(0);
    double px = x[at], py = y[at];
    enum warp_method by = (enum warp_method)method;
    if (modes & 2)
        width = (double2)(wide[at], high[at]);
    bool narrow = !(width.x > 1 || width.y > 1);
    if (by == RESAMPLE_NEAREST) {
        to[at] = v[place_index(&w, px, py)];
    } else if (by == RESAMPLE_BILINEAR && narrow) {
        to[at] = place_bilinear(&w, v, px, py);
    } else if (by == RESAMPLE_CUBIC && narrow) {
        to[at] = place_cubic(&w, v, px, py);
    } else if (isnan(v[place_index(&w, px, py)])) {
        to[at] = NAN;
    } else {
        struct place_kernel kx =
            place_kernel_of(by, px, width.x, kernel_reach(by, width.x), w.column);
        struct place_kernel ky =
            place_kernel_of(by, py, width.y, kernel_reach(by, width.y), w.row);
        to[at] = place_kernel_value(&w, v, &kx, &ky);
    }
}
