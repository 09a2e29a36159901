/* match_options: what is asked of eco-match. */
#ifndef ECO_MATCH_MATCH_OPTIONS_H
#define ECO_MATCH_MATCH_OPTIONS_H

#include "record/form.h"
#include <stdbool.h>

enum match_pick {
    MATCH_WITHIN,      /* the interval that holds the overpass */
    MATCH_NEAREST,     /* the one whose reference (--at) is nearest */
    MATCH_MEAN,        /* the mean of those whose middle is in the window */
    MATCH_INTERPOLATE, /* on the line between the middles before and behind */
    MATCH_DAILY,       /* the mean of those whose middle is in the overpass's day */
};

enum match_at { MATCH_MIDDLE, MATCH_START, MATCH_END };
enum match_repeat { MATCH_BEST, MATCH_AVERAGE, MATCH_ALL };
enum match_day { MATCH_UTC, MATCH_SOLAR };

/* Their words, NULL-terminated. */
extern const char *const match_pick_names[],
    *const match_at_names[], *const match_repeat_names[], *const match_day_names[];

struct match_options {
    const char *by, *time, *start, *end, *longitude; /* columns */
    int pick, at, repeat, day;                       /* of the enums above */
    double window[2];     /* seconds from the overpass, low and high */
    double overpass;      /* seconds within which scenes are one overpass */
    bool utc;             /* times without a zone are UTC */
    struct rec_form form; /* of both files */
    bool csv;
    const char *unmatched; /* a file for those that found none, or NULL */
    const char *command;   /* for ##cmd=, or NULL */
};

/* "30m" or "-15m,+45m" into window; MSG_USAGE, told. For an OPTION_CALL. */
int match_take_window(void *window, const char *option, const char *value);

#endif
