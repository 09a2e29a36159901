# table.sh: the cells of all scenes that were averaged, as CSV on stdout.
#
# usage: table.sh SCENES.tsv [OPTION OF eco-sample]...
# shellcheck shell=sh
set -u
scenes=$1
shift
awk -F '\t' '!/^#/ && ($2 == "ok" || $2 == "empty") { print $3 }' "$scenes" |
    eco-sample --cells --csv "$@"
