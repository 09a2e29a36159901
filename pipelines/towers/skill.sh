# skill.sh: how well what was seen agrees with a tower, of all pairs, then by season.
#
# usage: skill.sh PAIRS.tsv VAR COLUMN
#
# The records of eco-stats, with a column season that is `all` in the first.
# shellcheck shell=sh
set -u
pairs=$1 var=$2 column=$3
! grep -q "^#.*	${column}_tower\(	\|\$\)" "$pairs" || column=${column}_tower
seasons=$(eco-stats --observed "$column" --model "$var" --by season "$pairs") || exit
all=$(eco-stats --no-provenance --observed "$column" --model "$var" "$pairs") || exit
printf '%s\n' "$seasons" | grep '^#'
printf '%s\n' "$all" | sed -n '/^#/d; s/^/all	/p'
printf '%s\n' "$seasons" | sed '/^#/d'
