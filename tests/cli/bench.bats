# The benchmark's harness: that it measures, compares and writes records. No times.
load ../lib/common

setup() {
    cd "$BATS_TEST_TMPDIR"
    export BENCH_DIR=$BATS_TEST_TMPDIR/bench BENCH_ROUNDS=1 BENCH_PEERS=no
}

bench() {
    "$ROOT/bench/run" "$BUILD/bench/bin" "$BUILD/bin"
}

# field FILE TASK CONTENDER COLUMN
field() {
    awk -F '\t' -v t="$2" -v c="$3" -v name="$4" '
        /^#task/ { sub(/^#/, ""); for (i = 1; i <= NF; i++) if ($i == name) k = i }
        $1 == t && $2 == c { print $k }' "$1"
}

@test "a task is run beside its floor and gives records and a picture" {
    BENCH_TASKS='table24' run --separate-stderr bench
    [ "$status" -eq 0 ]
    [[ $output == *'table24: '* ]]
    grep -q '^##processor=.' bench/results.tsv
    [ "$(field bench/results.tsv table24 eco kind)" = eco ]
    [ "$(field bench/results.tsv table24 floor kind)" = floor ]
    [ "$(field bench/results.tsv table24 floor aim)" = 2 ]
    [ "$(grep -c '^table24	' bench/runs.tsv)" -eq 4 ]
    near "$(field bench/results.tsv table24 floor ratio)" \
        "$(awk -F '\t' '$3 == 1 { t[$2] = $6 + $7 } END { print t["eco"] / t["floor"] }' bench/runs.tsv)" 1e-4
    [ "$(od -An -c -N4 bench/ratios.png | tr -d ' ')" = '211PNG' ]
}

@test "the clock adds up a list and all processes of a run" {
    printf '%s\n' 0.05 0.1 >list
    printf 't\ta\t0\tlist\t-\tsleep {}\nt\tb\t1\t-\t%s\t%s\n' "$PWD/out" \
        "awk 'BEGIN { for (i = 0; i < 3e6; i++) s += i; print s >\"$PWD/out/x\" }' & wait" >jobs.txt
    mkdir out
    touch out/old
    "$BUILD/bench/bin/clock" 2 <jobs.txt >runs
    [ "$(cut -f 1-4 runs | tr '\t\n' '  ')" = 't a 0 0 t b 0 0 t b 1 0 t a 1 0 t a 2 0 ' ]
    awk '$2 == "a" && ($5 < 0.15 || $6 + $7 > 0.1) || $2 == "b" && $6 + $7 < 0.01 || $8 < 100 { exit 1 }' runs
    [ -s out/x ]
    [ ! -e out/old ]
}

@test "a command that fails in round 0 is told and runs no more" {
    printf '%s\n' 1 2 >list
    printf 't\ta\t0\tlist\t-\tno-such-program {}\nt\tb\t0\t-\t-\ttrue\n' >jobs.txt
    "$BUILD/bench/bin/clock" 2 <jobs.txt >runs 2>messages
    [ "$(cut -f 2-4 runs | tr '\t\n' '  ')" = 'a 0 3 b 0 0 b 1 0 b 2 0 ' ]
    [ "$(wc -l <messages)" -eq 2 ]
}

@test "growth is fitted: fixed cost, factor, exponent" {
    for n in 10 100 1000 10000; do
        for round in 1 2 3; do
            printf 't\teco@%d\t%d\t0\t1\t%s\t0\t2048\n' $n $round \
                "$(awk "BEGIN { print 0.01 + 2e-5 * $n ^ 1.2 + 1e-7 * $round }")"
        done
    done >runs
    awk -F '\t' -v unit=rows -v about=x -f "$ROOT/bench/median.awk" -f "$ROOT/bench/growth.awk" runs >fit
    [ "$(wc -l <fit)" -eq 4 ]
    near "$(awk 'NR == 1 { print $10 }' fit)" 0.01 1e-4
    near "$(awk 'NR == 1 { print $12 }' fit)" 1.2 0.006
}
