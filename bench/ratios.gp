# Draws what eco takes beside others: gnuplot -d -c ratios.gp RECORDS PNG
records = ARG1
set datafile separator "\t"
set datafile missing "NaN"
# A line for each that eco was compared with; tasks stand a little apart.
lines = "< awk -F '\\t' -v OFS='\\t' '!/^#/ && $10 != \"NaN\" { if ($1 != task) { n += 0.7; task = $1; head = task } " . \
        "print ++n, head, $2, $10, $11, $12, $13, $3; head = \"\" }' '" . records . "'"
kind(word) = lines . " | grep '\t" . word . "$'"
kinds = system("awk -F '\t' '!/^#/ && $10 != \"NaN\" && !seen[$3]++ { printf \"%s \", $3 }' '" . records . "'")
stats lines using 1 nooutput
last = STATS_max
stats lines using 5 nooutput
least = STATS_min
set terminal pngcairo size 900, 110 + 17 * last font "DejaVu Sans,9" background "white"
set output ARG2
set logscale x
set xrange [least / 1.5:6]
set yrange [last + 0.8:0.9]
set xtics nomirror ("1/1000" 0.001, "1/300" 1.0/300, "1/100" 0.01, "1/30" 1.0/30, \
    "1/10" 0.1, "1/3" 1.0/3, "1" 1, "3" 3)
set ytics nomirror scale 0
set grid xtics lt 1 lw 0.5 lc rgb "#cccccc"
set border 1 lc rgb "#888888"
set tics textcolor rgb "black"
set lmargin 34
set xlabel "eco's time as a share of theirs (left of 1: eco is faster); lines span all rounds"
set key outside bottom center horizontal
set arrow from 1, graph 0 to 1, graph 1 nohead lw 1.5 lc rgb "#666666"
plot lines using 4:1:5:6:yticlabels(strcol(2) . "   " . strcol(3)) with xerrorbars pt 0 lw 2 \
         lc rgb "#999999" notitle, \
     for [w in kinds] kind(w) using 4:1 with points ps 1.1 \
         pt (w eq "peer" ? 7 : w eq "floor" ? 5 : 9) \
         lc rgb (w eq "peer" ? "#2166ac" : w eq "floor" ? "#b2182b" : "#4d9221") \
         title (w eq "base" ? "eco at the earlier commit" : w), \
     lines using 7:1 with points pt 2 ps 1 lw 1.5 lc rgb "black" title "aim: at most"
