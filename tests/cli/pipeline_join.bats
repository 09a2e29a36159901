# The flow: tiles of an overpass as one target, and scenes that are chosen.
load ../lib/common
load ../lib/flow

T=ECOv002_L2T_LSTE
setup() {
    unset MAKEFLAGS MFLAGS MAKELEVEL
    cd "$BATS_TEST_TMPDIR" || exit
    mkdir scenes
    # Two overpasses: of the first four tiles, of the second two, and one of AppEEARS.
    local whole n=0 o
    for o in 11822_001:20200808T235930 11838_004:20200810T012200; do
        awk -v s=$((n += 1)) 'BEGIN { srand(s)
            print "ncols 60\nnrows 60\nxllcorner 250000\nyllcorner 9745800\ncellsize 70\nnodata_value -9999"
            for (i = 0; i < 60; i++) { for (j = 0; j < 60; j++) printf "%s ", 290 + 20 * rand(); print "" } }' >whole.asc
        whole=whole_$n.tif
        gdal_translate -q -ot Float32 -a_srs EPSG:32721 -mo units=K whole.asc $whole
        gdal_translate -q -srcwin 0 0 33 60 $whole "scenes/${T}_${o%:*}_21MTT_${o#*:}_0710_01_LST.tif"
        gdal_translate -q -srcwin 30 0 30 60 $whole "scenes/${T}_${o%:*}_21MUT_${o#*:}_0710_01_LST.tif"
    done
    rm scenes/*11822*21MUT*
    gdal_translate -q -srcwin 30 0 30 33 whole_1.tif scenes/${T}_11822_001_21MUT_20200808T235930_0710_01_LST.tif
    gdal_translate -q -srcwin 30 30 30 30 whole_1.tif scenes/${T}_11822_002_21MUT_20200809T000022_0710_01_LST.tif
    cp whole_2.tif scenes/ECO_L2T_LSTE.002_LST_doy2020225012200_aid0001_21S.tif
    eco-grid --bounds 250300,9746000,253800,9749500 --res 700 --crs EPSG:32721 >grid.txt
    printf '%s\n' 'SITES := K' 'VARS := LST' 'SCENES := scenes/*.tif' 'GRID := grid.txt' 'PLOTS := no' 'MIN_COVERAGE := 0.9' >config.mk
}
coarse=out/K/LST/coarse
first=Regrid_ECO_L2T_LSTE.002_LST_ECO_11822
second=Regrid_ECO_L2T_LSTE.002_LST_ECO_11838

column() { # of the scenes' table, by its name
    awk -F '\t' -v name="$1" '/^#/ { for (i = 1; i <= NF; i++) if ($i == name || $i == "#" name) c = i; next } { print $c }' out/K/LST.scenes.tsv
}
values() {
    gdal_translate -q -of ENVI "$1" "$1.bytes" && sha256sum <"$1.bytes"
}

@test "tiles of an overpass are one target, and give what the scene gives" {
    run_flow
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(cd $coarse && echo *.tif)" = "$first.tif $second.tif Regrid_ECO_L2T_LSTE.002_LST_doy2020225012200_aid0001_21S.tif" ]
    for n in 1 2; do
        eco-regrid --grid grid.txt --min-coverage 0.9 -o whole.tif whole_$n.tif >/dev/null
        [ $n -eq 1 ] && raster=$coarse/$first.tif || raster=$coarse/$second.tif
        [ "$(values whole.tif)" = "$(values $raster)" ]
    done
    [ "$(column status | xargs)" = 'ok ok ok' ]
    # Nothing is due, nor is anything after the table was lost.
    mark
    run_flow
    nothing_done
    [ -z "$(flow -s due)" ]
    rm out/K/LST.scenes.tsv
    flow >/dev/null
    [ -z "$(find $coarse -newer mark)" ]
    flow verify SAMPLE=all | grep -q '3 coarse rasters are what their scenes give'
    [[ $(flow -s status) == *$'K/LST\t3\t0\t0\t0\t0\t0' ]]
}

@test "the picture of an overpass says which of its tiles it shows" {
    flow >/dev/null
    plot=(sh "$ROOT/pipelines/pictures/plot.sh" best svg)
    for n in 11822:3 11838:2; do
        grep "^#\|_${n%:*}_" out/K/LST.scenes.tsv >out/K/LST-${n%:*}.scenes.tsv
        ln -s LST out/K/LST-${n%:*}
        run --separate-stderr "${plot[@]}" out/K/LST-${n%:*}.scenes.tsv --grid grid.txt --
        [ "$status" -eq 0 ] && [ -z "$stderr" ] || { echo "$stderr"; false; }
        grep -q "${n%:*}_00._21M[TU]T_.*LST.tif, [12] of ${n#*:} that were joined" <<<"$output"
    done
    # A scene that is no part of it is told still.
    run --separate-stderr eco-plotspec panels --source whole_1.tif --result $coarse/$first.tif --grid grid.txt
    one_message "it was made from ECOv002"
    [[ $output != *'that were joined'* ]]
}

@test "what changes of an overpass makes that one again" {
    flow >/dev/null
    mark
    touch scenes/*11838*21MUT*
    [ "$(flow -s due)" = $coarse/$second.tsv ]
    flow >/dev/null
    [ "$(find $coarse -name '*.tif' -newer mark)" = $coarse/$second.tif ]
    # A tile that is gone, and one that comes, old as it may be.
    mark
    mv scenes/*11838*21MUT* .
    flow >/dev/null
    [ "$(find $coarse -name '*.tif' -newer mark)" = $coarse/$second.tif ]
    mark
    mv ./*11838*21MUT* scenes
    flow >/dev/null
    [ "$(find $coarse -name '*.tif' -newer mark)" = $coarse/$second.tif ]
    mark
    run_flow
    nothing_done
}

@test "a truncated tile: the rest is there, it is told, and tried again" {
    tile=$(echo scenes/*11838*21MUT*)
    cp "$tile" good.tif
    truncate -s 400 "$tile"
    run_flow
    [ "$status" -ne 0 ]
    [[ $stderr == *"$tile"* ]]
    [[ $output == *'2 ok, 1 partial'* ]]
    [ -e $coarse/$second.tif ]
    [[ $(flow -s status 2>/dev/null) == *$'K/LST\t2\t0\t0\t1\t0\t0' ]]
    mark
    flow >/dev/null 2>&1 || true
    [ "$(find $coarse -name '*.tif' -newer mark)" = $coarse/$second.tif ]
    cp good.tif "$tile"
    run_flow
    [ "$status" -eq 0 ]
    [ "$(column status | xargs)" = 'ok ok ok' ]
}

@test "a link to nothing among tiles: told, and the others are used" {
    rm scenes/*11838*21MUT*
    ln -s /nonexistent scenes/${T}_11838_004_21MUT_20200810T012200_0710_01_LST.tif
    run_flow
    [ "$status" -ne 0 ]
    [[ $stderr == *'21MUT_20200810T012200_0710_01_LST.tif: a link to nothing'* ]]
    [ -e $coarse/$second.tif ]
}

@test "JOIN: no makes each file its own, overpass all that names tell" {
    flow JOIN=no >/dev/null
    [ "$(count $coarse/*.tif)" -eq 6 ]
    rm -r out
    cp whole_1.tif scenes/ECO_L2T_LSTE.002_LST_doy2020225012252_aid0001_21S.tif
    flow JOIN=overpass >/dev/null
    [ "$(count $coarse/*.tif)" -eq 3 ]
    [ -e $coarse/Regrid_ECO_L2T_LSTE.002_LST_ECO_20200812T012200.tif ]
    run_flow JOIN=maybe
    [ "$status" -ne 0 ]
    [[ $stderr == *'JOIN=maybe: not tiles, overpass or no'* ]]
}

@test "CHOOSE: which scenes, as eco-index chooses" {
    flow CHOOSE='--from 2020-08-10' >/dev/null
    [ "$(column time | wc -l)" -eq 2 ]
    [ ! -e $coarse/$first.tif ]
    # One tile is left out by a list beside the configuration.
    echo ${T}_11838_004_21MUT_20200810T012200_0710_01_LST >bad.txt
    flow CHOOSE='--from 2020-08-10 --exclude bad.txt' >/dev/null
    gdalinfo $coarse/$second.tif | grep -qx "  ECO_SOURCE=${T}_11838_004_21MTT_20200810T012200_0710_01_LST.tif"
    run_flow CHOOSE='--months 13'
    [ "$status" -ne 0 ]
    [[ $stderr == *'--months: not months'* ]]
    run_flow CHOOSE='--months 1'
    [ "$status" -ne 0 ]
    [[ $stderr == *'K LST: no scene of layer LST'* ]]
}

@test "tables have the place's own time, and the columns that are asked for" {
    flow >/dev/null
    [[ $(head -n 1 out/K/LST.csv) == *,solar_time,local_date ]]
    # A night's overpass of the tenth by UTC is of the ninth there: UTC - 3.9 h.
    awk -F , 'NR > 1 && $11 == "2020-08-10T01:22:00Z" && ($NF != "2020-08-09" || $(NF - 1) !~ /^2020-08-09T21:(1[89]|2)/) { print; exit 1 }' out/K/LST.csv
    flow COLUMNS=local_date,LST,y,x >/dev/null
    head -n 1 out/K/LST.csv | grep -qx local_date,LST,y,x
    diff <(eco-sample --cells --csv --local-time $coarse/*11822.tif | awk -F , -v OFS=, 'NR > 1 { print $NF, $6, $9, $8 }') \
        <(awk -F , 'NR > 1 && /^2020-08-08/' out/K/LST.csv)
    run_flow COLUMNS=LST,nothing
    [ "$status" -ne 0 ]
    [[ $stderr == *'no column is named "nothing"; there are date,'* ]]
    [ ! -e out/K/LST.csv ]
}

@test "FORMAT: gzip, records, polygons for QGIS" {
    flow FORMAT='CSV CSV.gz tsv GPKG' >/dev/null
    zcat out/K/LST.csv.gz | cmp - out/K/LST.csv
    printf '%s\n' $coarse/*.tif | sed 's/\(.*_11822\)/0 \1/;s/\(.*_11838\)/1 \1/;s/\(.*doy\)/2 \1/' | sort | cut -d' ' -f2 >list
    eco-sample --cells --no-provenance --local-time <list >want.tsv
    diff <(sort want.tsv) <(sort out/K/LST.tsv)
    # GDAL reads the same cells: as many, their values, each 700 m square around its place.
    ogr2ogr -f CSV back.csv out/K/LST.gpkg -sql "SELECT x, y, LST, date, ST_MinX(geom) AS w, ST_MaxX(geom) AS e, ST_MinY(geom) AS s, ST_MaxY(geom) AS n FROM LST"
    [ "$(wc -l <back.csv)" -eq "$(wc -l <out/K/LST.csv)" ]
    awk -F , 'NR > 1 && ($1 - $5 != 350 || $6 - $1 != 350 || $2 - $7 != 350 || $8 - $2 != 350) { print; exit 1 }' back.csv
    diff <(awk -F , 'NR > 1 { printf "%.9g %.9g %.7g\n", $8, $9, $6 }' out/K/LST.csv | sort) <(awk -F , 'NR > 1 { printf "%.9g %.9g %.7g\n", $1, $2, $3 }' back.csv | sort)
    ogrinfo -ro -so out/K/LST.gpkg LST | grep -q 'date: Date'
    ogrinfo -ro -so out/K/LST.gpkg LST | grep -q 'LST: Real'
    ogrinfo -ro -so out/K/LST.gpkg LST | grep -q 'unit.LST=K'
    grep -qx '##unit.LST=K' out/K/LST.tsv
    ogrinfo -ro -so out/K/LST.gpkg LST | grep -q 'UTM zone 21S'
    run_flow FORMAT=xlsx
    [ "$status" -ne 0 ]
    [[ $stderr == *'FORMAT=xlsx: not of CSV, CSV.gz, tsv, parquet, GPKG'* ]]
    ogr2ogr --formats | grep -q Parquet || {
        run_flow FORMAT=parquet
        [ "$status" -ne 0 ]
        [[ $stderr == *'FORMAT: parquet: no ogr2ogr of GDAL here writes it'* ]]
    }
}

@test "TABLE_BY: a new scene rewrites the table of its month alone" {
    cp whole_1.tif scenes/ECO_L2T_LSTE.002_LST_doy2021001012200_aid0001_21S.tif
    flow TABLE_BY=month >/dev/null
    [ "$(cd out/K && echo LST.*.csv)" = 'LST.2020-08.csv LST.2021-01.csv' ]
    flow OUT=one >/dev/null
    diff <(sort -u out/K/LST.*.csv) <(sort -u one/K/LST.csv)
    mark
    cp whole_2.tif scenes/ECO_L2T_LSTE.002_LST_doy2021033012200_aid0001_21S.tif
    touch -d 2020-01-01 scenes/*2021033*
    flow TABLE_BY=month >/dev/null
    [ "$(find out/K -name '*.csv' -newer mark)" = out/K/LST.2021-02.csv ]
    # One that changes, one that is gone, and nothing.
    mark
    touch scenes/*2021001*
    flow TABLE_BY=month >/dev/null
    [ "$(find out/K -name '*.csv' -newer mark)" = out/K/LST.2021-01.csv ]
    mark
    rm scenes/*2021033*
    flow TABLE_BY=month >/dev/null
    [ -z "$(find out/K -name '*.csv' -newer mark)" ]
    [ ! -e out/K/LST.2021-02.csv ]
    mark
    run_flow TABLE_BY=month
    nothing_done
    # A table that is lost, and other columns.
    rm out/K/LST.2020-08.csv
    flow TABLE_BY=month >/dev/null
    flow TABLE_BY=month COLUMNS=LST,x,y >/dev/null
    [ "$(cat out/K/LST.*.csv | grep -c '^LST,x,y$')" -eq 2 ]
    flow TABLE_BY=year FORMAT=CSV.gz >/dev/null
    [ "$(cd out/K && echo LST.*.csv.gz)" = 'LST.2020.csv.gz LST.2021.csv.gz' ]
    run_flow TABLE_BY=day
    [ "$status" -ne 0 ]
}

@test "beside CSV stands what its columns are, and in which unit" {
    flow FORMAT='CSV CSV.gz' >/dev/null
    for f in csv csv.gz; do
        json=out/K/LST.$f-metadata.json
        [ "$(jq -r '."@context", .tables[].url' $json | xargs)" = "http://www.w3.org/ns/csvw LST.$f" ]
        diff <(jq -r '.tables[0].tableSchema.columns[].titles' $json) <(head -n 1 out/K/LST.csv | tr , '\n')
        [ "$(jq -r '.tables[0].tableSchema.columns[] | select(."schema:unitText") | .titles + " " + ."schema:unitText" + " " + .datatype' $json)" = 'LST K number' ]
        [ "$(jq -r '.tables[0].tableSchema.columns[] | select(.titles == "local_date") | .datatype' $json)" = date ]
    done
    flow TABLE_BY=year COLUMNS=LST,x >/dev/null
    [ "$(jq -r '.tables[] | .url, (.tableSchema.columns | map(.titles) | join(","))' out/K/LST.csv-metadata.json)" = $'LST.2020.csv\nLST,x' ]
    # A quote in a unit is JSON's.
    for f in scenes/*; do gdal_translate -q -mo units='"K\' "$f" x.tif && mv x.tif "$f"; done
    flow >/dev/null
    [ "$(jq -r '.tables[0].tableSchema.columns[] | ."schema:unitText" // empty' out/K/LST.csv-metadata.json)" = '"K\' ]
}

@test "tables of another FORMAT or TABLE_BY go once they are no longer what the scenes are" {
    flow FORMAT='CSV tsv' >/dev/null
    flow TABLE_BY=month >/dev/null
    flow FORMAT=CSV.gz >/dev/null
    # All are of the same scenes.
    for f in csv csv-metadata.json tsv 2020-08.csv csv.gz csv.gz-metadata.json; do [ -e "out/K/LST.$f" ]; done
    cp out/K/LST.csv before.csv
    run_flow FORMAT=CSV.gz
    nothing_done
    touch scenes/*11838*21MUT*
    flow FORMAT=CSV.gz >/dev/null
    [ "$(cd out/K && echo LST.*)" = 'LST.csv.gz LST.csv.gz-metadata.json LST.scenes.tsv' ]
    flow TABLE_BY=year >/dev/null
    flow >/dev/null
    cmp before.csv out/K/LST.csv
    touch scenes/*11838*21MUT*
    flow >/dev/null
    [ "$(cd out/K && echo LST.*)" = 'LST.csv LST.csv-metadata.json LST.scenes.tsv' ]
}
