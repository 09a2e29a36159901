/* companions: where the companion layers of a scene lie.
 *
 * First by the name that it should have, beside the scene and in the folder named alike;
 * then among all names of these folders and of those in and beside the scene's, by what
 * they say: copies that a browser numbered, other iterations, folders of any name. */
#include "companions.h"
#include "base/mem.h"
#include "base/msg.h"
#include "companion_search.h"
#include "scene/layer_paths.h"
#include "scene/layers.h"
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
    size_t n, m;
    old = layers_stem(old, &n);
    new = layers_stem(new, &m);
    char *from = mem_slice(old, n), *to = mem_slice(new, m), *found = NULL;
    const char *slash = strrchr(path, '/'), *folder = slash;
    while (folder && folder > path && folder[-1] != '/')
        folder--;
    for (const char *in = folder; in && !found; in++) {
        in = strstr(in, from);
        if (!in || in >= slash)
            break;
        found = if_there(replaced(here, here + (in - path), n, to));
    }
    free(from);
    free(to);
    return found;
}

/* The same name with another layer (and product, unless NULL), beside the scene or in the
 * folder that is named alike. The first path that is looked for is added to *sought. */
static char *look_for(const char *path, const struct scene *s, const char *product,
                      const char *layer, struct buf *sought)
{
    const char *base = scene_base(path), *at = NULL;
    struct buf old = {0}, new = {0};
    bool appeears = strstr(base, "_doy") != NULL;
    if (appeears)
        buf_printf(&old, "%s.%s_%s_doy", s->product, s->version, s->layer);
    else
        buf_printf(&old, "_%s", s->layer);
    for (const char *p = base; (p = strstr(p, old.s)); p++)
        if (appeears || strchr("._( ", p[old.n]))
            at = p;
    if (appeears)
        buf_printf(&new, "%s.%s_%s_doy", product ? product : s->product, s->version, layer);
    else if (!product)
        buf_printf(&new, "_%s", layer);
    char *found = NULL;
    if (at && new.n) {
        char *here = replaced(path, at, old.n, new.s);
        if (!sought->n)
            buf_puts(sought, here);
        found = if_there(mem_text(here));
        if (!found)
            found = look_beside(path, here, s->layer, layer);
        free(here);
    }
    buf_free(&old);
    buf_free(&new);
    return found;
}

/* The layer of the same file, for datasets inside of files, by the name that it has there.
 */
static char *look_inside(const char *path, const char *layer, struct buf *sought)
{
    struct scene_inside in;
    struct ras_layers inside;
    char *found = NULL;
    if (!scene_inside(path, &in))
        return NULL;
    char *file = mem_slice(in.file, in.nfile);
    if (ras_layers_named(file) == RAS_LAYERS_ALL &&
        ras_layers_read(&inside, file) == MSG_OK) {
        int i = layer_paths_find(&inside, layer, strlen(layer));
        found = i >= 0 ? replaced(path, in.layer, in.nlayer, inside.layer[i].name) : NULL;
        ras_layers_free(&inside);
    }
    if (!found)
        buf_printf(sought, "there is none in %s", file);
    free(file);
    return found;
}

/* By the names that a companion should have. */
static char *look_by_name(const char *path, const struct scene *s, const char *layer,
                          struct buf *sought)
{
    static const char *const before[] = {"", "SDS_", ""}, *const behind[] = {"", "",
                                                                             "_mask"};
    size_t n;
    char *found = NULL;
    const char *stem = layers_stem(layer, &n);
    bool first_collection = strcmp(s->version, "001") == 0;
    for (size_t p = 0; p < COMPANION_PRODUCTS + 1 && !found; p++) {
        const char *product = p ? companion_products[p - 1] : NULL;
        if (product && (strncmp(product, "ECO2", 4) == 0) != first_collection)
            continue;
        for (size_t i = 0; i < sizeof before / sizeof *before && !found; i++) {
            struct buf b = {0};
            buf_printf(&b, "%s%.*s%s", before[i], (int)n, stem, behind[i]);
            found = look_for(path, s, product, b.s, sought);
            buf_free(&b);
        }
    }
    return found;
}

/* What else was looked for. */
static void add_sought(struct buf *sought, const struct scene *s,
                       const struct quality_rule *r)
{
    buf_puts(sought, ", nor that layer of that scene by another name, in its folder or one "
                     "in or beside it");
    if (strcmp(s->version, "001") == 0 &&
        (layers_same(r->layer, "cloud") || layers_same(r->layer, "water"))) {
        size_t n;
        const char *stem = layers_stem(r->layer, &n);
        buf_printf(sought, "; Collection 1 has it in CloudMask: CloudMask:%.*s%s", (int)n,
                   stem, r->text + strcspn(r->text, "<>=!"));
    }
    buf_puts(sought, "; --companion says where it lies");
}

char *companion_find(const struct quality_rules *rules, const struct quality_rule *r,
                     const char *path, struct buf *sought)
{
    for (int i = 0; i < rules->nfiles; i++)
        if (layers_same(rules->file[i].layer, r->layer))
            return mem_text(rules->file[i].path);
    struct scene s;
    bool known = scene_parse(&s, path);
    if (*s.layer && layers_same(s.layer, r->layer))
        return mem_text(path);
    char *found = look_inside(path, r->layer, sought);
    if (found || !known || !*s.layer)
        return found;
    found = look_by_name(path, &s, r->layer, sought);
    if (found)
        return found;
    char *twin;
    found = companion_search(path, &s, r->layer, &twin);
    if (!found)
        add_sought(sought, &s, r);
    if (twin) {
        buf_reset(sought);
        buf_printf(sought, "it may be %s or %s: --companion says which", found, twin);
        free(found);
        free(twin);
        return NULL;
    }
    return found;
}
