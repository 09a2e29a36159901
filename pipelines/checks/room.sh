# room.sh: whether the disk has room for what is due; tells how much is missing if not.
#
# usage: room.sh OUT SCENES GRID...
#
# A coarse raster takes about half of what its cells would take plainly, a raster and a
# record at least a block each. With several grids it is their mean.
# shellcheck shell=sh
set -u
out=$1 scenes=$2
shift 2
free=$(df -Pk "$out" | awk 'NR == 2 { print $4 }')
for grid; do
    [ ! -e "$grid" ] || cat "$grid"
done | awk -F '\t' -v scenes="$scenes" -v free="$free" -v out="$out" '
    /^##columns=/ { columns = substr($0, 11) }
    /^##rows=/ { cells += columns * substr($0, 8); n++ }
    END {
        need = n ? scenes * (8 + cells / n * 3 * 4 / 2 / 1024) : 0
        if (free == "" || need <= free) exit
        printf "eco: %s: %.1f MiB are free, and %d scenes take about %.1f: %.1f MiB are missing; CHECK_ROOM=no tries all the same\n",
            out, free / 1024, scenes, need / 1024, (need - free) / 1024 > "/dev/stderr"
        exit 1
    }'
