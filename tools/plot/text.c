/* text: text that gnuplot shows as it is, and how much room it takes. */
#include "base/mem.h"
#include "base/num.h"
#include "gnuplot.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void plot_text(struct buf *b, const char *text)
{
    for (size_t n; *text; text += n) {
        n = letters_length(text);
        if (!n) {
            buf_putc(b, '?');
            n = 1;
        } else if ((unsigned char)*text < ' ' || *text == 0x7f) {
            buf_putc(b, ' ');
        } else {
            if (strchr("\\^_@&~{}", *text))
                buf_putc(b, '\\');
            buf_add(b, text, n);
        }
    }
}

void plot_unit(struct buf *b, const char *unit)
{
    if (strcmp(unit, "Kelvin") == 0)
        unit = "K";
    for (const char *s = unit; *s;) {
        size_t word = strcspn(s, " ");
        size_t digits = word;
        while (digits && s[digits - 1] >= '0' && s[digits - 1] <= '9')
            digits--;
        bool minus = digits && s[digits - 1] == '-';
        char *base = mem_slice(s, digits - minus);
        plot_text(b, base);
        /* A power stands after letters alone: m-2, but not 10 or CO2-eq. */
        bool power = minus && digits > 1 && digits < word;
        if (power)
            buf_puts(b, "^{\xe2\x88\x92");
        else if (minus)
            buf_putc(b, '-');
        buf_add(b, s + digits, word - digits);
        if (power)
            buf_putc(b, '}');
        free(base);
        s += word;
        for (; *s == ' '; s++)
            buf_putc(b, ' ');
    }
}

void plot_count(struct buf *b, double count)
{
    char s[NUM_FIXED_MAX];
    size_t n = num_fixed(s, count, 0);
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            buf_putc(b, ',');
        buf_putc(b, s[i]);
    }
}

double plot_text_width(const struct plot *p, double size, size_t characters)
{
    return 0.64 * PLOT_TEXT * p->scale * size * (double)characters;
}

char *plot_fit(const struct plot *p, const char *text, double size, double width)
{
    size_t most = (size_t)fmax(width / plot_text_width(p, size, 1), 4);
    size_t characters = 0, bytes = 0;
    for (const char *s = text; *s; characters++) {
        size_t n = letters_length(s);
        s += n ? n : 1;
        if (characters + 1 < most)
            bytes = (size_t)(s - text);
    }
    if (characters <= most)
        return mem_text(text);
    struct buf b = {0};
    buf_add(&b, text, bytes);
    buf_puts(&b, "\xe2\x80\xa6");
    return b.s;
}

void plot_quoted(struct out *o, const char *text)
{
    /* Between single quotes only they themselves mean something, but gnuplot misreads two
     * in a row. Between double quotes these do, too; as octals of four digits, which no
     * digit behind them can lengthen, they are read last. */
    bool single = !strchr(text, '\'');
    out_char(o, single ? '\'' : '"');
    for (; *text; text++) {
        struct buf octal = {0};
        if (!single && strchr("\"'\\`$@", *text)) {
            buf_printf(&octal, "\\%04o", (unsigned)*text);
            out_puts(o, octal.s);
        } else {
            out_char(o, *text);
        }
        buf_free(&octal);
    }
    out_char(o, single ? '\'' : '"');
}
