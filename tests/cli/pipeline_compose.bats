# The flow: composites of coarse rasters.
load ../lib/common
load ../lib/flow

setup_file() {
    make_finished
}

setup() {
    begin_flow
    finished
    sed -i '/^SITES/s/:= .*/:= Serra/' config.mk
}

composites() {
    (cd out/Serra/LST/compose && echo *.tif)
}

@test "COMPOSE: a raster a period, as eco-compose and GDAL's arithmetic have it" {
    mark
    flow COMPOSE='all year' >/dev/null
    [ "$(composites)" = 'LST_2021.tif LST_2022.tif LST_2023.tif LST_all.tif' ]
    [ -z "$(made 'Regrid_*')" ]
    [ "$(cut -f 2,3 out/Serra/LST/compose/year.tsv | xargs)" = 'period scenes 2021 2 2022 1 2023 1' ]
    # Those of one scene are that scene; of all, the mean is that of the cells that are there.
    raster=$(echo out/Serra/LST/coarse/*doy2023*.tif)
    diff <(gdal_translate -q -b 1 -of XYZ "$raster" /vsistdout/) <(gdal_translate -q -b 1 -of XYZ out/Serra/LST/compose/LST_2023.tif /vsistdout/)
    for f in out/Serra/LST/coarse/*.tif; do gdal_translate -q -b 1 -of XYZ "$f" /vsistdout/; done |
        awk '{ k = $1 " " $2 } !(k in n) { n[k] = 0; order[++c] = k } $3 != "nan" { n[k]++; sum[k] += $3 }
            END { for (i = 1; i <= c; i++) if (n[order[i]]) printf "%s %.2f\n", order[i], sum[order[i]] / n[order[i]] }' >want
    gdal_translate -q -b 1 -of XYZ out/Serra/LST/compose/LST_all.tif /vsistdout/ | awk '$3 != "nan" { printf "%s %s %.2f\n", $1, $2, $3 }' >got
    [ -s want ]
    diff want got
    mark
    run_flow COMPOSE='all year'
    nothing_done
}

@test "COMPOSE: what changes is composed again, and what would be the same stays" {
    flow COMPOSE=month >/dev/null 2>&1
    mark
    one=$(scene Serra LST 0)
    gdal_translate -q -scale 0 1 0 2 "$one" other.tif
    cp other.tif "$one"
    flow COMPOSE=month >/dev/null 2>&1
    period=$(eco-index --no-provenance "$one" | awk -F '\t' '!/^#/ { print substr($5, 1, 7) }')
    [ "$(made 'LST_*.tif')" = "out/Serra/LST/compose/LST_$period.tif" ] || { made; false; }
    # Scenes that are gone take theirs with them, and no other's.
    flow COMPOSE='month year' >/dev/null 2>&1
    rm input/scenes/Serra/*LST_doy2023*
    mark
    flow COMPOSE='month year' >/dev/null 2>&1
    [[ $(composites) != *2023* ]]
    [ "$(count out/Serra/LST/compose/LST_2021*.tif)" -ge 2 ]
    [ -z "$(made 'LST_*.tif')" ]
    # A lost list of them is made again; the options are eco-compose's; clean takes all.
    rm out/Serra/LST/compose/month.tsv
    run_flow COMPOSE='month year' COMPOSE_RULES='--stat p90,n'
    [ "$status" -eq 0 ]
    [[ $stderr == *'eco: out/Serra/LST/compose: LST: there are no scenes from '* ]]
    [ "$(gdalinfo out/Serra/LST/compose/LST_2021.tif | sed -n 's/  Description = //p' | xargs)" = 'p90 n' ]
    flow COMPOSE='month year' clean-composites
    [ ! -e out/Serra/LST/compose ]
    [ -z "$(find out/.eco -name 'compose.part*')" ]
}

@test "COMPOSE: what is wrong is told, and no more once it is not asked for" {
    run_flow COMPOSE='month day'
    [ "$status" -eq 2 ]
    [[ $stderr == *'COMPOSE=month day: not of month, season, year, doy, solar-hour, all'* ]]
    run_flow COMPOSE=year COMPOSE_RULES='--stat avg'
    [ "$status" -eq 2 ]
    [[ $stderr == *'out/Serra/LST/compose/year.tsv: eco-compose: --stat: no such statistic: "avg"'* ]]
    [ -z "$(find out -path '*/compose/*')" ]
    run_flow
    [ "$status" -eq 0 ] || { echo "$stderr"; false; }
    [ -z "$stderr" ]
}
