# section.awk: what a site's page says of one variable; section.sh runs it with html.awk.
#
# usage: awk -v base=OUT/SITE/VAR -v var=VAR -v measured=COLUMN|- -v work=FOLDER -f html.awk -f section.awk
#
# FOLDER has `picks` and the pictures that picks.sh and section.sh have named. ECO_UNIT in the environment is the unit that they show, if one was set.

function figure(name, wide, words, caption) {
    print "<figure" (wide ? " class=\"wide\"" : "") ">"
    picture(work "/" name ".svg", "v-" var "-" name "-", words)
    print "<figcaption>" caption "</figcaption></figure>"
}

# How many scenes were used, and why others were not.
function tell_scenes(    i, k, t, used) {
    for (i = 1; i <= scenes; i++) {
        t = fate(cell[i, "status"], plain(cell[i, "message"]))
        if (!(t in count) && t != "used") reason[++reasons] = t
        count[t]++
        if (cell[i, "status"] ~ /^(ok|partial)$/) row_of[cell[i, "path"]] = i
    }
    used = used_scenes(scenes)
    print "<p class=\"lead\"><strong>" used "</strong> of " many(scenes, "scene", "scenes") " used."
    if (reasons) {
        print (used > count["used"] ? "Left out, or used in part:" : "Left out:") "</p><ul class=\"reasons\">"
        for (k = 1; k <= reasons; k++) print "<li>" count[reason[k]] " × " html(reason[k]) "</li>"
        print "</ul>"
    } else print "None was left out.</p>"
}

function tell_picks(    l, f, i) {
    while ((getline l < (work "/picks")) > 0) {
        split(l, f, "\t")
        i = row_of[f[2]]
        figure(f[1], 1, var ": the " f[1] " scene in four panels: the pixels used, what became of each pixel, the coverage of the cells, and their means; " \
            cell[i, "cells"] " cells have a value.", \
            "<b>The " f[1] " scene</b>, " html(when(cell[i, "time"])) ": " many(cell[i, "cells"], "cell", "cells") ", coverage " share(cell[i, "coverage"]) \
            ", mean " short(cell[i, "mean"]) unit ". <span class=\"path\">" html(plain(f[2])) "</span>")
    }
}

function tell_all_scenes(    i, p) {
    print "<details><summary>All " many(scenes, "scene", "scenes") "</summary>"
    begin_table("Scenes of " var)
    head("time"); head("what became of it"); head_number("cells"); head_number("coverage"); head_number("mean"); head("file")
    begin_rows()
    for (i = 1; i <= scenes; i++) {
        p = cell[i, "path"]
        begin_row()
        put_text(when(cell[i, "time"]))
        put_text(fate(cell[i, "status"], cell[i, "message"]))
        put_number(cell[i, "cells"]); put_cell(share(cell[i, "coverage"]), cell[i, "coverage"]); put_number(cell[i, "mean"])
        sub(/.*\//, "", p)
        put_text(p)
        end_row()
    }
    end_table()
    print "</details>"
}

# What the tower has for it: the numbers stand in the page's table.
function tell_tower(    n, i, all, lost, k, text, words) {
    n = read_table(base ".skill.tsv")
    for (i = 1; i <= n; i++) if (cell[i, "season"] == "all") all = i
    words = many(cell[all, "n"], "pair", "pairs") ", bias " short(cell[all, "bias"]) unit ", RMSE " short(cell[all, "rmse"]) unit
    text = "<p>Against the tower's <b>" html(measured) "</b>: " html(words) "."
    if (cell[all, "note"] != "NA") text = text " (" html(cell[all, "note"]) ")"
    if (cell[all, "dropped"] > 0) text = text " " many(cell[all, "dropped"], "more overpass has", "more overpasses have") " no value on one side, as under clouds."
    lost = read_table(base ".unmatched.tsv")
    for (i = 1; i <= lost; i++) if (!why[cell[i, "reason"]]++) order[++k] = cell[i, "reason"]
    for (i = 1; i <= k; i++) text = text (i == 1 ? " Without a partner: " : ", ") why[order[i]] " (" html(order[i] == "repeat" ? "the same overpass again" : order[i]) ")"
    print text (k ? "." : "") "</p><div class=\"two\">"
    figure("scatter", 0, "Scatter of " var " against the tower's " measured ": " words ".", "What the satellite saw against what the tower measured; dashed: 1:1; red: least squares.")
    figure("histogram", 0, "How the differences between " var " and the tower's " measured " are distributed.", "Satellite less tower.")
    print "</div>"
    figure("series", 1, var " and the tower's " measured " at the overpasses, over the tower's daily means.", "Both at the overpasses, over the tower's daily means.")
}

BEGIN {
    FS = "\t"
    if (measured != "-") {
        read_table(base ".seen.tsv")
        unit = ("unit." var) in meta ? " " meta["unit." var] : ""
    }
    if (ENVIRON["ECO_UNIT"] != "") unit = " " ENVIRON["ECO_UNIT"]
    print "<section id=\"v-" html(var) "\"><h2>" html(var) "</h2>"
    scenes = read_table(base ".scenes.tsv")
    tell_scenes()
    if (measured != "-") tell_tower()
    else figure("series", 1, "The mean of " var " over the cells of each scene, over time.", "The mean over the cells of each scene. No tower was named for this variable.")
    scenes = read_table(base ".scenes.tsv")
    print "<h3>The best, the median and the worst scene</h3><p>By how many cells they filled, then by coverage.</p>"
    tell_picks()
    tell_all_scenes()
    print "</section>"
}
