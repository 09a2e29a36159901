/* api: opening libOpenCL. */
#include "api.h"
#include "base/msg.h"
#include <dlfcn.h>
#include <string.h>

const struct cl_api *cl_api(bool tell)
{
    static struct cl_api api; /* what dlopen gave: it would give it again */
    static bool known;
    if (known)
        return &api;
    void *handle = dlopen("libOpenCL.so.1", RTLD_NOW | RTLD_LOCAL);
    known = handle != NULL;
#define CL_LOOK_UP(name)                                                                   \
    if (known) {                                                                           \
        void *f = dlsym(handle, "cl" #name);                                               \
        memcpy(&api.name, &f, sizeof f);                                                   \
        known = f != NULL;                                                                 \
    }
    CL_FUNCTIONS(CL_LOOK_UP)
#undef CL_LOOK_UP
    if (!known && tell)
        msg_error("there is no OpenCL here: %s", dlerror());
    return known ? &api : NULL;
}
