/* compose_options: what eco-compose is asked for. */
#ifndef ECO_COMPOSE_COMPOSE_OPTIONS_H
#define ECO_COMPOSE_COMPOSE_OPTIONS_H

#include "base/stats.h"
#include "scene/scene_raster.h"

/* "month", "season", "year", "doy", "solar-hour", "all", NULL-terminated; the number of one
 * of them is an enum period_kind (see period.h). */
extern const char *const compose_periods[];

enum compose_weight { COMPOSE_EQUAL, COMPOSE_COVERAGE, COMPOSE_N };

struct compose_options {
    int by;
    enum compose_weight weight;
    struct stat_list stats;
    struct scene_ask ask; /* which rasters, and which band */
    const char *out_dir, *prefix;
    size_t memory; /* for the cells at work, in bytes */
    bool csv;
};

#endif
