# report.sh: how a run went, one line a site and variable; then what failed, and why.
#
# usage: report.sh OUT [SITE/VAR]...
#
# Ends with 1 when anything failed.
# shellcheck shell=sh
set -u
out=$1
shift
state=$out/.eco
[ ! -t 2 ] || [ -z "${ECO_DUE-}" ] || printf '\r\033[K' >&2
rm -f "${ECO_PROGRESS-}"
# What killed runs have left.
find "$state" \( -path "$state/tmp/*" -o -name '*.part*' \) -mmin +1440 -prune -exec rm -rf {} +

for task; do
    awk -F '\t' -v task="$task" -v out="$out" '
        !/^#/ { count[$2]++; n++ }
        END {
            printf "eco: %s: %d scenes", task, n
            split("ok empty outside failed", word, " ")
            for (i = 1; i <= 4; i++)
                if (count[word[i]]) printf "%s %d %s", c++ ? "," : ":", count[word[i]], word[i]
            print ""
        }' "$out/$task.scenes.tsv"
done

failed=$(
    cat "$state/problems"
    for note in "$state"/site/*/*.failed "$state"/site/*/*/*.failed; do
        [ ! -e "$note" ] || cat "$note"
    done
    for task; do
        site=${task%%/*}
        [ -e "$state/site/$site/grid.failed" ] || awk -F '\t' -v list="$out/$task.scenes.tsv" '
            !/^#/ && $2 == "failed" {
                if (!count[$9]++) why[++n] = $9
                scenes[$9] = scenes[$9] "\n" $1 ": " $9
            }
            END { # many that fail alike are told in one line
                for (i = 1; i <= n; i++)
                    if (count[why[i]] > 3) print count[why[i]] " scenes in " list ": " why[i]
                    else print substr(scenes[why[i]], 2)
            }' "$out/$task.scenes.tsv"
    done
)
[ -n "$failed" ] || exit 0
{
    echo "eco: not all could be done:"
    printf '%s\n' "$failed" | awk '!seen[$0]++ { print "  " $0 }'
} >&2
exit 1
