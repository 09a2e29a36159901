# goals.mk: what one may ask of the flow besides files.

.PHONY: report prepare status due retry summary verify clean-coarse clean-tables clean-composites clean-pictures clean-reports

## make all that is due, and a page a site that shows whether to trust it
report: $(OUT)/.eco/complete
	@ls $(PAGES)

## tell of each site and variable how many scenes are done, stale, missing or failed, and why
status: $(RECORDS)
	@awk -v due=$(TMP).due -f $(ECO)/status/status.awk $(TMP).status; rm -f $(TMP).*

## list the records that are due, one a line
due: $(RECORDS)
	@cat $(TMP).due; rm -f $(TMP).*

# What scenes need before they are averaged elsewhere.
prepare: $(READY:%=$(OUT)/%/grid.txt) $(STAMPS) $(ROOM)
	@:

## average the scenes that failed again, and nothing else
retry: $(FAILED)
	@echo 'eco: $(words $(FAILED)) scenes were tried again; make status tells what became of them'

## tell where the time of all runs went
summary:
	@awk -f $(ECO)/status/summary.awk $(TASKS:%=$(OUT)/.eco/site/%/list) $(wildcard $(OUT)/.eco/joblog.tsv)

# Rasters spread evenly over those of a table.
sampled = $(shell sh $(ECO)/tables/rasters.sh $(OUT)/$1.scenes.tsv | awk -v want=$(SAMPLE) '{ r[n++] = $$0 } \
	END { if (want == "all" || want > n) want = n; for (i = 0; i < want; i++) print r[int(i * n / want)] }')
define verify_rule
$(patsubst %,verify/%,$(filter $(patsubst %.tsv,%.tif,$(call records,$1,$($1.names))),$2)): \
	verify/$(patsubst %.tsv,%.tif,$(call record,$1)): $(if $($1.from),$($1.from)/%$($1.ext))
	@again=$$$$(mktemp -d) && trap 'rm -rf "$$$$again"' EXIT && \
	$(call regrid,$(call site_of,$1)) --grid $(OUT)/$(call site_of,$1)/grid.txt -o "$$$$again/r.tif" $(call scene,$1) >/dev/null && \
	{ cmp -s "$$$$again/r.tif" $$(@:verify/%=%) || { echo 'eco: $$(@:verify/%=%): its scene gives other bits now' >&2; exit 1; }; }
endef
ifneq ($(filter verify,$(GOALS)),)
SAMPLED := $(foreach t,$(TASKS),$(if $(wildcard $(OUT)/$t.scenes.tsv),$(call sampled,$t)))
$(foreach k,$(KINDS),$(eval $(call verify_rule,$k,$(filter $(OUT)/$(call task_of,$k)/%,$(SAMPLED)))))
endif

## average SAMPLE scenes of each site and variable (10, or all) anew, and compare the bits
verify: $(SAMPLED:%=verify/%)
	@echo 'eco: $(words $(SAMPLED)) coarse rasters are what their scenes give'

## remove all coarse rasters and their records
clean-coarse:
	@rm -rf $(TASKS:%=$(OUT)/%/coarse) $(OUT)/.eco/complete

## remove all tables
clean-tables:
	@rm -f $(foreach t,$(TASKS),$(foreach f,$(FORMATS),$(OUT)/$t.$f $(OUT)/$t.[12u]*.$f $(OUT)/$t.$f-metadata.json $(call state,$t)/tables.$f) $(OUT)/$t.scenes.tsv) $(foreach t,$(MATCHED),$(foreach k,seen tower pairs unmatched skill,$(OUT)/$t.$k.tsv)) $(OUT)/.eco/complete

## remove all composites
clean-composites:
	@rm -rf $(TASKS:%=$(OUT)/%/compose) $(OUT)/.eco/complete

## remove all pictures
clean-pictures:
	@rm -f $(TASKS:%=$(OUT)/%.png) $(TASKS:%=$(OUT)/.eco/site/%/plot.none) $(OUT)/.eco/complete

## remove all pages
clean-reports:
	@rm -f $(foreach s,$(SITES),$(OUT)/$s/report.html $(OUT)/$s/skill.csv) $(OUT)/report.html $(TASKS:%=$(OUT)/.eco/site/%/section.html) $(OUT)/.eco/complete
