/* letters: the characters of a text in UTF-8, and whether a font here has them. */
#include "letters.h"
#include "base/mem.h"
#include "base/msg.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t letters_length(const char *s)
{
    const unsigned char *u = (const unsigned char *)s;
    size_t n = *u < 0x80 ? 1 : *u >= 0xf0 ? 4 : *u >= 0xe0 ? 3 : 2;
    if (n == 1)
        return 1;
    if (*u < 0xc2 || *u > 0xf4)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((u[i] & 0xc0) != 0x80)
            return 0;
    /* Longer than needed, surrogates, beyond the last code point. */
    if ((*u == 0xe0 && u[1] < 0xa0) || (*u == 0xed && u[1] > 0x9f) ||
        (*u == 0xf0 && u[1] < 0x90) || (*u == 0xf4 && u[1] > 0x8f))
        return 0;
    return n;
}

static unsigned code_of(const char *s, size_t n)
{
    unsigned code = (unsigned char)*s & (n == 1 ? 0x7fU : 0xffU >> (n + 1));
    for (size_t i = 1; i < n; i++)
        code = code << 6 | ((unsigned char)s[i] & 0x3fU);
    return code;
}

/* fc-list prints the fonts that have a letter, and nothing when none has. */
static bool ask(unsigned code)
{
    char command[64];
    snprintf(command, sizeof command, "fc-list :charset=%x file 2>/dev/null", code);
    FILE *f = popen(command, "r");
    bool none = f && getc(f) == EOF;
    return !f || pclose(f) != 0 || !none;
}

static bool is_there(struct letters *l, const char *s, size_t n)
{
    unsigned code = code_of(s, n);
    /* Latin, Greek and Cyrillic; signs, arrows and mathematics. */
    if (code < 0x530 || (code >= 0x2000 && code < 0x2300))
        return true;
    for (size_t i = 0; i < l->n; i++)
        if (l->letter[i].code == code)
            return l->letter[i].there;
    l->letter = mem_grow(l->letter, &l->cap, l->n + 1, sizeof *l->letter);
    struct letter *letter = &l->letter[l->n++];
    *letter = (struct letter){.code = code, .there = ask(code)};
    memcpy(letter->text, s, n);
    return letter->there;
}

void letters_add(struct letters *l, struct buf *b, const char *text)
{
    for (size_t n; *text; text += n) {
        n = letters_length(text);
        n = n ? n : 1;
        if (is_there(l, text, n))
            buf_add(b, text, n);
        else
            buf_putc(b, '?');
    }
}

static const char *package_of(unsigned code)
{
    if (code >= 0x1f000 && code < 0x20000)
        return "fonts-noto-color-emoji";
    bool east_asian = (code >= 0x2e80 && code < 0xa4d0) ||
                      (code >= 0xac00 && code < 0xd800) ||
                      (code >= 0xf900 && code < 0xfb00) ||
                      (code >= 0xff00 && code < 0xfff0) || code >= 0x20000;
    return east_asian ? "fonts-noto-cjk" : "fonts-noto-core";
}

void letters_close(struct letters *l)
{
    struct buf lacking = {0};
    const char *package = NULL;
    for (size_t i = 0; i < l->n; i++) {
        if (l->letter[i].there)
            continue;
        package = package ? package : package_of(l->letter[i].code);
        buf_puts(&lacking, l->letter[i].text);
    }
    if (package)
        msg_warn("no font here has \"%s\", which stands as ? in the picture; Debian's "
                 "package %s has one",
                 lacking.s, package);
    buf_free(&lacking);
    free(l->letter);
    *l = (struct letters){0};
}
