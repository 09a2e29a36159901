# eco-regrid on bad input: one message that names the file, the right exit code, the other
# scenes done, nothing half-written.
load ../lib/common

GOOD=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    gdal_create -q -of GTiff -ot Float32 -outsize 100 100 -burn 300 -a_srs EPSG:32721 \
        -a_ullr 250000 9757000 257000 9750000 -co COMPRESS=DEFLATE -co BLOCKYSIZE=10 "$GOOD"
    eco-grid --bounds 250000,9750000,257000,9757000 --res 1000 --crs EPSG:32721 >grid.txt
}

teardown() {
    ! mountpoint -q small || umount small
}

# Among good scenes the bad one, $1, fails with one message that names it; the good ones are
# done; there are no other files. More arguments are options.
fails_alone() {
    local bad=$1
    shift
    cp "$GOOD" before.tif
    cp "$GOOD" after.tif
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out "$@" \
        before.tif "$bad" after.tif
    [ "$status" -eq 1 ] || { echo "status $status"; return 1; }
    one_message "$bad" || return
    [[ ${lines[2]} == "$bad"$'\tfailed\tNA\tNaN\tNaN\tNaN\tNaN\t'* ]] ||
        { echo "$output"; return 1; }
    [ "$(cut -f 2 <<<"$output" | tr '\n' ' ')" = "status ok failed ok " ] || { echo "$output"; return 1; }
    [ "$(find out -mindepth 1 | sort | tr '\n' ' ')" = "out/Regrid_after.tif out/Regrid_before.tif " ] ||
        { find out; return 1; }
    rm -rf out
}

@test "files that are no rasters: text, nothing, a folder, missing" {
    echo 'not a picture' >text.tif
    : >empty.tif
    mkdir folder.tif
    printf 'II*\0' >four_bytes.tif
    for bad in text.tif empty.tif folder.tif missing.tif four_bytes.tif; do
        fails_alone "$bad"
    done
}

@test "a TIFF cut off anywhere" {
    gdal_translate -q -co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16 -co COMPRESS=LZW "$GOOD" tiled.tif
    gdal_translate -q -co COMPRESS=NONE "$GOOD" plain.tif
    gdal_translate -q -of COG "$GOOD" cog.tif
    for whole in "$GOOD" tiled.tif plain.tif cog.tif; do
        size=$(stat -c %s "$whole")
        for part in 8 200 $((size / 3)) $((size / 2)) $((size - 60)); do
            head -c "$part" "$whole" >cut.tif
            fails_alone cut.tif || { echo "$whole, $part of $size bytes"; return 1; }
        done
    done
}

@test "a TIFF with damage in its data" {
    cp "$GOOD" damaged.tif
    printf 'XXXXXXXXXXXX' | dd of=damaged.tif bs=1 seek=$(($(stat -c %s damaged.tif) / 2)) conv=notrunc status=none
    fails_alone damaged.tif
}

@test "a scene without a CRS, or without a place" {
    gdal_create -q -of GTiff -ot Float32 -outsize 100 100 -burn 300 \
        -a_ullr 250000 9757000 257000 9750000 no_crs.tif
    gdal_create -q -of GTiff -ot Float32 -outsize 100 100 -burn 300 -a_srs EPSG:32721 no_place.tif
    fails_alone no_crs.tif
    fails_alone no_place.tif
}

@test "a type of pixel that is not read" {
    gdal_create -q -of GTiff -ot CFloat32 -outsize 100 100 -a_srs EPSG:32721 \
        -a_ullr 250000 9757000 257000 9750000 complex.tif
    fails_alone complex.tif
}

@test "a scene that does not touch the grid: no file, a record, exit 0" {
    gdal_translate -q -a_ullr 300000 9757000 307000 9750000 "$GOOD" far.tif
    gdal_translate -q -a_ullr 257000 9757000 264000 9750000 "$GOOD" beside.tif
    gdal_translate -q -a_srs EPSG:32633 "$GOOD" antipodes.tif
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out \
        far.tif beside.tif antipodes.tif "$GOOD"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(cut -f 1-5 <<<"$output" | sed -n 2,4p)" = "$(printf '%s\toutside\tNA\t0\t0\n' far.tif beside.tif antipodes.tif)" ]
    [ "$(cut -f 2 <<<"${lines[4]}")" = ok ]
    [ "$(find out -mindepth 1)" = "out/Regrid_$GOOD" ]
    # With a clip, under the grid but not under the clip.
    sed -i '/^##vertices/d' grid.txt
    printf '0\t250100\t9750100\n0\t251900\t9750100\n0\t251900\t9751900\n' >>grid.txt
    gdal_translate -q -a_ullr 254000 9757000 257000 9754000 "$GOOD" corner.tif
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt -o corner_out.tif corner.tif
    [ "$status" -eq 0 ]
    [ "$(cut -f 2 <<<"${lines[1]}")" = outside ]
    [ ! -e corner_out.tif ]
}

@test "an older output goes when its scene lies outside, and stays when it fails" {
    eco-regrid --grid grid.txt -o expected.tif "$GOOD" >/dev/null
    gdal_translate -q -a_ullr 300000 9757000 307000 9750000 "$GOOD" far.tif
    mkdir out
    cp expected.tif out/Regrid_far.tif
    cp expected.tif out/Regrid_missing.tif
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out far.tif missing.tif
    [ "$status" -eq 1 ]
    one_message missing.tif
    [ "$(cut -f 2,3 <<<"$output" | tail -2)" = $'outside\tNA\nfailed\tNA' ]
    [ "$(ls -A out)" = Regrid_missing.tif ]
    cmp expected.tif out/Regrid_missing.tif
    # Nothing that is read or was made in this run goes, nor what is no file.
    cp far.tif copy.tif
    mkdir a b
    cp "$GOOD" a/scene.tif
    cp far.tif b/scene.tif
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out a/scene.tif b/scene.tif
    [ "$status" -eq 1 ]
    eco-regrid --grid grid.txt -o expected.tif a/scene.tif >/dev/null
    cmp expected.tif out/Regrid_scene.tif
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt -o far.tif far.tif
    [ "$status" -eq 1 ]
    cmp copy.tif far.tif
    mkdir -p folder.tif
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt -o folder.tif far.tif
    [ "$status" -eq 3 ]
    one_message folder.tif
    [ -d folder.tif ]
    # Where it cannot be removed that is told.
    mkdir small
    mount -t tmpfs -o size=1m none small 2>/dev/null || skip "cannot mount here"
    cp expected.tif small/Regrid_far.tif
    mount -o remount,ro small
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir small far.tif
    [ "$status" -eq 3 ]
    one_message small/Regrid_far.tif
}

@test "a scene without any value: a raster of NaN, n 0, exit 0" {
    gdal_create -q -of GTiff -ot Float32 -outsize 100 100 -burn nan -a_srs EPSG:32721 \
        -a_ullr 250000 9757000 257000 9750000 clouds.tif
    gdal_create -q -of GTiff -ot UInt16 -outsize 100 100 -burn 0 -a_nodata 0 -a_srs EPSG:32721 \
        -a_ullr 250000 9757000 257000 9750000 zero.tif
    gdalwarp -q -t_srs EPSG:4326 clouds.tif degrees.tif
    for f in clouds zero degrees; do
        run --separate-stderr eco-regrid --no-provenance --grid grid.txt -o $f.out.tif $f.tif
        [ "$status" -eq 0 ]
        [ -z "$stderr" ]
        [ "$(cut -f 1-7 <<<"${lines[1]}")" = $f.tif$'\tempty\t'$f.out.tif$'\t0\t0\tNaN\t0' ] || { echo "$output"; return 1; }
        gdal_translate -q -b 1 -of XYZ $f.out.tif /vsistdout/ | awk '$3 != "nan" { exit 1 } END { exit NR != 49 }'
        gdal_translate -q -b 3 -of XYZ $f.out.tif /vsistdout/ | awk '$3 != 0 { exit 1 } END { exit NR != 49 }'
    done
}

@test "a class map that is missing for the year, with and without a fallback" {
    gdal_create -q -of GTiff -ot Byte -outsize 100 100 -burn 3 -a_srs EPSG:32721 \
        -a_ullr 250000 9757000 257000 9750000 map_2019.tif
    mask=(--mask 'map_{year}.tif' --classes 3)
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out "${mask[@]}" "$GOOD"
    [ "$status" -eq 1 ]
    one_message "$GOOD"
    one_message map_2020.tif
    [ "$(cut -f 2 <<<"${lines[1]}")" = failed ]
    [ ! -e out ]
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out "${mask[@]}" \
        --fallback 2020=2018 "$GOOD"
    [ "$status" -eq 1 ]
    one_message map_2018.tif
    [ ! -e out ]
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out "${mask[@]}" \
        --fallback 2020=2019 "$GOOD"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    # A name that tells no year fails alone among names that do.
    cp "$GOOD" dateless.tif
    cp "$GOOD" "${GOOD/2020/2019}"
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out "${mask[@]}" \
        dateless.tif "${GOOD/2020/2019}"
    [ "$status" -eq 1 ]
    one_message dateless.tif
    [ "$(cut -f 2 <<<"$output" | tr '\n' ' ')" = "status failed ok " ]
}

@test "a class map that cannot be read, or has no CRS, is named for each scene" {
    echo text >text.tif
    gdal_create -q -of GTiff -ot Byte -outsize 100 100 -burn 3 -a_ullr 250000 9757000 257000 9750000 no_crs.tif
    gdal_create -q -of GTiff -ot Byte -outsize 100 100 -burn 3 -a_srs EPSG:32721 \
        -a_ullr 250000 9757000 257000 9750000 map.tif
    head -c $(($(stat -c %s map.tif) - 3000)) map.tif >cut.tif
    cp "$GOOD" second.tif
    for map in text.tif no_crs.tif cut.tif missing.tif; do
        run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out \
            --mask $map --classes 3 "$GOOD" second.tif
        [ "$status" -eq 1 ]
        [ "$(grep -c "$map" <<<"$stderr")" -eq 2 ]
        [ "$(cut -f 2 <<<"$output" | tr '\n' ' ')" = "status failed failed " ]
        [ ! -d out ] || [ -z "$(ls -A out)" ]
    done
}

@test "a class map that covers half of the scene is told; the other half does not count" {
    gdal_create -q -of GTiff -ot Byte -outsize 50 100 -burn 3 -a_srs EPSG:32721 \
        -a_ullr 250000 9757000 253500 9750000 half.tif
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt -o out.tif --mask half.tif --classes 3 "$GOOD"
    [ "$status" -eq 0 ]
    one_message half.tif
    one_message "$GOOD"
    one_message '50.0 %'
    # Three whole columns of cells and, at the threshold, the fourth.
    [ "$(cut -f 4 <<<"${lines[1]}")" -eq 28 ]
    near "$(cut -f 5 <<<"${lines[1]}")" 5000 1e-6
    # One that is elsewhere leaves nothing.
    gdal_translate -q -a_ullr 350000 9757000 353500 9750000 half.tif elsewhere.tif
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt -o out.tif --mask elsewhere.tif --classes 3 "$GOOD"
    [ "$status" -eq 0 ]
    one_message elsewhere.tif
    [ "$(cut -f 2 <<<"${lines[1]}")" = empty ]
}

@test "a polygon in another CRS than everything else" {
    printf 'id,WKT\n1,"POLYGON((1240000 9800000,1252000 9800000,1252000 9812000,1240000 9800000))"\n' >x.csv
    ogr2ogr -q -a_srs EPSG:32720 x.gpkg x.csv
    ogr2ogr -q -t_srs EPSG:3857 mercator.gpkg x.gpkg
    for layer in x mercator; do
        eco-grid --around $layer.gpkg --res 1000 --crs EPSG:32721 >grid_$layer.txt
        grep -q '^##crs=EPSG:32721' grid_$layer.txt
    done
    near "$(sed -n 's/##x0=//p' grid_x.txt)" "$(sed -n 's/##x0=//p' grid_mercator.txt)" 20
}

@test "an output folder that cannot be written" {
    : >file
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir file "$GOOD"
    [ "$status" -eq 3 ]
    one_message file
    [ "$(cut -f 2 <<<"${lines[1]}")" = failed ]
    mkdir -p out "out/Regrid_$GOOD"
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out "$GOOD"
    [ "$status" -eq 3 ]
    one_message "out/Regrid_$GOOD"
    [ "$(find out -mindepth 1)" = "out/Regrid_$GOOD" ]
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir /proc/none "$GOOD"
    [ "$status" -eq 3 ]
    one_message /proc/none
}

@test "a folder that may only be read" {
    mkdir small
    mount -t tmpfs -o size=1m,ro none small 2>/dev/null || skip "cannot mount here"
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir small "$GOOD"
    [ "$status" -eq 3 ]
    one_message "small/Regrid_$GOOD"
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir small/below "$GOOD"
    [ "$status" -eq 3 ]
    one_message small/below
}

@test "a full disk: told, exit 3, what was whole stays, nothing half is there" {
    mkdir small
    mount -t tmpfs -o size=48k none small 2>/dev/null || skip "cannot mount here"
    # Outputs of some 30 kB that do not shrink.
    awk 'BEGIN { srand(1); print "ncols 100\nnrows 100\nxllcorner 250000\nyllcorner 9750000\ncellsize 70"
        for (i = 0; i < 10000; i++) print 280 + 40 * rand() }' >noise.asc
    gdal_translate -q -ot Float32 -a_srs EPSG:32721 noise.asc a.tif
    cp a.tif b.tif
    eco-grid --like a.tif >fine.txt
    run --separate-stderr eco-regrid --no-provenance --grid fine.txt --out-dir small --bands mean a.tif b.tif
    [ "$status" -eq 3 ]
    one_message small/Regrid_b.tif
    [ "$(cut -f 2 <<<"$output" | tr '\n' ' ')" = "status ok failed " ]
    [ "$(find small -mindepth 1)" = small/Regrid_a.tif ]
    gdal_translate -q -of XYZ small/Regrid_a.tif /dev/null
    # What was there before stays, too.
    cp small/Regrid_a.tif kept.tif
    run --separate-stderr eco-regrid --no-provenance --grid fine.txt --out-dir small --bands mean a.tif
    [ "$status" -eq 3 ]
    cmp kept.tif small/Regrid_a.tif
    [ "$(find small -mindepth 1)" = small/Regrid_a.tif ]
}

@test "stdout on a full disk" {
    run --separate-stderr bash -c "eco-regrid --grid grid.txt --out-dir out '$GOOD' >/dev/full"
    [ "$status" -eq 3 ]
    one_message stdout
}

@test "a killed run leaves nothing that looks done" {
    eco-grid --bounds 250000,9750000,257000,9757000 --res 3 --crs EPSG:32720 >fine.txt
    for wait in 0.02 0.05 0.1 0.2; do
        eco-regrid --grid fine.txt --out-dir out --bands mean,median,mode "$GOOD" >/dev/null &
        pid=$!
        sleep $wait
        kill -KILL $pid 2>/dev/null || true
        wait $pid || true
        for f in out/*; do
            [ ! -e "$f" ] || gdal_translate -q -of XYZ "$f" /dev/null
        done
        [ ! -d out ] || [ -z "$(find out -name '.*' -type f)" ]
    done
}

@test "a list that cannot be read, or has no paths, ends with 1" {
    run --separate-stderr bash -c 'eco-regrid --no-provenance --grid grid.txt --out-dir out </'
    [ "$status" -eq 1 ]
    one_message stdin
    run --separate-stderr bash -c "printf '#a\tb\n1\t2\n3\t4\n' | eco-regrid --no-provenance --grid grid.txt --out-dir out"
    [ "$status" -eq 1 ]
    one_message path
    run --separate-stderr bash -c "printf '#path\tb\n$GOOD\t2\nx\nbut.tif\t3\n' | eco-regrid --no-provenance --grid grid.txt --out-dir out"
    [ "$status" -eq 1 ]
    [ "$(cut -f 2 <<<"$output" | tr '\n' ' ')" = "status ok failed " ]
    [[ $stderr == *"stdin:3: 1 fields where the legend names 2"*but.tif* ]]
    [ "$(wc -l <<<"$stderr")" -eq 2 ]
    run --separate-stderr bash -c "printf '%s\n\n' '$GOOD' | eco-regrid --no-provenance --grid grid.txt --out-dir out"
    [ "$status" -eq 1 ]
    one_message 'stdin:2'
}

@test "a grid file that is none" {
    echo text >text.txt
    sed 's/^##dx=.*/##dx=0/' grid.txt >zero.txt
    sed 's/^##columns=.*/##columns=7.5/' grid.txt >half.txt
    sed '/^##crs=/d' grid.txt >no_crs.txt
    sed 's/^##crs=.*/##crs=junk/' grid.txt >junk.txt
    { cat grid.txt; printf '0\t1\tx\n'; } >vertex.txt
    for grid in text.txt zero.txt half.txt no_crs.txt vertex.txt missing.txt "$GOOD" .; do
        run --separate-stderr eco-regrid --grid "$grid" --out-dir out "$GOOD"
        [ "$status" -eq 1 ]
        [ -z "$output" ]
        one_message "$grid"
    done
    run --separate-stderr eco-regrid --grid junk.txt --out-dir out "$GOOD"
    [ "$status" -eq 1 ]
    one_message junk
    [ ! -e out ]
}

@test "nothing that is read is replaced, nor what another input has become" {
    mkdir a b
    cp "$GOOD" a/scene.tif
    gdal_translate -q -scale 0 1 0 2 "$GOOD" b/scene.tif
    run --separate-stderr eco-regrid --no-provenance --grid grid.txt --out-dir out a/scene.tif b/scene.tif
    [ "$status" -eq 1 ]
    one_message b/scene.tif
    [ "$(cut -f 2 <<<"$output" | tr '\n' ' ')" = "status ok failed " ]
    gdal_translate -q -of XYZ -b 1 out/Regrid_scene.tif /vsistdout/ | awk '$3 != 300 { exit 1 }'
    cp "$GOOD" map.tif
    md5sum a/scene.tif map.tif grid.txt >before
    ln -s a/scene.tif link.tif
    run --separate-stderr eco-regrid --grid grid.txt --out-dir a --prefix '' a/scene.tif
    [ "$status" -eq 1 ]
    one_message a/scene.tif
    for output in a/scene.tif ./a/../a/scene.tif link.tif map.tif grid.txt; do
        run --separate-stderr eco-regrid --grid grid.txt -o $output --mask map.tif --classes 300 a/scene.tif
        [ "$status" -eq 1 ] || { echo "$output: $status"; return 1; }
        one_message a/scene.tif
        md5sum --quiet -c before
    done
}
