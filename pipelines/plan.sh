# plan.sh: which scenes are there, and what do they need? By names alone.
#
# usage: plan.sh [--look] OUT ECO BIN BATCH [SITE VAR LAYER SCENES AREA CLASSMAP FALLBACK]...
#
# Reads what the patterns SCENES and CLASSMAP match, lets eco-index tell the layer and the
# year of each scene, and has plan.awk write OUT/.eco/plan.mk, OUT/.eco/problems and, for
# each site and variable, OUT/.eco/site/SITE/VAR/list. What would not change is left
# alone, so that make sees a plan as new only when it is. Unless it is only to --look, it
# first waits until no other run is at work in OUT.
# shellcheck shell=bash
set -u
export LC_ALL=C
shopt -s nullglob globstar

look=
if [[ $1 == --look ]]; then
    look=yes
    shift
fi
out=$1 eco=$2 bin=$3 batch=$4
shift 4

fail() {
    echo "eco: $*" >&2
    exit 2
}

# What neither a makefile nor the shell in it takes as it stands. (A regular expression:
# as a pattern it would take a hundred times as long to look for among all scenes.)
bad=$'[][:space:]$#%:;\\*?[\'"`&|<>(){}=~]'
needs_other_name() {
    [[ $1 =~ $bad ]]
}
refusal='a name with a blank or one of $#%:;*?[]\(){}<>&|=~`'\''" cannot go through make'

needs_other_name "$out" && fail "OUT: \"$out\": $refusal"
[[ $batch =~ ^[1-9][0-9]*$ ]] || fail "BATCH: not a number of scenes: \"$batch\""
(($#)) || fail "the configuration names no SITES, or no VARS"
for tool in eco-index eco-grid eco-regrid eco-sample eco-plotspec; do
    [[ -x $bin/$tool ]] || fail "$bin/$tool: there is no such program"
done

state=$out/.eco
[[ -d $state/tmp ]] || mkdir -p "$state/tmp" 2>/dev/null || fail "$out: cannot be written"
[[ -n $look ]] || bash "$eco/lock.sh" "$out" || exit 2

# ---- what the configuration asks for ----

problems=() # lines "SITE VAR: what is wrong"
declare -A pattern_id=() ready=() mapped=()
patterns=() tasks=() folders=()

# name_ok KIND NAME: whether it can be a folder's name
name_ok() {
    [[ -n $2 ]] || fail "$1: a name is empty"
    if needs_other_name "$2" || [[ $2 == */* || $2 == [.-]* ]]; then
        fail "$1: \"$2\": not a name for a folder: $refusal"
    fi
}

while (($#)); do
    site=$1 var=$2 layer=$3 scenes=$4 area=$5 map=$6 fallback=$7
    shift 7
    name_ok SITES "$site"
    name_ok VARS "$var"
    if [[ -z ${ready[$site]-} ]]; then
        ready[$site]=no
        if [[ -e $area ]] && ! needs_other_name "$area"; then
            ready[$site]=yes
        elif [[ -e $area ]]; then
            problems+=("$site: $area: $refusal")
        else
            problems+=("$site: no polygon: $area is not there")
        fi
    fi
    if [[ -z ${pattern_id[$scenes]-} ]]; then
        patterns+=("$scenes")
        pattern_id[$scenes]=${#patterns[@]}
    fi
    if [[ -n $map ]]; then
        needs_other_name "${map//\{year\}/}" && fail "CLASSMAP: \"$map\": $refusal"
        mapped[$map]=yes
    fi
    task=$state/site/$site/$var
    folders+=("$task/records" "$out/$site/$var/coarse")
    tasks+=("$site"$'\t'"$var"$'\t'"$layer"$'\t'"${pattern_id[$scenes]}"$'\t'"${map:-NA}"$'\t'"${fallback:-NA}"$'\t'"${ready[$site]}")
done
for folder in "${folders[@]}"; do
    [[ -d $folder ]] && continue
    mkdir -p "${folders[@]}" 2>/dev/null || fail "$out: cannot be written"
    break
done

# ---- what is there ----

# The files that the words of a pattern match.
files_of() {
    local word
    found=()
    for word in $1; do
        if [[ $word == *[*?[]* ]]; then
            # shellcheck disable=SC2206 # a pattern to be expanded
            found+=($word)
        elif [[ -e $word ]]; then
            found+=("$word")
        fi
    done
}

# Lines of a tag, a number, and what there is; by echo and at once, since bash's printf
# writes each line by itself.
tell() {
    local before=$1$'\t'$2$'\t' IFS=$'\n'
    shift 2
    (($# == 0)) || { set -- "${@/#/$before}" && echo "$*"; }
}

# What earlier runs have left: when it was changed last, in which folder, its name.
made() {
    find "${folders[@]}" -maxdepth 1 -type f -printf 'file\t%T@\t%h\t%f\n'
}

# Tells the files of a pattern; those that make cannot take apart.
tell_scenes() {
    local path good=() IFS=/
    if needs_other_name "${found[*]-}"; then
        for path in "${found[@]}"; do
            if needs_other_name "$path"; then
                tell refused "$1" "${path//[$'\t\n\r']/ }"
            else
                good+=("$path")
            fi
        done
        found=("${good[@]}")
    fi
    tell scene "$1" "${found[@]}"
    all+=("${found[@]}")
}

# All that plan.awk wants to know.
list() {
    local i map all=()
    printf 'task\t%s\n' "${tasks[@]}"
    cat <&"$made"
    for map in "${!mapped[@]}"; do
        files_of "${map//\{year\}/[0-9][0-9][0-9][0-9]}"
        tell map 0 "${found[@]}"
    done
    tell problem 0 "${problems[@]}"
    for i in "${!patterns[@]}"; do
        files_of "${patterns[i]}"
        printf 'pattern\t%s\t%s\n' "$((i + 1))" "${patterns[i]}"
        tell_scenes $((i + 1))
    done
    local IFS=$'\n'
    ((${#all[@]} == 0)) || echo "${all[*]}" | "$bin/eco-index" --no-provenance
}

# What the bytes of the tools amount to, so that a rebuilt one counts when it differs; and
# those of the palettes, which lie where eco-plotspec looks for them.
sums() {
    local drawing
    drawing=$(readlink -f "$bin/eco-plotspec")
    sha256sum "$bin"/eco-{grid,regrid,sample,plotspec} "$bin"/../lib/eco/*.so "$eco"/*.{sh,awk}
    drawing=${drawing%/*/*}
    cat /dev/null "$drawing"/{share/eco,../share}/palettes/*.tsv | sha256sum | sed 's/-$/palettes/'
}

# Both are at work while the rest is listed.
exec {made}< <(made) {sums}< <(sums)
{
    list
    echo sums
    cat <&"$sums"
} | REFUSAL=$refusal awk -v out="$out" -v batch="$batch" -v self="$$" -f "$eco/plan.awk" || fail "$state: the plan was not written"
