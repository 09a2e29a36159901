# regrid.sh: averages the scenes that are due, and keeps a record of each.
#
# usage: regrid.sh [--scene PATH] QUEUE RECORDS COARSE GRID COMMAND...
#
# The paths of scenes stand in QUEUE, one a line; or there is one, PATH. COMMAND is
# eco-regrid with its options. Afterwards each scene has its raster in the folder COARSE
# and RECORDS/NAME.record, which has the tool's record and its message. One that lies
# outside of the grid has RECORDS/NAME.outside and no raster. One that failed has a record
# that says why and no raster, so that make tries it again; with --scene that is also told,
# and the script ends with 1.
#
# Rasters come before their records, records at one blow: a raster that is younger than
# its record has lost it to an interruption, and plan.sh has it made again.
# shellcheck shell=sh
set -u
scene=
if [ "$1" = --scene ]; then
    scene=$2
    shift 2
fi
queue=$1 records=$2 coarse=$3 grid=$4
shift 4

[ -n "$scene" ] || [ -s "$queue" ] || exit 0
work=$queue.$$
trap 'rm -rf "$work"; [ -n "$scene" ] || rm -f "$queue"' EXIT
if [ ! -e "$grid" ]; then
    [ -z "$scene" ] || echo "eco: $grid: there is no grid" >&2
    [ -z "$scene" ]
    exit
fi
mkdir -p "$work/new" || exit 1
if [ -n "$scene" ]; then
    printf '%s\n' "$scene" >"$work/due"
else
    sort -u "$queue" >"$work/due"
fi

"$@" --grid "$grid" --out-dir "$coarse" <"$work/due" >"$work/out" 2>"$work/said"
status=$?
if [ $status -gt 3 ]; then
    # The tool itself was ended. The scenes that it did not come to are averaged each in a
    # process of its own, so that the one that ends it is alone.
    awk -F '\t' 'FILENAME == ARGV[1] { seen[$1]; next } !($0 in seen)' "$work/out" "$work/due" >"$work/rest"
    while read -r path; do
        printf '%s\n' "$path" |
            "$@" --grid "$grid" --out-dir "$coarse" >>"$work/out" 2>>"$work/said" ||
            status=$?
    done <"$work/rest"
fi

awk -v new="$work/new" -v records="$records" -v coarse="$coarse" -v status=$status \
    -f "${0%/*}/records.awk" "$work/due" "$work/said" "$work/out" >"$work/gone" || exit 1
[ ! -s "$work/gone" ] || xargs rm -f -- <"$work/gone"
mv -f "$work/new"/* "$records" || exit 1

if [ -n "$scene" ]; then
    [ $status -eq 0 ] || cat "$work/said" >&2
    exit $((status != 0))
fi
if [ -n "${ECO_DUE-}" ] && [ -t 2 ]; then
    sed 's/.*/./' "$work/due" >>"$ECO_PROGRESS"
    done=$(($(wc -l <"$ECO_PROGRESS")))
    awk -v n=$done -v due="$ECO_DUE" -v t=$(($(date +%s) - ECO_BEGAN)) 'BEGIN {
        left = int(t * (due - n) / n)
        printf "\r\033[Keco: %d of %d scenes, about %d min %02d s left", n, due, left / 60, left % 60
    }' >&2
fi
exit 0
