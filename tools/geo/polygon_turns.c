/* polygon_turns: areas whose x are longitudes, of which those a turn apart are one place.
 */
#include "geo/polygon_turns.h"
#include "base/mem.h"
#include <math.h>
#include <stdlib.h>

/* How far a ring reaches, and by how many turns it is moved. */
struct reach {
    double west, east, turns;
};

static struct reach reach_of(const struct poly *p, size_t ring)
{
    struct reach r = {HUGE_VAL, -HUGE_VAL, 0};
    for (size_t i = p->ring[ring]; i < p->ring[ring + 1]; i++) {
        r.west = fmin(r.west, p->x[i]);
        r.east = fmax(r.east, p->x[i]);
    }
    return r;
}

static void move_ring(struct poly *p, size_t ring, double by)
{
    for (size_t i = p->ring[ring]; i < p->ring[ring + 1] && by != 0; i++)
        p->x[i] += by;
}

static int by_west(const void *a, const void *b)
{
    const struct reach *r = a, *s = b;
    return r->west < s->west ? -1 : r->west > s->west;
}

/* Where the widest gap ends that the rings leave open around the turn; their wests are from
 * 0 to a turn, in order. NaN when there is none. */
static double end_of_gap(const struct reach *r, size_t n, double turn)
{
    double reached = -HUGE_VAL, widest = 0, end = NAN;
    for (size_t i = 0; i < n; i++)
        reached = fmax(reached, r[i].east - turn);
    for (size_t i = 0; i < n; i++) {
        if (r[i].west - reached > widest) {
            widest = r[i].west - reached;
            end = r[i].west;
        }
        reached = fmax(reached, r[i].east);
    }
    return end;
}

void poly_gather(struct poly *p, double turn)
{
    size_t n = 0;
    struct reach *ring = mem_alloc(p->nrings + 1, sizeof *ring),
                 *order = mem_alloc(p->nrings + 1, sizeof *order);
    double west = HUGE_VAL, east = -HUGE_VAL;
    for (size_t k = 0; k < p->nrings; k++) {
        ring[k] = reach_of(p, k);
        if (!isfinite(ring[k].west) || !isfinite(ring[k].east))
            continue;
        double turns = -floor(ring[k].west / turn);
        order[n++] =
            (struct reach){ring[k].west + turns * turn, ring[k].east + turns * turn, 0};
    }
    qsort(order, n, sizeof *order, by_west);
    double begin = end_of_gap(order, n, turn);
    bool apart = false;
    for (size_t k = 0; k < p->nrings && !isnan(begin); k++) {
        /* From the end of the gap on, but for what rounding does to it. */
        ring[k].turns = -floor((ring[k].west - begin) / turn + 1e-12);
        apart = apart || ring[k].turns != ring[0].turns;
        west = fmin(west, ring[k].west + ring[k].turns * turn);
        east = fmax(east, ring[k].east + ring[k].turns * turn);
    }
    double back = rint((west + east) / 2 / turn);
    for (size_t k = 0; apart && k < p->nrings && isfinite(back); k++)
        move_ring(p, k, (ring[k].turns - back) * turn);
    free(ring);
    free(order);
}

void poly_move_near(struct poly *p, double turn, double x)
{
    for (size_t k = 0; k < p->nrings; k++) {
        struct reach r = reach_of(p, k);
        double by = turn * rint((x - (r.west + r.east) / 2) / turn);
        if (isfinite(by))
            move_ring(p, k, by);
    }
}
