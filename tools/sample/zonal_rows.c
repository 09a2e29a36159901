/* zonal_rows: the columns and records of polygons, and their wide form. */
#include "base/mem.h"
#include "record/writer.h"
#include "wide_files.h"
#include "zonal_parts.h"
#include <stdlib.h>
#include <string.h>

int zonal_add_name(struct zonal *p, const char *name, const char *more)
{
    const struct gdal_plugin_features *f = &p->features;
    struct buf b = {0};
    buf_printf(&b, "%s%s%s%s", p->options.prefix, name, more ? "_" : "", more ? more : "");
    bool taken = strcmp(b.s, f->id_name) == 0;
    for (size_t i = 0; i < f->nfields; i++)
        taken = taken || strcmp(b.s, f->field[i]) == 0;
    if (taken)
        msg_error("%s: its field \"%s\" has the name of a new column; see --prefix",
                  p->options.path, b.s);
    p->name = mem_resize(p->name, p->nnames + 1, sizeof *p->name);
    p->name[p->nnames++] = b.s;
    return taken ? MSG_INPUT : MSG_OK;
}

void zonal_put_head(struct zonal *p)
{
    if (!p->options.csv) {
        raster_list_put_units(&p->sources, p->o);
        rec_put_meta(p->o, NULL, NULL, p->options.command);
        out_char(p->o, '#');
    }
    rec_put_text(p->o, p->delimiter, p->features.id_name);
    for (size_t i = 0; i < p->features.nfields; i++) {
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, p->features.field[i]);
    }
    for (size_t i = 0; i < p->nnames; i++) {
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, p->name[i]);
    }
    out_char(p->o, '\n');
}

void zonal_put_polygon(struct zonal *p, size_t feature)
{
    const struct gdal_plugin_feature *f = &p->features.feature[feature];
    rec_put_text(p->o, p->delimiter, f->id);
    for (size_t i = 0; i < p->features.nfields; i++) {
        out_char(p->o, p->delimiter);
        rec_put_text(p->o, p->delimiter, f->value[i]);
    }
}

void zonal_put_values(struct zonal *p, int form, const double *value)
{
    const struct stat_list *stats = p->options.stats;
    for (size_t k = 0; k < stats->n; k++) {
        out_char(p->o, p->delimiter);
        scene_put_value(p->o, stats_is_value(stats->item[k].kind) ? form : SCENE_DOUBLE,
                        value[k]);
    }
}

struct wide {
    struct zonal *p;
    struct wide_files files;
    double *value;  /* of one time: polygons x layers x statistics */
    size_t several; /* times and polygons for which one of several rasters was taken */
};

/* The values of one file, where the files before it left room. */
static int add_file(struct wide *w, const struct wide_file *f)
{
    struct zonal *p = w->p;
    const struct stat_list *stats = p->options.stats;
    struct scene_raster s;
    int status = scene_raster_open(&s, f->path, &p->options.ask);
    if (status != MSG_OK)
        return status;
    status = zonal_values(p, &s);
    for (size_t i = 0; status == MSG_OK && i < p->features.n; i++) {
        double *to = w->value + (i * w->files.nlayers + f->layer) * stats->n;
        const double *from = p->result + i * stats->n;
        if (wide_is_empty(stats, to))
            memcpy(to, from, stats->n * sizeof *to);
        else
            w->several += !wide_is_empty(stats, from);
    }
    scene_raster_close(&s);
    return status;
}

static void put_moment(struct wide *w, const char *time)
{
    struct zonal *p = w->p;
    for (size_t i = 0; i < p->features.n; i++) {
        zonal_put_polygon(p, i);
        out_char(p->o, p->delimiter);
        out_puts(p->o, time);
        for (size_t l = 0; l < w->files.nlayers; l++)
            zonal_put_values(p, w->files.form[l],
                             w->value + (i * w->files.nlayers + l) * p->options.stats->n);
        out_char(p->o, '\n');
    }
}

static int put_moments(struct wide *w)
{
    const struct stat_list *stats = w->p->options.stats;
    const struct wide_files *files = &w->files;
    size_t values = w->p->features.n * files->nlayers * stats->n;
    int status = MSG_OK;
    w->value = mem_alloc(values, sizeof *w->value);
    for (size_t from = 0, to; from < files->n; from = to) {
        wide_clear(stats, w->value, values);
        to = wide_files_moment(files, from);
        for (size_t i = from; i < to; i++)
            status = msg_worse(status, add_file(w, &files->file[i]));
        put_moment(w, files->file[from].time);
    }
    if (w->several)
        msg_warn("%zu times a polygon has pixels in several rasters of one layer and time, "
                 "the first of which counts",
                 w->several);
    return status;
}

int zonal_wide(struct zonal *p)
{
    const struct stat_list *stats = p->options.stats;
    struct wide w = {.p = p};
    int status = wide_files_survey(&w.files, &p->sources);
    int named = zonal_add_name(p, "time", NULL);
    for (size_t l = 0; l < w.files.nlayers; l++)
        for (size_t i = 0; i < stats->n; i++)
            named =
                msg_worse(named, zonal_add_name(p, w.files.layer[l], stats->item[i].name));
    if (named == MSG_OK) {
        zonal_put_head(p);
        status = msg_worse(status, put_moments(&w));
    }
    wide_files_free(&w.files);
    free(w.value);
    return msg_worse(status, named);
}
