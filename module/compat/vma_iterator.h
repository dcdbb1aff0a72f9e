/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * VMA_ITERATOR(), vma_next(): since 6.1; before, the areas were a list. The shim may go when
 * 5.15 is gone.
 */
#ifndef SCTRACE_COMPAT_VMA_ITERATOR_H
#define SCTRACE_COMPAT_VMA_ITERATOR_H

#include <linux/mm.h>
#include <linux/mm_types.h>

#ifndef VMA_ITERATOR
#define VMA_ITERATOR(name, mm, from) struct vma_iterator name = { (mm)->mmap }

struct vma_iterator {
	struct vm_area_struct *next;
};

static inline struct vm_area_struct *vma_next(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vmi->next;

	if (vma)
		vmi->next = vma->vm_next;
	return vma;
}
#endif

#endif
