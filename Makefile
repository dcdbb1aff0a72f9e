# SPDX-License-Identifier: GPL-2.0-or-later
# sctrace: kernel module, reader, tests. `make help` says what there is.
VERSION := $(shell cat module/VERSION)
KVER ?= $(shell uname -r)
KDIR ?= /lib/modules/$(KVER)/build
PREFIX ?= /usr/local
CMD ?= ls /
KERNEL ?= 6.12

all: module userspace

help:
	@sed -n 's/^## //p' Makefile

## make                  the module for the running kernel (KVER=... for another), and the reader
module:
	@test -d $(KDIR) || { echo "sctrace: no kernel headers in $(KDIR): apt-get install linux-headers-$(KVER)" >&2; exit 1; }
	$(MAKE) -C $(KDIR) M=$(CURDIR)/module modules

userspace:
	@$(MAKE) -s -C userspace O=$(CURDIR)/build/user

## make demo             boots a kernel in an emulator and shows the trace of CMD='ls /' there; KERNEL=6.1 or 6.12
demo:
	@tests/vm/setup
	@tests/vm/run --kernel $(KERNEL) -- sh -c 'exec sctrace-read -f $(CMD)'

## make check            builds and runs all tests, on 6.1 and 6.12
check:
	@tests/vm/setup
	@tests/run

## make load, unload     puts the built module into the running kernel (PARAMS='pid=123'), and takes it out
load: module
	insmod module/sctrace.ko $(PARAMS)

unload:
	rmmod sctrace

## make install          the module by DKMS, the reader into PREFIX=/usr/local
install: userspace
	install -D -m 755 build/user/sctrace-read $(DESTDIR)$(PREFIX)/bin/sctrace-read
	tests/../dkms-install

# What a guest of tests/vm/run finds under /sctrace.
guest-files: userspace
	@mkdir -p $(GUEST)/bin
	@cp build/user/sctrace-read $(GUEST)/bin/

clean:
	rm -rf build
	@test ! -d $(KDIR) || $(MAKE) -s -C $(KDIR) M=$(CURDIR)/module clean

.PHONY: all help module userspace demo check load unload install clean guest-files
