# Where pixels lie: what a file says of it is used as its format means it, or refused by name.
load ../lib/common

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# A raster of 60 by 60 pixels of 100 m, all 2500, which are 295 K.
make_scaled() {
    gdal_create -q -of GTiff -ot Int16 -outsize 60 60 -burn 2500 -a_srs EPSG:32721 \
        -a_ullr 300000 9700000 306000 9694000 burnt.tif
    gdal_translate -q -a_scale 0.01 -a_offset 270 -a_nodata 0 "$@" burnt.tif scaled.tif
}

# Moves the values of a directory's tags behind the pixels, the last in the file: libtiff
# does so when it rewrites a directory.
make_tags_last() {
    make_scaled
    tiffset -s 305 eco scaled.tif
    tiffset -s 42113 "0 " scaled.tif
}

# One refusal by eco-index --open, whose record then has nothing from inside.
refused() {
    run --separate-stderr eco-index --no-provenance --open "$1"
    [ "$status" -eq 1 ] || { echo "status $status: $output"; return 1; }
    stderr=$(grep -v 'a name of no known form' <<<"$stderr")
    one_message "$1: $2"
    [ "$(tail -1 <<<"$output" | cut -f 10-)" = $'NaN\tNaN\tNaN\tNA\tNaN\tNaN\tNA\tNaN\tNaN\tNaN' ]
}

# A netCDF file of the latitudes $1 by the longitudes 10, 11, 12; m is each row's latitude.
# $2: more attributes of the latitudes; $3: more arrays.
make_netcdf() {
    local n
    n=$(wc -w <<<"$1")
    cat >netcdf.vrt <<END
<VRTDataset><Group name="/">
<Dimension name="lat" size="$n" indexingVariable="lat"/>
<Dimension name="lon" size="3" indexingVariable="lon"/><Dimension name="side" size="2"/>
<Array name="lat"><DataType>Float64</DataType><DimensionRef ref="lat"/>
<Unit>degrees_north</Unit><InlineValues>$1</InlineValues>
<Attribute name="standard_name"><DataType>String</DataType><Value>latitude</Value></Attribute>$2</Array>
<Array name="lon"><DataType>Float64</DataType><DimensionRef ref="lon"/><Unit>degrees_east</Unit>
<RegularlySpacedValues start="10" increment="1"/>
<Attribute name="standard_name"><DataType>String</DataType><Value>longitude</Value></Attribute></Array>
<Array name="m"><DataType>Float64</DataType><DimensionRef ref="lat"/><DimensionRef ref="lon"/>
<SRS dataAxisToSRSAxisMapping="1,2">EPSG:4326</SRS>
<InlineValues>$(for v in $1; do echo "$v $v $v"; done)</InlineValues></Array>
$3</Group></VRTDataset>
END
    gdalmdimtranslate -q netcdf.vrt m.nc 2>gdal.err
}

bounds_of() {
    echo "<Array name=\"lat_bnds\"><DataType>Float64</DataType><DimensionRef ref=\"lat\"/>" \
        "<DimensionRef ref=\"side\"/><InlineValues>$1</InlineValues></Array>"
}

bounded='<Attribute name="bounds"><DataType>String</DataType><Value>lat_bnds</Value></Attribute>'

# The value of m at longitude 11 and a latitude.
at_latitude() {
    printf '#lon\tlat\n11\t%s\n' "$1" | eco-sample --no-provenance --points - m.nc | tail -1 | cut -f 6
}

@test "a TIFF that ends before its tags do is damaged, wherever it ends" {
    make_tags_last
    [ "$(gdalinfo -json scaled.tif | jq '.bands[0].scale')" = 0.01 ]
    size=$(stat -c %s scaled.tif)
    [ "$size" -gt 7200 ]
    for cut in 1 2 40 $(seq 3 29 $((size - 7200))); do
        head -c -"$cut" scaled.tif >"cut$cut.tif"
    done
    ls cut*.tif >list
    run --separate-stderr eco-index --no-provenance --open <list
    [ "$status" -eq 1 ]
    [ "$(grep -c 'damaged: the file ends before' <<<"$stderr")" -eq "$(wc -l <list)" ]
    [ "$(grep -v '^#' <<<"$output" | cut -f 10- | sort -u)" = $'NaN\tNaN\tNaN\tNA\tNaN\tNaN\tNA\tNaN\tNaN\tNaN' ]
    printf '#x\ty\n303050\t9697050\n' | eco-sample --no-provenance --points-crs EPSG:32721 --points - scaled.tif >out
    [ "$(tail -1 out | cut -f 6)" = 295 ]
    printf '#x\ty\n303050\t9697050\n' >points
    run --separate-stderr eco-sample --points-crs EPSG:32721 --points points cut1.tif
    [ "$status" -eq 1 ]
    one_message "cut1.tif: damaged: the file ends before its tag"
}

@test "so it is with BigTIFF, the other byte order, a file in an archive, and overviews" {
    make_scaled -co BIGTIFF=YES
    tiffset -s 305 eco scaled.tif
    head -c -1 scaled.tif >big.tif
    refused big.tif 'damaged: the file ends before'
    make_scaled -co ENDIANNESS=BIG
    tiffset -s 305 eco scaled.tif
    head -c -1 scaled.tif >motorola.tif
    refused motorola.tif 'damaged: the file ends before'
    make_scaled
    tiffset -s 305 eco scaled.tif
    head -c -1 scaled.tif >cut.tif
    tar cf cut.tar cut.tif
    refused /vsitar/cut.tar/cut.tif 'damaged: the file ends before'
    make_scaled
    gdaladdo -q scaled.tif 2
    head -c -1 scaled.tif >overview.tif
    eco-index --no-provenance --open overview.tif >whole.tsv 2>err || true
    ! grep -q 'EPSG:32721.*Int16.*0	1	0' whole.tsv
}

@test "a sidecar that is cut off is damaged, not absent" {
    make_scaled
    printf '<PAMDataset><PAMRasterBand band="1"><Scale>2</Scale></PAMRasterBand></PAMDataset>' >burnt.tif.aux.xml
    eco-index --no-provenance --open burnt.tif 2>err >out
    [ "$(tail -1 out | cut -f 18)" = 2 ]
    printf '<PAMDataset><PAMRasterBand band="1"><Scale>2</Sca' >burnt.tif.aux.xml
    run --separate-stderr eco-index --no-provenance --open burnt.tif
    [ "$status" -eq 1 ]
    [[ $stderr == *"burnt.tif.aux.xml: damaged: "* ]]
    gdal_translate -q -b 1 -mask 1 --config GDAL_TIFF_INTERNAL_MASK NO scaled.tif masked.tif
    head -c 100 masked.tif.msk >part
    mv part masked.tif.msk
    run --separate-stderr eco-index --no-provenance --open masked.tif
    [ "$status" -eq 1 ]
    [[ $stderr == *"masked.tif.msk: damaged: "* ]]
}

@test "metadata that is no XML is damaged, not absent" {
    make_scaled
    tiffset -s 42112 '<GDALMetadata><Item name="SCALE" sample="0" role="scale">0.0' scaled.tif
    refused scaled.tif 'damaged: '
}

@test "netCDF whose coordinates are not evenly spaced is refused" {
    make_netcdf '0 1 2 3 4 5'
    [ "$(at_latitude 2.1)" = 2 ]
    [ "$(at_latitude 4.4)" = 4 ]
    make_netcdf '5 4 3 2 1 0'
    [ "$(at_latitude 4.4)" = 4 ]
    # GDAL looks at the first, the middle and the last step alone.
    for latitudes in '0 1 2.3 3 4 5 6 7' '0 1 3 6 10' '0 1.05 2 3 4' '0 0.5 1 2 3 4'; do
        make_netcdf "$latitudes"
        refused m.nc 'its coordinates lat are not evenly spaced'
    done
    run --separate-stderr eco-grid --like m.nc
    [ "$status" -eq 1 ]
    one_message 'm.nc: its coordinates lat are not evenly spaced (steps of 0.5 to 1)'
    # Decimals that a double does not have.
    make_netcdf '0.1 0.2 0.3 0.4 0.5 0.6 0.7'
    [ "$(at_latitude 0.31)" = 0.3 ]
}

@test "netCDF whose cells are not about their coordinates is refused" {
    make_netcdf '0 1 2 3' "$bounded" "$(bounds_of '-0.5 0.5 0.5 1.5 1.5 2.5 2.5 3.5')"
    [ "$(at_latitude 2.1)" = 2 ]
    # Coordinates are the cells' southern edges.
    make_netcdf '0 1 2 3' "$bounded" "$(bounds_of '0 1 1 2 2 3 3 4')"
    refused m.nc 'the bounds lat_bnds lay the pixel at lat 0 from 0 to 1'
    # Half cells at the poles end there.
    make_netcdf '-90 -45 0 45 90' "$bounded" \
        "$(bounds_of '-90 -67.5 -67.5 -22.5 -22.5 22.5 22.5 67.5 67.5 90')"
    [ "$(at_latitude -80)" = -90 ]
}

@test "what a raster has instead of a place is told, and the way to use it" {
    make_scaled
    gdal_translate -q -a_srs EPSG:4326 -gcp 0 0 10 50 -gcp 60 0 11 50 -gcp 0 60 10 49 \
        -gcp 60 60 11 49.1 burnt.tif points.tif
    gdal_translate -q -of VRT burnt.tif plain.vrt
    sed '/<SRS/d; /<GeoTransform/d; s,<VRTRasterBand,<Metadata domain="GEOLOCATION"><MDI key="X_DATASET">lon.tif</MDI>\
<MDI key="Y_DATASET">lat.tif</MDI></Metadata>&,' plain.vrt >swath.vrt
    sed '/<SRS/d; /<GeoTransform/d' plain.vrt >nothing.vrt
    sed '/<SRS/d' plain.vrt >no_crs.vrt
    printf '#x\ty\n303050\t9697050\n' >points
    while read -r file message; do
        run --separate-stderr eco-sample --points-crs EPSG:32721 --points points "$file"
        [ "$status" -eq 1 ]
        one_message "$file: $message"
        run --separate-stderr eco-grid --like "$file"
        [ "$status" -eq 1 ]
        one_message "$file: $message"
    done <<'END'
points.tif it has no geotransform, but 4 control points; lay it on a grid first: gdalwarp -tps
swath.vrt it has no geotransform, but an array of places (a swath); lay it on a grid first: gdalwarp -geoloc
nothing.vrt it has no geotransform, so its pixels have no place; make a copy that has the right one: gdal_translate -a_ullr
no_crs.vrt it names no CRS, so its pixels have no place; make a copy that names the right one: gdal_translate -a_srs
END
}

@test "a file of several pictures is told with their names" {
    make_netcdf '0 1 2 3' '' '<Array name="k"><DataType>Byte</DataType><DimensionRef ref="lat"/>
<DimensionRef ref="lon"/><ConstantValue>1</ConstantValue></Array>'
    refused m.nc 'no raster bands in it itself; name one of its subdatasets: NETCDF:"m.nc":k, NETCDF:"m.nc":m'
    printf '#lon\tlat\n11\t2\n' | eco-sample --no-provenance --points - NETCDF:m.nc:m >out
    [ "$(tail -1 out | cut -f 6)" = 2 ]
}

@test "folders that are rasters, and paths of GDAL's own kinds" {
    make_scaled
    gdal_translate -q -of Zarr scaled.tif scaled.zarr
    gzip -k scaled.tif
    tar cf scaled.tar scaled.tif
    mkdir folder
    eco-index --no-provenance --open scaled.tif 2>err | tail -1 | cut -f 10- >expected
    for path in scaled.zarr /vsigzip/scaled.tif.gz /vsitar/scaled.tar/scaled.tif; do
        eco-index --no-provenance --open $path 2>err | tail -1 | cut -f 10- | diff - expected
        eco-grid --like $path | diff - <(eco-grid --like scaled.tif) | grep '^[<>]' | grep -v '##cmd' && false
    done
    refused folder 'not a raster that can be read'
    refused /vsitar/scaled.tar/none.tif 'not a raster that can be read'
}
