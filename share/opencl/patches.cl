/* Places by the patches that the processor has made (approx_patches). */

enum { PATCH = 64, COEFFICIENTS = 18 }; /* of approx_patches */

/* Some of them: from the one of a column and row on, row after row, `across` in each. */
struct patches {
    __global const double *coefficients;
    int column, row, across;
};

/* The same as at_row and along of tools/geo/approx_transform.c. */
static double patch_at(__global const double *c, double u, double w)
{
    double row[3];
    for (int i = 0; i < 3; i++)
        row[i] = c[3 * i] + w * (c[3 * i + 1] + w * c[3 * i + 2]);
    return row[0] + u * (row[1] + u * row[2]);
}

/* The same as a point of approx_row: (column + across, row + down). */
static double2 patches_place(struct patches p, int column, double across, int row,
                             double down)
{
    int px = column / PATCH, py = row / PATCH;
    __global const double *c =
        p.coefficients +
        COEFFICIENTS * ((py - p.row / PATCH) * p.across + px - p.column / PATCH);
    double u = (column - px * PATCH + across) / PATCH;
    double w = (row + down - py * PATCH) / PATCH;
    return (double2)(patch_at(c, u, w), patch_at(c + COEFFICIENTS / 2, u, w));
}

/* A place each. offset: 0 for corners, 0.5 for centres. */
__kernel void patches_places(__global const double *coefficients, int column, int row,
                             int across, double offset, __global double *x,
                             __global double *y)
{
    struct patches p = {coefficients, column, row, across};
    int i = (int)get_global_id(0), r = (int)get_global_id(1);
    double2 place = patches_place(p, column + i, offset, row + r, offset);
    size_t at = (size_t)r * get_global_size(0) + (size_t)i;
    x[at] = place.x;
    y[at] = place.y;
}
