/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vm_flags_set(), vm_flags_clear(): since 6.3, and in stable kernels that took the change
 * (bc292ab00f6c). Before that the field was written directly. May go when 6.1 is gone.
 */
#ifndef SCTRACE_COMPAT_VM_FLAGS_H
#define SCTRACE_COMPAT_VM_FLAGS_H

#include <linux/mm.h>

#ifndef SCTRACE_HAVE_VM_FLAGS_SET
static inline void vm_flags_set(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->vm_flags |= flags;
}

static inline void vm_flags_clear(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->vm_flags &= ~flags;
}
#endif

#endif
