/* palette: colours for values and the bar that shows them, from a file of stops (position,
 * red, green, blue from 0 to 1): share/palettes beside the program, in the build tree or
 * installed. */
#include "base/install_path.h"
#include "base/mem.h"
#include "gnuplot.h"
#include "record/reader.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void plot_palette_free(struct plot_palette *palette)
{
    free(palette->stop);
    *palette = (struct plot_palette){0};
}

/* The file of a palette's name: as it is installed, or else as it lies beside the build
 * folder. NULL, told, when there is none. */
static char *find(const char *name)
{
    if (strpbrk(name, "/."))
        return mem_text(name);
    static const char *const folders[] = {"share/eco/palettes", "../share/palettes"};
    char *path = NULL;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct buf b = {0};
        buf_printf(&b, "%s/%s.tsv", folders[i], name);
        free(path);
        path = install_path(b.s);
        buf_free(&b);
        if (!path || access(path, R_OK) == 0)
            return path;
    }
    msg_error("--palette: none is called \"%s\" here; heat, helix, cover, or a file's name",
              name);
    free(path);
    return NULL;
}

static int read_stops(struct plot_palette *palette, struct rec_reader *r, double from)
{
    static const char *const names[] = {"position", "red", "green", "blue"};
    int column[4];
    size_t cap = 0;
    for (int i = 0; i < 4; i++) {
        column[i] = rec_column(r, names[i]);
        if (column[i] < 0) {
            msg_error("%s: not a palette: no column \"%s\"", r->name, names[i]);
            return MSG_INPUT;
        }
    }
    for (int got; (got = rec_next(r)) != 0;) {
        double v[4];
        if (got < 0)
            return MSG_INPUT;
        for (int i = 0; i < 4; i++) {
            if (!rec_number(r, column[i], &v[i]))
                return MSG_INPUT;
            if (!(v[i] >= 0 && v[i] <= 1)) {
                rec_complain(r, column[i], "not from 0 to 1");
                return MSG_INPUT;
            }
        }
        if (palette->n && v[0] <= palette->stop[palette->n - 1].position) {
            rec_complain(r, column[0], "positions must rise");
            return MSG_INPUT;
        }
        if (v[0] < from)
            continue;
        palette->stop =
            mem_grow(palette->stop, &cap, palette->n + 1, sizeof *palette->stop);
        palette->stop[palette->n++] = (struct plot_stop){v[0], {v[1], v[2], v[3]}};
    }
    if (palette->n >= 2)
        return MSG_OK;
    msg_error("%s: a palette needs two colours or more", r->name);
    return MSG_INPUT;
}

int plot_palette_read(struct plot_palette *palette, const char *name, double from)
{
    *palette = (struct plot_palette){0};
    char *path = find(name);
    if (!path)
        return MSG_INPUT;
    char *inputs[] = {path};
    struct rec_reader r;
    rec_open(&r, inputs, 1, REC_TAB);
    int status = rec_head(&r);
    if (status == MSG_OK)
        status = read_stops(palette, &r, from);
    if (status != MSG_OK)
        plot_palette_free(palette);
    rec_close(&r);
    free(path);
    return status;
}

/* The room that things need, in pixels at scale 1. */
enum {
    LABELS = 8, /* from a bar to the labels of its ticks */
    NAME = 40   /* right of them */
};

double plot_bar_width(const struct plot *p, size_t digits)
{
    return p->scale * (PLOT_BAR_GAP + PLOT_BAR + LABELS + NAME) +
           plot_text_width(p, 1, digits);
}

static void put_palette(struct plot *p, const struct plot_palette *palette)
{
    out_puts(&p->o, "set palette defined (");
    for (size_t i = 0; i < palette->n; i++) {
        const struct plot_stop *stop = &palette->stop[i];
        plot_printf(p, "%s%.9g '#%02x%02x%02x'", i ? ", " : "", stop->position,
                    (unsigned)lround(stop->rgb[0] * 255),
                    (unsigned)lround(stop->rgb[1] * 255),
                    (unsigned)lround(stop->rgb[2] * 255));
    }
    out_puts(&p->o, ")\n");
}

void plot_bar(struct plot *p, double x, double y, double height, size_t digits,
              const struct plot_palette *palette, const double range[2], const char *markup)
{
    double left = x + p->scale * PLOT_BAR_GAP;
    put_palette(p, palette);
    plot_range(p, "cb", range[0], range[1]);
    plot_printf(p,
                "set colorbox vertical user origin screen %.6f, screen %.6f size screen "
                "%.6f, screen %.6f border\n",
                left / p->width, y / p->height, p->scale * PLOT_BAR / p->width,
                height / p->height);
    double name = p->scale * (PLOT_BAR + LABELS + NAME / 2.0 + 2);
    plot_label(p, left + name + plot_text_width(p, 1, digits), y + height / 2, PLOT_CENTER,
               (struct plot_font){.size = 1, .color = "#404040", .upright = true}, markup);
}
