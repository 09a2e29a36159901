# parts.sh: a table for each year or month; those that would not change are left alone.
#
# usage: parts.sh year|month KEPT ASKED FORMAT VAR VAR.scenes.tsv GRID [COLUMNS]
#
# The table of a period, VAR.2020.csv or VAR.2020-06.csv beside VAR.scenes.tsv, has the
# rasters of its scenes (unknown: of those without a time). KEPT/PERIOD.FORMAT
# holds what each was made of: the text ASKED, its rasters, their sizes and times. A table
# whose period has no raster any more is removed. Prints the tables, one a line.
# shellcheck shell=sh
set -u
kept=$2 asked=$3 digits=7
[ "$1" = month ] || digits=4
shift 3
format=$1 var=$2 scenes=$3 grid=$4 columns=${5-}
base=${scenes%.scenes.tsv}
work=$(mktemp -d) || exit 3
part=$kept/part$$
trap 'rm -rf "$work" "$part"' EXIT
mkdir -p "$kept" || exit 3

sh "${0%/*}/rasters.sh" "$scenes" time | awk -F '\t' -v digits=$digits -v work="$work" '
    { print $1 > (work "/" ($2 == "NA" ? "unknown" : substr($2, 1, digits)) ".list") }' || exit
for list in "$work"/*.list; do
    [ -e "$list" ] || break
    period=${list##*/}
    period=${period%.list}
    table=$base.$period.$format
    { printf '%s\n' "$asked" && xargs -d '\n' stat -c '%s %.9Y %n' <"$list"; } >"$work/now" || exit
    if ! [ -e "$table" ] || ! cmp -s "$work/now" "$kept/$period.$format"; then
        rm -f "$kept/$period.$format"
        bash "${0%/*}/table.sh" "$format" "$var" "$list" "$grid" "$columns" >"$part" || exit
        mv -f "$part" "$table" && mv -f "$work/now" "$kept/$period.$format" || exit
    fi
    printf '%s\n' "$table"
done
for note in "$kept"/*."$format"; do
    period=${note##*/}
    period=${period%."$format"}
    [ ! -e "$note" ] || [ -e "$work/$period.list" ] || rm -f "$note" "$base.$period.$format"
done
