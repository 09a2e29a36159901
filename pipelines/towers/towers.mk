# towers.mk: what a tower says of a variable, where the configuration names one.
#
#     OUT/SITE/VAR.seen.tsv    what the scenes show where the tower stands
#     OUT/SITE/VAR.tower.tsv   what the tower measured, in UTC
#     OUT/SITE/VAR.pairs.tsv   the two of one time; VAR.unmatched.tsv, those without a partner
#     OUT/SITE/VAR.skill.tsv   how well they agree

# Of a task: the tower's column that tells of its variable, the tower's files, and its place.
tower_column = $(patsubst $(call var_of,$1)=%,%,$(filter $(call var_of,$1)=%,$(call of,TOWER_VARS,$(call site_of,$1))))
tower_names  = $(filter-out none,$(subst {var},$(call var_of,$1),$(subst {site},$(call site_of,$1),$(call of,TOWER,$(call site_of,$1)))))
tower_files  = $(sort $(wildcard $(call tower_names,$1)))
tower_place  = $(or $(call of,TOWER_AT,$1),$(call of,CENTER,$1))

MATCHED := $(foreach t,$(if $(PLAN),,$(TASKS)),$(if $(and $(call tower_names,$t),$(call tower_column,$t)),$t))
$(foreach t,$(MATCHED),$(if $(call tower_files,$t),,$(error eco: TOWER: no file for $t matches $(call tower_names,$t); TOWER.$(call site_of,$t) := none if it has no tower)))

# Of a task: its entry in VARS.
entry_of = $(firstword $(filter $(call var_of,$1) $(call var_of,$1)=%,$(VARS)))

read_tower = $(strip eco-tower --site $(call site_of,$1) --vars $(call quote,$(call tower_column,$1)) \
	$(if $(call of,TOWER_OFFSET,$(call site_of,$1)),--utc-offset=$(call of,TOWER_OFFSET,$(call site_of,$1))) \
	$(call of,TOWER_RULES,$(call site_of,$1)))

$(foreach t,$(MATCHED), \
	$(call stamp,$(call state,$t)/seen.asked,$(SUM.eco-sample) $(SUM.towers) $(SUM.pictures) $(call tower_place,$(call site_of,$t)) \
		$(call of,WINDOW,$(call site_of,$t)) $(call counted,$(call site_of,$t)) $(call of,REGRID,$(call site_of,$t))) \
	$(call stamp,$(call state,$t)/tower.asked,$(SUM.eco-tower) $(call read_tower,$t) $(call tower_files,$t)) \
	$(call stamp,$(call state,$t)/pairs.asked,$(SUM.eco-match) $(SUM.eco-stats) $(SUM.towers) \
		$(call of,MATCH,$(call site_of,$t))))

define tower_rules
$(OUT)/$1.seen.tsv: $(OUT)/$1.scenes.tsv $(call state,$1)/list $(call state,$1)/seen.asked
	$(call step,$1,seen) $$@ sh $(ECO)/towers/seen.sh $$< $(call state,$1)/list $(call site_of,$1) $(call var_of,$1) $(call layer,$(call entry_of,$1)) \
		$(call tower_place,$(call site_of,$1)) $(call of,WINDOW,$(call site_of,$1)) $(call counted,$(call site_of,$1)) \
		-- $(call of,REGRID,$(call site_of,$1))

$(OUT)/$1.tower.tsv: $(call tower_files,$1) $(call state,$1)/tower.asked
	$(call step,$1,tower) $$@ $(call read_tower,$1) $(call tower_files,$1)

$(OUT)/$1.pairs.tsv: $(OUT)/$1.seen.tsv $(OUT)/$1.tower.tsv $(call state,$1)/pairs.asked
	$(call step,$1,pairs) $$@ sh $(ECO)/towers/match.sh pairs $(OUT)/$1.seen.tsv $(OUT)/$1.tower.tsv $(call var_of,$1) $(call quote,$(call tower_column,$1)) \
		--unmatched $(OUT)/$1.unmatched.tsv $(call of,MATCH,$(call site_of,$1))

$(OUT)/$1.skill.tsv: $(OUT)/$1.pairs.tsv
	$(call step,$1,skill) $$@ sh $(ECO)/towers/match.sh skill $$< $(call var_of,$1) $(call quote,$(call tower_column,$1))
endef
$(foreach t,$(MATCHED),$(eval $(call tower_rules,$t)))

SKILLS := $(MATCHED:%=$(OUT)/%.skill.tsv)
