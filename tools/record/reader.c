/* reader: streams of records. */
#include "record/reader.h"
#include "base/mem.h"
#include "line_ends.h"
#include "record/csv.h"
#include "text_form.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REC_BLOCK = 1 << 18 };

void rec_open(struct rec_reader *r, char **inputs, int ninputs, char delimiter)
{
    *r = (struct rec_reader){.inputs = inputs,
                             .ninputs = ninputs,
                             .delimiter = delimiter,
                             .input = -1,
                             .fd = -1,
                             .name = "stdin"};
}

void rec_close(struct rec_reader *r)
{
    if (r->owns_fd)
        close(r->fd);
    for (size_t i = 0; i < r->nmeta; i++) {
        free(r->meta[i].key);
        free(r->meta[i].value);
    }
    for (size_t i = 0; i < r->nlegend; i++)
        free(r->legend[i]);
    free(r->meta);
    free(r->legend);
    free(r->legend_line);
    if (r->raw != r->field)
        free(r->raw);
    free(r->field);
    free(r->block);
    buf_free(&r->scratch);
    *r = (struct rec_reader){.fd = -1};
}

/* 1: the next input is open. 0: there is none. -2: it cannot be opened, and told. */
static int next_input(struct rec_reader *r)
{
    if (r->owns_fd)
        close(r->fd);
    r->owns_fd = false;
    r->fd = -1;
    r->input++;
    r->line = r->lines = 0;
    r->begin = r->end = 0;
    r->at_end = r->headed = r->after_cr = false;
    if (r->input >= (r->ninputs ? r->ninputs : 1))
        return 0;
    const char *path = r->ninputs ? r->inputs[r->input] : "-";
    if (strcmp(path, "-") == 0) {
        r->name = "stdin";
        r->fd = STDIN_FILENO;
        return 1;
    }
    r->name = path;
    r->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (r->fd < 0) {
        msg_error("%s: %s", path, strerror(errno));
        return -2;
    }
    r->owns_fd = true;
    return 1;
}

/* Reads more behind what is there. 1: something came. 0: the end. -2: failed. */
static int fill(struct rec_reader *r)
{
    if (r->begin > 0) {
        memmove(r->block, r->block + r->begin, r->end - r->begin);
        r->end -= r->begin;
        r->begin = 0;
    }
    if (r->cap - r->end < REC_BLOCK / 4 || !r->block)
        r->block = mem_grow(r->block, &r->cap, r->end + REC_BLOCK, 1);
    for (;;) {
        ssize_t n = read(r->fd, r->block + r->end, r->cap - r->end);
        if (n > 0) {
            r->end += r->lone_cr
                          ? line_ends_mend(r->block + r->end, (size_t)n, &r->after_cr)
                          : (size_t)n;
            return 1;
        }
        if (n == 0) {
            r->at_end = true;
            return 0;
        }
        if (errno != EINTR) {
            msg_error("%s: cannot read: %s", r->name, strerror(errno));
            return -2;
        }
    }
}

/* Passes over the byte order mark that an input may begin with, and waits for no more
 * input than it takes to tell. -2 when reading fails, or it is no text, told. */
static int skip_mark(struct rec_reader *r)
{
    size_t mark;
    const char *wrong;
    if (!r->block && fill(r) < 0)
        return -2;
    while (text_form_begin(r->block + r->begin, r->end - r->begin, &mark, &wrong) ==
               TEXT_FORM_MORE &&
           !r->at_end)
        if (fill(r) < 0)
            return -2;
    r->begin += mark;
    if (!wrong)
        return 0;
    msg_error("%s: %s", r->name, wrong);
    return -2;
}

/* The end of the line that begins at the block's begin: its newline, or NULL when the
 * input ends without one. Sets *status to -2 when reading fails. */
static const char *line_end(struct rec_reader *r, int *status)
{
    struct csv_place place = {0};
    size_t searched = 0;
    for (;;) {
        size_t have = r->end - r->begin;
        const char *s = r->block + r->begin, *newline = NULL;
        if (have > searched)
            newline = rec_is_csv(r->delimiter)
                          ? csv_line_end(s, have, r->delimiter, &place)
                          : memchr(s + searched, '\n', have - searched);
        if (newline || r->at_end)
            return newline;
        searched = have;
        if (fill(r) < 0) {
            *status = -2;
            return NULL;
        }
    }
}

/* Cuts the next line off the block into r->text. 1, 0 at the end of all, -2. */
static int next_line(struct rec_reader *r)
{
    for (;;) {
        if (r->fd < 0) {
            int got = next_input(r);
            if (got <= 0)
                return got;
            if (skip_mark(r) < 0)
                return -2;
        }
        int status = 0;
        const char *newline = line_end(r, &status);
        if (status < 0)
            return status;
        if (!newline && r->begin == r->end) {
            if (r->owns_fd)
                close(r->fd);
            r->owns_fd = false;
            r->fd = -1;
            continue;
        }
        const char *s = r->block + r->begin;
        size_t length = newline ? (size_t)(newline - s) : r->end - r->begin;
        r->begin += length + (newline ? 1 : 0);
        r->unended = !newline;
        r->line = ++r->lines;
        if (rec_is_csv(r->delimiter))
            r->lines += csv_newlines(s, length);
        if (length && s[length - 1] == '\r')
            length--;
        r->text = (struct slice){s, length};
        if (r->line > 1 || r->lone_cr)
            return 1;
        const char *wrong;
        if (text_form_line(s, length, newline != NULL, r->delimiter, &wrong) ==
            TEXT_FORM_PASS)
            continue;
        if (!wrong)
            return 1;
        msg_error("%s: %s", r->name, wrong);
        return -2;
    }
}

/* Room for one more field. Only in CSV a raw field is another thing than its value. */
static void grow_fields(struct rec_reader *r)
{
    size_t cap = r->field_cap;
    r->field = mem_grow(r->field, &cap, r->nfields + 1, sizeof *r->field);
    if (rec_is_csv(r->delimiter))
        r->raw = mem_grow(r->raw, &r->field_cap, r->nfields + 1, sizeof *r->raw);
    else
        r->raw = r->field;
    r->field_cap = cap;
}

static inline void put_field(struct rec_reader *r, const char *s, size_t n)
{
    if (r->nfields == r->field_cap)
        grow_fields(r);
    r->field[r->nfields++] = (struct slice){s, n};
}

static void split_plain(struct rec_reader *r)
{
    const char *s = r->text.s, *end = s + r->text.n;
    for (;;) {
        const char *tab = memchr(s, r->delimiter, (size_t)(end - s));
        size_t n = (size_t)((tab ? tab : end) - s);
        put_field(r, s, n);
        if (!tab)
            return;
        s = tab + 1;
    }
}

static void split_blank(struct rec_reader *r)
{
    const char *s = r->text.s, *end = s + r->text.n;
    while (s < end) {
        while (s < end && (*s == ' ' || *s == '\t'))
            s++;
        const char *from = s;
        while (s < end && *s != ' ' && *s != '\t')
            s++;
        if (s > from)
            put_field(r, from, (size_t)(s - from));
    }
}

static bool split_csv(struct rec_reader *r)
{
    const char *s = r->text.s, *end = s + r->text.n;
    buf_reset(&r->scratch);
    buf_room(&r->scratch, r->text.n);
    for (;; s++) {
        const char *start = s, *wrong = NULL;
        struct slice value;
        if (s < end && *s == '"') {
            wrong = csv_unquote(&s, end, r->delimiter, &r->scratch, &value);
        } else {
            const char *comma = memchr(s, r->delimiter, (size_t)(end - s));
            s = comma ? comma : end;
            value = (struct slice){start, (size_t)(s - start)};
        }
        if (wrong) {
            msg_error("%s:%zu: %s", r->name, r->line, wrong);
            return false;
        }
        put_field(r, value.s, value.n);
        r->raw[r->nfields - 1] = (struct slice){start, (size_t)(s - start)};
        if (s == end)
            return true;
    }
}

static bool split(struct rec_reader *r)
{
    r->nfields = 0;
    if (rec_is_csv(r->delimiter))
        return split_csv(r);
    if (r->delimiter == REC_BLANK)
        split_blank(r);
    else
        split_plain(r);
    return true;
}

/* ##key=value. What was there before stands; a CRS or unit that differs, or comes after
 * records without one, would make one column mean two things. The commands of later
 * inputs did not make this stream. -2, told, when they are two streams. */
static int take_meta(struct rec_reader *r)
{
    const char *s = r->text.s + 2;
    size_t n = r->text.n - 2;
    const char *equals = memchr(s, '=', n);
    if (!equals)
        return 0;
    char *key = mem_slice(s, (size_t)(equals - s));
    char *value = mem_slice(equals + 1, n - (size_t)(equals - s) - 1);
    bool command = strcmp(key, "cmd") == 0;
    const char *known = command ? NULL : rec_meta(r, key);
    int status = 0;
    if ((strcmp(key, "crs") == 0 || strncmp(key, "crs.", 4) == 0 ||
         strncmp(key, "unit.", 5) == 0) &&
        (known ? strcmp(known, value) != 0 : r->started)) {
        msg_error("%s:%zu: ##%s is %s here and %s before: these are two streams", r->name,
                  r->line, key, value, known ? known : "missing");
        status = -2;
    } else if (!known && !(command && r->input > 0)) {
        r->meta = mem_grow(r->meta, &r->meta_cap, r->nmeta + 1, sizeof *r->meta);
        r->meta[r->nmeta++] = (struct rec_pair){key, value};
        return 0;
    }
    free(key);
    free(value);
    return status;
}

/* Takes the fields of the present line for the legend, or checks that they repeat it. */
static int take_legend(struct rec_reader *r)
{
    if (r->nlegend || r->started) {
        bool same = r->nlegend == r->nfields;
        for (size_t i = 0; same && i < r->nfields; i++)
            same = strlen(r->legend[i]) == r->field[i].n &&
                   memcmp(r->legend[i], r->field[i].s, r->field[i].n) == 0;
        if (same)
            return 0;
        msg_error("%s:%zu: another legend than before: these are two streams", r->name,
                  r->line);
        return -2;
    }
    r->legend_line = mem_slice(r->text.s, r->text.n);
    r->legend = mem_alloc(r->nfields, sizeof *r->legend);
    for (size_t i = 0; i < r->nfields; i++)
        r->legend[r->nlegend++] = mem_slice(r->field[i].s, r->field[i].n);
    return 0;
}

/* Whether a # line can be a legend: # directly before a name. A later comment of one
 * word must not be taken for one, so only lines that part fields as records do, or
 * stand before all records, count. */
static bool is_legend(const struct rec_reader *r)
{
    if (r->delimiter != REC_TAB || r->text.n < 2)
        return false;
    char c = r->text.s[1];
    if (c == ' ' || c == '\t' || c == '#' || c == '!')
        return false;
    if (!r->nlegend && !r->started)
        return true;
    return r->nlegend > 1 && memchr(r->text.s, '\t', r->text.n);
}

/* Deals with a line of #: metadata, a legend or a comment. 0, or -2. */
static int take_heading(struct rec_reader *r)
{
    if (r->text.n > 1 && r->text.s[1] == '#')
        return take_meta(r);
    if (!is_legend(r)) {
        if (r->comments) {
            buf_add(r->comments, r->text.s, r->text.n);
            buf_putc(r->comments, '\n');
        }
        return 0;
    }
    r->text.s++;
    r->text.n--;
    split(r);
    r->marked = true;
    return take_legend(r);
}

/* Whether the first line of an input, which is split, has the names of its columns. */
static bool is_heading(const struct rec_reader *r)
{
    if (r->headless || rec_is_csv(r->delimiter))
        return !r->headless;
    return r->names_first && !r->marked && !rec_has_number(r);
}

static int read_record(struct rec_reader *r)
{
    bool csv = rec_is_csv(r->delimiter);
    for (;;) {
        int got = next_line(r);
        if (got <= 0)
            return got;
        /* In CSV a # is data like any other, but for metadata before the heading. */
        if (r->text.n && r->text.s[0] == '#' &&
            (!csv || (!r->headed && r->text.n > 1 && r->text.s[1] == '#'))) {
            if (take_heading(r) < 0)
                return -2;
            continue;
        }
        if (!r->text.n && r->delimiter != REC_TAB)
            continue;
        if (!split(r))
            return -1;
        if (!r->nfields) /* a line of blanks */
            continue;
        bool heading = !r->headed && is_heading(r);
        r->headed = true;
        if (heading) {
            if (take_legend(r) < 0)
                return -2;
            continue;
        }
        r->started = true;
        if (r->nlegend && r->nfields != r->nlegend) {
            msg_error("%s:%zu: %zu fields where the legend names %zu", r->name, r->line,
                      r->nfields, r->nlegend);
            return -1;
        }
        return 1;
    }
}

int rec_head(struct rec_reader *r)
{
    if (!r->pending) {
        r->pending_status = read_record(r);
        r->pending = true;
    }
    return r->pending_status == -2 ? MSG_INPUT : MSG_OK;
}

int rec_next(struct rec_reader *r)
{
    if (r->pending) {
        r->pending = false;
        return r->pending_status;
    }
    return read_record(r);
}

bool rec_more(const struct rec_reader *r)
{
    return r->pending ||
           (r->block && memchr(r->block + r->begin, '\n', r->end - r->begin) != NULL);
}

int rec_column(const struct rec_reader *r, const char *name)
{
    for (size_t i = 0; i < r->nlegend; i++)
        if (strcmp(r->legend[i], name) == 0)
            return (int)i;
    return -1;
}

const char *rec_meta(const struct rec_reader *r, const char *key)
{
    for (size_t i = 0; i < r->nmeta; i++)
        if (strcmp(r->meta[i].key, key) == 0)
            return r->meta[i].value;
    return NULL;
}
