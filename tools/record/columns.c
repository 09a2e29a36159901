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

static int no_such(const struct rec_reader *r, const char *option, struct slice name)
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
static int find(const struct rec_reader *r, const char *option, struct slice name,
                int *column)
{
    *column = -1;
    for (size_t i = 0; i < r->nlegend; i++) {
        if (!slice_is(name, r->legend[i]))
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
    struct slice name;
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

/* ---- coordinates by habit ---- */

static const char *const coordinates[][4] = {
    [COLUMNS_X] = {"x"},
    [COLUMNS_Y] = {"y"},
    [COLUMNS_LONGITUDE] = {"longitude", "lon", "long"},
    [COLUMNS_LATITUDE] = {"latitude", "lat"}};

static bool may_be(const char *name, int coordinate)
{
    for (const char *const *known = coordinates[coordinate]; *known; known++)
        if (strcasecmp(name, *known) == 0)
            return true;
    return false;
}

/* The first column from `from` on that may be a coordinate, or -1. */
static int find_coordinate(const struct rec_reader *r, int coordinate, int from)
{
    for (size_t i = (size_t)from; i < r->nlegend; i++)
        if (may_be(r->legend[i], coordinate))
            return (int)i;
    return -1;
}

int columns_coordinate(const struct rec_reader *r, enum columns_coordinate coordinate)
{
    return find_coordinate(r, (int)coordinate, 0);
}

int columns_find_xy(const struct rec_reader *r, const char *option, bool plane,
                    int column[2])
{
    int at[4];
    for (int k = COLUMNS_X; k <= COLUMNS_LATITUDE; k++)
        at[k] = find_coordinate(r, k, 0);
    bool has_plane = at[COLUMNS_X] >= 0 && at[COLUMNS_Y] >= 0;
    bool has_degrees = at[COLUMNS_LONGITUDE] >= 0 && at[COLUMNS_LATITUDE] >= 0;
    if (!has_plane && !has_degrees) {
        msg_error("%s: %s: name them by %s", r->name,
                  r->nlegend ? "the legend has no columns x and y, or lon and lat"
                             : "no legend names the columns of the coordinates",
                  option);
        return MSG_INPUT;
    }
    int first = has_plane && (plane || !has_degrees) ? COLUMNS_X : COLUMNS_LONGITUDE;
    for (int axis = 0; axis < 2; axis++) {
        column[axis] = at[first + axis];
        int other = find_coordinate(r, first + axis, column[axis] + 1);
        if (other < 0)
            continue;
        msg_error("%s: its %s may be column %d (%s) or %d (%s): name it by %s", r->name,
                  coordinates[first + axis][0], column[axis] + 1, r->legend[column[axis]],
                  other + 1, r->legend[other], option);
        return MSG_INPUT;
    }
    return MSG_OK;
}

bool columns_are_degrees(const struct rec_reader *r, const int column[2])
{
    for (int axis = 0; axis < 2; axis++)
        if (column[axis] < 0 || (size_t)column[axis] >= r->nlegend ||
            !may_be(r->legend[column[axis]], COLUMNS_LONGITUDE + axis))
            return false;
    return true;
}
