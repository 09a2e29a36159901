# What `make demo` runs in demo/: two made-up sites, temperature and greenness. All layers of a
# site lie in one folder, as AppEEARS delivers them; NDVI-UQ is there and not asked for.

SITES := Campina Serra
VARS  := LST NDVI

SCENES   := input/scenes/{site}/*.tif
POLYGON  := input/polygons/{site}.geojson
CLASSMAP := input/classes/{site}/{year}.tif
CLASSES  := 3,4,5,6
FALLBACK := 2023=2022

RES := 2000
