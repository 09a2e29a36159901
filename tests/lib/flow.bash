# What the tests of the flow share: a small job, and ways to see what a run has made.

# The input for all tests of a file: two sites, two variables and an uncertainty layer,
# four scenes each, of 8 km; in a second. The last scenes are of 2023, which has no map.
make_input() {
    "$BUILD/demo-scenes" --size 120 --scenes 4 "$BATS_FILE_TMPDIR/input"
}

# The input, what a run makes of it (out), and the run's configuration.
make_finished() {
    unset MAKEFLAGS MFLAGS MAKELEVEL
    make_input
    cd "$BATS_FILE_TMPDIR" || return 1
    write_config
    # shellcheck disable=SC2119
    flow >/dev/null
}

# A folder for one test, with the input and a configuration.
begin_flow() {
    unset MAKEFLAGS MFLAGS MAKELEVEL
    cd "$BATS_TEST_TMPDIR" || return 1
    cp -a "$BATS_FILE_TMPDIR/input" .
    write_config
}

# Where all is made already; times and all.
finished() {
    cp -a "$BATS_FILE_TMPDIR/out" .
}

write_config() {
    cat >config.mk <<'END'
SITES := Campina Serra
VARS  := LST NDVI
SCENES   := input/scenes/{site}/*.tif
POLYGON  := input/polygons/{site}.geojson
CLASSMAP := input/classes/{site}/{year}.tif
CLASSES  := 3,4,5,6
FALLBACK := 2023=2022
RES      := 1000
PLOTS    := no
END
}

# The flow, as a command.
FLOW=(make --no-print-directory -f "$ROOT/pipelines/eco.mk" ECO_BIN="$BUILD/bin" CONFIG=config.mk)

# shellcheck disable=SC2120
flow() {
    "${FLOW[@]}" "$@"
}

# flow, with $status, $output and $stderr.
run_flow() {
    run --separate-stderr flow "$@"
}

# On other machines (see hosts.bash), in a bounded time.
flow_away() {
    on_net timeout 100 "${FLOW[@]}" LATE=2 "$@"
}

# What they have made is what make_finished has.
as_on_one_machine() {
    same_results "$BATS_FILE_TMPDIR/out" out &&
        diff "$BATS_FILE_TMPDIR/out/Serra/LST.scenes.tsv" out/Serra/LST.scenes.tsv
}

# Those that have averaged scenes, by their names.
machines_at_work() {
    awk -F '\t' '!/^#/ { print $6 }' out/.eco/joblog.tsv | sort -u | paste -sd ' '
}

# Goes with all that is here to a folder whose name a shell, or two of them, could take for
# something else.
go_to_odd_folder() {
    mkdir "it's \"an\" *odd* \$(name); & é"
    mv input config.mk it*
    cd it* || return 1
}

# Notes the time, for made: files of out, by their names, that are younger.
mark() {
    sleep 0.02
    touch mark
    sleep 0.02
}

# made [NAME-PATTERN]: what was made since mark; a raster stands for its record, too, and a table
# for what tells of its columns
made() {
    find out -path out/.eco -prune -o -type f -newer mark -name "${1:-*}" ! -name 'Regrid_*.tsv' ! -name '*-metadata.json' -print | LC_ALL=C sort
}

count_made() {
    made "$@" | wc -l
}

# Whether two folders of results are the same to the last byte; but for the folders that
# records name.
same_results() {
    diff -r --exclude=.eco --exclude='*.tsv' "$1" "$2" && diff <(all_records "$1") <(all_records "$2")
}
all_records() {
    (cd "$1" && find . -name .eco -prune -o -name '*.tsv' -print | LC_ALL=C sort | xargs cat) | sed 's|[^\t]*/\([^/\t]*[.]tif\)|\1|g'
}

# shellcheck disable=SC2154
nothing_done() {
    [[ $status -eq 0 && $output = "make: Nothing to be done for 'all'." && -z $stderr ]] ||
        { echo "$output"; echo "$stderr"; return 1; }
}

# One scene of a site and variable: scene SITE LAYER NUMBER
scene() {
    local all=(input/scenes/"$1"/*."002_$2_doy"*.tif)
    echo "${all[$3]}"
}

coarse() {
    local path
    path=$(scene "$@")
    echo "out/$1/$2/coarse/Regrid_${path##*/}"
}

# How many files there are of those named.
count() {
    local n=0 path
    for path; do
        [ ! -e "$path" ] || n=$((n + 1))
    done
    echo $n
}

# $WAITING has tools like ours, but for an eco-regrid that waits while there is a file named
# for its host (wait-b), and tells that it does (waits-b); and that takes 1 GiB, once, in a job
# of Slurm where there is a file `swell`; and whose files are of another time where there is
# a file `yesterday`.
make_waiting() {
    WAITING=$BATS_FILE_TMPDIR/waiting/bin
    export WAITING
    mkdir -p "$WAITING" "$WAITING/../lib"
    ln -s "$BUILD"/bin/* "$WAITING"
    ln -s "$BUILD/lib/eco" "$WAITING/../lib"
    rm "$WAITING/eco-regrid"
    cat >"$WAITING/eco-regrid" <<END
#!/bin/sh
h=\$(hostname)
if [ -e wait-\$h ]; then
    touch waits-\$h
    while [ -e wait-\$h ]; do sleep 0.1; done
fi
if [ -n "\${SLURM_JOB_ID-}" ] && rm swell 2>/dev/null; then
    perl -e '\$a = "x" x (1 << 30); sleep 20'
fi
"$BUILD/bin/eco-regrid" "\$@" || exit
[ ! -e yesterday ] || find out -name 'Regrid_*' -exec touch -d yesterday {} +
END
    chmod +x "$WAITING/eco-regrid"
}

# An eco-regrid in bin that does something of its own first.
own_regrid() {
    mkdir bin
    ln -s "$BUILD"/bin/* bin
    rm bin/eco-regrid
    printf '#!/bin/sh\n%s\n"%s" "$@"\n' "$1" "$BUILD/bin/eco-regrid" >bin/eco-regrid
    chmod +x bin/eco-regrid
}
