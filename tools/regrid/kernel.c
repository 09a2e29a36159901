/* kernel: the weights of pixels around a place. */
#include "kernel.h"

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

void kernel_weights(enum warp_method method, double f, double scale, int n, double *weight)
{
    if (method == RESAMPLE_LANCZOS) {
        lanczos_weights((1 - n - f) / scale, 1 / scale, 2 * n, weight);
        return;
    }
    for (int i = 0; i < 2 * n; i++)
        weight[i] = kernel_weight(method, f, scale, n, i);
}
