/* Lists item by item, and the parts of items. */
#include "base/list.h"
#include "unit.h"

/* The items of a text, each in brackets. */
static const char *items(const char *text)
{
    static char s[256];
    struct slice item;
    s[0] = '\0';
    for (const char *rest = text; list_next(&rest, &item);) {
        size_t n = strlen(s);
        snprintf(s + n, sizeof s - n, "[%.*s]", (int)item.n, item.s);
    }
    return s;
}

TEST(all_items)
{
    CHECK_TEXT(items("a"), "[a]");
    CHECK_TEXT(items("a,b c,d"), "[a][b c][d]");
    CHECK_TEXT(items(""), "[]");
    CHECK_TEXT(items(","), "[][]");
    CHECK_TEXT(items("a,,b,"), "[a][][b][]");
    CHECK_TEXT(items(NULL), "");
}

/* The parts of the first item of a text. */
static const char *parts(const char *text, char mark)
{
    static char s[256];
    struct slice item, first, second;
    CHECK(list_next(&text, &item));
    bool parted = list_part(item, mark, &first, &second);
    snprintf(s, sizeof s, "%d[%.*s][%.*s]", parted, (int)first.n, first.s, (int)second.n,
             second.s);
    return s;
}

TEST(parts_of_items)
{
    CHECK_TEXT(parts("2-5,7", '-'), "1[2][5]");
    CHECK_TEXT(parts("2,5-7", '-'), "0[2][]");
    CHECK_TEXT(parts("-5--2", '-'), "1[-5][-2]");
    CHECK_TEXT(parts("-5", '-'), "0[-5][]");
    CHECK_TEXT(parts("2-", '-'), "1[2][]");
    CHECK_TEXT(parts("2=3=4", '='), "1[2][3=4]");
    CHECK_TEXT(parts("=3", '='), "0[=3][]");
    CHECK_TEXT(parts("", '='), "0[][]");
    CHECK_TEXT(parts("=", '='), "0[=][]");
}

TEST(is)
{
    const char *rest = "mean,n";
    struct slice item;
    CHECK(list_next(&rest, &item) && slice_is(item, "mean") && !slice_is(item, "mea"));
    CHECK(!slice_is(item, "mean,n") && !slice_is(item, ""));
    CHECK(list_next(&rest, &item) && slice_is(item, "n") && !list_next(&rest, &item));
}

int main(void)
{
    RUN(all_items);
    RUN(parts_of_items);
    RUN(is);
    return unit_end();
}
