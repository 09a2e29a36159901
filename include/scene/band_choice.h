/* band_choice: which band of a raster has the values that are asked for.
 *
 * It is the one that FILE:BAND or an option names, by its number from 1, its description,
 * or a year that stands in one description alone. Without a name it is the only one, but
 * for a band of opacities (alpha); or, in a raster whose bands are all described as what
 * eco-regrid makes, "mean", else the first that is not coverage or n. In all other rasters
 * of several bands nothing says which is meant: that is an error, which lists them. */
#ifndef ECO_SCENE_BAND_CHOICE_H
#define ECO_SCENE_BAND_CHOICE_H

#include "raster/raster.h"

/* name: of an option, or NULL. MSG_INPUT, told. */
int band_choose(const struct ras *r, const char *name, int *band);

/* Whether all bands are described as what eco-regrid makes. */
bool band_choice_is_own(const struct ras *r);

/* What a band of a layer ("NA": unknown) holds, as a name for it: LST of the only one, and
 * for a mean or a value at cells' centres that eco-regrid made; LST_median of other
 * statistics; of one band among other rasters' several LST_ and its description, or else
 * its number. Free it. */
char *band_choice_layer(const struct ras *r, int band, const char *layer);

#endif
