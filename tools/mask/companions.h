/* companions: where the companion layers of a scene lie (see mask/quality.h). */
#ifndef ECO_MASK_COMPANIONS_H
#define ECO_MASK_COMPANIONS_H

#include "base/buf.h"
#include "quality_parts.h"

/* The path of the companion of a scene at `path`, to free; or NULL, with what was looked
 * for added to *sought, for a message. */
char *companion_find(const struct quality_rules *rules, const struct quality_rule *r,
                     const char *path, struct buf *sought);

#endif
