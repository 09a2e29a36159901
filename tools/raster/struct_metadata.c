/* struct_metadata: where the grids of an HDF-EOS5 file lie. */
#include "struct_metadata.h"
#include "base/mem.h"
#include "base/num.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A piece of the text. */
struct slice {
    const char *s;
    size_t n;
};

static bool is(struct slice a, const char *text)
{
    return a.n == strlen(text) && memcmp(a.s, text, a.n) == 0;
}

static struct slice trimmed(struct slice a)
{
    while (a.n && strchr(" \t\r", *a.s)) {
        a.s++;
        a.n--;
    }
    while (a.n && strchr(" \t\r", a.s[a.n - 1]))
        a.n--;
    return a;
}

/* What a grid's group says. */
struct said {
    struct slice name, columns, rows, upper_left, lower_right, projection, zone, sphere,
        origin, registration;
};

/* The next line NAME=VALUE; false at the end. Lines without "=" are passed over. */
static bool next_line(const char **rest, struct slice *name, struct slice *value)
{
    while (**rest) {
        size_t n = strcspn(*rest, "\n");
        const char *line = *rest, *equals = memchr(line, '=', n);
        *rest += n + (line[n] == '\n');
        if (!equals)
            continue;
        *name = trimmed((struct slice){line, (size_t)(equals - line)});
        *value = trimmed((struct slice){equals + 1, n - (size_t)(equals + 1 - line)});
        return true;
    }
    return false;
}

/* The double of all digits has eight less behind the point than that of the seconds, so
 * these are read by themselves. */
bool struct_metadata_degrees(const char *packed, size_t n, double *degrees)
{
    double whole, seconds;
    size_t sign = n && (*packed == '-' || *packed == '+');
    size_t point = 0;
    while (point < n && packed[point] != '.')
        point++;
    size_t from = point > sign + 3 ? point - 3 : sign;
    if (!num_parse(packed, n, &whole) || !(fabs(whole) < 361e6) ||
        !num_parse(packed + from, n - from, &seconds))
        return false;
    double before = trunc((fabs(whole) - seconds) / 1e3 + 0.5), d = trunc(before / 1e3),
           m = before - d * 1e3;
    /* Sixty minutes or seconds are what rounding makes of the next whole. */
    if (seconds < 0 || m > 60 || seconds > 60)
        return false;
    *degrees = (packed[0] == '-' ? -1 : 1) * (d + (m * 60 + seconds) / 3600);
    return true;
}

static bool read_whole(struct slice v, long long *number)
{
    return num_parse_long(v.s, v.n, number) && *number > 0 && *number <= 0x7FFFFFFF;
}

/* "(x,y)" */
static bool read_corner(struct slice v, bool packed, double xy[2])
{
    const char *comma = v.n > 2 ? memchr(v.s, ',', v.n) : NULL;
    if (!comma || v.s[0] != '(' || v.s[v.n - 1] != ')')
        return false;
    struct slice part[2] = {{v.s + 1, (size_t)(comma - v.s - 1)},
                            {comma + 1, (size_t)(v.s + v.n - 1 - (comma + 1))}};
    for (int i = 0; i < 2; i++) {
        struct slice p = trimmed(part[i]);
        if (packed ? !struct_metadata_degrees(p.s, p.n, &xy[i])
                   : !num_parse(p.s, p.n, &xy[i]) || !isfinite(xy[i]))
            return false;
    }
    return true;
}

static bool refuse(struct buf *why, const char *what, struct slice v)
{
    buf_printf(why, "%s: \"%.*s\"", what, v.n < 80 ? (int)v.n : 80, v.s ? v.s : "");
    return false;
}

/* GCTP's number of WGS 84 is 12; -1 is none given. */
static bool read_crs(struct struct_grid *g, const struct said *said, struct buf *why)
{
    long long sphere = 12, zone = 0;
    struct buf b = {0};
    if (said->sphere.n && !num_parse_long(said->sphere.s, said->sphere.n, &sphere))
        return refuse(why, "SphereCode is no number", said->sphere);
    if (sphere != 12 && sphere != -1)
        return refuse(why, "SphereCode is not that of WGS 84 (12)", said->sphere);
    if (is(said->projection, "HE5_GCTP_GEO")) {
        g->crs = mem_text("EPSG:4326");
        return true;
    }
    if (!is(said->projection, "HE5_GCTP_UTM"))
        return refuse(why, "Projection is neither HE5_GCTP_GEO nor HE5_GCTP_UTM",
                      said->projection);
    if (!num_parse_long(said->zone.s, said->zone.n, &zone) || !zone || zone > 60 ||
        zone < -60)
        return refuse(why, "ZoneCode is no UTM zone", said->zone);
    buf_printf(&b, "EPSG:%d", (int)(zone > 0 ? 32600 + zone : 32700 - zone));
    g->crs = b.s;
    return true;
}

/* The pixel that is stored first lies in one of the corners. */
static bool lay(struct struct_grid *g, const struct said *said, struct buf *why)
{
    double ul[2], lr[2];
    bool packed = is(said->projection, "HE5_GCTP_GEO");
    struct slice o = said->origin;
    bool right = is(o, "HE5_HDFE_GD_UR") || is(o, "HE5_HDFE_GD_LR");
    bool low = is(o, "HE5_HDFE_GD_LL") || is(o, "HE5_HDFE_GD_LR");
    if (o.n && !right && !low && !is(o, "HE5_HDFE_GD_UL"))
        return refuse(why, "GridOrigin is no corner", o);
    if (said->registration.n && !is(said->registration, "HE5_HDFE_CENTER") &&
        !is(said->registration, "HE5_HDFE_CORNER"))
        return refuse(why, "PixelRegistration is neither centre nor corner",
                      said->registration);
    if (!read_corner(said->upper_left, packed, ul))
        return refuse(why, "UpperLeftPointMtrs is no corner", said->upper_left);
    if (!read_corner(said->lower_right, packed, lr))
        return refuse(why, "LowerRightMtrs is no corner", said->lower_right);
    if (!(ul[0] < lr[0]) || !(ul[1] > lr[1]))
        return refuse(why, "the upper left corner is not above and left of the lower right",
                      said->lower_right);
    if (packed && (ul[1] > 90.0001 || lr[1] < -90.0001 || lr[0] - ul[0] > 360.0001))
        return refuse(why, "it is larger than the earth, or beyond a pole",
                      said->upper_left);
    double dx = (lr[0] - ul[0]) / (double)g->columns,
           dy = (lr[1] - ul[1]) / (double)g->rows;
    const double gt[6] = {
        right ? lr[0] : ul[0], right ? -dx : dx, 0, low ? lr[1] : ul[1], 0, low ? -dy : dy};
    memcpy(g->gt, gt, sizeof gt);
    return true;
}

static bool add_grid(struct struct_metadata *m, const struct said *said, struct buf *why)
{
    m->grid = mem_resize(m->grid, m->n + 1, sizeof *m->grid);
    struct struct_grid *g = &m->grid[m->n];
    *g = (struct struct_grid){0};
    if (!read_whole(said->columns, &g->columns))
        return refuse(why, "XDim is no size", said->columns);
    if (!read_whole(said->rows, &g->rows))
        return refuse(why, "YDim is no size", said->rows);
    if (!read_crs(g, said, why) || !lay(g, said, why)) {
        free(g->crs);
        return false;
    }
    struct slice name = said->name;
    if (name.n >= 2 && name.s[0] == '"' && name.s[name.n - 1] == '"')
        name = (struct slice){name.s + 1, name.n - 2};
    g->name = mem_slice(name.s ? name.s : "", name.n);
    m->n++;
    return true;
}

static void take(struct said *said, struct slice name, struct slice value)
{
    const struct {
        const char *name;
        struct slice *to;
    } known[] = {{"GridName", &said->name},
                 {"XDim", &said->columns},
                 {"YDim", &said->rows},
                 {"UpperLeftPointMtrs", &said->upper_left},
                 {"LowerRightMtrs", &said->lower_right},
                 {"Projection", &said->projection},
                 {"ZoneCode", &said->zone},
                 {"SphereCode", &said->sphere},
                 {"GridOrigin", &said->origin},
                 {"PixelRegistration", &said->registration}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (is(name, known[i].name))
            *known[i].to = value;
}

/* Within GridStructure depth 2 is a grid; what lies deeper are its dimensions and fields.
 */
bool struct_metadata_read(struct struct_metadata *m, const char *text, struct buf *why)
{
    struct said said = {0};
    struct slice name, value;
    bool grids = false, good = true;
    int depth = 0;
    *m = (struct struct_metadata){0};
    while (good && next_line(&text, &name, &value)) {
        bool begins = is(name, "GROUP") || is(name, "OBJECT");
        bool ends = is(name, "END_GROUP") || is(name, "END_OBJECT");
        if (begins && depth++ == 0)
            grids = is(value, "GridStructure");
        if (begins && depth == 2)
            said = (struct said){0};
        if (ends && depth-- == 2 && grids)
            good = add_grid(m, &said, why);
        if (ends && depth < 0) {
            buf_puts(why, "more groups end in it than begin");
            good = false;
        }
        if (!begins && !ends && depth == 2)
            take(&said, name, value);
    }
    if (good && depth > 0)
        buf_puts(why, "it ends within a group");
    else if (good && !m->n)
        buf_puts(why, "there is no grid in it");
    if (good && depth == 0 && m->n)
        return true;
    struct_metadata_free(m);
    return false;
}

void struct_metadata_free(struct struct_metadata *m)
{
    for (size_t i = 0; i < m->n; i++) {
        free(m->grid[i].name);
        free(m->grid[i].crs);
    }
    free(m->grid);
    *m = (struct struct_metadata){0};
}
