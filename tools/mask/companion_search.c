/* companion_search: companions of a scene among the names of folders. */
#include "companion_search.h"
#include "base/buf.h"
#include "base/mem.h"
#include "scene/layers.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/* How good a companion a name is; 0 for none. */
static int rank_of(const struct search *q, const char *name)
{
    const struct scene *s = q->scene;
    struct scene c;
    size_t n = strlen(name);
    if (n < 4 || strcmp(name + n - 4, ".tif") != 0 || !scene_parse(&c, name) ||
        !layers_same(c.layer, q->layer))
        return 0;
    if (strcmp(s->version, c.version) != 0 ||
        date_seconds(&s->date) != date_seconds(&c.date) || !may_be(s->orbit, c.orbit) ||
        !may_be(s->scene, c.scene) || !may_be(s->tile, c.tile) ||
        strcmp(s->zone, c.zone) != 0)
        return 0;
    bool same = strcmp(s->product, c.product) == 0, fits = same;
    for (int i = 0; i < COMPANION_PRODUCTS; i++)
        fits = fits || strcmp(companion_products[i], c.product) == 0;
    bool likewise = strcmp(s->suffix, c.suffix) == 0;
    if (!fits || (!likewise && *c.suffix))
        return 0;
    return 1 + 2 * same + likewise;
}

/* Of names of one rank the last is taken: the latest iteration, and the file rather than
 * a numbered copy of it. */
static void consider(struct search *q, const char *folder, const char *name)
{
    int rank = rank_of(q, name);
    int order = q->name ? strcmp(name, q->name) : 1;
    if (!rank || rank < q->rank || (rank == q->rank && order < 0))
        return;
    bool is_twin = rank == q->rank && order == 0;
    struct buf b = {0};
    buf_printf(&b, "%s%s", folder, name);
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

/* Looks into a folder, "" or with its slash, and, if `deeper`, into the folders in it. */
static void look_into(struct search *q, const char *folder, bool deeper)
{
    DIR *d = opendir(*folder ? folder : ".");
    for (struct dirent *e; d && (e = readdir(d));) {
        struct stat st;
        struct buf b = {0};
        consider(q, folder, e->d_name);
        if (!deeper || e->d_name[0] == '.')
            continue;
        buf_printf(&b, "%s%s/", folder, e->d_name);
        if (stat(b.s, &st) == 0 && S_ISDIR(st.st_mode))
            look_into(q, b.s, false);
        buf_free(&b);
    }
    if (d)
        closedir(d);
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
    look_into(&q, folder, false);
    if (!q.path && strcmp(folder, "/") != 0)
        look_into(&q, folder, true);
    if (!q.path && strcmp(parent, "/") != 0)
        look_into(&q, parent, true);
    free(folder);
    free(parent);
    free(q.name);
    *twin = q.twin;
    return q.path;
}
