/* tower_file: a file of a tower, line by line. */
#include "tower_file.h"
#include "base/mem.h"
#include "base/num.h"
#include "record/csv.h"
#include "tower_time.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *const tower_kind_names[] = {"AmeriFlux BASE",  "FLUXNET",        "ICOS ETC",
                                        "FLUXNET by days", "REddyProc text", "CSV"};

static const char no_break[] = "\xc2\xa0";

/* Without blanks and no-break spaces about it. */
static struct slice trimmed(struct slice f)
{
    for (;;) {
        if (f.n && (f.s[0] == ' ' || f.s[0] == '\t')) {
            f.s++;
            f.n--;
        } else if (f.n && (f.s[f.n - 1] == ' ' || f.s[f.n - 1] == '\t')) {
            f.n--;
        } else if (f.n > 1 && memcmp(f.s, no_break, 2) == 0) {
            f.s += 2;
            f.n -= 2;
        } else if (f.n > 1 && memcmp(f.s + f.n - 2, no_break, 2) == 0) {
            f.n -= 2;
        } else {
            return f;
        }
    }
}

static void put_field(struct tower_file *f, size_t i, struct slice value)
{
    if (i >= f->cap)
        f->field = mem_grow(f->field, &f->cap, i + 1, sizeof *f->field);
    f->field[i] = value;
}

/* Fields parted by runs of blanks and TABs; returns how many. */
static size_t split_blank(struct tower_file *f)
{
    const char *s = f->in.text.s, *end = s + f->in.text.n;
    size_t n = 0;
    while (s < end) {
        const char *from = s;
        while (s < end && *s != ' ' && *s != '\t')
            s++;
        if (s > from)
            put_field(f, n++, (struct slice){from, (size_t)(s - from)});
        s += s < end;
    }
    return n;
}

static size_t split(struct tower_file *f)
{
    if (f->kind == TOWER_REDDYPROC)
        return split_blank(f);
    for (size_t i = 0; i < f->in.nfields; i++)
        put_field(f, i, trimmed(f->in.field[i]));
    return f->in.nfields;
}

/* Fields behind the last that has text do not count. */
static size_t with_text(const struct tower_file *f, size_t n)
{
    while (n && !f->field[n - 1].n)
        n--;
    return n;
}

int tower_file_next(struct tower_file *f)
{
    for (int got; (got = rec_next(&f->in)) != 0;) {
        if (got < 0)
            return got;
        size_t n = split(f), some = with_text(f, n);
        if (!some)
            continue;
        if (n >= f->n && some <= f->n)
            return 1;
        msg_error("%s:%zu: %zu fields where the heading names %zu", f->in.name, f->in.line,
                  n, f->n);
        return -1;
    }
    return 0;
}

int tower_file_column(const struct tower_file *f, const char *name, size_t length)
{
    for (size_t i = 0; i < f->n; i++)
        if (strlen(f->name[i]) == length && memcmp(f->name[i], name, length) == 0)
            return (int)i;
    return -1;
}

void tower_file_complain(const struct tower_file *f, int column, const char *what)
{
    struct slice v = f->field[column];
    msg_error("%s:%zu: %s: %s: \"%.*s\"", f->in.name, f->in.line, f->name[column], what,
              v.n > 60 ? 60 : (int)v.n, v.s);
}

/* ---- the head ---- */

/* "# Site: US-CRT", perhaps with commas behind. */
static void take_comment(struct tower_file *f)
{
    static const char mark[] = "# Site:";
    struct slice v = f->field[0];
    if (v.n > sizeof mark - 1 && memcmp(v.s, mark, sizeof mark - 1) == 0 && !f->site) {
        v = trimmed((struct slice){v.s + sizeof mark - 1, v.n - (sizeof mark - 1)});
        f->site = mem_slice(v.s, v.n);
        f->kind = TOWER_BASE;
    }
}

/* The site in FLX_US-CRT_..., AMF_..., ICOSETC_..., and what else such a name says. */
static void take_name(struct tower_file *f)
{
    static const char *const heads[] = {"FLX_", "AMF_", "ICOSETC_"};
    const char *slash = strrchr(f->path, '/'), *name = slash ? slash + 1 : f->path;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t n = strlen(heads[i]);
        if (strncmp(name, heads[i], n) != 0)
            continue;
        f->kind = i == 2 ? TOWER_ICOS : f->kind;
        if (!f->site)
            f->site = mem_slice(name + n, strcspn(name + n, "_"));
        if (strstr(name, "_HH_"))
            f->step = 1800;
        else if (strstr(name, "_HR_"))
            f->step = 3600;
    }
}

static int take_units(struct tower_file *f)
{
    int got = rec_next(&f->in);
    size_t n = got > 0 ? split(f) : 0;
    if (n != f->n) {
        msg_error("%s: no line of units as long as that of names", f->in.name);
        return MSG_INPUT;
    }
    f->unit = mem_alloc(n, sizeof *f->unit);
    for (size_t i = 0; i < n; i++)
        f->unit[i] = mem_slice(f->field[i].s, f->field[i].n);
    return MSG_OK;
}

/* The first line that is no comment has the names. */
static int read_names(struct tower_file *f)
{
    int got;
    while ((got = rec_next(&f->in)) > 0) {
        split(f);
        if (f->field[0].n && f->field[0].s[0] == '#')
            take_comment(f);
        else if (with_text(f, f->in.nfields))
            break;
    }
    if (got == 0)
        msg_error("%s: no line that names its columns", f->in.name);
    if (got <= 0)
        return MSG_INPUT;
    bool first =
        f->in.nfields == 1 && f->field[0].n > 5 &&
        (memcmp(f->field[0].s, "Year ", 5) == 0 || memcmp(f->field[0].s, "Year\t", 5) == 0);
    if (first)
        f->kind = TOWER_REDDYPROC;
    else if (!csv_is_heading(&f->in.text, f->in.nfields, f->in.name, f->in.line))
        return MSG_INPUT;
    f->n = with_text(f, split(f));
    f->name = mem_alloc(f->n, sizeof *f->name);
    for (size_t i = 0; i < f->n; i++)
        f->name[i] = mem_slice(f->field[i].s, f->field[i].n);
    return first ? take_units(f) : MSG_OK;
}

static int named(const struct tower_file *f, const char *name)
{
    return name ? tower_file_column(f, name, strlen(name)) : -1;
}

/* A column that an option names. */
static int asked(const struct tower_file *f, const char *option, const char *name,
                 int *column)
{
    *column = named(f, name);
    if (!name || *column >= 0)
        return MSG_OK;
    msg_error("%s: %s: there is no column \"%s\"", f->in.name, option, name);
    return MSG_INPUT;
}

static int find_time(struct tower_file *f, const struct tower_options *o)
{
    f->year = named(f, "Year");
    f->doy = named(f, "DoY");
    f->hour = named(f, "Hour");
    f->offset_column = named(f, "UTC_OFFSET");
    f->site_column = -1;
    f->step = isnan(o->step) ? f->step : o->step * 60;
    int status = asked(f, "--site-column", o->site_column, &f->site_column);
    if (status == MSG_OK)
        status = asked(f, "--start", o->start, &f->start);
    if (status == MSG_OK)
        status = asked(f, "--end", o->end, &f->end);
    if (status == MSG_OK)
        status = asked(f, "--time", o->time, &f->time);
    if (status != MSG_OK)
        return status;
    if (f->kind == TOWER_REDDYPROC) {
        if (f->year >= 0 && f->doy >= 0 && f->hour >= 0)
            return MSG_OK;
        msg_error("%s: text that begins with Year has no columns Year, DoY and Hour",
                  f->in.name);
        return MSG_INPUT;
    }
    if (o->start || o->end || o->time) {
        f->kind = TOWER_CSV;
        return MSG_OK;
    }
    f->start = named(f, "TIMESTAMP_START");
    f->end = named(f, "TIMESTAMP_END");
    if (f->start >= 0 || f->end >= 0) {
        f->kind = f->kind == TOWER_CSV ? TOWER_FLUXNET : f->kind;
        return MSG_OK;
    }
    f->start = named(f, "TIMESTAMP");
    f->kind = TOWER_DAYS;
    f->step = 86400;
    if (f->start >= 0)
        return MSG_OK;
    msg_error("%s: no tower file that is known (no TIMESTAMP_START, TIMESTAMP_END, "
              "TIMESTAMP, or Year DoY Hour): name its columns by --time, --start, --end",
              f->in.name);
    return MSG_INPUT;
}

/* Where the file has one end of its intervals, their length must be known. */
static int check_step(const struct tower_file *f)
{
    bool one_end = f->kind != TOWER_REDDYPROC && (f->start < 0 || f->end < 0);
    if (!one_end || !isnan(f->step))
        return MSG_OK;
    msg_error("%s: how long are its intervals? --step says so, in minutes", f->in.name);
    return MSG_INPUT;
}

/* No two columns have one name. */
static int check_names(const struct tower_file *f)
{
    for (size_t i = 0; i < f->n; i++)
        for (size_t j = 0; j < i; j++)
            if (*f->name[i] && strcmp(f->name[i], f->name[j]) == 0) {
                msg_error("%s:%zu: two columns are named \"%s\"", f->in.name, f->in.line,
                          f->name[i]);
                return MSG_INPUT;
            }
    return MSG_OK;
}

int tower_file_open(struct tower_file *f, const struct tower_options *o, char *path)
{
    *f = (struct tower_file){.path = path, .kind = TOWER_CSV, .step = NAN};
    f->input[0] = path;
    f->start = f->end = f->time = -1;
    rec_open(&f->in, f->input, 1, REC_COMMA);
    f->in.headless = f->in.lone_cr = true;
    int status = read_names(f);
    if (status == MSG_OK)
        status = check_names(f);
    if (status == MSG_OK) {
        take_name(f);
        status = find_time(f, o);
    }
    if (status == MSG_OK)
        status = check_step(f);
    if (o->site) {
        free(f->site);
        f->site = mem_text(o->site);
    }
    if (status == MSG_OK && !f->site && f->site_column < 0) {
        msg_error("%s: neither its name nor its head says which site it is of: --site",
                  f->in.name);
        status = MSG_INPUT;
    }
    return status;
}

void tower_file_close(struct tower_file *f)
{
    for (size_t i = 0; i < f->n && f->name; i++)
        free(f->name[i]);
    for (size_t i = 0; i < f->n && f->unit; i++)
        free(f->unit[i]);
    free(f->name);
    free(f->unit);
    free(f->site);
    free(f->field);
    rec_close(&f->in);
    *f = (struct tower_file){0};
}

/* ---- intervals ---- */

static bool number_at(const struct tower_file *f, int column, double *v)
{
    return num_parse(f->field[column].s, f->field[column].n, v);
}

/* A first hour of 0.5 is one of half hours, of 1 of hours. (Where a file of half hours
 * begins at 1:00, its intervals then overlap, which is told.) */
static bool guess_step(struct tower_file *f)
{
    double hour;
    bool known = number_at(f, f->hour, &hour) && (hour != floor(hour) || hour == 1);
    if (known)
        f->step = hour == 1 ? 3600 : 1800;
    else
        msg_error("%s: how long are its intervals? --step says so, in minutes", f->in.name);
    return known;
}

/* The end of a REddyProc interval: its hour. */
static bool end_by_hour(const struct tower_file *f, double *end)
{
    double year, doy, hour;
    const char *wrong = "not a number";
    if (number_at(f, f->year, &year) && number_at(f, f->doy, &doy) &&
        number_at(f, f->hour, &hour))
        wrong = tower_time_doy(end, year, doy, hour);
    if (wrong)
        tower_file_complain(f, f->hour, wrong);
    return !wrong;
}

static bool time_at(const struct tower_file *f, int column, enum tower_dates dates,
                    double *seconds, bool *utc)
{
    struct tower_time t;
    const char *wrong = tower_time(&t, f->field[column], dates);
    if (!wrong && t.day != (f->kind == TOWER_DAYS))
        wrong = t.day ? "a day without a time of day" : "not a day such as 20110101";
    *seconds = t.seconds;
    *utc = t.utc;
    if (wrong)
        tower_file_complain(f, column, wrong);
    return !wrong;
}

bool tower_file_interval(struct tower_file *f, enum tower_dates dates, double *start,
                         double *end, bool *utc)
{
    double time;
    bool other = false;
    *utc = false;
    if (f->kind == TOWER_REDDYPROC) {
        if ((isnan(f->step) && !guess_step(f)) || !end_by_hour(f, end))
            return false;
        *start = *end - f->step;
    } else if (f->time >= 0) {
        if (!time_at(f, f->time, dates, &time, utc))
            return false;
        *start = time - f->step / 2;
        *end = time + f->step / 2;
    } else {
        if ((f->start >= 0 && !time_at(f, f->start, dates, start, utc)) ||
            (f->end >= 0 && !time_at(f, f->end, dates, end, f->start >= 0 ? &other : utc)))
            return false;
        if (f->start < 0)
            *start = *end - f->step;
        else if (f->end < 0)
            *end = *start + f->step;
    }
    if (*start < *end)
        return true;
    tower_file_complain(f, f->end >= 0 ? f->end : f->start,
                        "an interval that does not end behind its start");
    return false;
}
