# eco-sample --cells: every cell with a value, as records and as a table.
load ../lib/common
load ../lib/raster

NAME=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# The records alone.
cells() {
    eco-sample --cells --no-provenance "$@" | grep -v '^#'
}

@test "rows come with y ascending, whichever way the raster runs" {
    raster up.tif '1.5 2 3\n4 -9999 6'
    # The same picture, its first row in the south.
    raster down.tif '4 -9999 6\n1.5 2 3' -a_ullr 250000 9750000 250300 9750200
    cells up.tif | cut -f 2,3,7,11 >up
    cells down.tif | cut -f 2,3,7,11 >down
    printf '%s\n' $'250050\t9750050\t4\t250050_9750050' $'250250\t9750050\t6\t250250_9750050' \
        $'250050\t9750150\t1.5\t250050_9750150' $'250150\t9750150\t2\t250150_9750150' \
        $'250250\t9750150\t3\t250250_9750150' >expected
    diff up expected
    diff down expected
}

@test "longitude and latitude are those of cs2cs" {
    raster a.tif '1 2 3\n4 5 6'
    cells a.tif | cut -f 2,3 | cs2cs -f %.12f EPSG:32721 +to EPSG:4326 |
        awk '{print $2, $1}' >theirs
    cells a.tif | cut -f 4,5 | paste - theirs |
        awk '{d = $1 - $3; e = $2 - $4; if (d * d + e * e > 1e-22) exit 1; n++} END {exit n != 6}'
}

@test "time and layer come from the name, or from the tags that eco-regrid writes" {
    raster "$NAME.tif" '1 2 3\n4 5 6'
    raster tagged.tif '1 2 3\n4 5 6' -mo ECO_LAYER=SM -mo ECO_TIME=2021-03-04T05:06:07Z
    raster plain.tif '1 2 3\n4 5 6'
    run --separate-stderr cells "$NAME.tif" tagged.tif plain.tif
    [ "$status" -eq 0 ]
    [[ ${lines[0]} == 2020-08-08T09:46:21Z$'\t'*$'\t'LST$'\t'* ]]
    [[ ${lines[6]} == 2021-03-04T05:06:07Z$'\t'*$'\t'SM$'\t'* ]]
    [[ ${lines[12]} == NA$'\t'*$'\t'NA$'\t'* ]]
}

@test "coverage, n and stddev stand where the raster has bands of those names" {
    raster a.tif '1 2 3\n4 5 6'
    raster b.tif '0.1 0.2 0.3\n0.4 0.5 0.6'
    raster c.tif '9 8 7\n6 5 4'
    gdalbuildvrt -q -separate all.vrt c.tif a.tif b.tif
    # The bands in another order than the columns, the mean not first.
    sed -i 's,<VRTRasterBand dataType="Float32" band="1">,&<Description>n</Description>,
            s,<VRTRasterBand dataType="Float32" band="2">,&<Description>mean</Description>,
            s,<VRTRasterBand dataType="Float32" band="3">,&<Description>coverage</Description>,' all.vrt
    cells all.vrt | cut -f 7-10 >got
    printf '%s\n' $'4\t0.4\t6\tNaN' $'5\t0.5\t5\tNaN' $'6\t0.6\t4\tNaN' $'1\t0.1\t9\tNaN' \
        $'2\t0.2\t8\tNaN' $'3\t0.3\t7\tNaN' >expected
    diff got expected
}

@test "the table has the columns that notebooks know, then the rest" {
    raster "$NAME.tif" '-9999 2 -9999\n-9999 -9999 -9999'
    run --separate-stderr eco-sample --cells --csv "$NAME.tif"
    [ "${lines[0]}" = date,year,doy,latitude,longitude,LST,pixel_id,x,y,filename,time,coverage,n ]
    [[ ${lines[1]} == 2020-08-08,2020,221,-2.25*,-59.24*,2,250150_9750150,250150,9750150,$NAME.tif,2020-08-08T09:46:21Z,NaN,NaN ]]
    [ "${#lines[@]}" -eq 2 ]
    run --separate-stderr eco-sample --cells --csv --name 'LST, K' "$NAME.tif"
    [[ ${lines[0]} == *',"LST, K",pixel_id,'* ]]
}

@test "a file name with blanks and commas stays one field" {
    raster 'a, b.tif' '1 2 3\n4 5 6'
    run --separate-stderr eco-sample --cells --csv 'a, b.tif'
    [[ ${lines[1]} == *',"a, b.tif",NA,NaN,NaN' ]]
    [ "$(cells 'a, b.tif' | head -1 | cut -f 12)" = 'a, b.tif' ]
}

@test "pixel ids are cut off toward zero, also west and south of it" {
    raster a.tif '1 2 3\n4 5 6' -a_ullr -1.5 0.5 1.5 -1.5 -a_srs EPSG:4326
    cells a.tif | cut -f 2,3,11 >got
    printf '%s\n' $'-1\t-1\t-1_-1' $'0\t-1\t0_-1' $'1\t-1\t1_-1' $'-1\t0\t-1_0' $'0\t0\t0_0' \
        $'1\t0\t1_0' >expected
    diff got expected
    raster b.tif '1 2 3\n4 5 6' -a_ullr -1 0.5 0.5 -0.5 -a_srs EPSG:4326
    [ "$(cells b.tif | head -1 | cut -f 2,3,11)" = $'-0.75\t-0.25\t0_0' ]
}

@test "scaled integers are values, and their text reads back" {
    raster a.tif '15000 15001 15002\n0 15003 15004' -ot UInt16 -a_nodata 0 -a_scale 0.02
    cells a.tif | cut -f 7 >got
    printf '%s\n' 300.06 300.08 300 300.02 300.04 >expected
    diff got expected
}

@test "many rows and blocks: all pixels once, each with its own value" {
    # A pixel's value tells its place; tiles of 16 x 16 in a raster of 50 x 40.
    awk 'BEGIN { print "ncols 50\nnrows 40\nxllcorner 0\nyllcorner 0\ncellsize 1"
        for (r = 39; r >= 0; r--) { for (c = 0; c < 50; c++) printf "%d ", 1000 * c + r; print "" } }' >a.asc
    gdal_translate -q -ot Int32 -a_srs EPSG:32721 -co TILED=YES -co BLOCKXSIZE=16 \
        -co BLOCKYSIZE=16 -co COMPRESS=DEFLATE a.asc a.tif
    cells a.tif | awk -F'\t' '$7 != 1000 * int($2) + int($3) { exit 1 }
        NR > 1 && !($3 > y || ($3 == y && $2 > x)) { exit 1 } { x = $2; y = $3 }
        END { if (NR != 2000) exit 1 }'
}

@test "a raster too large for its coordinates to be kept as text is the same" {
    gdal_create -q -of GTiff -ot Byte -outsize 1000 300 -burn 7 -a_srs EPSG:32721 \
        -a_ullr 0 300 1000 0 a.tif
    cells a.tif | awk -F'\t' '$2 != (NR - 1) % 1000 + 0.5 || $3 != int((NR - 1) / 1000) + 0.5 ||
        $11 != int($2) "_" int($3) { exit 1 } END { if (NR != 300000) exit 1 }'
}

@test "unlike grids in one stream keep their own coordinates" {
    raster a.tif '1 2 3\n4 5 6'
    raster b.tif '1 2 3\n4 5 6' -a_ullr 0 20 30 0
    cells a.tif b.tif a.tif | cut -f 2 | uniq | sort | uniq -c | awk '{print $1, $2}' >got
    printf '%s\n' '4 250050' '4 250150' '4 250250' '2 15' '2 25' '2 5' | sort >expected
    sort got | diff - expected
}

@test "a raster in another CRS is refused, unless each record names its CRS" {
    raster a.tif '1 2 3\n4 5 6'
    raster b.tif '1 2 3\n4 5 6' -a_srs EPSG:32720
    run --separate-stderr eco-sample --cells --no-provenance a.tif b.tif a.tif
    [ "$status" -eq 1 ]
    one_message b.tif
    [ "$(grep -vc '^#' <<<"$output")" -eq 12 ]
    [ "${lines[0]}" = '##crs=EPSG:32721' ]
    run --separate-stderr eco-sample --cells --no-provenance --crs-column a.tif b.tif
    [ "$status" -eq 0 ]
    [ "$(grep -c $'\tEPSG:32720\tb.tif$' <<<"$output")" -eq 6 ]
    [[ $output != *'##crs='* ]]
}

@test "units stand in the metadata; another unit for a layer is refused" {
    raster a.tif '1 2 3\n4 5 6' -mo units=K -mo ECO_LAYER=LST
    raster b.tif '1 2 3\n4 5 6' -mo units=degC -mo ECO_LAYER=LST
    raster c.tif '1 2 3\n4 5 6' -mo units=1 -mo ECO_LAYER=SM
    run --separate-stderr eco-sample --cells --no-provenance a.tif b.tif c.tif
    [ "$status" -eq 1 ]
    one_message b.tif
    # Of all layers, before the legend.
    [ "$(sed -n '/^#time/q; /^##unit/p' <<<"$output" | xargs)" = '##unit.LST=K ##unit.SM=1' ]
    [ "$(grep -c unit <<<"$output")" -eq 2 ]
}

@test "one table takes one layer" {
    raster "$NAME.tif" '1 2 3\n4 5 6'
    raster "${NAME/LST_doy/LST_err_doy}.tif" '1 2 3\n4 5 6'
    run --separate-stderr eco-sample --cells --csv ./*.tif
    [ "$status" -eq 1 ]
    one_message LST_err_doy
    [ "${#lines[@]}" -eq 7 ]
}

@test "a raster that cannot be read is told and the others go on" {
    raster a.tif '1 2 3\n4 5 6'
    head -c 300 a.tif >cut.tif
    echo text >text.tif
    gdal_translate -q raster.asc nowhere.tif # no CRS
    for bad in cut.tif text.tif nowhere.tif missing.tif; do
        run --separate-stderr eco-sample --cells --csv "$bad" a.tif
        [ "$status" -eq 1 ]
        one_message "$bad"
        [ "${#lines[@]}" -eq 7 ]
    done
}

@test "paths are read from stdin, as lines or as records" {
    raster a.tif '1 2 3\n4 5 6'
    cells a.tif >expected
    echo a.tif | cells | diff - expected
    printf '#status\tpath\nok\ta.tif\n' | cells | diff - expected
    echo a.tif | cells - | diff - expected
}

@test "no rasters, or none with a value, is a head alone" {
    run --separate-stderr eco-sample --cells --csv </dev/null
    [ "$status" -eq 0 ]
    [ "$output" = date,year,doy,latitude,longitude,value,pixel_id,x,y,filename,time,coverage,n ]
    raster a.tif '-9999 -9999 -9999\n-9999 -9999 -9999'
    run --separate-stderr eco-sample --cells --no-provenance a.tif
    [ "$status" -eq 0 ]
    [ -z "$(grep -v '^#' <<<"$output")" ]
}

@test "wrong usage is 2, a full disk 3" {
    raster a.tif '1 2 3\n4 5 6'
    run --separate-stderr eco-sample a.tif
    [ "$status" -eq 2 ]
    run --separate-stderr eco-sample --cells --name X a.tif
    [ "$status" -eq 2 ]
    run --separate-stderr bash -c 'eco-sample --cells a.tif >/dev/full'
    [ "$status" -eq 3 ]
    one_message stdout
}

@test "the published table of 157 rasters, field for field" {
    need_data amazon/real_outputs
    zcat "$DATA/amazon/expected/Tables_CSVs/ATTO_LST.csv.gz" >expected.csv
    eco-sample --cells --csv "$DATA"/amazon/real_outputs/ATTO/LST/*.tif | cut -d, -f 1-9 >got.csv
    [ "$(wc -l <got.csv)" -eq 41803 ]
    diff <(cut -d, -f 1-3,6-9 got.csv) <(cut -d, -f 1-3,6-9 expected.csv)
    # Longitude and latitude may differ in the last digit with another PROJ.
    paste -d, got.csv expected.csv | awk -F, 'NR > 1 { a = $4 - $13; b = $5 - $14
        if (a > 1e-9 || a < -1e-9 || b > 1e-9 || b < -1e-9) exit 1; n++ } END { exit n != 41802 }'
}

# The records of eco-regrid for a scene that is averaged, one that lies elsewhere and, with
# another argument, one that cannot be read; in `records`.
# shellcheck disable=SC2120
regridded() {
    raster "$NAME.tif" '1 2 3\n4 -9999 6'
    raster far.tif '1 2 3\n4 5 6' -a_ullr 300000 9750200 300300 9750000
    eco-grid --bounds 250000,9750000,250300,9750200 --res 300,100 --crs EPSG:32721 >grid.txt
    eco-regrid --grid grid.txt --out-dir 'a folder' "$NAME.tif" far.tif "$@" >records
}

@test "records of eco-regrid stand for their outputs; those without one are told" {
    regridded
    eco-sample --no-provenance --cells "a folder/Regrid_$NAME.tif" >expected
    [ "$(grep -vc '^#' expected)" -eq 2 ]
    run --separate-stderr eco-sample --no-provenance --cells <records
    [ "$status" -eq 0 ]
    one_message 'stdin: records without an output: 1'
    diff expected - <<<"$output"
    # The same in the other modes, and in eco-index.
    printf '#x\ty\n250150\t9750150\n' >sites.tsv
    printf '%s' '{"type": "Polygon", "coordinates": [[[250000, 9750000], [250300, 9750000],
        [250300, 9750200], [250000, 9750000]]]}' >area.geojson
    ogr2ogr -q -a_srs EPSG:32721 area.gpkg area.geojson
    for mode in '--points sites.tsv --points-crs EPSG:32721' '--polygons area.gpkg'; do
        # shellcheck disable=SC2086
        eco-sample --no-provenance $mode "a folder/Regrid_$NAME.tif" >expected
        # shellcheck disable=SC2086
        eco-sample --no-provenance $mode <records 2>told | diff expected -
        [ "$(wc -l <told)" -eq 1 ]
    done
    eco-index --no-provenance --open "a folder/Regrid_$NAME.tif" >expected
    eco-index --no-provenance --open <records 2>told | diff expected -
    # What eco-index says of rasters has no output: there it is the path.
    eco-index "$NAME.tif" | eco-sample --no-provenance --cells | diff <(eco-sample --no-provenance --cells "$NAME.tif") -
}

@test "a record that failed makes what is made of the records fail, for all that is there" {
    echo text >text.tif
    run ! regridded text.tif
    eco-sample --no-provenance --cells "a folder/Regrid_$NAME.tif" >expected
    for tool in 'eco-sample --cells' 'eco-sample --cells -' eco-index \
        'eco-regrid --grid grid.txt --out-dir again'; do
        # shellcheck disable=SC2086
        run --separate-stderr $tool --no-provenance <records
        [ "$status" -eq 1 ] || { echo "$tool: $status"; return 1; }
        one_message 'stdin: records without an output: 2 (1 failed)'
        [[ $tool != *sample* ]] || diff expected - <<<"$output"
    done
    [ "$(find again -type f)" = "again/Regrid_Regrid_$NAME.tif" ]
    # Any records with that column are so, and an escaped path; a status is not needed.
    printf '#output\n%s\nNA\n' "a folder/Regrid_$NAME.tif" >records
    run --separate-stderr eco-sample --no-provenance --cells <records
    [ "$status" -eq 0 ]
    one_message 'stdin: records without an output: 1'
    diff expected - <<<"$output"
    # None at all is a table without rows.
    run --separate-stderr eco-sample --no-provenance --cells <<<$'#path\tstatus\toutput\na.tif\toutside\tNA'
    [ "$status" -eq 0 ]
    one_message 'stdin: records without an output: 1'
    [ "$(grep -vc '^#' <<<"$output")" -eq 0 ]
    # An empty field is an error, as everywhere.
    run --separate-stderr eco-sample --no-provenance --cells <<<$'#path\toutput\na.tif\t'
    [ "$status" -eq 1 ]
    one_message stdin:2
}

@test "cells that two scenes of one overpass put into a table are counted" {
    local first=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
    local second=${first/094621/094713} later=${first/094621/112000} err=${first/_LST_doy/_LST_err_doy}
    raster "$first" '1 2 -9999\n4 5 -9999'
    raster "$second" '-9999 20 30\n-9999 50 60'
    raster "$later" '7 7 7\n7 7 7'
    raster "$err" '1 1 1\n1 1 1'
    # 52 s apart, in any order; the next orbit and another layer are other things.
    for order in "$first $second $later $err" "$err $later $second $first"; do
        # shellcheck disable=SC2086
        run --separate-stderr eco-sample --cells $order
        [ "$status" -eq 0 ]
        one_message '2 cells stand in the table more than once, from scenes of one overpass such as'
        [[ $stderr == *"$first"* && $stderr == *"$second"* ]]
        [ "$(grep -vc '^#' <<<"$output")" -eq 20 ]
    done
    # As records say it, by awk.
    [ "$(eco-sample --cells "$first" "$second" 2>/dev/null | grep -v '^#' | cut -f 2,3 | sort | uniq -d | wc -l)" -eq 2 ]
    # A third has all four of one and what the second has besides.
    raster "${first/094621/094805}" '9 9 9\n9 9 -9999'
    run --separate-stderr eco-sample --cells --csv "$first" "$second" "${first/094621/094805}"
    one_message '7 cells stand in the table more than once'
    # What a rule removes is not there; other pixels are other cells; days are days.
    run --separate-stderr eco-sample --cells --keep 'LST<20' "$first" "$second"
    [[ $stderr != *'more than once'* ]]
    raster "$second" '1 2 3\n4 5 6' -a_ullr 250100 9750200 250400 9750000
    run --separate-stderr eco-sample --cells "$first" "$second"
    [ -z "$stderr" ]
    local day=MOD11A1.061_LST_doy2020221_aid0001.tif
    cp "$first" $day
    cp "$first" ${day/221/222}
    run --separate-stderr eco-sample --cells $day ${day/221/222}
    [ -z "$stderr" ]
    run --separate-stderr eco-sample --cells $day ./$day
    one_message '4 cells stand in the table more than once'
}

# The cells of two scenes, one with a name that CSV quotes.
named() {
    raster 'a, "b" (1).tif' '1 2 3\n4 5 -9999' -mo ECO_LAYER=LST
    raster ECO_L2T_LSTE.002_LST_doy2020223012200_aid0001_21S.tif '7 8 9\n10 11 12'
    printf '%s\n' 'a, "b" (1).tif' ECO*.tif >names
}

@test "--columns: those that are named, in their order, as CSV and records" {
    named
    eco-sample --cells --csv --name v --local-time <names >all.csv
    eco-sample --cells --csv --name v --local-time --columns y,filename,v,solar_time,time <names >some.csv
    if command -v python3 >/dev/null; then
        python3 -c 'import csv
want = ["y", "filename", "v", "solar_time", "time"]
rows = [[r[c] for c in want] for r in csv.DictReader(open("all.csv"))]
assert list(csv.reader(open("some.csv"))) == [want] + rows
assert len(rows) == 11 and rows[0][1] == "a, \"b\" (1).tif"'
    fi
    [ "$(head -n 1 some.csv)" = y,filename,v,solar_time,time ]
    [ "$(wc -l <some.csv)" -eq 12 ]
    # Each that is there, by itself.
    for column in $(head -n 1 all.csv | tr , ' '); do
        [ "$(eco-sample --cells --csv --name v --local-time --columns "$column" <names | wc -l)" -eq 12 ]
    done
    eco-sample --cells --no-provenance --columns path,value,time <names >some.tsv
    diff <(eco-sample --cells --no-provenance <names | awk -F '\t' -v OFS='\t' '/^##/ { print; next } { if (/^#/) { sub(/^#/, ""); m = "#" } else m = ""; print m $NF, $7, $1 }') some.tsv
}

@test "--local-time: the sun's time at each cell, and its day" {
    named
    # 59.2 W: 3 h 57 min before UTC, and the sun 5 min behind the clock in August.
    eco-sample --cells --csv --local-time --columns local_date,solar_time ECO*.tif >local.csv
    [ "$(wc -l <local.csv)" -eq 7 ]
    awk -F , 'NR > 1 && ($1 != "2020-08-09" || $2 !~ /^2020-08-09T21:(19|20)/) { print; exit 1 }' local.csv
    diff <(eco-sample --points - --points-crs EPSG:4326 --csv-in ECO*.tif < <(eco-sample --cells --csv --columns longitude,latitude ECO*.tif) 2>/dev/null | awk -F '\t' '/^#[^#]/ { for (i = 1; i <= NF; i++) if ($i == "solar_time") c = i } !/^#/ { print $c }' | sort) \
        <(tail -n +2 local.csv | cut -d , -f 2 | sort)
    # No time of day, no sun.
    [ "$(eco-sample --cells --csv --local-time --columns local_date,solar_time 'a, "b" (1).tif' | sort -u)" = $'NA,NA\nlocal_date,solar_time' ]
}

@test "a column that is not there, or is there twice, is told" {
    named
    run --separate-stderr eco-sample --cells --csv --columns x,elevation ECO*.tif
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    one_message '--columns: no column is named "elevation"; there are date,year,doy,'
    run --separate-stderr eco-sample --cells --columns x,y,x ECO*.tif
    [ "$status" -eq 2 ]
    one_message '--columns: "x" is there twice'
    run --separate-stderr eco-sample --cells --columns x,,y ECO*.tif
    [ "$status" -eq 2 ]
    # Without any raster: what was asked for.
    [ "$(eco-sample --cells --csv --columns LST,x </dev/null)" = LST,x ]
}
