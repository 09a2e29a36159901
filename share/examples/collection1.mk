# Collection 1 scenes in longitude and latitude, as AppEEARS delivers them, around the
# tower US-Seg in New Mexico. The class map is USDA's Cropland Data Layer, whose classes
# 152 and 176 are shrubland and grassland. All files lie in one folder:
#
#     make run CONFIG=share/examples/collection1.mk DATA=/FOLDER

DATA := .

SITES := US-Seg
# The table and the picture shall be called LST, though the layer is SDS_LST.
VARS  := LST=SDS_LST

SCENES   := $(DATA)/ECO2LSTE.001_*.tif
CLASSMAP := $(DATA)/CDL_{year}.tif
CLASSES  := 152,176
# This file's neighbour: a circle of 14 km around the tower.
POLYGON  := $(dir $(lastword $(MAKEFILE_LIST)))us-seg.geojson

RES := 1000
