/* scene_text: what pictures of rasters say of a scene. */
#include "scene_text.h"
#include "scene/scene_name.h"
#include <string.h>

static bool known(const char *text)
{
    return strcmp(text, "NA") != 0;
}

void scene_text_title(struct buf *b, const char *site, const char *layer, const char *time,
                      const char *path)
{
    const char *dot = " \xc2\xb7 ";
    if (site)
        buf_puts(b, site);
    if (known(layer))
        buf_printf(b, "%s%s", b->n ? dot : "", layer);
    if (known(time)) {
        size_t day = strcspn(time, "T");
        buf_printf(b, "%s%.*s", b->n ? dot : "", (int)day, time);
        if (time[day])
            buf_printf(b, " %.8s UTC", time + day + 1);
    }
    if (!b->n)
        buf_puts(b, scene_base(path));
}

void scene_text_label(struct buf *b, const char *layer, const char *unit)
{
    plot_text(b, known(layer) ? layer : "value");
    if (!unit || !*unit)
        return;
    buf_puts(b, " (");
    plot_unit(b, unit);
    buf_putc(b, ')');
}
