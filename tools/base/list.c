/* list: texts such as "a,b,c" item by item. */
#include "base/list.h"
#include <string.h>

bool list_next(const char **rest, struct slice *item)
{
    if (!*rest)
        return false;
    *item = (struct slice){*rest, strcspn(*rest, ",")};
    *rest = item->s[item->n] ? item->s + item->n + 1 : NULL;
    return true;
}

bool list_part(struct slice item, char mark, struct slice *first, struct slice *second)
{
    const char *at = item.n > 1 ? memchr(item.s + 1, mark, item.n - 1) : NULL;
    size_t n = at ? (size_t)(at - item.s) : item.n;
    *first = (struct slice){item.s, n};
    *second = (struct slice){item.s + n, 0};
    if (at)
        *second = (struct slice){at + 1, item.n - n - 1};
    return at;
}
