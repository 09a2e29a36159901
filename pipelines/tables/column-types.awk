# column-types.awk: what the columns of a table of cells hold, as OGR names types: for -f
# before a program that calls type_of(NAME).
function type_of(name) {
    if (name == "date" || name == "local_date") return "Date"
    if (name == "time" || name == "solar_time") return "DateTime"
    if (name == "year" || name == "doy") return "Integer"
    if (name == "pixel_id" || name == "filename") return "String"
    return "Real"
}
