# compose.sh: composites of a variable's coarse rasters; those that would not change are left alone.
#
# usage: compose.sh KEPT VAR.scenes.tsv PERIOD [OPTION OF eco-compose]...
#
# The composites lie in VAR/compose beside VAR.scenes.tsv. Prints their records, which become
# PERIOD.tsv there. A composite of which that told before, and that has no scenes any more, is
# removed. KEPT is a folder on the same disk.
# shellcheck shell=sh
set -u
here=${0%/*} scenes=$2 by=$3
folder=${scenes%.scenes.tsv}/compose
work=$1/compose.part$$
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
shift 3
mkdir -p "$work" "$folder" || exit 3

# Of records, the names of the rasters.
outputs()
{
    sh "$here/rasters.sh" "$1" | sed 's,.*/,,'
}

sh "$here/rasters.sh" "$scenes" >"$work/list" || exit
eco-compose --no-provenance --by "$by" --out-dir "$work" "$@" <"$work/list" >"$work/records" 2>"$work/said"
status=$?
if [ $status -ne 0 ]; then
    cat "$work/said" >&2
    exit $status
fi
sed "s,^eco-compose: warning,eco: $folder," "$work/said" >&2
outputs "$work/records" >"$work/names"
while IFS= read -r name; do
    cmp -s "$work/$name" "$folder/$name" || mv -f "$work/$name" "$folder/$name" || exit
done <"$work/names"
if [ -e "$folder/$by.tsv" ]; then
    outputs "$folder/$by.tsv" | grep -Fvx -f "$work/names" | while IFS= read -r name; do
        rm -f "$folder/$name"
    done
fi
awk -F '\t' -v OFS='\t' -v folder="$folder/" '
    /^#/ { for (i = 1; i <= NF; i++) if ($i == "output") output = i }
    !/^#/ { sub(/.*\//, folder, $output) }
    { print }' "$work/records"
