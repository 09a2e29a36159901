/* match: satellite records and tower records in, pairs out. */
#include "match/match.h"
#include "base/mem.h"
#include "base/num.h"
#include "overpass_queue.h"
#include "pair_writer.h"
#include "record/columns.h"
#include "scene/solar_time.h"
#include "unmatched.h"
#include <math.h>
#include <stdlib.h>

struct run {
    const struct match_options *o;
    struct sorted_reader satellite;
    struct tower_window tower;
    struct overpass_queue queue;
    struct picked picked;
    struct pair_writer writer;
    struct unmatched unmatched;
    struct held_record timeless; /* room for one */
    int longitude;               /* the column, or -1 */
    struct buf site;             /* the key of what is in the queue */
    struct buf alone_names;      /* some keys without a tower */
    size_t alone;
    bool told; /* whether the present one is among them */
};

static int open_all(struct run *r, char *satellite, char *tower)
{
    const struct match_options *o = r->o;
    int status =
        sorted_open(&r->satellite, satellite, &o->form, o->by, "--time", o->time, o->utc);
    if (status == MSG_OK)
        status = tower_open(&r->tower, o, tower);
    if (status == MSG_OK)
        status = sorted_column(&r->satellite, "--longitude", o->longitude, &r->longitude);
    if (status == MSG_OK && r->longitude < 0)
        r->longitude = columns_coordinate(&r->satellite.in, COLUMNS_LONGITUDE);
    if (status == MSG_OK && o->pick == MATCH_DAILY && o->day == MATCH_SOLAR &&
        r->longitude < 0) {
        msg_error("%s: --day solar needs a column of longitudes: name it by --longitude",
                  r->satellite.in.name);
        status = MSG_INPUT;
    }
    overpass_init(&r->queue, &r->satellite.in, o->repeat == MATCH_ALL ? -1 : o->overpass);
    return status;
}

/* When the day of a satellite record began; false, and told, without a longitude. */
static bool day_of(const struct run *r, const struct held_record *h, double *begin)
{
    double shift = 0, longitude;
    if (r->o->day == MATCH_SOLAR) {
        struct slice f = held_field(h, r->longitude);
        if (!num_parse(f.s, f.n, &longitude) || !(fabs(longitude) <= 360)) {
            msg_error("%s:%zu: %s: not a longitude: \"%.*s\"", r->satellite.in.name,
                      h->line, r->satellite.in.legend[r->longitude], (int)f.n, f.s);
            return false;
        }
        static const double noon_2000 = 946728000;
        shift = longitude * 240 + solar_equation((h->start - noon_2000) / 86400);
    }
    *begin = floor((h->start + shift) / 86400) * 86400 - shift;
    return true;
}

static const char *reason_of(const struct run *r, double t)
{
    const struct tower_window *w = &r->tower;
    return !w->known                 ? "no-site"
           : t <= w->first           ? "before-first"
           : w->ended && t > w->last ? "after-last"
                                     : "gap";
}

static void note_alone(struct run *r)
{
    enum { MANY = 5 };
    if (r->told)
        return;
    r->told = true;
    if (r->alone++ < MANY) {
        buf_puts(&r->alone_names, r->alone > 1 ? ", " : "");
        sorted_name(&r->alone_names, &r->site);
    }
}

/* Finds a partner for n records of one overpass, the chosen one (or the first) at their
 * head. */
static int find_partner(struct run *r, struct held_record *const *record, size_t n)
{
    struct pick_time t = {record[0]->start, 0};
    double low, high;
    if (r->o->pick == MATCH_DAILY && !day_of(r, record[0], &t.day))
        return MSG_INPUT;
    pick_reach(r->o, &t, &low, &high);
    int status = tower_seek(&r->tower, &r->site, low, high);
    if (status != MSG_OK)
        return status;
    pick(&r->picked, r->o, &r->tower, &t);
    if (r->picked.n) {
        pair_write(&r->writer, record, n, &r->picked);
        return MSG_OK;
    }
    const char *reason = reason_of(r, t.seconds);
    if (!r->tower.known)
        note_alone(r);
    for (size_t i = 0; i < n; i++)
        unmatched_put(&r->unmatched, record[i], r->satellite.in.nlegend, reason);
    return MSG_OK;
}

/* Deals with the first overpass of the queue. */
static int settle(struct run *r)
{
    size_t n = overpass_gather(&r->queue);
    bool average = r->o->repeat == MATCH_AVERAGE;
    size_t best = average ? 0 : overpass_best(&r->queue, n);
    struct held_record **record = mem_alloc(n, sizeof *record);
    for (size_t i = 0; i < n; i++)
        record[i] = &r->queue.record[i];
    record[0] = &r->queue.record[best];
    int status = find_partner(r, record, average ? n : 1);
    for (size_t i = 0; !average && i < n; i++)
        if (i != best)
            unmatched_put(&r->unmatched, &r->queue.record[i], r->satellite.in.nlegend,
                          "repeat");
    free(record);
    overpass_drop(&r->queue, n);
    return status;
}

/* Settles the overpasses that are whole before a record of that time. */
static int settle_before(struct run *r, double next)
{
    int status = MSG_OK;
    while (status == MSG_OK && overpass_ready(&r->queue, next))
        status = settle(r);
    return status;
}

static int take_record(struct run *r)
{
    struct sorted_reader *s = &r->satellite;
    int status = MSG_OK;
    if (!r->site.n || sorted_compare(&r->site, &s->key) != 0) {
        status = settle_before(r, HUGE_VAL);
        buf_reset(&r->site);
        buf_add(&r->site, s->key.s, s->key.n);
        r->told = false;
    }
    if (status == MSG_OK && isnan(s->seconds)) {
        held_set(&r->timeless, &s->in);
        unmatched_put(&r->unmatched, &r->timeless, s->in.nlegend, "no-time");
        return MSG_OK;
    }
    if (status == MSG_OK)
        status = settle_before(r, s->seconds);
    if (status == MSG_OK)
        overpass_add(&r->queue, &s->in, s->seconds);
    return status;
}

static void warn(const struct run *r)
{
    const char *satellite = r->satellite.path, *tower = r->tower.in.path;
    if (r->alone)
        msg_warn("%zu of --by in %s have no record in %s: %s%s", r->alone, satellite, tower,
                 r->alone_names.s, r->alone > 5 ? ", ..." : "");
    if (r->tower.alone)
        msg_warn("%zu of --by in %s have no record in %s: %s%s", r->tower.alone, tower,
                 satellite, r->tower.alone_names.s, r->tower.alone > 5 ? ", ..." : "");
    if (r->tower.repeats)
        msg_warn(
            "%s: %zu records have the interval of another, which is the one that counts",
            tower, r->tower.repeats);
}

static int match_all(struct run *r)
{
    int status = pair_writer_open(&r->writer, r->o, &r->satellite, &r->tower);
    if (status == MSG_OK)
        status = unmatched_open(&r->unmatched, r->o, &r->satellite.in);
    for (int got; status == MSG_OK && (got = sorted_next(&r->satellite)) != 0;)
        status = got < 0 ? MSG_INPUT : take_record(r);
    if (status == MSG_OK)
        status = settle_before(r, HUGE_VAL);
    if (status == MSG_OK)
        status = tower_finish(&r->tower);
    if (status == MSG_OK)
        warn(r);
    status = unmatched_close(&r->unmatched, status);
    return msg_worse(status, pair_writer_close(&r->writer));
}

int match(const struct match_options *options, char *satellite, char *tower)
{
    struct run r = {.o = options};
    int status = open_all(&r, satellite, tower);
    if (status == MSG_OK)
        status = match_all(&r);
    overpass_free(&r.queue);
    picked_free(&r.picked);
    held_free(&r.timeless);
    buf_free(&r.site);
    buf_free(&r.alone_names);
    tower_close(&r.tower);
    sorted_close(&r.satellite);
    return status;
}
