/* pair_writer: pairs as records. */
#include "pair_writer.h"
#include "base/mem.h"
#include "record/csv.h"
#include "record/writer.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The columns that are added behind. */
static const char *const added[] = {"lag", "n_tower"};
enum { ADDED = sizeof added / sizeof *added };

/* The name of a tower's column, into b. */
static const char *tower_name(const struct pair_writer *w, size_t column, struct buf *b)
{
    const char *name = w->tower->in.in.legend[column];
    buf_reset(b);
    buf_puts(b, name);
    if (rec_column(&w->satellite->in, name) >= 0)
        buf_puts(b, "_tower");
    return b->s;
}

static int check_names(const struct pair_writer *w)
{
    const struct rec_reader *sat = &w->satellite->in, *tower = &w->tower->in.in;
    struct buf a = {0}, b = {0};
    int status = MSG_OK;
    const char *bad = NULL;
    for (size_t i = 0; i < tower->nlegend && !bad; i++) {
        if (w->is_key[i])
            continue;
        const char *name = tower_name(w, i, &a);
        bool clash = rec_column(sat, name) >= 0;
        for (int k = 0; k < ADDED; k++)
            clash = clash || strcmp(name, added[k]) == 0;
        for (size_t j = 0; j < i && !clash; j++)
            clash = !w->is_key[j] && strcmp(name, tower_name(w, j, &b)) == 0;
        bad = clash ? name : NULL;
    }
    for (int k = 0; k < ADDED && !bad; k++)
        bad = rec_column(sat, added[k]) >= 0 ? added[k] : NULL;
    if (bad) {
        msg_error("%s, %s: two columns of a pair would be named \"%s\"", sat->name,
                  tower->name, bad);
        status = MSG_INPUT;
    }
    buf_free(&a);
    buf_free(&b);
    return status;
}

/* The tower's metadata: units go with their columns, all else gets tower. before it. */
static void put_tower_meta(struct pair_writer *w)
{
    const struct rec_reader *r = &w->tower->in.in;
    struct buf key = {0}, name = {0};
    for (size_t i = 0; i < r->nmeta; i++) {
        const char *of = strncmp(r->meta[i].key, "unit.", 5) == 0 ? r->meta[i].key + 5 : "";
        int column = *of ? rec_column(r, of) : -1;
        if (*of && (column < 0 || w->is_key[column]))
            continue;
        buf_reset(&key);
        buf_printf(&key, "%s%s", *of ? "unit." : "tower.",
                   *of ? tower_name(w, (size_t)column, &name) : r->meta[i].key);
        rec_put_pair(&w->out, key.s, r->meta[i].value);
    }
    buf_free(&key);
    buf_free(&name);
}

static void put_meta(struct pair_writer *w)
{
    const struct match_options *o = w->o;
    struct buf b = {0};
    rec_put_meta(&w->out, &w->satellite->in, NULL, NULL);
    put_tower_meta(w);
    buf_printf(&b, "%s", match_pick_names[o->pick]);
    if (o->pick == MATCH_DAILY)
        buf_printf(&b, ", %s day", match_day_names[o->day]);
    else if (o->pick != MATCH_WITHIN)
        buf_printf(&b, ", window %+g to %+g s", o->window[0], o->window[1]);
    buf_printf(&b, ", lag to the %s, one overpass is %g s: %s", match_at_names[o->at],
               o->overpass, match_repeat_names[o->repeat]);
    rec_put_pair(&w->out, "match", b.s);
    rec_put_pair(&w->out, "unit.lag", "min");
    if (o->command)
        rec_put_pair(&w->out, "cmd", o->command);
    buf_free(&b);
}

static void put_legend(struct pair_writer *w)
{
    const struct rec_reader *sat = &w->satellite->in, *tower = &w->tower->in.in;
    struct buf name = {0};
    if (!w->o->csv)
        out_char(&w->out, '#');
    for (size_t i = 0; i < sat->nlegend; i++) {
        if (i)
            out_char(&w->out, w->delimiter);
        rec_put_text(&w->out, w->delimiter, sat->legend[i]);
    }
    for (size_t i = 0; i < tower->nlegend; i++) {
        if (w->is_key[i])
            continue;
        out_char(&w->out, w->delimiter);
        rec_put_text(&w->out, w->delimiter, tower_name(w, i, &name));
    }
    for (int k = 0; k < ADDED; k++) {
        out_char(&w->out, w->delimiter);
        out_puts(&w->out, added[k]);
    }
    out_char(&w->out, '\n');
    buf_free(&name);
}

int pair_writer_open(struct pair_writer *w, const struct match_options *o,
                     const struct sorted_reader *satellite,
                     const struct tower_window *tower)
{
    *w = (struct pair_writer){
        .o = o, .satellite = satellite, .tower = tower, .delimiter = o->csv ? ',' : '\t'};
    w->is_key = mem_alloc(tower->in.in.nlegend, sizeof *w->is_key);
    for (int i = 0; i < tower->in.nby; i++)
        w->is_key[tower->in.by[i]] = true;
    out_init(&w->out, STDOUT_FILENO, "stdout");
    int status = check_names(w);
    if (status == MSG_OK) {
        if (!o->csv)
            put_meta(w);
        put_legend(w);
    }
    return status;
}

int pair_writer_close(struct pair_writer *w)
{
    free(w->is_key);
    buf_free(&w->text);
    return out_close(&w->out);
}

void pair_put_field(struct out *out, struct buf *room, const struct match_options *o,
                    struct slice f)
{
    buf_reset(room);
    rec_add_field(room, o->csv ? REC_COMMA : REC_TAB, rec_form_delimiter(&o->form), f);
    out_write(out, room->s, room->n);
}

/* What n records have together in a column. */
static void put_together(struct pair_writer *w, struct held_record *const *record,
                         const double *weights, size_t n, int column, bool strict)
{
    struct buf text = {0};
    if (n == 1) {
        pair_put_field(&w->out, &w->text, w->o, held_field(record[0], column));
        return;
    }
    held_combine(&text, record, weights, n, column, strict);
    pair_put_field(&w->out, &w->text, w->o, (struct slice){text.s ? text.s : "", text.n});
    buf_free(&text);
}

/* The intervals of several records are one from the first start to the last end. */
static struct held_record *last_of(const struct picked *p)
{
    struct held_record *last = p->record[0];
    for (size_t i = 1; i < p->n; i++)
        last = p->record[i]->end > last->end ? p->record[i] : last;
    return last;
}

void pair_write(struct pair_writer *w, struct held_record *const *satellite, size_t n,
                const struct picked *p)
{
    const struct tower_window *tower = w->tower;
    bool line = w->o->pick == MATCH_INTERPOLATE;
    struct held_record *last = last_of(p);
    for (size_t i = 0; i < w->satellite->in.nlegend; i++) {
        if (i)
            out_char(&w->out, w->delimiter);
        bool time = (int)i == w->satellite->time;
        put_together(w, satellite, NULL, time ? 1 : n, (int)i, false);
    }
    for (size_t i = 0; i < tower->in.in.nlegend; i++) {
        if (w->is_key[i])
            continue;
        out_char(&w->out, w->delimiter);
        if ((int)i == tower->start)
            put_together(w, p->record, NULL, 1, (int)i, false);
        else if ((int)i == tower->end)
            put_together(w, &last, NULL, 1, (int)i, false);
        else
            put_together(w, p->record, line ? p->w : NULL, p->n, (int)i, line);
    }
    out_char(&w->out, w->delimiter);
    out_double(&w->out, p->lag);
    out_char(&w->out, w->delimiter);
    out_long(&w->out, (long long)p->n);
    out_char(&w->out, '\n');
}
