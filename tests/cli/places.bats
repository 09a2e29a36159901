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

@test "a file without a byte is called empty, and a TIFF's block that ends too soon has a place" {
    : >nothing.tif
    run --separate-stderr eco-grid --like nothing.tif
    [ "$status" -eq 1 ]
    [ "$stderr" = "eco-grid: nothing.tif: the file is empty" ]
    make_scaled
    gdal_translate -q -co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16 -outsize 64 64 scaled.tif whole.tif
    eco-grid --like whole.tif >whole.txt
    head -c -20 whole.tif >short.tif
    run --separate-stderr eco-regrid --grid whole.txt -o out.tif short.tif
    [ "$status" -eq 1 ]
    one_message "short.tif: damaged: the block at row 48, column 48 ends too soon (got "
    [ ! -e out.tif ]
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
    run ! grep -q 'EPSG:32721.*Int16.*0	1	0' whole.tsv
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

@test "netCDF whose cells are beside their coordinates lies where its bounds are" {
    make_netcdf '0 1 2 3' "$bounded" "$(bounds_of '-0.5 0.5 0.5 1.5 1.5 2.5 2.5 3.5')"
    [ "$(at_latitude 2.1)" = 2 ]
    # Coordinates are the cells' southern edges.
    make_netcdf '0 1 2 3' "$bounded" "$(bounds_of '0 1 1 2 2 3 3 4')"
    [ "$(at_latitude 2.1) $(at_latitude 2.9) $(at_latitude 3.1)" = '2 2 3' ]
    # Cells of other widths than their steps, or of several.
    make_netcdf '0 1 2 3' "$bounded" "$(bounds_of '-0.4 0.4 0.6 1.4 1.6 2.4 2.6 3.4')"
    refused m.nc 'the bounds lat_bnds lay the pixel at lat 0 from -0.4 to 0.4'
    make_netcdf '0 1 2 3' "$bounded" "$(bounds_of '-0.5 0.5 0.5 1.5 1.5 2.5 2.5 3.4')"
    refused m.nc 'the bounds lat_bnds lay the pixel at lat 3 from 2.5 to 3.4'
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
    printf '#lon\tlat\n11\t2\n' >p
    run --separate-stderr eco-sample --points p m.nc
    [ "$status" -eq 1 ]
    one_message 'm.nc: it has 2 layers, and nothing says which is meant, as m.nc:LAYER or --layer do: k, m'
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

# x y pairs from one CRS to another by cs2cs, which has the authority's order and units.
by_cs2cs() {
    cs2cs -f %.9f "$1" "$2"
}

@test "angles are degrees, whatever unit and prime meridian a CRS has" {
    # 5 E of Greenwich is 2.66 E of Paris; 2.337229166667 less.
    echo 5 58 | eco-reproject --from EPSG:4275 --to EPSG:4807 --delimiter blank --columns 1,2 >out
    near "$(cut -d' ' -f1 out)" 2.662770833 1e-9
    near "$(cut -d' ' -f2 out)" 58 1e-9
    eco-reproject --from EPSG:4807 --to EPSG:4275 --delimiter blank --columns 1,2 out >back
    near "$(cut -d' ' -f1 back)" 5 1e-9
    near "$(cut -d' ' -f2 back)" 58 1e-9
    # The same place by way of a plane.
    echo 5 58 | eco-reproject --from EPSG:4275 --to EPSG:3857 --delimiter blank --columns 1,2 >plane
    eco-reproject --from EPSG:4807 --to EPSG:3857 --delimiter blank --columns 1,2 out >by_paris
    near "$(cut -d' ' -f1 plane)" "$(cut -d' ' -f1 by_paris)" 1e-3
    near "$(cut -d' ' -f2 plane)" "$(cut -d' ' -f2 by_paris)" 1e-3
    # In the authority's order, too.
    echo 58 5 | eco-reproject --authority-order --from EPSG:4275 --to EPSG:4807 --delimiter blank --columns 1,2 >out
    # shellcheck disable=SC2046 # its words
    set -- $(echo 58 5 | by_cs2cs EPSG:4275 EPSG:4807)
    near "$(cut -d' ' -f1 out)" "$1" 1e-9
    near "$(cut -d' ' -f2 out)" "$2" 1e-9
    # Radians, without a code.
    radians='GEOGCRS["of radians",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563]],CS[ellipsoidal,2],AXIS["longitude",east],AXIS["latitude",north],ANGLEUNIT["radian",1]]'
    echo 30 60 | eco-reproject --from EPSG:4326 --to "$radians" --delimiter blank --columns 1,2 --decimals 9 >out
    [ "$(cat out)" = '30.000000000 60.000000000' ]
    echo 30 60 | eco-reproject --accuracy --from EPSG:4326 --to "$radians" --delimiter blank --columns 1,2 --decimals 9 >out
    [ "$(cat out)" = '30.000000000 60.000000000' ]
}

# A raster of 10 by 10 grads from 299 E of Paris (or from $1), each pixel its number.
# shellcheck disable=SC2120 # of its defaults
make_grads() {
    {
        printf 'ncols 10\nnrows 10\nxllcorner %s\nyllcorner 41\ncellsize 1\n' "${1:-299}"
        seq 1 100 | paste -sd '          \n' -
    } >grads.asc
    gdal_translate -q -ot Float32 -a_srs EPSG:4807 grads.asc grads.tif
}

@test "a raster in grads is where GDAL has it, and 400 of them are a turn" {
    make_grads
    # 300.5 grads are 270.45 degrees of Paris, 272.787229 of Greenwich, which is -87.212771.
    for longitude in -87.212770833 272.787229167; do
        printf '#lon\tlat\n%s\t41\n' $longitude |
            eco-sample --no-provenance --points - --points-crs EPSG:4275 grads.tif >out
        [ "$(tail -1 out | cut -f 6)" = "$(echo 300.5 45.5555 | gdallocationinfo -geoloc -valonly grads.tif)" ]
    done
    # -98.5 grads is the same place as 301.5; 341 is elsewhere.
    printf '#x\ty\n-88.65\t41\n272.25\t41\n-53.1\t41\n' |
        eco-sample --no-provenance --points - --points-crs EPSG:4807 grads.tif >out
    [ "$(tail -3 out | cut -f 6 | xargs)" = "$(echo 301.5 45.5555 | gdallocationinfo -geoloc -valonly grads.tif) \
$(echo 302.5 45.5555 | gdallocationinfo -geoloc -valonly grads.tif) NaN" ]
    # Its cells' longitudes and latitudes are WGS 84's, its x and y degrees.
    eco-sample --no-provenance --cells grads.tif >cells
    awk -F'\t' '!/^#/ && $7 == 1' cells >first
    near "$(cut -f 2 first)" 269.55 1e-9
    near "$(cut -f 3 first)" 45.45 1e-9
    # shellcheck disable=SC2046 # its words
    set -- $(echo 299.5 50.5 | gdaltransform -s_srs EPSG:4807 -t_srs EPSG:4326)
    near "$(cut -f 4 first)" "$1" 1e-6
    near "$(cut -f 5 first)" "$2" 1e-6
}

@test "a grid like a raster in grads, and what comes of it, are in grads in their files" {
    make_grads
    eco-grid --like grads.tif >grid.txt
    grep -q '^##dx=0.9$' grid.txt
    eco-regrid --no-provenance --grid grid.txt -o out.tif grads.tif >record
    [ "$(gdalinfo -json out.tif | jq -c '[.geoTransform[] * 1e9 | round / 1e9]')" = '[299,1,0,51,0,-1]' ]
    [ "$(gdal_translate -q -of XYZ -b 1 out.tif /vsistdout/ | awk '{print $3}' | xargs)" = "$(seq 1 100 | xargs)" ]
    # Polygons, too: 2 by 2 grads.
    echo '{"type":"Polygon","coordinates":[[[300,45],[302,45],[302,47],[300,47],[300,45]]]}' >area.geojson
    ogr2ogr -q -f 'ESRI Shapefile' -a_srs EPSG:4807 area.shp area.geojson
    eco-sample --no-provenance --polygons area.shp --stat n,mean grads.tif >out
    [ "$(grep -v '^#' out | cut -f 4,5)" = $'4\t47.5' ]
    eco-grid --around area.shp --crs EPSG:4807 --res 1 >grid.txt
    near "$(grep -v '^#' grid.txt | cut -f 2 | sort -n | head -1)" 270 1e-9
}

@test "a raster of 400 grads goes around the earth" {
    gdal_create -q -of GTiff -ot Float32 -outsize 400 200 -burn 7 -a_srs EPSG:4807 -a_ullr 0 100 400 -100 world.tif
    # Around the end of it, 0 of Paris.
    for place in 2,45 -2,45 178,45; do
        eco-grid --center $place --res 50000 --radius 300000 >grid.txt
        eco-regrid --no-provenance --grid grid.txt -o out.tif world.tif >record
        [ "$(tail -1 record | cut -f 2,4)" = $'ok\t169' ]
        near "$(tail -1 record | cut -f 7)" 1 1e-9
    done
}

UTM_3D='PROJCRS["UTM 21S over 3D",BASEGEOGCRS["WGS 84",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563]],ID["EPSG",4979]],CONVERSION["UTM zone 21S",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Longitude of natural origin",-57,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",0.9996],PARAMETER["False easting",500000],PARAMETER["False northing",10000000]],CS[Cartesian,3],AXIS["e",east],AXIS["n",north],AXIS["h",up],LENGTHUNIT["metre",1]]'

@test "rasters of compound and of 3D CRSs are those of their horizontal part" {
    for crs in EPSG:4326 EPSG:4326+5773 EPSG:4979 EPSG:9707; do
        gdal_create -q -of GTiff -ot Float32 -outsize 36 18 -burn 7 -a_srs $crs -a_ullr 0 90 360 -90 world.tif
        printf '#lon\tlat\n-60\t-3\n' | eco-sample --no-provenance --points - world.tif >out
        [ "$(tail -1 out | cut -f 6)" = 7 ] || { echo "$crs: $(cat out)"; return 1; }
        eco-grid --center -60,-3 --res 1000 --radius 5000 >grid.txt
        eco-regrid --no-provenance --grid grid.txt -o out.tif world.tif >record
        [ "$(tail -1 record | cut -f 2,4)" = $'ok\t121' ]
        # In the other turn of longitudes.
        eco-grid --bounds -70,-10,-50,0 --crs EPSG:4326 --res 10 >grid.txt
        eco-regrid --no-provenance --grid grid.txt -o out.tif world.tif >record
        [ "$(tail -1 record | cut -f 2,4)" = $'ok\t2' ] || { echo "$crs: $(cat record)"; return 1; }
        eco-grid --like world.tif | grep -q '^##crs=EPSG:4326$'
    done
    # British national grid with heights, and without.
    gdal_create -q -of GTiff -ot Float32 -outsize 10 10 -burn 7 -a_srs EPSG:7405 -a_ullr 400000 410000 410000 400000 uk.tif
    eco-grid --bounds 400000,400000,410000,410000 --crs EPSG:27700 --res 1000 >grid.txt
    eco-regrid --no-provenance --grid grid.txt -o out.tif uk.tif >record
    [ "$(tail -1 record | cut -f 2,4)" = $'ok\t100' ]
}

@test "a grid in UTM over a 3D base can be made and written" {
    gdal_create -q -of GTiff -ot Float32 -outsize 20 20 -burn 7 -a_srs EPSG:4326 -a_ullr -58 -1 -56 -3 scene.tif
    eco-grid --center -57,-2 --res 1000 --radius 5000 --crs "$UTM_3D" >grid.txt
    grep -q '^##crs=EPSG:32721$' grid.txt
    awk -v crs="$UTM_3D" '/^##crs=/ { $0 = "##crs=" crs } 1' grid.txt >by_hand.txt
    for grid in grid.txt by_hand.txt; do
        eco-regrid --no-provenance --grid $grid -o out.tif scene.tif >record
        [ "$(tail -1 record | cut -f 2,4)" = $'ok\t121' ]
        [ "$(gdalsrsinfo -o epsg out.tif | xargs)" = EPSG:32721 ]
    done
}

@test "heights go through compound CRSs only where there are heights" {
    printf '#x\ty\n-60\t-2\n' | eco-reproject --from EPSG:4326+5773 --to EPSG:32721 --decimals 3 >out
    # shellcheck disable=SC2046 # its words
    set -- $(echo -2 -60 | cs2cs -f %.3f EPSG:4326 EPSG:32721)
    [ "$(tail -1 out)" = "$1"$'\t'"$2" ]
}

@test "pixels larger than the earth, and numbers that are none, are refused" {
    gdal_create -q -of GTiff -ot Float32 -outsize 20 20 -burn 5 -a_srs EPSG:4326 -a_ullr 0 20e12 20e12 0 degrees.tif
    gdal_create -q -of GTiff -ot Float32 -outsize 20 20 -burn 5 -a_srs EPSG:32721 -a_ullr 0 20e12 20e12 0 metres.tif
    gdal_create -q -of GTiff -ot Float32 -outsize 20 20 -burn 5 -a_srs EPSG:4807 -a_ullr 0 20e12 20e12 0 grads.tif
    for file in degrees.tif metres.tif grads.tif; do
        refused $file 'its pixels are larger than the earth'
    done
    gdal_create -q -of GTiff -ot Float32 -outsize 20 20 -burn 5 -a_srs EPSG:4326 -a_ullr 0 20 20 0 good.tif
    gdal_translate -q -of VRT good.tif good.vrt
    for bad in nan inf; do
        sed "s;<GeoTransform>.*</GeoTransform>;<GeoTransform>$bad, 1, 0, 20, 0, -1</GeoTransform>;" good.vrt >bad.vrt
        refused bad.vrt 'its geotransform has a number that is none'
    done
    # 100 km a pixel, and the whole earth in one, are none of that.
    gdal_create -q -of GTiff -ot Float32 -outsize 2 2 -burn 5 -a_srs EPSG:6933 -a_ullr -17e6 7e6 17e6 -7e6 large.tif
    gdal_create -q -of GTiff -ot Float32 -outsize 1 1 -burn 5 -a_srs EPSG:4326 -a_ullr -180 90 180 -90 whole.tif
    eco-index --no-provenance --open large.tif whole.tif 2>err >out
}

@test "eco-index tells which way rows and columns run" {
    make_scaled
    gdal_translate -q -of VRT burnt.tif north.vrt
    while read -r gt dx dy; do
        sed "s;<GeoTransform>.*</GeoTransform>;<GeoTransform>$gt</GeoTransform>;" north.vrt >turned.vrt
        [ "$(eco-index --no-provenance --open turned.vrt 2>err | tail -1 | cut -f 14,15)" = "$dx"$'\t'"$dy" ]
    done <<'END'
300000,100,0,9700000,0,-50 100 50
300000,100,0,9694000,0,50 100 -50
306000,-100,0,9700000,0,-50 -100 50
300000,60,30,9700000,80,-40 100 50
300000,60,-30,9700000,80,40 100 -50
END
}

@test "pixels too small to be told apart are refused, longitudes of many turns are not" {
    gdal_create -q -of GTiff -ot Float32 -outsize 20 20 -burn 5 -a_srs EPSG:4326 -a_ullr 0 20 20 0 good.tif
    gdal_translate -q -of VRT good.tif good.vrt
    for gt in '100, 1e-14, 0, 20, 0, -1' '0, 1e-310, 0, 0, 0, -1e-310'; do
        sed "s;<GeoTransform>.*</GeoTransform>;<GeoTransform>$gt</GeoTransform>;" good.vrt >bad.vrt
        refused bad.vrt 'its pixels are too small for numbers to tell them apart'
    done
    printf '#lon\tlat\n1e300\t5\n1e18\t5\n3610\t5\n' | eco-sample --points - good.tif >out
    [ "$(tail -1 out | cut -f 6)" = 5 ]
    for longitude in 180 -180 540; do
        eco-grid --center $longitude,5 --res 1000 --radius 5000 >grid.txt
    done
    grep -q EPSG:32601 grid.txt
}

@test "a layer that ends before its last polygon does, or its CRS, is damaged" {
    gdal_create -q -of GTiff -ot Float32 -outsize 40 40 -burn 5 -a_srs EPSG:4326 -a_ullr 0 2 20 -18 good.tif
    {
        echo '{"type":"FeatureCollection","features":['
        for i in $(seq 0 19); do
            [ "$i" -eq 0 ] || echo ,
            echo "{\"type\":\"Feature\",\"properties\":{\"site\":$i},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[$i,0],[$i.5,0],[$i.5,0.5],[$i,0.5],[$i,0]]]}}"
        done
        echo ']}'
    } >all.geojson
    ogr2ogr -q -f 'ESRI Shapefile' all.shp all.geojson
    ogr2ogr -q -f FlatGeobuf all.fgb all.geojson
    ogr2ogr -q -f GeoJSONSeq all.geojsonl all.geojson
    for whole in all.shp all.fgb all.geojsonl; do
        [ "$(eco-sample --no-provenance --polygons $whole --id site good.tif | grep -vc '^#')" -eq 20 ]
        cut=cut.${whole#*.}
        for s in shx dbf prj; do cp all.$s cut.$s; done
        for part in 40 30 20; do
            head -c $(($(stat -c %s $whole) * part / 41)) $whole >$cut
            run --separate-stderr eco-sample --no-provenance --polygons $cut --id site good.tif
            [ "$status" -eq 1 ]
            one_message "$cut: damaged: "
            run --separate-stderr eco-grid --around $cut --res 1000
            [ "$status" -eq 1 ]
            one_message "$cut: damaged: "
        done
    done
    cp all.shp cut.shp
    head -c -20 all.prj >cut.prj
    run --separate-stderr eco-grid --around cut.shp --res 1000
    [ "$status" -eq 1 ]
    one_message 'cut.shp: damaged: '
}
