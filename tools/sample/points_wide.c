/* points_wide: the wide form of points: a record a time and point, a column a layer. */
#include "points_wide.h"
#include "base/mem.h"
#include "wide_files.h"
#include <stdlib.h>
#include <string.h>

struct wide {
    struct point_rows *p;
    struct wide_files files;
    double *value; /* of one time: points x layers x statistics */
};

static int add_names(struct wide *w)
{
    const struct stat_list *stats = w->p->options.probe.stats;
    int status = point_rows_add_name(w->p, "time", NULL);
    status = msg_worse(status, point_rows_add_name(w->p, "solar_time", NULL));
    for (size_t l = 0; l < w->files.nlayers; l++)
        for (size_t i = 0; i < stats->n; i++) {
            bool value = stats->item[i].kind == STAT_VALUE;
            status =
                msg_worse(status, point_rows_add_name(w->p, w->files.layer[l],
                                                      value ? NULL : stats->item[i].name));
        }
    return status;
}

/* The values of one file, where the files before it left room. */
static int add_file(struct wide *w, const struct wide_file *f)
{
    const struct stat_list *stats = w->p->options.probe.stats;
    struct scene_raster s;
    int status = scene_raster_open(&s, f->path, &w->p->options.ask);
    if (status != MSG_OK)
        return status;
    status = point_rows_values(w->p, &s, w->p->result);
    for (size_t i = 0; status == MSG_OK && i < w->p->places.n; i++) {
        double *to = w->value + (i * w->files.nlayers + f->layer) * stats->n;
        if (wide_is_empty(stats, to))
            memcpy(to, w->p->result + i * stats->n, stats->n * sizeof *to);
    }
    scene_raster_close(&s);
    return status;
}

static void put_moment(struct wide *w, const struct wide_file *f)
{
    struct point_rows *p = w->p;
    size_t n = p->options.probe.stats->n;
    struct solar solar;
    solar_init(&solar, &f->date);
    for (size_t i = 0; i < p->places.n; i++) {
        point_rows_put_point(p, i, f->time, &solar);
        for (size_t l = 0; l < w->files.nlayers; l++)
            point_rows_put_values(p, w->files.form[l],
                                  w->value + (i * w->files.nlayers + l) * n);
        out_char(p->o, '\n');
    }
}

/* All times at the present points. */
static int put_points(struct wide *w)
{
    const struct stat_list *stats = w->p->options.probe.stats;
    const struct wide_files *files = &w->files;
    size_t values = w->p->places.n * files->nlayers * stats->n;
    int status = MSG_OK;
    w->p->result = mem_grow(w->p->result, &w->p->result_cap, w->p->places.n * stats->n,
                            sizeof *w->p->result);
    w->value = mem_resize(w->value, values, sizeof *w->value);
    for (size_t from = 0, to; from < files->n; from = to) {
        wide_clear(stats, w->value, values);
        to = wide_files_moment(files, from);
        for (size_t i = from; i < to; i++)
            status = msg_worse(status, add_file(w, &files->file[i]));
        put_moment(w, &files->file[from]);
    }
    return status;
}

int points_wide(struct point_rows *p)
{
    struct wide w = {.p = p};
    int got = point_table_next(&p->places);
    int status = got < 0 ? MSG_INPUT : wide_files_survey(&w.files, &p->sources);
    if (got >= 0) {
        int named = add_names(&w);
        status = msg_worse(status, named);
        if (named == MSG_OK)
            point_rows_put_head(p);
        for (; named == MSG_OK && got > 0; got = point_table_next(&p->places)) {
            point_rows_forget(p);
            status = msg_worse(status, put_points(&w));
        }
    }
    wide_files_free(&w.files);
    free(w.value);
    return got < 0 ? MSG_INPUT : status;
}
