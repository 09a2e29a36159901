/* lower_bound against looking at each item. */
#include "base/lower_bound.h"
#include "dice.h"
#include "unit.h"

static bool is_less(const void *item, const void *key)
{
    return *(const short *)item < *(const short *)key;
}

TEST(first_not_before)
{
    short v[40], key;
    for (int round = 0; round < 2000; round++) {
        size_t n = (size_t)dice(0, 40), first = 0;
        for (size_t i = 0; i < n; i++)
            v[i] = (short)(i ? v[i - 1] + dice(0, 2) : dice(-3, 3));
        key = (short)dice(-5, 45);
        while (first < n && v[first] < key)
            first++;
        CHECK(lower_bound(v, n, sizeof *v, &key, is_less) == first);
    }
}

int main(void)
{
    RUN(first_not_before);
    return unit_end();
}
