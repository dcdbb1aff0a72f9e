# SPDX-License-Identifier: GPL-2.0-or-later
# The reader under AddressSanitizer and UBSan, built once for tests/unit and tests/diff. Wants TOP and OUT, and in READER the objects
# that $(OUT)/reader.a is made of.
SANITIZE := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined
SANITIZED := $(abspath $(OUT)/../sanitized)

# The reader's own Makefile knows what is out of date.
$(OUT)/reader.a: reader
	@cd $(SANITIZED) && rm -f $@.new && ar rcs $@.new $(READER)
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

reader:
	@mkdir -p $(OUT)
	@$(MAKE) -s -C $(TOP)/userspace O=$(SANITIZED) CFLAGS="$(SANITIZE)" all
