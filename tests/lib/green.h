/* green: the area of a polygon in a rectangle, by line integrals.
 *
 * By Green's theorem the integral of clamp(x, c, c + 1) - c over y from r to r + 1, along
 * all edges of a polygon, is its area in the cell of column c and row r of a plane of
 * unit cells. Nothing is cut, so this shares no step with what it is to test. */
#ifndef ECO_GREEN_H
#define ECO_GREEN_H

#include <math.h>

/* Along one edge: the integrand is linear between the places where the edge meets the
 * cell's four lines. */
static long double green_edge(long double ax, long double ay, long double bx,
                              long double by, int c, int r)
{
    long double at[6] = {0, 1};
    int n = 2;
    for (int k = 0; k < 2; k++) {
        if (bx != ax)
            at[n++] = (c + k - ax) / (bx - ax);
        if (by != ay)
            at[n++] = (r + k - ay) / (by - ay);
    }
    for (int i = 0; i < n; i++) {
        at[i] = at[i] < 0 ? 0 : at[i] > 1 ? 1 : at[i];
        for (int j = i; j > 0 && at[j] < at[j - 1]; j--) {
            long double swap = at[j];
            at[j] = at[j - 1];
            at[j - 1] = swap;
        }
    }
    long double sum = 0;
    for (int i = 0; i + 1 < n; i++) {
        long double t = (at[i] + at[i + 1]) / 2;
        long double x = ax + t * (bx - ax), y = ay + t * (by - ay);
        if (y < r || y > r + 1)
            continue;
        x = x < c ? c : x > c + 1 ? c + 1 : x;
        sum += (x - c) * (at[i + 1] - at[i]) * (by - ay);
    }
    return sum;
}

/* x, y of the corners of a quadrilateral, in order. */
static double green_area(const double q[8], int c, int r)
{
    long double sum = 0;
    for (int i = 0; i < 4; i++) {
        int j = (i + 1) % 4;
        sum += green_edge(q[2 * i], q[2 * i + 1], q[2 * j], q[2 * j + 1], c, r);
    }
    return (double)fabsl(sum);
}

/* The area of the whole. */
static double green_whole(const double q[8])
{
    long double twice = 0;
    for (int i = 0; i < 4; i++) {
        int j = (i + 1) % 4;
        twice += ((long double)q[2 * i] - q[0]) * ((long double)q[2 * j + 1] - q[1]) -
                 ((long double)q[2 * j] - q[0]) * ((long double)q[2 * i + 1] - q[1]);
    }
    return (double)fabsl(twice / 2);
}

#endif
