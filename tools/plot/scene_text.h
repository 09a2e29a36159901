/* scene_text: what pictures of rasters say of a scene. */
#ifndef ECO_PLOT_SCENE_TEXT_H
#define ECO_PLOT_SCENE_TEXT_H

#include "gnuplot.h"

/* Adds, as plain text, "ATTO · LST · 2020-08-08 09:46:21 UTC", of what is known: site may
 * be NULL, layer and time NA; of nothing, the file's name. */
void scene_text_title(struct buf *b, const char *site, const char *layer, const char *time,
                      const char *path);

/* Adds, as markup, "LST (K)", or "value" for NA; unit may be NULL or empty. */
void scene_text_label(struct buf *b, const char *layer, const char *unit);

#endif
