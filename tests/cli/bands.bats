# Rasters of several bands: which is read, and what tables call it.
load ../lib/common
load ../lib/pixels

PLACE=500000,70,0,9700000,0,-70

setup() {
    cd "$BATS_TEST_TMPDIR"
    make_grid g.txt EPSG:32721 500000 9700000 140 140 2 2
}

# stack FILE NUMBER=NAME...: 4 x 4 pixels, a band of that number in each pixel and of that
# name for each; a name may be empty.
stack() {
    local file=$1 i=0 band parts=()
    shift
    for band; do
        i=$((i + 1))
        make_raster "part$i.tif" 4 4 Float32 none $PLACE EPSG:32721 "${band%%=*}"
        parts+=("part$i.tif")
    done
    gdalbuildvrt -q -separate stack.vrt "${parts[@]}"
    i=0
    for band; do
        i=$((i + 1))
        [ -z "${band#*=}" ] || sed -i "s,<VRTRasterBand [^>]*band=\"$i\"[^>]*>,&<Description>${band#*=}</Description>," stack.vrt
    done
    gdal_translate -q stack.vrt "$file"
    rm -f stack.vrt "${parts[@]}"
}

mean_of() {
    eco-regrid --no-provenance --grid g.txt -o out.tif "$@" | awk -F'\t' '!/^#/ {print $6}'
}

values() {
    printf '500035\t9699965\n' >p.tsv
    eco-sample --points p.tsv --columns 1,2 --points-crs EPSG:32721 "$@" | awk -F'\t' '!/^#/ {print $5, $6}'
}

@test "several bands without a choice are an error that lists them, in every tool" {
    stack s.tif 300=early 400=late 500=
    echo '{"type": "Polygon", "coordinates": [[[-57,-2.72],[-56.99,-2.72],[-56.99,-2.71],[-57,-2.71],[-57,-2.72]]]}' >p.geojson
    printf '500035\t9699965\n' >p.tsv
    list='s.tif: it has 3 bands, and nothing says which is meant: 1 early, 2 late, 3; name one, as s.tif:3 or by --band'
    while read -r command; do
        run --separate-stderr bash -c "$command"
        [ "$status" -eq 1 ]
        one_message "$list"
    done <<'END'
eco-regrid --grid g.txt -o out.tif s.tif
eco-sample --cells s.tif
eco-sample --cells --csv s.tif
eco-sample --points p.tsv --columns 1,2 --points-crs EPSG:32721 s.tif
eco-sample --points p.tsv --columns 1,2 --points-crs EPSG:32721 --wide s.tif
eco-sample --polygons p.geojson --csv s.tif
END
    make_raster one.tif 4 4 Float32 none $PLACE EPSG:32721 7
    run --separate-stderr eco-regrid --grid g.txt --mask s.tif --classes 400 -o out.tif one.tif
    [ "$status" -eq 1 ]
    one_message "$list"
    run --separate-stderr eco-regrid --grid g.txt --keep 'QC<450' --companion QC=s.tif -o out.tif one.tif
    [ "$status" -eq 1 ]
    one_message "$list"
    cp one.tif coarse.tif
    run --separate-stderr eco-plotspec panels --source s.tif --result coarse.tif --grid g.txt
    [ "$status" -eq 1 ]
    [[ $stderr == *"nothing says which is meant"* || $stderr == *"its cells are not"* ]]
}

@test "a band is chosen by number, name or year, by --band or behind the file's name" {
    stack s.tif 300=LC_2019 400=LC_2020 500=3
    for choice in 1:300 LC_2019:300 2019:300 2:400 LC_2020:400 2020:400 3:500; do
        [ "$(mean_of --band "${choice%:*}" s.tif)" = "${choice#*:}" ]
        [ "$(mean_of s.tif:"${choice%:*}")" = "${choice#*:}" ]
        [ "$(values --band "${choice%:*}" s.tif | cut -d' ' -f2)" = "${choice#*:}" ]
        [ "$(values s.tif:"${choice%:*}" | cut -d' ' -f2)" = "${choice#*:}" ]
        [ "$(eco-sample --cells --csv "s.tif:${choice%:*}" | awk -F, 'NR == 2 {print $6}')" = "${choice#*:}" ]
        [ "$(eco-sample --points p.tsv --columns 1,2 --points-crs EPSG:32721 --wide "s.tif:${choice%:*}" | awk 'END {print $5}')" = "${choice#*:}" ]
    done
    for bad in 0 4 LC_2021 2021 ''; do
        for way in "--band=$bad s.tif" "s.tif:$bad"; do
            [ "$way" != s.tif: ] || continue # that is no band, but no file either
            # shellcheck disable=SC2086
            run --separate-stderr eco-regrid --grid g.txt -o bad.tif $way
            [ "$status" -eq 1 ]
            one_message "${way#* }: there is no \"$bad\" among its bands: 1 LC_2019, 2 LC_2020, 3"
            [ ! -e bad.tif ]
        done
    done
    # What names two bands names none.
    stack t.tif 300=2 400=b 500=b
    for bad in 2 b; do
        run --separate-stderr eco-regrid --grid g.txt -o bad.tif t.tif:$bad
        [ "$status" -eq 1 ]
        one_message "t.tif:$bad: more than one is \"$bad\" among its bands: 1 2, 2 b, 3 b"
    done
}

@test "lists name bands too, outputs are named by them, and a file of the whole name wins" {
    stack s.tif 300=early 400=late
    printf '%s\n' s.tif:1 s.tif:late | eco-regrid --no-provenance --grid g.txt --out-dir out - >r.tsv
    [ "$(awk -F'\t' '!/^#/ {print $1, $3, $6}' r.tsv)" = $'s.tif:1 out/Regrid_s_1.tif 300\ns.tif:late out/Regrid_s_late.tif 400' ]
    [ "$(gdalinfo -json out/Regrid_s_late.tif | jq -r '.metadata[""] | .ECO_SOURCE, .ECO_BAND, .ECO_LAYER')" = $'s.tif:late\n2\nlate' ]
    # Each names what it holds.
    [ "$(eco-sample --cells out/Regrid_s_*.tif | awk -F'\t' '!/^#/ {print $6, $7}' | sort -u)" = $'early 300\nlate 400' ]
    make_raster nine.tif 4 4 Float32 none $PLACE EPSG:32721 9
    mv nine.tif s.tif:2
    [ "$(mean_of s.tif:2)" = 9 ]
    run --separate-stderr eco-regrid --grid g.txt -o s.tif s.tif:late
    [ "$status" -eq 1 ]
    one_message "its output would replace s.tif:late"
}

@test "eco-index --open shows the band that is named" {
    make_raster a.tif 4 4 Int16 none $PLACE EPSG:32721 5
    make_raster b.tif 4 4 Float32 -1 $PLACE EPSG:32721 6
    gdalbuildvrt -q -separate ab.vrt a.tif b.tif
    [ "$(eco-index --no-provenance --open ab.vrt:2 2>err | awk -F'\t' '!/^#/ {print $1, $12, $16, $17}')" = "ab.vrt:2 2 Float32 -1" ]
}

@test "a band of opacities is no choice" {
    for n in 1 2 3; do make_raster p$n.tif 4 4 Byte none $PLACE EPSG:32721 "$n == 3 ? (\$c ? 255 : 0) : 10 * $n"; done
    gdalbuildvrt -q -separate v.vrt p1.tif p3.tif
    gdal_translate -q -colorinterp gray,alpha v.vrt ga.tif
    [ "$(mean_of ga.tif)" = 10 ]
    # Its transparent pixels have no value: a column of four.
    [ "$(eco-sample --cells ga.tif | grep -vc '^#')" -eq 12 ]
    gdalbuildvrt -q -separate v.vrt p1.tif p2.tif p3.tif
    gdal_translate -q -colorinterp red,green,alpha v.vrt rga.tif
    run --separate-stderr eco-regrid --grid g.txt -o out.tif rga.tif
    [ "$status" -eq 1 ]
    one_message "it has 3 bands"
}

@test "a class map with a band a year gives that of the scene's" {
    make_raster ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif 4 4 Float32 nan $PLACE EPSG:32721 300
    scene=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
    for name in '' classification_; do
        stack map.tif 3=${name}2019 15=${name}2020 3=${name}2021
        for map in map.tif "map.tif:{year}"; do
            eco-regrid --grid g.txt --mask $map --classes 3 --min-coverage 0 -o out.tif $scene >r.tsv
            [ "$(pixels out.tif 2 | sort -u)" = 0 ]
            eco-regrid --grid g.txt --mask $map --classes 15 -o out.tif $scene >r.tsv
            [ "$(pixels out.tif 2 | sort -u)" = 1 ]
            [ "$(gdalinfo -json out.tif | jq -r '.metadata[""] | .ECO_MASK, .ECO_MASK_YEAR')" = $'map.tif:2020\n2020' ]
            [ "$(eco-sample --cells --mask $map --classes 15 $scene | grep -vc '^#')" -eq 16 ]
            [ "$(eco-sample --cells --mask $map --classes 3 $scene | grep -vc '^#')" -eq 0 ]
        done
        eco-regrid --grid g.txt --mask map.tif:2021 --classes 3 -o out.tif $scene >r.tsv
        [ "$(pixels out.tif 2 | sort -u)" = 1 ]
    done
    stack map.tif 3=2018 15=2019
    run --separate-stderr eco-regrid --grid g.txt --mask map.tif --classes 3 -o out.tif $scene
    [ "$status" -eq 1 ]
    one_message "no class map for 2020: map.tif has no band of that year; see --fallback, with --mask map.tif:{year}"
    run --separate-stderr eco-regrid --grid g.txt --mask "map.tif:{year}" --classes 3 -o out.tif $scene
    [ "$status" -eq 1 ]
    one_message "no class map for 2020: map.tif:2020"
    eco-regrid --grid g.txt --mask "map.tif:{year}" --classes 15 --fallback 2020=2019 -o out.tif $scene >r.tsv
    [ "$(pixels out.tif 2 | sort -u)" = 1 ]
    [ "$(gdalinfo -json out.tif | jq -r '.metadata[""] | .ECO_MASK, .ECO_MASK_YEAR, .ECO_MASK_YEAR_MISSING')" = $'map.tif:2019\n2019\n2020' ]
    # A scene whose name tells no year.
    cp $scene plain.tif
    run --separate-stderr eco-regrid --grid g.txt --mask map.tif --classes 3 -o out.tif plain.tif
    [ "$status" -eq 1 ]
    one_message "plain.tif: its name tells no year to choose a band of map.tif by"
}

@test "tables name what their columns hold, and have all bands of eco's rasters" {
    make_raster ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif 4 4 Float32 nan $PLACE EPSG:32721 '300 + $c'
    scene=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
    head_of() {
        eco-sample --cells --csv "$@" | sed -n 1p
    }
    common=pixel_id,x,y,filename,time,coverage,n
    while read -r bands column more first; do
        eco-regrid --grid g.txt --bands "$bands" --out-dir . --prefix Regrid_ $scene >r.tsv
        [ "$(head_of Regrid_$scene)" = "date,year,doy,latitude,longitude,$column,$common${more#-}" ]
        [ "$(eco-sample --cells --csv Regrid_$scene | awk -F, 'NR == 2 {print $6}')" = "$first" ]
        [ "$(eco-sample --cells Regrid_$scene | awk -F'\t' '/^#t/ {next} !/^#/ {print $6, $7; exit}')" = "$column $first" ]
        [ "$(values Regrid_$scene)" = "$column $first" ]
        rm Regrid_$scene
    done <<'END'
mean,coverage,n LST - 300.5
median LST_median - 300.5
max,coverage LST_max - 301
nearest LST - 301
mean,median,stddev,coverage,n LST ,LST_stddev,LST_median 300.5
coverage,q1,q3,n LST_q1 ,LST_q3 300
END
    eco-regrid --grid g.txt --bands mean,coverage,n,max,stddev --out-dir . $scene >r.tsv
    [ "$(eco-sample --cells --csv Regrid_$scene | awk -F, 'NR == 2 {print $6, $12, $13, $14, $15}')" = "300.5 1 4 0.5 301" ]
    [ "$(eco-sample --cells --csv --name T Regrid_$scene | sed -n 1p)" = "date,year,doy,latitude,longitude,T,$common,T_stddev,T_max" ]
    [ "$(eco-sample --cells Regrid_$scene | awk -F'\t' '/^#t/ {print $8, $9, $10, $11, $12}')" = "coverage n stddev max pixel_id" ]
    [ "$(head_of --band max Regrid_$scene)" = "date,year,doy,latitude,longitude,LST_max,$common" ]
    # Rasters with other bands do not go into one table.
    mkdir other
    eco-regrid --grid g.txt --bands mean,n,median --out-dir other $scene >r.tsv
    run --separate-stderr eco-sample --cells --csv Regrid_$scene other/Regrid_$scene
    [ "$status" -eq 1 ]
    one_message "other/Regrid_$scene: beside LST it has median, where rasters before it have stddev,max"
    # --layer takes the layer with all that it has, or one of its names.
    [ "$(values --layer LST Regrid_$scene)" = "LST 300.5" ]
    [ "$(values --layer LST_max --band max Regrid_$scene)" = "LST_max 301" ]
    [ "$(values --layer NDVI Regrid_$scene)" = "" ]
}

@test "a layer that is not asked for needs no choice" {
    stack ECO_L2T_LSTE.002_QC_doy2020221094621_aid0001_21S.tif 1=a 2=b
    make_raster ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif 4 4 Float32 nan $PLACE EPSG:32721 300
    run --separate-stderr eco-sample --cells --layer LST ECO_*.tif
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(grep -vc '^#' <<<"$output")" -eq 16 ]
}

@test "a netCDF of many times is read at the one that is named" {
    for n in 300 400 500; do make_raster $n.tif 4 4 Float32 none $PLACE EPSG:32721 $n; done
    gdalbuildvrt -q -separate t.vrt 300.tif 400.tif 500.tif
    sed -i 's|<VRTDataset[^>]*>|&<Metadata><MDI key="NETCDF_DIM_EXTRA">{time}</MDI>\
<MDI key="NETCDF_DIM_time_DEF">{3,6}</MDI><MDI key="NETCDF_DIM_time_VALUES">{100,200,300}</MDI>\
<MDI key="time#units">days since 2019-01-01</MDI></Metadata>|' t.vrt
    gdal_translate -q -of netCDF t.vrt t.nc
    [ "$(gdalinfo -json t.nc | jq -r '.bands[1].metadata[""].NETCDF_DIM_time')" = 200 ]
    run --separate-stderr eco-regrid --grid g.txt -o out.tif t.nc
    [ "$status" -eq 2 ]
    one_message "--output is for one input"
    [ "$(mean_of t.nc:2) $(mean_of t.nc:20191028T000000) $(mean_of --band 20190411T000000 NETCDF:t.nc:Band1)" = "400 500 300" ]
    # The record has the file's size, whichever band is read.
    [ "$(eco-regrid --no-provenance --grid g.txt -o out.tif t.nc:2 | awk -F'\t' 'NR == 2 {print $8}')" = "$(stat -c %s t.nc)" ]
}

@test "a kept mask is that of its map's band, and of its file as it is" {
    scene=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.tif
    make_raster $scene 4 4 Float32 nan $PLACE EPSG:32721 300
    coverage() {
        eco-regrid --grid g.txt --mask-cache kept --mask "$1" --classes 3 --min-coverage 0 -o out.tif $scene >r.tsv
        pixels out.tif 2 | sort -u
    }
    stack map.tif 3=2019 15=2020
    [ "$(coverage map.tif) $(coverage map.tif:1) $(coverage map.tif:2)" = "0 1 0" ]
    stack map.tif 15=2019 3=2020
    touch -d '1 hour ago' map.tif
    [ "$(coverage map.tif) $(coverage map.tif:1) $(coverage map.tif:2)" = "1 0 1" ]
}

@test "panels draw the band that the result was made of" {
    stack s.tif 300=early 400=late
    eco-regrid --grid g.txt --band late -o coarse.tif s.tif >r.tsv
    run --separate-stderr eco-plotspec panels --source s.tif --result coarse.tif --grid g.txt
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(eco-plotspec panels --source s.tif --band 2 --result coarse.tif --grid g.txt | grep -av '##cmd\|^# ' | md5sum)" = \
        "$(eco-plotspec panels --source s.tif --result coarse.tif --grid g.txt | grep -av '##cmd\|^# ' | md5sum)" ]
}

@test "each band brings its unit" {
    stack two.tif 300=T 9=h
    name=ECO_L2T_LSTE.002_LST_doy2020221094621_aid0001_21S.vrt
    gdal_translate -q -of VRT two.tif $name
    sed -i 's,<Description>T</Description>,&<UnitType>K</UnitType>,; s,<Description>h</Description>,&<UnitType>m</UnitType>,' $name
    [ "$(eco-sample --cells --no-provenance $name:1 $name:h | grep '^##unit')" = $'##unit.LST_T=K\n##unit.LST_h=m' ]
}
