# report.sh: how a run went, one line a site and variable; then what failed, and why.
#
# usage: report.sh OUT ALLOW_EMPTY [SITE/VAR]...
#
# Ends with 1 when anything failed, and when all scenes of a variable lie outside of the
# grid or are empty, unless ALLOW_EMPTY is yes.
# shellcheck shell=sh
set -u
out=$1 allow=$2
shift 2
state=$out/.eco
# What killed runs have left.
find "$state" \( -path "$state/tmp/*" -o -name '*.part*' \) -mmin +1440 -prune -exec rm -rf {} +
if read -r watcher 2>/dev/null <"$state/tmp/watcher"; then
    rm -f "$state/tmp/watcher"
    kill "$watcher" 2>/dev/null && [ -t 2 ] && printf '\r\033[K' >&2
fi

# Many that are alike are told in one line.
for task; do
    gone=
    [ ! -e "$state/site/${task%%/*}/grid.failed" ] || gone=yes
    awk -F '\t' -v task="$task" -v list="$out/$task.scenes.tsv" -v allow="$allow" -v gone="$gone" \
        -v failures="$state/tmp/failures" -f "${0%/*}/report.awk" "$out/$task.scenes.tsv"
done >"$state/tmp/report"
grep '^eco: ' "$state/tmp/report"
grep '^warning: ' "$state/tmp/report" | sed 's/^warning: /eco: /' >&2
failed=$(
    for note in "$state"/problems "$state"/site/*/*.failed "$state"/site/*/*/*.failed; do
        [ ! -e "$note" ] || cat "$note"
    done
    sed -n 's/^failed: //p' "$state/tmp/report"
)
[ -n "$failed" ] || exit 0
{
    echo "eco: not all could be done:"
    printf '%s\n' "$failed" | awk '!seen[$0]++ { print "  " $0 }'
} >&2
exit 1
