/* utc_offsets: how far the clocks of sites are ahead of UTC, from a table. */
#include "utc_offsets.h"
#include "base/mem.h"
#include "base/num.h"
#include "record/reader.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *utc_offset_seconds(const char *s, size_t n, double *seconds)
{
    double hours;
    enum { MOST = 14 };
    if (!num_parse(s, n, &hours) || !(fabs(hours) <= MOST))
        return "not an offset from UTC in hours, from -14 to 14";
    *seconds = round(hours * 3600);
    return NULL;
}

/* The first column with one of those names, in small letters or capitals, or -1. */
static int find(const struct rec_reader *r, const char *const *names)
{
    for (; *names; names++)
        for (size_t i = 0; i < r->nlegend; i++)
            if (strcasecmp(r->legend[i], *names) == 0)
                return (int)i;
    return -1;
}

static int take_row(struct utc_offsets *u, const struct rec_reader *r, int site, int hours)
{
    double seconds, known;
    struct slice f = r->field[hours];
    if (rec_is_missing(f))
        return MSG_OK;
    const char *wrong = utc_offset_seconds(f.s, f.n, &seconds);
    char *name = mem_slice(r->field[site].s, r->field[site].n);
    char *text = mem_slice(f.s, f.n);
    const char *other = names_owner(&u->hours, name);
    if (!wrong && !other)
        names_take(&u->hours, name, text);
    else if (!wrong && !utc_offset_seconds(other, strlen(other), &known) &&
             known != seconds)
        wrong = "another offset than before for this site";
    if (wrong)
        rec_complain(r, hours, wrong);
    free(name);
    free(text);
    return wrong ? MSG_INPUT : MSG_OK;
}

static int read_table(struct utc_offsets *u, struct rec_reader *r)
{
    static const char *const sites[] = {"site", "SITE_ID", "Site ID", "id", "tower", NULL},
                             *const offsets[] = {"utc_offset", NULL},
                             *const variables[] = {"VARIABLE", NULL},
                             *const values[] = {"DATAVALUE", NULL};
    int status = rec_head(r);
    if (status != MSG_OK)
        return status;
    int site = find(r, sites), hours = find(r, offsets), variable = -1;
    if (hours < 0) {
        variable = find(r, variables);
        hours = variable >= 0 ? find(r, values) : -1;
    }
    if (site < 0 || hours < 0) {
        msg_error("%s: --sites: no columns of sites and of utc_offset", r->name);
        return MSG_INPUT;
    }
    for (int got; status == MSG_OK && (got = rec_next(r)) != 0;)
        if (got < 0)
            status = MSG_INPUT;
        else if (variable < 0 || slice_is(r->field[variable], "UTC_OFFSET"))
            status = take_row(u, r, site, hours);
    return status;
}

int utc_offsets_read(struct utc_offsets *u, const char *path)
{
    *u = (struct utc_offsets){.path = path};
    char *input[1] = {mem_text(path)};
    struct rec_reader r;
    /* Records have a legend; what has none is CSV. */
    rec_open(&r, input, 1, REC_TAB);
    int status = rec_head(&r);
    if (status == MSG_OK && !r.nlegend) {
        rec_close(&r);
        rec_open(&r, input, 1, REC_COMMA);
    }
    if (status == MSG_OK)
        status = read_table(u, &r);
    rec_close(&r);
    free(input[0]);
    return status;
}

void utc_offsets_free(struct utc_offsets *u)
{
    names_free(&u->hours);
}
