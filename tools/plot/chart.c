/* chart: what a chart consists of; chart_draw.c draws it. */
#include "chart.h"
#include "base/mem.h"
#include <math.h>
#include <string.h>

/* The colours of Okabe and Ito, Color Universal Design (2008), but for the yellow, which
 * paper hides; and gnuplot's marks that are filled, the open ones coming before them. */
struct chart_mark chart_mark(int i, bool open)
{
    static const char *const colors[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                         "#e69f00", "#56b4e9", "#000000"};
    static const int points[] = {7, 9, 5, 13, 11, 15};
    return (struct chart_mark){colors[i % 7], points[i % 6] - open};
}

void chart_key(struct chart *c, const char *name, int mark, enum chart_sample sample)
{
    c->key = mem_grow(c->key, &c->key_cap, c->nkeys + 1, sizeof *c->key);
    c->key[c->nkeys++] = (struct chart_key){mem_text(name), mark, sample};
}

void chart_note(struct chart *c, const struct buf *markup)
{
    buf_add(&c->notes, markup->s, markup->n + 1);
}

void chart_number(struct chart *c, const char *name, double v, const char *unit)
{
    struct buf b = {0};
    if (isnan(v))
        return;
    buf_printf(&b, "%s = %.4g", name, v);
    if (unit) {
        buf_putc(&b, ' ');
        plot_unit(&b, unit);
    }
    chart_note(c, &b);
    buf_free(&b);
}

void chart_count(struct chart *c, const char *name, double n)
{
    struct buf b = {0};
    buf_printf(&b, "%s = ", name);
    plot_count(&b, n);
    chart_note(c, &b);
    buf_free(&b);
}

void chart_label(struct chart *c, double x, double y, enum plot_align align,
                 struct plot_font font, const char *markup)
{
    c->label = mem_grow(c->label, &c->label_cap, c->nlabels + 1, sizeof *c->label);
    c->label[c->nlabels++] = (struct chart_label){x, y, align, font, mem_text(markup)};
}

static struct chart_layer *add_layer(struct chart *c)
{
    c->layer = mem_grow(c->layer, &c->layer_cap, c->nlayers + 1, sizeof *c->layer);
    struct chart_layer *l = &c->layer[c->nlayers++];
    *l = (struct chart_layer){.n = 0};
    return l;
}

double *chart_layer(struct chart *c, size_t n, int fields, const char *how, ...)
{
    va_list ap;
    struct buf b = {0};
    struct chart_layer *l = add_layer(c);
    va_start(ap, how);
    buf_vprintf(&b, how, ap);
    va_end(ap);
    l->v = mem_alloc(n * (size_t)fields + 1, sizeof *l->v);
    l->n = n;
    l->fields = fields;
    l->how = b.s;
    return l->v;
}

void chart_line(struct chart *c, double x0, double y0, double x1, double y1,
                const char *how)
{
    const double ends[] = {x0, y0, x1, y1};
    memcpy(chart_layer(c, 2, 2, "using 1:2 with lines %s", how), ends, sizeof ends);
}

float *chart_image(struct chart *c, int columns, int rows)
{
    struct chart_layer *l = add_layer(c);
    double dx = (c->x[1] - c->x[0]) / columns, dy = (c->y[1] - c->y[0]) / rows;
    l->pixels = mem_alloc((size_t)columns * (size_t)rows, sizeof *l->pixels);
    l->image = (struct plot_image){.x = c->x[0] + dx / 2,
                                   .y = c->y[0] + dy / 2,
                                   .dx = dx,
                                   .dy = dy,
                                   .columns = columns,
                                   .rows = rows,
                                   .format = PLOT_FLOATS,
                                   .data = l->pixels};
    return l->pixels;
}
