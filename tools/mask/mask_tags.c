/* mask_tags: the tags by which a raster says which pixels counted. */
#include "mask/mask_tags.h"
#include "base/mem.h"
#include "base/num.h"
#include "scene/scene_name.h"
#include <stdlib.h>
#include <string.h>

/* "ECO_MASK", "ECO_MASK_2"... Free it. */
static char *key_of(const char *key, int map)
{
    struct buf b = {0};
    buf_puts(&b, key);
    if (map > 0)
        buf_printf(&b, "_%d", map + 1);
    return b.s;
}

static void add(struct ras_tag *tag, size_t *n, char *key, const char *value)
{
    tag[(*n)++] = (struct ras_tag){key, mem_text(value)};
}

static void add_year(struct ras_tag *tag, size_t *n, char *key, int year)
{
    char s[NUM_MAX + 1];
    s[num_double(s, year)] = '\0';
    add(tag, n, key, s);
}

size_t mask_tags_make(const struct mask_options *o, const struct mask_found *found,
                      struct ras_tag tag[MASK_TAGS])
{
    size_t n = 0;
    for (int i = 0; i < found->n; i++) {
        const struct mask_found_map *map = &found->map[i];
        add(tag, &n, key_of("ECO_MASK", i), scene_base(map->path));
        add(tag, &n, key_of("ECO_CLASSES", i), o->map[i].classes->text);
        if (map->year)
            add_year(tag, &n, key_of("ECO_MASK_YEAR", i), map->year);
        if (map->missing)
            add_year(tag, &n, key_of("ECO_MASK_YEAR_MISSING", i), map->missing);
    }
    if (o->by_area)
        add(tag, &n, mem_text("ECO_MASK_WEIGHT"), "area");
    struct buf rules = {0};
    for (int i = 0; i < quality_count(o->quality); i++)
        buf_printf(&rules, "%s%s", i ? " " : "", quality_text(o->quality, i));
    if (rules.n)
        add(tag, &n, mem_text("ECO_KEEP"), rules.s);
    buf_free(&rules);
    return n;
}

void mask_tags_free(struct ras_tag *tag, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(tag[i].key);
        free(tag[i].value);
    }
}

/* The value of a tag that goes with a map, or NULL. */
static const char *value_of(const struct ras_tag *tag, size_t n, const char *name, int map)
{
    char *key = key_of(name, map);
    size_t i = 0;
    while (i < n && strcmp(tag[i].key, key) != 0)
        i++;
    free(key);
    return i < n ? tag[i].value : NULL;
}

static void add_option(struct buf *b, const char *option, const char *value, size_t length)
{
    buf_printf(b, "%s%s %.*s", b->n ? " " : "", option, (int)length, value);
}

void mask_tags_options(const struct ras_tag *tag, size_t n, struct buf *b)
{
    const char *value;
    for (int i = 0; (value = value_of(tag, n, "ECO_MASK", i)) != NULL; i++) {
        add_option(b, "--mask", value, strlen(value));
        value = value_of(tag, n, "ECO_CLASSES", i);
        if (value)
            add_option(b, "--classes", value, strlen(value));
    }
    if (value_of(tag, n, "ECO_MASK_WEIGHT", 0))
        buf_puts(b, " --mask-weight");
    value = value_of(tag, n, "ECO_KEEP", 0);
    while (value) {
        size_t length = strcspn(value, " ");
        add_option(b, "--keep", value, length);
        value = value[length] ? value + length + 1 : NULL;
    }
}

int mask_tags_take_rules(const struct ras_tag *tag, size_t n, const char *name,
                         struct mask_options *o)
{
    const char *value = value_of(tag, n, "ECO_KEEP", 0);
    if (!value || quality_count(o->quality))
        return MSG_OK;
    struct buf option = {0};
    buf_printf(&option, "%s: ECO_KEEP", name);
    int status = MSG_OK;
    while (status == MSG_OK && *value) {
        size_t length = strcspn(value, " ");
        char *rule = mem_slice(value, length);
        if (quality_add(&o->quality, option.s, rule) != MSG_OK)
            status = MSG_INPUT;
        free(rule);
        value += length + strspn(value + length, " ");
    }
    buf_free(&option);
    return status;
}
