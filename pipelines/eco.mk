# eco.mk: from folders of scenes to coarse rasters, tables and pictures.
#
#     make -f eco.mk CONFIG=FILE [OUT=DIR] [JOBS=N] [SETTING=VALUE]... [GOAL]...
#
# For each site and variable it makes
#
#     OUT/SITE/grid.txt                  the cells
#     OUT/SITE/VAR/coarse/Regrid_*.tsv   what became of a scene: its record
#     OUT/SITE/VAR/coarse/Regrid_*.tif   and its coarse raster, if it has one
#     OUT/SITE/VAR.scenes.tsv            all these records in one table
#     OUT/SITE/VAR.csv                   all cells of these rasters in one table, or in one
#                                        a year or month (TABLE_BY), or of other FORMATs
#     OUT/SITE/VAR/compose/PERIOD.tsv    composites of these rasters, where COMPOSE names periods
#     OUT/SITE/VAR.png                   how one scene came to its cells, in four panels
#     OUT/SITE/VAR.skill.tsv             how well it agrees with a tower (towers.mk)
#     OUT/SITE/report.html               a page that shows all that (pages.mk)
#
# or only those of them that are named. A second run makes what is missing or older than
# what it depends on, and no more. A scene that fails is told of at the end, stops nothing
# else, and is tried again by the next run. Rasters whose scene is gone stay, but in no
# table. OUT/.eco holds what the flow remembers; without it everything is made again.
#
# settings.mk tells what a configuration may set; plan.mk finds what there is to do; rules.mk is
# the flow itself, one scene's way; goals.mk is what else one may ask. In folders: checks (before
# anything is done), tables, pictures, towers (the match-up), report (the pages), status (what a
# run tells), hosts (other machines).

MAKEFLAGS += -rR
.SUFFIXES:
.DEFAULT_GOAL := all

ECO   := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
GOALS := $(or $(MAKECMDGOALS),all)

# Whoever only looks on neither waits nor holds anybody up: make -n, make -q, and these.
LETTERS := $(firstword -$(MAKEFLAGS))
LOOKING := $(findstring n,$(LETTERS))$(findstring q,$(LETTERS))$(filter status due summary,$(GOALS))

ifeq ($(GOALS),help)
## list what can be asked for
help:
	@sed -n '/^## /{s/^## //;h;n;s/:.*//;G;s/\n/\t/;p}' $(ECO)/*.mk | expand -t 16
else
include $(ECO)/settings.mk

# One run at a time in a folder; tools/make/lock.c. The lock is held until the last process that
# this run has started is gone. Makes that a run starts itself are LOCKED=yes.
ifeq ($(LOOKING)$(LOCKED),)
LOCK := $(firstword $(wildcard $(dir $(realpath $(ECO_BIN)/eco-index))../lib/eco/eco-make.so \
	$(ECO)/../../../lib/eco/eco-make.so $(ECO)/../build/lib/eco/eco-make.so))
$(if $(and $(LOCK),$(filter load,$(.FEATURES))),,$(error eco: this make cannot lock $(OUT): it has no `load`, or there is no eco-make.so beside the tools))
load $(LOCK)(eco_make_setup)
$(if $(eco-lock $(OUT)/.eco/lock,$(WAIT),$(OUT)),,$(error eco: nothing was done))
# Other hosts hold a lock of their own (share.sh), as long as they are at work for a run
# that is gone itself.
ifneq ($(wildcard $(OUT)/.eco/away),)
ifneq ($(shell flock -n $(OUT)/.eco/away true || { echo 'eco: $(OUT): waiting for hosts that still work for another run' >&2; \
	flock -w $(WAIT) $(OUT)/.eco/away true; } && echo yes),yes)
$(error eco: $(OUT)/.eco/away: hosts are still at work there; nothing was done)
endif
endif
endif

# Other machines make all, and pages come last; whoever asks for less, or looks on, is served here.
ifeq ($(if $(LOOKING),,$(if $(filter all report,$(GOALS)),$(filter-out here,$(ENGINE)))),)
include $(ECO)/plan.mk
include $(ECO)/rules.mk
else
include $(ECO)/hosts/engine.mk
endif
endif
