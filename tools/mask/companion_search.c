/* companion_search: companions of a scene among the names of folders. */
#include "companion_search.h"
#include "base/buf.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/msg.h"
#include "scene/layer_paths.h"
#include "scene/layers.h"
#include <stdlib.h>
#include <string.h>

const char *const companion_products[COMPANION_PRODUCTS] = {
    "ECO2LSTE", "ECO2CLD", "ECO_L2T_LSTE", "ECO_L2_LSTE", "ECO_L2_CLOUD"};

/* The best companion so far. */
struct search {
    const struct scene *scene;
    const char *layer;
    char *path, *name; /* NULL for none */
    char *twin;        /* another of the same name, where folders hold both */
    int rank;
};

static bool may_be(const char *a, const char *b)
{
    return !*a || !*b || strcmp(a, b) == 0;
}

static bool ends_in(const char *name, const char *suffix)
{
    size_t n = strlen(name), m = strlen(suffix);
    return n >= m && strcmp(name + n - m, suffix) == 0;
}

/* Whether both names are of one moment of one scene. */
static bool same_scene(const struct scene *a, const struct scene *b)
{
    return strcmp(a->version, b->version) == 0 &&
           date_seconds(&a->date) == date_seconds(&b->date) && may_be(a->orbit, b->orbit) &&
           may_be(a->scene, b->scene) && may_be(a->tile, b->tile) &&
           strcmp(a->zone, b->zone) == 0;
}

/* How good a companion a name is; 0 for none. */
static int rank_of(const struct search *q, const char *name)
{
    const struct scene *s = q->scene;
    struct scene c;
    if (!ends_in(name, ".tif") || !scene_parse(&c, name) ||
        !layers_same(c.layer, q->layer) || !same_scene(s, &c))
        return 0;
    bool same = strcmp(s->product, c.product) == 0, fits = same;
    for (int i = 0; i < COMPANION_PRODUCTS; i++)
        fits = fits || strcmp(companion_products[i], c.product) == 0;
    bool likewise = strcmp(s->suffix, c.suffix) == 0;
    if (!fits || (!likewise && *c.suffix))
        return 0;
    return 1 + 2 * same + likewise;
}

/* The layer of the scene in another of its HDF5 files, as ":cloud_mask"; NULL for none. To
 * be freed. */
static char *layer_inside(const struct search *q, const char *file, const char *name)
{
    struct scene c;
    struct ras_layers inside;
    struct buf b = {0};
    if (!(ends_in(name, ".h5") || ends_in(name, ".nc")) || !scene_parse(&c, name) ||
        *c.layer || !same_scene(q->scene, &c) || ras_layers_read(&inside, file) != MSG_OK)
        return NULL;
    int i = layer_paths_find(&inside, q->layer, strlen(q->layer));
    if (i >= 0)
        buf_printf(&b, ":%s", inside.layer[i].name);
    ras_layers_free(&inside);
    return b.s;
}

/* Of names of one rank the last is taken: the latest iteration, and the file rather than
 * a numbered copy of it. */
static void consider(void *user, const char *folder, const char *name)
{
    struct search *q = user;
    struct buf b = {0};
    buf_printf(&b, "%s%s", folder, name);
    char *inside = layer_inside(q, b.s, name);
    int rank = inside ? 1 : rank_of(q, name);
    int order = q->name ? strcmp(name, q->name) : 1;
    if (inside)
        buf_puts(&b, inside);
    free(inside);
    if (!rank || rank < q->rank || (rank == q->rank && order < 0)) {
        buf_free(&b);
        return;
    }
    bool is_twin = rank == q->rank && order == 0;
    free(q->twin);
    q->twin = NULL;
    if (is_twin) {
        q->twin = b.s;
        return;
    }
    free(q->path);
    free(q->name);
    q->path = b.s;
    q->name = mem_text(name);
    q->rank = rank;
}

/* The folder that holds a folder ("" or with its slash). */
static char *above(const char *folder)
{
    struct buf b = {0};
    size_t n = strlen(folder), last = n ? n - 1 : 0;
    while (last && folder[last - 1] != '/')
        last--;
    bool is_name =
        n && strcmp(folder + last, "./") != 0 && strcmp(folder + last, "../") != 0;
    buf_add(&b, folder, is_name ? last : n);
    buf_puts(&b, is_name ? "" : "../");
    return b.s;
}

char *companion_search(const char *path, const struct scene *s, const char *layer,
                       char **twin)
{
    struct search q = {.scene = s, .layer = layer};
    char *folder = mem_slice(path, (size_t)(scene_base(path) - path));
    char *parent = above(folder);
    folder_each(folder, false, consider, &q);
    if (!q.path && strcmp(folder, "/") != 0)
        folder_each(folder, true, consider, &q);
    if (!q.path && strcmp(parent, "/") != 0)
        folder_each(parent, true, consider, &q);
    free(folder);
    free(parent);
    free(q.name);
    *twin = q.twin;
    return q.path;
}
