# eco: building, testing, installing, and running the flow. `make help` lists the targets.

MAKEFLAGS += -rR
.SUFFIXES:
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := all

VERSION := 0.2.0
# The day of that version, as its pages tell.
DATE    := 2026-11-26
PREFIX  := /usr/local
DESTDIR :=

# ---- Debian packages -------------------------------------------------------------------

# For building and running; with the tests and the looks of the sources; for the package.
RUN_PACKAGES := gcc g++ make libtiff-dev libproj-dev libgdal-dev libnetcdf-dev libhdf5-dev \
	opencl-c-headers libdragonbox-dev parallel gnuplot-nox fonts-dejavu-core
PACKAGES := $(RUN_PACKAGES) bats gdal-bin netcdf-bin proj-bin libtiff-tools clang libclang-rt-dev jq mandoc \
	groff-base time clang-format shellcheck cppcheck pocl-opencl-icd python3-h5py python3-netcdf4
DEB_PACKAGES := $(RUN_PACKAGES) debhelper lintian mmdebstrap
# What the tests of other machines, of pages and of the flow want (make deps-engines): hosts and
# a Slurm of their own, a browser, other awks than the machine's.
ENGINES  := openssh-server rsync slurm-wlm munge iproute2 chromium mawk gawk busybox original-awk

# ---- Compilers and flags ---------------------------------------------------------------

CC  := gcc
CXX := g++

# SAN=1: everything under AddressSanitizer and UBSan, in a build folder of its own.
SAN   :=
BUILD := build$(if $(SAN),-san)
# FUZZ=1: as that, by clang and for its fuzzer.
FUZZ  :=
ifdef FUZZ
CC    := clang
CXX   := clang++
SAN   := 1
BUILD := build-fuzz
endif
# STRICT: warnings are errors. On where machines build, off where people install.
STRICT := $(CI)

# For users to change. Results must not depend on the machine, so what decides about
# arithmetic stands below, behind these.
CFLAGS   := $(if $(SAN),-O1,-O3) -g
CXXFLAGS := $(CFLAGS)
CPPFLAGS :=
LDFLAGS  :=

comma    := ,
SANITIZE := $(if $(SAN),-fsanitize=address$(comma)undefined$(comma)float-cast-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer) \
	$(if $(FUZZ),-fsanitize=fuzzer-no-link)
WARN     := -Wall -Wextra -Wpedantic -Wshadow $(if $(STRICT),-Werror)
BOTH     := $(WARN) -ffp-contract=off -fPIC -Iinclude -Itools $(SANITIZE)
C_FLAGS  := -std=c17 -D_POSIX_C_SOURCE=200809L $(CPPFLAGS) $(CFLAGS) -Wmissing-prototypes -Wstrict-prototypes $(BOTH)
CXX_FLAGS := -std=c++17 $(CPPFLAGS) $(CXXFLAGS) $(BOTH)
LD_FLAGS := -Wl,--as-needed -Wl,-O1 $(SANITIZE) $(LDFLAGS)
LIBS     := -ltiff -lstdc++ -lm -ldl
GDAL     := -isystem /usr/include/gdal
HDF5     := -isystem /usr/include/hdf5/serial
HDF5_LIB := -lhdf5_serial

# ---- What there is to build ------------------------------------------------------------

# The library's rooms, from the ground up (CONTRIBUTING.md says what each is for).
WINGS          := index regrid compose sample reproject plot tower match skill
ROOMS          := base record geo raster scene mask $(WINGS)
compiled        = $(patsubst tools/%,$(BUILD)/%.o,$(wildcard $(1)))
LIB_OBJECTS    := $(call compiled,$(foreach room,$(ROOMS),tools/$(room)/*.c tools/$(room)/*.cc))
GDAL_OBJECTS   := $(call compiled,tools/gdal/*.c)
HDF5_OBJECTS   := $(call compiled,tools/hdf5/*.c)
OPENCL_OBJECTS := $(call compiled,tools/opencl/*.c)
DEMO_OBJECTS   := $(call compiled,tools/demo/*.c)
TOOL_OBJECTS   := $(call compiled,tools/eco-*.c)
TOOLS          := $(patsubst tools/%.c,%,$(wildcard tools/eco-*.c))
LIBRARY        := $(BUILD)/libeco.a
PLUGINS        := $(patsubst %,$(BUILD)/lib/eco/eco-%.so,gdal hdf5 opencl)
# The program that accelerators compile: the texts of its arithmetic are those of the library.
KERNELS        := $(BUILD)/share/eco/opencl/eco.cl
LOCK           := $(BUILD)/lib/eco/eco-make.so
PROGRAMS       := $(TOOLS:%=$(BUILD)/bin/%)
MAN            := $(patsubst share/man/%.1.in,$(BUILD)/share/man/man1/%.1,$(wildcard share/man/*.1.in)) \
	$(patsubst share/man/%,$(BUILD)/share/man/man7/%,$(wildcard share/man/*.7))
BASH           := $(TOOLS:%=$(BUILD)/share/bash-completion/completions/%)
ZSH            := $(TOOLS:%=$(BUILD)/share/zsh/site-functions/_%)
FISH           := $(TOOLS:%=$(BUILD)/share/fish/vendor_completions.d/%.fish)
COMPLETIONS    := $(BASH) $(ZSH) $(FISH)
UNIT           := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))
FUZZERS        := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/*.c))
DEMO           := $(BUILD)/demo-scenes
BENCH          := $(BUILD)/bench/bin
BENCH_BINS     := $(patsubst bench/%.c,$(BENCH)/%,$(filter-out bench/floor.c,$(wildcard bench/*.c)))
OBJECTS        := $(LIB_OBJECTS) $(GDAL_OBJECTS) $(HDF5_OBJECTS) $(OPENCL_OBJECTS) $(TOOL_OBJECTS) $(DEMO_OBJECTS)

.PHONY: all
## build everything (the default)
all: $(PROGRAMS) $(PLUGINS) $(KERNELS) $(LOCK) $(MAN) $(COMPLETIONS) $(DEMO)

# Other flags than last time: everything is built again. Compared here, not in a recipe,
# so that `make -n` tells the truth.
FLAGS := $(strip $(VERSION) $(DATE) $(CC) $(C_FLAGS) $(CXX) $(CXX_FLAGS) $(LD_FLAGS) $(LIBS) $(GDAL) $(HDF5) $(HDF5_LIB))
ifneq ($(strip $(file <$(BUILD)/flags)),$(FLAGS))
$(BUILD)/flags: FORCE
endif
$(BUILD)/flags:
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(FLAGS))' >$@

.PHONY: FORCE
FORCE:

# Says what is missing before a compiler says it in its own words.
$(BUILD)/ready: $(BUILD)/flags
	@for tool in $(firstword $(CC)) $(firstword $(CXX)) ar; do \
		command -v "$$tool" >/dev/null || { \
			echo "eco: there is no $$tool here; 'make deps' installs what the build needs" >&2; exit 1; }; \
	done
	@printf '#include <%s>\n' tiffio.h proj.h gdal.h netcdf.h hdf5.h CL/cl.h | \
		$(CC) $(C_FLAGS) $(GDAL) $(HDF5) -fsyntax-only -xc - 2>$@.log || { \
			cat $@.log >&2; \
			echo "eco: libtiff, PROJ, GDAL, netCDF, HDF5 or OpenCL cannot be compiled with; 'make deps' installs them" >&2; exit 1; }
	@echo 'int main(void) { return 0; }' | \
		$(CC) $(C_FLAGS) $(LD_FLAGS) -xc - -Wl,--no-as-needed -lproj -o $@.elf
	@LC_ALL=C readelf -d $@.elf | sed -n 's/.*(NEEDED).*\[\(libproj[^]]*\)\].*/\1/p' >$(BUILD)/proj.soname
	@rm -f $@.log $@.elf
	@touch $@

$(OBJECTS): $(BUILD)/ready

$(GDAL_OBJECTS): EXTRA := $(GDAL)
$(HDF5_OBJECTS): EXTRA := $(HDF5)
# PROJ is opened by the name under which a linker finds it; tests that ask it are linked.
$(BUILD)/geo/proj_library.c.o: EXTRA = -DPROJ_SONAME='"$(file <$(BUILD)/proj.soname)"'
$(BUILD)/base/options.c.o: EXTRA := -DECO_VERSION='"$(VERSION)"'
# Its vectors pass between functions that become one, so how others pass them is no matter.
$(BUILD)/geo/area_weights_simd.c.o: EXTRA := -Wno-psabi

$(filter %.c.o,$(OBJECTS)): $(BUILD)/%.c.o: tools/%.c
	@mkdir -p $(@D)
	$(CC) $(C_FLAGS) $(EXTRA) -MMD -MP -c $< -o $@

$(filter %.cc.o,$(OBJECTS)): $(BUILD)/%.cc.o: tools/%.cc
	@mkdir -p $(@D)
	$(CXX) $(CXX_FLAGS) -MMD -MP -c $< -o $@

$(LIBRARY): $(LIB_OBJECTS)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/lib/eco/eco-gdal.so: $(GDAL_OBJECTS) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) -shared $(LD_FLAGS) $(GDAL_OBJECTS) $(LIBRARY) -lgdal $(LIBS) -o $@

$(BUILD)/lib/eco/eco-hdf5.so: $(HDF5_OBJECTS) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) -shared $(LD_FLAGS) $(HDF5_OBJECTS) $(LIBRARY) -lnetcdf $(HDF5_LIB) $(LIBS) -o $@

# It opens libOpenCL itself, when a device is asked for.
$(BUILD)/lib/eco/eco-opencl.so: $(OPENCL_OBJECTS) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) -shared $(LD_FLAGS) $(OPENCL_OBJECTS) $(LIBRARY) $(LIBS) -o $@

$(KERNELS): share/opencl/vectors.cl include/geo/area_weights_few.h tools/geo/area_quad.h tools/geo/area_row.h \
		tools/regrid/kernel.h tools/regrid/place_value.h $(patsubst %,share/opencl/%.cl,patches areas places)
	@mkdir -p $(@D)
	sed '/^#include/d' $^ >$@

# Loaded by make, which no sanitizer has been linked to.
$(LOCK): tools/make/lock.c $(BUILD)/ready
	@mkdir -p $(@D)
	$(CC) $(filter-out $(SANITIZE),$(C_FLAGS)) -shared -Wl,-O1 $(LDFLAGS) $< -o $@

$(PROGRAMS): $(BUILD)/bin/%: $(BUILD)/%.c.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(LD_FLAGS) $< $(LIBRARY) $(LIBS) -o $@

# Pages and completions are made from what the tools say of themselves, and of their
# commands, where they have some.
commands = '' $$($(1) --list-options | awk -F'\t' '$$4 == "command" { print $$1 }')

page = awk -v version=$(VERSION) -v date=$(DATE) -f share/man/page.awk
$(filter %.7,$(MAN)): $(BUILD)/share/man/man7/%: share/man/% share/man/page.awk $(BUILD)/flags
	@mkdir -p $(@D)
	echo | $(page) - $< >$@

$(filter %.1,$(MAN)): $(BUILD)/share/man/man1/%.1: share/man/%.1.in share/man/page.awk $(BUILD)/bin/%
	@mkdir -p $(@D)
	for c in $(call commands,$(BUILD)/bin/$*); do $(BUILD)/bin/$* $$c --help-all; done | \
		$(page) - $< >$@

# The lists of --list-options: the tool's, then, behind a line ##command=, each command's.
OPTION_LISTS := $(TOOLS:%=$(BUILD)/options/%.tsv)
$(OPTION_LISTS): $(BUILD)/options/%.tsv: $(BUILD)/bin/%
	@mkdir -p $(@D)
	for c in $(call commands,$<); do echo "##command=$$c"; $< $$c --list-options; done >$@

$(BASH): $(BUILD)/share/bash-completion/completions/%: share/completions/bash.awk $(BUILD)/options/%.tsv
$(ZSH): $(BUILD)/share/zsh/site-functions/_%: share/completions/zsh.awk $(BUILD)/options/%.tsv
$(FISH): $(BUILD)/share/fish/vendor_completions.d/%.fish: share/completions/fish.awk $(BUILD)/options/%.tsv
$(COMPLETIONS):
	@mkdir -p $(@D)
	awk -v tool=$(basename $(notdir $(filter %.tsv,$^))) -f $^ >$@

# Writes the demo's input; never installed.
$(DEMO): $(DEMO_OBJECTS) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(LD_FLAGS) $(DEMO_OBJECTS) $(LIBRARY) $(LIBS) -o $@

# Unit programs lie beside bin/, so that they find the plug-in as the tools do. They may look
# into a room's private headers.
$(UNIT): $(BUILD)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(C_FLAGS) -Itools -Itests/lib -MMD -MP $(LD_FLAGS) $< $(LIBRARY) $(LIBS) -lproj -o $@

# Fuzzers: without FUZZ=1 they run what lies in tests/fuzz/corpus, as a test.
$(FUZZERS): $(BUILD)/fuzz/%: tests/fuzz/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(C_FLAGS) -D_GNU_SOURCE -Itools -Itests/lib $(if $(FUZZ),-DECO_LIBFUZZER -fsanitize=fuzzer) -MMD -MP $(LD_FLAGS) $< $(LIBRARY) $(LIBS) -o $@

# What makes files for tests that no other tool makes.
MAKERS := $(patsubst tests/lib/hdf5_make.c,$(BUILD)/unit/lib/hdf5-make,$(wildcard tests/lib/hdf5_make.c))
$(MAKERS): tests/lib/hdf5_make.c $(BUILD)/ready
	@mkdir -p $(@D)
	$(CC) $(filter-out $(SANITIZE),$(C_FLAGS)) $(HDF5) $(LDFLAGS) $< $(HDF5_LIB) -o $@

-include $(OBJECTS:.o=.d) $(UNIT:=.d) $(FUZZERS:=.d)

# ---- Packages, tests, the looks of the sources -----------------------------------------

.PHONY: deps deps-run deps-engines deps-deb check check-built fuzz fuzz-built format format-check house lint help clean

## install the Debian packages that building, running and testing need (DEPS=no: never)
DEPS :=
deps: WANTED := $(PACKAGES)
## install those of building and running alone
deps-run: WANTED := $(RUN_PACKAGES)
## install those that the tests of other machines and of pages want; without them they skip
deps-engines: WANTED := $(ENGINES)
## install those that make a Debian package and try it
deps-deb: WANTED := $(DEB_PACKAGES)
deps deps-run deps-engines deps-deb:
ifneq ($(DEPS),no)
	@if ! command -v dpkg-query >/dev/null; then \
		echo "eco: this is no Debian, so packages cannot be looked up. Needed, by their Debian names: $(WANTED). Once they are there, say DEPS=no." >&2; \
		exit 1; \
	fi; \
	have=" $$(dpkg-query -W -f '$${db:Status-Status}:$${Package} ' $(WANTED) 2>/dev/null || true)"; \
	missing=(); \
	for p in $(WANTED); do [[ $$have == *" installed:$$p "* ]] || missing+=("$$p"); done; \
	if (( $${#missing[@]} == 0 )); then exit 0; fi; \
	root=(); \
	if (( EUID != 0 )); then root=(sudo); [ -t 0 ] || root=(sudo -n); fi; \
	if ! command -v apt-get >/dev/null || { (( EUID != 0 )) && ! command -v sudo >/dev/null; }; then \
		echo "eco: these Debian packages are missing and cannot be installed from here (that takes apt-get, and root or sudo): $${missing[*]}" >&2; \
		exit 1; \
	fi; \
	echo "eco: installing Debian packages: $${missing[*]}"; \
	{ "$${root[@]}" apt-get -q update && \
	  "$${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$${missing[@]}"; } || { \
		echo "eco: these Debian packages are missing and apt-get did not install them: $${missing[*]}" >&2; \
		exit 1; \
	}
endif

# A make of its own builds and tests, since before deps there may be no compiler. It gets
# all cores unless somebody has said how many.
JOBS = $(shell nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 4)
## run all tests (SAN=1: under the sanitizers); the last line counts them
check: deps
	@$(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS)) check-built

TESTED := $(UNIT) $(FUZZERS) $(wildcard tests/cli/*.bats)
check-built: all $(UNIT) $(MAKERS) $(FUZZERS) $(BENCH_BINS)
	@ECO_BUILD='$(CURDIR)/$(BUILD)' tests/run --jobs $(JOBS) $(TESTED)

FUZZ_SECONDS := 60
## let clang's fuzzer look for inputs that break the readers, FUZZ_SECONDS each
fuzz: deps
	@$(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS)) FUZZ=1 fuzz-built

fuzz-built: $(FUZZERS)
	@for fuzzer in $(notdir $(FUZZERS)); do \
		echo "== $$fuzzer"; \
		mkdir -p $(BUILD)/corpus/$$fuzzer; \
		$(BUILD)/fuzz/$$fuzzer -max_total_time=$(FUZZ_SECONDS) -verbosity=0 -print_final_stats=1 -close_fd_mask=2 \
			-artifact_prefix=$(BUILD)/found-$$fuzzer- $(BUILD)/corpus/$$fuzzer tests/fuzz/corpus/$$fuzzer; \
	done

SOURCES := $(wildcard include/*/*.h tools/*.c tools/*/*.c tools/*/*.cc tools/*/*.h \
	tests/*/*.c tests/*/*.h bench/*.c bench/*.h)
## put all C and C++ sources into the project's format
format:
	clang-format -i $(SOURCES)

## tell where sources are not in the project's format
format-check:
	@clang-format --dry-run -Werror $(SOURCES)

# Which room may use which, and how long things may be.
house:
	@awk -v rooms='$(ROOMS)' -v wings='$(WINGS)' -f tests/lib/house.awk \
		$(wildcard include/*/*.h tools/*.c tools/*/*.c tools/*/*.cc tools/*/*.h)

## look for mistakes: the order of the rooms, shellcheck for the scripts, cppcheck for the sources
lint: house
	shellcheck -x .ci/run tests/run tests/faults bench/run bench/gpu.sh bench/inputs.bash bench/tasks.bash $(wildcard pipelines/*.sh pipelines/*/*.sh)
	shellcheck -S warning -e SC2034,SC2154,SC2155,SC2164 -s bash $(wildcard tests/lib/*.bash)
	shellcheck -S warning -e SC2030,SC2031,SC2034,SC2154,SC2155,SC2164 $(wildcard tests/cli/*.bats)
	shellcheck -i SC2314,SC2315 $(wildcard tests/cli/*.bats)
	cppcheck --quiet --std=c17 --enable=warning,portability --inline-suppr --error-exitcode=1 \
		-Iinclude -DECO_VERSION='""' -DPROJ_SONAME='""' tools

## list the targets
help:
	@awk '/^## / { text = substr($$0, 4); next } \
		text && match($$0, /^[a-z][a-z-]*:/) { printf "  make %-14s %s\n", substr($$0, 1, RLENGTH - 1), text; text = "" } \
	' $(firstword $(MAKEFILE_LIST))

## remove what was built
clean:
	rm -rf build build-*

# ---- Installing ------------------------------------------------------------------------

TO := $(DESTDIR)$(PREFIX)
# What lies as it is under share/eco: the flow's makefiles, example configs, palettes.
SHARED = $(shell find pipelines share/examples share/palettes -type f 2>/dev/null)

.PHONY: install uninstall
## install into $(DESTDIR)$(PREFIX), /usr/local by default
install: all
	install -d '$(TO)/bin' '$(TO)/lib/eco' '$(TO)/share/man/man1' '$(TO)/share/man/man7' \
		'$(TO)/share/bash-completion/completions' '$(TO)/share/zsh/site-functions' \
		'$(TO)/share/fish/vendor_completions.d' '$(TO)/share/eco'
	install $(PROGRAMS) '$(TO)/bin'
	install -m 644 $(PLUGINS) $(LOCK) '$(TO)/lib/eco'
	install -D -m 644 -t '$(TO)/share/eco/opencl' $(KERNELS)
	install -m 644 $(filter %.1,$(MAN)) '$(TO)/share/man/man1'
	install -m 644 $(filter %.7,$(MAN)) '$(TO)/share/man/man7'
	install -m 644 $(BASH) '$(TO)/share/bash-completion/completions'
	install -m 644 $(ZSH) '$(TO)/share/zsh/site-functions'
	install -m 644 $(FISH) '$(TO)/share/fish/vendor_completions.d'
	for f in $(SHARED); do install -D -m 644 "$$f" '$(TO)/share/eco/'"$${f#share/}"; done

## remove what install has put there
uninstall:
	rm -rf '$(TO)/lib/eco' '$(TO)/share/eco'
	cd '$(TO)' && rm -f $(TOOLS:%=bin/%) $(patsubst $(BUILD)/%,%,$(MAN) $(COMPLETIONS))

# ---- Archive, package, manual ----------------------------------------------------------

.PHONY: dist deb check-deb doc

ARCHIVE := $(BUILD)/eco-$(VERSION).tar.gz
## make the archive of the sources (of what is committed) and build it in an empty folder
dist: $(ARCHIVE)
	share/debian/try-archive '$(ARCHIVE)'

$(ARCHIVE): FORCE
	@mkdir -p $(@D)
	git archive --prefix=eco-$(VERSION)/ -o $@ HEAD

DEB = $(BUILD)/deb/eco-tools_$(VERSION)_$(shell dpkg --print-architecture).deb
## make a Debian package of what is committed, clean under lintian
deb: deps-deb
	@$(MAKE) --no-print-directory $(ARCHIVE)
	share/debian/make-package '$(ARCHIVE)' '$(BUILD)/deb' '$(VERSION)' '$(DATE)'

## install the package in a fresh Debian, try it there, and remove it again
check-deb: deb $(if $(wildcard demo/demo.mk),,demo/demo.mk)
	share/debian/try-package '$(DEB)' demo

## make the manual's pages as HTML, in $(BUILD)/doc
doc: $(patsubst %,$(BUILD)/doc/%.html,$(notdir $(MAN))) $(BUILD)/doc/page.css

$(BUILD)/doc/%.1.html: $(BUILD)/share/man/man1/%.1
	$(html)
$(BUILD)/doc/%.7.html: $(BUILD)/share/man/man7/%.7
	$(html)
html = @mkdir -p $(@D); mandoc -T html -O style=page.css,man=%N.%S.html $< >$@

$(BUILD)/doc/page.css: share/man/page.css
	@mkdir -p $(@D)
	cp $< $@

# ---- The flow: demo, run ---------------------------------------------------------------

.PHONY: run report demo demo-run

FLOW = $(MAKE) --no-print-directory -f pipelines/eco.mk ECO_BIN=$(BUILD)/bin

## make rasters, tables and pictures of your scenes: CONFIG=FILE [OUT=DIR] [JOBS=N]
run: all
	+@$(FLOW)

## the same, and a page a site that shows whether to trust it: CONFIG=FILE [OUT=DIR]
report: all
	+@$(FLOW) report

## try it all on made-up scenes, in demo/
demo: deps-run
	@$(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS)) demo-run

demo-run: all demo/input/made demo/demo.mk
	+@$(FLOW) CONFIG=demo/demo.mk OUT=demo/out
	@echo; echo "Scenes are in demo/input; what was made of them:"; echo
	@ls demo/out/*/*.csv demo/out/*/*.png demo/out/*/*.skill.tsv
	@echo; echo "$$ head -n 5 demo/out/Campina/LST.csv"; head -n 5 demo/out/Campina/LST.csv
	@echo; echo "Whether to trust it, for a browser: demo/out/report.html"

# Paths in a configuration are relative to it.
demo/demo.mk: share/examples/demo.mk demo/input/made
	@cp $< $@

demo/input/made: $(DEMO)
	@echo "eco: making scenes in demo/input"
	@$(DEMO) --scenes 12 demo/input
	@touch $@

# ---- Benchmarks ------------------------------------------------------------------------

$(BENCH)/floor.o: bench/floor.c $(BUILD)/ready
	@mkdir -p $(@D)
	$(CC) $(C_FLAGS) -MMD -MP -c $< -o $@

$(BENCH_BINS): $(BENCH)/%: bench/%.c $(BENCH)/floor.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(C_FLAGS) -MMD -MP $(LD_FLAGS) $< $(BENCH)/floor.o $(LIBRARY) $(LIBS) -lproj -o $@

-include $(BENCH_BINS:=.d) $(BENCH)/floor.d

.PHONY: bench bench-built
## measure eco against its peers (BENCH_TASKS=, BENCH_ROUNDS=; BASE=REV: against a commit)
bench: bench-built
	@BASE='$(BASE)' BENCH_DIR='$(or $(BENCH_DIR),$(BUILD)/bench)' bench/run $(BENCH) $(BUILD)/bin

bench-built: all $(MAKERS) $(BENCH_BINS)
