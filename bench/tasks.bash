# What is measured: for each task eco's command, its floor, its peers and the aims.
# shellcheck shell=bash disable=SC2016,SC2154
#
# bench/run reads this and calls the functions task_NAME in this order. Their words:
#   title TEXT [cpu|wall]       what the task is; its ratios are of cpu (default) or wall
#   with INPUT...               inputs that it needs: make_INPUT of bench/inputs.bash
#   has TOOL OPTION             leaves the task out where eco has no such option
#   eco|floor|peer NAME COMMAND who does it; see clock.c for what a command may be.
#                               @ is a folder of its own, emptied before each run
#   each LIST                   commands from here on run once for each line of LIST
#   rounds N                    the next command takes part in the first N rounds only
#   aim NAME RATIO              eco takes at most RATIO times what NAME does
#   peak MIB                    and no process of eco holds more memory than that
#   agree COMMAND               a test that they did the same, run once, after round 0
#   grows WHAT                  a task of one command at many sizes, counted in WHAT
#   size N NAME COMMAND         what it is at size N
# %NAME in eco's command is who runs it (eco or base), %BIN and %ROOT are its tools and its
# tree. Commands run in the folder of the inputs.

task_start() {
    title 'a process that does nothing: what loading its libraries costs'
    eco eco 'eco-regrid --version'
    floor libtiff 'floor_decode'
    peer gdalwarp 'gdalwarp --version'
    peer cs2cs 'cs2cs -lp'
    aim gdalwarp 0.35
}

# ---- eco-regrid: coarse means ----

coarse='--grid site.grid --mask forest_{year}.tif --classes 3,4,5,6 --no-provenance'
warped='-te 245080 9732010 308880 9793430 -tr 2200 1660'

task_regrid24() {
    title '24 scenes of 900 x 900, mask, threshold, clip, one process'
    with scenes
    eco eco "eco-regrid $coarse --out-dir @ $(cat scenes.txt) >@/status.tsv"
    floor floor "floor_regrid site.grid -m forest_2020.tif $(echo scenes/*doy2020*)" \
        "-m forest_2021.tif $(echo scenes/*doy2021*) >@/status.tsv"
    floor decode "floor_decode forest_2020.tif forest_2021.tif $(cat scenes.txt)"
    peer python "peers/regrid.py --polygon circle.geojson" \
        "--maps forest_{year}.tif --out @ $(cat scenes.txt)"
    each scenes.txt
    peer gdalwarp "gdalwarp -q -r average $warped {} @/{/}"
    peer three-sums "for i in 1 2 3; do gdalwarp -q -r sum $warped {} @/\${i}{/}; done"
    agree 'paste <(grep -v "^#" eco/status.tsv) floor/status.tsv |
        awk -F "\t" "{ n = \$5 - \$11; t = \$6 - \$12
            bad += n * n > 1e-4 * \$5 || t * t > 1e-8 } END { exit bad || NR != 24 }"'
    aim floor 1.5
    aim gdalwarp 0.35
    aim python 0.05
    peak 80
}

task_regrid-l2g() {
    title 'a gridded scene in HDF5, 4000 x 4000, onto 120 x 120 cells'
    with l2g
    has eco-regrid layer
    eco eco 'eco-regrid --grid l2g.grid --no-provenance --layer LST --out-dir @ l2g.h5 >@/status.tsv'
    peer gdalread 'gdalinfo -checksum l2g.vrt >@/sum'
    peer gdalwarp "gdalwarp -q -r average $(grid_window l2g.grid) -ot Float32 l2g.vrt @/l2g.tif"
    agree '[ "$(cut -f 4 eco/status.tsv | tail -1)" -eq 14400 ]'
    aim gdalwarp 1
    peak 160
}

# swath_agrees NAME PEER=SHARE...: eco's NAME has the peers' values, but for shares of the
# cells; as wide as the granule's values lie where it has means, which they do not.
swath_agrees() {
    local ours=$1 apart=$2 peer
    peer_of swath.py || return 0
    gdal_translate -q -of ENVI -b 1 "$ours"/*.tif ours.raw
    for peer in "${@:3}"; do
        case $peer in gdalwarp=*) [ ! -e gdalwarp/o.tif ] ||
            gdal_translate -q -of ENVI -ot Float32 -scale 0 65535 0 1310.7 gdalwarp/o.tif gdalwarp/o.raw ;;
        esac
        [ ! -e "${peer%=*}/o.raw" ] ||
            "$ran_by" "$bench/peers/swath.py" --same ours.raw "${peer%=*}/o.raw" "$apart" "${peer#*=}" || return
    done
}

# cdo remapcon is left out: of 30 million cells with bounds it makes a matrix first.
swath_tasks() {
    with swath
    has eco-regrid layer
    floor read "peers/swath.py --read $(echo swath/*GEO_2*) $(echo swath/*LSTE*)"
    peer gdalwarp "gdalwarp -q -geoloc -r near $(grid_window "swath_$1.grid") -t_srs EPSG:32616 swath.vrt @/o.tif"
    peer pyresample "peers/swath.py swath_$1.grid $2 swath/geo.h5 $(echo swath/*LSTE*) @/o.raw"
    aim read 2
    aim gdalwarp 0.2
    aim pyresample 0.2
}

task_swath-2k() {
    title 'a swath of 5632 x 5400 pixels onto cells of 2 km; peers: nearest centres'
    eco eco 'eco-regrid --grid swath_2k.grid --no-provenance --layer LST --out-dir @ swath/*LSTE* >@/status.tsv'
    swath_tasks 2k 3000
    agree 'swath_agrees eco 20 pyresample=0.03 gdalwarp=0.06'
    peak 160
}

task_swath-70() {
    title 'the same onto 6000 x 6000 cells of 70 m; nearest, as peers do it'
    eco eco 'eco-regrid --grid swath_70.grid --no-provenance --memory 2G --layer LST --out-dir @ swath/*LSTE* >@/status.tsv'
    eco nearest 'eco-regrid --grid swath_70.grid --no-provenance --memory 2G --method nearest --layer LST --out-dir @ swath/*LSTE* >@/status.tsv'
    swath_tasks 70 150
    agree 'swath_agrees nearest 0.001 pyresample=0.15 gdalwarp=0.45'
}

task_regrid24-zone() {
    title 'the same 24 onto the grid of another UTM zone'
    with scenes zone
    eco eco "eco-regrid ${coarse/site.grid/zone.grid} --out-dir @ $(cat scenes.txt)"
    each scenes.txt
    peer gdalwarp "gdalwarp -q -r average -t_srs EPSG:32720 $(grid_window zone.grid) {} @/{/}"
    aim gdalwarp 0.12
    peak 80
}

task_regrid1() {
    title 'such scenes, one process each (4 of them)'
    with scenes scenes_netcdf
    each four.txt
    eco eco "eco-regrid $coarse -o @/{/} {}"
    floor floor 'floor_regrid site.grid -m forest_2020.tif {}'
    peer gdalwarp "gdalwarp -q -r average $warped {} @/{/}"
    peer gdal_translate 'gdal_translate -q -r average -outsize 29 37 {} @/{/}'
    peer rasterio "rasterio warp --resampling average --bounds 245080 9732010 308880 9793430" \
        "--res 2200 --res 1660 {} @/{/}"
    peer cdo 'cdo -s remapcon,cdo.grid cdo/{/}.nc @/{/}.nc'
    aim gdalwarp 0.35
    peak 80
}

task_regrid1-kept() {
    title 'the same with the mask of their pixels kept by a process before (4)'
    with scenes
    # shellcheck disable=SC2086
    eco-regrid $coarse --mask-cache kept -o kept.tif "$(head -n 1 four.txt)" >/dev/null
    each four.txt
    eco eco "eco-regrid $coarse --mask-cache kept -o @/{/} {}"
    floor decode 'floor_decode {}'
    peer gdalwarp "gdalwarp -q -r average $warped {} @/{/}"
    aim gdalwarp 0.17
    peak 80
}

task_regrid1-plain() {
    title 'such scenes without mask and clip, one process each (4)'
    with scenes
    each four.txt
    eco eco 'eco-regrid --grid plain.grid --min-coverage 0 --bands mean -o @/{/} {}'
    floor decode 'floor_decode {}'
    peer gdalwarp "gdalwarp -q -r average $warped {} @/{/}"
    aim gdalwarp 0.14
}

# ---- whole runs by make ----

flow='make -s -f %ROOT/pipelines/eco.mk ECO_BIN=%BIN'

task_flow24() {
    title '24 scenes from clean by make -j2: grid, rasters, table, picture' wall
    with scenes flow coarse_one
    local rest
    rest="$(head -n 1 scenes.txt) forest_2020.tif coarse_one.tif circle.geojson @/out.png"
    eco eco "$flow CONFIG=flow.mk OUT=@ JOBS=2"
    eco no-picture "$flow CONFIG=flow.mk OUT=@ JOBS=2 PLOTS=no"
    peer python "peers/regrid.py --workers 2 --polygon circle.geojson" \
        "--maps forest_{year}.tif --out @ $(cat scenes.txt) &&" \
        "peers/table.py @/*.tif >@/table.csv && peers/panels.py $rest"
    aim python 0.05
}

# Round 0 makes everything; the others find it done.
task_flow2225-again() {
    title 'make run of 2,225 scenes when nothing is to do; python: of 24' wall
    with scenes flow
    mkdir -p "$dir/out/flow-done"
    eco eco "$flow CONFIG=flow2225.mk OUT=$dir/out/flow-done/%NAME JOBS=2"
    peer python "peers/regrid.py --polygon circle.geojson" \
        "--maps forest_{year}.tif --out $dir/out/flow-done/python $(cat scenes.txt)"
    aim python 0.3
}

# Of so many scenes in one folder; find: to look at each file once.
flow_again() {
    title "make run of $1 scenes in one folder when nothing is to do; find: its files" wall
    # Another commit would average all of them anew.
    [ -z "$base" ] || { leave 'it is made by these tools alone'; return; }
    with scenes "flow_done $1"
    eco eco "$flow CONFIG=flow$1.mk OUT=flow$1/out JOBS=2"
    floor find "find flow$1 -printf %T@%p >/dev/null"
    peak 250
}

task_flow20000-again() { flow_again 20000; }
task_flow100000-again() { flow_again 100000; }

# ---- eco-compose: coarse rasters of many times ----

task_compose() {
    title 'the mean of each cell over 500 coarse rasters'
    with coarse
    has eco-compose by
    local each_one
    each_one=$(echo coarse/*.tif)
    eco eco "eco-compose --by all --stat mean --no-provenance --out-dir @ $each_one >@/status.tsv"
    floor decode "floor_decode $each_one"
    peer gdal_calc "gdal_calc.py --quiet -A $each_one --A_band=1 --type=Float32" \
        "--calc='numpy.nanmean(A,axis=0,dtype=numpy.float64)' --outfile=@/out.tif"
    agree '[ ! -e gdal_calc/out.tif ] || differ eco/LST_all.tif gdal_calc/out.tif 1e-4 0'
    aim gdal_calc 0.25
    peak 160
}

# ---- eco-sample: tables ----

table() {
    eco eco "eco-sample --cells --csv $(echo "$1"/*.tif) >@/table.csv"
    floor floor "floor_table $(echo "$1"/*.tif) >@/table.csv"
    peer python "peers/table.py $(echo "$1"/*.tif) >@/table.csv"
    agree 'cmp <(tail -n +2 eco/table.csv | cut -d , -f 4-7) <(cut -d , -f 2- floor/table.csv)'
    aim floor 2
    aim python 0.05
}

task_table500() {
    title 'table of the cells of 500 coarse rasters'
    with coarse
    table coarse
}

task_table24() {
    title 'the same of 24'
    with coarse
    table coarse24
}

task_table157() {
    title 'the same of 157 real ones'
    with real
    table real
}

# ---- eco-reproject: coordinates as text ----

points='eco-reproject --from EPSG:32721 --to EPSG:4326 --columns 1,2'
inverse='+proj=pipeline +step +inv +proj=utm +zone=21 +south'
inverse+=' +step +proj=unitconvert +xy_in=rad +xy_out=deg'

# arrays: proj_trans_generic alone, which takes 0.09 to 0.14 of cs2cs's time; text is parsed
# and printed in 0.06 to 0.07 by a floor without any checks, so 0.13 for both is out of reach.
# A thread for the text would hide some of it from the wall's clock, not from the processor's.
# mapproject with -Ju computes UTM itself, to 1e-10 degree; with -JEPSG it asks PROJ.
task_reproject() {
    title '1,000,000 lines of UTM to longitude and latitude, to /dev/null'
    with lines
    eco eco "$points <lines.tsv >/dev/null"
    floor floor 'floor_reproject EPSG:32721 EPSG:4326 <lines.tsv >/dev/null'
    floor arrays 'floor_reproject EPSG:32721 EPSG:4326 1000000'
    floor text 'floor_reproject text <lines.tsv >/dev/null'
    peer mapproject 'gmt mapproject --GMT_HISTORY=false -Ju-21/1:1 -C -F -I <lines.tsv >/dev/null'
    peer mapproject-EPSG 'gmt mapproject --GMT_HISTORY=false -JEPSG:32721 -I <lines.tsv >/dev/null'
    peer gdaltransform \
        'gdaltransform -s_srs EPSG:32721 -t_srs EPSG:4326 -output_xy <lines.txt >/dev/null'
    peer cs2cs 'cs2cs -f %.12f EPSG:32721 EPSG:4326 <lines.tsv >/dev/null'
    peer cct "cct -d 12 -z 0 -t 0 $inverse <lines.txt >/dev/null"
    agree "cmp <($points ../../inputs/lines.tsv) <(floor_reproject EPSG:32721 EPSG:4326 <../../inputs/lines.tsv)"
    aim arrays 1.4
    aim mapproject 0.25
    aim cs2cs 0.2
    peak 32
}

task_reproject-parallel() {
    title '10,000,000 of them in order on all cores, wall time' wall
    with lines many_lines
    eco eco "$points <many_lines.tsv >/dev/null"
    peer pipepart "parallel --pipepart -k --block -1 -a many_lines.tsv $points >/dev/null"
    agree "cmp <($points ../../inputs/lines.tsv) \
        <(parallel --pipepart -k --block -1 -a ../../inputs/lines.tsv $points)"
}

# ---- eco-match, eco-stats: pairs and their skill ----

task_stats() {
    title '1,000,000 pairs: means, standard deviations, r'
    with pairs
    eco eco 'eco-stats --observed LE --model ETinst' \
        '--stats n,mean_observed,mean_model,sd_observed,sd_model,r pairs.tsv >@/out.tsv'
    peer datamash 'datamash --header-in count 1 mean 7 mean 3 sstdev 7 sstdev 3 ppearson 7:3' \
        '<pairs.plain.tsv >@/out.tsv'
    peer miller-without-r 'mlr --tsv stats1 -a count,mean,stddev -f LE,ETinst pairs.plain.tsv >@/out.tsv'
    agree '[ ! -e datamash/out.tsv ] || paste <(tail -n 1 eco/out.tsv) <(tail -n 1 datamash/out.tsv) |
        awk -F "\t" "{ for (i = 2; i <= 7; i++) { d = \$i / \$(i + 7) - 1; bad += d * d > 1e-16 } } END { exit bad || NR != 1 }"'
    aim datamash 0.5
    peak 64
}

task_stats-all() {
    title '1,000,000 pairs through eco-match and eco-stats, every statistic'
    with pairs
    eco eco 'eco-match overpasses.tsv tower.tsv | eco-stats --observed LE --model ETinst >@/out.tsv'
    peer sort 'env LC_ALL=C sort -k1,1 -k2,2 overpasses.tsv tower.tsv >@/out.tsv'
    peer pandas "peers/pairs.py overpasses.tsv tower.tsv >@/out.tsv"
    agree '[ ! -e pandas/out.tsv ] || awk -F "\t" "/^##/ { next } /^#/ { for (i = 1; i <= NF; i++) at[\$i] = i; next }
        FNR == NR { for (i = split(\"n bias mae rmse r spearman kendall error_q1 error_median error_q3\", name, \" \"); i; i--) v[i] = \$at[name[i]]; next }
        { for (i = 1; i <= 10; i++) { d = \$i / v[i] - 1; bad += d * d > 1e-20 } } END { exit bad || FNR != 1 }" eco/out.tsv pandas/out.tsv'
    peak 64
}

# ---- eco-plotspec: a picture ----

task_picture() {
    title 'the picture of four panels, 1600 x 1400'
    with scenes coarse_one
    local scene
    scene=$(head -n 1 scenes.txt)
    eco eco "eco-plotspec panels --source $scene --result coarse_one.tif --grid site.grid" \
        '--mask forest_2020.tif --classes 3,4,5,6 --size 1600x1400 | gnuplot -d >@/out.png'
    peer matplotlib "peers/panels.py $scene forest_2020.tif coarse_one.tif circle.geojson @/out.png"
    aim matplotlib 0.15
}

# ---- eco-sample: points and polygons ----

# Points lie in all rows of all blocks. libdeflate, by which both read, inflates whole blocks
# only, zlib at a fifth of its speed, so that to stop after the last row needed would pay
# where that is in the first fifth.
task_points() {
    title '100,000 random points of a raster of 10980 x 10980'
    with large points
    eco eco 'eco-sample --points some.tsv large.tif >@/out.tsv'
    floor floor 'floor_points large.tif <some.txt >@/out.tsv'
    peer gdallocationinfo 'gdallocationinfo -valonly -geoloc large.tif <some.txt >@/out.txt'
    peer grdtrack 'gmt grdtrack some.txt -Glarge.tif -nn >@/out.txt'
    peer rasterio 'rasterio sample large.tif <some.json >@/out.txt'
    agree 'cmp <(grep -v "^#" eco/out.tsv | cut -f 6) <(cut -d " " -f 3 floor/out.tsv)'
    aim gdallocationinfo 0.6
    aim grdtrack 0.5
    aim floor 1.3
}

task_points-many() {
    title '1,000 points of each of 200 scenes of 900 x 900'
    with scenes many points
    local scenes
    scenes=$(first many.txt 200)
    eco eco "eco-sample --points few.tsv <$scenes >@/out.tsv"
    floor floor "floor_points $(tr '\n' ' ' <"$scenes") <few.txt >@/out.tsv"
    peer python "peers/points.py few.txt $(tr '\n' ' ' <"$scenes") >@/out.txt"
    agree 'cmp <(grep -v "^#" eco/out.tsv | cut -f 6) <(cut -d " " -f 3 floor/out.tsv)'
    each "$scenes"
    peer gdallocationinfo 'gdallocationinfo -valonly -geoloc {} <few.txt >@/out.txt'
    peer grdtrack 'gmt grdtrack few.txt -G{} -nn >@/out.txt'
    aim gdallocationinfo 0.5
    aim grdtrack 0.5
    aim python 0.5
    aim floor 1.3
}

# Of the peers only centres are asked for: terra takes 140 s for the fractions. A centre on
# an edge is in by one rule here and by another there.
task_polygons() {
    title 'means in 1,000 polygons of a raster of 3000 x 3000; centre: as peers do it'
    with 'square 3000' stars
    eco eco 'eco-sample --polygons stars.geojson --stat n,mean square_3000.tif >@/out.tsv'
    eco center 'eco-sample --polygons stars.geojson --stat n,mean --touch center square_3000.tif >@/out.tsv'
    floor decode 'floor_decode square_3000.tif'
    peer rasterio "peers/polygons.py stars.geojson square_3000.tif >@/out.txt"
    rounds 1
    peer terra "peers/polygons.R stars.geojson square_3000.tif @/out.txt"
    agree '[ ! -e rasterio/out.txt ] || paste <(grep -v "^#" center/out.tsv) rasterio/out.txt |
        awk "{ n = \$4 - \$7; d = \$5 - \$8; bad += n * n > 1 || d * d > 1e-10 * \$5 * \$5; apart += n != 0 }
            END { exit bad || apart > 5 || NR != 1000 }"'
    aim rasterio 0.5
    aim terra 0.1
}

# The layer as GeoPackage, which GDAL reads three times as fast as GeoJSON.
task_polygons-many() {
    title 'means in 25,000 polygons of a raster of 10980 x 10980'
    with large stars_many
    eco eco 'eco-sample --polygons stars_many.gpkg --stat n,mean large.tif >@/out.tsv'
    eco layer 'eco-sample --polygons stars_many.gpkg --stat n,mean corner.tif >@/out.tsv'
    floor decode 'floor_decode large.tif'
    peer exactextract 'peers/exact.py stars_many.gpkg large.tif >@/out.txt'
    agree '[ ! -e exactextract/out.txt ] || paste <(grep -v "^#" eco/out.tsv) exactextract/out.txt |
        awk -F "\t" "{ n = \$4 - \$7; d = \$5 - \$8; bad += n * n > 1e-6 * \$4 * \$4 || d * d > 1e-10 * \$5 * \$5 }
            END { exit bad || NR != 25000 }"'
    aim exactextract 0.25
    peak 128
}

# first, second: of one raster, and of two of its grid. A month, since terra takes 1.5 s for
# each raster, and a year of it ten minutes a round.
task_polygons-month() {
    title 'means in 500 polygons of 30 rasters of 900 x 900 of one grid; centre: as terra'
    with scenes many sites
    local scenes
    scenes=$(first many.txt 30)
    eco eco "eco-sample --polygons sites.geojson --stat n,mean <$scenes >@/out.tsv"
    eco center "eco-sample --polygons sites.geojson --stat n,mean --touch center <$scenes >@/out.tsv"
    eco first "eco-sample --polygons sites.geojson --stat n,mean $(head -n 1 many.txt) >@/out.tsv"
    eco second "eco-sample --polygons sites.geojson --stat n,mean $(head -n 2 many.txt | xargs) >@/out.tsv"
    rounds 1
    peer terra "peers/polygons.R sites.geojson $scenes @/out.txt"
    agree '[ ! -e terra/out.txt ] || grep -v "^#" center/out.tsv | sort -s -k1,1n | cut -f 5 |
        paste - <(cut -d " " -f 2- terra/out.txt | tr " " "\n") |
        awk "{ d = \$1 - \$2; bad += d * d > 1e-6 * \$1 * \$1 } END { exit bad > 5 || NR != 15000 }"'
    aim terra 0.25
    peak 128
}

# ---- eco-regrid: any grid ----

to_degrees='-t_srs EPSG:4326 -te -56.1005 -2.7962 -55.1123 -1.808 -ts 10980 10980'

# warp METHOD FLOOR SHARE: FLOOR is the floor's name of the method; at most SHARE of the
# pixels may be others than the floor's, which interpolates its transform more coarsely.
warp() {
    title "10980 x 10980 float32, UTM to longitude and latitude, $1"
    with large
    eco eco "eco-regrid --method $1 --compress none --grid large.grid -o @/out.tif large.tif"
    floor floor "floor_warp $2 large.grid large.tif @/out.tif"
    floor decode 'floor_decode large.tif'
    peer gdalwarp "gdalwarp -q -r $2 $to_degrees large.tif @/out.tif"
    agree "differ eco/out.tif floor/out.tif 0.02 $3"
    peak 256
}

task_warp-nearest() {
    warp nearest near 0.001
    aim gdalwarp 0.38
}

task_warp-bilinear() {
    warp bilinear bilinear 0.001
    aim gdalwarp 0.4
}

task_warp-cubic() {
    warp cubic cubic 0.001
    aim gdalwarp 0.4
}

task_warp-lanczos() {
    title 'the same, lanczos'
    with large
    eco eco 'eco-regrid --method lanczos --compress none --grid large.grid -o @/out.tif large.tif'
    floor decode 'floor_decode large.tif'
    peer gdalwarp "gdalwarp -q -r lanczos $to_degrees large.tif @/out.tif"
    aim gdalwarp 1.5
    peak 256
}

task_warp-average() {
    title 'the same, average'
    with large
    eco eco 'eco-regrid --method average --compress none --grid large.grid -o @/out.tif large.tif'
    floor decode 'floor_decode large.tif'
    peer gdalwarp "gdalwarp -q -r average $to_degrees large.tif @/out.tif"
    aim gdalwarp 0.4
    peak 256
}

task_warp-deflate() {
    title 'the same, bilinear, the output compressed'
    with large
    eco eco 'eco-regrid --method bilinear --grid large.grid -o @/out.tif large.tif'
    eco zstd 'eco-regrid --method bilinear --compress zstd --grid large.grid -o @/out.tif large.tif'
    peer gdalwarp "gdalwarp -q -r bilinear -co COMPRESS=DEFLATE $to_degrees large.tif @/out.tif"
    aim gdalwarp 0.5
    peak 256
}

task_warp-exact() {
    title 'the same, nearest, each pixel transformed; near: eco as it does by default'
    with large
    eco eco 'eco-regrid --method nearest --tolerance 0 --compress none --grid large.grid -o @/out.tif large.tif'
    eco near 'eco-regrid --method nearest --compress none --grid large.grid -o @/out.tif large.tif'
    peer gdalwarp "gdalwarp -q -r near -et 0 $to_degrees large.tif @/out.tif"
    agree 'differ eco/out.tif gdalwarp/out.tif 0 0 && differ near/out.tif gdalwarp/out.tif 0 0.0001'
    aim gdalwarp 1
}

task_warp-parts() {
    title 'the same, bilinear, in two processes by parts, beside one' wall
    with large
    eco eco 'for i in 1 2; do eco-regrid --method bilinear --part $i/2 --compress none --grid large.grid -o @/$i.tif large.tif & done; wait'
    peer one "$bin/eco-regrid --method bilinear --compress none --grid large.grid -o @/out.tif large.tif"
    aim one 0.556
}

# ---- accelerators ----

# on_device COMMAND WINDOWS...: a command of eco-regrid on the device that BENCH_DEVICE names,
# beside itself on the processor. The same bytes.
on_device() {
    [ -n "${BENCH_DEVICE-}" ] || leave 'BENCH_DEVICE names none'
    title "$1 on a device, beside one processor core" wall
    eco eco "eco-regrid --device '${BENCH_DEVICE-}' $2"
    peer cpu "$bin/eco-regrid $2"
    agree 'for f in eco/*.tif; do cmp "$f" "cpu/${f##*/}" || exit; done'
}

# on_window METHOD GRID PARTS: all of the large raster, and as many shares of it at once.
on_window() {
    local command="--method $1 --compress none --grid $2"
    with large
    on_device "10980 x 10980 float32, UTM to longitude and latitude, $1 onto $2," \
        "$command -o @/out.tif large.tif"
    peer "$3-cores" "seq $3 | xargs -n 1 -P $3 sh -c '$bin/eco-regrid --part \$0/$3" \
        "$command -o @/\$0.tif large.tif'"
}

task_device-average() { on_window average large.grid "$(nproc)"; }
task_device-nearest() { on_window nearest large.grid "$(nproc)"; }
task_device-bilinear() { on_window bilinear large.grid "$(nproc)"; }
task_device-cubic() { on_window cubic large.grid "$(nproc)"; }
# Shares are made of whole blocks of 256 rows, and these grids have 1,098 rows.
task_device-coarse() { on_window average hectare.grid 4; }
task_device-wide() { on_window cubicspline hectare.grid 4; }

task_device-zone() {
    with scenes zone
    on_device '24 scenes of 900 x 900 onto the grid of another UTM zone' \
        "${coarse/site.grid/zone.grid} --out-dir @ $(cat scenes.txt)"
}

# ---- cost as work grows ----

task_grow-pixels() {
    title 'eco-regrid: the mean of one raster as it grows'
    grows pixels
    for side in 100 316 1000 3162 10000 31623; do
        with "square $side"
        [ $side -le 10000 ] || rounds 1
        size $((side * side)) eco \
            "eco-regrid --grid square_$side.grid -o @/out.tif square_$side.tif"
    done
}

task_grow-files() {
    title 'eco-regrid: scenes in one process, one after the other'
    with scenes many
    grows files
    for n in 1 3 10 32 100 316 1000; do
        size $n eco "eco-regrid $coarse --out-dir @ <$(first many.txt $n)"
    done
}

# The largest sizes run once: they are there for the exponent, not for the seconds.
task_grow-scenes() {
    title 'eco-regrid: the same of 32 x 32 pixels'
    with scenes many_small
    grows files
    for n in 10 100 1000 10000 100000; do
        [ $n -le 10000 ] || rounds 1
        size $n eco "eco-regrid $coarse --out-dir @ <$(first many_small.txt $n) >/dev/null"
    done
}

task_grow-rows() {
    title 'eco-sample: cells of coarse rasters as records'
    with 'coarse_many 5000'
    grows rows
    for n in 5 16 50 160 500 1600 5000; do
        size "$(head -n $n coarse_many.txt | xargs floor_table | wc -l)" eco \
            "eco-sample --cells <$(first coarse_many.txt $n) >/dev/null"
    done
}

task_grow-lines() {
    title 'eco-reproject: lines of UTM to longitude and latitude'
    with lines
    grows lines
    for n in 1000 10000 100000; do
        size $n eco "$points $(first lines.tsv $n) >/dev/null"
    done
    for n in 1 10 100; do
        [ $n -le 10 ] || rounds 1
        size ${n}000000 eco "$points $(yes lines.tsv | head -n $n | xargs) >/dev/null"
    done
}
