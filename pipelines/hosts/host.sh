# host.sh: what a host says before it is given work.
#
# usage: host.sh ECO_BIN [FILE FROM]
#
# Prints what the bytes of its tools and of this flow amount to; with FILE also its free
# memory in KiB, and whether it sees that file. What an earlier run of FROM has carried here and
# could not take away (see carry.sh) is removed.
# shellcheck shell=sh
set -u
bin=$1
for carried in ~/.parallel/tmp/*/*.in; do
    [ -z "${3-}" ] || [ "$(cat "$carried/from" 2>/dev/null)" != "$3" ] || rm -rf "${carried%/*}"
done
sum=$({ cat "$bin/eco-regrid" "$bin"/../lib/eco/*.so && cd "${0%/*}/.." && find . -type f | LC_ALL=C sort | xargs cat; } | sha256sum) || exit 1
[ $# -eq 1 ] || set -- "$bin" "$(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo)" "$(test -e "$2" && echo sees)"
echo "${sum%% *}${2:+ $2}${3:+ $3}"
