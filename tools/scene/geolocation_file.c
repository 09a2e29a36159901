/* geolocation_file: looking for L1B_GEO. */
#include "geolocation_file.h"
#include "base/buf.h"
#include "base/folder.h"
#include "base/mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct search {
    const struct scene *scene;
    char *path, *name; /* the best so far, or NULL */
    char *other;       /* of the same orbit and scene, but another time */
};

static bool may_be(const char *a, const char *b)
{
    return !*a || !*b || strcmp(a, b) == 0;
}

static bool same_time(const struct scene *a, const struct scene *b)
{
    double x = date_seconds(&a->date), y = date_seconds(&b->date);
    return isnan(x) || isnan(y) || x == y;
}

bool geolocation_file_same(const struct scene *a, const struct scene *b)
{
    return may_be(a->orbit, b->orbit) && may_be(a->scene, b->scene) && same_time(a, b);
}

static void consider(void *user, const char *folder, const char *name)
{
    struct search *q = user;
    struct scene s;
    size_t n = strlen(name);
    if (n < 3 || strcmp(name + n - 3, ".h5") != 0 || !scene_parse(&s, name) ||
        !strstr(s.product, "L1B_GEO") || strcmp(s.orbit, q->scene->orbit) != 0 ||
        strcmp(s.scene, q->scene->scene) != 0)
        return;
    struct buf b = {0};
    buf_printf(&b, "%s%s", folder, name);
    if (!same_time(&s, q->scene)) {
        free(q->other);
        q->other = b.s;
    } else if (q->name && strcmp(name, q->name) < 0) {
        buf_free(&b);
    } else {
        free(q->path);
        free(q->name);
        q->path = b.s;
        q->name = mem_text(name);
    }
}

char *geolocation_file_find(const char *file, const struct scene *scene, char **other)
{
    struct search q = {.scene = scene};
    struct buf folder = {0};
    buf_add(&folder, file, (size_t)(scene_base(file) - file));
    if (*scene->orbit && *scene->scene) {
        folder_each(folder.n ? folder.s : "", false, consider, &q);
        if (!q.path)
            folder_each(folder.n ? folder.s : "", true, consider, &q);
        buf_puts(&folder, "../");
        if (!q.path)
            folder_each(folder.s, true, consider, &q);
    }
    buf_free(&folder);
    free(q.name);
    *other = q.other;
    return q.path;
}
