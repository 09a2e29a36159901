/* writer: records out. */
#include "record/writer.h"
#include "record/csv.h"
#include <string.h>

void rec_put_pair(struct out *o, const char *key, const char *value)
{
    out_puts(o, "##");
    out_puts(o, key);
    out_char(o, '=');
    out_puts(o, value);
    out_char(o, '\n');
}

void rec_put_meta(struct out *o, const struct rec_reader *r, const char *const *less,
                  const char *command)
{
    for (size_t i = 0; r && i < r->nmeta; i++) {
        bool skip = false;
        for (size_t j = 0; less && less[j] && !skip; j++)
            skip = strcmp(less[j], r->meta[i].key) == 0;
        if (!skip)
            rec_put_pair(o, r->meta[i].key, r->meta[i].value);
    }
    if (command)
        rec_put_pair(o, "cmd", command);
}

/* Writes a text to where there is room for 2 n bytes; returns how many it has. */
static size_t escape(char *to, const char *s, size_t n)
{
    char *start = to;
    for (size_t i = 0; i < n; i++) {
        bool special = s[i] == '\t' || s[i] == '\n' || s[i] == '\\';
        if (special)
            *to++ = '\\';
        *to++ = !special ? s[i] : s[i] == '\t' ? 't' : s[i] == '\n' ? 'n' : '\\';
    }
    return (size_t)(to - start);
}

void rec_put_escaped(struct out *o, const char *text)
{
    size_t n = strcspn(text, "\t\n\\");
    if (!text[n]) {
        out_write(o, text, n);
        return;
    }
    n += strlen(text + n);
    o->n += escape(out_room(o, 2 * n), text, n);
}

void rec_put_text(struct out *o, char delimiter, const char *text)
{
    if (!*text)
        text = "NA";
    if (rec_is_csv(delimiter)) {
        csv_put(o, delimiter, text);
        return;
    }
    if (*text == '#')
        out_char(o, '\\');
    rec_put_escaped(o, text);
}

void rec_add_text(struct buf *b, char delimiter, const char *s, size_t n)
{
    if (!n) {
        buf_puts(b, "NA");
    } else if (rec_is_csv(delimiter)) {
        csv_add(b, delimiter, s, n);
    } else {
        if (*s == '#')
            buf_putc(b, '\\');
        b->n += escape(buf_room(b, 2 * n), s, n);
        b->s[b->n] = '\0';
    }
}

void rec_add_field(struct buf *b, char delimiter, char from, struct slice f)
{
    struct buf plain = {0};
    if (from == REC_TAB && delimiter == REC_TAB) {
        buf_add(b, f.s, f.n);
        return;
    }
    if (from == REC_TAB && memchr(f.s, '\\', f.n)) {
        rec_unescape(&plain, f.s, f.n);
        f = (struct slice){plain.s, plain.n};
    }
    rec_add_text(b, delimiter, f.s, f.n);
    buf_free(&plain);
}
