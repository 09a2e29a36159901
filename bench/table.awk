# Records of one task in, its part of the table that people read out.

function shown(v) {
    return v == "NaN" ? "" : v >= 100 ? sprintf("%.0f", v) : v >= 10 ? sprintf("%.1f", v) : \
        v >= 1 ? sprintf("%.2f", v) : sprintf("%.3f", v)
}

NR == 1 { print "\n" $1 ": " about }

kind == "ratios" && NR == 1 {
    printf "  %-14s %9s %9s %7s  %-25s %s\n", "", $4 " s", "wall s", "MiB", \
        "eco's time to its", "aim"
}
kind == "ratios" {
    goal = $13 == "NaN" ? "" : \
        sprintf("<= %s%s, %s", shown($13), $3 == "eco" ? " MiB" : "", $14 == "yes" ? "met" : "NOT MET")
    ratio = $10 == "NaN" ? "" : sprintf("%s (%s to %s)", shown($10), shown($11), shown($12))
    printf "  %-14s %9s %9s %7s  %-25s %s\n", $2, shown($5), shown($8), shown($9), ratio, goal
}

kind == "growth" && NR == 1 {
    printf "  %-14s %12s %9s %9s %7s\n", "", $3, "cpu s", "wall s", "MiB"
}
kind == "growth" {
    printf "  %-14s %12s %9s %9s %7s\n", $2, $4, shown($5), shown($8), shown($9)
    fit[$2] = sprintf("  %s takes %s s + %.3g s x (%s ^ %.2f)", $2, shown($10), $11, $3, $12)
}
END { for (c in fit) print fit[c] }
