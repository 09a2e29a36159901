# settings.awk: what is wrong with what was set, each told with its line; ends with 1 then.
#
# usage: awk -v settings=NAMES -v sites=NAMES -v level=MAKELEVEL -f settings.awk SET CONFIG
#
# SET has a line for each variable that was set: its name, `file` or `command line`, its
# value. A name that CONFIG itself uses may be anything; others must be settings. Under
# another make (level above 0) the command line may hold that one's variables.
BEGIN {
    FS = "\t"
    split(settings, word, " "); for (i in word) is_setting[word[i]]
    split(sites, word, " "); for (i in word) is_site[word[i]]
    whole["TIMEOUT"] = whole["WAIT"] = whole["LATE"] = whole["RETRIES"] = whole["JOBS"] = "^[0-9]+$"
    whole["SAMPLE"] = "^([0-9]+|all)$"
    whole["MEM_PER_JOB"] = "^[0-9]+[KMG]?$"
    whole["SHARE"] = "^[1-9][0-9]*$"
    whole["ENGINE"] = "^(here|hosts|slurm)$"
    whole["PLOTS"] = whole["REPORT"] = whole["TRANSFER"] = whole["KEEP_GOING"] = whole["ALLOW_EMPTY"] = whole["CHECK_ROOM"] = "^(yes|no)$"
    format = "(CSV|CSV[.]gz|tsv|parquet|GPKG)"
    whole["FORMAT"] = "^" format "( +" format ")*$"
    whole["TABLE_BY"] = "^(year|month)$"
    period = "(month|season|year|doy|solar-hour|all)"
    whole["COMPOSE"] = "^" period "( +" period ")*$"
    whole["COLUMNS"] = "^[^ ,]+(,[^ ,]+)*$"
    whole["JOIN"] = "^(tiles|overpass|no)$"
    whole["DENOMINATOR"] = "^(cell|source|mask)$"
    whole["FALLBACK"] = "^[0-9]+=[0-9]+([ ,]+[0-9]+=[0-9]+)*$"
    number = "[0-9]*[.]?[0-9]+([eE][-+]?[0-9]+)?"
    whole["RES"] = "^" number "(," number ")?$"
    whole["RADIUS"] = "^" number "$"
    place = "[-+]?" number
    whole["TOWER_AT"] = "^" place "," place "$"
    whole["TOWER_OFFSET"] = "^" place "$"
    whole["TOWER_VARS"] = "^[^= ]+=[^= ]+( +[^= ]+=[^= ]+)*$"
    whole["WINDOW"] = "^[0-9]*[13579]$"
    whole["MIN_COVERAGE"] = "^(0?[.][0-9]+|0|1|[01][.]0*)$"
    want["RETRIES"] = "a number of retries"
    want["SHARE"] = "a number of scenes"
    want["ENGINE"] = "here, hosts or slurm"
    want["TIMEOUT"] = want["WAIT"] = want["LATE"] = "a number of seconds"
    want["JOBS"] = "a number of jobs"
    want["SAMPLE"] = "a number of scenes, or all"
    want["MEM_PER_JOB"] = "a size such as 512M"
    want["FORMAT"] = "of CSV, CSV.gz, tsv, parquet, GPKG"
    want["TABLE_BY"] = "year or month"
    want["COMPOSE"] = "of month, season, year, doy, solar-hour, all"
    want["COLUMNS"] = "names such as time,x,y"
    want["JOIN"] = "tiles, overpass or no"
    want["DENOMINATOR"] = "cell, source or mask"
    want["FALLBACK"] = "years such as 2025=2024"
    want["RES"] = "DX or DX,DY"
    want["RADIUS"] = "a distance"
    want["TOWER_AT"] = "LON,LAT"
    want["TOWER_OFFSET"] = "hours ahead of UTC such as -5 or 5.75"
    want["TOWER_VARS"] = "pairs such as ET=LE"
    want["WINDOW"] = "an odd number of pixels"
    want["MIN_COVERAGE"] = "a share from 0 to 1"
}

NR == FNR { if (NF > 2) { sub(/^ /, "", $1); names[++n] = $1; origin[$1] = $2; value[$1] = $3 }; next }
{
    text = $0
    sub(/#.*/, "", text)
    if (match(text, /^[ ]*(export |override )*[A-Za-z_][A-Za-z_0-9.-]*[ ]*[:?+!]*=/)) {
        name = substr(text, 1, RLENGTH)
        gsub(/export |override |[ :?+!=]/, "", name)
        at[name] = FNR
        text = substr(text, RLENGTH + 1)
    }
    gsub(/[^A-Za-z_0-9.-]+/, " ", text)
    k = split(text, word, " ")
    for (i = 1; i <= k; i++) used[word[i]]
    config = FILENAME
}

function wrong(name, text) {
    if (origin[name] == "command line") print "eco: " name "=" value[name] ": " text > "/dev/stderr"
    else print "eco: " config ":" at[name] ": " name ": " text > "/dev/stderr"
    bad = 1
}

function check(name, base, site,    v, crs) {
    v = value[name]
    if (base == "UNIT" && site != "" && !(site in is_var)) return wrong(name, "there is no variable " site)
    if (base != "UNIT" && site != "" && !(site in is_site)) return wrong(name, "there is no site " site)
    if (v == "") return
    if ((base in whole) && v !~ whole[base]) return wrong(name, "not " (base in want ? want[base] : "yes or no") ": \"" v "\"")
    if (base == "RES" || base == "RADIUS") {
        crs = ("CRS." site) in value ? value["CRS." site] : value["CRS"]
        if (v + 0 <= 0) wrong(name, "not above 0: \"" v "\"")
        else if ((crs == "" || crs == "auto") && v < 0.5)
            wrong(name, "\"" v "\" would be metres, as in all UTM zones; for degrees set CRS")
        else if (toupper(crs) == "EPSG:4326" && base == "RES" && v + 0 > 10)
            wrong(name, "\"" v "\" would be degrees, as " crs " has them")
    }
}

# The variables that VARS names, as "LST NDVI=NDVI_layer".
function note_vars(text,    word, k) {
    k = split(text, word, /[ \t]+/)
    for (; k > 0; k--) { sub(/=.*/, "", word[k]); is_var[word[k]] }
}

END {
    for (i = 1; i <= n; i++) if (names[i] ~ /^VARS([.]|$)/) note_vars(value[names[i]])
    for (i = 1; i <= n; i++) {
        base = names[i]
        site = ""
        if (!(base in is_setting) && (k = index(base, "."))) {
            site = substr(base, k + 1)
            base = substr(base, 1, k - 1)
        }
        if (base in is_setting) check(names[i], base, site)
        else if (!(names[i] in used) && (origin[names[i]] == "file" || level == 0))
            wrong(names[i], "there is no such setting")
    }
    exit bad
}
