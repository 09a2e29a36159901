#!/usr/bin/env bash
# A machine with a GPU, in under ten minutes: builds eco, holds the device to the processor's
# bits (tests/cli/device.bats), and measures it beside the processor.
#
#     bench/gpu.sh [DEVICE]       DEVICE: as eco-regrid --device has it; gpu, unless told
#
# Wants what `make deps-run` installs, bats, gdal-bin, libOpenCL and the driver's ICD. Where
# packages cannot be had, .deb files in the folder that ECO_DEBS names are unpacked first.
set -euo pipefail

cd "${BASH_SOURCE[0]%/*}/.."
device=${1:-gpu}
if [ -n "${ECO_DEBS-}" ]; then
    dpkg --force-depends -i "$ECO_DEBS"/*.deb >/dev/null
fi
# Drivers in containers often come without the file that names them to libOpenCL.
if [ ! -e /etc/OpenCL/vendors/nvidia.icd ] && ldconfig -p | grep -q libnvidia-opencl.so.1; then
    mkdir -p /etc/OpenCL/vendors
    echo libnvidia-opencl.so.1 >/etc/OpenCL/vendors/nvidia.icd
fi
make -s -j"$(nproc)" DEPS=no all
build/bin/eco-regrid --list-devices
ECO_DEVICE=$(build/bin/eco-regrid --list-devices | awk -F'\t' -v d="$device" '
    !/^#/ && (d == "gpu" ? $3 == "gpu" : index(tolower($1 $2), tolower(d))) { print $1; exit }')
export ECO_DEVICE
[ -n "$ECO_DEVICE" ] || { echo "eco: no such device: $device" >&2; exit 1; }
ECO_BUILD=$PWD/build tests/run tests/cli/device.bats
make -s DEPS=no bench BENCH_DEVICE="$ECO_DEVICE" BENCH_TASKS='device-*' BENCH_ROUNDS=3
