# plan.sh: which scenes are there, and what do they need? By names, sizes and times alone.
#
# usage: plan.sh [--look[=status]] OUT TMP ECO BIN
#
# Reads TMP.tasks (a line a site and variable: SITE VAR LAYER SCENES AREA CLASSMAP
# FALLBACK JOIN) and CHOOSE, options of eco-index that choose scenes. Has eco-index tell what the
# files are that the patterns SCENES match, and plan.awk write TMP.plan for make, OUT/.eco/problems
# and, for each site and variable, OUT/.eco/site/SITE/VAR/list. What would not change is left
# alone, so that make sees a list as new only when it is; with --look all is. With --look=status
# TMP.status says what the records do.
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
bad=$'[][:space:][:cntrl:]$#%:;\\*?[\'"`&|<>(){}=~]'
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

# What PATTERN matches, into `matched`. A file or a folder of that very name goes before what the
# name would match.
match() {
    local folder=${1%/*} IFS=
    # shellcheck disable=SC2206 # patterns to be expanded
    if [[ $1 == */* && -d ${folder:-/} ]]; then
        matched=("$folder"/${1##*/})
    else
        matched=($1)
    fi
    [[ ! -e $1 && ! -L $1 ]] || matched=("$1")
    [[ ${#matched[@]} -ne 1 || -e ${matched[0]} || -L ${matched[0]} ]] || matched=() # a plain name
}

# ---- what the configuration asks for ----

declare -A pattern_id=() ready=() folders_made=()
lines=()
say() { local IFS=$'\t'; lines+=("$*"); }
: >"$tmp.matched"
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
        said='' names=()
        read -ra words <<<"$scenes"
        for word in "${words[@]}"; do
            [[ $word == /* ]] && said+=" $word" || said+=" $PWD/$word"
            match "$word"
            names+=("${matched[@]}")
        done
        ((${#words[@]} < 2 || ${#names[@]} == 0)) || mapfile -d '' names < <(printf '%s\0' "${names[@]}" | sort -zu)
        ((${#names[@]} == 0)) || printf "${#pattern_id[@]}/%s\0" "${names[@]}" >>"$tmp.matched"
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

# What is of a name that cannot be taken, and what eco-index says of all others.
named() {
    grep -z "$bad" "$tmp.matched" | tr '\n\0' '?\n' | sed 's,^[0-9]*/,refused\t,'
    grep -zv "$bad" "$tmp.matched" | tr '\0' '\n' >"$tmp.names"
    cut -d / -f 2- "$tmp.names" | eval "'$bin/eco-index' --no-provenance --files --overpass $CHOOSE" >"$tmp.index"
    (($? <= 1)) || rm -f "$tmp.index" # without which there is no plan
}

# What earlier runs have left.
made() {
    find "$out" -maxdepth 4 -name .eco -prune -o -type f \( -name 'Regrid_*' -o -name '*.scenes.tsv' \) -printf 'made\t%T@\t%h\t%f\n'
}

# What the bytes of the tools amount to, so that a rebuilt one counts when it differs; those of
# the palettes, which lie where eco-plotspec looks for them; and those of this flow's folders.
sums() {
    local drawing folder
    drawing=$(readlink -f "$bin/eco-plotspec")
    drawing=${drawing%/*/*}
    {
        sha256sum "$bin"/eco-{grid,regrid,compose,sample,plotspec,tower,match,stats} "$bin"/../lib/eco/*.so
        cat /dev/null "$drawing"/{share/eco,../share}/palettes/*.tsv | sha256sum | sed 's/-$/palettes/'
        for folder in tables pictures towers report; do
            cat "$eco/$folder"/* | sha256sum | sed "s/-$/$folder/"
        done
    } | sed 's/^\([^ ]*\) */sum\t\1\t/'
}

# All three are at work at once.
exec {named}< <(named) {made}< <(made) {sums}< <(sums)
{
    printf '%s\n' "${lines[@]}"
    cat <&"$made"
    cat <&"$sums"
    cat <&"$named"
} | REFUSAL=$refusal awk -v out="$out" -v tmp="$tmp" -v look="$look" -f "$eco/plan.awk" - "$tmp.index" ||
    fail "$state: the plan was not written"
