# carry.sh: a share's files, for a host that does not see ours; and its results from there.
#
# usage: carry.sh pack RUN NAME CONFIG...    before it goes: RUN/NAME.in
#        carry.sh make RUN NAME FOLDER ECO OUT ECO_BIN SUM JOBS MEM_PER_JOB CONFIG    there
#        carry.sh unpack RUN NAME OUT        when RUN/NAME.out is back
#
# RUN/NAME.in/root/x stands for /x: links, which rsync follows, to all that the records are
# made from; with ECO_COMPANIONS, to what lies beside the scenes and has their time in its
# name. RUN/NAME.out has the results as they lie in OUT, and their sums, so that half of
# them is none.
# shellcheck shell=sh
set -u
what=$1 run=$2 name=$3
shift 3
in=$run/$name.in results=$run/$name.out

there_are() {
    for path; do
        [ ! -e "$path" ] || printf '%s\n' "$path"
    done
}

companions() {
    time=${1##*/}
    case $time in
    *_doy[0-9]*)
        time=${time##*_doy}
        there_are "$@" "${1%/*}"/*_doy"${time%%_*}"*
        ;;
    *_[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9]*)
        time=${time%%T[0-9][0-9][0-9][0-9][0-9][0-9]*}
        there_are "$@" "${1%/*}"/*"${time##*_}"T*
        ;;
    *) there_are "$@" ;;
    esac
}

pack() {
    look=there_are
    [ -z "${ECO_COMPANIONS-}" ] || look=companions
    rm -rf "$in" "$results"
    mkdir -p "$in/root$PWD" || return 1
    {
        printf '%s\n' "$@"
        awk 'NR == FNR { wanted[$1]; next } $1 in wanted { for (i = 2; i <= NF; i++) print $i }' \
            "$run/$name" "$run/inputs" | sort -u | while IFS= read -r path; do
            $look "$path" "$path.aux.xml"
        done
    } | xargs -d '\n' realpath -sm | sort -u >"$in/files"
    xargs -d '\n' cp -s --parents -t "$in/root" <"$in/files" || return 1
    # Settings that begin with / stand for what lies below UNDER there.
    # shellcheck disable=SC2016
    sed '/^PARTS\./s| /| $(UNDER)/|g; s|^\([^ ]*\.from\) := /|\1 := $(UNDER)/|; s|^\(MAP\.[^ ]*\) := /|\1 := $(UNDER)/|' "$run/plan" >"$in/plan"
    cp "$run/flags" "$run/jobs" "$run/from" "$run/$name" "$in"
}

# parallel has put RUN where this begins.
make_there() {
    folder=$1 eco=$2 out=$3 bin=$4 sum=$5 jobs=$6 memory=$7 config=$8
    in=$PWD/$name.in results=$PWD/$name.out root=$PWD/$name.in/root
    mkdir -p "$results"
    cd "$root$folder" || return 1
    case $out in
    /*)
        out=$root$out
        sed -i "s|^/|$root/|" "$in/$name"
        ;;
    esac
    case $config in /*) config=$root$config ;; esac
    if ! sh "$eco/hosts/share.sh" "$in" "$name" "$eco" "$out" "$bin" "$sum" "$jobs" "$memory" "$root" "$config"; then
        mv "$in/$name.refused" "$results"
        return 1
    fi
    cd "$out" && cut -c $((${#out} + 2))- "$in/$name.done" >"$results/done" || return 1
    while IFS= read -r record; do
        sed -i "s|$root||g" "$record"
        there_are "$record" "${record%.tsv}.tif"
    done <"$results/done" | xargs -r -d '\n' cp -l --parents -t "$results"
    find . -name '*.ended' -exec cp -l --parents -t "$results" {} +
    [ ! -e .eco/joblog.tsv ] || sed "s|$root||g" .eco/joblog.tsv >"$results/joblog"
    cd "$results" && find . -type f ! -name 'sums*' -exec sha256sum {} + >sums.part && mv sums.part sums
}

# Rasters come before their records, and are dated here.
unpack() {
    out=$1
    [ ! -e "$results/$name.refused" ] || mv "$results/$name.refused" "$run"
    (cd "$results" 2>/dev/null && [ -e sums ] && sha256sum --status -c sums) || return 1
    for kind in tif ended tsv; do
        (cd "$results" && find . -name "Regrid_*.$kind") | while IFS= read -r file; do
            touch "$results/$file" && mv -f "$results/$file" "$out/$file"
        done
    done
    log=$out/.eco/joblog.tsv
    [ -s "$log" ] || head -n 1 "$results/joblog" >"$log"
    sed '/^#/d' "$results/joblog" >>"$log"
    sed "s|^|$out/|" "$results/done" >"$run/$name.part" && mv "$run/$name.part" "$run/$name.done"
    rm -rf "$results" "$in"
}

case $what in
pack) pack "$@" ;;
make) make_there "$@" ;;
unpack) unpack "$@" ;;
esac
