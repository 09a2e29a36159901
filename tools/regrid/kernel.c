/* kernel: the weights of pixels around a place. */
#include "kernel.h"
#include <math.h>

static const double pi = 3.14159265358979323846;

/* The sine of an angle that goes on by a step. */
struct turning {
    double sine, cosine, step_sine, step_cosine;
};

static struct turning turning_from(double angle, double step)
{
    return (struct turning){sin(angle), cos(angle), sin(step), cos(step)};
}

static void turn_on(struct turning *t)
{
    double sine = t->sine * t->step_cosine + t->cosine * t->step_sine;
    t->cosine = t->cosine * t->step_cosine - t->sine * t->step_sine;
    t->sine = sine;
}

/* sinc(x) sinc(x / 3) for x from first on, step by step. */
static void lanczos_weights(double first, double step, int n, double *weight)
{
    /* Nearer to 0 the error of a sine, 1e-15, would show. There the series of the two is 1
     * but for 1.8 x^2. */
    static const double near = 1e-5;
    struct turning once = turning_from(pi * first, pi * step),
                   third = turning_from(pi / 3 * first, pi / 3 * step);
    for (int i = 0; i < n; i++) {
        double x = first + i * step;
        weight[i] = fabs(x) >= 3     ? 0
                    : fabs(x) < near ? 1
                                     : 3 * once.sine * third.sine / (pi * pi * x * x);
        turn_on(&once);
        turn_on(&third);
    }
}

/* x: how far away, in pixels. */
static double weight_at(enum warp_method method, double x)
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

int kernel_reach(enum warp_method method, double scale)
{
    static const int radius[] = {0, 1, 2, 2, 3};
    return (int)ceil(radius[method] * scale);
}

void kernel_weights(enum warp_method method, double f, double scale, int n, double *weight)
{
    if (method == RESAMPLE_LANCZOS) {
        lanczos_weights((1 - n - f) / scale, 1 / scale, 2 * n, weight);
        return;
    }
    for (int i = 0; i < 2 * n; i++)
        weight[i] = weight_at(method, (i - (n - 1) - f) / scale);
}
