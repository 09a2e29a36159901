/* Names and their owners: many of them, and the same ones again. */
#include "base/names.h"
#include "unit.h"

TEST(many)
{
    struct names s = {0};
    char name[32], owner[32];
    int wrong = 0;
    for (int i = 0; i < 20000; i++) {
        snprintf(name, sizeof name, "out/%d.tif", i * 7 % 20000);
        wrong += names_owner(&s, name) != NULL;
        snprintf(owner, sizeof owner, "in/%d", i * 7 % 20000);
        names_take(&s, name, owner);
        wrong += !names_owner(&s, name);
    }
    for (int i = 0; i < 20000; i++) {
        snprintf(name, sizeof name, "out/%d.tif", i);
        snprintf(owner, sizeof owner, "in/%d", i);
        const char *found = names_owner(&s, name);
        wrong += !found || strcmp(found, owner) != 0;
    }
    CHECK(wrong == 0);
    CHECK(names_owner(&s, "") == NULL);
    CHECK(names_owner(&s, "out/1.ti") == NULL);
    names_free(&s);
    CHECK(names_owner(&s, "out/1.tif") == NULL);
    names_free(&s);
}

int main(void)
{
    RUN(many);
    return unit_end();
}
