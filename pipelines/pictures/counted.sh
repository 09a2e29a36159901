# counted.sh: of the words of REGRID, those on the pixels that count; sourced, it changes "$@".
#
# "$@" is own words, then --, then options of eco-regrid. It becomes the own words, then those
# of the options that say which pixels count; other tools take these too.
# shellcheck shell=sh
own=yes words=0
for word; do
    shift
    if [ -n "$own" ]; then
        if [ "$word" = -- ]; then
            own=
        else
            set -- "$@" "$word"
        fi
        continue
    fi
    [ $words -gt 0 ] || case $word in
        --mask | --classes | --fallback | --keep | --companion | --missing-companion) words=2 ;;
        --mask=* | --classes=* | --fallback=* | --keep=* | --companion=* | --missing-companion=* | --mask-weight) words=1 ;;
        *) continue ;;
    esac
    set -- "$@" "$word"
    words=$((words - 1))
done
