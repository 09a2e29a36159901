/* columns: names and numbers of columns to indices. */
#include "record/columns.h"
#include "base/list.h"
#include "base/num.h"
#include <string.h>
#include <strings.h>

/* The names of a legend, for a message. */
static void list_names(struct buf *b, const struct rec_reader *r)
{
    enum { MANY = 12 };
    for (size_t i = 0; i < r->nlegend && i < MANY; i++)
        buf_printf(b, "%s%s", i ? ", " : "", r->legend[i]);
    if (r->nlegend > MANY)
        buf_puts(b, ", ...");
}

static int no_such(const struct rec_reader *r, const char *option, struct list_item name)
{
    struct buf b = {0};
    list_names(&b, r);
    if (r->nlegend)
        msg_error("%s: %s: there is no column \"%.*s\" among %s", r->name, option,
                  (int)name.n, name.s, b.s);
    else
        msg_error(
            "%s: %s: there is no legend that names a column \"%.*s\": give its number",
            r->name, option, (int)name.n, name.s);
    buf_free(&b);
    return MSG_INPUT;
}

/* One column of a list. */
static int find(const struct rec_reader *r, const char *option, struct list_item name,
                int *column)
{
    *column = -1;
    for (size_t i = 0; i < r->nlegend; i++) {
        if (!list_is(name, r->legend[i]))
            continue;
        if (*column >= 0) {
            msg_error("%s: %s: the legend names \"%s\" twice: give the column's number",
                      r->name, option, r->legend[i]);
            return MSG_INPUT;
        }
        *column = (int)i;
    }
    if (*column >= 0)
        return MSG_OK;
    enum { MOST = 1 << 20 };
    long long number;
    if (!num_parse_long(name.s, name.n, &number) || number < 1 || number > MOST ||
        (r->nlegend && (size_t)number > r->nlegend))
        return no_such(r, option, name);
    *column = (int)number - 1;
    return MSG_OK;
}

int columns_find(const struct rec_reader *r, const char *option, const char *list,
                 int least, int most, int *column, int *n)
{
    int count = 0, status;
    struct list_item name;
    for (const char *rest = list; list_next(&rest, &name); count++) {
        if (count == most || (!name.n && count < least))
            return msg_usage("%s: not %d to %d columns: \"%s\"", option, least, most, list);
        column[count] = -1;
        if (!name.n)
            continue;
        status = find(r, option, name, &column[count]);
        if (status != MSG_OK)
            return status;
        for (int i = 0; i < count; i++)
            if (column[i] == column[count])
                return msg_usage("%s: the same column twice: \"%s\"", option, list);
    }
    if (count < least)
        return msg_usage("%s: needs %d columns: \"%s\"", option, least, list);
    *n = count;
    return MSG_OK;
}

int columns_find_xy(const struct rec_reader *r, const char *option, int column[2])
{
    static const char *const pairs[][2] = {
        {"x", "y"}, {"lon", "lat"}, {"longitude", "latitude"}};
    for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
        int found[2] = {-1, -1}, count = 0;
        for (size_t i = 0; i < r->nlegend; i++)
            for (int axis = 0; axis < 2; axis++)
                if (strcasecmp(r->legend[i], pairs[p][axis]) == 0) {
                    found[axis] = (int)i;
                    count++;
                }
        if (count == 2 && found[0] >= 0 && found[1] >= 0) {
            column[0] = found[0];
            column[1] = found[1];
            return MSG_OK;
        }
    }
    if (!r->nlegend)
        msg_error("%s: no legend names the columns of the coordinates: %s", r->name,
                  option);
    else
        msg_error("%s: the legend has no columns x and y, or lon and lat: %s", r->name,
                  option);
    return MSG_INPUT;
}
