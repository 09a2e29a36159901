# The flow: what it makes, and what it makes again.
load ../lib/common
load ../lib/flow

setup_file() {
    make_finished
}

setup() {
    begin_flow
}

@test "a run makes a raster a scene, a table and a list a site and variable" {
    run_flow
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    local site var
    for site in Campina Serra; do
        [ -s out/$site/grid.txt ]
        for var in LST NDVI; do
            [ "$(count out/$site/$var/coarse/*.tif)" -eq 4 ]
            [ "$(grep -vc '^#' out/$site/$var.scenes.tsv)" -eq 4 ]
            [[ $(head -n 1 out/$site/$var.csv) == date,year,doy,latitude,longitude,$var,pixel_id,* ]]
            [ "$(wc -l <out/$site/$var.csv)" -gt 10 ]
        done
    done
    [[ $output == *"eco: Serra/LST: 4 scenes: 3 ok, 1 empty"* ]]
}

@test "scenes go by layer: NDVI-UQ never lands in NDVI" {
    finished
    ls input/scenes/Serra/*NDVI-UQ* >/dev/null
    [ -z "$(find out -name '*NDVI-UQ*')" ]
    run ! grep -rq NDVI-UQ out
    # A variable may have a name of its own.
    flow VARS=doubt=NDVI-UQ >/dev/null
    [ "$(cd out/Serra/doubt/coarse && ls *.tif)" = "$(cd input/scenes/Serra && printf '%s\n' *NDVI-UQ* | sed 's/^/Regrid_/')" ]
    [[ $(head -n 1 out/Serra/doubt.csv) == *,doubt,* ]]
}

@test "the table has the cells of the rasters, scene after scene" {
    finished
    eco-sample --cells --csv --local-time out/Campina/LST/coarse/*.tif | cmp - out/Campina/LST.csv
}

@test "a second run does nothing" {
    finished
    mark
    run_flow
    nothing_done
    flow -q
    # But for who was at work last.
    [ -z "$(find out -newer mark ! -type d ! -path out/.eco/lock)" ]
}

@test "a touched scene makes its raster and its tables again, and no more" {
    finished
    mark
    touch "$(scene Serra LST 2)"
    run_flow -q
    [ "$status" -eq 1 ]
    run_flow
    [ "$status" -eq 0 ]
    [ "$(made)" = "out/Serra/LST.csv
out/Serra/LST.scenes.tsv
$(coarse Serra LST 2)" ] || { made; false; }
    run_flow
    nothing_done
}

@test "another threshold makes all rasters again, but no grid" {
    finished
    mark
    run_flow MIN_COVERAGE=0.9
    [ "$status" -eq 0 ]
    [ "$(count_made '*.tif')" -eq 16 ]
    [ "$(count_made '*.csv')" -eq 4 ]
    [ "$(count_made grid.txt)" -eq 0 ]
    gdalinfo "$(coarse Serra LST 0)" | grep -q 'ECO_MIN_COVERAGE=0.9'
    run_flow MIN_COVERAGE=0.9
    nothing_done
}

@test "what is set for one site is made again there alone" {
    finished
    local setting
    for setting in MIN_COVERAGE.Serra=0.9 CLASSES.Serra=3 DENOMINATOR.Serra=mask REGRID.Serra=--raw BANDS.Serra=mean; do
        flow >/dev/null
        mark
        flow "$setting" >/dev/null
        [ "$(count_made '*.tif')" -eq 8 ] || { echo "$setting: $(made)"; false; }
        [ "$(made '*.tif' | grep -c ^out/Serra/)" -eq 8 ]
    done
    [ "$(gdalinfo "$(coarse Serra LST 0)" | grep -c '^Band')" -eq 1 ]
    mark
    flow BANDS.Serra=mean RES.Campina=2000 >/dev/null
    [ "$(made grid.txt)" = out/Campina/grid.txt ]
    [ "$(made '*.tif' | grep -c ^out/Campina/)" -eq 8 ]
    [ "$(count_made '*.tif')" -eq 8 ]
}

@test "a class map makes the scenes of its year again, and of those that fall back on it" {
    finished
    mark
    touch input/classes/Serra/2022.tif
    flow >/dev/null
    [ "$(made '*.tif')" = "$(ls out/Serra/*/coarse/*_doy202[23]*.tif)" ]
    mark
    touch input/classes/Serra/2021.tif
    flow >/dev/null
    [ "$(made '*.tif')" = "$(ls out/Serra/*/coarse/*_doy2021*.tif)" ]
}

@test "a class map that arrives late, and old, takes the place of the fallback" {
    finished
    grep -q $'/2022.tif\tNA$' <(grep doy2023 out/Serra/LST.scenes.tsv)
    mark
    cp input/classes/Serra/2021.tif input/classes/Serra/2023.tif
    touch -d 2001-01-01 input/classes/Serra/2023.tif
    flow >/dev/null
    [ "$(made '*.tif')" = "$(ls out/Serra/*/coarse/*_doy2023*.tif)" ]
    grep -q $'/2023.tif\tNA$' <(grep doy2023 out/Serra/LST.scenes.tsv)
}

@test "a tool counts when its bytes differ, not when it was only built again" {
    cp -R "$BUILD/bin" bin
    mkdir lib && cp -R "$BUILD/lib/eco" lib/eco
    local flow=(flow ECO_BIN=bin)
    "${flow[@]}" >/dev/null
    mark
    touch bin/*
    run --separate-stderr "${flow[@]}"
    nothing_done

    echo >>bin/eco-sample
    "${flow[@]}" >/dev/null
    [ "$(made)" = "$(ls out/*/*.csv)" ] || { made; false; }

    mark
    echo >>bin/eco-regrid
    "${flow[@]}" >/dev/null
    [ "$(count_made '*.tif')" -eq 16 ]
    [ "$(count_made grid.txt)" -eq 0 ]

    mark
    echo >>bin/eco-grid
    "${flow[@]}" >/dev/null
    [ "$(count_made grid.txt)" -eq 2 ]
    [ "$(count_made '*.tif')" -eq 16 ]
}

@test "make -n tells what a run would do, and does not do it" {
    finished
    mark
    touch "$(scene Serra LST 2)" "$(scene Serra LST 3)"
    [ "$(flow -n | grep -c '^eco-regrid .* input/scenes/')" -eq 2 ]
    [ "$(flow -n MIN_COVERAGE=0.9 | grep -c '^eco-regrid .* input/scenes/')" -eq 16 ]
    [ -z "$(made)" ]
    flow >/dev/null
    [ "$(count_made '*.tif')" -eq 2 ]
}

@test "a scene that is added or taken away changes the table" {
    local one
    one=$(scene Serra LST 1)
    mv "$one" away.tif
    flow >/dev/null
    run ! grep -q "${one##*/}" out/Serra/LST.csv out/Serra/LST.scenes.tsv
    mark
    mv away.tif "$one"
    flow >/dev/null
    [ "$(made '*.tif')" = "$(coarse Serra LST 1)" ]
    grep -q "${one##*/}" out/Serra/LST.csv
    mark
    rm "$one"
    flow >/dev/null
    [ -z "$(made '*.tif')" ]
    run ! grep -q "${one##*/}" out/Serra/LST.csv out/Serra/LST.scenes.tsv
}

@test "only the files that are named are made" {
    local one
    one=$(coarse Serra LST 0)
    run_flow "$one"
    [ "$status" -eq 0 ]
    touch -d 2001-01-01 mark
    [ "$(made)" = "$one
out/Serra/grid.txt" ]
    run_flow out/Serra/LST.csv
    [ "$status" -eq 0 ]
    [ "$(count_made '*.tif')" -eq 4 ]
    [ "$(made '*.csv')" = out/Serra/LST.csv ]
}

@test "a lost raster or record is made again" {
    finished
    cp -R out whole
    mark
    rm "$(coarse Serra LST 0)"
    rm out/Campina/NDVI/coarse/*2023*.tsv
    flow >/dev/null
    [ "$(made '*.tif')" = "$(ls out/Campina/NDVI/coarse/*2023*.tif; coarse Serra LST 0)" ] || { made; false; }
    same_results out whole
    # A run was ended between a raster and its record: the record is the older one.
    mark
    touch "$(coarse Serra LST 1)"
    flow >/dev/null
    [ "$(made '*.tif')" = "$(coarse Serra LST 1)" ]
    run_flow
    nothing_done
}

@test "a folder that has got another name is found done, and goes on under it" {
    finished
    mv out later
    sed -i 's/^PLOTS.*/PLOTS := yes/' config.mk
    mark
    run_flow OUT=later PLOTS=no
    nothing_done
    # A table, a picture and a check of what is there need the rasters by their new name.
    rm later/Serra/LST.csv
    run_flow OUT=later
    [ "$status" -eq 0 ] || { echo "$stderr"; false; }
    cmp later/Serra/LST.csv "$BATS_FILE_TMPDIR/out/Serra/LST.csv"
    [ "$(count later/*/*.png)" -eq 4 ]
    run_flow OUT=later verify SAMPLE=all
    [ "$status" -eq 0 ]
    [[ $output == *"eco: 16 coarse rasters are "* ]]
    [ -z "$(find later -name 'Regrid_*' -newer mark)" ]
    [ ! -e out ]
}

@test "a scene beside the grid has no raster, and is not tried again" {
    cp input/scenes/Campina/*LST_doy2023* input/scenes/Serra/ECO_L2T_LSTE.002_LST_doy2022001000000_aid0001_21S.tif
    run_flow
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [[ $output == *"Serra/LST: 5 scenes: 3 ok, 1 empty, 1 outside"* ]]
    [ ! -e out/Serra/LST/coarse/Regrid_ECO_L2T_LSTE.002_LST_doy2022001000000_aid0001_21S.tif ]
    run_flow
    nothing_done
    # On another grid it has one.
    flow POLYGON.Serra=input/polygons/Campina.geojson ALLOW_EMPTY=yes >/dev/null
    [ -s out/Serra/LST/coarse/Regrid_ECO_L2T_LSTE.002_LST_doy2022001000000_aid0001_21S.tif ]
    run_flow POLYGON.Serra=input/polygons/Campina.geojson ALLOW_EMPTY=yes
    nothing_done
    run_flow
    [ ! -e out/Serra/LST/coarse/Regrid_ECO_L2T_LSTE.002_LST_doy2022001000000_aid0001_21S.tif ]
    run_flow
    nothing_done
}

@test "names may hold what make and the shell take as it stands" {
    mkdir -p "place/São_Paulo,a+b@c^1"
    cp -a input/scenes/Serra "place/São_Paulo,a+b@c^1/Île-1.0"
    run_flow SITES=Île-1.0 SCENES='place/São_Paulo,a+b@c^1/{site}/*.tif' POLYGON=input/polygons/Serra.geojson \
        CLASSMAP='input/classes/Serra/{year}.tif' OUT="$PWD/far/aus,gabe"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    finished
    same_results out/Serra/LST far/aus,gabe/Île-1.0/LST
    same_results out/Serra/NDVI far/aus,gabe/Île-1.0/NDVI
}

@test "a grid of one's own serves as it is" {
    eco-grid --center -60.09,-2.609 --res 500 --radius 2000 >mine.txt
    flow GRID=mine.txt SITES=Serra VARS=LST >/dev/null
    cmp mine.txt out/Serra/grid.txt
}

@test "a clip polygon of other content, or another file, makes the grid again, and what hangs on it" {
    finished
    cp input/polygons/Serra.geojson clip.geojson
    echo 'CLIP.Serra := clip.geojson' >>config.mk
    mark
    flow >/dev/null
    [ "$(made grid.txt)" = out/Serra/grid.txt ]
    run_flow
    nothing_done
    # A tenth of it.
    mark
    jq -c '(.features[0].geometry.coordinates[0]) |= (.[0] as $o | map([$o[0] + (.[0] - $o[0]) / 10, $o[1] + (.[1] - $o[1]) / 10]))' \
        input/polygons/Serra.geojson >clip.geojson
    run_flow ALLOW_EMPTY=yes
    [ "$status" -eq 0 ]
    [ "$(made grid.txt)" = out/Serra/grid.txt ]
    [ "$(made 'Regrid_*.tif' | grep -c ^out/Serra/)" -eq 8 ]
    [ "$(made | grep -c ^out/Campina/)" -eq 0 ]
    cells() { awk -F '\t' '$2 == "ok" { n += $4 } END { print n + 0 }' "$1"; }
    [ "$(cells out/Serra/LST.scenes.tsv)" -lt "$(cells "$BATS_FILE_TMPDIR/out/Serra/LST.scenes.tsv")" ]
    run_flow ALLOW_EMPTY=yes
    nothing_done
    # And without it all is as it was.
    sed -i '/^CLIP/d' config.mk
    flow >/dev/null
    same_results out "$BATS_FILE_TMPDIR/out"
    run_flow CLIP.Serra=nowhere.geojson
    [ "$status" -eq 2 ]
    [[ $stderr == *'out/Serra/grid.txt: eco-grid: nowhere.geojson: '* ]]
}

@test "sites may share their scenes" {
    flow VARS=LST SCENES='input/scenes/Serra/*.tif' CLASSMAP='input/classes/Serra/{year}.tif' POLYGON=input/polygons/Serra.geojson >/dev/null
    cmp out/Campina/LST.csv out/Serra/LST.csv
    run_flow VARS=LST SCENES='input/scenes/Serra/*.tif' CLASSMAP='input/classes/Serra/{year}.tif' POLYGON=input/polygons/Serra.geojson
    nothing_done
}

@test "pictures are drawn, of the scene that filled the most cells" {
    flow PLOTS=yes SITES=Serra VARS=LST >/dev/null
    [ "$(head -c 8 out/Serra/LST.png | od -An -tx1)" = " 89 50 4e 47 0d 0a 1a 0a" ]
    mark
    run_flow PLOTS=yes SITES=Serra VARS=LST
    nothing_done
}

@test "pictures show the pixels that counted, by the options of eco-regrid" {
    # What plotspec is asked, beside the picture.
    mkdir -p bin share/eco/palettes
    cp "$BUILD"/bin/eco-* bin
    cp -R "$BUILD/lib" .
    cp "$ROOT"/share/palettes/*.tsv share/eco/palettes
    mv bin/eco-plotspec bin/plotspec
    printf '%s\n' '#!/bin/sh' "printf '%s\\n' \"\$@\" >asked" 'exec "${0%/*}/plotspec" "$@"' >bin/eco-plotspec
    chmod +x bin/eco-plotspec
    here=(ECO_BIN=bin PLOTS=yes SITES=Serra VARS=LST)
    run_flow "${here[@]}" REGRID="--denominator mask --keep 'LST<400' --keep=NDVI'<'0.9 --raw --missing-companion warn --mask-weight"
    [ "$status" -eq 0 ] || { echo "$stderr"; echo "$output"; return 1; }
    # Not a word on a result that was made otherwise.
    [[ $stderr != *'it was made'* ]]
    sed -n '/--site/,/--terminal/p' asked | paste -sd ' ' >got
    echo "--site Serra --variable LST --mask input/classes/Serra/{year}.tif --classes 3,4,5,6 --fallback 2023=2022 --keep LST<400" \
        "--keep=NDVI<0.9 --missing-companion warn --mask-weight --terminal" | cmp - got
}

@test "an edited palette makes the pictures again, built or installed, and no more" {
    for palettes in share/eco/palettes ../share/palettes; do
        rm -rf tree out && mkdir -p tree/build/bin "tree/build/$palettes"
        cp "$BUILD"/bin/eco-* tree/build/bin
        cp -R "$BUILD/lib" tree/build
        cp "$ROOT"/share/palettes/*.tsv "tree/build/$palettes"
        here=(ECO_BIN=tree/build/bin PLOTS=yes SITES=Serra VARS=LST)
        flow "${here[@]}" >/dev/null
        cp out/Serra/LST.png before.png
        mark
        touch "tree/build/$palettes/heat.tsv"
        run_flow "${here[@]}"
        nothing_done
        # All colours are one.
        awk -F '\t' -v OFS='\t' '/^[0-9]/ { $2 = 0; $3 = 1; $4 = 0 } 1' "$ROOT/share/palettes/heat.tsv" \
            >"tree/build/$palettes/heat.tsv"
        flow "${here[@]}" >/dev/null
        [ "$(made)" = out/Serra/LST.png ]
        run ! cmp -s before.png out/Serra/LST.png
        run_flow "${here[@]}"
        nothing_done
    done
}
