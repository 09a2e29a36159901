/* layers: the names of ECOSTRESS layers.
 *
 * A layer answers to its name in any collection: Collection 1 puts a group before it
 * (SDS_LST, EVAPOTRANSPIRATION_PT_JPL_ETinst), and cloud and water are cloud_mask and
 * water_mask in some products. An uncertainty is another layer than its value. */
#ifndef ECO_SCENE_LAYERS_H
#define ECO_SCENE_LAYERS_H

#include <stdbool.h>
#include <stddef.h>

/* What all names of a layer have in common: a slice of this one, of *n bytes. */
const char *layers_stem(const char *layer, size_t *n);

/* Whether two names are of one layer. */
bool layers_same(const char *a, const char *b);

/* Whether a layer's numbers are flags or classes (QC, CloudMask, cloud, water), which have
 * no scale, whatever their files say: AppEEARS gives masks of swaths one of 0.0001. */
bool layers_are_flags(const char *layer);

/* How many of the n bytes at s are the name of a layer of tiles, before the end or an
 * underscore; 0 when none of them is known. */
size_t layers_known(const char *s, size_t n);

#endif
