# rules.mk: how each file is made, and from what.
#
# The work is done by eco's tools. Three scripts run them: regrid.sh averages the scenes
# that are due, step.sh puts a tool's output in place, report.sh tells how it all went.

.PHONY: all FORCE
all: $(OUT)/.eco/complete
FORCE:

# Whoever asks for certain files hears from make what fails. Else the report tells, and
# what does not need the failed file is made.
SOFT := $(if $(filter-out all,$(MAKECMDGOALS)),,--soft)

# What the flow remembers of a site, or of SITE/VAR.
state = $(OUT)/.eco/site/$1

# Of SITE/VAR/N.
site_of = $(firstword $(subst /, ,$1))
var_of  = $(word 2,$(subst /, ,$1))
task_of = $(call site_of,$1)/$(call var_of,$1)

# ---- What the tools are told -----------------------------------------------------------

space    := $(subst ,, )
option    = $(if $2,$1 $(call quote,$2))
classmap  = $(subst {site},$1,$(call of,CLASSMAP,$1))

make_grid = $(strip $(if $(call at,GRID,$1),cat $(call quote,$(call at,GRID,$1)), \
	eco-grid --around $(call quote,$(call at,POLYGON,$1)) \
	$(call option,--res,$(call of,RES,$1)) \
	$(call option,--crs,$(call of,CRS,$1)) \
	$(call option,--radius,$(call of,RADIUS,$1)) \
	$(call option,--layer-crs,$(call of,LAYER_CRS,$1)) \
	$(call option,--clip,$(call at,CLIP,$1))))

# Which pixels count, in coarse rasters and in pictures. Some of REGRID says that, too.
counted = $(if $(call classmap,$1), \
	$(call option,--mask,$(call classmap,$1)) $(call option,--classes,$(call of,CLASSES,$1)) \
	$(call option,--fallback,$(subst $(space),$(comma),$(call of,FALLBACK,$1))))

regrid = $(strip eco-regrid $(call counted,$1) \
	$(call option,--min-coverage,$(call of,MIN_COVERAGE,$1)) \
	$(call option,--denominator,$(call of,DENOMINATOR,$1)) \
	$(call option,--bands,$(call of,BANDS,$1)) $(call of,REGRID,$1))

# ---- Stamps ----------------------------------------------------------------------------

# A stamp holds what was asked for when its dependents were made. Where that differs from
# what is asked for now, it is written anew, and they are made again. What a tool is asked
# to do includes what it is: the sum of its bytes.
stamp = $(eval STAMPS += $1)$(eval ASKED.$1 := $(strip $2))
same  = $(and $(findstring x$1x,x$2x),$(findstring x$2x,x$1x))

$(foreach s,$(READY), \
	$(call stamp,$(call state,$s)/grid.asked,$(call make_grid,$s) $(SUM.eco-grid) $(SUM.eco-gdal.so)) \
	$(call stamp,$(call state,$s)/regrid.asked,$(call regrid,$s) $(SUM.eco-regrid) $(SUM.eco-gdal.so)) \
	$(foreach y,$(YEARS.$s),$(call stamp,$(call state,$s)/map-$y.asked,$(MAP.$s.$y))))
$(foreach t,$(TASKS), \
	$(call stamp,$(call state,$t)/table.asked,$(SUM.eco-sample) $(SUM.table.sh)) \
	$(call stamp,$(call state,$t)/plot.asked,$(SUM.eco-plotspec) $(SUM.palettes) $(SUM.plot.sh) \
		$(call counted,$(call site_of,$t)) $(call of,REGRID,$(call site_of,$t))))

$(foreach f,$(STAMPS),$(if $(call same,$(strip $(file <$f)),$(ASKED.$f)),,$(eval $f: FORCE)))
$(STAMPS):
	@printf '%s\n' $(call quote,$(ASKED.$@)) >$@

# ---- Grids -----------------------------------------------------------------------------

# A shapefile is several files.
with_siblings = $(if $(filter %.shp,$1),$(wildcard $(basename $1).*),$1)

define grid_rule
$(OUT)/$1/grid.txt: $(call with_siblings,$(call area,$1)) $(call state,$1)/grid.asked
	@sh $(ECO)/step.sh $(SOFT) $(call state,$1)/grid $$@ $(call make_grid,$1)
endef
$(foreach s,$(READY),$(eval $(call grid_rule,$s)))

# ---- Coarse rasters --------------------------------------------------------------------

# One target a scene. But a process costs more than a scene, so scenes that are due are
# queued, and then those of a part are averaged by one process. BATCH=1 makes each part
# one scene. What is due is removed first: it must not look done, and make must see that
# it changes. A scene that lies outside of the grid has no coarse raster: once that is
# known, its record stands for it.
coarse  = $(addsuffix .tif,$(addprefix $(OUT)/$(call task_of,$1)/coarse/Regrid_,$2))
outside = $(addsuffix .outside,$(addprefix $(call state,$(call task_of,$1))/records/,$2))
queue   = $(OUT)/.eco/tmp/$(RUN).$(subst /,.,$1)
part    = $(call state,$(call task_of,$1))/part-$(notdir $1)

average = sh $(ECO)/regrid.sh $2 $(call queue,$1) $(call state,$(call task_of,$1))/records \
	$(OUT)/$(call task_of,$1)/coarse $(OUT)/$(call site_of,$1)/grid.txt $(call regrid,$(call site_of,$1))
due     = $(if $(SOFT),echo $$< >>$(call queue,$1); test ! -e $$@ || rm -f $$@,$(call average,$1,--scene $$<))

define part_rules
$(call coarse,$1,$($1.names)): $(OUT)/$(call task_of,$1)/coarse/Regrid_%.tif: $($1.from)/%$($1.ext)
	@$(call due,$1)

$(call outside,$1,$($1.outside)): $(call state,$(call task_of,$1))/records/%.outside: $($1.from)/%$($1.ext)
	@$(call due,$1)

$(call coarse,$1,$($1.names)) $(call outside,$1,$($1.outside)): \
	$(OUT)/$(call site_of,$1)/grid.txt $(MAP.$(call site_of,$1).$($1.year)) \
	$(call state,$(call site_of,$1))/map-$($1.year).asked $(call state,$(call site_of,$1))/regrid.asked

$(if $($1.again),$(call coarse,$1,$($1.again)): FORCE)

$(call part,$1): $(call coarse,$1,$($1.names)) $(call outside,$1,$($1.outside))
	@$(call average,$1)
	@touch $$@
endef
$(foreach p,$(PARTS),$(eval $(call part_rules,$p)))

# ---- Tables and pictures ---------------------------------------------------------------

# Where no scene has a cell there is no picture, and a note stands for it.
picture = $(or $(wildcard $(call state,$1)/plot.none),$(OUT)/$1.png)

define task_rules
$(OUT)/$1.scenes.tsv: $(call state,$1)/list $(foreach p,$(filter $1/%,$(PARTS)),$(call part,$p))
	@sh $(ECO)/step.sh $(SOFT) $(call state,$1)/scenes $$@ \
		awk -v records=$(call state,$1)/records -f $(ECO)/scenes.awk $$<

$(OUT)/$1.csv: $(OUT)/$1.scenes.tsv $(call state,$1)/table.asked
	@sh $(ECO)/step.sh $(SOFT) $(call state,$1)/table $$@ \
		sh $(ECO)/table.sh $$< --name $(call var_of,$1)

$(call picture,$1): $(OUT)/$1.scenes.tsv $(OUT)/$(call site_of,$1)/grid.txt $(call state,$1)/plot.asked
	@sh $(ECO)/step.sh $(SOFT) $(call state,$1)/plot $(OUT)/$1.png \
		sh $(ECO)/plot.sh $$< --grid $(OUT)/$(call site_of,$1)/grid.txt \
		--site $(call site_of,$1) $(call counted,$(call site_of,$1)) \
		-- $(call of,REGRID,$(call site_of,$1))
endef
$(foreach t,$(TASKS),$(eval $(call task_rules,$t)))

TABLES   := $(TASKS:%=$(OUT)/%.scenes.tsv) $(TASKS:%=$(OUT)/%.csv)
PICTURES := $(foreach t,$(TASKS),$(if $(filter yes,$(call of,PLOTS,$(call site_of,$t))),$(call picture,$t)))

# Pictures take turns, so that no more than PLOT_JOBS are drawn at once: each waits for
# the one that many before it.
ifneq ($(SOFT),)
turns = $(if $(word $2,$1),$(eval $(word $2,$1): | $(firstword $1))$(call turns,$(wordlist 2,$(words $1),$1),$2))
$(call turns,$(PICTURES),$(words $(wordlist 1,$(PLOT_JOBS),$(PICTURES)) more))
endif

# ---- The end ---------------------------------------------------------------------------

$(if $(PROBLEMS),$(eval $(OUT)/.eco/complete: FORCE))
$(OUT)/.eco/complete: $(READY:%=$(OUT)/%/grid.txt) $(TABLES) $(PICTURES)
	@sh $(ECO)/report.sh $(OUT) $(TASKS)
	@touch $@

# How many scenes are due, for whoever looks on: make itself is asked.
ifeq ($(if $(SOFT),$(if $(LOOKING),,$(shell test -t 2 && echo yes))),yes)
export ECO_DUE := $(shell $(MAKE) -n -f $(firstword $(MAKEFILE_LIST)) COUNTING=yes \
	$(MAKEOVERRIDES) 2>/dev/null | grep -c '^echo .*>>')
export ECO_PROGRESS := $(OUT)/.eco/tmp/$(RUN).progress
export ECO_BEGAN := $(shell date +%s)
endif
