# eco-regrid: types, nodata, palettes, compression and cloud-optimized GeoTIFF.
load ../lib/common
load ../lib/pixels

PLACE=500000,70,0,9700000,0,-70

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# One field of gdalinfo's JSON.
info() {
    gdalinfo -json "$1" | jq -r "$2"
}

@test "classes keep their type, their nodata and their palette under nearest and mode" {
    make_raster plain.tif 60 60 Byte 0 $PLACE EPSG:32721 '1 + int(9 * dice())'
    gdal_translate -q -of VRT plain.tif classes.vrt
    sed -i 's,<ColorInterp>Gray</ColorInterp>,<ColorInterp>Palette</ColorInterp><ColorTable>\
<Entry c1="0" c2="0" c3="0"/><Entry c1="10" c2="20" c3="30"/><Entry c1="200" c2="100" c3="50"/>\
</ColorTable>,' classes.vrt
    gdal_translate -q classes.vrt classes.tif
    make_grid g.txt EPSG:32721 500010 9699990 210 210 19 19
    for source in classes.tif classes.vrt; do
        for method in nearest mode; do
            eco-regrid --grid g.txt --method $method -o out.tif $source
            [ "$(info out.tif '.bands[0] | .type, .noDataValue, .colorInterpretation')" = $'Byte\n0\nPalette' ]
            [ "$(info out.tif '.bands[0].colorTable.entries[0:3]')" = "$(info classes.tif '.bands[0].colorTable.entries[0:3]')" ]
        done
    done
    eco-regrid --grid g.txt --method mean -o out.tif classes.tif
    [ "$(info out.tif '.bands[0] | .type, .colorInterpretation')" = $'Float32\nGray' ]
    # What is no longer a class, or no longer a byte, has no palette.
    eco-regrid --grid g.txt --method mode --dtype Int16 -o out.tif classes.tif
    [ "$(info out.tif '.bands[0] | .type, .noDataValue, .colorInterpretation')" = $'Int16\n-32768\nGray' ]
}

@test "every type is kept by nearest, and made by --dtype" {
    make_grid g.txt EPSG:32721 499930 9700070 70 70 12 12
    for type in Byte UInt16 Int16 UInt32 Int32 Float32 Float64; do
        make_raster a.tif 10 10 $type none $PLACE EPSG:32721 '$c + 10 * $r'
        run --separate-stderr eco-regrid --grid g.txt --method nearest -o out.tif a.tif
        [ "$status" -eq 0 ]
        [ -z "$stderr" ]
        [ "$(info out.tif '.bands[0].type')" = $type ]
        [ "$(gdal_translate -q -of XYZ -srcwin 1 1 10 10 out.tif /vsistdout/ | awk '{print $3}')" = "$(pixels a.tif)" ]
        # Cells beside the source are nodata, which no pixel was.
        [ "$(gdallocationinfo -valonly out.tif 0 0)" = "$(info out.tif '.bands[0].noDataValue' | sed 's/NaN/nan/')" ]
        eco-regrid --grid g.txt --method mean --dtype $type -o out.tif a.tif
        [ "$(info out.tif '.bands[0].type')" = $type ]
    done
}

@test "integers are rounded and kept in range" {
    make_raster a.tif 8 1 Float32 none $PLACE EPSG:32721 '(-3, 0.5, 1.5, 2.49, 253.6, 254, 300, $nan)[$c]'
    make_grid g.txt EPSG:32721 500000 9700000 70 70 8 1
    run --separate-stderr eco-regrid --grid g.txt --method nearest --dtype Byte --nodata 77 -o out.tif a.tif
    [ -z "$stderr" ]
    [ "$(pixels out.tif | xargs)" = "0 0 2 2 254 254 255 77" ]
}

@test "a nodata that the output's type cannot have is refused" {
    make_raster a.tif 4 4 Byte none $PLACE EPSG:32721 '$c'
    make_grid g.txt EPSG:32721 499930 9700070 70 70 6 6
    while read -r type nodata; do
        run --separate-stderr eco-regrid --grid g.txt --method nearest --dtype "$type" --nodata "$nodata" -o out.tif a.tif
        [ "$status" -eq 2 ]
        one_message "--nodata: pixels of type $type cannot be $nodata"
        [ ! -e out.tif ]
    done <<'END'
Byte 300
Byte -1
Byte 1.5
Byte NaN
UInt16 65536
Int16 40000
UInt32 -1
Int32 3000000000
Float32 1e+300
END
    eco-regrid --grid g.txt --method nearest --dtype Float32 --nodata -9999 -o out.tif a.tif
    [ "$(info out.tif '.bands[0].noDataValue')" = -9999 ]
    [ "$(pixels out.tif | head -1)" = -9999 ]
}

@test "a source's nodata beyond its own type is not taken over" {
    make_raster a.tif 4 4 Byte none $PLACE EPSG:32721 '$c'
    make_grid g.txt EPSG:32721 499930 9700070 70 70 6 6
    gdal_translate -q -of VRT a.tif a.vrt
    for nodata in -9999 nan 1.5; do
        sed "s,<VRTRasterBand [^>]*>,&<NoDataValue>$nodata</NoDataValue>," a.vrt >b.vrt
        eco-regrid --grid g.txt --method nearest -o out.tif b.vrt
        [ "$(info out.tif '.bands[0] | .type, .noDataValue')" = $'Byte\n255' ]
        [ "$(pixels out.tif | head -8 | xargs)" = "255 255 255 255 255 255 255 0" ]
    done
}

@test "values that become nodata are counted and told" {
    make_raster a.tif 4 4 Byte none $PLACE EPSG:32721 '$c == 1 ? 255 : $c'
    make_grid g.txt EPSG:32721 500000 9700000 70 70 4 4
    run --separate-stderr eco-regrid --grid g.txt --method nearest --nodata 255 -o out.tif a.tif
    [ "$status" -eq 0 ]
    one_message "a.tif: 4 values are 255 in the output, which is its nodata; --nodata takes another"
    run --separate-stderr eco-regrid --grid g.txt --method nearest --nodata 254 -o out.tif a.tif
    [ -z "$stderr" ]
    run --separate-stderr eco-regrid --grid g.txt --method mean --nodata 2 -o out.tif a.tif
    one_message "a.tif: 4 values are 2 in the output"
    # In parts as in one.
    run --separate-stderr eco-regrid --grid g.txt --method nearest --nodata 255 --part 1/2 -o out.tif a.tif
    one_message "a.tif: 2 values are 255 in the output"
}

@test "--compress takes libtiff's schemes, also for a COG" {
    make_raster a.tif 40 40 Float32 nan $PLACE EPSG:32721 'int(9 * dice())'
    make_grid g.txt EPSG:32721 500000 9700000 70 70 40 40
    eco-regrid --grid g.txt --method nearest -o plain.tif a.tif
    [ "$(info plain.tif '.metadata.IMAGE_STRUCTURE.COMPRESSION')" = DEFLATE ]
    for options in "deflate" "lzw" "zstd" "none" "zstd --cog" "none --cog"; do
        # shellcheck disable=SC2086
        eco-regrid --grid g.txt --method nearest -o out.tif --compress $options a.tif
        want=${options% --cog} want=${want^^}
        [ $want != NONE ] || want=null
        [ "$(info out.tif '.metadata.IMAGE_STRUCTURE.COMPRESSION')" = "$want" ]
        [ "$(bits out.tif)" = "$(bits plain.tif)" ]
    done
    run --separate-stderr eco-regrid --grid g.txt --compress jpeg -o out.tif a.tif
    [ "$status" -eq 2 ]
}

@test "resampled floats in tiles are written by differences, and any reader has the same pixels" {
    make_raster a.tif 300 300 Float32 nan $PLACE EPSG:32721 'dice() < 0.1 ? $nan : 300 + dice()'
    make_grid g.txt EPSG:32721 500000 9700000 35 35 600 600
    for form in "bilinear 3" "mean 3" "bilinear,nearest null" "nearest null" "mode null" \
        "mean --dtype Int16 null" "mean --compress none null" "bilinear --cog 3" "nearest --cog null"; do
        # shellcheck disable=SC2086
        eco-regrid --grid g.txt -o out.tif --bands ${form% *} a.tif
        [ "$(info out.tif '.metadata.IMAGE_STRUCTURE.PREDICTOR')" = "${form##* }" ]
    done
    eco-regrid --grid g.txt -o out.tif --method bilinear a.tif
    eco-regrid --grid g.txt -o none.tif --method bilinear --compress none a.tif
    [ "$(bits out.tif)" = "$(bits none.tif)" ]
    # Read by eco as well as by GDAL.
    like='--grid g.txt --method nearest --compress none'
    # shellcheck disable=SC2086
    eco-regrid $like -o again.tif out.tif
    [ "$(bits again.tif)" = "$(bits none.tif)" ]
}

@test "a COG is valid, has overviews, and the same pixels and tags" {
    make_raster a.tif 300 300 Float32 nan $PLACE EPSG:32721 'dice() < 0.1 ? $nan : 300 + dice()'
    make_grid g.txt EPSG:32721 500000 9700000 35 35 600 600
    eco-regrid --grid g.txt --bands mean,n -o plain.tif a.tif
    eco-regrid --grid g.txt --bands mean,n --cog -o cog.tif a.tif
    [ "$(info cog.tif '.metadata.IMAGE_STRUCTURE.LAYOUT')" = COG ]
    [ "$(info cog.tif '.bands[0].overviews | length')" -ge 1 ]
    [ "$(info cog.tif '.bands[0].block | join("x")')" = 512x512 ]
    [ "$(bits cog.tif)" = "$(bits plain.tif)" ]
    [ "$(info cog.tif '.metadata[""] | del(.OVR_RESAMPLING_ALG)')" = "$(info plain.tif '.metadata[""]')" ]
    [ "$(info cog.tif '[.bands[].description] | join(" ")')" = "mean n" ]
    # Nothing but the COG is left.
    [ "$(ls)" = "$(printf '%s\n' a.tif cog.tif g.txt plain.tif)" ]
    # Overviews of means are means, of classes classes.
    make_raster c.tif 300 300 Byte 0 $PLACE EPSG:32721 'dice() < 0.5 ? 10 : 20'
    eco-regrid --grid g.txt --bands nearest --cog -o classes.tif c.tif
    eco-regrid --grid g.txt --bands mean,mode --cog -o both.tif c.tif
    for f in classes.tif both.tif; do
        b=$(info $f '.bands | length')
        gdal_translate -q -outsize 300 300 -b "$b" $f over.tif
        [ "$(pixels over.tif | sort -n | uniq | xargs)" = "10 20" ]
    done
    gdal_translate -q -outsize 300 300 -b 1 cog.tif over.tif
    [ "$(pixels over.tif | sort -u | wc -l)" -gt 1000 ]
}
