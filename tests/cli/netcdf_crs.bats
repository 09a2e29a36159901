# CF grid mappings of satellites and of rotated poles: where their pixels lie, by cs2cs and by
# GDAL's own reading of the same file.

load ../lib/common
load ../lib/netcdf

setup() {
    netcdf_needs
    cd "$BATS_TEST_TMPDIR" || return
}

# mapped ATTRIBUTES X-STANDARD-NAME Y-STANDARD-NAME UNITS X Y [PACKING]: m.nc, of 4 x 3
mapped() {
    nc m.nc <<END
netcdf m {
dimensions: y = 3 ; x = 4 ;
variables:
  int crs ; $1
  double y(y) ; y:standard_name = "$3" ; y:units = "$4" ;
  double x(x) ; x:standard_name = "$2" ; x:units = "$4" ;
  int v(y, x) ; v:grid_mapping = "crs" ;
data:
  y = $6 ; x = $5 ; v = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 ;
}
END
}

# Longitude and latitude of each cell's centre, by value; and those that PROJ has, of
# coordinates as they are in the plane.
cells_on_earth() {
    eco-sample --no-provenance --cells m.nc:v | grep -v '^#' | awk -F'\t' '{ print $7, $4, $5 }' | sort -n
}

on_earth() {
    awk -v x="$2" -v y="$3" -v scale="$4" 'BEGIN {
        n = split(x, a, ", "); m = split(y, b, ", ")
        for (j = 1; j <= m; j++) for (i = 1; i <= n; i++) printf "%.17g %.17g\n", a[i] * scale, b[j] * scale
    }' >plane
    # shellcheck disable=SC2086
    <plane cs2cs -f %.12f $1 +to +proj=longlat "${@:5}" | awk '{ print NR, $1, $2 }'
}

# WKT of a rotated pole by CF's parameters.
pole_rotation() {
    local name='(netCDF CF convention)' degree='ANGLEUNIT["degree",0.0174532925199433]'
    printf '%s' 'GEOGCRS["r",BASEGEOGCRS["WGS 84",DATUM["World Geodetic System 1984",' \
        'ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,' "$degree" ']],' \
        "DERIVINGCONVERSION[\"r\",METHOD[\"Pole rotation $name\"]," \
        "PARAMETER[\"Grid north pole latitude $name\",$1,$degree]," \
        "PARAMETER[\"Grid north pole longitude $name\",$2,$degree]," \
        "PARAMETER[\"North pole grid longitude $name\",$3,$degree]]," \
        "CS[ellipsoidal,2],AXIS[\"longitude\",east,ORDER[1],$degree],AXIS[\"latitude\",north,ORDER[2],$degree]]"
}

agree() {
    paste -d' ' "$1" "$2" | awk -v d="$3" '{ n++; e = $2 - $5; f = $3 - $6; e -= 360 * int(e / 180)
        if ($1 != $4 || NF != 6 || e > d || -e > d || f > d || -f > d) { print; exit 1 } } END { exit n != 12 }'
}

GOES='crs:grid_mapping_name = "geostationary" ; crs:perspective_point_height = 35786023. ; crs:semi_major_axis = 6378137. ; crs:semi_minor_axis = 6356752.31414 ; crs:longitude_of_projection_origin = -75. ; crs:latitude_of_projection_origin = 0. ;'
X='-0.02, 0.01, 0.04, 0.07' Y='0.05, 0.02, -0.01'

@test "what a geostationary satellite sees, by either sweep, in radians and in metres" {
    for sweep in x y; do
        proj="+proj=geos +h=35786023 +lon_0=-75 +a=6378137 +b=6356752.31414 +sweep=$sweep"
        on_earth "$proj" "$X" "$Y" 35786023 +a=6378137 +b=6356752.31414 >theirs
        other=$([ $sweep = x ] && echo y || echo x)
        for how in "fixed_angle_axis = \"$other\"" "sweep_angle_axis = \"$sweep\""; do
            for name in projection_%s_angular_coordinate projection_%s_coordinate; do
                # shellcheck disable=SC2059
                mapped "$GOES crs:$how ;" "$(printf $name x)" "$(printf $name y)" rad "$X" "$Y"
                cells_on_earth >ours
                agree ours theirs 1e-8
            done
        done
        # GDAL, from the same attributes (it knows no fixed_angle_axis).
        gdalinfo -json NETCDF:m.nc:v >gdal.json
        jq -r .geoTransform[] gdal.json | xargs >gt
        eco-grid --like m.nc:v | awk -F= '/^##(x0|dx|y0|dy)=/ { v[$1] = $2 } END {
            print v["##x0"], v["##dx"], 0, v["##y0"], 0, "-" v["##dy"] }' >ours_gt
        paste -d' ' gt ours_gt | awk '{ for (i = 1; i < 7; i++) { e = $i - $(i + 6); if (e * e > 1e-4) { print; exit 1 } } }'
        paste -d' ' <(awk '{ print $2, $3 }' theirs) <(gdaltransform \
            -s_srs "$(jq -r .coordinateSystem.wkt gdal.json)" -t_srs EPSG:4326 <plane) |
            awk '{ e = $1 - $3; f = $2 - $4; if (e * e + f * f > 1e-14) { print; exit 1 } }'
    done
    mapped "$GOES crs:sweep_angle_axis = \"y\" ;" projection_x_coordinate projection_y_coordinate m \
        '-715720.46, 357860.23, 1431440.92, 2505021.61' '1789301.15, 715720.46, -357860.23'
    cells_on_earth >ours
    agree ours theirs 1e-8
    # Microradians, degrees.
    for unit in microradian:1e-6 degree:0.017453292519943295; do
        mapped "$GOES crs:sweep_angle_axis = \"y\" ;" projection_x_angular_coordinate projection_y_angular_coordinate \
            "${unit%:*}" "$(awk -v u="${unit#*:}" 'BEGIN { printf "%.17g, %.17g, %.17g, %.17g", -.02 / u, .01 / u, .04 / u, .07 / u }')" \
            "$(awk -v u="${unit#*:}" 'BEGIN { printf "%.17g, %.17g, %.17g", .05 / u, .02 / u, -.01 / u }')"
        cells_on_earth >ours
        agree ours theirs 1e-8
    done
}

@test "beyond the limb there is no earth, and pixels in it are none" {
    mapped "$GOES crs:sweep_angle_axis = \"x\" ;" projection_x_coordinate projection_y_coordinate rad \
        '-0.2, -0.1, 0., 0.1' '0.05, 0., -0.05'
    printf '#lon\tlat\n-75\t0\n105\t0\n-75\t89\n' >p
    [ "$(eco-sample --no-provenance --points p m.nc:v | grep -v '^#' | cut -f 6 | xargs)" = '7 NaN NaN' ]
    eco-grid --bounds=-76,-1,-74,1 --res 1 --crs EPSG:4326 >g
    eco-regrid --no-provenance --grid g --bands mean -o o.tif m.nc:v | grep -q $'\tok\to.tif\t4\t'
}

@test "a rotated pole: of a sphere and of WGS 84, with and without its own meridian" {
    X='-10, 0, 10, 20' Y='-20, 5, 30'
    while read -r lat lon grid ellipsoid; do
        attributes="crs:grid_mapping_name = \"rotated_latitude_longitude\" ; crs:grid_north_pole_latitude = $lat ; crs:grid_north_pole_longitude = $lon ;"
        [ "$grid" = - ] || attributes+=" crs:north_pole_grid_longitude = $grid ;"
        [ "$ellipsoid" = +datum=WGS84 ] || attributes+=" crs:earth_radius = ${ellipsoid#+R=} ;"
        mapped "$attributes" grid_longitude grid_latitude degrees "$X" "$Y"
        on_earth "+proj=ob_tran +o_proj=longlat +o_lat_p=$lat +o_lon_p=${grid/-/0} +lon_0=$(awk -v l="$lon" 'BEGIN { print l + 180 }') $ellipsoid" \
            "$X" "$Y" 1 "$ellipsoid" >theirs
        # By hand, too: the rotation itself, on the sphere (the place of the pole, the angle about it).
        awk -v x="$X" -v y="$Y" -v plat="$lat" -v plon="$lon" -v g="${grid/-/0}" 'BEGIN {
            pi = atan2(0, -1); d = pi / 180; n = split(x, a, ", "); m = split(y, b, ", ")
            for (j = 1; j <= m; j++) for (i = 1; i <= n; i++) {
                u = (a[i] - g) * d; v = b[j] * d; p = plat * d
                s = sin(p) * sin(v) - cos(p) * cos(v) * cos(u - pi)
                lat = atan2(s, sqrt(1 - s * s)) / d
                # along the meridian of the pole, and across
                e = cos(v) * sin(u); k = sin(v) * cos(p) - cos(v) * cos(u) * sin(p)
                lon = plon + atan2(-e, k) / d
                lon -= 360 * int(lon / 180)
                printf "%d %.12f %.12f\n", ++r, lon, lat
            }
        }' >by_hand
        cells_on_earth >ours
        agree ours theirs 1e-8
        [ "$ellipsoid" = +datum=WGS84 ] || agree ours by_hand 1e-8
        # GDAL, which has CF's parameters as a method of its own.
        [ "$ellipsoid" = +datum=WGS84 ] || continue
        awk '{ print $1, $2 }' plane | gdaltransform -s_srs "$(pole_rotation "$lat" "$lon" "${grid/-/0}")" \
            -t_srs EPSG:4326 | awk '{ print NR, $1, $2 }' >gdal
        agree ours gdal 1e-8
    done <<'END'
39.25 -162 - +R=6371229
39.25 -162 - +datum=WGS84
42.5 83 20 +R=6371000
90 180 0 +datum=WGS84
END
    # Without the mapping these are no longitudes and latitudes.
    mapped '' grid_longitude grid_latitude degrees "$X" "$Y"
    run --separate-stderr eco-sample --cells m.nc:v
    [ "$status" -eq 1 ]
    [[ $stderr == *'m.nc:v: '*'CRS'* ]]
}

@test "a perspective, in kilometres" {
    mapped 'crs:grid_mapping_name = "vertical_perspective" ; crs:perspective_point_height = 3000000. ; crs:longitude_of_projection_origin = 10. ; crs:latitude_of_projection_origin = 40. ; crs:earth_radius = 6371000. ;' \
        projection_x_coordinate projection_y_coordinate km '-500, 0, 500, 1000' '400, 0, -400'
    on_earth '+proj=nsper +h=3000000 +lat_0=40 +lon_0=10 +R=6371000' '-500, 0, 500, 1000' '400, 0, -400' 1000 +R=6371000 >theirs
    cells_on_earth >ours
    agree ours theirs 1e-8
}

@test "kilometres beside WKT in metres; radians of longitude" {
    wkt=$(gdalsrsinfo -o wkt2 EPSG:32632 --single-line | sed 's/"/\\"/g')
    mapped "crs:grid_mapping_name = \"transverse_mercator\" ; crs:crs_wkt = \"$wkt\" ;" projection_x_coordinate \
        projection_y_coordinate km '500, 501, 502, 503' '5002, 5001, 5000'
    [ "$(eco-grid --like m.nc:v | sed -n 's/^##[xyd][0xy]=//p' | xargs)" = '499500 5002500 1000 1000' ]
    mapped 'crs:grid_mapping_name = "latitude_longitude" ;' longitude latitude radian '0, 0.1, 0.2, 0.3' '0.2, 0.1, 0'
    eco-grid --like m.nc:v | awk -F= '/^##d[xy]/ { e = $2 - 5.729577951308232; n++; if (e * e > 1e-20) exit 1 } END { exit n != 2 }'
}

@test "what a mapping lacks is said" {
    lacks() {
        mapped "$1" projection_x_coordinate projection_y_coordinate "${3-rad}" '0.01, 0.02, 0.03, 0.04' '0.03, 0.02, 0.01'
        run --separate-stderr eco-sample --cells m.nc:v
        [ "$status" -eq 1 ]
        one_message "$2"
    }
    lacks "$GOES" 'its grid mapping crs is "geostationary", but has no sweep_angle_axis of x or y'
    lacks "$GOES crs:sweep_angle_axis = \"z\" ;" 'no sweep_angle_axis of x or y'
    lacks "${GOES/= 35786023./= 0.} crs:sweep_angle_axis = \"x\" ;" 'no perspective_point_height'
    lacks "${GOES/origin = 0./origin = 2.} crs:sweep_angle_axis = \"x\" ;" 'no latitude_of_projection_origin of 0'
    lacks "$GOES crs:sweep_angle_axis = \"x\" ;" '"fathoms", are none of length and no angle' fathoms
    lacks 'crs:grid_mapping_name = "vertical_perspective" ;' 'no perspective_point_height' m
    lacks 'crs:grid_mapping_name = "rotated_latitude_longitude" ; crs:grid_north_pole_latitude = 40. ;' 'no grid_north_pole_longitude' degrees
}
