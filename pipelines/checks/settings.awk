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
    number = "[0-9]*[.]?[0-9]+([eE][-+]?[0-9]+)?"
    place = "[-+]?" number
    may("PLOTS REPORT TRANSFER KEEP_GOING ALLOW_EMPTY CHECK_ROOM", "yes|no", "yes or no")
    may("ENGINE", "here|hosts|slurm", "here, hosts or slurm")
    may("JOIN", "tiles|overpass|no", "tiles, overpass or no")
    may("DENOMINATOR", "cell|source|mask", "cell, source or mask")
    may("TABLE_BY", "year|month", "year or month")
    some_of("FORMAT", "CSV, CSV.gz, tsv, parquet, GPKG")
    some_of("COMPOSE", "month, season, year, doy, solar-hour, all")
    may("COLUMNS", "[^ ,]+(,[^ ,]+)*", "names such as time,x,y")
    may("TIMEOUT WAIT LATE", "[0-9]+", "a number of seconds")
    may("RETRIES", "[0-9]+", "a number of retries")
    may("JOBS", "[0-9]+", "a number of jobs")
    may("SHARE", "[1-9][0-9]*", "a number of scenes")
    may("SAMPLE", "[0-9]+|all", "a number of scenes, or all")
    may("MEM_PER_JOB", "[0-9]+[KMG]?", "a size such as 512M")
    may("FALLBACK", "[0-9]+=[0-9]+([ ,]+[0-9]+=[0-9]+)*", "years such as 2025=2024")
    may("RES", number "(," number ")?", "DX or DX,DY")
    may("RADIUS", number, "a distance")
    may("MIN_COVERAGE", "0?[.][0-9]+|0|1|[01][.]0*", "a share from 0 to 1")
    may("TOWER_AT", place "," place, "LON,LAT")
    may("TOWER_OFFSET", place, "hours ahead of UTC such as -5 or 5.75")
    may("TOWER_VARS", "[^= ]+=[^= ]+( +[^= ]+=[^= ]+)*", "pairs such as ET=LE")
    may("WINDOW", "[0-9]*[13579]", "an odd number of pixels")
}

# What the values of settings may be, as a regular expression, and what they are called.
function may(names, what, called,    i, name) {
    for (i = split(names, name, " "); i > 0; i--) { whole[name[i]] = "^(" what ")$"; want[name[i]] = called }
}
function some_of(name, words,    one) {
    one = words
    gsub(/[.]/, "[.]", one)
    gsub(/, /, "|", one)
    may(name, "(" one ")( +(" one "))*", "of " words)
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
    if ((base in whole) && v !~ whole[base]) return wrong(name, "not " want[base] ": \"" v "\"")
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
