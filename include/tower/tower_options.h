/* tower_options: what is asked of eco-tower. */
#ifndef ECO_TOWER_TOWER_OPTIONS_H
#define ECO_TOWER_TOWER_OPTIONS_H

#include <stdbool.h>

enum tower_flux { TOWER_CORRECTED, TOWER_FILLED, TOWER_MEASURED };
enum tower_dates { TOWER_DATES_NONE, TOWER_MDY, TOWER_DMY };

/* Their words, NULL-terminated. */
extern const char *const tower_flux_names[], *const tower_dates_names[];

/* "<=1": values whose quality is not so become NaN. */
struct tower_rule {
    enum { TOWER_ANY, TOWER_AT_MOST, TOWER_AT_LEAST, TOWER_EQUAL } kind;
    double limit;
    const char *text;
};

struct tower_options {
    const char *vars;               /* variables, or NULL: all columns */
    const char *time, *start, *end; /* columns of CSV, or NULL */
    const char *site, *site_column; /* or NULL: by the file */
    const char *sites;              /* a table of UTC offsets, or NULL */
    double utc_offset;              /* hours; NaN: by table or column */
    double step;                    /* minutes of an interval; NaN: by the file */
    int flux, dates;
    struct tower_rule quality;
    bool keep_going, csv;
    const char *command; /* for ##cmd=, or NULL */
};

/* For an OPTION_CALL: a rule such as "<=1". */
int tower_take_rule(void *rule, const char *option, const char *value);

#endif
