/* raster_inputs: the rasters that a command line or a stream of records names. */
#include "record/raster_inputs.h"
#include <string.h>
#include <sys/stat.h>

void raster_inputs_open(struct raster_inputs *p, char **args, int nargs)
{
    *p = (struct raster_inputs){.args = args, .nargs = nargs, .column = -1, .status = -1};
}

/* Whether a line of # is the name of a file: a path as it stands in a list, which would
 * get lost as a comment. Told. */
static bool is_path(const struct rec_reader *r, const char *line)
{
    struct stat st;
    if (stat(line, &st) != 0)
        return false;
    msg_error("%s: a line that begins with # is a comment: write ./%s for that file",
              r->name, line);
    return true;
}

/* Whether a comment of a list of paths is one of them. */
static bool hides_path(struct raster_inputs *p)
{
    bool found = false;
    for (char *line = p->comments.s, *end; line && !found && (end = strchr(line, '\n'));
         line = end + 1) {
        *end = '\0';
        found = is_path(&p->reader, line);
    }
    buf_reset(&p->comments);
    return found;
}

/* The same for a line that was taken for a legend. */
static bool is_path_legend(const struct rec_reader *r)
{
    struct buf b = {0};
    buf_printf(&b, "#%s", r->legend_line);
    bool found = is_path(r, b.s);
    buf_free(&b);
    return found;
}

/* The column that names rasters, looked up once; false, told, when there is none. */
static bool find_column(struct raster_inputs *p)
{
    const struct rec_reader *r = &p->reader;
    if (p->column >= 0)
        return true;
    p->column = rec_column(r, "output");
    p->status = p->column >= 0 ? rec_column(r, "status") : -1;
    if (p->column < 0)
        p->column = rec_column(r, "path");
    if (p->column < 0 && !is_path_legend(r))
        msg_error("%s: these records have no column \"path\" or \"output\"", r->name);
    return p->column >= 0;
}

/* Whether the present record has no raster; what made it had nothing to write. */
static bool is_without(struct raster_inputs *p)
{
    const struct rec_reader *r = &p->reader;
    struct slice output = r->field[p->column];
    if (strcmp(r->legend[p->column], "output") != 0 || !output.n || !rec_is_missing(output))
        return false;
    p->without++;
    p->failed += p->status >= 0 && slice_is(r->field[p->status], "failed");
    return true;
}

/* The next path from the records on stdin; -2 when reading must stop. */
static int next_read(struct raster_inputs *p, const char **path)
{
    struct rec_reader *r = &p->reader;
    int got;
    do {
        got = rec_next(r);
        if (got > 0 && r->nlegend && !find_column(p))
            return -2;
    } while (got > 0 && r->nlegend && is_without(p));
    if (r->nlegend ? !got && p->column < 0 && is_path_legend(r) : hides_path(p))
        return -2;
    if (got <= 0)
        return got;
    buf_reset(&p->path);
    if (!r->nlegend)
        buf_add(&p->path, r->text.s, r->text.n);
    else
        rec_unescape(&p->path, r->field[p->column].s, r->field[p->column].n);
    if (!p->path.n) {
        msg_error("%s:%zu: an empty path", r->name, r->line);
        return -1;
    }
    *path = p->path.s;
    return 1;
}

/* Tells of the records that were passed over. -1 when some had failed, else 0. */
static int tell_without(const struct raster_inputs *p)
{
    const char *name = p->reader.name;
    if (p->failed)
        msg_error("%s: records without an output: %zu (%zu failed)", name, p->without,
                  p->failed);
    else if (p->without)
        msg_warn("%s: records without an output: %zu", name, p->without);
    return p->failed ? -1 : 0;
}

int raster_inputs_next(struct raster_inputs *p, const char **path)
{
    for (;;) {
        if (p->reading) {
            int got = next_read(p, path);
            if (got > 0 || got == -1) {
                p->count += got > 0;
                return got;
            }
            if (got == 0)
                got = tell_without(p);
            rec_close(&p->reader);
            p->reading = false;
            if (!p->nargs)
                p->next = 1;
            if (got < 0)
                return -1;
        }
        if (p->next >= (p->nargs ? p->nargs : 1))
            return 0;
        const char *arg = p->nargs ? p->args[p->next] : "-";
        p->next++;
        if (strcmp(arg, "-") == 0) {
            rec_open(&p->reader, NULL, 0, REC_TAB);
            p->reader.comments = &p->comments;
            p->reading = true;
            p->column = p->status = -1;
            p->without = p->failed = 0;
            continue;
        }
        p->count++;
        *path = arg;
        return 1;
    }
}

void raster_inputs_close(struct raster_inputs *p)
{
    if (p->reading)
        rec_close(&p->reader);
    buf_free(&p->path);
    buf_free(&p->comments);
    *p = (struct raster_inputs){0};
}
