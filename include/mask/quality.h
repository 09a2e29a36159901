/* quality: which pixels a scene's own companions let through.
 *
 * A rule is NAME[:FIELD] OP VALUE: the layer NAME of the same scene, or one of the named
 * fields of its bits, compared by <, <=, =, !=, >= or >. A pixel passes a rule when the
 * companion has a value there that fulfils it; one without a value fails. The scene's
 * own pixels are compared when NAME is its layer.
 *
 * Fields are those of qc_bits.h. Flags (fields) and layers of classes are compared raw,
 * other layers with their scale and offset.
 *
 * A companion is found by name: the scene's name with the layer replaced (and, in
 * Collection 1, the product: cloud masks are ECO2CLD), in the scene's folder, or, when
 * there is none, in a folder beside it whose name has the layer replaced likewise; else by
 * what names say of the scene, in these and all folders in and beside the scene's. Layers
 * answer to all of their names (scene/layers.h). A rule that leaves nothing is told, and so
 * is, once, one that filters clouds by a QC that has none. The companion
 * must have the scene's pixels. Its own pixels are read once, and what passes is kept as
 * one bit a pixel; where that is too much, they are read again as they are asked for. */
#ifndef ECO_MASK_QUALITY_H
#define ECO_MASK_QUALITY_H

#include "raster/raster.h"

struct quality_rules;

/* Adds the rule that text spells; NULL begins a new list. Told, with the option's name,
 * when it is no rule; unknown fields are told with the known ones. MSG_USAGE then. */
int quality_add(struct quality_rules **rules, const char *option, const char *text);

/* Says where the layer of a rule lies, "LAYER=FILE", instead of a search by name. */
int quality_file(struct quality_rules **rules, const char *option, const char *text);
void quality_free(struct quality_rules *rules);
int quality_count(const struct quality_rules *rules);
const char *quality_text(const struct quality_rules *rules, int rule);

struct quality;

/* Reads the companions of a scene. With `lenient` one that is missing is a warning and
 * its rule passes all, else MSG_INPUT. memory: for what passes, in bytes. The rules and
 * the scene, whose values are a band of it, are borrowed; the scene may be wound (ras_wind)
 * afterwards. */
int quality_open(struct quality **q, const struct quality_rules *rules, struct ras *scene,
                 int band, bool lenient, size_t memory);
void quality_close(struct quality *q);

/* Makes NaN of the values in a window, row after row, that do not pass. */
int quality_apply(struct quality *q, int column, int row, int columns, int rows, double *v);

/* How many of the scene's pixels that have a value fail a rule; NaN when it was not
 * applied. */
double quality_removed(const struct quality *q, int rule);

#endif
