# eco-match against a brute force that holds every overpass against every interval
# (tests/lib/match.py), and against cases by hand.
load ../lib/common

setup() {
    cd "$BATS_TEST_TMPDIR"
}

need_python() {
    command -v python3 >/dev/null || skip 'no python3 here'
}

# Two small streams: a half-hourly tower with a gap from 2:00 to 3:00, overpasses at sat's times.
small() {
    printf '##unit.LE=W m-2\n#site\tstart\tend\tLE\n' >tower
    local i
    for i in 00:00,00:30,10 00:30,01:00,20 01:00,01:30,30 01:30,02:00,40 03:00,03:30,70; do
        IFS=, read -r a b c <<<"$i"
        printf 'X\t2020-01-01T%s:00Z\t2020-01-01T%s:00Z\t%s\n' "$a" "$b" "$c"
    done >>tower
    printf '#site\ttime\tET\n' >sat
    for i in "$@"; do
        printf 'X\t2020-01-01T%sZ\t1\n' "$i" >>sat
    done
}

# LE and lag of each pair.
pairs() {
    eco-match --unmatched lost "$@" sat tower | awk -F '\t' '
        /^##/ { next }
        /^#/ { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { printf "%.8g %.8g %d\n", $at["LE"], $at["lag"], $at["n_tower"] }' | paste -sd';'
}

@test "pairs are as by brute force" {
    need_python
    for seed in 1 2 3 4 5 6; do
        python3 "$ROOT/tests/lib/match.py" made $seed sat tower
        while read -r options; do
            ours=${options% : *} theirs=${options#* : }
            # shellcheck disable=SC2086
            eco-match --unmatched lost $ours sat tower >pairs 2>err
            # shellcheck disable=SC2086
            python3 "$ROOT/tests/lib/match.py" check sat tower pairs lost $theirs || { echo "^ seed $seed: $options"; return 1; }
        done <<'END'
--pick within : pick=within
--one-per-overpass all --at start : one=all at=start
--one-per-overpass mean --overpass 60 : one=mean overpass=60
--pick nearest : pick=nearest
--pick nearest --at end --window 45m : pick=nearest at=end window=-2700,2700
--pick nearest --at start --window -1h,0m : pick=nearest at=start window=-3600,0
--pick mean --window -15m,+45m : pick=mean window=-900,2700
--pick mean --window 2h --one-per-overpass mean : pick=mean window=-7200,7200 one=mean
--pick interpolate --window 1h : pick=interpolate window=-3600,3600
--pick interpolate --window 90m --one-per-overpass all : pick=interpolate window=-5400,5400 one=all
--pick daily : pick=daily
--pick daily --at end --one-per-overpass mean : pick=daily at=end one=mean
END
    done
}

@test "an interval has its end and not its start" {
    small 00:00:00 00:00:01 00:30:00 00:30:01 02:00:00 02:30:00 03:30:00 03:30:01
    [ "$(pairs --overpass 0)" = '10 14.983333 1;10 -15 1;20 14.983333 1;40 -15 1;70 -15 1' ]
    [ "$(grep -v '^#' lost | tail -n +2 | cut -f2,4 | paste -sd' ')" = $'2020-01-01T02:30:00Z\tgap 2020-01-01T03:30:01Z\tafter-last' ]
    grep -qx $'X\t2020-01-01T00:00:00Z\t1\tbefore-first' lost
    [ "$(pairs --at end --overpass 0)" = '10 29.983333 1;10 0 1;20 29.983333 1;40 0 1;70 0 1' ]
}

@test "ties, windows and lines by hand" {
    small 01:00:00 02:20:00 03:15:00
    # 0:45 and 1:15 are as near to 1:00; 2:20 is 35 minutes behind 1:45.
    [ "$(pairs --pick nearest)" = '20 -15 1;70 0 1' ]
    [ "$(pairs --pick nearest --window -15m,+55m)" = '20 -15 1;70 55 1;70 0 1' ]
    [ "$(pairs --pick interpolate)" = '25 0 2;70 0 1' ]
    [ "$(pairs --pick interpolate --window 1h)" = '25 0 2;51.666667 0 2;70 0 1' ]
    [ "$(pairs --pick mean --window 45m)" = '25 0 4;40 -35 1;70 0 1' ]
    [ "$(pairs --pick daily)" = '34 27 5;34 -53 5;34 -108 5' ]
}

@test "a solar day is that of the place" {
    printf '#site\tstart\tend\tLE\n' >tower
    for h in $(seq 0 47); do
        printf 'X\t2020-04-%02dT%02d:00:00Z\t2020-04-%02dT%02d:59:00Z\t%d\n' $((h / 24 + 15)) $((h % 24)) $((h / 24 + 15)) $((h % 24)) "$h"
    done >>tower
    # At 90 W the sun is six hours late (the equation of time is nearly 0 in mid April).
    printf '#site\ttime\tlon\nX\t2020-04-15T12:00:00Z\t-90\nX\t2020-04-16T05:00:00Z\t-90\nX\t2020-04-16T07:00:00Z\t-90\n' >sat
    [ "$(pairs --pick daily --day solar | tr ';' '\n' | cut -d' ' -f1,3 | paste -sd';')" = '17.5 24;17.5 24;38.5 18' ]
    [ "$(pairs --pick daily | tr ';' '\n' | cut -d' ' -f1,3 | paste -sd';')" = '11.5 24;35.5 24;35.5 24' ]
    sed 's/lon/x/' sat >other
    run --separate-stderr eco-match --pick daily --day solar other tower
    [ "$status" -eq 1 ] && one_message '--day solar needs a column of longitudes'
    sed 's/-90/W90/' sat >other
    run --separate-stderr eco-match --pick daily --day solar other tower
    [ "$status" -eq 1 ] && one_message 'other:2: lon: not a longitude: "W90"'
}

@test "scenes of one overpass are one, layers are not" {
    small
    printf '#site\ttime\tlayer\tvalue\tn\tview_zenith\n' >sat
    printf 'X\t2020-01-01T01:%s\n' $'10:00Z\tLST\tNaN\t9\t1' $'10:10Z\tET\t5\t9\t1' $'10:52Z\tLST\t1\t7\t1' \
        $'11:44Z\tLST\t2\t8\t20' $'12:00Z\tLST\t3\t8\t10' $'12:01Z\tLST\t4\t9\t0' >>sat
    value() { eco-match "$@" sat tower 2>err | grep -v '^#' | cut -f2-4 | tr '\t' ' ' | paste -sd';'; }
    # 12:00 is just 120 s behind the first scene, 12:01 is another overpass.
    [ "$(value --unmatched lost)" = '2020-01-01T01:12:00Z LST 3;2020-01-01T01:10:10Z ET 5;2020-01-01T01:12:01Z LST 4' ]
    [ "$(grep -c $'\trepeat$' lost)" -eq 3 ]
    [ "$(value --one-per-overpass mean)" = '2020-01-01T01:10:00Z LST 2;2020-01-01T01:10:10Z ET 5;2020-01-01T01:12:01Z LST 4' ]
    [ "$(value --one-per-overpass all | tr ';' '\n' | wc -l)" -eq 6 ]
    [ "$(value --overpass 0 | tr ';' '\n' | wc -l)" -eq 6 ]
}

@test "what came with both travels along, under names of its own" {
    printf '##crs=EPSG:4326\n##unit.value=K\n#site\ttime\tvalue\tqc\nX\t2020-01-01T01:10:00Z\t300.25\ta b\n' >sat
    printf '##tower.utc_offset=-5\n##unit.value=W m-2\n#value\tqc\tstart\tsite\tend\n7.50\tNA\t2020-01-01T01:00:00Z\tX\t2020-01-01T01:30:00Z\n' >tower
    eco-match --no-provenance sat tower >out
    diff out - <<'END'
##crs=EPSG:4326
##unit.value=K
##tower.tower.utc_offset=-5
##unit.value_tower=W m-2
##match=within, lag to the middle, one overpass is 120 s: best
##unit.lag=min
#site	time	value	qc	value_tower	qc_tower	start	end	lag	n_tower
X	2020-01-01T01:10:00Z	300.25	a b	7.50	NA	2020-01-01T01:00:00Z	2020-01-01T01:30:00Z	5	1
END
    eco-match --csv sat tower | diff - <(printf '%s\n' 'site,time,value,qc,value_tower,qc_tower,start,end,lag,n_tower' \
        'X,2020-01-01T01:10:00Z,300.25,a b,7.50,NA,2020-01-01T01:00:00Z,2020-01-01T01:30:00Z,5,1')
    printf 'site,time,v\n"X, <b>",2020-01-01 01:10:00,\n' >sat.csv
    printf 'site,start,end,w\n"X, <b>",2020-01-01 01:00:00,2020-01-01 01:30:00,"a,""b"\n' >tower.csv
    eco-match --csv-in --utc --no-provenance sat.csv tower.csv | tail -n 1 |
        diff - <(printf 'X, <b>\t2020-01-01 01:10:00\tNA\t2020-01-01 01:00:00\t2020-01-01 01:30:00\ta,"b\t5\t1\n')
    eco-match --csv-in --csv --utc sat.csv tower.csv | tail -n 1 |
        diff - <(printf '"X, <b>",2020-01-01 01:10:00,NA,2020-01-01 01:00:00,2020-01-01 01:30:00,"a,""b",5,1\n')
    # No two columns of a pair have one name.
    sed 's/qc/lag/' sat >other
    run --separate-stderr eco-match other tower
    [ "$status" -eq 1 ] && one_message 'two columns of a pair would be named "lag"'
}

@test "what is not sorted is told, with the command that sorts it" {
    need_python
    python3 "$ROOT/tests/lib/match.py" made 9 sat tower
    eco-match sat tower >pairs 2>err
    { grep '^#' sat; grep -v '^#' sat | sort -R --random-source=tower; } >"sat's"
    { grep '^#' tower; grep -v '^#' tower | sort -R --random-source=sat; } >mixed
    run --separate-stderr eco-match sat mixed
    [ "$status" -eq 1 ]
    one_message 'mixed:'
    [[ $stderr == *'this sorts: '* ]]
    bash -c "${stderr#*this sorts: }" >sorted
    # Of repeated intervals the first counts, so the order of ties matters; ids do not.
    eco-match sat sorted 2>err >out
    [ "$(wc -l <out)" -eq "$(wc -l <pairs)" ]
    cut -f1-4 out | grep -v '^##cmd' | diff - <(cut -f1-4 pairs | grep -v '^##cmd')

    run --separate-stderr eco-match "sat's" tower
    [ "$status" -eq 1 ]
    bash -c "${stderr#*this sorts: }" >sorted
    eco-match sorted tower >out 2>err
    [ "$(wc -l <out)" -eq "$(wc -l <pairs)" ]
    printf 'site,time\nB,2020-01-01T00:00:00Z\nA,2020-01-01T00:00:00Z\n' >sat.csv
    printf 'site,start,end\n' >tower.csv
    run --separate-stderr eco-match --csv-in sat.csv tower.csv
    [ "$status" -eq 1 ]
    one_message 'sat.csv:3: A stands behind a later one of --by; this sorts: '
    bash -c "${stderr#*this sorts: }" | diff - <(printf 'site,time\nA,2020-01-01T00:00:00Z\nB,2020-01-01T00:00:00Z\n')
    for delimiter in semicolon:';' tab:$'\t' blank:' '; do
        sed "s/,/${delimiter#*:}/g" sat.csv >sat.txt
        sed "s/,/${delimiter#*:}/g" tower.csv >tower.txt
        run --separate-stderr eco-match --delimiter "${delimiter%%:*}" sat.txt tower.txt
        one_message 'sat.txt:3: A stands behind a later one of --by; this sorts: '
        bash -c "${stderr#*this sorts: }" | cut -c 1 | diff - <(printf 's\nA\nB\n')
    done
}

@test "bad times, windows and columns are told" {
    bad() { ends "$1" "$2" eco-match "${@:3}"; }
    sat() { printf '#site\ttime\tET\nX\t%s\t1\n' "$1" >sat; }
    small 01:00:00
    cp sat good
    sat '2020-01-01T01:00:00'
    bad 1 'sat:2: time: a time without a zone (say --utc if it is UTC): "2020-01-01T01:00:00"' sat tower
    eco-match --utc sat tower >/dev/null
    sat '2020-01-01T01:00:00+01:00'
    bad 1 'sat:2: time: not a time such as' sat tower
    # As pandas writes UTC.
    sat '2020-01-01 01:00:00+00:00'
    eco-match --no-provenance sat tower | cut -f 1,4- >a
    sat '2020-01-01T01:00:00Z'
    eco-match --no-provenance sat tower | cut -f 1,4- | diff a -
    sat '2020-01-01T24:00:00Z'
    bad 1 'sat:2: time: not a time such as' sat tower
    sat '2019-02-29T01:00:00Z'
    bad 1 'sat:2: time: not a time such as' sat tower
    sat '2020-01-01'
    bad 1 'sat:2: time: a day without a time of day' sat tower
    # A leap second is the next minute's first; a leap day is a day.
    printf '#site\tstart\tend\tLE\nX\t2020-02-28T23:30:00Z\t2020-02-29T00:00:00Z\t1\nX\t2020-02-29T00:00:00Z\t2020-02-29T00:30:00Z\t2\n' >leap
    sat '2020-02-28T23:59:60Z'
    [ "$(eco-match sat leap | tail -n 1 | cut -f 6)" = 1 ]
    sat '2020-02-29T00:00:01Z'
    [ "$(eco-match sat leap | tail -n 1 | cut -f 6)" = 2 ]

    bad 2 '--window: it ends before it begins: "+45m,-15m"' --pick mean --window +45m,-15m good tower
    bad 2 '--window: one span reaches to both sides and has no sign: "-30m"' --pick mean --window -30m good tower
    bad 2 '--window: not a span such as 30m' --pick mean --window 30 good tower
    bad 2 '--window: not a span such as 30m' --pick mean --window 1m,2m,3m good tower
    bad 2 '--window goes with' --window 30m good tower
    bad 2 '--day goes with' --day solar good tower
    bad 2 'needs two files' good
    bad 2 'cannot be stdin' - -
    bad 1 'good: --time: there is no column "when" among' --time when good tower
    bad 1 'tower: --end: there is no column "stop" among' --end stop good tower
    sed 's/\tET/\ttime/' good >twice
    bad 1 'twice: --time: the legend names "time" twice' twice tower
    sed '4s/T01:00:00Z/T00:20:00Z/' tower >back
    bad 1 'back:4: end: an interval that ends before it starts' good back
    sed '4s/2020-01-01T01:00:00Z/NA/' tower >back
    bad 1 'back:4: end: an interval without its end' good back
    printf 'site;time\nX;2020\n' >semicolons.csv
    bad 1 'semicolons.csv: its fields are parted by semicolons' --csv-in semicolons.csv tower
    # A time that is missing finds no partner.
    sat NA
    eco-match --unmatched lost sat tower | grep -v '^#' | run ! grep .
    grep -qx $'X\tNA\t1\tno-time' lost
}

@test "a site that is in one file only is told" {
    small 01:00:00
    printf 'Y\t2020-01-01T01:00:00Z\t1\nZ\t2020-01-01T01:00:00Z\t1\n' >>sat
    sed 's/^X/W/; /^#/d' tower >w
    { grep '^#' tower; cat w; grep '^X' tower; } >two
    run --separate-stderr eco-match --unmatched lost sat two
    [ "$status" -eq 0 ]
    [ "${stderr_lines[0]}" = 'eco-match: warning: 2 of --by in sat have no record in two: Y, Z' ]
    [ "${stderr_lines[1]}" = 'eco-match: warning: 1 of --by in two have no record in sat: W' ]
    [ "$(grep -c 'no-site$' lost)" -eq 2 ]
}

@test "memory does not grow with the streams" {
    series() {
        awk -v n="$1" -v step="$2" -v tower="$3" 'BEGIN {
            print tower ? "#site\tstart\tend\tLE" : "#site\ttime\tET"
            for (i = 0; i < n; i++) {
                d = int(i / 48); h = int(i % 48 / 2); y = 2000 + int(d / 336); m = int(d % 336 / 28) + 1
                day = sprintf("X\t%04d-%02d-%02dT%02d:", y, m, d % 28 + 1, h)
                if (tower) printf "%s%02d:00Z\t%s%02d:00Z\t%d\n", day, i % 2 * 30, substr(day, 3), i % 2 * 30 + 29, i
                else printf "%s%02d:05Z\t%d\n", day, i % 2 * 30 + 10, i
            } }'
    }
    series 200000 30 1 >tower
    series 200000 30 0 >sat
    most=$( { /usr/bin/time -f %M eco-match sat tower >out; } 2>&1)
    [ "$(grep -vc '^#' out)" -eq 200000 ]
    [[ $BUILD == *san* ]] || [ "$most" -lt 12000 ] || { echo "$most KiB"; return 1; }
}
