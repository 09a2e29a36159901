/* provenance: what a raster on a grid says of how it was made. */
#include "provenance.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/options.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void add_tag(struct provenance *t, const char *key, const char *value)
{
    t->tag[t->n++] = (struct ras_tag){mem_text(key), mem_text(value)};
}

static void add_number(struct provenance *t, const char *key, double v)
{
    char s[NUM_MAX + 1];
    s[num_double(s, v)] = '\0';
    add_tag(t, key, s);
}

/* One class map: its tags are numbered from the second on. */
static void describe_map(const struct regrid_run *j, int number, const struct scene *scene,
                         const struct found_map *found, struct provenance *tags)
{
    char suffix[16] = "", key[48];
    if (number > 0)
        snprintf(suffix, sizeof suffix, "_%d", number + 1);
    snprintf(key, sizeof key, "ECO_MASK%s", suffix);
    add_tag(tags, key, scene_base(found->path));
    snprintf(key, sizeof key, "ECO_CLASSES%s", suffix);
    add_tag(tags, key, j->mask[number].classes.text);
    if (found->yearly) {
        snprintf(key, sizeof key, "ECO_MASK_YEAR%s", suffix);
        add_number(tags, key, found->instead ? found->instead : scene->date.year);
    }
    if (found->instead) {
        snprintf(key, sizeof key, "ECO_MASK_YEAR_MISSING%s", suffix);
        add_number(tags, key, scene->date.year);
    }
}

void provenance_describe(struct provenance *tags, const struct regrid_run *j,
                         const struct ras *source, const struct scene *scene,
                         const struct found_map *found)
{
    char time[DATE_TEXT];
    const char *unit = ras_unit(source, 0);
    add_tag(tags, "ECO_VERSION", options_version());
    add_tag(tags, "ECO_SOURCE", scene_base(source->path));
    if (scene->known) {
        date_text(&scene->date, time);
        add_tag(tags, "ECO_PRODUCT", scene->product);
        add_tag(tags, "ECO_LAYER", scene->layer);
        add_tag(tags, "ECO_TIME", time);
    }
    struct stat st;
    if (stat(j->grid_path, &st) == 0 && S_ISREG(st.st_mode)) /* pipes have no name */
        add_tag(tags, "ECO_GRID", scene_base(j->grid_path));
    if (j->grid.clip_name)
        add_tag(tags, "ECO_CLIP", scene_base(j->grid.clip_name));
    for (int i = 0; i < j->nmasks; i++)
        describe_map(j, i, scene, &found[i], tags);
    if (j->by_area)
        add_tag(tags, "ECO_MASK_WEIGHT", "area");
    struct buf rules = {0};
    for (int i = 0; i < quality_count(j->rules); i++)
        buf_printf(&rules, "%s%s", i ? " " : "", quality_text(j->rules, i));
    if (rules.n)
        add_tag(tags, "ECO_KEEP", rules.s);
    buf_free(&rules);
    add_number(tags, "ECO_MIN_COVERAGE", j->spec.min_coverage);
    add_tag(tags, "ECO_DENOMINATOR", regrid_run_denominators[j->spec.denominator]);
    if (j->spec.raw)
        add_tag(tags, "ECO_RAW", "yes");
    /* Raw numbers under a scale are in no unit. */
    bool scaled = source->band[0].scale != 1 || source->band[0].offset != 0;
    if (unit && !(j->spec.raw && scaled))
        add_tag(tags, "units", unit);
}

void provenance_free(struct provenance *tags)
{
    for (size_t i = 0; i < tags->n; i++) {
        free(tags->tag[i].key);
        free(tags->tag[i].value);
    }
}
