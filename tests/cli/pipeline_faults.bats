# The flow against what befalls it: orphans, scenes that change, settings that are mistyped.
load ../lib/common
load ../lib/flow

setup_file() {
    make_input
}

setup() {
    begin_flow
}

@test "what a killed make has left at work, with other settings, cannot write over the next run" {
    own_regrid 'sleep 0.5'
    flow ECO_BIN=bin OUT=clean >/dev/null
    local how
    for how in KILL TERM INT; do
        rm -rf out
        setsid "${FLOW[@]}" ECO_BIN=bin REGRID=--raw MIN_COVERAGE=0 >/dev/null 2>&1 &
        local pid=$!
        sleep 0.8
        kill -$how $pid
        wait $pid || true
        flow ECO_BIN=bin >/dev/null 2>said || { cat said; false; }
        same_results out clean
        run --separate-stderr flow ECO_BIN=bin
        nothing_done
    done
}

@test "a scene that an older or another file has replaced is averaged again" {
    flow >/dev/null
    local one
    one=$(scene Serra LST 1)
    mark
    cp "$(scene Serra LST 0)" "$one"
    touch -d 2001-01-01 "$one"
    flow >/dev/null
    [ "$(made '*.tif')" = "$(coarse Serra LST 1)" ]
    run_flow
    nothing_done
}

@test "a scene whose process is killed has failed, though it has an older record" {
    flow >/dev/null
    local one
    one=$(basename "$(coarse Serra LST 1)" .tif)
    own_regrid "case \"\$*\" in *$one*) kill -KILL \$\$ ;; esac"
    run_flow ECO_BIN=bin MIN_COVERAGE=0.9
    [ "$status" -eq 2 ]
    [[ $stderr == *"eco: not all could be done:"*"$(scene Serra LST 1): not averaged"* ]] || { echo "$stderr"; false; }
    [ "$(grep -c "$one" out/Serra/LST.csv)" -eq 0 ]
    run_flow ECO_BIN=bin MIN_COVERAGE=0.9 status
    [ "$(awk -F '\t' '$1 == "Serra/LST" { print $5 }' <<<"$output")" -eq 1 ]
    run_flow MIN_COVERAGE=0.9
    [ "$status" -eq 0 ]
    flow MIN_COVERAGE=0.9 OUT=clean >/dev/null
    same_results out clean
}

@test "an eco-index that is killed leaves all as it was" {
    flow >/dev/null
    own_regrid ''
    rm bin/eco-index
    printf '#!/bin/sh\n"%s" "$@" | head -n 5\nkill -KILL $$\n' "$BUILD/bin/eco-index" >bin/eco-index
    chmod +x bin/eco-index
    mark
    run_flow ECO_BIN=bin
    [ "$status" -eq 2 ]
    [[ $stderr == *'eco: out/.eco: the plan was not written'* ]] || { echo "$stderr"; false; }
    [ -z "$(made)" ]
    run_flow
    nothing_done
}

@test "several patterns: each scene once" {
    flow OUT=one SITES=Serra VARS=LST >/dev/null
    flow SITES=Serra VARS=LST SCENES='input/scenes/Serra/*LST_*.tif input/scenes/S*/*.tif nowhere.tif input/scenes/Serra/' >/dev/null
    same_results one out
}

@test "a scene that is a link to nothing has failed, by that reason" {
    flow >/dev/null
    local one
    one=$(scene Serra LST 1)
    rm "$one"
    ln -s nowhere.tif "$one"
    run_flow
    [ "$status" -eq 2 ]
    [[ $stderr == *"$one: a link to nothing"* ]]
    run ! grep -q "${one##*/}" out/Serra/LST.csv
}

@test "a folder whose name is a pattern is that folder, and refused by name" {
    mkdir 'data[1]' data1
    cp input/scenes/Serra/*LST_* 'data[1]'
    run_flow SITES=Serra VARS=LST 'SCENES=data[1]/*.tif'
    [ "$status" -eq 2 ]
    [ "$(grep -c '^  data\[1\]/.*: a name with a blank' <<<"$stderr")" -eq 4 ]
}

@test "settings that are mistyped are told of by their line, before anything runs" {
    local bad
    for bad in 'MIN_COVERGE := 0.4' 'PLOTS := maybe' 'RES := 0.02' 'RES.Sera := 500' 'TIMEOUT := soon' 'MEM_PER_JOB := much' 'FALLBACK := 2023'; do
        write_config
        echo "$bad" >>config.mk
        run_flow
        [ "$status" -eq 2 ] || { echo "$bad"; false; }
        [[ $stderr == *"config.mk:10: ${bad%% *}: "* ]] || { echo "$bad: $stderr"; false; }
        [ -z "$(find out -name 'Regrid_*')" ]
    done
    write_config
    run_flow CLASSMAP=
    [ "$status" -eq 2 ]
    [[ $stderr == *"CLASSMAP: not set for"* ]]
}

@test "cells that are finer than pixels, or of another unit, are told of by their line, before a scene is averaged" {
    local setting line
    # A mean of parts of a pixel is one, so that is a warning.
    while IFS='|' read -r setting line; do
        write_config
        sed -i '/^RES/d; /^VARS/s/ NDVI//' config.mk
        tr ';' '\n' <<<"$setting" >>config.mk
        rm -rf out
        run_flow
        if [[ $line == *unit* ]]; then
            [ "$status" -eq 2 ] || { echo "$setting: $stderr"; false; }
            [ -z "$(find out -name 'Regrid_*')" ]
            # And once more, though the grid is there.
            run_flow
            [ "$status" -eq 2 ]
        else
            [ "$status" -eq 0 ] || { echo "$setting: $stderr"; false; }
        fi
        [[ $stderr == *"eco: config.mk:"$line* ]] || { echo "$setting: $stderr"; false; }
    done <<'END'
RES := 2|9: RES: Serra/LST: cells of 2,2 (EPSG:32720) are far finer than its pixels of 70 x 70 (EPSG:32720); in which unit
RES := 1000;RES.Campina := 3,1000|10: RES.Campina: Campina/LST: cells of 3,1000 (EPSG:32721) are far finer than its pixels of 70 x 70 (EPSG:32721); in which unit
RES := 50|9: RES: Serra/LST: cells of 50,50 (EPSG:32720) are finer than its pixels of 70 x 70 (EPSG:32720)
RES := 20000;ALLOW_EMPTY := yes|9: RES: Serra/LST: cells of 20000,20000 (EPSG:32720) are larger than a whole scene with its pixels of 70 x 70
CRS := EPSG:4674;RES := 0.00002|10: RES: Serra/LST: cells of 0.00002,0.00002 (EPSG:4674) are far finer than its pixels of 70 x 70 (EPSG:32720); in which unit
CRS := EPSG:4674;RES := 170;RADIUS := 170|10: RES: Serra/LST: cells of 170,170 (EPSG:4674) have no place on earth beside its pixels of 70 x 70 (EPSG:32720); in which unit
END
    # It is told once, and on the command line as it was typed there.
    write_config
    run_flow
    [ -z "$stderr" ]
    run_flow CRS=EPSG:4674 RES=2200
    [ "$status" -eq 2 ]
    [[ $stderr == *'out/Serra/grid.txt: eco-grid: --res: cells of 2200 by 2200 degrees'* ]]
    run_flow
    run_flow RES=50 VARS=LST
    [[ $stderr == *"eco: RES=50: Serra/LST: cells of "* ]]
    touch "$(scene Serra LST 1)"
    run_flow RES=50 VARS=LST
    [ -z "$stderr" ]
}

@test "paths in a configuration are relative to it" {
    mkdir -p elsewhere
    cd elsewhere
    make --no-print-directory -f "$ROOT/pipelines/eco.mk" ECO_BIN="$BUILD/bin" CONFIG=../config.mk OUT=../out >/dev/null
    [ "$(find ../out -name 'Regrid_*.tif' | wc -l)" -eq 16 ]
}

@test "sites of a table: AmeriFlux's and AppEEARS's columns; what is wrong names its line" {
    printf 'SITE_ID,LOCATION_LAT,LOCATION_LONG,radius\nA,-2.609,-60.09,3000\nB,-2.609,-60.09,2000\n' >towers.csv
    sed -i '/^SITES/d; s/{site}\/\*/Serra\/*/; /^CLASS/d; /^FALLBACK/d' config.mk
    run_flow SITES_FILE=towers.csv VARS=LST
    [ "$status" -eq 0 ] || { echo "$stderr"; false; }
    [ -s out/A/LST.csv ] && [ -s out/B/grid.txt ]
    printf 'ID,Latitude,Longitude\nA,-2.6,-60\nA,-2.6,-60\nB,,-60\nC,"-2,6",-60\n' >towers.csv
    run_flow SITES_FILE=towers.csv VARS=LST RADIUS=2000
    [ "$status" -eq 2 ]
    [[ $stderr == *"towers.csv:3: A: this site is also in line 2"* ]]
    [[ $stderr == *"towers.csv:4: B: no lat"* ]]
    [[ $stderr == *'towers.csv:5: C: lat: not a number: "-2,6"'* ]]
}

# layer NAME SITE...: an area a site, each that of a site of the input; "-" has no name.
layer() {
    local file=$1 site of
    shift
    {
        echo '{"type": "FeatureCollection", "features": ['
        for site; do
            of=Serra
            [[ $site != Campina* ]] || of=Campina
            jq -c --arg site "$site" '.features[0] | .properties = {site_id: $site, n: 1}
                | if $site == "-" then .properties.site_id = null else . end' "input/polygons/$of.geojson"
        done | paste -sd,
        echo ']}'
    } >"$file.geojson"
    ogr2ogr -q "$file.gpkg" "$file.geojson"
    rm "$file.geojson"
}

@test "sites of a layer: one area a site, one configuration for all" {
    layer buffers Campina Serra
    flow OUT=clean >/dev/null
    sed -i '/^SITES/d; s/^POLYGON.*/POLYGONS := buffers.gpkg/' config.mk
    echo 'SITE_FIELD := site_id' >>config.mk
    run_flow
    [ "$status" -eq 0 ] || { echo "$stderr"; false; }
    diff -r --exclude=.eco --exclude=grid.txt --exclude='Regrid_*' --exclude='*.tsv' out clean # all tables
    diff <(grep -v '^##c[lm]' out/Serra/grid.txt) <(grep -v '^##c[lm]' clean/Serra/grid.txt)
    run_flow
    nothing_done
    # Some of them; and one that has a polygon of its own.
    run_flow SITES=Serra OUT=some
    [ "$status" -eq 0 ]
    [ ! -e some/Campina ]
    run_flow POLYGON.Serra=input/polygons/Serra.geojson OUT=own
    cmp own/Serra/grid.txt clean/Serra/grid.txt
    # An area that is gone is told; the other site is done.
    layer buffers Campina
    run_flow SITES='Campina Serra'
    [ "$status" -eq 2 ]
    [[ $stderr == *'out/Serra/grid.txt: eco-grid: buffers.gpkg: no feature has the site_id "Serra"'* ]]
    [ "$(find out/Campina -name 'Regrid_*.tif' | wc -l)" -eq 8 ]
}

@test "an area of a layer that changes: its site is made again, and no other" {
    sed -i '/^SITES/d; s/^POLYGON.*/POLYGONS := buffers.gpkg/' config.mk
    echo 'SITE_FIELD := site_id' >>config.mk
    layer buffers Campina Serra
    flow >/dev/null
    mark
    jq -c '(.features[0].geometry.coordinates[0][][1]) += 0.01' input/polygons/Serra.geojson >moved
    mv moved input/polygons/Serra.geojson
    rm buffers.gpkg
    layer buffers Campina Serra
    [ "$(flow -n | grep -c '^eco-regrid .* input/scenes/Serra/')" -eq 8 ]
    [ "$(flow -n | grep -c '^eco-regrid ')" -eq 8 ]
    flow status 2>/dev/null >told
    [ "$(cut -f 1-3 told | xargs)" = '#task done stale Campina/LST 4 0 Campina/NDVI 4 0 Serra/LST 0 4 Serra/NDVI 0 4' ] || { cat told; false; }
    flow >/dev/null
    [ "$(made grid.txt)" = out/Serra/grid.txt ]
    [ "$(made | grep -c ^out/Serra/)" -eq "$(made | wc -l)" ]
    [ "$(made 'Regrid_*.tif' | wc -l)" -eq 8 ]
    run_flow
    nothing_done
    # A layer that was only touched is nothing; another size of cells is one for all.
    mark
    touch buffers.gpkg
    flow >/dev/null
    [ -z "$(made)" ]
    run_flow
    nothing_done
    flow -q
    flow RES=1500 >/dev/null
    [ "$(count_made 'Regrid_*.tif')" -eq 16 ]
    # Where another run was ended before a grid was made, it is made by the next.
    rm out/Campina/grid.txt
    mark
    flow RES=1500 >/dev/null
    [ "$(made grid.txt)" = out/Campina/grid.txt ]
    run_flow RES=1500
    nothing_done
}

@test "a layer of sites with what is wrong: one message, before anything is done" {
    sed -i '/^SITES/d; /^POLYGON/d' config.mk
    layer two Campina Serra
    run_flow POLYGONS=two.gpkg
    [ "$status" -eq 2 ]
    [[ $stderr == *"SITE_FIELD: not set"* ]]
    run_flow POLYGONS=none.gpkg SITE_FIELD=site_id
    [[ $stderr == *"none.gpkg: there is no such file of sites"* ]]
    run_flow POLYGONS=two.gpkg SITE_FIELD=tower
    [ "$status" -eq 2 ]
    [[ $stderr == *'two.gpkg: its features have no field "tower"'* ]]
    layer bad Campina - Campina 'My tower' '$(shell touch hacked)' ../up
    run_flow POLYGONS=bad.gpkg SITE_FIELD=site_id
    [ "$status" -eq 2 ]
    [ "$(grep '^eco: bad' <<<"$stderr")" = 'eco: bad.gpkg: feature 2: a site without a name
eco: bad.gpkg: feature 3: Campina: this site is also in feature 1
eco: bad.gpkg: feature 4: not a name for a folder, or one that make cannot take: "My tower"
eco: bad.gpkg: feature 5: not a name for a folder, or one that make cannot take: "$(shell touch hacked)"
eco: bad.gpkg: feature 6: not a name for a folder, or one that make cannot take: "../up"' ] || { echo "$stderr"; false; }
    [ ! -e hacked ]
    printf 'site,polygon\nA b,x.gpkg\nC,$(shell touch hacked)\n' >towers.csv
    run_flow SITES_FILE=towers.csv
    [[ $stderr == *'towers.csv:2: not a name'*'towers.csv:3: C: a polygon that make cannot take'* ]]
    [ ! -e hacked ]
    run_flow SITES_FILE=none.csv
    [[ $stderr == *"none.csv: there is no such file of sites"* ]]
    [ ! -e out/Campina ]
    # Several areas, and no field that names them.
    run_flow SITES=Campina POLYGON=two.gpkg
    [ "$status" -eq 2 ]
    [[ $stderr == *"out/Campina/grid.txt: eco-grid: two.gpkg: 2 areas in it: "* ]]
    [ -z "$(find out -name 'Regrid_*')" ]
}

@test "scenes that are all empty or outside are an error, unless they may be" {
    run_flow SITES=Serra VARS=LST POLYGON=input/polygons/Campina.geojson
    [ "$status" -eq 2 ]
    [[ $stderr == *"Serra/LST: all scenes are outside of the grid"* ]]
    run_flow SITES=Serra VARS=LST POLYGON=input/polygons/Campina.geojson ALLOW_EMPTY=yes
    [ "$status" -eq 0 ]
}

@test "signals, full disks, two runs, a moved folder, a jumping clock, a lost host: the next run finishes, with the same bytes" {
    # Each kind once; tests/faults N runs longer.
    timeout 300 "$ROOT/tests/faults" 8
}

@test "which pixels count is kept for scenes with the same pixels, and can be removed" {
    flow OUT=clean >/dev/null
    [ "$(find clean/.eco/masks -type f | wc -l)" -gt 0 ]
    # The same bits from what was kept, and without it.
    cp -a clean out
    rm -rf out/*/*/coarse
    flow >/dev/null
    same_results out clean
    rm -rf out/*/*/coarse out/.eco/masks
    flow >/dev/null
    same_results out clean
}
