/* table_crs: where the coordinates of a table stand, and in which CRS they are. */
#include "geo/table_crs.h"
#include "base/buf.h"
#include "record/columns.h"
#include "record/form.h"

/* The CRS that somebody says a column is in, which may be each record (crs_column); NULL
 * and no crs_column when nobody does. */
static const struct crs *said_of(const struct table_crs_query *q,
                                 const struct rec_reader *r, int column, int *crs_column,
                                 bool *own)
{
    const char *of_column = NULL, *of_all;
    if (column >= 0 && (size_t)column < r->nlegend) {
        struct buf key = {0};
        buf_printf(&key, "crs.%s", r->legend[column]);
        of_column = rec_meta(r, key.s);
        buf_free(&key);
    }
    *own = of_column;
    *crs_column = -1;
    if (q->crs || of_column)
        return q->crs ? q->crs : crs_of(of_column);
    if (q->by_record)
        *crs_column = rec_column(r, "crs");
    of_all = *crs_column < 0 ? rec_meta(r, "crs") : NULL;
    return of_all ? crs_of(of_all) : NULL;
}

static int find_columns(struct table_crs *t, const struct table_crs_query *q,
                        const struct rec_reader *r)
{
    int n, crs_column;
    bool own;
    if (q->columns)
        return columns_find(r, q->columns_option, q->columns, 2, q->most, t->column, &n);
    const struct crs *crs =
        said_of(q, r, columns_coordinate(r, COLUMNS_X), &crs_column, &own);
    struct buf option = {0};
    buf_printf(&option, "%s%s", q->columns_option, rec_form_hint(r));
    bool plane = crs_column >= 0 || (crs && !crs_is_geographic(crs));
    int status = columns_find_xy(r, option.s, plane, t->column);
    buf_free(&option);
    return status;
}

int table_crs_find(struct table_crs *t, const struct table_crs_query *q,
                   const struct rec_reader *r)
{
    *t = (struct table_crs){.column = {-1, -1, -1, -1}, .crs_column = -1};
    int status = find_columns(t, q, r);
    if (status != MSG_OK)
        return status;
    const struct crs *crs = said_of(q, r, t->column[0], &t->crs_column, &t->own);
    if (!crs && t->crs_column < 0 && !q->no_default && columns_are_degrees(r, t->column))
        crs = crs_of_epsg(4326);
    if (!crs && t->crs_column < 0) {
        msg_error("%s: nothing says which CRS its coordinates are in: say %s CRS", r->name,
                  q->crs_option);
        return MSG_INPUT;
    }
    t->crs = crs;
    return MSG_OK;
}
