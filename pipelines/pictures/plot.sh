# plot.sh: four panels of the scene that filled the most cells (best), of the one that filled
# the fewest (worst), or of the one between (median), on stdout.
#
# usage: plot.sh best|median|worst png|svg SCENES.tsv [OPTION OF eco-plotspec panels]... -- [OPTION OF eco-regrid]...
#
# Of the options that eco-regrid had, those on the pixels that count are the picture's, too.
# Ends with 77 where picks.sh names no such scene.
# shellcheck shell=sh
set -u
here=${0%/*} format=$2
found=$(sh "$here/picks.sh" "$3" | sed -n "s/^$1	//p")
[ -n "$found" ] || exit 77
shift 3
# shellcheck source=pipelines/pictures/counted.sh
. "$here/counted.sh"
exec bash "$here/draw.sh" eco-plotspec panels --source "${found%%	*}" --result "${found#*	}" "$@" --terminal "$format"
