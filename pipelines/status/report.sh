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

# of_task SITE/VAR VAR.scenes.tsv [yes if there is no grid]: lines that begin with "eco: " (the
# counts), "warning: " or "failed: ". What is said of more than three scenes alike is one line.
of_task() {
    awk -F '\t' -v task="$1" -v list="$2" -v gone="$3" -v allow="$allow" '
        /^#/ { for (i = 1; i <= NF; i++) at[$i] = i; next }
        {
            n++
            status = $at["status"]
            message = $at["message"]
            count[status]++
            if (message == "NA" || gone) next
            kind = status == "failed" || status == "partial" ? "failed: " : "warning: "
            if (!alike[kind, message]++) { order[++norder] = message; kind_of[norder] = kind }
            if (alike[kind, message] <= 3) lines[kind, message] = lines[kind, message] "\n" kind $1 ": " message
        }
        END {
            line = "eco: " task ": " n + 0 " scenes"
            split("ok partial empty outside failed", word, " ")
            for (i = 1; i <= 5; i++)
                if (count[word[i]]) line = line (c++ ? ", " : ": ") count[word[i]] " " word[i]
            print line
            for (i = 1; i <= norder; i++) {
                k = alike[kind_of[i], order[i]]
                if (k > 3) print kind_of[i] k " scenes in " list ": " order[i]
                else print substr(lines[kind_of[i], order[i]], 2)
            }
            if (allow != "yes" && n && (count["empty"] == n || count["outside"] == n))
                print "failed: " task ": all scenes are " (count["empty"] ? "empty" : "outside of the grid") "; ALLOW_EMPTY=yes if they may be"
        }' "$2"
}

for task; do
    gone=
    [ ! -e "$state/site/${task%%/*}/grid.failed" ] || gone=yes
    of_task "$task" "$out/$task.scenes.tsv" "$gone"
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
