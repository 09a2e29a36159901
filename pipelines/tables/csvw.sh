# csvw.sh: what the columns of tables of cells are and in which units, as W3C's Metadata
# Vocabulary for Tabular Data has it (CSV on the Web), on stdout.
#
# usage: csvw.sh VAR VAR.scenes.tsv TABLE...
#
# Tables are CSV, or compressed CSV, with one heading. The unit is that of the first raster.
# shellcheck shell=sh
set -u
here=${0%/*} var=$1 scenes=$2
shift 2
unit=$(awk -F '\t' -v coarse="${scenes%.scenes.tsv}/coarse/" '
    /^#/ { for (i = 1; i <= NF; i++) if ($i == "output") output = i; next }
    $output != "NA" { sub(/.*\//, "", $output); print coarse $output; exit }' "$scenes" |
    eco-sample --cells --no-provenance | sed -n 's/^##unit[.][^=]*=//p' | head -n 1)
{
    case ${1-} in
        '') echo ;;
        *.gz) gzip -dc "$1" 2>/dev/null ;;
        *) cat "$1" ;;
    esac | head -n 1
    for table; do printf '%s\n' "${table##*/}"; done
} | UNIT=$unit awk -v var="$var" -f "$here/column-types.awk" -f "$here/csvw.awk"
