/* Where programs find what is installed with them. */
#include "base/install_path.h"
#include "unit.h"
#include <stdlib.h>
#include <sys/stat.h>

/* This program lies in a folder of the build folder, as the tools do. */
TEST(this_program_itself)
{
    struct stat named, running;
    char *path = install_path("unit/install_path"), *none = install_path("unit/nothing");
    CHECK(path[0] == '/' && stat("/proc/self/exe", &running) == 0);
    CHECK(stat(path, &named) == 0 && named.st_ino == running.st_ino);
    CHECK(none && stat(none, &named) != 0);
    free(path);
    free(none);
}

int main(void)
{
    RUN(this_program_itself);
    return unit_end();
}
