# eco: building, testing, installing, and running the flow. `make help` lists the targets.

MAKEFLAGS += -rR
.SUFFIXES:
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := all

VERSION := 0.1.0
CC  := gcc
CXX := g++
PREFIX := /usr/local
DESTDIR :=

# SAN=1: everything under AddressSanitizer and UBSan, in a build folder of its own.
SAN :=
BUILD := build$(if $(SAN),-san)
comma := ,
SANITIZE := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)

OPTIMISE := $(if $(SAN),-O1,-O3) -g
WARN     := -Wall -Wextra -Wpedantic -Wshadow
# Results must not depend on the machine: no contraction of a*b+c into one rounding.
COMMON   := $(OPTIMISE) $(WARN) -ffp-contract=off -fPIC -Iinclude $(SANITIZE)
CFLAGS   := -std=c17 -D_POSIX_C_SOURCE=200809L -Wmissing-prototypes -Wstrict-prototypes $(COMMON)
CXXFLAGS := -std=c++17 $(COMMON)
LDFLAGS  := -Wl,--as-needed -Wl,-O1 $(SANITIZE)
LIBS     := -lproj -ltiff -lstdc++ -lm -ldl

LIB_OBJECTS    := $(patsubst tools/common/%,$(BUILD)/common/%.o,$(wildcard tools/common/*.c tools/common/*.cc))
MODULE_OBJECTS := $(patsubst tools/module/%.c,$(BUILD)/module/%.c.o,$(wildcard tools/module/*.c))
TOOLS          := $(patsubst tools/%.c,%,$(wildcard tools/eco-*.c))
LIBRARY        := $(BUILD)/libeco.a
MODULE         := $(BUILD)/lib/eco/eco-gdal.so
PROGRAMS       := $(TOOLS:%=$(BUILD)/bin/%)

.PHONY: all
## build everything (the default)
all: $(PROGRAMS) $(MODULE)

$(BUILD)/common/%.c.o: tools/common/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -DECO_VERSION='"$(VERSION)"' -MMD -MP -c $< -o $@

$(BUILD)/common/%.cc.o: tools/common/%.cc
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/module/%.c.o: tools/module/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -isystem /usr/include/gdal -MMD -MP -c $< -o $@

$(BUILD)/tools/%.o: tools/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

$(LIBRARY): $(LIB_OBJECTS)
	@rm -f $@
	ar rcs $@ $^

$(MODULE): $(MODULE_OBJECTS) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) -shared $(LDFLAGS) $(MODULE_OBJECTS) $(LIBRARY) -lgdal $(LIBS) -o $@

$(BUILD)/bin/%: $(BUILD)/tools/%.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) $< $(LIBRARY) $(LIBS) -o $@

-include $(LIB_OBJECTS:.o=.d) $(MODULE_OBJECTS:.o=.d) $(TOOLS:%=$(BUILD)/tools/%.d)
