# Every tool that takes a raster takes a layer of a netCDF, and one of its times, in its place.
# The oracle is the same numbers as a GeoTIFF, which GDAL's own reader made.

load ../lib/common
load ../lib/netcdf

setup() {
    netcdf_needs
    cd "$BATS_TEST_TMPDIR" || return
    nc a.nc <<'END'
netcdf a {
dimensions: time = 3 ; lat = 3 ; lon = 4 ;
variables:
  double lat(lat) ; lat:units = "degrees_north" ;
  double lon(lon) ; lon:units = "degrees_east" ;
  int time(time) ; time:units = "days since 2000-01-01 00:00:00" ;
  ushort LST(time, lat, lon) ; LST:_FillValue = 0US ; LST:units = "K" ;
  ubyte land(lat, lon) ;
data:
  lat = 10.25, 9.75, 9.25 ; lon = 20.25, 20.75, 21.25, 21.75 ; time = 6999, 7000, 7030 ;
  LST = 301, 302, 0, 303, 304, 305, 306, 307, 308, 309, 310, 311,
        281, 282, 283, 284, 285, 286, 287, 288, 289, 290, 291, 292,
        261, 262, 263, 264, 265, 266, 267, 268, 269, 270, 271, 272 ;
  land = 1, 1, 2, 1, 2, 2, 2, 2, 1, 1, 1, 3 ;
}
END
    for k in 1 2 3; do
        gdal_translate -q -of GTiff -a_srs EPSG:4326 -b $k NETCDF:a.nc:LST t$k.tif 2>/dev/null
    done
    gdal_translate -q -of GTiff -a_srs EPSG:4326 NETCDF:a.nc:land land.tif 2>/dev/null
    eco-grid --like t1.tif >g.txt
}

# A picture's data and axes, without what says where they came from.
drawn() {
    grep -av '^##cmd\|^set label\|^set title' "$1"
}

@test "map draws a layer and time as the GeoTIFF of it" {
    eco-plotspec map --raster t2.tif --variable LST --unit K --title t >theirs
    drawn theirs >theirs.drawn
    for ask in '--raster a.nc:LST --time 2019-03-02' '--raster a.nc --layer LST --time 2019-03-02' \
        '--raster a.nc:LST:20190302T000000' '--raster a.nc --layer LST --band 2'; do
        # shellcheck disable=SC2086
        eco-plotspec map $ask --variable LST --title t >ours
        drawn ours | cmp - theirs.drawn
    done
    eco-plotspec map --raster t3.tif --variable LST --unit K --title t >other
    run ! cmp -s <(drawn other) theirs.drawn
    eco-plotspec map --raster a.nc --layer land >map
    grep -aq 'n = 12 pixels' map
    eco-plotspec map --raster a.nc:LST --time 2019-04-01 >map
    grep -aq '2019-04-01' map
}

@test "map says what it cannot choose" {
    cp t1.tif ECO_L2_LSTE.002_LST_doy2019061000000_aid0001.tif
    while IFS='|' read -r ask message; do
        # shellcheck disable=SC2086
        run --separate-stderr eco-plotspec map $ask
        [ "$status" -eq 1 ]
        [[ $stderr == *"$message"* ]]
        [ -z "$output" ]
    done <<'END'
--raster a.nc|a.nc: it has 2 layers, and nothing says which is meant, as a.nc:LAYER or --layer do: LST, land
--raster a.nc:LST|a.nc:LST: it has 3 bands, and nothing says which is meant: 1 20190301T000000
--raster a.nc:LST --time 2019-03|2 rasters of it are asked for, such as a.nc:LST:20190301T000000 and a.nc:LST:20190302T000000, where one is taken
--raster a.nc --layer LST,land|2 rasters of it are asked for, such as a.nc:LST and a.nc:land, where one is taken
--raster a.nc:LST --time 2018|a.nc:LST: nothing of it is what is asked for
--raster a.nc --layer PWV|there is no layer "PWV" in it; there are: LST, land
--raster ECO_L2_LSTE.002_LST_doy2019061000000_aid0001.tif --layer QC|it is of the layer LST, not of QC
END
}

@test "panels takes a time of its source" {
    eco-regrid --grid g.txt --min-coverage 0 --time 2019-03-02 -o r.tif a.nc:LST >records
    eco-regrid --grid g.txt --min-coverage 0 -o r2.tif t2.tif >records
    eco-plotspec panels --source t2.tif --result r2.tif --grid g.txt --variable LST >theirs 2>err
    for ask in '--source a.nc --layer LST --time 2019-03-02' '--source a.nc:LST --time 2019-03-02T00'; do
        # shellcheck disable=SC2086
        run --separate-stderr eco-plotspec panels $ask --result r.tif --grid g.txt --variable LST
        [ "$status" -eq 0 ]
        [ -z "$stderr" ]
    done
}

@test "compose takes the times of a layer one by one" {
    eco-compose --no-provenance --by month --stat mean,max,n --out-dir ours --layer LST a.nc >records
    [ "$(grep -v '^#' records | cut -f 1-5)" = \
        $'LST\t2019-03\t2\t2019-03-01T00:00:00Z\t2019-03-02T00:00:00Z\nLST\t2019-04\t1\t2019-04-01T00:00:00Z\t2019-04-01T00:00:00Z' ]
    [ "$(eco-sample --no-provenance --cells ours/LST_2019-03.tif:mean | grep -v '^#' | sort -k3,3gr -k2,2g | cut -f 7 | xargs)" = \
        '291 292 283 293.5 294.5 295.5 296.5 297.5 298.5 299.5 300.5 301.5' ]
    eco-compose --no-provenance --by all --stat max --out-dir max --time 2019-03-02.. a.nc:LST >records
    [ "$(grep -v '^#' records | cut -f 1-3)" = $'LST\tall\t2' ]
    run --separate-stderr eco-compose --by month a.nc
    [ "$status" -eq 1 ]
    one_message 'a.nc: it has 2 layers'
}

@test "class maps, weights and grids take a layer" {
    echo '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon",
        "coordinates":[[[20.1,9.1],[21.6,9.1],[21.6,10.4],[20.1,10.4],[20.1,9.1]]]}}]}' >p.geojson
    same() { # of what a command with LAND and LST says
        diff <("${@/LST/a.nc:LST:20190301T000000}" | grep -v '^#' | cut -f "$cut") \
            <("${@/LST/t1.tif}" | grep -v '^#' | cut -f "$cut")
    }
    for land in a.nc:land land.tif; do
        cut=4-6 same eco-sample --no-provenance --polygons p.geojson --weights $land LST
        cut=2-5,7 same eco-sample --no-provenance --cells --mask $land --classes 1 LST
        eco-sample --no-provenance --polygons p.geojson --weights $land t1.tif | tail -1 | cut -f 4-6 >>weighed
        eco-regrid --no-provenance --grid g.txt --mask $land --classes 1 --mask-weight -o m.tif t1.tif | tail -1 | cut -f 2-6 >>masked
    done
    [ "$(uniq -c weighed | awk '{ print $1 }')" = 2 ]
    [ "$(uniq -c masked | awk '{ print $1 }')" = 2 ]
    diff <(eco-grid --like a.nc --layer land | grep -v cmd) <(grep -v cmd g.txt)
    diff <(eco-grid --like a.nc:LST | grep -v cmd) <(grep -v cmd g.txt)
}
