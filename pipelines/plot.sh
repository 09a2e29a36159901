# plot.sh: a picture of the scene that filled the most cells, as PNG on stdout.
#
# usage: plot.sh SCENES.tsv [OPTION OF eco-plotspec panels]... -- [OPTION OF eco-regrid]...
#
# Of the options that eco-regrid had, those on the pixels that count are the picture's, too.
# shellcheck shell=sh
set -u
scenes=$1
shift
# Rasters lie in VAR/coarse beside VAR.scenes.tsv, whatever OUT was called then.
best=$(awk -F '\t' -v coarse="${scenes%.scenes.tsv}/coarse/" '
    /^#/ { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["status"] == "ok" && ($at["cells"] > cells || $at["cells"] == cells && $at["coverage"] > coverage) {
        cells = $at["cells"]; coverage = $at["coverage"]
        name = $at["output"]; sub(/.*\//, "", name)
        best = $1 " " coarse name
    }
    END { print best }' "$scenes")
[ -n "$best" ] || exit 77
read -r scene coarse <<END
$best
END

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

# gnuplot makes an empty picture of an empty script and calls it good, and a picture that
# it could not write, too: cat tells. One that was interrupted ends as a whole one does: its
# status tells. The script has no name any more when it is written,
# so that whatever ends this leaves none.
script=$(mktemp) || exit 3
exec 3>"$script"
exec 4<"$script"
rm -f "$script"
eco-plotspec panels --source "$scene" --result "$coarse" "$@" --terminal png >&3 || exit
exec 5>&1
status=$({ { gnuplot -d <&4 && echo 0 >&6 || echo 1 >&6; } | cat >&5; } 6>&1) || exit
exit "$status"
