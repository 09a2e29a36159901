/* scene_name: reading ECOSTRESS file names. */
#include "scene/scene_name.h"
#include "base/buf.h"
#include <stdio.h>
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

/* YYYYMMDD */
static bool take_date(struct cursor *c, struct scene *s)
{
    int year, month, day;
    return take_digits(c, 4, NULL, &year) && take_digits(c, 2, NULL, &month) &&
           take_digits(c, 2, NULL, &day) && date_set(&s->date, year, month, day);
}

/* YYYYDDD */
static bool take_doy(struct cursor *c, struct scene *s)
{
    int year, doy;
    return take_digits(c, 4, NULL, &year) && take_digits(c, 3, NULL, &doy) &&
           date_set_doy(&s->date, year, doy);
}

static bool take_date_time(struct cursor *c, struct scene *s)
{
    return take_date(c, s) && take_text(c, "T") && take_clock(c, s);
}

/* "_0710_01" */
static bool take_build(struct cursor *c)
{
    return take_text(c, "_") && take_digits(c, 4, NULL, NULL);
}

static bool take_iteration(struct cursor *c)
{
    return take_text(c, "_") && take_digits(c, 2, NULL, NULL);
}

/* "_LST_err.tif", or nothing but a suffix. */
static bool take_layer(struct cursor *c, struct scene *s)
{
    if (*c->s != '_')
        return *c->s == '.' || *c->s == '\0';
    c->s++;
    const char *dot = strchr(c->s, '.');
    size_t n = dot ? (size_t)(dot - c->s) : strlen(c->s);
    return take_into(s->layer, sizeof s->layer, c->s, n);
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

static bool take_orbit(struct cursor *c, struct scene *s)
{
    return take_digits(c, 5, s->orbit, NULL) && take_text(c, "_") &&
           take_digits(c, 3, s->scene, NULL) && take_text(c, "_");
}

static bool parse_swath(const char *base, struct scene *s)
{
    struct cursor c = {base};
    strcpy(s->version, "001");
    return take_text(&c, "ECOSTRESS_") && take_product(&c, s, "ECOSTRESS_") &&
           take_orbit(&c, s) && take_date_time(&c, s) && take_build(&c) &&
           take_iteration(&c) && take_layer(&c, s);
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
    struct cursor before_build = c;
    if (!take_build(&c)) /* Collection 3 has none */
        c = before_build;
    return take_iteration(&c) && take_layer(&c, s);
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
    if (!take_doy(&c, s) || (is_digit(*c.s) && !take_clock(&c, s)))
        return false;
    if (!take_text(&c, "_aid") || !take_digits(&c, 4, NULL, NULL))
        return false;
    if (*c.s == '_' && is_digit(c.s[1]) && is_digit(c.s[2]) &&
        (c.s[3] == 'N' || c.s[3] == 'S')) {
        take_into(s->zone, sizeof s->zone, c.s + 1, 3);
        c.s += 4;
    }
    return *c.s == '.' || *c.s == '\0';
}

const char *scene_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool scene_parse(struct scene *s, const char *path)
{
    static bool (*const grammars[])(const char *, struct scene *) = {
        parse_swath, parse_tile, parse_appeears};
    const char *base = scene_base(path);
    for (size_t i = 0; i < sizeof grammars / sizeof *grammars; i++) {
        *s = (struct scene){0};
        if (grammars[i](base, s)) {
            s->known = true;
            return true;
        }
    }
    *s = (struct scene){0};
    return false;
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
