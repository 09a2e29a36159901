/* scene_name: reading ECOSTRESS file names. */
#include "scene/scene_name.h"
#include "base/buf.h"
#include "base/mem.h"
#include "scene/layers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* A place in a name. Each taking function moves on only when it takes. */
struct cursor {
    const char *s;
};

static bool take_text(struct cursor *c, const char *text)
{
    size_t n = strlen(text);
    if (strncmp(c->s, text, n) != 0)
        return false;
    c->s += n;
    return true;
}

/* Exactly n digits. */
static bool take_digits(struct cursor *c, int n, char *to, int *value)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        if (!is_digit(c->s[i]))
            return false;
        v = v * 10 + (c->s[i] - '0');
    }
    if (to) {
        memcpy(to, c->s, (size_t)n);
        to[n] = '\0';
    }
    if (value)
        *value = v;
    c->s += n;
    return true;
}

static bool take_into(char *to, size_t cap, const char *s, size_t n)
{
    if (!n || n >= cap)
        return false;
    memcpy(to, s, n);
    to[n] = '\0';
    return true;
}

/* HHMMSS */
static bool take_clock(struct cursor *c, struct scene *s)
{
    int hour, minute, second;
    return take_digits(c, 2, NULL, &hour) && take_digits(c, 2, NULL, &minute) &&
           take_digits(c, 2, NULL, &second) &&
           date_set_time(&s->date, hour, minute, second);
}

/* Satellites of these products have flown since the seventies. */
static bool is_year(int year)
{
    return year >= 1970 && year <= 2100;
}

/* YYYYMMDD */
static bool take_date(struct cursor *c, struct scene *s)
{
    int year, month, day;
    return take_digits(c, 4, NULL, &year) && take_digits(c, 2, NULL, &month) &&
           take_digits(c, 2, NULL, &day) && is_year(year) &&
           date_set(&s->date, year, month, day);
}

/* YYYYDDD */
static bool take_doy(struct cursor *c, struct scene *s)
{
    int year, doy;
    return take_digits(c, 4, NULL, &year) && take_digits(c, 3, NULL, &doy) &&
           is_year(year) && date_set_doy(&s->date, year, doy);
}

static bool take_date_time(struct cursor *c, struct scene *s)
{
    return take_date(c, s) && take_text(c, "T") && take_clock(c, s);
}

/* "_" and n digits, and no more of them. */
static bool take_number(struct cursor *c, int n)
{
    struct cursor at = *c;
    if (!take_text(&at, "_") || !take_digits(&at, n, NULL, NULL) || is_digit(*at.s))
        return false;
    *c = at;
    return true;
}

/* The end of a name before its suffix: a browser that had a file already puts "(1)" or
 * " (1)" there. */
static bool take_end(struct cursor *c)
{
    const char *at = c->s + (*c->s == ' ');
    if (*at == '(') {
        size_t n = strspn(at + 1, "0123456789");
        if (n && at[n + 1] == ')')
            c->s = at + n + 2;
    }
    return *c->s == '.' || *c->s == '\0';
}

/* "_LST_err", or nothing. Behind a known layer may stand what was done with it: _UTM. */
static bool take_layer(struct cursor *c, struct scene *s)
{
    if (*c->s != '_')
        return true;
    const char *layer = ++c->s;
    size_t n = strcspn(layer, ".("), known;
    while (n && layer[n - 1] == ' ')
        n--;
    c->s += n;
    const char *last = layer;
    for (size_t i = 0; i < n; i++)
        last = layer[i] == '_' ? layer + i + 1 : last;
    struct cursor what = {last};
    if ((take_text(&what, "browse") || take_text(&what, "metadata")) && what.s == c->s)
        return true; /* no layer */
    known = layers_known(layer, n);
    if (known && known < n)
        take_into(s->suffix, sizeof s->suffix, layer + known + 1, n - known - 1);
    return take_into(s->layer, sizeof s->layer, layer, known ? known : n);
}

/* A military grid tile: 32UPU. */
static bool take_tile(struct cursor *c, struct scene *s)
{
    const char *t = c->s;
    if (!(is_digit(t[0]) && is_digit(t[1]) && is_upper(t[2]) && is_upper(t[3]) &&
          is_upper(t[4])))
        return false;
    c->s += 5;
    return take_into(s->tile, sizeof s->tile, t, 5);
}

/* The product's name up to what follows it: the first "_" with digits (an orbit) or a
 * tile behind it. */
static bool take_product(struct cursor *c, struct scene *s, const char *head)
{
    for (const char *p = c->s; (p = strchr(p, '_')); p++) {
        struct cursor after = {p + 1};
        struct scene scratch = {0};
        bool orbit = take_digits(&after, 5, NULL, NULL) && *after.s == '_';
        after.s = p + 1;
        bool tile = take_tile(&after, &scratch) && *after.s == '_';
        if (!orbit && !tile)
            continue;
        int n =
            snprintf(s->product, sizeof s->product, "%s%.*s", head, (int)(p - c->s), c->s);
        c->s = p + 1;
        return n > 0 && (size_t)n < sizeof s->product;
    }
    return false;
}

/* "26214_003_"; attitude and engineering data are of a whole orbit. */
static bool take_orbit(struct cursor *c, struct scene *s)
{
    if (!take_digits(c, 5, s->orbit, NULL) || !take_text(c, "_"))
        return false;
    struct cursor at = *c;
    if (take_digits(&at, 3, s->scene, NULL) && take_text(&at, "_"))
        *c = at;
    else
        s->scene[0] = '\0';
    return true;
}

static bool parse_swath(const char *base, struct scene *s)
{
    struct cursor c = {base};
    strcpy(s->version, "001");
    return take_text(&c, "ECOSTRESS_") && take_product(&c, s, "ECOSTRESS_") &&
           take_orbit(&c, s) && take_date_time(&c, s) && take_number(&c, 4) &&
           take_number(&c, 2) && take_layer(&c, s) && take_end(&c);
}

static bool parse_tile(const char *base, struct scene *s)
{
    struct cursor c = {base};
    if (!take_text(&c, "ECOv") || !take_digits(&c, 3, s->version, NULL) ||
        !take_text(&c, "_") || !take_product(&c, s, "ECO_"))
        return false;
    bool orbit = take_orbit(&c, s);
    struct cursor before_tile = c;
    if (take_tile(&c, s) && !take_text(&c, "_"))
        c = before_tile;
    if (!orbit && !s->tile[0])
        return false;
    struct cursor before_time = c;
    if (!take_date_time(&c, s)) {
        c = before_time;
        if (!take_date(&c, s))
            return false;
    }
    take_number(&c, 4); /* Collection 3 has no build, and some of it no iteration */
    return (take_number(&c, 2) || strcmp(s->version, "003") >= 0) && take_layer(&c, s) &&
           take_end(&c);
}

/* YYYYDDD, YYYYDDDHHMMSS or, with twelve digits, YYYYMMDDHHMM. */
static bool take_doy_time(struct cursor *c, struct scene *s)
{
    size_t digits = strspn(c->s, "0123456789");
    int hour, minute;
    if (digits == 12)
        return take_date(c, s) && take_digits(c, 2, NULL, &hour) &&
               take_digits(c, 2, NULL, &minute) && date_set_time(&s->date, hour, minute, 0);
    return (digits == 7 || digits == 13) && take_doy(c, s) &&
           (digits == 7 || take_clock(c, s));
}

static bool parse_appeears(const char *base, struct scene *s)
{
    /* short.version_layer_doy... : the version is the first .ddd_ */
    const char *dot = base;
    struct cursor c;
    for (;; dot++) {
        dot = strchr(dot, '.');
        if (!dot)
            return false;
        c.s = dot + 1;
        if (take_digits(&c, 3, s->version, NULL) && take_text(&c, "_"))
            break;
    }
    const char *product = base;
    for (const char *p = base; p < dot; p++)
        if (*p >= 'a' && *p <= 'z') {
            const char *under = memchr(p, '_', (size_t)(dot - p));
            product = under ? under + 1 : dot;
        }
    if (!take_into(s->product, sizeof s->product, product, (size_t)(dot - product)))
        return false;
    const char *doy = NULL;
    for (const char *p = c.s; (p = strstr(p, "_doy")); p++)
        doy = p;
    if (!doy || !take_into(s->layer, sizeof s->layer, c.s, (size_t)(doy - c.s)))
        return false;
    c.s = doy + 4;
    if (!take_doy_time(&c, s))
        return false;
    if (!take_text(&c, "_aid") || !take_digits(&c, 4, NULL, NULL))
        return false;
    if (*c.s == '_' && is_digit(c.s[1]) && is_digit(c.s[2]) &&
        (c.s[3] == 'N' || c.s[3] == 'S')) {
        take_into(s->zone, sizeof s->zone, c.s + 1, 3);
        c.s += 4;
    }
    if (*c.s == '_') {
        size_t n = strcspn(c.s, ".( ");
        take_into(s->suffix, sizeof s->suffix, c.s + 1, n - 1);
        c.s += n;
    }
    return take_end(&c);
}

const char *scene_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A name, or what follows a prefix of it that ends in "_": Regrid_ECOv002_... */
static bool parse_name(struct scene *s, const char *base)
{
    static const struct {
        bool (*parse)(const char *, struct scene *);
        const char *head;
    } grammars[] = {
        {parse_swath, "ECOSTRESS_"}, {parse_tile, "ECOv"}, {parse_appeears, ""}};
    for (size_t i = 0; i < sizeof grammars / sizeof *grammars; i++) {
        const char *head = grammars[i].head;
        for (const char *at = strstr(base, head); at; at = strstr(at + 1, head)) {
            *s = (struct scene){0};
            if ((at == base || at[-1] == '_') && grammars[i].parse(at, s)) {
                s->known = true;
                return true;
            }
            if (!*head)
                break;
        }
    }
    *s = (struct scene){0};
    return false;
}

/* The last of the names that lie in each other, up to a band. */
static bool take_inside(const char *names, struct scene_inside *in)
{
    const char *end = names + strcspn(names, ":");
    in->layer = names;
    for (const char *p = names; p < end; p++)
        if (*p == '/')
            in->layer = p + 1;
    in->nlayer = (size_t)(end - in->layer);
    return in->nlayer > 0;
}

/* DRIVER:"FILE":NAME, DRIVER:FILE://PATH */
static bool inside_of_gdal(const char *path, struct scene_inside *in)
{
    const char *s = path + strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    if (s - path < 2 || *s != ':')
        return false;
    const char *quote = strchr(s, '"');
    in->file = quote ? quote + 1 : s + 1;
    const char *end = quote ? strchr(in->file, '"') : strstr(in->file, "://");
    if (!end)
        return false;
    in->nfile = (size_t)(end - in->file);
    end += *end == '"';
    return *end == ':' && take_inside(end + 1, in);
}

bool scene_inside(const char *path, struct scene_inside *in)
{
    static const char *const kinds[] = {".h5:", ".he5:", ".hdf5:", ".nc:", ".nc4:"};
    if (!strchr(path, ':'))
        return false;
    if (inside_of_gdal(path, in))
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *at = strstr(path, kinds[i]);
        if (!at)
            continue;
        in->file = path;
        in->nfile = (size_t)(at - path) + strlen(kinds[i]) - 1;
        return take_inside(path + in->nfile + 1, in);
    }
    return false;
}

bool scene_parse(struct scene *s, const char *path)
{
    struct scene_inside in;
    if (!scene_inside(path, &in))
        return parse_name(s, scene_base(path));
    char *file = mem_slice(in.file, in.nfile);
    bool known = parse_name(s, scene_base(file));
    take_into(s->layer, sizeof s->layer, in.layer, in.nlayer);
    free(file);
    return known;
}

char *scene_stem(const char *path)
{
    struct scene_inside in;
    bool inside = scene_inside(path, &in);
    char *file = inside ? mem_slice(in.file, in.nfile) : mem_text(path);
    struct buf b = {0};
    const char *base = scene_base(file), *dot = strrchr(base, '.');
    buf_add(&b, base, dot ? (size_t)(dot - base) : strlen(base));
    if (inside)
        buf_printf(&b, "_%.*s", (int)in.nlayer, in.layer);
    free(file);
    return b.s;
}

char *scene_pattern(const char *pattern, const struct date *date)
{
    struct buf b = {0};
    buf_puts(&b, "");
    for (const char *p = pattern; *p;) {
        if (strncmp(p, "{year}", 6) == 0) {
            if (!date->has_date) {
                buf_free(&b);
                return NULL;
            }
            buf_printf(&b, "%04d", date->year);
            p += 6;
        } else {
            buf_putc(&b, *p++);
        }
    }
    return b.s;
}
