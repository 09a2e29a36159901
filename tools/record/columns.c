/* columns: names and numbers of columns to indices. */
#include "record/columns.h"
#include "base/num.h"
#include "base/options.h"
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

static int no_such(const struct rec_reader *r, const char *option, const char *name, int n)
{
    struct buf b = {0};
    list_names(&b, r);
    if (r->nlegend)
        msg_error("%s: %s: there is no column \"%.*s\" among %s", r->name, option, n, name,
                  b.s);
    else
        msg_error(
            "%s: %s: there is no legend that names a column \"%.*s\": give its number",
            r->name, option, n, name);
    buf_free(&b);
    return MSG_INPUT;
}

/* One column of a list. */
static int find(const struct rec_reader *r, const char *option, const char *name, size_t n,
                int *column)
{
    *column = -1;
    for (size_t i = 0; i < r->nlegend; i++) {
        if (strlen(r->legend[i]) != n || memcmp(r->legend[i], name, n) != 0)
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
    if (!num_parse_long(name, n, &number) || number < 1 || number > MOST ||
        (r->nlegend && (size_t)number > r->nlegend))
        return no_such(r, option, name, (int)n);
    *column = (int)number - 1;
    return MSG_OK;
}

int columns_find(const struct rec_reader *r, const char *option, const char *list,
                 int least, int most, int *column, int *n)
{
    int count = 0;
    for (const char *s = list;; s++) {
        size_t length = strcspn(s, ",");
        if (count == most || (!length && count < least))
            return cli_usage("%s: not %d to %d columns: \"%s\"", option, least, most, list);
        int status = MSG_OK;
        column[count] = -1;
        if (length)
            status = find(r, option, s, length, &column[count]);
        if (status != MSG_OK)
            return status;
        for (int i = 0; i < count; i++)
            if (length && column[i] == column[count])
                return cli_usage("%s: the same column twice: \"%s\"", option, list);
        count++;
        s += length;
        if (!*s)
            break;
    }
    if (count < least)
        return cli_usage("%s: needs %d columns: \"%s\"", option, least, list);
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
