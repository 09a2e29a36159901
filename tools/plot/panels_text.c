/* panels_text: what the picture of the four panels says in words. */
#include "base/list.h"
#include "base/num.h"
#include "panels_parts.h"
#include "scene_text.h"
#include <math.h>
#include <string.h>

static const char *either(const char *one, const char *other)
{
    return strcmp(one, "NA") == 0 ? other : one;
}

static const char *layer_of(const struct panels *in)
{
    return in->variable ? in->variable : either(in->result.layer, in->scene.layer);
}

void panels_title(const struct panels *in, struct buf *b)
{
    if (in->options.title)
        buf_puts(b, in->options.title);
    else
        scene_text_title(b, in->site, layer_of(in), either(in->result.time, in->scene.time),
                         in->scene.ras.path);
}

int panels_sources(const struct ras *result, const char *name, int *at)
{
    const char *sources = ras_tag(result, "ECO_SOURCE");
    int n = 1;
    *at = 0;
    if (!sources || strcmp(sources, name) == 0)
        *at = 1;
    else {
        struct slice item;
        n = 0;
        for (const char *rest = sources; list_next(&rest, &item); n++) {
            if (item.n && *item.s == ' ')
                item = (struct slice){item.s + 1, item.n - 1};
            if (slice_is(item, name))
                *at = n + 1;
        }
    }
    return n;
}

/* "n = 356 of 806 cells · 218,476 pixels · ECO_...tif · EPSG:32721" */
void panels_subtitle(const struct panels *in, struct buf *b)
{
    const char *dot = " \xc2\xb7 ";
    buf_puts(b, "n = ");
    plot_count(b, (double)in->cells.valid);
    buf_puts(b, " of ");
    plot_count(b, in->cells.inside);
    buf_puts(b, in->cells.inside == 1 ? " cell" : " cells");
    buf_puts(b, dot);
    if (!isnan(in->cells.pixels)) {
        plot_count(b, in->cells.pixels);
        buf_printf(b, " pixels%s", dot);
    }
    const char *name = scene_base(in->scene.ras.path);
    int at, n = panels_sources(&in->result.ras, name, &at);
    buf_puts(b, name);
    if (n > 1 && at)
        buf_printf(b, ", %d of %d that were joined", at, n);
    const char *crs = crs_text(in->grid.crs);
    if (strlen(crs) < 40)
        buf_printf(b, "%s%s", dot, crs);
}

void panels_value_name(const struct panels *in, struct buf *b)
{
    const char *unit = ras_unit(&in->result.ras, in->result.value);
    if (!unit || !*unit)
        unit = ras_unit(&in->scene.ras, in->scene.value);
    scene_text_label(b, layer_of(in), in->options.unit ? in->options.unit : unit);
}

/* A length in the grid's plane, in metres or degrees, with so many digits. */
static void add_length(const struct panels *in, struct buf *b, double v, int digits)
{
    double length = in->metres == 0 ? v : v * in->metres;
    buf_printf(b, "%.*g", length >= 1000 ? 7 : digits, length);
}

void panels_source_name(const struct panels *in, struct buf *b)
{
    double pixel = sqrt(in->plane.pixel_area);
    buf_puts(b, "{/:Bold a}  Pixels used");
    if (pixel > 0 && isfinite(pixel)) {
        buf_puts(b, ", ");
        add_length(in, b, pixel, 3);
        buf_puts(b, in->metres == 0 ? "\xc2\xb0" : " m");
    }
    if (in->plane.reduced > 1)
        buf_printf(b, ", means of %d \xc3\x97 %d", in->plane.reduced, in->plane.reduced);
}

void panels_coverage_name(const struct panels *in, struct buf *b)
{
    buf_puts(b, "{/:Bold c}  Coverage of each cell");
    if (!isnan(in->min_coverage))
        buf_printf(b, ", kept from %.4g", in->min_coverage);
}

void panels_result_name(const struct panels *in, struct buf *b)
{
    buf_puts(b, "{/:Bold d}  Mean of each cell, ");
    add_length(in, b, in->grid.dx, 6);
    buf_puts(b, " \xc3\x97 ");
    add_length(in, b, in->grid.dy, 6);
    buf_puts(b, in->metres == 0 ? "\xc2\xb0" : " m");
}
