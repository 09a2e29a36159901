/* skill: how well models agree with what was observed, from records.
 *
 * One record a model and group: the group's columns, `model`, statistics, their intervals,
 * and `note`, which says why some are NaN. Groups come in the order of their texts, models
 * in that of the list. A record gives a pair to each model that has a number there, where
 * the observation and the weight have one too; others are counted as dropped. */
#ifndef ECO_SKILL_SKILL_H
#define ECO_SKILL_SKILL_H

#include "skill/skill_options.h"

/* From files (stdin when there are none) to stdout. */
int skill(const struct skill_options *options, char **files, int nfiles);

#endif
