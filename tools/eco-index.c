/* eco-index: raster paths in, one record a raster out: what its name says and, with
 * --open, what is inside. */
#include "base/buf.h"
#include "base/file_stamp.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/options.h"
#include "geo/crs.h"
#include "index/choice.h"
#include "index/explain_qc.h"
#include "raster/raster.h"
#include "record/form.h"
#include "record/raster_inputs.h"
#include "record/writer.h"
#include "scene/layer_paths.h"
#include "scene/layers.h"
#include "scene/overpass_key.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: eco-index [OPTION]... [RASTER]...\n"
    "One record a raster: what its name says, and with --open what is inside.\n"
    "Reads paths from stdin, one a line, when none are given.\n";

static const char examples[] = "  ls *.tif | eco-index\n"
                               "  eco-index --open --csv *.tif >inventory.csv\n"
                               "  eco-index *.tif | awk -F'\\t' '$4 == \"LST\"'\n"
                               "  eco-index --months 6-8 --solar-hours 10,14 *.tif\n"
                               "  eco-index --layer LST --time 2020-08-08.. days.nc\n"
                               "  eco-index --explain-qc 0xC041\n";

struct index {
    struct out o;
    bool open, files, csv, overpass;
    struct scene_ask ask;
    char delimiter;
    struct choice choice;
    struct buf line; /* a record */

    /* records that wait for their overpasses' keys */
    struct overpass_name *name;
    char **record;
    size_t n, cap;
};

static void put_next(struct index *x, const char *s)
{
    buf_putc(&x->line, x->delimiter);
    rec_add_text(&x->line, x->delimiter, s, strlen(s));
}

static void put_number(struct index *x, double v)
{
    char text[NUM_MAX];
    buf_putc(&x->line, x->delimiter);
    buf_add(&x->line, text, num_double(text, v));
}

static void put_legend(struct index *x)
{
    static const char *const of_name[] = {"product", "version", "layer", "time",
                                          "orbit",   "scene",   "tile",  "zone"};
    static const char *const of_file[] = {"columns", "rows", "bands",  "crs",   "dx",
                                          "dy",      "type", "nodata", "scale", "offset"};
    static const char *const of_disk[] = {"size", "mtime"};
    buf_puts(&x->line, x->csv ? "path" : "#path");
    for (size_t i = 0; i < sizeof of_name / sizeof *of_name; i++)
        put_next(x, of_name[i]);
    for (size_t i = 0; x->open && i < sizeof of_file / sizeof *of_file; i++)
        put_next(x, of_file[i]);
    for (size_t i = 0; x->files && i < sizeof of_disk / sizeof *of_disk; i++)
        put_next(x, of_disk[i]);
    if (x->overpass)
        put_next(x, "overpass");
    buf_putc(&x->line, '\n');
    out_write(&x->o, x->line.s, x->line.n);
}

/* The size of a pixel: that along rows is negative where columns run to the west, that
 * along columns where rows run to the north. Of a turned raster: where it is a mirror
 * image. */
static void pixel_size(const struct ras *r, double size[2])
{
    const double *gt = r->grid.gt;
    bool turned = gt[2] != 0 || gt[4] != 0, mirrored = gt[1] * gt[5] - gt[2] * gt[4] > 0;
    size[0] = turned ? hypot(gt[1], gt[4]) : gt[1];
    size[1] = turned ? copysign(hypot(gt[2], gt[5]), mirrored ? -1 : 1) : -gt[5];
}

/* The fields from inside the file; NULL for one that cannot be opened. */
static void put_inside(struct index *x, const struct ras *r)
{
    if (!r) {
        for (int i = 0; i < 10; i++)
            put_next(x, i == 3 || i == 6 ? "NA" : "NaN");
        return;
    }
    const struct crs *crs = r->grid.crs ? crs_named(r->grid.crs, r->path) : NULL;
    put_number(x, r->grid.columns);
    put_number(x, r->grid.rows);
    put_number(x, r->nbands);
    put_next(x, crs ? crs_text(crs) : "NA");
    double size[2] = {NAN, NAN};
    if (r->has_gt)
        pixel_size(r, size);
    put_number(x, size[0]);
    put_number(x, size[1]);
    const struct ras_band *band = &r->band[r->chosen > 0 ? r->chosen : 0];
    put_next(x, ras_type_name(band->type));
    put_number(x, band->has_nodata ? band->nodata : NAN);
    put_number(x, band->scale);
    put_number(x, band->offset);
}

/* The file on disk, as eco-regrid's records tell of it. */
static void put_file(struct index *x, const char *path)
{
    struct file_stamp stamp;
    char time[FILE_STAMP_TEXT], *file = ras_disk_of(path);
    file_stamp_take(&stamp, file);
    bool readable = stamp.there && access(file, R_OK) == 0;
    file_stamp_time(&stamp, time);
    put_number(x, readable && stamp.regular ? (double)stamp.size : NAN);
    put_next(x, readable ? time : "NaN");
    free(file);
}

/* of_axis: the time of a layer's time axis, or NULL. */
static void put_record(struct index *x, const char *path, const struct scene *s,
                       const char *of_axis, const struct ras *inside)
{
    char time[DATE_TEXT];
    date_text(&s->date, time);
    const char *const fields[] = {
        s->product, s->version, s->layer, of_axis ? of_axis : time,
        s->orbit,   s->scene,   s->tile,  s->zone};
    buf_reset(&x->line);
    rec_add_text(&x->line, x->delimiter, path, strlen(path));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        put_next(x, fields[i]);
    if (x->open)
        put_inside(x, inside);
    if (x->files)
        put_file(x, path);
    if (!x->overpass) {
        buf_putc(&x->line, '\n');
        out_write(&x->o, x->line.s, x->line.n);
        return;
    }
    size_t cap = x->cap;
    x->name = mem_grow(x->name, &cap, x->n + 1, sizeof *x->name);
    x->record = mem_grow(x->record, &x->cap, x->n + 1, sizeof *x->record);
    overpass_name_take(&x->name[x->n], s);
    x->record[x->n++] = mem_text(x->line.s);
}

/* Overpasses are known when all their rasters are. */
static void put_held(struct index *x)
{
    overpass_keys(x->name, x->n);
    for (size_t i = 0; i < x->n; i++) {
        out_puts(&x->o, x->record[i]);
        out_char(&x->o, x->delimiter);
        rec_put_text(&x->o, x->delimiter, x->name[i].key);
        out_char(&x->o, '\n');
        free(x->record[i]);
    }
    free(x->record);
    free(x->name);
}

/* by_name: all is in the name. One that cannot be opened keeps its record. */
static int take(struct index *x, const char *path, const char *of_axis, bool by_name)
{
    struct scene s;
    struct ras r;
    bool wanted;
    scene_parse(&s, path);
    if (of_axis)
        date_parse(&s.date, of_axis, strlen(of_axis));
    if (!choice_by_name(&x->choice, path, &s))
        return MSG_OK;
    if (by_name) {
        put_record(x, path, &s, of_axis, NULL);
        return MSG_OK;
    }
    int status = ras_open(&r, path);
    if (status != MSG_OK) {
        put_record(x, path, &s, of_axis, NULL);
        return status;
    }
    if (x->open)
        scene_of_raster(&s, &r, r.chosen > 0 ? r.chosen : 0);
    status = choice_by_file(&x->choice, &r, &s, &wanted);
    if (wanted)
        put_record(x, path, &s, of_axis, &r);
    ras_close(&r);
    return status;
}

/* One path: one record, or one a layer and time of a file that has several. */
static int take_all(struct index *x, const char *path)
{
    struct scene s;
    struct layer_paths inside = {0};
    int status = MSG_OK;
    bool known = scene_parse(&s, path);
    layer_paths_add(&inside, path, &x->ask, true);
    /* Layers and times in a file have names of their own. */
    if (!known && (!inside.n || strcmp(inside.path[0], path) == 0))
        msg_warn("%s: a name of no known form", path);
    bool by_name = !x->open && !choice_asks_file(&x->choice) && !inside.unread;
    for (size_t i = 0; i < inside.n; i++)
        status = msg_worse(status, take(x, inside.path[i], inside.time[i], by_name));
    layer_paths_free(&inside);
    return status;
}

static int run(struct index *x, const struct options *options)
{
    struct raster_inputs inputs;
    const char *path;
    int status = MSG_OK;
    x->delimiter = x->csv ? ',' : '\t';
    status = choice_open(&x->choice);
    if (status != MSG_OK)
        return status;
    out_init(&x->o, STDOUT_FILENO, "stdout");
    if (!x->csv)
        rec_put_meta(&x->o, NULL, NULL, options->command);
    put_legend(x);
    raster_inputs_open(&inputs, options->args, options->nargs);
    for (int got; (got = raster_inputs_next(&inputs, &path)) != 0;)
        status = msg_worse(status, got > 0 ? take_all(x, path) : MSG_INPUT);
    raster_inputs_close(&inputs);
    put_held(x);
    buf_free(&x->line);
    return msg_worse(status, out_close(&x->o));
}

int main(int argc, char **argv)
{
    struct options options;
    struct index x = {0};
    const char *value = NULL, *layer = "QC";
    static const char *const collections[] = {"1", "2", "3", NULL};
    int collection = -1;
    const struct option_row rows[] = {
        OPTION_FLAG("open", &x.open,
                    "add size, CRS, pixel size, type, nodata, scale and offset"),
        OPTION_FLAG("files", &x.files, "add the file's size and time"),
        OPTION_FLAG("overpass", &x.overpass, "add the key of its overpass"),
        REC_CSV_OUT(&x.csv),
        OPTION_TEXT("explain-qc", "V", &value,
                    "print the fields of a quality value (0xC041, 49217), no index"),
        OPTION_TEXT("qc-layer", "NAME", &layer,
                    "layer of that value: QC (default) or CloudMask"),
        OPTION_WORD("collection", "1|2|3", &collection, collections,
                    "of that value (default: what it means in all)"),
        OPTION_END,
    };
    options_init(&options, argc, argv, usage, examples);
    options.operands = ENDINGS_RASTER;
    options_add(&options, rows, 0);
    layer_paths_options(&options, &x.ask, "only these layers of HDF5 and netCDF files");
    choice_add(&x.choice, &options);
    int status = options_parse(&options, 1, argc, argv);
    if (status == MSG_OK)
        status = value ? explain_qc(layer, collection + 1, value, options.command)
                       : run(&x, &options);
    choice_free(&x.choice);
    options_free(&options);
    return status;
}
