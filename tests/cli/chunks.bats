# eco-regrid: the result does not depend on how the work was cut, bit for bit.
load ../lib/common
load ../lib/pixels

ALL=mean,coverage,n,stddev,sum,min,max,range,median,q1,q3,mode,nearest,bilinear,cubic

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    export BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
    # Real numbers with gaps, so that every order of adding would show in the last bit.
    make_raster source.tif 500 360 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 \
        'dice() < 0.05 ? $nan : 300 + 20 * dice()' -co TILED=YES -co BLOCKXSIZE=64 \
        -co BLOCKYSIZE=64
    # In tiles and in many rectangles; in one piece; along the source's own axes.
    make_grid many.txt EPSG:4326 -57.003 -2.712 0.0006 0.0005 600 450
    make_grid few.txt EPSG:4326 -57.003 -2.712 0.009 0.011 38 22
    make_grid axes.txt EPSG:32721 499000 9701000 333 277 110 98
}

setup() {
    cd "$BATS_FILE_TMPDIR"
}

# regrid GRID OUT [OPTION]...: as float64, so that no bit hides.
regrid() {
    local grid=$1 out=$2
    shift 2
    eco-regrid --no-provenance --grid "$grid" -o "$out" --bands $ALL --dtype Float64 \
        --min-coverage 0 "$@" >"$out.tsv"
}

# The record without what differs from run to run.
record() {
    cut -f 4-7 "$1"
}

@test "memory does not change a bit of any band, nor of the record" {
    for grid in few axes many; do
        regrid $grid.txt whole.tif --memory 1G source.tif
        for memory in 64M 11M; do
            [ $grid$memory != many64M ] || continue
            regrid $grid.txt cut.tif --memory $memory source.tif
            [ "$(bits cut.tif)" = "$(bits whole.tif)" ]
            cmp <(record cut.tif.tsv) <(record whole.tif.tsv)
        done
    done
}

@test "8 MiB and the least that works are enough for plain bands" {
    for method in mean nearest cubic; do
        regrid many.txt whole.tif --bands $method --memory 1G source.tif
        regrid many.txt cut.tif --bands $method --memory 8M source.tif
        [ "$(bits cut.tif)" = "$(bits whole.tif)" ]
        run --separate-stderr regrid many.txt cut.tif --bands $method --memory 1 source.tif
        [ "$status" -eq 1 ]
        one_message "source.tif: --memory is too small for its blocks: at least "
        regrid many.txt cut.tif --bands $method --memory "${stderr##* }" source.tif
        [ "$(bits cut.tif)" = "$(bits whole.tif)" ]
    done
}

@test "how the source is tiled does not change a bit" {
    local n=0
    regrid few.txt whole.tif source.tif
    for layout in "TILED=YES BLOCKXSIZE=16 BLOCKYSIZE=16" "BLOCKYSIZE=1" "BLOCKYSIZE=500 COMPRESS=DEFLATE" \
        "TILED=YES BLOCKXSIZE=1024 BLOCKYSIZE=1024 BIGTIFF=YES COMPRESS=ZSTD" \
        "TILED=YES BLOCKXSIZE=256 BLOCKYSIZE=64 COMPRESS=LZW ENDIANNESS=BIG"; do
        local options=()
        for o in $layout; do options+=(-co "$o"); done
        gdal_translate -q "${options[@]}" source.tif other.tif
        regrid few.txt cut.tif --memory 24M other.tif
        [ "$(bits cut.tif)" = "$(bits whole.tif)" ]
        n=$((n + 1))
    done
    [ "$n" -eq 5 ]
}
