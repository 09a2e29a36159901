#!/usr/bin/env bash
# A machine with a GPU, in under ten minutes: holds the device to the processor's bits
# (tests/cli/device.bats), and measures it beside the processor.
#
#     bench/gpu.sh [DEVICE]       DEVICE: as eco-regrid --device has it; gpu, unless told
#     bench/gpu.sh pack FILE      what a machine lacks on which nothing can be installed
#
# It builds eco first, which wants what `make deps` installs, and a driver for OpenCL. Where
# FILE (about 50 MB, tar.xz) travels beside the tree, ECO_PACK names it and nothing is built.
set -euo pipefail

cd "${BASH_SOURCE[0]%/*}/.."

# Programs, and the libraries they need but for the C library's own and the compiler's.
pack() {
    local to
    make -s -j"$(nproc)" all bench-built
    to=$(mktemp -d)
    mkdir -p "$to/bin" "$to/lib" "$to/proj"
    cp -rL --parents build/bin build/lib build/share/eco build/bench/bin "$to"
    cp -r --parents /usr/bin/bats /usr/lib/bats-core /usr/libexec/bats-core "$to"
    cp "$(command -v gdal_translate)" "$to/bin"
    cp /usr/share/proj/proj.* "$to/proj"
    find "$to" -name '*.[od]' -delete
    ldd "$to"/bin/* "$to"/build/bin/* "$to"/build/lib/eco/* 2>/dev/null |
        awk '/=> \// { print $3 }' | sort -u |
        grep -vE '/lib(c|m|pthread|dl|rt|stdc\+\+|gcc_s)\.so' | xargs cp -Lt "$to/lib"
    cp -L "$(ldconfig -p | awk '/libOpenCL.so.1 / { print $NF; exit }')" "$to/lib"
    strip "$to"/build/bin/* "$to"/build/lib/eco/* "$to"/build/bench/bin/*
    tar -C "$to" -c . | xz -T0 -6 >"$1"
    rm -r "$to"
}

if [ "${1-}" = pack ]; then
    pack "$2"
    exit
fi

device=${1:-gpu} build=$PWD/build
if [ -n "${ECO_PACK-}" ]; then
    unpacked=$(mktemp -d)
    trap 'rm -rf "$unpacked"' EXIT
    xz -dc "$ECO_PACK" | tar -C "$unpacked" -x
    build=$unpacked/build
    export PATH=$unpacked/bin:$unpacked/usr/bin:$PATH PROJ_DATA=$unpacked/proj
    export LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$unpacked/lib
else
    make -s -j"$(nproc)" DEPS=no all bench-built
fi

# Drivers in containers often come without the file that names them to libOpenCL.
driver=$(find /usr /opt -name 'libnvidia-opencl.so.1' 2>/dev/null | head -n 1)
if [ -n "$driver" ] && [ ! -e /etc/OpenCL/vendors/nvidia.icd ]; then
    mkdir -p /etc/OpenCL/vendors
    echo "$driver" >/etc/OpenCL/vendors/nvidia.icd
fi

"$build/bin/eco-regrid" --list-devices
BENCH_DEVICE=$("$build/bin/eco-regrid" --list-devices | awk -F'\t' -v d="$device" '
    !/^#/ && (d == "gpu" ? $3 == "gpu" : index(tolower($1 $2), tolower(d))) { print $1; exit }')
[ -n "$BENCH_DEVICE" ] || { echo "eco: no such device: $device" >&2; exit 1; }
export BENCH_DEVICE BENCH_TASKS=${BENCH_TASKS:-device-*} BENCH_ROUNDS=${BENCH_ROUNDS:-3}
ECO_DEVICE=$BENCH_DEVICE ECO_BUILD=$build tests/run tests/cli/device.bats
bench/run "$build/bench/bin" "$build/bin"
