/* companions: where the companion layers of a scene lie. */
#include "companions.h"
#include "base/buf.h"
#include "base/mem.h"
#include "mask/qc_bits.h"
#include "scene/scene_name.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* path with one part, `n` bytes at `at`, replaced. */
static char *replaced(const char *path, const char *at, size_t n, const char *by)
{
    struct buf b = {0};
    buf_add(&b, path, (size_t)(at - path));
    buf_puts(&b, by);
    buf_puts(&b, at + n);
    return b.s;
}

static char *if_there(char *path)
{
    struct stat st;
    if (path && stat(path, &st) == 0)
        return path;
    free(path);
    return NULL;
}

/* In a folder named like that of `path`: .../LST_SITE/x_LST_y.tif has its companion at
 * .../QC_SITE/x_QC_y.tif. here: the companion's path, were it beside the scene. */
static char *look_beside(const char *path, const char *here, const char *old,
                         const char *new)
{
    const char *slash = strrchr(path, '/'), *folder = slash;
    char *found = NULL;
    while (folder && folder > path && folder[-1] != '/')
        folder--;
    for (const char *in = folder; in && !found; in++) {
        in = strstr(in, old);
        if (!in || in >= slash)
            break;
        found = if_there(replaced(here, here + (in - path), strlen(old), new));
    }
    return found;
}

/* The same name with another layer (and product, unless NULL), beside the scene or in the
 * folder that is named alike. *tried gets the first path that was looked for. */
static char *look_for(const char *path, const struct scene *s, const char *product,
                      const char *layer, char **tried)
{
    const char *base = scene_base(path), *at = NULL;
    struct buf old = {0}, new = {0};
    if (strstr(base, "_doy"))
        buf_printf(&old, "%s.%s_%s_doy", s->product, s->version, s->layer);
    else
        buf_printf(&old, "_%s.", s->layer);
    for (const char *p = base; (p = strstr(p, old.s)); p++)
        at = p;
    if (strstr(base, "_doy"))
        buf_printf(&new, "%s.%s_%s_doy", product ? product : s->product, s->version, layer);
    else if (!product)
        buf_printf(&new, "_%s.", layer);
    char *found = NULL;
    if (at && new.n) {
        char *here = replaced(path, at, old.n, new.s);
        if (!*tried)
            *tried = mem_text(here);
        found = if_there(mem_text(here));
        if (!found)
            found = look_beside(path, here, qc_layer(s->layer), qc_layer(layer));
        free(here);
    }
    buf_free(&old);
    buf_free(&new);
    return found;
}

char *companion_find(const struct quality_rules *rules, const struct quality_rule *r,
                     const char *path, char **tried)
{
    for (int i = 0; i < rules->nfiles; i++)
        if (strcmp(qc_layer(rules->file[i].layer), qc_layer(r->layer)) == 0)
            return mem_text(rules->file[i].path);
    struct scene s;
    if (!scene_parse(&s, path) || !s.layer[0])
        return NULL;
    if (strcmp(qc_layer(s.layer), qc_layer(r->layer)) == 0)
        return mem_text(path);
    static const char *const forms[] = {"%s", "SDS_%s", "%s_mask"};
    static const char *const products[] = {NULL,           "ECO2LSTE",    "ECO2CLD",
                                           "ECO_L2T_LSTE", "ECO_L2_LSTE", "ECO_L2_CLOUD"};
    char *found = NULL;
    bool first_collection = strcmp(s.version, "001") == 0;
    for (size_t p = 0; p < sizeof products / sizeof *products && !found; p++) {
        if (products[p] && (strncmp(products[p], "ECO2", 4) == 0) != first_collection)
            continue;
        for (size_t i = 0; i < sizeof forms / sizeof *forms && !found; i++) {
            char layer[SCENE_TEXT + 8];
            const char *f = forms[i], *mark = strstr(f, "%s");
            struct buf b = {0};
            buf_add(&b, f, (size_t)(mark - f));
            buf_puts(&b, qc_layer(r->layer));
            buf_puts(&b, mark + 2);
            if (b.n < sizeof layer)
                found = look_for(path, &s, products[p], b.s, tried);
            buf_free(&b);
        }
    }
    return found;
}
