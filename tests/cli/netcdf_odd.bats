# netCDF as it comes: values that are none, calendars, times, axes that run the other way.
# Files are CDL through ncgen; what is expected is arithmetic, python's cftime, or the same
# numbers as a GeoTIFF.

load ../lib/common
load ../lib/netcdf

setup() {
    netcdf_needs
    cd "$BATS_TEST_TMPDIR" || return
}

# of DECLARATIONS VALUES [KIND]: v of 2 x 3 pixels, those that are values, from the north
of() {
    nc v.nc "${3-nc4}" <<END
netcdf v {
${4-}
dimensions: lat = 2 ; lon = 3 ;
variables:
  double lat(lat) ; lat:units = "degrees_north" ;
  double lon(lon) ; lon:units = "degrees_east" ;
  $1
data:
  lat = 2, 1 ; lon = 5, 6, 7 ;
  v = $2 ;
}
END
    eco-sample --no-provenance --cells v.nc:v | grep -v '^#' | sort -k3,3gr -k2,2g | cut -f 7 | xargs
}

@test "what has no value: fill values, named, several and netCDF's own; ranges" {
    both=$(of 'short v(lat, lon) ; v:_FillValue = -1s ; v:missing_value = -2s ;' '1, -1, -2, -3, -32767, 4')
    [ "$both" = '1 -3 -32767 4' ] # the users' guide: where one is named, it alone
    several=$(of 'int v(lat, lon) ; v:missing_value = -1, 7, 9 ;' '1, -1, 7, 9, 8, -2147483647')
    [ "$several" = '1 8' ]
    # Nobody wrote these: there is no attribute.
    [ "$(of 'float v(lat, lon) ;' '1, _, 2, _, _, 3')" = '1 2 3' ]
    [ "$(of 'double v(lat, lon) ;' '1, _, 2, 9.9692099683868690e+36, _, 3')" = '1 2 3' ]
    [ "$(of 'ushort v(lat, lon) ;' '1, 65535, 2, 0, 65534, 3')" = '1 2 0 65534 3' ]
    [ "$(of 'int64 v(lat, lon) ;' '1, _, 2, 0, 5, 3')" = '1 2 0 5 3' ]
    [ "$(of 'short v(lat, lon) ;' '1, -32767, 2, 0, 5, 3' classic)" = '1 2 0 5 3' ]
    # Of bytes all are values, by the users' guide.
    [ "$(of 'byte v(lat, lon) ;' '1, -127, 2, -128, 127, 3')" = '1 -127 2 -128 127 3' ]
    [ "$(of 'ubyte v(lat, lon) ;' '1, 255, 2, 254, 0, 3')" = '1 255 2 254 0 3' ]
    # Ends count, also where they are of another type; actual_range does not.
    [ "$(of 'float v(lat, lon) ; v:valid_max = 0.1 ;' '0.1, 0.2, -5, 0.1, 0.10001, 0')" = '0.1 -5 0.1 0' ]
    [ "$(of 'short v(lat, lon) ; v:actual_range = 2s, 3s ;' '1, 2, 3, 4, 5, 6')" = '1 2 3 4 5 6' ]
    [ "$(of 'short v(lat, lon) ; v:valid_range = 2s, 5s ; v:valid_min = 3s ;' '1, 2, 3, 4, 5, 6')" = '2 3 4 5' ]
}

@test "scale and offset of either type; ranges of values stand for packed ones" {
    [ "$(of 'short v(lat, lon) ; v:scale_factor = 0.1f ; v:add_offset = 273.15f ;' '0, 1, 2, 3, 4, 10000')" = \
        '273.15 273.25 273.35 273.45 273.55 1273.15' ]
    [ "$(of 'short v(lat, lon) ; v:scale_factor = 0.1 ;' '0, 1, 2, 3, 4, 5')" = '0 0.1 0.2 0.3 0.4 0.5' ]
    # 0.02f is a little less than 0.02, and so 280.02f is than 280.02: both ends are within.
    [ "$(of 'ushort v(lat, lon) ; v:scale_factor = 0.02f ; v:valid_range = 280.02f, 280.1f ;' \
        '14000, 14001, 14002, 14004, 14005, 14006')" = '280.02 280.04 280.08 280.1' ]
    # An offset alone.
    [ "$(of 'short v(lat, lon) ; v:add_offset = 273.15 ; v:valid_min = 273.15f ; v:valid_max = 275.15f ;' \
        '-1, 0, 1, 2, 3, 4')" = '273.15 274.15 275.15' ]
    [ "$(of 'short v(lat, lon) ; v:scale_factor = -0.5 ; v:valid_range = -1.5f, 0.5f ;' '-2, -1, 0, 1, 3, 4')" = \
        '0.5 0 -0.5 -1.5' ]
}

@test "_Unsigned either way, and enumerations" {
    for word in true True; do
        [ "$(of "byte v(lat, lon) ; v:_Unsigned = \"$word\" ; v:_FillValue = -1b ; v:valid_max = -2b ;" \
            '0, 1, 127, -128, -2, -1' classic)" = '0 1 127 128 254' ]
    done
    [ "$(of 'ubyte v(lat, lon) ; v:_Unsigned = "false" ; v:_FillValue = 128UB ;' '0, 1, 127, 128, 254, 255')" = \
        '0 1 127 -2 -1' ]
    [ "$(of 'state v(lat, lon) ; state v:_FillValue = lost ;' 'clear, cloud, clear, lost, snow, cloud' nc4 \
        'types: ubyte enum state { clear = 0, cloud = 1, snow = 4, lost = 9 } ;')" = '0 1 0 4 1' ]
    # Text is none, and said to be there.
    of 'char v(lat, lon) ;' '"abc", "def"' 2>/dev/null || true
    run --separate-stderr eco-sample --cells v.nc:v
    [ "$status" -eq 1 ]
    one_message 'v.nc:v: /v: it is text'
}

# timed UNITS CALENDAR N...: the times of a file that has so many
timed() {
    local calendar=${2:+"time:calendar = \"$2\" ;"} n=$(($# - 2)) numbers
    numbers=$(printf '%s, ' "${@:3}")
    nc t.nc <<END
netcdf t {
dimensions: time = $n ; lat = 1 ; lon = 2 ; nv = 2 ;
variables:
  double time(time) ; time:units = "$1" ; $calendar time:bounds = "time_bnds" ;
  double time_bnds(time, nv) ;
  double lat(lat) ; lat:units = "degrees_north" ; lat:bounds = "lat_bnds" ;
  double lat_bnds(lat, nv) ;
  double lon(lon) ; lon:units = "degrees_east" ;
  int v(time, lat, lon) ;
data:
  time = ${numbers%, } ; lat = 1 ; lat_bnds = 0.5, 1.5 ; lon = 5, 6 ;
}
END
    eco-index --no-provenance t.nc 2>err | grep -v '^#' | cut -f 5 | xargs
}

@test "times by their calendar: fractions, zones, and those before 1582" {
    for python in python3 /usr/bin/python3 none; do
        "$python" -c 'import cftime' 2>/dev/null && break
    done
    [ "$python" != none ] || skip 'no python3-cftime here'
    while IFS='|' read -r units calendar numbers; do
        # shellcheck disable=SC2086
        got=$(timed "$units" "$calendar" $numbers)
        [ "$got" = "$("$python" - "$units" "$calendar" $numbers <<'END'
import sys
import cftime
units, calendar = sys.argv[1:3]
print(*(cftime.num2date(float(n), units, calendar or "standard").strftime("%Y-%m-%dT%H:%M:%SZ")
        for n in sys.argv[3:]))
END
        )" ] || { echo "$units $calendar: $got"; false; }
    done <<'END'
days since 1900-01-01||43000.25 43000.5 43100.125
days since 2000-01-01 12:00:00|standard|7000.75 7001
hours since 1-1-1 00:00:0.0||17500000 17500006
days since 0001-01-01|proleptic_gregorian|735614 735615.5
days since 0001-01-01|gregorian|735614 735615.5
days since 1850-1-1 00:00:00|noleap|60000 60001 60058.5 60059
seconds since 2019-03-01 00:00:00|365_day|-86400 0 31536000
hours since 2019-03-01 00:00:00 -06:00|standard|0 6
hours since 2019-03-01T00:00:00+05:30|standard|0 6
minutes since 2019-03-01 00:00 UTC|proleptic_gregorian|0.5 90
days since 2000-01-01|julian|6999 7000
END
}

@test "calendars of other days: no time is made up, and --time takes nothing of them" {
    for calendar in 360_day all_leap 366_day; do
        [ "$(timed 'days since 2000-01-01' $calendar 5 6)" = NA ] # one layer of two bands
        run --separate-stderr eco-sample --cells t.nc:v:time=5
        [ "$status" -eq 0 ]
        [[ $stderr == *"the times of time cannot be told: \"days since 2000-01-01\" in the calendar $calendar"* ]]
        timed 'days since 2000-01-01' $calendar 5 >one
        run --separate-stderr eco-sample --cells --time 2000 t.nc:v
        [ "$(grep -vc '^#' <<<"$output")" -eq 0 ]
        one_message 't.nc:v: its times cannot be told, so none of it is taken for 2000'
    done
    for units in 'months since 2000-01-01' 'days since 2000-13-01' 'day as %Y%m%d since x'; do
        timed "$units" '' 5 >one
        run --separate-stderr eco-sample --cells t.nc:v
        [[ $stderr == *"the times of time cannot be told: \"$units\""* ]]
    done
}

@test "a single time beside the dimensions is that of all" {
    nc s.nc <<'END'
netcdf s {
dimensions: lat = 1 ; lon = 2 ; depth = 2 ;
variables:
  double time ; time:units = "days since 2020-01-01" ; time:standard_name = "time" ;
  double height ; height:units = "m" ;
  double lat(lat) ; lat:units = "degrees_north" ; lat:bounds = "edges" ;
  double edges(lat, depth) ;
  double lon(lon) ; lon:units = "degrees_east" ;
  int v(lat, lon) ; v:coordinates = "height time" ;
  int w(depth, lat, lon) ; w:coordinates = "time height" ;
data:
  time = 59.5 ; height = 2 ; lat = 1 ; lon = 5, 6 ; edges = 0.5, 1.5 ; v = 1, 2 ; w = 1, 2, 3, 4 ;
}
END
    [ "$(eco-sample --no-provenance --cells s.nc:v | grep -v '^#' | cut -f 1,7 | xargs)" = \
        '2020-02-29T12:00:00Z 1 2020-02-29T12:00:00Z 2' ]
    [ "$(eco-sample --no-provenance --cells s.nc:w:depth=2 | grep -v '^#' | cut -f 1,7 | xargs)" = \
        '2020-02-29T12:00:00Z 3 2020-02-29T12:00:00Z 4' ]
    [ "$(eco-sample --no-provenance --cells --time 2020-02 s.nc:v | grep -vc '^#')" -eq 2 ]
    run --separate-stderr eco-sample --no-provenance --cells --time 2021 s.nc:v
    one_message 'none of its times is within 2021'
}

# laid LATITUDES LONGITUDES: a file of 3 x 4, whose values are those of the places
laid() {
    nc l.nc <<END
netcdf l {
dimensions: lat = 3 ; lon = 4 ;
variables:
  double lat(lat) ; lat:units = "degrees_north" ;
  double lon(lon) ; lon:units = "degrees_east" ;
  double v(lat, lon) ;
data:
  lat = $1 ; lon = $2 ;
  v = $(awk -v y="$1" -v x="$2" 'BEGIN { n = split(y, b, ", "); m = split(x, a, ", ")
        for (j = 1; j <= n; j++) for (i = 1; i <= m; i++) printf "%s%.10g", (i + j > 2 ? ", " : ""), 1000 * ((a[i] + 900) % 360) + b[j] }') ;
}
END
}

@test "axes of any direction, over Greenwich and the date line, in any count of longitudes" {
    eco-grid --bounds=-3,9,5,15 --res 1,1.5 --crs EPSG:4326 >g
    expected=
    for y in '14, 12, 10' '10, 12, 14'; do
        for x in '-2, 0, 2, 4' '4, 2, 0, -2' '358, 360, 362, 364' '358, 0, 2, 4' '4, 2, 0, 358' '-362, -360, -358, -356'; do
            laid "$y" "$x"
            printf '#lon\tlat\tv\n-1.5\t10.5\t178010\n358.2\t14.9\t178014\n0.5\t12\t180012\n364.5\t9.5\t184010\n' >p
            eco-sample --no-provenance --points p l.nc:v | grep -v '^#' >out
            awk -F'\t' '$3 != $7 { print; exit 1 }' out
            eco-regrid --no-provenance --grid g --dtype Float64 -o o.tif l.nc:v >/dev/null
            gdal_translate -q -of XYZ -b 1 o.tif got
            [ -n "$expected" ] || expected=$(cat got)
            [ "$expected" = "$(cat got)" ]
        done
    done
    # Each cell of the grid is a part of one pixel.
    grep -vi nan got | awk '{ x = 2 * int(($1 + 183) / 2) - 182; y = 2 * int(($2 - 9) / 2) + 10; n++
        whole = $2 + 0.75 <= y + 1.0001 && $2 - 0.75 >= y - 1.0001
        if (whole && ($3 - 1000 * (x + 180) - y) ^ 2 > 1e-12) { print; exit 1 } } END { exit n != 32 }'
    laid '14, 12, 10' '178, 180, -178, -176'
    printf '#lon\tlat\n178.5\t10\n-179.5\t12\n182.5\t14\n-175.5\t14\n' >p
    [ "$(eco-sample --no-provenance --points p l.nc:v | grep -v '^#' | cut -f 6 | xargs)" = '358010 12 2014 4014' ]
    laid '14, 12, 10' '0, 1, 3, 4'
    run --separate-stderr eco-sample --points p l.nc:v
    [ "$status" -eq 1 ]
    one_message 'are not evenly spaced'
}

@test "coordinates of one dimension under another name, and two of one dimension, which lay nothing" {
    nc a.nc <<'END'
netcdf a {
dimensions: row = 2 ; col = 3 ; obs = 2 ;
variables:
  double la(row) ; la:units = "degrees_north" ;
  double lo(col) ; lo:units = "degrees_east" ;
  double y(obs) ; y:units = "degrees_north" ;
  double x(obs) ; x:units = "degrees_east" ;
  int v(col, row) ; v:coordinates = "la lo" ;
  int track(obs, col) ; track:coordinates = "x y" ;
data:
  la = 1, 2 ; lo = 5, 6, 7 ; v = 1, 2, 3, 4, 5, 6 ;
}
END
    [ "$(eco-sample --no-provenance --cells a.nc:v | grep -v '^#' | cut -f 2,3,7 | sort -k3n | xargs)" = \
        '5 1 1 5 2 2 6 1 3 6 2 4 7 1 5 7 2 6' ]
    [ "$(eco-index --no-provenance a.nc 2>err | grep -v '^#' | cut -f 4)" = v ]
    run --separate-stderr eco-sample --cells a.nc:track
    [ "$status" -eq 1 ]
    one_message 'a.nc:track: it has no geotransform'
}
