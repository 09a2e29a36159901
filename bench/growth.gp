# Draws cost against size, with the fits: gnuplot -c growth.gp RECORDS PNG
records = ARG1
set datafile separator "\t"
tasks = system("awk -F '\\t' '!/^#/ && !seen[$1]++ { printf \"%s \", $1 }' '" . records . "'")
field(task, k) = system(sprintf("awk -F '\\t' -v t=%s -v k=%d '$1 == t { print $k; exit }' '%s'", task, k, records))
of(task) = sprintf("< awk -F '\\t' '$1 == \"%s\"' '%s'", task, records)
n = words(tasks)
set terminal pngcairo size 420 * n, 400 font "DejaVu Sans,9" background "white"
set output ARG2
set multiplot layout 1, n
set logscale xy
set format x "10^{%T}"
set format y "%g"
set grid lt 1 lw 0.5 lc rgb "#cccccc"
set key top left Left reverse samplen 1.5
set border lc rgb "#888888"
set tics textcolor rgb "black"
set ylabel "CPU seconds"
do for [i = 1:n] {
    task = word(tasks, i)
    set title field(task, 13)
    set xlabel field(task, 3)
    a = real(field(task, 10)); b = real(field(task, 11)); e = real(field(task, 12))
    plot of(task) using 4:5:6:7 with yerrorbars pt 7 ps 0.8 lc rgb "#2166ac" title field(task, 2), \
         a + b * x ** e lc rgb "#888888" title sprintf("%.3g s + %.3g s n^{%.2f}", a, b, e)
}
unset multiplot
