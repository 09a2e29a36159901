# plot.sh: a picture of the scene that filled the most cells, as PNG on stdout.
#
# usage: plot.sh SCENES.tsv [OPTION OF eco-plotspec panels]...
# shellcheck shell=sh
set -u
scenes=$1
shift
best=$(awk -F '\t' '
    $2 == "ok" && ($4 > cells || $4 == cells && $7 > coverage) {
        cells = $4; coverage = $7; best = $1 " " $3 " " $9
    }
    END { print best }' "$scenes")
[ -n "$best" ] || exit 77
read -r scene coarse map <<END
$best
END
[ "$map" = NA ] || set -- --mask "$map" "$@"

# gnuplot makes an empty picture of an empty script and calls it good.
script=$(mktemp) || exit 3
trap 'rm -f "$script"' EXIT
eco-plotspec panels --source "$scene" --result "$coarse" "$@" --terminal png >"$script" || exit
gnuplot -d "$script"
