# old.sh: removes tables that are no longer asked for, and older than what they tell of.
#
# usage: old.sh OUT SITE/VAR:FORMAT:TABLE...
#
# TABLE is OUT/SITE/VAR.FORMAT, or OUT/.eco/site/SITE/VAR/tables.FORMAT for those of periods.
# shellcheck shell=sh disable=SC3013 # all shells know -nt
set -u
out=$1
shift
for old; do
    task=${old%%:*} table=${old##*:}
    format=${old#*:}
    format=${format%:*}
    base=$out/$task state=$out/.eco/site/$task
    [ "$base.scenes.tsv" -nt "$table" ] || continue
    rm -f "$table"
    [ -e "$state/tables.$format" ] || for note in "$state/parts"/*".$format"; do
        [ ! -e "$note" ] || rm -f "$note" "$base.${note##*/}"
    done
    [ -e "$base.$format" ] || [ -e "$state/tables.$format" ] || rm -f "$base.$format-metadata.json"
done
