/* csv: CSV as RFC 4180 has it. */
#include "record/csv.h"
#include "base/msg.h"
#include <string.h>

const char *csv_line_end(const char *s, size_t n, char delimiter, struct csv_place *p)
{
    struct csv_place now = *p; /* in registers: what s points to might be p */
    while (now.at < n) {
        if (now.state == CSV_QUOTED) {
            const char *quote = memchr(s + now.at, '"', n - now.at);
            now.at = quote ? (size_t)(quote - s) + 1 : n;
            now.state = quote ? CSV_AFTER_QUOTE : CSV_QUOTED;
            continue;
        }
        char c = s[now.at++];
        if (c == '\n')
            return s + now.at - 1;
        if (c == '"' && now.state != CSV_PLAIN)
            now.state = CSV_QUOTED;
        else
            now.state = c == delimiter ? CSV_START : CSV_PLAIN;
    }
    *p = now;
    return NULL;
}

size_t csv_newlines(const char *s, size_t n)
{
    size_t count = 0;
    for (const char *end = s + n; (s = memchr(s, '\n', (size_t)(end - s))); s++)
        count++;
    return count;
}

const char *csv_unquote(const char **s, const char *end, char delimiter,
                        struct buf *scratch, struct slice *value)
{
    size_t begin = scratch->n;
    for (;;) {
        const char *from = *s + 1, *quote = memchr(from, '"', (size_t)(end - from));
        if (!quote)
            return "a quoted field without its closing quote";
        buf_add(scratch, from, (size_t)(quote - from));
        *s = quote + 1;
        if (*s == end || **s != '"')
            break;
        buf_putc(scratch, '"');
    }
    *value = (struct slice){scratch->s + begin, scratch->n - begin};
    return *s == end || **s == delimiter ? NULL : "text after a closing quote";
}

bool csv_is_heading(const struct slice *line, size_t fields, const char *name,
                    size_t number)
{
    if (fields != 1 || !memchr(line->s, ';', line->n))
        return true;
    msg_error("%s:%zu: parted by semicolons, not commas; tr ',;' '.,' mends that, and "
              "decimal commas",
              name, number);
    return false;
}

/* Writes a quoted field to where there is room for 2 n + 2 bytes; returns how many it has.
 */
static size_t quote(char *to, const char *s, size_t n)
{
    char *start = to;
    *to++ = '"';
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"')
            *to++ = '"';
        *to++ = s[i];
    }
    *to++ = '"';
    return (size_t)(to - start);
}

void csv_put(struct out *o, char delimiter, const char *text)
{
    size_t n = strcspn(text, (const char[]){delimiter, '"', '\r', '\n', '\0'});
    if (!text[n]) {
        out_write(o, text, n);
        return;
    }
    n += strlen(text + n);
    o->n += quote(out_room(o, 2 * n + 2), text, n);
}

void csv_add(struct buf *b, char delimiter, const char *s, size_t n)
{
    bool plain = true;
    for (size_t i = 0; i < n && plain; i++)
        plain = s[i] != delimiter && s[i] != '"' && s[i] != '\r' && s[i] != '\n';
    if (plain) {
        buf_add(b, s, n);
        return;
    }
    b->n += quote(buf_room(b, 2 * n + 2), s, n);
    b->s[b->n] = '\0';
}
