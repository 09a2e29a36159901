/* numbers: fields of records as numbers, and what is said of those that are none. */
#include "base/msg.h"
#include "base/num.h"
#include "record/reader.h"
#include <math.h>

void rec_complain(const struct rec_reader *r, int column, const char *what)
{
    const struct slice *f = &r->field[column];
    int n = f->n > 60 ? 60 : (int)f->n;
    const char *more = f->n > 60 ? "..." : "";
    if ((size_t)column < r->nlegend)
        msg_error("%s:%zu: %s: %s: \"%.*s%s\"", r->name, r->line, r->legend[column], what,
                  n, f->s, more);
    else
        msg_error("%s:%zu: column %d: %s: \"%.*s%s\"", r->name, r->line, column + 1, what,
                  n, f->s, more);
}

bool rec_value(const struct rec_reader *r, int column, double *v)
{
    *v = NAN;
    if (rec_is_csv(r->delimiter) && column >= 0 && (size_t)column < r->nfields &&
        !r->field[column].n)
        return true;
    return rec_number(r, column, v);
}

bool rec_number(const struct rec_reader *r, int column, double *v)
{
    if (column < 0 || (size_t)column >= r->nfields) {
        msg_error("%s:%zu: there is no column %d", r->name, r->line, column + 1);
        return false;
    }
    if (num_parse(r->field[column].s, r->field[column].n, v))
        return true;
    rec_complain(r, column, r->field[column].n ? "not a number" : "an empty field");
    return false;
}

bool rec_has_number(const struct rec_reader *r)
{
    double v;
    for (size_t i = 0; i < r->nfields; i++)
        if (num_parse(r->field[i].s, r->field[i].n, &v))
            return true;
    return false;
}
