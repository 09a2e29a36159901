# The flow on bad input: one message that names it, all else done, nothing half-written.
load ../lib/common
load ../lib/flow

setup_file() {
    make_input
}

setup() {
    begin_flow
}

# What the report says failed, without its head.
# shellcheck disable=SC2154
failures() {
    sed -n 's/^  //p' <<<"$stderr"
}

# That all was made but for some of the rasters, and that make says so.
all_but() {
    [ "$status" -eq 2 ] || { echo "status $status"; return 1; }
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -eq $((16 - $1)) ] || { find out -name 'Regrid_*.tif'; return 1; }
    [ "$(count out/*/*.csv)" -eq 4 ]
    [ -z "$(find out -size 0 -name 'Regrid_*.tif')" ]
}

@test "scenes that cannot be read are told of with their reasons; others are done" {
    local cut text plain
    cut=$(scene Serra LST 0) text=$(scene Serra LST 1) plain=$(scene Campina NDVI 0)
    cp "$cut" whole.tif
    head -c $(($(stat -c %s whole.tif) / 2)) whole.tif >"$cut"
    echo "no raster" >"$text"
    gdal_translate -q -of ENVI "$plain" x && sed -i '/^map info\|^coordinate/d' x.hdr && rm -f x.aux.xml
    gdal_translate -q x "$plain"
    run_flow
    all_but 3
    [[ $output == *"Serra/LST: 4 scenes: "*", 2 failed"* ]]
    [ "$(failures | wc -l)" -eq 3 ] || { failures; false; }
    for path in "$cut" "$text" "$plain"; do
        [ "$(failures | grep -c "^$path: .")" -eq 1 ] || { failures; false; }
        run ! grep -q "${path##*/}" out/*/*.csv
    done
    [ "$(awk -F'\t' '$2 == "failed" && $3 == "NA" && $9 != "NA"' out/Serra/LST.scenes.tsv | wc -l)" -eq 2 ]

    # Once it is whole again, the next run makes it, tries the others, and no more.
    mark
    cp whole.tif "$cut"
    run_flow
    all_but 2
    [ "$(made '*.tif')" = "$(coarse Serra LST 0)" ]
    [ "$(failures | wc -l)" -eq 2 ]
}

@test "a raster that was good does not outlive its scene" {
    flow >/dev/null
    echo "no raster" >"$(scene Serra LST 1)"
    run_flow
    all_but 1
    [ ! -e "$(coarse Serra LST 1)" ]
}

@test "the failure of a file that was asked for is make's" {
    echo "no raster" >"$(scene Serra LST 1)"
    run_flow "$(coarse Serra LST 1)"
    [ "$status" -eq 2 ]
    [[ $stderr == *"$(scene Serra LST 1): "* ]]
    run_flow "$(coarse Serra LST 0)"
    [ "$status" -eq 0 ]
}

@test "names that make cannot take are refused, each by name" {
    local one
    one=$(scene Serra LST 1)
    mv "$one" "${one%/*}/with blank_${one##*/}"
    one=$(scene Campina LST 1)
    mv "$one" "${one/_aid/\$(x)_aid}"
    run_flow
    all_but 2
    [ "$(failures | wc -l)" -eq 2 ]
    failures | grep -q '^input/scenes/Serra/with blank_ECO.*: a name with a blank'
    failures | grep -q '^input/scenes/Campina/ECO.*(x)_aid.*: a name with a blank'
}

@test "a site's or a variable's name that cannot be a folder is refused" {
    local bad
    for bad in 'SITES=Serra a;b' 'SITES=../Serra' 'SITES="My' 'VARS=a/b' 'VARS=.x' 'OUT=my out'; do
        run_flow "$bad"
        [ "$status" -eq 2 ] || { echo "$bad"; false; }
        [[ $stderr == *"${bad##*[= ]}"*"cannot go through make"* || $stderr == *'"my out"'* ]] || { echo "$bad: $stderr"; false; }
    done
    [ ! -e out/Serra ]
}

@test "a year without a class map fails its scenes alone, until a fallback is named" {
    run_flow FALLBACK=
    all_but 4
    [ "$(failures | grep -c 'input/scenes/.*_doy2023.*: there is no class map input/classes/.*/2023.tif')" -eq 4 ]
    [ "$(failures | wc -l)" -eq 4 ]
    mark
    run_flow
    [ "$status" -eq 0 ]
    # The option is told to the tool, so all is averaged anew.
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -eq 16 ]
    gdalinfo out/Serra/LST/coarse/*doy2023*.tif | grep -q ECO_MASK_YEAR=2022
}

@test "a class map of half a scene is told of, and counts where it is" {
    gdal_translate -q -srcwin 0 0 150 300 input/classes/Serra/2021.tif half.tif
    mv half.tif input/classes/Serra/2021.tif
    run_flow
    [ "$status" -eq 0 ]
    [[ $stderr == *"the class map input/classes/Serra/2021.tif covers"* ]]
    [ "$(grep -c 'covers .* % of its pixels' out/Serra/LST.scenes.tsv)" -eq 2 ]
}

@test "a class map that cannot be read fails the scenes of its year" {
    echo "no map" >input/classes/Serra/2021.tif
    run_flow SITES=Serra VARS=LST
    [ "$status" -eq 2 ]
    [[ $(failures) == *"input/classes/Serra/2021.tif"* ]]
    [ "$(count out/Serra/LST/coarse/*.tif)" -eq 2 ]
}

@test "a site without a polygon is told of; the other is done" {
    rm input/polygons/Serra.geojson
    run_flow
    [ "$status" -eq 2 ]
    [ "$(failures)" = "Serra: no polygon: input/polygons/Serra.geojson is not there" ]
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -eq 8 ]
    [ "$(ls out/*/*.csv)" = "out/Campina/LST.csv
out/Campina/NDVI.csv" ]
}

@test "a polygon that is none is told of once; the other site is done" {
    echo '{"type": "FeatureCollection", "features": []}' >input/polygons/Serra.geojson
    run_flow
    [ "$status" -eq 2 ]
    [ "$(failures | wc -l)" -eq 1 ] || { failures; false; }
    [[ $(failures) == *"input/polygons/Serra.geojson"* ]]
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -eq 8 ]
    [ ! -e out/Serra/grid.txt ]
}

@test "no scenes: what was looked for is told, and which layers are there" {
    run_flow 'VARS=LST lst'
    [ "$status" -eq 2 ]
    [ "$(failures | grep -c 'no scene of layer lst matches /.*/input/scenes/.*/\*.tif; the layers there are LST, NDVI, NDVI-UQ$')" -eq 2 ]
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -eq 8 ]
    run_flow 'SCENES=nowhere/{site}/*.tif'
    [ "$status" -eq 2 ]
    [ "$(failures | grep -c 'no scene of layer .* matches /.*/nowhere/')" -eq 4 ]
}

@test "names of no known form are told of and left out" {
    cp "$(scene Serra LST 0)" input/scenes/Serra/mine.tif
    run_flow
    [ "$status" -eq 0 ]
    one_message "input/scenes/Serra/mine.tif: a name of no known form"
    run ! grep -rq mine.tif out --include='*.tsv' --include='*.csv'
}

@test "two scenes of one name: the second is told of" {
    mkdir input/scenes/Serra/more
    cp "$(scene Serra LST 0)" input/scenes/Serra/more
    run_flow SCENES='input/scenes/{site}/**/*.tif' SITES=Serra
    [ "$status" -eq 2 ]
    [[ $(failures) == input/scenes/Serra/more/*": a scene of that name is also in input/scenes/Serra" ]]
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -eq 8 ]
}

@test "a configuration that is none, or says too little" {
    run_flow CONFIG=
    [ "$status" -eq 2 ]
    [[ $stderr == *"which configuration?"* ]]
    run_flow CONFIG=none.mk
    [ "$status" -eq 2 ]
    [[ $stderr == *"none.mk: there is no such configuration"* ]]
    local setting
    for setting in SITES VARS SCENES POLYGON RES CLASSES; do
        run_flow "$setting="
        [ "$status" -eq 2 ] && [[ $stderr == *"$setting"* ]] || { echo "$setting: $stderr"; false; }
    done
    for setting in MIN_COVERAGE=2 DENOMINATOR=x BANDS=x BATCH=0 JOBS=0 JOBS=many CRS=nonsense; do
        run_flow "$setting"
        [ "$status" -eq 2 ] && [[ $stderr == *"${setting#*=}"* ]] || { echo "$setting: $stderr"; false; }
        [ -z "$(find out -name 'Regrid_*.tif')" ]
    done
}

@test "what the environment holds is no setting" {
    SITES=nowhere RES=5 CRS=x run_flow
    [ "$status" -eq 0 ]
}

@test "a folder that cannot be written" {
    mkdir out
    touch out/.eco
    run_flow
    [ "$status" -eq 2 ]
    [[ $stderr == *"out"*"cannot be written"* ]]
}

@test "a full disk: what failed is told, and the next run with room makes the same" {
    flow OUT=clean >/dev/null
    mkdir out
    mount -t tmpfs -o size=120k tmpfs out 2>/dev/null || skip "no tmpfs can be mounted here"
    run_flow
    local first=$status
    mount -o remount,size=64m out
    run_flow
    local second=$status same=0
    same_results out clean || same=1
    umount out
    [ "$first" -eq 2 ]
    [ "$second" -eq 0 ]
    [ "$same" -eq 0 ]
}

@test "a tool that is killed by one scene still does the others" {
    mkdir bin
    ln -s "$BUILD"/bin/* bin
    rm bin/eco-regrid
    cat >bin/eco-regrid <<END
#!/bin/bash
# Ends by a signal when it comes to a certain scene.
case "\$*" in
*LST*doy2021152*) kill -SEGV \$\$ ;;
esac
exec "$BUILD/bin/eco-regrid" "\$@"
END
    chmod +x bin/eco-regrid
    run_flow ECO_BIN=bin SITES=Serra
    [ "$status" -eq 2 ]
    [ "$(failures | wc -l)" -eq 1 ]
    [[ $(failures) == "$(scene Serra LST 0): "* ]]
    [ "$(find out -name 'Regrid_*.tif' | wc -l)" -eq 7 ]
}

@test "a picture that fails is told of; tables are there" {
    mkdir bin
    ln -s "$BUILD"/bin/* bin
    rm bin/eco-plotspec
    printf '#!/bin/sh\necho "eco-plotspec: no ink" >&2\nexit 1\n' >bin/eco-plotspec
    chmod +x bin/eco-plotspec
    run_flow ECO_BIN=bin SITES=Serra PLOTS=yes
    [ "$status" -eq 2 ]
    [ "$(failures)" = "out/Serra/LST.png: eco-plotspec: no ink
out/Serra/NDVI.png: eco-plotspec: no ink" ]
    [ "$(count out/Serra/*.csv)" -eq 2 ]
    [ -z "$(find out -name '*.png*')" ]
}
