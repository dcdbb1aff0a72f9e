/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kvcalloc() and kvfree() are declared here up to 5.15; the shim has them in slab.h. */
#include <linux/slab.h>
