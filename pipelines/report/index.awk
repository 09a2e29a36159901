# index.awk: what is in the pages of all sites; page.sh runs it with html.awk.
#
# usage: awk -v out=OUT ... -f index.awk SITE/VAR[=COLUMN]...
BEGIN {
    for (i = 1; i < ARGC; i++) {
        split(ARGV[i], part, "/")
        if (!(part[1] in seen)) { seen[part[1]]; sites++ }
    }
    begin_page("ECOSTRESS on the ground: " many(sites, "site", "sites"))
    print "<header><h1>" many(sites, "site", "sites") "</h1></header><main id=\"main\">"
    problems("")
    print "<section>"
    begin_table("Sites and variables")
    head("site"); head("variable"); head_number("scenes"); head_number("used"); head("unit"); skill_heads()
    begin_rows()
    for (i = 1; i < ARGC; i++) {
        split(ARGV[i], part, "=")
        matched = part[2] != ""
        split(task = part[1], part, "/")
        n = read_table(out "/" task ".scenes.tsv")
        begin_row()
        put_cell("<a href=\"" html(part[1]) "/report.html#v-" html(part[2]) "\">" html(part[1]) "</a>", "")
        put_text(part[2])
        put_number(n); put_number(used_scenes(n))
        n = read_table(matched ? out "/" task ".skill.tsv" : "/dev/null")
        put_text(("unit.bias") in meta ? meta["unit.bias"] : "–")
        for (all = n; all > 0 && cell[all, "season"] != "all";) all--
        skill_cells(all)
        end_row()
    }
    end_table()
    print "<p class=\"fine\">Satellite less tower, of all pairs of a site; the pages have the definitions.</p></section>"
    end_page()
}
