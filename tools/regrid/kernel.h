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
 * grid.
 *
 * Both C and OpenCL C: the program for accelerators (share/opencl/) has this text too. */
#ifndef ECO_REGRID_KERNEL_H
#define ECO_REGRID_KERNEL_H

#include <math.h>

enum warp_method {
    RESAMPLE_NEAREST,
    RESAMPLE_BILINEAR,
    RESAMPLE_CUBIC,
    RESAMPLE_CUBICSPLINE,
    RESAMPLE_LANCZOS,
};

/* How many pixels of one direction a kernel takes to each side, widened by a scale (at
 * least 1). */
static inline int kernel_reach(enum warp_method method, double scale)
{
    int radius = method == RESAMPLE_NEAREST    ? 0
                 : method == RESAMPLE_BILINEAR ? 1
                 : method == RESAMPLE_LANCZOS  ? 3
                                               : 2;
    return (int)ceil(radius * scale);
}

/* The weight of a pixel x pixels away, by any kernel but lanczos. */
static inline double kernel_weight_at(enum warp_method method, double x)
{
    x = fabs(x);
    switch (method) {
    case RESAMPLE_BILINEAR:
        return x < 1 ? 1 - x : 0;
    case RESAMPLE_CUBIC:
        return x < 1   ? (1.5 * x - 2.5) * x * x + 1
               : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2
                       : 0;
    case RESAMPLE_CUBICSPLINE:
        return x < 1   ? 2.0 / 3 + (0.5 * x - 1) * x * x
               : x < 2 ? (2 - x) * (2 - x) * (2 - x) / 6
                       : 0;
    default:
        return 0;
    }
}

/* That of the i-th of the 2 n pixels of kernel_weights. */
static inline double kernel_weight(enum warp_method method, double f, double scale, int n,
                                   int i)
{
    return kernel_weight_at(method, (i - (n - 1) - f) / scale);
}

/* The weights of 2 n pixels, n = kernel_reach, for a place that lies by f
 * (0 <= f < 1) beyond the centre of the n-th of them. Their sum is about the scale. */
void kernel_weights(enum warp_method method, double f, double scale, int n, double *weight);

#endif
