# table.sh: the cells of rasters as a table on stdout.
#
# usage: table.sh FORMAT VAR RASTERS GRID [COLUMNS]
#
# FORMAT is csv, csv.gz, tsv, parquet or gpkg (the cells as polygons); the last two are made
# by GDAL. RASTERS is VAR.scenes.tsv, or a list of rasters. COLUMNS, "a,b", are written in that
# order; without, all.
# shellcheck shell=bash
set -u -o pipefail
here=${0%/*} format=$1 var=$2 list=$3 grid=$4 columns=${5-}

rasters()
{
    case $list in
        *.scenes.tsv) sh "$here/rasters.sh" "$list" ;;
        *) cat "$list" ;;
    esac
}

csv()
{
    rasters | eco-sample --cells --csv --name "$var" --local-time ${1:+--columns "$1"}
}

# GDAL makes files, and guesses what columns are unless it is told.
by_gdal()
{
    work=$(mktemp -d) || exit 3
    trap 'rm -rf "$work"' EXIT
    csv '' >"$work/all.csv" || exit
    awk -v grid="$grid" -v types="$work/$var.csvt" -f "$here/column-types.awk" -f "$here/cell-polygons.awk" \
        "$work/all.csv" >"$work/$var.csv" || exit
    units=$(rasters | head -n 1 | eco-sample --cells --no-provenance | sed -n 's/^##\(unit[.]\)/\1/p')
    case $format in
        gpkg) driver=GPKG ;;
        *) driver=Parquet ;;
    esac
    ogr2ogr -f "$driver" "$work/table.$format" "$work/$var.csv" -nln "$var" -nlt POLYGON -lco GEOMETRY_NAME=geom \
        -a_srs "$(sed -n 's/^##crs=//p' "$grid")" -oo GEOM_POSSIBLE_NAMES=WKT -oo KEEP_GEOM_COLUMNS=NO \
        ${columns:+-select "$columns"} ${units:+-mo "$units"} || exit
    cat "$work/table.$format"
}

case $format in
    csv) csv "$columns" ;;
    csv.gz) csv "$columns" | gzip -n ;;
    tsv) rasters | eco-sample --cells --no-provenance --local-time ${columns:+--columns "$columns"} ;;
    *) by_gdal ;;
esac
