# eco-regrid --memory: the peak of the process stays within it and a constant.
#
# 24 MiB, of which 13 are the program and its libraries at rest. Class maps take 16 MiB
# more. These tests know nothing of GDAL's share: reading through it takes 90 MiB more, a COG
# 120, a CRS that is no UTM zone or WGS 84 45.
load ../lib/common
load ../lib/pixels
load ../lib/swath

CONSTANT=24 MAPS=16

setup() {
    cd "$BATS_TEST_TMPDIR"
    ! grep -q __asan_init "$(command -v eco-regrid)" || skip "a sanitizer's own memory is no matter"
}

# within MIB COMMAND...: runs a command whose resident memory must not pass that.
within() {
    local most=$(($1 * 1024)) peak
    shift
    /usr/bin/time -o peak -f %M "$@"
    peak=$(tail -1 peak)
    echo "# $peak of $most KiB: $*" >&3
    [ "$peak" -le "$most" ]
}

# A raster of 100,000 x 100,000 that is nearly all holes: 10 Gpixel, 2 MB.
huge() {
    gdal_create -q -outsize 100000 100000 -ot Float32 -a_srs EPSG:32721 \
        -a_ullr 100000 9900000 1100000 8900000 -a_nodata nan -co TILED=YES \
        -co SPARSE_OK=TRUE -co COMPRESS=DEFLATE -co BIGTIFF=YES huge.tif
}

@test "a raster of 100,000 x 100,000: means of a part, values in a window" {
    huge
    make_grid means.txt EPSG:32721 500000 9500000 2000 2000 40 40
    make_grid degrees.txt EPSG:4326 -57 -5 0.01 0.01 40 40
    make_grid window.txt EPSG:4326 -57 -5 0.0001 0.0001 700 700
    for memory in 8 64; do
        for grid in means degrees; do
            within $((memory + CONSTANT)) eco-regrid --no-provenance --grid $grid.txt \
                --memory ${memory}M -o $grid.tif huge.tif >out.tsv
            [ "$(cut -f 2,4,7 out.tsv | tail -1)" = empty$'\t'0$'\t'0 ]
        done
        within $((memory + CONSTANT)) eco-regrid --grid window.txt --method nearest \
            --memory ${memory}M -o window.tif huge.tif
        [ "$(pixels window.tif | grep -c nan)" -eq 490000 ]
    done
}

@test "a whole raster of 4000 x 4000: every method, and the bits of an unbounded run" {
    make_raster small.tif 500 500 Float32 nan 500000,80,0,9700000,0,-80 EPSG:32721 \
        'dice() < 0.1 ? $nan : 300 + dice()'
    gdal_translate -q -outsize 4000 4000 -co TILED=YES -co COMPRESS=DEFLATE -co ZLEVEL=1 small.tif big.tif
    make_grid coarse.txt EPSG:4326 -57 -2.72 0.01 0.01 36 36
    make_grid fine.txt EPSG:4326 -57 -2.72 0.0005 0.0005 720 720
    while read -r grid bands; do
        eco-regrid --grid "$grid" --bands "$bands" --memory 4G -o whole.tif big.tif >&2
        within $((16 + CONSTANT)) eco-regrid --grid "$grid" --bands "$bands" --memory 16M -o ours.tif big.tif >&2
        [ "$(bits ours.tif)" = "$(bits whole.tif)" ]
    done <<'END'
coarse.txt mean,n
coarse.txt median,min,stddev
fine.txt mean
fine.txt nearest
fine.txt cubic
END
}

@test "rules on a raster of more pixels than the memory has bits for" {
    local name=ECO_L2T_LSTE.002_%s_doy2020221094621_aid0001_21S.tif
    for layer in LST:Float32 cloud:Byte; do
        gdal_create -q -outsize 8000 8000 -ot ${layer#*:} -a_srs EPSG:32721 \
            -a_ullr 500000 9700000 580000 9620000 -burn 5 -co TILED=YES -co SPARSE_OK=TRUE \
            -co COMPRESS=DEFLATE "${name/\%s/${layer%:*}}"
    done
    make_grid g.txt EPSG:32721 500000 9700000 2000 2000 40 40
    within $((8 + CONSTANT)) eco-regrid --no-provenance --grid g.txt --keep 'cloud>4' \
        --keep 'LST<6' --memory 8M -o out.tif "${name/\%s/LST}" >out.tsv
    [ "$(cut -f 2,4,6,8,9 out.tsv | tail -1)" = ok$'\t'1600$'\t'5$'\t'0$'\t'0 ]
    near "$(cut -f 5 out.tsv | tail -1)" 64000000 1e-6
}

@test "a class map much finer than the source" {
    # 400 Mpixel of map under 40,000 pixels; by centre and by area.
    make_raster a.tif 200 200 Float32 nan 500000,1024,0,9700000,0,-1024 EPSG:32721 '$c'
    gdal_create -q -outsize 20000 20000 -ot Byte -a_srs EPSG:32721 \
        -a_ullr 500000 9700000 704800 9495200 -burn 3 -co TILED=YES -co SPARSE_OK=TRUE \
        -co COMPRESS=DEFLATE map.tif
    make_grid g.txt EPSG:32721 500000 9700000 10240 10240 20 20
    within $((8 + CONSTANT + MAPS)) eco-regrid --no-provenance --grid g.txt --mask map.tif --classes 3 \
        --memory 8M -o out.tif a.tif >out.tsv
    [ "$(cut -f 2,4,5 out.tsv | tail -1)" = ok$'\t'400$'\t'40000 ]
    # A map that is taken in pieces gives what one of fewer pixels gives. All is whole powers
    # of 2, so that shares are exact.
    make_raster source.tif 40 40 Float32 nan 500000,1024,0,9700000,0,-1024 EPSG:32721 '$c'
    make_raster coarse.tif 640 640 Byte 0 500000,64,0,9700000,0,-64 EPSG:32721 '1 + int(3 * dice())'
    make_grid g.txt EPSG:32721 500000 9700000 2048 2048 20 20
    gdal_translate -q -outsize 5120 5120 -co TILED=YES -co COMPRESS=DEFLATE coarse.tif tiles.tif
    gdal_translate -q -outsize 5120 5120 -co COMPRESS=DEFLATE coarse.tif strips.tif
    for how in "" --mask-weight; do
        for map in coarse tiles strips; do
            # shellcheck disable=SC2086
            eco-regrid --grid g.txt --mask $map.tif --classes 2 $how --bands mean,n --min-coverage 0 \
                -o $map.out.tif source.tif
        done
        [ "$(bits tiles.out.tif)" = "$(bits coarse.out.tif)" ]
        [ "$(bits strips.out.tif)" = "$(bits coarse.out.tif)" ]
    done
    # By area it is a third of all, by exact shares.
    pixels coarse.out.tif 2 | awk -v all="$(pixels coarse.tif | grep -c 2)" '{s += $1}
        END {d = s - all / 256; exit !(d < 1e-3 && d > -1e-3)}'
}

@test "one pixel that a map is finer than by more than is held at a time" {
    make_raster source.tif 2 2 Float32 nan 500000,65536,0,9700000,0,-65536 EPSG:32721 '$c'
    make_raster coarse.tif 256 256 Byte 0 500000,512,0,9700000,0,-512 EPSG:32721 '1 + int(3 * dice())'
    gdal_translate -q -outsize 8192 8192 -co TILED=YES -co COMPRESS=DEFLATE coarse.tif fine.tif
    make_grid g.txt EPSG:32721 500000 9700000 131072 131072 1 1
    for map in coarse fine; do
        eco-regrid --grid g.txt --mask $map.tif --classes 2 --mask-weight --bands n,mean --dtype Float64 \
            --min-coverage 0 -o $map.out.tif source.tif
    done
    [ "$(bits fine.out.tif)" = "$(bits coarse.out.tif)" ]
}

@test "too little for the source's blocks: the least that does is told, and does" {
    make_raster a.tif 1500 1000 Float32 nan 500000,10,0,9700000,0,-10 EPSG:32721 '300 + $c % 7' \
        -co BLOCKYSIZE=1000 -co COMPRESS=DEFLATE
    make_grid g.txt EPSG:32721 500000 9700000 500 500 30 20
    run --separate-stderr eco-regrid --grid g.txt --memory 4M -o out.tif a.tif
    [ "$status" -eq 1 ]
    one_message "a.tif: --memory is too small for its blocks: at least "
    [ ! -e out.tif ]
    within $((${stderr//[^0-9]/} + CONSTANT)) eco-regrid --grid g.txt --memory "${stderr##* }" -o out.tif a.tif
    for memory in 0 -1 x 1X M 1e20; do
        run --separate-stderr eco-regrid --grid g.txt --memory $memory -o out.tif a.tif
        [ "$status" -eq 2 ]
        one_message "--memory: "
    done
}

@test "a median over more pixels than there is memory for: the least that does is told" {
    make_raster a.tif 1000 1000 Float32 nan 500000,10,0,9700000,0,-10 EPSG:32721 '$c' -co TILED=YES
    make_grid g.txt EPSG:32721 500000 9700000 10000 10000 1 1
    eco-regrid --grid g.txt --method mean --memory 8M -o mean.tif a.tif
    run --separate-stderr eco-regrid --grid g.txt --method median --memory 8M -o out.tif a.tif
    [ "$status" -eq 1 ]
    one_message "a.tif: a cell has up to 1000000 of its pixels, and medians and the like need all at once: that takes --memory "
    [ ! -e out.tif ]
    eco-regrid --grid g.txt --method median --memory "${stderr##* }" -o out.tif a.tif
    [ "$(pixels out.tif)" = 499.5 ]
}

@test "scans of 5400 pixels with their places, whatever the grid" {
    swath_needs
    granule 3 0 5400
    grid tiles EPSG:32616 100000 2900000 140 140 3000 3000
    while read -r memory overlap bands; do
        within $((memory + CONSTANT)) eco-regrid --no-provenance --grid tiles --overlap "$overlap" \
            --bands "$bands" --memory ${memory}M -o ours.tif "$LSTE:LST" >out.tsv
        [ "$(cut -f 2 out.tsv | tail -1)" = ok ]
    done <<'END'
80 all mean,coverage
80 all nearest
144 first mean
144 nadir mean,coverage,nearest
END
}
