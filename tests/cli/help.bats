# What every tool says of itself: --help, --version, its man page, its completion, its
# examples; and how it takes a wrong command line or a full disk.
load ../lib/common
load ../lib/fixture

setup_file() {
    make_fixture "$BATS_FILE_TMPDIR/fixture"
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    tools=$(cd "$BUILD/bin" && echo eco-*)
    pages=$BUILD/share/man
}

# The tools, and the commands of those that have some, as "eco-plotspec panels".
commands() {
    local tool
    for tool in $tools; do
        echo "$tool"
        "$tool" --list-options | awk -v tool="$tool" -F '\t' '$4 == "command" { print tool, $1 }'
    done
}

# A section of a command's help: help_section COMMAND Options
help_section() {
    $1 --help-all | awk -v head="$2:" '/^[A-Z].*:$/ { inside = $0 == head; next } inside'
}

# The long and short options that a command's help lists, one a line.
options_of() {
    help_section "$1" Options | sed -n 's/^ \{1,3\}\(-.*\)/\1/p' | sed 's/  .*//' |
        grep -oE -- '(^|[ ,])--?[a-z][a-z0-9-]*' | tr -d ' ,'
}

# Runs a check for each tool and command, and names the one that fails.
for_each_command() {
    local command bad=0
    while IFS= read -r command; do
        "$@" "$command" </dev/null || { echo "^ $command"; bad=1; }
    done < <(commands)
    return $bad
}

@test "there are tools, and all are those of the sources" {
    [ "$(cd "$ROOT/tools" && echo eco-*.c)" = "${tools// /.c }.c" ]
}

help_fits() {
    local text
    text=$($1 --help) || return
    [[ $text == "usage: $1"* ]] || { echo "the first line: ${text%%$'\n'*}"; return 1; }
    awk 'length($0) > 80 { print "too wide: " $0; bad = 1 }
         NR > 50 && !told++ { print "more than 50 lines"; bad = 1 }
         /[ \t]$/ { print "blanks at the end: " $0; bad = 1 }
         END { exit bad }' <<<"$text"
}
@test "--help opens with usage and fits a screen" {
    for_each_command help_fits
}

help_is_whole() {
    local word
    for word in Options Examples; do
        [ -n "$(help_section "$1" "$word")" ] || { echo "no section $word"; return 1; }
    done
    for word in --help --version; do
        options_of "$1" | grep -qx -- "$word" || { echo "no $word"; return 1; }
    done
}
@test "--help has options and examples" {
    for_each_command help_is_whole
}

# An option that the help names must be known: without what it needs it may be refused,
# but never as unrecognised.
options_known() {
    local o bad=0
    for o in $(options_of "$1"); do
        if $1 "$o" </dev/null 2>&1 >/dev/null | grep -E 'unrecognized|invalid option|unknown option'; then
            bad=1
        fi
    done
    return $bad
}
@test "every option of --help exists" {
    for_each_command options_known
}

says_version() {
    [ "$($1 --version)" = "${1%% *} (eco) $(sed -n 's/^VERSION *:= *//p' "$ROOT/Makefile")" ]
}
@test "--version names the tool and the version" {
    for_each_command says_version
}

refuses() {
    run --separate-stderr $1 --no-such-option
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [[ $stderr == "${1%% *}: unrecognized option \"--no-such-option\"; try '$1 --help'" ]]
}
@test "an unknown option is wrong usage" {
    for_each_command refuses
}

misses_the_disk() {
    local option
    for option in --help --version --list-options; do
        status=0
        $1 $option >/dev/full 2>err || status=$?
        [ "$status" -eq 3 ] || { echo "$option ended with $status"; return 1; }
        grep -q 'stdout: cannot write' err || { echo "$option said: $(cat err)"; return 1; }
    done
}
@test "a full disk is told, and ends with 3" {
    for_each_command misses_the_disk
}

# What --help leaves out it names, and nothing but that.
names_all() {
    local all some
    all=$(options_of "$1" | grep '^--' | sort)
    some=$($1 --help | sed -n '/^Options/,/^Examples/p' | grep -oE -- '--[a-z][a-z0-9-]*' | grep -vx -e --help-all | sort -u)
    diff <(echo "$all") <(echo "$some")
}
@test "--help has every option, or its name" {
    for_each_command names_all
}

has_page() {
    local page=$pages/man1/${1%% *}.1 o
    [ -s "$page" ] || { echo "no page"; return 1; }
    for o in $(options_of "$1"); do
        grep -qF -- "\\fB${o//-/\\-}\\fR" "$page" || { echo "not in the page: $o"; return 1; }
    done
    ! grep -n '@[A-Z]*@' "$page"
}
@test "every tool has a man page with all options of it and its commands" {
    for_each_command has_page
}

@test "the man pages are sound" {
    # A page need not tell its date.
    run ! sh -c 'mandoc -T lint -W warning "$@" | grep -v "missing date"' sh "$pages"/man?/*
    for page in "$pages"/man?/*; do
        ! groff -man -Tutf8 -ww -z "$page" 2>&1 | grep . || { echo "^ $page"; return 1; }
    done
}

@test "pages that a page refers to are there" {
    for ref in $(sed -n 's/^\.BR eco\\-\([a-z]*\) (\([17]\)).*/eco-\1.\2/p' "$pages"/man?/* | sort -u); do
        [ -e "$pages/man${ref##*.}/$ref" ] || { echo "no such page: $ref"; return 1; }
    done
}

# What bash offers for the last word of a command line, sorted, in one line.
offers() {
    local COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY
    # shellcheck source=/dev/null
    source "$BUILD/share/bash-completion/completions/$1" || return
    "_${1//-/_}" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" || return
    printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd ' '
}

completes() {
    local options
    options=$(options_of "$1" | sort | paste -sd ' ')
    # shellcheck disable=SC2086
    [ "$(offers $1 --he)" = --help ] && [ "$(offers $1 -)" = "$options" ] &&
        [ -z "$(offers $1 sce)" ]
}
@test "bash completes the options of tools and commands" {
    for_each_command completes
}

# offered WORDS COMMAND...: bash and, where it is, fish offer just these words.
offered() {
    local words=$1 fish
    shift
    [ "$(offers "$@")" = "$words" ] || { echo "bash, $*: $(offers "$@")"; return 1; }
    command -v fish >/dev/null || return 0
    fish=$(HOME=$BATS_TEST_TMPDIR fish --no-config -c \
        'source $argv[1]; complete -C "$argv[2]"' "$BUILD/share/fish/vendor_completions.d/$1.fish" "$*" |
        cut -f 1 | sed 's/\/$//' | sort | paste -sd ' ')
    [ "$fish" = "$words" ] || { echo "fish, $*: $fish"; return 1; }
}
@test "values are completed: words, lists, commands" {
    offered 'deflate lzw none zstd' eco-regrid --compress ''
    offered 'cell' eco-regrid --denominator c
    offered 'mean,max mean,mean mean,median mean,min mean,mode' eco-regrid --bands mean,m
    offered 'diurnal histogram map panels scatter series taylor' eco-plotspec ''
    offered '--time --title' eco-plotspec series --ti
    offered 'km m' eco-plotspec panels --units ''
    offered '--unit --units' eco-plotspec panels --u
    offered 'blank' eco-reproject --delimiter b
    # bash parts a word at =.
    [ "$(offers eco-regrid --compress = l)" = lzw ]
    [ "$(offers eco-regrid --compress =)" = 'deflate lzw none zstd' ]
    [ -z "$(offers eco-regrid --prefix -)" ]
    mkdir outer outer/inner
    touch outer/file
    [ "$(offers eco-regrid --out-dir outer/)" = outer/inner ]
    # Where no file ends so, bash finds all files itself.
    [ -z "$(offers eco-regrid --grid outer/)" ]
}

@test "files are completed by how they end" {
    mkdir files files/inner
    cd files
    touch a.tif b.nc c.shp d.txt e.tsv f.png g
    offered 'a.tif b.nc inner' eco-regrid ''
    offered 'd.txt inner' eco-regrid --grid ''
    offered 'c.shp inner' eco-grid --clip ''
    offered 'd.txt e.tsv inner' eco-stats ''
    offered 'd.txt e.tsv inner' eco-sample --points ''
    offered 'd.txt e.tsv inner' eco-plotspec scatter ''
    offered 'a.tif b.nc inner' eco-plotspec map --raster ''
    offered 'f.png inner' eco-plotspec scatter --output ''
    # bash parts a word at =.
    [ "$(offers eco-grid --around = c)" = c.shp ]
    touch h.TIF
    [ "$(offers eco-regrid h)" = h.TIF ]
    # A CRS may be in any file.
    [ -z "$(offers eco-reproject --to '')" ]
}

# Whose usage names files says how these end, and nobody else.
says_endings() {
    local usage files
    usage=$($1 --help | sed -n '1,/^[^u ]/{s/\[OPTION\]//;p}')
    files=$($1 --list-options | awk -F '\t' '$4 == "operands"')
    if [[ $usage =~ \[[A-Z]+\]|SATELLITE && $usage != *PICTURE* ]]; then
        [ -n "$files" ]
    else
        [ -z "$files" ]
    fi
}
@test "every tool that takes files says how they end" {
    for_each_command says_endings
}

@test "the completions are sound" {
    local shell missing='' share=$BUILD/share
    for file in "$share"/bash-completion/completions/eco-*; do
        shellcheck -s bash -e SC2034 "$file"
    done
    for shell in bash zsh fish; do
        command -v $shell >/dev/null || { missing+=" $shell"; continue; }
        case $shell in
        bash) files=("$share"/bash-completion/completions/*) ;;
        zsh) files=("$share"/zsh/site-functions/*) ;;
        fish) files=("$share"/fish/vendor_completions.d/*) ;;
        esac
        [ "${#files[@]}" -eq "$(wc -w <<<"$tools")" ]
        for file in "${files[@]}"; do
            $shell -n "$file"
        done
    done
    [ -z "$missing" ] || skip "not here:$missing"
}

# The examples of a tool one after the other, in a folder of their own; a line that ends
# in a backslash goes on in the next, a line of # or without an indent is prose.
examples_run() {
    rm -rf work && cp -R "$BATS_FILE_TMPDIR/fixture" work || return
    local line command='' bad=0
    while IFS= read -r line; do
        [[ $line == '  '* ]] || continue
        command+=${line#  }
        if [[ $command == *\\ ]]; then
            command=${command%\\}
            continue
        fi
        if ! (cd work && bash -eu -o pipefail -c "$command") >out 2>err </dev/null; then
            echo "failed: $command"
            cat err
            bad=1
        fi
        command=''
    done < <(help_section "$1" Examples)
    return $bad
}
@test "every example runs" {
    for_each_command examples_run
}
