/* mask_tags: the tags by which a raster says which pixels counted.
 *
 * Of each class map ECO_MASK, its name without its folder, ECO_CLASSES, and, where it was
 * chosen by its year, ECO_MASK_YEAR and, for a fallback, ECO_MASK_YEAR_MISSING; those of
 * the maps after the first end in _2, _3... ECO_MASK_WEIGHT with --mask-weight; ECO_KEEP,
 * the rules. */
#ifndef ECO_MASK_MASK_TAGS_H
#define ECO_MASK_MASK_TAGS_H

#include "base/buf.h"
#include "mask/mask_options.h"

enum { MASK_TAGS = 4 * MASK_MAPS + 2 };

/* How many there are; their texts are new. */
size_t mask_tags_make(const struct mask_options *o, const struct mask_found *found,
                      struct ras_tag tag[MASK_TAGS]);
void mask_tags_free(struct ras_tag *tag, size_t n);

/* The options that such tags among others speak of, "--mask map.tif --classes 3 --keep
 * cloud=0", added to b; nothing when there are none. */
void mask_tags_options(const struct ras_tag *tag, size_t n, struct buf *b);

/* Takes the rules that such tags among others speak of into options that have none.
 * MSG_INPUT, told with the name of what has the tags, when they are no rules. */
int mask_tags_take_rules(const struct ras_tag *tag, size_t n, const char *name,
                         struct mask_options *o);

#endif
