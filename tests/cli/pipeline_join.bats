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
        gdal_translate -q -ot Float32 -a_srs EPSG:32721 whole.asc $whole
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
