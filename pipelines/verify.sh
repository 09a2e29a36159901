# verify.sh: whether a coarse raster is what its scene gives now, to the bit.
#
# usage: verify.sh RASTER COMMAND...    (eco-regrid with all its options but -o)
# shellcheck shell=sh
set -u
raster=$1
shift
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
"$@" -o "$work/again.tif" >/dev/null || exit 1
cmp -s "$work/again.tif" "$raster" && exit 0
echo "eco: $raster: its scene gives other bits now" >&2
exit 1
