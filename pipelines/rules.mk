# rules.mk: how each file is made, and from what.
#
# The work is done by eco's tools. One scene is one target and one process: make starts
# eco-regrid itself, without a shell, and the tool puts the raster and then its record in
# place. Where a tool prints its result, step.sh puts that in place.

.PHONY: all FORCE
## make all that is due: rasters, tables, pictures (the default)
all: $(OUT)/.eco/complete
FORCE:

# Whoever asks for certain files hears from make what fails. Else the report tells, and
# what does not need the failed file is made.
SOFT := $(if $(PLAN)$(filter all report retry prepare,$(GOALS)),$(filter yes,$(KEEP_GOING)))
ifneq ($(SOFT),)
MAKEFLAGS += -k
endif

# What the flow remembers of a site, or of SITE/VAR; and a command whose output is a target.
state = $(OUT)/.eco/site/$1
step  = @sh $(ECO)/step.sh $(if $(SOFT),--soft) $(call state,$1)/$2

# Of SITE/VAR or SITE/VAR/N.
site_of = $(firstword $(subst /, ,$1))
var_of  = $(word 2,$(subst /, ,$1))
task_of = $(call site_of,$1)/$(call var_of,$1)

# ---- What the tools are told -----------------------------------------------------------

option    = $(if $2,$1 $(call quote,$2))
classmap  = $(call under,$(subst {site},$1,$(call of,CLASSMAP,$1)))
# Where files were carried, what begins with / lies in the folder UNDER; carry.sh.
under     = $(if $(UNDER),$(patsubst $(UNDER)$(UNDER)/%,$(UNDER)/%,$(patsubst /%,$(UNDER)/%,$1)),$1)
rooted    = $(if $(UNDER),$(subst $(space)/,$(space)$(UNDER)/,$(subst =/,=$(UNDER)/,$(subst =$(apostrophe)/,=$(apostrophe)$(UNDER)/,$1))),$1)
apostrophe := '

make_grid = $(strip $(if $(call at,GRID,$1),cat $(call quote,$(call at,GRID,$1)), \
	eco-grid $(if $(call of,CENTER,$1),--center=$(call of,CENTER,$1),--around $(call quote,$(call area,$1)) \
		$(if $(call of,POLYGON,$1),,--area $(call quote,$(SITE_FIELD)=$1))) \
	$(call option,--res,$(call of,RES,$1)) \
	$(call option,--crs,$(call of,CRS,$1)) \
	$(call option,--radius,$(call of,RADIUS,$1)) \
	$(call option,--layer-crs,$(call of,LAYER_CRS,$1)) \
	$(call option,--clip,$(call at,CLIP,$1))))

# Which pixels count, in coarse rasters and in pictures. Some of REGRID says that, too.
counted = $(if $(call classmap,$1), \
	$(call option,--mask,$(call classmap,$1)) $(call option,--classes,$(call of,CLASSES,$1)) \
	$(call option,--fallback,$(subst $(space),$(comma),$(call of,FALLBACK,$1))))

# What pictures call a variable, as the user does.
called = $(call option,--variable,$(call var_of,$1)) $(call option,--unit,$(call of,UNIT,$(call var_of,$1)))

regrid = $(strip eco-regrid $(call counted,$1) \
	$(call option,--min-coverage,$(call of,MIN_COVERAGE,$1)) \
	$(call option,--denominator,$(call of,DENOMINATOR,$1)) \
	$(call option,--bands,$(call of,BANDS,$1)) $(call rooted,$(call of,REGRID,$1)))

# What is composed of a task's rasters.
periods = $(sort $(call of,COMPOSE,$(call site_of,$1)))

# Files among the words of REGRID.
named_files = $(foreach w,$(subst =, ,$(subst ', ,$(call of,REGRID,$1))),$(if $(findstring *,$w),,$(wildcard $w)))

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
	$(call stamp,$(call state,$t)/table.asked,$(SUM.eco-sample) $(SUM.tables) \
		$(call of,COLUMNS,$(call site_of,$t))) \
	$(if $(call periods,$t),$(call stamp,$(call state,$t)/compose.asked,$(SUM.eco-compose) $(SUM.tables) \
		$(call of,COMPOSE_RULES,$(call site_of,$t)))) \
	$(call stamp,$(call state,$t)/plot.asked,$(SUM.eco-plotspec) $(SUM.palettes) $(SUM.pictures) $(SUM.tables) $(call called,$t) \
		$(call counted,$(call site_of,$t)) $(call of,REGRID,$(call site_of,$t))))

include $(ECO)/towers/towers.mk
include $(ECO)/report/pages.mk

OTHER := $(if $(PLAN),,$(foreach f,$(STAMPS),$(if $(call same,$(strip $(file <$f)),$(ASKED.$f)),,$f)))
$(if $(OTHER),$(eval $(OTHER): FORCE))
$(STAMPS):
	@printf '%s\n' $(call quote,$(ASKED.$@)) >$@

# What eco-regrid will not take is said once, before anything runs.
refused = $(shell PATH=$(call quote,$(PATH)) && $1 --grid /nonexistent --out-dir /nonexistent 2>&1 </dev/null | sed -n '/cannot\|No such/d;p')
stop_if = $(if $1,$(error $1))
$(foreach f,$(filter %/regrid.asked,$(OTHER)),$(call stop_if,$(call refused,$(call regrid,$(notdir $(f:/regrid.asked=))))))

# ---- Grids -----------------------------------------------------------------------------

# A shapefile is several files.
with_siblings = $(if $(filter %.shp,$1),$(wildcard $(basename $1).*),$1)

# A layer of all sites' areas changes with each of them: a site whose grid would come out the same
# is left as it is. Its grid.area has the sizes and times of the layer that its grid is of.
in_layer = $(filter $(call of,POLYGONS,$1),$(call area,$1))
layer_is = $(or $(LAYER.$1),$(eval LAYER.$1 := $(shell stat -L -c '%s %.9Y' $(call with_siblings,$1)))$(LAYER.$1))
noted    = echo '$(call layer_is,$(call area,$1))' >$(call state,$1)/grid.area
is_new   = $(if $(call same,$(strip $(file <$(call state,$1)/grid.area)),$(call layer_is,$(call area,$1))),,$(shell \
	PATH=$(call quote,$(PATH)); $(call make_grid,$1) 2>&1 | cmp -s - $(OUT)/$1/grid.txt && $(if $(LOOKING),:,$(call noted,$1)) || echo yes))

define grid_rule
$(OUT)/$1/grid.txt: $(if $2,,$(call with_siblings,$(call area,$1))) $(call with_siblings,$(wildcard $(call at,CLIP,$1))) $(call state,$1)/grid.asked
	$(call step,$1,grid) $$@ $(call make_grid,$1)$(if $2, && $(call noted,$1))
$(if $2,$(if $(call is_new,$1),$(OUT)/$1/grid.txt: FORCE))
endef
$(foreach s,$(if $(PLAN),,$(READY)),$(eval $(call grid_rule,$s,$(call in_layer,$s))))

# ---- Coarse rasters --------------------------------------------------------------------

# The target is the record of a scene, which says whether there is a raster: none where the
# scene lies outside of the grid. With --quiet a failed scene is one whose record says so.
record  = $(OUT)/$(call task_of,$1)/coarse/Regrid_%$($1.step).tsv
records = $(patsubst %,$(call record,$1),$2)

# A process that takes too long or too much is ended; limit.sh.
LIMIT := $(if $(strip $(TIMEOUT)$(MEM_PER_JOB)),sh $(ECO)/limit.sh $(OUT)/.eco/alone $(or $(strip $(TIMEOUT)),0) $(or $(strip $(MEM_PER_JOB)),0) $$@ )

# A site without a grid has failed before. A record that is made again is emptied first: where the
# process is killed the old one, of another setting or scene, must not stand for the new.
$(foreach s,$(READY),$(eval NOTE.$s := $(call state,$s)/grid.failed))
old     = $(if $(LOOKING),,$$(if $$(wildcard $$@),$$(file >$$@)))
average = $$(if $$(file <$$(NOTE.$1)),,$(old)$(if $(SOFT),-)@$(LIMIT)$(call regrid,$1) $(if $(SOFT),--quiet) \
	--records --joblog $(OUT)/.eco/joblog.tsv --mask-cache $(OUT)/.eco/masks --grid $(OUT)/$1/grid.txt -o $$(@:.tsv=.tif) $2)
# Who only wants to know what is due is told by make itself, which then runs nothing.
ifneq ($(filter status due,$(GOALS)),)
$(file >$(TMP).due)
average = $$(file >>$$(TMP).due,$$@)$(if $(INPUTS_TO),$$(file >>$(INPUTS_TO),$$@ $$^))
endif
# Other machines have averaged what they could.
ifneq ($(AVERAGED),)
average =
endif

# Of a kind, what is averaged: a scene, with the layer and the time in its file, or an overpass.
scene = $(if $($1.from),$$<$($1.inside),--join all $$(PARTS.$(call task_of,$1)/$$*))
define scenes_rule
$(call records,$1,$($1.names)): $(call record,$1): $(if $($1.from),$($1.from)/%$($1.ext))
	$(call average,$(call site_of,$1),$(call scene,$1))

$(call records,$1,$($1.names)): \
	$(OUT)/$(call site_of,$1)/grid.txt $(MAP.$(call site_of,$1).$($1.year)) $(call named_files,$(call site_of,$1)) \
	$(call state,$(call site_of,$1))/map-$($1.year).asked $(call state,$(call site_of,$1))/regrid.asked $(ROOM)

$(if $($1.again),$(call records,$1,$($1.again)): FORCE)
endef

# How many scenes are due: where a setting has changed, all of a site; where not, those that
# plan.awk has counted.
changed = $(filter $(call state,$1)/regrid.asked $(call state,$1)/grid.asked $(call state,$1)/map-%,$(OTHER))
DUE := $(shell echo $$((0$(foreach k,$(KINDS),+$(if $(call changed,$(call site_of,$k)),$(words $($k.names)),$($k.due))))))

# Before the first of them, new grids are laid beside their scenes, and room is looked for.
ifneq ($(and $(filter all report prepare,$(GOALS)),$(filter-out 0,$(if $(LOOKING)$(PLAN)$(AVERAGED),0,$(DUE)))),)
ROOM := | $(OUT)/.eco/room
laid_by  = $(call set_by,$(if $(call of,GRID,$1),GRID,RES),$1)
as_set   = $1$(if $(filter command,$(origin $1)),=$($1))
a_scene  = $(if $($1.from),$($1.from)/$(firstword $($1.names))$($1.ext),$(firstword $(PARTS.$(call task_of,$1)/$(firstword $($1.names)))))
new_cell = $(call task_of,$1)$(tab)$(call as_set,$(call laid_by,$(call site_of,$1)))$(tab)$(OUT)/$(call site_of,$1)/grid.txt$(tab)$(call a_scene,$1)$(line)
.PHONY: $(OUT)/.eco/room
$(OUT)/.eco/room: $(READY:%=$(OUT)/%/grid.txt)
	$(file >$(TMP).grids,$(foreach t,$(TASKS),$(call new_cell,$(firstword $(filter $t/%,$(KINDS))))))
	@sh $(ECO)/checks/cells.sh $(call quote,$(CONFIG)) $(OUT) $(TMP).grids$(if $(filter yes,$(CHECK_ROOM)), && sh $(ECO)/checks/room.sh $(OUT) $(DUE) $^)
endif

files_of = $(foreach p,$1,$(firstword $(subst :, ,$p)))
$(foreach k,$(KINDS),$(eval $(call scenes_rule,$k)) \
	$(if $($k.from),,$(foreach n,$($k.names),$(eval $(call records,$k,$n): $(call files_of,$(PARTS.$(call task_of,$k)/$n))))))
RECORDS := $(foreach k,$(KINDS),$(call records,$k,$($k.names)))

# A raster comes with its record.
$(if $(filter %.tif,$(GOALS)),$(eval $(filter %.tif,$(GOALS)): %.tif: %.tsv ;))

# ---- Tables and pictures ---------------------------------------------------------------

# Where no scene has a cell there is no picture, and a note stands for it.
picture = $(or $(wildcard $(call state,$1)/plot.none),$(OUT)/$1.png)

# A table, or those of years or months, for which a list of them stands.
formats = $(subst CSV,csv,$(subst GPKG,gpkg,$(call of,FORMAT,$(call site_of,$1))))
by      = $(call of,TABLE_BY,$(call site_of,$1))
table   = $(if $(call by,$1),$(call state,$1)/tables.$2,$(OUT)/$1.$2)
cells   = $2 $(call var_of,$1) $(OUT)/$1.scenes.tsv $(OUT)/$(call site_of,$1)/grid.txt $(call quote,$(call of,COLUMNS,$(call site_of,$1)))
define table_rule
$(call table,$1,$2): $(OUT)/$1.scenes.tsv $(OUT)/$(call site_of,$1)/grid.txt $(call state,$1)/table.asked
	$(call step,$1,table$(filter-out .csv,.$2)) $$@ $(if $(call by,$1),sh $(ECO)/tables/parts.sh $(call by,$1) \
		$(call state,$1)/parts $(call quote,$(ASKED.$(call state,$1)/table.asked)) $(call cells,$1,$2),bash $(ECO)/tables/table.sh $(call cells,$1,$2))
endef

# What the columns of CSV are.
define columns_rule
$(OUT)/$1.$2-metadata.json: $(call table,$1,$2)
	$(call step,$1,columns.$2) $$@ sh $(ECO)/tables/columns.sh $(call var_of,$1) $(OUT)/$1.scenes.tsv $(if $(call by,$1),$$$$(cat $$<),$$<)
endef

# Composites of a period: their records stand for them.
define compose_rule
$(OUT)/$1/compose/$2.tsv: $(OUT)/$1.scenes.tsv $(call state,$1)/compose.asked
	$(call step,$1,compose.$2) $$@ sh $(ECO)/tables/compose.sh $(call state,$1) $$< $2 $(call of,COMPOSE_RULES,$(call site_of,$1))
endef

define task_rules
$(OUT)/$1.scenes.tsv: $(call state,$1)/list $(foreach k,$(filter $1/%,$(KINDS)),$(call records,$k,$($k.names)))
	$(call step,$1,scenes) $$@ awk -v coarse=$(OUT)/$1/coarse -f $(ECO)/scenes.awk $$< $$<

$(foreach f,$(call formats,$1),$(call table_rule,$1,$f)$(line))
$(foreach f,$(filter csv csv.gz,$(call formats,$1)),$(call columns_rule,$1,$f)$(line))
$(foreach p,$(call periods,$1),$(call compose_rule,$1,$p)$(line))

$(call picture,$1): $(OUT)/$1.scenes.tsv $(OUT)/$(call site_of,$1)/grid.txt $(call state,$1)/plot.asked
	$(call step,$1,plot) $(OUT)/$1.png \
		sh $(ECO)/pictures/plot.sh best png $$< --grid $(OUT)/$(call site_of,$1)/grid.txt \
		--site $(call site_of,$1) $(call called,$1) $(call counted,$(call site_of,$1)) \
		-- $(call of,REGRID,$(call site_of,$1))
endef
$(foreach t,$(TASKS),$(eval $(call task_rules,$t)))

# Tables of another FORMAT or TABLE_BY than is asked for now go when they are no longer what the
# scenes are.
FORMATS    := csv csv.gz tsv parquet gpkg
OLD_TABLES := $(foreach t,$(TASKS),$(foreach f,$(FORMATS), \
	$(patsubst %,$t:$f:%,$(filter-out $(if $(filter $f,$(call formats,$t)),$(call table,$t,$f)),$(wildcard $(OUT)/$t.$f $(call state,$t)/tables.$f)))))

TABLES   := $(TASKS:%=$(OUT)/%.scenes.tsv) $(foreach t,$(TASKS),$(foreach f,$(call formats,$t),$(call table,$t,$f) $(if $(filter csv csv.gz,$f),$(OUT)/$t.$f-metadata.json)))
COMPOSED := $(foreach t,$(TASKS),$(patsubst %,$(OUT)/$t/compose/%.tsv,$(call periods,$t)))
PICTURES := $(foreach t,$(TASKS),$(if $(filter yes,$(call of,PLOTS,$(call site_of,$t))),$(call picture,$t)))

# Pictures take turns, so that no more than PLOT_JOBS are drawn at once: each waits for
# the one that many before it.
ifneq ($(SOFT),)
turns = $(if $(word $2,$1),$(eval $(word $2,$1): | $(firstword $1))$(call turns,$(wordlist 2,$(words $1),$1),$2))
$(call turns,$(PICTURES),$(words $(wordlist 1,$(PLOT_JOBS),$(PICTURES)) more))
endif

# ---- The end ---------------------------------------------------------------------------

# Notes of what failed, and is no longer asked for.
notes_of = $(foreach f,$(call formats,$1),table$(filter-out .csv,.$f) columns.$f) $(patsubst %,compose.%,$(call periods,$1)) $(if $(filter yes,$(call of,PLOTS,$(call site_of,$1))),plot)
UNASKED := $(filter-out $(foreach t,$(TASKS),$(foreach n,$(call notes_of,$t),$(call state,$t)/$n.failed)),$(wildcard $(foreach n,table columns compose plot,$(OUT)/.eco/site/*/*/$n*.failed)))

$(if $(PROBLEMS),$(eval $(OUT)/.eco/complete: FORCE))
$(if $(CHANGED),$(eval $(CHANGED): FORCE ;))
$(OUT)/.eco/complete: $(READY:%=$(OUT)/%/grid.txt) $(TABLES) $(COMPOSED) $(SKILLS) $(PICTURES) $(PAGES)
	$(if $(UNASKED),@rm -f $(UNASKED))
	$(if $(OLD_TABLES),@sh $(ECO)/tables/old.sh $(OUT) $(OLD_TABLES))
	@sh $(ECO)/status/report.sh $(OUT) $(ALLOW_EMPTY) $(TASKS)
	@touch $@

# Whoever looks on sees how far it is; what is written goes to one line of a terminal, or
# once a minute into a log.
ifeq ($(LOOKING)$(PLAN)$(AVERAGED)$(findstring s,$(LETTERS)),)
ifneq ($(filter-out 0,$(DUE)),)
$(shell bash $(ECO)/status/progress.sh $(OUT) $(DUE) $(words $(filter-out %.scenes.tsv %.json,$(TABLES)) $(COMPOSED) $(PICTURES)) </dev/null >/dev/null &)
endif
endif

include $(ECO)/goals.mk
