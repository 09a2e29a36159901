# eco-regrid on rasters that are odd but right: one pixel, NaN as nodata under a scale, pixels
# that have no place on the earth; on 64-bit integers; and where a large output does not fit.
load ../lib/common
load ../lib/pixels

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
}

teardown() {
    ! mountpoint -q small || umount small
}

# record FIELD: of the one record of the last run
record() {
    cut -f "$1" <<<"${lines[1]}"
}

@test "a raster of one pixel" {
    make_raster one.tif 1 1 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 300.5
    make_grid metres.txt EPSG:32721 499990 9700010 30 30 4 4
    make_grid degrees.txt EPSG:4326 -57.0001 -2.7138 0.0002 0.0002 6 6
    for grid in metres degrees; do
        run --separate-stderr eco-regrid --no-provenance --grid $grid.txt --min-coverage 0 \
            --bands mean,n,sum,min,max,median -o out.tif one.tif
        [ "$status" -eq 0 ]
        [ "$(record 2)" = ok ]
        # All of it, once, and nothing but its value.
        awk -v n="$(record 5)" 'BEGIN { exit !(n > 1 - 1e-12 && n < 1 + 1e-12) }'
        for band in 1 4 5 6; do
            [ "$(pixels out.tif $band | grep -v nan | sort -u)" = 300.5 ]
        done
        pixels out.tif 3 | awk '!/nan/ { s += $1 } END { exit !(s > 300.4999 && s < 300.5001) }'
        for method in nearest bilinear cubic; do
            eco-regrid --grid $grid.txt --method $method --tolerance 0 -o own.tif one.tif
            # shellcheck disable=SC2046
            gdalwarp -q -overwrite -et 0 -r "${method/nearest/near}" $(warp_options $grid.txt) \
                one.tif other.tif
            [ "$(pixels own.tif | grep -c 300.5)" -gt 0 ]
            cmp <(pixels own.tif) <(pixels other.tif)
        done
    done
}

@test "64-bit integers are averaged, complex numbers refused by name" {
    make_grid grid.txt EPSG:32721 500000 9700700 70 70 10 10
    for type in Int64 UInt64 CFloat32; do
        gdal_create -q -of GTiff -ot $type -outsize 10 10 -burn 3000000000 -a_srs EPSG:32721 \
            -a_ullr 500000 9700700 500700 9700000 long.tif
        run --separate-stderr eco-regrid --no-provenance --grid grid.txt -o out.tif long.tif
        if [ $type != CFloat32 ]; then
            [ "$status" -eq 0 ]
            [ "$(pixels out.tif | sort -u)" = 3e+09 ] || [ "$(pixels out.tif | sort -u)" = 3000000000 ]
            rm out.tif
            continue
        fi
        [ "$status" -eq 1 ]
        one_message "long.tif: band 1 has pixels of type $type, which eco does not read"
        [ ! -e out.tif ]
    done
}

@test "NaN as nodata under a scale and an offset" {
    make_raster plain.tif 20 20 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 \
        '$r == 3 || dice() < 0.3 ? $nan : int(15000 * dice())'
    gdal_translate -q -a_scale 0.02 -a_offset 5 plain.tif scaled.tif
    make_grid grid.txt EPSG:32721 500000 9700000 700 700 2 2
    for f in plain scaled; do
        eco-regrid --no-provenance --grid grid.txt --min-coverage 0 --bands mean,n --dtype Float64 \
            -o out_$f.tif $f.tif
    done
    cmp <(pixels out_plain.tif 2) <(pixels out_scaled.tif 2)
    paste <(pixels out_plain.tif) <(pixels out_scaled.tif) |
        awk '{ d = $1 * 0.02 + 5 - $2; bad += d * d > 1e-18 * $2 * $2 } END { exit bad || NR != 4 }'
}

@test "pixels that have no place on the earth" {
    # A sinusoidal tile at the earth's edge: half of it lies beyond.
    make_raster edge.tif 60 60 Float32 nan 12000000,60000,0,6600000,0,-60000 \
        '+proj=sinu +R=6371007.181 +units=m' 7
    make_grid degrees.txt EPSG:4326 100 60 0.5 0.5 160 80
    run --separate-stderr eco-regrid --no-provenance --grid degrees.txt --min-coverage 0 \
        --bands mean,coverage -o mean.tif edge.tif
    [ "$status" -eq 0 ]
    [ "$(pixels mean.tif | grep -v nan | sort -u)" = 7 ]
    # Cells that are covered whole are those well inside; beyond the edge there are none.
    pixels mean.tif 2 | awk '{ over += $1 > 1 + 1e-6; whole += $1 > 1 - 1e-6; none += $1 == 0 }
        END { exit over || whole < 1000 || none < 1000 }'
    eco-regrid --grid degrees.txt --method nearest --tolerance 0 -o own.tif edge.tif
    # shellcheck disable=SC2046
    gdalwarp -q -et 0 -r near $(warp_options degrees.txt) edge.tif other.tif
    cmp <(pixels own.tif) <(pixels other.tif)
}

@test "a disk that fills up in the middle of a large output" {
    mkdir small
    mount -t tmpfs -o size=3m none small 2>/dev/null || skip "cannot mount here"
    make_raster noise.tif 400 400 Float32 nan 500000,70,0,9700000,0,-70 EPSG:32721 '280 + 40 * dice()'
    make_grid fine.txt EPSG:32721 500000 9700000 17.5 17.5 1600 1600
    for options in "--compress none" "--compress deflate"; do
        # shellcheck disable=SC2086
        run --separate-stderr eco-regrid --no-provenance --grid fine.txt --method bilinear \
            $options -o small/out.tif noise.tif
        [ "$status" -eq 3 ]
        one_message small/out.tif
        [ "$(record 2)" = failed ]
        [ -z "$(find small -mindepth 1)" ]
    done
    # With room it is whole.
    umount small
    eco-regrid --grid fine.txt --method bilinear -o small/out.tif noise.tif
    gdal_translate -q -of XYZ small/out.tif /dev/null
}
