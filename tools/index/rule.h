/* rule: what the metadata of a file must say.
 *
 * KEY OP VALUE, with OP one of <, <=, =, !=, >= and >. A key is that of an item of
 * metadata, or the end of one behind _, /, : or #, since products of HDF put groups before
 * it. = and != take several values, parted by commas. Numbers are compared as numbers,
 * other texts letter by letter. An item that is not there fulfils no rule. */
#ifndef ECO_INDEX_RULE_H
#define ECO_INDEX_RULE_H

#include "raster/raster.h"

struct choice_rule {
    char *key;
    int op;
    const char *value; /* borrowed */
    double number;     /* of < and the like */
};

/* MSG_USAGE, told with the option's name, when it is none. */
int rule_parse(struct choice_rule *rule, const char *option, const char *text);
void rule_free(struct choice_rule *rule);
bool rule_holds(const struct choice_rule *rule, const struct ras *r);

#endif
