# Which pixels have a value, and which: nodata as text, infinite and huge numbers, types.
# The judges are GDAL's own masks, and arithmetic.
load ../lib/common
load ../lib/pixels

PLACE=500000,70,0,9700000,0,-70

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# "1" or "0" for each pixel, as GDAL's mask has it.
gdal_mask() {
    gdal_translate -q -b mask -of ENVI -a_ullr 0 1 1 0 "$1" mask.raw
    od -An -v -tu1 -w1 mask.raw | awk '{printf "%d", ($1 > 0)}'
}

# The same of eco's.
eco_mask() {
    make_grid own.txt EPSG:32721 500000 9700000 70 70 "$2" 1
    eco-regrid --grid own.txt --method nearest --dtype Float64 --nodata nan -o own.tif "$1" >own.tsv
    pixels own.tif | awk '{printf "%d", $1 != "nan"}'
}

# The values of the pixels of a row, as eco-sample has them.
row_of() {
    seq 500035 70 $((500000 + 70 * $2)) | sed 's/$/\t9699965/' |
        eco-sample --points - --columns 1,2 --points-crs EPSG:32721 "${@:3}" "$1" | awk -F'\t' '!/^#/ {print $6}' | xargs
}

# raw_vrt FILE TYPE PERL-LETTER NODATA PIXELTYPE COLUMNS NUMBER...: a VRT of one row
raw_vrt() {
    local file=$1 type=$2 letter=$3 nodata=$4 pixel=$5 columns=$6
    shift 6
    perl -e "print pack('$letter*', @ARGV)" -- "$@" >"$file.raw"
    {
        echo "<VRTDataset rasterXSize=\"$columns\" rasterYSize=\"1\"><SRS>EPSG:32721</SRS><GeoTransform>$PLACE</GeoTransform>"
        echo "<VRTRasterBand dataType=\"$type\" band=\"1\" subClass=\"VRTRawRasterBand\">"
        [ -z "$pixel" ] || echo "<Metadata domain=\"IMAGE_STRUCTURE\"><MDI key=\"PIXELTYPE\">$pixel</MDI></Metadata>"
        [ -z "$nodata" ] || echo "<NoDataValue>$nodata</NoDataValue>"
        echo "<SourceFilename relativeToVRT=\"1\">$file.raw</SourceFilename><ByteOrder>LSB</ByteOrder></VRTRasterBand></VRTDataset>"
    } >"$file"
}

@test "nodata of reals with fewer digits than pixels have masks what GDAL masks" {
    numbers='(-3.4028234663852886e38,-3.402823e38,-3.4e38,-1e30,9.969209968386869e36,1e20,-9999,-9999.003)[$c]'
    make_raster f32.tif 8 1 Float32 none $PLACE EPSG:32721 "$numbers"
    make_raster f64.tif 8 1 Float64 none $PLACE EPSG:32721 "${numbers/-1e30/-1.797693e308}"
    for source in f32 f64; do
        for nodata in -3.402823e38 -3.4e38 -3.4028235e+38 -1.79769e308 9.96921e36 9.969209e36 1e20 -9999 \
            -9999.002 -9999.004 nan inf; do
            # What is beyond float32 is its last number: see the next test.
            [ $source$nodata != f32-1.79769e308 ] || continue
            cp $source.tif a.tif
            gdal_edit.py -a_nodata $nodata a.tif
            gdal_translate -q -of VRT a.tif a.vrt
            for file in a.tif a.vrt; do
                want=$(gdal_mask $file) got=$(eco_mask $file 8)
                [ "$got" = "$want" ] || { echo "$source $nodata $file: $got, GDAL: $want"; false; }
            done
        done
    done
}

@test "a float64's nodata on float32 pixels is the last float32" {
    make_raster a.tif 4 1 Float32 none $PLACE EPSG:32721 '(-3.4028234663852886e38,1,2,3.4028234663852886e38)[$c]'
    gdal_edit.py -a_nodata -1.7976931348623157e308 a.tif
    [ "$(row_of a.tif 4)" = "NaN 1 2 3.4028235e+38" ]
    gdal_edit.py -a_nodata 1.7976931348623157e308 a.tif
    [ "$(row_of a.tif 4)" = "-3.4028235e+38 1 2 NaN" ]
}

@test "the mean of a cell leaves out -FLT_MAX that -3.4e38 stands for" {
    make_raster a.tif 4 4 Float32 none $PLACE EPSG:32721 '$c == 3 ? -3.4028234663852886e38 : 10 + $c'
    gdal_edit.py -a_nodata -3.4e38 a.tif
    make_grid g.txt EPSG:32721 500000 9700000 280 280 1 1
    eco-regrid --grid g.txt -o out.tif a.tif
    [ "$(pixels out.tif 1) $(pixels out.tif 2) $(pixels out.tif 3)" = "11 0.75 12" ]
}

@test "integers are their nodata or are not, NaN is none of them" {
    make_raster a.tif 4 1 Int16 none $PLACE EPSG:32721 '(-9999,-9998,0,1)[$c]'
    for nodata in -9999 nan 1.5 70000; do
        gdal_edit.py -a_nodata $nodata a.tif
        case $nodata in
        -9999) [ "$(row_of a.tif 4)" = "NaN -9998 0 1" ] ;;
        *) [ "$(row_of a.tif 4)" = "-9999 -9998 0 1" ] ;;
        esac
    done
}

@test "an infinite pixel has no value in any tool" {
    make_raster a.tif 4 4 Float32 none $PLACE EPSG:32721 '$c == 3 ? 9**9**9 : $c == 2 && $r == 1 ? -9**9**9 : 10 + $c'
    make_grid g.txt EPSG:32721 500000 9700000 280 280 1 1
    # 4 of each of 10, 11, and 3 of 12: 120 / 11
    eco-regrid --grid g.txt --bands mean,coverage,n,max -o out.tif a.tif >r.tsv
    near "$(pixels out.tif 1)" 10.909091 1e-6
    [ "$(pixels out.tif 2) $(pixels out.tif 3) $(pixels out.tif 4)" = "0.6875 11 12" ]
    [ "$(awk -F'\t' '!/^#/ {print $5}' r.tsv)" = 11 ]
    [ "$(row_of a.tif 4)" = "10 11 12 NaN" ]
    [ "$(eco-sample --cells a.tif | grep -vc '^#')" -eq 11 ]
    for method in nearest bilinear cubic; do
        eco-regrid --grid g.txt --method $method -o out.tif a.tif
        [ "$(pixels out.tif | grep -c inf)" -eq 0 ]
    done
    echo '{"type": "Polygon", "crs": {"type": "name", "properties": {"name": "EPSG:32721"}}, "coordinates":
        [[[500000,9699720],[500280,9699720],[500280,9700000],[500000,9700000],[500000,9699720]]]}' >p.geojson
    [ "$(eco-sample --polygons p.geojson --stat n,max,sum a.tif | awk -F'\t' '!/^#/ {print $4, $5, $6}')" = "11 12 120" ]
}

@test "a number is missing, and told, where its type or a double cannot hold it" {
    make_raster a.tif 4 4 Float64 none $PLACE EPSG:32721 '$c < 2 ? 1e300 : 5'
    make_grid g.txt EPSG:32721 500000 9700000 140 280 2 1
    run --separate-stderr eco-regrid --grid g.txt -o out.tif a.tif
    [ "$status" -eq 0 ]
    one_message "a.tif: 1 values are beyond what Float32 holds and have none in the output; --dtype Float64 holds them"
    [ "$(pixels out.tif 1 | xargs)" = "nan 5" ]
    run --separate-stderr eco-regrid --grid g.txt --dtype Float64 -o out.tif a.tif
    [ -z "$stderr" ]
    [ "$(pixels out.tif 1 | awk '{printf "%.10g ", $1}')" = "1e+300 5 " ]
    [ "$(row_of a.tif 4)" = "1e+300 1e+300 5 5" ]
    # The sum of two such is beyond all doubles.
    make_raster b.tif 3 3 Float64 none $PLACE EPSG:32721 '1.5e308'
    printf '500105\t9699895\n' >p.tsv
    [ "$(eco-sample --points p.tsv --columns 1,2 --points-crs EPSG:32721 --window 3 --stat value,mean,max,n b.tif |
        awk -F'\t' '!/^#/ {print $6, $7, $8, $9}')" = "1.5e+308 NaN 1.5e+308 9" ]
}

@test "signed bytes are read in every format" {
    for nodata in '' -1 -128; do
        raw_vrt a.vrt Byte c "$nodata" SIGNEDBYTE 5 -128 -1 0 5 127
        want='-128 -1 0 5 127'
        [ -z "$nodata" ] || want=$(sed "s/\(^\| \)$nodata /\1NaN /" <<<"$want")
        rm -f a.tif a.img a.tif.aux.xml
        gdal_translate -q -of GTiff a.vrt a.tif 2>gdal.err
        gdal_translate -q -of HFA a.vrt a.img 2>gdal.err
        for file in a.vrt a.tif a.img; do
            [ "$(row_of $file 5)" = "$want" ]
            [ "$(eco-index --no-provenance --open $file 2>index.err | awk -F'\t' '!/^#/ {print $16}')" = Int8 ]
        done
    done
    make_grid g.txt EPSG:32721 499930 9700000 70 70 7 1
    for file in a.vrt a.tif; do
        eco-regrid --grid g.txt --method nearest -o out.tif $file
        [ "$(row_of out.tif 5)" = "NaN -1 0 5 127" ]
        [ "$(row_of out.tif 5)" = "$(row_of $file 5)" ]
    done
}

@test "64-bit integers are read where doubles are these numbers, and refused by value" {
    raw_vrt a.vrt Int64 'q<' -9223372036854775808 '' 5 -9223372036854775808 -9007199254740992 0 7 4611686018427387904
    gdal_translate -q a.vrt a.tif
    for file in a.vrt a.tif; do
        [ "$(row_of $file 5)" = "NaN -9007199254740992 0 7 4.611686018427388e+18" ]
        [ "$(eco-index --no-provenance --open $file 2>index.err | awk -F'\t' '!/^#/ {print $16}')" = Int64 ]
    done
    raw_vrt u.vrt UInt64 'Q<' 18446744073709551615 '' 4 18446744073709551615 0 9 9223372036854775808
    [ "$(row_of u.vrt 4)" = "NaN 0 9 9.223372036854776e+18" ]
    raw_vrt b.vrt Int64 'q<' '' '' 4 1 2 9007199254740993 4
    make_grid g.txt EPSG:32721 500000 9700000 280 70 1 1
    run --separate-stderr eco-regrid --grid g.txt -o out.tif b.vrt
    [ "$status" -eq 1 ]
    one_message "b.vrt: band 1, column 2, row 0: 9007199254740993 is an integer of more digits than a double has"
    # They are written as what they are, and GDAL reads the nodata.
    make_grid g.txt EPSG:32721 499930 9700000 70 70 7 1
    eco-regrid --grid g.txt --method nearest -o out.tif a.vrt
    [ "$(gdalinfo -json out.tif | jq -r '.bands[0].type')" = Int64 ]
    gdalinfo out.tif | grep -q 'NoData Value=-9223372036854775808'
    [ "$(row_of out.tif 5)" = "NaN -9007199254740992 0 7 4.611686018427388e+18" ]
}

@test "nearest and mode take a nodata that no pixel is" {
    make_raster all.tif 16 16 Byte none $PLACE EPSG:32721 '16 * $r + $c'
    make_raster two.tif 16 16 Byte none $PLACE EPSG:32721 '($c + $r) % 2 ? 255 : 254'
    make_raster i16.tif 16 16 Int16 none $PLACE EPSG:32721 '$r ? -32768 : -32766 - $c % 2'
    make_grid inner.txt EPSG:32721 500000 9700000 70 70 16 16
    make_grid wide.txt EPSG:32721 499930 9700070 70 70 18 18
    for method in nearest mode; do
        run --separate-stderr eco-regrid --grid wide.txt --method $method -o out.tif two.tif
        [ "$status" -eq 0 ]
        [ -z "$stderr" ]
        [ "$(gdalinfo -json out.tif | jq '.bands[0].noDataValue')" = 253 ]
        [ "$(eco-sample --cells out.tif | grep -vc '^#')" -eq 256 ]
        eco-regrid --grid wide.txt --method $method -o out.tif i16.tif
        [ "$(gdalinfo -json out.tif | jq '.bands[0].noDataValue')" = -32765 ]
        # All parts have the same.
        eco-regrid --grid wide.txt --method $method --part 1/18 -o part.tif i16.tif
        [ "$(gdalinfo -json part.tif | jq '.bands[0].noDataValue')" = -32765 ]
        # With all 256 there is none, and cells that would need it are an error.
        eco-regrid --grid inner.txt --method $method -o out.tif all.tif
        [ "$(gdalinfo -json out.tif | jq '.bands[0].noDataValue')" = null ]
        [ "$(pixels out.tif)" = "$(pixels all.tif)" ]
        [ "$(eco-sample --cells out.tif | grep -vc '^#')" -eq 256 ]
        rm out.tif
        run --separate-stderr eco-regrid --grid wide.txt --method $method -o out.tif all.tif
        [ "$status" -eq 1 ]
        one_message "all.tif: 68 cells have no value, and without nodata Byte has nothing for them; see --nodata and --dtype"
        [ ! -e out.tif ]
        eco-regrid --grid wide.txt --method $method --dtype Int16 -o out.tif all.tif
        [ "$(eco-sample --cells out.tif | grep -vc '^#')" -eq 256 ]
    done
}

@test "--nodata none writes none" {
    make_raster a.tif 4 4 Byte none $PLACE EPSG:32721 '255'
    make_grid g.txt EPSG:32721 500000 9700000 70 70 4 4
    for type in Byte Float32; do
        run --separate-stderr eco-regrid --grid g.txt --method nearest --dtype $type --nodata none -o out.tif a.tif
        [ "$status" -eq 0 ]
        [ -z "$stderr" ]
        [ "$(gdalinfo -json out.tif | jq '.bands[0].noDataValue')" = null ]
        [ "$(eco-sample --cells out.tif | grep -vc '^#')" -eq 16 ]
    done
    make_grid wide.txt EPSG:32721 499930 9700000 70 70 5 4
    run --separate-stderr eco-regrid --grid wide.txt --method nearest --nodata none -o other.tif a.tif
    [ "$status" -eq 1 ]
    one_message "a.tif: 4 cells have no value"
    [ ! -e other.tif ]
    eco-regrid --grid wide.txt --method nearest --dtype Float32 --nodata none -o other.tif a.tif
    [ "$(pixels other.tif | grep -c nan)" -eq 4 ]
}

@test "scaled integers print in the digits of their scale, in records and CSV" {
    make_raster a.tif 4 1 UInt16 0 $PLACE EPSG:32721 '(15714,14900,1,65535)[$c]' -a_scale 0.02
    [ "$(row_of a.tif 4)" = "314.28 298 0.02 1310.7" ]
    [ "$(eco-sample --cells --csv a.tif | awk -F, 'NR > 1 {print $6}' | xargs)" = "314.28 298 0.02 1310.7" ]
    [ "$(eco-sample --cells a.tif | awk -F'\t' '!/^#/ {print $7}' | xargs)" = "314.28 298 0.02 1310.7" ]
    [ "$(row_of a.tif 4 --raw)" = "15714 14900 1 65535" ]
    make_raster b.tif 4 1 Int16 -9999 $PLACE EPSG:32721 '(-9999,-1,7,3)[$c]' -a_scale 0.1 -a_offset 273.15
    [ "$(row_of b.tif 4)" = "NaN 273.05 273.85 273.45" ]
    make_raster c.tif 4 1 Int16 none $PLACE EPSG:32721 '(-1,2,7,3)[$c]' -a_scale 1e-6
    [ "$(row_of c.tif 4)" = "-1e-06 2e-06 7e-06 3e-06" ]
    # A scale that is no decimal leaves numbers as they come.
    make_raster d.tif 4 1 Int16 none $PLACE EPSG:32721 '(1,2,7,3)[$c]' -a_scale 0.3333333333333333
    [ "$(row_of d.tif 4)" = "0.3333333333333333 0.6666666666666666 2.333333333333333 1" ]
    # All 65,536 numbers under 0.02, as arithmetic in whole hundredths has them.
    make_raster all.tif 256 256 UInt16 none $PLACE EPSG:32721 '256 * $r + $c' -a_scale 0.02
    eco-sample --cells all.tif | awk -F'\t' '!/^#/ {print $7}' | sort >got
    awk 'BEGIN { for (i = 0; i < 65536; i++) { s = sprintf("%d.%02d", int(i * 2 / 100), i * 2 % 100); sub(/0+$/, "", s); sub(/\.$/, "", s); print s } }' | sort >want
    cmp got want
    # Rasters keep the doubles of the product.
    make_grid g.txt EPSG:32721 500000 9700000 70 70 4 1
    eco-regrid --grid g.txt --method nearest --dtype Float64 -o out.tif a.tif
    near "$(pixels out.tif | head -1)" 314.28000000000003 1e-13
}

@test "flags and classes are raw, whatever scale their file gives" {
    make_raster plain.tif 4 4 Byte 255 $PLACE EPSG:32721 '$c < 3' -a_scale 0.0001
    echo '{"type": "Polygon", "crs": {"type": "name", "properties": {"name": "EPSG:32721"}}, "coordinates":
        [[[500000,9699720],[500280,9699720],[500280,9700000],[500000,9700000],[500000,9699720]]]}' >p.geojson
    stat() {
        eco-sample --polygons p.geojson --stat "$1" "${@:2}" | awk -F'\t' '!/^#/ {print $4}'
    }
    make_grid g.txt EPSG:32721 500000 9700000 280 280 1 1
    for layer in cloud water QC cloud_mask; do
        name=ECO_L2_CLOUD.002_${layer}_doy2020221094621_aid0001.tif
        cp plain.tif "$name"
        run --separate-stderr stat fraction:1 "$name"
        [ "$output" = 0.75 ]
        [ -z "$stderr" ]
        [ "$(stat mode "$name") $(stat mean "$name") $(stat max "$name")" = "1 0.75 1" ]
        [ "$(row_of "$name" 4)" = "1 1 1 0" ]
        eco-regrid --grid g.txt --bands mean,mode -o out.tif "$name"
        [ "$(pixels out.tif 1) $(pixels out.tif 2)" = "0.75 1" ]
        rm "$name"
    done
    # Of other rasters classes are raw, which is told; values are not, unless --raw says so.
    run --separate-stderr stat fraction:1 plain.tif
    [ "$output" = 0.75 ]
    one_message "plain.tif: the classes of fraction are its raw numbers, before the scale of 0.0001 and the offset of 0"
    run --separate-stderr stat fraction:1 --raw plain.tif
    [ "$output" = 0.75 ]
    [ -z "$stderr" ]
    [ "$(stat max plain.tif) $(stat max --raw plain.tif)" = "0.0001 1" ]
    [ "$(row_of plain.tif 4) $(row_of plain.tif 4 --raw)" = "0.0001 0.0001 0.0001 0 1 1 1 0" ]
    [ "$(eco-sample --cells --raw plain.tif | awk -F'\t' '!/^#/ {s += $7} END {print s}')" = 12 ]
    # Raw numbers have no unit.
    make_raster u.tif 4 4 UInt16 0 $PLACE EPSG:32721 15000 -a_scale 0.02 -mo units=K
    [ "$(eco-sample --cells u.tif | grep -c '##unit')" -eq 1 ]
    [ "$(eco-sample --cells --raw u.tif | grep -c '##unit')" -eq 0 ]
}
