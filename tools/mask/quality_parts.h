/* quality_parts: what quality.c and quality_rules.c share. */
#ifndef ECO_MASK_QUALITY_PARTS_H
#define ECO_MASK_QUALITY_PARTS_H

#include <stdbool.h>

enum quality_op {
    QUALITY_LESS,
    QUALITY_AT_MOST,
    QUALITY_EQUAL,
    QUALITY_NOT_EQUAL,
    QUALITY_AT_LEAST,
    QUALITY_MORE
};

struct quality_rule {
    char *text, *layer;
    const struct qc_field *field; /* or NULL */
    enum quality_op op;
    double value;
};

/* A companion that the user has named. */
struct quality_file {
    char *layer, *path;
};

struct quality_rules {
    struct quality_rule *rule;
    int n;
    struct quality_file *file;
    int nfiles;
    bool *told_clouds; /* that QC says nothing of clouds: once is enough */
};

/* Whether a companion's pixel fulfils a rule; NaN does not. */
bool quality_holds(const struct quality_rule *r, double v);

/* Whether a rule is about raw pixels: flags and classes have no scale, whatever their
 * files say. */
bool quality_is_raw(const struct quality_rule *r);

/* Whether a rule is on a layer of clouds. */
bool quality_is_cloud(const struct quality_rule *r);

/* The text of a rule that filters clouds by QC, where no other rule does by a layer of
 * clouds; or NULL. */
const char *quality_clouds_by_qc(const struct quality_rules *rules);

#endif
