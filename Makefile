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

## make                  the module for the running kernel (for another KVER=... or KDIR=...), and the reader
module:
	@$(MAKE) --no-print-directory -C module KVER=$(KVER) KDIR=$(abspath $(KDIR)) modules

userspace:
	@$(MAKE) -s -C userspace O=$(CURDIR)/build/user

## make demo             boots a kernel in an emulator and shows the trace of CMD='ls /' there; KERNEL=6.12, any of
##                       tests/vm/run --kernel list
demo: export DEMO_CMD := $(CMD)
demo:
	@tests/vm/setup
	@tests/vm/run --kernel $(KERNEL) -- sh -c "exec sctrace-read -f $$DEMO_CMD"

## make check            builds and runs all tests, on Debian 12's kernels, the newest, arm64, and one with the kernel's own
##                       checkers, which is built on first use
check:
	@tests/vm/setup
	@tests/run

## make check-long       hours of storms, fuzzers and tests under the kernel's own checkers: tests/long
check-long:
	@tests/vm/setup
	@tests/long

## make check-matrix     the tests on every kernel of tests/vm/kernels; writes the table of docs/COMPAT.md
check-matrix:
	@tests/vm/setup
	@tests/matrix

## make bench            what tracing costs, beside other tracers: tables on standard output; BENCH='--quick' and more
##                       words for tests/bench/run
bench:
	@tests/vm/setup
	@tests/bench/run --kernel $(KERNEL) $(BENCH)

## make load, unload     puts the built module into the running kernel (PARAMS='pid=123'), and takes it out
load: module
	insmod module/sctrace.ko $(PARAMS)

unload:
	rmmod sctrace

## make install          the module by DKMS (unless NO_DKMS=1); the reader, its service, manual pages, completion and libsctrace
##                       into PREFIX=/usr/local; DESTDIR= for packages
install: install-reader install-source
	@test -n "$(NO_DKMS)$(DESTDIR)" || $(MAKE) -s dkms-install

install-reader:
	@$(MAKE) -s -C userspace O=$(CURDIR)/build/user PREFIX=$(PREFIX) install

# The module's source, where DKMS expects it.
DKMS_SRC = $(DESTDIR)/usr/src/sctrace-$(VERSION)
install-source:
	rm -rf $(DKMS_SRC)
	install -d $(DKMS_SRC)/include $(DKMS_SRC)/module
	cp -r module/*.[ch] module/Kbuild module/Makefile module/VERSION module/compat $(DKMS_SRC)/module/
	cp dkms.conf LICENSE $(DKMS_SRC)/
	cp -r include/uapi $(DKMS_SRC)/include/

dkms-install:
	@command -v dkms >/dev/null || { echo "sctrace: dkms is not installed: apt-get install dkms linux-headers-$(KVER)" >&2; exit 1; }
	@$(MAKE) -s dkms-remove
	dkms install -m sctrace -v $(VERSION) -k $(KVER)

dkms-remove:
	@test ! -d /var/lib/dkms/sctrace/$(VERSION) || dkms remove -m sctrace -v $(VERSION) --all

## make uninstall        takes away what make install put there
uninstall:
	@test -n "$(DESTDIR)" || $(MAKE) -s dkms-remove
	rm -rf $(DKMS_SRC)
	@$(MAKE) -s -C userspace PREFIX=$(PREFIX) uninstall

## make sign             signs the built module for Secure Boot, with KEY= and CERT= (default: those of DKMS)
KEY ?= /var/lib/dkms/mok.key
CERT ?= /var/lib/dkms/mok.pub
sign:
	@for file in module/sctrace.ko $(KEY) $(CERT) $(KDIR)/scripts/sign-file; do test -r $$file || \
		{ echo "sctrace: there is no $$file to sign with: make module; dkms generate_mok; or KEY= and CERT=" >&2; exit 1; }; done
	$(KDIR)/scripts/sign-file sha256 $(KEY) $(CERT) module/sctrace.ko
	@echo "signed; to let the firmware's owner enrol the key, once: mokutil --import $(CERT), then restart"

## make deb              Debian packages in build/deb: sctrace-dkms, sctrace, libsctrace-dev
DEB_TREE = build/deb/sctrace
deb:
	@command -v dpkg-buildpackage >/dev/null || { echo "sctrace: no dpkg-buildpackage: apt-get install dpkg-dev debhelper" >&2; exit 1; }
	@rm -rf build/deb && mkdir -p $(DEB_TREE)
	@tar -c --exclude-vcs --exclude='*.o' --exclude='*.ko' --exclude='*.mod*' --exclude='.*.cmd' --exclude='*.symvers' --exclude='*.order' \
		debian module userspace include docs dkms.conf Makefile README.md LICENSE | tar -x -C $(DEB_TREE)
	cd $(DEB_TREE) && dpkg-buildpackage -us -uc -b
	@rm -rf $(DEB_TREE)

clean:
	rm -rf build
	@test ! -d $(KDIR) || $(MAKE) -s -C module KVER=$(KVER) KDIR=$(abspath $(KDIR)) clean

.PHONY: all help module userspace demo check check-long check-matrix bench load unload install install-reader install-source dkms-install dkms-remove \
	uninstall sign deb clean
