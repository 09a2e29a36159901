# eco.mk: from folders of scenes to coarse rasters, tables and pictures.
#
#     make -f eco.mk CONFIG=FILE [OUT=DIR] [JOBS=N] [SETTING=VALUE]... [FILE]...
#
# For each site and variable it makes
#
#     OUT/SITE/grid.txt                  the cells
#     OUT/SITE/VAR/coarse/Regrid_*.tif   one coarse raster a scene
#     OUT/SITE/VAR.csv                   all their cells in one table
#     OUT/SITE/VAR.png                   how one scene came to its cells, in four panels
#     OUT/SITE/VAR.scenes.tsv            what became of each scene, and why
#
# or only the FILEs that are named. A second run makes what is missing or older than what
# it depends on, and no more. A scene that fails is told of at the end, stops nothing
# else, and is tried again by the next run. Rasters whose scene is gone stay, but in no
# table. OUT/.eco holds what the flow remembers; without it everything is made again.
#
# config.mk tells what a configuration may set; rules.mk is the flow itself.

MAKEFLAGS += -rR -k
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

ECO := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))

include $(ECO)/config.mk
include $(ECO)/plan.mk
include $(ECO)/rules.mk
