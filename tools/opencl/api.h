/* api: libOpenCL's functions, which no linker has been told of. */
#ifndef ECO_OPENCL_API_H
#define ECO_OPENCL_API_H

#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>
#include <stdbool.h>

#define CL_FUNCTIONS(X)                                                                    \
    X(GetPlatformIDs)                                                                      \
    X(GetPlatformInfo)                                                                     \
    X(GetDeviceIDs)                                                                        \
    X(GetDeviceInfo)                                                                       \
    X(CreateContext)                                                                       \
    X(ReleaseContext)                                                                      \
    X(CreateCommandQueue)                                                                  \
    X(ReleaseCommandQueue)                                                                 \
    X(CreateProgramWithSource)                                                             \
    X(BuildProgram)                                                                        \
    X(GetProgramBuildInfo)                                                                 \
    X(ReleaseProgram)                                                                      \
    X(CreateKernel)                                                                        \
    X(ReleaseKernel)                                                                       \
    X(SetKernelArg)                                                                        \
    X(CreateBuffer)                                                                        \
    X(ReleaseMemObject)                                                                    \
    X(EnqueueNDRangeKernel)                                                                \
    X(EnqueueReadBuffer)                                                                   \
    X(EnqueueWriteBuffer)                                                                  \
    X(Flush)

struct cl_api {
#define CL_MEMBER(name) __typeof__(&cl##name) name;
    CL_FUNCTIONS(CL_MEMBER)
#undef CL_MEMBER
};

/* libOpenCL's functions. NULL where it is not installed, told if so asked. */
const struct cl_api *cl_api(bool tell);

#endif
