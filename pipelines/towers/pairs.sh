# pairs.sh: pairs of what was seen and what a tower measured, in one unit.
#
# usage: pairs.sh SEEN.tsv TOWER.tsv VAR COLUMN [OPTION OF eco-match]...
# shellcheck shell=sh
set -u
here=${0%/*} seen=$1 tower=$2 var=$3 column=$4
shift 4
sh "$here/in-unit.sh" "$seen" "$tower" "$var" "$column" | eco-match "$@" "$seen" -
