/* Areas in a plane, against whole-number arithmetic, counting, and PROJ point by point. */
#include "geo/polygon.h"
#include "dice.h"
#include "geo/crs_transform.h"
#include "geo/polygon_index.h"
#include "geo/polygon_project.h"
#include "unit.h"
#include <stdlib.h>

/* 0 to n - 1. */
static int below(int n)
{
    return (int)dice(0, n - 1);
}

/* ---- Polygons of whole numbers --------------------------------------------------- */

enum { MOST = 40 };

struct whole {
    long long x[MOST], y[MOST];
    int n;
};

/* A star around 0, 0: no edge crosses another. Radii from a to b. */
static struct whole star(int n, int a, int b)
{
    struct whole w = {.n = 0};
    for (int i = 0; i < n; i++) {
        double r = a + dice_real(0, 1) * (b - a),
               t = 2 * 3.14159265358979 * (i + 0.3 * dice_real(0, 1)) / n;
        w.x[w.n] = (long long)rint(r * cos(t));
        w.y[w.n] = (long long)rint(r * sin(t));
        w.n++;
    }
    return w;
}

static void add(struct poly *p, const struct whole *w, bool reversed, double dx, double dy)
{
    poly_ring(p);
    for (int i = 0; i < w->n; i++) {
        int k = reversed ? w->n - 1 - i : i;
        poly_point(p, (double)w->x[k] + dx, (double)w->y[k] + dy);
    }
}

/* Twice the area, and six times the area times the centroid. */
static void exact(const struct whole *w, long long *area, long long *mx, long long *my)
{
    for (int i = 0, j = w->n - 1; i < w->n; j = i++) {
        long long cross = w->x[j] * w->y[i] - w->x[i] * w->y[j];
        *area += cross;
        *mx += (w->x[j] + w->x[i]) * cross;
        *my += (w->y[j] + w->y[i]) * cross;
    }
}

/* The contract's edge rule, in whole numbers: a ray to the right, edges half-open. */
static bool inside(const struct whole *w, long long x, long long y)
{
    bool in = false;
    for (int i = 0, j = w->n - 1; i < w->n; j = i++) {
        long long x0 = w->x[j], y0 = w->y[j], x1 = w->x[i], y1 = w->y[i];
        if ((y0 > y) == (y1 > y))
            continue;
        long long side = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0);
        in ^= y1 > y0 ? side > 0 : side < 0;
    }
    return in;
}

/* ---- Area and centroid ----------------------------------------------------------- */

TEST(area_and_centroid)
{
    for (int i = 0; i < 500; i++) {
        struct whole outer = star(8 + below(MOST - 8), 700, 1000);
        struct whole hole = star(3 + below(MOST - 3), 100, 500);
        long long area = 0, mx = 0, my = 0, hole_area = 0, hx = 0, hy = 0;
        exact(&outer, &area, &mx, &my);
        exact(&hole, &hole_area, &hx, &hy);
        /* Far from 0, 0, as UTM coordinates are, in any direction of the rings. */
        struct poly p = {0};
        add(&p, &hole, below(2), 5e5, 1e7);
        add(&p, &outer, below(2), 5e5, 1e7);
        poly_orient(&p);
        CHECK(poly_area(&p) == (double)(area - hole_area) / 2);
        double x, y;
        poly_centroid(&p, &x, &y);
        CHECK_NEAR(x, 5e5 + (double)(mx - hx) / (3.0 * (double)(area - hole_area)), 1e-8);
        CHECK_NEAR(y, 1e7 + (double)(my - hy) / (3.0 * (double)(area - hole_area)), 1e-8);
        double b[4], least_x = 1e9, most_y = -1e9;
        for (int k = 0; k < outer.n; k++) {
            least_x = fmin(least_x, (double)outer.x[k]);
            most_y = fmax(most_y, (double)outer.y[k]);
        }
        poly_bounds(&p, b);
        CHECK(b[0] == least_x + 5e5 && b[3] == most_y + 1e7);
        struct poly q;
        poly_copy(&q, &p);
        CHECK(q.npoints == p.npoints && q.nrings == 2 && poly_area(&q) == poly_area(&p));
        poly_free(&q);
        poly_free(&p);
    }
}

/* ---- Direction of rings ---------------------------------------------------------- */

static void square(struct poly *p, double x0, double y0, double x1, double y1,
                   bool reversed)
{
    poly_ring(p);
    poly_point(p, x0, y0);
    poly_point(p, reversed ? x0 : x1, reversed ? y1 : y0);
    poly_point(p, x1, y1);
    poly_point(p, reversed ? x1 : x0, reversed ? y0 : y1);
}

TEST(orient_nested)
{
    /* An island in a hole in an area, and an area apart, in all directions. */
    for (int way = 0; way < 16; way++) {
        struct poly p = {0};
        square(&p, 4, 4, 6, 6, way & 1);
        square(&p, 20, 0, 21, 1, way & 2);
        square(&p, 0, 0, 10, 10, way & 4);
        square(&p, 2, 2, 8, 8, way & 8);
        poly_orient(&p);
        CHECK(poly_area(&p) == 100 - 36 + 4 + 1);
        poly_free(&p);
    }
}

/* Holes that touch their area's ring, or each other, with any of their points. */
TEST(orient_touching)
{
    for (int first = 0; first < 4; first++) {
        for (int outer_first = 0; outer_first < 4; outer_first++) {
            static const double ox[] = {0, 10, 10, 0}, oy[] = {0, 0, 10, 10};
            static const double hx[] = {0, 4, 8, 4}, hy[] = {5, 3, 5, 7};
            static const double kx[] = {8, 9, 10, 9}, ky[] = {5, 2, 5, 8};
            struct poly p = {0};
            poly_ring(&p);
            for (int i = 0; i < 4; i++)
                poly_point(&p, hx[(i + first) % 4], hy[(i + first) % 4]);
            poly_ring(&p);
            for (int i = 0; i < 4; i++)
                poly_point(&p, ox[(i + outer_first) % 4], oy[(i + outer_first) % 4]);
            poly_ring(&p);
            for (int i = 0; i < 4; i++)
                poly_point(&p, kx[(i + first) % 4], ky[(i + first) % 4]);
            poly_orient(&p);
            CHECK(poly_area(&p) == 100 - 16 - 6);
            poly_free(&p);
        }
    }
}

/* ---- Points in areas ------------------------------------------------------------- */

TEST(contains_exactly)
{
    int wrong = 0, on_edge = 0;
    for (int i = 0; i < 300; i++) {
        int size = 10 + below(60);
        struct whole outer = star(3 + below(MOST - 3), size / 2, size);
        struct whole hole = star(3 + below(MOST - 3), 1, size / 3);
        struct poly p = {0};
        add(&p, &outer, below(2), 0, 0);
        add(&p, &hole, below(2), 0, 0);
        struct poly_index *index = poly_index_open(&p);
        for (int y = -size - 1; y <= size + 1; y++)
            for (int x = -size - 1; x <= size + 1; x++) {
                bool in = inside(&outer, x, y) != inside(&hole, x, y);
                wrong += poly_index_contains(index, x, y) != in;
                for (int k = 0; k < outer.n; k++)
                    on_edge += outer.x[k] == x && outer.y[k] == y;
            }
        poly_index_close(index);
        poly_free(&p);
    }
    CHECK(wrong == 0);
    CHECK(on_edge > 1000);
}

TEST(a_row_is_its_points)
{
    enum { N = 400 };
    int wrong = 0, in = 0;
    for (int i = 0; i < 300; i++) {
        int size = 10 + below(60);
        struct whole outer = star(3 + below(MOST - 3), size / 2, size);
        struct whole hole = star(3 + below(MOST - 3), 1, size / 3);
        struct poly p = {0};
        add(&p, &outer, below(2), 0.1, 0.3);
        add(&p, &hole, below(2), 0.1, 0.3);
        struct poly_index *index = poly_index_open(&p);
        /* Vertices, places between, places on the edges of the bounds, and none. */
        double x[N], y = below(2) ? p.y[below((int)p.npoints)] : dice_real(-size, size);
        unsigned char row[N];
        for (int k = 0; k < N; k++)
            x[k] = k % 7 == 0   ? p.x[below((int)p.npoints)]
                   : k % 7 == 1 ? NAN
                                : dice_real(-size - 2, size + 2);
        poly_index_row(index, x, y, N, row);
        for (int k = 0; k < N; k++) {
            wrong += row[k] != poly_index_contains(index, x[k], y);
            in += row[k];
        }
        poly_index_close(index);
        poly_free(&p);
    }
    CHECK(wrong == 0);
    CHECK(in > 10000);
}

TEST(edge_rule)
{
    struct poly p = {0};
    square(&p, 0, 0, 2, 2, false);
    struct poly_index *index = poly_index_open(&p);
    CHECK(poly_index_contains(index, 0, 0)); /* above and to the right of it */
    CHECK(poly_index_contains(index, 1, 0) && poly_index_contains(index, 0, 1));
    CHECK(!poly_index_contains(index, 1, 2) && !poly_index_contains(index, 2, 1));
    CHECK(!poly_index_contains(index, 2, 2) && !poly_index_contains(index, NAN, 1));
    poly_index_close(index);
    poly_free(&p);
}

/* Four triangles around a point fill a square: every point of it, most of all one on the
 * edges that they share, belongs to just one of them. */
TEST(no_point_in_two_or_none)
{
    int wrong = 0;
    for (int i = 0; i < 2000; i++) {
        double x0 = i % 2 ? 5e5 : dice_real(0, 1), y0 = i % 2 ? 9.7e6 : dice_real(0, 1);
        double cx = x0 + dice_real(0, 1) * 100, cy = y0 + dice_real(0, 1) * 100;
        const double x[] = {x0, x0 + 100, x0 + 100, x0};
        const double y[] = {y0, y0, y0 + 100, y0 + 100};
        struct poly p[4] = {0};
        struct poly_index *index[4];
        for (int k = 0; k < 4; k++) {
            poly_ring(&p[k]);
            poly_point(&p[k], x[k], y[k]);
            poly_point(&p[k], x[(k + 1) % 4], y[(k + 1) % 4]);
            poly_point(&p[k], cx, cy);
            index[k] = poly_index_open(&p[k]);
        }
        for (int t = 0; t < 40; t++) {
            double f = dice_real(0, 1);
            int k = below(4);
            double px = x[k] + f * (cx - x[k]), py = y[k] + f * (cy - y[k]);
            int count = 0;
            for (int j = 0; j < 4; j++)
                count += poly_index_contains(index[j], px, py);
            wrong += count != 1;
        }
        for (int k = 0; k < 4; k++) {
            poly_index_close(index[k]);
            poly_free(&p[k]);
        }
    }
    CHECK(wrong == 0);
}

TEST(nothing_in_nothing)
{
    struct poly p = {0};
    struct poly_index *index = poly_index_open(&p);
    CHECK(!poly_index_contains(index, 0, 0));
    poly_index_close(index);
    poly_ring(&p);
    index = poly_index_open(&p);
    CHECK(!poly_index_contains(index, 0, 0));
    poly_index_close(index);
    poly_index_close(NULL);
    poly_point(&p, 1, 1);
    poly_point(&p, 2, 1); /* without height */
    index = poly_index_open(&p);
    CHECK(!poly_index_contains(index, 1, 1) && !poly_index_contains(index, 1.5, 1));
    poly_index_close(index);
    poly_free(&p);
}

/* ---- Another CRS ----------------------------------------------------------------- */

static double to_segment(double x, double y, double ax, double ay, double bx, double by)
{
    double dx = bx - ax, dy = by - ay, d = dx * dx + dy * dy;
    double t = d > 0 ? ((x - ax) * dx + (y - ay) * dy) / d : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(x - ax - t * dx, y - ay - t * dy);
}

/* How far the transformed edges are from the transforms of the points on the edges. */
static double worst_distance(const struct poly *from, const struct poly *to,
                             struct crs_transform *map)
{
    double worst = 0;
    for (size_t i = 0, j = from->npoints - 1; i < from->npoints; j = i++)
        for (int k = 0; k < 50; k++) {
            double x = from->x[j] + (from->x[i] - from->x[j]) * k / 50;
            double y = from->y[j] + (from->y[i] - from->y[j]) * k / 50;
            crs_forward(map, &x, &y, 1, 1);
            double nearest = HUGE_VAL;
            for (size_t a = to->npoints - 1, b = 0; b < to->npoints; a = b++)
                nearest =
                    fmin(nearest, to_segment(x, y, to->x[a], to->y[a], to->x[b], to->y[b]));
            worst = fmax(worst, nearest);
        }
    return worst;
}

TEST(transform_follows_edges)
{
    static const struct {
        const char *from, *to;
        double x[4], y[4], tolerance;
    } cases[] = {
        {"EPSG:4326", "EPSG:32721", {-60, -54, -54, -60}, {-6, -6, -2, -2}, 1},
        /* An edge that is symmetric about the zone's middle and the equator: its midpoint
         * lies on the straight line and its quarters do not. */
        {"EPSG:4326", "EPSG:32621", {-60, -54, -54, -60}, {-3, 3, 5, 5}, 1},
        {"EPSG:32721", "EPSG:4326", {2e5, 8e5, 8e5, 2e5}, {9e6, 9e6, 9.9e6, 9.9e6}, 1e-6},
        {"EPSG:4326", "EPSG:5070", {-120, -80, -80, -120}, {30, 30, 48, 48}, 10},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct crs_transform *map;
        struct poly from = {0}, to;
        CHECK(crs_transform_open(&map, crs_of(cases[c].from), crs_of(cases[c].to), NULL,
                                 "test") == MSG_OK);
        poly_ring(&from);
        for (int i = 0; i < 4; i++)
            poly_point(&from, cases[c].x[i], cases[c].y[i]);
        CHECK(poly_transform(&to, &from, map, cases[c].tolerance) == MSG_OK);
        double worst = worst_distance(&from, &to, map);
        CHECK(worst <= cases[c].tolerance);
        CHECK(worst > 0 && to.npoints < 4000);
        poly_free(&to);
        poly_free(&from);
        crs_transform_close(map);
    }
}

TEST(transform_of_the_same)
{
    struct crs_transform *map;
    struct poly from = {0}, to;
    square(&from, 0, 0, 2, 2, false);
    poly_ring(&from);
    CHECK(crs_transform_open(&map, crs_of("EPSG:32721"), crs_of("EPSG:32721"), NULL,
                             "test") == MSG_OK);
    CHECK(poly_transform(&to, &from, map, 1) == MSG_OK);
    CHECK(to.npoints == 4 && to.nrings == 2 && to.x[1] == 2 && to.y[1] == 0);
    poly_free(&to);
    crs_transform_close(map);
    CHECK(crs_transform_open(&map, crs_of("EPSG:4326"), crs_of("EPSG:3395"), NULL,
                             "test") == MSG_OK);
    poly_point(&from, 0, 91);
    CHECK(poly_transform(&to, &from, map, 1) == MSG_INPUT);
    CHECK(to.npoints == 0);
    poly_free(&from);
    crs_transform_close(map);
}

int main(void)
{
    RUN(area_and_centroid);
    RUN(orient_nested);
    RUN(orient_touching);
    RUN(contains_exactly);
    RUN(a_row_is_its_points);
    RUN(edge_rule);
    RUN(no_point_in_two_or_none);
    RUN(nothing_in_nothing);
    RUN(transform_follows_edges);
    RUN(transform_of_the_same);
    return unit_end();
}
