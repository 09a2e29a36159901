/* rule: what the metadata of a file must say. */
#include "rule.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/num.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LESS, AT_MOST, EQUAL, UNEQUAL, AT_LEAST, MORE, OPS };
static const char *const ops[OPS] = {"<", "<=", "=", "!=", ">=", ">"};

int rule_parse(struct choice_rule *rule, const char *option, const char *text)
{
    size_t n = strcspn(text, "<>=!");
    int op = -1;
    for (int k = 0; k < OPS; k++)
        if (strncmp(text + n, ops[k], strlen(ops[k])) == 0 &&
            (op < 0 || strlen(ops[k]) > strlen(ops[op])))
            op = k;
    const char *value = op < 0 ? "" : text + n + strlen(ops[op]);
    bool equals = op == EQUAL || op == UNEQUAL;
    double number = NAN;
    if (!n || !*value)
        return msg_usage("%s: not a rule such as QAPercentCloudCover<20: \"%s\"", option,
                         text);
    if (!equals && !(num_parse(value, strlen(value), &number) && !isnan(number)))
        return msg_usage("%s: %s takes a number: \"%s\"", option, ops[op], text);
    *rule = (struct choice_rule){mem_slice(text, n), op, value, number};
    return MSG_OK;
}

void rule_free(struct choice_rule *rule)
{
    free(rule->key);
}

/* The item whose key it is, or the first whose key ends in it. */
static const char *item_of(const struct choice_rule *rule, const struct ras *r)
{
    const char *value = ras_tag(r, rule->key);
    size_t n = strlen(rule->key);
    for (size_t i = 0; i < r->ntags && !value; i++) {
        const char *key = r->tag[i].key;
        size_t m = strlen(key);
        if (m > n && strcmp(key + m - n, rule->key) == 0 && strchr("_/:#", key[m - n - 1]))
            value = r->tag[i].value;
    }
    return value;
}

static bool is_one_of(const char *value, const char *list)
{
    struct slice item;
    double a, b;
    bool number = num_parse(value, strlen(value), &a), found = false;
    for (const char *rest = list; !found && list_next(&rest, &item);)
        found =
            slice_is(item, value) || (number && num_parse(item.s, item.n, &b) && a == b);
    return found;
}

bool rule_holds(const struct choice_rule *rule, const struct ras *r)
{
    const char *value = item_of(rule, r);
    double v;
    if (!value)
        return false;
    if (rule->op == EQUAL || rule->op == UNEQUAL)
        return is_one_of(value, rule->value) == (rule->op == EQUAL);
    if (!num_parse(value, strlen(value), &v))
        return false;
    return rule->op == LESS       ? v < rule->number
           : rule->op == AT_MOST  ? v <= rule->number
           : rule->op == AT_LEAST ? v >= rule->number
                                  : v > rule->number;
}
