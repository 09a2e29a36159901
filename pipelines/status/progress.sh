# progress.sh: how far a run is, on stderr, until report.sh or the end of the run ends it.
#
# usage: progress.sh OUT SCENES FILES
#
# Of SCENES that are due those in the joblog since now are done; then come FILES, tables and
# pictures. On a terminal one line, each second; else a line a minute.
# shellcheck shell=bash
set -u
out=$1 scenes=$2 files=$3
state=$out/.eco
for fd in /proc/self/fd/*; do # the run's lock is not for those who look on
    fd=${fd##*/}
    [ "$fd" -le 2 ] || eval "exec $fd>&-"
done
exec </dev/null >/dev/null
read -r run <"$state/lock" # who holds it
echo $$ >"$state/tmp/watcher"
log=$state/joblog.tsv
began=$(date +%s)
[ -e "$log" ] && before=$(stat -c %s "$log") || before=0
pause=60
[ ! -t 2 ] || pause=1
ticks=0
while sleep 1; do
    # The run is over when its lock is free, or is another's.
    { read -r now <"$state/lock" && [ "$now" = "$run" ] && ! flock -n "$state/lock" true; } 2>/dev/null || exit 0
    ticks=$((ticks + 1))
    [ $((ticks % pause)) -eq 0 ] || continue
    tail -c +$((before + 1)) "$log" 2>/dev/null | awk -F '\t' -v scenes="$scenes" -v files="$files" \
        -v t=$(($(date +%s) - began)) -v terminal=$((pause == 1)) '
        !/^#/ { n++; if ($5 == "failed") failed++ }
        END {
            if (n > scenes) scenes = n
            text = sprintf("eco: %d of %d scenes", n, scenes)
            if (failed) text = text sprintf(", %d failed", failed)
            if (t > 0 && n) text = text sprintf(", %.1f a second", n / t)
            if (n == scenes) text = text sprintf("; %d tables and pictures", files)
            else if (n >= 3 && t >= 2) {
                left = int(t * (scenes - n) / n)
                text = text sprintf(", about %d min %02d s left", left / 60, left % 60)
            }
            printf terminal ? "\r\033[K%s" : "%s\n", text
        }' >&2
done
