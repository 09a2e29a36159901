/* provenance: what a raster on a grid says of how it was made. */
#include "provenance.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/options.h"
#include "raster/swath.h"
#include "scene/band_choice.h"
#include <stdlib.h>
#include <string.h>
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

/* The names of the rasters, and of those that are missing. */
static void add_names(struct provenance *t, const struct sources *sources)
{
    struct buf names = {0}, missing = {0};
    sources_names(sources, true, &names);
    add_tag(t, "ECO_SOURCE", names.s);
    sources_names(sources, false, &missing);
    if (missing.n)
        add_tag(t, "ECO_MISSING", missing.s);
    buf_free(&names);
    buf_free(&missing);
}

void provenance_describe(struct provenance *tags, const struct sources *sources,
                         const struct bands_spec *spec, const char *grid_path)
{
    const struct masked_reader *reader = sources->reader;
    const struct scene *scene = &sources->scene;
    const struct ras *source = reader->ras;
    const struct grid *grid = reader->grid;
    char time[DATE_TEXT];
    const char *unit = ras_unit(source, reader->band);
    add_tag(tags, "ECO_VERSION", options_version());
    add_names(tags, sources);
    if (sources->nreaders > 1)
        add_tag(tags, "ECO_OVERLAP", overlap_rules[spec->overlap]);
    char *layer =
        band_choice_layer(source, reader->band, *scene->layer ? scene->layer : "NA");
    bool named = strcmp(layer, "NA") != 0;
    if (*scene->product)
        add_tag(tags, "ECO_PRODUCT", scene->product);
    if (scene->known || named)
        add_tag(tags, "ECO_LAYER", named ? layer : "");
    free(layer);
    if (scene->known || scene->date.has_date) {
        date_text(&scene->date, time);
        add_tag(tags, "ECO_TIME", time);
    }
    if (source->nbands > 1 && !band_choice_is_own(source))
        add_number(tags, "ECO_BAND", reader->band + 1);
    struct stat st;
    if (stat(grid_path, &st) == 0 && S_ISREG(st.st_mode)) /* pipes have no name */
        add_tag(tags, "ECO_GRID", scene_base(grid_path));
    const struct swath *swath = swath_of(&source->grid);
    if (swath) {
        add_tag(tags, "ECO_GEOLOCATION", scene_base(swath->latitude.disk));
        add_tag(tags, "ECO_OVERLAP", scan_rules[spec->scans]);
        add_number(tags, "ECO_ROWS_PER_SCAN", swath->array.rows_per_scan);
    }
    if (grid->clip_name)
        add_tag(tags, "ECO_CLIP", scene_base(grid->clip_name));
    tags->n += mask_tags_make(reader->options, &reader->found, tags->tag + tags->n);
    add_number(tags, "ECO_MIN_COVERAGE", spec->min_coverage);
    add_tag(tags, "ECO_DENOMINATOR", denominator_names[spec->denominator]);
    if (spec->raw)
        add_tag(tags, "ECO_RAW", "yes");
    /* Raw numbers under a scale are in no unit. */
    const struct ras_band *band = &source->band[reader->band];
    bool scaled = band->scale != 1 || band->offset != 0;
    if (unit && !((reader->flags & RAS_RAW) && scaled))
        add_tag(tags, "units", unit);
}

void provenance_free(struct provenance *tags)
{
    for (size_t i = 0; i < tags->n; i++) {
        free(tags->tag[i].key);
        free(tags->tag[i].value);
    }
}
