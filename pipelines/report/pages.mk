# pages.mk: a page a site that shows whether to trust it, where REPORT=yes or `report` is asked.
#
#     OUT/SITE/report.html   all of it, in one file
#     OUT/SITE/skill.csv     its table of skill
#     OUT/report.html        where there are several sites: what is in their pages
#
# A page is made of sections, one a variable, which wait in OUT/.eco/site/SITE/VAR/section.html.

ifneq ($(filter report,$(GOALS))$(filter yes,$(REPORT)),)
PAGED := $(if $(PLAN),,$(sort $(foreach t,$(TASKS),$(call site_of,$t))))
PAGES := $(PAGED:%=$(OUT)/%/report.html) $(if $(word 2,$(PAGED)),$(OUT)/report.html)
endif

tasks_of = $(filter $1/%,$(TASKS))
# Of a task or a site, the tables of skill that there are; and what is told of tasks: SITE/VAR,
# or SITE/VAR=COLUMN where a tower tells of it.
skill_of = $(patsubst %,$(OUT)/%.skill.tsv,$(filter $1,$(MATCHED)))
with_column = $(foreach t,$1,$t$(if $(filter $t,$(MATCHED)),=$(call tower_column,$t)))

# What the command line has set that decides about results.
COMMAND := $(if $(PAGED),$(foreach s,$(filter-out OUT JOBS PLOTS REPORT KEEP_GOING CHECK_ROOM TIMEOUT MEM_PER_JOB WAIT SAMPLE ENGINE HOSTS SSH RETRIES SHARE LATE TRANSFER,$(SETTINGS)), \
	$(foreach v,$(filter $s $s.%,$(.VARIABLES)),$(if $(filter command,$(origin $v)),$(call quote,$v=$(strip $($v)))))))

$(foreach s,$(PAGED), \
	$(foreach t,$(call tasks_of,$s), \
		$(call stamp,$(call state,$t)/section.asked,$(SUM.eco-plotspec) $(SUM.palettes) $(SUM.report) $(SUM.towers) \
			$(SUM.pictures) $(SUM.tables) $(filter $t,$(MATCHED)) $(call called,$t) $(call counted,$s) $(call of,REGRID,$s))) \
	$(call stamp,$(call state,$s)/page.asked,$(SUM.report) $(call with_column,$(call tasks_of,$s)) $(COMMAND)))
$(if $(PAGED),$(call stamp,$(OUT)/.eco/report.asked,$(SUM.report) $(call with_column,$(TASKS))))

define section_rule
$(call state,$1)/section.html: $(OUT)/$1.scenes.tsv $(OUT)/$(call site_of,$1)/grid.txt $(call skill_of,$1) $(call state,$1)/section.asked
	$(call step,$1,section) $$@ sh $(ECO)/report/section.sh $$< $(if $(filter $1,$(MATCHED)),$(call quote,$(call tower_column,$1)),-) \
		--grid $(OUT)/$(call site_of,$1)/grid.txt --site $(call site_of,$1) $(call called,$1) $(call counted,$(call site_of,$1)) \
		-- $(call of,REGRID,$(call site_of,$1))
endef

# The problems of a plan concern pages, too; there is no such file while there are none.
problems := $(wildcard $(OUT)/.eco/problems)

define page_rules
$(if $(call skill_of,$1/%),$(OUT)/$1/skill.csv: $(call skill_of,$1/%) $(call state,$1)/page.asked
	$(call step,$1,skill) $$@ awk -v site=$1 -f $(ECO)/report/skill-csv.awk $(call skill_of,$1/%))

$(OUT)/$1/report.html: $(patsubst %,$(OUT)/.eco/site/%/section.html,$(call tasks_of,$1)) \
		$(if $(call skill_of,$1/%),$(OUT)/$1/skill.csv) $(call state,$1)/page.asked $(problems) $(CONFIGS)
	$(call step,$1,page) $$@ sh $(ECO)/report/page.sh $(OUT) $1 $(words $(PAGED)) $(foreach t,$(call with_column,$(call tasks_of,$1)),$(call quote,$(t:$1/%=%))) -- $(CONFIGS) -- $(COMMAND)
endef
$(foreach s,$(PAGED),$(foreach t,$(call tasks_of,$s),$(eval $(call section_rule,$t)))$(eval $(call page_rules,$s)))

$(if $(PAGED),$(OUT)/report.html): $(OUT)/.eco/report.asked $(patsubst %,$(OUT)/%.scenes.tsv,$(TASKS)) $(SKILLS) $(problems)
	$(call step,,report) $@ sh $(ECO)/report/page.sh $(OUT) $(foreach t,$(call with_column,$(TASKS)),$(call quote,$t))
