/* Messages: what is said, and what is kept of it. */
#include "base/msg.h"
#include "catch.h"
#include "unit.h"

TEST(kept_without_what_they_are_about)
{
    struct msg_kept kept = {.about = "a scene.tif"};
    msg_keep(&kept);
    CHECK(kept.text == NULL);
    catch_start();
    msg_error("a scene.tif: it is cut off");
    msg_warn("a scene.tif: a map covers %d %% of it", 7);
    msg_error("a scene.tiff: another");
    msg_error("a scene.tif");
    CHECK_TEXT(catch_end(), "eco: a scene.tif: it is cut off\n"
                            "eco: warning: a scene.tif: a map covers 7 % of it\n"
                            "eco: a scene.tiff: another\neco: a scene.tif\n");
    CHECK_TEXT(kept.text, "it is cut off; a map covers 7 % of it; a scene.tiff: another; "
                          "a scene.tif");
    msg_release(&kept);
    CHECK(kept.text == NULL);
    catch_start();
    msg_error("x");
    CHECK_TEXT(catch_end(), "eco: x\n");
    CHECK(kept.text == NULL);
}

TEST(silent_ones_nest)
{
    struct msg_kept outer = {0}, inner = {.silent = true};
    msg_keep(&outer);
    catch_start();
    msg_error("one");
    msg_keep(&inner);
    msg_error("two");
    CHECK_TEXT(inner.text, "two");
    msg_release(&inner);
    msg_error("three");
    CHECK_TEXT(catch_end(), "eco: one\neco: three\n");
    CHECK_TEXT(outer.text, "one; three");
    msg_release(&outer);
}

TEST(long_ones_are_cut)
{
    static char text[6000];
    struct msg_kept kept = {.about = "p"};
    memset(text, 'x', sizeof text - 1);
    msg_keep(&kept);
    catch_start();
    msg_error("p: %s", text);
    size_t said = strlen(catch_end());
    CHECK(said == 4095 && strlen(kept.text) >= 4000 && strlen(kept.text) < 4096);
    msg_release(&kept);
}

int main(void)
{
    RUN(kept_without_what_they_are_about);
    RUN(silent_ones_nest);
    RUN(long_ones_are_cut);
    return unit_end();
}
