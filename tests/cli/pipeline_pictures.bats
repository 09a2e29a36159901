# Pictures of the flow: put in place when they are whole, leaving nothing elsewhere.
load ../lib/common
load ../lib/flow

setup_file() {
    make_finished
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    # Paths in scenes.tsv are relative to where it was made.
    ln -s "$BATS_FILE_TMPDIR/input" "$BATS_FILE_TMPDIR/out" .
}

# plot.sh of a site, for step.sh to run: step NOTE TARGET
step() {
    sh "$ROOT/pipelines/step.sh" "$@" sh "$ROOT/pipelines/pictures/plot.sh" best png out/Serra/LST.scenes.tsv \
        --grid out/Serra/grid.txt -- --keep-going
}

@test "a picture that is cut off is not put in place" {
    printf '#time\tx\n2020-01-01\t4\n' >t.tsv
    for format in png svg pdf; do
        eco-plotspec series --y x --terminal $format t.tsv | gnuplot -d >whole.$format
        sh "$ROOT/pipelines/step.sh" note p.$format cat whole.$format
        cmp whole.$format p.$format
        [ ! -e note.failed ]
        size=$(wc -c <whole.$format)
        for bytes in 0 1 100 $((size / 2)) $((size - 12)); do
            run --separate-stderr sh "$ROOT/pipelines/step.sh" note p.$format head -c "$bytes" whole.$format
            [ "$status" -eq 1 ]
            one_message "p.$format: the picture is not whole"
            [ "$(cat note.failed)" = "$stderr" ]
            [ ! -e p.$format ]
        done
    done
    # What is no picture may end as it likes.
    sh "$ROOT/pipelines/step.sh" note p.csv echo cut
    [ "$(cat p.csv)" = cut ]
}

@test "a disk that fills in a picture's middle: no picture, and the reason" {
    step note clean.png
    size=$(wc -c <clean.png)
    mkdir small
    mount -t tmpfs -o size=1m tmpfs small 2>/dev/null || skip "no tmpfs can be mounted here"
    failed=0 good=0 bad=
    for blocks in 0 1 2 $((size / 8192)) $((size / 4096)) $((size / 4096 + 1)) $((size / 4096 + 8)); do
        rm -f small/*
        [ "$blocks" -eq 0 ] || mount -o remount,size=$((blocks * 4))k small
        [ "$blocks" -gt 0 ] || head -c 1100000 /dev/zero >small/fill 2>/dev/null || true
        run --separate-stderr step small/note small/p.png
        if [ "$status" -eq 0 ]; then
            cmp small/p.png clean.png || bad="$bad $blocks"
            good=$((good + 1))
        else
            [[ $stderr == *"small/p.png: "*"No space left"* ]] || bad="$bad $blocks: $stderr"
            [ ! -e small/p.png ] || bad="$bad $blocks"
            failed=$((failed + 1))
        fi
    done
    umount small
    [ -z "$bad" ] || { echo "with blocks:$bad"; return 1; }
    [ $failed -ge 4 ]
    [ $good -ge 1 ]
}

@test "pictures say the variable's name and the unit that the configuration has" {
    cp -RL out fresh
    sed "s,input/,$BATS_FILE_TMPDIR/input/," "$BATS_FILE_TMPDIR/config.mk" >config.mk
    rm out
    mv fresh out
    flow PLOTS=yes 'VARS=Heat=LST NDVI' >/dev/null
    cp out/Serra/Heat.png out/Serra/NDVI.png .
    touch -r out/Serra/NDVI.png before
    # Another unit is another picture of that variable, and of no other.
    flow PLOTS=yes 'VARS=Heat=LST NDVI' 'UNIT.Heat=W m-2' >/dev/null
    run ! cmp -s Heat.png out/Serra/Heat.png
    [ ! out/Serra/NDVI.png -nt before ]
    run --separate-stderr flow -n PLOTS=yes 'VARS=Heat=LST NDVI' 'UNIT.Heat=it'"'"'s' -W out/Serra/Heat.scenes.tsv
    [[ $output == *"--variable 'Heat' --unit 'it'\\''s'"* ]]
    run --separate-stderr flow UNIT.ET=K
    [ "$status" -eq 2 ]
    [[ $stderr == *"UNIT.ET=K: there is no variable ET"* ]]
}

@test "a picture that is killed leaves nothing in the folder for temporary files" {
    mkdir tmp bin
    export TMPDIR=$PWD/tmp
    ln -s "$BUILD/bin/eco-plotspec" bin/real
    printf '#!/bin/sh\nsleep 0.2\nexec "%s/bin/real" "$@"\n' "$PWD" >bin/eco-plotspec
    chmod +x bin/eco-plotspec
    export PATH=$PWD/bin:$PATH
    for wait in 0.05 0.1 0.15 0.2 0.3; do
        step note p.png >/dev/null 2>&1 3>&- &
        sleep $wait
        pkill -KILL -P $! || true
        kill -KILL $! || true
        wait $! || true
        [ -z "$(ls tmp)" ] || { echo "left after $wait s: $(ls tmp)"; return 1; }
    done
    sleep 0.5
    step note p.png
    [ -z "$(ls tmp)" ]
}
