/* tower_vars: which columns of a file are a variable and its quality. */
#include "tower_vars.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/num.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const tower_flux_names[] = {"corrected", "filled", "measured", NULL};

/* What stands for no value, beside NA and nothing. */
static const double missing = -9999;

int tower_take_rule(void *rule, const char *option, const char *value)
{
    static const char *const signs[] = {"<=", ">=", "="};
    struct tower_rule *r = rule;
    for (int i = 0; i < 3; i++) {
        size_t n = strlen(signs[i]);
        if (strncmp(value, signs[i], n) != 0)
            continue;
        r->kind = i == 0 ? TOWER_AT_MOST : i == 1 ? TOWER_AT_LEAST : TOWER_EQUAL;
        r->text = value;
        if (num_parse(value + n, strlen(value + n), &r->limit) && !isnan(r->limit))
            return MSG_OK;
        break;
    }
    return msg_usage("%s: not a rule such as <=1, >=0.8 or =0: \"%s\"", option, value);
}

/* ---- finding columns ---- */

static int with_end(const struct tower_file *f, const char *name, size_t n, const char *end)
{
    struct buf b = {0};
    buf_add(&b, name, n);
    buf_puts(&b, end);
    int column = tower_file_column(f, b.s, b.n);
    buf_free(&b);
    return column;
}

/* Whether a column is NAME_1_1_1 or its like. */
static bool is_position(const char *column, const char *name, size_t n)
{
    if (strncmp(column, name, n) != 0)
        return false;
    int numbers = 0;
    for (column += n; *column == '_'; numbers++) {
        size_t digits = strspn(++column, "0123456789");
        if (!digits)
            return false;
        column += digits;
    }
    return !*column && numbers == 3;
}

/* The one column NAME_1_1_1; -1 and the names of all where there are more. */
static int by_position(const struct tower_file *f, struct slice name, struct buf *many)
{
    int column = -1, count = 0;
    for (size_t i = 0; i < f->n; i++) {
        if (!is_position(f->name[i], name.s, name.n))
            continue;
        column = (int)i;
        buf_printf(many, "%s%s", count++ ? ", " : "", f->name[i]);
    }
    return count == 1 ? column : -1;
}

static int find_column(const struct tower_options *o, const struct tower_file *f,
                       struct slice name)
{
    static const char *const ends[] = {"_CORR", "_F_MDS", "_F", ""};
    enum { ENDS = sizeof ends / sizeof *ends };
    int from = o->flux == TOWER_CORRECTED ? 0 : o->flux == TOWER_FILLED ? 1 : ENDS - 1;
    for (int i = from; i < ENDS; i++) {
        int column = with_end(f, name.s, name.n, ends[i]);
        if (column >= 0)
            return column;
    }
    struct buf many = {0};
    int column = by_position(f, name, &many);
    if (column < 0 && many.n)
        msg_error("%s: \"%.*s\" may be any of %s: name one", f->in.name, (int)name.n,
                  name.s, many.s);
    else if (column < 0)
        msg_error("%s: there is no variable \"%.*s\" (--flux %s)", f->in.name, (int)name.n,
                  name.s, tower_flux_names[o->flux]);
    buf_free(&many);
    return column;
}

/* The quality of a column, or -1. */
static int find_quality(const struct tower_file *f, const char *source)
{
    const char *end = strstr(source, "_CORR");
    int column = end ? with_end(f, source, (size_t)(end - source), "_F_MDS_QC")
                     : with_end(f, source, strlen(source), "_QC");
    return column >= 0 ? column : with_end(f, source, strlen(source), "_SSITC_TEST");
}

/* ---- units ---- */

/* Of FLUXNET's and AmeriFlux's variables, by how their names begin. */
static const char *known_unit(const char *name)
{
    static const char *const units[][2] = {{"LE", "W m-2"},
                                           {"H", "W m-2"},
                                           {"G", "W m-2"},
                                           {"NETRAD", "W m-2"},
                                           {"SW", "W m-2"},
                                           {"LW", "W m-2"},
                                           {"TA", "degC"},
                                           {"TS", "degC"},
                                           {"T", "degC"},
                                           {"VPD", "hPa"},
                                           {"PA", "kPa"},
                                           {"SWC", "%"},
                                           {"RH", "%"},
                                           {"P", "mm"},
                                           {"WS", "m s-1"},
                                           {"USTAR", "m s-1"},
                                           {"WD", "degree"},
                                           {"CO2", "umol mol-1"},
                                           {"H2O", "mmol mol-1"},
                                           {"PPFD", "umol m-2 s-1"},
                                           {"FC", "umol m-2 s-1"},
                                           {"NEE", "umol m-2 s-1"}};
    size_t n = strcspn(name, "_");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i][0]) == n && strncmp(units[i][0], name, n) == 0)
            return units[i][1];
    return NULL;
}

/* Counts, methods, flags and random errors of a variable have no unit of its own, but for
 * the last. */
static bool has_unit(const char *source)
{
    static const char *const none[] = {"_QC", "_TEST", "_METHOD", "_N", "_SIGMA"};
    size_t n = strlen(source);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        size_t end = strlen(none[i]);
        if (n >= end && strcmp(source + n - end, none[i]) == 0)
            return false;
    }
    return true;
}

static const char *unit_of(const struct tower_file *f, int column)
{
    if (f->unit)
        return f->unit[column];
    return f->kind == TOWER_CSV || !has_unit(f->name[column]) ? NULL
                                                              : known_unit(f->name[column]);
}

/* ---- the list ---- */

static void add_var(struct tower_vars *v, const struct tower_file *f, struct slice name,
                    int column, int quality)
{
    v->var = mem_resize(v->var, v->n + 1, sizeof *v->var);
    v->var[v->n++] = (struct tower_var){
        .name = mem_slice(name.s, name.n),
        .source = mem_text(f->name[column]),
        .quality = mem_text(quality >= 0 ? f->name[quality] : NULL),
        .unit = mem_text(unit_of(f, column)),
        .column = column,
        .quality_column = quality,
    };
}

static bool is_data(const struct tower_file *f, int column)
{
    bool dated = f->kind == TOWER_REDDYPROC &&
                 (column == f->year || column == f->doy || column == f->hour);
    return *f->name[column] && column != f->start && column != f->end &&
           column != f->time && column != f->offset_column && column != f->site_column &&
           !dated;
}

/* Whether a variable is called so. */
static bool has_var(const struct tower_vars *v, const char *name, const char *end)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < v->n; i++)
        if (strncmp(v->var[i].name, name, n) == 0 && strcmp(v->var[i].name + n, end) == 0)
            return true;
    return false;
}

int tower_vars_init(struct tower_vars *v, const struct tower_options *o,
                    const struct tower_file *f)
{
    struct slice name;
    *v = (struct tower_vars){0};
    for (size_t i = 0; !o->vars && i < f->n; i++)
        if (is_data(f, (int)i))
            add_var(v, f, (struct slice){f->name[i], strlen(f->name[i])}, (int)i,
                    o->quality.kind ? find_quality(f, f->name[i]) : -1);
    for (const char *rest = o->vars; list_next(&rest, &name);) {
        for (size_t i = 0; i < v->n; i++)
            if (slice_is(name, v->var[i].name))
                return msg_usage("--vars: \"%s\" twice", v->var[i].name);
        if (!name.n)
            return msg_usage("--vars: an empty name: \"%s\"", o->vars);
        int column = find_column(o, f, name);
        if (column < 0)
            return MSG_INPUT;
        add_var(v, f, name, column, find_quality(f, f->name[column]));
    }
    bool any = !o->quality.kind;
    for (size_t i = 0; i < v->n; i++) {
        v->var[i].shows_quality =
            o->vars && v->var[i].quality && !has_var(v, v->var[i].name, "_QC");
        any = any || v->var[i].quality;
    }
    if (any)
        return MSG_OK;
    msg_error("%s: --quality: none of the variables has a column of its quality",
              f->in.name);
    return MSG_INPUT;
}

void tower_vars_free(struct tower_vars *v)
{
    for (size_t i = 0; i < v->n; i++) {
        free(v->var[i].name);
        free(v->var[i].source);
        free(v->var[i].quality);
        free(v->var[i].unit);
    }
    free(v->var);
    *v = (struct tower_vars){0};
}

int tower_vars_place(struct tower_vars *v, const struct tower_options *o,
                     const struct tower_file *f)
{
    for (size_t i = 0; i < v->n; i++) {
        struct tower_var *var = &v->var[i];
        struct slice name = {var->name, strlen(var->name)};
        var->column = o->vars ? find_column(o, f, name)
                              : tower_file_column(f, var->source, strlen(var->source));
        if (var->column < 0 && o->vars)
            return MSG_INPUT;
        const char *source = var->column >= 0 ? f->name[var->column] : "nothing";
        if (strcmp(source, var->source) != 0) {
            msg_error("%s: %s is %s here and %s before: name what all files have by --vars "
                      "and --flux",
                      f->in.name, var->name, source, var->source);
            return MSG_INPUT;
        }
        var->quality_column =
            var->quality ? tower_file_column(f, var->quality, strlen(var->quality)) : -1;
        if (var->quality && var->quality_column < 0) {
            msg_error("%s: %s has no %s here", f->in.name, var->name, var->quality);
            return MSG_INPUT;
        }
    }
    return MSG_OK;
}

/* ---- values ---- */

static bool take_number(const struct tower_file *f, int column, double *v)
{
    struct slice text = f->field[column];
    *v = NAN;
    if (rec_is_missing(text))
        return true;
    if (!num_parse(text.s, text.n, v)) {
        tower_file_complain(f, column, "not a number");
        return false;
    }
    if (*v == missing || !isfinite(*v))
        *v = NAN;
    return true;
}

static bool passes(const struct tower_rule *r, double quality)
{
    switch (r->kind) {
    case TOWER_ANY:
        return true;
    case TOWER_AT_MOST:
        return quality <= r->limit;
    case TOWER_AT_LEAST:
        return quality >= r->limit;
    case TOWER_EQUAL:
        return quality == r->limit;
    }
    return false;
}

bool tower_vars_read(struct tower_vars *v, const struct tower_options *o,
                     const struct tower_file *f, double *value)
{
    for (size_t i = 0; i < v->n; i++) {
        struct tower_var *var = &v->var[i];
        double *x = &value[2 * i], *quality = &value[2 * i + 1];
        if (!take_number(f, var->column, x))
            return false;
        if (!var->quality)
            continue;
        if (!take_number(f, var->quality_column, quality))
            return false;
        if (!passes(&o->quality, *quality))
            *x = NAN;
    }
    for (size_t i = 0; i < v->n; i++)
        v->var[i].values += !isnan(value[2 * i]);
    return true;
}
