/* kernel: the weights that resampling gives to the pixels around a place.
 *
 * bilinear     a triangle over the 2 nearest pixels in each direction
 * cubic        convolution with a = -1/2 over 4 (Keys 1981)
 * cubicspline  the cubic B-spline over 4 (Hou and Andrews 1978, IEEE Trans. ASSP 26,
 * 508-517): it smooths, and does not go through the pixels' values lanczos      sinc(x)
 * sinc(x / 3) over 6 (Turkowski 1990, Graphics Gems I, 147-165)
 *
 * Where cells are larger than pixels a kernel that stays as narrow passes over pixels: it
 * is widened to the cell, by one number for each direction of the source, for the whole
 * grid. */
#ifndef ECO_REGRID_KERNEL_H
#define ECO_REGRID_KERNEL_H

enum warp_method {
    RESAMPLE_NEAREST,
    RESAMPLE_BILINEAR,
    RESAMPLE_CUBIC,
    RESAMPLE_CUBICSPLINE,
    RESAMPLE_LANCZOS,
};

/* How many pixels of one direction it takes to each side, widened by a scale (at least 1).
 */
int kernel_reach(enum warp_method method, double scale);

/* The weights of 2 n pixels, n = kernel_reach, for a place that lies by f (0 <= f < 1)
 * beyond the centre of the n-th of them. Their sum is about the scale. */
void kernel_weights(enum warp_method method, double f, double scale, int n, double *weight);

#endif
