# plan.sh: which scenes are there, and what do they need? By names, sizes and times alone.
#
# usage: plan.sh [--look[=status]] OUT TMP ECO BIN
#
# Reads TMP.tasks (a line a site and variable: SITE VAR LAYER SCENES AREA CLASSMAP
# FALLBACK JOIN) and CHOOSE, options of eco-index that choose scenes; looks into the folders that the patterns SCENES name and into OUT, and has
# plan.awk write TMP.plan for make, OUT/.eco/problems and, for each site and variable,
# OUT/.eco/site/SITE/VAR/list. What would not change is left alone, so that make sees a
# list as new only when it is; with --look all is. With --look=status TMP.status says what
# the records do.
# shellcheck shell=bash
set -u
export LC_ALL=C
shopt -s nullglob globstar
look=
if [[ $1 == --look* ]]; then
    look=$1
    shift
fi
out=$1 tmp=$2 eco=$3 bin=$4
state=$out/.eco

fail() {
    echo "eco: $*" >&2
    exit 2
}

# What neither a makefile nor the shell in it takes as it stands; an awk reads it, too.
bad=$'[][:space:]$#%:;\\\\*?[\'"`&|<>(){}=~]'
refusal='a name with a blank or one of $#%:;*?[]\(){}<>&|=~`'\''" cannot go through make'
[[ $out =~ $bad ]] && fail "OUT: \"$out\": $refusal"
for tool in eco-index eco-grid eco-regrid eco-compose eco-sample eco-plotspec eco-tower eco-match eco-stats; do
    [[ -x $bin/$tool ]] || fail "$bin/$tool: there is no such program"
done

# What eco-index will not take is said once, before it is asked about scenes.
CHOOSE=${CHOOSE-}
[[ -z $CHOOSE ]] || eval "'$bin/eco-index' --no-provenance $CHOOSE </dev/null >/dev/null" || fail "CHOOSE: $CHOOSE"

# name_ok KIND NAME: whether it can be a folder's name
name_ok() {
    if [[ -z $2 || $2 =~ $bad || $2 == */* || $2 == [.-]* ]]; then
        fail "$1: \"$2\": not a name for a folder: $refusal"
    fi
}

# folders_of PATTERN: those in which its last part is looked for. A folder of that very
# name goes before what the name would match.
folders_of() {
    local folder=${1%/*}
    [[ $1 == */* ]] || folder=.
    if [[ -d ${folder:-/} || $folder != *[*?[]* ]]; then
        folders=("${folder:-/}")
    else
        local IFS=
        # shellcheck disable=SC2206 # a pattern to be expanded
        folders=($folder/)
        folders=("${folders[@]%/}")
    fi
}

# ---- what the configuration asks for ----

declare -A pattern_id=() ready=() folder_seen=() folders_made=()
lines=() looked=()
say() { local IFS=$'\t'; lines+=("$*"); }
# A TAB is a blank to read, which takes two of them for one.
while IFS=$'\037' read -r site var layer scenes area map fallback join _; do
    site=${site# }
    [[ -n $site ]] || continue
    name_ok SITES "$site"
    name_ok VARS "$var"
    if [[ -z ${ready[$site]-} ]]; then
        ready[$site]=no
        if [[ -n $area && ! -e $area ]]; then
            say problem "$site: no polygon: $area is not there"
        elif [[ $area =~ $bad ]]; then
            say problem "$site: $area: $refusal"
        else
            ready[$site]=yes
        fi
    fi
    if [[ -z ${pattern_id[$scenes]-} ]]; then
        pattern_id[$scenes]=$((${#pattern_id[@]} + 1))
        said=
        read -ra words <<<"$scenes"
        for word in "${words[@]}"; do
            [[ $word == /* ]] && said+=" $word" || said+=" $PWD/$word"
            folders_of "$word"
            for folder in "${folders[@]}"; do
                say look "${pattern_id[$scenes]}" "$folder" "${word##*/}"
                [[ -n ${folder_seen[$folder]-} || ! -d $folder ]] || looked+=("$folder")
                folder_seen[$folder]=yes
            done
        done
        say pattern "${pattern_id[$scenes]}" "${said# }"
    fi
    [[ ${map//\{year\}/} =~ $bad ]] && fail "CLASSMAP: \"$map\": $refusal"
    [[ -d $state/site/$site/$var && -d $out/$site/$var/coarse ]] || folders_made[$state/site/$site/$var]=yes folders_made[$out/$site/$var/coarse]=yes
    say task "$site" "$var" "$layer" "${pattern_id[$scenes]}" "${map:-NA}" "${fallback:-NA}" "${ready[$site]}" "$join"
done < <(tr '\t' '\037' <"$tmp.tasks")
if ((${#folders_made[@]})); then
    printf '%s\0' "${!folders_made[@]}" | xargs -0 mkdir -p -- || fail "$out: cannot be written"
fi

# ---- what is there ----

# Scenes: path, size, time, kind (l: a link to nothing), whether they can be read.
scenes() {
    ((${#looked[@]} == 0)) || printf '%s\0' "${looked[@]}" | xargs -0 sh -c 'find -L "$@" -mindepth 1 -maxdepth 1 ! -type d \( \
        -name "*[[:cntrl:]]*" -printf "odd\t%h\n" -o \
        -type l -printf "scene\t%p\t%s\t%T@\tl\n" -o -readable -printf "scene\t%p\t%s\t%T@\t%y\n" -o -printf "scene\t%p\t%s\t%T@\tu\n" \)' sh | sort
}

# What earlier runs have left.
made() {
    find "$out" -maxdepth 4 -name .eco -prune -o -type f \( -name 'Regrid_*' -o -name '*.scenes.tsv' \) -printf 'made\t%T@\t%h\t%f\n'
}

# What the bytes of the tools amount to, so that a rebuilt one counts when it differs; and
# those of the palettes, which lie where eco-plotspec looks for them; and what a folder of this
# flow amounts to.
sums() {
    local drawing folder
    drawing=$(readlink -f "$bin/eco-plotspec")
    sha256sum "$bin"/eco-{grid,regrid,compose,sample,plotspec,tower,match,stats} "$bin"/../lib/eco/*.so
    drawing=${drawing%/*/*}
    cat /dev/null "$drawing"/{share/eco,../share}/palettes/*.tsv | sha256sum | sed 's/-$/palettes/'
    for folder in tables pictures towers report; do
        cat "$eco/$folder"/* | sha256sum | sed "s/-$/$folder/"
    done
}

# All three are at work at once.
exec {scenes}< <(scenes) {made}< <(made) {sums}< <(sums | sed 's/^/sum /')
{
    printf '%s\n' "${lines[@]}"
    cat <&"$made"
    cat <&"$scenes"
    cat <&"$sums"
} | REFUSAL=$refusal BAD=$bad awk -v out="$out" -v tmp="$tmp" -v look="$look" -v index_tool="'$bin/eco-index' --no-provenance --overpass $CHOOSE" -f "$eco/plan.awk" ||
    fail "$state: the plan was not written"
