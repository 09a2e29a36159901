# eco-stats against a second implementation in rational arithmetic (tests/lib/skill.py),
# numbers worked out by hand, and a published evaluation.
load ../lib/common

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# What eco-stats says of one model, a line "NAME VALUE" a statistic.
ours() {
    eco-stats --no-provenance --observed o --model s "$@" | awk -F '\t' '
        /^##/ { next }
        /^#/ { split($0, name, "\t"); next }
        { for (i = 2; i < NF; i++) print name[i], $i }'
}

need_python() {
    command -v python3 >/dev/null || skip 'no python3 here'
}

# as_exact FIT FILE [OPTION]...
as_exact() {
    local fit=$1 file=$2
    shift 2
    ours --fit "$fit" "$@" "$file" >ours
    python3 "$ROOT/tests/lib/skill.py" "$fit" "$file" | grep -E "^($(cut -d' ' -f1 ours | paste -sd'|')) " >exact
    python3 "$ROOT/tests/lib/skill.py" same ours exact || { echo "^ $fit $file"; return 1; }
}

# N pairs: made N SEED OFFSET NOISE STEP; values are rounded to multiples of STEP, so that
# there are ties.
made() {
    awk -v n="$1" -v seed="$2" -v offset="$3" -v noise="$4" -v step="$5" 'BEGIN {
        srand(seed)
        print "#o\ts"
        for (i = 0; i < n; i++) {
            o = noise * (rand() + rand() - 1); s = 0.7 * o + noise * 0.4 * (rand() - 0.5)
            printf "%.17g\t%.17g\n", offset + step * int(o / step), offset + 3 + step * int(s / step)
        }
    }'
}

@test "the worked pairs have the numbers of the books" {
    printf '#o\ts\n100\t120\n150\t140\n220\t260\n310\t250\n420\t460\n' >pairs
    ours pairs >all
    is() { near "$(awk -v name="$1" '$1 == name { print $2 }' "${3-all}")" "$2" 1e-15 || { echo "^ $1"; return 1; }; }
    is n 5 && is bias 6 && is mae 34 && is dropped 0
    near "$(awk '$1 == "rmse" { print $2 }' all)" 38.2099463490856 1e-13
    near "$(awk '$1 == "ubrmse" { print $2 }' all)" 37.735924528226415 1e-13
    is r 0.950076123769659 && is r2 0.902644640957180 && is nse 0.888379204892966
    is slope 1.004587155963303 && near "$(awk '$1 == "intercept" { print $2 }' all)" 4.899082568807339 1e-14
    is alpha 1.057375436378043 && is beta 1.025 && is gamma 1.031585791588335
    is kge 0.919941683021479 && is kge2012 0.935851300495457
    is d 0.973132131026868 && is dr 0.83 && is spearman 0.9 && is kendall 0.8
    is nrmse_sd 0.298825427441553 && is nrmse_range 0.119406082340893
    is nrmse_mean 0.159208109787857 && is nrmse_iqr 0.238812164681785
    ours --fit theil-sen pairs >fit
    is slope 1.03125 fit && is intercept 23.125 fit
    ours --fit rma pairs >fit
    is slope 1.057375436378043 fit && is intercept -7.770104730730392 fit
    ours --fit deming pairs >fit
    is slope 1.060476308827905 fit && near "$(awk '$1 == "intercept" { print $2 }' fit)" -8.514314118697139 1e-14

    printf '#o\ts\n1\t1\n2\t3\n2\t2\n3\t3\n4\t5\n' >ties
    ours ties >all
    is kendall 0.88888888888888888 && is spearman 0.92105263157894737
}

@test "every statistic is as in rational arithmetic" {
    need_python
    made 60 1 0 100 1e-9 >plain
    made 80 2 -5 20 2 >ties
    made 61 3 1e9 1 1e-9 >offset
    made 40 4 -1e-12 1e-12 1e-16 >tiny
    awk 'BEGIN { print "#o\ts"; for (i = 0; i < 7; i++) print i "\t" 3 - 2 * i }' >line
    printf '#o\ts\n1\t5\n4\t7\n' >two
    printf '#o\ts\n-4\t1e-3\n4\t7\n' >zero_mean
    awk '{ print } NR % 5 == 0 { print "NaN\t1\n2\tNaN\nNaN\tNaN" }' plain >gaps
    awk 'NR > 1 { s = $2; $2 = -$1; $1 = s } { print $1 "\t" $2 }' ties >falling
    for fit in ols deming rma theil-sen; do
        for pairs in plain ties offset tiny line two zero_mean gaps falling; do
            as_exact $fit $pairs
        done
    done
}

@test "statistics are as R has them" {
    command -v Rscript >/dev/null || skip 'no R here'
    made 200 8 150 80 1e-9 >plain
    made 90 9 20 30 5 >ties
    made 50 10 -40 60 1e-9 >cold
    cat >theirs.R <<'END'
p <- read.table(commandArgs(TRUE)[1], skip = 1)
o <- p$V1; s <- p$V2; e <- s - o; n <- length(o); r <- cor(o, s)
alpha <- sd(s) / sd(o); beta <- mean(s) / mean(o); line <- unname(coef(lm(s ~ o)))
A <- sum(abs(e)); B <- 2 * sum(abs(o - mean(o)))
v <- c(n = n, bias = mean(e), mae = mean(abs(e)), rmse = sqrt(mean(e^2)), ubrmse = sqrt(mean((e - mean(e))^2)), r2 = r^2,
    slope = line[2], intercept = line[1], kge = 1 - sqrt((r - 1)^2 + (alpha - 1)^2 + (beta - 1)^2),
    kge2012 = 1 - sqrt((r - 1)^2 + (alpha / beta - 1)^2 + (beta - 1)^2), r = r, alpha = alpha, beta = beta, gamma = alpha / beta,
    nse = 1 - sum(e^2) / sum((o - mean(o))^2), d = 1 - sum(e^2) / sum((abs(s - mean(o)) + abs(o - mean(o)))^2),
    dr = if (A <= B) 1 - A / B else B / A - 1, mean_observed = mean(o), mean_model = mean(s), sd_observed = sd(o), sd_model = sd(s),
    spearman = cor(o, s, method = "spearman"), kendall = cor(o, s, method = "kendall"),
    error_q1 = unname(quantile(e, .25)), error_median = median(e), error_q3 = unname(quantile(e, .75)),
    nrmse_sd = sqrt(mean(e^2)) / sd(o), nrmse_range = sqrt(mean(e^2)) / diff(range(o)), nrmse_mean = sqrt(mean(e^2)) / mean(o), nrmse_iqr = sqrt(mean(e^2)) / IQR(o))
if (requireNamespace("hydroGOF", quietly = TRUE)) {
    v["kge"] <- hydroGOF::KGE(s, o); v["kge2012"] <- hydroGOF::KGE(s, o, method = "2012"); v["nse"] <- hydroGOF::NSE(s, o); v["d"] <- hydroGOF::d(s, o)
}
cat(sprintf("%s %.17g\n", names(v), v), sep = "")
END
    for pairs in plain ties cold; do
        Rscript --vanilla theirs.R $pairs | sort >theirs
        ours $pairs | grep -v '^dropped ' | sort >mine
        [ "$(wc -l <mine)" -ge 30 ]
        join mine theirs | awk -v pairs=$pairs '{ n++; d = $2 - $3; if (d < 0) d = -d; if (!(d <= 1e-11 * (1 + ($3 < 0 ? -$3 : $3)))) { print pairs, $0; bad = 1 } } END { exit bad || n < 30 }'
        [ "$(join -v 1 mine theirs)" = '' ]
    done
}

@test "what has no value is NaN, and the note says why" {
    need_python
    printf '#o\ts\n' >empty
    printf '#o\ts\nNaN\t1\n1\tNaN\n' >apart
    printf '#o\ts\n3\t4\n' >one
    printf '#o\ts\n0.1\t4\n0.1\t5\n0.1\t7\n' >constant
    printf '#o\ts\n4\t0.1\n5\t0.1\n7\t0.1\n' >flat
    printf '#o\ts\n2\t2\n2\t2\n' >both
    printf '#o\ts\n-1\t2\n1\t4\n' >zero
    note() { eco-stats --observed o --model s "$1" | awk -F '\t' 'END { print $NF }'; }
    for pairs in one constant flat both zero; do
        as_exact ols $pairs
    done
    for pairs in empty apart; do
        ours $pairs | awk '$1 == "n" || $1 == "dropped" { next } $2 != "NaN" { print; bad = 1 } END { exit bad }'
    done
    [ "$(ours apart | awk '$1 == "dropped" { print $2 }')" = 2 ]
    [ "$(note empty)" = 'no pairs' ]
    [ "$(note apart)" = 'no pairs' ]
    [ "$(note one)" = 'one pair' ]
    [ "$(note constant)" = 'observed is constant' ]
    [ "$(note flat)" = 'the model is constant' ]
    [ "$(note both)" = 'observed is constant; the model is constant' ]
    [ "$(note zero)" = 'the mean observed is 0' ]
    printf '#o\ts\n1e200\t2\n1e250\t4\n' >large
    [ "$(note large)" = 'too large to square' ]
}

@test "weights are as in rational arithmetic, and as pairs that stand there more than once" {
    need_python
    made 50 5 10 40 1e-9 | awk 'BEGIN { OFS = "\t" } NR == 1 { print "#o", "s", "w"; next } { print $1, $2, 1 + NR * 7 % 5 / 4 }' >pairs
    for fit in ols deming rma; do
        as_exact $fit pairs --weights w
    done
    awk 'BEGIN { OFS = "\t" } NR == 1 { print; next } { print $1, $2, NR % 3 }' pairs >some
    awk 'NR == 1 { print } NR > 1 { for (i = 0; i < $3; i++) print }' some >often
    list=bias,mae,rmse,ubrmse,r2,slope,intercept,kge,nse,d,dr,mean_observed,alpha
    ours --weights w --stats $list some >a
    ours --stats $list often >b
    python3 "$ROOT/tests/lib/skill.py" same a b
    # A weight of 0 is no pair.
    [ "$(ours --weights w --stats n,dropped some | paste -sd' ')" = 'n 33 dropped 17' ]

    run --separate-stderr eco-stats --observed o --model s --weights w --stats n,kendall some
    [ "$status" -eq 2 ] && one_message 'kendall knows no weights'
    run --separate-stderr eco-stats --observed o --model s --weights w --fit theil-sen some
    [ "$status" -eq 2 ] && one_message 'knows no --weights'
    sed '$s/\t[0-9]*$/\t-1/' some >negative
    run --separate-stderr eco-stats --observed o --model s --weights w negative
    [ "$status" -eq 1 ] && one_message 'negative:51: w: a weight below 0: "-1"'
}

@test "a million values of 1e9 and noise lose nothing" {
    # o = 1e9 + k / 1024, s = o + 1 + (k' - k) / 1024 with k and k' the same numbers in
    # another order: bias, means and variances are known in whole numbers.
    awk 'BEGIN { print "#o\ts"
        for (i = 0; i < 1000000; i++)
            printf "%.10f\t%.10f\n", 1e9 + i % 1000 / 1024, 1e9 + 1 + i * 7 % 1000 / 1024 }' >pairs
    # Var of 0..999 is (1000^2 - 1) / 12.
    ours --stats n,bias,sd_model,sd_observed,alpha,mean_observed pairs >all
    awk 'BEGIN { v = (1e6 - 1) / 12 / 1048576
        printf "n 1000000\nbias 1\nsd_model %.17g\nsd_observed %.17g\nalpha 1\nmean_observed %.17g\n",
            sqrt(v * 1e6 / 999999), sqrt(v * 1e6 / 999999), 1e9 + 499.5 / 1024 }' >exact
    paste -d' ' all exact | awk '{ d = $2 - $4; if (d < 0) d = -d; if (d > 1e-15 * $4) { print; bad = 1 } } END { exit bad }'
    # The order does not matter.
    { head -n 1 pairs; tail -n +2 pairs | sort -k 2; } >other
    ours --stats bias,rmse,r,slope,intercept,kge other | cmp - <(ours --stats bias,rmse,r,slope,intercept,kge pairs)
}

@test "many pairs stay in little memory" {
    made 300000 6 300 100 1e-9 >pairs
    most=$( { /usr/bin/time -f %M eco-stats --observed o --model s pairs >/dev/null; } 2>&1)
    [ -n "${SAN_BUILD-}" ] || [[ $BUILD == *san* ]] || [ "$most" -lt 30000 ] || { echo "$most KiB"; return 1; }
    # The median of all slopes, too: three doubles a pair besides the pairs.
    most=$( { /usr/bin/time -f %M eco-stats --observed o --model s --fit theil-sen --stats slope pairs >/dev/null; } 2>&1)
    [[ $BUILD == *san* ]] || [ "$most" -lt 30000 ] || { echo "$most KiB"; return 1; }
}

@test "intervals are as by a second implementation of the same draws" {
    need_python
    made 37 7 20 10 1e-9 >pairs
    eco-stats --no-provenance --observed o --model s --stats bias,rmse --bootstrap 50 --seed 11 --level 0.9 pairs >a
    column() { awk -F '\t' -v OFS=' ' '/^##/ { next } /^#/ { split($0, name, "\t"); next }
        { for (i = 1; i <= NF; i++) if (name[i] ~ /_(low|high)$/) print name[i], $i }' "$1"; }
    column a >ours
    python3 "$ROOT/tests/lib/skill.py" interval 50 11 0.9 pairs >exact
    [ "$(wc -l <ours)" -eq 4 ]
    python3 "$ROOT/tests/lib/skill.py" same ours exact
    # By blocks.
    awk 'BEGIN { OFS = "\t" } NR == 1 { print $0, "site"; next } { print $0, "s" NR % 6 % 4 }' pairs >sites
    eco-stats --no-provenance --observed o --model s --stats bias,rmse --bootstrap 40 --seed 3 --block site sites >b
    column b >ours
    python3 "$ROOT/tests/lib/skill.py" interval 40 3 0.95 sites >exact
    python3 "$ROOT/tests/lib/skill.py" same ours exact
    grep -qx '##bootstrap=40 rounds, seed 3, SplitMix64, level 0.95, blocks of site' b
    # The same seed, the same bits; another one, others.
    eco-stats --no-provenance --observed o --model s --stats bias,rmse --bootstrap 40 --seed 3 --block site sites | cmp - b
    eco-stats --no-provenance --observed o --model s --stats bias,rmse --bootstrap 40 --seed 4 --block site sites >c
    run ! cmp -s b c
    for option in '--seed 3' '--block site' '--level 0.5'; do
        run --separate-stderr eco-stats --observed o --model s $option sites
        [ "$status" -eq 2 ] && one_message 'goes with --bootstrap'
    done
}

@test "groups are those of their texts, in order, and lose no pair" {
    printf '#site\tclass\to\ts\nb\tF\t1\t2\na\tF\t2\t2\nb\tF\t3\t5\nb\tG\t3\t4\na\t\t3\t4\n' >pairs
    eco-stats --no-provenance --observed o --model s --by site,class --stats n,bias,dropped pairs >out
    printf '%s\n' '##observed=o' '##fit=ols' $'#site\tclass\tmodel\tn\tbias\tdropped\tnote' \
        $'a\tF\ts\t1\t0\t0\tone pair' $'a\tNA\ts\t1\t1\t0\tone pair' $'b\tF\ts\t2\t1.5\t0\tNA' \
        $'b\tG\ts\t1\t1\t0\tone pair' | diff - out
    # Texts that CSV must quote, and those that records must escape, stay themselves.
    printf 'site,o,s\n"a ""x"", y",1,2\n<b>&amp;,1,3\n' >pairs.csv
    eco-stats --csv-in --csv --observed o --model s --by site --stats n,bias pairs.csv >out
    printf '%s\n' site,model,n,bias,note '<b>&amp;,s,1,2,one pair' '"a ""x"", y",s,1,1,one pair' | diff - out
}

@test "seasons and classes are columns, and their groups what each alone would be" {
    awk 'BEGIN { srand(4); OFS = "\t"; print "#site", "time", "class", "o", "s"
        split("forest crop water", class, " ")
        for (i = 0; i < 300; i++) {
            m = 1 + int(12 * rand()); o = 200 * rand()
            print "s" i % 3, sprintf("2020-%02d-15T10:00:00Z", m), class[1 + int(3 * rand())], o, i % 17 ? o + 30 * rand() : "NaN"
        } }' | awk -F '\t' -v OFS='\t' 'BEGIN { split("DJF DJF MAM MAM MAM JJA JJA JJA SON SON SON DJF", of, " ") }
        { print $0, /^#/ ? "season" : of[substr($2, 6, 2) + 0] }' >pairs
    eco-stats --no-provenance --observed o --model s --by site,season,class pairs >out
    [ "$(grep -v '^#' out | cut -f 1-3 | sort -u | wc -l)" -eq 36 ]
    grep -v '^#' out | awk -F '\t' '{ n += $5 } END { exit n != 282 }'
    for group in s0,MAM,crop s1,DJF,forest s2,JJA,water; do
        IFS=, read -r site season class <<<"$group"
        awk -F '\t' -v site=$site -v season=$season -v class=$class '/^#/ || $1 == site && $6 == season && $3 == class' pairs >one
        diff <(awk -F '\t' -v OFS='\t' -v k="$site$season$class" '$1 $2 $3 == k' out | cut -f 4-) <(eco-stats --no-provenance --observed o --model s one | grep -v '^#')
    done
    # As awk would have it.
    awk -F '\t' '!/^#/ && $5 != "NaN" { n[$6]++; d[$6] += $5 - $4 } END { for (k in n) printf "%s\t%d\t%.9f\n", k, n[k], d[k] / n[k] }' pairs | sort >theirs
    eco-stats --observed o --model s --by season --stats n,bias pairs | awk -F '\t' '!/^#/ { printf "%s\t%d\t%.9f\n", $1, $3, $4 }' | diff - theirs
}

@test "units of the columns become those of the statistics" {
    printf '##unit.o=W m-2\n##unit.s=W m-2\n#o\ts\tother\n1\t2\t3\n' >pairs
    eco-stats --observed o --model s --stats n,bias,r,rmse pairs | grep '^##unit' >out
    printf '##unit.%s=W m-2\n' o s bias rmse | diff - out
    eco-stats --observed o --model s,other --stats bias pairs | grep '^##unit' >out
    printf '##unit.%s=W m-2\n' o s | diff - out
}

@test "what stands for no value is told when it was not declared" {
    printf '#o\ts\n1\t2\n-9999\t3\n5\t-9999\n-9999\t-9999\n' >pairs
    run --separate-stderr eco-stats --observed o --model s --stats n,bias pairs
    [ "$status" -eq 0 ]
    [[ ${stderr_lines[0]} == *'s holds -9999 in 2 records'*'--missing -9999 leaves it out' ]]
    [[ ${stderr_lines[1]} == *'o holds -9999 in 2 records'* ]]
    run --separate-stderr eco-stats --observed o --model s --missing -9999,-6999 --stats n,bias,dropped pairs
    [ -z "$stderr" ]
    [ "${lines[-1]}" = $'s\t1\t1\t3\tone pair' ]
}

@test "bad tables are told" {
    bad() { ends "$1" "$2" eco-stats "${@:3}" && [ -z "$output" ]; }
    printf '#o\ts\to\n1\t2\t3\n' >twice
    printf '#o\ts\n1\t1,5\n' >comma
    printf 'o;s\n1,5;2,5\n' >semicolons.csv
    printf '#o\ts\n1\t\n' >hole
    printf '1\t2\n' >headless
    printf 'o,s\n1,2\n' >plain.csv
    bad 1 'twice: --observed: the legend names "o" twice' --observed o --model s twice
    bad 1 'there is no column "x" among o, s' --observed x --model s comma
    bad 1 'comma:2: s: not a number: "1,5"' --observed o --model s comma
    bad 1 'semicolons.csv: its fields are parted by semicolons' --csv-in --observed o --model s semicolons.csv
    bad 1 'hole:2: s: an empty field' --observed o --model s hole
    bad 1 'headless: no legend names its columns' --observed o --model s headless
    bad 1 'plain.csv: no legend names its columns (or is it CSV: --csv-in' --observed o --model s plain.csv
    bad 1 'none.tsv: No such file' --observed o --model s none.tsv
    bad 2 'no --observed' --model s comma
    bad 2 'no --model' --observed o comma
    bad 2 'there is no statistic "foo"' --observed o --model s --stats bias,foo comma
    bad 2 '"bias" twice' --observed o --model s --stats bias,rmse,bias comma
    bad 2 'the same column twice' --observed o --model s,s comma
    bad 2 '"lad" is none of' --observed o --model s --fit lad comma
    [ "$(tr ',;' '.,' <semicolons.csv | eco-stats --csv-in --observed o --model s --stats bias --csv)" = $'model,bias,note\ns,1,one pair' ]
    # An empty field of CSV is none.
    printf 'o,s\n1,\n,2\n3,4\n' >holes.csv
    [ "$(eco-stats --csv-in --observed o --model s --stats n,dropped,bias --csv holes.csv)" = $'model,n,dropped,bias,note\ns,1,2,1,one pair' ]
    eco-stats --observed o --model s <<<$'#o\ts\n1\t2' >/dev/full 2>err || [ $? -eq 3 ]
    grep -q 'stdout: cannot write' err
}

@test "the published evaluation comes out" {
    need_data calval
    table=$DATA/calval/combined_eco_flux_EC_filtered.csv
    eco-stats --csv-in --csv --observed LEcorr50 --model JET,PTJPLSMinst \
        --stats n,bias,mae,rmse,ubrmse,r2,slope,kge "$table" |
        awk -F , 'NR > 1 { printf "%s %d %.3f %.3f %.3f %.3f %.3f %.3f %.3f\n", $1, $2, $3, $4, $5, $6, $7, $8, $9 }' >out
    diff out - <<'END'
JET 1065 31.436 82.862 105.614 100.827 0.514 0.522 0.559
PTJPLSMinst 1065 14.274 71.368 99.377 98.347 0.546 0.615 0.677
END
    for by in ID vegetation climate,vegetation; do
        eco-stats --csv-in --csv --observed LEcorr50 --model JET --by $by --stats n,dropped "$table" |
            awk -F , 'NR > 1 { n += $(NF - 2) + $(NF - 1) } END { exit n != 1065 }'
    done
    [ "$(eco-stats --csv-in --csv --observed LEcorr50 --model JET --by ID --stats n "$table" | wc -l)" -eq 64 ]
}

# The commands of a page from a line that begins with the second argument on, to the next line
# of prose.
commands_of() {
    awk -v from="    $2" 'index($0, from) == 1 { on = 1 } on && /^[^ ]/ { exit } on { print substr($0, 5) }' "$ROOT/$1"
}

@test "the pipelines of the README and its page of judges give the published digits" {
    need_data calval
    ln -s "$DATA/calval/combined_eco_flux_EC_filtered.csv" .
    commands_of README.md 'eco-stats --csv-in' >table.sh
    commands_of share/doc/judges.md 'columns() {' >again.sh
    for script in table again; do
        bash -eu -o pipefail $script.sh | awk -F , 'NR > 1 { printf "%s %d %.3f %.3f %.3f %.3f %.3f %.3f %.3f\n", $1, $2, $3, $4, $5, $6, $7, $8, $9 }' >out
        diff out - <<'END' || { echo "^ $script"; return 1; }
JET 1065 31.436 82.862 105.614 100.827 0.514 0.522 0.559
PTJPLSMinst 1065 14.274 71.368 99.377 98.347 0.546 0.615 0.677
END
    done
    # How far apart they were, as the table's own times say.
    eco-match --csv-in --csv --utc --by ID --time eco_time_utc --start time_utc --end time_utc \
        --pick nearest --at end --one-per-overpass all satellite.csv tower.csv |
        awk -F , 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            { l = $at["lag"]; s += l; if (l < a) a = l; if (l > b) b = l } END { printf "%.3f %.3f %.3f\n", s / (NR - 1), a, b }' |
        grep -qx -- '-0.644 -28.950 27.000'
    # Without the scenes that saw a tower again.
    eco-match --csv-in --csv --utc --by ID --time eco_time_utc --start time_utc --end time_utc \
        --pick nearest --at end --unmatched lost satellite.csv tower.csv | wc -l | grep -qx 1061
    [ "$(grep -c ',repeat$' lost)" -eq 5 ]
}
