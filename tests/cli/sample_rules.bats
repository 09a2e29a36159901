# eco-sample --keep and --mask: which pixels count, in all its modes.
load ../lib/common
load ../lib/raster

LST=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
NEXT=ECO_L2T_LSTE.002_LST_doy2020222094621_aid0001_21S.tif

setup() {
    cd "$BATS_TEST_TMPDIR"
    raster "$LST" '1 2 3\n4 -9999 6'
    raster "${LST/_LST_doy/_cloud_doy}" '0 1 0\n0 0 0' -ot Byte -a_nodata none
    raster forest_2020.tif '3 3 9\n9 3 3' -ot Byte -a_nodata none
    printf '##crs=EPSG:32721\n#x\ty\n250050\t9750150\n250150\t9750150\n250250\t9750150\n250050\t9750050\n' >points.tsv
    cat >all.geojson <<'END'
{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32721"}},"features":[
{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[250000,9750000],[250300,9750000],[250300,9750200],[250000,9750200],[250000,9750000]]]}}]}
END
}

# column NAME OPTION...: a column of the records.
column() {
    local name=$1
    shift
    eco-sample --no-provenance "$@" | awk -F'\t' -v name="$name" '
        /^##/ { next } /^#/ { sub(/^#/, ""); for (i = 1; i <= NF; i++) if ($i == name) k = i; next }
        { printf "%s%s", sep, $k; sep = " " } END { print "" }'
}

@test "cells, points and polygons take the pixels that pass" {
    [ "$(column value --cells --keep cloud=0 "$LST")" = '4 6 1 3' ]
    [ "$(column value --points points.tsv --keep cloud=0 "$LST")" = '1 NaN 3 4' ]
    [ "$(column n --points points.tsv --window 3 --keep cloud=0 "$LST")" = '2 4 2 2' ]
    [ "$(column sum --polygons all.geojson --stat sum --keep cloud=0 "$LST")" = 14 ]
    [ "$(column sum --polygons all.geojson --stat sum --keep LST'>2' "$LST")" = 13 ]
}

@test "and those on the classes of maps, of the raster's own year" {
    raster "$NEXT" '10 20 30\n40 50 60'
    local later=ECO_L2T_LSTE.002_LST_doy2021221094621_aid0001_21S.tif
    cp "$NEXT" "$later"
    raster forest_2021.tif '9 9 9\n3 9 9' -ot Byte -a_nodata none
    [ "$(column value --cells --mask forest_2020.tif --classes 3 "$LST")" = '6 1 2' ]
    [ "$(column sum --polygons all.geojson --stat sum --mask 'forest_{year}.tif' --classes 1-5 "$LST" "$NEXT" "$later" "$LST")" = \
        '9 140 40 9' ]
    [ "$(column value --points points.tsv --mask 'forest_{year}.tif' --classes 3 "$LST" "$later")" = \
        '1 2 NaN NaN NaN NaN NaN 40' ]
    [ "$(column value --points points.tsv --mask forest_2020.tif --classes 3 --mask forest_2021.tif --classes 9 --keep cloud=0 "$LST")" = \
        '1 NaN NaN NaN' ]
}

@test "maps are kept for one grid, not for another" {
    raster "$NEXT" '10 20 30\n40 50 60' -a_ullr 250100 9750200 250400 9750000
    [ "$(column sum --polygons all.geojson --stat sum --mask forest_2020.tif --classes 3 "$LST" "$NEXT" "$LST")" = '9 100 9' ]
}

@test "in polygons of cells the same as eco-regrid, with masks and rules" {
    awk 'BEGIN { srand(3); print "ncols 60\nnrows 50\nxllcorner 250000\nyllcorner 9750000\ncellsize 70\nnodata_value -9999"
        for (r = 0; r < 50; r++) { for (c = 0; c < 60; c++) printf "%s ", rand() < 0.1 ? -9999 : 290 + 20 * rand(); print "" } }' >v.asc
    awk 'BEGIN { srand(4); print "ncols 60\nnrows 50\nxllcorner 250000\nyllcorner 9750000\ncellsize 70"
        for (r = 0; r < 50; r++) { for (c = 0; c < 60; c++) printf "%d ", rand() < 0.3; print "" } }' >c.asc
    awk 'BEGIN { srand(5); print "ncols 140\nnrows 120\nxllcorner 249990\nyllcorner 9749990\ncellsize 30"
        for (r = 0; r < 120; r++) { for (c = 0; c < 140; c++) printf "%d ", 1 + 6 * rand(); print "" } }' >m.asc
    gdal_translate -q -ot Float32 -a_srs EPSG:32721 v.asc "$LST"
    gdal_translate -q -ot Byte -a_srs EPSG:32721 c.asc "${LST/_LST_doy/_cloud_doy}"
    gdal_translate -q -ot Byte -a_srs EPSG:32721 m.asc map.tif
    rules='--keep cloud=0 --mask map.tif --classes 3-6'
    eco-grid --bounds 250000,9750000,254000,9753300 --res 1000,660 --crs EPSG:32721 >grid.txt
    # shellcheck disable=SC2086
    eco-regrid --grid grid.txt --min-coverage 0 --bands mean,stddev,n,min,max,median $rules -o coarse.tif "$LST" >status
    awk 'BEGIN { printf "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::32721\"}},\"features\":["
        for (r = 0; r < 5; r++) for (c = 0; c < 4; c++) { x = 250000 + 1000 * c; y = 9753300 - 660 * r
            printf "%s{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%d,%d],[%d,%d],[%d,%d],[%d,%d],[%d,%d]]]}}",
                sep, x, y, x + 1000, y, x + 1000, y - 660, x, y - 660, x, y; sep = "," }
        print "]}" }' >cells.geojson
    # shellcheck disable=SC2086
    eco-sample --no-provenance --polygons cells.geojson --stat mean,stddev,n,min,max,median $rules "$LST" |
        grep -v '^#' | cut -f 4-9 >ours
    for b in 1 2 3 4 5 6; do
        gdal_translate -q -b $b -of XYZ coarse.tif /vsistdout/ | cut -d' ' -f 3 >band$b
    done
    paste band? | paste ours - | awk '
        { for (i = 1; i <= 6; i++) { d = $i - $(i + 6); if (d * d > (2e-7 * $i) ^ 2) exit 1 } }
        END { if (NR != 20) exit 1 }'
}

@test "a fallback for the year that a map lacks" {
    raster "$NEXT" '10 20 30\n40 50 60'
    local later=ECO_L2T_LSTE.002_LST_doy2021221094621_aid0001_21S.tif maps
    maps=(--mask 'forest_{year}.tif' --classes 3)
    cp "$NEXT" "$later"
    [ "$(column value --cells "${maps[@]}" --fallback 2019=2018,2021=2020 "$NEXT" "$later")" = '50 60 10 20 50 60 10 20' ]
    [ "$(column value --points points.tsv "${maps[@]}" --fallback 2021=2020 "$later")" = '10 20 NaN NaN' ]
    [ "$(column sum --polygons all.geojson --stat sum "${maps[@]}" --fallback 2021=2020 "$later")" = 140 ]
    # Only where it is missing.
    raster forest_2021.tif '9 9 9\n3 9 9' -ot Byte -a_nodata none
    [ "$(column value --cells "${maps[@]}" --fallback 2021=2020 "$later")" = 40 ]
}

# said STATUS OPTION...: what a tool says of these options, without its name, in `said`, and
# that it ends so; the same of all tools that take them.
said() {
    local code=$1 tool first=
    shift
    for tool in 'eco-regrid --grid grid.txt -o out.tif' 'eco-sample --cells' \
        "eco-plotspec panels --result coarse.tif --grid grid.txt --source"; do
        # shellcheck disable=SC2086
        run --separate-stderr $tool "${source:-$LST}" "$@"
        [ "$status" -eq "$code" ] || { echo "$tool $*: $status"; return 1; }
        [ "$(wc -l <<<"$stderr")" -eq 1 ] || { echo "$tool $*: $stderr"; return 1; }
        said=${stderr//${tool%% *}/TOOL}
        said=${said/ panels --help/ --help}
        [ "${first:=$said}" = "$said" ] || { echo "$tool $*: $said, not $first"; return 1; }
    done
}

@test "eco-regrid, eco-sample and eco-plotspec say the same of what is wrong" {
    printf '%s\n' '##eco.grid=1' '##crs=EPSG:32721' '##x0=250000' '##y0=9750200' '##dx=100' \
        '##dy=100' '##columns=3' '##rows=2' >grid.txt
    eco-regrid --grid grid.txt -o coarse.tif "$LST" >/dev/null
    local map=(--mask 'forest_{year}.tif' --classes 3) later
    said 2 --mask forest_2020.tif
    [[ $said = *'--mask forest_2020.tif: its --classes are needed'* ]]
    said 2 --mask forest_2020.tif --classes 3 --classes 15
    [[ $said = *'--classes: given twice for forest_2020.tif'* ]]
    said 2 --classes 3
    said 2 --mask forest_2020.tif --mask forest_2020.tif --classes 3
    said 2 --mask forest_2020.tif --classes x
    said 2 "${map[@]}" "${map[@]}" "${map[@]}" "${map[@]}" "${map[@]}" "${map[@]}" "${map[@]}" "${map[@]}" "${map[@]}"
    [[ $said = *'--mask: at most 8'* ]]
    said 2 --mask forest_2020.tif --classes 3 --fallback 2021=2020
    [[ $said = *'--fallback needs a --mask with {year} in its name'* ]]
    said 2 "${map[@]}" --fallback 2021
    said 2 --keep cloud
    said 2 --keep QC:colour=1
    said 2 --companion cloud
    said 2 --missing-companion no
    said 1 --mask gone.tif --classes 3
    said 1 --keep LST_err'<'2
    [[ $said = *'no LST_err layer for LST_err<2'* ]]
    later=ECO_L2T_LSTE.002_LST_doy2021221094621_aid0001_21S.tif
    cp "$LST" "$later"
    eco-regrid --grid grid.txt -o coarse.tif "$later" >/dev/null
    source=$later
    said 1 "${map[@]}"
    [[ $said = *"$later: no class map for 2021: forest_2021.tif"* ]]
    said 1 "${map[@]}" --fallback 2021=2019
    [[ $said = *"neither forest_2021.tif nor its fallback forest_2019.tif"* ]]
    cp "$LST" plain.tif
    eco-regrid --grid grid.txt -o coarse.tif plain.tif >/dev/null
    source=plain.tif
    said 1 "${map[@]}"
    [[ $said = *'plain.tif: its name tells no year to choose a class map by'* ]]
}

@test "a companion or map that is missing, and wrong usage" {
    rm ./*_cloud_*
    for mode in --cells '--points points.tsv' '--polygons all.geojson'; do
        # shellcheck disable=SC2086
        run --separate-stderr eco-sample $mode --keep cloud=0 "$LST"
        [ "$status" -eq 1 ]
        one_message cloud
        [ -z "$(grep -v '^#' <<<"$output")" ]
        # shellcheck disable=SC2086
        run --separate-stderr eco-sample $mode --keep cloud=0 --missing-companion warn "$LST"
        [ "$status" -eq 0 ]
        [[ $stderr == *warning*cloud* ]]
        # shellcheck disable=SC2086
        run --separate-stderr eco-sample $mode --mask 'forest_{year}.tif' --classes 3 "${LST/doy2020/doy2019}" "$LST"
        [ "$status" -eq 1 ]
    done
    cp "$LST" plain.tif
    run --separate-stderr eco-sample --cells --mask 'forest_{year}.tif' --classes 3 plain.tif
    [ "$status" -eq 1 ]
    one_message plain.tif
    for bad in '--mask forest_2020.tif' '--classes 3' '--mask a --classes x' '--keep cloud' \
        '--missing-companion no' '--mask a --classes 3 --classes 4'; do
        # shellcheck disable=SC2086
        run --separate-stderr eco-sample --cells $bad "$LST"
        [ "$status" -eq 2 ] || { echo "$bad: $status"; return 1; }
    done
}
