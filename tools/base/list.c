/* list: texts such as "a,b,c" item by item. */
#include "base/list.h"
#include <string.h>

bool list_next(const char **rest, struct list_item *item)
{
    if (!*rest)
        return false;
    *item = (struct list_item){*rest, strcspn(*rest, ",")};
    *rest = item->s[item->n] ? item->s + item->n + 1 : NULL;
    return true;
}

bool list_part(struct list_item item, char mark, struct list_item *first,
               struct list_item *second)
{
    const char *at = item.n > 1 ? memchr(item.s + 1, mark, item.n - 1) : NULL;
    size_t n = at ? (size_t)(at - item.s) : item.n;
    *first = (struct list_item){item.s, n};
    *second = (struct list_item){item.s + n, 0};
    if (at)
        *second = (struct list_item){at + 1, item.n - n - 1};
    return at;
}

bool list_is(struct list_item item, const char *text)
{
    return strlen(text) == item.n && memcmp(item.s, text, item.n) == 0;
}
