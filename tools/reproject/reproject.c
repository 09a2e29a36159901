/* reproject: records in, the same records in another CRS out. */
#include "reproject/reproject.h"
#include "base/mem.h"
#include "base/num.h"
#include "crs_batches.h"
#include "geo/crs_operations.h"
#include "layout.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BATCH = 2048,         /* records, so that their points and text stay in the cache */
    BATCH_TEXT = 1 << 18, /* bytes of their text, or one longer line */
};

static const size_t nowhere = (size_t)-1; /* the index of a point without coordinates */

/* A record that waits for its coordinates. */
struct held {
    const struct crs_batch *group;
    size_t point; /* in the group, or nowhere */
    const char *name;
    size_t line;
};

/* The records that wait. Of their lines only the pieces are kept that stand before,
 * between and behind the fields that are replaced, one after the other in one text. */
struct batch {
    struct held held[BATCH];
    size_t n;
    size_t end[BATCH * (REPROJECT_HOLES + 1)]; /* of each piece */
    size_t npieces;
    struct buf text;
};

struct state {
    const struct reproject_options *o;
    struct reproject_layout plan;
    struct rec_reader in;
    struct out out;
    struct buf comments; /* that stand before the next record */
    struct crs_batches set;
    struct crs_batch *only;    /* the group of all records when they share a CRS */
    size_t crs_length, number; /* bytes of the new CRS's name, of a number at most */
    struct batch *batch;
    size_t points, outside;
};

/* Most pieces are a delimiter, or nothing. */
static inline char *put_text(char *to, const char *from, size_t n)
{
    if (n > 1)
        memcpy(to, from, n);
    else if (n)
        *to = *from;
    return to + n;
}

/* Keeps what the present line has besides its coordinates. */
static void hold(struct state *s, const struct crs_batch *group, size_t point)
{
    struct batch *b = s->batch;
    const struct rec_reader *r = &s->in;
    size_t most = s->comments.n + r->text.n;
    bool fits = most < b->text.cap - b->text.n;
    char *to = fits ? b->text.s + b->text.n : buf_room(&b->text, most);
    if (s->comments.n) {
        to = put_text(to, s->comments.s, s->comments.n);
        buf_reset(&s->comments);
    }
    const char *at = r->text.s;
    for (int i = 0; i < s->plan.nholes; i++) {
        const struct slice *f = &r->raw[s->plan.hole[i].column];
        to = put_text(to, at, (size_t)(f->s - at));
        at = f->s + f->n;
        b->end[b->npieces++] = (size_t)(to - b->text.s);
    }
    to = put_text(to, at, (size_t)(r->text.s + r->text.n - at));
    b->end[b->npieces++] = b->text.n = (size_t)(to - b->text.s);
    b->held[b->n++] = (struct held){group, point, r->name, r->line};
}

static char *put_number(const struct state *s, char *to, double v)
{
    return to + (s->o->decimals < 0 ? num_double(to, v) : num_fixed(to, v, s->o->decimals));
}

static char *put_value(const struct state *s, char *to, const struct held *h, int axis)
{
    return put_number(s, to, h->point == nowhere ? NAN : h->group->v[axis][h->point]);
}

/* Writes a record, whose pieces are from end[0] on; its text begins at `begin`. */
static void put_record(struct state *s, const struct held *h, size_t begin,
                       const size_t *end)
{
    const struct reproject_layout *p = &s->plan;
    const char *text = s->batch->text.s;
    size_t most = end[p->nholes] - begin + 8 * (s->number + 1) + s->crs_length + 1;
    char *start =
        most < s->out.cap - s->out.n ? s->out.s + s->out.n : out_room(&s->out, most);
    char *to = start;
    for (int i = 0; i < p->nholes; i++) {
        to = put_text(to, text + begin, end[i] - begin);
        begin = end[i];
        if (p->hole[i].axis >= 0)
            to = put_value(s, to, h, p->hole[i].axis);
        else
            to = put_text(to, p->to_field, s->crs_length);
    }
    to = put_text(to, text + begin, end[p->nholes] - begin);
    for (int axis = 0; axis < p->nappended; axis++) {
        *to++ = s->in.delimiter;
        to = put_value(s, to, h, axis);
    }
    *to++ = '\n';
    s->out.n += (size_t)(to - start);
}

/* Whether a point did not transform. */
static bool is_outside(const struct held *h)
{
    return h->point != nowhere && isnan(h->group->v[0][h->point]);
}

/* Transforms and writes what waits. MSG_INPUT when strictness ends it. */
static int flush(struct state *s)
{
    struct batch *b = s->batch;
    int status = MSG_OK;
    crs_batches_forward(&s->set);
    size_t begin = 0;
    for (size_t i = 0; i < b->n; i++) {
        const size_t *end = &b->end[i * ((size_t)s->plan.nholes + 1)];
        const struct held *h = &b->held[i];
        s->points += h->point != nowhere;
        if (!is_outside(h)) {
            put_record(s, h, begin, end);
        } else if (!s->o->strict) {
            s->outside++;
            put_record(s, h, begin, end);
        } else {
            msg_error("%s:%zu: this point of %.80s does not transform to %.80s", h->name,
                      h->line, crs_text(h->group->from), crs_text(s->o->to));
            status = MSG_INPUT;
            if (!s->o->keep_going)
                break;
        }
        begin = end[s->plan.nholes];
    }
    crs_batches_empty(&s->set);
    b->n = b->npieces = 0;
    buf_reset(&b->text);
    return status;
}

/* Says what there is to say about operations that have done their work. */
static void report(struct state *s)
{
    for (size_t i = 0; i < s->set.n; i++) {
        struct crs_batch *g = s->set.group[i];
        if (g->map && crs_transform_identity(g->map) && s->o->accuracy)
            msg_note("%.80s to %.80s: the same, nothing to do", crs_text(g->from),
                     crs_text(s->o->to));
        else if (g->map && !crs_transform_identity(g->map))
            crs_transform_report(g->map, s->o->accuracy);
    }
}

/* The group for the present record's CRS, or NULL, told. */
static struct crs_batch *find_group(struct state *s, int *status)
{
    int column = s->plan.in.crs_column;
    const struct rec_reader *r = &s->in;
    const struct slice *f = &r->field[column];
    struct crs_batch *g = crs_batches_find(&s->set, f->s, f->n);
    if (g && g->map)
        return g;
    if (g) {
        rec_complain(r, column, "no operation from this CRS");
        return NULL;
    }
    if (!f->n) {
        rec_complain(r, column, "an empty field");
        return NULL;
    }
    if (s->set.n == CRS_BATCHES_MOST) {
        *status = msg_worse(*status, flush(s));
        report(s);
        crs_batches_close(&s->set);
    }
    struct buf what = {0};
    buf_printf(&what, "%s:%zu", r->name, r->line);
    g = crs_batches_add(&s->set, f->s, f->n, what.s);
    buf_free(&what);
    return g->map ? g : NULL;
}

/* Takes the present record in. MSG_INPUT when it is bad, told. */
static int take(struct state *s)
{
    double v[4] = {0};
    for (int axis = 0; axis < 4; axis++) {
        int column = s->plan.in.column[axis];
        if ((column >= 0 || axis < 2) && !rec_number(&s->in, column, &v[axis]))
            return MSG_INPUT;
    }
    int status = MSG_OK;
    struct crs_batch *g = s->only;
    bool somewhere = !isnan(v[0]) && !isnan(v[1]);
    if (!g && somewhere && !(g = find_group(s, &status)))
        return MSG_INPUT;
    hold(s, g, somewhere ? crs_batches_point(&s->set, g, v) : nowhere);
    return status;
}

/* All records, after the head. */
static int run(struct state *s)
{
    int status = MSG_OK;
    for (int got; (got = rec_next(&s->in)) != 0;) {
        int now = got > 0 ? take(s) : MSG_INPUT;
        bool stop = got == -2 || (now != MSG_OK && !s->o->keep_going);
        if (stop || s->batch->n == BATCH || s->batch->text.n >= BATCH_TEXT ||
            (s->o->prompt && !rec_more(&s->in))) {
            int flushed = flush(s);
            now = msg_worse(now, flushed);
            stop = stop || (flushed != MSG_OK && !s->o->keep_going);
            if (s->o->prompt)
                now = msg_worse(now, out_flush(&s->out));
            stop = stop || s->out.error;
        }
        status = msg_worse(status, now);
        if (stop)
            return status;
    }
    status = msg_worse(status, flush(s));
    if (s->comments.n)
        out_write(&s->out, s->comments.s, s->comments.n);
    return status;
}

/* What a stream needs once its head is known. */
static int prepare(struct state *s)
{
    const struct reproject_options *o = s->o;
    int status = rec_head(&s->in);
    if (status == MSG_OK)
        status = reproject_layout(&s->plan, o, &s->in);
    if (status != MSG_OK)
        return status;
    unsigned flags = CRS_BOUNDS | (o->authority_order ? CRS_AUTHORITY_ORDER : 0) |
                     (o->accuracy ? CRS_TALLY : 0) |
                     (s->plan.in.column[2] >= 0 ? CRS_HEIGHTS : 0);
    crs_batches_open(&s->set, o->to, o->area, flags, s->plan.in.column[2] >= 0,
                     s->plan.in.column[3] >= 0);
    if (s->plan.in.crs) {
        const char *from = crs_text(s->plan.in.crs);
        s->only =
            crs_batches_add(&s->set, from, strlen(from), o->from ? "--from" : s->in.name);
        if (!s->only->map)
            return MSG_INPUT;
    }
    s->crs_length = strlen(s->plan.to_field);
    s->number = o->decimals < 0 ? NUM_MAX : NUM_FIXED_MAX;
    s->batch = mem_alloc(1, sizeof *s->batch);
    return MSG_OK;
}

int reproject(const struct reproject_options *options, char **files, int nfiles)
{
    struct state s = {.o = options};
    rec_form_open(&s.in, files, nfiles, &options->form);
    s.in.comments = &s.comments;
    out_init(&s.out, STDOUT_FILENO, "stdout");
    int status = prepare(&s);
    if (status == MSG_OK) {
        reproject_put_head(&s.plan, options, &s.in, &s.comments, &s.out);
        buf_reset(&s.comments);
        status = run(&s);
        if (s.outside)
            msg_warn("NaN for %zu of %zu points, which do not transform to %.80s",
                     s.outside, s.points, crs_text(options->to));
        report(&s);
    }
    status = msg_worse(status, out_close(&s.out));
    if (s.batch)
        buf_free(&s.batch->text);
    free(s.batch);
    crs_batches_close(&s.set);
    reproject_layout_free(&s.plan);
    buf_free(&s.comments);
    rec_close(&s.in);
    return status;
}
