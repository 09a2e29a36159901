# netCDF after CF: axes by their attributes, time as records, packed values, grid mappings.
# Files are CDL through ncgen; the oracles are GDAL's geotransforms and cdo-free arithmetic.

load ../lib/common
load ../lib/netcdf

setup() {
    netcdf_needs
    cd "$BATS_TEST_TMPDIR" || return
}

# As AppEEARS writes it: a time axis of a Julian calendar that is ours, packed integers.
appeears() {
    cat <<'END'
netcdf a {
dimensions: time = 3 ; lat = 3 ; lon = 4 ;
variables:
  byte crs ;
    crs:grid_mapping_name = "latitude_longitude" ;
    crs:semi_major_axis = 6378137. ;
    crs:inverse_flattening = 298.257223563 ;
  double lat(lat) ; lat:units = "degrees_north" ; lat:standard_name = "latitude" ;
  double lon(lon) ; lon:units = "degrees_east" ; lon:standard_name = "longitude" ;
  int time(time) ; time:units = "days since 2000-01-01 00:00:00" ; time:calendar = "julian" ;
  ushort LST(time, lat, lon) ;
    LST:_FillValue = 0US ; LST:scale_factor = 0.02 ; LST:add_offset = 0. ; LST:units = "K" ;
    LST:valid_min = 7500US ; LST:valid_max = 65535US ; LST:grid_mapping = "crs" ;
  ubyte QC(time, lat, lon) ; QC:grid_mapping = "crs" ; QC:_FillValue = 255UB ;
data:
  lat = 10.25, 9.75, 9.25 ; lon = 20.25, 20.75, 21.25, 21.75 ; time = 6999, 7000, 7030 ;
  LST = 15000, 15001, 0, 7499,  7500, 15005, 15006, 65535,  15008, 15009, 15010, 15011,
        14000, 14001, 14002, 14003, 14004, 14005, 14006, 14007, 14008, 14009, 14010, 14011,
        13000, 13001, 13002, 13003, 13004, 13005, 13006, 13007, 13008, 13009, 13010, 13011 ;
  QC = 0,0,0,0, 0,1,1,1, 3,3,3,3,   3,3,3,3,3,3,3,3,3,3,3,3,   0,0,0,0,0,0,0,0,0,0,0,0 ;
}
END
}

cells() {
    eco-sample --no-provenance --cells "$@" | grep -v '^#'
}

@test "times are records, and --time chooses among them" {
    appeears | nc a.nc
    # Days from 2000-01-01, by date(1).
    expected=$(for d in 6999 7000 7030; do date -u -d "2000-01-01 + $d days" +%Y-%m-%dT00:00:00Z; done)
    [ "$(eco-index --no-provenance --layer LST a.nc 2>err | grep -v '^#' | cut -f 5)" = "$expected" ]
    [ "$(eco-index --no-provenance a.nc 2>err | grep -vc '^#')" -eq 6 ]
    [ "$(cells --layer LST a.nc | cut -f 1 | sort -u)" = "$expected" ]
    for when in 2019-03-02 2019-03-02..2019-03-02T00 2019-03-02T00:00:00Z 2019-03-02..2019-03-05 \
        1999,2019-03-02,2077; do
        [ "$(eco-index --no-provenance --layer LST --time "$when" a.nc 2>err | grep -v '^#' | cut -f 1,5)" = \
            $'a.nc:LST:20190302T000000\t2019-03-02T00:00:00Z' ]
    done
    [ "$(eco-index --no-provenance --layer LST --time 2019-03-02.. a.nc 2>err | grep -vc '^#')" -eq 2 ]
    [ "$(eco-index --no-provenance --layer LST --time ..2019-03 a.nc 2>err | grep -vc '^#')" -eq 2 ]
    run --separate-stderr eco-sample --cells --time 2018 a.nc:LST
    [ "$status" -eq 0 ]
    one_message 'a.nc:LST: none of its times is within 2018'
    for bad in '' 19 2019-3 2019-03..x .. '2019-03-01,'; do
        run --separate-stderr eco-sample --cells --time "$bad" a.nc:LST
        [ "$status" -eq 2 ]
        [[ $stderr == *'--time: not a time such as'* ]]
    done
}

@test "packed values: scale, offset, fill value and valid range, once" {
    appeears | nc a.nc
    [ "$(cells --time 2019-03-01 a.nc:LST | sort -k3,3gr -k2,2g | cut -f 7 | xargs)" = \
        '300 300.02 150 300.1 300.12 1310.7 300.16 300.18 300.2 300.22' ]
    [ "$(cells --raw --time 2019-03-01 a.nc:LST | sort -k3,3gr -k2,2g | cut -f 7 | xargs)" = \
        '15000 15001 7500 15005 15006 65535 15008 15009 15010 15011' ]
    eco-sample --cells a.nc:LST | grep '^##unit.LST=K'
    # Unsigned bytes of classic files; a range in the values' own type; two fill values.
    nc classic.nc classic <<'END'
netcdf b {
dimensions: lat = 2 ; lon = 3 ;
variables:
  float lat(lat) ; lat:units = "degrees_north" ;
  float lon(lon) ; lon:units = "degrees_east" ;
  byte b(lat, lon) ; b:_Unsigned = "true" ; b:_FillValue = -1b ;
  short s(lat, lon) ; s:scale_factor = 0.1f ; s:add_offset = 100. ; s:valid_range = 99., 101. ;
    s:_FillValue = -5s ; s:missing_value = 5s ;
data:
  lat = 1, 2 ; lon = 5, 6, 7 ;
  b = 0, 127, -128, -2, -1, 1 ;
  s = -11, -10, -5, 5, 10, 11 ;
}
END
    [ "$(cells classic.nc:b | sort -k3,3g -k2,2g | cut -f 7 | xargs)" = '0 127 128 254 1' ]
    [ "$(cells --raw classic.nc:s | sort -k3,3g -k2,2g | cut -f 7 | xargs)" = '-10 10' ]
}

@test "one output a time, with its own companion" {
    appeears | nc a.nc
    eco-grid --like a.nc:LST >g.txt
    eco-regrid --no-provenance --grid g.txt --min-coverage 0 --keep 'QC<=1' --out-dir out --layer LST a.nc >r.tsv
    [ "$(ls out)" = "$(printf 'Regrid_a_LST_%s.tif\n' 20190301T000000 20190302T000000 20190401T000000)" ]
    [ "$(grep -v '^#' r.tsv | cut -f 2,4,8)" = $'ok\t6\t4\nempty\t0\t12\nok\t12\t0' ]
    [ "$(gdalinfo -json out/Regrid_a_LST_20190401T000000.tif | jq -r '.metadata[""] | .ECO_TIME, .ECO_LAYER, .units' | xargs)" = \
        '2019-04-01T00:00:00Z LST K' ]
    [ "$(gdallocationinfo -valonly -b 1 out/Regrid_a_LST_20190401T000000.tif 1 2)" = 260.179992675781 ]
    # A class map of the year of each time.
    gdal_translate -q -of GTiff -ot Byte NETCDF:a.nc:QC -b 1 map_2019.tif
    eco-regrid --no-provenance --grid g.txt --out-dir out --mask "map_{year}.tif" --classes 0,1,3 a.nc:LST:20190401T000000 |
        grep -q $'\tok\t'
}

@test "rows, columns and pictures are known by their attributes, whatever their order" {
    for dims in 'lat, lon' 'lon, lat' 'lat, time, lon' 'lon, time, lat'; do
        nc o.nc <<END
netcdf o {
dimensions: a = 2 ; lat = 2 ; lon = 3 ; time = 2 ;
variables:
  double lat(lat) ; lat:standard_name = "latitude" ; lat:units = "degrees" ;
  double lon(lon) ; lon:standard_name = "longitude" ; lon:units = "degrees" ;
  double time(time) ; time:units = "hours since 2020-02-28 18:00:00 +06:00" ;
  int v($dims) ;
data:
  lat = 1, 2 ; lon = 5, 6, 7 ; time = 0, 24.5 ;
  v = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 ;
}
END
        # What stands at which place, by the order of dimensions.
        awk -v dims="$dims" 'BEGIN {
            n = split(dims, d, ", "); size["lat"] = 2; size["lon"] = 3; size["time"] = 2
            moment[0] = "2020-02-28T12:00:00Z"; moment[1] = "2020-02-29T12:30:00Z"
            for (k = 0; k < (n == 2 ? 6 : 12); k++) {
                rest = k
                for (i = n; i > 0; i--) { at[d[i]] = rest % size[d[i]]; rest = int(rest / size[d[i]]) }
                print (n == 2 ? "NA" : moment[at["time"]]) "\t" 5 + at["lon"] "\t" 1 + at["lat"] "\t" k + 1
            }
        }' | sort >expected
        cells o.nc:v | cut -f 1,2,3,7 | sort >got
        diff expected got
    done
}

@test "a grid mapping is the CRS, and units of length are metres" {
    mapped() {
        nc m.nc <<END
netcdf m {
dimensions: y = 2 ; x = 3 ;
variables:
  int crs ; $1
  double y(y) ; y:standard_name = "projection_y_coordinate" ; y:units = "$2" ;
  double x(x) ; x:standard_name = "projection_x_coordinate" ; x:units = "$2" ;
  int v(y, x) ; v:grid_mapping = "crs: x y" ;
data:
  y = $4 ; x = $3 ; v = 1, 2, 3, 4, 5, 6 ;
}
END
    }
    # GDAL knows the same mapping from the same attributes.
    while IFS='|' read -r attributes; do
        mapped "$attributes" m '100, 200, 300' '1000, 900'
        gdalinfo -json NETCDF:m.nc:v >gdal.json
        printf '#x\ty\n150\t950\n' >p
        for crs in "$(eco-index --no-provenance --open m.nc:v 2>err | tail -1 | cut -f 13)" \
            "$(jq -r .coordinateSystem.wkt gdal.json)"; do
            eco-reproject --no-provenance --from "$crs" --to EPSG:4326 p | tail -1
        done | awk '{ x[NR] = $NF; y[NR] = $(NF - 1) } END { d = x[1] - x[2] + y[1] - y[2]; exit !(NR == 2 && d < 1e-8 && -d < 1e-8) }'
    done <<'END'
crs:grid_mapping_name = "lambert_azimuthal_equal_area" ; crs:longitude_of_projection_origin = 10. ; crs:latitude_of_projection_origin = 52. ; crs:false_easting = 4321000. ; crs:false_northing = 3210000. ;
crs:grid_mapping_name = "transverse_mercator" ; crs:longitude_of_central_meridian = -57. ; crs:latitude_of_projection_origin = 0. ; crs:scale_factor_at_central_meridian = 0.9996 ; crs:false_easting = 500000. ; crs:false_northing = 10000000. ;
crs:grid_mapping_name = "albers_conical_equal_area" ; crs:standard_parallel = 29.5, 45.5 ; crs:longitude_of_central_meridian = -96. ; crs:latitude_of_projection_origin = 23. ; crs:false_easting = 0. ; crs:false_northing = 0. ;
crs:grid_mapping_name = "lambert_conformal_conic" ; crs:standard_parallel = 25. ; crs:longitude_of_central_meridian = 265. ; crs:latitude_of_projection_origin = 25. ; crs:false_easting = 0. ; crs:false_northing = 0. ; crs:earth_radius = 6371229. ;
crs:grid_mapping_name = "polar_stereographic" ; crs:straight_vertical_longitude_from_pole = -45. ; crs:latitude_of_projection_origin = 90. ; crs:standard_parallel = 70. ; crs:false_easting = 0. ; crs:false_northing = 0. ;
END
    mapped 'crs:grid_mapping_name = "lambert_azimuthal_equal_area" ; crs:longitude_of_projection_origin = 10. ; crs:latitude_of_projection_origin = 52. ;' \
        km '0.5, 1.5, 2.5' '10.5, 9.5'
    [ "$(eco-grid --like m.nc:v | sed -n 's/^##[xyd][0xy]=//p' | xargs)" = '0 11000 1000 1000' ]
    mapped "crs:crs_wkt = $(gdalsrsinfo -o wkt2 EPSG:32721 --single-line | sed 's/"/\\"/g; s/^/"/; s/$/"/') ;" m '100, 200, 300' '1000, 900'
    [ "$(eco-index --no-provenance --open m.nc:v 2>err | tail -1 | cut -f 13)" = EPSG:32721 ]
    mapped 'crs:grid_mapping_name = "my_own" ;' m '1, 2, 3' '2, 1'
    run --separate-stderr eco-sample --cells m.nc:v
    [ "$status" -eq 1 ]
    one_message 'm.nc:v: its grid mapping crs is "my_own", which eco knows no CRS for'
    mapped 'crs:grid_mapping_name = "sinusoidal" ; crs:longitude_of_central_meridian = 0. ;' fathoms '1, 2, 3' '2, 1'
    run --separate-stderr eco-sample --cells m.nc:v
    [ "$status" -eq 1 ]
    one_message 'm.nc: the units of its coordinates x, "fathoms", are none of length'
}

@test "what GDAL writes as netCDF lies where its GeoTIFF does, also south up" {
    echo 'ncols 3
nrows 2
xllcorner 0.1
yllcorner 50.7
cellsize 0.1
1 2 3
4 5 6' >a.asc
    gdal_translate -q -a_srs EPSG:4326 a.asc a.tif
    for way in YES NO; do
        gdal_translate -q -of netCDF -co WRITE_BOTTOMUP=$way a.tif a.nc
        # GDAL's attribute has 15 digits.
        paste <(cells a.nc | cut -f 2,3,7) <(cells a.tif | cut -f 2,3,7) |
            awk '{ for (i = 1; i < 4; i++) { e = $i - $(i + 3); if (e > 1e-13 || -e > 1e-13) exit 1 } } END { exit NR != 6 }'
    done
    # The attribute says something else than the coordinates.
    ncdump a.nc | sed 's/GeoTransform = "0.1 /GeoTransform = "0.2 /' | nc b.nc
    run --separate-stderr eco-sample --cells b.nc
    [ "$status" -eq 1 ]
    one_message 'take away the one that is wrong'
}

@test "longitudes from 0 to 360, and groups" {
    nc w.nc <<'END'
netcdf w {
dimensions: lat = 2 ; lon = 4 ;
variables:
  double lat(lat) ; lat:units = "degrees_north" ;
  double lon(lon) ; lon:units = "degrees_east" ;
data:
  lat = 45, -45 ; lon = 45, 135, 225, 315 ;
group: inner {
  variables:
    int v(lat, lon) ;
  data:
    v = 1, 2, 3, 4, 5, 6, 7, 8 ;
}
group: other {
  variables:
    int v(lat, lon) ;
  data:
    v = 10, 20, 30, 40, 50, 60, 70, 80 ;
}
}
END
    printf '#lon\tlat\n-45\t10\n315\t10\n-135\t-10\n' >p
    [ "$(eco-sample --no-provenance --points p w.nc:/inner/v | grep -v '^#' | cut -f 6 | xargs)" = '4 4 7' ]
    [ "$(eco-sample --no-provenance --points p w.nc:other/v | grep -v '^#' | cut -f 6 | xargs)" = '40 40 70' ]
    run --separate-stderr eco-sample --points p w.nc
    one_message 'w.nc: it has 2 layers, and nothing says which is meant, as w.nc:LAYER or --layer do: /inner/v, /other/v'
    run --separate-stderr eco-sample --points p w.nc:v
    [ "$status" -eq 1 ]
    one_message 'w.nc: there is no layer "v" in it; there are: /inner/v, /other/v'
}

@test "real files: a swath is told to be one, classic and netCDF-4" {
    need_data swath
    for layer in viirs_sst_window.nc:sea_surface_temperature ascat_winds.nc:wind_speed; do
        run --separate-stderr eco-sample --cells "$DATA/swath/$layer"
        [ "$status" -eq 1 ]
        one_message 'it has no geotransform, but an array of places (a swath)'
    done
    [ "$(eco-index --no-provenance --open "$DATA/swath/ascat_winds.nc" 2>err | awk -F'\t' '$4 == "wind_speed"' | cut -f 10,11,16,17,18)" = \
        $'42\t1632\tInt16\t-32767\t0.01' ]
}

@test "the flow: each time of a file is a scene of its own, tried again by itself" {
    load ../lib/flow
    unset MAKEFLAGS MFLAGS MAKELEVEL
    mkdir in
    name=ECO_L2T_LSTE.002_aid0001
    appeears | nc in/$name.nc
    printf '%s\n' 'SITES := K' 'VARS := LST' 'SCENES := in/*.nc' 'GRID := grid.txt' 'PLOTS := no' 'MIN_COVERAGE := 0' >config.mk
    eco-grid --bounds 20,9,22,10.5 --crs EPSG:4326 --res 0.5 >grid.txt
    run_flow
    [ "$status" -eq 0 ] || { echo "$stderr"; false; }
    coarse=out/K/LST/coarse
    steps='20190301T000000 20190302T000000 20190401T000000'
    [ "$(cd $coarse && echo *.tif)" = "$(printf "Regrid_${name}_%s.tif " $steps | sed 's/ $//')" ]
    # On the file's own cells a mean is the value, as GDAL reads it.
    for n in 1 2 3; do
        gdal_translate -q -b $n -of XYZ -unscale -ot Float64 NETCDF:in/$name.nc:LST raw.xyz
        awk '$3 >= 150 && $3 < 1310.8 { printf "%.2f %.2f %.2f\n", $1, $2, $3 }' raw.xyz | sort >want
        gdal_translate -q -b 1 -of XYZ "$(echo $coarse/*.tif | cut -d' ' -f $n)" got.xyz
        awk '$3 != "nan" { printf "%.2f %.2f %.2f\n", $1, $2, $3 }' got.xyz | sort | diff want -
    done
    [ "$(awk -F '\t' '!/^#/ { print $1, $2 }' out/K/LST.scenes.tsv)" = "$(printf "in/$name.nc:LST:%s ok\n" $steps)" ]
    [ "$(cut -d, -f 1 out/K/LST.csv | sort -u | grep -c 2019)" -eq 3 ]
    run_flow
    nothing_done
    [[ $(flow -s status) == *$'K/LST\t3\t0\t0\t0\t0\t0' ]]
    flow verify SAMPLE=all | grep -q '3 coarse rasters are'
    # One of them, that was lost, or that failed.
    mark
    rm "$coarse/Regrid_${name}_20190302T000000.tsv"
    flow >/dev/null
    [ "$(made 'Regrid_*')" = "$coarse/Regrid_${name}_20190302T000000.tif" ]
    own_regrid 'case "$*" in *20190401*) [ -e mended ] || { echo "eco-regrid: no" >&2; exit 3; } ;; esac'
    rm -r out
    run_flow ECO_BIN=bin
    [ "$status" -eq 2 ]
    [[ $(cat out/K/LST.scenes.tsv) == *":LST:20190401T000000"$'\tfailed\t'* ]]
    mark
    touch mended
    flow ECO_BIN=bin >/dev/null
    [ "$(made 'Regrid_*')" = "$coarse/Regrid_${name}_20190401T000000.tif" ]
    # The file is all of them.
    mark
    touch in/$name.nc
    flow ECO_BIN=bin >/dev/null
    [ "$(count_made 'Regrid_*')" -eq 3 ]
    # A table a month.
    flow ECO_BIN=bin TABLE_BY=month >/dev/null
    [ "$(cd out/K && echo LST.2*.csv)" = 'LST.2019-03.csv LST.2019-04.csv' ]
}
