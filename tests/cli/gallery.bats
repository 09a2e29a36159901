# The recipes of share/doc/gallery: each runs as it stands, on the demo's scenes, and makes the
# picture that it shows.
load ../lib/common

setup_file() {
    "$BUILD/demo-scenes" "$BATS_FILE_TMPDIR/input"
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    ln -s "$BATS_FILE_TMPDIR/input" input
    export ECO=$ROOT
}

# recipe NAME: runs its commands; the picture is whole, and of the size of the one that is shown.
recipe() {
    local page=$ROOT/share/doc/gallery/$1.md shown=$ROOT/share/doc/gallery/$1.png
    sed -n '/^```sh$/,/^```$/{ /^```/d; p; }' "$page" >commands
    [ -s commands ]
    bash -euo pipefail commands
    grep -q "($1.png)" "$page"
    [ "$(tail -c 8 "$1.png" | od -An -tx1 | tr -d ' ')" = 49454e44ae426082 ]
    [ "$(head -c 24 "$1.png" | tail -c 8 | od -An -tx1)" = "$(head -c 24 "$shown" | tail -c 8 | od -An -tx1)" ]
}

@test "a tower's year" { recipe tower-year; }
@test "forest only" { recipe forest; }
@test "tiles of an overpass, joined" { recipe tiles; }
@test "a season's composite" { recipe composite; }
@test "zonal statistics of a catchment" { recipe catchment; }
@test "the skill of two models" { recipe two-models; }

@test "a country in shares" {
    command -v parallel >/dev/null || skip "no parallel here"
    recipe country
}

@test "a cluster, or this machine in its place" { recipe cluster; }

@test "every page is in the list, and every picture in a page" {
    cd "$ROOT/share/doc/gallery"
    local pages=([!R]*.md)
    for page in "${pages[@]}"; do
        grep -q "($page)" README.md
        [ -s "${page%.md}.png" ]
    done
    [ "$(grep -c '\.md) |' README.md)" -eq "${#pages[@]}" ]
}

# notebook LANGUAGE: the lines of the README for it.
notebook() {
    eco-grid --around input/polygons/Campina.geojson --res 4000 >grid.txt
    eco-regrid --grid grid.txt --out-dir coarse input/scenes/Campina/*_LST_*.tif >/dev/null
    eco-sample --cells --csv coarse/*.tif >cells.csv
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/{ /^\`\`\`/d; p; }" "$ROOT/share/doc/gallery/README.md" >lines
    [ -s lines ]
}

@test "pandas reads the tables" {
    python3 -c 'import pandas' 2>/dev/null || skip "no pandas here"
    notebook python
    python3 lines | grep -q 2022-09-03
}

@test "R reads the tables" {
    command -v Rscript >/dev/null || skip "no R here"
    notebook r
    Rscript lines | grep -q 2022-09-03
}

@test "DuckDB reads the tables" {
    command -v duckdb >/dev/null || skip "no DuckDB here"
    notebook sql
    duckdb -csv <lines | grep -q 2022-09-03
}
