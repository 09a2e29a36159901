/* masked_reader: the values of a raster that count. */
#include "mask/masked_reader.h"
#include "base/mem.h"
#include "base/options.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PASS_BYTES = 16 << 20 }; /* for what passes the rules */

static void close_maps(struct masked_reader *p)
{
    for (int i = 0; i < MASK_MAPS; i++) {
        classmap_close(p->map[i]);
        p->map[i] = NULL;
    }
    p->grid = (struct raster_grid){0};
}

static int open_maps(struct masked_reader *p, const struct scene_raster *s)
{
    const struct ras *r = &s->ras;
    int status = MSG_OK;
    if (p->grid.crs && !raster_grid_equal(&p->grid, &r->grid))
        close_maps(p);
    p->grid = r->grid;
    for (int i = 0; i < p->rules->nmaps && status == MSG_OK; i++) {
        const struct mask_map *m = &p->rules->map[i];
        char *path = scene_pattern(m->pattern, &s->date);
        if (!path) {
            msg_error("%s: no year, so there is no saying which map of %s is its own",
                      r->path, m->pattern);
            return MSG_INPUT;
        }
        if (p->map[i] && strcmp(classmap_path(p->map[i]), path) != 0) {
            classmap_close(p->map[i]);
            p->map[i] = NULL;
        }
        if (!p->map[i])
            status = classmap_open(&p->map[i], path, m->classes, &p->grid);
        free(path);
    }
    return status;
}

int masked_reader_open(struct masked_reader *p, struct scene_raster *s, size_t bytes)
{
    int status = MSG_OK;
    p->ras = &s->ras;
    p->band = s->value;
    ras_keep(p->ras, bytes);
    if (p->rules && p->rules->nmaps)
        status = open_maps(p, s);
    if (status == MSG_OK && p->rules && quality_count(p->rules->quality))
        status = quality_open(&p->quality, p->rules->quality, p->ras, p->rules->lenient,
                              PASS_BYTES);
    return status;
}

/* Makes NaN of what is not on the classes of all maps. */
static int apply_maps(struct masked_reader *p, int column, int row, int columns, int rows,
                      double *v)
{
    size_t n = (size_t)columns * (size_t)rows;
    p->bits = mem_grow(p->bits, &p->cap, n, 1);
    for (size_t i = 0; i < n; i++)
        p->bits[i] = !isnan(v[i]);
    int status = MSG_OK;
    for (int i = 0; i < p->rules->nmaps && status == MSG_OK; i++)
        status = classmap_keep(p->map[i], column, row, columns, rows, p->bits);
    for (size_t i = 0; i < n; i++)
        v[i] = p->bits[i] ? v[i] : NAN;
    return status;
}

int masked_reader_read(struct masked_reader *p, int column, int row, int columns, int rows,
                       double *v)
{
    int status = ras_read(p->ras, p->band, column, row, columns, rows, v, 0);
    if (status == MSG_OK && p->quality)
        status = quality_apply(p->quality, column, row, columns, rows, v);
    if (status == MSG_OK && p->rules && p->rules->nmaps)
        status = apply_maps(p, column, row, columns, rows, v);
    return status;
}

void masked_reader_close(struct masked_reader *p)
{
    quality_close(p->quality);
    p->quality = NULL;
    p->ras = NULL;
}

void masked_reader_free(struct masked_reader *p)
{
    masked_reader_close(p);
    close_maps(p);
    free(p->bits);
    *p = (struct masked_reader){0};
}

int mask_options_missing(struct mask_options *rules, const char *text)
{
    static const char *const words[] = {"error", "warn", NULL};
    int word = options_word("--missing-companion", text, words);
    rules->lenient = word == 1;
    return word < 0 ? MSG_USAGE : MSG_OK;
}

int mask_options_mask(struct mask_options *rules, const char *pattern)
{
    if (rules->nmaps == MASK_MAPS)
        return msg_usage("--mask: at most %d", MASK_MAPS);
    rules->map[rules->nmaps++].pattern = pattern;
    return MSG_OK;
}

int mask_options_classes(struct mask_options *rules, const char *text)
{
    if (!rules->nmaps)
        return msg_usage("--classes: name the --mask before its classes");
    struct mask_map *map = &rules->map[rules->nmaps - 1];
    if (map->classes)
        return msg_usage("--classes: given twice for %s", map->pattern);
    map->classes = mem_alloc(1, sizeof *map->classes);
    return classmap_parse(map->classes, "--classes", text) ? MSG_OK : MSG_USAGE;
}

int mask_options_check(const struct mask_options *rules)
{
    for (int i = 0; i < rules->nmaps; i++)
        if (!rules->map[i].classes)
            return msg_usage("--mask %s: its --classes are needed", rules->map[i].pattern);
    return MSG_OK;
}

void mask_options_free(struct mask_options *rules)
{
    quality_free(rules->quality);
    for (int i = 0; i < rules->nmaps; i++) {
        if (rules->map[i].classes)
            free(rules->map[i].classes->text);
        free(rules->map[i].classes);
    }
    *rules = (struct mask_options){0};
}
